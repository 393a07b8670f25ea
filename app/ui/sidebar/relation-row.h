/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_RELATION_ROW (kutip_relation_row_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipRelationRow, kutip_relation_row, KUTIP, RELATION_ROW, GtkWidget)

/* One link of a span: the span at its other end, to go there, and a button that removes
 * the link. Signal "details" (gboolean open): its form is wanted, or not any more. */
GtkWidget *kutip_relation_row_new (void);
/* @span is the end from which the link is seen. */
void kutip_relation_row_show (KutipRelationRow *self,
                              KutipAnnotator *annotator,
                              KutipRelation *relation,
                              KutipSpan *span);
/* Whether its form is shown; tells no signal. */
void kutip_relation_row_set_open (KutipRelationRow *self, gboolean open);
/* Whether it is the one that keys are about, of several. */
void kutip_relation_row_set_at_hand (KutipRelationRow *self, gboolean at_hand);
/* What takes the focus. */
GtkWidget *kutip_relation_row_get_target (KutipRelationRow *self);

G_END_DECLS
