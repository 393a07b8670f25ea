/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/web-annotation/web-annotation.h"

#include "format/json/json-tree.h"

#include <string.h>

const char *
kutip_web_annotation_get_annotator (KutipLayer *layer)
{
  const char *annotator =
      kutip_header_get_fields (kutip_layer_get_header (layer))->annotator;

  return annotator == NULL ? "" : annotator;
}

/* RFC 9562, version 8: bits of our own choice, here those of a digest. */
char *
kutip_web_annotation_make_urn (const char *path,
                               const char *annotator,
                               const char *kind,
                               const char *id)
{
  g_autofree char *thing = g_strjoin ("\x1f", path, annotator, kind, id, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, thing, -1);

  digest[12] = '8';
  digest[16] = "89ab"[g_ascii_xdigit_value (digest[16]) & 3];
  return g_strdup_printf ("urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", digest, digest + 8,
                          digest + 12, digest + 16, digest + 20);
}

char *
kutip_web_annotation_dup_foreign_iri (KutipForeign *foreign)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember kept = kutip_foreign_get_nth (foreign, i);
      g_autoptr (KutipJsonTree) tree = NULL;
      const char *iri;

      if (strcmp (kept.name, KUTIP_WEB_ANNOTATION) != 0)
        continue;
      tree = kutip_json_tree_new (kept.json, strlen (kept.json), 1, NULL);
      iri = tree == NULL
                ? NULL
                : kutip_json_node_get_member (kutip_json_tree_get_root (tree), "id");
      if (iri != NULL)
        return g_strdup (iri);
    }
  return NULL;
}

char *
kutip_web_annotation_make_iri (const char *path,
                               const char *annotator,
                               KutipForeign *foreign,
                               const char *kind,
                               const char *id)
{
  char *iri = kutip_web_annotation_dup_foreign_iri (foreign);

  return iri != NULL ? iri : kutip_web_annotation_make_urn (path, annotator, kind, id);
}
