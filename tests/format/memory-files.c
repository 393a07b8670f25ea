/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-files.h"

#include <string.h>

static void
free_string (gpointer data)
{
  g_string_free (data, TRUE);
}

static gboolean
append (KutipSink *sink, const char *name, const char *bytes, gsize n, GError **error)
{
  MemoryFiles *self = sink->data;
  GString *file = g_hash_table_lookup (self->files, name);

  if (file == NULL)
    {
      file = g_string_new (NULL);
      g_hash_table_insert (self->files, g_strdup (name), file);
    }
  g_string_append_len (file, bytes, (gssize) n);
  return TRUE;
}

static const GString *
peek (KutipSink *sink, const char *name)
{
  return g_hash_table_lookup (((MemoryFiles *) sink->data)->files, name);
}

MemoryFiles *
memory_files_new (void)
{
  MemoryFiles *self = g_new0 (MemoryFiles, 1);

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_string);
  self->sink = (KutipSink){ .append = append, .peek = peek, .data = self };
  return self;
}

void
memory_files_free (MemoryFiles *self)
{
  g_hash_table_unref (self->files);
  g_free (self);
}

void
memory_files_put (MemoryFiles *self, const char *name, const char *content)
{
  g_hash_table_replace (self->files, g_strdup (name), g_string_new (content));
}

const char *
memory_files_get (MemoryFiles *self, const char *name)
{
  GString *file = g_hash_table_lookup (self->files, name);

  return file == NULL ? NULL : file->str;
}

gboolean
memory_files_load (MemoryFiles *self, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize n;

      if (g_file_get_contents (path, &content, &n, NULL))
        g_hash_table_replace (self->files, g_strdup (name),
                              g_string_new_len (content, (gssize) n));
    }
  return dir != NULL;
}

static GBytes *
make_bytes (MemoryFiles *self, const char *name)
{
  GString *file = g_hash_table_lookup (self->files, name);

  return file == NULL ? NULL : g_bytes_new (file->str, file->len);
}

static GBytes *
fetch (KutipSource *source, const char *relative, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (source->name);
  g_autofree char *joined = g_build_filename ("/", folder, relative, NULL);
  g_autofree char *path = g_canonicalize_filename (joined, "/");

  return make_bytes (source->data, path + 1);
}

/* The text of that name, with or without its suffix; NULL: any. */
static GBytes *
fetch_text (KutipSource *source, const char *name, GError **error)
{
  MemoryFiles *self = source->data;
  g_autofree char *longer = name == NULL ? NULL : g_strconcat (name, ".txt", NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (name == NULL ? g_str_has_suffix (key, ".txt")
                     : strcmp (key, name) == 0 || strcmp (key, longer) == 0)
      return make_bytes (self, key);
  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Where files are that begin with @prefix beside the source; "." for the root. */
static char *
find_folder (KutipSource *source, const char *prefix)
{
  g_autofree char *folder = g_path_get_dirname (source->name);
  g_autofree char *joined = g_strconcat ("/", folder, "/", prefix, "x", NULL);
  g_autofree char *path = g_canonicalize_filename (joined, "/");

  return g_path_get_dirname (path + 1);
}

static char **
list (KutipSource *source, const char *prefix)
{
  MemoryFiles *self = source->data;
  g_autofree char *folder = find_folder (source, prefix);
  const char *slash = strrchr (prefix, '/');
  const char *start = slash == NULL ? prefix : slash + 1;
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *own = g_path_get_dirname (name);

      g_autofree char *base = g_path_get_basename (name);

      if (strcmp (own, folder) == 0 && g_str_has_prefix (base, start))
        g_ptr_array_add (names, g_steal_pointer (&base));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static char **
list_folders (KutipSource *source, const char *relative)
{
  MemoryFiles *self = source->data;
  g_autofree char *prefix = g_strconcat (relative, "/", NULL);
  g_autofree char *folder = find_folder (source, prefix);
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      gsize n = strcmp (folder, ".") == 0 ? 0 : strlen (folder) + 1;
      const char *slash;

      if (n > 0 && (!g_str_has_prefix (name, folder) || ((char *) name)[n - 1] != '/'))
        continue;
      slash = strchr ((char *) name + n, '/');
      if (slash != NULL)
        g_ptr_array_add (
            names, g_strndup ((char *) name + n, (gsize) (slash - (char *) name) - n));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static gboolean
collect (KutipRecord *record, gpointer data, GError **error)
{
  g_ptr_array_add (data, record);
  return TRUE;
}

static gboolean
read_units (KutipSource *source,
            GBytes *bytes,
            const KutipFormat *format,
            const KutipFormatOptions *options,
            GPtrArray *records,
            KutipReport *report,
            GError **error)
{
  gsize n;
  const char *content = g_bytes_get_data (bytes, &n);
  const char *data = content == NULL ? "" : content;
  gsize at = 0;

  do
    {
      gsize unit =
          format->next_unit == NULL ? n : format->next_unit (data + at, n - at, TRUE);
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, at, unit);

      source->bytes = part;
      if (!format->read (source, options, collect, records, report, error))
        return FALSE;
      for (gsize i = at; i < at + unit; i++)
        source->line += data[i] == '\n';
      at += unit;
    }
  while (at < n);
  return TRUE;
}

GPtrArray *
memory_files_read (MemoryFiles *self,
                   const char *name,
                   const KutipFormat *format,
                   const KutipFormatOptions *options,
                   KutipReport *report,
                   GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_record_free);
  g_autoptr (GBytes) bytes = make_bytes (self, name);
  KutipSource source = {
    .path = name,
    .name = name,
    .line = 1,
    .named = TRUE,
    .fetch = fetch,
    .list = list,
    .list_folders = list_folders,
    .fetch_text = fetch_text,
    .data = self,
  };

  g_assert_nonnull (bytes);
  if (!read_units (&source, bytes, format, options, records, report, error))
    return NULL;
  return g_steal_pointer (&records);
}

GPtrArray *
memory_files_read_bytes (const char *format,
                         const char *name,
                         const char *bytes,
                         gsize n,
                         KutipReport *report,
                         GError **error)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  KutipFormatOptions options = { 0 };

  append (&files->sink, name, bytes, n, NULL);
  return memory_files_read (files, name, kutip_format_find (format), &options, report,
                            error);
}
