/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_COUNTS_VIEW (kutip_counts_view_get_type ())
G_DECLARE_FINAL_TYPE (KutipCountsView, kutip_counts_view, KUTIP, COUNTS_VIEW, GtkWidget)

/* How many spans of each label and links of each kind there are; counted while it is
 * seen. */
GtkWidget *kutip_counts_view_new (void);
/* NULL: nothing. */
void kutip_counts_view_set_annotator (KutipCountsView *self, KutipAnnotator *annotator);

G_END_DECLS
