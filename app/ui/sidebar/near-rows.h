/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GtkListView makes, measures and draws 200 rows for the 15 that a reader sees: a row
 * that draws itself has something to do only when it is near what is seen. */

/* When @row, a list item's child, is to be drawn: whether it lies in what is seen of the
 * list, or not farther away than that is high. */
gboolean kutip_near_rows_should_draw (GtkWidget *row);

/* Lets the rows of a list, which @scrolled holds, be drawn when they come near what is
 * seen. */
void kutip_near_rows_follow (GtkListView *list, GtkScrolledWindow *scrolled);

G_END_DECLS
