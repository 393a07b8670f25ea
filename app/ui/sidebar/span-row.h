/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator.h"
#include "ui/sidebar/span-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_SPAN_ROW (kutip_span_row_get_type ())
G_DECLARE_FINAL_TYPE (KutipSpanRow, kutip_span_row, KUTIP, SPAN_ROW, GtkWidget)

/* A row of the list: the label's badge and title, the words on one line, and small signs
 * for what a reader should know of the span. Follows its item. It draws all of that
 * itself, and only when it is near what is seen: GtkListView fills, measures and draws
 * 200 rows for the 15 that a reader sees. */
GtkWidget *kutip_span_row_new (void);
/* Both NULL: unbound. */
void kutip_span_row_bind (KutipSpanRow *self,
                          KutipAnnotator *annotator,
                          KutipSpanItem *item);
/* To be called after scrolling: draws itself if it was too far away before. */
void kutip_span_row_come_near (KutipSpanRow *self);

G_END_DECLS
