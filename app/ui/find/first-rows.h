/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As much of @lines as a person can see. A list makes some two hundred rows, on screen or
 * not, and takes longer than a frame to make or to drop them all: so it is given a few
 * at first, one page more than it has room for, and more as it is scrolled; all of them,
 * a few at a time, when it gets the focus or has been scrolled through some two hundred.
 * When @lines is a GtkSortListModel with a sorter, whose order changes, only a few stay
 * until the lines are sorted, unless the view has had the focus.
 * @view (a GtkScrollable) must live longer than the model; owned by the caller. */
GListModel *kutip_first_rows_new (GListModel *lines, GtkWidget *view);

/* Before what has the view is destroyed, and when it is not to be seen any more: takes
 * the rows away, a few at a time, then calls @done; the model must live until then.
 * Further calls, and the list itself, change nothing. */
void kutip_first_rows_take_away (GListModel *rows, GSourceOnceFunc done, gpointer data);

G_END_DECLS
