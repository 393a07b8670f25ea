/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-walk.h"

#include "corpus/names.h"

#include <dirent.h>
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *path; /* below the root; "" for itself */
  /* Names, behind each a letter for what it is: KIND_… */
  KutipNamesCursor names;
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
  kutip_names_cursor_clear (&level->names);
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

static gboolean
add_name (KutipNames *names, const struct dirent *entry, GError **error)
{
  char name[sizeof entry->d_name + 1];
  gsize n = g_strlcpy (name, entry->d_name, sizeof entry->d_name) + 1;

  name[n] = entry->d_type == DT_REG                                  ? KIND_FILE
            : entry->d_type == DT_DIR                                ? KIND_FOLDER
            : entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN ? KIND_ASK
                                                                     : KIND_OTHER;
  return kutip_names_add (names, name, n + 1, error);
}

static gboolean
list_folder (DIR *dir, KutipNames *names, GError **error)
{
  const struct dirent *entry;

  while ((entry = readdir (dir)) != NULL)
    if (entry->d_name[0] != '.' && !add_name (names, entry, error))
      return FALSE;
  return kutip_names_sort (names, error);
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
  g_autoptr (KutipNames) names = NULL;
  struct stat status;
  gboolean good;
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
  names = kutip_names_new ();
  good = list_folder (dir, names, error);
  closedir (dir);
  if (!good)
    return FALSE;
  level = g_new0 (Level, 1);
  level->path = g_strdup (path);
  g_ptr_array_add (self->levels, level);
  return kutip_names_find (names, "", &level->names, error);
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
      g_autoptr (GError) local = NULL;
      g_autofree char *path = NULL;
      gsize n;
      const char *name = kutip_names_next (&level->names, &n, &local);
      char kind;

      if (name == NULL)
        {
          g_ptr_array_set_size (self->levels, (gint) self->levels->len - 1);
          if (local == NULL)
            continue;
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      path = *level->path == '\0' ? g_strdup (name)
                                  : g_strconcat (level->path, "/", name, NULL);
      kind = find_kind (self, name[n - 1], path);
      *is_plain = kind == KIND_FILE;
      if (kind != KIND_FOLDER)
        return g_steal_pointer (&path);
      if (!enter (self, path, error))
        return NULL;
    }
  return NULL;
}

guint64
kutip_convert_walk_count (const char *folder, GCancellable *cancellable)
{
  g_autoptr (KutipConvertWalk) walk = kutip_convert_walk_new (folder);
  g_autoptr (GError) error = NULL;
  gboolean is_plain;
  guint64 n = 0;

  while (!g_cancellable_is_cancelled (cancellable))
    {
      g_autofree char *name = kutip_convert_walk_next (walk, &is_plain, &error);

      if (name == NULL && error == NULL)
        break;
      n += name != NULL;
      g_clear_error (&error);
    }
  return n;
}
