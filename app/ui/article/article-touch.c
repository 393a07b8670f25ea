/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/article-view-private.h"

/* The text widget itself does what fingers are used to: a tap puts the caret, two taps
 * select a word, and handles at its ends extend it. What is left to do is to offer the
 * labels for what they have selected, and to make buttons as large as fingers need them.
 * Hangs on the view. */
typedef struct
{
  KutipArticleView *view; /* borrowed: it owns this */
  KutipRange before;      /* anchor and caret when the first finger came down */
  guint n_fingers;
  guint offering;
} Touch;

static KutipRange
get_marks (Touch *self)
{
  return (KutipRange){ kutip_page_view_get_anchor (self->view->page_view),
                       kutip_page_view_get_caret (self->view->page_view) };
}

static gboolean
offer (gpointer data)
{
  Touch *self = data;
  KutipArticleView *view = self->view;
  KutipRange now = get_marks (self);
  gboolean same = now.start == self->before.start && now.end == self->before.end;

  self->offering = 0;
  if (view->annotator == NULL || now.start == now.end || same ||
      kutip_annotator_is_linking (view->annotator) ||
      (view->menu != NULL && gtk_widget_get_visible (view->menu)))
    return G_SOURCE_REMOVE;
  kutip_article_view_offer_labels (view, -1);
  return G_SOURCE_REMOVE;
}

static void
begin (Touch *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->view));

  if (root != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (root), "touch");
  if (self->n_fingers++ > 0)
    return;
  g_clear_handle_id (&self->offering, g_source_remove);
  self->before = get_marks (self);
  kutip_label_popover_hide (self->view->popover);
}

/* What the text widget does at the end of a touch is known to the view only after that:
 * see page-view.c. */
static void
end (Touch *self)
{
  if (self->n_fingers > 0 && --self->n_fingers == 0 && self->offering == 0)
    self->offering = g_idle_add (offer, self);
}

void
kutip_article_view_note_touch (KutipArticleView *view, GdkEventType type)
{
  Touch *self = g_object_get_data (G_OBJECT (view), "kutip-touch");

  if (type == GDK_TOUCH_BEGIN)
    begin (self);
  else if (type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL)
    end (self);
}

gboolean
kutip_article_view_is_touched (KutipArticleView *view)
{
  Touch *self = g_object_get_data (G_OBJECT (view), "kutip-touch");

  return self != NULL && self->n_fingers > 0;
}

/* Sees what gestures take for themselves, too; takes nothing. */
static gboolean
on_event (GtkEventController *controller, GdkEvent *event, KutipArticleView *view)
{
  kutip_article_view_note_touch (view, gdk_event_get_event_type (event));
  return GDK_EVENT_PROPAGATE;
}

static void
free_touch (gpointer data)
{
  Touch *self = data;

  g_clear_handle_id (&self->offering, g_source_remove);
  g_free (self);
}

void
kutip_article_view_attach_touch (KutipArticleView *view)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();
  Touch *self = g_new0 (Touch, 1);

  self->view = view;
  g_object_set_data_full (G_OBJECT (view), "kutip-touch", self, free_touch);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (on_event), view);
  gtk_widget_add_controller (GTK_WIDGET (view->page_view), events);
}
