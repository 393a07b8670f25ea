/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/review/review-pane.h"
#include "ui/review/to-do-pane.h"
#include "ui/sidebar/properties-pane.h"
#include "ui/sidebar/span-card.h"
#include "ui/sidebar/span-list.h"
#include "ui/tagset/guidelines-pane.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_SIDEBAR (kutip_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (KutipSidebar, kutip_sidebar, KUTIP, SIDEBAR, GtkWidget)

/* The right pane: the list of annotations above the card of the current one; what is left
 * to do, and the article's properties, as further pages; and a page that is shown when it
 * is asked for, to review what a change of the article has done.
 *
 * Properties: "annotator" (KutipAnnotator, nullable; may be set to another at any time),
 * "page" (string: "annotations", "to-do", "properties", "review" or "guidelines"). */
GtkWidget *kutip_sidebar_new (void);
void kutip_sidebar_set_annotator (KutipSidebar *self, KutipAnnotator *annotator);
KutipAnnotator *kutip_sidebar_get_annotator (KutipSidebar *self);

/* Applies what has been written in a field and not applied yet; before saving and
 * closing. */
void kutip_sidebar_commit (KutipSidebar *self);

void kutip_sidebar_set_page (KutipSidebar *self, const char *page);
const char *kutip_sidebar_get_page (KutipSidebar *self);

/* For keys; each turns to the page first. FALSE when there is nothing to go to. */
gboolean kutip_sidebar_focus_list (KutipSidebar *self);
gboolean kutip_sidebar_focus_filter (KutipSidebar *self);
gboolean kutip_sidebar_focus_note (KutipSidebar *self);
/* The form of the link at hand. */
gboolean kutip_sidebar_focus_link (KutipSidebar *self);
/* From 0. */
gboolean kutip_sidebar_focus_attribute (KutipSidebar *self, guint nth);

KutipSpanList *kutip_sidebar_get_list (KutipSidebar *self);
KutipSpanCard *kutip_sidebar_get_card (KutipSidebar *self);
KutipPropertiesPane *kutip_sidebar_get_properties (KutipSidebar *self);
KutipToDoPane *kutip_sidebar_get_to_do (KutipSidebar *self);
KutipReviewPane *kutip_sidebar_get_review (KutipSidebar *self);
KutipGuidelinesPane *kutip_sidebar_get_guidelines (KutipSidebar *self);

G_END_DECLS
