/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <gio/gio.h>
#include <string.h>

/* For LD_PRELOAD: holds a thread of the program in the middle of its work, at a place and
 * not at a moment, so that a test can look at the window meanwhile. The thread is that of
 * the GTask called KUTIP_HOLD_TASK, the place where it counts a reference up for the
 * KUTIP_HOLD_AT-th time. It is held as long as the file KUTIP_HOLD_FILE is there, and
 * says that it is by the file of that name with ".held" behind it. */

typedef void (*RunInThread) (GTask *, GTaskThreadFunc);
typedef void (*CountUp) (gatomicrefcount *);

/* What is left to count in this thread; 0: it is none to hold, or has been held. */
static _Thread_local guint64 n_left;

static void
hold (void)
{
  const char *file = g_getenv ("KUTIP_HOLD_FILE");
  g_autofree char *held = g_strconcat (file, ".held", NULL);

  g_file_set_contents (held, "", 0, NULL);
  while (g_file_test (file, G_FILE_TEST_EXISTS))
    g_usleep (5000);
}

/* GLib has a macro of the same name around it. */
#undef g_atomic_ref_count_inc
void
g_atomic_ref_count_inc (gatomicrefcount *count)
{
  static CountUp next;

  if (g_once_init_enter (&next))
    g_once_init_leave (&next, (CountUp) dlsym (RTLD_NEXT, "g_atomic_ref_count_inc"));
  next (count);
  if (n_left > 0 && --n_left == 0)
    hold ();
}

static void
run_held (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GTaskThreadFunc func =
      (GTaskThreadFunc) g_object_get_data (G_OBJECT (task), "kutip-held");

  n_left = g_ascii_strtoull (g_getenv ("KUTIP_HOLD_AT"), NULL, 10);
  func (task, source, data, cancellable);
  n_left = 0;
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  RunInThread next = (RunInThread) dlsym (RTLD_NEXT, "g_task_run_in_thread");

  if (g_strcmp0 (g_task_get_name (task), g_getenv ("KUTIP_HOLD_TASK")) == 0)
    {
      g_object_set_data (G_OBJECT (task), "kutip-held", (gpointer) func);
      next (task, run_held);
    }
  else
    next (task, func);
}
