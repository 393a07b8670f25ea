/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar-parts.h"

#include <string.h>

/* A sidecar beside the layer that it was written from. Spans and relations stand in the
 * file in the layer's own order, so that one look at each is enough, and no second layer
 * is made. */
typedef struct
{
  KutipJsonCursor *cursor;
  KutipText *text;
  KutipDifference *difference;
} Comparison;

static gboolean
is_string (Comparison *self, const char *expected)
{
  return kutip_json_cursor_is_string (self->cursor, expected, strlen (expected));
}

/* "[0, 4]" */
static gboolean
is_range (Comparison *self, KutipRange range)
{
  gboolean same = kutip_json_cursor_open (self->cursor, '[') &&
                  kutip_json_cursor_next_element (self->cursor) &&
                  kutip_json_cursor_is_uint (self->cursor, range.start) &&
                  kutip_json_cursor_next_element (self->cursor) &&
                  kutip_json_cursor_is_uint (self->cursor, range.end);

  while (kutip_json_cursor_next_element (self->cursor))
    {
      same = FALSE;
      kutip_json_cursor_skip (self->cursor);
    }
  return same;
}

static gboolean
are_ranges (Comparison *self, const KutipSpanFields *fields)
{
  gboolean same = kutip_json_cursor_open (self->cursor, '[');
  guint n = 0;

  while (kutip_json_cursor_next_element (self->cursor))
    if (n < fields->n_ranges)
      same &= is_range (self, fields->ranges[n++]);
    else
      {
        same = FALSE;
        kutip_json_cursor_skip (self->cursor);
      }
  return same && n == fields->n_ranges;
}

/* What the article says at a range, or what an orphan once said there. */
static gboolean
is_text (Comparison *self, const KutipSpanFields *fields, guint i)
{
  gsize n_bytes;
  const char *bytes;

  if (fields->texts != NULL)
    return is_string (self, fields->texts[i]);
  bytes = kutip_text_peek_range (self->text, fields->ranges[i], &n_bytes);
  return kutip_json_cursor_is_string (self->cursor, bytes, n_bytes);
}

static gboolean
are_texts (Comparison *self, const KutipSpanFields *fields)
{
  gboolean same = kutip_json_cursor_open (self->cursor, '[');
  guint n = 0;

  while (kutip_json_cursor_next_element (self->cursor))
    if (n < fields->n_ranges)
      same &= is_text (self, fields, n++);
    else
      {
        same = FALSE;
        kutip_json_cursor_skip (self->cursor);
      }
  return same && n == fields->n_ranges;
}

static gboolean
is_span (Comparison *self, const KutipSpanFields *fields)
{
  guint n_same = 0;
  int member = -1;

  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, kutip_span_members,
                                              member)) != KUTIP_JSON_CURSOR_END)
    switch (member)
      {
      case KUTIP_SPAN_MEMBER_ID:
        n_same += is_string (self, fields->id) ? 1 : 0;
        break;
      case KUTIP_SPAN_MEMBER_LABEL:
        n_same += is_string (self, fields->label) ? 1 : 0;
        break;
      case KUTIP_SPAN_MEMBER_RANGES:
        n_same += are_ranges (self, fields) ? 1 : 0;
        break;
      case KUTIP_SPAN_MEMBER_TEXT:
        n_same += are_texts (self, fields) ? 1 : 0;
        break;
      default:
        kutip_json_cursor_skip (self->cursor);
        break;
      }
  return n_same == 4;
}

static gboolean
compare_span (KutipSpan *span, gpointer data)
{
  Comparison *self = data;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  if (!kutip_json_cursor_next_element (self->cursor) || !is_span (self, &fields))
    self->difference->span = span;
  return self->difference->span == NULL;
}

static gboolean
is_relation (Comparison *self, const KutipRelationFields *fields)
{
  static const char *const names[] = { "id", "label", "from", "to", NULL };
  const char *const expected[] = { fields->id, fields->label, fields->from, fields->to };

  return kutip_json_cursor_has_strings (self->cursor, names, expected);
}

static gboolean
compare_relation (KutipRelation *relation, gpointer data)
{
  Comparison *self = data;
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  if (!kutip_json_cursor_next_element (self->cursor) || !is_relation (self, &fields))
    self->difference->relation = relation;
  return self->difference->relation == NULL;
}

/* Behind the last that was written. */
static void
end_list (Comparison *self)
{
  while (kutip_json_cursor_next_element (self->cursor))
    {
      self->difference->more = TRUE;
      kutip_json_cursor_skip (self->cursor);
    }
}

void
kutip_sidecar_compare (KutipJsonCursor *cursor,
                       KutipText *text,
                       KutipLayer *layer,
                       KutipDifference *difference)
{
  Comparison self = { cursor, text, difference };
  gboolean any_spans = kutip_layer_get_n_spans (layer) == 0;
  gboolean any_relations = kutip_layer_get_n_relations (layer) == 0;
  int member = -1;

  kutip_json_cursor_open (cursor, '{');
  while ((member = kutip_json_cursor_next_of (cursor, kutip_sidecar_members, member)) !=
         KUTIP_JSON_CURSOR_END)
    switch (member)
      {
      case KUTIP_SIDECAR_MEMBER_SPANS:
        any_spans = kutip_json_cursor_open (cursor, '[');
        kutip_layer_foreach_span (layer, compare_span, &self);
        end_list (&self);
        break;
      case KUTIP_SIDECAR_MEMBER_RELATIONS:
        any_relations = kutip_json_cursor_open (cursor, '[');
        kutip_layer_foreach_relation (layer, compare_relation, &self);
        end_list (&self);
        break;
      default:
        kutip_json_cursor_skip (cursor);
        break;
      }
  if (!any_spans && difference->span == NULL)
    difference->span = kutip_layer_get_nth_span (layer, 0);
  difference->text |= !any_relations;
}
