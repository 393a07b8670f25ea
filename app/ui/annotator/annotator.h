/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/annotate.h"
#include "model/check.h"
#include "store/save.h"
#include "text/segment.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_ANNOTATOR (kutip_annotator_get_type ())
G_DECLARE_FINAL_TYPE (KutipAnnotator, kutip_annotator, KUTIP, ANNOTATOR, GObject)

/* What a person is doing in one open article: which stretch is selected, which span is
 * current, from which span a link is being drawn. The article view, the list, the card
 * and the status bar all read it and send their commands to it, so that they stay in
 * step; it knows no widget.
 *
 * Properties: "document" (read-only), "selection-start", "selection-end" (guint, code
 * points; equal: a caret), "current" (KutipSpan, NULL when none; follows the span as it
 * changes), "linking" (gboolean, read-only: the next span picked becomes the target),
 * "link-relation" (string or NULL, read-only), "link-candidate" (KutipSpan or NULL,
 * read-only), "relation" (read-only: the link at hand), "choosing" (gboolean, read-only:
 * kinds of links are to choose from), "n-findings" (guint, read-only). The annotator
 * moves the caret too (next span, a click in the list, after marking): the article view
 * follows notify::selection-start and -end. Signals: "changed" (KutipChange *): the
 * document changed; redraw what the edits touch. "reveal" (guint start, guint end): bring
 * this stretch of text into view. "message" (const char *text, gboolean undoable):
 * something to tell in passing (a toast). */

/* Takes references to what it needs of @opened, which stays the caller's, and starts a
 * saver that keeps the document safe; without a sidecar_file in @opened there is no
 * saver, and nothing is written. */
KutipAnnotator *kutip_annotator_new (KutipOpened *opened);
KutipDocument *kutip_annotator_get_document (KutipAnnotator *self);
KutipSaver *kutip_annotator_get_saver (KutipAnnotator *self);
KutipCheck *kutip_annotator_get_check (KutipAnnotator *self);

KutipRange kutip_annotator_get_selection (KutipAnnotator *self);
/* From the article view, as the user selects or moves the caret. With @pick the span at
 * the caret becomes current: the shortest one there, or stays if the current one is there
 * too; a selection that is not empty picks only a span that it covers exactly, else none.
 * While linking @pick does nothing, so that a caret passing over spans makes no links: a
 * click calls kutip_annotator_set_current(). */
void kutip_annotator_set_selection (KutipAnnotator *self,
                                    guint start,
                                    guint end,
                                    gboolean pick);

KutipSpan *kutip_annotator_get_current (KutipAnnotator *self);
/* NULL: none. With @reveal the caret moves into it and the article view scrolls to it.
 * While linking, picking a span makes the link, and the span that the link comes from
 * stays current. The span of that id is meant, as it is now; nothing happens when it is
 * gone: a list may show it still. */
void kutip_annotator_set_current (KutipAnnotator *self, KutipSpan *span, gboolean reveal);

/* Marks the selection (snapped by the view already); a caret alone marks the word there.
 * The new span is current afterwards, with the caret at its end. What is marked so
 * already becomes current instead. With no selection and a current span under the caret
 * of another label: still a new mark, never a silent relabelling. */
void kutip_annotator_mark (KutipAnnotator *self, const char *label);
/* The same, but right after a mark, with the caret at its end still, it goes on: the same
 * label takes the next word of the sentence into the mark, another one is for that word
 * alone. */
void kutip_annotator_mark_on (KutipAnnotator *self, const char *label);
/* Marks what is left of the sentence from the caret on (the word it stands in included),
 * or from the start of the selection: without the punctuation at its ends. */
void kutip_annotator_mark_rest (KutipAnnotator *self, const char *label);
void kutip_annotator_set_label (KutipAnnotator *self, const char *label);
void kutip_annotator_remove_current (KutipAnnotator *self);
/* A change of very many annotations (annotator-bulk.c): @func works on the document it is
 * given and may take its time; it runs in a thread when @n, how many there are about, is
 * not small. All of it is then taken over in one step, unless it failed or was stopped.
 * Until then "busy" (gboolean, read-only, notifies) is TRUE, and other changes are
 * refused. @done, then free_data, in the main thread. @title is for people. */
typedef gboolean (*KutipBulkFunc) (KutipDocument *document,
                                   gpointer data,
                                   GError **error);
typedef void (*KutipBulkDone) (KutipAnnotator *self, const GError *error, gpointer data);
void kutip_annotator_run (KutipAnnotator *self,
                          const char *title,
                          guint n,
                          KutipBulkFunc func,
                          KutipBulkDone done,
                          gpointer data,
                          GDestroyNotify free_data);
gboolean kutip_annotator_is_busy (KutipAnnotator *self);
/* From 0 to 1. */
double kutip_annotator_get_progress (KutipAnnotator *self);
/* Nothing of it is done then. */
void kutip_annotator_stop (KutipAnnotator *self);
/* While something is under way undoing stops it; while that is undoing or redoing, this
 * is done after it. */
void kutip_annotator_undo (KutipAnnotator *self);
void kutip_annotator_redo (KutipAnnotator *self);

/* Linking: from the current span; then the target by click, or by keys (next, previous,
 * Enter). The nearest allowed target is proposed at once. @relation NULL: whatever the
 * tag set allows between the two, if need be from the target to the current span; where
 * it allows several kinds, the person is asked (see "choosing"). */
void kutip_annotator_start_link (KutipAnnotator *self, const char *relation);
void kutip_annotator_cancel_link (KutipAnnotator *self);
gboolean kutip_annotator_is_linking (KutipAnnotator *self);
KutipSpan *kutip_annotator_get_link_from (KutipAnnotator *self);
/* Whether the tag set allows @span as the target of the link being drawn. */
gboolean kutip_annotator_is_link_target (KutipAnnotator *self, KutipSpan *span);
/* The target proposed by the keys, or NULL. */
KutipSpan *kutip_annotator_get_link_candidate (KutipAnnotator *self);
void kutip_annotator_step_link_candidate (KutipAnnotator *self, gboolean forward);
void kutip_annotator_accept_link_candidate (KutipAnnotator *self);

/* A kind that a link may be of. */
typedef struct
{
  const KutipRelationType *type; /* belongs to the tag set */
  gboolean reversed;             /* … and leading the other way */
  gunichar key;                  /* no two choices have the same; 0: none is left */
} KutipLinkChoice;

/* The kinds that a new link between the two may be of (KutipLinkChoice). */
GArray *kutip_annotator_list_link_choices (KutipAnnotator *self,
                                           KutipSpan *from,
                                           KutipSpan *to);
/* What is to choose from, for a new link or for the one at hand; NULL: nothing. Borrowed
 * (KutipLinkChoice). */
GArray *kutip_annotator_get_choices (KutipAnnotator *self);
/* One of the two spans that are or will be linked; may have gone: NULL. */
KutipSpan *kutip_annotator_get_choice_end (KutipAnnotator *self, gboolean from);
void kutip_annotator_choose (KutipAnnotator *self, guint nth);
void kutip_annotator_cancel_choice (KutipAnnotator *self);

/* The links of the current span (annotator-relation.c). One is at hand: the one that was
 * made, followed or chosen last, else the first; NULL when there is none. */
KutipRelation *kutip_annotator_get_relation (KutipAnnotator *self);
void kutip_annotator_set_relation (KutipAnnotator *self, KutipRelation *relation);
/* Takes the next of the current span's links in hand. */
void kutip_annotator_step_relation (KutipAnnotator *self);
/* To the other end of the link at hand, and back. */
void kutip_annotator_follow_relation (KutipAnnotator *self);
/* Has the person choose another kind for the link at hand. */
void kutip_annotator_start_choice (KutipAnnotator *self);
void kutip_annotator_reverse_relation (KutipAnnotator *self);
void kutip_annotator_remove_relation (KutipAnnotator *self);
void kutip_annotator_unlink (KutipAnnotator *self, KutipRelation *relation);

/* Attributions (annotator-attribution.c): a content, such as a quote, with its sources
 * and its cue. Marking a content opens its attribution; while it is open, the next source
 * or cue that is marked is linked to it, in the same undo step. The property
 * "attribution" (KutipSpan, the content, or NULL) is read-only and is notified too when
 * what belongs to it changes. */
KutipSpan *kutip_annotator_get_attribution (KutipAnnotator *self);
/* Of the current span: its own, or the one it takes part in. */
void kutip_annotator_open_attribution (KutipAnnotator *self);
void kutip_annotator_close_attribution (KutipAnnotator *self);
/* Whether @span (or NULL) could be linked into the open attribution; and the current one
 * is. */
gboolean kutip_annotator_may_join (KutipAnnotator *self, KutipSpan *span);
void kutip_annotator_join_attribution (KutipAnnotator *self);
/* A sentence for people on what is missing in the open attribution; NULL when none is.
 * Free with g_free(). */
char *kutip_annotator_describe_attribution (KutipAnnotator *self);

/* The current span's extent: moves an edge of its piece at the caret, or of the one that
 * is nearest, to the next or previous border of @unit. */
void kutip_annotator_move_edge (KutipAnnotator *self,
                                gboolean end_edge,
                                KutipUnit unit,
                                gboolean forward);
/* An edge of a piece of the current span is being dragged to @offset: to the nearest
 * border of a character or a word there, or so that it takes in the sentence there, and
 * never over the piece's other edge. What the span would be then is its draft ("draft",
 * KutipSpan or NULL, read-only); only the end of the drag makes it so, or forgets it. */
void kutip_annotator_drag_edge (
    KutipAnnotator *self, guint piece, gboolean at_end, guint offset, KutipUnit unit);
void kutip_annotator_end_drag (KutipAnnotator *self, gboolean apply);
KutipSpan *kutip_annotator_get_draft (KutipAnnotator *self);
/* The selection, or with none the rest of the sentence, becomes a piece of the current
 * span, or of the one that was last; the piece at the caret goes. */
void kutip_annotator_add_piece (KutipAnnotator *self);
/* Whether there are a span and a selection for it. */
gboolean kutip_annotator_can_add_piece (KutipAnnotator *self);
void kutip_annotator_remove_piece (KutipAnnotator *self);
/* At the caret; with the next span of the same label; as a second span of another label.
 */
void kutip_annotator_split (KutipAnnotator *self);
void kutip_annotator_merge (KutipAnnotator *self);
void kutip_annotator_duplicate (KutipAnnotator *self, const char *label);

/* Moving between spans, from the caret; wraps around. */
void kutip_annotator_go_to_next_span (KutipAnnotator *self, gboolean forward);
/* … of the same label as the current one. */
void kutip_annotator_go_to_next_alike (KutipAnnotator *self, gboolean forward);
/* Through the spans that lie on top of one another at the caret. */
void kutip_annotator_cycle_at_caret (KutipAnnotator *self);
void kutip_annotator_go_to_next_finding (KutipAnnotator *self, gboolean forward);

/* Shows the error of a kutip_annotate_… call as a message; for forms. @error is borrowed.
 */
void kutip_annotator_report (KutipAnnotator *self, const GError *error);

G_END_DECLS
