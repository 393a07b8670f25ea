/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_REVIEW_PANE (kutip_review_pane_get_type ())
G_DECLARE_FINAL_TYPE (KutipReviewPane, kutip_review_pane, KUTIP, REVIEW_PANE, GtkWidget)

/* The spans that an article's change has to do with and that nobody has looked at since:
 * a list, and what became of the one that is chosen. What has been reviewed leaves the
 * list, and the next one is shown in the article.
 *
 * Signals: "chosen" (gboolean enter): a span was shown in the article, and with @enter
 * the keys are to go there; "closed". */
GtkWidget *kutip_review_pane_new (void);
void kutip_review_pane_set_annotator (KutipReviewPane *self, KutipAnnotator *annotator);
/* How many spans stayed where they were; 0: it is not known. */
void kutip_review_pane_set_n_kept (KutipReviewPane *self, guint n_kept);

guint kutip_review_pane_get_n_left (KutipReviewPane *self);
/* The one that is chosen; borrowed, or NULL. */
KutipSpan *kutip_review_pane_get_span (KutipReviewPane *self);
/* Shows the span with that id, or the one that is chosen already or else the first
 * (NULL). */
void kutip_review_pane_go_to (KutipReviewPane *self, const char *id);
/* The next or the previous one, wrapping around. */
void kutip_review_pane_step (KutipReviewPane *self, gboolean forward);
gboolean kutip_review_pane_focus (KutipReviewPane *self);

/* About the one that is chosen; each is one change. */
void kutip_review_pane_confirm (KutipReviewPane *self);
/* On what is selected in the article. */
void kutip_review_pane_place (KutipReviewPane *self);
void kutip_review_pane_delete (KutipReviewPane *self);
/* All whose words were found elsewhere. */
void kutip_review_pane_confirm_moved (KutipReviewPane *self);

G_END_DECLS
