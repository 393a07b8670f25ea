/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/after-frame.h"

struct _KutipAfterFrame
{
  GtkWidget *widget;
  KutipAfterFrameUpdate update;
  gpointer data;

  gboolean is_queued;
  guint tick; /* waits for the frame */
  guint idle; /* waits for its end */
  gulong on_map;
};

static void
stop_waiting (KutipAfterFrame *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick);
  self->tick = 0;
  g_clear_handle_id (&self->idle, g_source_remove);
}

static gboolean
on_idle (gpointer data)
{
  KutipAfterFrame *self = data;

  self->idle = 0;
  kutip_after_frame_flush (self);
  return G_SOURCE_REMOVE;
}

/* Behind the keys that wait and the frame that is being made. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  KutipAfterFrame *self = data;

  self->tick = 0;
  self->idle = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, on_idle, self, NULL);
  return G_SOURCE_REMOVE;
}

KutipAfterFrame *
kutip_after_frame_new (GtkWidget *widget, KutipAfterFrameUpdate update, gpointer data)
{
  KutipAfterFrame *self = g_new0 (KutipAfterFrame, 1);

  self->widget = widget;
  self->update = update;
  self->data = data;
  self->on_map = g_signal_connect_swapped (widget, "map",
                                           G_CALLBACK (kutip_after_frame_flush), self);
  return self;
}

void
kutip_after_frame_free (KutipAfterFrame *self)
{
  stop_waiting (self);
  g_signal_handler_disconnect (self->widget, self->on_map);
  g_free (self);
}

void
kutip_after_frame_queue (KutipAfterFrame *self)
{
  self->is_queued = TRUE;
  if (gtk_widget_get_root (self->widget) == NULL)
    kutip_after_frame_flush (self);
  else if (gtk_widget_get_mapped (self->widget) && self->tick == 0 && self->idle == 0)
    self->tick = gtk_widget_add_tick_callback (self->widget, on_tick, self, NULL);
}

void
kutip_after_frame_flush (KutipAfterFrame *self)
{
  stop_waiting (self);
  if (!self->is_queued)
    return;
  self->is_queued = FALSE;
  self->update (self->data);
}
