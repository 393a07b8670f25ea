/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-walk.h"

#include <dirent.h>
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *path;          /* below the root; "" for itself */
  GPtrArray *names;    /* each behind a letter for what it is: KIND_… */
  GStringChunk *chunk; /* has them */
  guint next;
} Level;

#define KIND_FILE 'f'
#define KIND_FOLDER 'd'
#define KIND_OTHER 'o' /* a pipe, a socket, a device */
#define KIND_ASK '?'   /* a link, or the file system does not say */

struct _KutipConvertWalk
{
  char *root;
  GPtrArray *levels;
  GHashTable *visited; /* "device:inode" of folders */
  gboolean started;
};

static void
free_level (gpointer data)
{
  Level *level = data;

  g_free (level->path);
  g_ptr_array_unref (level->names);
  g_string_chunk_free (level->chunk);
  g_free (level);
}

KutipConvertWalk *
kutip_convert_walk_new (const char *folder)
{
  KutipConvertWalk *self = g_new0 (KutipConvertWalk, 1);

  self->root = g_strdup (folder);
  self->levels = g_ptr_array_new_with_free_func (free_level);
  self->visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kutip_convert_walk_free (KutipConvertWalk *self)
{
  if (self == NULL)
    return;
  g_free (self->root);
  g_ptr_array_unref (self->levels);
  g_hash_table_unref (self->visited);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a + 1, *(const char *const *) b + 1);
}

static void
add_name (Level *level, const struct dirent *entry)
{
  char name[sizeof entry->d_name + 1];

  name[0] = entry->d_type == DT_REG                                  ? KIND_FILE
            : entry->d_type == DT_DIR                                ? KIND_FOLDER
            : entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN ? KIND_ASK
                                                                     : KIND_OTHER;
  g_strlcpy (name + 1, entry->d_name, sizeof name - 1);
  g_ptr_array_add (level->names, g_string_chunk_insert (level->chunk, name));
}

static void
set_error (GError **error, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code),
               /* Translators: a folder, and the reason that the system gives */
               _ ("“%1$s” cannot be read: %2$s"), shown, g_strerror (code));
}

static gboolean
enter (KutipConvertWalk *self, const char *path, GError **error)
{
  g_autofree char *full =
      *path == '\0' ? g_strdup (self->root) : g_build_filename (self->root, path, NULL);
  DIR *dir = opendir (full);
  const struct dirent *entry;
  struct stat status;
  Level *level;

  if (dir == NULL || fstat (dirfd (dir), &status) != 0)
    {
      set_error (error, full, errno);
      g_clear_pointer (&dir, closedir);
      return FALSE;
    }
  if (!g_hash_table_add (self->visited,
                         g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                          (guint64) status.st_dev,
                                          (guint64) status.st_ino)))
    {
      closedir (dir);
      return TRUE;
    }
  level = g_new0 (Level, 1);
  level->path = g_strdup (path);
  level->names = g_ptr_array_new ();
  level->chunk = g_string_chunk_new (1024);
  while ((entry = readdir (dir)) != NULL)
    if (entry->d_name[0] != '.')
      add_name (level, entry);
  closedir (dir);
  g_ptr_array_sort (level->names, compare_names);
  g_ptr_array_add (self->levels, level);
  return TRUE;
}

/* A link that leads nowhere counts as a file: whoever reads it tells. */
static char
find_kind (KutipConvertWalk *self, char kind, const char *path)
{
  g_autofree char *full = NULL;
  struct stat status;

  if (kind != KIND_ASK)
    return kind;
  full = g_build_filename (self->root, path, NULL);
  if (stat (full, &status) != 0 || S_ISREG (status.st_mode))
    return KIND_FILE;
  return S_ISDIR (status.st_mode) ? KIND_FOLDER : KIND_OTHER;
}

char *
kutip_convert_walk_next (KutipConvertWalk *self, gboolean *is_plain, GError **error)
{
  if (!self->started)
    {
      self->started = TRUE;
      if (!enter (self, "", error))
        return NULL;
    }
  while (self->levels->len > 0)
    {
      Level *level = g_ptr_array_index (self->levels, self->levels->len - 1);
      g_autofree char *path = NULL;
      const char *name;
      char kind;

      if (level->next == level->names->len)
        {
          g_ptr_array_set_size (self->levels, (gint) self->levels->len - 1);
          continue;
        }
      name = g_ptr_array_index (level->names, level->next++);
      path = *level->path == '\0' ? g_strdup (name + 1)
                                  : g_strconcat (level->path, "/", name + 1, NULL);
      kind = find_kind (self, *name, path);
      *is_plain = kind == KIND_FILE;
      if (kind != KIND_FOLDER)
        return g_steal_pointer (&path);
      if (!enter (self, path, error))
        return NULL;
    }
  return NULL;
}
