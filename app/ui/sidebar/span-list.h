/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"
#include "ui/sidebar/span-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_SPAN_LIST (kutip_span_list_get_type ())
G_DECLARE_FINAL_TYPE (KutipSpanList, kutip_span_list, KUTIP, SPAN_LIST, GtkWidget)

/* All spans of the article in order, with a filter by label and by words. The selected
 * row is the annotator's current span.
 *
 * Property "annotator" (KutipAnnotator, nullable). */
GtkWidget *kutip_span_list_new (void);
void kutip_span_list_set_annotator (KutipSpanList *self, KutipAnnotator *annotator);
KutipAnnotator *kutip_span_list_get_annotator (KutipSpanList *self);
/* What is shown; belongs to the list. */
KutipSpanModel *kutip_span_list_get_model (KutipSpanList *self);

/* For keys: into the filter, and into the list. */
gboolean kutip_span_list_focus_filter (KutipSpanList *self);
gboolean kutip_span_list_focus_rows (KutipSpanList *self);

G_END_DECLS
