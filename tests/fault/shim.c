/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "shim-calls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *const fault_operations[] = {
  "open",  "write", "fsync", "close", "rename", "link", "unlink", "truncate",
  "chmod", "read",  "stat",  "mkdir", "rmdir",  "list", "lock",   NULL,
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
  char log[256];  /* "": none */
  char wait[256]; /* the same */
} plan;
static int n_calls, n_faults; /* atomic */
static gboolean no_exchange, no_link;
static char record_part[256];
static GPtrArray *records;
static GMutex records_lock;

/* The path as a whole, if it is known; @whole has 8192 bytes. Without GLib, which may not
 * be there yet when the first call comes. */
static gboolean
resolve (const char *path, int folder, int fd, char *whole)
{
  char link[64];
  ssize_t n;

  if (path != NULL && path[0] == '/')
    {
      snprintf (whole, 8192, "%s", path);
      return TRUE;
    }
  if (fd < 0 && folder < 0)
    snprintf (link, sizeof link, "/proc/self/cwd");
  else
    snprintf (link, sizeof link, "/proc/self/fd/%d", fd >= 0 ? fd : folder);
  n = syscall (SYS_readlink, link, whole, 4095);
  if (n < 0)
    return FALSE;
  whole[n] = '\0';
  if (path != NULL)
    snprintf (whole + n, (size_t) (8192 - n), "/%s", path);
  return TRUE;
}

static gboolean
is_about (const char *part, const char *path, int folder, int fd)
{
  char whole[8192];

  return resolve (path, folder, fd, whole) && strstr (whole, part) != NULL;
}

static void
log_fault (void)
{
  int fd;

  if (plan.log[0] == '\0')
    return;
  fd = (int) syscall (SYS_openat, AT_FDCWD, plan.log,
                      O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0)
    return;
  syscall (SYS_write, fd, ".", 1);
  syscall (SYS_close, fd);
}

static gboolean
is_switched_off (void)
{
  return plan.wait[0] != '\0' && syscall (SYS_access, plan.wait, F_OK) == 0;
}

/* Whether the plan is about it: by its name, "*" for all of them, "change" for what is no
 * mere looking. */
static gboolean
is_planned (const char *operation)
{
  static const char *const looking[] = { "read", "stat", "list", "lock", "close" };

  if (plan.operation[0] == '*' || strcmp (plan.operation, operation) == 0)
    return TRUE;
  if (strcmp (plan.operation, "change") != 0)
    return FALSE;
  for (size_t i = 0; i < sizeof looking / sizeof *looking; i++)
    if (strcmp (operation, looking[i]) == 0)
      return FALSE;
  return TRUE;
}

gboolean
fault_hit (const char *operation, const char *path, int folder, int fd)
{
  int number;

  if (!plan.active || !is_planned (operation) ||
      !is_about (plan.part, path, folder, fd) || is_switched_off ())
    return FALSE;
  number = __atomic_add_fetch (&n_calls, 1, __ATOMIC_SEQ_CST);
  if (number != (int) plan.number &&
      !(plan.mode == FAULT_STICKY && number > (int) plan.number))
    return FALSE;
  if (plan.mode == FAULT_SHORT && strcmp (operation, "write") != 0)
    return FALSE;
  __atomic_add_fetch (&n_faults, 1, __ATOMIC_SEQ_CST);
  log_fault ();
  if (plan.mode == FAULT_SIGNAL)
    {
      /* So that the thread itself goes no further. */
      if (plan.code == SIGSTOP)
        raise (SIGSTOP);
      else
        kill (getpid (), plan.code);
      return FALSE;
    }
  errno = plan.code;
  return TRUE;
}

gboolean
fault_is_short (void)
{
  return plan.mode == FAULT_SHORT;
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

gboolean
fault_refuses_exchange (const char *path, int folder)
{
  if (!no_exchange || !is_about (plan.part, path, folder, -1))
    return FALSE;
  errno = EINVAL;
  return TRUE;
}

gboolean
fault_refuses_link (const char *path, int folder)
{
  if (!no_link || !is_about (plan.part, path, folder, -1))
    return FALSE;
  errno = EPERM;
  return TRUE;
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

/* Takes @name and @other. */
static Record *
add_record (RecordKind kind, char *name, char *other)
{
  Record *record = g_new0 (Record, 1);

  record->kind = kind;
  record->name = name;
  record->other = other;
  g_mutex_lock (&records_lock);
  g_ptr_array_add (records, record);
  g_mutex_unlock (&records_lock);
  return record;
}

static char *
dup_whole (const char *path, int folder, int fd)
{
  char whole[8192];

  return g_strdup (resolve (path, folder, fd, whole) ? whole : path);
}

void
fault_record_mark (const char *name)
{
  add_record (RECORD_MARK, g_strdup (name), NULL);
}

gboolean
fault_is_recorded (const char *path, int folder, int fd)
{
  return record_part[0] != '\0' && is_about (record_part, path, folder, fd);
}

void
fault_note (RecordKind kind, const char *path, int folder, int fd)
{
  add_record (kind, dup_whole (path, folder, fd), NULL);
}

void
fault_note_two (
    RecordKind kind, const char *old, int old_folder, const char *new, int new_folder)
{
  add_record (kind, dup_whole (old, old_folder, -1), dup_whole (new, new_folder, -1));
}

void
fault_note_write (int fd, goffset offset, const void *bytes, size_t n_bytes)
{
  Record *record = add_record (RECORD_WRITE, dup_whole (NULL, -1, fd), NULL);

  record->offset = offset;
  record->bytes = g_bytes_new (bytes, n_bytes);
}

void
fault_note_length (int fd, goffset length)
{
  add_record (RECORD_TRUNCATE, dup_whole (NULL, -1, fd), NULL)->offset = length;
}

static int
parse_code (const char *name)
{
  static const struct
  {
    const char *name;
    int code;
  } codes[] = { { "ENOSPC", ENOSPC },   { "EIO", EIO },         { "EACCES", EACCES },
                { "EDQUOT", EDQUOT },   { "EROFS", EROFS },     { "EINTR", EINTR },
                { "SIGKILL", SIGKILL }, { "SIGTERM", SIGTERM }, { "SIGINT", SIGINT },
                { "SIGSTOP", SIGSTOP } };

  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    {
      if (strcmp (name, codes[i].name) == 0)
        return codes[i].code;
    }
  fprintf (stderr, "KUTIP_FAULT: there is no “%s”.\n", name);
  abort ();
}

static FaultMode
parse_mode (const char *name)
{
  if (strcmp (name, "sticky") == 0)
    return FAULT_STICKY;
  if (strcmp (name, "short") == 0)
    return FAULT_SHORT;
  return strcmp (name, "signal") == 0 ? FAULT_SIGNAL : FAULT_ONCE;
}

__attribute__ ((constructor)) static void
read_environment (void)
{
  const char *value = getenv ("KUTIP_FAULT");
  const char *log = getenv ("KUTIP_FAULT_LOG");
  const char *wait = getenv ("KUTIP_FAULT_SWITCH");
  char operation[16], code[16], mode[16], part[200];
  unsigned int number;

  snprintf (plan.log, sizeof plan.log, "%s", log != NULL ? log : "");
  snprintf (plan.wait, sizeof plan.wait, "%s", wait != NULL ? wait : "");
  if (value != NULL && sscanf (value, "%15[^,],%u,%15[^,],%15[^,],%199s", operation,
                               &number, code, mode, part) == 5)
    fault_plan (operation, number, parse_code (code), parse_mode (mode), part);
}
