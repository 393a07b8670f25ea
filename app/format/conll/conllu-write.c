/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/conll/conllu.h"
#include "format/json/json.h"
#include "format/pour.h"
#include "format/token-cover.h"

#include <string.h>

/* Where the pieces of spans stand that do not overlap. */
typedef struct
{
  guint *piece; /* by row: 1 + the number of its piece, or 0; one more than rows */
} Lane;

typedef struct
{
  KutipSpan *span;
  guint first, last; /* rows */
} Piece;

typedef struct
{
  KutipPour *pour;
  GString *out; /* its buffer */
  KutipRecord *record;
  KutipLayer *layer;
  const KutipFormatOptions *options;
  KutipReport *report;
  const char *annotator; /* "" for none */
  const char *utf8;
  GArray *rows; /* const KutipToken *: tokens that are no white space */
  GArray *lanes, *pieces;
  GArray *row_numbers;   /* guint: in the sentence, from 1 */
  GArray *row_sentences; /* guint: from 1 */
} Writing;

static void
clear_lane (gpointer data)
{
  g_free (((Lane *) data)->piece);
}

static const KutipToken *
get_row (const Writing *self, guint i)
{
  return g_array_index (self->rows, const KutipToken *, i);
}

static void
lose (Writing *self, const char *what, const char *id)
{
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, what, self->record->path, id, 0,
                    NULL);
}

/* --- spans onto rows --- */

/* The first row that ends behind @offset. */
static guint
find_row (Writing *self, guint offset)
{
  guint low = 0, high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_row (self, middle)->range.end <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_free (const Lane *lane, guint first, guint last)
{
  for (guint i = first; i <= last; i++)
    if (lane->piece[i] != 0)
      return FALSE;
  return TRUE;
}

static Lane *
get_free_lane (Writing *self, guint first, guint last)
{
  Lane lane;

  for (guint i = 0; i < self->lanes->len; i++)
    if (is_free (&g_array_index (self->lanes, Lane, i), first, last))
      return &g_array_index (self->lanes, Lane, i);
  lane.piece = g_new0 (guint, self->rows->len + 1);
  g_array_append_val (self->lanes, lane);
  return &g_array_index (self->lanes, Lane, self->lanes->len - 1);
}

/* FALSE when there is nothing but white space in @range. */
static gboolean
place_piece (Writing *self, KutipSpan *span, KutipRange range)
{
  Piece piece = { span, find_row (self, range.start), 0 };
  Lane *lane;

  piece.last = piece.first;
  if (piece.first == self->rows->len ||
      get_row (self, piece.first)->range.start >= range.end)
    return FALSE;
  while (piece.last + 1 < self->rows->len &&
         get_row (self, piece.last + 1)->range.start < range.end)
    piece.last++;
  if (get_row (self, piece.first)->range.start != range.start ||
      get_row (self, piece.last)->range.end != range.end)
    lose (self, "borders", kutip_span_get_id (span));
  lane = get_free_lane (self, piece.first, piece.last);
  g_array_append_val (self->pieces, piece);
  for (guint i = piece.first; i <= piece.last; i++)
    lane->piece[i] = self->pieces->len;
  return TRUE;
}

static gboolean
place_span (KutipSpan *span, gpointer data)
{
  Writing *self = data;

  if (kutip_span_is_orphan (span))
    return TRUE;
  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    if (!place_piece (self, span, kutip_span_get_ranges (span)[i]))
      lose (self, "empty-text", kutip_span_get_id (span));
  return TRUE;
}

/* --- sentences --- */

/* Sentences are not parted inside a span. */
static gboolean
is_parted (Writing *self, guint row)
{
  if (row == 0 || !get_row (self, row)->begins_sentence)
    return row == 0;
  for (guint i = 0; i < self->lanes->len; i++)
    {
      const Lane *lane = &g_array_index (self->lanes, Lane, i);

      if (lane->piece[row] != 0 && lane->piece[row] == lane->piece[row - 1])
        return FALSE;
    }
  return TRUE;
}

static void
number_rows (Writing *self)
{
  guint number = 0, sentence = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (is_parted (self, i))
        {
          number = 0;
          sentence++;
        }
      number++;
      g_array_append_val (self->row_numbers, number);
      g_array_append_val (self->row_sentences, sentence);
    }
}

/* --- rows --- */

static void
begin_item (GString *misc, const char *name)
{
  if (misc->len > 0)
    g_string_append_c (misc, '|');
  g_string_append_printf (misc, "%s=", name);
}

/* "Span", "Span2" … */
static void
begin_column (GString *misc, const char *name, guint lane)
{
  if (misc->len > 0)
    g_string_append_c (misc, '|');
  if (lane == 0)
    g_string_append_printf (misc, "%s=", name);
  else
    g_string_append_printf (misc, "%s%u=", name, lane + 1);
}

static void
append_spaces (Writing *self, GString *misc, const char *name, gsize start, gsize end)
{
  g_autofree char *spaces = g_strndup (self->utf8 + start, end - start);

  begin_item (misc, name);
  kutip_conllu_append_value (misc, spaces);
}

/* What stands behind the row, up to the next or the end of the text. */
static void
append_gap (Writing *self, GString *misc, guint row)
{
  const KutipToken *token = get_row (self, row);
  gboolean is_last = row + 1 == self->rows->len;
  gsize start = token->byte + token->n_bytes;
  gsize end = is_last ? strlen (self->utf8) : get_row (self, row + 1)->byte;

  if (start == end)
    {
      if (!is_last)
        g_string_append (misc, misc->len > 0 ? "|SpaceAfter=No" : "SpaceAfter=No");
    }
  else if (is_last || end - start != 1 || self->utf8[start] != ' ')
    append_spaces (self, misc, "SpacesAfter", start, end);
}

static void
append_tag (Writing *self, GString *misc, guint lane, guint row)
{
  const guint *pieces = g_array_index (self->lanes, Lane, lane).piece;
  const Piece *piece;
  gboolean begins, ends;

  if (pieces[row] == 0)
    return;
  piece = &g_array_index (self->pieces, Piece, pieces[row] - 1);
  begins = piece->first == row;
  ends = self->options->bioes && piece->last == row;
  begin_column (misc, "Span", lane);
  g_string_append (misc, begins ? (ends ? "S-" : "B-") : ends ? "E-" : "I-");
  kutip_conllu_append_value (misc, kutip_span_get_label (piece->span));
}

static void
append_id (Writing *self, GString *misc, guint lane, guint row)
{
  guint number = g_array_index (self->lanes, Lane, lane).piece[row];
  const Piece *piece =
      number == 0 ? NULL : &g_array_index (self->pieces, Piece, number - 1);

  if (piece == NULL || piece->first != row)
    return;
  begin_column (misc, "Id", lane);
  kutip_conllu_append_value (misc, kutip_span_get_id (piece->span));
}

/* A row of the same sentence at which the span begins, and nothing else does; 0: none. */
static guint
find_token (Writing *self, KutipSpan *span, guint row)
{
  guint target = find_row (self, kutip_span_get_ranges (span)[0].start);
  guint n = 0;

  if (target == self->rows->len || g_array_index (self->row_sentences, guint, target) !=
                                       g_array_index (self->row_sentences, guint, row))
    return 0;
  for (guint i = 0; i < self->lanes->len; i++)
    {
      guint number = g_array_index (self->lanes, Lane, i).piece[target];

      if (number == 0 || g_array_index (self->pieces, Piece, number - 1).first != target)
        continue;
      if (g_array_index (self->pieces, Piece, number - 1).span != span || n++ > 0)
        return 0;
    }
  return n == 0 ? 0 : g_array_index (self->row_numbers, guint, target);
}

static gboolean
is_placed (Writing *self, KutipSpan *span)
{
  guint row;

  if (span == NULL || kutip_span_is_orphan (span))
    return FALSE;
  row = find_row (self, kutip_span_get_ranges (span)[0].start);
  return row < self->rows->len &&
         get_row (self, row)->range.start < kutip_span_get_ranges (span)[0].end;
}

/* The links of the span that begins here in @lane. */
static void
append_links (Writing *self, GString *misc, guint lane, guint row)
{
  guint number = g_array_index (self->lanes, Lane, lane).piece[row];
  const Piece *piece =
      number == 0 ? NULL : &g_array_index (self->pieces, Piece, number - 1);
  g_autoptr (GPtrArray) relations = NULL;
  guint n = 0;

  if (piece == NULL || piece->first != row ||
      find_row (self, kutip_span_get_ranges (piece->span)[0].start) != row)
    return;
  relations =
      kutip_layer_list_relations_of (self->layer, kutip_span_get_id (piece->span));
  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);
      KutipSpan *to =
          kutip_layer_get_span (self->layer, kutip_relation_get_to (relation));
      guint token;

      if (strcmp (kutip_relation_get_from (relation), kutip_span_get_id (piece->span)) !=
              0 ||
          !is_placed (self, to))
        continue;
      if (n++ > 0)
        g_string_append_c (misc, ',');
      else
        begin_column (misc, "Rel", lane);
      token = find_token (self, to, row);
      if (token > 0)
        g_string_append_printf (misc, "%u:", token);
      else
        {
          g_autofree char *id = g_uri_escape_string (kutip_span_get_id (to), NULL, FALSE);

          g_string_append_printf (misc, "@%s:", id);
        }
      {
        g_autofree char *label =
            g_uri_escape_string (kutip_relation_get_label (relation), " -_.()/", TRUE);

        kutip_conllu_append_value (misc, label);
      }
    }
}

static gboolean
check_relation (KutipRelation *relation, gpointer data)
{
  Writing *self = data;
  const char *ends[] = { kutip_relation_get_from (relation),
                         kutip_relation_get_to (relation) };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (!is_placed (self, kutip_layer_get_span (self->layer, ends[i])))
      {
        lose (self, "relations", kutip_relation_get_id (relation));
        break;
      }
  return TRUE;
}

static void
append_on_line (GString *out, const char *string)
{
  for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p))
    if (kutip_tokens_is_blank (g_utf8_get_char (p)))
      g_string_append_c (out, '_');
    else
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
}

/* The sentence's text on one line. */
static void
append_sentence_start (Writing *self, guint row)
{
  guint sentence = g_array_index (self->row_sentences, guint, row);
  guint last = row;
  const KutipToken *end;

  while (last + 1 < self->rows->len &&
         g_array_index (self->row_sentences, guint, last + 1) == sentence)
    last++;
  end = get_row (self, last);
  g_string_append (self->out, "# sent_id = ");
  append_on_line (self->out, self->record->path);
  if (*self->annotator != '\0')
    g_string_append_c (self->out, '-');
  append_on_line (self->out, self->annotator);
  g_string_append_printf (self->out, "-%u\n# text = ", sentence);
  for (const char *p = self->utf8 + get_row (self, row)->byte;
       p < self->utf8 + end->byte + end->n_bytes; p = g_utf8_next_char (p))
    if (kutip_tokens_is_blank (g_utf8_get_char (p)))
      g_string_append_c (self->out, ' ');
    else
      g_string_append_len (self->out, p, g_utf8_next_char (p) - p);
  g_string_append_c (self->out, '\n');
}

static void
append_row (Writing *self, guint row)
{
  const KutipToken *token = get_row (self, row);
  g_autoptr (GString) misc = g_string_new (NULL);

  for (guint i = 0; i < self->lanes->len; i++)
    append_id (self, misc, i, row);
  for (guint i = 0; i < self->lanes->len; i++)
    append_links (self, misc, i, row);
  append_gap (self, misc, row);
  if (row == 0 && token->byte > 0)
    append_spaces (self, misc, "SpacesBefore", 0, token->byte);
  for (guint i = 0; i < self->lanes->len; i++)
    append_tag (self, misc, i, row);
  g_string_append_printf (self->out, "%u\t",
                          g_array_index (self->row_numbers, guint, row));
  g_string_append_len (self->out, self->utf8 + token->byte, (gssize) token->n_bytes);
  g_string_append_printf (self->out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n",
                          misc->len == 0 ? "_" : misc->str);
}

static void
append_rows (Writing *self)
{
  number_rows (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (g_array_index (self->row_numbers, guint, i) == 1)
        {
          if (i > 0)
            g_string_append_c (self->out, '\n');
          append_sentence_start (self, i);
        }
      append_row (self, i);
      kutip_pour_check (self->pour);
    }
  if (self->rows->len == 0 && *self->utf8 != '\0')
    {
      g_string_append (self->out, KUTIP_CONLLU_SPACES);
      kutip_conllu_append_value (self->out, self->utf8);
      g_string_append_c (self->out, '\n');
    }
  g_string_append_c (self->out, '\n');
}

/* A JSON string where it could not be told otherwise. */
static void
append_name (GString *out, const char *name)
{
  if (*name == '\0' || *name == '"' || strpbrk (name, "\r\n") != NULL ||
      g_ascii_isspace (*name) || g_ascii_isspace (name[strlen (name) - 1]))
    kutip_json_append_string (out, name);
  else
    g_string_append (out, name);
  g_string_append_c (out, '\n');
}

static void
append_layer (Writing *self)
{
  KutipText *text = kutip_article_get_text (self->record->article);
  const char *annotator =
      kutip_header_get_fields (kutip_layer_get_header (self->layer))->annotator;
  g_autoptr (KutipTokenCover) cover = kutip_token_cover_new (text, self->layer);

  self->annotator = annotator == NULL ? "" : annotator;
  self->utf8 = kutip_text_get_utf8 (text, NULL);
  self->rows = g_array_new (FALSE, FALSE, sizeof (const KutipToken *));
  self->lanes = g_array_new (FALSE, FALSE, sizeof (Lane));
  g_array_set_clear_func (self->lanes, clear_lane);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  self->row_numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  self->row_sentences = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < cover->tokens->len; i++)
    {
      const KutipToken *token = kutip_token_cover_get (cover, i);

      if (!kutip_tokens_is_blank (g_utf8_get_char (self->utf8 + token->byte)))
        g_array_append_val (self->rows, token);
    }
  kutip_layer_foreach_span (self->layer, place_span, self);
  kutip_layer_foreach_relation (self->layer, check_relation, self);
  g_string_append (self->out, KUTIP_CONLLU_DOC);
  append_name (self->out, self->record->path);
  if (annotator != NULL && *annotator != '\0')
    {
      g_string_append (self->out, KUTIP_CONLLU_ANNOTATOR);
      append_name (self->out, annotator);
    }
  append_rows (self);
  g_array_unref (self->rows);
  g_array_unref (self->lanes);
  g_array_unref (self->pieces);
  g_array_unref (self->row_numbers);
  g_array_unref (self->row_sentences);
}

gboolean
kutip_conllu_write (KutipRecord *record,
                    const KutipFormatOptions *options,
                    KutipSink *sink,
                    KutipReport *report,
                    GError **error)
{
  g_auto (KutipPour) pour;

  kutip_pour_init_for_sink (&pour, sink, "");
  for (guint i = 0; i < record->layers->len; i++)
    append_layer (&(Writing){ .pour = &pour,
                              .out = pour.buffer,
                              .record = record,
                              .layer = kutip_record_begin_layer (record, i, report),
                              .options = options,
                              .report = report });
  return kutip_pour_finish (&pour, error);
}
