/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/memory.h"

#include <gio/gio.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Less than what comes from the system each time, and more than lies around in one piece;
 * bytes. */
#define LARGE (4 * 1024 * 1024)
/* What putting in order takes where a few hundred pieces lie around; microseconds. */
#define TRIFLE 20
/* Until what was read is on the screen and around it, what that leaves is used again;
 * milliseconds. */
#define SETTLED 400
/* What is kept at the end of the heap; bytes. */
#define KEPT (12 * 1024 * 1024)

/* A large article's text and sidecar go back to the system when they are freed. Left
 * alone, glibc raises the size from which it does so with each large block that it gets
 * back, and keeps a heap for each thread that ever opened an article. What a frame is
 * painted on is kept, though: getting it anew costs a millisecond each time. What is
 * small is joined when it is freed, by the thread that does so: otherwise whoever next
 * asks for something large joins all that lies around, for 0.1 s after a thread has freed
 * 100,000 annotations. */
void
kutip_memory_keep_small (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 8 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, KEPT);
  mallopt (M_ARENA_MAX, 2);
  mallopt (M_MXFAST, 0);
#endif
}

void
kutip_memory_give_back (void)
{
#ifdef __GLIBC__
  malloc_trim (KEPT);
#endif
}

static void
give_back_here (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  kutip_memory_give_back ();
  g_task_return_boolean (task, TRUE);
}

static gboolean
begin_giving_back (gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_run_in_thread (task, give_back_here);
  return G_SOURCE_REMOVE;
}

void
kutip_memory_give_back_soon (void)
{
  g_timeout_add (SETTLED, begin_giving_back, NULL);
}

gboolean
kutip_memory_put_in_order (void)
{
  gint64 start = g_get_monotonic_time ();
  /* To find room for so much, glibc first puts up to 10,000 freed pieces where pieces of
   * their size belong. */
  gpointer volatile large = malloc (LARGE);

  free (large);
  return g_get_monotonic_time () - start > TRIFLE;
}
