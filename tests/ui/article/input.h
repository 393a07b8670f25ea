/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Real keys and mouse events, which come back through the X server while these functions
 * run the main loop. Places are in coordinates of @widget. */

/* As xdotool names them: "ctrl+End". */
void press_keys (const char *keys);
void click_at (GtkWidget *widget, double x, double y, guint n_clicks);
/* With @modifier (NULL for none) held down. */
void sweep (
    GtkWidget *widget, double x1, double y1, double x2, double y2, const char *modifier);
void move_pointer (GtkWidget *widget, double x, double y);
/* The left one; it stays down. */
void press_button (GtkWidget *widget, double x, double y);
/* Without the main loop, so that the release waits to be read. */
void release_button_unheard (void);
void turn_wheel (GtkWidget *widget, gboolean down, guint n);

/* Runs the main loop until all is done that is to be done, and that has been painted. */
void settle (GtkWidget *widget);

G_END_DECLS
