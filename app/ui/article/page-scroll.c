/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page-scroll.h"

struct _KutipPageScroll
{
  GObject parent_instance;

  KutipPageView *view; /* borrowed */
  GtkScrollbar *bar;   /* borrowed */
  GtkAdjustment *far;  /* in code points */
  gboolean following;  /* the bar is being set to where the view is */
  gboolean leading;    /* the view is being set to where the bar is */
};

G_DEFINE_FINAL_TYPE (KutipPageScroll, kutip_page_scroll, G_TYPE_OBJECT)

static void
follow (KutipPageScroll *self)
{
  GtkAdjustment *near = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  gboolean whole = kutip_page_view_is_whole (self->view);
  double top, bottom, size, length;

  if (gtk_scrollbar_get_adjustment (self->bar) != (whole ? near : self->far))
    gtk_scrollbar_set_adjustment (self->bar, whole ? near : self->far);
  if (whole || self->leading)
    return;
  kutip_page_view_get_span_in_view (self->view, &top, &bottom);
  size = MAX (bottom - top, 1);
  length = kutip_text_get_length (kutip_page_view_get_text (self->view));
  self->following = TRUE;
  gtk_adjustment_configure (self->far, top, 0, length, size / 10, size * 0.9, size);
  self->following = FALSE;
}

static void
on_bar_moved (KutipPageScroll *self)
{
  double value = gtk_adjustment_get_value (self->far);
  double size = gtk_adjustment_get_page_size (self->far);
  double length = gtk_adjustment_get_upper (self->far);

  if (self->following || kutip_page_view_is_whole (self->view))
    return;
  self->leading = TRUE;
  if (value + size >= length - 0.5)
    kutip_page_view_show (self->view, (guint) length, 1);
  else
    kutip_page_view_set_top (self->view, value);
  self->leading = FALSE;
}

static void
dispose (GObject *object)
{
  KutipPageScroll *self = KUTIP_PAGE_SCROLL (object);

  g_clear_object (&self->far);
  G_OBJECT_CLASS (kutip_page_scroll_parent_class)->dispose (object);
}

static void
kutip_page_scroll_class_init (KutipPageScrollClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dispose;
}

static void
kutip_page_scroll_init (KutipPageScroll *self)
{
  self->far = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (self->far, "value-changed", G_CALLBACK (on_bar_moved), self,
                           G_CONNECT_SWAPPED);
}

KutipPageScroll *
kutip_page_scroll_new (KutipPageView *view, GtkScrollbar *bar)
{
  KutipPageScroll *self = g_object_new (KUTIP_TYPE_PAGE_SCROLL, NULL);

  self->view = view;
  self->bar = bar;
  g_signal_connect_object (view, "moved", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::vadjustment", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  follow (self);
  return self;
}
