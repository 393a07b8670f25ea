/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert-staging.h"

#include "format/format.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER ((gsize) 1 << 18)

struct _KutipStaging
{
  char *path;  /* of the output; NULL: standard output */
  char *stage; /* the temporary file or folder */
  gboolean is_folder;
  gboolean exists; /* the folder was there before */
  gboolean force;
  int fd; /* of a stream, or -1 */
  GString *buffer;
  /* While a folder is committed. */
  GPtrArray *moved;   /* char *: paths in the output, each followed by where the file that
                         was there is kept, or NULL */
  GPtrArray *created; /* folders, in order */
};

static gboolean
fail (GError **error, const char *path, int code)
{
  g_autofree char *shown =
      path == NULL ? g_strdup (_ ("standard output")) : g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code),
               /* Translators: a file or folder, and the reason that the system gives */
               _ ("“%1$s” cannot be written: %2$s"), shown, g_strerror (code));
  return FALSE;
}

/* "DIR/.NAME.kutip-XXXXXX" beside @path, for mkstemp() or mkdtemp(). */
static char *
make_template (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_strdup_printf (".%.200s.kutip-XXXXXX", base);

  return g_build_filename (folder, name, NULL);
}

static KutipStaging *
staging_new (const char *path)
{
  KutipStaging *self = g_new0 (KutipStaging, 1);

  self->path = g_strdup (path);
  self->fd = -1;
  self->buffer = g_string_sized_new (BUFFER + BUFFER / 4);
  self->moved = g_ptr_array_new_with_free_func (g_free);
  self->created = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* Whether @path can be replaced by renaming: pipes and devices are written to. */
static gboolean
is_replaceable (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) != 0 || S_ISREG (status.st_mode);
}

/* A file with no name for what goes to standard output at the end. */
static int
open_spool (void)
{
  g_autofree char *template = g_build_filename (g_get_tmp_dir (), "kutip-XXXXXX", NULL);
  int fd = g_mkstemp_full (template, O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    g_unlink (template);
  return fd;
}

KutipStaging *
kutip_staging_new_for_stream (const char *path, gboolean spool, GError **error)
{
  g_autoptr (KutipStaging) self = staging_new (path);

  if (path == NULL)
    self->fd = spool ? open_spool () : dup (STDOUT_FILENO);
  else if (!is_replaceable (path))
    self->fd = open (path, O_WRONLY | O_CLOEXEC);
  else
    {
      self->stage = make_template (path);
      self->fd = g_mkstemp_full (self->stage, O_RDWR | O_CLOEXEC, 0666);
      if (self->fd < 0)
        g_clear_pointer (&self->stage, g_free);
    }
  self->force = path == NULL && spool;
  if (self->fd >= 0)
    return g_steal_pointer (&self);
  fail (error, path, errno);
  return NULL;
}

KutipStaging *
kutip_staging_new_for_folder (const char *path, gboolean force, GError **error)
{
  g_autofree char *trimmed = g_strdup (path);
  g_autoptr (KutipStaging) self = NULL;
  gsize n = strlen (trimmed);

  while (n > 1 && trimmed[n - 1] == '/')
    trimmed[--n] = '\0';
  self = staging_new (trimmed);
  self->is_folder = TRUE;
  self->force = force;
  self->exists = g_file_test (trimmed, G_FILE_TEST_IS_DIR);
  if (!self->exists && g_file_test (trimmed, G_FILE_TEST_EXISTS))
    {
      fail (error, path, ENOTDIR);
      return NULL;
    }
  self->stage = self->exists ? g_build_filename (trimmed, ".kutip-XXXXXX", NULL)
                             : make_template (trimmed);
  if (g_mkdtemp_full (self->stage, 0777) != NULL)
    return g_steal_pointer (&self);
  fail (error, path, errno);
  g_clear_pointer (&self->stage, g_free);
  return NULL;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0)
        remove_tree (child);
    }
  g_rmdir (path);
}

void
kutip_staging_free (KutipStaging *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->stage != NULL && self->is_folder)
    remove_tree (self->stage);
  else if (self->stage != NULL)
    g_unlink (self->stage);
  g_free (self->path);
  g_free (self->stage);
  g_string_free (self->buffer, TRUE);
  g_ptr_array_unref (self->moved);
  g_ptr_array_unref (self->created);
  g_free (self);
}

gboolean
kutip_staging_is_folder (KutipStaging *self)
{
  return self->is_folder;
}

static gboolean
write_all (int fd, const char *bytes, gsize n)
{
  while (n > 0)
    {
      gssize written = write (fd, bytes, n);

      if (written < 0 && errno != EINTR)
        return FALSE;
      if (written > 0)
        {
          bytes += written;
          n -= (gsize) written;
        }
    }
  return TRUE;
}

static gboolean
flush (KutipStaging *self, GError **error)
{
  if (!write_all (self->fd, self->buffer->str, self->buffer->len))
    return fail (error, self->path, errno);
  g_string_truncate (self->buffer, 0);
  return TRUE;
}

gboolean
kutip_staging_append (KutipStaging *self, const char *bytes, gsize n, GError **error)
{
  g_return_val_if_fail (!self->is_folder, FALSE);

  if (self->buffer->len + n < BUFFER)
    {
      g_string_append_len (self->buffer, bytes, (gssize) n);
      return TRUE;
    }
  if (!flush (self, error))
    return FALSE;
  return write_all (self->fd, bytes, n) || fail (error, self->path, errno);
}

static gboolean
check_name (const char *name, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  gboolean good = *name != '\0';

  for (guint i = 0; parts[i] != NULL; i++)
    good = good && *parts[i] != '\0' && strcmp (parts[i], ".") != 0 &&
           strcmp (parts[i], "..") != 0 && strlen (parts[i]) <= 255;
  if (!good)
    g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                 /* Translators: the name of a file that should be written */
                 _ ("“%s” cannot be the name of a file in the output"), name);
  return good;
}

static gboolean
fail_existing (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               /* Translators: a file; "--force" is typed as it is */
               _ ("“%s” is there already; --force would replace it"), shown);
  return FALSE;
}

static int
create_file (const char *path)
{
  g_autofree char *folder = NULL;
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

  if (fd >= 0 || errno != ENOENT)
    return fd;
  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0777) != 0)
    return -1;
  return open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

gboolean
kutip_staging_add_file (
    KutipStaging *self, const char *name, const char *bytes, gsize n, GError **error)
{
  g_autofree char *staged = NULL;
  g_autofree char *final = NULL;
  gboolean written;
  int fd;

  g_return_val_if_fail (self->is_folder, FALSE);

  if (!check_name (name, error))
    return FALSE;
  staged = g_build_filename (self->stage, "new", name, NULL);
  final = g_build_filename (self->path, name, NULL);
  if (self->exists && !self->force && g_file_test (final, G_FILE_TEST_EXISTS))
    return fail_existing (final, error);
  fd = create_file (staged);
  if (fd < 0 && errno == EEXIST)
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   /* Translators: a file's name */
                   _ ("two articles would be written to the same file “%s”"), name);
      return FALSE;
    }
  if (fd < 0)
    return fail (error, final, errno);
  written = write_all (fd, bytes, n);
  if (close (fd) != 0 || !written)
    return fail (error, final, errno);
  return TRUE;
}

static gboolean
copy_spool (KutipStaging *self, GError **error)
{
  char bytes[1 << 16];
  gssize n;

  if (lseek (self->fd, 0, SEEK_SET) < 0)
    return fail (error, NULL, errno);
  while ((n = read (self->fd, bytes, sizeof bytes)) > 0)
    if (!write_all (STDOUT_FILENO, bytes, (gsize) n))
      return fail (error, NULL, errno);
  return n == 0 || fail (error, NULL, errno);
}

static gboolean
commit_stream (KutipStaging *self, GError **error)
{
  if (!flush (self, error))
    return FALSE;
  if (self->path == NULL)
    return !self->force || copy_spool (self, error);
  if (close (self->fd) != 0)
    {
      self->fd = -1;
      return fail (error, self->path, errno);
    }
  self->fd = -1;
  if (self->stage != NULL && g_rename (self->stage, self->path) != 0)
    return fail (error, self->path, errno);
  g_clear_pointer (&self->stage, g_free);
  return TRUE;
}

/* Puts everything back. */
static void
undo (KutipStaging *self)
{
  for (guint i = self->moved->len; i >= 2; i -= 2)
    {
      const char *final = g_ptr_array_index (self->moved, i - 2);
      const char *kept = g_ptr_array_index (self->moved, i - 1);

      if (kept == NULL)
        g_unlink (final);
      else
        g_rename (kept, final);
    }
  for (guint i = self->created->len; i > 0; i--)
    g_rmdir (g_ptr_array_index (self->created, i - 1));
}

static gboolean
move_file (KutipStaging *self, const char *staged, const char *final, GError **error)
{
  g_autofree char *kept = NULL;

  if (g_file_test (final, G_FILE_TEST_EXISTS))
    {
      g_autofree char *number = g_strdup_printf ("old-%u", self->moved->len);

      if (!self->force)
        return fail_existing (final, error);
      kept = g_build_filename (self->stage, number, NULL);
      if (g_rename (final, kept) != 0)
        return fail (error, final, errno);
    }
  if (g_rename (staged, final) != 0)
    {
      int code = errno;

      if (kept != NULL)
        g_rename (kept, final);
      return fail (error, final, code);
    }
  g_ptr_array_add (self->moved, g_strdup (final));
  g_ptr_array_add (self->moved, g_steal_pointer (&kept));
  return TRUE;
}

static gboolean
move_folder (KutipStaging *self, const char *staged, const char *final, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (staged, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (staged, name, NULL);
      g_autofree char *to = g_build_filename (final, name, NULL);
      gboolean moved;

      if (!g_file_test (from, G_FILE_TEST_IS_DIR))
        moved = move_file (self, from, to, error);
      else if (g_file_test (to, G_FILE_TEST_IS_DIR))
        moved = move_folder (self, from, to, error);
      else if (g_mkdir (to, 0777) == 0)
        {
          g_ptr_array_add (self->created, g_strdup (to));
          moved = move_folder (self, from, to, error);
        }
      else
        moved = fail (error, to, errno);
      if (!moved)
        return FALSE;
    }
  return TRUE;
}

static gboolean
commit_folder (KutipStaging *self, GError **error)
{
  g_autofree char *staged = g_build_filename (self->stage, "new", NULL);

  if (g_mkdir_with_parents (staged, 0777) != 0)
    return fail (error, self->path, errno);
  if (!self->exists)
    return g_rename (staged, self->path) == 0 || fail (error, self->path, errno);
  if (move_folder (self, staged, self->path, error))
    return TRUE;
  undo (self);
  return FALSE;
}

gboolean
kutip_staging_commit (KutipStaging *self, GError **error)
{
  return self->is_folder ? commit_folder (self, error) : commit_stream (self, error);
}
