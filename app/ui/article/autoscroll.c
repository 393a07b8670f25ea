/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/autoscroll.h"

#include <math.h>

/* Pixels a frame. */
#define FASTEST 60

struct _KutipAutoscroll
{
  KutipPageView *view;
  void (*func) (gpointer data);
  gpointer data;
  double y;
  guint tick; /* callback, while it scrolls */
};

KutipAutoscroll *
kutip_autoscroll_new (KutipPageView *view, void (*func) (gpointer data), gpointer data)
{
  KutipAutoscroll *self = g_new0 (KutipAutoscroll, 1);

  self->view = view;
  self->func = func;
  self->data = data;
  return self;
}

void
kutip_autoscroll_free (KutipAutoscroll *self)
{
  g_free (self);
}

/* How far the pointer is beyond an edge, negative above. */
static double
get_overshoot (KutipAutoscroll *self)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->view));

  if (self->y < 0)
    return self->y;
  return self->y > height ? self->y - height : 0;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  KutipAutoscroll *self = data;

  kutip_page_view_scroll_by (self->view,
                             CLAMP (get_overshoot (self) / 3, -FASTEST, FASTEST));
  self->func (self->data);
  return G_SOURCE_CONTINUE;
}

void
kutip_autoscroll_set_y (KutipAutoscroll *self, double y)
{
  self->y = y;
  if (fabs (get_overshoot (self)) < 1)
    kutip_autoscroll_stop (self);
  else if (self->tick == 0)
    self->tick =
        gtk_widget_add_tick_callback (GTK_WIDGET (self->view), on_tick, self, NULL);
}

void
kutip_autoscroll_stop (KutipAutoscroll *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->tick);
  self->tick = 0;
}
