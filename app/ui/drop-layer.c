/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/drop-layer.h"

#include <gio/gio.h>

/* So many are freed at once. */
#define FEW_SPANS 2000

static void
drop (GTask *task, gpointer source, gpointer layer, GCancellable *cancellable)
{
  g_object_unref (layer);
  g_task_return_boolean (task, TRUE);
}

void
kutip_drop_layer (KutipLayer *layer)
{
  g_autoptr (GTask) task = NULL;

  if (kutip_layer_get_n_spans (layer) < FEW_SPANS)
    {
      g_object_unref (layer);
      return;
    }
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, kutip_drop_layer);
  g_task_set_task_data (task, layer, NULL);
  g_task_run_in_thread (task, drop);
}
