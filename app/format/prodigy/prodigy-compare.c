/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/comparison.h"
#include "format/lines.h"
#include "format/prodigy/prodigy.h"
#include "format/sidecar/annotation-json.h"

/* A task beside its layer. Tokens stand before the spans that count them. */
typedef struct
{
  KutipComparison base;
  GArray *tokens; /* KutipRange: those that were met */
  KutipRange token;
  const char *next, *end; /* the text behind the last of them and its space */
  guint offset;           /* where that is */
} Comparison;

/* --- tokens --- */

/* The text goes on with the token's. */
static gboolean
is_next_text (gpointer data)
{
  Comparison *self = data;
  gsize n_bytes;

  if (!kutip_json_cursor_is_start (self->base.cursor, self->next,
                                   (gsize) (self->end - self->next), &n_bytes))
    return FALSE;
  self->offset += (guint) g_utf8_strlen (self->next, (gssize) n_bytes);
  self->next += n_bytes;
  self->token.end = self->offset;
  return n_bytes > 0;
}

static gboolean
is_next_end (gpointer data)
{
  Comparison *self = data;

  return kutip_json_cursor_is_uint (self->base.cursor, self->token.end);
}

/* A space behind it, where the token says so. */
static gboolean
is_next_space (gpointer data)
{
  Comparison *self = data;

  if (!kutip_json_cursor_is_true (self->base.cursor))
    return TRUE;
  if (self->next == self->end || *self->next != ' ')
    return FALSE;
  self->next++;
  self->offset++;
  return TRUE;
}

static gboolean
is_token (Comparison *self)
{
  const KutipJsonExpected members[] = {
    { "text", .is = is_next_text }, { "start", .number = self->offset },
    { "end", .is = is_next_end },   { "id", .number = self->tokens->len },
    { "ws", .is = is_next_space },
  };

  self->token.start = self->offset;
  if (!kutip_json_cursor_is_object (self->base.cursor, members, G_N_ELEMENTS (members),
                                    self))
    return FALSE;
  g_array_append_val (self->tokens, self->token);
  return TRUE;
}

/* Tokens make up the whole text. */
static gboolean
are_tokens (gpointer data)
{
  Comparison *self = data;
  gboolean same = kutip_json_cursor_open (self->base.cursor, '[');

  while (same && kutip_json_cursor_next_element (self->base.cursor))
    same = is_token (self);
  if (!same)
    kutip_json_cursor_skip_rest (self->base.cursor);
  return same && self->next == self->end;
}

/* The number of the first token that ends behind @offset. */
static guint
find_token (Comparison *self, guint offset)
{
  guint low = 0, high = self->tokens->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->tokens, KutipRange, middle).end <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* --- spans and relations --- */

/* The next element is piece @nth of the span. */
static gboolean
is_piece (Comparison *self, const KutipSpanFields *fields, guint nth)
{
  KutipRange range = fields->ranges[nth];
  const KutipJsonExpected members[] = {
    { "start", .number = range.start },
    { "end", .number = range.end },
    { "token_start", .number = find_token (self, range.start) },
    { "token_end", .number = find_token (self, range.end - 1) },
    { "label", .string = fields->label },
    { "id", .string = fields->id },
  };
  /* The first piece alone says which span it is. */
  guint n = nth == 0 ? G_N_ELEMENTS (members) : G_N_ELEMENTS (members) - 1;

  return kutip_json_cursor_next_element (self->base.cursor) &&
         kutip_json_cursor_is_object (self->base.cursor, members, n, NULL);
}

static gboolean
is_span (KutipComparison *self, const KutipSpanFields *fields)
{
  for (guint i = 0; i < fields->n_ranges; i++)
    if (!is_piece ((Comparison *) self, fields, i))
      return FALSE;
  return TRUE;
}

/* The last token of the span's first piece, which Prodigy knows it by. */
static guint
find_end (KutipComparison *self, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);

  return find_token ((Comparison *) self, kutip_span_get_ranges (span)[0].end - 1);
}

static gboolean
is_relation (KutipComparison *self, const KutipRelationFields *fields)
{
  const KutipJsonExpected members[] = {
    { "label", .string = fields->label },
    { "head", .number = find_end (self, fields->from) },
    { "child", .number = find_end (self, fields->to) },
    { "from", .string = fields->from },
    { "to", .string = fields->to },
    { "id", .string = fields->id },
  };

  return kutip_json_cursor_next_element (self->cursor) &&
         kutip_json_cursor_is_object (self->cursor, members, G_N_ELEMENTS (members),
                                      NULL);
}

/* --- tasks --- */

static gboolean
is_text (gpointer data)
{
  return kutip_comparison_is_text (data);
}

static gboolean
are_spans (gpointer data)
{
  KutipComparison *self = data;
  gboolean is_list = kutip_json_cursor_open (self->cursor, '[');

  kutip_comparison_look_at_spans (self);
  kutip_comparison_end_list (self);
  return is_list;
}

/* Those between tokens, which are kept as they are. */
static guint
count_kept_relations (KutipLayer *layer)
{
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *list = kutip_json_node_get (
      kutip_annotation_find_unknown (
          kutip_header_get_fields (kutip_layer_get_header (layer))->foreign,
          KUTIP_PRODIGY, &tree),
      "relations");

  return kutip_json_node_is_array (list) ? list->n_children : 0;
}

static gboolean
are_relations (gpointer data)
{
  KutipComparison *self = data;
  gboolean is_list = kutip_json_cursor_open (self->cursor, '[');

  kutip_comparison_look_at_relations (self);
  self->difference->more |=
      kutip_json_cursor_skip_rest (self->cursor) > count_kept_relations (self->layer);
  return is_list;
}

/* One line. */
static gboolean
compare_task (Comparison *self)
{
  static const KutipJsonExpected members[] = {
    { "text", .is = is_text },
    { "tokens", .is = are_tokens },
    { "spans", .is = are_spans },
    { "relations", .is = are_relations },
  };
  KutipJsonCursor *cursor = self->base.cursor;
  gboolean same =
      kutip_json_cursor_is_object (cursor, members, G_N_ELEMENTS (members), self);

  kutip_json_cursor_end (cursor);
  self->base.difference->text |= !same;
  return !cursor->is_broken;
}

static gboolean
compare_line (KutipText *text,
              KutipLayer *layer,
              const char *line,
              gsize n_bytes,
              KutipDifference *difference)
{
  g_auto (KutipJsonCursor) cursor;
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  gsize n_text;
  const char *utf8 = kutip_text_get_utf8 (text, &n_text);
  Comparison self = {
    .base = { .cursor = &cursor,
              .text = text,
              .layer = layer,
              .is_span = is_span,
              .is_relation = is_relation,
              .difference = difference },
    .tokens = tokens,
    .next = utf8,
    .end = utf8 + n_text,
  };

  kutip_json_cursor_init (&cursor, line, n_bytes);
  return compare_task (&self);
}

gboolean
kutip_prodigy_compare (KutipRecord *record,
                       const char *bytes,
                       gsize n_bytes,
                       GHashTable *excused,
                       KutipDifference *difference)
{
  const char *end = bytes + n_bytes;

  for (guint i = 0; i < record->layers->len; i++)
    {
      const char *line_end = kutip_lines_find_end (bytes, end);

      if (line_end == bytes || line_end[-1] != '\n' ||
          !compare_line (kutip_article_get_text (record->article),
                         g_ptr_array_index (record->layers, i), bytes,
                         (gsize) (line_end - bytes), difference))
        return FALSE;
      bytes = line_end;
    }
  difference->more |= bytes < end;
  return TRUE;
}
