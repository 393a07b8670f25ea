/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tagset-draft-private.h"

#include <string.h>

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipTagsetDraft, kutip_tagset_draft, G_TYPE_OBJECT)

static void
kutip_tagset_draft_finalize (GObject *object)
{
  KutipTagsetDraft *self = KUTIP_TAGSET_DRAFT (object);

  kutip_draft_state_free (self->state);
  g_ptr_array_unref (self->past);
  g_ptr_array_unref (self->future);
  g_object_unref (self->base);
  G_OBJECT_CLASS (kutip_tagset_draft_parent_class)->finalize (object);
}

static void
kutip_tagset_draft_class_init (KutipTagsetDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kutip_tagset_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", KUTIP_TYPE_TAGSET_DRAFT, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
kutip_tagset_draft_init (KutipTagsetDraft *self)
{
  self->past = g_ptr_array_new_with_free_func (kutip_draft_state_free);
  self->future = g_ptr_array_new_with_free_func (kutip_draft_state_free);
}

const KutipDraftItem *
kutip_tagset_draft_get (KutipTagsetDraft *self, guint id)
{
  GPtrArray *boxes;
  guint at;

  return kutip_draft_state_locate (self->state, id, &boxes, &at)
             ? kutip_draft_state_peek (boxes, at)
             : NULL;
}

const KutipDraftItem *
kutip_tagset_draft_get_root (KutipTagsetDraft *self)
{
  return kutip_draft_state_peek (self->state->items[KUTIP_DRAFT_TAGSET], 0);
}

guint
kutip_tagset_draft_get_n (KutipTagsetDraft *self, KutipDraftKind kind)
{
  return self->state->items[kind]->len;
}

const KutipDraftItem *
kutip_tagset_draft_get_nth (KutipTagsetDraft *self, KutipDraftKind kind, guint i)
{
  return i < self->state->items[kind]->len
             ? kutip_draft_state_peek (self->state->items[kind], i)
             : NULL;
}

/* A step begins, unless it goes on with the last one. */
static void
begin_step (KutipTagsetDraft *self, guint id, const char *field, gboolean shape)
{
  self->shape = shape;
  if (field != NULL && id == self->step_id && g_strcmp0 (field, self->step_field) == 0)
    return;
  g_ptr_array_add (self->past, self->state);
  self->state = kutip_draft_state_copy (self->state);
  g_ptr_array_set_size (self->future, 0);
  self->step_id = field != NULL ? id : 0;
  self->step_field = g_intern_string (field);
}

void
kutip_tagset_draft_end (KutipTagsetDraft *self)
{
  g_signal_emit (self, signals[CHANGED], 0, self->shape);
}

KutipDraftItem *
kutip_tagset_draft_begin (KutipTagsetDraft *self, guint id, const char *field)
{
  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), NULL);

  begin_step (self, id, field, FALSE);
  return kutip_draft_state_own (self->state, id);
}

static char *
make_name (KutipTagsetDraft *self, KutipDraftKind kind)
{
  static const char *const words[] = { "", "label", "attribute", "relation" };

  for (guint i = 1;; i++)
    {
      char *name = g_strdup_printf ("%s-%u", words[kind], i);

      if (kutip_draft_state_find (self->state, kind, name) == 0)
        return name;
      g_free (name);
    }
}

/* The first digit, then letter, that no other label has. */
static void
choose_key (KutipTagsetDraft *self, KutipDraftItem *item)
{
  static const char keys[] = "1234567890";
  GPtrArray *labels = self->state->items[KUTIP_DRAFT_LABEL];

  for (guint i = 0; keys[i] != '\0'; i++)
    {
      char key[2] = { keys[i], '\0' };
      gboolean is_taken = FALSE;

      for (guint j = 0; j < labels->len; j++)
        is_taken = is_taken || g_str_equal (kutip_draft_state_peek (labels, j)->key, key);
      if (is_taken)
        continue;
      kutip_draft_item_set (&item->key, key);
      return;
    }
}

static void
choose_color (KutipTagsetDraft *self, KutipDraftItem *item)
{
  GPtrArray *labels = self->state->items[KUTIP_DRAFT_LABEL];
  const char *const *palette = kutip_tagset_get_palette ();

  for (guint i = 0; palette[i] != NULL; i++)
    {
      gboolean is_taken = FALSE;

      for (guint j = 0; j < labels->len; j++)
        is_taken =
            is_taken || g_ascii_strcasecmp (kutip_draft_state_peek (labels, j)->color,
                                            palette[i]) == 0;
      if (is_taken)
        continue;
      kutip_draft_item_set (&item->color, palette[i]);
      return;
    }
}

guint
kutip_tagset_draft_add (KutipTagsetDraft *self, KutipDraftKind kind)
{
  g_autofree char *name = NULL;
  KutipDraftItem *item;

  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), 0);
  g_return_val_if_fail (kind != KUTIP_DRAFT_TAGSET, 0);

  name = make_name (self, kind);
  begin_step (self, 0, NULL, TRUE);
  item = kutip_tagset_draft_add_item (self, kind);
  kutip_draft_item_set (&item->name, name);
  if (kind == KUTIP_DRAFT_LABEL)
    {
      choose_key (self, item);
      choose_color (self, item);
    }
  item->type = KUTIP_ATTRIBUTE_TEXT;
  kutip_tagset_draft_end (self);
  return item->id;
}

/* All lists of ids; @into 0: taken away. */
static void
refer_to (GArray *ids, guint id, guint into)
{
  if (!kutip_draft_item_has (ids, id))
    return;
  kutip_draft_item_toggle (ids, id, FALSE);
  if (into != 0)
    kutip_draft_item_toggle (ids, into, TRUE);
}

static gboolean
refers_to (const KutipDraftItem *item, guint id)
{
  return kutip_draft_item_has (item->attributes, id) ||
         kutip_draft_item_has (item->requires, id) ||
         kutip_draft_item_has (item->from, id) || kutip_draft_item_has (item->to, id);
}

static void
redirect (KutipTagsetDraft *self, guint id, guint into)
{
  for (guint kind = 0; kind < KUTIP_DRAFT_N_KINDS; kind++)
    for (guint i = 0; i < self->state->items[kind]->len; i++)
      {
        KutipDraftItem *item = kutip_draft_state_peek (self->state->items[kind], i);

        if (!refers_to (item, id))
          continue;
        item = kutip_draft_state_own (self->state, item->id);
        refer_to (item->attributes, id, into);
        refer_to (item->requires, id, into);
        refer_to (item->from, id, into);
        refer_to (item->to, id, into);
      }
}

KutipTerm
kutip_draft_term (KutipDraftKind kind)
{
  switch (kind)
    {
    case KUTIP_DRAFT_ATTRIBUTE:
      return KUTIP_TERM_ATTRIBUTE;
    case KUTIP_DRAFT_RELATION:
      return KUTIP_TERM_RELATION;
    case KUTIP_DRAFT_TAGSET:
    case KUTIP_DRAFT_LABEL:
    default:
      return KUTIP_TERM_LABEL;
    }
}

/* What was to become of others through @id becomes of them through @into. */
static void
redirect_fates (KutipTagsetDraft *self, KutipTerm term, guint id, guint into)
{
  for (guint i = 0; i < self->state->fates->len;)
    {
      const KutipDraftFate *fate = g_ptr_array_index (self->state->fates, i);

      /* The new one goes to the end, so that the next stands here. */
      if (fate->term != term || fate->to_id != id)
        i++;
      else
        kutip_draft_state_put_fate (self->state,
                                    (KutipDraftFate){ term, g_strdup (fate->attribute),
                                                      g_strdup (fate->from), fate->fate,
                                                      into, g_strdup (fate->to_value) });
    }
}

static void
take_away (KutipTagsetDraft *self, guint id)
{
  GPtrArray *boxes = NULL;
  guint at = 0;

  if (kutip_draft_state_locate (self->state, id, &boxes, &at))
    g_ptr_array_remove_index (boxes, at);
}

void
kutip_tagset_draft_remove (KutipTagsetDraft *self, guint id)
{
  g_return_if_fail (KUTIP_IS_TAGSET_DRAFT (self));
  g_return_if_fail (kutip_tagset_draft_get (self, id) != NULL);

  begin_step (self, 0, NULL, TRUE);
  redirect (self, id, 0);
  take_away (self, id);
  kutip_tagset_draft_end (self);
}

gboolean
kutip_tagset_draft_move (KutipTagsetDraft *self, guint id, gboolean down)
{
  GPtrArray *boxes = NULL;
  guint at = 0;
  gpointer moved;

  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), FALSE);

  if (!kutip_draft_state_locate (self->state, id, &boxes, &at) ||
      (down ? at + 1 == boxes->len : at == 0))
    return FALSE;
  begin_step (self, id, NULL, TRUE);
  kutip_draft_state_locate (self->state, id, &boxes, &at);
  moved = g_ptr_array_steal_index (boxes, at);
  g_ptr_array_insert (boxes, (int) (down ? at + 1 : at - 1), moved);
  kutip_tagset_draft_end (self);
  return TRUE;
}

/* An attribute takes over the values of one that is merged into it. */
static void
take_values (KutipDraftItem *into, const KutipDraftItem *from)
{
  if (into->type != KUTIP_ATTRIBUTE_CHOICE)
    return;
  for (guint i = 0; i < from->values->len; i++)
    {
      const KutipDraftValue *value = g_ptr_array_index (from->values, i);

      if (!kutip_draft_item_has_value (into, value->text))
        kutip_draft_item_add_value (into, value->text, NULL);
    }
}

void
kutip_tagset_draft_merge (KutipTagsetDraft *self, guint id, guint into)
{
  const KutipDraftItem *item;
  KutipTerm term;

  g_return_if_fail (KUTIP_IS_TAGSET_DRAFT (self));
  g_return_if_fail (id != into);

  begin_step (self, 0, NULL, TRUE);
  item = kutip_tagset_draft_get (self, id);
  term = kutip_draft_term (item->kind);
  if (item->kind == KUTIP_DRAFT_ATTRIBUTE)
    take_values (kutip_draft_state_own (self->state, into), item);
  redirect (self, id, into);
  redirect_fates (self, term, id, into);
  item = kutip_tagset_draft_get (self, id);
  if (item->origin != NULL)
    kutip_draft_state_put_fate (self->state,
                                (KutipDraftFate){ term, NULL, g_strdup (item->origin),
                                                  KUTIP_FATE_RENAME, into, NULL });
  take_away (self, id);
  kutip_tagset_draft_end (self);
}

void
kutip_tagset_draft_merge_values (KutipTagsetDraft *self, guint id, guint i, guint into)
{
  KutipDraftItem *item;
  const KutipDraftValue *value, *target;

  g_return_if_fail (KUTIP_IS_TAGSET_DRAFT (self));

  item = kutip_tagset_draft_begin (self, id, NULL);
  g_return_if_fail (i != into && i < item->values->len && into < item->values->len);

  value = g_ptr_array_index (item->values, i);
  target = g_ptr_array_index (item->values, into);
  if (value->origin != NULL && item->origin != NULL)
    kutip_draft_state_put_fate (
        self->state, (KutipDraftFate){ KUTIP_TERM_VALUE, g_strdup (item->origin),
                                       g_strdup (value->origin), KUTIP_FATE_RENAME, 0,
                                       g_strdup (target->text) });
  if (*value->text != '\0' && g_str_equal (item->default_value, value->text))
    kutip_draft_item_set (&item->default_value, target->text);
  kutip_draft_item_remove_value (item, i);
  kutip_tagset_draft_end (self);
}

void
kutip_tagset_draft_set_fate (KutipTagsetDraft *self,
                             const KutipMigrationStep *removed,
                             KutipFate fate,
                             const char *to)
{
  KutipDraftFate own = { .term = removed->term, .fate = fate };
  static const KutipDraftKind kinds[] = {
    [KUTIP_TERM_LABEL] = KUTIP_DRAFT_LABEL,
    [KUTIP_TERM_ATTRIBUTE] = KUTIP_DRAFT_ATTRIBUTE,
    [KUTIP_TERM_VALUE] = KUTIP_DRAFT_TAGSET,
    [KUTIP_TERM_RELATION] = KUTIP_DRAFT_RELATION,
  };

  g_return_if_fail (KUTIP_IS_TAGSET_DRAFT (self));

  begin_step (self, 0, NULL, FALSE);
  own.attribute = g_strdup (removed->attribute);
  own.from = g_strdup (removed->from);
  if (fate == KUTIP_FATE_RENAME && removed->term == KUTIP_TERM_VALUE)
    own.to_value = g_strdup (to);
  else if (fate == KUTIP_FATE_RENAME)
    own.to_id = kutip_draft_state_find (self->state, kinds[removed->term], to);
  kutip_draft_state_put_fate (self->state, own);
  kutip_tagset_draft_end (self);
}

void
kutip_tagset_draft_replace (KutipTagsetDraft *self,
                            KutipTagset *tagset,
                            const char *guidelines)
{
  g_return_if_fail (KUTIP_IS_TAGSET_DRAFT (self));
  g_return_if_fail (KUTIP_IS_TAGSET (tagset));

  begin_step (self, 0, NULL, TRUE);
  kutip_draft_state_free (self->state);
  self->state = kutip_draft_state_new ();
  kutip_tagset_draft_take (self, tagset, guidelines);
  kutip_tagset_draft_end (self);
}

static gboolean
step (KutipTagsetDraft *self, GPtrArray *from, GPtrArray *onto)
{
  if (from->len == 0)
    return FALSE;
  g_ptr_array_add (onto, self->state);
  self->state = g_ptr_array_steal_index (from, from->len - 1);
  self->step_id = 0;
  self->shape = TRUE;
  kutip_tagset_draft_end (self);
  return TRUE;
}

gboolean
kutip_tagset_draft_undo (KutipTagsetDraft *self)
{
  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), FALSE);

  return step (self, self->past, self->future);
}

gboolean
kutip_tagset_draft_redo (KutipTagsetDraft *self)
{
  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), FALSE);

  return step (self, self->future, self->past);
}

gboolean
kutip_tagset_draft_can_undo (KutipTagsetDraft *self)
{
  return self->past->len > 0;
}

gboolean
kutip_tagset_draft_can_redo (KutipTagsetDraft *self)
{
  return self->future->len > 0;
}

gboolean
kutip_tagset_draft_is_modified (KutipTagsetDraft *self)
{
  return self->past->len > 0;
}

KutipTagsetDraft *
kutip_tagset_draft_new (KutipTagset *in_effect, const char *guidelines)
{
  KutipTagsetDraft *self;

  g_return_val_if_fail (KUTIP_IS_TAGSET (in_effect), NULL);

  self = g_object_new (KUTIP_TYPE_TAGSET_DRAFT, NULL);
  self->base = g_object_ref (in_effect);
  self->state = kutip_draft_state_new ();
  kutip_tagset_draft_take (self, in_effect, guidelines);
  return self;
}
