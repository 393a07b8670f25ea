/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Widgets inside others, as a person finds them: by kind and by what they say. All look
 * through the whole tree, in order, at widgets that are to be seen. */

/* The nth (from 0) of that type, or NULL. */
GtkWidget *find_widget (GtkWidget *root, GType type, guint nth);
/* One of that type with a label in it (or that is one) that says @text; mnemonics do not
 * count. */
GtkWidget *find_saying (GtkWidget *root, GType type, const char *text);
/* The button with that tooltip. */
GtkWidget *find_tooltip (GtkWidget *root, const char *tooltip);
guint count_widgets (GtkWidget *root, GType type);

/* Lets all that is due happen: idle work, layout, drawing. */
void settle (GtkWidget *widget);

G_END_DECLS
