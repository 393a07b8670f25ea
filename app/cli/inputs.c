/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/inputs.h"

#include "cli/output.h"
#include "corpus/names.h"
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

/* What one folder holds, of which there may be a million names. */
typedef struct
{
  char *path;
  KutipNames *names;   /* of articles, and behind each that of a sidecar, or "" */
  KutipNames *folders; /* names */
} Listing;

typedef struct
{
  KutipInputFunc func;
  gpointer data;
  GHashTable *visited; /* "device:inode" of folders */
  Listing
      last; /* the folder of the last file that was named: mostly the next one's too */
  GHashTable *files;    /* canonical paths of the files that are named */
  GHashTable *sidecars; /* by the article's canonical path: GPtrArray of the names of the
                         * sidecars that are named and not visited yet */
  gboolean failed;
} Walk;

static void
fail (Walk *self, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);

  /* Translators: a file or folder, and the reason that the system gives */
  kutip_output_failure (_ ("“%1$s” cannot be read: %2$s"), shown, g_strerror (code));
  self->failed = TRUE;
}

/* Of names that cannot be put in order, or read again. */
static void
fail_listing (Walk *self, const char *path, const GError *error)
{
  g_autofree char *shown = g_filename_display_name (path);

  kutip_output_failure ("%s: %s", shown, error->message);
  self->failed = TRUE;
}

/* @sidecar: its name, or "" for the article itself. */
static gboolean
add_file (Listing *listing, const char *article, const char *sidecar, GError **error)
{
  g_autoptr (GString) name = g_string_new (article);

  g_string_append_c (name, '\0');
  g_string_append_len (name, sidecar, (gssize) strlen (sidecar) + 1);
  return kutip_names_add (listing->names, name->str, name->len, error);
}

static gboolean
add_sidecar (Listing *listing, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (listing->path, name, NULL);
  g_autoptr (GFile) sidecar = g_file_new_for_path (path);
  g_autoptr (GFile) article = kutip_paths_get_article (sidecar, NULL);
  g_autofree char *article_name = article != NULL ? g_file_get_basename (article) : NULL;

  return article_name == NULL || add_file (listing, article_name, name, error);
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

static gboolean
add_name (Listing *listing, const struct dirent *entry, GError **error)
{
  const char *name = entry->d_name;

  if (name[0] == '.')
    return TRUE;
  if (kutip_paths_is_sidecar_name (name))
    return add_sidecar (listing, name, error);
  if (is_folder (listing, entry))
    return kutip_names_add (listing->folders, name, strlen (name) + 1, error);
  return !kutip_paths_is_article_name (name) || add_file (listing, name, "", error);
}

static gboolean
list_folder (Walk *self, Listing *listing)
{
  DIR *dir = opendir (listing->path);
  g_autoptr (GError) error = NULL;
  const struct dirent *entry;

  if (dir == NULL)
    {
      fail (self, listing->path, errno);
      return FALSE;
    }
  while (error == NULL && (entry = readdir (dir)) != NULL)
    add_name (listing, entry, &error);
  closedir (dir);
  if (error == NULL && kutip_names_sort (listing->folders, &error) &&
      kutip_names_sort (listing->names, &error))
    return TRUE;
  fail_listing (self, listing->path, error);
  return FALSE;
}

/* An article of a folder, and the names of its sidecars. */
static void
visit (Walk *self, const char *folder, const char *name, GPtrArray *names)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GPtrArray) sidecars = g_ptr_array_new_with_free_func (g_free);
  KutipInput input = { .article = path, .sidecars = sidecars };

  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (sidecars,
                     g_build_filename (folder, g_ptr_array_index (names, i), NULL));
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
  listing->names = kutip_names_new ();
  listing->folders = kutip_names_new ();
}

static void
clear_listing (Listing *listing)
{
  if (listing->path == NULL)
    return;
  g_clear_pointer (&listing->path, g_free);
  kutip_names_unref (listing->names);
  kutip_names_unref (listing->folders);
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

/* All articles of the folder. */
static void
visit_all (Walk *self, const Listing *listing)
{
  g_auto (KutipNamesCursor) cursor = { .names = NULL };
  g_autoptr (GPtrArray) sidecars = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) article = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *name = NULL;
  gsize n;

  if (kutip_names_find (listing->names, "", &cursor, &error))
    while ((name = kutip_names_next (&cursor, &n, &error)) != NULL)
      {
        const char *sidecar = name + strlen (name) + 1;

        if (article->len > 0 && strcmp (article->str, name) != 0)
          {
            visit (self, listing->path, article->str, sidecars);
            g_ptr_array_set_size (sidecars, 0);
          }
        g_string_assign (article, name);
        if (*sidecar != '\0')
          g_ptr_array_add (sidecars, g_strdup (sidecar));
      }
  if (error != NULL)
    fail_listing (self, listing->path, error);
  else if (article->len > 0)
    visit (self, listing->path, article->str, sidecars);
}

static void walk_folder (Walk *self, const char *path);

static void
walk_folders (Walk *self, const Listing *listing)
{
  g_auto (KutipNamesCursor) cursor = { .names = NULL };
  g_autoptr (GError) error = NULL;
  const char *name = NULL;
  gsize n;

  if (kutip_names_find (listing->folders, "", &cursor, &error))
    while ((name = kutip_names_next (&cursor, &n, &error)) != NULL)
      {
        g_autofree char *below = g_build_filename (listing->path, name, NULL);

        walk_folder (self, below);
      }
  if (error != NULL)
    fail_listing (self, listing->path, error);
}

static void
walk_folder (Walk *self, const char *path)
{
  Listing listing;

  if (!is_new_folder (self, path))
    return;
  init_listing (&listing, path);
  if (list_folder (self, &listing))
    {
      visit_all (self, &listing);
      walk_folders (self, &listing);
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

/* The names of the article's sidecars; NULL when they cannot be told. */
static GPtrArray *
find_sidecars (Walk *self, const Listing *listing, const char *article)
{
  g_auto (KutipNamesCursor) cursor = { .names = NULL };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  const char *name = NULL;
  gsize n;

  if (kutip_names_find (listing->names, article, &cursor, &error))
    while ((name = kutip_names_next (&cursor, &n, &error)) != NULL &&
           strcmp (name, article) == 0)
      {
        const char *sidecar = name + strlen (name) + 1;

        if (*sidecar != '\0')
          g_ptr_array_add (found, g_strdup (sidecar));
      }
  if (error == NULL)
    return g_steal_pointer (&found);
  fail_listing (self, listing->path, error);
  return NULL;
}

/* @is_covered: it lies in a folder that is named, too, and comes with that if it is an
 * article there. */
static void
visit_article (Walk *self,
               const char *path,
               const char *folder,
               const char *name,
               gboolean is_covered)
{
  Listing *listing = list_for_file (self, folder);
  g_autoptr (GPtrArray) sidecars =
      listing == NULL ? NULL : find_sidecars (self, listing, name);
  gboolean is_bare = strcmp (folder, ".") == 0 && !g_str_has_prefix (path, "./");

  if (is_covered && sidecars != NULL &&
      (sidecars->len > 0 || kutip_paths_is_article_name (name)))
    return;
  if (sidecars != NULL && (sidecars->len > 0 || is_article (self, path, name)))
    visit (self, is_bare ? "" : folder, name, sidecars);
}

/* NULL when @path is no sidecar. */
static char *
find_article (const char *path)
{
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);
  g_autoptr (GFile) sidecar = g_file_new_for_path (canonical);
  g_autoptr (GFile) article = kutip_paths_get_article (sidecar, NULL);

  return article == NULL ? NULL : g_file_get_path (article);
}

/* With the article's other sidecars that are named; none when the article is, as all
 * count with that. */
static void
visit_sidecar (Walk *self, const char *folder, const char *path)
{
  g_autofree char *article = find_article (path);
  g_autofree char *name = g_path_get_basename (article);
  g_autofree char *stolen = NULL;
  g_autoptr (GPtrArray) only = NULL;

  if (!g_hash_table_contains (self->files, article) &&
      g_hash_table_steal_extended (self->sidecars, article, (gpointer *) &stolen,
                                   (gpointer *) &only))
    visit (self, folder, name, only);
}

static void
visit_file (Walk *self, const char *path, gboolean is_covered)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  gboolean is_bare = strcmp (folder, ".") == 0 && !g_str_has_prefix (path, "./");

  if (!kutip_paths_is_sidecar_name (name))
    visit_article (self, path, folder, name, is_covered);
  else if (!is_covered)
    visit_sidecar (self, is_bare ? "" : folder, path);
}

static void
add_named_sidecar (Walk *self, const char *path)
{
  g_autofree char *article = find_article (path);
  g_autofree char *name = g_path_get_basename (path);
  GPtrArray *names = g_hash_table_lookup (self->sidecars, article);

  if (names == NULL)
    {
      names = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->sidecars, g_strdup (article), names);
    }
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_steal_pointer (&name));
}

/* The files that are named, before any is visited. */
static void
list_named_files (Walk *self, char *const *paths)
{
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sidecars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);

      if (!g_file_test (paths[i], G_FILE_TEST_EXISTS) ||
          g_file_test (paths[i], G_FILE_TEST_IS_DIR))
        continue;
      if (kutip_paths_is_sidecar_name (name))
        add_named_sidecar (self, paths[i]);
      else
        g_hash_table_add (self->files, g_canonicalize_filename (paths[i], NULL));
    }
}

static GHashTable *
list_named_folders (char *const *paths)
{
  GHashTable *folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; paths[i] != NULL; i++)
    if (g_file_test (paths[i], G_FILE_TEST_IS_DIR))
      g_hash_table_add (folders, g_canonicalize_filename (paths[i], NULL));
  return folders;
}

/* Whether one of @folders is walked on the way to @path, which is canonical; what is
 * hidden is not. */
static gboolean
is_in_named_folder (GHashTable *folders, const char *path)
{
  g_autofree char *at = g_strdup (path);
  char *slash;

  while ((slash = strrchr (at, '/')) != NULL && slash[1] != '.' && slash[1] != '\0')
    {
      /* That of the root is its name. */
      slash[slash == at ? 1 : 0] = '\0';
      if (g_hash_table_contains (folders, at))
        return TRUE;
    }
  return FALSE;
}

gboolean
kutip_inputs_foreach (char *const *paths, KutipInputFunc func, gpointer data)
{
  Walk self = { .func = func, .data = data };
  g_autoptr (GHashTable) begun =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) folders = list_named_folders (paths);

  list_named_files (&self, paths);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *path = g_canonicalize_filename (paths[i], NULL);
      gboolean is_covered = is_in_named_folder (folders, path);
      gboolean is_folder = g_file_test (paths[i], G_FILE_TEST_IS_DIR);

      /* What is named twice is one thing all the same, as is what a folder has. */
      if (!g_hash_table_add (begun, g_steal_pointer (&path)) || (is_folder && is_covered))
        continue;
      self.visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      if (is_folder)
        walk_folder (&self, paths[i]);
      else if (g_file_test (paths[i], G_FILE_TEST_EXISTS))
        visit_file (&self, paths[i], is_covered);
      else
        fail (&self, paths[i], ENOENT);
      g_hash_table_unref (self.visited);
    }
  clear_listing (&self.last);
  g_hash_table_unref (self.sidecars);
  g_hash_table_unref (self.files);
  return !self.failed;
}
