/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/drop-layer.h"

#include <gio/gio.h>

/* So many are freed at once. */
#define FEW_SPANS 2000

static void
drop_object (GTask *task, gpointer source, gpointer object, GCancellable *cancellable)
{
  g_object_unref (object);
  g_task_return_boolean (task, TRUE);
}

static void
drop_array (GTask *task, gpointer source, gpointer array, GCancellable *cancellable)
{
  g_ptr_array_unref (array);
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
    drop_in_thread (layer, drop_object);
}

void
kutip_drop_spans (GPtrArray *spans)
{
  if (spans->len < FEW_SPANS)
    g_ptr_array_unref (spans);
  else
    drop_in_thread (spans, drop_array);
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
    drop_in_thread (changes, drop_array);
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
    drop_in_thread (history, drop_object);
}
