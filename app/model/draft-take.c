/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tagset-draft-private.h"

KutipDraftItem *
kutip_tagset_draft_add_item (KutipTagsetDraft *self, KutipDraftKind kind)
{
  KutipDraftItem *item = kutip_draft_item_new (kind, ++self->last_id);

  kutip_draft_state_add (self->state, item);
  return item;
}

static void
take_ids (KutipTagsetDraft *self,
          GArray *ids,
          KutipDraftKind kind,
          const char *const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      guint id = kutip_draft_state_find (self->state, kind, names[i]);

      if (id != 0)
        kutip_draft_item_toggle (ids, id, TRUE);
    }
}

static void
set_key (KutipDraftItem *item, gunichar key)
{
  char utf8[7] = { 0 };

  if (key != 0)
    g_unichar_to_utf8 (key, utf8);
  kutip_draft_item_set (&item->key, utf8);
}

/* A built-in one becomes a study's own in its reader's language. A title that only
 * repeats the name is none. */
static void
set_title (KutipDraftItem *item, KutipTagset *tagset, const char *title)
{
  if (g_strcmp0 (title, item->name) != 0)
    kutip_draft_item_set (&item->title, kutip_tagset_translate (tagset, title));
}

static void
take_attributes (KutipTagsetDraft *self,
                 KutipTagset *tagset,
                 const KutipTagsetFields *fields)
{
  for (guint i = 0; i < fields->n_attributes; i++)
    {
      const KutipAttributeType *type = &fields->attributes[i];
      const KutipAttributeType *base =
          kutip_tagset_get_attribute (self->base, type->name);
      KutipDraftItem *item = kutip_tagset_draft_add_item (self, KUTIP_DRAFT_ATTRIBUTE);

      item->origin = base != NULL ? g_strdup (type->name) : NULL;
      kutip_draft_item_set (&item->name, type->name);
      set_title (item, tagset, type->title);
      kutip_draft_item_set (&item->description,
                            kutip_tagset_translate (tagset, type->description));
      item->type = type->kind;
      item->multiple = type->multiple;
      for (guint j = 0; type->values[j] != NULL; j++)
        kutip_draft_item_add_value (
            item, type->values[j],
            base != NULL && g_strv_contains (base->values, type->values[j])
                ? type->values[j]
                : NULL);
      kutip_draft_item_set (&item->default_value, type->default_value);
      item->foreign = kutip_foreign_ref (type->foreign);
    }
}

static void
take_labels (KutipTagsetDraft *self, KutipTagset *tagset, const KutipTagsetFields *fields)
{
  for (guint i = 0; i < fields->n_labels; i++)
    {
      const KutipLabelType *type = &fields->labels[i];
      KutipDraftItem *item = kutip_tagset_draft_add_item (self, KUTIP_DRAFT_LABEL);

      if (kutip_tagset_get_label (self->base, type->name) != NULL)
        item->origin = g_strdup (type->name);
      kutip_draft_item_set (&item->name, type->name);
      set_title (item, tagset, type->title);
      kutip_draft_item_set (&item->description,
                            kutip_tagset_translate (tagset, type->description));
      kutip_draft_item_set (&item->guidelines, type->guidelines);
      kutip_draft_item_set (&item->color, type->color);
      set_key (item, type->key);
      take_ids (self, item->attributes, KUTIP_DRAFT_ATTRIBUTE, type->attributes);
      item->foreign = kutip_foreign_ref (type->foreign);
    }
}

static void
take_relations (KutipTagsetDraft *self,
                KutipTagset *tagset,
                const KutipTagsetFields *fields)
{
  for (guint i = 0; i < fields->n_relations; i++)
    {
      const KutipRelationType *type = &fields->relations[i];
      KutipDraftItem *item = kutip_tagset_draft_add_item (self, KUTIP_DRAFT_RELATION);

      if (kutip_tagset_get_relation (self->base, type->name) != NULL)
        item->origin = g_strdup (type->name);
      kutip_draft_item_set (&item->name, type->name);
      set_title (item, tagset, type->title);
      kutip_draft_item_set (&item->description,
                            kutip_tagset_translate (tagset, type->description));
      set_key (item, type->key);
      take_ids (self, item->from, KUTIP_DRAFT_LABEL, type->from);
      take_ids (self, item->to, KUTIP_DRAFT_LABEL, type->to);
      take_ids (self, item->attributes, KUTIP_DRAFT_ATTRIBUTE, type->attributes);
      item->max = type->max;
      item->symmetric = type->symmetric;
      item->foreign = kutip_foreign_ref (type->foreign);
    }
}

/* A name may be that of an attribute of the label, or of a relation. */
static void
take_requirements (KutipTagsetDraft *self, const KutipTagsetFields *fields)
{
  for (guint i = 0; i < fields->n_labels; i++)
    for (guint j = 0; fields->labels[i].requires[j] != NULL; j++)
      {
        const char *name = fields->labels[i].requires[j];
        KutipDraftItem *item =
            kutip_draft_state_peek (self->state->items[KUTIP_DRAFT_LABEL], i);
        guint id = kutip_draft_state_find (self->state, KUTIP_DRAFT_ATTRIBUTE, name);

        if (id == 0 || !kutip_draft_item_has (item->attributes, id))
          id = kutip_draft_state_find (self->state, KUTIP_DRAFT_RELATION, name);
        if (id != 0)
          kutip_draft_item_toggle (item->requires, id, TRUE);
      }
}

/* Into a state that has nothing yet. */
void
kutip_tagset_draft_take (KutipTagsetDraft *self,
                         KutipTagset *tagset,
                         const char *guidelines)
{
  KutipTagsetFields fields;
  KutipDraftItem *root = kutip_tagset_draft_add_item (self, KUTIP_DRAFT_TAGSET);

  kutip_tagset_get_fields (tagset, &fields);
  take_attributes (self, tagset, &fields);
  take_labels (self, tagset, &fields);
  take_relations (self, tagset, &fields);
  take_requirements (self, &fields);
  kutip_draft_item_set (&root->name, fields.name);
  kutip_draft_item_set (&root->version, fields.version);
  kutip_draft_item_set (&root->guidelines, guidelines);
  take_ids (self, root->attributes, KUTIP_DRAFT_ATTRIBUTE, fields.article_attributes);
  root->foreign = kutip_foreign_ref (fields.foreign);
}
