/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both names of each function are defined here, so neither may be made of the other. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include "shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Not declared without their macros, and called all the same by a program with checks. */
int __open_2 (const char *path, int flags);
int __open64_2 (const char *path, int flags);
int __openat_2 (int folder, const char *path, int flags);
int __openat64_2 (int folder, const char *path, int flags);

const char *const fault_operations[] = {
  "open",   "write",    "fsync", "close", "rename", "link",
  "unlink", "truncate", "chmod", "read",  "stat",   NULL,
};

/* The plan; changed only while nobody calls anything. */
static struct
{
  char operation[16];
  char part[256];
  guint number;
  int code;
  FaultMode mode;
  gboolean active;
} plan;
static int n_calls, n_faults; /* atomic */
static gboolean no_exchange, no_link;
static char record_part[256];
static GPtrArray *records;
static GMutex records_lock;

/* Without GLib, which may not be there yet when the first call comes. */
static gboolean
is_about (const char *part, const char *path, int folder, int fd)
{
  char link[64], target[4096];
  ssize_t n;

  if (path != NULL && strstr (path, part) != NULL)
    return TRUE;
  if (fd < 0 && (path == NULL || path[0] == '/' || folder < 0))
    return FALSE;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd >= 0 ? fd : folder);
  n = readlink (link, target, sizeof target - 1);
  if (n < 0)
    return FALSE;
  target[n] = '\0';
  return strstr (target, part) != NULL;
}

/* Whether this call is the one; errno is set. */
static gboolean
hit (const char *operation, const char *path, int folder, int fd)
{
  int number;

  if (!plan.active ||
      (plan.operation[0] != '*' && strcmp (plan.operation, operation) != 0) ||
      !is_about (plan.part, path, folder, fd))
    return FALSE;
  number = __atomic_add_fetch (&n_calls, 1, __ATOMIC_SEQ_CST);
  if (number != (int) plan.number &&
      !(plan.mode == FAULT_STICKY && number > (int) plan.number))
    return FALSE;
  if (plan.mode == FAULT_SHORT && strcmp (operation, "write") != 0)
    return FALSE;
  __atomic_add_fetch (&n_faults, 1, __ATOMIC_SEQ_CST);
  errno = plan.code;
  return TRUE;
}

void
fault_plan (
    const char *operation, guint number, int code, FaultMode mode, const char *part)
{
  plan.active = FALSE;
  snprintf (plan.operation, sizeof plan.operation, "%s", operation);
  snprintf (plan.part, sizeof plan.part, "%s", part);
  plan.number = number;
  plan.code = code;
  plan.mode = mode;
  n_calls = n_faults = 0;
  plan.active = TRUE;
}

void
fault_clear (void)
{
  plan.active = FALSE;
}

guint
fault_get_n_calls (void)
{
  return (guint) n_calls;
}

guint
fault_get_n_faults (void)
{
  return (guint) n_faults;
}

void
fault_forbid_exchange (gboolean exchange, gboolean link)
{
  no_exchange = exchange;
  no_link = link;
}

static void
free_record (gpointer data)
{
  Record *record = data;

  g_free (record->name);
  g_free (record->other);
  g_clear_pointer (&record->bytes, g_bytes_unref);
  g_free (record);
}

void
fault_record (const char *part)
{
  records = g_ptr_array_new_with_free_func (free_record);
  snprintf (record_part, sizeof record_part, "%s", part);
}

GPtrArray *
fault_take_records (void)
{
  record_part[0] = '\0';
  return g_steal_pointer (&records);
}

static void
note (RecordKind kind,
      const char *name,
      const char *other,
      const void *bytes,
      size_t n_bytes)
{
  Record *record = g_new0 (Record, 1);

  record->kind = kind;
  record->name = g_path_get_basename (name);
  record->other = other != NULL ? g_path_get_basename (other) : NULL;
  if (bytes != NULL)
    record->bytes = g_bytes_new (bytes, n_bytes);
  g_mutex_lock (&records_lock);
  g_ptr_array_add (records, record);
  g_mutex_unlock (&records_lock);
}

static gboolean
is_recorded (const char *path, int folder, int fd)
{
  return record_part[0] != '\0' && is_about (record_part, path, folder, fd);
}

static void
note_fd (RecordKind kind, int fd, const void *bytes, size_t n_bytes)
{
  char link[64], target[4096];
  ssize_t n;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, target, sizeof target - 1);
  if (n < 0)
    return;
  target[n] = '\0';
  note (kind, target, NULL, bytes, n_bytes);
}

static void *
find_real (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

#define REAL(type, name, ...)                                                            \
  static type (*real) (__VA_ARGS__);                                                     \
  if (real == NULL)                                                                      \
  *(void **) &real = find_real (#name)

static int
open_through (int folder, const char *path, int flags, mode_t mode)
{
  static int (*real) (int, const char *, int, ...);
  int fd;

  if (real == NULL)
    *(void **) &real = find_real ("openat64");
  if (hit ("open", path, folder, -1))
    return -1;
  fd = real (folder, path, flags, mode);
  if (fd >= 0 && flags & O_CREAT && is_recorded (path, folder, -1))
    note (RECORD_CREATE, path, NULL, NULL, 0);
  return fd;
}

static mode_t
get_mode (int flags, va_list arguments)
{
  return flags & (O_CREAT | O_TMPFILE) ? va_arg (arguments, mode_t) : 0;
}

#define DEFINE_OPEN(name)                                                                \
  int name (const char *path, int flags, ...)                                            \
  {                                                                                      \
    va_list arguments;                                                                   \
    mode_t mode;                                                                         \
    va_start (arguments, flags);                                                         \
    mode = get_mode (flags, arguments);                                                  \
    va_end (arguments);                                                                  \
    return open_through (AT_FDCWD, path, flags, mode);                                   \
  }
#define DEFINE_OPENAT(name)                                                              \
  int name (int folder, const char *path, int flags, ...)                                \
  {                                                                                      \
    va_list arguments;                                                                   \
    mode_t mode;                                                                         \
    va_start (arguments, flags);                                                         \
    mode = get_mode (flags, arguments);                                                  \
    va_end (arguments);                                                                  \
    return open_through (folder, path, flags, mode);                                     \
  }

DEFINE_OPEN (open)
DEFINE_OPEN (open64)
DEFINE_OPENAT (openat)
DEFINE_OPENAT (openat64)

int
__open_2 (const char *path, int flags)
{
  return open_through (AT_FDCWD, path, flags, 0);
}

int
__open64_2 (const char *path, int flags)
{
  return open_through (AT_FDCWD, path, flags, 0);
}

int
__openat_2 (int folder, const char *path, int flags)
{
  return open_through (folder, path, flags, 0);
}

int
__openat64_2 (int folder, const char *path, int flags)
{
  return open_through (folder, path, flags, 0);
}

ssize_t
write (int fd, const void *bytes, size_t n_bytes)
{
  REAL (ssize_t, write, int, const void *, size_t);
  if (hit ("write", NULL, -1, fd))
    {
      if (plan.mode != FAULT_SHORT)
        return -1;
      n_bytes = n_bytes > 1 ? n_bytes / 2 : n_bytes;
    }
  if (is_recorded (NULL, -1, fd))
    note_fd (RECORD_WRITE, fd, bytes, n_bytes);
  return real (fd, bytes, n_bytes);
}

ssize_t
read (int fd, void *bytes, size_t n_bytes)
{
  REAL (ssize_t, read, int, void *, size_t);
  return hit ("read", NULL, -1, fd) ? -1 : real (fd, bytes, n_bytes);
}

int
fsync (int fd)
{
  REAL (int, fsync, int);
  if (hit ("fsync", NULL, -1, fd))
    return -1;
  if (is_recorded (NULL, -1, fd))
    note_fd (RECORD_SYNC, fd, NULL, 0);
  return real (fd);
}

int
fdatasync (int fd)
{
  REAL (int, fdatasync, int);
  return hit ("fsync", NULL, -1, fd) ? -1 : real (fd);
}

int
close (int fd)
{
  gboolean fails = hit ("close", NULL, -1, fd);
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
  REAL (int, rename, const char *, const char *);
  return hit ("rename", new, -1, -1) ? -1 : real (old, new);
}

int
renameat (int old_folder, const char *old, int new_folder, const char *new)
{
  REAL (int, renameat, int, const char *, int, const char *);
  if (hit ("rename", new, new_folder, -1))
    return -1;
  if (is_recorded (new, new_folder, -1))
    note (RECORD_RENAME, old, new, NULL, 0);
  return real (old_folder, old, new_folder, new);
}

int
renameat2 (
    int old_folder, const char *old, int new_folder, const char *new, unsigned int flags)
{
  int result;

  REAL (int, renameat2, int, const char *, int, const char *, unsigned int);
  if (no_exchange && is_about (plan.part, new, new_folder, -1))
    {
      errno = EINVAL;
      return -1;
    }
  if (hit ("rename", new, new_folder, -1))
    return -1;
  result = real (old_folder, old, new_folder, new, flags);
  if (result == 0 && is_recorded (new, new_folder, -1))
    note (flags & RENAME_EXCHANGE ? RECORD_EXCHANGE : RECORD_RENAME, old, new, NULL, 0);
  return result;
}

int
linkat (int old_folder, const char *old, int new_folder, const char *new, int flags)
{
  int result;

  REAL (int, linkat, int, const char *, int, const char *, int);
  if (no_link && is_about (plan.part, new, new_folder, -1))
    {
      errno = EPERM;
      return -1;
    }
  if (hit ("link", new, new_folder, -1))
    return -1;
  result = real (old_folder, old, new_folder, new, flags);
  if (result == 0 && is_recorded (new, new_folder, -1))
    note (RECORD_LINK, old, new, NULL, 0);
  return result;
}

int
unlinkat (int folder, const char *path, int flags)
{
  int result;

  REAL (int, unlinkat, int, const char *, int);
  if (hit ("unlink", path, folder, -1))
    return -1;
  result = real (folder, path, flags);
  if (result == 0 && is_recorded (path, folder, -1))
    note (RECORD_UNLINK, path, NULL, NULL, 0);
  return result;
}

int
ftruncate (int fd, off_t length)
{
  REAL (int, ftruncate, int, off_t);
  return hit ("truncate", NULL, -1, fd) ? -1 : real (fd, length);
}

int
ftruncate64 (int fd, off64_t length)
{
  REAL (int, ftruncate64, int, off64_t);
  return hit ("truncate", NULL, -1, fd) ? -1 : real (fd, length);
}

int
truncate (const char *path, off_t length)
{
  REAL (int, truncate, const char *, off_t);
  return hit ("truncate", path, -1, -1) ? -1 : real (path, length);
}

int
truncate64 (const char *path, off64_t length)
{
  REAL (int, truncate64, const char *, off64_t);
  return hit ("truncate", path, -1, -1) ? -1 : real (path, length);
}

int
fchmod (int fd, mode_t mode)
{
  REAL (int, fchmod, int, mode_t);
  return hit ("chmod", NULL, -1, fd) ? -1 : real (fd, mode);
}

int
fstat (int fd, struct stat *status)
{
  REAL (int, fstat, int, struct stat *);
  return hit ("stat", NULL, -1, fd) ? -1 : real (fd, status);
}

int
fstat64 (int fd, struct stat64 *status)
{
  REAL (int, fstat64, int, struct stat64 *);
  return hit ("stat", NULL, -1, fd) ? -1 : real (fd, status);
}

int
fstatat (int folder, const char *path, struct stat *status, int flags)
{
  REAL (int, fstatat, int, const char *, struct stat *, int);
  return hit ("stat", path, folder, -1) ? -1 : real (folder, path, status, flags);
}

int
fstatat64 (int folder, const char *path, struct stat64 *status, int flags)
{
  REAL (int, fstatat64, int, const char *, struct stat64 *, int);
  return hit ("stat", path, folder, -1) ? -1 : real (folder, path, status, flags);
}

static int
parse_code (const char *name)
{
  static const struct
  {
    const char *name;
    int code;
  } codes[] = { { "ENOSPC", ENOSPC }, { "EIO", EIO },     { "EACCES", EACCES },
                { "EDQUOT", EDQUOT }, { "EROFS", EROFS }, { "EINTR", EINTR } };

  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    {
      if (strcmp (name, codes[i].name) == 0)
        return codes[i].code;
    }
  return EIO;
}

__attribute__ ((constructor)) static void
read_environment (void)
{
  const char *value = getenv ("KUTIP_FAULT");
  char operation[16], code[16], mode[16], part[200];
  unsigned int number;

  if (value != NULL && sscanf (value, "%15[^,],%u,%15[^,],%15[^,],%199s", operation,
                               &number, code, mode, part) == 5)
    fault_plan (operation, number, parse_code (code),
                strcmp (mode, "sticky") == 0  ? FAULT_STICKY
                : strcmp (mode, "short") == 0 ? FAULT_SHORT
                                              : FAULT_ONCE,
                part);
}
