/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/label/label-look.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_LABEL_BADGE (kutip_label_badge_get_type ())
G_DECLARE_FINAL_TYPE (KutipLabelBadge, kutip_label_badge, KUTIP, LABEL_BADGE, GtkWidget)

/* A label's letter on its colour, as big as a line of text: a picture of the label beside
 * words. It is presentation only, so what stands beside it must name the label. */
GtkWidget *kutip_label_badge_new (void);
/* NULL: an empty place of the same size. The badge copies what it shows. */
void kutip_label_badge_set_look (KutipLabelBadge *self, const KutipLabelLook *look);

/* For widgets that draw by themselves: a badge of @side pixels, at the origin. */
void kutip_label_badge_draw (GtkSnapshot *snapshot,
                             PangoContext *context,
                             const KutipLabelLook *look,
                             int side);

/* The line around it: @color itself where that stands out from the window, or as little
 * darker or lighter as does. */
GdkRGBA kutip_label_badge_get_edge (const GdkRGBA *color,
                                    gboolean dark,
                                    gboolean high_contrast);

G_END_DECLS
