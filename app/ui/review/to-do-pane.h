/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"
#include "ui/review/finding-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_TO_DO_PANE (kutip_to_do_pane_get_type ())
G_DECLARE_FINAL_TYPE (KutipToDoPane, kutip_to_do_pane, KUTIP, TO_DO_PANE, GtkWidget)

/* What is left to do in the article: a list that leads to each, kept up to date as one
 * works. Moving to a row shows its span in the article; the signal "fix"
 * (KutipFindingItem *) asks to open what mends it. */
GtkWidget *kutip_to_do_pane_new (void);
void kutip_to_do_pane_set_annotator (KutipToDoPane *self, KutipAnnotator *annotator);
/* FALSE when nothing is left to do. */
gboolean kutip_to_do_pane_focus (KutipToDoPane *self);

G_END_DECLS
