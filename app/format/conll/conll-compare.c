/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/conll/conll.h"

#include "format/json/json-cursor.h"
#include "format/tokens.h"
#include "text/utf8.h"

#include <string.h>

/* Token columns beside the record that they were written from: row by row along the
 * article's text, with no second text, layer or span made of them. What a tag means is
 * what conll-read.c takes it for. */

/* A span in the file; its label stands there, not ended by a NUL. */
typedef struct
{
  const char *label; /* NULL: none is open in the column */
  gsize n_label;
  KutipRange range;
} Found;

typedef struct
{
  KutipRecord *record;
  GHashTable *excused; /* or NULL */
  KutipDifference *difference;
  const char *last; /* behind what was written */
  const char *text_end;
  const char *at;  /* in the article's text */
  guint offset;    /* the same in code points */
  GArray *open;    /* Found, by column */
  GArray *found;   /* Found: of the layer, in the order of the text */
  guint n_columns; /* of labels, when they were named; 0: the last is it */
  guint layer;     /* that is compared */
  guint n_expected;
  guint next;        /* of what was found */
  gboolean in_layer; /* something of it was there */
  gboolean any_row, any_doc, any_text;
} Comparison;

static gboolean
starts_with (const char *line, const char *end, const char *prefix)
{
  gsize n = strlen (prefix);

  return (gsize) (end - line) >= n && memcmp (line, prefix, n) == 0;
}

/* --- spans --- */

static void
close_span (Comparison *self, Found *open)
{
  if (open->label != NULL)
    g_array_append_val (self->found, *open);
  open->label = NULL;
}

static void
close_all (Comparison *self)
{
  for (guint i = 0; i < self->open->len; i++)
    close_span (self, &g_array_index (self->open, Found, i));
}

static inline void
take_tag (
    Comparison *self, guint column, const char *tag, const char *end, KutipRange range)
{
  Found *open;

  if (G_UNLIKELY (column >= self->open->len))
    g_array_set_size (self->open, column + 1);
  open = &g_array_index (self->open, Found, column);
  if (end - tag < 3 || tag[1] != '-')
    {
      close_span (self, open);
      return;
    }
  if (tag[0] == 'B' || tag[0] == 'S' || tag[0] == 'U' || open->label == NULL ||
      open->n_label != (gsize) (end - tag) - 2 ||
      memcmp (open->label, tag + 2, open->n_label) != 0)
    {
      close_span (self, open);
      *open = (Found){ tag + 2, (gsize) (end - tag) - 2, range };
    }
  open->range.end = range.end;
  if (tag[0] == 'E' || tag[0] == 'S' || tag[0] == 'L' || tag[0] == 'U')
    close_span (self, open);
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  return kutip_range_compare (((const Found *) a)->range, ((const Found *) b)->range);
}

static gboolean
is_label (const Found *found, const char *label)
{
  g_autofree char *changed = NULL;

  if (strncmp (label, found->label, found->n_label) == 0 && label[found->n_label] == '\0')
    return TRUE;
  if (kutip_conll_is_word (label))
    return FALSE;
  changed = kutip_conll_make_word (label);
  return strncmp (changed, found->label, found->n_label) == 0 &&
         changed[found->n_label] == '\0';
}

/* Moves behind the next that was found at @range with @label. */
static gboolean
find_span (Comparison *self, KutipRange range, const char *label)
{
  Found *found = (Found *) (gpointer) self->found->data;
  guint n = self->found->len;
  guint i;

  while (self->next < n && kutip_range_compare (found[self->next].range, range) < 0)
    self->next++;
  /* Columns may have several at one place. */
  for (i = self->next; i < n && kutip_range_equal (found[i].range, range); i++)
    if (is_label (&found[i], label))
      {
        found[i] = found[self->next++];
        return TRUE;
      }
  return FALSE;
}

static gboolean
compare_span (KutipSpan *span, gpointer data)
{
  Comparison *self = data;

  if (kutip_span_is_orphan (span) ||
      (self->excused != NULL &&
       g_hash_table_contains (self->excused, kutip_span_get_id (span))))
    return TRUE;
  self->n_expected++;
  if (kutip_span_get_n_ranges (span) != 1 ||
      !find_span (self, kutip_span_get_ranges (span)[0], kutip_span_get_label (span)))
    self->difference->span = span;
  return self->difference->span == NULL;
}

/* Behind the last row of a layer. */
static void
end_layer (Comparison *self)
{
  KutipLayer *layer;

  close_all (self);
  while (*self->at != '\0' && kutip_tokens_is_blank (g_utf8_get_char (self->at)))
    self->at = g_utf8_next_char (self->at);
  if (self->layer == self->record->layers->len || !self->any_text || *self->at != '\0')
    {
      self->difference->text = TRUE;
      return;
    }
  /* Those of one column are in order. */
  if (self->open->len > 1)
    g_array_sort (self->found, compare_found);
  layer = g_ptr_array_index (self->record->layers, self->layer++);
  kutip_layer_foreach_span (layer, compare_span, self);
  if (self->found->len > self->n_expected && self->excused == NULL)
    self->difference->more = TRUE;
}

static void
start_layer (Comparison *self)
{
  gsize n_text;

  if (self->in_layer)
    end_layer (self);
  g_array_set_size (self->found, 0);
  g_array_set_size (self->open, 0);
  self->n_columns = self->n_expected = self->next = 0;
  self->at =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), &n_text);
  self->text_end = self->at + n_text;
  self->offset = 0;
  self->in_layer = TRUE;
}

/* --- rows --- */

/* Moves over what is the same at @p and *@at as long as it is no token's end. */
static inline const char *
pass_same (Comparison *self, const char *p, const char **at, guint *offset)
{
  const guint64 each = G_GUINT64_CONSTANT (0x0101010101010101);
  const char *q = *at;

  while (self->last - p >= 8 && self->text_end - q >= 8)
    {
      guint64 word = kutip_json_load_word (p);
      /* 0x80 in the first byte that differs or is a space or a line break; what is marked
       * behind it may be wrong. */
      guint64 other = word ^ kutip_json_load_word (q);
      guint64 ends = ((word - each * 0x21) & ~word) & each * 0x80;
      guint64 marks =
          ends | ((other | ((other & each * 0x7f) + each * 0x7f)) & each * 0x80);
      gsize n = marks == 0 ? 8 : kutip_json_count_unmarked (marks);
      guint64 within = n == 8 ? ~G_GUINT64_CONSTANT (0) : ((guint64) 1 << 8 * n) - 1;
      guint64 continuations = (word >> 7) & (~word >> 6) & each & within;

      p += n;
      q += n;
      *offset += (guint) n - (guint) ((continuations * each) >> 56);
      if (n < 8)
        {
          *at = q;
          return p;
        }
    }
  /* No token has a space or a line break, nor has the text a NUL. */
  for (; *p == *q && *p != ' ' && *p != '\n'; p++, q++)
    *offset += ((guchar) *p & 0xc0) != 0x80 ? 1 : 0;
  *at = q;
  return p;
}

/* Moves behind the token that begins the row, both there and in the article's text; NULL
 * when that goes on with another. */
static const char *
pass_token (Comparison *self, const char *row, KutipRange *range)
{
  const char *at = self->at;
  const char *p = row;
  guint offset = self->offset;

  if (*at == ' ')
    {
      at++;
      offset++;
    }
  while ((guchar) *at <= ' ' || (guchar) *at >= 0x7f)
    {
      if (*at == '\0' || !kutip_tokens_is_blank (g_utf8_get_char (at)))
        break;
      at = g_utf8_next_char (at);
      offset++;
    }
  range->start = offset;
  p = pass_same (self, p, &at, &offset);
  range->end = self->offset = offset;
  self->at = at;
  return p > row && (*p == ' ' || *p == '\n') ? p : NULL;
}

/* Behind the cell that begins at @cell. */
static inline const char *
find_cell_end (const char *cell)
{
  while (*cell != ' ' && *cell != '\n' && *cell != '\t')
    cell++;
  return cell;
}

/* Most rows have one tag, and most tags open no span. Behind the row, or NULL when it is
 * none of these. */
static inline const char *
pass_simple_cells (Comparison *self, const char *cells, guint end)
{
  const char *tag = cells + 5;
  Found *open;

  if (self->n_columns > 0 || self->open->len == 0 || self->last - tag < 2 ||
      memcmp (cells, " _ O ", 5) != 0)
    return NULL;
  open = &g_array_index (self->open, Found, 0);
  if (tag[0] == 'O' && tag[1] == '\n')
    {
      close_span (self, open);
      return tag + 2;
    }
  if (tag[0] != 'I' || tag[1] != '-' || open->label == NULL ||
      (gsize) (self->last - tag) < open->n_label + 3 || tag[open->n_label + 2] != '\n' ||
      memcmp (open->label, tag + 2, open->n_label) != 0)
    return NULL;
  open->range.end = end;
  return tag + open->n_label + 3;
}

/* Behind the row, which ends with a line break; NULL when there is not what the reader
 * would take. */
static const char *
compare_row (Comparison *self, const char *row)
{
  KutipRange range;
  const char *cell = pass_token (self, row, &range);
  const char *next;
  guint n = 0;

  if (cell == NULL)
    {
      self->difference->text = TRUE;
      return row;
    }
  self->any_row = TRUE;
  next = pass_simple_cells (self, cell, range.end);
  if (next != NULL)
    return next;
  while (*cell == ' ')
    {
      const char *begin = ++cell;

      cell = find_cell_end (begin);
      if (cell == begin)
        return NULL;
      if (self->n_columns > 0 || *cell == '\n')
        take_tag (self, self->n_columns > 0 ? n : 0, begin, cell, range);
      n++;
    }
  if (*cell != '\n' || (self->n_columns > 0 && n != self->n_columns))
    return NULL;
  /* A token alone has no tag. */
  if (n == 0)
    close_all (self);
  return cell + 1;
}

/* --- comments --- */

static gboolean
compare_text (Comparison *self, const char *json, const char *end)
{
  g_auto (KutipJsonCursor) cursor;
  gsize n_text;
  const char *text =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), &n_text);

  self->any_text = TRUE;
  kutip_json_cursor_init (&cursor, json, (gsize) (end - json));
  self->difference->text |= !kutip_json_cursor_is_string (&cursor, text, n_text);
  kutip_json_cursor_end (&cursor);
  return !cursor.is_broken;
}

static gboolean
count_columns (Comparison *self, const char *json, const char *end)
{
  g_auto (KutipJsonCursor) cursor;

  kutip_json_cursor_init (&cursor, json, (gsize) (end - json));
  kutip_json_cursor_open (&cursor, '[');
  self->n_columns = 0;
  while (kutip_json_cursor_next_element (&cursor))
    {
      kutip_json_cursor_skip (&cursor);
      self->n_columns++;
    }
  return !cursor.is_broken;
}

/* FALSE when there is not what the reader would take, or another document begins. */
static gboolean
compare_comment (Comparison *self, const char *line, const char *end)
{
  if (starts_with (line, end, KUTIP_CONLL_TEXT))
    return !self->any_text && !self->any_row &&
           compare_text (self, line + strlen (KUTIP_CONLL_TEXT), end);
  if (starts_with (line, end, KUTIP_CONLL_COLUMNS))
    {
      if (!self->in_layer)
        start_layer (self);
      return count_columns (self, line + strlen (KUTIP_CONLL_COLUMNS), end);
    }
  if (!kutip_utf8_validate (line, (gsize) (end - line), NULL))
    return FALSE;
  if (starts_with (line, end, KUTIP_CONLL_ANNOTATOR))
    start_layer (self);
  else if (starts_with (line, end, KUTIP_CONLL_DOC))
    {
      if (self->any_doc)
        return FALSE;
      self->any_doc = TRUE;
    }
  return TRUE;
}

/* A line that may be no row. Behind it, or NULL. */
static const char *
compare_other (Comparison *self, const char *line)
{
  const char *end = memchr (line, '\n', (gsize) (self->last - line));

  if (starts_with (line, end, "# ") && g_strstr_len (line, end - line, " = ") != NULL)
    return compare_comment (self, line, end) ? end + 1 : NULL;
  if (starts_with (line, end, KUTIP_CONLL_START))
    return !self->any_row && !self->any_doc ? end + 1 : NULL;
  if (!self->in_layer)
    start_layer (self);
  return compare_row (self, line);
}

static const char *
compare_line (Comparison *self, const char *line)
{
  if (*line == '\n')
    {
      close_all (self);
      return line + 1;
    }
  return *line == '#' || *line == '-' || !self->in_layer ? compare_other (self, line)
                                                         : compare_row (self, line);
}

gboolean
kutip_conll_compare (KutipRecord *record,
                     const char *bytes,
                     gsize n_bytes,
                     GHashTable *excused,
                     KutipDifference *difference)
{
  g_autoptr (GArray) open = g_array_new (FALSE, TRUE, sizeof (Found));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  Comparison self = {
    .record = record,
    .excused = excused,
    .difference = difference,
    .open = open,
    .found = found,
    .last = bytes + n_bytes,
  };

  /* So that each line has an end. */
  if (n_bytes == 0 || self.last[-1] != '\n')
    return FALSE;
  for (const char *line = bytes; line < self.last;)
    {
      line = compare_line (&self, line);
      if (line == NULL)
        return FALSE;
      if (difference->text || difference->span != NULL)
        return TRUE;
    }
  if (!self.in_layer)
    start_layer (&self);
  end_layer (&self);
  difference->text |= self.layer < record->layers->len;
  return TRUE;
}
