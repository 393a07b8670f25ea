/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/offsets.h"
#include "format/sidecar/sidecar.h"
#include "format/uima/cas-foreign.h"
#include "format/uima/cas-parts.h"
#include "format/uima/cas-ranges.h"

#include <glib/gi18n.h>
#include <string.h>

void
kutip_cas_span_free (gpointer data)
{
  KutipCasSpan *span = data;

  g_clear_pointer (&span->base, kutip_span_unref);
  g_clear_pointer (&span->ranges, g_array_unref);
  g_clear_pointer (&span->attributes, kutip_attributes_unref);
  g_clear_pointer (&span->foreign, kutip_foreign_unref);
  g_free (span);
}

/* As it is, or as XML holds it. */
static gboolean
is_same (const char *said, const char *stands)
{
  g_autofree char *clean = NULL;

  if (said == NULL || stands == NULL)
    return FALSE;
  clean = kutip_cas_dup_clean (said);
  return strcmp (said, stands) == 0 || strcmp (clean, stands) == 0;
}

const char *
kutip_cas_choose (const char *said, const char *stands)
{
  return is_same (said, stands) ? said : stands;
}

/* --- attributes --- */

static gboolean
equals_list (const char *const *said, const char *const *stands)
{
  guint i = 0;

  for (; said[i] != NULL && stands[i] != NULL; i++)
    if (!is_same (said[i], stands[i]))
      return FALSE;
  return said[i] == NULL && stands[i] == NULL;
}

/* Whether the feature is what Kutip makes of the attribute; lists may also hold one. */
static gboolean
is_same_value (const KutipAttribute *attribute, const KutipCasValue *value)
{
  static const char *const flag[] = { "true", NULL };
  const char *const *said =
      attribute->type == KUTIP_VALUE_FLAG ? flag : attribute->values;

  if (value->kind == KUTIP_CAS_STRINGS)
    return equals_list (said, value->strings);
  return kutip_cas_value_get_string (value) != NULL && said[0] != NULL &&
         said[1] == NULL && kutip_cas_choose (said[0], value->string) == said[0];
}

static gboolean
is_attribute (const KutipCasValue *value, const char *label_feature)
{
  static const char *const others[] = { KUTIP_CAS_FEATURE_NOTE, "sofa", NULL };

  if (g_strv_contains (others, value->name) ||
      g_str_has_prefix (value->name, KUTIP_CAS_FEATURE_JSON) ||
      g_strcmp0 (value->name, label_feature) == 0)
    return FALSE;
  if (value->kind == KUTIP_CAS_BOOLEAN)
    return strcmp (value->string, "true") == 0;
  return value->kind == KUTIP_CAS_STRING || value->kind == KUTIP_CAS_NUMBER ||
         value->kind == KUTIP_CAS_STRINGS;
}

static void
add_value (GArray *attributes, const KutipCasValue *value, GPtrArray *lists)
{
  KutipAttribute attribute = { .name = value->name };

  if (value->kind == KUTIP_CAS_STRINGS)
    {
      attribute.type = KUTIP_VALUE_LIST;
      attribute.values = value->strings;
    }
  else
    {
      const char **list = g_new0 (const char *, 2);

      g_ptr_array_add (lists, list);
      attribute.type =
          value->kind == KUTIP_CAS_BOOLEAN ? KUTIP_VALUE_FLAG : KUTIP_VALUE_STRING;
      if (attribute.type == KUTIP_VALUE_STRING)
        list[0] = value->string;
      attribute.values = list;
    }
  g_array_append_val (attributes, attribute);
}

KutipAttributes *
kutip_cas_read_attributes (const KutipCasStructure *structure,
                           const char *label_feature,
                           KutipAttributes *base)
{
  g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (KutipAttribute));
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < kutip_attributes_get_n (base); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (base, i);
      g_autofree char *feature = kutip_cas_make_feature_name (attribute.name);
      const KutipCasValue *value;

      /* Of two attributes with one name for their features the first is there. */
      if (g_hash_table_contains (known, feature))
        {
          g_array_append_val (attributes, attribute);
          continue;
        }
      value = kutip_cas_get (structure, feature);
      if (value != NULL && is_same_value (&attribute, value))
        g_array_append_val (attributes, attribute);
      else if (value != NULL && is_attribute (value, label_feature))
        {
          add_value (attributes, value, lists);
          g_array_index (attributes, KutipAttribute, attributes->len - 1).name =
              attribute.name;
        }
      g_hash_table_add (known, g_steal_pointer (&feature));
    }
  for (guint i = 0; i < structure->n_values; i++)
    {
      const KutipCasValue *value = &structure->values[i];

      if (is_attribute (value, label_feature) &&
          !g_hash_table_contains (known, value->name))
        add_value (attributes, value, lists);
    }
  return kutip_attributes_new ((const KutipAttribute *) (gpointer) attributes->data,
                               attributes->len);
}

/* --- spans --- */

/* The feature that tells what an annotation is, by the custom of INCEpTION's layers;
 * NULL: its type does. */
static const char *
find_label_feature (const KutipCasStructure *structure)
{
  static const char *const features[] = { "label", "value", "PosValue", "referenceType",
                                          NULL };

  for (guint i = 0; features[i] != NULL; i++)
    {
      const KutipCasValue *value = kutip_cas_get (structure, features[i]);

      if (value != NULL && value->kind == KUTIP_CAS_STRING && *value->string != '\0')
        return features[i];
    }
  return NULL;
}

static gboolean
read_base (KutipCasSpan *span, const KutipCasStructure *structure, GError **error)
{
  const char *json = kutip_cas_get_string (structure, KUTIP_CAS_FEATURE_JSON);
  g_autoptr (KutipJsonReader) reader = NULL;
  g_autoptr (GError) local = NULL;

  if (json == NULL)
    return TRUE;
  reader = kutip_json_reader_new (json, strlen (json));
  span->base = kutip_sidecar_read_span (reader, NULL);
  if (kutip_json_reader_finish (reader, &local))
    return TRUE;
  return kutip_cas_reading_fail (structure, error, "%s: %s", KUTIP_CAS_FEATURE_JSON,
                                 local->message);
}

/* What the annotation says of itself besides its place. */
static void
describe (KutipCasSpan *span, const KutipCasStructure *structure)
{
  KutipSpanFields base = KUTIP_SPAN_FIELDS_INIT;
  const char *feature = find_label_feature (structure);
  const char *note = kutip_cas_get_string (structure, KUTIP_CAS_FEATURE_NOTE);
  g_auto (KutipCasTrace) trace = { NULL };
  gboolean is_default = strcmp (structure->type, KUTIP_CAS_SPAN) == 0;

  if (span->base != NULL)
    kutip_span_get_fields (span->base, &base);
  span->id = base.id;
  span->label = feature != NULL ? kutip_cas_get_string (structure, feature)
                                : kutip_cas_get_short_name (structure->type);
  if (base.label != NULL && (feature != NULL || *base.label == '\0'))
    span->label =
        feature == NULL ? base.label : kutip_cas_choose (base.label, span->label);
  span->note = kutip_cas_choose (base.note, note);
  span->attributes = kutip_cas_read_attributes (structure, feature, base.attributes);
  kutip_cas_trace_read (&trace, base.foreign);
  if (!is_default && trace.type == NULL)
    trace.type = g_strdup (structure->type);
  if (trace.label == NULL && feature != NULL &&
      strcmp (feature, KUTIP_CAS_FEATURE_LABEL) != 0)
    trace.label = g_strdup (feature);
  else if (trace.label == NULL && feature == NULL && base.label == NULL)
    trace.label = g_strdup ("");
  span->foreign = kutip_cas_trace_add_to (&trace, base.foreign, "label");
}

static gboolean
convert_place (KutipCasReading *self,
               const KutipCasStructure *structure,
               KutipRange *range,
               GError **error)
{
  if (kutip_offsets_convert (self->text, KUTIP_OFFSETS_UTF16, structure->begin,
                             structure->end, range))
    return TRUE;
  /* An annotation of nothing is a place in the text, if no span. */
  if (structure->begin == structure->end &&
      kutip_text_from_utf16 (self->text, structure->begin, &range->start))
    {
      range->end = range->start;
      return TRUE;
    }
  return kutip_cas_reading_fail (structure, error,
                                 _ ("%1$lu to %2$lu is no place in the text"),
                                 (gulong) structure->begin, (gulong) structure->end);
}

gboolean
kutip_cas_reading_add_span (KutipCasReading *self,
                            const KutipCasStructure *structure,
                            GError **error)
{
  KutipCasSpan *span, *whole = NULL;
  KutipRange range;

  if (!convert_place (self, structure, &range, error))
    return FALSE;
  if (range.start == range.end)
    {
      kutip_cas_reading_warn (self, "empty-span", structure);
      g_hash_table_insert (self->span_of, (gpointer) structure, NULL);
      return TRUE;
    }
  span = g_new0 (KutipCasSpan, 1);
  g_ptr_array_add (self->spans, span);
  span->ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  if (!read_base (span, structure, error))
    return FALSE;
  describe (span, structure);
  kutip_cas_ranges_note (self->ranges, self->cas, structure);
  if (span->id != NULL)
    whole = g_hash_table_lookup (self->span_by_id, span->id);
  if (whole != NULL)
    {
      g_ptr_array_set_size (self->spans, (gint) self->spans->len - 1);
      span = whole;
    }
  else if (span->id != NULL)
    g_hash_table_insert (self->span_by_id, (gpointer) span->id, span);
  g_array_append_val (span->ranges, range);
  g_hash_table_insert (self->span_of, (gpointer) structure, span);
  return TRUE;
}

static void
finish_span (KutipCasReading *self, KutipCasSpan *draft)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autofree char *made = NULL;
  g_autoptr (KutipSpan) span = NULL;
  KutipRange *ranges = (KutipRange *) (gpointer) draft->ranges->data;

  if (draft->base != NULL)
    kutip_span_get_fields (draft->base, &fields);
  if (draft->id == NULL)
    draft->id = made = kutip_layer_make_id (self->layer, "s");
  fields.id = draft->id;
  fields.label = draft->label;
  fields.note = draft->note;
  fields.ranges = ranges;
  fields.n_ranges = kutip_ranges_normalize (ranges, draft->ranges->len);
  fields.attributes = draft->attributes;
  fields.foreign = draft->foreign;
  span = kutip_span_new (&fields);
  kutip_layer_add_span (self->layer, span);
  draft->id = kutip_span_get_id (span);
}

void
kutip_cas_reading_finish_spans (KutipCasReading *self)
{
  /* Those with ids first, so that none of the new ones is theirs. */
  for (guint i = 0; i < self->spans->len; i++)
    {
      KutipCasSpan *span = g_ptr_array_index (self->spans, i);

      if (span->id != NULL)
        finish_span (self, span);
    }
  for (guint i = 0; i < self->spans->len; i++)
    {
      KutipCasSpan *span = g_ptr_array_index (self->spans, i);

      if (span->id == NULL)
        finish_span (self, span);
    }
}
