/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/doccano/doccano-line.h"
#include "format/draft.h"
#include "format/json/json.h"

#include <glib/gi18n.h>
#include <string.h>

/* The window counts UTF-16 units, scripts count code points; where both are as good, it
 * is told. */
static KutipOffsetUnit
find_unit (const KutipDoccanoLine *line,
           const GArray *entities,
           const KutipFormatOptions *options)
{
  KutipOffsetsRating rating = { 0 };

  if (options->offset_unit != KUTIP_OFFSETS_AUTO)
    return options->offset_unit;
  if (line->unit != KUTIP_OFFSETS_AUTO)
    return line->unit;
  for (guint i = 0; i < entities->len; i++)
    kutip_offsets_rate (&rating, line->text,
                        &g_array_index (entities, KutipDoccanoEntity, i).offsets);
  if (kutip_offsets_rating_is_undecided (&rating))
    kutip_report_add (line->report, KUTIP_REPORT_WARNING, "offset-unit", line->file, NULL,
                      line->number,
                      _ ("code points and UTF-16 units fit as well; code points are "
                         "taken, unless it is said what offsets count"));
  return kutip_offsets_rating_get_best (&rating);
}

static gboolean
fail_twice (const char *id, GError **error)
{
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               _ ("the id “%s” occurs twice"), id);
  return FALSE;
}

/* A number that Kutip's ids can have. */
static gboolean
is_number (const char *id, gboolean is_string)
{
  gsize n = id == NULL ? 0 : strlen (id);

  return !is_string && n > 0 && n < 10 && *id != '0' && strspn (id, "0123456789") == n;
}

/* "7" becomes "s7"; another id is kept as it is beside one that is made up. Owned. */
static char *
make_id (KutipLayer *layer,
         const char *prefix,
         const char *id,
         gboolean is_string,
         GString **unknown)
{
  if (is_number (id, is_string))
    return g_strconcat (prefix, id, NULL);
  if (id != NULL)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      if (is_string)
        kutip_json_append_string (json, id);
      else
        g_string_append (json, id);
      kutip_draft_keep_json (unknown, "id", json->str);
    }
  return kutip_layer_make_id (layer, prefix);
}

/* Those with numbers first, so that none that is made up is theirs. */
static gboolean
add_entities (KutipLayer *layer,
              const KutipDoccanoLine *line,
              const GArray *entities,
              gboolean with_numbers,
              KutipOffsetUnit unit,
              GHashTable *ids,
              GError **error)
{
  for (guint i = 0; i < entities->len; i++)
    {
      KutipDoccanoEntity *entity = &g_array_index (entities, KutipDoccanoEntity, i);
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autoptr (KutipForeign) foreign = NULL;
      g_autoptr (KutipSpan) span = NULL;
      g_autofree char *id = NULL;
      KutipRange range;

      if (is_number (entity->id, entity->is_string) != with_numbers)
        continue;
      if (entity->id != NULL && g_hash_table_contains (ids, entity->id))
        return fail_twice (entity->id, error);
      id = make_id (layer, "s", entity->id, entity->is_string, &entity->unknown);
      foreign = kutip_draft_make_foreign (entity->unknown, "modified", KUTIP_DOCCANO);
      if (!kutip_offsets_convert (line->text, unit, entity->offsets.start,
                                  entity->offsets.end, &range))
        {
          g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                       _ ("%1$lu to %2$lu is no place in the text"),
                       (gulong) entity->offsets.start, (gulong) entity->offsets.end);
          return FALSE;
        }
      fields.id = id;
      fields.label = entity->label;
      fields.ranges = &range;
      fields.n_ranges = 1;
      fields.foreign = foreign;
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
      if (entity->id != NULL)
        g_hash_table_insert (ids, entity->id, (gpointer) kutip_span_get_id (span));
    }
  return TRUE;
}

static gboolean
add_relations (KutipLayer *layer,
               const KutipDoccanoLine *line,
               gboolean with_numbers,
               GHashTable *ids,
               GHashTable *own_ids,
               GError **error)
{
  for (guint i = 0; i < line->relations->len; i++)
    {
      KutipDoccanoLink *link = &g_array_index (line->relations, KutipDoccanoLink, i);
      KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
      g_autoptr (KutipForeign) foreign = NULL;
      g_autoptr (KutipRelation) relation = NULL;
      g_autofree char *id = NULL;

      if (is_number (link->id, link->is_string) != with_numbers)
        continue;
      if (link->id != NULL && !g_hash_table_add (own_ids, link->id))
        return fail_twice (link->id, error);
      id = make_id (layer, "r", link->id, link->is_string, &link->unknown);
      foreign = kutip_draft_make_foreign (link->unknown, "modified", KUTIP_DOCCANO);
      fields.id = id;
      fields.label = link->label;
      fields.foreign = foreign;
      fields.from = g_hash_table_lookup (ids, link->from);
      fields.to = g_hash_table_lookup (ids, link->to);
      if (fields.from == NULL || fields.to == NULL)
        {
          g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                       _ ("there is no span “%s”"),
                       fields.from == NULL ? link->from : link->to);
          return FALSE;
        }
      relation = kutip_relation_new (&fields);
      kutip_layer_add_relation (layer, relation);
    }
  return TRUE;
}

static gboolean
is_same_entity (const KutipDoccanoEntity *a, const KutipDoccanoEntity *b)
{
  return a->offsets.start == b->offsets.start && a->offsets.end == b->offsets.end &&
         strcmp (a->label, b->label) == 0;
}

static char *
describe_entity (const KutipDoccanoEntity *entity)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %s",
                          entity->offsets.start, entity->offsets.end, entity->label);
}

/* Who writes both says the same twice; what only the labels say is left out. */
static void
check_labels (const KutipDoccanoLine *line)
{
  g_autoptr (GHashTable) said = NULL;

  for (guint i = 0; line->entities->len > 0 && i < line->labels->len; i++)
    {
      const KutipDoccanoEntity *label =
          &g_array_index (line->labels, KutipDoccanoEntity, i);
      g_autofree char *words = NULL;

      if (i < line->entities->len &&
          is_same_entity (label, &g_array_index (line->entities, KutipDoccanoEntity, i)))
        continue;
      if (said == NULL)
        {
          said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
          for (guint j = 0; j < line->entities->len; j++)
            g_hash_table_add (said, describe_entity (&g_array_index (
                                        line->entities, KutipDoccanoEntity, j)));
        }
      words = describe_entity (label);
      if (!g_hash_table_contains (said, words))
        kutip_report_add_left_out (line->report, "unknown-member", line->file, NULL,
                                   line->number, "label");
    }
}

/* NULL when the line has none. */
static KutipAttributes *
make_categories (const KutipDoccanoLine *line)
{
  KutipAttribute attribute = { KUTIP_DOCCANO_CATEGORIES, KUTIP_VALUE_LIST, NULL };

  if (line->categories->len == 0)
    return NULL;
  g_ptr_array_add (line->categories, NULL);
  attribute.values = (const char *const *) line->categories->pdata;
  return kutip_attributes_new (&attribute, 1);
}

KutipLayer *
kutip_doccano_build_layer (const KutipDoccanoLine *line,
                           const KutipFormatOptions *options,
                           GError **error)
{
  const GArray *entities = line->entities->len > 0 ? line->entities : line->labels;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) own_ids = g_hash_table_new (g_str_hash, g_str_equal);
  KutipOffsetUnit unit;
  KutipHeaderFields fields = { .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipAttributes) attributes = make_categories (line);
  g_autoptr (KutipForeign) foreign =
      kutip_draft_make_foreign (line->unknown, "note", KUTIP_DOCCANO);
  g_autoptr (KutipHeader) header = NULL;
  g_autoptr (KutipLayer) layer = NULL;

  check_labels (line);
  fields.attributes = attributes;
  fields.foreign = foreign;
  if (line->annotator != NULL && *line->annotator != '\0')
    fields.annotator = line->annotator;
  if (line->comments->len > 0)
    fields.note = line->comments->str;
  for (guint i = 0; i < KUTIP_DOCCANO_N_METADATA; i++)
    G_STRUCT_MEMBER (const char *, &fields, kutip_doccano_metadata[i].offset) =
        line->metadata[i];
  header = kutip_header_new (&fields);
  layer = kutip_layer_new (header);
  unit = find_unit (line, entities, options);
  if (!add_entities (layer, line, entities, TRUE, unit, ids, error) ||
      !add_entities (layer, line, entities, FALSE, unit, ids, error) ||
      !add_relations (layer, line, TRUE, ids, own_ids, error) ||
      !add_relations (layer, line, FALSE, ids, own_ids, error))
    return NULL;
  return g_steal_pointer (&layer);
}
