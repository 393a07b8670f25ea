/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_RELATION_LIST (kutip_relation_list_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipRelationList, kutip_relation_list, KUTIP, RELATION_LIST, GtkWidget)

/* The links of a span as rows of a form: those to other spans by kind, those that are
 * still missing, those from other spans; and a button to add one. */

/* @titles: shared with the other rows of the form. */
GtkWidget *kutip_relation_list_new (GtkSizeGroup *titles);
/* Shows what there is now. Rows are made anew only when there are other links than
 * before. @taken: mnemonics used elsewhere in the form. */
void kutip_relation_list_show (KutipRelationList *self,
                               KutipAnnotator *annotator,
                               KutipSpan *span,
                               GArray *taken);
/* Shows the form of the link at hand and moves the focus there. FALSE when there is none.
 */
gboolean kutip_relation_list_open (KutipRelationList *self);
/* Applies what has been written and not applied yet; not in the middle of a change. */
void kutip_relation_list_commit (KutipRelationList *self);

G_END_DECLS
