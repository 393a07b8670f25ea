/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/drop-layer.h"

#include <gio/gio.h>

/* So many are freed at once. */
#define FEW_SPANS 2000

static void
drop_layer (GTask *task, gpointer source, gpointer layer, GCancellable *cancellable)
{
  g_object_unref (layer);
  g_task_return_boolean (task, TRUE);
}

static void
drop_spans (GTask *task, gpointer source, gpointer spans, GCancellable *cancellable)
{
  g_ptr_array_unref (spans);
  g_task_return_boolean (task, TRUE);
}

static void
drop_changes (GTask *task, gpointer source, gpointer changes, GCancellable *cancellable)
{
  g_ptr_array_unref (changes);
  g_task_return_boolean (task, TRUE);
}

static void
drop_history (GTask *task, gpointer source, gpointer history, GCancellable *cancellable)
{
  g_object_unref (history);
  g_task_return_boolean (task, TRUE);
}

/* Not by the task's own destroy function, which would run in the main thread. */
static void
drop_in_thread (gpointer data, GTaskThreadFunc drop)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, drop_in_thread);
  g_task_set_task_data (task, data, NULL);
  g_task_run_in_thread (task, drop);
}

void
kutip_drop_layer (KutipLayer *layer)
{
  if (kutip_layer_get_n_spans (layer) < FEW_SPANS)
    g_object_unref (layer);
  else
    drop_in_thread (layer, drop_layer);
}

void
kutip_drop_spans (GPtrArray *spans)
{
  if (spans->len < FEW_SPANS)
    g_ptr_array_unref (spans);
  else
    drop_in_thread (spans, drop_spans);
}

void
kutip_drop_changes (GPtrArray *changes)
{
  guint n = 0;

  if (changes == NULL)
    return;
  for (guint i = 0; i < changes->len; i++)
    n += kutip_change_get_n_edits (g_ptr_array_index (changes, i));
  if (n < FEW_SPANS)
    g_ptr_array_unref (changes);
  else
    drop_in_thread (changes, drop_changes);
}

void
kutip_drop_history (KutipHistory *history)
{
  guint n = 0;

  for (guint i = 0; i < kutip_history_get_n_changes (history); i++)
    n += kutip_change_get_n_edits (kutip_history_get_nth (history, i));
  if (n < FEW_SPANS)
    g_object_unref (history);
  else
    drop_in_thread (history, drop_history);
}
