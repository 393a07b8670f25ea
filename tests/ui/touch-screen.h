/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Real fingers on real windows: gtk4-broadwayd serves the windows of this process as a
 * page, and this is the browser that shows it on a touch screen. The X server knows no
 * fingers that a test could move. Functions run the main loop while they wait. Places are
 * in coordinates of @widget. */

/* Before GTK is initialized. @width and @height: the screen's. */
void touch_screen_open (int width, int height);
void touch_screen_close (void);

/* Each returns once the program has heard of it. One finger at a time. */
void finger_down (GtkWidget *widget, double x, double y);
void finger_move (GtkWidget *widget, double x, double y);
void finger_up (void);

/* Down and up again. */
void finger_tap (GtkWidget *widget, double x, double y);
/* From the first place to the second in steps, each as fast as the last; not lifted. */
void finger_drag (GtkWidget *widget, double x1, double y1, double x2, double y2);

G_END_DECLS
