/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What gtk_widget_set_tooltip_text() does, without its cost: that asks the display server
 * where the pointer is, each time, and waits for the answer; in a list that is several
 * times a row. Not for a widget that has a tooltip from elsewhere. NULL: none. */
void kutip_tooltip_set (GtkWidget *widget, const char *text);
const char *kutip_tooltip_get (GtkWidget *widget);

G_END_DECLS
