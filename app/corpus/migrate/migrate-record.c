/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/migrate/migrate-record.h"

#include "store/stamp.h"
#include "store/write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PREFIX ".kutip-migration-"
#define LOG "log"
#define FILES "files"
#define MAX_RECORDS 10000
#define NO_FILE "-"
/* Of a log that somebody else has put there. */
#define MOST_LOG_BYTES ((gsize) 256 << 20)
/* A line begins with a newline, so that what a torn one left behind is a line by itself,
 * and ends with a word, by which one can tell that it is whole. */
#define END "."

struct _KutipMigrateRecord
{
  GFile *folder;
  int fd; /* of the log */
};

static gboolean
fail (const char *path, int code, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               /* Translators: a file name, and the reason that the system gives */
               _ ("“%1$s” cannot be written: %2$s"), path, g_strerror (code));
  return FALSE;
}

static char *
make_path (GFile *folder, guint number)
{
  g_autofree char *name = g_strdup_printf (PREFIX "%u", number);

  return g_build_filename (g_file_peek_path (folder), name, NULL);
}

KutipMigrateRecord *
kutip_migrate_record_new (GFile *folder, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *log = NULL;
  KutipMigrateRecord *self;
  int fd;

  for (guint i = 1; i < MAX_RECORDS; i++)
    {
      g_free (path);
      path = make_path (folder, i);
      if (g_mkdir (path, 0777) == 0)
        break;
      if (errno != EEXIST)
        {
          fail (path, errno, error);
          return NULL;
        }
    }
  log = g_build_filename (path, LOG, NULL);
  fd = g_open (log, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      fail (log, errno, error);
      g_rmdir (path);
      return NULL;
    }
  self = g_new0 (KutipMigrateRecord, 1);
  self->folder = g_file_new_for_path (path);
  self->fd = fd;
  return self;
}

void
kutip_migrate_record_free (KutipMigrateRecord *self)
{
  close (self->fd);
  g_object_unref (self->folder);
  g_free (self);
}

GFile *
kutip_migrate_record_get_folder (KutipMigrateRecord *self)
{
  return self->folder;
}

GFile *
kutip_migrate_record_get_copy (GFile *record, const char *path)
{
  g_autofree char *full = g_build_filename (g_file_peek_path (record), FILES, path, NULL);

  return g_file_new_for_path (full);
}

static gboolean
write_copy (KutipMigrateRecord *self, const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GFile) copy = kutip_migrate_record_get_copy (self->folder, path);
  g_autofree char *parent = g_path_get_dirname (g_file_peek_path (copy));
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  if (g_mkdir_with_parents (parent, 0777) != 0)
    return fail (parent, errno, error);
  return kutip_write_file (copy, data, n_bytes, error);
}

/* All of it and to the disk, or an error: then a part of a line may stand there, which a
 * reader passes over. */
static gboolean
append (KutipMigrateRecord *self, const char *line, GError **error)
{
  g_autoptr (GFile) log = g_file_get_child (self->folder, LOG);
  gsize n = strlen (line);

  while (n > 0)
    {
      gssize n_written = write (self->fd, line, n);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written <= 0)
        return fail (g_file_peek_path (log), n_written < 0 ? errno : ENOSPC, error);
      line += n_written;
      n -= (gsize) n_written;
    }
  if (fsync (self->fd) != 0)
    return fail (g_file_peek_path (log), errno, error);
  return TRUE;
}

gboolean
kutip_migrate_record_add (KutipMigrateRecord *self,
                          const char *path,
                          GBytes *before,
                          const char *after,
                          GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *line = g_strdup_printf ("\n%s %s %s " END "\n", after,
                                           before != NULL ? FILES : NO_FILE, escaped);

  g_return_val_if_fail (self != NULL, FALSE);

  if (before != NULL && !write_copy (self, path, before, error))
    return FALSE;
  return append (self, line, error);
}

GFile *
kutip_migrate_record_find (GFile *folder)
{
  GDir *dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  guint64 last = 0;
  const char *name;
  g_autofree char *path = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      guint64 number;

      if (g_str_has_prefix (name, PREFIX) &&
          g_ascii_string_to_unsigned (name + strlen (PREFIX), 10, 1, MAX_RECORDS, &number,
                                      NULL))
        last = MAX (last, number);
    }
  g_clear_pointer (&dir, g_dir_close);
  if (last == 0)
    return NULL;
  path = make_path (folder, (guint) last);
  return g_file_new_for_path (path);
}

void
kutip_migrate_line_free (KutipMigrateLine *self)
{
  g_free (self->path);
  g_free (self->after);
  g_free (self);
}

/* A log is only a file: it may not lead out of the folder. */
static gboolean
is_inside (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, G_DIR_SEPARATOR_S, -1);

  return !g_path_is_absolute (path) &&
         !g_strv_contains ((const char *const *) parts, "..");
}

/* NULL for what is no line: the rest of one that could not be written. */
static KutipMigrateLine *
parse_line (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autofree char *path = NULL;
  KutipMigrateLine *line;

  if (g_strv_length (words) != 4 || strlen (words[0]) != 64 ||
      !g_str_equal (words[3], END))
    return NULL;
  path = g_uri_unescape_string (words[2], NULL);
  if (path == NULL || !is_inside (path))
    return NULL;
  line = g_new0 (KutipMigrateLine, 1);
  line->path = g_steal_pointer (&path);
  line->after = g_strdup (words[0]);
  line->is_new = g_str_equal (words[1], NO_FILE);
  return line;
}

GPtrArray *
kutip_migrate_record_read (GFile *record, GError **error)
{
  g_autoptr (GFile) log = g_file_get_child (record, LOG);
  KutipStamp stamp = { 0 };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) bytes =
      kutip_stamp_read (log, MOST_LOG_BYTES, &stamp, NULL, &local_error);

  if (bytes != NULL)
    return kutip_migrate_record_parse (g_bytes_get_data (bytes, NULL),
                                       g_bytes_get_size (bytes));
  /* A record that ended before its log began: nothing had been done. */
  if (local_error == NULL && g_file_test (g_file_peek_path (record), G_FILE_TEST_IS_DIR))
    return kutip_migrate_record_parse ("", 0);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 /* Translators: a file name, and the reason that the system gives */
                 _ ("“%1$s” cannot be read: %2$s"), g_file_peek_path (record),
                 g_strerror (ENOENT));
  return NULL;
}

GPtrArray *
kutip_migrate_record_parse (const char *bytes, gsize n_bytes)
{
  GPtrArray *parsed =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_migrate_line_free);
  g_autofree char *content = g_strndup (n_bytes > 0 ? bytes : "", n_bytes);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      KutipMigrateLine *line = parse_line (lines[i]);

      if (line != NULL)
        g_ptr_array_add (parsed, line);
    }
  return parsed;
}

/* Only what a record has in it: its log, copies of files, and the folders they are in. */
static void
remove_tree (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) &&
          !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (path);
}

void
kutip_migrate_record_remove (GFile *record)
{
  g_autofree char *name = g_file_get_basename (record);

  g_return_if_fail (g_str_has_prefix (name, PREFIX));

  remove_tree (g_file_peek_path (record));
}
