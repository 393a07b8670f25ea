/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"
#include "ui/review/finding-item.h"
#include "ui/sidebar/drawn-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_FINDING_ROW (kutip_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipFindingRow, kutip_finding_row, KUTIP, FINDING_ROW, KutipDrawnRow)

/* A row of a list of findings: the span's words, under them what is the matter as a
 * picture and in words, and how far into the article it stands. Follows its item.
 *
 * Signal "clicked": with the mouse, unlike a row's activation by its key. */
GtkWidget *kutip_finding_row_new (void);
/* The same again, as GtkListView binds a row whenever it is selected, costs nothing. A
 * row is unbound by its end. */
void kutip_finding_row_bind (KutipFindingRow *self,
                             KutipAnnotator *annotator,
                             KutipFindingItem *item);
gboolean kutip_finding_row_is_of (KutipFindingRow *self, KutipFindingItem *item);

G_END_DECLS
