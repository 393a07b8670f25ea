/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tagset-draft-private.h"

#include <string.h>

/* A tag set in the making; strings belong to the draft. */
typedef struct
{
  KutipTagsetDraft *draft;
  GPtrArray *lists; /* arrays, freed with it */
  GArray *labels, *attributes, *relations;
} Building;

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static const char *const *
keep_list (Building *self, GPtrArray *strings)
{
  gpointer list;

  g_ptr_array_add (strings, NULL);
  list = g_ptr_array_free (strings, FALSE);
  g_ptr_array_add (self->lists, list);
  return list;
}

static const char *const *
list_names (Building *self, const GArray *ids)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      const KutipDraftItem *item =
          kutip_tagset_draft_get (self->draft, g_array_index (ids, guint, i));

      g_ptr_array_add (names, item->name);
    }
  return keep_list (self, names);
}

/* Requirements of attributes that the label does not have any more do not count. */
static const char *const *
list_requirements (Building *self, const KutipDraftItem *label)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < label->requires->len; i++)
    {
      guint id = g_array_index (label->requires, guint, i);
      const KutipDraftItem *item = kutip_tagset_draft_get (self->draft, id);

      if (item->kind == KUTIP_DRAFT_RELATION ||
          kutip_draft_item_has (label->attributes, id))
        g_ptr_array_add (names, item->name);
    }
  return keep_list (self, names);
}

static gunichar
get_key (const KutipDraftItem *item)
{
  return *item->key != '\0' ? g_utf8_get_char (item->key) : 0;
}

static void
build_label (Building *self, const KutipDraftItem *item)
{
  KutipLabelType label = {
    .name = item->name,
    .title = or_null (item->title),
    .description = or_null (item->description),
    .guidelines = or_null (item->guidelines),
    .color = or_null (item->color),
    .key = get_key (item),
    .attributes = list_names (self, item->attributes),
    .requires = list_requirements (self, item),
    .foreign = item->foreign,
  };

  g_array_append_val (self->labels, label);
}

static void
build_attribute (Building *self, const KutipDraftItem *item)
{
  GPtrArray *values = g_ptr_array_new ();
  KutipAttributeType attribute = {
    .name = item->name,
    .title = or_null (item->title),
    .description = or_null (item->description),
    .kind = item->type,
    .multiple = item->multiple && item->type != KUTIP_ATTRIBUTE_FLAG,
    .default_value = or_null (item->default_value),
    .foreign = item->foreign,
  };

  for (guint i = 0; item->type == KUTIP_ATTRIBUTE_CHOICE && i < item->values->len; i++)
    {
      const KutipDraftValue *value = g_ptr_array_index (item->values, i);

      g_ptr_array_add (values, value->text);
    }
  attribute.values = keep_list (self, values);
  g_array_append_val (self->attributes, attribute);
}

static void
build_relation (Building *self, const KutipDraftItem *item)
{
  KutipRelationType relation = {
    .name = item->name,
    .title = or_null (item->title),
    .description = or_null (item->description),
    .from = list_names (self, item->from),
    .to = list_names (self, item->to),
    .attributes = list_names (self, item->attributes),
    .key = get_key (item),
    .max = item->max,
    .symmetric = item->symmetric,
    .foreign = item->foreign,
  };

  g_array_append_val (self->relations, relation);
}

static void
build_all (Building *self,
           KutipDraftKind kind,
           void (*build) (Building *self, const KutipDraftItem *item))
{
  for (guint i = 0; i < kutip_tagset_draft_get_n (self->draft, kind); i++)
    build (self, kutip_tagset_draft_get_nth (self->draft, kind, i));
}

KutipTagset *
kutip_tagset_draft_build (KutipTagsetDraft *self,
                          const char *guidelines_file,
                          GError **error)
{
  Building building = {
    .draft = self,
    .lists = g_ptr_array_new_with_free_func (g_free),
    .labels = g_array_new (FALSE, FALSE, sizeof (KutipLabelType)),
    .attributes = g_array_new (FALSE, FALSE, sizeof (KutipAttributeType)),
    .relations = g_array_new (FALSE, FALSE, sizeof (KutipRelationType)),
  };
  const KutipDraftItem *root;
  KutipTagsetFields fields = { 0 };
  KutipTagset *tagset;

  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), NULL);

  root = kutip_tagset_draft_get_root (self);
  build_all (&building, KUTIP_DRAFT_LABEL, build_label);
  build_all (&building, KUTIP_DRAFT_ATTRIBUTE, build_attribute);
  build_all (&building, KUTIP_DRAFT_RELATION, build_relation);
  fields.name = root->name;
  fields.version = root->version;
  fields.guidelines = guidelines_file;
  fields.article_attributes = list_names (&building, root->attributes);
  fields.labels = (const KutipLabelType *) (gpointer) building.labels->data;
  fields.n_labels = building.labels->len;
  fields.attributes = (const KutipAttributeType *) (gpointer) building.attributes->data;
  fields.n_attributes = building.attributes->len;
  fields.relations = (const KutipRelationType *) (gpointer) building.relations->data;
  fields.n_relations = building.relations->len;
  fields.foreign = root->foreign;
  tagset = kutip_tagset_new (&fields, error);
  g_ptr_array_unref (building.lists);
  g_array_unref (building.labels);
  g_array_unref (building.attributes);
  g_array_unref (building.relations);
  return tagset;
}
