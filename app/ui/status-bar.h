/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_STATUS_BAR (kutip_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (KutipStatusBar, kutip_status_bar, KUTIP, STATUS_BAR, GtkWidget)

/* Below the article: the labels and their keys (while linking: how to choose the target),
 * how much is marked and left to do, and whether the article is done. Its buttons name
 * actions.
 *
 * Properties: "annotator" (KutipAnnotator, nullable), "narrow" (gboolean: in two rows).
 */
GtkWidget *kutip_status_bar_new (void);
void kutip_status_bar_set_annotator (KutipStatusBar *self, KutipAnnotator *annotator);
/* The window is @width pixels wide: in two rows where one has no room for the labels. */
void kutip_status_bar_fit (KutipStatusBar *self, int width);

G_END_DECLS
