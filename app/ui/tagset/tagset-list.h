/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_TAGSET_LIST (kutip_tagset_list_get_type ())
G_DECLARE_FINAL_TYPE (KutipTagsetList, kutip_tagset_list, KUTIP, TAGSET_LIST, GtkWidget)

/* All items of a draft, to choose from: the tag set itself, its labels, attributes and
 * relations, each group with a button for the action editor.add-kind of the window.
 *
 * Property "selected" (guint, an item's id; notifies). Signal "activated": a row was
 * chosen on purpose, so that the form may take the focus. */
void kutip_tagset_list_set_draft (KutipTagsetList *self, KutipTagsetDraft *draft);
guint kutip_tagset_list_get_selected (KutipTagsetList *self);
void kutip_tagset_list_select (KutipTagsetList *self, guint id);
void kutip_tagset_list_focus (KutipTagsetList *self);
/* Of KutipDraftProblem: their items are marked. */
void kutip_tagset_list_show_problems (KutipTagsetList *self, GPtrArray *problems);
/* What changes from now on is told at once, but shown when it is next asked for: the form
 * of what is selected comes in one frame, the list in the next. */
void kutip_tagset_list_hold (KutipTagsetList *self);
/* FALSE: it was shown already. */
gboolean kutip_tagset_list_catch_up (KutipTagsetList *self);
void kutip_tagset_list_add (KutipTagsetList *self, KutipDraftKind kind);

G_END_DECLS
