/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page-view-private.h"

#include <math.h>

/* Texts up to this many code points are held whole, and are a plain text view. */
#define WHOLE 65536u
/* What a jump loads at first, which is nearly a screen of text, and what it adds until
 * the screen is full: laying out takes more than all else that has to be done for a
 * frame. */
#define SCREEN 768u
#define FILL 384u
/* What is added at a time while idle. */
#define STEP 4096u
/* Text that there is around the caret when it moves. */
#define REACH 2048u
/* How much an idle page has before and after what is in view; more than twice as much is
 * given up. */
#define AROUND 20480u
/* Taller than any page; below where pixels stop being exact in a float. */
#define TALLEST (1 << 22)
/* How long scrolling must rest before text is added above or given up, since that changes
 * the scroll position under a running gesture. Milliseconds. */
#define REST 200
/* Long enough for what was jumped to, or what a key does, to be painted first.
 * Milliseconds. */
#define AFTER_FRAME 40

/* Where the view is, in terms that survive a change of the page. */
typedef struct
{
  guint offset; /* a place in the line at the top of the view */
  int pixels;   /* from that line's top to the view's */
} Position;

static void schedule_upkeep (KutipPageView *self, guint delay);

static GtkTextBuffer *
get_buffer (KutipPageView *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

gboolean
kutip_page_view_has_size (KutipPageView *self)
{
  return self->vertical != NULL && gtk_widget_get_width (GTK_WIDGET (self)) > 1 &&
         gtk_widget_get_height (GTK_WIDGET (self)) > 1;
}

/* The scroll position that has buffer coordinate 0 at the top of the view. */
static double
get_origin (KutipPageView *self)
{
  GdkRectangle visible;

  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self), &visible);
  return floor (gtk_adjustment_get_value (self->vertical)) - visible.y;
}

static Position
get_position (KutipPageView *self)
{
  GdkRectangle visible;
  GtkTextIter line;
  int top;

  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self), &visible);
  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (self), &line, visible.y, &top);
  return (Position){ kutip_page_view_get_offset (self, &line), visible.y - top };
}

static void
set_position (KutipPageView *self, Position position)
{
  GtkTextIter line;
  int top;

  kutip_page_view_get_iter (self, position.offset, &line);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), &line, &top, NULL);
  gtk_adjustment_set_value (self->vertical, get_origin (self) + top + position.pixels);
}

/* The text view lays every line out twice, to measure it and to paint it, unless it was
 * asked for a place in it before: what it has laid out to tell that serves both. Only for
 * lines that are new: all lines of a page take longer than a frame. */
static void
prepare_lines (KutipPageView *self, KutipRange range)
{
  GtkTextIter line, end;
  GdkRectangle place;

  kutip_page_view_get_iter (self, range.start, &line);
  kutip_page_view_get_iter (self, range.end, &end);
  gtk_text_iter_set_line_offset (&line, 0);
  do
    gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &line, &place);
  while (gtk_text_iter_forward_line (&line) && gtk_text_iter_compare (&line, &end) <= 0);
}

/* Lays the whole page out, so that every position in it is exact. GtkTextView does so at
 * once for what it believes to be on the screen; here it is told that all of the page is.
 */
void
kutip_page_view_lay_out (KutipPageView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);

  self->n_settling++;
  kutip_page_view_chain_size_allocate (self, width, TALLEST);
  kutip_page_view_chain_size_allocate (self, width, gtk_widget_get_height (widget));
  self->n_settling--;
}

/* A line that ends in an inserted break is not the end of a paragraph. */
static void
tag_breaks (KutipPageView *self, guint from, guint to)
{
  guint n_breaks;
  const guint *breaks = kutip_page_get_breaks (self->page, &n_breaks);

  for (guint i = 0; i < n_breaks; i++)
    {
      GtkTextIter start, end;

      if (breaks[i] < from || breaks[i] > to)
        continue;
      gtk_text_buffer_get_iter_at_offset (
          get_buffer (self), &end, (int) kutip_page_to_end_place (self->page, breaks[i]));
      start = end;
      gtk_text_iter_set_line_offset (&start, 0);
      gtk_text_iter_forward_char (&end);
      gtk_text_buffer_apply_tag (get_buffer (self), self->broken_tag, &start, &end);
    }
}

void
kutip_page_view_tag_title (KutipPageView *self)
{
  GtkTextIter start, end;

  if (!self->has_title || self->page == NULL ||
      kutip_page_get_range (self->page).start > 0)
    return;
  gtk_text_buffer_get_start_iter (get_buffer (self), &start);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (get_buffer (self), self->title_tag, &start, &end);
}

static void
insert_at (KutipPageView *self, gboolean at_start, const char *text)
{
  GtkTextIter iter;

  if (at_start)
    gtk_text_buffer_get_start_iter (get_buffer (self), &iter);
  else
    gtk_text_buffer_get_end_iter (get_buffer (self), &iter);
  gtk_text_buffer_insert (get_buffer (self), &iter, text, -1);
}

static guint
get_length (KutipPageView *self)
{
  return kutip_text_get_length (kutip_page_get_text (self->page));
}

static gboolean
grow_start (KutipPageView *self, guint size)
{
  KutipRange old = kutip_page_get_range (self->page);
  g_autofree char *text = kutip_page_grow_start (self->page, size);

  if (text == NULL)
    return FALSE;
  insert_at (self, TRUE, text);
  tag_breaks (self, 0, old.start);
  kutip_page_view_tag_title (self);
  return TRUE;
}

static gboolean
grow_end (KutipPageView *self, guint size)
{
  KutipRange old = kutip_page_get_range (self->page);
  g_autofree char *text = kutip_page_grow_end (self->page, size);

  if (text == NULL)
    return FALSE;
  insert_at (self, FALSE, text);
  tag_breaks (self, old.end, G_MAXUINT);
  return TRUE;
}

static void
delete_places (KutipPageView *self, guint start, guint end)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &from, (int) start);
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &to, (int) end);
  gtk_text_buffer_delete (get_buffer (self), &from, &to);
}

static gboolean
shrink_start (KutipPageView *self, guint size, guint keep)
{
  guint n = kutip_page_shrink_start (self->page, size, keep);

  if (n > 0)
    delete_places (self, 0, n);
  return n > 0;
}

static gboolean
shrink_end (KutipPageView *self, guint size, guint keep)
{
  guint n = kutip_page_shrink_end (self->page, size, keep);
  guint places = kutip_page_get_n_places (self->page);

  if (n > 0)
    delete_places (self, places, places + n);
  return n > 0;
}

/* A fling knows the scroll position it will reach; when positions change their meaning it
 * has to end. */
static void
stop_fling (KutipPageView *self)
{
  GtkWidget *window =
      gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  if (window == NULL)
    return;
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (window), FALSE);
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (window), TRUE);
}

/* After the page has changed: what was in view stays where it was, to the pixel. */
static void
settle (KutipPageView *self, Position position)
{
  if (kutip_page_view_has_size (self))
    {
      if (kutip_page_get_range (self->page).start != self->settled_start)
        stop_fling (self);
      self->settled_start = kutip_page_get_range (self->page).start;
      kutip_page_view_lay_out (self);
      self->n_settling++;
      set_position (self, position);
      self->n_settling--;
    }
  kutip_page_view_sync_marks (self);
  g_signal_emit_by_name (self, "moved");
}

void
kutip_page_view_load (KutipPageView *self, guint offset, double align)
{
  gint64 middle = offset + (gint64) ((0.5 - align) * SCREEN);
  g_autofree char *text =
      kutip_page_load (self->page, (guint) CLAMP (middle, 0, get_length (self)), SCREEN);

  kutip_page_view_hush (self);
  self->n_settling++;
  self->n_setting_marks++;
  gtk_text_buffer_set_text (get_buffer (self), text, -1);
  self->n_setting_marks--;
  tag_breaks (self, 0, G_MAXUINT);
  kutip_page_view_tag_title (self);
  kutip_page_view_sync_marks (self);
  if (kutip_page_view_has_size (self))
    {
      prepare_lines (self, kutip_page_get_range (self->page));
      kutip_page_view_lay_out (self);
    }
  self->n_settling--;
  kutip_page_view_unhush (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* One piece of work towards the page that an idle view has; FALSE when nothing is left to
 * do. */
static gboolean
do_upkeep (KutipPageView *self)
{
  KutipRange page = kutip_page_get_range (self->page);
  KutipRange visible = kutip_page_view_get_visible (self);
  gboolean keep_all = get_length (self) <= WHOLE;
  Position position = get_position (self);
  gboolean changed = FALSE;

  if (keep_all || page.end < visible.end + AROUND)
    changed = grow_end (self, STEP);
  if (!changed && (keep_all || page.start + AROUND > visible.start))
    changed = grow_start (self, STEP);
  if (!changed && !keep_all && page.end > visible.end + 3 * AROUND)
    changed = shrink_end (self, STEP, visible.end);
  if (!changed && !keep_all && page.start + 3 * AROUND < visible.start)
    changed = shrink_start (self, STEP, visible.start);
  if (changed)
    settle (self, position);
  return changed;
}

static gboolean
on_upkeep (gpointer data)
{
  KutipPageView *self = data;

  self->upkeep = 0;
  if (self->page != NULL && kutip_page_view_has_size (self) && do_upkeep (self))
    schedule_upkeep (self, 0);
  return G_SOURCE_REMOVE;
}

/* @delay in milliseconds. */
static void
schedule_upkeep (KutipPageView *self, guint delay)
{
  g_clear_handle_id (&self->upkeep, g_source_remove);
  self->upkeep_due = g_get_monotonic_time () + delay * 1000;
  if (delay > 0)
    self->upkeep = g_timeout_add_full (G_PRIORITY_LOW, delay, on_upkeep, self, NULL);
  else
    self->upkeep = g_idle_add_full (G_PRIORITY_LOW, on_upkeep, self, NULL);
}

void
kutip_page_view_put_off (KutipPageView *self)
{
  g_return_if_fail (KUTIP_IS_PAGE_VIEW (self));

  if (self->upkeep != 0 &&
      self->upkeep_due < g_get_monotonic_time () + AFTER_FRAME * 1000)
    schedule_upkeep (self, AFTER_FRAME);
}

/* Grows the page until it reaches @before pixels above and @after below the top of the
 * view, or the text's ends. */
static gboolean
fill_around (KutipPageView *self, double before, double after)
{
  gboolean changed = FALSE;
  gboolean grown = TRUE;

  while (grown)
    {
      Position position = get_position (self);
      double value = gtk_adjustment_get_value (self->vertical);
      double upper = gtk_adjustment_get_upper (self->vertical);

      grown = (upper - value < after && grow_end (self, SCREEN)) ||
              (value < before && grow_start (self, SCREEN));
      if (grown)
        settle (self, position);
      changed = changed || grown;
    }
  return changed;
}

void
kutip_page_view_on_scrolled (KutipPageView *self)
{
  double screen = gtk_widget_get_height (GTK_WIDGET (self));
  double value = gtk_adjustment_get_value (self->vertical);
  double upper = gtk_adjustment_get_upper (self->vertical);

  if (self->n_settling > 0 || self->page == NULL || !kutip_page_view_has_size (self))
    return;
  /* Not now: an adjustment does not tell of changes made while it tells of one. */
  if (!kutip_page_is_whole (self->page) && (value < screen || upper - value < 2 * screen))
    {
      self->needs_fill = TRUE;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  schedule_upkeep (self, REST);
  g_signal_emit_by_name (self, "moved");
}

void
kutip_page_view_fill (KutipPageView *self)
{
  double screen = gtk_widget_get_height (GTK_WIDGET (self));

  self->needs_fill = FALSE;
  fill_around (self, screen, 2 * screen);
}

void
kutip_page_view_scroll_by (KutipPageView *self, double pixels)
{
  double screen = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->page == NULL || !kutip_page_view_has_size (self))
    return;
  fill_around (self, screen + MAX (-pixels, 0), 2 * screen + MAX (pixels, 0));
  gtk_adjustment_set_value (self->vertical,
                            gtk_adjustment_get_value (self->vertical) + pixels);
}

KutipRange
kutip_page_view_get_visible (KutipPageView *self)
{
  GdkRectangle visible;
  GtkTextIter start, end;

  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self), &visible);
  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (self), &start, visible.y, NULL);
  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (self), &end, visible.y + visible.height,
                               NULL);
  gtk_text_iter_forward_line (&end);
  return (KutipRange){ kutip_page_view_get_offset (self, &start),
                       kutip_page_view_get_offset (self, &end) };
}

static gboolean
is_in_page (KutipPageView *self, guint offset)
{
  KutipRange page = kutip_page_get_range (self->page);

  return offset >= page.start && offset <= page.end;
}

void
kutip_page_view_ensure (KutipPageView *self, guint offset)
{
  KutipRange page = kutip_page_get_range (self->page);
  Position position;
  gboolean changed = FALSE;

  if (!is_in_page (self, offset))
    {
      kutip_page_view_load (self, offset, 0.5);
      g_signal_emit_by_name (self, "moved");
      schedule_upkeep (self, REST);
      return;
    }
  position = get_position (self);
  if (page.end < (guint64) offset + REACH)
    changed = grow_end (self, REACH);
  if (page.start + REACH > offset)
    changed = grow_start (self, REACH) || changed;
  if (changed)
    settle (self, position);
}

/* The scroll position where the page's last line ends; the adjustment's end is never less
 * than the view's height. */
static double
get_bottom (KutipPageView *self)
{
  GtkTextIter end;
  int y, height;

  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), &end, &y, &height);
  return get_origin (self) + y + height;
}

/* The scroll position that has the line of @offset at @align of the view; at the text's
 * ends with the margins beyond. Negative, or less than a screen from the end, where the
 * page does not reach so far. */
static double
get_value_for (KutipPageView *self, guint offset, double align)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  GtkTextIter iter;
  GdkRectangle line;

  if (offset == 0)
    return 0;
  if (offset == get_length (self) && align >= 1)
    return get_bottom (self) < height
               ? get_bottom (self) - height
               : gtk_adjustment_get_upper (self->vertical) - height;
  kutip_page_view_get_iter (self, offset, &iter);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &iter, &line);
  return get_origin (self) + line.y - align * (height - line.height);
}

/* What a page has that grew at one end from @before to @page. */
static KutipRange
subtract (KutipRange page, KutipRange before)
{
  return page.end > before.end ? (KutipRange){ before.end, page.end }
                               : (KutipRange){ page.start, before.start };
}

/* Scrolls there, with a screen of text around it and not more: the rest can wait until it
 * is painted. */
static void
go_to (KutipPageView *self, guint offset, double align)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double value = get_value_for (self, offset, align);
  gboolean grown = TRUE;

  while (grown)
    {
      double bottom = get_bottom (self);
      Position position = get_position (self);
      KutipRange before = kutip_page_get_range (self->page);

      /* Beyond an end of the text it does not scroll. */
      grown = (MAX (value, 0) + height > bottom && grow_end (self, FILL)) ||
              (MIN (value, bottom - height) < 0 && grow_start (self, FILL));
      if (grown)
        {
          prepare_lines (self, subtract (kutip_page_get_range (self->page), before));
          settle (self, position);
          value = get_value_for (self, offset, align);
        }
    }
  gtk_adjustment_set_value (self->vertical, value);
}

void
kutip_page_view_show (KutipPageView *self, guint offset, double align)
{
  g_return_if_fail (KUTIP_IS_PAGE_VIEW (self));

  if (self->page == NULL)
    return;
  if (!kutip_page_view_has_size (self))
    {
      self->has_pending = TRUE;
      self->pending_offset = offset;
      self->pending_align = align;
      return;
    }
  stop_fling (self);
  if (!is_in_page (self, offset))
    kutip_page_view_load (self, offset, align);
  self->n_settling++;
  go_to (self, offset, align);
  self->n_settling--;
  schedule_upkeep (self, AFTER_FRAME);
  g_signal_emit_by_name (self, "moved");
}

/* The offset at a height of the page: in between two lines of a paragraph, in between. */
static double
get_offset_at (KutipPageView *self, int y)
{
  GtkTextIter start, end;
  double first, last;
  int top, height;

  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (self), &start, MAX (y, 0), NULL);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), &start, &top, &height);
  end = start;
  if (!gtk_text_iter_forward_line (&end))
    gtk_text_iter_forward_to_end (&end);
  first = kutip_page_view_get_offset (self, &start);
  last = kutip_page_view_get_offset (self, &end);
  return first + (last - first) * CLAMP ((double) (y - top) / MAX (height, 1), 0, 1);
}

void
kutip_page_view_get_span_in_view (KutipPageView *self, double *top, double *bottom)
{
  GdkRectangle visible;
  double value;

  *top = *bottom = 0;
  if (self->page == NULL || !kutip_page_view_has_size (self))
    return;
  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self), &visible);
  value = gtk_adjustment_get_value (self->vertical);
  *top = get_offset_at (self, visible.y);
  *bottom = get_offset_at (self, visible.y + visible.height);
  if (kutip_page_get_range (self->page).end == get_length (self) &&
      value + visible.height >= gtk_adjustment_get_upper (self->vertical) - 0.5)
    *bottom = get_length (self);
}

void
kutip_page_view_set_top (KutipPageView *self, double top)
{
  guint length = get_length (self);
  guint offset = (guint) CLAMP (top, 0, (double) length);
  GtkTextIter start, end;
  double first, last, value;
  int y, height;

  if (!kutip_page_view_has_size (self))
    return;
  kutip_page_view_show (self, offset, 0);
  if (top < 1)
    return;
  kutip_page_view_get_iter (self, offset, &start);
  gtk_text_iter_set_line_offset (&start, 0);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), &start, &y, &height);
  end = start;
  if (!gtk_text_iter_forward_line (&end))
    gtk_text_iter_forward_to_end (&end);
  first = kutip_page_view_get_offset (self, &start);
  last = kutip_page_view_get_offset (self, &end);
  value = get_origin (self) + y + height * (top - first) / MAX (last - first, 1);
  fill_around (self, 0,
               value - gtk_adjustment_get_value (self->vertical) +
                   gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_adjustment_set_value (self->vertical, value);
}
