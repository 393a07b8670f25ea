/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio-kept.h"

#include "format/label-studio/label-studio.h"

#include <string.h>

const KutipJsonNode *
kutip_label_studio_find_kept_of (KutipForeign *foreign, KutipJsonTree **tree)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign) && *tree == NULL; i++)
    {
      KutipForeignMember kept = kutip_foreign_get_nth (foreign, i);

      if (strcmp (kept.name, KUTIP_LABEL_STUDIO) == 0)
        *tree = kutip_json_tree_new (kept.json, strlen (kept.json), 1, NULL);
    }
  return *tree == NULL ? NULL : kutip_json_tree_get_root (*tree);
}

const KutipJsonNode *
kutip_label_studio_find_kept (KutipLayer *layer, KutipJsonTree **tree)
{
  return kutip_label_studio_find_kept_of (
      kutip_header_get_fields (kutip_layer_get_header (layer))->foreign, tree);
}

const char *
kutip_label_studio_get_kept (const KutipJsonNode *kept,
                             const char *member,
                             const char *usual)
{
  const char *name = kutip_json_node_get_member (kept, member);

  return name == NULL ? usual : name;
}

const KutipJsonNode *
kutip_label_studio_find_control (const KutipJsonNode *kept,
                                 const char *attribute,
                                 gboolean per_article)
{
  const KutipJsonNode *control =
      kutip_json_node_get (kutip_json_node_get (kept, "controls"), attribute);
  gboolean of_article =
      kutip_json_node_is_true (kutip_json_node_get (control, "article"));

  return kutip_json_node_get_member (control, "type") != NULL && of_article == per_article
             ? control
             : NULL;
}

gboolean
kutip_label_studio_names_attribute (const KutipJsonNode *kept, const char *attribute)
{
  const KutipJsonNode *control = kutip_label_studio_find_control (kept, attribute, FALSE);

  return control == NULL || kutip_json_node_get (control, "from_name") != NULL;
}

gboolean
kutip_label_studio_is_prediction (KutipLayer *layer)
{
  g_autoptr (KutipJsonTree) tree = NULL;

  return kutip_json_node_is_true (
      kutip_json_node_get (kutip_label_studio_find_kept (layer, &tree), "prediction"));
}

char *
kutip_label_studio_dup_name (KutipRecord *record, const char *member, const char *usual)
{
  for (guint i = 0; i < record->layers->len; i++)
    {
      g_autoptr (KutipJsonTree) tree = NULL;
      const KutipJsonNode *kept =
          kutip_label_studio_find_kept (g_ptr_array_index (record->layers, i), &tree);
      const char *name =
          kutip_json_node_get_member (strcmp (member, KUTIP_LABEL_STUDIO_TEXT_KEY) == 0
                                          ? kept
                                          : kutip_json_node_get (kept, "names"),
                                      member);

      if (name != NULL)
        return g_strdup (name);
    }
  return g_strdup (usual);
}

gboolean
kutip_label_studio_can_be_text (const char *member)
{
  return strcmp (member, "path") != 0 &&
         strcmp (member, KUTIP_LABEL_STUDIO_TEXT_KEY) != 0;
}

char *
kutip_label_studio_dup_text_key (KutipRecord *record)
{
  g_autofree char *kept = kutip_label_studio_dup_name (
      record, KUTIP_LABEL_STUDIO_TEXT_KEY, KUTIP_LABEL_STUDIO_TEXT);

  return kutip_label_studio_can_be_text (kept) ? g_steal_pointer (&kept)
                                               : g_strdup (KUTIP_LABEL_STUDIO_TEXT);
}
