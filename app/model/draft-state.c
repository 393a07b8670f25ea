/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/draft-state.h"

static void
clear_item (gpointer data)
{
  KutipDraftItem *item = *(KutipDraftItem **) data;

  kutip_draft_item_free (item);
}

/* Items are in boxes, so that states can share them. */
typedef KutipDraftItem *Box;

static Box *
box (KutipDraftItem *item)
{
  Box *self = g_rc_box_new (Box);

  *self = item;
  return self;
}

static void
release_box (gpointer self)
{
  g_rc_box_release_full (self, clear_item);
}

KutipDraftItem *
kutip_draft_state_peek (GPtrArray *boxes, guint i)
{
  return *(Box *) g_ptr_array_index (boxes, i);
}

static void
clear_fate (gpointer data)
{
  KutipDraftFate *fate = data;

  g_free (fate->attribute);
  g_free (fate->from);
  g_free (fate->to_value);
}

static void
release_fate (gpointer fate)
{
  g_rc_box_release_full (fate, clear_fate);
}

KutipDraftState *
kutip_draft_state_new (void)
{
  KutipDraftState *self = g_new (KutipDraftState, 1);

  for (guint i = 0; i < KUTIP_DRAFT_N_KINDS; i++)
    self->items[i] = g_ptr_array_new_with_free_func (release_box);
  self->fates = g_ptr_array_new_with_free_func (release_fate);
  return self;
}

KutipDraftState *
kutip_draft_state_copy (KutipDraftState *state)
{
  KutipDraftState *self = kutip_draft_state_new ();

  for (guint kind = 0; kind < KUTIP_DRAFT_N_KINDS; kind++)
    for (guint i = 0; i < state->items[kind]->len; i++)
      g_ptr_array_add (self->items[kind],
                       g_rc_box_acquire (g_ptr_array_index (state->items[kind], i)));
  for (guint i = 0; i < state->fates->len; i++)
    g_ptr_array_add (self->fates, g_rc_box_acquire (g_ptr_array_index (state->fates, i)));
  return self;
}

void
kutip_draft_state_free (gpointer data)
{
  KutipDraftState *self = data;

  for (guint i = 0; i < KUTIP_DRAFT_N_KINDS; i++)
    g_ptr_array_unref (self->items[i]);
  g_ptr_array_unref (self->fates);
  g_free (self);
}

gboolean
kutip_draft_state_locate (KutipDraftState *state, guint id, GPtrArray **boxes, guint *at)
{
  for (guint kind = 0; kind < KUTIP_DRAFT_N_KINDS; kind++)
    for (guint i = 0; i < state->items[kind]->len; i++)
      if (kutip_draft_state_peek (state->items[kind], i)->id == id)
        {
          *boxes = state->items[kind];
          *at = i;
          return TRUE;
        }
  return FALSE;
}

guint
kutip_draft_state_find (KutipDraftState *state, KutipDraftKind kind, const char *name)
{
  for (guint i = 0; i < state->items[kind]->len; i++)
    if (g_str_equal (kutip_draft_state_peek (state->items[kind], i)->name, name))
      return kutip_draft_state_peek (state->items[kind], i)->id;
  return 0;
}

/* Takes @fate's strings. The last word on a term holds. */
void
kutip_draft_state_put_fate (KutipDraftState *self, KutipDraftFate fate)
{
  GPtrArray *fates = self->fates;
  KutipDraftFate *own = g_rc_box_dup (sizeof fate, &fate);

  for (guint i = 0; i < fates->len; i++)
    {
      const KutipDraftFate *other = g_ptr_array_index (fates, i);

      if (other->term == fate.term && g_strcmp0 (other->attribute, fate.attribute) == 0 &&
          g_str_equal (other->from, fate.from))
        {
          g_ptr_array_remove_index (fates, i);
          break;
        }
    }
  g_ptr_array_add (fates, own);
}

KutipDraftItem *
kutip_draft_state_own (KutipDraftState *self, guint id)
{
  GPtrArray *boxes = NULL;
  guint at = 0;
  Box *own;

  g_return_val_if_fail (kutip_draft_state_locate (self, id, &boxes, &at), NULL);

  own = box (kutip_draft_item_copy (kutip_draft_state_peek (boxes, at)));
  release_box (g_ptr_array_index (boxes, at));
  g_ptr_array_index (boxes, at) = own;
  return *own;
}

void
kutip_draft_state_add (KutipDraftState *self, KutipDraftItem *item)
{
  g_ptr_array_add (self->items[item->kind], box (item));
}
