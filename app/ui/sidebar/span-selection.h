/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"
#include "ui/sidebar/span-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_SPAN_SELECTION (kutip_span_selection_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipSpanSelection, kutip_span_selection, KUTIP, SPAN_SELECTION, GObject)

/* A GtkSelectionModel over a KutipSpanModel whose one selected item is the annotator's
 * current span. There is no second copy of the selection that could differ: selecting an
 * item asks the annotator to make it current, and what is selected follows the annotator.
 * While a link is being drawn, selecting does nothing, so that the arrow keys make no
 * links. */

KutipSpanSelection *kutip_span_selection_new (KutipSpanModel *model);
void kutip_span_selection_set_annotator (KutipSpanSelection *self,
                                         KutipAnnotator *annotator);
KutipAnnotator *kutip_span_selection_get_annotator (KutipSpanSelection *self);
/* FALSE when nothing is selected, or the filter hides it. */
gboolean kutip_span_selection_get_selected (KutipSpanSelection *self, guint *position);

G_END_DECLS
