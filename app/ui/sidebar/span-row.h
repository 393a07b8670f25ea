/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"
#include "ui/sidebar/drawn-row.h"
#include "ui/sidebar/span-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_SPAN_ROW (kutip_span_row_get_type ())
G_DECLARE_FINAL_TYPE (KutipSpanRow, kutip_span_row, KUTIP, SPAN_ROW, KutipDrawnRow)

/* A row of the list: the label's badge and title, the words on one line, and small signs
 * for what a reader should know of the span. Follows its item. */
GtkWidget *kutip_span_row_new (void);
/* The same again, as GtkListView binds a row whenever it is selected, costs nothing. A
 * row is unbound by its end. */
void kutip_span_row_bind (KutipSpanRow *self,
                          KutipAnnotator *annotator,
                          KutipSpanItem *item);

G_END_DECLS
