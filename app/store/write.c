/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "store/write.h"

#include "store/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define TEMPORARY_MARK ".kutip-"
#define N_RANDOM 6
#define MAX_NAME 255
#define MAX_LINKS 40
#define MAX_TRIES 100
/* A temporary file younger than this may be one that has just been exchanged for the old
 * file. */
#define STALE_SECONDS 5

/* A replacement under way: the new file stands under @temporary beside @name. */
typedef struct
{
  GFile *file; /* as the caller named it, for messages */
  char *path;  /* what is replaced, links followed */
  char *name;  /* its last part */
  int folder_fd;
  int fd;             /* of the new file */
  char *temporary;    /* NULL once it is gone */
  gboolean exists;    /* the old file does */
  struct stat before; /* of the old file */
} Replacement;

static gboolean
fail (Replacement *self, int code, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               /* Translators: a file name, and the reason that the system gives */
               _ ("“%1$s” cannot be written: %2$s"), g_file_peek_path (self->file),
               g_strerror (code));
  return FALSE;
}

static gboolean
fail_changed (Replacement *self, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
               /* Translators: a file name */
               _ ("“%s” has been changed by somebody else and was not overwritten."),
               g_file_peek_path (self->file));
  return FALSE;
}

static void
clear_replacement (Replacement *self)
{
  if (self->temporary != NULL)
    unlinkat (self->folder_fd, self->temporary, 0);
  if (self->fd >= 0)
    close (self->fd);
  if (self->folder_fd >= 0)
    close (self->folder_fd);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self->name);
}

/* The path with a link at its end followed, also to where nothing is yet. NULL with
 * errno. */
static char *
follow_links (const char *path)
{
  g_autofree char *at = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      char target[PATH_MAX];
      g_autofree char *folder = NULL;
      char *next;
      gssize n = readlink (at, target, sizeof target - 1);

      if (n < 0)
        return errno == EINVAL || errno == ENOENT ? g_steal_pointer (&at) : NULL;
      target[n] = '\0';
      folder = g_path_get_dirname (at);
      next = g_path_is_absolute (target) ? g_strdup (target)
                                         : g_build_filename (folder, target, NULL);
      g_free (at);
      at = next;
    }
  errno = ELOOP;
  return NULL;
}

/* "." NAME ".kutip-", cut so that the random end still fits. */
static char *
make_temporary_prefix (const char *name)
{
  gsize n_room = MAX_NAME - 1 - strlen (TEMPORARY_MARK) - N_RANDOM;

  return g_strdup_printf (".%.*s%s", (int) MIN (strlen (name), n_room), name,
                          TEMPORARY_MARK);
}

static char *
make_temporary_name (const char *prefix)
{
  static const char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  GString *name = g_string_new (prefix);

  for (guint i = 0; i < N_RANDOM; i++)
    g_string_append_c (name, digits[g_random_int_range (0, sizeof digits - 1)]);
  return g_string_free (name, FALSE);
}

/* Holds a lock on the new file for as long as it is written, which tells a living
 * temporary file from one that a killed program left. */
static gboolean
create_temporary (Replacement *self, GError **error)
{
  g_autofree char *prefix = make_temporary_prefix (self->name);
  mode_t mode = self->exists ? 0600 : 0666;

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autofree char *name = make_temporary_name (prefix);
      struct stat status;

      self->fd = openat (self->folder_fd, name,
                         O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
      if (self->fd < 0)
        {
          if (errno == EEXIST || errno == EINTR)
            continue;
          return fail (self, errno, error);
        }
      flock (self->fd, LOCK_EX | LOCK_NB);
      if (fstat (self->fd, &status) == 0 && status.st_nlink == 0)
        {
          close (self->fd);
          self->fd = -1;
          continue;
        }
      self->temporary = g_steal_pointer (&name);
      return TRUE;
    }
  return fail (self, EEXIST, error);
}

/* Extended attributes hold the access list and what a person's file manager notes; one
 * that cannot be carried over is no reason not to save. */
static void
copy_attributes (Replacement *self)
{
  char names[4096];
  gssize n = listxattr (self->path, names, sizeof names);

  for (gssize i = 0; i < n; i += (gssize) strlen (names + i) + 1)
    {
      char value[4096];
      gssize n_value;

      if (!g_str_has_prefix (names + i, "user.") &&
          strcmp (names + i, "system.posix_acl_access") != 0)
        continue;
      n_value = getxattr (self->path, names + i, value, sizeof value);
      if (n_value >= 0 && fsetxattr (self->fd, names + i, value, (gsize) n_value, 0) != 0)
        continue;
    }
}

/* Owner before mode: changing the owner clears bits of the mode. Where the group cannot
 * be kept, its rights must not go to another group. */
static gboolean
copy_permissions (Replacement *self, GError **error)
{
  mode_t mode = self->before.st_mode & 07777;
  struct stat now;

  if (fstat (self->fd, &now) != 0)
    return fail (self, errno, error);
  if (now.st_gid != self->before.st_gid &&
      fchown (self->fd, (uid_t) -1, self->before.st_gid) != 0)
    mode &= (mode_t) ~(S_IRWXG | S_ISGID);
  if (now.st_uid != self->before.st_uid &&
      fchown (self->fd, self->before.st_uid, (gid_t) -1) != 0)
    mode &= (mode_t) ~S_ISUID;
  if (fchmod (self->fd, mode) != 0)
    return fail (self, errno, error);
  copy_attributes (self);
  return TRUE;
}

static gboolean
write_bytes (Replacement *self, const char *bytes, gsize n_bytes, GError **error)
{
  while (n_bytes > 0)
    {
      gssize n = write (self->fd, bytes, MIN (n_bytes, (gsize) 1 << 30));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (self, errno, error);
      bytes += n;
      n_bytes -= (gsize) n;
    }
  return TRUE;
}

static int
sync_fd (int fd)
{
  int result;

  do
    result = fsync (fd);
  while (result != 0 && errno == EINTR);
  return result;
}

/* Everything up to the point of no return: the folder open, the old file looked at. */
static gboolean
begin_replacement (Replacement *self, GError **error)
{
  g_autofree char *folder = NULL;

  self->folder_fd = self->fd = -1;
  if (g_file_peek_path (self->file) == NULL)
    return fail (self, ENOTSUP, error);
  self->path = follow_links (g_file_peek_path (self->file));
  if (self->path == NULL)
    return fail (self, errno, error);
  folder = g_path_get_dirname (self->path);
  self->name = g_path_get_basename (self->path);
  do
    self->folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  while (self->folder_fd < 0 && errno == EINTR);
  if (self->folder_fd < 0)
    return fail (self, errno, error);
  if (fstatat (self->folder_fd, self->name, &self->before, AT_SYMLINK_NOFOLLOW) == 0)
    self->exists = TRUE;
  else if (errno != ENOENT)
    return fail (self, errno, error);
  if (self->exists && !S_ISREG (self->before.st_mode))
    return fail (self, S_ISDIR (self->before.st_mode) ? EISDIR : EINVAL, error);
  if (self->exists && faccessat (self->folder_fd, self->name, W_OK, AT_EACCESS) != 0)
    return fail (self, errno, error);
  return TRUE;
}

/* The new file, whole and on the disk, still under its temporary name. */
static gboolean
write_temporary (Replacement *self,
                 const char *bytes,
                 gsize n_bytes,
                 KutipStamp *stamp,
                 GError **error)
{
  struct stat status;

  if (!create_temporary (self, error))
    return FALSE;
  if (self->exists && !copy_permissions (self, error))
    return FALSE;
  if (!write_bytes (self, bytes, n_bytes, error))
    return FALSE;
  if (sync_fd (self->fd) != 0 || fstat (self->fd, &status) != 0)
    return fail (self, errno, error);
  kutip_stamp_fill (stamp, &status);
  return TRUE;
}

static gboolean
is_inode (const KutipStamp *stamp, const struct stat *status)
{
  return stamp->device == (guint64) status->st_dev &&
         stamp->inode == (guint64) status->st_ino;
}

/* Puts the new file where nothing may be yet. Where neither a link nor RENAME_NOREPLACE
 * is to be had, the file was looked for a moment ago. */
static gboolean
rename_to_nothing (Replacement *self, GError **error)
{
  if (renameat2 (self->folder_fd, self->temporary, self->folder_fd, self->name,
                 RENAME_NOREPLACE) == 0)
    {
      g_clear_pointer (&self->temporary, g_free);
      return TRUE;
    }
  if (errno == EEXIST)
    return fail_changed (self, error);
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
    return fail (self, errno, error);
  if (linkat (self->folder_fd, self->temporary, self->folder_fd, self->name, 0) == 0)
    return TRUE;
  if (errno == EEXIST)
    return fail_changed (self, error);
  if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
    return fail (self, errno, error);
  if (renameat (self->folder_fd, self->temporary, self->folder_fd, self->name) != 0)
    return fail (self, errno, error);
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

/* Whether what now stands under the temporary name is another version than the one looked
 * at a moment before. */
static gboolean
is_foreign (Replacement *self, const KutipStamp *expected)
{
  struct stat status;

  if (fstatat (self->folder_fd, self->temporary, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return FALSE;
  return !is_inode (expected, &status) || (guint64) status.st_size != expected->size ||
         (gint64) status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) +
                 status.st_mtim.tv_nsec !=
             expected->mtime_ns;
}

/* Exchanges the two names, so that what was replaced can still be looked at, and is put
 * back if somebody was quicker. While it is put back somebody may replace it once more:
 * so until our own file is the one that came back. */
static gboolean
exchange (Replacement *self,
          const KutipStamp *looked_at,
          const KutipStamp *new,
          GError **error)
{
  if (renameat2 (self->folder_fd, self->temporary, self->folder_fd, self->name,
                 RENAME_EXCHANGE) != 0)
    {
      if (errno == ENOENT)
        return fail_changed (self, error);
      if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return fail (self, errno, error);
      if (renameat (self->folder_fd, self->temporary, self->folder_fd, self->name) != 0)
        return fail (self, errno, error);
      g_clear_pointer (&self->temporary, g_free);
      return TRUE;
    }
  if (!is_foreign (self, looked_at))
    return TRUE;
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      struct stat status;

      if (renameat2 (self->folder_fd, self->temporary, self->folder_fd, self->name,
                     RENAME_EXCHANGE) != 0)
        break;
      if (fstatat (self->folder_fd, self->temporary, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
          is_inode (new, &status))
        return fail_changed (self, error);
    }
  g_clear_pointer (&self->temporary,
                   g_free); /* somebody else's file: it is not ours to remove */
  return fail_changed (self, error);
}

/* The version on disk right now, if it is the one that @expected tells of. */
static gboolean
look_again (Replacement *self,
            const KutipStamp *expected,
            KutipStamp *now,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  struct stat status;

  memset (now, 0, sizeof *now);
  if (fstatat (self->folder_fd, self->name, &status, AT_SYMLINK_NOFOLLOW) == 0)
    kutip_stamp_fill (now, &status);
  else if (errno != ENOENT)
    return fail (self, errno, error);
  if (kutip_stamp_matches (expected, file, &local_error))
    return TRUE;
  if (local_error == NULL)
    return fail_changed (self, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
put_in_place (Replacement *self,
              const KutipStamp *expected,
              const KutipStamp *new,
              GError **error)
{
  KutipStamp now;

  if (expected != NULL)
    {
      if (!look_again (self, expected, &now, error))
        return FALSE;
      return now.exists ? exchange (self, &now, new, error)
                        : rename_to_nothing (self, error);
    }
  if (renameat (self->folder_fd, self->temporary, self->folder_fd, self->name) != 0)
    return fail (self, errno, error);
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

/* Closing tells of a delayed error on network file systems: so before the rename. The
 * lock that goes with it is not needed for the instant that remains (STALE_SECONDS). */
static gboolean
close_new (Replacement *self, GError **error)
{
  int fd = self->fd;

  self->fd = -1;
  return close (fd) == 0 || errno == EINTR || fail (self, errno, error);
}

static gboolean
replace (GFile *file, const char *bytes, gsize n_bytes, KutipStamp *stamp, GError **error)
{
  Replacement self = { .file = file };
  KutipStamp new = { 0 };
  gboolean placed;
  gboolean done = FALSE;

  placed = begin_replacement (&self, error) &&
           write_temporary (&self, bytes, n_bytes, &new, error) &&
           close_new (&self, error) && put_in_place (&self, stamp, &new, error);
  if (placed)
    {
      if (stamp != NULL)
        {
          struct stat status;

          if (fstatat (self.folder_fd, self.name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
              is_inode (&new, &status))
            kutip_stamp_fill (&new, &status);
          kutip_stamp_digest (&new, bytes, n_bytes);
          *stamp = new;
        }
      if (self.temporary != NULL && unlinkat (self.folder_fd, self.temporary, 0) == 0)
        g_clear_pointer (&self.temporary, g_free);
      /* Some network file systems cannot do it for a folder, and need not. */
      done = sync_fd (self.folder_fd) == 0 || errno == EINVAL || errno == ENOTSUP ||
             fail (&self, errno, error);
    }
  clear_replacement (&self);
  return done;
}

gboolean
kutip_write_file (GFile *file, const char *bytes, gsize n_bytes, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (bytes != NULL || n_bytes == 0, FALSE);

  return replace (file, bytes, n_bytes, NULL, error);
}

gboolean
kutip_write_file_over (
    GFile *file, const char *bytes, gsize n_bytes, KutipStamp *stamp, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (bytes != NULL || n_bytes == 0, FALSE);
  g_return_val_if_fail (stamp != NULL, FALSE);

  return replace (file, bytes, n_bytes, stamp, error);
}

/* Gives @from the name @to if that is free; errno EEXIST when it is not. */
static int
rename_if_free (const char *from, const char *to)
{
  struct stat status;

  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
    return -1;
  if (lstat (to, &status) == 0)
    {
      errno = EEXIST;
      return -1;
    }
  return errno == ENOENT ? rename (from, to) : -1;
}

GFile *
kutip_write_set_aside (GFile *file, const char *mark, GError **error)
{
  const char *path;
  int code = EEXIST;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (mark != NULL, NULL);

  path = g_file_peek_path (file);
  for (guint i = 1; path != NULL && code == EEXIST && i < G_MAXINT; i++)
    {
      g_autoptr (GFile) aside = kutip_paths_get_numbered (file, mark, i);

      if (rename_if_free (path, g_file_peek_path (aside)) == 0)
        return g_steal_pointer (&aside);
      code = errno;
    }
  if (path != NULL && code == ENOENT)
    return NULL;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               /* Translators: a file name, and the reason that the system gives */
               _ ("“%1$s” cannot be kept under another name: %2$s"),
               g_file_peek_path (file), g_strerror (code));
  return NULL;
}

/* Nobody holds its lock, and it is not of this moment. */
static gboolean
remove_if_stale (int folder_fd, const char *name)
{
  struct stat status;
  gboolean removed = FALSE;
  gint64 age;
  int fd = openat (folder_fd, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);

  if (fd < 0)
    return FALSE;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 && fstat (fd, &status) == 0 &&
      S_ISREG (status.st_mode))
    {
      age = g_get_real_time () / G_USEC_PER_SEC - (gint64) status.st_ctim.tv_sec;
      removed = ABS (age) > STALE_SECONDS && unlinkat (folder_fd, name, 0) == 0;
    }
  close (fd);
  return removed;
}

guint
kutip_write_remove_stale (GFile *file)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *basename = NULL;
  g_autofree char *prefix = NULL;
  const char *name;
  guint n = 0;
  GDir *dir;
  int folder_fd;

  g_return_val_if_fail (G_IS_FILE (file), 0);

  path = g_file_peek_path (file) != NULL ? follow_links (g_file_peek_path (file)) : NULL;
  if (path == NULL)
    return 0;
  folder = g_path_get_dirname (path);
  basename = g_path_get_basename (path);
  prefix = make_temporary_prefix (basename);
  folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  dir = folder_fd >= 0 ? g_dir_open (folder, 0, NULL) : NULL;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, prefix) &&
          strlen (name) == strlen (prefix) + N_RANDOM &&
          remove_if_stale (folder_fd, name))
        n++;
    }
  g_clear_pointer (&dir, g_dir_close);
  if (folder_fd >= 0)
    close (folder_fd);
  return n;
}
