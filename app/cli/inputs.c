/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/inputs.h"

#include "cli/output.h"
#include "format/format.h"
#include "store/paths.h"
#include "store/stamp.h"

#include <dirent.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* So much of a file is enough to recognise its format. */
#define HEAD_BYTES 4096

/* An article, or one of its sidecars. */
typedef struct
{
  const char *article;
  const char *sidecar; /* NULL: the article itself */
} Name;

/* What one folder holds, of which there may be a million names. */
typedef struct
{
  char *path;
  GArray *names;       /* Name, each article's behind one another */
  GPtrArray *folders;  /* names */
  GStringChunk *chunk; /* has all of them */
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
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const Name *one = a;
  const Name *other = b;
  int order = strcmp (one->article, other->article);

  return order != 0 ? order : g_strcmp0 (one->sidecar, other->sidecar);
}

static void
fail (Walk *self, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);

  /* Translators: a file or folder, and the reason that the system gives */
  kutip_output_failure (_ ("“%1$s” cannot be read: %2$s"), shown, g_strerror (code));
  self->failed = TRUE;
}

static void
add_file (Listing *listing, const char *article, const char *sidecar)
{
  Name name = {
    g_string_chunk_insert (listing->chunk, article),
    sidecar == NULL ? NULL : g_string_chunk_insert (listing->chunk, sidecar),
  };

  g_array_append_val (listing->names, name);
}

static void
add_sidecar (Listing *listing, const char *name)
{
  g_autofree char *path = g_build_filename (listing->path, name, NULL);
  g_autoptr (GFile) sidecar = g_file_new_for_path (path);
  g_autoptr (GFile) article = kutip_paths_get_article (sidecar, NULL);
  g_autofree char *article_name = article != NULL ? g_file_get_basename (article) : NULL;

  if (article_name != NULL)
    add_file (listing, article_name, name);
}

/* Only file systems that do not tell in the listing, and links, cost a look at the file.
 */
static gboolean
is_folder (const Listing *listing, const struct dirent *entry)
{
  g_autofree char *path = NULL;

  if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
    return entry->d_type == DT_DIR;
  path = g_build_filename (listing->path, entry->d_name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

static void
add_name (Listing *listing, const struct dirent *entry)
{
  const char *name = entry->d_name;

  if (name[0] == '.')
    return;
  if (kutip_paths_is_sidecar_name (name))
    add_sidecar (listing, name);
  else if (is_folder (listing, entry))
    g_ptr_array_add (listing->folders, g_string_chunk_insert (listing->chunk, name));
  else if (kutip_paths_is_article_name (name))
    add_file (listing, name, NULL);
}

static gboolean
list_folder (Walk *self, Listing *listing)
{
  DIR *dir = opendir (listing->path);
  const struct dirent *entry;

  if (dir == NULL)
    {
      fail (self, listing->path, errno);
      return FALSE;
    }
  while ((entry = readdir (dir)) != NULL)
    add_name (listing, entry);
  closedir (dir);
  g_ptr_array_sort (listing->folders, compare_names);
  g_array_sort (listing->names, compare_files);
  return TRUE;
}

/* Where the names of the article begin, or would. */
static guint
find_article (const Listing *listing, const char *article)
{
  guint low = 0, high = listing->names->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (g_array_index (listing->names, Name, middle).article, article) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Where those of the next begin. */
static guint
find_next (const Listing *listing, guint first, const char *article)
{
  while (first < listing->names->len &&
         strcmp (g_array_index (listing->names, Name, first).article, article) == 0)
    first++;
  return first;
}

static gboolean
has_sidecar (const Listing *listing, guint first, guint end)
{
  /* Behind the article itself, if that is there. */
  return end > first && g_array_index (listing->names, Name, end - 1).sidecar != NULL;
}

/* @first and @end: of its names; @only: the one sidecar that counts, or NULL for all. */
static void
visit (Walk *self,
       const char *folder,
       const char *name,
       const Listing *listing,
       guint first,
       guint end,
       const char *only)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GPtrArray) sidecars = g_ptr_array_new_with_free_func (g_free);
  KutipInput input = { .article = path, .sidecars = sidecars };

  for (guint i = first; i < end; i++)
    {
      const char *sidecar = g_array_index (listing->names, Name, i).sidecar;

      if (sidecar != NULL && (only == NULL || strcmp (only, sidecar) == 0))
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
  listing->names = g_array_new (FALSE, FALSE, sizeof (Name));
  listing->folders = g_ptr_array_new ();
  listing->chunk = g_string_chunk_new (1024);
}

static void
clear_listing (Listing *listing)
{
  if (listing->path == NULL)
    return;
  g_clear_pointer (&listing->path, g_free);
  g_array_unref (listing->names);
  g_ptr_array_unref (listing->folders);
  g_string_chunk_free (listing->chunk);
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
visit_all (Walk *self, const Listing *listing)
{
  guint end;

  for (guint i = 0; i < listing->names->len; i = end)
    {
      const char *article = g_array_index (listing->names, Name, i).article;

      end = find_next (listing, i, article);
      visit (self, listing->path, article, listing, i, end, NULL);
    }
}

static void
walk_folder (Walk *self, const char *path)
{
  Listing listing;

  if (!is_new_folder (self, path))
    return;
  init_listing (&listing, path);
  if (list_folder (self, &listing))
    visit_all (self, &listing);
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
  guint first, end;

  if (is_sidecar)
    {
      g_autoptr (GFile) sidecar = g_file_new_for_path (path);
      g_autoptr (GFile) article = kutip_paths_get_article (sidecar, NULL);

      g_free (article_name);
      article_name = g_file_get_basename (article);
    }
  if (listing == NULL)
    return;
  first = find_article (listing, article_name);
  end = find_next (listing, first, article_name);
  if (is_sidecar || has_sidecar (listing, first, end) || is_article (self, path, name))
    visit (self, is_bare ? "" : folder, article_name, listing, first, end,
           is_sidecar ? name : NULL);
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
