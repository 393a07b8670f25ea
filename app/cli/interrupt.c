/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interrupt.h"

#include <signal.h>

static GCancellable *cancellable;
static int caught; /* the signal, or 0; atomic */

static void
fill_set (sigset_t *set)
{
  sigemptyset (set);
  sigaddset (set, SIGINT);
  sigaddset (set, SIGTERM);
  sigaddset (set, SIGHUP);
}

static gpointer
wait_for_signal (gpointer data)
{
  sigset_t set;
  int number;

  fill_set (&set);
  if (sigwait (&set, &number) == 0)
    {
      g_atomic_int_set (&caught, number);
      g_cancellable_cancel (cancellable);
    }
  return NULL;
}

GCancellable *
kutip_interrupt_watch (void)
{
  sigset_t set;

  g_return_val_if_fail (cancellable == NULL, cancellable);

  cancellable = g_cancellable_new ();
  fill_set (&set);
  /* All threads inherit it, so that only the one that waits gets the signal. */
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  g_thread_unref (g_thread_new ("interrupt", wait_for_signal, NULL));
  return cancellable;
}

void
kutip_interrupt_finish (void)
{
  int number = g_atomic_int_get (&caught);
  sigset_t set;

  if (number == 0)
    return;
  signal (number, SIG_DFL);
  raise (number);
  sigemptyset (&set);
  sigaddset (&set, number);
  pthread_sigmask (SIG_UNBLOCK, &set, NULL);
}
