/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_SIDE_PANE (kutip_side_pane_get_type ())
G_DECLARE_FINAL_TYPE (KutipSidePane, kutip_side_pane, KUTIP, SIDE_PANE, GtkWidget)

/* A pane beside the text, with an edge that can be dragged.
 *
 * Properties: "child"; "at-end" (gboolean, construct only): on which side of the text it
 * is. Signals: "dragged" (int: the width that is asked for, in pixels) as long as a
 * pointer or a finger drags the edge; "dropped" when it lets go; "reset" at a double
 * click. */

/* How wide it is to be, in pixels, though never narrower than its child can be. 0: as its
 * child would like, or less. */
void kutip_side_pane_set_wanted_width (KutipSidePane *self, int width);
int kutip_side_pane_get_wanted_width (KutipSidePane *self);
GtkWidget *kutip_side_pane_get_child (KutipSidePane *self);

G_END_DECLS
