/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"
#include "ui/review/finding-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_FINDING_LIST (kutip_finding_list_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipFindingList, kutip_finding_list, KUTIP, FINDING_LIST, GtkWidget)

/* The findings of a document as rows, under toggles that filter them by kind.
 *
 * Signals: "chosen" (KutipFindingItem *): a person has moved to a row; "activate"
 * (KutipFindingItem *): Enter; "clicked" (KutipFindingItem *), after "chosen";
 * "items-changed": there are others. */

/* @whole: KUTIP_FINDINGS_TO_DO or KUTIP_FINDINGS_TO_REVIEW. */
GtkWidget *kutip_finding_list_new (guint whole, const char *name);
void kutip_finding_list_set_annotator (KutipFindingList *self, KutipAnnotator *annotator);

/* How many rows there are, as they are filtered. */
guint kutip_finding_list_get_n_rows (KutipFindingList *self);
/* Of the row that is selected; GTK_INVALID_LIST_POSITION for none. */
guint kutip_finding_list_get_selected (KutipFindingList *self);
/* Borrowed, or NULL. */
KutipFindingItem *kutip_finding_list_get_selected_item (KutipFindingList *self);
/* Selects and shows the row; nothing is emitted. GTK_INVALID_LIST_POSITION: none. */
void kutip_finding_list_select (KutipFindingList *self, guint position);
/* The row of that span or relation. With @unfiltered all kinds are shown if need be.
 * FALSE when there is none. */
gboolean kutip_finding_list_select_id (KutipFindingList *self,
                                       const char *id,
                                       gboolean unfiltered);
gboolean kutip_finding_list_focus (KutipFindingList *self);

G_END_DECLS
