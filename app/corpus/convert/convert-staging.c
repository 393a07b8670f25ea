/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-staging.h"

#include "corpus/convert/convert-commit.h"
#include "corpus/convert/convert-stale.h"
#include "corpus/write-all.h"
#include "format/format.h"
#include "store/write.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER ((gsize) 1 << 18)
/* What temporary files and folders are called behind the output's name. */
#define MARK ".kutip-stage-"
/* To make a temporary file or folder that nobody else takes away. */
#define MAX_TRIES 8

struct _KutipStaging
{
  char *path;  /* of the output; NULL: standard output */
  char *stage; /* the temporary file or folder */
  gboolean is_folder;
  gboolean exists; /* the folder was there before */
  gboolean force;
  gboolean pending;   /* the stage holds what could not be put back */
  int lock;           /* on the stage, or -1 */
  int fd;             /* of the stream, or of the file that was begun; or -1 */
  GHashTable *parted; /* names of files that come in parts by turns */
  GHashTable *names;  /* of all, where a disk takes "A" for "a"; or NULL */
  char *file;         /* the file that was begun, where it will be */
  GString *buffer;
  GPtrArray *dropped; /* names of files that are to go */
  GHashTable *beside; /* of a stream: names of files beside it -> GBytes */
};

static gboolean
fail (GError **error, const char *path, int code)
{
  g_autofree char *shown =
      path == NULL ? g_strdup (_ ("standard output")) : g_filename_display_name (path);

  g_autofree char *above = path == NULL ? NULL : g_path_get_dirname (path);

  if (code == ENOENT && above != NULL && !g_file_test (above, G_FILE_TEST_EXISTS))
    {
      g_autofree char *missing = g_filename_display_name (above);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   /* Translators: a file or folder, and the one that it should be in */
                   _ ("“%1$s” cannot be written: there is no folder “%2$s”"), shown,
                   missing);
      return FALSE;
    }
  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code),
               /* Translators: a file or folder, and the reason that the system gives */
               _ ("“%1$s” cannot be written: %2$s"), shown, g_strerror (code));
  return FALSE;
}

/* What a killed run has begun to put in its place is taken back. */
static gboolean
take_back (const char *stage, gpointer output)
{
  return kutip_convert_commit_take_back (stage, output);
}

/* ".NAME.kutip-stage-", beside @path. */
static char *
make_prefix (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);

  return g_strdup_printf (".%.200s" MARK, base);
}

/* What killed runs have left beside the output, and in the folder that it is. */
static void
remove_stale (KutipStaging *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *prefix = make_prefix (self->path);

  kutip_stale_remove (folder, prefix, take_back, folder);
  if (self->exists)
    kutip_stale_remove (self->path, MARK, take_back, self->path);
}

/* For mkstemp() or mkdtemp(). */
static char *
make_template (KutipStaging *self)
{
  g_autofree char *folder =
      self->exists ? g_strdup (self->path) : g_path_get_dirname (self->path);
  g_autofree char *prefix = self->exists ? g_strdup (MARK) : make_prefix (self->path);
  g_autofree char *name = g_strconcat (prefix, "XXXXXX", NULL);

  return g_build_filename (folder, name, NULL);
}

static KutipStaging *
staging_new (const char *path)
{
  KutipStaging *self = g_new0 (KutipStaging, 1);

  self->path = g_strdup (path);
  self->lock = -1;
  self->fd = -1;
  self->buffer = g_string_sized_new (BUFFER + BUFFER / 4);
  self->dropped = g_ptr_array_new_with_free_func (g_free);
  self->parted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->beside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_bytes_unref);
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

/* Makes the temporary file, and locks it; again when another run took it for stale
 * before it was locked. FALSE with errno set. */
static gboolean
open_stage_file (KutipStaging *self)
{
  g_autofree char *template = make_template (self);

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autofree char *path = g_strdup (template);
      int code;

      self->fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0666);
      if (self->fd < 0)
        return FALSE;
      self->lock = kutip_stale_lock (path);
      if (self->lock >= 0)
        {
          self->stage = g_steal_pointer (&path);
          return TRUE;
        }
      code = errno;
      close (self->fd);
      self->fd = -1;
      g_unlink (path);
      errno = code;
      if (code != ENOENT)
        return FALSE;
    }
  return FALSE;
}

/* FALSE with errno set. */
static gboolean
open_stage_folder (KutipStaging *self)
{
  g_autofree char *template = make_template (self);

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autofree char *path = g_strdup (template);
      int code;

      if (g_mkdtemp_full (path, 0777) == NULL)
        return FALSE;
      self->lock = kutip_stale_lock (path);
      if (self->lock >= 0)
        {
          self->stage = g_steal_pointer (&path);
          return TRUE;
        }
      code = errno;
      g_rmdir (path);
      errno = code;
      if (code != ENOENT)
        return FALSE;
    }
  return FALSE;
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
      remove_stale (self);
      open_stage_file (self);
    }
  self->force = path == NULL && spool;
  if (self->fd >= 0)
    return g_steal_pointer (&self);
  fail (error, path, errno);
  return NULL;
}

/* @stage has small letters in its name. */
static gboolean
ignores_case (const char *stage)
{
  g_autofree char *folder = g_path_get_dirname (stage);
  g_autofree char *base = g_path_get_basename (stage);
  g_autofree char *capitals = g_ascii_strup (base, -1);
  g_autofree char *path = g_build_filename (folder, capitals, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

KutipStaging *
kutip_staging_new_for_folder (const char *path, gboolean force, GError **error)
{
  g_autofree char *trimmed = g_strdup (path);
  g_autoptr (KutipStaging) self = NULL;
  gsize n = strlen (trimmed);
  GStatBuf status;

  while (n > 1 && trimmed[n - 1] == '/')
    trimmed[--n] = '\0';
  self = staging_new (trimmed);
  self->is_folder = TRUE;
  self->force = force;
  self->exists = g_stat (trimmed, &status) == 0;
  if (self->exists ? !S_ISDIR (status.st_mode) : errno != ENOENT)
    {
      fail (error, path, self->exists ? ENOTDIR : errno);
      return NULL;
    }
  remove_stale (self);
  if (open_stage_folder (self))
    {
      if (ignores_case (self->stage))
        self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      return g_steal_pointer (&self);
    }
  fail (error, self->path, errno);
  return NULL;
}

void
kutip_staging_free (KutipStaging *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->stage != NULL && !self->pending)
    kutip_stale_remove_tree (self->stage);
  /* Last, so that nobody else takes it for stale meanwhile. */
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->file);
  g_free (self->path);
  g_free (self->stage);
  g_string_free (self->buffer, TRUE);
  g_hash_table_unref (self->beside);
  g_ptr_array_unref (self->dropped);
  g_hash_table_unref (self->parted);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self);
}

gboolean
kutip_staging_is_folder (KutipStaging *self)
{
  return self->is_folder;
}

static gboolean
flush (KutipStaging *self, GError **error)
{
  if (!kutip_write_all (self->fd, self->buffer->str, self->buffer->len))
    return fail (error, self->file != NULL ? self->file : self->path, errno);
  g_string_truncate (self->buffer, 0);
  return TRUE;
}

gboolean
kutip_staging_append (KutipStaging *self, const char *bytes, gsize n, GError **error)
{
  g_return_val_if_fail (self->fd >= 0, FALSE);

  if (self->buffer->len + n < BUFFER)
    {
      g_string_append_len (self->buffer, bytes, (gssize) n);
      return TRUE;
    }
  if (!flush (self, error))
    return FALSE;
  return kutip_write_all (self->fd, bytes, n) ||
         fail (error, self->file != NULL ? self->file : self->path, errno);
}

gboolean
kutip_staging_flush (KutipStaging *self, GError **error)
{
  return self->is_folder || self->stage != NULL || (self->path == NULL && self->force) ||
         flush (self, error);
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

/* With those above it. FALSE with errno set. */
static gboolean
make_folder (const char *path)
{
  g_autofree char *above = NULL;

  if (g_mkdir (path, 0777) == 0 || errno == EEXIST)
    return TRUE;
  if (errno != ENOENT)
    return FALSE;
  above = g_path_get_dirname (path);
  return strcmp (above, path) != 0 && make_folder (above) &&
         (g_mkdir (path, 0777) == 0 || errno == EEXIST);
}

static int
create_file (const char *path)
{
  g_autofree char *folder = NULL;
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

  if (fd >= 0 || errno != ENOENT)
    return fd;
  folder = g_path_get_dirname (path);
  if (!make_folder (folder))
    return -1;
  return open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

/* Opens @name for writing; @final is where it will be. -1 with @error. */
static int
open_file (KutipStaging *self, const char *name, char **final, GError **error)
{
  g_autofree char *staged = NULL;
  int fd;

  if (!check_name (name, error))
    return -1;
  staged = g_build_filename (self->stage, "new", name, NULL);
  *final = g_build_filename (self->path, name, NULL);
  if (self->exists && !self->force && g_file_test (*final, G_FILE_TEST_EXISTS))
    {
      kutip_convert_fail_existing (*final, error);
      return -1;
    }
  fd = create_file (staged);
  if (fd < 0 && errno == EEXIST)
    g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                 /* Translators: a file's name */
                 _ ("two articles would be written to the same file “%s”"), name);
  else if (fd < 0)
    fail (error, *final, errno);
  else if (self->names != NULL)
    g_hash_table_add (self->names, g_strdup (name));
  return fd;
}

/* Whether these very bytes are staged as @name. */
static gboolean
is_staged (KutipStaging *self, const char *name, const char *bytes, gsize n)
{
  g_autofree char *staged = g_build_filename (self->stage, "new", name, NULL);
  g_autofree char *content = NULL;
  GStatBuf status;
  gsize length;

  return g_stat (staged, &status) == 0 && (guint64) status.st_size == n &&
         g_file_get_contents (staged, &content, &length, NULL) && length == n &&
         memcmp (content, bytes, n) == 0;
}

/* FALSE with errno set. */
static gboolean
write_and_close (int fd, const char *bytes, gsize n)
{
  gboolean written = kutip_write_all (fd, bytes, n);
  int code = errno;

  if (close (fd) != 0 && written && errno != EINTR)
    return FALSE;
  errno = code;
  return written;
}

static gboolean
write_file (const char *path, const char *bytes, gsize n)
{
  int fd = create_file (path);

  return fd >= 0 && write_and_close (fd, bytes, n);
}

gboolean
kutip_staging_append_to_file (
    KutipStaging *self, const char *name, const char *bytes, gsize n, GError **error)
{
  g_autofree char *staged = g_build_filename (self->stage, "new", name, NULL);
  g_autofree char *final = g_build_filename (self->path, name, NULL);
  g_autofree char *checked = NULL;
  int fd;

  g_return_val_if_fail (self->is_folder, FALSE);

  if (g_hash_table_contains (self->parted, name))
    {
      fd = open (staged, O_WRONLY | O_APPEND | O_CLOEXEC);
      if (fd < 0)
        return fail (error, final, errno);
    }
  else
    {
      fd = open_file (self, name, &checked, error);
      if (fd < 0)
        return FALSE;
      g_hash_table_add (self->parted, g_strdup (name));
    }
  return write_and_close (fd, bytes, n) || fail (error, final, errno);
}

gboolean
kutip_staging_add_file (
    KutipStaging *self, const char *name, const char *bytes, gsize n, GError **error)
{
  g_autofree char *final = NULL;
  int fd;

  g_return_val_if_fail (self->is_folder, FALSE);

  if ((self->names == NULL || g_hash_table_contains (self->names, name)) &&
      is_staged (self, name, bytes, n))
    return TRUE;
  fd = open_file (self, name, &final, error);
  if (fd < 0)
    return FALSE;
  return write_and_close (fd, bytes, n) || fail (error, final, errno);
}

gboolean
kutip_staging_begin_file (KutipStaging *self, const char *name, GError **error)
{
  g_return_val_if_fail (self->is_folder && self->fd < 0, FALSE);

  g_clear_pointer (&self->file, g_free);
  self->fd = open_file (self, name, &self->file, error);
  return self->fd >= 0;
}

gboolean
kutip_staging_end_file (KutipStaging *self, GError **error)
{
  gboolean flushed = flush (self, error);
  int status = close (self->fd);

  self->fd = -1;
  return flushed && (status == 0 || errno == EINTR || fail (error, self->file, errno));
}

gboolean
kutip_staging_has_file (KutipStaging *self, const char *name)
{
  g_autofree char *staged = g_build_filename (self->stage, "new", name, NULL);

  return g_file_test (staged, G_FILE_TEST_EXISTS);
}

int
kutip_staging_open_spool (KutipStaging *self, GError **error)
{
  g_autofree char *template = g_build_filename (self->stage, "spool-XXXXXX", NULL);
  int fd;

  g_return_val_if_fail (self->is_folder, -1);

  fd = g_mkstemp_full (template, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    fail (error, self->path, errno);
  else
    g_unlink (template);
  return fd;
}

void
kutip_staging_drop_file (KutipStaging *self, const char *name)
{
  g_return_if_fail (self->is_folder && self->force);

  g_ptr_array_add (self->dropped, g_strdup (name));
}

gboolean
kutip_staging_add_beside (
    KutipStaging *self, const char *name, const char *bytes, gsize n, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  g_return_val_if_fail (!self->is_folder && self->path != NULL, FALSE);

  if (self->stage != NULL)
    {
      g_hash_table_insert (self->beside, g_strdup (name), g_bytes_new (bytes, n));
      return TRUE;
    }
  /* The stream is a pipe or a device, and is not held back either. */
  folder = g_path_get_dirname (self->path);
  path = g_build_filename (folder, name, NULL);
  file = g_file_new_for_path (path);
  return kutip_write_file (file, bytes, n, error);
}

static gboolean
copy_spool (KutipStaging *self, GError **error)
{
  char bytes[1 << 16];
  gssize n;

  if (lseek (self->fd, 0, SEEK_SET) < 0)
    return fail (error, NULL, errno);
  while ((n = read (self->fd, bytes, sizeof bytes)) > 0)
    if (!kutip_write_all (STDOUT_FILENO, bytes, (gsize) n))
      return fail (error, NULL, errno);
  return n == 0 || fail (error, NULL, errno);
}

/* A folder with the stream and what stands beside it, so that all of it comes at once. */
static gboolean
gather_beside (KutipStaging *self, GError **error)
{
  g_autofree char *file = g_steal_pointer (&self->stage);
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *staged = NULL;
  g_autofree char *new = NULL;
  GHashTableIter iter;
  gpointer name, bytes;
  int lock = self->lock; /* on the file, until it is in the folder */

  self->lock = -1;
  if (open_stage_folder (self))
    {
      new = g_build_filename (self->stage, "new", NULL);
      staged = g_build_filename (new, base, NULL);
    }
  if (new == NULL || g_mkdir (new, 0777) != 0 || g_rename (file, staged) != 0)
    {
      fail (error, self->path, errno);
      g_unlink (file);
      close (lock);
      return FALSE;
    }
  close (lock);
  g_hash_table_iter_init (&iter, self->beside);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      gsize n;
      const char *data = g_bytes_get_data (bytes, &n);
      g_autofree char *path = g_build_filename (new, name, NULL);

      if (!write_file (path, data, n))
        return fail (error, self->path, errno);
    }
  return TRUE;
}

static gboolean
commit_with_beside (KutipStaging *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  return gather_beside (self, error) &&
         kutip_convert_commit (self->stage, folder, self->dropped, TRUE, &self->pending,
                               error);
}

/* What takes another's place is on the disk before. When only the last step fails, the
 * sync of the folder, the new file is in place although the call fails. */
static gboolean
commit_file (KutipStaging *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  gboolean replaces = g_file_test (self->path, G_FILE_TEST_EXISTS);
  int folder_fd = replaces ? open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  gboolean done =
      (!replaces || folder_fd >= 0) && g_rename (self->stage, self->path) == 0;
  int code = errno;

  if (done)
    g_clear_pointer (&self->stage, g_free);
  if (done && replaces && fsync (folder_fd) != 0 && errno != EINVAL && errno != EINTR)
    {
      code = errno;
      done = FALSE;
    }
  if (folder_fd >= 0)
    close (folder_fd);
  return done || fail (error, self->path, code);
}

/* All of it written, and on the disk where it shall take another's place. */
static gboolean
close_stream (KutipStaging *self, GError **error)
{
  gboolean replaces = self->stage != NULL && g_file_test (self->path, G_FILE_TEST_EXISTS);
  gboolean synced = !replaces || fsync (self->fd) == 0 || errno == EINTR;
  int code = errno;
  gboolean closed = close (self->fd) == 0 || errno == EINTR;

  self->fd = -1;
  if (synced && closed)
    return TRUE;
  return fail (error, self->path, synced ? errno : code);
}

static gboolean
commit_stream (KutipStaging *self, GError **error)
{
  if (!flush (self, error))
    return FALSE;
  if (self->path == NULL)
    return !self->force || copy_spool (self, error);
  if (!close_stream (self, error))
    return FALSE;
  if (g_hash_table_size (self->beside) > 0)
    return commit_with_beside (self, error);
  return self->stage == NULL || commit_file (self, error);
}

static gboolean
commit_folder (KutipStaging *self, GError **error)
{
  g_autofree char *staged = g_build_filename (self->stage, "new", NULL);

  if (!make_folder (staged))
    return fail (error, self->path, errno);
  if (self->exists)
    return kutip_convert_commit (self->stage, self->path, self->dropped, self->force,
                                 &self->pending, error);
  return g_rename (staged, self->path) == 0 || fail (error, self->path, errno);
}

gboolean
kutip_staging_commit (KutipStaging *self, GError **error)
{
  return self->is_folder ? commit_folder (self, error) : commit_stream (self, error);
}
