/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_LINK_CHOOSER (kutip_link_chooser_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipLinkChooser, kutip_link_chooser, KUTIP, LINK_CHOOSER, GtkPopover)

/* A short menu of the kinds that a link may be of, while the annotator has some to choose
 * from: each has a key of its own; a click or the arrow keys and Enter do too. Escape, or
 * a click elsewhere, leaves all as it is. */
GtkWidget *kutip_link_chooser_new (void);
/* @area in coordinates of the parent. */
void kutip_link_chooser_show (KutipLinkChooser *self,
                              KutipAnnotator *annotator,
                              const GdkRectangle *area);

G_END_DECLS
