/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

static void
stop_watching (KutipWindow *self)
{
  g_clear_object (&self->article_watch);
  g_clear_object (&self->sidecar_watch);
  g_clear_pointer (&self->tagset_watches, g_ptr_array_unref);
  g_clear_object (&self->guidelines_watch);
}

/* The title and the panes have what is open; then what there is to tell of it. */
static void
settle (gpointer data)
{
  KutipWindow *self = data;
  g_autoptr (KutipOpened) opened = g_steal_pointer (&self->adopted);

  self->is_settled = TRUE;
  kutip_window_update_actions (self);
  stop_watching (self);
  kutip_window_show_title (self);
  kutip_sidebar_set_annotator (self->sidebar, self->annotator);
  kutip_attribution_bar_set_annotator (self->attribution_bar, self->annotator);
  kutip_status_bar_set_annotator (self->status_bar, self->annotator);
  kutip_window_show_save_state (self);
  if (opened != NULL && self->annotator != NULL)
    kutip_window_welcome (self, opened);
  if (self->trace_name != NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kutip_window_settle_later (KutipWindow *self)
{
  self->is_settled = FALSE;
  g_clear_pointer (&self->adopted, kutip_opened_free);
  kutip_after_frame_queue (self->settling);
}

void
kutip_window_settle (KutipWindow *self)
{
  if (self->settling != NULL)
    kutip_after_frame_flush (self->settling);
}

/* Nobody does anything in panes that are still about another article; and what somebody
 * does comes before what nobody waits for. */
static gboolean
on_event (KutipWindow *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    kutip_window_settle (self);
  if (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_BUTTON_RELEASE ||
      type == GDK_TOUCH_BEGIN || type == GDK_TOUCH_END)
    kutip_article_view_put_off (self->article_view);
  return GDK_EVENT_PROPAGATE;
}

void
kutip_window_set_up_settling (KutipWindow *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  self->is_settled = TRUE;
  self->settling = kutip_after_frame_new (GTK_WIDGET (self), settle, self);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (on_event), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
}

KutipSidebar *
kutip_window_get_sidebar (KutipWindow *self)
{
  kutip_window_settle (self);
  return self->sidebar;
}
