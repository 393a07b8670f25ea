/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/article-view-private.h"

#include "ui/article/autoscroll.h"

/* Held down, a sweep selects by characters. Some window managers keep Alt with the mouse
 * for themselves unless it is pressed after the button; there Control does. */
#define EXACT (GDK_ALT_MASK | GDK_CONTROL_MASK)

/* What a sweep of the mouse selects by. */
typedef enum
{
  BY_CHARACTERS,
  BY_WORDS,
  BY_SENTENCES,
  BY_PARAGRAPHS,
} Granularity;

#define N_GRANULARITIES (BY_PARAGRAPHS + 1)

/* A press and what follows until the release; hangs on the view. */
typedef struct
{
  KutipArticleView *view; /* borrowed: it owns this */
  Granularity granularity;
  KutipRange pressed; /* the unit that was pressed on; empty for characters */
  guint anchor;       /* where a sweep starts */
  gboolean pressing;  /* between a press that is for selecting and its release */
  gboolean sweeping;
  gboolean exact; /* Alt is held */
  double x, y;    /* of the pointer, in the page view */
  KutipAutoscroll *autoscroll;
  guint n_presses;         /* that follow on one another at one place */
  guint32 press_time;      /* of the last one, in the display's milliseconds */
  double press_x, press_y; /* and its place */
  guint last_click; /* offset, or G_MAXUINT; a second click there goes to the next span */
  gboolean was_on_span; /* the press was on the current span */
} Pointing;

static guint
get_offset_at (Pointing *self, double x, double y)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view->page_view);
  GtkTextIter iter;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (view, &iter, buffer_x, buffer_y);
  return kutip_page_view_get_offset (self->view->page_view, &iter);
}

/* The offset of the character under the pointer, not the nearest place for the caret. */
static guint
get_character_at (KutipArticleView *self, double x, double y)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->page_view);
  GtkTextIter iter;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_position (view, &iter, NULL, buffer_x, buffer_y);
  return kutip_page_view_get_offset (self->page_view, &iter);
}

static KutipText *
get_text (Pointing *self)
{
  return kutip_page_view_get_text (self->view->page_view);
}

static KutipRange
get_unit (Pointing *self, guint offset)
{
  KutipText *text = get_text (self);

  if (self->granularity >= BY_SENTENCES)
    return kutip_segment_trim (text, kutip_segment_at (text,
                                                       self->granularity == BY_PARAGRAPHS
                                                           ? KUTIP_UNIT_PARAGRAPH
                                                           : KUTIP_UNIT_SENTENCE,
                                                       offset));
  if (self->granularity == BY_WORDS)
    return kutip_segment_at (text, KUTIP_UNIT_WORD, offset);
  return (KutipRange){ offset, offset };
}

/* The mark under the pointer, or else the nearest place for the caret: a quotation mark
 * is so slender that whoever points at either half of it means it. */
static KutipRange
get_mark_at (Pointing *self, double x, double y)
{
  guint character = get_character_at (self->view, x, y);
  guint offset = get_offset_at (self, x, y);

  if (character < kutip_text_get_length (get_text (self)) &&
      g_unichar_ispunct (kutip_text_get_char (get_text (self), character)))
    return (KutipRange){ character, character + 1 };
  return (KutipRange){ offset, offset };
}

/* The selection that the sweep from the press to @offset, where the pointer is, stands
 * for. */
static KutipRange
get_swept (Pointing *self, guint offset)
{
  gboolean by_marks = self->granularity == BY_CHARACTERS && !self->exact;
  KutipRange pressed = self->pressed;
  KutipRange unit =
      by_marks ? get_mark_at (self, self->x, self->y) : get_unit (self, offset);
  KutipRange swept;

  if (self->granularity == BY_CHARACTERS && self->exact)
    pressed = (KutipRange){ self->anchor, self->anchor };
  swept = (KutipRange){ MIN (MIN (self->anchor, pressed.start), unit.start),
                        MAX (MAX (self->anchor, pressed.end), unit.end) };
  if (swept.start == swept.end)
    return swept;
  if (self->exact)
    return kutip_segment_whole_characters (get_text (self), swept);
  if (self->granularity >= BY_SENTENCES)
    return kutip_segment_trim (get_text (self), swept);
  return kutip_segment_snap (get_text (self), swept);
}

static void
tell (Pointing *self)
{
  g_signal_emit_by_name (self->view->page_view, "selected");
}

static void
sweep_to_pointer (gpointer data)
{
  Pointing *self = data;
  guint offset = get_offset_at (self, self->x, self->y);
  KutipRange swept = get_swept (self, offset);
  gboolean backwards = offset < self->anchor;

  kutip_page_view_select (self->view->page_view, backwards ? swept.end : swept.start,
                          backwards ? swept.start : swept.end);
  tell (self);
}

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkEvent *event =
      gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  GdkDevice *device = event != NULL ? gdk_event_get_device (event) : NULL;

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static GdkModifierType
get_state (GtkGesture *gesture)
{
  return gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
}

KutipSpan *
kutip_article_view_find_span (KutipArticleView *view, double x, double y)
{
  KutipAnnotator *annotator = view->annotator;
  KutipLayer *layer = kutip_document_get_layer (kutip_annotator_get_document (annotator));
  guint offset = get_character_at (view, x, y);
  g_autoptr (GPtrArray) spans =
      kutip_layer_list_spans_in (layer, (KutipRange){ offset, offset + 1 });
  KutipSpan *found = NULL;

  for (guint i = 0; i < spans->len; i++)
    {
      KutipSpan *span = g_ptr_array_index (spans, i);
      KutipRange hull = kutip_span_get_hull (span);

      if (kutip_annotator_is_linking (annotator) &&
          !kutip_annotator_is_link_target (annotator, span))
        continue;
      if (found == NULL || hull.end - hull.start < kutip_span_get_hull (found).end -
                                                       kutip_span_get_hull (found).start)
        found = span;
    }
  return found;
}

static gboolean
is_on_current (Pointing *self, guint offset)
{
  KutipSpan *current = kutip_annotator_get_current (self->view->annotator);

  return current != NULL && kutip_span_covers (current, offset);
}

static void
press_unit (Pointing *self, guint offset)
{
  self->pressed = get_unit (self, offset);
  self->anchor = self->pressed.start;
  if (self->granularity == BY_CHARACTERS)
    {
      self->pressed = get_mark_at (self, self->x, self->y);
      kutip_page_view_select (self->view->page_view, offset, offset);
    }
  else
    {
      KutipRange swept = get_swept (self, self->pressed.start);

      kutip_page_view_select (self->view->page_view, swept.start, swept.end);
      tell (self);
    }
}

/* GTK 4.8 loses count when something comes up between two presses, as the labels do after
 * a double click: a third press would be a first one. */
static guint
count_press (Pointing *self, guint32 time, double x, double y)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self->view));
  int most_time, most_distance;

  g_object_get (settings, "gtk-double-click-time", &most_time,
                "gtk-double-click-distance", &most_distance, NULL);
  if (self->n_presses > 0 && time - self->press_time <= (guint32) most_time &&
      ABS (x - self->press_x) <= most_distance &&
      ABS (y - self->press_y) <= most_distance)
    self->n_presses++;
  else
    self->n_presses = 1;
  self->press_time = time;
  self->press_x = x;
  self->press_y = y;
  return self->n_presses;
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, Pointing *self)
{
  GdkModifierType state = get_state (GTK_GESTURE (click));
  guint32 time =
      gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (click));
  guint n_presses, offset;

  self->pressing = FALSE;
  if (self->view->annotator == NULL || is_touch (GTK_GESTURE (click)) ||
      kutip_article_view_is_on_handle (self->view, x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  kutip_article_view_grab_focus (self->view);
  kutip_label_popover_hide (self->view->popover);
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  self->pressing = TRUE;
  self->sweeping = FALSE;
  self->exact = (state & EXACT) != 0;
  n_presses = count_press (self, time, x, y);
  self->granularity = (Granularity) ((n_presses - 1) % N_GRANULARITIES);
  self->x = x;
  self->y = y;
  offset = self->granularity == BY_CHARACTERS ? get_offset_at (self, x, y)
                                              : get_character_at (self->view, x, y);
  self->was_on_span = is_on_current (self, get_character_at (self->view, x, y));
  if ((state & GDK_SHIFT_MASK) != 0 && n_presses == 1)
    {
      self->anchor = kutip_page_view_get_anchor (self->view->page_view);
      self->pressed = (KutipRange){ self->anchor, self->anchor };
      self->sweeping = TRUE;
      sweep_to_pointer (self);
    }
  else
    press_unit (self, offset);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, Pointing *self)
{
  GtkWidget *widget = GTK_WIDGET (self->view->page_view);
  double x, y;

  if (self->view->annotator == NULL || !self->pressing ||
      !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  if (!self->sweeping && !gtk_drag_check_threshold (widget, (int) x, (int) y,
                                                    (int) (x + dx), (int) (y + dy)))
    return;
  self->sweeping = TRUE;
  self->exact = (get_state (GTK_GESTURE (drag)) & EXACT) != 0;
  self->x = x + dx;
  self->y = y + dy;
  sweep_to_pointer (self);
  kutip_autoscroll_set_y (self->autoscroll, self->y);
}

/* A click without a sweep: the caret is there, and the span there is picked. */
static void
finish_click (Pointing *self)
{
  KutipAnnotator *annotator = self->view->annotator;
  guint offset = get_character_at (self->view, self->x, self->y);
  gboolean again = self->last_click != G_MAXUINT &&
                   MAX (self->last_click, offset) - MIN (self->last_click, offset) <= 1;
  KutipSpan *span = kutip_article_view_find_span (self->view, self->x, self->y);

  self->last_click = offset;
  if (kutip_annotator_is_linking (annotator))
    {
      if (span != NULL)
        kutip_annotator_set_current (annotator, span, FALSE);
      return;
    }
  tell (self);
  if (again && self->was_on_span)
    kutip_annotator_cycle_at_caret (annotator);
  else if (span != NULL && !is_on_current (self, offset))
    kutip_annotator_set_current (annotator, span, FALSE);
}

void
kutip_article_view_offer_labels (KutipArticleView *view, double pointer_x)
{
  GdkRectangle caret = kutip_article_view_locate_caret (view);
  GdkRectangle area;
  double x, y;

  view->popover_y = caret.y;
  gtk_widget_translate_coordinates (GTK_WIDGET (view->page_view), GTK_WIDGET (view),
                                    caret.x, caret.y, &x, &y);
  if (pointer_x >= 0)
    x = CLAMP (pointer_x, x - 60, x + 60);
  area = (GdkRectangle){ (int) x, (int) y, 1, caret.height };
  kutip_label_popover_show (
      view->popover,
      kutip_document_get_tagset (kutip_annotator_get_document (view->annotator)), &area);
}

static void
on_released (GtkGestureClick *click, int n_press, double x, double y, Pointing *self)
{
  gboolean swept = self->sweeping || self->granularity != BY_CHARACTERS;
  KutipPageView *view = self->view->page_view;

  self->sweeping = FALSE;
  kutip_autoscroll_stop (self->autoscroll);
  if (self->view->annotator == NULL || !self->pressing)
    return;
  self->pressing = FALSE;
  if (!swept)
    finish_click (self);
  else
    self->last_click = G_MAXUINT;
  if (swept && kutip_page_view_get_anchor (view) != kutip_page_view_get_caret (view) &&
      !kutip_annotator_is_linking (self->view->annotator))
    kutip_article_view_offer_labels (self->view, self->x);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, Pointing *self)
{
  /* The click gesture gives up when the pointer goes far, and then does not tell the
   * release. */
  if (self->sweeping)
    on_released (NULL, 1, 0, 0, self);
}

static gboolean
is_in_selection (Pointing *self, guint offset)
{
  guint anchor = kutip_page_view_get_anchor (self->view->page_view);
  guint caret = kutip_page_view_get_caret (self->view->page_view);

  return anchor != caret && offset >= MIN (anchor, caret) &&
         offset <= MAX (anchor, caret);
}

/* The menu is for what is selected, or for what was clicked on. */
static void
on_menu_pressed (GtkGestureClick *click, int n_press, double x, double y, Pointing *self)
{
  guint offset;

  if (self->view->annotator == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  kutip_article_view_grab_focus (self->view);
  offset = get_offset_at (self, x, y);
  if (!is_in_selection (self, offset))
    {
      kutip_page_view_select (self->view->page_view, offset, offset);
      tell (self);
    }
  kutip_article_view_show_menu (self->view, x, y);
}

/* A finger that rests: the same menu, for the span there, or else for the word, since a
 * finger cannot sweep without scrolling. */
static void
on_held (GtkGestureLongPress *press, double view_x, double view_y, Pointing *self)
{
  guint offset;
  double x, y;

  if (self->view->annotator == NULL ||
      !gtk_widget_translate_coordinates (GTK_WIDGET (self->view),
                                         GTK_WIDGET (self->view->page_view), view_x,
                                         view_y, &x, &y) ||
      !gtk_widget_contains (GTK_WIDGET (self->view->page_view), x, y) ||
      kutip_article_view_is_on_grip (self->view, x, y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (press), GTK_EVENT_SEQUENCE_CLAIMED);
  kutip_article_view_grab_focus (self->view);
  offset = get_character_at (self->view, x, y);
  if (!is_in_selection (self, offset))
    {
      gboolean is_word = kutip_article_view_find_span (self->view, x, y) == NULL;

      self->granularity = is_word ? BY_WORDS : BY_CHARACTERS;
      self->exact = FALSE;
      self->x = x;
      self->y = y;
      press_unit (self, offset);
      tell (self);
    }
  kutip_article_view_show_menu (self->view, x, y);
}

static void
attach_menu (Pointing *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_menu_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view->page_view),
                             GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (hold),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (hold, "pressed", G_CALLBACK (on_held), self);
  /* The text widget claims each press for itself at once, against all else on it. */
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (hold));
}

static void
free_pointing (gpointer data)
{
  Pointing *self = data;

  kutip_autoscroll_free (self->autoscroll);
  g_free (self);
}

void
kutip_article_view_attach_pointing (KutipArticleView *view)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  Pointing *self = g_new0 (Pointing, 1);

  self->view = view;
  self->last_click = G_MAXUINT;
  self->autoscroll = kutip_autoscroll_new (view->page_view, sweep_to_pointer, self);
  g_object_set_data_full (G_OBJECT (view), "kutip-pointing", self, free_pointing);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click),
                                              GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (view->page_view), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (view->page_view), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (click, drag);
  attach_menu (self);
}
