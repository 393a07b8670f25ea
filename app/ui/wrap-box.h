/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_WRAP_BOX (kutip_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (KutipWrapBox, kutip_wrap_box, KUTIP, WRAP_BOX, GtkWidget)

/* A row of widgets that goes on below where it has no more room, so that it is as narrow
 * as the widest of them. What is to expand gets by with its least width, and then has
 * what is left of its row. For .ui files.
 *
 * Properties: "spacing" (int): pixels between two widgets, and between two rows. */

G_END_DECLS
