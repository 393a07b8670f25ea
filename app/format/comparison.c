/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/comparison.h"

static gboolean
look_at_span (KutipSpan *span, gpointer data)
{
  KutipComparison *self = data;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  if ((fields.texts == NULL || self->keeps_orphans) && !self->is_span (self, &fields))
    self->difference->span = span;
  return self->difference->span == NULL;
}

void
kutip_comparison_look_at_spans (KutipComparison *self)
{
  kutip_layer_foreach_span (self->layer, look_at_span, self);
}

static gboolean
was_written (KutipComparison *self, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);

  return span != NULL && !kutip_span_is_orphan (span);
}

static gboolean
look_at_relation (KutipRelation *relation, gpointer data)
{
  KutipComparison *self = data;
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  if ((self->keeps_orphans ||
       (was_written (self, fields.from) && was_written (self, fields.to))) &&
      !self->is_relation (self, &fields))
    self->difference->relation = relation;
  return self->difference->relation == NULL;
}

void
kutip_comparison_look_at_relations (KutipComparison *self)
{
  kutip_layer_foreach_relation (self->layer, look_at_relation, self);
}

void
kutip_comparison_end_list (KutipComparison *self)
{
  self->difference->more |= kutip_json_cursor_skip_rest (self->cursor) > 0;
}

gboolean
kutip_comparison_is_quoted (KutipComparison *self, KutipRange range)
{
  gsize n_bytes;
  const char *bytes = kutip_text_peek_range (self->text, range, &n_bytes);

  return kutip_json_cursor_is_string (self->cursor, bytes, n_bytes);
}

gboolean
kutip_comparison_is_text (KutipComparison *self)
{
  gsize n_bytes;
  const char *bytes = kutip_text_get_utf8 (self->text, &n_bytes);

  return kutip_json_cursor_is_string (self->cursor, bytes, n_bytes);
}
