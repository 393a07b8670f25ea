/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tagset-draft-private.h"

#include <string.h>

/* The item that was called so in the tag set in effect; NULL when it was removed. */
static const KutipDraftItem *
find_by_origin (KutipTagsetDraft *self, KutipDraftKind kind, const char *origin)
{
  for (guint i = 0; i < kutip_tagset_draft_get_n (self, kind); i++)
    {
      const KutipDraftItem *item = kutip_tagset_draft_get_nth (self, kind, i);

      if (g_strcmp0 (item->origin, origin) == 0)
        return item;
    }
  return NULL;
}

/* A term that was not renamed is no news; nor is one that was removed, and whose name
 * another has taken. */
static void
tell_term (KutipTagsetDraft *self,
           KutipDraftKind kind,
           const char *from,
           KutipDraftTermFunc func,
           gpointer data)
{
  const KutipDraftItem *item = find_by_origin (self, kind, from);

  if (item != NULL && !g_str_equal (item->name, from))
    func (kutip_draft_term (kind), NULL, from, item->name, data);
  else if (item == NULL && kutip_draft_state_find (self->state, kind, from) == 0)
    func (kutip_draft_term (kind), NULL, from, NULL, data);
}

static const char *
find_value_by_origin (const KutipDraftItem *item, const char *origin)
{
  for (guint i = 0; i < item->values->len; i++)
    {
      const KutipDraftValue *value = g_ptr_array_index (item->values, i);

      if (g_strcmp0 (value->origin, origin) == 0)
        return value->text;
    }
  return NULL;
}

static void
tell_values (KutipTagsetDraft *self,
             const KutipAttributeType *type,
             KutipDraftTermFunc func,
             gpointer data)
{
  const KutipDraftItem *item = find_by_origin (self, KUTIP_DRAFT_ATTRIBUTE, type->name);

  if (item == NULL || item->type != KUTIP_ATTRIBUTE_CHOICE)
    return;
  for (guint i = 0; type->values[i] != NULL; i++)
    {
      const char *from = type->values[i];
      const char *to = find_value_by_origin (item, from);

      if (to != NULL ? !g_str_equal (to, from) : !kutip_draft_item_has_value (item, from))
        func (KUTIP_TERM_VALUE, type->name, from, to, data);
    }
}

void
kutip_tagset_draft_foreach_term (KutipTagsetDraft *self,
                                 KutipDraftTermFunc func,
                                 gpointer data)
{
  KutipTagsetFields base;

  kutip_tagset_get_fields (self->base, &base);
  for (guint i = 0; i < base.n_labels; i++)
    tell_term (self, KUTIP_DRAFT_LABEL, base.labels[i].name, func, data);
  for (guint i = 0; i < base.n_attributes; i++)
    {
      tell_term (self, KUTIP_DRAFT_ATTRIBUTE, base.attributes[i].name, func, data);
      tell_values (self, &base.attributes[i], func, data);
    }
  for (guint i = 0; i < base.n_relations; i++)
    tell_term (self, KUTIP_DRAFT_RELATION, base.relations[i].name, func, data);
}

typedef struct
{
  KutipTagsetDraft *draft;
  KutipMigration *migration;
} Making;

static const KutipDraftFate *
find_fate (KutipTagsetDraft *self, const KutipMigrationStep *step)
{
  for (guint i = 0; i < self->state->fates->len; i++)
    {
      const KutipDraftFate *fate = g_ptr_array_index (self->state->fates, i);

      if (fate->term == step->term && g_strcmp0 (fate->attribute, step->attribute) == 0 &&
          g_str_equal (fate->from, step->from))
        return fate;
    }
  return NULL;
}

/* What the removed term goes over to, as it is called now; NULL when that is not there
 * (any more). */
static const char *
find_target (KutipTagsetDraft *self, const KutipDraftFate *fate)
{
  const KutipDraftItem *item;

  if (fate->term != KUTIP_TERM_VALUE)
    {
      item = kutip_tagset_draft_get (self, fate->to_id);
      return item != NULL ? item->name : NULL;
    }
  item = find_by_origin (self, KUTIP_DRAFT_ATTRIBUTE, fate->attribute);
  return item != NULL && kutip_draft_item_has_value (item, fate->to_value)
             ? fate->to_value
             : NULL;
}

static void
add_step (KutipTerm term,
          const char *attribute,
          const char *from,
          const char *to,
          gpointer data)
{
  Making *self = data;
  KutipMigrationStep step = { term, attribute, from, KUTIP_FATE_KEEP, NULL };
  const KutipDraftFate *fate;

  if (to != NULL)
    {
      step.fate = KUTIP_FATE_RENAME;
      step.to = to;
    }
  else if ((fate = find_fate (self->draft, &step)) != NULL)
    {
      step.fate = fate->fate;
      if (fate->fate == KUTIP_FATE_RENAME)
        step.to = find_target (self->draft, fate);
      if (fate->fate == KUTIP_FATE_RENAME && step.to == NULL)
        step.fate = KUTIP_FATE_KEEP;
    }
  kutip_migration_add (self->migration, &step);
}

KutipMigration *
kutip_tagset_draft_make_migration (KutipTagsetDraft *self)
{
  const KutipDraftItem *root;
  Making making = { .draft = self };

  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), NULL);

  root = kutip_tagset_draft_get_root (self);
  making.migration = kutip_migration_new (root->name, root->version);
  kutip_tagset_draft_foreach_term (self, add_step, &making);
  return making.migration;
}

gboolean
kutip_tagset_draft_is_removed (KutipTagsetDraft *self, const KutipMigrationStep *step)
{
  const KutipDraftItem *item;

  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), FALSE);

  switch (step->term)
    {
    case KUTIP_TERM_LABEL:
      return find_by_origin (self, KUTIP_DRAFT_LABEL, step->from) == NULL;
    case KUTIP_TERM_ATTRIBUTE:
      return find_by_origin (self, KUTIP_DRAFT_ATTRIBUTE, step->from) == NULL;
    case KUTIP_TERM_RELATION:
      return find_by_origin (self, KUTIP_DRAFT_RELATION, step->from) == NULL;
    case KUTIP_TERM_VALUE:
    default:
      item = find_by_origin (self, KUTIP_DRAFT_ATTRIBUTE, step->attribute);
      return item == NULL || find_value_by_origin (item, step->from) == NULL;
    }
}

static void
note_term (KutipTerm term,
           const char *attribute,
           const char *from,
           const char *to,
           gpointer data)
{
  *(gboolean *) data = TRUE;
}

gboolean
kutip_tagset_draft_is_incompatible (KutipTagsetDraft *self)
{
  gboolean differs = FALSE;

  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), FALSE);

  kutip_tagset_draft_foreach_term (self, note_term, &differs);
  for (guint i = 0;
       !differs && i < kutip_tagset_draft_get_n (self, KUTIP_DRAFT_ATTRIBUTE); i++)
    {
      const KutipDraftItem *item =
          kutip_tagset_draft_get_nth (self, KUTIP_DRAFT_ATTRIBUTE, i);
      const KutipAttributeType *type =
          item->origin != NULL ? kutip_tagset_get_attribute (self->base, item->origin)
                               : NULL;

      differs = type != NULL &&
                (type->kind != item->type || (type->multiple && !item->multiple));
    }
  return differs;
}

char *
kutip_tagset_raise_version (const char *version)
{
  const char *tail = version;
  guint64 number;
  char *end;

  if (*version == '\0')
    return g_strdup ("2");
  if (g_ascii_isdigit (*version))
    {
      number = g_ascii_strtoull (version, &end, 10);
      if (*end == '\0')
        return g_strdup_printf ("%" G_GUINT64_FORMAT, number + 1);
      if (*end == '.')
        return g_strdup_printf ("%" G_GUINT64_FORMAT ".0", number + 1);
    }
  for (const char *p = version; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p))
      tail = p + 1;
  if (*tail == '\0' || tail == version || tail[-1] != '-')
    return g_strconcat (version, "-2", NULL);
  number = g_ascii_strtoull (tail, NULL, 10);
  return g_strdup_printf ("%.*s%" G_GUINT64_FORMAT, (int) (tail - version), version,
                          number + 1);
}
