/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-stale.h"

#include "corpus/convert/convert-commit.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* What mkstemp() and mkdtemp() fill in. */
#define N_RANDOM 6
#define DAY (24 * 60 * 60)

/* Of statfs(2): file systems of several machines. */
static const guint32 shared_systems[] = {
  0x6969,     /* NFS */
  0x517b,     /* SMB */
  0xff534d42, /* CIFS */
  0xfe534d42, /* SMB2 */
  0x65735546, /* FUSE: sshfs and others */
  0x5346414f, /* AFS */
  0x00c36400, /* Ceph */
  0x0bd00bd0, /* Lustre */
  0x47504653, /* GPFS */
  0x19830326, /* BeeGFS */
  0x01021997, /* 9P */
};

void
kutip_stale_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_unlink (path) == 0)
    return;
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      kutip_stale_remove_tree (child);
    }
  g_rmdir (path);
}

int
kutip_stale_lock (const char *path)
{
  GStatBuf status, now;
  int fd, code;

  do
    fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  while (fd < 0 && errno == EINTR);
  if (fd < 0)
    return -1;
  /* A file system without locks is worked in without them. */
  while (flock (fd, LOCK_EX) != 0 && errno == EINTR)
    continue;
  if (fstat (fd, &status) == 0 && g_lstat (path, &now) == 0)
    {
      if (status.st_ino == now.st_ino && status.st_dev == now.st_dev)
        return fd;
      errno = ENOENT;
    }
  code = errno;
  close (fd);
  errno = code;
  return -1;
}

static gboolean
is_shared (int fd)
{
  struct statfs system;

  if (fstatfs (fd, &system) != 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (shared_systems); i++)
    if ((guint32) system.f_type == shared_systems[i])
      return TRUE;
  return FALSE;
}

/* Whether a folder holds nothing but what a conversion puts there. */
static gboolean
is_stage (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!kutip_convert_commit_is_part (name))
      return FALSE;
  return TRUE;
}

/* @fd: of what may be stale. */
static gboolean
is_dead (int fd)
{
  GStatBuf status;

  if (fstat (fd, &status) != 0 || status.st_uid != geteuid () ||
      !(S_ISREG (status.st_mode) || S_ISDIR (status.st_mode)))
    return FALSE;
  if (is_shared (fd) && g_get_real_time () / G_USEC_PER_SEC - status.st_mtime < DAY)
    return FALSE;
  return flock (fd, LOCK_EX | LOCK_NB) == 0;
}

static gboolean
is_named_so (const char *name, const char *prefix)
{
  gsize n = strlen (prefix);

  if (strncmp (name, prefix, n) != 0 || strlen (name + n) != N_RANDOM)
    return FALSE;
  for (const char *c = name + n; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      return FALSE;
  return TRUE;
}

void
kutip_stale_remove (const char *folder,
                    const char *prefix,
                    KutipStaleFunc can_go,
                    gpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      int fd;

      if (!is_named_so (name, prefix))
        continue;
      fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
      if (fd < 0)
        continue;
      if (is_stage (path) && is_dead (fd) && can_go (path, data))
        kutip_stale_remove_tree (path);
      close (fd);
    }
}
