/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include <string.h>

static void
take (GHashTable *tree, const char *folder, const char *below)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *known = g_strconcat (below, name, NULL);
      char *content;
      gsize n_bytes;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          g_autofree char *deeper = g_strconcat (known, "/", NULL);

          g_hash_table_insert (tree, g_strdup (deeper), g_bytes_new_static ("", 0));
          take (tree, path, deeper);
        }
      else if (g_file_get_contents (path, &content, &n_bytes, NULL))
        g_hash_table_insert (tree, g_steal_pointer (&known),
                             g_bytes_new_take (content, n_bytes));
    }
}

GHashTable *
tree_take (const char *folder)
{
  GHashTable *tree = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_bytes_unref);

  take (tree, folder, "");
  return tree;
}

static const char *
find_difference (GHashTable *one,
                 GHashTable *other,
                 gboolean (*ignored) (const char *name))
{
  GHashTableIter iter;
  gpointer name, content;

  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &name, &content))
    {
      GBytes *there = g_hash_table_lookup (other, name);

      if ((ignored == NULL || !ignored (name)) &&
          (there == NULL || !g_bytes_equal (content, there)))
        return name;
    }
  return NULL;
}

const char *
tree_compare (GHashTable *one, GHashTable *other, gboolean (*ignored) (const char *name))
{
  const char *name = find_difference (one, other, ignored);

  return name != NULL ? name : find_difference (other, one, ignored);
}
