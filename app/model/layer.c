/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/layer.h"

#include "model/id.h"
#include "model/intake.h"
#include "model/links.h"

/* So many spans and as many relations are put into their maps side by side; with fewer,
 * the heap that another thread begins would weigh more than the time is worth. */
#define MANY 32768

struct _KutipLayer
{
  GObject parent_instance;
  KutipHeader *header;
  KutipIntake *intake; /* all that was added, or NULL: all is in what follows */
  KutipSpanTree tree;
  KutipIdMap spans;
  KutipIdMap relations;
  KutipIdMap links;       /* a KutipLinks for each span id that relations name */
  GHashTable *n_by_label; /* interned label -> number of spans */
  GHashTable *n_relations_by_label;
  guint last_id;
  guint highest_live_id; /* wrong while highest_is_stale */
  gboolean highest_is_stale;
};

G_DEFINE_FINAL_TYPE (KutipLayer, kutip_layer, G_TYPE_OBJECT)

static const char *
get_span_id (gpointer item)
{
  return kutip_span_get_id (item);
}

static gpointer
ref_span (gpointer item)
{
  return kutip_span_ref (item);
}

static void
unref_span (gpointer item)
{
  kutip_span_unref (item);
}

static const KutipIdMapClass span_class = {
  .get_id = get_span_id,
  .ref = ref_span,
  .unref = unref_span,
  .hash = kutip_id_hash,
};

static void
kutip_layer_finalize (GObject *object)
{
  KutipLayer *self = KUTIP_LAYER (object);

  kutip_header_unref (self->header);
  g_clear_pointer (&self->intake, kutip_intake_free);
  kutip_span_tree_clear (&self->tree);
  kutip_id_map_clear (&self->spans);
  kutip_id_map_clear (&self->relations);
  kutip_id_map_clear (&self->links);
  g_hash_table_unref (self->n_by_label);
  g_hash_table_unref (self->n_relations_by_label);
  G_OBJECT_CLASS (kutip_layer_parent_class)->finalize (object);
}

static void
kutip_layer_class_init (KutipLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kutip_layer_finalize;
}

static void
kutip_layer_init (KutipLayer *self)
{
  self->intake = kutip_intake_new ();
  self->n_by_label = g_hash_table_new (NULL, NULL);
  self->n_relations_by_label = g_hash_table_new (NULL, NULL);
  kutip_id_map_init (&self->spans, &span_class);
  kutip_id_map_init (&self->relations, &kutip_links_relation_class);
  kutip_id_map_init (&self->links, &kutip_links_class);
}

static void
note_new_id (KutipLayer *self, const char *id)
{
  guint number = kutip_id_get_number (id);

  self->last_id = MAX (self->last_id, number);
  self->highest_live_id = MAX (self->highest_live_id, number);
}

static void
note_lost_id (KutipLayer *self, const char *id)
{
  if (kutip_id_get_number (id) == self->highest_live_id)
    self->highest_is_stale = TRUE;
}

static gboolean
has_id (KutipLayer *self, const char *id)
{
  return kutip_layer_get_span (self, id) != NULL ||
         kutip_layer_get_relation (self, id) != NULL;
}

static void
add_link (KutipLayer *self, const char *span_id, KutipRelation *relation)
{
  KutipLinks *links = kutip_id_map_lookup (&self->links, span_id);
  g_autoptr (KutipLinks) longer = kutip_links_with (links, span_id, relation);

  kutip_id_map_set (&self->links, longer);
}

static void
remove_link (KutipLayer *self, const char *span_id, KutipRelation *relation)
{
  KutipLinks *links = kutip_id_map_lookup (&self->links, span_id);
  g_autoptr (KutipLinks) shorter = kutip_links_without (links, relation);

  if (shorter != NULL)
    kutip_id_map_set (&self->links, shorter);
  else
    kutip_id_map_remove (&self->links, span_id);
}

static void
put_span (KutipLayer *self, KutipSpan *span)
{
  kutip_id_map_set (&self->spans, span);
  kutip_span_tree_add (&self->tree, span);
  kutip_label_counts_add (self->n_by_label, kutip_span_get_label (span), 1);
}

static void
put_relation (KutipLayer *self, KutipRelation *relation)
{
  const char *from = kutip_relation_get_from (relation);
  const char *to = kutip_relation_get_to (relation);

  kutip_id_map_set (&self->relations, relation);
  kutip_label_counts_add (self->n_relations_by_label, kutip_relation_get_label (relation),
                          1);
  add_link (self, from, relation);
  if (strcmp (from, to) != 0)
    add_link (self, to, relation);
}

static void
put_spans (KutipLayer *self, GPtrArray *spans)
{
  kutip_span_tree_fill (&self->tree, (KutipSpan *const *) spans->pdata, spans->len);
  kutip_id_map_fill (&self->spans, spans->pdata, spans->len);
  for (guint i = 0; i < spans->len; i++)
    kutip_label_counts_add (self->n_by_label, kutip_span_get_label (spans->pdata[i]), 1);
}

typedef struct
{
  KutipLayer *layer;
  GPtrArray *relations;
} Putting;

static gpointer
put_relations (gpointer data)
{
  KutipLayer *self = ((Putting *) data)->layer;
  GPtrArray *relations = ((Putting *) data)->relations;
  g_autoptr (GPtrArray) links = kutip_links_gather (relations->pdata, relations->len);

  kutip_id_map_fill (&self->relations, relations->pdata, relations->len);
  kutip_id_map_fill (&self->links, links->pdata, links->len);
  for (guint i = 0; i < relations->len; i++)
    kutip_label_counts_add (self->n_relations_by_label,
                            kutip_relation_get_label (relations->pdata[i]), 1);
  return NULL;
}

/* Makes the tree and the maps, before the first question or change that takes them. What
 * spans and relations are put into has nothing in common. */
static void
settle (KutipLayer *self)
{
  KutipIntake *intake = g_steal_pointer (&self->intake);
  GThread *thread = NULL;
  Putting putting;

  if (intake == NULL)
    return;
  putting = (Putting){ self, intake->relations };
  if (MIN (intake->spans->len, intake->relations->len) >= MANY)
    thread = g_thread_try_new ("kutip-layer", put_relations, &putting, NULL);
  kutip_intake_sort_spans (intake);
  put_spans (self, intake->spans);
  if (thread != NULL)
    g_thread_join (thread);
  else
    put_relations (&putting);
  kutip_intake_free (intake);
}

KutipLayer *
kutip_layer_new (KutipHeader *header)
{
  KutipLayer *self;

  g_return_val_if_fail (header != NULL, NULL);

  self = g_object_new (KUTIP_TYPE_LAYER, NULL);
  kutip_layer_set_header (self, header);
  return self;
}

KutipLayer *
kutip_layer_snapshot (KutipLayer *self)
{
  KutipLayer *snapshot = g_object_new (KUTIP_TYPE_LAYER, NULL);

  settle (self);
  settle (snapshot);
  snapshot->header = kutip_header_ref (self->header);
  kutip_span_tree_init_copy (&snapshot->tree, &self->tree);
  kutip_id_map_init_copy (&snapshot->spans, &self->spans);
  kutip_id_map_init_copy (&snapshot->relations, &self->relations);
  kutip_id_map_init_copy (&snapshot->links, &self->links);
  kutip_label_counts_copy (snapshot->n_by_label, self->n_by_label);
  kutip_label_counts_copy (snapshot->n_relations_by_label, self->n_relations_by_label);
  snapshot->last_id = self->last_id;
  snapshot->highest_live_id = self->highest_live_id;
  snapshot->highest_is_stale = self->highest_is_stale;
  return snapshot;
}

void
kutip_layer_exchange (KutipLayer *self, KutipLayer *other)
{
  struct _KutipLayer was = *self;
  GObject own = self->parent_instance;
  GObject others = other->parent_instance;

  *self = *other;
  *other = was;
  self->parent_instance = own;
  other->parent_instance = others;
}

KutipHeader *
kutip_layer_get_header (KutipLayer *self)
{
  return self->header;
}

guint
kutip_layer_get_n_spans (KutipLayer *self)
{
  return self->intake != NULL ? self->intake->spans->len : self->spans.n_items;
}

guint
kutip_layer_get_n_relations (KutipLayer *self)
{
  return self->intake != NULL ? self->intake->relations->len : self->relations.n_items;
}

KutipSpan *
kutip_layer_get_nth_span (KutipLayer *self, guint i)
{
  settle (self);
  return kutip_span_tree_get_nth (&self->tree, i);
}

KutipSpan *
kutip_layer_get_span (KutipLayer *self, const char *id)
{
  return self->intake != NULL ? kutip_intake_get_span (self->intake, id)
                              : kutip_id_map_lookup (&self->spans, id);
}

KutipRelation *
kutip_layer_get_relation (KutipLayer *self, const char *id)
{
  return self->intake != NULL ? kutip_intake_get_relation (self->intake, id)
                              : kutip_id_map_lookup (&self->relations, id);
}

gboolean
kutip_layer_get_position (KutipLayer *self, KutipSpan *span, guint *position)
{
  settle (self);
  if (kutip_id_map_lookup (&self->spans, kutip_span_get_id (span)) != span)
    return FALSE;
  *position = kutip_span_tree_get_position (&self->tree, span);
  return TRUE;
}

void
kutip_layer_foreach_span_in (KutipLayer *self,
                             KutipRange range,
                             KutipSpanFunc func,
                             gpointer data)
{
  settle (self);
  kutip_span_tree_foreach_in (&self->tree, range, func, data);
}

static gboolean
append_span (KutipSpan *span, gpointer array)
{
  g_ptr_array_add (array, span);
  return TRUE;
}

GPtrArray *
kutip_layer_list_spans_in (KutipLayer *self, KutipRange range)
{
  GPtrArray *spans = g_ptr_array_new ();

  settle (self);
  kutip_span_tree_foreach_in (&self->tree, range, append_span, spans);
  return spans;
}

/* @func may change the layer: then the list lives on until it has been read. */
static void
foreach_taken_in (KutipLayer *self,
                  GPtrArray *items,
                  gboolean (*func) (gpointer item, gpointer data),
                  gpointer data)
{
  g_autoptr (GPtrArray) list = g_ptr_array_ref (items);
  guint n = list->len;

  self->intake->n_readers++;
  for (guint i = 0; i < n; i++)
    if (!func (g_ptr_array_index (list, i), data))
      break;
  if (self->intake != NULL)
    self->intake->n_readers--;
}

void
kutip_layer_foreach_span (KutipLayer *self, KutipSpanFunc func, gpointer data)
{
  if (self->intake == NULL)
    {
      kutip_span_tree_foreach (&self->tree, func, data);
      return;
    }
  kutip_intake_sort_spans (self->intake);
  foreach_taken_in (self, self->intake->spans, (gboolean (*) (gpointer, gpointer)) func,
                    data);
}

void
kutip_layer_foreach_labelled (KutipLayer *self,
                              guint from,
                              gboolean forward,
                              KutipLabelSet labels,
                              KutipSpanFunc func,
                              gpointer data)
{
  settle (self);
  kutip_span_tree_foreach_labelled (&self->tree, from, forward, labels, func, data);
}

KutipSpan *
kutip_layer_get_longer (KutipLayer *self, KutipRange range, KutipSpan *after)
{
  settle (self);
  return kutip_span_tree_get_longer (&self->tree, range, after, NULL);
}

KutipSpan *
kutip_layer_get_span_after (KutipLayer *self, guint offset)
{
  settle (self);
  return kutip_span_tree_get_after (&self->tree, offset);
}

KutipSpan *
kutip_layer_get_span_before (KutipLayer *self, guint offset)
{
  settle (self);
  return kutip_span_tree_get_before (&self->tree, offset);
}

/* A relation and where it begins; NULL when that span is not here. */
typedef struct
{
  KutipSpan *from;
  KutipRelation *relation;
} Placed;

typedef struct
{
  KutipLayer *layer;
  GArray *placed;
} Placing;

static void
place_relation (gpointer item, gpointer data)
{
  Placing *placing = data;
  Placed placed = { kutip_layer_get_span (placing->layer, kutip_relation_get_from (item)),
                    item };

  g_array_append_val (placing->placed, placed);
}

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *placed_a = a;
  const Placed *placed_b = b;

  return kutip_intake_compare (placed_a->from, placed_a->relation, placed_b->from,
                               placed_b->relation);
}

void
kutip_layer_foreach_relation (KutipLayer *self, KutipRelationFunc func, gpointer data)
{
  g_autoptr (GArray) placed = NULL;
  KutipIdMap relations;

  if (self->intake != NULL)
    {
      kutip_intake_sort_relations (self->intake);
      foreach_taken_in (self, self->intake->relations,
                        (gboolean (*) (gpointer, gpointer)) func, data);
      return;
    }
  placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  /* A copy, so that @func may change the layer. */
  kutip_id_map_init_copy (&relations, &self->relations);
  kutip_id_map_foreach (&relations, place_relation, &(Placing){ self, placed });
  g_array_sort (placed, compare_placed);
  for (guint i = 0; i < placed->len; i++)
    if (!func (g_array_index (placed, Placed, i).relation, data))
      break;
  kutip_id_map_clear (&relations);
}

GPtrArray *
kutip_layer_list_relations_of (KutipLayer *self, const char *span_id)
{
  settle (self);
  return kutip_links_list (kutip_id_map_lookup (&self->links, span_id));
}

void
kutip_layer_foreach_label (KutipLayer *self, KutipLabelFunc func, gpointer data)
{
  settle (self);
  kutip_label_counts_foreach (self->n_by_label, func, data);
}

void
kutip_layer_foreach_relation_label (KutipLayer *self, KutipLabelFunc func, gpointer data)
{
  settle (self);
  kutip_label_counts_foreach (self->n_relations_by_label, func, data);
}

guint
kutip_layer_count_label (KutipLayer *self, const char *label)
{
  const char *interned = g_quark_to_string (g_quark_try_string (label));

  settle (self);
  return interned != NULL
             ? GPOINTER_TO_UINT (g_hash_table_lookup (self->n_by_label, interned))
             : 0;
}

char *
kutip_layer_make_id (KutipLayer *self, const char *prefix)
{
  while (TRUE)
    {
      g_autofree char *id = g_strdup_printf ("%s%u", prefix, ++self->last_id);

      if (!has_id (self, id))
        return g_steal_pointer (&id);
    }
}

guint
kutip_layer_get_last_id (KutipLayer *self)
{
  return self->last_id;
}

static void
raise_by_span (gpointer span, gpointer data)
{
  guint *highest = data;

  *highest = MAX (*highest, kutip_id_get_number (kutip_span_get_id (span)));
}

static void
raise_by_relation (gpointer relation, gpointer data)
{
  guint *highest = data;

  *highest = MAX (*highest, kutip_id_get_number (kutip_relation_get_id (relation)));
}

guint
kutip_layer_get_highest_live_id (KutipLayer *self)
{
  if (self->highest_is_stale)
    {
      self->highest_live_id = 0;
      kutip_id_map_foreach (&self->spans, raise_by_span, &self->highest_live_id);
      kutip_id_map_foreach (&self->relations, raise_by_relation, &self->highest_live_id);
      self->highest_is_stale = FALSE;
    }
  return self->highest_live_id;
}

/* A list that is being read stays as it is. */
static gboolean
can_take_in (KutipLayer *self)
{
  if (self->intake != NULL && self->intake->n_readers > 0)
    settle (self);
  return self->intake != NULL;
}

gboolean
kutip_layer_add_span (KutipLayer *self, KutipSpan *span)
{
  return kutip_layer_take_span (self, kutip_span_ref (span));
}

gboolean
kutip_layer_take_span (KutipLayer *self, KutipSpan *span)
{
  const char *id = kutip_span_get_id (span);

  if (can_take_in (self))
    {
      if (!kutip_intake_take_span (self->intake, span))
        return FALSE;
      note_new_id (self, id);
      return TRUE;
    }
  if (has_id (self, id))
    {
      kutip_span_unref (span);
      return FALSE;
    }
  put_span (self, span);
  note_new_id (self, id);
  kutip_span_unref (span);
  return TRUE;
}

gboolean
kutip_layer_add_relation (KutipLayer *self, KutipRelation *relation)
{
  return kutip_layer_take_relation (self, kutip_relation_ref (relation));
}

gboolean
kutip_layer_take_relation (KutipLayer *self, KutipRelation *relation)
{
  const char *id = kutip_relation_get_id (relation);

  if (can_take_in (self))
    {
      if (!kutip_intake_take_relation (self->intake, relation))
        return FALSE;
      note_new_id (self, id);
      return TRUE;
    }
  if (has_id (self, id))
    {
      kutip_relation_unref (relation);
      return FALSE;
    }
  put_relation (self, relation);
  note_new_id (self, id);
  kutip_relation_unref (relation);
  return TRUE;
}

void
kutip_layer_remove_span (KutipLayer *self, KutipSpan *span)
{
  const char *id = kutip_span_get_id (span);
  g_autoptr (KutipSpan) present = NULL;

  settle (self);
  g_return_if_fail (kutip_id_map_lookup (&self->spans, id) != NULL);

  present = kutip_span_ref (kutip_id_map_lookup (&self->spans, id));
  kutip_id_map_remove (&self->spans, id);
  kutip_span_tree_remove (&self->tree, present);
  kutip_label_counts_add (self->n_by_label, kutip_span_get_label (present), -1);
  note_lost_id (self, kutip_span_get_id (present));
}

void
kutip_layer_replace_span (KutipLayer *self, KutipSpan *span, KutipSpan *other)
{
  settle (self);
  g_return_if_fail (kutip_layer_get_span (self, kutip_span_get_id (span)) != NULL);

  if (kutip_span_tree_replace (&self->tree, span, other))
    {
      kutip_id_map_set (&self->spans, other);
      return;
    }
  kutip_layer_remove_span (self, span);
  kutip_layer_add_span (self, other);
}

void
kutip_layer_remove_relation (KutipLayer *self, KutipRelation *relation)
{
  const char *id = kutip_relation_get_id (relation);
  g_autoptr (KutipRelation) present = NULL;
  const char *from, *to;

  settle (self);
  g_return_if_fail (kutip_id_map_lookup (&self->relations, id) != NULL);

  present = kutip_relation_ref (kutip_id_map_lookup (&self->relations, id));
  from = kutip_relation_get_from (present);
  to = kutip_relation_get_to (present);
  kutip_id_map_remove (&self->relations, kutip_relation_get_id (present));
  remove_link (self, from, present);
  if (strcmp (from, to) != 0)
    remove_link (self, to, present);
  kutip_label_counts_add (self->n_relations_by_label, kutip_relation_get_label (present),
                          -1);
  note_lost_id (self, kutip_relation_get_id (present));
}

void
kutip_layer_set_header (KutipLayer *self, KutipHeader *header)
{
  KutipHeader *old = self->header;

  self->header = kutip_header_ref (header);
  g_clear_pointer (&old, kutip_header_unref);
  self->last_id = MAX (self->last_id, kutip_header_get_fields (header)->last_id);
}

typedef struct
{
  KutipLayer *other;
  gboolean equal;
} Comparison;

static gboolean
compare_span (KutipSpan *span, gpointer data)
{
  Comparison *comparison = data;
  KutipSpan *other = kutip_layer_get_span (comparison->other, kutip_span_get_id (span));

  comparison->equal = other != NULL && kutip_span_equal (span, other);
  return comparison->equal;
}

static void
compare_relation (gpointer relation, gpointer data)
{
  Comparison *comparison = data;
  KutipRelation *other =
      kutip_layer_get_relation (comparison->other, kutip_relation_get_id (relation));

  comparison->equal =
      comparison->equal && other != NULL && kutip_relation_equal (relation, other);
}

gboolean
kutip_layer_equal (KutipLayer *a, KutipLayer *b)
{
  Comparison comparison = { b, TRUE };

  if (!kutip_header_equal (a->header, b->header) ||
      kutip_layer_get_n_spans (a) != kutip_layer_get_n_spans (b) ||
      kutip_layer_get_n_relations (a) != kutip_layer_get_n_relations (b))
    return FALSE;
  kutip_layer_foreach_span (a, compare_span, &comparison);
  settle (a);
  if (comparison.equal)
    kutip_id_map_foreach (&a->relations, compare_relation, &comparison);
  return comparison.equal;
}
