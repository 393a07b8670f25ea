/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/html/html.h"

#include <glib/gi18n.h>
#include <string.h>

/* The text in paragraphs, a line each. Spans may overlap, elements may not: the text is
 * cut wherever one begins or ends, and each part stands in an element for each span that
 * covers it, so that all their lines are drawn below it. A span begins with its name,
 * which leads to what is known of it, and ends with a word for those who listen. */

typedef struct
{
  KutipSpan *span;
  KutipRange range;
  guint nth; /* piece */
} Piece;

typedef struct
{
  const KutipHtmlLayer *layer;
  KutipText *text;
  GArray *pieces; /* Piece, in document order */
  GArray *active; /* guint: pieces that cover what comes next, in the order of pieces */
  GString *tags;  /* names that wait for a paragraph */
  GString *blank; /* what stands at the beginning of the line, when it may be all of it */
  guint next;     /* piece */
  gboolean open;  /* a paragraph */
} Sweep;

static gboolean
add_pieces (KutipSpan *span, gpointer data)
{
  GArray *pieces = data;

  for (guint i = 0; !kutip_span_is_orphan (span) && i < kutip_span_get_n_ranges (span);
       i++)
    {
      Piece piece = { span, kutip_span_get_ranges (span)[i], i };

      g_array_append_val (pieces, piece);
    }
  return TRUE;
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Piece *one = a, *other = b;
  int order = kutip_range_compare (one->range, other->range);

  return order != 0 ? order : kutip_span_compare (one->span, other->span);
}

static const Piece *
get_piece (const Sweep *self, guint i)
{
  return &g_array_index (self->pieces, Piece, i);
}

static guint
get_place (const Sweep *self, KutipSpan *span)
{
  return GPOINTER_TO_UINT (
      g_hash_table_lookup (self->layer->places, kutip_span_get_id (span)));
}

/* A name at the beginning of a piece. */
static void
add_tag (Sweep *self, const Piece *piece)
{
  KutipHtmlLayer into = *self->layer;
  guint place = get_place (self, piece->span);

  into.out = self->tags;
  g_string_append_printf (
      self->tags, "<a class=\"t l%u\" lang=\"%s\" href=\"#d%u-%u\"",
      kutip_html_find_label (self->layer, kutip_span_get_label (piece->span)),
      kutip_html_get_language (), self->layer->nth, place);
  if (piece->nth == 0)
    g_string_append_printf (self->tags, " id=\"m%u-%u\"", self->layer->nth, place);
  g_string_append (self->tags, "><bdi>");
  kutip_html_append_name (&into, piece->span);
  if (piece->nth > 0)
    {
      g_string_append_c (self->tags, ' ');
      /* Translators: behind a span's name, at another piece of it */
      kutip_html_append_text (self->tags, _ ("(continued)"), -1);
    }
  g_string_append (self->tags, "</bdi></a>");
}

static void
open_paragraph (Sweep *self)
{
  if (!self->open)
    g_string_append (self->layer->out, "<p dir=\"auto\">");
  self->open = TRUE;
  kutip_html_append_text (self->layer->out, self->blank->str, -1);
  g_string_truncate (self->blank, 0);
  g_string_append (self->layer->out, self->tags->str);
  g_string_truncate (self->tags, 0);
}

static void
close_paragraph (Sweep *self)
{
  if (self->open)
    g_string_append (self->layer->out, "</p>\n");
  self->open = FALSE;
}

/* Within one line. */
static void
append_part (Sweep *self, const char *bytes, gsize n)
{
  GString *out = self->layer->out;

  if (n == 0)
    return;
  open_paragraph (self);
  for (guint i = 0; i < self->active->len; i++)
    {
      const Piece *piece = get_piece (self, g_array_index (self->active, guint, i));

      g_string_append_printf (
          out, "<span class=\"s l%u\">",
          kutip_html_find_label (self->layer, kutip_span_get_label (piece->span)));
    }
  kutip_html_append_text (out, bytes, (gssize) n);
  for (guint i = 0; i < self->active->len; i++)
    g_string_append (out, "</span>");
}

static gboolean
is_blank (const char *bytes, gsize n)
{
  for (const char *p = bytes; p < bytes + n; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* What stands between two places where spans begin or end. */
static void
append_segment (Sweep *self, KutipRange range)
{
  gsize n;
  const char *bytes = kutip_text_peek_range (self->text, range, &n);

  while (n > 0)
    {
      const char *newline = memchr (bytes, '\n', n);
      gsize n_line = newline == NULL ? n : (gsize) (newline - bytes);
      gsize n_shown = n_line > 0 && bytes[n_line - 1] == '\r' ? n_line - 1 : n_line;

      if (self->open || !is_blank (bytes, n_shown))
        append_part (self, bytes, n_shown);
      else
        g_string_append_len (self->blank, bytes, (gssize) n_shown);
      if (newline == NULL)
        return;
      close_paragraph (self);
      g_string_truncate (self->blank, 0);
      bytes += n_line + 1;
      n -= n_line + 1;
    }
}

static void
append_end (Sweep *self, const Piece *piece)
{
  GString *out = self->layer->out;
  g_autoptr (GString) name = g_string_new (NULL);
  KutipHtmlLayer into = *self->layer;

  into.out = name;
  kutip_html_append_name (&into, piece->span);
  open_paragraph (self);
  g_string_append_printf (out, "<span class=\"v\" lang=\"%s\">",
                          kutip_html_get_language ());
  /* Translators: for screen readers: a span such as “Quote 3” ends here. */
  g_string_append_printf (out, _ ("(end of %s)"), name->str);
  g_string_append (out, "</span>");
}

/* Ends those pieces that end at @offset, the last begun first. */
static void
end_pieces (Sweep *self, guint offset)
{
  for (guint i = self->active->len; i > 0; i--)
    {
      const Piece *piece = get_piece (self, g_array_index (self->active, guint, i - 1));

      if (piece->range.end > offset)
        continue;
      append_end (self, piece);
      g_array_remove_index (self->active, i - 1);
    }
}

static void
begin_pieces (Sweep *self, guint offset)
{
  while (self->next < self->pieces->len &&
         get_piece (self, self->next)->range.start <= offset)
    {
      add_tag (self, get_piece (self, self->next));
      g_array_append_val (self->active, self->next);
      self->next++;
    }
}

/* Where the next piece begins or ends. */
static guint
find_border (const Sweep *self)
{
  guint border = kutip_text_get_length (self->text);

  if (self->next < self->pieces->len)
    border = MIN (border, get_piece (self, self->next)->range.start);
  for (guint i = 0; i < self->active->len; i++)
    border =
        MIN (border, get_piece (self, g_array_index (self->active, guint, i))->range.end);
  return border;
}

void
kutip_html_append_article (const KutipHtmlLayer *self)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_autoptr (GArray) active = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) tags = g_string_new (NULL);
  g_autoptr (GString) blank = g_string_new (NULL);
  KutipText *text = kutip_article_get_text (self->record->article);
  Sweep sweep = { .layer = self,
                  .text = text,
                  .pieces = pieces,
                  .active = active,
                  .tags = tags,
                  .blank = blank };
  guint offset = 0;
  guint length = kutip_text_get_length (text);

  kutip_layer_foreach_span (self->layer, add_pieces, pieces);
  g_array_sort (pieces, compare_pieces);
  while (offset < length)
    {
      KutipRange range;

      begin_pieces (&sweep, offset);
      range = (KutipRange){ offset, find_border (&sweep) };
      append_segment (&sweep, range);
      offset = range.end;
      end_pieces (&sweep, offset);
    }
  close_paragraph (&sweep);
}
