/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"
#include "format/tagset/tagset-json.h"

#include "random-layer.h"

#include <string.h>

/* For test_schemas.py, which has a validator but not our reader and writer.
 *   schema-helper write FOLDER       writes sidecars of random layers there
 *   schema-helper sidecar|tagset     reads a JSON document on each line of standard
 * input, and prints "ok" or why it is refused */

#define N_FILES 60

static int
write_files (const char *folder)
{
  for (guint32 seed = 1; seed <= N_FILES; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (KutipArticle) article = random_article (random, 200);
      g_autoptr (KutipLayer) layer = random_layer (random, article, 12);
      g_autoptr (GString) json = kutip_sidecar_write (article, layer);
      g_autofree char *path = g_strdup_printf ("%s/%u.json", folder, seed);
      g_autoptr (GError) error = NULL;

      if (!g_file_set_contents (path, json->str, (gssize) json->len, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
    }
  return 0;
}

static gboolean
read_document (const char *kind, const char *json, GError **error)
{
  g_autoptr (KutipLayer) layer = NULL;
  g_autoptr (KutipTagset) tagset = NULL;

  if (strcmp (kind, "tagset") == 0)
    tagset = kutip_tagset_from_json (json, strlen (json), error);
  else
    layer = kutip_sidecar_read (json, strlen (json), NULL, NULL, error);
  return layer != NULL || tagset != NULL;
}

static int
read_documents (const char *kind)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  char *line;
  gsize n_bytes, end;

  g_io_channel_set_encoding (input, NULL, NULL);
  while (g_io_channel_read_line (input, &line, &n_bytes, &end, NULL) ==
         G_IO_STATUS_NORMAL)
    {
      g_autofree char *json = line;
      g_autoptr (GError) error = NULL;

      json[end] = '\0';
      if (read_document (kind, json, &error))
        g_print ("ok\n");
      else
        g_print ("%s\n", error->message);
    }
  return 0;
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "write") == 0)
    return write_files (argv[2]);
  if (argc == 2)
    return read_documents (argv[1]);
  g_printerr ("schema-helper write FOLDER | sidecar | tagset\n");
  return 2;
}
