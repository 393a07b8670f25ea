/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert-staging.h"

#include "corpus/convert-stale.h"
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
  int lock;           /* on the stage, or -1 */
  int fd;             /* of the stream, or of the file that was begun; or -1 */
  GHashTable *parted; /* names of files that come in parts by turns */
  char *file;         /* the file that was begun, where it will be */
  GString *buffer;
  /* While a folder is committed. */
  GPtrArray *moved;   /* char *: paths in the output, each followed by where the file that
                         was there is kept, or NULL */
  GPtrArray *created; /* folders, in order */
  GPtrArray *dropped; /* names of files that are to go */
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

/* "DIR/.NAME.kutip-stage-XXXXXX" beside @path, for mkstemp() or mkdtemp(); takes away
 * what killed runs have left there. */
static char *
make_template (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strdup_printf (".%.200s" MARK, base);
  g_autofree char *name = g_strconcat (prefix, "XXXXXX", NULL);

  kutip_stale_remove (folder, prefix);
  return g_build_filename (folder, name, NULL);
}

/* The same inside a folder that is there already. */
static char *
make_template_in (const char *folder)
{
  kutip_stale_remove (folder, MARK);
  return g_build_filename (folder, MARK "XXXXXX", NULL);
}

static KutipStaging *
staging_new (const char *path)
{
  KutipStaging *self = g_new0 (KutipStaging, 1);

  self->path = g_strdup (path);
  self->lock = -1;
  self->fd = -1;
  self->buffer = g_string_sized_new (BUFFER + BUFFER / 4);
  self->moved = g_ptr_array_new_with_free_func (g_free);
  self->created = g_ptr_array_new_with_free_func (g_free);
  self->dropped = g_ptr_array_new_with_free_func (g_free);
  self->parted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
 * before it was locked. */
static void
open_stage_file (KutipStaging *self)
{
  g_autofree char *template = make_template (self->path);

  for (guint i = 0; i < MAX_TRIES && self->lock < 0; i++)
    {
      if (self->fd >= 0)
        close (self->fd);
      g_free (self->stage);
      self->stage = g_strdup (template);
      self->fd = g_mkstemp_full (self->stage, O_RDWR | O_CLOEXEC, 0666);
      if (self->fd < 0)
        break;
      self->lock = kutip_stale_lock (self->stage);
    }
  if (self->fd < 0)
    g_clear_pointer (&self->stage, g_free);
}

/* FALSE with errno set. */
static gboolean
open_stage_folder (KutipStaging *self)
{
  g_autofree char *template =
      self->exists ? make_template_in (self->path) : make_template (self->path);

  for (guint i = 0; i < MAX_TRIES && self->lock < 0; i++)
    {
      g_free (self->stage);
      self->stage = g_strdup (template);
      if (g_mkdtemp_full (self->stage, 0777) == NULL)
        {
          g_clear_pointer (&self->stage, g_free);
          return FALSE;
        }
      self->lock = kutip_stale_lock (self->stage);
    }
  return TRUE;
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
    open_stage_file (self);
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
  if (open_stage_folder (self))
    return g_steal_pointer (&self);
  fail (error, path, errno);
  return NULL;
}

void
kutip_staging_free (KutipStaging *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->stage != NULL)
    kutip_stale_remove_tree (self->stage);
  /* Last, so that nobody else takes it for stale meanwhile. */
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->file);
  g_free (self->path);
  g_free (self->stage);
  g_string_free (self->buffer, TRUE);
  g_ptr_array_unref (self->moved);
  g_ptr_array_unref (self->created);
  g_ptr_array_unref (self->dropped);
  g_hash_table_unref (self->parted);
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
  return write_all (self->fd, bytes, n) ||
         fail (error, self->file != NULL ? self->file : self->path, errno);
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
      fail_existing (*final, error);
      return -1;
    }
  fd = create_file (staged);
  if (fd < 0 && errno == EEXIST)
    g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                 /* Translators: a file's name */
                 _ ("two articles would be written to the same file “%s”"), name);
  else if (fd < 0)
    fail (error, *final, errno);
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

gboolean
kutip_staging_append_to_file (
    KutipStaging *self, const char *name, const char *bytes, gsize n, GError **error)
{
  g_autofree char *staged = g_build_filename (self->stage, "new", name, NULL);
  g_autofree char *final = NULL;
  gboolean written;
  int fd;

  g_return_val_if_fail (self->is_folder, FALSE);

  if (g_hash_table_contains (self->parted, name))
    {
      fd = open (staged, O_WRONLY | O_APPEND | O_CLOEXEC);
      if (fd < 0)
        return fail (error, staged, errno);
    }
  else
    {
      fd = open_file (self, name, &final, error);
      if (fd < 0)
        return FALSE;
      g_hash_table_add (self->parted, g_strdup (name));
    }
  written = write_all (fd, bytes, n);
  if (close (fd) != 0 || !written)
    return fail (error, staged, errno);
  return TRUE;
}

gboolean
kutip_staging_add_file (
    KutipStaging *self, const char *name, const char *bytes, gsize n, GError **error)
{
  g_autofree char *final = NULL;
  gboolean written;
  int fd;

  g_return_val_if_fail (self->is_folder, FALSE);

  if (is_staged (self, name, bytes, n))
    return TRUE;
  fd = open_file (self, name, &final, error);
  if (fd < 0)
    return FALSE;
  written = write_all (fd, bytes, n);
  if (close (fd) != 0 || !written)
    return fail (error, final, errno);
  return TRUE;
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
  return flushed && (status == 0 || fail (error, self->file, errno));
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
        g_rename (kept, final); /* over what took its place, if anything did */
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

/* Moves what is to go into the stage, with which it is removed. */
static gboolean
drop_files (KutipStaging *self, GError **error)
{
  for (guint i = 0; i < self->dropped->len; i++)
    {
      g_autofree char *final =
          g_build_filename (self->path, g_ptr_array_index (self->dropped, i), NULL);
      g_autofree char *number = g_strdup_printf ("old-%u", self->moved->len);
      g_autofree char *kept = g_build_filename (self->stage, number, NULL);

      if (g_rename (final, kept) != 0)
        {
          if (errno == ENOENT)
            continue;
          return fail (error, final, errno);
        }
      g_ptr_array_add (self->moved, g_steal_pointer (&final));
      g_ptr_array_add (self->moved, g_steal_pointer (&kept));
    }
  return TRUE;
}

/* Those in which there was nothing but files that are gone. */
static void
remove_empty_folders (KutipStaging *self)
{
  for (guint i = 0; i < self->dropped->len; i++)
    {
      g_autofree char *name = g_strdup (g_ptr_array_index (self->dropped, i));
      char *slash;

      while ((slash = strrchr (name, '/')) != NULL)
        {
          g_autofree char *folder = NULL;

          *slash = '\0';
          folder = g_build_filename (self->path, name, NULL);
          if (g_rmdir (folder) != 0)
            break;
        }
    }
}

static gboolean
commit_folder (KutipStaging *self, GError **error)
{
  g_autofree char *staged = g_build_filename (self->stage, "new", NULL);

  if (g_mkdir_with_parents (staged, 0777) != 0)
    return fail (error, self->path, errno);
  if (!self->exists)
    return g_rename (staged, self->path) == 0 || fail (error, self->path, errno);
  if (drop_files (self, error) && move_folder (self, staged, self->path, error))
    {
      remove_empty_folders (self);
      return TRUE;
    }
  undo (self);
  return FALSE;
}

gboolean
kutip_staging_commit (KutipStaging *self, GError **error)
{
  return self->is_folder ? commit_folder (self, error) : commit_stream (self, error);
}
