/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/draft-item.h"
#include "model/migration.h"

G_BEGIN_DECLS

/* What was said of a removed term. */
typedef struct
{
  KutipTerm term;
  char *attribute; /* by its old name */
  char *from;
  KutipFate fate;
  guint to_id;    /* of a label, attribute or relation */
  char *to_value; /* of a value */
} KutipDraftFate;

/* A whole draft at one time. Items and fates are shared between states, and not changed,
 * but for those that kutip_draft_state_own() has given out. */
typedef struct
{
  GPtrArray *items[KUTIP_DRAFT_N_KINDS]; /* of boxes: kutip_draft_state_peek() */
  GPtrArray *fates;                      /* of KutipDraftFate */
} KutipDraftState;

KutipDraftState *kutip_draft_state_new (void);
KutipDraftState *kutip_draft_state_copy (KutipDraftState *state);
void kutip_draft_state_free (gpointer data);

KutipDraftItem *kutip_draft_state_peek (GPtrArray *boxes, guint i);
gboolean kutip_draft_state_locate (KutipDraftState *state,
                                   guint id,
                                   GPtrArray **boxes,
                                   guint *at);
/* The id of the item of that name, or 0. */
guint kutip_draft_state_find (KutipDraftState *state,
                              KutipDraftKind kind,
                              const char *name);
/* Takes the item. */
void kutip_draft_state_add (KutipDraftState *self, KutipDraftItem *item);
/* The item as one that no other state has, so that it can be changed. */
KutipDraftItem *kutip_draft_state_own (KutipDraftState *self, guint id);
/* Takes the strings. The last word on a term holds. */
void kutip_draft_state_put_fate (KutipDraftState *self, KutipDraftFate fate);

G_END_DECLS
