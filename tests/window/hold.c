/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both names of each function are defined here, so neither may be made of the other. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdarg.h>

/* For LD_PRELOAD: holds a thread of the program in the middle of its work, at a place and
 * not at a moment, so that a test can look at the window meanwhile. The thread is that of
 * the GTask called KUTIP_HOLD_TASK, or one of the pools that it makes; the place is where
 * the task's own counts a reference up for the KUTIP_HOLD_AT-th time, or where any of
 * them opens a file whose path ends with KUTIP_HOLD_OPENING. It is held as long as the
 * file KUTIP_HOLD_FILE is there, and says that it is by the file of that name with
 * ".held" behind it. */

typedef void (*RunInThread) (GTask *, GTaskThreadFunc);
typedef void (*CountUp) (gatomicrefcount *);
typedef GThreadPool *(*NewPool) (GFunc, gpointer, gint, gboolean, GError **);
typedef int (*OpenAt) (int, const char *, int, ...);

typedef struct
{
  GFunc func;
  gpointer data;
} Work;

/* What is left to count in this thread; 0: it is none to hold, or has been held. */
static _Thread_local guint64 n_left;
static _Thread_local gboolean is_of_task;

/* Not declared without their macros, and called all the same by a program with checks. */
int __open_2 (const char *path, int flags);
int __open64_2 (const char *path, int flags);

static void
hold (void)
{
  const char *file = g_getenv ("KUTIP_HOLD_FILE");
  g_autofree char *held = g_strconcat (file, ".held", NULL);

  g_file_set_contents (held, "", 0, NULL);
  while (g_file_test (file, G_FILE_TEST_EXISTS))
    g_usleep (5000);
}

/* Looked up each time: what it costs is nothing beside a window. */
static gpointer
find_next (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

/* --- places --- */

/* GLib has a macro of the same name around it. */
#undef g_atomic_ref_count_inc
void
g_atomic_ref_count_inc (gatomicrefcount *count)
{
  static CountUp next;

  if (g_once_init_enter (&next))
    g_once_init_leave (&next, (CountUp) find_next ("g_atomic_ref_count_inc"));
  next (count);
  if (n_left > 0 && --n_left == 0)
    hold ();
}

static gboolean
is_place (const char *path)
{
  const char *end = g_getenv ("KUTIP_HOLD_OPENING");

  return end != NULL && g_str_has_suffix (path, end);
}

static int
open_through (const char *path, int flags, mode_t mode)
{
  if (is_of_task && is_place (path) &&
      g_file_test (g_getenv ("KUTIP_HOLD_FILE"), G_FILE_TEST_EXISTS))
    hold ();
  return ((OpenAt) find_next ("openat64")) (AT_FDCWD, path, flags, mode);
}

#define DEFINE_OPEN(name)                                                                \
  int name (const char *path, int flags, ...)                                            \
  {                                                                                      \
    va_list arguments;                                                                   \
    mode_t mode;                                                                         \
    va_start (arguments, flags);                                                         \
    mode = flags & (O_CREAT | O_TMPFILE) ? va_arg (arguments, mode_t) : 0;               \
    va_end (arguments);                                                                  \
    return open_through (path, flags, mode);                                             \
  }

DEFINE_OPEN (open)
DEFINE_OPEN (open64)

int
__open_2 (const char *path, int flags)
{
  return open_through (path, flags, 0);
}

int
__open64_2 (const char *path, int flags)
{
  return open_through (path, flags, 0);
}

/* --- threads --- */

static void
run_held (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GTaskThreadFunc func =
      (GTaskThreadFunc) g_object_get_data (G_OBJECT (task), "kutip-held");
  const char *at = g_getenv ("KUTIP_HOLD_AT");

  n_left = at == NULL ? 0 : g_ascii_strtoull (at, NULL, 10);
  is_of_task = TRUE;
  func (task, source, data, cancellable);
  is_of_task = FALSE;
  n_left = 0;
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  RunInThread next = (RunInThread) find_next ("g_task_run_in_thread");

  if (g_strcmp0 (g_task_get_name (task), g_getenv ("KUTIP_HOLD_TASK")) == 0)
    {
      g_object_set_data (G_OBJECT (task), "kutip-held", (gpointer) func);
      next (task, run_held);
    }
  else
    next (task, func);
}

static void
run_pooled (gpointer item, gpointer data)
{
  const Work *work = data;

  is_of_task = TRUE;
  work->func (item, work->data);
  is_of_task = FALSE;
}

GThreadPool *
g_thread_pool_new (
    GFunc func, gpointer data, gint most, gboolean exclusive, GError **error)
{
  NewPool next = (NewPool) find_next ("g_thread_pool_new");
  Work *work;

  if (!is_of_task)
    return next (func, data, most, exclusive, error);
  /* Nobody says when the pool is gone: it is kept. */
  work = g_new (Work, 1);
  *work = (Work){ func, data };
  return next (run_pooled, work, most, exclusive, error);
}
