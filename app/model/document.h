/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/article.h"
#include "model/document-error.h"
#include "model/history.h"
#include "model/layer.h"
#include "model/progress.h"
#include "model/tagset.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_DOCUMENT (kutip_document_get_type ())
G_DECLARE_FINAL_TYPE (KutipDocument, kutip_document, KUTIP, DOCUMENT, GObject)

/* An article, its tag set, one layer and the layer's history. Every change goes through
 * kutip_document_apply(), undo and redo.
 *
 * Properties: "tagset" (read-write), "read-only" (read-write), "modified", "can-undo",
 * "can-redo", "undo-title", "redo-title" (read-only, notify). Signal "changed"
 * (KutipChange *change, KutipDirection direction): after each apply, undo and redo, with
 * the edits as they took place (already inverted for undo), so that views update what
 * they must. */

#define KUTIP_TYPE_DIRECTION (kutip_direction_get_type ())
GType kutip_direction_get_type (void) G_GNUC_CONST;

/* What a "changed" came from. */
typedef enum
{
  KUTIP_DIRECTION_DO,
  KUTIP_DIRECTION_UNDO,
  KUTIP_DIRECTION_REDO,
} KutipDirection;

KutipDocument *kutip_document_new (KutipArticle *article,
                                   KutipTagset *tagset,
                                   KutipLayer *layer);
KutipArticle *kutip_document_get_article (KutipDocument *self);
KutipText *kutip_document_get_text (KutipDocument *self);
KutipTagset *kutip_document_get_tagset (KutipDocument *self);
void kutip_document_set_tagset (KutipDocument *self, KutipTagset *tagset);
KutipLayer *kutip_document_get_layer (KutipDocument *self);
KutipHistory *kutip_document_get_history (KutipDocument *self);
gboolean kutip_document_is_read_only (KutipDocument *self);
void kutip_document_set_read_only (KutipDocument *self, gboolean read_only);

/* The only door: checks the whole change first and applies all of it or nothing. A
 * relation whose span the change removes must be removed by the same change. */
gboolean kutip_document_apply (KutipDocument *self, KutipChange *change, GError **error);
/* While a change is being told: what was undone before, and can be done again no more; an
 * array of KutipChange, owned by the caller. NULL when there is none, or it was taken.
 * Left alone, it is freed when all have been told, which takes long where they are very
 * large.
 */
GPtrArray *kutip_document_take_forgotten (KutipDocument *self);
/* FALSE when there is nothing to undo or redo. */
gboolean kutip_document_undo (KutipDocument *self);
gboolean kutip_document_redo (KutipDocument *self);

/* What changes very many things is made in a fork, in another thread, and taken over at
 * once, so that nobody waits for it and nobody sees half of it: a document of its own,
 * with what this one is now; its history is only the last change, and the one to do
 * again. O(1). @progress (may be NULL) is borrowed: it must live longer than the fork. */
KutipDocument *kutip_document_fork (KutipDocument *self, KutipProgress *progress);
/* NULL for what is no fork. */
KutipProgress *kutip_document_get_progress (KutipDocument *self);
/* Takes over the one change, undo or redo that was made in the fork, and tells it as one.
 * FALSE when this document has changed since it was forked. O(1) but for what is done by
 * those who are told. The fork is then only what is to be freed, which takes long: in a
 * thread. */
gboolean kutip_document_join (KutipDocument *self, KutipDocument *fork, GError **error);
/* While a change that was joined is being told: the layer as it was before; else NULL. */
KutipLayer *kutip_document_get_before (KutipDocument *self);
/* While a fork is at work: the change under way, as people call it; all others are
 * refused. NULL: none is. */
void kutip_document_set_busy (KutipDocument *self, const char *title);
const char *kutip_document_get_busy (KutipDocument *self);
/* FALSE with the error of the refusal while it is busy. */
gboolean kutip_document_is_free (KutipDocument *self, GError **error);

/* A stamp of the present state: the same again when undo or redo comes back to it, never
 * the same for two different states. The document is modified when it differs from the
 * one saved. */
guint64 kutip_document_get_state (KutipDocument *self);
/* After a write has succeeded of what the layer was at @state. */
void kutip_document_mark_saved (KutipDocument *self, guint64 state);
gboolean kutip_document_is_modified (KutipDocument *self);

/* For recovery: the history of an earlier run, up to @position of it done; the layer is
 * already in that state. Takes a reference. */
void kutip_document_restore_history (KutipDocument *self, KutipHistory *history);

G_END_DECLS
