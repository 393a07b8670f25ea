/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"
#include "ui/review/finding-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_REVIEW_CARD (kutip_review_card_get_type ())
G_DECLARE_FINAL_TYPE (KutipReviewCard, kutip_review_card, KUTIP, REVIEW_CARD, GtkWidget)

/* One span that the article's change has to do with: what it said, what it says now with
 * the differences marked, and buttons for what can be done about it. */
GtkWidget *kutip_review_card_new (void);
/* Both NULL: nothing. */
void kutip_review_card_bind (KutipReviewCard *self,
                             KutipAnnotator *annotator,
                             KutipFindingItem *item);

G_END_DECLS
