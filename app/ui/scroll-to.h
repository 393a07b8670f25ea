/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls the scrolled window around @widget, if any, as little as shows all of it; of
 * what is higher than the window, the beginning. @widget has to be laid out. */
void kutip_scroll_to (GtkWidget *widget);

G_END_DECLS
