/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/article-view-private.h"

#include "ui/article/autoscroll.h"

/* Held down, an edge is dragged by characters; see article-pointing.c. */
#define EXACT (GDK_ALT_MASK | GDK_CONTROL_MASK)
/* … by sentences, as after two presses. */
#define WHOLE GDK_SHIFT_MASK

/* An edge of the current span on its way; hangs on the view. */
typedef struct
{
  KutipArticleView *view; /* borrowed: it owns this */
  KutipAutoscroll *autoscroll;
  gboolean dragging;
  guint piece;
  gboolean at_end;
  double dx, dy;         /* from the pointer to the edge, as it was pressed */
  double x, y;           /* of the pointer, in the page view */
  gboolean by_sentences; /* it was pressed twice */
  KutipUnit unit;
} Edges;

static const KutipGrip *
find_grip (KutipArticleView *view, double x, double y)
{
  int buffer_x, buffer_y;

  if (view->annotator == NULL)
    return NULL;
  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (view->page_view),
                                         GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  return kutip_grips_find (view->grips, buffer_x, buffer_y,
                           kutip_article_view_is_touched (view));
}

gboolean
kutip_article_view_is_on_grip (KutipArticleView *self, double x, double y)
{
  return find_grip (self, x, y) != NULL;
}

void
kutip_article_view_paint_grips (KutipArticleView *self,
                                KutipPageLines *lines,
                                GtkSnapshot *snapshot)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);
  KutipSpan *span = kutip_annotator_get_draft (self->annotator);

  if (span == NULL)
    span = kutip_annotator_get_current (self->annotator);
  if (kutip_document_is_read_only (document) ||
      kutip_annotator_is_linking (self->annotator))
    span = NULL;
  kutip_grips_paint (self->grips, kutip_document_get_tagset (document), span, lines,
                     snapshot);
}

static void
drag_to_pointer (gpointer data)
{
  Edges *self = data;
  GtkTextView *view = GTK_TEXT_VIEW (self->view->page_view);
  GtkTextIter iter;
  int x, y;

  if (!self->dragging || self->view->annotator == NULL)
    return;
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET,
                                         (int) (self->x + self->dx),
                                         (int) (self->y + self->dy), &x, &y);
  gtk_text_view_get_iter_at_location (view, &iter, x, y);
  kutip_annotator_drag_edge (self->view->annotator, self->piece, self->at_end,
                             kutip_page_view_get_offset (self->view->page_view, &iter),
                             self->unit);
}

static void
note_unit (Edges *self, GtkGesture *gesture)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if ((state & EXACT) != 0)
    self->unit = KUTIP_UNIT_CHARACTER;
  else if ((state & WHOLE) != 0 || self->by_sentences)
    self->unit = KUTIP_UNIT_SENTENCE;
  else
    self->unit = KUTIP_UNIT_WORD;
}

static void
take_grip (Edges *self, const KutipGrip *grip, double x, double y)
{
  int edge_x, edge_y;

  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self->view->page_view),
                                         GTK_TEXT_WINDOW_WIDGET, (int) grip->x,
                                         (int) grip->y, &edge_x, &edge_y);
  self->dragging = TRUE;
  self->piece = grip->piece;
  self->at_end = grip->at_end;
  self->dx = edge_x - x;
  self->dy = edge_y - y;
  self->x = x;
  self->y = y;
}

/* The second press takes the edge to that of its sentence at once. */
static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, Edges *self)
{
  const KutipGrip *grip = find_grip (self->view, x, y);

  self->dragging = FALSE;
  if (grip == NULL)
    {
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  kutip_article_view_grab_focus (self->view);
  kutip_label_popover_hide (self->view->popover);
  self->by_sentences = n_press % 2 == 0;
  take_grip (self, grip, x, y);
  note_unit (self, GTK_GESTURE (click));
  if (self->by_sentences)
    drag_to_pointer (self);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, Edges *self)
{
  double x, y;

  if (!self->dragging || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  note_unit (self, GTK_GESTURE (drag));
  self->x = x + dx;
  self->y = y + dy;
  drag_to_pointer (self);
  kutip_autoscroll_set_y (self->autoscroll, self->y);
}

static void
end_drag (Edges *self, gboolean apply)
{
  kutip_autoscroll_stop (self->autoscroll);
  if (self->dragging && self->view->annotator != NULL)
    kutip_annotator_end_drag (self->view->annotator, apply);
  self->dragging = FALSE;
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, Edges *self)
{
  end_drag (self, TRUE);
}

static void
on_cancel (GtkGesture *drag, GdkEventSequence *sequence, Edges *self)
{
  end_drag (self, FALSE);
}

gboolean
kutip_article_view_cancel_edge (KutipArticleView *self)
{
  Edges *edges = g_object_get_data (G_OBJECT (self), "kutip-edges");
  gboolean was_dragging = edges->dragging;

  end_drag (edges, FALSE);
  return was_dragging;
}

static void
free_edges (gpointer data)
{
  Edges *self = data;

  kutip_autoscroll_free (self->autoscroll);
  g_free (self);
}

void
kutip_article_view_attach_edges (KutipArticleView *view)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  Edges *self = g_new0 (Edges, 1);

  self->view = view;
  self->autoscroll = kutip_autoscroll_new (view->page_view, drag_to_pointer, self);
  g_object_set_data_full (G_OBJECT (view), "kutip-edges", self, free_edges);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click),
                                              GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (view->page_view), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (view->page_view), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (click, drag);
}
