/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/inputs.h"

#include "cli/output.h"
#include "format/format.h"
#include "store/paths.h"
#include "store/stamp.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* So much of a file is enough to recognise its format. */
#define HEAD_BYTES 4096

/* What one folder holds, by name. */
typedef struct
{
  char *path;
  GTree *articles;    /* name -> GPtrArray of sidecar names */
  GPtrArray *folders; /* names */
} Listing;

typedef struct
{
  KutipInputFunc func;
  gpointer data;
  GHashTable *visited; /* "device:inode" of folders */
  Listing
      last; /* the folder of the last file that was named: mostly the next one's too */
  gboolean failed;
} Walk;

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
fail (Walk *self, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);

  /* Translators: a file or folder, and the reason that the system gives */
  kutip_output_failure (_ ("“%1$s” cannot be read: %2$s"), shown, g_strerror (code));
  self->failed = TRUE;
}

static GPtrArray *
get_sidecars (GTree *articles, const char *name)
{
  GPtrArray *sidecars = g_tree_lookup (articles, name);

  if (sidecars == NULL)
    {
      sidecars = g_ptr_array_new_with_free_func (g_free);
      g_tree_insert (articles, g_strdup (name), sidecars);
    }
  return sidecars;
}

static void
add_sidecar (Listing *listing, const char *name)
{
  g_autofree char *path = g_build_filename (listing->path, name, NULL);
  g_autoptr (GFile) sidecar = g_file_new_for_path (path);
  g_autoptr (GFile) article = kutip_paths_get_article (sidecar, NULL);
  g_autofree char *article_name = article != NULL ? g_file_get_basename (article) : NULL;

  if (article_name != NULL)
    g_ptr_array_add (get_sidecars (listing->articles, article_name), g_strdup (name));
}

static void
add_name (Listing *listing, const char *name)
{
  g_autofree char *path = g_build_filename (listing->path, name, NULL);

  if (name[0] == '.')
    return;
  if (kutip_paths_is_sidecar_name (name))
    add_sidecar (listing, name);
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_ptr_array_add (listing->folders, g_strdup (name));
  else if (kutip_paths_is_article_name (name))
    get_sidecars (listing->articles, name);
}

static gboolean
list_folder (Walk *self, Listing *listing)
{
  const char *name;
  GDir *dir;

  errno = 0;
  dir = g_dir_open (listing->path, 0, NULL);
  if (dir == NULL)
    {
      fail (self, listing->path, errno);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    add_name (listing, name);
  g_dir_close (dir);
  g_ptr_array_sort (listing->folders, compare_names);
  return TRUE;
}

/* @only: the one sidecar that counts, or NULL for all. */
static void
visit (
    Walk *self, const char *folder, const char *name, GPtrArray *names, const char *only)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GPtrArray) sidecars = g_ptr_array_new_with_free_func (g_free);
  KutipInput input = { .article = path, .sidecars = sidecars };

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *sidecar = g_ptr_array_index (names, i);

      if (only == NULL || strcmp (only, sidecar) == 0)
        g_ptr_array_add (sidecars, g_build_filename (folder, sidecar, NULL));
    }
  input.exists = g_file_test (path, G_FILE_TEST_EXISTS);
  self->func (&input, self->data);
}

static gboolean
is_new_folder (Walk *self, const char *path)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    {
      fail (self, path, errno);
      return FALSE;
    }
  return g_hash_table_add (
      self->visited, g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                      (guint64) status.st_dev, (guint64) status.st_ino));
}

static void
init_listing (Listing *listing, const char *path)
{
  listing->path = g_strdup (path);
  listing->articles =
      g_tree_new_full (compare_keys, NULL, g_free, (GDestroyNotify) g_ptr_array_unref);
  listing->folders = g_ptr_array_new_with_free_func (g_free);
}

static void
clear_listing (Listing *listing)
{
  if (listing->path == NULL)
    return;
  g_clear_pointer (&listing->path, g_free);
  g_tree_unref (listing->articles);
  g_ptr_array_unref (listing->folders);
}

/* NULL when it cannot be listed. */
static Listing *
list_for_file (Walk *self, const char *folder)
{
  if (g_strcmp0 (self->last.path, folder) == 0)
    return &self->last;
  clear_listing (&self->last);
  init_listing (&self->last, folder);
  if (list_folder (self, &self->last))
    return &self->last;
  clear_listing (&self->last);
  return NULL;
}

static void
walk_folder (Walk *self, const char *path)
{
  Listing listing;

  if (!is_new_folder (self, path))
    return;
  init_listing (&listing, path);
  if (list_folder (self, &listing))
    for (GTreeNode *node = g_tree_node_first (listing.articles); node != NULL;
         node = g_tree_node_next (node))
      visit (self, path, g_tree_node_key (node), g_tree_node_value (node), NULL);
  for (guint i = 0; i < listing.folders->len; i++)
    {
      g_autofree char *below =
          g_build_filename (path, g_ptr_array_index (listing.folders, i), NULL);

      walk_folder (self, below);
    }
  clear_listing (&listing);
}

/* Annotations in another format, which nobody would want counted as words: FALSE, and it
 * is told. */
static gboolean
is_article (Walk *self, const char *path, const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gsize n_bytes = 0;
  g_autofree char *head = NULL;
  g_autofree char *shown = NULL;
  const KutipFormat *format;

  if (kutip_paths_is_article_name (name))
    return TRUE;
  head = kutip_stamp_read_head (file, HEAD_BYTES, &n_bytes);
  format = head == NULL ? NULL : kutip_format_guess (name, head, n_bytes);
  if (format == NULL || strcmp (format->name, "kutip") == 0)
    return TRUE;
  shown = g_filename_display_name (path);
  kutip_output_failure (
      /* Translators: %1$s is a file, %2$s the name of its format; the command stays as it
         is. */
      _ ("“%1$s” is no article but has annotations as %2$s: make articles of it first, "
         "with “kutip-tool convert --to kutip -o FOLDER”"),
      shown, format->name);
  self->failed = TRUE;
  return FALSE;
}

static void
visit_file (Walk *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  gboolean is_bare = strcmp (folder, ".") == 0 && !g_str_has_prefix (path, "./");
  gboolean is_sidecar = kutip_paths_is_sidecar_name (name);
  g_autofree char *article_name = g_strdup (name);
  Listing *listing = list_for_file (self, folder);
  GPtrArray *sidecars;

  if (is_sidecar)
    {
      g_autoptr (GFile) sidecar = g_file_new_for_path (path);
      g_autoptr (GFile) article = kutip_paths_get_article (sidecar, NULL);

      g_free (article_name);
      article_name = g_file_get_basename (article);
    }
  if (listing == NULL)
    return;
  sidecars = get_sidecars (listing->articles, article_name);
  if (is_sidecar || sidecars->len > 0 || is_article (self, path, name))
    visit (self, is_bare ? "" : folder, article_name, sidecars, is_sidecar ? name : NULL);
}

gboolean
kutip_inputs_foreach (char *const *paths, KutipInputFunc func, gpointer data)
{
  Walk self = { .func = func, .data = data };
  g_autoptr (GHashTable) begun =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      /* What is named twice is one thing all the same. */
      if (!g_hash_table_add (begun, g_canonicalize_filename (paths[i], NULL)))
        continue;
      self.visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      if (g_file_test (paths[i], G_FILE_TEST_IS_DIR))
        walk_folder (&self, paths[i]);
      else if (g_file_test (paths[i], G_FILE_TEST_EXISTS))
        visit_file (&self, paths[i]);
      else
        fail (&self, paths[i], ENOENT);
      g_hash_table_unref (self.visited);
    }
  clear_listing (&self.last);
  return !self.failed;
}
