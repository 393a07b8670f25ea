/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ATTRIBUTION_BAR (kutip_attribution_bar_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipAttributionBar, kutip_attribution_bar, KUTIP, ATTRIBUTION_BAR, GtkWidget)

/* A line above the status bar while an attribution is open: what is still missing in it.
 */
void kutip_attribution_bar_set_annotator (KutipAttributionBar *self,
                                          KutipAnnotator *annotator);

G_END_DECLS
