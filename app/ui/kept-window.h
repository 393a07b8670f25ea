/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A window that asks something stays with its parent, hidden, until the same is asked
 * again: making it anew takes a third of the frame in which it is shown. It goes with its
 * parent. @name tells what it asks. */

/* Hides it; destroys it when it has no parent (gtk_window_set_transient_for()) any more,
 * or that has another of the name. The window has to forget what it was about. */
void kutip_kept_window_keep (GtkWindow *window, const char *name);
/* Hides it; once that is painted, destroys it and keeps a new one of its type: for what
 * has too much to forget. Each takes part of a frame, and a key may come between. */
void kutip_kept_window_renew (GtkWindow *window, const char *name);
/* NULL: none is kept. It is the caller's to show. */
GtkWindow *kutip_kept_window_take (GtkWindow *parent, const char *name);
/* A new one of @type where none is kept; @parent may be NULL then. */
gpointer kutip_kept_window_obtain (GtkWindow *parent, const char *name, GType type);

G_END_DECLS
