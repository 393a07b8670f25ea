/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page-scroll.h"

#include "ui/after-frame.h"

struct _KutipPageScroll
{
  GObject parent_instance;

  KutipPageView *view;      /* borrowed */
  GtkAdjustment *place;     /* the bar's own */
  GSignalGroup *near;       /* of the view's adjustment */
  KutipAfterFrame *arrival; /* at another text */
  gconstpointer text;       /* what the bar is about; only compared */
  gboolean is_stale;        /* it is still about the one before */
  gboolean following;       /* the bar is being set to where the view is */
  gboolean leading;         /* the view is being set to where the bar is */
};

G_DEFINE_FINAL_TYPE (KutipPageScroll, kutip_page_scroll, G_TYPE_OBJECT)

static GtkAdjustment *
get_near (KutipPageScroll *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
}

static void
follow_pixels (KutipPageScroll *self)
{
  GtkAdjustment *near = get_near (self);

  if (near == NULL)
    return;
  gtk_adjustment_configure (
      self->place, gtk_adjustment_get_value (near), gtk_adjustment_get_lower (near),
      gtk_adjustment_get_upper (near), gtk_adjustment_get_step_increment (near),
      gtk_adjustment_get_page_increment (near), gtk_adjustment_get_page_size (near));
}

static void
follow_text (KutipPageScroll *self)
{
  double length = kutip_text_get_length (kutip_page_view_get_text (self->view));
  double top, bottom, size;

  kutip_page_view_get_span_in_view (self->view, &top, &bottom);
  size = MAX (bottom - top, 1);
  gtk_adjustment_configure (self->place, top, 0, length, size / 10, size * 0.9, size);
}

static void
catch_up (gpointer data)
{
  KutipPageScroll *self = data;

  self->is_stale = FALSE;
  self->following = TRUE;
  if (kutip_page_view_is_whole (self->view))
    follow_pixels (self);
  else
    follow_text (self);
  self->following = FALSE;
}

/* When another text is shown than the one before, it is painted first: the bar reaches
 * from top to bottom beside a margin, so that one frame for both would be a quarter
 * larger. */
static void
follow (KutipPageScroll *self)
{
  gconstpointer before = self->text;

  self->text = kutip_page_view_get_text (self->view);
  if (before != NULL && self->text != before)
    {
      self->is_stale = TRUE;
      kutip_after_frame_queue (self->arrival);
    }
  if (!self->is_stale && !self->leading)
    catch_up (self);
}

/* While the page is part of the text, only “moved” tells when its places are known. */
static void
on_near_changed (KutipPageScroll *self)
{
  if (kutip_page_view_is_whole (self->view))
    follow (self);
}

static void
lead (KutipPageScroll *self)
{
  double value = gtk_adjustment_get_value (self->place);
  double size = gtk_adjustment_get_page_size (self->place);
  double length = gtk_adjustment_get_upper (self->place);

  if (kutip_page_view_is_whole (self->view))
    gtk_adjustment_set_value (get_near (self), value);
  else if (value + size >= length - 0.5)
    kutip_page_view_show (self->view, (guint) length, 1);
  else
    kutip_page_view_set_top (self->view, value);
}

static void
on_bar_moved (KutipPageScroll *self)
{
  if (self->following)
    return;
  /* Where the bar is says nothing of this text yet. */
  if (self->is_stale)
    {
      kutip_after_frame_flush (self->arrival);
      return;
    }
  self->leading = TRUE;
  lead (self);
  self->leading = FALSE;
}

static void
on_adjustment_changed (KutipPageScroll *self)
{
  g_signal_group_set_target (self->near, get_near (self));
  follow (self);
}

static void
dispose (GObject *object)
{
  KutipPageScroll *self = KUTIP_PAGE_SCROLL (object);

  g_clear_pointer (&self->arrival, kutip_after_frame_free);
  g_clear_object (&self->near);
  g_clear_object (&self->place);
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
  self->place = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  self->near = g_signal_group_new (GTK_TYPE_ADJUSTMENT);
  g_signal_group_connect_swapped (self->near, "changed", G_CALLBACK (on_near_changed),
                                  self);
  g_signal_group_connect_swapped (self->near, "value-changed",
                                  G_CALLBACK (on_near_changed), self);
}

KutipPageScroll *
kutip_page_scroll_new (KutipPageView *view, GtkScrollbar *bar)
{
  KutipPageScroll *self = g_object_new (KUTIP_TYPE_PAGE_SCROLL, NULL);

  self->view = view;
  self->arrival = kutip_after_frame_new (GTK_WIDGET (view), catch_up, self);
  gtk_scrollbar_set_adjustment (bar, self->place);
  g_signal_connect_object (self->place, "value-changed", G_CALLBACK (on_bar_moved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "moved", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::vadjustment",
                           G_CALLBACK (on_adjustment_changed), self, G_CONNECT_SWAPPED);
  on_adjustment_changed (self);
  return self;
}
