/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/open.h"

/* So long reading the annotations waits for the text to be shown, at most. */
#define SHOWING_TIME (50 * G_TIME_SPAN_MILLISECOND)

/* What an asynchronous opening needs, copied. */
typedef struct
{
  GFile *file;
  char *charset;
  char *annotator;
  KutipOpenOptions options;
} Request;

static void
free_request (gpointer data)
{
  Request *self = data;

  g_object_unref (self->file);
  g_free (self->charset);
  g_free (self->annotator);
  g_free (self);
}

static void
free_result (gpointer data)
{
  kutip_opened_free (data);
}

/* The text, on its way to whoever opens it. */
typedef struct
{
  GTask *task;
  KutipArticle *article;
  GMutex mutex;
  GCond shown;
  gboolean is_shown;
} Delivery;

static void
clear_delivery (gpointer data)
{
  Delivery *self = data;

  g_object_unref (self->task);
  g_object_unref (self->article);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->shown);
}

static void
release_delivery (gpointer delivery)
{
  g_atomic_rc_box_release_full (delivery, clear_delivery);
}

static gboolean
note_shown (gpointer data)
{
  Delivery *self = data;

  g_mutex_lock (&self->mutex);
  self->is_shown = TRUE;
  g_cond_signal (&self->shown);
  g_mutex_unlock (&self->mutex);
  return G_SOURCE_REMOVE;
}

/* What is to be painted now is painted before a source of this priority has its turn. */
static void
await_idle (Delivery *self)
{
  g_autoptr (GSource) idle = g_idle_source_new ();

  g_source_set_static_name (idle, "[kutip] text is shown");
  g_source_set_callback (idle, note_shown, g_atomic_rc_box_acquire (self),
                         release_delivery);
  g_source_attach (idle, g_task_get_context (self->task));
}

static gboolean
deliver_text (gpointer data)
{
  Delivery *self = data;
  Request *request = g_task_get_task_data (self->task);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    return note_shown (self);
  request->options.text_ready (self->article, request->options.text_ready_data);
  await_idle (self);
  return G_SOURCE_REMOVE;
}

static void
await_shown (Delivery *self)
{
  gint64 end = g_get_monotonic_time () + SHOWING_TIME;

  g_mutex_lock (&self->mutex);
  while (!self->is_shown && g_cond_wait_until (&self->shown, &self->mutex, end))
    ;
  g_mutex_unlock (&self->mutex);
}

/* Whoever reads the annotations meanwhile takes a processor, locks and memory from who
 * paints the text: that took twice as long. */
static void
send_text (KutipArticle *article, gpointer data)
{
  Delivery *delivery = g_atomic_rc_box_new0 (Delivery);

  delivery->task = g_object_ref (data);
  delivery->article = g_object_ref (article);
  g_mutex_init (&delivery->mutex);
  g_cond_init (&delivery->shown);
  g_main_context_invoke_full (g_task_get_context (data), g_task_get_priority (data),
                              deliver_text, g_atomic_rc_box_acquire (delivery),
                              release_delivery);
  await_shown (delivery);
  release_delivery (delivery);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  KutipOpenOptions options = request->options;
  g_autoptr (GError) error = NULL;
  KutipOpened *opened;

  if (options.text_ready != NULL)
    {
      options.text_ready = send_text;
      options.text_ready_data = task;
    }
  opened = kutip_open (request->file, &options, cancellable, &error);
  if (opened != NULL)
    opened->check = kutip_check_new (opened->document);
  if (opened != NULL)
    g_task_return_pointer (task, opened, free_result);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
kutip_open_async (GFile *file,
                  const KutipOpenOptions *options,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_return_if_fail (G_IS_FILE (file));

  request = g_new0 (Request, 1);
  request->file = g_object_ref (file);
  if (options != NULL)
    {
      request->options = *options;
      request->options.charset = request->charset = g_strdup (options->charset);
      request->options.annotator = request->annotator = g_strdup (options->annotator);
    }
  task = g_task_new (file, cancellable, callback, data);
  g_task_set_source_tag (task, kutip_open_async);
  g_task_set_task_data (task, request, free_request);
  g_task_run_in_thread (task, open_in_thread);
}

KutipOpened *
kutip_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kutip_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
