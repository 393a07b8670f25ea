/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/tagset-gather.h"

#include "format/brat/brat.h"
#include "format/tagset/tagset-json.h"

#include <string.h>

/* An attribute with more values, or a longer one, is free text. */
#define MAX_VALUES 30
#define MAX_VALUE_BYTES 60
/* The shipped tag set that holds where there is none. */
#define DEFAULT_NAME "News attribution"
#define DEFAULT_VERSION "1"

typedef struct
{
  GTree *values; /* names of values */
  gboolean is_list, is_text;
} Attribute;

typedef struct
{
  GTree *from, *to, *attributes; /* names */
} Relation;

struct _KutipTagsetGather
{
  GMutex lock;
  GTree *labels;     /* name -> GTree of names of attributes */
  GTree *attributes; /* name -> Attribute */
  GTree *relations;  /* name -> Relation */
  GTree *article_attributes;
  KutipBratUses uses;
  GHashTable *triggers; /* of @layer: event -> its trigger, "" when it has several */
  /* The shipped tag set that the layers name, or NULL; as long as all name the same. */
  KutipTagset *shipped;
  gboolean is_mixed;
  KutipLayer *layer; /* that is looked at */
};

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

static GTree *
new_tree (GDestroyNotify free_value)
{
  return g_tree_new_full (compare_keys, NULL, g_free, free_value);
}

static void
free_attribute (gpointer data)
{
  Attribute *attribute = data;

  g_tree_unref (attribute->values);
  g_free (attribute);
}

static void
free_relation (gpointer data)
{
  Relation *relation = data;

  g_tree_unref (relation->from);
  g_tree_unref (relation->to);
  g_tree_unref (relation->attributes);
  g_free (relation);
}

KutipTagsetGather *
kutip_tagset_gather_new (void)
{
  KutipTagsetGather *self = g_new0 (KutipTagsetGather, 1);

  g_mutex_init (&self->lock);
  self->labels = new_tree ((GDestroyNotify) g_tree_unref);
  self->attributes = new_tree (free_attribute);
  self->relations = new_tree (free_relation);
  self->article_attributes = new_tree (NULL);
  self->uses.roles = new_tree ((GDestroyNotify) g_tree_unref);
  self->uses.plain = new_tree (NULL);
  self->uses.equivalences = new_tree (NULL);
  self->uses.arguments = new_tree (g_free);
  self->triggers = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
kutip_tagset_gather_free (KutipTagsetGather *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->lock);
  g_tree_unref (self->labels);
  g_tree_unref (self->attributes);
  g_tree_unref (self->relations);
  g_tree_unref (self->article_attributes);
  g_tree_unref (self->uses.roles);
  g_tree_unref (self->uses.plain);
  g_tree_unref (self->uses.equivalences);
  g_tree_unref (self->uses.arguments);
  g_hash_table_unref (self->triggers);
  g_clear_object (&self->shipped);
  g_free (self);
}

static void
add_name (GTree *names, const char *name)
{
  if (g_tree_lookup_node (names, name) == NULL)
    g_tree_insert (names, g_strdup (name), NULL);
}

static Attribute *
get_attribute (KutipTagsetGather *self, const char *name)
{
  Attribute *attribute = g_tree_lookup (self->attributes, name);

  if (attribute == NULL)
    {
      attribute = g_new0 (Attribute, 1);
      attribute->values = new_tree (NULL);
      g_tree_insert (self->attributes, g_strdup (name), attribute);
    }
  return attribute;
}

static void
add_attributes (KutipTagsetGather *self, GTree *names, KutipAttributes *attributes)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute given = kutip_attributes_get_nth (attributes, i);
      Attribute *attribute;

      /* A tag set has no room for it. */
      if (*given.name == '\0')
        continue;
      attribute = get_attribute (self, given.name);
      add_name (names, given.name);
      attribute->is_list |= given.type == KUTIP_VALUE_LIST;
      for (guint j = 0; given.values[j] != NULL && !attribute->is_text; j++)
        {
          add_name (attribute->values, given.values[j]);
          attribute->is_text = g_tree_nnodes (attribute->values) > MAX_VALUES ||
                               *given.values[j] == '\0' ||
                               strlen (given.values[j]) > MAX_VALUE_BYTES;
        }
    }
}

static gboolean
add_span (KutipSpan *span, gpointer data)
{
  KutipTagsetGather *self = data;
  const char *label = kutip_span_get_label (span);
  GTree *attributes;

  if (*label == '\0')
    return TRUE;
  attributes = g_tree_lookup (self->labels, label);
  if (attributes == NULL)
    {
      attributes = new_tree (NULL);
      g_tree_insert (self->labels, g_strdup (label), attributes);
    }
  add_attributes (self, attributes, kutip_span_get_attributes (span));
  return TRUE;
}

static void
add_end (KutipTagsetGather *self, GTree *labels, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);

  if (span != NULL && *kutip_span_get_label (span) != '\0')
    add_name (labels, kutip_span_get_label (span));
}

/* Strings of relations are kept for as long as their layer is looked at. */
static gboolean
add_trigger (KutipRelation *relation, gpointer data)
{
  KutipTagsetGather *self = data;
  KutipRelationFields fields;
  const char *known;

  kutip_relation_get_fields (relation, &fields);
  if (fields.event == NULL || *fields.event == '*')
    return TRUE;
  known = g_hash_table_lookup (self->triggers, fields.event);
  if (known == NULL)
    g_hash_table_insert (self->triggers, (gpointer) fields.event, (gpointer) fields.from);
  else if (strcmp (known, fields.from) != 0)
    g_hash_table_insert (self->triggers, (gpointer) fields.event, (gpointer) "");
  return TRUE;
}

static void
add_role (KutipTagsetGather *self, const KutipRelationFields *fields)
{
  const char *trigger =
      fields->event == NULL ? NULL : g_hash_table_lookup (self->triggers, fields->event);
  KutipSpan *span = trigger == NULL ? NULL : kutip_layer_get_span (self->layer, trigger);
  GTree *names;

  if (span == NULL || *kutip_span_get_label (span) == '\0')
    {
      add_name (self->uses.plain, fields->label);
      return;
    }
  names = g_tree_lookup (self->uses.roles, kutip_span_get_label (span));
  if (names == NULL)
    {
      names = new_tree (NULL);
      g_tree_insert (self->uses.roles, g_strdup (kutip_span_get_label (span)), names);
    }
  add_name (names, fields->label);
}

/* How brat's lines of it are written; the first by name, where they differ. */
static void
add_lines (KutipTagsetGather *self, const KutipRelationFields *fields)
{
  if (fields->event != NULL && *fields->event == '*')
    add_name (self->uses.equivalences, fields->label);
  for (guint i = 0; i < kutip_foreign_get_n (fields->foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (fields->foreign, i);
      const char *known = g_tree_lookup (self->uses.arguments, fields->label);

      if (strcmp (member.name, KUTIP_BRAT_ARGUMENTS) == 0 &&
          (known == NULL || strcmp (member.json, known) < 0))
        g_tree_insert (self->uses.arguments, g_strdup (fields->label),
                       g_strdup (member.json));
    }
}

static gboolean
add_relation (KutipRelation *relation, gpointer data)
{
  KutipTagsetGather *self = data;
  KutipRelationFields fields;
  Relation *type;

  kutip_relation_get_fields (relation, &fields);
  if (*fields.label == '\0')
    return TRUE;
  type = g_tree_lookup (self->relations, fields.label);
  if (type == NULL)
    {
      type = g_new0 (Relation, 1);
      type->from = new_tree (NULL);
      type->to = new_tree (NULL);
      type->attributes = new_tree (NULL);
      g_tree_insert (self->relations, g_strdup (fields.label), type);
    }
  add_end (self, type->from, fields.from);
  add_end (self, type->to, fields.to);
  add_role (self, &fields);
  add_lines (self, &fields);
  add_attributes (self, type->attributes, fields.attributes);
  return TRUE;
}

static gboolean
is_named (KutipTagset *tagset, const KutipHeaderFields *header)
{
  return g_strcmp0 (kutip_tagset_get_name (tagset), header->tagset_name) == 0 &&
         g_strcmp0 (kutip_tagset_get_version (tagset), header->tagset_version) == 0;
}

static KutipTagset *
load_shipped (const KutipHeaderFields *header)
{
  for (const char *const *name = kutip_tagset_list_builtin (); *name != NULL; name++)
    {
      g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin (*name);

      if (is_named (tagset, header))
        return g_steal_pointer (&tagset);
    }
  return NULL;
}

/* A layer with nothing in it says nothing. */
static void
add_tagset (KutipTagsetGather *self, const KutipHeaderFields *header, gboolean is_ours)
{
  const KutipHeaderFields unnamed = { .tagset_name = DEFAULT_NAME,
                                      .tagset_version = DEFAULT_VERSION };

  if (is_ours && header->tagset_name == NULL)
    header = &unnamed;
  if (self->is_mixed ||
      kutip_layer_get_n_spans (self->layer) + kutip_layer_get_n_relations (self->layer) ==
          0)
    return;
  if (self->shipped == NULL)
    self->shipped = load_shipped (header);
  self->is_mixed = self->shipped == NULL || !is_named (self->shipped, header);
}

void
kutip_tagset_gather_add (KutipTagsetGather *self, KutipRecord *record, gboolean is_ours)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < record->layers->len; i++)
    {
      const KutipHeaderFields *header;

      self->layer = g_ptr_array_index (record->layers, i);
      kutip_layer_foreach_span (self->layer, add_span, self);
      g_hash_table_remove_all (self->triggers);
      kutip_layer_foreach_relation (self->layer, add_trigger, self);
      kutip_layer_foreach_relation (self->layer, add_relation, self);
      header = kutip_header_get_fields (kutip_layer_get_header (self->layer));
      add_attributes (self, self->article_attributes, header->attributes);
      add_tagset (self, header, is_ours);
    }
  g_mutex_unlock (&self->lock);
}

/* The arrays that a tag set is made from, while they are put together. */
typedef struct
{
  KutipTagset *base;
  GArray *labels, *attributes, *relations;
  GPtrArray *lists; /* GPtrArray of borrowed strings, NULL-terminated */
} Making;

static const char *const *
list_names (Making *making, GTree *names)
{
  GPtrArray *list = g_ptr_array_new ();

  for (GTreeNode *node = g_tree_node_first (names); node != NULL;
       node = g_tree_node_next (node))
    g_ptr_array_add (list, g_tree_node_key (node));
  g_ptr_array_add (list, NULL);
  g_ptr_array_add (making->lists, list);
  return (const char *const *) list->pdata;
}

static void
make_labels (KutipTagsetGather *self, Making *making)
{
  for (GTreeNode *node = g_tree_node_first (self->labels); node != NULL;
       node = g_tree_node_next (node))
    {
      KutipLabelType label = { .name = g_tree_node_key (node),
                               .title = g_tree_node_key (node) };

      if (making->base != NULL &&
          kutip_tagset_get_label (making->base, label.name) != NULL)
        continue;
      label.attributes = list_names (making, g_tree_node_value (node));
      g_array_append_val (making->labels, label);
    }
}

static void
make_attributes (KutipTagsetGather *self, Making *making)
{
  for (GTreeNode *node = g_tree_node_first (self->attributes); node != NULL;
       node = g_tree_node_next (node))
    {
      const Attribute *given = g_tree_node_value (node);
      KutipAttributeType attribute = { .name = g_tree_node_key (node),
                                       .title = g_tree_node_key (node),
                                       .multiple = given->is_list };

      if (making->base != NULL &&
          kutip_tagset_get_attribute (making->base, attribute.name) != NULL)
        continue;
      if (given->is_text)
        attribute.kind = KUTIP_ATTRIBUTE_TEXT;
      else if (g_tree_nnodes (given->values) > 0)
        {
          attribute.kind = KUTIP_ATTRIBUTE_CHOICE;
          attribute.values = list_names (making, given->values);
        }
      else if (given->is_list)
        attribute.kind = KUTIP_ATTRIBUTE_TEXT;
      else
        attribute.kind = KUTIP_ATTRIBUTE_FLAG;
      g_array_append_val (making->attributes, attribute);
    }
}

static void
make_relations (KutipTagsetGather *self, Making *making)
{
  for (GTreeNode *node = g_tree_node_first (self->relations); node != NULL;
       node = g_tree_node_next (node))
    {
      const Relation *given = g_tree_node_value (node);
      KutipRelationType relation = { .name = g_tree_node_key (node),
                                     .title = g_tree_node_key (node) };

      if (making->base != NULL &&
          kutip_tagset_get_relation (making->base, relation.name) != NULL)
        continue;
      relation.from = list_names (making, given->from);
      relation.to = list_names (making, given->to);
      relation.attributes = list_names (making, given->attributes);
      g_array_append_val (making->relations, relation);
    }
}

KutipTagset *
kutip_tagset_gather_get_shipped (KutipTagsetGather *self)
{
  return self->is_mixed ? NULL : self->shipped;
}

KutipTagset *
kutip_tagset_gather_finish (KutipTagsetGather *self, KutipTagset *base)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, TRUE, sizeof (KutipLabelType));
  g_autoptr (GArray) attributes = g_array_new (FALSE, TRUE, sizeof (KutipAttributeType));
  g_autoptr (GArray) relations = g_array_new (FALSE, TRUE, sizeof (KutipRelationType));
  g_autoptr (GPtrArray) lists =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  Making making = { NULL, labels, attributes, relations, lists };
  KutipTagsetFields fields = { .name = KUTIP_TAGSET_MADE_UP, .version = "1" };
  KutipTagset *tagset;

  if (base == NULL)
    base = kutip_tagset_gather_get_shipped (self);
  making.base = base;
  if (base != NULL)
    {
      kutip_tagset_get_fields (base, &fields);
      g_array_append_vals (labels, fields.labels, fields.n_labels);
      g_array_append_vals (attributes, fields.attributes, fields.n_attributes);
      g_array_append_vals (relations, fields.relations, fields.n_relations);
    }
  make_labels (self, &making);
  make_attributes (self, &making);
  make_relations (self, &making);
  if (base != NULL && labels->len == fields.n_labels &&
      attributes->len == fields.n_attributes && relations->len == fields.n_relations)
    return g_object_ref (base);
  fields.labels = (const KutipLabelType *) (gpointer) labels->data;
  fields.n_labels = labels->len;
  fields.attributes = (const KutipAttributeType *) (gpointer) attributes->data;
  fields.n_attributes = attributes->len;
  fields.relations = (const KutipRelationType *) (gpointer) relations->data;
  fields.n_relations = relations->len;
  if (base == NULL)
    fields.article_attributes = list_names (&making, self->article_attributes);
  if (fields.n_labels + fields.n_relations == 0)
    return NULL;
  /* Names that a tag set refuses leave what the base says. */
  tagset = kutip_tagset_new (&fields, NULL);
  return tagset == NULL && base != NULL ? g_object_ref (base) : tagset;
}

KutipTagset *
kutip_tagset_gather_mark_uses (KutipTagsetGather *self, KutipTagset *tagset)
{
  return kutip_brat_mark_uses (tagset, &self->uses);
}
