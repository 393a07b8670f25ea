/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/watch.h"

#include "store/stamp.h"

#include <string.h>

/* Milliseconds: until a burst of events is over, and then until our own write has had the
 * time to be announced. */
#define SETTLE_DELAY 200
#define CONFIRM_DELAY 300
#define MAX_BYTES ((gsize) 1 << 30)

struct _KutipWatch
{
  GObject parent_instance;

  GFile *file;
  GFileMonitor *monitor;
  GCancellable *cancellable;
  char known[65]; /* digest of what the file should hold; "" for no file */
  gboolean is_known;
  guint timer;
  gboolean looking;    /* in a thread */
  gboolean look_again; /* something happened meanwhile */
  gboolean suspicious; /* the last look found something else */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipWatch, kutip_watch, G_TYPE_OBJECT)

static void schedule (KutipWatch *self, guint delay);

static void
free_stamp (gpointer stamp)
{
  g_free (stamp);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GFile *file = data;
  KutipStamp *stamp = g_new0 (KutipStamp, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      kutip_stamp_read (file, MAX_BYTES, stamp, cancellable, &error);

  if (error == NULL)
    g_task_return_pointer (task, stamp, free_stamp);
  else
    {
      g_free (stamp);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/* What differs is looked at once more before it is told. A file that cannot be read right
 * now is not another one. */
static void
judge (KutipWatch *self, const KutipStamp *stamp)
{
  if (!self->is_known)
    {
      self->is_known = TRUE;
      g_strlcpy (self->known, stamp->sha256, sizeof self->known);
    }
  if (strcmp (stamp->sha256, self->known) == 0)
    {
      self->suspicious = FALSE;
      return;
    }
  if (!self->suspicious)
    {
      self->suspicious = TRUE;
      schedule (self, CONFIRM_DELAY);
      return;
    }
  self->suspicious = FALSE;
  g_strlcpy (self->known, stamp->sha256, sizeof self->known);
  g_signal_emit (self, signals[CHANGED], 0, stamp->exists);
}

static void
finish_look (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KutipWatch) self = data;
  g_autofree KutipStamp *stamp = g_task_propagate_pointer (G_TASK (result), NULL);

  self->looking = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (stamp != NULL)
    judge (self, stamp);
  if (self->look_again && self->timer == 0)
    schedule (self, SETTLE_DELAY);
  self->look_again = FALSE;
}

static gboolean
on_timer (gpointer data)
{
  KutipWatch *self = data;
  g_autoptr (GTask) task = NULL;

  self->timer = 0;
  if (self->looking)
    {
      self->look_again = TRUE;
      return G_SOURCE_REMOVE;
    }
  self->looking = TRUE;
  /* The watch is no source object: the thread would be the last to let go of it now and
   * then. */
  task = g_task_new (NULL, self->cancellable, finish_look, g_object_ref (self));
  g_task_set_source_tag (task, on_timer);
  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  g_task_run_in_thread (task, look_in_thread);
  return G_SOURCE_REMOVE;
}

static void
schedule (KutipWatch *self, guint delay)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (delay, on_timer, self);
}

static void
on_monitor_changed (GFileMonitor *monitor,
                    GFile *file,
                    GFile *other_file,
                    GFileMonitorEvent event,
                    KutipWatch *self)
{
  schedule (self, SETTLE_DELAY);
}

/* Watching begins in a thread: the kernel goes through all the names it remembers of the
 * folder, which takes long in a large one. */
static void
monitor_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (
      task, g_file_monitor_file (data, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL),
      g_object_unref);
}

static void
finish_monitoring (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KutipWatch) self = data;
  g_autoptr (GFileMonitor) monitor = g_task_propagate_pointer (G_TASK (result), NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      if (monitor != NULL)
        g_file_monitor_cancel (monitor);
      return;
    }
  /* Where files cannot be watched, nothing is told; saving compares all the same. */
  if (monitor != NULL)
    g_signal_connect (monitor, "changed", G_CALLBACK (on_monitor_changed), self);
  self->monitor = g_steal_pointer (&monitor);
  /* What happened before is seen now. */
  schedule (self, SETTLE_DELAY);
}

static void
kutip_watch_dispose (GObject *object)
{
  KutipWatch *self = KUTIP_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (kutip_watch_parent_class)->dispose (object);
}

static void
kutip_watch_finalize (GObject *object)
{
  KutipWatch *self = KUTIP_WATCH (object);

  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (kutip_watch_parent_class)->finalize (object);
}

static void
kutip_watch_class_init (KutipWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kutip_watch_dispose;
  object_class->finalize = kutip_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", KUTIP_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
kutip_watch_init (KutipWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

KutipWatch *
kutip_watch_new (GFile *file)
{
  KutipWatch *self;
  g_autoptr (GTask) task = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (KUTIP_TYPE_WATCH, NULL);
  self->file = g_object_ref (file);
  task = g_task_new (NULL, self->cancellable, finish_monitoring, g_object_ref (self));
  g_task_set_source_tag (task, kutip_watch_new);
  /* So that no monitor is let go of in the thread. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, monitor_in_thread);
  return self;
}

void
kutip_watch_expect (KutipWatch *self, const char *sha256)
{
  g_return_if_fail (KUTIP_IS_WATCH (self));
  g_return_if_fail (sha256 != NULL);

  g_strlcpy (self->known, sha256, sizeof self->known);
  self->is_known = TRUE;
  self->suspicious = FALSE;
}

GFile *
kutip_watch_get_file (KutipWatch *self)
{
  g_return_val_if_fail (KUTIP_IS_WATCH (self), NULL);

  return self->file;
}
