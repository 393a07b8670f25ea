/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/sidecars.h"

#include "store/paths.h"
#include "store/tagset-file.h"

#include <glib/gi18n.h>
#include <sys/stat.h>

typedef struct
{
  const char *root;
  GPtrArray *found;    /* of paths below the root */
  GPtrArray *waiting;  /* of folders below it, to be looked at */
  GHashTable *visited; /* device and inode, as text */
} Listing;

/* FALSE for one that was here before, by a link or a loop of links. */
static gboolean
is_new (Listing *self, const char *full)
{
  struct stat status;

  return stat (full, &status) == 0 &&
         g_hash_table_add (self->visited,
                           g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                            (guint64) status.st_dev,
                                            (guint64) status.st_ino));
}

static gboolean
has_own_tagset (const char *full)
{
  g_autofree char *path = g_build_filename (full, KUTIP_TAGSET_FILE_NAME, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
list_folder (Listing *self, GDir *dir, const char *full, const char *path)
{
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (full, name, NULL);
      char *below = *path != '\0' ? g_build_filename (path, name, NULL) : g_strdup (name);

      if (*name != '.' && kutip_paths_is_sidecar_name (name) &&
          g_file_test (child, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (self->found, below);
      else if (*name != '.' && g_file_test (child, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (self->waiting, below);
      else
        g_free (below);
    }
}

static gboolean
look_into (Listing *self, const char *path, GError **error)
{
  g_autofree char *full =
      *path != '\0' ? g_build_filename (self->root, path, NULL) : g_strdup (self->root);
  GDir *dir;

  if (!is_new (self, full) || (*path != '\0' && has_own_tagset (full)))
    return TRUE;
  dir = g_dir_open (full, 0, error);
  if (dir == NULL)
    return FALSE;
  list_folder (self, dir, full, path);
  g_dir_close (dir);
  return TRUE;
}

/* By article, then by annotator. */
static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const char *one = *(const char *const *) a;
  const char *other = *(const char *const *) b;
  g_autoptr (GFile) x = g_file_new_for_path (one);
  g_autoptr (GFile) y = g_file_new_for_path (other);
  g_autoptr (GFile) article = kutip_paths_get_article (x, NULL);
  g_autoptr (GFile) other_article = kutip_paths_get_article (y, NULL);
  int order = g_strcmp0 (g_file_peek_path (article != NULL ? article : x),
                         g_file_peek_path (other_article != NULL ? other_article : y));

  return order != 0 ? order : g_strcmp0 (one, other);
}

GPtrArray *
kutip_sidecars_list (GFile *folder,
                     GPtrArray *problems,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) visited =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Listing self = { g_file_peek_path (folder), found, waiting, visited };

  g_return_val_if_fail (self.root != NULL, NULL);

  if (!look_into (&self, "", error))
    return NULL;
  while (waiting->len > 0)
    {
      g_autofree char *path = g_ptr_array_steal_index (waiting, waiting->len - 1);
      g_autoptr (GError) local_error = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (!look_into (&self, path, &local_error))
        g_ptr_array_add (problems, g_strdup (local_error->message));
    }
  g_ptr_array_sort (found, compare_paths);
  return g_steal_pointer (&found);
}
