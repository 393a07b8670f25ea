/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/comparison.h"
#include "format/sidecar/sidecar-parts.h"

#include <string.h>

/* A sidecar beside its layer. */
typedef struct
{
  KutipComparison base;
  const KutipSpanFields *span; /* that should come next */
} Comparison;

/* "[0, 4]" */
static gboolean
is_range (KutipJsonCursor *cursor, KutipRange range)
{
  gboolean same = kutip_json_cursor_open (cursor, '[') &&
                  kutip_json_cursor_next_element (cursor) &&
                  kutip_json_cursor_is_uint (cursor, range.start) &&
                  kutip_json_cursor_next_element (cursor) &&
                  kutip_json_cursor_is_uint (cursor, range.end);

  return kutip_json_cursor_skip_rest (cursor) == 0 && same;
}

static gboolean
are_ranges (gpointer data)
{
  Comparison *self = data;
  KutipJsonCursor *cursor = self->base.cursor;
  gboolean same = kutip_json_cursor_open (cursor, '[');

  for (guint i = 0; same && i < self->span->n_ranges; i++)
    same = kutip_json_cursor_next_element (cursor) &&
           is_range (cursor, self->span->ranges[i]);
  return kutip_json_cursor_skip_rest (cursor) == 0 && same;
}

/* What the article says at a range, or what an orphan once said there. */
static gboolean
is_text (Comparison *self, guint i)
{
  const KutipSpanFields *fields = self->span;

  return fields->texts == NULL
             ? kutip_comparison_is_quoted (&self->base, fields->ranges[i])
             : kutip_json_cursor_is_string (self->base.cursor, fields->texts[i],
                                            strlen (fields->texts[i]));
}

static gboolean
are_texts (gpointer data)
{
  Comparison *self = data;
  KutipJsonCursor *cursor = self->base.cursor;
  gboolean same = kutip_json_cursor_open (cursor, '[');

  for (guint i = 0; same && i < self->span->n_ranges; i++)
    same = kutip_json_cursor_next_element (cursor) && is_text (self, i);
  return kutip_json_cursor_skip_rest (cursor) == 0 && same;
}

static gboolean
pass (KutipJsonCursor *cursor, const char *string)
{
  return kutip_json_cursor_pass_string (cursor, string, strlen (string));
}

/* What stands before and behind a span's text; all of it or nothing. */
static void
pass_context (Comparison *self, const char *start, const char *end)
{
  KutipJsonCursor *cursor = self->base.cursor;
  const char *position = cursor->scan.position;
  KutipText *text = self->base.text;
  const char *before = kutip_text_walk (text, start, -KUTIP_SIDECAR_CONTEXT);
  gsize n_bytes;
  const char *utf8 = kutip_text_get_utf8 (text, &n_bytes);

  if (KUTIP_JSON_CURSOR_PASS (cursor, ", \"prefix\": ") &&
      kutip_json_cursor_pass_string (cursor, before, (gsize) (start - before)) &&
      KUTIP_JSON_CURSOR_PASS (cursor, ", \"suffix\": ") &&
      kutip_json_cursor_pass_start (cursor, end, n_bytes - (gsize) (end - utf8)))
    return;
  cursor->scan.position = position;
}

static gboolean
pass_attribute (KutipJsonCursor *cursor, const KutipAttribute *attribute)
{
  return pass (cursor, attribute->name) && KUTIP_JSON_CURSOR_PASS (cursor, ": ") &&
         (attribute->type == KUTIP_VALUE_FLAG ? KUTIP_JSON_CURSOR_PASS (cursor, "true")
                                              : attribute->type == KUTIP_VALUE_STRING &&
                                                    pass (cursor, attribute->values[0]));
}

/* The attributes, if they come next; all of them or nothing. */
static void
pass_attributes (KutipJsonCursor *cursor, KutipAttributes *attributes)
{
  const char *position = cursor->scan.position;
  guint n = kutip_attributes_get_n (attributes);
  gboolean passed = n > 0 && KUTIP_JSON_CURSOR_PASS (cursor, ", \"attributes\": {");

  for (guint i = 0; passed && i < n; i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);

      passed = (i == 0 || KUTIP_JSON_CURSOR_PASS (cursor, ", ")) &&
               pass_attribute (cursor, &attribute);
    }
  if (!passed || !KUTIP_JSON_CURSOR_PASS (cursor, "}"))
    cursor->scan.position = position;
}

typedef enum
{
  PASSED_NOTHING,
  PASSED_START, /* up to the texts at least */
  PASSED_ALL,
} Passed;

/* A span of one range, as it is written nearly always. */
static Passed
pass_span (Comparison *self)
{
  KutipJsonCursor *cursor = self->base.cursor;
  const KutipSpanFields *fields = self->span;
  const char *bytes, *start = cursor->scan.position;
  gsize n_bytes;

  if (fields->n_ranges != 1 || fields->texts != NULL)
    return PASSED_NOTHING;
  bytes = kutip_text_peek_range (self->base.text, fields->ranges[0], &n_bytes);
  if (KUTIP_JSON_CURSOR_PASS (cursor, "{\"id\": ") && pass (cursor, fields->id) &&
      KUTIP_JSON_CURSOR_PASS (cursor, ", \"label\": ") && pass (cursor, fields->label) &&
      KUTIP_JSON_CURSOR_PASS (cursor, ", \"ranges\": [[") &&
      kutip_json_cursor_pass_uint (cursor, fields->ranges[0].start) &&
      KUTIP_JSON_CURSOR_PASS (cursor, ", ") &&
      kutip_json_cursor_pass_uint (cursor, fields->ranges[0].end) &&
      KUTIP_JSON_CURSOR_PASS (cursor, "]], \"text\": [") &&
      kutip_json_cursor_pass_string (cursor, bytes, n_bytes) &&
      KUTIP_JSON_CURSOR_PASS (cursor, "]"))
    {
      pass_context (self, bytes, bytes + n_bytes);
      pass_attributes (cursor, fields->attributes);
      return KUTIP_JSON_CURSOR_PASS (cursor, "}") ? PASSED_ALL : PASSED_START;
    }
  cursor->scan.position = start;
  return PASSED_NOTHING;
}

/* A relation that has no more than it must. */
static gboolean
pass_relation (KutipJsonCursor *cursor, const KutipRelationFields *fields)
{
  const char *start = cursor->scan.position;

  if (KUTIP_JSON_CURSOR_PASS (cursor, "{\"id\": ") && pass (cursor, fields->id) &&
      KUTIP_JSON_CURSOR_PASS (cursor, ", \"label\": ") && pass (cursor, fields->label) &&
      KUTIP_JSON_CURSOR_PASS (cursor, ", \"from\": ") && pass (cursor, fields->from) &&
      KUTIP_JSON_CURSOR_PASS (cursor, ", \"to\": ") && pass (cursor, fields->to) &&
      KUTIP_JSON_CURSOR_PASS (cursor, "}"))
    return TRUE;
  cursor->scan.position = start;
  return FALSE;
}

/* Moves to where the next element begins. */
static gboolean
enter_element (KutipJsonCursor *cursor)
{
  if (!kutip_json_cursor_next_element (cursor))
    return FALSE;
  KUTIP_JSON_CURSOR_PASS (cursor, " ");
  return TRUE;
}

/* Any other span, of which perhaps the members up to the texts were passed. */
static gboolean
is_other_span (Comparison *self, gboolean passed_start)
{
  const KutipSpanFields *fields = self->span;
  const KutipJsonExpected members[] = {
    { "id", .string = fields->id },
    { "label", .string = fields->label },
    { "ranges", .is = are_ranges },
    { "text", .is = are_texts },
  };

  return passed_start ? kutip_json_cursor_is_rest (self->base.cursor, members,
                                                   G_N_ELEMENTS (members), self)
                      : kutip_json_cursor_is_object (self->base.cursor, members,
                                                     G_N_ELEMENTS (members), self);
}

static gboolean
is_span (KutipComparison *base, const KutipSpanFields *fields)
{
  Comparison *self = (Comparison *) base;
  Passed passed;

  self->span = fields;
  if (!enter_element (base->cursor))
    return FALSE;
  passed = pass_span (self);
  return passed == PASSED_ALL || is_other_span (self, passed == PASSED_START);
}

static gboolean
is_relation (KutipComparison *self, const KutipRelationFields *fields)
{
  const KutipJsonExpected members[] = {
    { "id", .string = fields->id },
    { "label", .string = fields->label },
    { "from", .string = fields->from },
    { "to", .string = fields->to },
  };

  return enter_element (self->cursor) &&
         (pass_relation (self->cursor, fields) ||
          kutip_json_cursor_is_object (self->cursor, members, G_N_ELEMENTS (members),
                                       NULL));
}

void
kutip_sidecar_compare (KutipJsonCursor *cursor,
                       KutipText *text,
                       KutipLayer *layer,
                       KutipDifference *difference)
{
  Comparison self = {
    .base = { .cursor = cursor,
              .text = text,
              .layer = layer,
              .keeps_orphans = TRUE,
              .is_span = is_span,
              .is_relation = is_relation,
              .difference = difference },
  };
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
        kutip_comparison_look_at_spans (&self.base);
        kutip_comparison_end_list (&self.base);
        break;
      case KUTIP_SIDECAR_MEMBER_RELATIONS:
        any_relations = kutip_json_cursor_open (cursor, '[');
        kutip_comparison_look_at_relations (&self.base);
        kutip_comparison_end_list (&self.base);
        break;
      default:
        kutip_json_cursor_skip (cursor);
        break;
      }
  if (!any_spans && difference->span == NULL)
    difference->span = kutip_layer_get_nth_span (layer, 0);
  difference->text |= !any_relations;
}
