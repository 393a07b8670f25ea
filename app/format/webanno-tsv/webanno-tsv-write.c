/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/webanno-tsv/webanno-tsv-write-parts.h"

#include <string.h>

/* --- what types are --- */

static void
note_type (KutipWebannoWriting *self, GHashTable *set, const char *type)
{
  if (g_hash_table_add (set, (gpointer) type))
    g_ptr_array_add (self->order, (gpointer) type);
}

static void
sort_types (KutipWebannoWriting *self)
{
  GPtrArray *structures = self->cas->structures;

  for (guint i = 0; i < structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (structures, i);
      const KutipCasStructure *first =
          structure->placed
              ? NULL
              : kutip_cas_find (self->cas, kutip_cas_get_reference (structure, "first"));

      if (first != NULL)
        g_hash_table_add (self->chain_types, (gpointer) first->type);
    }
  for (guint i = 0; i < structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (structures, i);

      if (!structure->placed || strcmp (structure->type, KUTIP_CAS_METADATA) == 0)
        continue;
      if (kutip_webanno_is_relation (structure))
        note_type (self, self->relation_types, structure->type);
      else
        note_type (self, self->span_types, structure->type);
    }
}

/* The type that all targets have, or that of all annotations. */
static const char *
merge_type (const char *known, const char *type)
{
  return known == NULL || strcmp (known, type) == 0 ? type : KUTIP_CAS_ANNOTATION;
}

static const char *
find_target_type (KutipWebannoWriting *self, const char *type, const char *feature)
{
  const char *found = NULL;

  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *host = g_ptr_array_index (self->cas->structures, i);
      const KutipCasValue *value =
          strcmp (host->type, type) == 0 ? kutip_cas_get (host, feature) : NULL;

      for (guint j = 0; value != NULL && j < value->n_references; j++)
        {
          const KutipCasStructure *link =
              kutip_cas_find (self->cas, value->references[j]);

          found = merge_type (
              found,
              kutip_cas_find (self->cas, kutip_cas_get_reference (link, "target"))->type);
        }
    }
  return found == NULL ? KUTIP_CAS_ANNOTATION : found;
}

/* In one pass, as every relation asks for it. */
static void
note_end_types (KutipWebannoWriting *self)
{
  static const char *const ends[] = { "Governor", "Dependent" };

  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *relation = g_ptr_array_index (self->cas->structures, i);
      const char *found;

      if (!kutip_webanno_is_relation (relation))
        continue;
      found = g_hash_table_lookup (self->end_types, relation->type);
      for (guint j = 0; j < G_N_ELEMENTS (ends); j++)
        found = merge_type (
            found, kutip_cas_find (self->cas, kutip_cas_get_reference (relation, ends[j]))
                       ->type);
      g_hash_table_insert (self->end_types, (gpointer) relation->type, (gpointer) found);
    }
}

const char *
kutip_webanno_find_end_type (KutipWebannoWriting *self, const char *type)
{
  const char *found = g_hash_table_lookup (self->end_types, type);

  return found == NULL ? KUTIP_CAS_ANNOTATION : found;
}

/* --- layers --- */

static void
add_chain_layer (KutipWebannoWriting *self, const char *type)
{
  KutipWebannoLayer *layer = kutip_webanno_layer_new (KUTIP_WEBANNO_LAYER_CHAINS, type);

  kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_FEATURE,
                                  "referenceRelation", NULL);
  kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_FEATURE, "referenceType",
                                  NULL);
  g_ptr_array_add (self->layers, layer);
}

static void
add_feature (KutipWebannoWriting *self,
             KutipWebannoLayer *layer,
             const KutipCasFeature *feature)
{
  if (feature->kind == KUTIP_CAS_REFERENCES)
    {
      kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_ROLES, feature->name,
                                      feature->range);
      kutip_webanno_layer_add_column (
          layer, KUTIP_WEBANNO_COLUMN_TARGETS, feature->name,
          find_target_type (self, layer->type, feature->name));
    }
  else if (feature->kind != KUTIP_CAS_REFERENCE)
    kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_FEATURE, feature->name,
                                    NULL);
}

static void
add_layer (KutipWebannoWriting *self, const char *type, KutipWebannoKind kind)
{
  const KutipCasType *declared = g_hash_table_lookup (self->cas->type_by_name, type);
  KutipWebannoLayer *layer = kutip_webanno_layer_new (kind, type);

  for (guint i = 0; declared != NULL && i < declared->features->len; i++)
    add_feature (self, layer, &g_array_index (declared->features, KutipCasFeature, i));
  if (kind == KUTIP_WEBANNO_LAYER_RELATIONS)
    kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_SOURCE, NULL,
                                    kutip_webanno_find_end_type (self, type));
  else if (layer->columns->len == 0)
    kutip_webanno_layer_add_column (layer, KUTIP_WEBANNO_COLUMN_MARK, NULL, NULL);
  g_ptr_array_add (self->layers, layer);
}

static void
add_layers (KutipWebannoWriting *self)
{
  static const KutipWebannoKind kinds[] = { KUTIP_WEBANNO_LAYER_SPANS,
                                            KUTIP_WEBANNO_LAYER_CHAINS,
                                            KUTIP_WEBANNO_LAYER_RELATIONS };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < self->order->len; i++)
      {
        const char *type = g_ptr_array_index (self->order, i);
        gboolean chain = g_hash_table_contains (self->chain_types, type);

        if (kinds[k] == KUTIP_WEBANNO_LAYER_RELATIONS
                ? g_hash_table_contains (self->relation_types, type)
                : kinds[k] == KUTIP_WEBANNO_LAYER_SPANS && !chain &&
                      g_hash_table_contains (self->span_types, type))
          add_layer (self, type, kinds[k]);
        else if (kinds[k] == KUTIP_WEBANNO_LAYER_CHAINS && chain)
          add_chain_layer (self, type);
      }
}

/* --- cells --- */

static void
append_id (GString *out, guint64 id)
{
  if (id != 0)
    g_string_append_printf (out, "[%" G_GUINT64_FORMAT "]", id);
}

static void
append_value (GString *out, const KutipCasStructure *structure, const char *feature)
{
  const KutipCasValue *value =
      feature == NULL ? NULL : kutip_cas_get (structure, feature);
  const char *string = value == NULL ? NULL : kutip_cas_value_get_string (value);

  if (string == NULL || *string == '\0')
    g_string_append_c (out, '*');
  else
    kutip_webanno_append_escaped (out, string);
}

/* The type of a link stands in "referenceType", or in "label", where Kutip keeps it. */
static void
append_chain_value (GString *out, const KutipWebannoMark *mark, const char *feature)
{
  gboolean relation = strcmp (feature, "referenceRelation") == 0;
  const char *other =
      kutip_cas_get (mark->structure, feature) == NULL && !relation ? "label" : feature;

  append_value (out, mark->structure, other);
  if (relation)
    g_string_append_printf (out, "->%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT,
                            mark->chain, mark->link);
  else
    append_id (out, mark->chain);
}

static void
append_slots (KutipWebannoWriting *self,
              GString *out,
              const KutipWebannoMark *mark,
              const char *feature,
              gboolean roles)
{
  const KutipCasValue *value = kutip_cas_get (mark->structure, feature);
  gboolean any = FALSE;

  for (guint i = 0; value != NULL && i < value->n_references; i++)
    {
      const KutipCasStructure *link = kutip_cas_find (self->cas, value->references[i]);
      const KutipWebannoMark *target = kutip_webanno_find_mark (self, link, "target");

      if (target == NULL)
        continue;
      g_string_append (out, any ? ";" : "");
      any = TRUE;
      if (roles)
        append_value (out, link, "role");
      else
        {
          kutip_webanno_unit_append_name (out, target->first);
          append_id (out, target->id);
        }
    }
  if (!any)
    g_string_append_c (out, roles ? '_' : '*');
  if (roles)
    append_id (out, mark->id);
}

static void
append_item (KutipWebannoWriting *self,
             GString *out,
             const KutipWebannoLayer *layer,
             const KutipWebannoColumn *column,
             const KutipWebannoMark *mark)
{
  if (layer->kind == KUTIP_WEBANNO_LAYER_CHAINS)
    append_chain_value (out, mark, column->feature);
  else if (column->kind == KUTIP_WEBANNO_COLUMN_ROLES ||
           column->kind == KUTIP_WEBANNO_COLUMN_TARGETS)
    append_slots (self, out, mark, column->feature,
                  column->kind == KUTIP_WEBANNO_COLUMN_ROLES);
  else
    {
      append_value (out, mark->structure, column->feature);
      append_id (out, mark->id);
    }
}

static void
append_source (KutipWebannoWriting *self, GString *out, const KutipCasStructure *relation)
{
  const KutipWebannoMark *from = kutip_webanno_find_mark (self, relation, "Governor");
  const KutipWebannoMark *to = kutip_webanno_find_mark (self, relation, "Dependent");

  kutip_webanno_unit_append_name (out, from->first);
  if (from->id != 0 || to->id != 0)
    g_string_append_printf (out, "[%" G_GUINT64_FORMAT "_%" G_GUINT64_FORMAT "]",
                            from->id, to->id);
}

static void
append_marks (KutipWebannoWriting *self,
              GString *out,
              const KutipWebannoUnit *unit,
              const KutipWebannoLayer *layer,
              const KutipWebannoColumn *column)
{
  const KutipWebannoMark *mark;
  gboolean any = FALSE;
  guint note = 0;

  while ((mark = kutip_webanno_next_mark (self, unit, &note)) != NULL)
    {
      if (strcmp (mark->structure->type, layer->type) != 0)
        continue;
      g_string_append (out, any ? "|" : "");
      any = TRUE;
      append_item (self, out, layer, column, mark);
    }
  g_string_append (out, any ? "\t" : "_\t");
}

static void
append_relations (KutipWebannoWriting *self,
                  GString *out,
                  const KutipWebannoUnit *unit,
                  const KutipWebannoLayer *layer,
                  const KutipWebannoColumn *column)
{
  GPtrArray *relations = kutip_webanno_get_relations (self, unit);
  gboolean any = FALSE;

  for (guint i = 0; relations != NULL && i < relations->len; i++)
    {
      const KutipCasStructure *relation = g_ptr_array_index (relations, i);

      if (strcmp (relation->type, layer->type) != 0)
        continue;
      g_string_append (out, any ? "|" : "");
      any = TRUE;
      if (column->kind == KUTIP_WEBANNO_COLUMN_SOURCE)
        append_source (self, out, relation);
      else
        append_value (out, relation, column->feature);
    }
  g_string_append (out, any ? "\t" : "_\t");
}

static void
append_cell (KutipWebannoWriting *self,
             GString *out,
             const KutipWebannoUnit *unit,
             const KutipWebannoLayer *layer,
             const KutipWebannoColumn *column)
{
  if (layer->kind == KUTIP_WEBANNO_LAYER_RELATIONS)
    append_relations (self, out, unit, layer, column);
  else
    append_marks (self, out, unit, layer, column);
}

/* --- rows --- */

/* Nobody reads it; but it must not break the row. */
static void
append_form (KutipWebannoWriting *self, GString *out, const KutipWebannoUnit *unit)
{
  guint start, end;
  gsize n;
  const char *bytes;

  kutip_text_from_utf16 (self->text, unit->begin, &start);
  kutip_text_from_utf16 (self->text, unit->end, &end);
  bytes = kutip_text_peek_range (self->text, (KutipRange){ start, end }, &n);
  for (gsize i = 0; i < n; i++)
    g_string_append_c (out, (guchar) bytes[i] < 0x20 ? ' ' : bytes[i]);
}

static void
append_row (KutipWebannoWriting *self, GString *out, const KutipWebannoUnit *unit)
{
  kutip_webanno_unit_append_name (out, unit);
  g_string_append_c (out, '\t');
  kutip_pour_append_number (out, unit->begin);
  g_string_append_c (out, '-');
  kutip_pour_append_number (out, unit->end);
  g_string_append_c (out, '\t');
  append_form (self, out, unit);
  g_string_append_c (out, '\t');
  for (guint i = 0; i < self->layers->len; i++)
    {
      const KutipWebannoLayer *layer = g_ptr_array_index (self->layers, i);

      for (guint j = 0; j < layer->columns->len; j++)
        append_cell (self, out, unit, layer,
                     &g_array_index (layer->columns, KutipWebannoColumn, j));
    }
  g_string_append_c (out, '\n');
}

static guint
get_offset (KutipWebannoWriting *self, guint utf16)
{
  guint offset = 0;

  kutip_text_from_utf16 (self->text, utf16, &offset);
  return offset;
}

/* Where the text of a sentence ends: behind it come at most a new line and spaces, which
 * the numbers tell. */
static guint
find_sentence_end (KutipWebannoWriting *self, guint next)
{
  guint length = kutip_text_get_length (self->text);
  guint end = get_offset (self, self->units[next - 1].end);
  guint limit =
      next == self->n_units ? length : get_offset (self, self->units[next].begin);
  guint at = end;

  if (next == self->n_units || end == limit ||
      kutip_text_get_char (self->text, at) != '\n')
    return limit;
  for (at++; at < limit; at++)
    if (kutip_text_get_char (self->text, at) != ' ')
      return limit;
  return end;
}

static void
append_sentence (KutipWebannoWriting *self, KutipPour *pour, guint first, guint next)
{
  GString *out = pour->buffer;
  KutipRange range = { get_offset (self, self->units[first].begin),
                       find_sentence_end (self, next) };
  gsize n;
  const char *bytes = kutip_text_peek_range (self->text, range, &n);

  g_string_append (out, "\n" KUTIP_WEBANNO_TEXT);
  kutip_webanno_append_text (out, bytes, n);
  g_string_append_c (out, '\n');
  for (guint i = first; i < next; i++)
    {
      GPtrArray *parts = kutip_webanno_get_parts (self, &self->units[i]);

      append_row (self, out, &self->units[i]);
      for (guint j = 0; parts != NULL && j < parts->len; j++)
        append_row (self, out, g_ptr_array_index (parts, j));
      kutip_pour_check (pour);
    }
}

static void
append_all (KutipWebannoWriting *self, KutipPour *pour)
{
  GString *out = pour->buffer;
  guint first = 0;

  g_string_append (out, KUTIP_WEBANNO_MAGIC "3.3\n");

  for (guint i = 0; i < self->layers->len; i++)
    kutip_webanno_layer_append (out, g_ptr_array_index (self->layers, i));
  g_string_append_c (out, '\n');
  for (guint i = 1; i <= self->n_units; i++)
    if (i == self->n_units || self->units[i].token == 1)
      {
        append_sentence (self, pour, first, i);
        first = i;
      }
}

/* A cell without a value says as much as one whose value is "". */
static void
tell_empty (KutipWebannoWriting *self)
{
  for (guint i = 0; i < self->cas->structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (self->cas->structures, i);

      for (guint j = 0; structure->origin != NULL && j < structure->n_values; j++)
        if (structure->values[j].kind == KUTIP_CAS_STRING &&
            g_strcmp0 (structure->values[j].string, "") == 0)
          kutip_report_add (self->report, KUTIP_REPORT_LOSS,
                            kutip_webanno_is_relation (structure) ? "relation-attributes"
                                                                  : "attributes",
                            self->path, structure->origin, 0, structure->values[j].name);
    }
}

static void
clear_writing (KutipWebannoWriting *self)
{
  g_free (self->units);
  g_array_unref (self->notes);
  g_hash_table_unref (self->parts);
  g_hash_table_unref (self->relations);
  g_ptr_array_unref (self->layers);
  g_ptr_array_unref (self->marks);
  g_hash_table_unref (self->mark_of);
  g_hash_table_unref (self->end_types);
  g_hash_table_unref (self->chain_types);
  g_hash_table_unref (self->relation_types);
  g_hash_table_unref (self->span_types);
  g_ptr_array_unref (self->order);
}

void
kutip_webanno_write (KutipCas *cas,
                     KutipText *text,
                     const char *path,
                     KutipReport *report,
                     KutipPour *pour)
{
  KutipWebannoWriting self = {
    .cas = cas,
    .report = report,
    .path = path,
    .text = text,
    .layers = g_ptr_array_new_with_free_func (kutip_webanno_layer_free),
    .marks = g_ptr_array_new_with_free_func (g_free),
    .mark_of = g_hash_table_new (NULL, NULL),
    .notes = g_array_new (FALSE, FALSE, sizeof (KutipWebannoNote)),
    .parts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref),
    .relations =
        g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref),
    .end_types = g_hash_table_new (g_str_hash, g_str_equal),
    .chain_types = g_hash_table_new (g_str_hash, g_str_equal),
    .relation_types = g_hash_table_new (g_str_hash, g_str_equal),
    .span_types = g_hash_table_new (g_str_hash, g_str_equal),
    .order = g_ptr_array_new (),
  };

  sort_types (&self);
  note_end_types (&self);
  add_layers (&self);
  kutip_webanno_place (&self);
  tell_empty (&self);
  append_all (&self, pour);
  clear_writing (&self);
}
