/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page-lines.h"

#include "ui/foreign-words.h"

/* Which ways a line runs. */
typedef enum
{
  RUNS_UNKNOWN,
  RUNS_RIGHT,
  RUNS_LEFT_OR_BOTH,
} Runs;

static void
get_location (KutipPageLines *self, const GtkTextIter *iter, GdkRectangle *rectangle)
{
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self->view), iter, rectangle);
}

/* @first: where the line's first character is. */
static void
add_line (KutipPageLines *self,
          const GtkTextIter *start,
          const GtkTextIter *next,
          GdkRectangle first)
{
  KutipTextLine line;

  line.range.start = kutip_page_view_get_offset (self->view, start);
  line.range.end = kutip_page_view_get_offset (self->view, next);
  line.y = (float) first.y;
  line.height = (float) first.height;
  if (first.y + first.height < self->visible.y)
    return;
  g_array_append_val (self->lines, line);
  g_hash_table_insert (self->edges, GUINT_TO_POINTER (line.range.start),
                       GINT_TO_POINTER (first.x));
}

/* Appends the display lines of the paragraph at @iter, which moves to the next one's
 * start. FALSE below the view or at the end of the page. */
static gboolean
add_paragraph (KutipPageLines *self, GtkTextIter *iter)
{
  GtkTextIter paragraph_end = *iter;
  gboolean more = gtk_text_iter_forward_line (&paragraph_end);

  while (gtk_text_iter_compare (iter, &paragraph_end) < 0)
    {
      GtkTextIter next = *iter;
      GdkRectangle first;

      get_location (self, iter, &first);
      if (first.y > self->visible.y + self->visible.height)
        return FALSE;
      if (!gtk_text_view_forward_display_line (GTK_TEXT_VIEW (self->view), &next) ||
          gtk_text_iter_compare (&next, &paragraph_end) > 0 ||
          gtk_text_iter_compare (&next, iter) <= 0)
        next = paragraph_end;
      add_line (self, iter, &next, first);
      *iter = next;
    }
  return more;
}

KutipPageLines *
kutip_page_lines_new_empty (KutipPageView *view)
{
  KutipPageLines *self = g_new0 (KutipPageLines, 1);

  self->view = view;
  self->lines = g_array_new (FALSE, FALSE, sizeof (KutipTextLine));
  self->runs = g_byte_array_new ();
  self->edges = g_hash_table_new (NULL, NULL);
  self->ends = g_hash_table_new (NULL, NULL);
  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (view), &self->visible);
  return self;
}

KutipPageLines *
kutip_page_lines_new (KutipPageView *view)
{
  KutipPageLines *self = kutip_page_lines_new_empty (view);
  GtkTextIter iter;

  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (view), &iter, self->visible.y, NULL);
  while (add_paragraph (self, &iter))
    ;
  g_byte_array_set_size (self->runs, self->lines->len);
  for (guint i = 0; i < self->runs->len; i++)
    self->runs->data[i] = RUNS_UNKNOWN;
  return self;
}

void
kutip_page_lines_free (KutipPageLines *self)
{
  g_array_unref (self->lines);
  g_byte_array_unref (self->runs);
  g_hash_table_unref (self->edges);
  g_hash_table_unref (self->ends);
  g_free (self);
}

static gboolean
is_left_to_right (KutipText *text, KutipRange range)
{
  gsize n_bytes;
  const char *p = kutip_text_peek_range (text, range, &n_bytes);
  const char *end = p + n_bytes;

  for (; p < end; p = g_utf8_next_char (p))
    if ((guchar) *p >= 0xd6 && kutip_foreign_turns_direction (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* Leaves out what ends a line and takes no room: line breaks, and the space at which it
 * was wrapped. */
static KutipRange
leave_out_end (KutipText *text, KutipRange line, KutipRange part)
{
  while (part.end > part.start && part.end == line.end &&
         g_unichar_isspace (kutip_text_get_char (text, part.end - 1)))
    {
      part.end--;
      line.end--;
    }
  return part;
}

static gboolean
runs_right (KutipPageLines *self, guint line)
{
  guint8 *runs = &self->runs->data[line];

  if (*runs == RUNS_UNKNOWN)
    *runs = is_left_to_right (kutip_page_view_get_text (self->view),
                              g_array_index (self->lines, KutipTextLine, line).range)
                ? RUNS_RIGHT
                : RUNS_LEFT_OR_BOTH;
  return *runs == RUNS_RIGHT;
}

/* The left edge of a character, or its right one, which only the last character of a line
 * is asked for. */
static int
get_edge (KutipPageLines *self, guint offset, gboolean right)
{
  GHashTable *edges = right ? self->ends : self->edges;
  gpointer known;
  GtkTextIter iter;
  GdkRectangle place;
  int x;

  if (g_hash_table_lookup_extended (edges, GUINT_TO_POINTER (offset), NULL, &known))
    return GPOINTER_TO_INT (known);
  kutip_page_view_get_iter (self->view, offset, &iter);
  get_location (self, &iter, &place);
  x = right ? place.x + place.width : place.x;
  g_hash_table_insert (edges, GUINT_TO_POINTER (offset), GINT_TO_POINTER (x));
  return x;
}

/* The edges are asked of the characters that start there, since one inside a cluster has
 * none of its own. */
static void
add_simple_extent (KutipPageLines *self,
                   KutipRange line,
                   KutipRange part,
                   GArray *extents)
{
  KutipExtent extent;

  extent.x1 = (float) get_edge (self, part.start, FALSE);
  extent.x2 = (float) (part.end < line.end ? get_edge (self, part.end, FALSE)
                                           : get_edge (self, part.end - 1, TRUE));
  extent.rtl = FALSE;
  if (extent.x2 > extent.x1)
    g_array_append_val (extents, extent);
}

static void
add_character (GArray *extents, GdkRectangle at)
{
  KutipExtent extent = { (float) MIN (at.x, at.x + at.width),
                         (float) MAX (at.x, at.x + at.width), at.width < 0 };
  KutipExtent *last =
      extents->len > 0 ? &g_array_index (extents, KutipExtent, extents->len - 1) : NULL;

  if (at.width == 0)
    return;
  if (last != NULL && last->rtl == extent.rtl && extent.x1 <= last->x2 + 1 &&
      extent.x2 >= last->x1 - 1)
    {
      last->x1 = MIN (last->x1, extent.x1);
      last->x2 = MAX (last->x2, extent.x2);
    }
  else
    g_array_append_val (extents, extent);
}

void
kutip_page_lines_get_extents (guint line, KutipRange part, GArray *extents, gpointer data)
{
  KutipPageLines *self = data;
  KutipText *text = kutip_page_view_get_text (self->view);
  KutipRange range = g_array_index (self->lines, KutipTextLine, line).range;
  GtkTextIter iter;

  part = leave_out_end (text, range, part);
  if (part.start >= part.end)
    return;
  if (runs_right (self, line))
    {
      add_simple_extent (self, range, part, extents);
      return;
    }
  kutip_page_view_get_iter (self->view, part.start, &iter);
  for (guint offset = part.start; offset < part.end; offset++)
    {
      GdkRectangle at;

      get_location (self, &iter, &at);
      add_character (extents, at);
      gtk_text_iter_forward_char (&iter);
    }
}
