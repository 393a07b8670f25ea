/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/check.h"

#include "model/iso-date.h"

#include <string.h>

/* A change of more things than this is told as one. */
#define MANY 64
/* Where one in so many is changed, all are looked at: what is known of each is then put
 * into lists in their order, instead of being looked for in them. */
#define ONE_IN 4

struct _KutipCheck
{
  GObject parent_instance;
  KutipDocument *document;
  KutipFindingLists *lists;
  KutipCheck *expected; /* see kutip_check_expect() */
  guint n_told;         /* "n-findings" as it was told last */
};

enum
{
  PROP_N_FINDINGS = 1,
  N_PROPS
};

enum
{
  ITEMS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipCheck, kutip_check, G_TYPE_OBJECT)

static void
add_finding (GArray *kept, KutipFindingKind kind, const char *name)
{
  KutipFound finding = { kind, g_intern_string (name) };

  g_array_append_val (kept, finding);
}

/* Attributes that the tag set does not know are nobody's mistake: other tools have them.
 */
static void
check_values (KutipTagset *tagset, KutipAttributes *attributes, GArray *kept)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      const KutipAttributeType *type =
          kutip_tagset_get_attribute (tagset, attribute.name);

      if (type != NULL && !kutip_check_allows_value (type, &attribute))
        add_finding (kept, KUTIP_FINDING_UNKNOWN_VALUE, attribute.name);
    }
}

static gboolean
has_value (KutipAttributes *attributes, const char *name)
{
  KutipAttribute attribute;

  if (!kutip_attributes_lookup (attributes, name, &attribute))
    return FALSE;
  return attribute.type == KUTIP_VALUE_FLAG ||
         (attribute.values[0] != NULL && attribute.values[0][0] != '\0');
}

/* The relations of the span that is looked at, listed when they are first asked for. */
typedef struct
{
  KutipLayer *layer;
  KutipSpan *span;
  GPtrArray *list;
} Relations;

static GPtrArray *
get_relations (Relations *self)
{
  if (self->list == NULL)
    self->list =
        kutip_layer_list_relations_of (self->layer, kutip_span_get_id (self->span));
  return self->list;
}

/* A label that can stand only at the other end of a link, such as a source, has it there:
 * what leads to a quote is not the quote's source. */
static gboolean
has_relation (KutipTagset *tagset, Relations *self, const char *name)
{
  const char *id = kutip_span_get_id (self->span);
  const char *label = kutip_span_get_label (self->span);
  const KutipRelationType *type = kutip_tagset_get_relation (tagset, name);
  gboolean is_source =
      type == NULL || type->from[0] == NULL || g_strv_contains (type->from, label);
  gboolean is_target =
      type == NULL || type->to[0] == NULL || g_strv_contains (type->to, label);
  GPtrArray *relations = get_relations (self);

  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);
      gboolean leads_here = strcmp (kutip_relation_get_from (relation), id) != 0;

      if (strcmp (kutip_relation_get_label (relation), name) == 0 &&
          (is_source == is_target || type->symmetric || leads_here == is_target))
        return TRUE;
    }
  return FALSE;
}

static void
check_requirements (KutipTagset *tagset,
                    KutipSpan *span,
                    Relations *relations,
                    const KutipLabelType *label,
                    GArray *kept)
{
  for (guint i = 0; label->requires[i] != NULL; i++)
    {
      const char *name = label->requires[i];

      if (!g_strv_contains (label->attributes, name))
        {
          if (!has_relation (tagset, relations, name))
            add_finding (kept, KUTIP_FINDING_MISSING_RELATION, name);
        }
      else if (!has_value (kutip_span_get_attributes (span), name) &&
               kutip_tagset_get_attribute (tagset, name)->default_value == NULL)
        add_finding (kept, KUTIP_FINDING_MISSING_ATTRIBUTE, name);
    }
}

/* More links of one type from the span than the tag set has a place for. */
static void
check_maxima (KutipTagset *tagset, KutipSpan *span, Relations *relations, GArray *kept)
{
  const char *id = kutip_span_get_id (span);

  for (guint i = 0; i < kutip_tagset_get_n_relations (tagset); i++)
    {
      const KutipRelationType *type = kutip_tagset_get_nth_relation (tagset, i);
      GPtrArray *list = type->max > 0 ? get_relations (relations) : NULL;
      guint n = 0;

      for (guint j = 0; list != NULL && j < list->len; j++)
        {
          KutipRelation *relation = g_ptr_array_index (list, j);

          n += strcmp (kutip_relation_get_label (relation), type->name) == 0 &&
               (type->symmetric || strcmp (kutip_relation_get_from (relation), id) == 0);
        }
      if (list != NULL && n > type->max)
        add_finding (kept, KUTIP_FINDING_TOO_MANY_RELATIONS, type->name);
    }
}

static void
check_span (KutipTagset *tagset, KutipLayer *layer, KutipSpan *span, GArray *kept)
{
  const char *name = kutip_span_get_label (span);
  const KutipLabelType *label = kutip_tagset_get_label (tagset, name);
  Relations relations = { layer, span, NULL };

  if (kutip_span_is_orphan (span))
    add_finding (kept, KUTIP_FINDING_ORPHAN, name);
  else if (kutip_span_get_review (span) == KUTIP_REVIEW_APPROXIMATE)
    add_finding (kept, KUTIP_FINDING_APPROXIMATE, name);
  else if (kutip_span_get_review (span) == KUTIP_REVIEW_MOVED)
    add_finding (kept, KUTIP_FINDING_MOVED, name);
  if (label == NULL)
    add_finding (kept, KUTIP_FINDING_UNKNOWN_LABEL, name);
  else
    check_requirements (tagset, span, &relations, label, kept);
  check_maxima (tagset, span, &relations, kept);
  g_clear_pointer (&relations.list, g_ptr_array_unref);
  check_values (tagset, kutip_span_get_attributes (span), kept);
  if (kutip_span_is_unsure (span))
    add_finding (kept, KUTIP_FINDING_UNSURE, name);
}

/* Whether nothing speaks against a link between the two; labels that the tag set does not
 * know are findings of their spans. */
static gboolean
is_relation_fine (KutipTagset *tagset, KutipLayer *layer, KutipRelation *relation)
{
  KutipSpan *from = kutip_layer_get_span (layer, kutip_relation_get_from (relation));
  KutipSpan *to = kutip_layer_get_span (layer, kutip_relation_get_to (relation));
  const char *label = kutip_relation_get_label (relation);

  if (from == NULL || to == NULL || kutip_tagset_get_relation (tagset, label) == NULL)
    return FALSE;
  if (kutip_tagset_get_label (tagset, kutip_span_get_label (from)) == NULL ||
      kutip_tagset_get_label (tagset, kutip_span_get_label (to)) == NULL)
    return TRUE;
  return kutip_tagset_allows (tagset, label, kutip_span_get_label (from),
                              kutip_span_get_label (to));
}

static void
check_relation (KutipTagset *tagset,
                KutipLayer *layer,
                KutipRelation *relation,
                GArray *kept)
{
  const char *label = kutip_relation_get_label (relation);
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  if (!is_relation_fine (tagset, layer, relation))
    add_finding (kept, KUTIP_FINDING_FORBIDDEN_RELATION, label);
  check_values (tagset, fields.attributes, kept);
  if (fields.unsure)
    add_finding (kept, KUTIP_FINDING_UNSURE, label);
}

/* What is found goes to the lists by way of @found, which is empty before and after. */
static void
look_at_span (KutipCheck *self, KutipSpan *span, GArray *found)
{
  check_span (kutip_document_get_tagset (self->document),
              kutip_document_get_layer (self->document), span, found);
  kutip_finding_lists_set (self->lists, kutip_span_get_id (span), span, NULL,
                           (const KutipFound *) (gpointer) found->data, found->len);
  g_array_set_size (found, 0);
}

static void
look_at_relation (KutipCheck *self, KutipRelation *relation, GArray *found)
{
  KutipLayer *layer = kutip_document_get_layer (self->document);
  KutipSpan *from = NULL;

  check_relation (kutip_document_get_tagset (self->document), layer, relation, found);
  if (found->len > 0)
    from = kutip_layer_get_span (layer, kutip_relation_get_from (relation));
  kutip_finding_lists_set (self->lists, kutip_relation_get_id (relation), from, relation,
                           (const KutipFound *) (gpointer) found->data, found->len);
  g_array_set_size (found, 0);
}

/* Looks at one id anew: a span, a relation, or what is not there any more. */
static void
look_at (KutipCheck *self, const char *id)
{
  KutipLayer *layer = kutip_document_get_layer (self->document);
  KutipSpan *span = kutip_layer_get_span (layer, id);
  KutipRelation *relation = span == NULL ? kutip_layer_get_relation (layer, id) : NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KutipFound));

  if (span != NULL)
    look_at_span (self, span, found);
  else if (relation != NULL)
    look_at_relation (self, relation, found);
  else
    kutip_finding_lists_set (self->lists, id, NULL, NULL, NULL, 0);
}

static void
on_items_changed (guint list, guint position, guint removed, guint added, gpointer data)
{
  g_signal_emit (data, signals[ITEMS_CHANGED], 0, list, position, removed, added);
}

static void
notify_if_other (KutipCheck *self)
{
  guint n = kutip_check_get_n_findings (self);

  if (self->n_told == n)
    return;
  self->n_told = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FINDINGS]);
}

static void
touch_relation (KutipRelation *relation, GHashTable *touched)
{
  if (relation == NULL)
    return;
  g_hash_table_add (touched, (gpointer) kutip_relation_get_id (relation));
  g_hash_table_add (touched, (gpointer) kutip_relation_get_from (relation));
  g_hash_table_add (touched, (gpointer) kutip_relation_get_to (relation));
}

/* A span's label decides what its relations may be, and its place where they are. */
static void
touch_span (KutipCheck *self, KutipSpan *before, KutipSpan *after, GHashTable *touched)
{
  const char *id = kutip_span_get_id (after != NULL ? after : before);
  g_autoptr (GPtrArray) relations = NULL;

  g_hash_table_add (touched, (gpointer) id);
  if (before != NULL && after != NULL &&
      kutip_span_get_label (before) == kutip_span_get_label (after) &&
      kutip_span_compare (before, after) == 0)
    return;
  relations =
      kutip_layer_list_relations_of (kutip_document_get_layer (self->document), id);
  for (guint i = 0; i < relations->len; i++)
    g_hash_table_add (
        touched, (gpointer) kutip_relation_get_id (g_ptr_array_index (relations, i)));
}

typedef struct
{
  KutipCheck *check;
  KutipProgress *progress; /* or NULL */
  GArray *found;
} Looking;

/* FALSE when it is to stop: then it is of no use any more. */
static gboolean
look_at_each_span (KutipSpan *span, gpointer data)
{
  Looking *looking = data;

  look_at_span (looking->check, span, looking->found);
  return kutip_progress_step (looking->progress);
}

static gboolean
look_at_each_relation (KutipRelation *relation, gpointer data)
{
  Looking *looking = data;

  look_at_relation (looking->check, relation, looking->found);
  return kutip_progress_step (looking->progress);
}

static void
look_at_all (KutipCheck *self)
{
  KutipLayer *layer = kutip_document_get_layer (self->document);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KutipFound));
  Looking looking = { self, kutip_document_get_progress (self->document), found };

  kutip_finding_lists_begin_many (self->lists);
  kutip_finding_lists_clear (self->lists);
  /* In a layer that was just read, the spans of relations are found in fewest steps until
   * a span is asked for its own. */
  kutip_layer_foreach_relation (layer, look_at_each_relation, &looking);
  kutip_layer_foreach_span (layer, look_at_each_span, &looking);
  kutip_finding_lists_end_many (self->lists);
  notify_if_other (self);
}

static void
look_at_touched (KutipCheck *self, GHashTable *touched)
{
  KutipProgress *progress = kutip_document_get_progress (self->document);
  gboolean is_many = g_hash_table_size (touched) > MANY;
  GHashTableIter iter;
  gpointer id;

  if (is_many)
    kutip_finding_lists_begin_many (self->lists);
  g_hash_table_iter_init (&iter, touched);
  while (!kutip_progress_is_cancelled (progress) &&
         g_hash_table_iter_next (&iter, &id, NULL))
    {
      look_at (self, id);
      kutip_progress_step (progress);
    }
  if (is_many)
    kutip_finding_lists_end_many (self->lists);
  notify_if_other (self);
}

static void
take_over (KutipCheck *self)
{
  g_autoptr (KutipCheck) fork = g_steal_pointer (&self->expected);

  kutip_finding_lists_exchange (self->lists, fork->lists);
  notify_if_other (self);
}

static gboolean
are_most (KutipCheck *self, guint n_touched)
{
  KutipLayer *layer = kutip_document_get_layer (self->document);
  guint n_all = kutip_layer_get_n_spans (layer) + kutip_layer_get_n_relations (layer);

  return n_touched > MANY && n_touched >= n_all / ONE_IN;
}

static void
on_document_changed (KutipDocument *document,
                     KutipChange *change,
                     KutipDirection direction,
                     KutipCheck *self)
{
  g_autoptr (GHashTable) touched = g_hash_table_new (g_str_hash, g_str_equal);

  if (self->expected != NULL)
    {
      take_over (self);
      return;
    }
  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);

      if (edit->kind == KUTIP_EDIT_SPAN)
        touch_span (self, edit->before, edit->after, touched);
      else if (edit->kind == KUTIP_EDIT_RELATION)
        {
          touch_relation (edit->before, touched);
          touch_relation (edit->after, touched);
        }
    }
  if (are_most (self, g_hash_table_size (touched)))
    look_at_all (self);
  else
    look_at_touched (self, touched);
}

static void
on_document_notify_tagset (KutipDocument *document, GParamSpec *pspec, KutipCheck *self)
{
  look_at_all (self);
}

static void
kutip_check_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipCheck *self = KUTIP_CHECK (object);

  switch (id)
    {
    case PROP_N_FINDINGS:
      g_value_set_uint (value, kutip_check_get_n_findings (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_check_dispose (GObject *object)
{
  KutipCheck *self = KUTIP_CHECK (object);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  g_clear_object (&self->expected);
  G_OBJECT_CLASS (kutip_check_parent_class)->dispose (object);
}

static void
kutip_check_finalize (GObject *object)
{
  KutipCheck *self = KUTIP_CHECK (object);

  kutip_finding_lists_free (self->lists);
  G_OBJECT_CLASS (kutip_check_parent_class)->finalize (object);
}

static void
kutip_check_class_init (KutipCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kutip_check_get_property;
  object_class->dispose = kutip_check_dispose;
  object_class->finalize = kutip_check_finalize;

  properties[PROP_N_FINDINGS] = g_param_spec_uint (
      "n-findings", NULL, NULL, 0, G_MAXUINT, 0,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ITEMS_CHANGED] = g_signal_new (
      "items-changed", KUTIP_TYPE_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
}

static void
kutip_check_init (KutipCheck *self)
{
}

static KutipCheck *
create (KutipDocument *document, KutipFindingLists *others)
{
  KutipCheck *self = g_object_new (KUTIP_TYPE_CHECK, NULL);

  self->document = g_object_ref (document);
  self->lists = others != NULL ? kutip_finding_lists_copy (others, on_items_changed, self)
                               : kutip_finding_lists_new (on_items_changed, self);
  g_signal_connect (document, "changed", G_CALLBACK (on_document_changed), self);
  g_signal_connect (document, "notify::tagset", G_CALLBACK (on_document_notify_tagset),
                    self);
  return self;
}

gboolean
kutip_check_allows_value (const KutipAttributeType *type, const KutipAttribute *attribute)
{
  switch (type->kind)
    {
    case KUTIP_ATTRIBUTE_FLAG:
      return attribute->type == KUTIP_VALUE_FLAG;
    case KUTIP_ATTRIBUTE_CHOICE:
      for (guint i = 0; attribute->values[i] != NULL; i++)
        if (!g_strv_contains (type->values, attribute->values[i]))
          return FALSE;
      break;
    case KUTIP_ATTRIBUTE_DATE:
      for (guint i = 0; attribute->values[i] != NULL; i++)
        if (!kutip_iso_date_describe (attribute->values[i], NULL))
          return FALSE;
      break;
    case KUTIP_ATTRIBUTE_TEXT:
    default:
      break;
    }
  return attribute->type != KUTIP_VALUE_FLAG &&
         (type->multiple || attribute->values[0] == NULL || attribute->values[1] == NULL);
}

KutipCheck *
kutip_check_new (KutipDocument *document)
{
  KutipCheck *self;

  g_return_val_if_fail (KUTIP_IS_DOCUMENT (document), NULL);

  self = create (document, NULL);
  look_at_all (self);
  return self;
}

KutipCheck *
kutip_check_fork (KutipCheck *self, KutipDocument *fork)
{
  KutipCheck *other;

  g_return_val_if_fail (KUTIP_IS_CHECK (self), NULL);
  g_return_val_if_fail (KUTIP_IS_DOCUMENT (fork), NULL);

  other = create (fork, self->lists);
  other->n_told = self->n_told;
  return other;
}

void
kutip_check_expect (KutipCheck *self, KutipCheck *fork)
{
  g_return_if_fail (KUTIP_IS_CHECK (self));

  g_set_object (&self->expected, fork);
}

guint
kutip_check_get_n_findings (KutipCheck *self)
{
  return kutip_check_count (self, KUTIP_FINDINGS_TO_DO);
}

GArray *
kutip_check_list_of (KutipCheck *self, const char *id)
{
  GArray *findings = g_array_new (FALSE, FALSE, sizeof (KutipFinding));

  kutip_finding_lists_append_of (self->lists, id, findings);
  return findings;
}

GArray *
kutip_check_list (KutipCheck *self)
{
  GArray *findings = g_array_new (FALSE, FALSE, sizeof (KutipFinding));

  kutip_finding_lists_append (self->lists, KUTIP_FINDINGS_TO_DO, findings);
  return findings;
}

guint
kutip_check_count (KutipCheck *self, guint list)
{
  return kutip_finding_lists_count (self->lists, list);
}

gboolean
kutip_check_get_nth (KutipCheck *self, guint list, guint position, KutipFinding *finding)
{
  return kutip_finding_lists_get_nth (self->lists, list, position, finding);
}

gboolean
kutip_check_find (KutipCheck *self, guint list, const char *id, guint *position)
{
  return kutip_finding_lists_find (self->lists, list, id, position);
}

guint
kutip_check_count_before (KutipCheck *self, guint list, KutipSpan *span)
{
  return kutip_finding_lists_count_before (self->lists, list, span);
}

KutipSpan *
kutip_check_get_span (KutipCheck *self, const KutipFinding *finding)
{
  KutipLayer *layer = kutip_document_get_layer (self->document);
  KutipSpan *span = kutip_layer_get_span (layer, finding->id);
  KutipRelation *relation;

  if (span != NULL)
    return span;
  relation = kutip_layer_get_relation (layer, finding->id);
  return relation != NULL
             ? kutip_layer_get_span (layer, kutip_relation_get_from (relation))
             : NULL;
}
