/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-source.h"

#include "corpus/convert/convert-stream.h"
#include "corpus/convert/convert-tagsets.h"
#include "corpus/names.h"
#include "format/sidecar/sidecar-name.h"
#include "format/tagset/tagset-json.h"
#include "store/paths.h"

#include <dirent.h>
#include <glib/gi18n.h>
#include <string.h>

/* Listings and tag sets of so many folders are kept. */
#define MAX_FOLDERS 16
/* So many folders in a folder are told of. */
#define MOST_BELOW 100

struct _KutipConvertFiles
{
  GPtrArray *folders, *texts;
  guint n_inputs;
  const char *base;  /* or NULL */
  GHashTable *named; /* absolute paths of all inputs */
  GCancellable *cancellable;
  GMutex lock;
  GHashTable *listings; /* folder -> KutipNames; NULL for one that cannot be listed */
  GHashTable *tagsets;  /* folder -> Found */
  KutipConvertTagsets *foreign;
  GHashTable *below; /* folder -> GStrv: the folders in it, no more than so many */
};

/* What looking for a folder's tag set came to. */
typedef struct
{
  KutipTagset *tagset;
  GError *error;
} Found;

static void
free_found (gpointer data)
{
  Found *found = data;

  g_clear_object (&found->tagset);
  g_clear_error (&found->error);
  g_free (found);
}

KutipConvertFiles *
kutip_convert_files_new (char *const *inputs,
                         GPtrArray *folders,
                         GPtrArray *texts,
                         GCancellable *cancellable)
{
  KutipConvertFiles *self = g_new0 (KutipConvertFiles, 1);

  self->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; inputs[i] != NULL; i++)
    g_hash_table_add (self->named, g_canonicalize_filename (inputs[i], NULL));
  self->n_inputs = g_strv_length ((char **) inputs);
  self->folders = folders;
  self->texts = texts;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_mutex_init (&self->lock);
  self->listings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) kutip_names_unref);
  self->tagsets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_found);
  self->foreign = kutip_convert_tagsets_new ();
  self->below = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_strfreev);
  return self;
}

void
kutip_convert_files_free (KutipConvertFiles *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->named);
  g_hash_table_unref (self->listings);
  g_hash_table_unref (self->tagsets);
  g_hash_table_unref (self->below);
  kutip_convert_tagsets_free (self->foreign);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kutip_convert_files_set_base (KutipConvertFiles *self, const char *folder)
{
  self->base = folder;
}

char *
kutip_convert_files_make_name (KutipConvertFiles *self,
                               const char *path,
                               const char *name)
{
  gsize n = self->base == NULL ? 0 : strlen (self->base);

  while (n > 0 && self->base[n - 1] == '/')
    n--;
  if (n == 0 || strncmp (path, self->base, n) != 0 || path[n] != '/')
    return g_strdup (name);
  while (path[n] == '/')
    n++;
  return g_strdup (path + n);
}

/* NULL when it cannot be listed. */
static KutipNames *
list_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (KutipNames) names = kutip_names_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!kutip_names_add (names, name, strlen (name) + 1, NULL))
      return NULL;
  return dir != NULL && kutip_names_sort (names, NULL) ? g_steal_pointer (&names) : NULL;
}

/* A new reference, or NULL. */
static KutipNames *
get_listing (KutipConvertFiles *self, const char *folder)
{
  gpointer listing;

  g_mutex_lock (&self->lock);
  if (!g_hash_table_lookup_extended (self->listings, folder, NULL, &listing))
    {
      if (g_hash_table_size (self->listings) >= MAX_FOLDERS)
        g_hash_table_remove_all (self->listings);
      listing = list_folder (folder);
      g_hash_table_insert (self->listings, g_strdup (folder), listing);
    }
  if (listing != NULL)
    kutip_names_ref (listing);
  g_mutex_unlock (&self->lock);
  return listing;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* One name after the other, for a folder whose names cannot be put in order. */
static void
look_through (const char *folder, const char *prefix, GPtrArray *found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      g_ptr_array_add (found, g_strdup (name));
  g_ptr_array_sort (found, compare_names);
}

/* FALSE when they cannot be told from the listing. */
static gboolean
find_names (KutipNames *names, const char *prefix, GPtrArray *found)
{
  g_auto (KutipNamesCursor) cursor = { .names = NULL };
  g_autoptr (GError) error = NULL;
  const char *name;
  gsize n;

  if (names == NULL || !kutip_names_find (names, prefix, &cursor, NULL))
    return FALSE;
  while ((name = kutip_names_next (&cursor, &n, &error)) != NULL &&
         g_str_has_prefix (name, prefix))
    g_ptr_array_add (found, g_strdup (name));
  return error == NULL;
}

/* Those in @folder that begin with @prefix, sorted. */
static GPtrArray *
find_all (KutipConvertFiles *self, const char *folder, const char *prefix)
{
  g_autoptr (KutipNames) names = get_listing (self, folder);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  if (!find_names (names, prefix, found))
    {
      g_ptr_array_set_size (found, 0);
      look_through (folder, prefix, found);
    }
  return found;
}

static char **
list (KutipSource *source, const char *prefix)
{
  g_autofree char *folder = g_path_get_dirname (source->path);
  const char *slash = strrchr (prefix, '/');
  g_autofree char *further =
      g_strndup (prefix, slash == NULL ? 0 : (gsize) (slash - prefix));
  g_autofree char *full = g_build_filename (folder, further, NULL);
  GPtrArray *found = find_all (source->data, full, slash == NULL ? prefix : slash + 1);

  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (found, FALSE);
}

/* Only of what the system does not say in the listing is asked what it is. */
static gboolean
is_folder (const char *parent, const struct dirent *entry)
{
  g_autofree char *path = NULL;

  if (entry->d_name[0] == '.')
    return FALSE;
  if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
    return entry->d_type == DT_DIR;
  path = g_build_filename (parent, entry->d_name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

static char **
find_folders (const char *folder)
{
  GPtrArray *found = g_ptr_array_new ();
  const struct dirent *entry;
  DIR *dir = opendir (folder);

  while (dir != NULL && found->len < MOST_BELOW && (entry = readdir (dir)) != NULL)
    if (is_folder (folder, entry))
      g_ptr_array_add (found, g_strdup (entry->d_name));
  g_clear_pointer (&dir, closedir);
  g_ptr_array_sort (found, compare_names);
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (found, FALSE);
}

static char **
list_folders (KutipSource *source, const char *relative)
{
  KutipConvertFiles *self = source->data;
  g_autofree char *folder = g_path_get_dirname (source->path);
  g_autofree char *full = g_build_filename (folder, relative, NULL);
  char **found;

  g_mutex_lock (&self->lock);
  found = g_hash_table_lookup (self->below, full);
  if (found == NULL)
    {
      if (g_hash_table_size (self->below) >= MAX_FOLDERS)
        g_hash_table_remove_all (self->below);
      found = find_folders (full);
      g_hash_table_insert (self->below, g_strdup (full), found);
    }
  found = g_strdupv (found);
  g_mutex_unlock (&self->lock);
  return found;
}

static gboolean
is_listed_in (KutipConvertFiles *self, const char *folder, const char *name)
{
  g_autoptr (KutipNames) names = get_listing (self, folder);
  g_auto (KutipNamesCursor) cursor = { .names = NULL };
  g_autoptr (GError) error = NULL;
  const char *found;
  gsize n;

  /* A folder that cannot be listed may have it all the same. */
  if (names == NULL || kutip_names_is_empty (names) ||
      !kutip_names_find (names, name, &cursor, NULL))
    return TRUE;
  found = kutip_names_next (&cursor, &n, &error);
  return error != NULL || g_strcmp0 (found, name) == 0;
}

/* What is asked for again and again and mostly is not there, such as a tag set, costs no
 * system call. */
static gboolean
is_listed (KutipConvertFiles *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const char *slash = strrchr (path, '/');

  return is_listed_in (self, folder, slash == NULL ? path : slash + 1);
}

static GBytes *
fetch (KutipSource *source, const char *relative, GError **error)
{
  KutipConvertFiles *self = source->data;
  g_autofree char *folder = g_path_get_dirname (source->path);
  g_autofree char *path = NULL;
  gboolean is_here = strchr (relative, '/') == NULL;

  if (is_here && !is_listed_in (self, folder, relative))
    return NULL;
  path = g_build_filename (folder, relative, NULL);
  return is_here || is_listed (self, path) ? kutip_convert_stream_load_plain (path, error)
                                           : NULL;
}

/* The folder that @folder is in, as the user would say it. */
static char *
dup_above (const char *folder)
{
  g_autofree char *base = g_path_get_basename (folder);

  if (strcmp (folder, ".") == 0)
    return g_strdup ("..");
  return strcmp (base, "..") == 0 ? g_build_filename (folder, "..", NULL)
                                  : g_path_get_dirname (folder);
}

static KutipTagset *
fetch_tagset (KutipSource *source,
              const char *name,
              guint n_above,
              KutipTagsetReadFunc read,
              const KutipTagsetMore *more,
              gboolean *exists)
{
  KutipConvertFiles *self = source->data;
  g_autofree char *folder = g_path_get_dirname (source->path);
  g_autofree char *path = NULL;

  for (guint i = 0; i < n_above; i++)
    {
      g_autofree char *below = g_steal_pointer (&folder);

      folder = dup_above (below);
    }
  path =
      strcmp (folder, ".") == 0 ? g_strdup (name) : g_build_filename (folder, name, NULL);
  return kutip_convert_tagsets_fetch (self->foreign, path, read, more, exists);
}

void
kutip_convert_files_tell (KutipConvertFiles *self, KutipReport *report)
{
  kutip_convert_tagsets_tell (self->foreign, report);
}

/* Names in a foreign file lead nowhere but below the folders that the user named. */
static char *
make_safe (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  if (g_path_is_absolute (name) || g_strv_contains ((const char *const *) parts, ".."))
    return g_path_get_basename (name);
  return g_strdup (name);
}

static gboolean
is_named_so (const char *path, const char *name)
{
  g_autofree char *end = g_strconcat ("/", name, NULL);

  return strcmp (path, name) == 0 || g_str_has_suffix (path, end);
}

/* Looks for a file of that very name. */
static GBytes *
find_text (KutipSource *source, const char *name, GError **error)
{
  KutipConvertFiles *self = source->data;
  g_autofree char *base = g_path_get_basename (name);
  g_autoptr (GError) local = NULL;
  GBytes *bytes = fetch (source, name, &local);

  for (guint i = 0; bytes == NULL && local == NULL && i < self->folders->len; i++)
    {
      g_autofree char *path =
          g_build_filename (g_ptr_array_index (self->folders, i), name, NULL);

      bytes = kutip_convert_stream_load_plain (path, &local);
    }
  for (guint i = 0; bytes == NULL && local == NULL && i < self->texts->len; i++)
    if (is_named_so (g_ptr_array_index (self->texts, i), base))
      bytes = kutip_convert_stream_load (g_ptr_array_index (self->texts, i),
                                         self->cancellable, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return bytes;
}

/* An article whose name says nothing of text: what has a sidecar is one. */
static GBytes *
find_annotated (KutipSource *source, const char *name, GError **error)
{
  KutipConvertFiles *self = source->data;
  g_autofree char *folder = g_path_get_dirname (source->path);

  for (guint i = 0; i <= self->folders->len; i++)
    {
      g_autofree char *path = g_build_filename (
          i == 0 ? folder : g_ptr_array_index (self->folders, i - 1), name, NULL);

      if (kutip_convert_files_has_sidecar (self, path))
        return kutip_convert_stream_load_plain (path, error);
    }
  return NULL;
}

static GBytes *
fetch_text (KutipSource *source, const char *name, GError **error)
{
  KutipConvertFiles *self = source->data;
  g_autofree char *safe = name == NULL ? NULL : make_safe (name);
  g_autofree char *longer = NULL;
  g_autoptr (GError) local = NULL;
  GBytes *bytes;

  if (name == NULL)
    return self->texts->len == 1
               ? kutip_convert_stream_load (g_ptr_array_index (self->texts, 0),
                                            self->cancellable, error)
               : NULL;
  longer = g_strconcat (safe, ".txt", NULL);
  bytes = kutip_paths_is_article_name (safe) ? find_text (source, safe, &local) : NULL;
  if (bytes == NULL && local == NULL)
    bytes = find_text (source, longer, &local);
  if (bytes == NULL && local == NULL)
    bytes = find_annotated (source, safe, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return bytes;
}

/* Of several files that go with one text each has a name of its own. */
static char *
dup_text_name (KutipSource *source)
{
  KutipConvertFiles *self = source->data;
  const char *path =
      self->n_inputs == 2 && self->texts->len == 1 && self->folders->len == 0
          ? g_ptr_array_index (self->texts, 0)
          : NULL;
  g_autofree char *name = path == NULL ? NULL : g_path_get_basename (path);

  return path == NULL ? NULL : kutip_convert_files_make_name (self, path, name);
}

static gboolean
is_named (KutipSource *source, const char *relative)
{
  KutipConvertFiles *self = source->data;
  g_autofree char *folder = g_path_get_dirname (source->path);
  g_autofree char *path = g_build_filename (folder, relative, NULL);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  return g_hash_table_contains (self->named, absolute);
}

void
kutip_convert_files_attach (KutipConvertFiles *self, KutipSource *source)
{
  source->is_named = is_named;
  source->fetch = fetch;
  source->fetch_tagset = fetch_tagset;
  source->list = list;
  source->list_folders = list_folders;
  source->fetch_text = fetch_text;
  source->dup_text_name = dup_text_name;
  source->data = self;
}

static gboolean
is_plain (KutipConvertFiles *self, const char *path)
{
  return is_listed (self, path) && g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

gboolean
kutip_convert_files_has_brat (KutipConvertFiles *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  const char *dot = strrchr (base, '.');
  g_autofree char *stem = dot == NULL ? NULL : g_strndup (base, (gsize) (dot - base));
  g_autofree char *annotation = g_strconcat (folder, "/", stem, ".ann", NULL);
  g_autofree char *in_capitals = g_strconcat (folder, "/", stem, ".ANN", NULL);
  g_autoptr (GPtrArray) listing = NULL;

  if (dot == NULL || g_ascii_strcasecmp (dot, ".txt") != 0 ||
      !(is_plain (self, annotation) || is_plain (self, in_capitals)))
    return FALSE;
  listing = find_all (self, folder, base);
  for (guint i = 0; i < listing->len; i++)
    if (kutip_paths_is_sidecar_name (g_ptr_array_index (listing, i)))
      return FALSE;
  return TRUE;
}

gboolean
kutip_convert_files_has_sidecar (KutipConvertFiles *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (GPtrArray) listing = find_all (self, folder, base);

  for (guint i = 0; i < listing->len; i++)
    {
      g_autofree char *annotator = NULL;
      g_autofree char *longer = NULL;

      if (!kutip_sidecar_name_parse (g_ptr_array_index (listing, i), base, &annotator))
        continue;
      /* "a.b.annotations.json" is of "a.b", where there is one. */
      longer = annotator == NULL ? NULL : g_strconcat (path, ".", annotator, NULL);
      if (longer == NULL || !is_listed (self, longer))
        return TRUE;
    }
  return FALSE;
}

gboolean
kutip_convert_files_is_orphan (KutipConvertFiles *self, const char *path)
{
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (KUTIP_SIDECAR_SUFFIX));
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) article = NULL;

  if (is_listed (self, stem))
    return FALSE;
  file = g_file_new_for_path (path);
  article = kutip_paths_get_article (file, NULL);
  return article != NULL && !is_listed (self, g_file_peek_path (article));
}

char *
kutip_convert_files_dup_apart (KutipConvertFiles *self,
                               const char *path,
                               gboolean named,
                               const char *place)
{
  g_autofree char *longer = g_strconcat (path, ".txt", NULL);
  g_autofree char *canonical = NULL;

  if (g_str_has_suffix (path, ".txt") || !is_listed (self, longer))
    return NULL;
  canonical = g_canonicalize_filename (longer, NULL);
  if (named && !g_hash_table_contains (self->named, canonical))
    return NULL;
  for (guint n = 2;; n++)
    {
      g_autofree char *other = g_strdup_printf ("%s-%u.txt", path, n);

      if (!is_listed (self, other))
        return g_strdup_printf ("%s-%u.txt", place, n);
    }
}

static Found *
load_tagset (const char *folder)
{
  g_autoptr (GFile) at = g_file_new_for_path (folder);
  g_autoptr (GFile) file = kutip_paths_find_tagset (at, NULL);
  g_autoptr (GBytes) json = NULL;
  Found *found = g_new0 (Found, 1);

  if (file != NULL)
    json = kutip_convert_stream_load_plain (g_file_peek_path (file), &found->error);
  if (json == NULL)
    return found;
  found->tagset = kutip_tagset_from_json (g_bytes_get_data (json, NULL),
                                          g_bytes_get_size (json), &found->error);
  if (found->error != NULL)
    g_prefix_error (&found->error, "%s: ", g_file_peek_path (file));
  return found;
}

KutipTagset *
kutip_convert_files_find_tagset (KutipConvertFiles *self,
                                 const char *path,
                                 GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  KutipTagset *tagset;
  Found *found;

  g_mutex_lock (&self->lock);
  found = g_hash_table_lookup (self->tagsets, folder);
  if (found == NULL)
    {
      if (g_hash_table_size (self->tagsets) >= MAX_FOLDERS)
        g_hash_table_remove_all (self->tagsets);
      found = load_tagset (folder);
      g_hash_table_insert (self->tagsets, g_strdup (folder), found);
    }
  tagset = found->tagset != NULL ? g_object_ref (found->tagset) : NULL;
  if (found->error != NULL)
    g_propagate_error (error, g_error_copy (found->error));
  g_mutex_unlock (&self->lock);
  return tagset;
}
