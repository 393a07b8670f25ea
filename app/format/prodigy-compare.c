/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json-cursor.h"
#include "format/lines.h"
#include "format/prodigy.h"

#include <string.h>

/* What was written beside the record that it was written from: in the same order, so that
 * one look at each is enough, and nothing is made of it. */
typedef struct
{
  KutipJsonCursor *cursor;
  KutipLayer *layer;
  KutipDifference *difference;
} Comparison;

static gboolean
is_string (Comparison *self, const char *expected)
{
  return kutip_json_cursor_is_string (self->cursor, expected, strlen (expected));
}

/* The next element is piece @nth of the span. */
static gboolean
is_piece (Comparison *self, const KutipSpanFields *fields, guint nth)
{
  static const char *const names[] = { "start", "end", "label", "id", NULL };
  int n_same = 0;
  int member = -1;

  if (!kutip_json_cursor_next_element (self->cursor))
    return FALSE;
  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    switch (member)
      {
      case 0:
        n_same += kutip_json_cursor_is_uint (self->cursor, fields->ranges[nth].start);
        break;
      case 1:
        n_same += kutip_json_cursor_is_uint (self->cursor, fields->ranges[nth].end);
        break;
      case 2:
        n_same += is_string (self, fields->label);
        break;
      case 3:
        n_same += is_string (self, fields->id);
        break;
      default:
        kutip_json_cursor_skip (self->cursor);
        break;
      }
  /* The first piece alone says which span it is. */
  return n_same == (nth == 0 ? 4 : 3);
}

static gboolean
compare_span (KutipSpan *span, gpointer data)
{
  Comparison *self = data;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  for (guint i = 0; i < fields.n_ranges && fields.texts == NULL; i++)
    if (!is_piece (self, &fields, i))
      {
        self->difference->span = span;
        return FALSE;
      }
  return TRUE;
}

static gboolean
is_there (Comparison *self, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);

  return span != NULL && !kutip_span_is_orphan (span);
}

static gboolean
is_relation (Comparison *self, const KutipRelationFields *fields)
{
  static const char *const names[] = { "label", "from", "to", "id", NULL };
  const char *const expected[] = { fields->label, fields->from, fields->to, fields->id };

  return kutip_json_cursor_next_element (self->cursor) &&
         kutip_json_cursor_has_strings (self->cursor, names, expected);
}

static gboolean
compare_relation (KutipRelation *relation, gpointer data)
{
  Comparison *self = data;
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  if (is_there (self, fields.from) && is_there (self, fields.to) &&
      !is_relation (self, &fields))
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

/* One line. */
static gboolean
compare_task (Comparison *self, KutipText *text)
{
  static const char *const names[] = { "text", "spans", "relations", NULL };
  int n_same = 0;
  int member = -1;
  gsize n_text;
  const char *utf8 = kutip_text_get_utf8 (text, &n_text);

  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    switch (member)
      {
      case 0:
        n_same += kutip_json_cursor_is_string (self->cursor, utf8, n_text);
        break;
      case 1:
        n_same += kutip_json_cursor_open (self->cursor, '[');
        kutip_layer_foreach_span (self->layer, compare_span, self);
        end_list (self);
        break;
      case 2:
        n_same += kutip_json_cursor_open (self->cursor, '[');
        kutip_layer_foreach_relation (self->layer, compare_relation, self);
        end_list (self);
        break;
      default:
        kutip_json_cursor_skip (self->cursor);
        break;
      }
  kutip_json_cursor_end (self->cursor);
  self->difference->text |= n_same != 3;
  return !self->cursor->is_broken;
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
      g_auto (KutipJsonCursor) cursor;
      Comparison self = { &cursor, g_ptr_array_index (record->layers, i), difference };

      kutip_json_cursor_init (&cursor, bytes, (gsize) (line_end - bytes));
      if (line_end == bytes || line_end[-1] != '\n' ||
          !compare_task (&self, kutip_article_get_text (record->article)))
        return FALSE;
      bytes = line_end;
    }
  difference->more |= bytes < end;
  return TRUE;
}
