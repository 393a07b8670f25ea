/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/stamp.h"

#include "text/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file whose time is this close to when it was looked at may be written again with the
 * same time: the coarsest file system in use (FAT) counts in two seconds. */
#define RACY_NS (G_GINT64_CONSTANT (2000000000))
/* How often a file that changes while it is read is read again. */
#define MAX_TRIES 4
#define READ_STEP ((gsize) 1 << 22)

static gint64
get_ns (struct timespec time)
{
  return (gint64) time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static gboolean
fail_read (GFile *file, int code, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               /* Translators: a file name, and the reason that the system gives */
               _ ("“%1$s” cannot be read: %2$s"), g_file_peek_path (file),
               g_strerror (code));
  return FALSE;
}

static gboolean
fail_kind (GFile *file, mode_t mode, GError **error)
{
  g_set_error (error, G_IO_ERROR,
               S_ISDIR (mode) ? G_IO_ERROR_IS_DIRECTORY : G_IO_ERROR_NOT_REGULAR_FILE,
               /* Translators: a file name */
               S_ISDIR (mode)
                   ? _ ("“%s” is a folder, not a file.")
                   : _ ("“%s” is not a plain file but a device, a pipe or a socket."),
               g_file_peek_path (file));
  return FALSE;
}

static gboolean
fail_size (GFile *file, gsize max_bytes, GError **error)
{
  g_autofree char *limit = g_format_size ((guint64) max_bytes);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               /* Translators: a file name, and a size such as "1.1 GB" */
               _ ("“%1$s” is too large: files of more than %2$s are not opened."),
               g_file_peek_path (file), limit);
  return FALSE;
}

void
kutip_stamp_fill (KutipStamp *stamp, const struct stat *status)
{
  g_return_if_fail (stamp != NULL);

  memset (stamp, 0, sizeof *stamp);
  stamp->exists = TRUE;
  stamp->device = (guint64) status->st_dev;
  stamp->inode = (guint64) status->st_ino;
  stamp->size = (guint64) status->st_size;
  stamp->mtime_ns = get_ns (status->st_mtim);
  stamp->ctime_ns = get_ns (status->st_ctim);
  stamp->seen_ns = g_get_real_time () * 1000;
}

static gboolean
is_same_status (const KutipStamp *a, const KutipStamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size &&
         a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}

/* Devices and pipes must neither block nor become the terminal by being opened. FALSE
 * without an error when the file is not there. */
static gboolean
open_plain (GFile *file, int *fd, KutipStamp *stamp, GError **error)
{
  const char *path = g_file_peek_path (file);
  struct stat status;

  memset (stamp, 0, sizeof *stamp);
  *fd = -1;
  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   /* Translators: an address such as "sftp://…" */
                   _ ("“%s” is not on this computer. Copy it here first."), uri);
      return FALSE;
    }
  do
    *fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  while (*fd < 0 && errno == EINTR);
  if (*fd < 0)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        return FALSE;
      if (errno == ENXIO)
        return fail_kind (file, S_IFSOCK, error);
      return fail_read (file, errno, error);
    }
  if (fstat (*fd, &status) != 0)
    fail_read (file, errno, error);
  else if (!S_ISREG (status.st_mode))
    fail_kind (file, status.st_mode, error);
  else
    {
      kutip_stamp_fill (stamp, &status);
      return TRUE;
    }
  close (*fd);
  *fd = -1;
  return FALSE;
}

/* What a file is read into: most are let go of as soon as they have been looked through.
 */
typedef struct
{
  char *bytes;
  gsize n_space;
} Block;

static Block *
create_block (gsize n_space)
{
  Block *self = g_new (Block, 1);

  self->n_space = n_space;
  self->bytes = kutip_scratch_new (n_space);
  return self;
}

static void
free_block (gpointer data)
{
  Block *self = data;

  kutip_scratch_free (self->bytes, self->n_space);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Block, free_block)

/* Twice as large, with the first @n bytes of what it holds. */
static Block *
enlarge_block (Block *self, gsize n)
{
  Block *larger = create_block (2 * self->n_space);

  memcpy (larger->bytes, self->bytes, n);
  free_block (self);
  return larger;
}

/* Reads to the end, whatever the size was said to be: a file may grow meanwhile.
 * NUL-terminated behind the bytes. */
static GBytes *
read_all (GFile *file,
          int fd,
          gsize guess,
          gsize max_bytes,
          GCancellable *cancellable,
          GError **error)
{
  /* For one byte more than are expected, which there are not, and for the NUL. */
  g_autoptr (Block) block = create_block (MIN (guess, max_bytes) + 2);
  const char *bytes;
  gsize n = 0;

  for (;;)
    {
      gssize n_read;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      n_read = read (fd, block->bytes + n, MIN (block->n_space - 1 - n, READ_STEP));
      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        {
          fail_read (file, errno, error);
          return NULL;
        }
      if (n_read == 0)
        break;
      n += (gsize) n_read;
      if (n > max_bytes)
        {
          fail_size (file, max_bytes, error);
          return NULL;
        }
      if (n == block->n_space - 1)
        block = enlarge_block (g_steal_pointer (&block), n);
    }
  block->bytes[n] = '\0';
  bytes = block->bytes;
  return g_bytes_new_with_free_func (bytes, n, free_block, g_steal_pointer (&block));
}

void
kutip_stamp_digest (KutipStamp *stamp, const char *bytes, gsize n_bytes)
{
  g_return_if_fail (stamp != NULL);

  kutip_digest (bytes, n_bytes, stamp->sha256);
}

/* One reading; @steady says whether the file was the same before and after. */
static GBytes *
read_once (GFile *file,
           gsize max_bytes,
           KutipStamp *stamp,
           gboolean *steady,
           GCancellable *cancellable,
           GError **error)
{
  GBytes *bytes;
  struct stat status;
  KutipStamp after;
  int fd;

  *steady = TRUE;
  if (!open_plain (file, &fd, stamp, error))
    return NULL;
  if (stamp->size > max_bytes)
    {
      close (fd);
      fail_size (file, max_bytes, error);
      return NULL;
    }
  bytes = read_all (file, fd, (gsize) stamp->size, max_bytes, cancellable, error);
  if (bytes != NULL && fstat (fd, &status) == 0)
    {
      kutip_stamp_fill (&after, &status);
      *steady = is_same_status (stamp, &after) && after.size == g_bytes_get_size (bytes);
      *stamp = after;
    }
  close (fd);
  return bytes;
}

GBytes *
kutip_stamp_read_undigested (GFile *file,
                             gsize max_bytes,
                             KutipStamp *stamp,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (stamp != NULL, NULL);

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      gboolean steady;

      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = read_once (file, max_bytes, stamp, &steady, cancellable, error);
      if (bytes == NULL)
        return NULL;
      if (steady)
        break;
    }
  return g_steal_pointer (&bytes);
}

GBytes *
kutip_stamp_read (GFile *file,
                  gsize max_bytes,
                  KutipStamp *stamp,
                  GCancellable *cancellable,
                  GError **error)
{
  GBytes *bytes =
      kutip_stamp_read_undigested (file, max_bytes, stamp, cancellable, error);
  gsize n_bytes;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &n_bytes);
  kutip_stamp_digest (stamp, data, n_bytes);
  return bytes;
}

GBytes *
kutip_stamp_read_content (GFile *file,
                          gsize max_bytes,
                          GCancellable *cancellable,
                          GError **error)
{
  KutipStamp stamp;
  gboolean steady;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  return read_once (file, max_bytes, &stamp, &steady, cancellable, error);
}

char *
kutip_stamp_read_head (GFile *file, gsize n_wanted, gsize *n_bytes)
{
  g_autofree char *bytes = NULL;
  KutipStamp stamp;
  gsize n = 0;
  gssize n_read = 1;
  int fd;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (n_bytes != NULL, NULL);

  *n_bytes = 0;
  if (!open_plain (file, &fd, &stamp, NULL))
    return NULL;
  bytes = g_malloc (n_wanted + 1);
  while (n < n_wanted && n_read != 0)
    {
      n_read = read (fd, bytes + n, n_wanted - n);
      if (n_read < 0 && errno != EINTR)
        break;
      n += (gsize) MAX (n_read, 0);
    }
  close (fd);
  if (n_read < 0)
    return NULL;
  bytes[n] = '\0';
  *n_bytes = n;
  return g_steal_pointer (&bytes);
}

/* Whether a later write may have left the times as they are. */
static gboolean
is_racy (const KutipStamp *stamp)
{
  gint64 latest = MAX (stamp->mtime_ns, stamp->ctime_ns);

  return stamp->seen_ns - latest < RACY_NS;
}

gboolean
kutip_stamp_matches (const KutipStamp *stamp, GFile *file, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local_error = NULL;
  KutipStamp now;
  int fd;

  g_return_val_if_fail (stamp != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  if (!open_plain (file, &fd, &now, &local_error))
    {
      if (local_error == NULL)
        return !stamp->exists;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  close (fd);
  if (!stamp->exists || now.size != stamp->size)
    return FALSE;
  if (is_same_status (stamp, &now) && !is_racy (stamp))
    return TRUE;
  if (stamp->sha256[0] == '\0')
    return FALSE;
  bytes = kutip_stamp_read (file, (gsize) stamp->size, &now, NULL, error);
  return bytes != NULL && strcmp (now.sha256, stamp->sha256) == 0;
}
