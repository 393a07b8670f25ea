/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For LD_PRELOAD: below the folder that KUTIP_FOLD names, a name is the same in capitals
 * and in small letters, as on a memory stick. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(type, name, ...)                                                            \
  static type (*real) (__VA_ARGS__);                                                     \
  if (real == NULL)                                                                      \
  *(void **) &real = dlsym (RTLD_NEXT, #name)

typedef struct
{
  char path[2 * PATH_MAX];
} Buffer;

static void
find_base (int folder, char base[PATH_MAX])
{
  char link[64];
  ssize_t n;

  snprintf (link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d",
            folder);
  n = readlink (link, base, PATH_MAX - 1);
  base[n > 0 ? n : 0] = '\0';
}

/* The path itself, or in @buffer the one that is meant. */
static const char *
fold (int folder, const char *path, Buffer *buffer)
{
  const char *top = getenv ("KUTIP_FOLD");
  size_t n = top != NULL ? strlen (top) : 0;
  char base[PATH_MAX];

  if (n == 0 || path == NULL || *path == '\0')
    return path;
  if (*path == '/')
    snprintf (buffer->path, sizeof buffer->path, "%s", path);
  else
    {
      find_base (folder, base);
      snprintf (buffer->path, sizeof buffer->path, "%s/%s", base, path);
    }
  if (strncmp (buffer->path, top, n) != 0 || buffer->path[n] != '/')
    return path;
  for (char *c = buffer->path + n; *c != '\0'; c++)
    if (*c >= 'A' && *c <= 'Z')
      *c = (char) (*c - 'A' + 'a');
  return buffer->path;
}

static int
open_through (int folder, const char *path, int flags, mode_t mode)
{
  static int (*real) (int, const char *, int, ...);
  Buffer buffer;

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "openat64");
  return real (folder, fold (folder, path, &buffer), flags, mode);
}

/* They go through that. */
#include "open-names.h"

DIR *
opendir (const char *path)
{
  REAL (DIR *, opendir, const char *);
  Buffer buffer;

  return real (fold (AT_FDCWD, path, &buffer));
}

#define DEFINE_STAT(name, type)                                                          \
  int name (const char *path, struct type *status)                                       \
  {                                                                                      \
    REAL (int, name, const char *, struct type *);                                       \
    Buffer buffer;                                                                       \
    return real (fold (AT_FDCWD, path, &buffer), status);                                \
  }
#define DEFINE_STAT_AT(name, type)                                                       \
  int name (int folder, const char *path, struct type *status, int flags)                \
  {                                                                                      \
    REAL (int, name, int, const char *, struct type *, int);                             \
    Buffer buffer;                                                                       \
    return real (folder, fold (folder, path, &buffer), status, flags);                   \
  }

DEFINE_STAT (stat, stat)
DEFINE_STAT (stat64, stat64)
DEFINE_STAT (lstat, stat)
DEFINE_STAT (lstat64, stat64)
DEFINE_STAT_AT (fstatat, stat)
DEFINE_STAT_AT (fstatat64, stat64)

int
statx (int folder, const char *path, int flags, unsigned int mask, struct statx *status)
{
  REAL (int, statx, int, const char *, int, unsigned int, struct statx *);
  Buffer buffer;

  return real (folder, fold (folder, path, &buffer), flags, mask, status);
}

#define DEFINE_ONE(name, type)                                                           \
  int name (const char *path, type argument)                                             \
  {                                                                                      \
    REAL (int, name, const char *, type);                                                \
    Buffer buffer;                                                                       \
    return real (fold (AT_FDCWD, path, &buffer), argument);                              \
  }

DEFINE_ONE (mkdir, mode_t)
DEFINE_ONE (access, int)

int
faccessat (int folder, const char *path, int mode, int flags)
{
  REAL (int, faccessat, int, const char *, int, int);
  Buffer buffer;

  return real (folder, fold (folder, path, &buffer), mode, flags);
}

#define DEFINE_REMOVE(name)                                                              \
  int name (const char *path)                                                            \
  {                                                                                      \
    REAL (int, name, const char *);                                                      \
    Buffer buffer;                                                                       \
    return real (fold (AT_FDCWD, path, &buffer));                                        \
  }

DEFINE_REMOVE (rmdir)
DEFINE_REMOVE (unlink)
DEFINE_REMOVE (remove)

int
unlinkat (int folder, const char *path, int flags)
{
  REAL (int, unlinkat, int, const char *, int);
  Buffer buffer;

  return real (folder, fold (folder, path, &buffer), flags);
}

#define DEFINE_TWO(name)                                                                 \
  int name (const char *old, const char *new)                                            \
  {                                                                                      \
    REAL (int, name, const char *, const char *);                                        \
    Buffer one, other;                                                                   \
    return real (fold (AT_FDCWD, old, &one), fold (AT_FDCWD, new, &other));              \
  }

DEFINE_TWO (rename)
DEFINE_TWO (link)

int
renameat (int old_folder, const char *old, int new_folder, const char *new)
{
  REAL (int, renameat, int, const char *, int, const char *);
  Buffer one, other;

  return real (old_folder, fold (old_folder, old, &one), new_folder,
               fold (new_folder, new, &other));
}

int
renameat2 (
    int old_folder, const char *old, int new_folder, const char *new, unsigned int flags)
{
  REAL (int, renameat2, int, const char *, int, const char *, unsigned int);
  Buffer one, other;

  return real (old_folder, fold (old_folder, old, &one), new_folder,
               fold (new_folder, new, &other), flags);
}
