/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both names of each function are defined here, so neither may be made of the other. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include "other-disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

char *other_disk;
ino_t other_inode;

__attribute__ ((constructor)) static void
read_environment (void)
{
  other_disk = g_strdup (g_getenv ("KUTIP_OTHER_DISK"));
}

static gboolean
is_on_other_disk (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = NULL;

  if (other_disk == NULL)
    return FALSE;
  path = g_file_read_link (link, NULL);
  return path != NULL && g_str_has_prefix (path, other_disk);
}

#define DEFINE_FSTAT(name, type)                                                         \
  int name (int fd, type *status)                                                        \
  {                                                                                      \
    if (name##at (fd, "", status, AT_EMPTY_PATH) != 0)                                   \
      return -1;                                                                         \
    if (is_on_other_disk (fd))                                                           \
      {                                                                                  \
        status->st_dev++;                                                                \
        if (other_inode != 0)                                                            \
          status->st_ino = other_inode;                                                  \
      }                                                                                  \
    return 0;                                                                            \
  }

DEFINE_FSTAT (fstat, struct stat)
#define fstat64at fstatat64
DEFINE_FSTAT (fstat64, struct stat64)
