/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/rename-events.h"

#include <string.h>

KutipEventRule *
kutip_event_rule_new (void)
{
  KutipEventRule *self = g_new0 (KutipEventRule, 1);

  self->relations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->without = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
kutip_event_rule_free (KutipEventRule *self)
{
  if (self == NULL)
    return;
  g_free (self->trigger);
  g_free (self->from);
  g_free (self->at);
  g_free (self->keep);
  g_hash_table_unref (self->relations);
  g_hash_table_unref (self->without);
  g_free (self);
}

void
kutip_event_change_init (KutipEventChange *self, const char *path, KutipReport *report)
{
  self->path = path;
  self->report = report;
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stands_for = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->spans = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_span_unref);
  self->relations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_relation_unref);
  self->last_id = 0;
  self->last_event = 0;
}

void
kutip_event_change_clear (KutipEventChange *self)
{
  g_hash_table_unref (self->gone);
  g_hash_table_unref (self->stands_for);
  g_ptr_array_unref (self->spans);
  g_ptr_array_unref (self->relations);
}

/* As long as the chain of what stands for what is, but no longer than there are links. */
const char *
kutip_event_change_resolve (KutipEventChange *self, const char *id)
{
  guint n = g_hash_table_size (self->stands_for);

  for (const char *next = id; n-- > 0 && next != NULL;)
    {
      next = g_hash_table_lookup (self->stands_for, id);
      id = next != NULL ? next : id;
    }
  return id;
}

static char *
make_id (KutipEventChange *self, KutipLayer *layer, const char *prefix)
{
  self->last_id = MAX (self->last_id, kutip_layer_get_last_id (layer)) + 1;
  return g_strdup_printf ("%s%u", prefix, self->last_id);
}

static void
lose (KutipEventChange *self, const char *what, const char *id)
{
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, what, self->path, id, 0, NULL);
}

/* --- triggers into direct relations --- */

typedef struct
{
  KutipEventChange *change;
  const KutipEventRule *rule;
  KutipLayer *layer;
  GPtrArray *triggers; /* borrowed spans */
} Scan;

static gboolean
is_trigger (const KutipEventRule *rule, const char *label)
{
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, rule->without);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (strcmp (label, other) == 0)
      return TRUE;
  return strcmp (label, rule->trigger) == 0;
}

static gboolean
gather_trigger (KutipSpan *span, gpointer data)
{
  Scan *scan = data;

  if (is_trigger (scan->rule, kutip_span_get_label (span)))
    g_ptr_array_add (scan->triggers, span);
  return TRUE;
}

/* Borrowed from the relation; NULL: of none. */
static const char *
get_event (KutipRelation *relation)
{
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  return fields.event;
}

static gboolean
is_same_event (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b) == 0;
}

/* The relations that leave @trigger, and in @events the events they are of, each once:
 * several may have the same trigger. */
static GPtrArray *
list_parts (Scan *scan, KutipSpan *trigger, GPtrArray *events)
{
  const char *id = kutip_span_get_id (trigger);
  GPtrArray *relations = kutip_layer_list_relations_of (scan->layer, id);

  for (guint i = relations->len; i > 0; i--)
    if (strcmp (kutip_relation_get_from (g_ptr_array_index (relations, i - 1)), id) != 0)
      g_ptr_array_remove_index (relations, i - 1);
  for (guint i = 0; i < relations->len; i++)
    {
      const char *event = get_event (g_ptr_array_index (relations, i));

      if (!g_ptr_array_find_with_equal_func (events, event, is_same_event, NULL))
        g_ptr_array_add (events, (gpointer) event);
    }
  return relations;
}

/* The parts of one event, those with the role "from" apart. */
static void
sort_parts (Scan *scan,
            GPtrArray *relations,
            const char *event,
            GPtrArray *from,
            GPtrArray *others)
{
  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);

      if (g_strcmp0 (get_event (relation), event) != 0)
        continue;
      if (strcmp (kutip_relation_get_label (relation), scan->rule->from) == 0)
        g_ptr_array_add (from, relation);
      else
        g_ptr_array_add (others, relation);
    }
}

static void
add_direct (Scan *scan, KutipRelation *from, KutipRelation *part, gboolean is_first)
{
  KutipEventChange *change = scan->change;
  const char *label =
      g_hash_table_lookup (scan->rule->relations, kutip_relation_get_label (part));
  KutipRelationFields fields;
  g_autofree char *id = NULL;

  kutip_relation_get_fields (part, &fields);
  id = is_first ? g_strdup (fields.id) : make_id (change, scan->layer, "r");
  fields.id = id;
  fields.label = label != NULL ? label : fields.label;
  fields.from = kutip_relation_get_to (from);
  g_ptr_array_add (change->relations, kutip_relation_new (&fields));
}

/* The trigger is the part of its own event that "keep" says. */
static void
add_to_trigger (Scan *scan, KutipRelation *from, const char *trigger)
{
  KutipRelationFields fields;

  kutip_relation_get_fields (from, &fields);
  fields.label = scan->rule->keep;
  fields.from = kutip_relation_get_to (from);
  fields.to = trigger;
  g_ptr_array_add (scan->change->relations, kutip_relation_new (&fields));
}

static void
mark_gone (Scan *scan, GPtrArray *relations)
{
  for (guint i = 0; i < relations->len; i++)
    g_hash_table_add (scan->change->gone, g_strdup (kutip_relation_get_id (
                                              g_ptr_array_index (relations, i))));
}

/* What the relations leave, or NULL: there is nothing that they could, and they stay. */
static const char *
unfold_event (Scan *scan, GPtrArray *relations, const char *event, const char *trigger)
{
  g_autoptr (GPtrArray) from = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  sort_parts (scan, relations, event, from, others);
  if (from->len == 0)
    return NULL;
  for (guint i = 0; i < from->len; i++)
    {
      if (scan->rule->keep != NULL)
        add_to_trigger (scan, g_ptr_array_index (from, i), trigger);
      for (guint j = 0; j < others->len; j++)
        add_direct (scan, g_ptr_array_index (from, i), g_ptr_array_index (others, j),
                    i == 0);
    }
  mark_gone (scan, from);
  mark_gone (scan, others);
  if (others->len == 0 && scan->rule->keep == NULL)
    lose (scan->change, "events", trigger);
  return kutip_relation_get_to (g_ptr_array_index (from, 0));
}

static gboolean
is_same_place (KutipSpan *a, KutipSpan *b)
{
  guint n = kutip_span_get_n_ranges (a);

  if (kutip_span_get_n_ranges (b) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (kutip_range_compare (kutip_span_get_ranges (a)[i],
                             kutip_span_get_ranges (b)[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Whether one of the parts stands where the trigger does, and so says where that was. */
static gboolean
has_place (Scan *scan, KutipSpan *trigger, GPtrArray *relations)
{
  for (guint i = 0; i < relations->len; i++)
    {
      KutipSpan *part = kutip_layer_get_span (
          scan->layer, kutip_relation_get_to (g_ptr_array_index (relations, i)));

      if (part != NULL && is_same_place (part, trigger))
        return TRUE;
    }
  return FALSE;
}

static void
unfold_trigger (Scan *scan, KutipSpan *trigger)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_autoptr (GPtrArray) relations = list_parts (scan, trigger, events);
  KutipEventChange *change = scan->change;
  const char *id = kutip_span_get_id (trigger);
  const char *stands = NULL;
  gboolean all = events->len > 0;

  for (guint i = 0; i < events->len; i++)
    {
      const char *left =
          unfold_event (scan, relations, g_ptr_array_index (events, i), id);

      stands = stands != NULL ? stands : left;
      all = all && left != NULL;
    }
  if (!all || scan->rule->keep != NULL)
    return;
  g_hash_table_add (change->gone, g_strdup (id));
  g_hash_table_insert (change->stands_for, g_strdup (id), g_strdup (stands));
  if (!has_place (scan, trigger, relations))
    lose (change, "spans", id);
  if (kutip_span_get_attributes (trigger) != NULL ||
      kutip_span_get_note (trigger) != NULL)
    lose (change, "trigger-attributes", id);
}

void
kutip_event_change_unfold (KutipEventChange *self,
                           const KutipEventRule *rule,
                           KutipLayer *layer)
{
  g_autoptr (GPtrArray) triggers = g_ptr_array_new ();
  Scan scan = { self, rule, layer, triggers };

  kutip_layer_foreach_span (layer, gather_trigger, &scan);
  for (guint i = 0; i < triggers->len; i++)
    unfold_trigger (&scan, g_ptr_array_index (triggers, i));
}

/* --- direct relations into triggers --- */

typedef struct
{
  Scan scan;
  GHashTable *groups; /* event, or id of the span that they leave -> GPtrArray */
  GPtrArray *order;   /* the groups, in the order of the document */
} Folding;

static gboolean
group_relation (KutipRelation *relation, gpointer data)
{
  Folding *self = data;
  KutipRelationFields fields;
  g_autofree char *key = NULL;
  GPtrArray *group;

  kutip_relation_get_fields (relation, &fields);
  if (!g_hash_table_contains (self->scan.rule->relations, fields.label))
    return TRUE;
  key = fields.event != NULL ? g_strconcat ("e", fields.event, NULL)
                             : g_strconcat ("s", fields.from, NULL);
  group = g_hash_table_lookup (self->groups, key);
  if (group == NULL)
    {
      group = g_ptr_array_new ();
      g_hash_table_insert (self->groups, g_steal_pointer (&key), group);
      g_ptr_array_add (self->order, group);
    }
  g_ptr_array_add (group, relation);
  return TRUE;
}

/* The span on which the new trigger stands. */
static KutipSpan *
find_place (Folding *self, GPtrArray *group)
{
  for (guint i = 0; i < group->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (group, i);

      if (g_strcmp0 (kutip_relation_get_label (relation), self->scan.rule->at) == 0)
        return kutip_layer_get_span (self->scan.layer, kutip_relation_get_to (relation));
    }
  return kutip_layer_get_span (self->scan.layer,
                               kutip_relation_get_from (g_ptr_array_index (group, 0)));
}

static gboolean
has_role (Folding *self, GPtrArray *group, const char *role)
{
  for (guint i = 0; i < group->len; i++)
    {
      const char *label = kutip_relation_get_label (g_ptr_array_index (group, i));

      if (g_strcmp0 (g_hash_table_lookup (self->scan.rule->relations, label), role) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The label of the new trigger: by the first role in alphabetical order that is lacking.
 */
static const char *
choose_trigger (Folding *self, GPtrArray *group)
{
  const KutipEventRule *rule = self->scan.rule;
  const char *lacking = NULL;
  GHashTableIter iter;
  gpointer role;

  g_hash_table_iter_init (&iter, rule->without);
  while (g_hash_table_iter_next (&iter, &role, NULL))
    if (!has_role (self, group, role) && (lacking == NULL || strcmp (role, lacking) < 0))
      lacking = role;
  return lacking == NULL ? rule->trigger : g_hash_table_lookup (rule->without, lacking);
}

static char *
make_event (KutipEventChange *change, KutipRelation *relation)
{
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  if (fields.event != NULL)
    return g_strdup (fields.event);
  return g_strdup_printf ("E-%u", ++change->last_event);
}

static void
add_part (Folding *self,
          const char *id,
          const char *label,
          const char *trigger,
          const char *to,
          const char *event,
          KutipRelation *like)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;

  if (like != NULL)
    kutip_relation_get_fields (like, &fields);
  fields.id = id;
  fields.label = label;
  fields.from = trigger;
  fields.to = to;
  fields.event = event;
  g_ptr_array_add (self->scan.change->relations, kutip_relation_new (&fields));
}

static void
fold_group (Folding *self, GPtrArray *group)
{
  KutipEventChange *change = self->scan.change;
  KutipSpan *place = find_place (self, group);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *event = make_event (change, g_ptr_array_index (group, 0));
  g_autofree char *id = make_id (change, self->scan.layer, "s");
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  KutipSpanFields there;

  if (place == NULL)
    return;
  kutip_span_get_fields (place, &there);
  fields.id = id;
  fields.label = choose_trigger (self, group);
  fields.ranges = there.ranges;
  fields.n_ranges = there.n_ranges;
  fields.texts = there.texts;
  g_ptr_array_add (change->spans, kutip_span_new (&fields));
  for (guint i = 0; i < group->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (group, i);
      const char *from = kutip_relation_get_from (relation);
      g_autofree char *part = make_id (change, self->scan.layer, "r");

      g_hash_table_add (change->gone, g_strdup (kutip_relation_get_id (relation)));
      if (g_hash_table_add (done, (gpointer) from))
        add_part (self, part, self->scan.rule->from, id, from, event, NULL);
    }
  for (guint i = 0; i < group->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (group, i);
      const char *to = kutip_relation_get_to (relation);
      const char *role = g_hash_table_lookup (self->scan.rule->relations,
                                              kutip_relation_get_label (relation));

      /* Of two contents that share a source one link to it is enough. */
      if (g_hash_table_add (done, (gpointer) to))
        add_part (self, kutip_relation_get_id (relation), role, id, to, event, relation);
    }
}

void
kutip_event_change_fold (KutipEventChange *self,
                         const KutipEventRule *rule,
                         KutipLayer *layer)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  Folding folding = { { self, rule, layer, NULL }, groups, order };

  kutip_layer_foreach_relation (layer, group_relation, &folding);
  for (guint i = 0; i < order->len; i++)
    fold_group (&folding, g_ptr_array_index (order, i));
}
