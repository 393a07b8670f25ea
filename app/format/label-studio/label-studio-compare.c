/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/comparison.h"
#include "format/label-studio/label-studio-kept.h"
#include "format/label-studio/label-studio.h"

#include <string.h>

/* A task beside its record; the base is what was met last of its layers. */
typedef struct
{
  KutipComparison base;
  KutipRecord *record;
  guint n_layers; /* that were met */
  KutipJsonTree *tree;
  const KutipJsonNode *kept; /* of the layer */
  /* What the next result should say. */
  KutipRange range;
  const char *label;
} Comparison;

/* A list of this one string. */
static gboolean
is_label (gpointer data)
{
  Comparison *self = data;
  KutipJsonCursor *cursor = self->base.cursor;
  gboolean same = kutip_json_cursor_open (cursor, '[') &&
                  kutip_json_cursor_next_element (cursor) &&
                  kutip_json_cursor_is_string (cursor, self->label, strlen (self->label));

  return kutip_json_cursor_skip_rest (cursor) == 0 && same;
}

/* --- spans --- */

static gboolean
is_value (gpointer data)
{
  Comparison *self = data;
  const KutipJsonExpected members[] = {
    { "start", .number = self->range.start },
    { "end", .number = self->range.end },
    { "labels", .is = is_label },
  };

  return kutip_json_cursor_is_object (self->base.cursor, members, G_N_ELEMENTS (members),
                                      self);
}

/* The next result is piece @nth of the span. */
static gboolean
is_region (Comparison *self, const KutipSpanFields *fields, guint nth)
{
  g_autofree char *id =
      nth == 0 ? g_strdup (fields->id) : g_strdup_printf ("%s.%u", fields->id, nth + 1);
  const KutipJsonExpected members[] = {
    { "id", .string = id },
    { "type", .string = "labels" },
    { "value", .is = is_value },
  };

  self->range = fields->ranges[nth];
  self->label = fields->label;
  return kutip_json_cursor_next_element (self->base.cursor) &&
         kutip_json_cursor_is_object (self->base.cursor, members, G_N_ELEMENTS (members),
                                      self);
}

/* The next result is about the span, and no region. */
static gboolean
is_attribute (Comparison *self, const KutipSpanFields *fields, guint nth)
{
  const char *name = kutip_attributes_get_nth (fields->attributes, nth).name;
  gboolean is_named = kutip_label_studio_names_attribute (self->kept, name);
  const KutipJsonExpected members[] = {
    { "id", .string = fields->id },
    { is_named ? "attribute" : "from_name", .string = name },
  };

  return kutip_json_cursor_next_element (self->base.cursor) &&
         kutip_json_cursor_is_object (self->base.cursor, members, G_N_ELEMENTS (members),
                                      NULL);
}

static gboolean
is_span (KutipComparison *base, const KutipSpanFields *fields)
{
  Comparison *self = (Comparison *) base;
  gboolean same = TRUE;

  for (guint i = 0; same && i < fields->n_ranges; i++)
    same = is_region (self, fields, i);
  for (guint i = 0; same && i < kutip_attributes_get_n (fields->attributes); i++)
    same = is_attribute (self, fields, i);
  return same;
}

/* --- relations --- */

static gboolean
is_relation (KutipComparison *base, const KutipRelationFields *fields)
{
  Comparison *self = (Comparison *) base;
  const KutipJsonExpected members[] = {
    { "type", .string = "relation" },
    { "from_id", .string = fields->from },
    { "to_id", .string = fields->to },
    { "labels", .is = is_label },
  };

  self->label = fields->label;
  return kutip_json_cursor_next_element (base->cursor) &&
         kutip_json_cursor_is_object (base->cursor, members, G_N_ELEMENTS (members),
                                      self);
}

/* --- tasks --- */

/* Regions of other texts, which are kept as they are. */
static guint
count_kept_regions (const KutipJsonNode *kept)
{
  const KutipJsonNode *results = kutip_json_node_get (kept, "result");
  guint n = 0;

  for (const KutipJsonNode *child = kutip_json_node_is_array (results) ? results->first
                                                                       : NULL;
       child != NULL; child = child->next)
    n += g_strcmp0 (kutip_json_node_get_member (child, "type"), "labels") == 0;
  return n;
}

/* Behind spans and relations: of the article, or kept from elsewhere. */
static void
end_results (Comparison *self)
{
  static const KutipJsonExpected region[] = { { "type", .string = "labels" } };
  guint left = count_kept_regions (self->kept);

  while (kutip_json_cursor_next_element (self->base.cursor))
    if (kutip_json_cursor_is_object (self->base.cursor, region, 1, NULL) && left-- == 0)
      self->base.difference->more = TRUE;
}

static gboolean
are_results (gpointer data)
{
  Comparison *self = data;
  gboolean is_list = kutip_json_cursor_open (self->base.cursor, '[');

  self->n_layers++;
  kutip_comparison_look_at_spans (&self->base);
  kutip_comparison_look_at_relations (&self->base);
  end_results (self);
  return is_list;
}

/* Annotations, or predictions. */
static gboolean
compare_list (Comparison *self, gboolean predictions)
{
  static const KutipJsonExpected members[] = { { "result", .is = are_results } };
  GPtrArray *layers = self->record->layers;
  KutipComparison *base = &self->base;
  gboolean same = kutip_json_cursor_open (base->cursor, '[');
  guint i = 0;

  while (same && kutip_json_cursor_next_element (base->cursor))
    {
      while (i < layers->len && kutip_label_studio_is_prediction (
                                    g_ptr_array_index (layers, i)) != predictions)
        i++;
      if (i == layers->len)
        {
          base->difference->more = TRUE;
          kutip_json_cursor_skip (base->cursor);
          continue;
        }
      base->layer = g_ptr_array_index (layers, i++);
      g_clear_pointer (&self->tree, kutip_json_tree_free);
      self->kept = kutip_label_studio_find_kept (base->layer, &self->tree);
      same = kutip_json_cursor_is_object (base->cursor, members, 1, self);
    }
  return same;
}

static gboolean
are_annotations (gpointer data)
{
  return compare_list (data, FALSE);
}

static gboolean
are_predictions (gpointer data)
{
  return compare_list (data, TRUE);
}

static gboolean
is_text (gpointer data)
{
  return kutip_comparison_is_text (data);
}

static gboolean
is_data (gpointer data)
{
  Comparison *self = data;
  g_autofree char *key = kutip_label_studio_dup_text_key (self->record);
  const KutipJsonExpected members[] = { { key, .is = is_text } };

  return kutip_json_cursor_is_object (self->base.cursor, members, 1, self);
}

gboolean
kutip_label_studio_compare (KutipRecord *record,
                            const char *bytes,
                            gsize n_bytes,
                            GHashTable *excused,
                            KutipDifference *difference)
{
  static const KutipJsonExpected members[] = {
    { "annotations", .is = are_annotations },
    { "predictions", .is = are_predictions },
    { "data", .is = is_data },
  };
  g_auto (KutipJsonCursor) cursor;
  Comparison self = {
    .base = { .cursor = &cursor,
              .text = kutip_article_get_text (record->article),
              .is_span = is_span,
              .is_relation = is_relation,
              .difference = difference },
    .record = record,
  };
  gboolean same;

  kutip_json_cursor_init (&cursor, bytes, n_bytes);
  same = kutip_json_cursor_is_object (&cursor, members, G_N_ELEMENTS (members), &self);
  kutip_json_cursor_end (&cursor);
  g_clear_pointer (&self.tree, kutip_json_tree_free);
  difference->text |= !same || self.n_layers != record->layers->len;
  return !cursor.is_broken;
}
