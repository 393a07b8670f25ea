/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/rename-tagset.h"

#include <string.h>

const char *
kutip_rename_name (GHashTable *names, const char *name)
{
  const char *renamed = name == NULL ? NULL : g_hash_table_lookup (names, name);

  return renamed != NULL ? renamed : name;
}

/* The parts of the new tag set. */
typedef struct
{
  const KutipRenamedNames *names;
  KutipTagset *old;
  GArray *labels, *attributes, *relations;
  GPtrArray *lists; /* GPtrArray of borrowed strings, NULL-terminated */
} Making;

static gboolean
is_folded (Making *self, const char *relation)
{
  return self->names->folded != NULL &&
         g_hash_table_contains (self->names->folded, relation);
}

static void
add_name (GPtrArray *list, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (list, name, g_str_equal, NULL))
    g_ptr_array_add (list, (gpointer) name);
}

static const char *const *
end_list (Making *self, GPtrArray *list)
{
  g_ptr_array_add (list, NULL);
  g_ptr_array_add (self->lists, list);
  return (const char *const *) list->pdata;
}

/* Each new name once. */
static const char *const *
rename_list (Making *self, GHashTable *names, const char *const *list)
{
  GPtrArray *renamed = g_ptr_array_new ();

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    add_name (renamed, kutip_rename_name (names, list[i]));
  return end_list (self, renamed);
}

static const char *const *
join_lists (Making *self, const char *const *a, const char *const *b)
{
  GPtrArray *joined = g_ptr_array_new ();

  for (guint i = 0; a[i] != NULL; i++)
    add_name (joined, a[i]);
  for (guint i = 0; b[i] != NULL; i++)
    add_name (joined, b[i]);
  return end_list (self, joined);
}

/* Attributes and relations, by what they are in the old tag set. */
static const char *const *
rename_requires (Making *self, const char *const *list)
{
  GPtrArray *renamed = g_ptr_array_new ();

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (kutip_tagset_get_attribute (self->old, list[i]) != NULL)
      add_name (renamed, kutip_rename_name (self->names->attributes, list[i]));
    else if (!is_folded (self, list[i]))
      add_name (renamed, kutip_rename_name (self->names->relations, list[i]));
  return end_list (self, renamed);
}

static const char *
rename_title (const char *title, const char *old, const char *new)
{
  return g_strcmp0 (title, old) == 0 ? new : title;
}

/* --- types --- */

static void
add_label (Making *self, const KutipLabelType *old)
{
  KutipLabelType label = *old;

  label.name = kutip_rename_name (self->names->labels, old->name);
  label.title = rename_title (old->title, old->name, label.name);
  label.attributes = rename_list (self, self->names->attributes, old->attributes);
  label.requires = rename_requires (self, old->requires);
  for (guint i = 0; i < self->labels->len; i++)
    {
      KutipLabelType *same = &g_array_index (self->labels, KutipLabelType, i);

      if (g_strcmp0 (same->name, label.name) != 0)
        continue;
      same->attributes = join_lists (self, same->attributes, label.attributes);
      same->requires = join_lists (self, same->requires, label.requires);
      return;
    }
  g_array_append_val (self->labels, label);
}

/* One span may have had both. */
static void
join_attributes (Making *self, KutipAttributeType *into, const KutipAttributeType *other)
{
  into->multiple = into->kind != KUTIP_ATTRIBUTE_FLAG || into->kind != other->kind;
  if (into->kind == other->kind)
    into->values = join_lists (self, into->values, other->values);
  else
    {
      into->kind = KUTIP_ATTRIBUTE_TEXT;
      into->values = end_list (self, g_ptr_array_new ());
      into->default_value = NULL;
    }
}

static void
add_attribute (Making *self, const KutipAttributeType *old)
{
  KutipAttributeType attribute = *old;
  GHashTable *values;

  attribute.name = kutip_rename_name (self->names->attributes, old->name);
  attribute.title = rename_title (old->title, old->name, attribute.name);
  values = g_hash_table_lookup (self->names->values, attribute.name);
  if (values != NULL)
    {
      attribute.values = rename_list (self, values, old->values);
      attribute.default_value = kutip_rename_name (values, old->default_value);
    }
  for (guint i = 0; i < self->attributes->len; i++)
    {
      KutipAttributeType *same = &g_array_index (self->attributes, KutipAttributeType, i);

      if (strcmp (same->name, attribute.name) == 0)
        {
          join_attributes (self, same, &attribute);
          return;
        }
    }
  g_array_append_val (self->attributes, attribute);
}

/* No list of ends means any. */
static const char *const *
join_ends (Making *self, const char *const *a, const char *const *b)
{
  return *a == NULL ? a : *b == NULL ? b : join_lists (self, a, b);
}

static void
join_relations (Making *self, KutipRelationType *into, const KutipRelationType *other)
{
  into->from = join_ends (self, into->from, other->from);
  into->to = join_ends (self, into->to, other->to);
  into->attributes = join_lists (self, into->attributes, other->attributes);
  into->max = into->max == 0 || other->max == 0 ? 0 : into->max + other->max;
  into->symmetric = into->symmetric && other->symmetric;
}

static void
add_relation (Making *self, const KutipRelationType *old)
{
  KutipRelationType relation = *old;

  if (is_folded (self, old->name))
    return;
  relation.name = kutip_rename_name (self->names->relations, old->name);
  relation.title = rename_title (old->title, old->name, relation.name);
  relation.from = rename_list (self, self->names->labels, old->from);
  relation.to = rename_list (self, self->names->labels, old->to);
  relation.attributes = rename_list (self, self->names->attributes, old->attributes);
  for (guint i = 0; i < self->relations->len; i++)
    {
      KutipRelationType *same = &g_array_index (self->relations, KutipRelationType, i);

      if (strcmp (same->name, relation.name) == 0)
        {
          join_relations (self, same, &relation);
          return;
        }
    }
  g_array_append_val (self->relations, relation);
}

KutipTagset *
kutip_rename_tagset (const KutipRenamedNames *names, KutipTagset *tagset, GError **error)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (KutipLabelType));
  g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (KutipAttributeType));
  g_autoptr (GArray) relations = g_array_new (FALSE, FALSE, sizeof (KutipRelationType));
  g_autoptr (GPtrArray) lists =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  Making making = { names, tagset, labels, attributes, relations, lists };
  KutipTagsetFields fields;

  kutip_tagset_get_fields (tagset, &fields);
  for (guint i = 0; i < fields.n_labels; i++)
    add_label (&making, &fields.labels[i]);
  for (guint i = 0; i < fields.n_attributes; i++)
    add_attribute (&making, &fields.attributes[i]);
  for (guint i = 0; i < fields.n_relations; i++)
    add_relation (&making, &fields.relations[i]);
  fields.labels = (const KutipLabelType *) (gpointer) labels->data;
  fields.n_labels = labels->len;
  fields.attributes = (const KutipAttributeType *) (gpointer) attributes->data;
  fields.n_attributes = attributes->len;
  fields.relations = (const KutipRelationType *) (gpointer) relations->data;
  fields.n_relations = relations->len;
  fields.article_attributes =
      rename_list (&making, names->attributes, fields.article_attributes);
  return kutip_tagset_new (&fields, error);
}
