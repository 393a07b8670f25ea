/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page.h"

#include <string.h>

#define BLOCK KUTIP_PAGE_BLOCK
/* How far before its ideal place a break may stand. */
#define SEARCH 384
/* A cluster longer than this is cut: nobody could read it anyway. */
#define LONGEST_CLUSTER 64

struct _KutipPage
{
  KutipText *text;
  KutipRange range; /* starts and ends at display lines */
  GArray *breaks;   /* guint: offsets of inserted breaks, start < each < end */
  /* The paragraph last asked for: it starts at paragraph.start and holds no separator
   * before paragraph.end, so that a line of many megabytes is looked through once. */
  KutipRange paragraph;
  guint long_paragraph; /* the start of one that was found to be long, or G_MAXUINT */
};

/* The byte after the last paragraph separator in [from, to), or @from. */
static const char *
skip_back_to_separator (const char *from, const char *to)
{
  for (const char *p = to; p > from; p--)
    {
      if (p[-1] == '\n' || p[-1] == '\r')
        return p;
      if (p - from >= 3 && p[-1] == '\xa9' && p[-2] == '\x80' && p[-3] == '\xe2')
        return p;
    }
  return from;
}

/* The byte of the first paragraph separator in [from, to), or @to. */
static const char *
skip_to_separator (const char *from, const char *to)
{
  for (const char *p = from; p < to; p++)
    {
      if (*p == '\n' || *p == '\r')
        return p;
      if (*p == '\xe2' && to - p >= 3 && p[1] == '\x80' && p[2] == '\xa9')
        return p;
    }
  return to;
}

static guint
offset_of (KutipPage *self, const char *p)
{
  guint offset = 0;
  gboolean found = kutip_text_from_byte (
      self->text, (gsize) (p - kutip_text_get_utf8 (self->text, NULL)), &offset);

  g_assert (found);
  return offset;
}

static const char *
pointer_at (KutipPage *self, guint offset)
{
  return kutip_text_get_utf8 (self->text, NULL) + kutip_text_to_byte (self->text, offset);
}

/* Where the paragraph starts that holds @offset; between CR and LF, the one that ends
 * there. */
static guint
find_paragraph_start (KutipPage *self, guint offset)
{
  const char *base = kutip_text_get_utf8 (self->text, NULL);
  const char *p = pointer_at (self, offset);
  const char *known = base;
  const char *start;

  if (offset >= self->paragraph.start && offset <= self->paragraph.end)
    return self->paragraph.start;
  if (p > base && p[-1] == '\r' && *p == '\n')
    p--;
  if (self->paragraph.end > self->paragraph.start && offset > self->paragraph.end)
    known = pointer_at (self, self->paragraph.end);
  start = skip_back_to_separator (known, p);
  if (start != known || known == base)
    self->paragraph.start = offset_of (self, start);
  self->paragraph.end = MAX (self->paragraph.start, offset_of (self, p));
  return self->paragraph.start;
}

/* The first separator from @offset on, looking no further than @limit. */
static guint
find_separator (KutipPage *self, guint offset, guint limit)
{
  guint length = kutip_text_get_length (self->text);

  return offset_of (self, skip_to_separator (pointer_at (self, MIN (offset, length)),
                                             pointer_at (self, MIN (limit, length))));
}

static gboolean
ends_sentence (gunichar c)
{
  switch (c)
    {
    case '.':
    case '!':
    case '?':
    case 0x061f: /* Arabic question mark */
    case 0x06d4: /* Urdu full stop */
    case 0x0964: /* danda */
    case 0x3002: /* ideographic full stop */
    case 0xff01:
    case 0xff1f:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether a break may stand before @c: not before what belongs to the character or the
 * sentence so far. */
static gboolean
can_start_line (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return !g_unichar_ismark (c) && type != G_UNICODE_FORMAT &&
         type != G_UNICODE_CLOSE_PUNCTUATION && type != G_UNICODE_FINAL_PUNCTUATION;
}

/* The best place for a break in (@limit - SEARCH, @limit]: after a sentence, else after a
 * space, else between two characters. */
static guint
choose_break (KutipPage *self, guint limit)
{
  const char *p = pointer_at (self, limit - SEARCH);
  guint sentence = 0;
  guint space = 0;
  gunichar before = 0;
  KutipRange cluster;

  for (guint i = limit - SEARCH; i < limit; i++)
    {
      gunichar c = g_utf8_get_char (p);

      p = g_utf8_next_char (p);
      if (can_start_line (g_utf8_get_char (p)) && g_unichar_isspace (c))
        {
          space = i + 1;
          if (ends_sentence (before))
            sentence = i + 1;
        }
      else if (can_start_line (g_utf8_get_char (p)) && c >= 0x3002 && ends_sentence (c))
        sentence = i + 1;
      before = c;
    }
  if (sentence != 0)
    return sentence;
  if (space != 0)
    return space;
  cluster = kutip_segment_whole_characters (self->text, (KutipRange){ limit, limit + 1 });
  return cluster.start + LONGEST_CLUSTER < limit ? limit : MIN (cluster.start, limit);
}

static gboolean
is_long (KutipPage *self, guint paragraph)
{
  guint64 needed = (guint64) paragraph + KUTIP_PAGE_LONG;

  if (self->long_paragraph == paragraph)
    return TRUE;
  if (needed >= kutip_text_get_length (self->text) ||
      find_separator (self, paragraph, (guint) needed) < needed)
    return FALSE;
  self->long_paragraph = paragraph;
  return TRUE;
}

/* The @k-th break of the paragraph that starts at @paragraph, k from 1; FALSE when it has
 * fewer. Looks at one block only, so that it costs the same anywhere in a paragraph of
 * any length. */
static gboolean
get_break (KutipPage *self, guint paragraph, guint k, guint *offset)
{
  guint64 ideal = paragraph + (guint64) k * BLOCK;
  guint64 needed = ideal + BLOCK / 4;

  if (needed >= kutip_text_get_length (self->text) || !is_long (self, paragraph))
    return FALSE;
  if (find_separator (self, (guint) ideal - BLOCK, (guint) needed) < needed)
    return FALSE;
  *offset = choose_break (self, (guint) ideal);
  return TRUE;
}

/* The start of the display line that holds @offset. */
static guint
find_line_start (KutipPage *self, guint offset)
{
  guint paragraph = find_paragraph_start (self, offset);
  guint at = 0;

  for (guint k = (offset - paragraph) / BLOCK + 1; k > 0; k--)
    if (get_break (self, paragraph, k, &at) && at <= offset)
      return at;
  return paragraph;
}

/* The start of the next display line, or the end of the text; @is_break says whether the
 * line ends in an inserted break. */
static guint
find_next_line (KutipPage *self, guint line, gboolean *is_break)
{
  guint length = kutip_text_get_length (self->text);
  guint paragraph = find_paragraph_start (self, line);
  guint k = (line - paragraph) / BLOCK + 1;
  guint at = 0;
  guint end;

  *is_break = FALSE;
  for (; get_break (self, paragraph, k, &at); k++)
    if (at > line)
      {
        *is_break = TRUE;
        return at;
      }
  end = find_separator (self, line, line + KUTIP_PAGE_LONG + BLOCK);
  if (end == length)
    return length;
  if (kutip_text_get_char (self->text, end) == '\r' && end + 1 < length &&
      kutip_text_get_char (self->text, end + 1) == '\n')
    end++;
  return end + 1;
}

static gboolean
is_break_at (KutipPage *self, guint line)
{
  return line > 0 && line < kutip_text_get_length (self->text) &&
         find_paragraph_start (self, line) != line;
}

/* What stands for a character that a text widget would draw as nothing or as a box, or
 * would take for an embedded widget. */
static gunichar
get_stand_in (gunichar c)
{
  if (c == '\t' || c == '\n' || c == '\r')
    return c;
  if (c < 0x20)
    return 0x2400 + c;
  if (c == 0x7f)
    return 0x2421;
  if (c == 0x85)
    return 0x2424;
  if ((c > 0x7f && c < 0xa0) || c == 0xfffc)
    return 0xfffd;
  return c;
}

static void
append_shown (KutipPage *self, GString *shown, KutipRange range)
{
  const char *p = pointer_at (self, range.start);
  const char *end = pointer_at (self, range.end);

  while (p < end)
    {
      const char *next = g_utf8_next_char (p);
      gunichar c = g_utf8_get_char (p);
      gunichar stand_in = get_stand_in (c);

      if (stand_in == c)
        g_string_append_len (shown, p, next - p);
      else
        g_string_append_unichar (shown, stand_in);
      p = next;
    }
}

/* Appends the lines from @from on, at least @size of them in code points, and their
 * breaks; returns where they end. A break at @from itself is the caller's. */
static guint
append_lines (KutipPage *self, GString *shown, GArray *breaks, guint from, guint size)
{
  guint length = kutip_text_get_length (self->text);
  guint64 target = MIN ((guint64) from + size, length);
  guint line = from;

  while (line < target)
    {
      gboolean is_break;
      guint next = find_next_line (self, line, &is_break);

      append_shown (self, shown, (KutipRange){ line, next });
      if (is_break && next < target)
        {
          g_string_append_c (shown, '\n');
          g_array_append_val (breaks, next);
        }
      line = next;
    }
  return line;
}

KutipPage *
kutip_page_new (KutipText *text)
{
  KutipPage *self = g_new0 (KutipPage, 1);

  self->text = kutip_text_ref (text);
  self->breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->long_paragraph = G_MAXUINT;
  return self;
}

void
kutip_page_free (KutipPage *self)
{
  kutip_text_unref (self->text);
  g_array_unref (self->breaks);
  g_free (self);
}

KutipText *
kutip_page_get_text (KutipPage *self)
{
  return self->text;
}

KutipRange
kutip_page_get_range (KutipPage *self)
{
  return self->range;
}

gboolean
kutip_page_is_whole (KutipPage *self)
{
  return self->range.start == 0 && self->range.end == kutip_text_get_length (self->text);
}

guint
kutip_page_get_n_places (KutipPage *self)
{
  return self->range.end - self->range.start + self->breaks->len;
}

char *
kutip_page_load (KutipPage *self, guint offset, guint size)
{
  guint length = kutip_text_get_length (self->text);
  guint from = offset > size / 2 ? offset - size / 2 : 0;
  GString *shown = g_string_new (NULL);

  if (length <= size)
    from = 0;
  else if (length - from < size)
    from = length - size;
  g_array_set_size (self->breaks, 0);
  self->range.start = find_line_start (self, from);
  self->range.end = append_lines (self, shown, self->breaks, self->range.start,
                                  size + (from - self->range.start));
  return g_string_free (shown, FALSE);
}

char *
kutip_page_grow_start (KutipPage *self, guint size)
{
  guint old = self->range.start;
  g_autoptr (GArray) breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  GString *shown;

  if (old == 0)
    return NULL;
  shown = g_string_new (NULL);
  self->range.start = find_line_start (self, old > size ? old - size : 0);
  append_lines (self, shown, breaks, self->range.start, old - self->range.start);
  if (is_break_at (self, old))
    {
      g_string_append_c (shown, '\n');
      g_array_append_val (breaks, old);
    }
  g_array_prepend_vals (self->breaks, breaks->data, breaks->len);
  return g_string_free (shown, FALSE);
}

char *
kutip_page_grow_end (KutipPage *self, guint size)
{
  guint old = self->range.end;
  GString *shown;

  if (old == kutip_text_get_length (self->text))
    return NULL;
  shown = g_string_new (NULL);
  if (old > self->range.start && is_break_at (self, old))
    {
      g_string_append_c (shown, '\n');
      g_array_append_val (self->breaks, old);
    }
  self->range.end = append_lines (self, shown, self->breaks, old, size);
  return g_string_free (shown, FALSE);
}

/* How many breaks lie before @offset, or, with @inclusive, at it too. */
static guint
count_breaks (KutipPage *self, guint offset, gboolean inclusive)
{
  guint low = 0;
  guint high = self->breaks->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      guint at = g_array_index (self->breaks, guint, middle);

      if (at < offset || (inclusive && at == offset))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
kutip_page_shrink_start (KutipPage *self, guint size, guint keep)
{
  guint old = self->range.start;
  guint to = find_line_start (
      self, (guint) MIN (MIN ((guint64) old + size, keep), self->range.end));
  guint n_breaks = count_breaks (self, to, TRUE);

  if (to <= old)
    return 0;
  g_array_remove_range (self->breaks, 0, n_breaks);
  self->range.start = to;
  return to - old + n_breaks;
}

guint
kutip_page_shrink_end (KutipPage *self, guint size, guint keep)
{
  guint old = self->range.end;
  guint old_breaks = self->breaks->len;
  guint to = MAX (MAX (old - MIN (size, old), self->range.start), MIN (keep, old) + 1);
  guint line;
  gboolean is_break;

  if (to >= old)
    return 0;
  line = find_line_start (self, to);
  if (line != to)
    to = find_next_line (self, line, &is_break);
  if (to >= old)
    return 0;
  g_array_set_size (self->breaks, count_breaks (self, to, FALSE));
  self->range.end = to;
  return old - to + (old_breaks - self->breaks->len);
}

guint
kutip_page_to_place (KutipPage *self, guint offset)
{
  offset = CLAMP (offset, self->range.start, self->range.end);
  return offset - self->range.start + count_breaks (self, offset, TRUE);
}

guint
kutip_page_to_end_place (KutipPage *self, guint offset)
{
  offset = CLAMP (offset, self->range.start, self->range.end);
  return offset - self->range.start + count_breaks (self, offset, FALSE);
}

guint
kutip_page_to_offset (KutipPage *self, guint place)
{
  guint low = 0;
  guint high = self->breaks->len;

  place = MIN (place, kutip_page_get_n_places (self));
  /* The i-th break, as a character of the widget, stands at its offset plus the i before
   * it. */
  while (low < high)
    {
      guint middle = (low + high) / 2;
      guint at = g_array_index (self->breaks, guint, middle) - self->range.start + middle;

      if (at < place)
        low = middle + 1;
      else
        high = middle;
    }
  return self->range.start + place - low;
}

const guint *
kutip_page_get_breaks (KutipPage *self, guint *n_breaks)
{
  *n_breaks = self->breaks->len;
  return (const guint *) (gpointer) self->breaks->data;
}
