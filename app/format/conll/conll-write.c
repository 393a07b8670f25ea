/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/conll/conll.h"
#include "format/json/json.h"
#include "format/tokens.h"

#include <string.h>

/* A label as it is written. */
typedef struct
{
  const char *word;
  gsize n_bytes;
} Word;

/* The tags of one column. */
typedef struct
{
  const char *label;     /* NULL: of all labels */
  guint *span;           /* by token: 1 + the number of its span, or 0 */
  GArray *words;         /* Word: of the spans in the column */
  GStringChunk *strings; /* that hold those that were changed for it */
} Column;

typedef struct
{
  KutipRecord *record;
  const KutipFormatOptions *options;
  KutipReport *report;
  GArray *tokens;
  GArray *columns; /* Column */
} Writing;

static void
clear_column (gpointer data)
{
  Column *column = data;

  g_free (column->span);
  g_array_unref (column->words);
  g_string_chunk_free (column->strings);
}

static void
add_column (Writing *self, const char *label)
{
  Column column = { label, g_new0 (guint, self->tokens->len + 1),
                    g_array_new (FALSE, FALSE, sizeof (Word)), g_string_chunk_new (64) };

  g_array_append_val (self->columns, column);
}

static void
lose (Writing *self, const char *what, KutipSpan *span)
{
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, what, self->record->path,
                    kutip_span_get_id (span), 0, NULL);
}

/* The first token that ends behind @offset. */
static guint
find_token (Writing *self, guint offset)
{
  guint low = 0, high = self->tokens->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->tokens, KutipToken, middle).range.end <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static Column *
find_column (Writing *self, const char *label)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = &g_array_index (self->columns, Column, i);

      if (column->label == NULL || strcmp (column->label, label) == 0)
        return column;
    }
  return NULL;
}

static gboolean
is_free (const Column *column, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (column->span[i] != 0)
      return FALSE;
  return TRUE;
}

gboolean
kutip_conll_is_word (const char *label)
{
  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_ascii_isgraph (*p) && kutip_tokens_is_blank (g_utf8_get_char (p)))
      return FALSE;
  return *label != '\0';
}

char *
kutip_conll_make_word (const char *label)
{
  GString *word = g_string_new (*label == '\0' ? "_" : NULL);

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    if (kutip_tokens_is_blank (g_utf8_get_char (p)))
      g_string_append_c (word, '_');
    else
      g_string_append_len (word, p, g_utf8_next_char (p) - p);
  return g_string_free (word, FALSE);
}

/* Most labels are one word. */
static void
add_word (Column *column, const char *label)
{
  Word word = { .word = label };

  if (!kutip_conll_is_word (label))
    {
      g_autofree char *changed = kutip_conll_make_word (label);

      word.word = g_string_chunk_insert_const (column->strings, changed);
    }
  word.n_bytes = strlen (word.word);
  g_array_append_val (column->words, word);
}

static void
mark_range (Writing *self, KutipSpan *span, Column *column, KutipRange range)
{
  guint first = find_token (self, range.start);
  guint end = first;
  KutipRange covered;

  while (end < self->tokens->len &&
         g_array_index (self->tokens, KutipToken, end).range.start < range.end)
    end++;
  if (first == end)
    {
      lose (self, "empty-text", span);
      return;
    }
  if (!is_free (column, first, end))
    {
      lose (self, "overlaps", span);
      return;
    }
  covered.start = g_array_index (self->tokens, KutipToken, first).range.start;
  covered.end = g_array_index (self->tokens, KutipToken, end - 1).range.end;
  if (covered.start < range.start || covered.end > range.end)
    lose (self, "sub-token", span);
  else if (!kutip_range_equal (covered, range))
    lose (self, "borders", span);
  add_word (column, kutip_span_get_label (span));
  for (guint i = first; i < end; i++)
    column->span[i] = column->words->len;
}

static gboolean
mark_span (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  Column *column = find_column (self, kutip_span_get_label (span));
  const KutipRange *ranges = kutip_span_get_ranges (span);

  if (kutip_span_is_orphan (span))
    return TRUE;
  if (!kutip_conll_is_word (kutip_span_get_label (span)))
    lose (self, "names", span);
  if (column == NULL)
    lose (self, "spans", span);
  else
    for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
      mark_range (self, span, column, ranges[i]);
  return TRUE;
}

/* --- columns --- */

static void
add_label (const char *label, guint n_spans, gpointer data)
{
  add_column (data, g_intern_string (label));
}

/* One column for all, or one for each label of the tag set, or that occurs. */
static void
make_columns (Writing *self, KutipLayer *layer)
{
  KutipTagset *tagset =
      self->options->tagset != NULL ? self->options->tagset : self->record->tagset;

  if (!self->options->column_per_label)
    add_column (self, NULL);
  else if (tagset == NULL)
    kutip_layer_foreach_label (layer, add_label, self);
  else
    for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
      add_column (self, kutip_tagset_get_nth_label (tagset, i)->name);
}

/* --- rows --- */

/* With the space before it. There is room; returns where it ends. */
static char *
put_tag (char *to, const Column *column, guint token, gboolean bioes)
{
  guint span = column->span[token];
  gboolean begins = token == 0 || column->span[token - 1] != span;
  /* There is one more than there are tokens, which is free. */
  gboolean ends = column->span[token + 1] != span;
  const Word *word;

  *to++ = ' ';
  if (span == 0)
    {
      *to++ = 'O';
      return to;
    }
  if (bioes && ends)
    *to++ = begins ? 'S' : 'E';
  else
    *to++ = begins ? 'B' : 'I';
  *to++ = '-';
  word = &g_array_index (column->words, Word, span - 1);
  memcpy (to, word->word, word->n_bytes);
  return to + word->n_bytes;
}

/* What the tags of a token take at most. */
static gsize
measure_tags (Writing *self, guint token)
{
  gsize n = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);
      guint span = column->span[token];

      n += 3 + (span == 0 ? 0 : g_array_index (column->words, Word, span - 1).n_bytes);
    }
  return n;
}

/* Sentences are not parted inside a span, which readers would take for two. */
static gboolean
is_parted (Writing *self, guint token)
{
  if (token == 0 || !g_array_index (self->tokens, KutipToken, token).begins_sentence)
    return FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      if (column->span[token] != 0 && column->span[token] == column->span[token - 1])
        return FALSE;
    }
  return TRUE;
}

static void
append_row (Writing *self, const char *utf8, guint i, GString *out)
{
  const KutipToken *token = &g_array_index (self->tokens, KutipToken, i);
  /* A break before it, the two cells that are always the same, and one behind it. */
  char *to = kutip_json_make_room (out, token->n_bytes + measure_tags (self, i) + 6);

  if (is_parted (self, i))
    *to++ = '\n';
  memcpy (to, utf8 + token->byte, token->n_bytes);
  to += token->n_bytes;
  if (!self->options->column_per_label)
    {
      memcpy (to, " _ O", 4);
      to += 4;
    }
  for (guint j = 0; j < self->columns->len; j++)
    to = put_tag (to, &g_array_index (self->columns, Column, j), i, self->options->bioes);
  *to++ = '\n';
  out->len = (gsize) (to - out->str);
}

static void
append_rows (Writing *self, GString *out)
{
  const char *utf8 =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), NULL);

  for (guint i = 0; i < self->tokens->len; i++)
    append_row (self, utf8, i, out);
  g_string_append_c (out, '\n');
}

/* The names of the columns, each a JSON string. */
static void
append_names (Writing *self, GString *out)
{
  if (!self->options->column_per_label)
    return;
  g_string_append (out, KUTIP_CONLL_COLUMNS "[");
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_string_append (out, i == 0 ? "" : ", ");
      kutip_json_append_string (out, g_array_index (self->columns, Column, i).label);
    }
  g_string_append (out, "]\n");
}

static void
append_layer (Writing *self, KutipLayer *layer, GString *out)
{
  const char *annotator =
      kutip_header_get_fields (kutip_layer_get_header (layer))->annotator;

  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column);
  make_columns (self, layer);
  kutip_layer_foreach_span (layer, mark_span, self);
  if (self->record->layers->len > 1 || (annotator != NULL && *annotator != '\0'))
    {
      g_string_append (out, KUTIP_CONLL_ANNOTATOR);
      kutip_json_append_string (out, annotator == NULL ? "" : annotator);
      g_string_append_c (out, '\n');
    }
  append_names (self, out);
  append_rows (self, out);
  g_array_unref (self->columns);
}

gboolean
kutip_conll_write (KutipRecord *record,
                   const KutipFormatOptions *options,
                   KutipSink *sink,
                   KutipReport *report,
                   GError **error)
{
  KutipText *text = kutip_article_get_text (record->article);
  g_autoptr (GArray) tokens = kutip_tokens_new (text);
  Writing writing = {
    .record = record, .options = options, .report = report, .tokens = tokens
  };
  gsize n;
  const char *utf8 = kutip_text_get_utf8 (text, &n);
  g_autoptr (GString) out = g_string_sized_new (4 * n + 256);

  g_string_append (out, KUTIP_CONLL_START " -X- O O\n\n" KUTIP_CONLL_DOC);
  kutip_json_append_string (out, record->path);
  g_string_append (out, "\n" KUTIP_CONLL_TEXT);
  kutip_json_append_bytes (out, utf8, n);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < record->layers->len; i++)
    append_layer (&writing, kutip_record_begin_layer (record, i, report), out);
  return kutip_sink_take (sink, "", g_steal_pointer (&out), error);
}
