/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both names of each function are defined here, so neither may be made of the other. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include "shim-calls.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* Not declared without their macros, and called all the same by a program with checks. */
ssize_t __read_chk (int fd, void *bytes, size_t n_bytes, size_t room);
ssize_t __pread64_chk (int fd, void *bytes, size_t n_bytes, off64_t offset, size_t room);

static void *
find_real (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

#define REAL(type, name, ...)                                                            \
  static type (*real) (__VA_ARGS__);                                                     \
  if (real == NULL)                                                                      \
  *(void **) &real = find_real (#name)

/* Whether a file is there is told by the call that the shim would count. */
static gboolean
is_there (int folder, const char *path)
{
  REAL (int, faccessat, int, const char *, int, int);
  int code = errno;
  gboolean there = real (folder, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;

  errno = code;
  return there;
}

static int
open_through (int folder, const char *path, int flags, mode_t mode)
{
  static int (*real) (int, const char *, int, ...);
  gboolean creates;
  int fd;

  if (real == NULL)
    *(void **) &real = find_real ("openat64");
  if (fault_hit ("open", path, folder, -1))
    return -1;
  creates =
      flags & O_CREAT && fault_is_recorded (path, folder, -1) && !is_there (folder, path);
  fd = real (folder, path, flags, mode);
  if (fd >= 0 && creates)
    fault_note (RECORD_CREATE, path, folder, -1);
  else if (fd >= 0 && flags & O_TRUNC && fault_is_recorded (path, folder, -1))
    fault_note_length (fd, 0);
  return fd;
}

/* They go through that. */
#include "open-names.h"

FILE *
fopen (const char *path, const char *mode)
{
  REAL (FILE *, fopen, const char *, const char *);
  return fault_hit ("open", path, AT_FDCWD, -1) ? NULL : real (path, mode);
}

FILE *
fopen64 (const char *path, const char *mode)
{
  REAL (FILE *, fopen64, const char *, const char *);
  return fault_hit ("open", path, AT_FDCWD, -1) ? NULL : real (path, mode);
}

DIR *
opendir (const char *path)
{
  REAL (DIR *, opendir, const char *);
  return fault_hit ("list", path, AT_FDCWD, -1) ? NULL : real (path);
}

/* Where the next write goes. */
static goffset
find_offset (int fd)
{
  int flags = fcntl (fd, F_GETFL);

  return lseek (fd, 0, flags >= 0 && flags & O_APPEND ? SEEK_END : SEEK_CUR);
}

/* How much of a write is to be done; -1 with errno when it fails. */
static ssize_t
begin_write (int fd, size_t n_bytes)
{
  if (!fault_hit ("write", NULL, -1, fd))
    return (ssize_t) n_bytes;
  if (!fault_is_short ())
    return -1;
  return (ssize_t) (n_bytes > 1 ? n_bytes / 2 : n_bytes);
}

ssize_t
write (int fd, const void *bytes, size_t n_bytes)
{
  ssize_t n = begin_write (fd, n_bytes);

  REAL (ssize_t, write, int, const void *, size_t);
  if (n < 0)
    return -1;
  if (fault_is_recorded (NULL, -1, fd))
    fault_note_write (fd, find_offset (fd), bytes, (size_t) n);
  return real (fd, bytes, (size_t) n);
}

ssize_t
pwrite (int fd, const void *bytes, size_t n_bytes, off_t offset)
{
  ssize_t n = begin_write (fd, n_bytes);

  REAL (ssize_t, pwrite, int, const void *, size_t, off_t);
  if (n < 0)
    return -1;
  if (fault_is_recorded (NULL, -1, fd))
    fault_note_write (fd, offset, bytes, (size_t) n);
  return real (fd, bytes, (size_t) n, offset);
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t n_bytes, off64_t offset)
{
  ssize_t n = begin_write (fd, n_bytes);

  REAL (ssize_t, pwrite64, int, const void *, size_t, off64_t);
  if (n < 0)
    return -1;
  if (fault_is_recorded (NULL, -1, fd))
    fault_note_write (fd, offset, bytes, (size_t) n);
  return real (fd, bytes, (size_t) n, offset);
}

/* One part after the other, as the kernel would. */
ssize_t
writev (int fd, const struct iovec *parts, int n_parts)
{
  ssize_t n_done = 0;

  for (int i = 0; i < n_parts; i++)
    {
      ssize_t n = write (fd, parts[i].iov_base, parts[i].iov_len);

      if (n < 0)
        return n_done > 0 ? n_done : -1;
      n_done += n;
      if ((size_t) n < parts[i].iov_len)
        break;
    }
  return n_done;
}

/* No file system has to know these: callers fall back to reading and writing. */
ssize_t
copy_file_range (
    int from, off64_t *from_offset, int to, off64_t *to_offset, size_t n, unsigned flags)
{
  REAL (ssize_t, copy_file_range, int, off64_t *, int, off64_t *, size_t, unsigned);
  if (fault_is_recorded (NULL, -1, to))
    {
      errno = ENOSYS;
      return -1;
    }
  return fault_hit ("write", NULL, -1, to)
             ? -1
             : real (from, from_offset, to, to_offset, n, flags);
}

int
fallocate (int fd, int mode, off_t offset, off_t length)
{
  REAL (int, fallocate, int, int, off_t, off_t);
  return fault_hit ("write", NULL, -1, fd) ? -1 : real (fd, mode, offset, length);
}

int
fallocate64 (int fd, int mode, off64_t offset, off64_t length)
{
  REAL (int, fallocate64, int, int, off64_t, off64_t);
  return fault_hit ("write", NULL, -1, fd) ? -1 : real (fd, mode, offset, length);
}

ssize_t
read (int fd, void *bytes, size_t n_bytes)
{
  REAL (ssize_t, read, int, void *, size_t);
  return fault_hit ("read", NULL, -1, fd) ? -1 : real (fd, bytes, n_bytes);
}

ssize_t
pread (int fd, void *bytes, size_t n_bytes, off_t offset)
{
  REAL (ssize_t, pread, int, void *, size_t, off_t);
  return fault_hit ("read", NULL, -1, fd) ? -1 : real (fd, bytes, n_bytes, offset);
}

ssize_t
pread64 (int fd, void *bytes, size_t n_bytes, off64_t offset)
{
  REAL (ssize_t, pread64, int, void *, size_t, off64_t);
  return fault_hit ("read", NULL, -1, fd) ? -1 : real (fd, bytes, n_bytes, offset);
}

ssize_t
__read_chk (int fd, void *bytes, size_t n_bytes, size_t room)
{
  return n_bytes <= room ? read (fd, bytes, n_bytes) : -1;
}

ssize_t
__pread64_chk (int fd, void *bytes, size_t n_bytes, off64_t offset, size_t room)
{
  return n_bytes <= room ? pread64 (fd, bytes, n_bytes, offset) : -1;
}

static int
sync_through (int fd, RecordKind kind, int (*real) (int))
{
  if (fault_hit ("fsync", NULL, -1, fd))
    return -1;
  if (fault_is_recorded (NULL, -1, fd))
    fault_note (kind, NULL, -1, fd);
  return real (fd);
}

int
fsync (int fd)
{
  REAL (int, fsync, int);
  return sync_through (fd, RECORD_SYNC, real);
}

int
fdatasync (int fd)
{
  REAL (int, fdatasync, int);
  return sync_through (fd, RECORD_SYNC, real);
}

int
syncfs (int fd)
{
  REAL (int, syncfs, int);
  return sync_through (fd, RECORD_SYNC_ALL, real);
}

int
close (int fd)
{
  gboolean fails = fault_hit ("close", NULL, -1, fd);
  int code = errno;

  REAL (int, close, int);
  if (!fails)
    return real (fd);
  real (fd); /* closed it is all the same */
  errno = code;
  return -1;
}

int
rename (const char *old, const char *new)
{
  int result;

  REAL (int, rename, const char *, const char *);
  if (fault_hit ("rename", new, AT_FDCWD, -1))
    return -1;
  result = real (old, new);
  if (result == 0 && fault_is_recorded (new, AT_FDCWD, -1))
    fault_note_two (RECORD_RENAME, old, AT_FDCWD, new, AT_FDCWD);
  return result;
}

int
renameat (int old_folder, const char *old, int new_folder, const char *new)
{
  int result;

  REAL (int, renameat, int, const char *, int, const char *);
  if (fault_hit ("rename", new, new_folder, -1))
    return -1;
  result = real (old_folder, old, new_folder, new);
  if (result == 0 && fault_is_recorded (new, new_folder, -1))
    fault_note_two (RECORD_RENAME, old, old_folder, new, new_folder);
  return result;
}

int
renameat2 (
    int old_folder, const char *old, int new_folder, const char *new, unsigned int flags)
{
  int result;

  REAL (int, renameat2, int, const char *, int, const char *, unsigned int);
  if (fault_refuses_exchange (new, new_folder) ||
      fault_hit ("rename", new, new_folder, -1))
    return -1;
  result = real (old_folder, old, new_folder, new, flags);
  if (result == 0 && fault_is_recorded (new, new_folder, -1))
    fault_note_two (flags & RENAME_EXCHANGE ? RECORD_EXCHANGE : RECORD_RENAME, old,
                    old_folder, new, new_folder);
  return result;
}

int
linkat (int old_folder, const char *old, int new_folder, const char *new, int flags)
{
  int result;

  REAL (int, linkat, int, const char *, int, const char *, int);
  if (fault_refuses_link (new, new_folder) || fault_hit ("link", new, new_folder, -1))
    return -1;
  result = real (old_folder, old, new_folder, new, flags);
  if (result == 0 && fault_is_recorded (new, new_folder, -1))
    fault_note_two (RECORD_LINK, old, old_folder, new, new_folder);
  return result;
}

int
link (const char *old, const char *new)
{
  return linkat (AT_FDCWD, old, AT_FDCWD, new, 0);
}

int
unlinkat (int folder, const char *path, int flags)
{
  gboolean is_folder = (flags & AT_REMOVEDIR) != 0;
  int result;

  REAL (int, unlinkat, int, const char *, int);
  if (fault_hit (is_folder ? "rmdir" : "unlink", path, folder, -1))
    return -1;
  result = real (folder, path, flags);
  if (result == 0 && fault_is_recorded (path, folder, -1))
    fault_note (is_folder ? RECORD_RMDIR : RECORD_UNLINK, path, folder, -1);
  return result;
}

int
unlink (const char *path)
{
  return unlinkat (AT_FDCWD, path, 0);
}

int
rmdir (const char *path)
{
  return unlinkat (AT_FDCWD, path, AT_REMOVEDIR);
}

int
remove (const char *path)
{
  int result = unlink (path);

  return result != 0 && errno == EISDIR ? rmdir (path) : result;
}

int
mkdirat (int folder, const char *path, mode_t mode)
{
  int result;

  REAL (int, mkdirat, int, const char *, mode_t);
  if (fault_hit ("mkdir", path, folder, -1))
    return -1;
  result = real (folder, path, mode);
  if (result == 0 && fault_is_recorded (path, folder, -1))
    fault_note (RECORD_MKDIR, path, folder, -1);
  return result;
}

int
mkdir (const char *path, mode_t mode)
{
  return mkdirat (AT_FDCWD, path, mode);
}

#define DEFINE_TRUNCATE(name, type)                                                      \
  int name (int fd, type length)                                                         \
  {                                                                                      \
    REAL (int, name, int, type);                                                         \
    if (fault_hit ("truncate", NULL, -1, fd))                                            \
      return -1;                                                                         \
    if (fault_is_recorded (NULL, -1, fd))                                                \
      fault_note_length (fd, length);                                                    \
    return real (fd, length);                                                            \
  }

DEFINE_TRUNCATE (ftruncate, off_t)
DEFINE_TRUNCATE (ftruncate64, off64_t)

int
flock (int fd, int operation)
{
  REAL (int, flock, int, int);
  return fault_hit ("lock", NULL, -1, fd) ? -1 : real (fd, operation);
}

int
fchmod (int fd, mode_t mode)
{
  REAL (int, fchmod, int, mode_t);
  return fault_hit ("chmod", NULL, -1, fd) ? -1 : real (fd, mode);
}

int
fchown (int fd, uid_t user, gid_t group)
{
  REAL (int, fchown, int, uid_t, gid_t);
  return fault_hit ("chmod", NULL, -1, fd) ? -1 : real (fd, user, group);
}

#define DEFINE_STAT(name, type)                                                          \
  int name (const char *path, type *status)                                              \
  {                                                                                      \
    REAL (int, name, const char *, type *);                                              \
    return fault_hit ("stat", path, AT_FDCWD, -1) ? -1 : real (path, status);            \
  }
#define DEFINE_FSTAT(name, type)                                                         \
  int name (int fd, type *status)                                                        \
  {                                                                                      \
    REAL (int, name, int, type *);                                                       \
    return fault_hit ("stat", NULL, -1, fd) ? -1 : real (fd, status);                    \
  }
#define DEFINE_FSTATAT(name, type)                                                       \
  int name (int folder, const char *path, type *status, int flags)                       \
  {                                                                                      \
    REAL (int, name, int, const char *, type *, int);                                    \
    return fault_hit ("stat", path, folder, -1) ? -1                                     \
                                                : real (folder, path, status, flags);    \
  }

DEFINE_STAT (stat, struct stat)
DEFINE_STAT (stat64, struct stat64)
DEFINE_STAT (lstat, struct stat)
DEFINE_STAT (lstat64, struct stat64)
DEFINE_FSTAT (fstat, struct stat)
DEFINE_FSTAT (fstat64, struct stat64)
DEFINE_FSTATAT (fstatat, struct stat)
DEFINE_FSTATAT (fstatat64, struct stat64)

int
statx (int folder,
       const char *restrict path,
       int flags,
       unsigned int mask,
       struct statx *restrict status)
{
  REAL (int, statx, int, const char *, int, unsigned int, struct statx *);
  return fault_hit ("stat", path, folder, -1) ? -1
                                              : real (folder, path, flags, mask, status);
}

ssize_t
readlink (const char *restrict path, char *restrict target, size_t n_bytes)
{
  REAL (ssize_t, readlink, const char *, char *, size_t);
  return fault_hit ("stat", path, AT_FDCWD, -1) ? -1 : real (path, target, n_bytes);
}

static gint64 clock_is_off;

void
fault_set_clock (gint64 seconds)
{
  clock_is_off = seconds;
}

int
clock_gettime (clockid_t id, struct timespec *time)
{
  int result;

  REAL (int, clock_gettime, clockid_t, struct timespec *);
  result = real (id, time);
  if (id == CLOCK_REALTIME)
    time->tv_sec += clock_is_off;
  return result;
}

int
gettimeofday (struct timeval *restrict time, void *restrict zone)
{
  int result;

  REAL (int, gettimeofday, struct timeval *, void *);
  result = real (time, zone);
  time->tv_sec += clock_is_off;
  return result;
}

int
access (const char *path, int mode)
{
  REAL (int, access, const char *, int);
  return fault_hit ("stat", path, AT_FDCWD, -1) ? -1 : real (path, mode);
}

int
faccessat (int folder, const char *path, int mode, int flags)
{
  REAL (int, faccessat, int, const char *, int, int);
  return fault_hit ("stat", path, folder, -1) ? -1 : real (folder, path, mode, flags);
}
