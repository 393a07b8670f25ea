/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json-cursor.h"
#include "format/label-studio.h"

#include <string.h>

/* What was written beside the record that it was written from: results in the order of
 * the layer, so that one look at each is enough, and nothing is made of them. */
typedef struct
{
  KutipJsonCursor *cursor;
  KutipRecord *record;
  KutipLayer *layer;
  KutipDifference *difference;
  guint n_layers; /* that were met */
} Comparison;

static gboolean
is_string (Comparison *self, const char *expected)
{
  return kutip_json_cursor_is_string (self->cursor, expected, strlen (expected));
}

/* A list of this one string. */
static gboolean
is_list_of (Comparison *self, const char *expected)
{
  gboolean same = kutip_json_cursor_open (self->cursor, '[') &&
                  kutip_json_cursor_next_element (self->cursor) &&
                  is_string (self, expected);

  while (kutip_json_cursor_next_element (self->cursor))
    {
      same = FALSE;
      kutip_json_cursor_skip (self->cursor);
    }
  return same;
}

static gboolean
is_value (Comparison *self, KutipRange range, const char *label)
{
  static const char *const names[] = { "start", "end", "labels", NULL };
  int n_same = 0, member = -1;

  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    switch (member)
      {
      case 0:
        n_same += kutip_json_cursor_is_uint (self->cursor, range.start);
        break;
      case 1:
        n_same += kutip_json_cursor_is_uint (self->cursor, range.end);
        break;
      case 2:
        n_same += is_list_of (self, label);
        break;
      default:
        kutip_json_cursor_skip (self->cursor);
        break;
      }
  return n_same == 3;
}

/* The next result is piece @nth of the span. */
static gboolean
is_region (Comparison *self, const KutipSpanFields *fields, guint nth)
{
  static const char *const names[] = { "id", "type", "value", NULL };
  g_autofree char *id =
      nth == 0 ? g_strdup (fields->id) : g_strdup_printf ("%s.%u", fields->id, nth + 1);
  int n_same = 0, member = -1;

  if (!kutip_json_cursor_next_element (self->cursor))
    return FALSE;
  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    switch (member)
      {
      case 0:
        n_same += is_string (self, id);
        break;
      case 1:
        n_same += is_string (self, "labels");
        break;
      case 2:
        n_same += is_value (self, fields->ranges[nth], fields->label);
        break;
      default:
        kutip_json_cursor_skip (self->cursor);
        break;
      }
  return n_same == 3;
}

/* The next result is about the span, and no region. */
static gboolean
is_attribute (Comparison *self, const KutipSpanFields *fields, const char *attribute)
{
  static const char *const names[] = { "id", "attribute", NULL };
  const char *const expected[] = { fields->id, attribute };

  return kutip_json_cursor_next_element (self->cursor) &&
         kutip_json_cursor_has_strings (self->cursor, names, expected);
}

static gboolean
compare_span (KutipSpan *span, gpointer data)
{
  Comparison *self = data;
  KutipSpanFields fields;
  gboolean same = TRUE;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  for (guint i = 0; same && i < fields.n_ranges; i++)
    same = is_region (self, &fields, i);
  for (guint i = 0; same && i < kutip_attributes_get_n (fields.attributes); i++)
    same = is_attribute (self, &fields,
                         kutip_attributes_get_nth (fields.attributes, i).name);
  if (!same)
    self->difference->span = span;
  return same;
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
  static const char *const names[] = { "type", "from_id", "to_id", "labels", NULL };
  const char *const expected[] = { "relation", fields->from, fields->to };
  int n_same = 0, member = -1;

  if (!kutip_json_cursor_next_element (self->cursor))
    return FALSE;
  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    if (member == KUTIP_JSON_CURSOR_OTHER)
      kutip_json_cursor_skip (self->cursor);
    else if (member == 3)
      n_same += is_list_of (self, fields->label);
    else
      n_same += is_string (self, expected[member]);
  return n_same == 4;
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

/* Behind spans and relations: of the article, or kept from elsewhere, but no region. */
static void
end_results (Comparison *self)
{
  static const char *const names[] = { "id", "type", NULL };

  while (kutip_json_cursor_next_element (self->cursor))
    {
      gboolean is_kept = FALSE;
      int member = -1;

      kutip_json_cursor_open (self->cursor, '{');
      while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
             KUTIP_JSON_CURSOR_END)
        if (member == 1)
          is_kept = !is_string (self, "labels");
        else
          kutip_json_cursor_skip (self->cursor);
      self->difference->more |= !is_kept;
    }
}

static void
compare_annotation (Comparison *self)
{
  static const char *const names[] = { "result", NULL };
  int member = -1;

  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    if (member == 0)
      {
        self->n_layers++;
        kutip_json_cursor_open (self->cursor, '[');
        kutip_layer_foreach_span (self->layer, compare_span, self);
        kutip_layer_foreach_relation (self->layer, compare_relation, self);
        end_results (self);
      }
    else
      kutip_json_cursor_skip (self->cursor);
}

/* Annotations, or predictions. */
static void
compare_list (Comparison *self, gboolean predictions)
{
  guint i = 0;

  kutip_json_cursor_open (self->cursor, '[');
  while (kutip_json_cursor_next_element (self->cursor))
    {
      while (i < self->record->layers->len &&
             kutip_label_studio_is_prediction (
                 g_ptr_array_index (self->record->layers, i)) != predictions)
        i++;
      if (i == self->record->layers->len)
        {
          self->difference->more = TRUE;
          kutip_json_cursor_skip (self->cursor);
          continue;
        }
      self->layer = g_ptr_array_index (self->record->layers, i++);
      compare_annotation (self);
    }
}

static gboolean
compare_data (Comparison *self)
{
  static const char *const names[] = { "text", NULL };
  gboolean same = FALSE;
  int member = -1;
  gsize n;
  const char *utf8 =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), &n);

  kutip_json_cursor_open (self->cursor, '{');
  while ((member = kutip_json_cursor_next_of (self->cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    if (member == 0)
      same = kutip_json_cursor_is_string (self->cursor, utf8, n);
    else
      kutip_json_cursor_skip (self->cursor);
  return same;
}

gboolean
kutip_label_studio_compare (KutipRecord *record,
                            const char *bytes,
                            gsize n_bytes,
                            GHashTable *excused,
                            KutipDifference *difference)
{
  static const char *const names[] = { "annotations", "predictions", "data", NULL };
  g_auto (KutipJsonCursor) cursor;
  Comparison self = { &cursor, record, NULL, difference, 0 };
  gboolean same_text = FALSE;
  int member = -1;

  kutip_json_cursor_init (&cursor, bytes, n_bytes);
  kutip_json_cursor_open (&cursor, '{');
  while ((member = kutip_json_cursor_next_of (&cursor, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    if (member == KUTIP_JSON_CURSOR_OTHER)
      kutip_json_cursor_skip (&cursor);
    else if (member == 2)
      same_text = compare_data (&self);
    else
      compare_list (&self, member == 1);
  kutip_json_cursor_end (&cursor);
  difference->text |= !same_text || self.n_layers != record->layers->len;
  return !cursor.is_broken;
}
