/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/article-view-private.h"

/* What is drawn on the text and can be pressed: a badge picks its span, and dragged to
 * another span links the two; a link's title leads to the link's other end. Hangs on the
 * view. */
typedef struct
{
  KutipArticleView *view; /* borrowed: it owns this */
  gboolean on_badge;      /* the press was on a badge, and not on a title */
  gboolean dragging;      /* … and a link is being drawn from it */
  const char *cursor;     /* the pointer's, by name */
} Handles;

static KutipLayer *
get_layer (KutipArticleView *view)
{
  return kutip_document_get_layer (kutip_annotator_get_document (view->annotator));
}

static void
to_buffer (KutipArticleView *view, double x, double y, int *buffer_x, int *buffer_y)
{
  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (view->page_view),
                                         GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         buffer_x, buffer_y);
}

/* The span of the badge at that place, or NULL. */
static KutipSpan *
find_badge (KutipArticleView *view, double x, double y)
{
  const char *id;
  int buffer_x, buffer_y;

  to_buffer (view, x, y, &buffer_x, &buffer_y);
  id = kutip_highlight_painter_find_badge (view->painter, buffer_x, buffer_y);
  return id != NULL ? kutip_layer_get_span (get_layer (view), id) : NULL;
}

/* Where the link's title at that place leads to, or NULL. */
static KutipSpan *
find_title (KutipArticleView *view, double x, double y)
{
  const char *id;
  int buffer_x, buffer_y;

  to_buffer (view, x, y, &buffer_x, &buffer_y);
  id = kutip_link_painter_find (view->links, buffer_x, buffer_y);
  return id != NULL ? kutip_layer_get_span (get_layer (view), id) : NULL;
}

gboolean
kutip_article_view_is_on_handle (KutipArticleView *self, double x, double y)
{
  return self->annotator != NULL &&
         (kutip_article_view_is_on_grip (self, x, y) || find_badge (self, x, y) != NULL ||
          find_title (self, x, y) != NULL);
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, Handles *self)
{
  KutipArticleView *view = self->view;
  KutipSpan *span;

  self->dragging = FALSE;
  if (!kutip_article_view_is_on_handle (view, x, y) ||
      kutip_article_view_is_on_grip (view, x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  kutip_article_view_grab_focus (view);
  kutip_label_popover_hide (view->popover);
  span = find_badge (view, x, y);
  self->on_badge = span != NULL;
  if (span == NULL)
    span = find_title (view, x, y);
  kutip_annotator_set_current (view->annotator, span, !self->on_badge);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, Handles *self)
{
  if (self->dragging || !self->on_badge ||
      kutip_annotator_is_linking (self->view->annotator) ||
      !gtk_drag_check_threshold (GTK_WIDGET (self->view->page_view), 0, 0, (int) dx,
                                 (int) dy))
    return;
  kutip_annotator_start_link (self->view->annotator, NULL);
  self->dragging = kutip_annotator_is_linking (self->view->annotator);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, Handles *self)
{
  KutipSpan *target;
  double x, y;

  if (!self->dragging || self->view->annotator == NULL ||
      !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  self->dragging = FALSE;
  target = find_badge (self->view, x + dx, y + dy);
  if (target == NULL)
    target = kutip_article_view_find_span (self->view, x + dx, y + dy);
  if (target != NULL && kutip_annotator_is_link_target (self->view->annotator, target))
    kutip_annotator_set_current (self->view->annotator, target, FALSE);
  else
    kutip_annotator_cancel_link (self->view->annotator);
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, Handles *self)
{
  const char *cursor = "text";

  if (kutip_article_view_is_on_grip (self->view, x, y))
    cursor = "col-resize";
  else if (kutip_article_view_is_on_handle (self->view, x, y))
    cursor = "pointer";
  /* Each time it is set it is read from its file, and motion is told after every layout.
   */
  if (g_str_equal (cursor, self->cursor))
    return;
  self->cursor = cursor;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->view->page_view), cursor);
}

void
kutip_article_view_attach_handles (KutipArticleView *view)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  Handles *self = g_new0 (Handles, 1);

  self->view = view;
  self->cursor = "";
  g_object_set_data_full (G_OBJECT (view), "kutip-handles", self, g_free);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (GTK_WIDGET (view->page_view), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (view->page_view), motion);
}
