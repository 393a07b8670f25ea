/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/draft-item.h"
#include "model/migration.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_TAGSET_DRAFT (kutip_tagset_draft_get_type ())
G_DECLARE_FINAL_TYPE (KutipTagsetDraft, kutip_tagset_draft, KUTIP, TAGSET_DRAFT, GObject)

/* A tag set while it is edited, with undo for each step. It remembers what everything was
 * called in the tag set in effect, so that annotations can follow.
 *
 * Signal "changed" (gboolean shape): after each edit, undo and redo; @shape when items
 * came, went, moved or changed their names, not only what one of them says. */

/* Begins with what is in effect. */
KutipTagsetDraft *kutip_tagset_draft_new (KutipTagset *in_effect, const char *guidelines);

/* NULL for an id that is not there. Valid until the next edit. */
const KutipDraftItem *kutip_tagset_draft_get (KutipTagsetDraft *self, guint id);
/* The tag set itself. */
const KutipDraftItem *kutip_tagset_draft_get_root (KutipTagsetDraft *self);
guint kutip_tagset_draft_get_n (KutipTagsetDraft *self, KutipDraftKind kind);
const KutipDraftItem *kutip_tagset_draft_get_nth (KutipTagsetDraft *self,
                                                  KutipDraftKind kind,
                                                  guint i);

/* One edit: begin, change what the item says, end. Edits of the same @field of one item
 * in a row are one step, as when a word is written; with @field NULL each is its own. */
KutipDraftItem *kutip_tagset_draft_begin (KutipTagsetDraft *self,
                                          guint id,
                                          const char *field);
void kutip_tagset_draft_end (KutipTagsetDraft *self);

/* Behind the others of its kind, with a name, and for a label a key and a colour, that
 * none of them has. Returns its id. */
guint kutip_tagset_draft_add (KutipTagsetDraft *self, KutipDraftKind kind);
void kutip_tagset_draft_remove (KutipTagsetDraft *self, guint id);
/* One place up or down; FALSE at the end. */
gboolean kutip_tagset_draft_move (KutipTagsetDraft *self, guint id, gboolean down);
/* Takes the item away; what referred to it, and annotations, go over to @into, of the
 * same kind. */
void kutip_tagset_draft_merge (KutipTagsetDraft *self, guint id, guint into);
/* The values, too: those that @into lacks go over to it. */
void kutip_tagset_draft_merge_values (KutipTagsetDraft *self,
                                      guint id,
                                      guint i,
                                      guint into);
/* All of it becomes what @tagset says; what has the same name is taken for the same. */
void kutip_tagset_draft_replace (KutipTagsetDraft *self,
                                 KutipTagset *tagset,
                                 const char *guidelines);
/* What becomes of annotations whose term was removed; KEEP unless it is said. @to is a
 * present name, with RENAME. */
void kutip_tagset_draft_set_fate (KutipTagsetDraft *self,
                                  const KutipMigrationStep *removed,
                                  KutipFate fate,
                                  const char *to);

gboolean kutip_tagset_draft_undo (KutipTagsetDraft *self);
gboolean kutip_tagset_draft_redo (KutipTagsetDraft *self);
gboolean kutip_tagset_draft_can_undo (KutipTagsetDraft *self);
gboolean kutip_tagset_draft_can_redo (KutipTagsetDraft *self);
/* Whether it is another than it was at the beginning. */
gboolean kutip_tagset_draft_is_modified (KutipTagsetDraft *self);

/* What is wrong with a draft, or might surprise. */
typedef struct
{
  guint id;
  const char *field;   /* "name", "key", "color", "values", "default", "requires" */
  gboolean is_warning; /* it can be saved all the same */
  char *message;       /* a sentence */
} KutipDraftProblem;

void kutip_draft_problem_free (KutipDraftProblem *self);
/* Of KutipDraftProblem, errors of an item before its warnings; owned. */
GPtrArray *kutip_tagset_draft_list_problems (KutipTagsetDraft *self);

/* The tag set, or NULL when there are problems that are no warnings. @guidelines_file:
 * what is written as its guidelines, or NULL. */
KutipTagset *kutip_tagset_draft_build (KutipTagsetDraft *self,
                                       const char *guidelines_file,
                                       GError **error);
/* What annotations need, so that they fit; has no steps when they fit as they are. */
KutipMigration *kutip_tagset_draft_make_migration (KutipTagsetDraft *self);
/* Whether the step is about something that is not there any more, so that its fate is to
 * be chosen. */
gboolean kutip_tagset_draft_is_removed (KutipTagsetDraft *self,
                                        const KutipMigrationStep *step);
/* Whether annotations made with the tag set in effect might not fit. */
gboolean kutip_tagset_draft_is_incompatible (KutipTagsetDraft *self);

/* "1" -> "2", "1.4" -> "2.0", "pilot" -> "pilot-2", "pilot-2" -> "pilot-3", "" -> "2". */
char *kutip_tagset_raise_version (const char *version);

G_END_DECLS
