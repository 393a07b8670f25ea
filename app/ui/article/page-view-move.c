/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page-view-private.h"

#include "ui/article/reading.h"

static guint
get_length (KutipPageView *self)
{
  return kutip_text_get_length (kutip_page_get_text (self->page));
}

static guint
get_mark_place (KutipPageView *self, GtkTextMark *mark)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (gtk_text_mark_get_buffer (mark), &iter, mark);
  return (guint) gtk_text_iter_get_offset (&iter);
}

static GtkTextMark *
get_insert (KutipPageView *self)
{
  return gtk_text_buffer_get_insert (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)));
}

static gboolean
is_mark_at (KutipPageView *self, GtkTextMark *mark, guint offset)
{
  guint place = kutip_page_view_get_place (self, offset);

  return kutip_page_to_offset (self->page, get_mark_place (self, mark)) ==
         kutip_page_to_offset (self->page, place);
}

void
kutip_page_view_sync_marks (KutipPageView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter insert, bound;

  /* Setting a mark where it is would still make the text view forget the column that it
   * keeps while the caret moves up and down, and which side of a break the caret is on.
   */
  if (is_mark_at (self, get_insert (self), self->caret) &&
      is_mark_at (self, gtk_text_buffer_get_selection_bound (buffer), self->anchor))
    return;
  kutip_page_view_get_iter (self, self->caret, &insert);
  kutip_page_view_get_iter (self, self->anchor, &bound);
  self->n_setting_marks++;
  gtk_text_buffer_select_range (buffer, &insert, &bound);
  self->n_setting_marks--;
}

static void
get_caret_rectangle (KutipPageView *self, GdkRectangle *caret)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)),
                                    &iter, get_insert (self));
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &iter, caret);
}

/* Scrolls as little as brings [top, bottom) between @margin pixels from the edges. */
static void
scroll_into_view (KutipPageView *self, int top, int bottom, int margin)
{
  GdkRectangle visible;

  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self), &visible);
  margin = MIN (margin, visible.height / 3);
  if (bottom - top + 2 * margin > visible.height)
    bottom = top + visible.height - 2 * margin;
  if (top - margin < visible.y)
    kutip_page_view_scroll_by (self, top - margin - visible.y);
  else if (bottom + margin > visible.y + visible.height)
    kutip_page_view_scroll_by (self, bottom + margin - visible.y - visible.height);
  else if (self->vertical != NULL)
    /* Ends a scroll that the text view has begun on its own. */
    gtk_adjustment_set_value (self->vertical, gtk_adjustment_get_value (self->vertical));
}

void
kutip_page_view_keep_caret_in_view (KutipPageView *self)
{
  GdkRectangle caret;

  get_caret_rectangle (self, &caret);
  scroll_into_view (self, caret.y, caret.y + caret.height, caret.height + self->line_gap);
}

static void
set_caret (KutipPageView *self, guint caret, gboolean extend)
{
  self->caret = caret;
  if (!extend)
    self->anchor = caret;
  g_signal_emit_by_name (self, "selected");
}

/* Paragraphs are the article's, not the lines that the text view was given. */
static void
move_by_paragraphs (KutipPageView *self, int count, gboolean extend)
{
  KutipText *text = kutip_page_get_text (self->page);
  guint caret = self->caret;

  for (; count > 0; count--)
    caret = extend ? kutip_segment_next_end (text, KUTIP_UNIT_PARAGRAPH, caret)
                   : kutip_segment_next (text, KUTIP_UNIT_PARAGRAPH, caret);
  for (; count < 0; count++)
    caret = kutip_segment_previous (text, KUTIP_UNIT_PARAGRAPH, caret);
  kutip_page_view_move_to (self, caret, extend);
}

/* A page of the screen: the caret keeps its place in it, and its column. */
static void
move_by_screens (KutipPageView *self, int count, gboolean extend)
{
  GdkRectangle visible, caret;
  GtkTextIter iter;
  double distance;
  int x, y;

  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self), &visible);
  get_caret_rectangle (self, &caret);
  distance =
      count * MAX (visible.height - 2 * caret.height - 2 * self->line_gap, caret.height);
  kutip_page_view_scroll_by (self, distance);
  /* Scrolling may have shifted the page, and the caret's place with it. */
  get_caret_rectangle (self, &caret);
  x = caret.x;
  y = caret.y + (int) distance;
  gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &iter, x,
                                      y + caret.height / 2);
  set_caret (self, kutip_page_view_get_offset (self, &iter), extend);
  kutip_page_view_sync_marks (self);
  kutip_page_view_keep_caret_in_view (self);
}

/* Whether the text view can do it: not when it has to leave a selection whose end it does
 * not know. */
static gboolean
collapses_beyond_page (KutipPageView *self, GtkMovementStep step, gboolean extend)
{
  KutipRange page = kutip_page_get_range (self->page);

  if (extend ||
      (step != GTK_MOVEMENT_LOGICAL_POSITIONS && step != GTK_MOVEMENT_VISUAL_POSITIONS))
    return FALSE;
  return self->anchor < page.start || self->anchor > page.end;
}

/* Whether a step to the left or right would leave the text. GTK 4.8 loses memory at each
 * try. */
static gboolean
leaves_text (KutipPageView *self, GtkMovementStep step, int count)
{
  GtkTextIter start, end;
  g_autofree char *line = NULL;
  gboolean forward = count > 0;

  if (step != GTK_MOVEMENT_VISUAL_POSITIONS ||
      (self->caret != 0 && self->caret != get_length (self)))
    return FALSE;
  kutip_page_view_get_iter (self, self->caret, &start);
  gtk_text_iter_set_line_offset (&start, 0);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  line = gtk_text_iter_get_text (&start, &end);
  if (kutip_reading_starts_right_to_left (line))
    forward = !forward;
  return self->caret == (forward ? get_length (self) : 0);
}

static void
move_by_step (KutipPageView *self, GtkMovementStep step, int count, gboolean extend)
{
  guint caret = self->caret;
  guint place = get_mark_place (self, get_insert (self));
  gboolean had_selection = self->anchor != self->caret;

  kutip_page_view_chain_move_cursor (self, step, count, extend);
  /* From one side of an inserted break to the other is not a move that a reader sees. */
  if (kutip_page_to_offset (self->page, get_mark_place (self, get_insert (self))) ==
          caret &&
      get_mark_place (self, get_insert (self)) != place && (extend || !had_selection))
    kutip_page_view_chain_move_cursor (self, step, count, extend);
  set_caret (self,
             kutip_page_to_offset (self->page, get_mark_place (self, get_insert (self))),
             extend);
  kutip_page_view_keep_caret_in_view (self);
}

void
kutip_page_view_move_cursor (GtkTextView *text_view,
                             GtkMovementStep step,
                             int count,
                             gboolean extend)
{
  KutipPageView *self = KUTIP_PAGE_VIEW (text_view);

  if (self->page == NULL || count == 0)
    return;
  if (step == GTK_MOVEMENT_BUFFER_ENDS)
    {
      kutip_page_view_move_to (self, count > 0 ? get_length (self) : 0, extend);
      return;
    }
  if (step == GTK_MOVEMENT_PARAGRAPHS)
    {
      move_by_paragraphs (self, count, extend);
      return;
    }
  if (collapses_beyond_page (self, step, extend))
    {
      kutip_page_view_move_to (self,
                               count > 0 ? MAX (self->anchor, self->caret)
                                         : MIN (self->anchor, self->caret),
                               FALSE);
      return;
    }
  kutip_page_view_ensure (self, self->caret);
  if ((extend || self->anchor == self->caret) && leaves_text (self, step, count))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (step == GTK_MOVEMENT_PAGES)
    move_by_screens (self, count, extend);
  else
    move_by_step (self, step, count, extend);
}

guint
kutip_page_view_get_anchor (KutipPageView *self)
{
  return self->anchor;
}

guint
kutip_page_view_get_caret (KutipPageView *self)
{
  return self->caret;
}

void
kutip_page_view_select (KutipPageView *self, guint anchor, guint caret)
{
  g_return_if_fail (KUTIP_IS_PAGE_VIEW (self));

  if (self->page == NULL)
    return;
  self->anchor = MIN (anchor, get_length (self));
  self->caret = MIN (caret, get_length (self));
  kutip_page_view_sync_marks (self);
}

void
kutip_page_view_move_to (KutipPageView *self, guint caret, gboolean extend)
{
  g_return_if_fail (KUTIP_IS_PAGE_VIEW (self));

  if (self->page == NULL)
    return;
  kutip_page_view_select (self, extend ? self->anchor : caret, caret);
  g_signal_emit_by_name (self, "selected");
  kutip_page_view_reveal (self, (KutipRange){ self->caret, self->caret });
}

static gboolean
is_near (KutipPageView *self, guint offset)
{
  KutipRange page = kutip_page_get_range (self->page);

  return offset >= page.start && offset <= page.end;
}

void
kutip_page_view_reveal (KutipPageView *self, KutipRange range)
{
  GtkTextIter start, end;
  GdkRectangle first, last, visible;
  int margin;

  g_return_if_fail (KUTIP_IS_PAGE_VIEW (self));

  if (self->page == NULL)
    return;
  if (self->vertical == NULL || !is_near (self, range.start) ||
      !is_near (self, range.end))
    {
      kutip_page_view_show (self, range.start, 0.3);
      return;
    }
  kutip_page_view_get_iter (self, range.start, &start);
  kutip_page_view_get_iter (self, range.end, &end);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &start, &first);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &end, &last);
  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self), &visible);
  margin = range.start == range.end ? first.height + self->line_gap
                                    : 2 * (first.height + self->line_gap);
  /* Far away is a jump, and a jump lands where reading on is easy. */
  if (first.y + 2 * visible.height < visible.y ||
      first.y > visible.y + 3 * visible.height)
    kutip_page_view_show (self, range.start, 0.3);
  else
    scroll_into_view (self, first.y, last.y + last.height, margin);
}
