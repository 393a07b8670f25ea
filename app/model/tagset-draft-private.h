/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/draft-state.h"
#include "model/tagset-draft.h"

G_BEGIN_DECLS

struct _KutipTagsetDraft
{
  GObject parent_instance;
  KutipTagset *base; /* in effect */
  KutipDraftState *state;
  GPtrArray *past, *future; /* of KutipDraftState, the last is next to undo or redo */
  guint last_id;
  guint step_id; /* the edit that the next may go on */
  const char *step_field;
  gboolean shape; /* what the edit under way does */
};

/* The name by which @kind's term was known in the tag set in effect, and is no more. */
typedef void (*KutipDraftTermFunc) (KutipTerm term,
                                    const char *attribute,
                                    const char *from,
                                    const char *to,
                                    gpointer data);
/* Comes by all terms that annotations may have and that are called otherwise now (@to),
 * or are not there any more (@to NULL). */
void kutip_tagset_draft_foreach_term (KutipTagsetDraft *self,
                                      KutipDraftTermFunc func,
                                      gpointer data);
/* Which term annotations have of an item of that kind. */
KutipTerm kutip_draft_term (KutipDraftKind kind);
/* A new item, with an id and nothing else. */
KutipDraftItem *kutip_tagset_draft_add_item (KutipTagsetDraft *self, KutipDraftKind kind);
/* All that @tagset says becomes items of a state that has none yet. */
void kutip_tagset_draft_take (KutipTagsetDraft *self,
                              KutipTagset *tagset,
                              const char *guidelines);

G_END_DECLS
