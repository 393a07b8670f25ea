/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"
#include "format/uima/cas-foreign.h"
#include "format/uima/cas-parts.h"
#include "format/uima/cas-ranges.h"

#include <string.h>

/* A relation before it is in the layer. */
typedef struct
{
  const KutipCasStructure *structure; /* that says it */
  const char *json;                   /* Kutip's own feature, or NULL */
  const KutipCasSpan *from, *to;
  const char *label;
  const char *note;
  KutipAttributes *attributes; /* NULL: what Kutip's feature says */
  gboolean own_attributes;     /* or those above */
  char *event;
  KutipCasTrace trace;
} Draft;

static void
clear_draft (Draft *self)
{
  g_clear_pointer (&self->attributes, kutip_attributes_unref);
  g_clear_pointer (&self->event, g_free);
  kutip_cas_trace_clear (&self->trace);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, clear_draft)

static KutipRelation *
read_base (const Draft *draft, GError **error)
{
  g_autoptr (KutipJsonReader) reader =
      kutip_json_reader_new (draft->json, strlen (draft->json));
  g_autoptr (KutipRelation) base = kutip_sidecar_read_relation (reader);
  g_autoptr (GError) local = NULL;

  if (kutip_json_reader_finish (reader, &local))
    return g_steal_pointer (&base);
  kutip_cas_reading_fail (draft->structure, error, "%s: %s", KUTIP_CAS_FEATURE_JSON,
                          local->message);
  return NULL;
}

/* What Kutip said of it stands behind what other programs may have changed. */
static void
fill_fields (Draft *draft, KutipRelationFields *fields)
{
  if (draft->own_attributes)
    {
      draft->attributes = kutip_cas_read_attributes (
          draft->structure,
          draft->trace.label != NULL ? draft->trace.label : KUTIP_CAS_FEATURE_LABEL,
          fields->attributes);
      fields->attributes = draft->attributes;
      fields->note = kutip_cas_choose (fields->note, draft->note);
    }
  if (fields->label == NULL || *fields->label != '\0' || draft->trace.label == NULL)
    fields->label = kutip_cas_choose (fields->label, draft->label);
  fields->from = draft->from->id;
  fields->to = draft->to->id;
  if (draft->json == NULL)
    fields->event = draft->event;
}

static gboolean
add_relation (KutipCasReading *self, Draft *draft, GError **error)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipRelation) base = NULL;
  g_autoptr (KutipRelation) relation = NULL;
  g_autoptr (KutipForeign) foreign = NULL;
  g_autofree char *made = NULL;

  if (draft->from == NULL || draft->to == NULL)
    {
      kutip_cas_reading_warn (self, "no-target", draft->structure);
      return TRUE;
    }
  if (draft->json != NULL)
    {
      base = read_base (draft, error);
      if (base == NULL)
        return FALSE;
      kutip_relation_get_fields (base, &fields);
    }
  fill_fields (draft, &fields);
  if (draft->own_attributes)
    kutip_cas_ranges_note (self->ranges, self->cas, draft->structure);
  foreign = kutip_cas_trace_add_to (&draft->trace, fields.foreign, "label");
  fields.foreign = foreign;
  if (fields.id == NULL || kutip_layer_get_relation (self->layer, fields.id) != NULL ||
      kutip_layer_get_span (self->layer, fields.id) != NULL)
    fields.id = made = kutip_layer_make_id (self->layer, "r");
  relation = kutip_relation_new (&fields);
  kutip_layer_add_relation (self->layer, relation);
  return TRUE;
}

static const char *
find_label (const KutipCasStructure *structure, const char **feature)
{
  static const char *const features[] = { KUTIP_CAS_FEATURE_LABEL, "value",
                                          "DependencyType", NULL };

  for (guint i = 0; features[i] != NULL; i++)
    {
      const KutipCasValue *value = kutip_cas_get (structure, features[i]);

      if (value != NULL && value->kind == KUTIP_CAS_STRING && *value->string != '\0')
        {
          *feature = features[i];
          return value->string;
        }
    }
  *feature = NULL;
  return kutip_cas_get_short_name (structure->type);
}

static const KutipCasSpan *
find_end (KutipCasReading *self, guint64 id)
{
  return g_hash_table_lookup (self->span_of, kutip_cas_find (self->cas, id));
}

gboolean
kutip_cas_reading_add_relation (KutipCasReading *self,
                                const KutipCasStructure *structure,
                                GError **error)
{
  g_auto (Draft) draft = { .structure = structure, .own_attributes = TRUE };
  const char *feature;

  draft.from = find_end (self, kutip_cas_get_reference (structure, "Governor"));
  draft.to = find_end (self, kutip_cas_get_reference (structure, "Dependent"));
  draft.json = kutip_cas_get_string (structure, KUTIP_CAS_FEATURE_JSON);
  draft.note = kutip_cas_get_string (structure, KUTIP_CAS_FEATURE_NOTE);
  draft.label = find_label (structure, &feature);
  if (strcmp (structure->type, KUTIP_CAS_RELATION) != 0)
    draft.trace.type = g_strdup (structure->type);
  if (feature == NULL || strcmp (feature, KUTIP_CAS_FEATURE_LABEL) != 0)
    draft.trace.label = g_strdup (feature == NULL ? "" : feature);
  /* An empty label is none of another feature. */
  if (feature == NULL && kutip_cas_get (structure, KUTIP_CAS_FEATURE_LABEL) != NULL)
    {
      g_clear_pointer (&draft.trace.label, g_free);
      draft.label = "";
    }
  return add_relation (self, &draft, error);
}

/* A link in a feature of its host: the role, or else the feature, is what it means. */
static gboolean
add_slot (KutipCasReading *self,
          const KutipCasStructure *host,
          const char *feature,
          const KutipCasStructure *link,
          GError **error)
{
  g_auto (Draft) draft = { .structure = link, .own_attributes = TRUE };
  const char *role = kutip_cas_get_string (link, "role");
  gboolean has_role = role != NULL && *role != '\0';

  g_hash_table_add (self->links, (gpointer) link);
  draft.from = g_hash_table_lookup (self->span_of, host);
  draft.to = find_end (self, kutip_cas_get_reference (link, "target"));
  draft.json = kutip_cas_get_string (link, KUTIP_CAS_FEATURE_JSON);
  draft.note = kutip_cas_get_string (link, KUTIP_CAS_FEATURE_NOTE);
  draft.label = has_role ? role : feature;
  draft.trace.slot = TRUE;
  draft.trace.feature = g_strdup (feature);
  draft.trace.type = g_strdup (link->type);
  draft.trace.label = g_strdup (has_role ? "role" : "");
  return add_relation (self, &draft, error);
}

static gboolean
add_reference (KutipCasReading *self,
               const KutipCasStructure *from,
               const char *feature,
               const KutipCasStructure *to,
               GError **error)
{
  g_auto (Draft) draft = { .structure = from };
  g_autofree char *json = g_strdup_printf ("%s_%s", KUTIP_CAS_FEATURE_JSON, feature);
  const KutipCasStructure *chain = g_hash_table_lookup (self->chain_of, from);
  const char *relation = kutip_cas_get_string (from, "referenceRelation");

  draft.from = g_hash_table_lookup (self->span_of, from);
  draft.to = g_hash_table_lookup (self->span_of, to);
  draft.json = kutip_cas_get_string (from, json);
  draft.label = feature;
  draft.trace.feature = g_strdup (feature);
  if (chain != NULL && strcmp (feature, "next") == 0)
    {
      draft.trace.chain = g_strdup (chain->type);
      draft.event = g_strdup_printf ("chain-%" G_GUINT64_FORMAT, chain->id);
      if (relation != NULL && *relation != '\0')
        draft.label = relation;
    }
  return add_relation (self, &draft, error);
}

gboolean
kutip_cas_reading_add_references (KutipCasReading *self,
                                  const KutipCasStructure *structure,
                                  GError **error)
{
  for (guint i = 0; i < structure->n_values; i++)
    {
      const KutipCasValue *value = &structure->values[i];

      if (value->kind != KUTIP_CAS_REFERENCE && value->kind != KUTIP_CAS_REFERENCES)
        continue;
      for (guint j = 0; j < value->n_references; j++)
        {
          const KutipCasStructure *to = kutip_cas_find (self->cas, value->references[j]);
          gboolean added = to == NULL ? TRUE
                           : kutip_cas_is_link (to)
                               ? add_slot (self, structure, value->name, to, error)
                               : add_reference (self, structure, value->name, to, error);

          if (!added)
            return FALSE;
        }
    }
  return TRUE;
}
