/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"
#include "format/uima/cas-write.h"

#include <string.h>

/* A feature that leads to several others, while they are gathered. */
typedef struct
{
  KutipCasStructure *host;
  const char *feature; /* owned by the CAS */
  GArray *targets;     /* guint64 */
} Slot;

typedef struct
{
  KutipCasBuilding *building;
  GHashTable *slots;     /* "HOST\tFEATURE" -> Slot */
  GPtrArray *slot_order; /* Slot, borrowed */
  GHashTable *parents;   /* of a chain's links -> another of the same chain */
  GHashTable *followers; /* links that another one leads to */
  GHashTable *chains;    /* the first link, or one that was -> type of the chain */
  GPtrArray *links;      /* in order: KutipCasStructure with a next one */
} Adding;

static void
free_slot (gpointer data)
{
  Slot *slot = data;

  g_array_unref (slot->targets);
  g_free (slot);
}

/* --- slots --- */

/* NULL when the feature is taken by something else. */
static Slot *
get_slot (Adding *self,
          KutipCasStructure *host,
          const char *feature,
          const char *link_type)
{
  g_autofree char *key = g_strdup_printf ("%" G_GUINT64_FORMAT "\t%s", host->id, feature);
  Slot *slot = g_hash_table_lookup (self->slots, key);
  const KutipCasFeature *declared =
      kutip_cas_find_feature (self->building->cas, host->type, feature);

  if (slot != NULL)
    return slot;
  if (kutip_cas_get (host, feature) != NULL ||
      (declared != NULL && (declared->kind != KUTIP_CAS_REFERENCES ||
                            strcmp (declared->range, link_type) != 0)))
    return NULL;
  kutip_cas_declare_feature (self->building->cas, host->type, feature,
                             KUTIP_CAS_REFERENCES, link_type);
  slot = g_new0 (Slot, 1);
  slot->host = host;
  slot->feature = kutip_cas_intern (self->building->cas, feature);
  slot->targets = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_hash_table_insert (self->slots, g_steal_pointer (&key), slot);
  g_ptr_array_add (self->slot_order, slot);
  return slot;
}

static void
set_reference (Adding *self,
               KutipCasStructure *from,
               const char *feature,
               const KutipCasStructure *to)
{
  kutip_cas_declare_feature (self->building->cas, from->type, feature,
                             KUTIP_CAS_REFERENCE, KUTIP_CAS_ANNOTATION);
  kutip_cas_set_references (self->building->cas, from, feature, KUTIP_CAS_REFERENCE,
                            &to->id, 1);
}

static void
describe (Adding *self,
          KutipCasStructure *structure,
          const KutipRelationFields *fields,
          const char *label_feature,
          KutipRelation *kept)
{
  if (label_feature != NULL)
    kutip_cas_building_set_string (self->building, structure, label_feature,
                                   fields->label);
  if (fields->note != NULL)
    kutip_cas_building_set_string (self->building, structure, KUTIP_CAS_FEATURE_NOTE,
                                   fields->note);
  kutip_cas_building_set_attributes (self->building, structure, label_feature,
                                     fields->attributes, fields->id);
  if (kept != NULL)
    kutip_cas_building_set_json (self->building, structure, KUTIP_CAS_FEATURE_JSON,
                                 KUTIP_CAS_OBJECT_RELATION, kept);
}

/* In TSV's "ROLE_HOST:FEATURE_LINK" the last "_" before the first point is the border. */
static gboolean
is_link_type (const char *type)
{
  gsize n = strcspn (type, "._");

  return type[n] == '.';
}

static gboolean
add_slot (Adding *self,
          const KutipRelationFields *fields,
          const KutipCasTrace *trace,
          KutipCasStructure *from,
          KutipCasStructure *to,
          KutipRelation *kept)
{
  const char *type = kutip_cas_building_choose_type (self->building, trace->type, NULL);
  gboolean has_role = g_strcmp0 (trace->label, "role") == 0 ||
                      strcmp (fields->label, trace->feature) != 0;
  KutipCasStructure *link;
  Slot *slot;

  if (type == NULL || !kutip_cas_is_name (trace->feature, FALSE) ||
      (!self->building->writing->everything && !is_link_type (type)))
    return FALSE;
  slot = get_slot (self, from, trace->feature, type);
  if (slot == NULL)
    return FALSE;
  link = kutip_cas_building_add (self->building, type, KUTIP_CAS_TOP);
  describe (self, link, fields, has_role ? "role" : NULL, kept);
  link->origin = fields->id;
  set_reference (self, link, "target", to);
  g_array_append_val (slot->targets, link->id);
  return TRUE;
}

/* --- chains and other references --- */

static KutipCasStructure *
find_root (Adding *self, KutipCasStructure *link)
{
  KutipCasStructure *parent;

  while ((parent = g_hash_table_lookup (self->parents, link)) != NULL)
    {
      KutipCasStructure *above = g_hash_table_lookup (self->parents, parent);

      if (above != NULL)
        g_hash_table_insert (self->parents, link, above);
      link = parent;
    }
  return link;
}

/* Whether @to can follow @from: each has one neighbour on a side, and no chain is a ring.
 */
static gboolean
join_chain (Adding *self,
            const char *type,
            KutipCasStructure *from,
            KutipCasStructure *to)
{
  KutipCasStructure *from_root = find_root (self, from);
  KutipCasStructure *to_root = find_root (self, to);

  if (from_root == to_root || g_hash_table_contains (self->followers, to) ||
      strcmp (from->type, to->type) != 0)
    return FALSE;
  g_hash_table_insert (self->parents, to_root, from_root);
  g_hash_table_add (self->followers, to);
  g_hash_table_insert (self->chains, from,
                       (gpointer) kutip_cas_intern (self->building->cas, type));
  g_ptr_array_add (self->links, from);
  return TRUE;
}

static gboolean
add_reference (Adding *self,
               const KutipRelationFields *fields,
               const KutipCasTrace *trace,
               KutipCasStructure *from,
               KutipCasStructure *to,
               KutipRelation *kept)
{
  const char *feature = trace->feature;
  g_autofree char *json_feature = NULL;
  const KutipCasFeature *declared =
      kutip_cas_find_feature (self->building->cas, from->type, feature);

  if (!kutip_cas_is_name (feature, FALSE) || strcmp (feature, "target") == 0 ||
      kutip_cas_get (from, feature) != NULL ||
      (declared != NULL && declared->kind != KUTIP_CAS_REFERENCE))
    return FALSE;
  /* Without Kutip's own feature nothing else of it would be kept. */
  if (kept == NULL && (fields->attributes != NULL || fields->note != NULL))
    return FALSE;
  if (trace->chain != NULL)
    {
      const char *type =
          kutip_cas_building_choose_type (self->building, trace->chain, NULL);

      if (strcmp (feature, "next") != 0 || type == NULL ||
          !join_chain (self, type, from, to))
        return FALSE;
      if (strcmp (fields->label, "next") != 0 &&
          kutip_cas_get (from, "referenceRelation") == NULL)
        kutip_cas_building_set_string (self->building, from, "referenceRelation",
                                       fields->label);
    }
  else if (kept == NULL)
    return FALSE;
  set_reference (self, from, feature, to);
  if (kept == NULL)
    return TRUE;
  json_feature = g_strdup_printf ("%s_%s", KUTIP_CAS_FEATURE_JSON, feature);
  kutip_cas_building_set_json (self->building, from, json_feature,
                               KUTIP_CAS_OBJECT_RELATION, kept);
  return TRUE;
}

/* --- relations --- */

static const char *
get_type (Adding *self, const KutipCasTrace *trace)
{
  return kutip_cas_building_choose_type (
      self->building, trace->feature == NULL ? trace->type : NULL, KUTIP_CAS_RELATION);
}

/* A structure with a Governor and a Dependent, whose place it has. */
static void
add_plain (Adding *self,
           const KutipRelationFields *fields,
           const KutipCasTrace *trace,
           KutipCasStructure *from,
           KutipCasStructure *to,
           KutipRelation *kept)
{
  KutipCasBuilding *building = self->building;
  KutipCasTrace none = { NULL };
  KutipCasStructure *structure =
      kutip_cas_building_add (building, get_type (self, trace), KUTIP_CAS_ANNOTATION);
  const char *label = kutip_cas_building_get_label_feature (
      trace->feature == NULL ? trace : &none, fields->label, structure->type);

  structure->sofa = building->sofa->id;
  structure->placed = TRUE;
  structure->begin = to->begin;
  structure->end = to->end;
  set_reference (self, structure, "Governor", from);
  set_reference (self, structure, "Dependent", to);
  describe (self, structure, fields, label, kept);
  structure->origin = fields->id;
}

static gboolean
add_relation (KutipRelation *relation, gpointer data)
{
  Adding *self = data;
  KutipRelationFields fields;
  KutipCasStructure *from, *to;
  g_auto (KutipCasTrace) trace = { NULL };
  KutipRelation *kept = self->building->writing->everything ? relation : NULL;

  kutip_relation_get_fields (relation, &fields);
  from = g_hash_table_lookup (self->building->structure_of, fields.from);
  to = g_hash_table_lookup (self->building->structure_of, fields.to);
  if (from == NULL || to == NULL)
    {
      kutip_cas_building_lose (self->building, "relations", fields.id);
      return TRUE;
    }
  kutip_cas_trace_read (&trace, fields.foreign);
  if (trace.feature != NULL && trace.slot &&
      add_slot (self, &fields, &trace, from, to, kept))
    return TRUE;
  if (trace.feature != NULL && !trace.slot &&
      add_reference (self, &fields, &trace, from, to, kept))
    return TRUE;
  if (trace.feature != NULL)
    kutip_cas_building_lose_kept (self->building, fields.id, trace.feature);
  if (kept == NULL && fields.event != NULL)
    kutip_cas_building_lose (self->building, "events", fields.id);
  add_plain (self, &fields, &trace, from, to, kept);
  return TRUE;
}

static gboolean
note_relation (KutipRelation *relation, gpointer data)
{
  Adding *self = data;
  KutipRelationFields fields;
  g_auto (KutipCasTrace) trace = { NULL };

  kutip_relation_get_fields (relation, &fields);
  kutip_cas_trace_read (&trace, fields.foreign);
  kutip_cas_building_note_kinds (self->building, get_type (self, &trace),
                                 fields.attributes);
  if (trace.slot && trace.type != NULL)
    kutip_cas_building_note_kinds (self->building, trace.type, fields.attributes);
  return TRUE;
}

/* A structure that knows the first link of each chain. */
static void
add_chains (Adding *self)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      KutipCasStructure *first = g_ptr_array_index (self->links, i);
      KutipCasStructure *chain;

      if (g_hash_table_contains (self->followers, first))
        continue;
      chain = kutip_cas_building_add (self->building,
                                      g_hash_table_lookup (self->chains, first),
                                      KUTIP_CAS_ANNOTATION_BASE);
      chain->sofa = self->building->sofa->id;
      set_reference (self, chain, "first", first);
    }
}

void
kutip_cas_building_add_relations (KutipCasBuilding *building)
{
  Adding self = {
    .building = building,
    .slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_slot),
    .slot_order = g_ptr_array_new (),
    .parents = g_hash_table_new (NULL, NULL),
    .followers = g_hash_table_new (NULL, NULL),
    .chains = g_hash_table_new (NULL, NULL),
    .links = g_ptr_array_new (),
  };

  kutip_layer_foreach_relation (building->layer, note_relation, &self);
  kutip_layer_foreach_relation (building->layer, add_relation, &self);
  add_chains (&self);
  for (guint i = 0; i < self.slot_order->len; i++)
    {
      Slot *slot = g_ptr_array_index (self.slot_order, i);

      kutip_cas_set_references (
          building->cas, slot->host, slot->feature, KUTIP_CAS_REFERENCES,
          (const guint64 *) (gpointer) slot->targets->data, slot->targets->len);
    }
  g_hash_table_unref (self.slots);
  g_ptr_array_unref (self.slot_order);
  g_hash_table_unref (self.parents);
  g_hash_table_unref (self.followers);
  g_hash_table_unref (self.chains);
  g_ptr_array_unref (self.links);
}
