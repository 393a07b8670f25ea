/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All keys on one page that can be searched, made from the table of commands, with the
 * label keys of @tagset (may be NULL). GtkShortcutsWindow of GTK 4.8 is as wide as its
 * widest page, more than most screens with large text, and does not scroll. */
GtkWidget *kutip_shortcuts_new (KutipTagset *tagset);
/* Shows them: those that there is room for, and the others soon after, a few in each
 * frame.
 * @parent may be NULL. */
void kutip_shortcuts_present (GtkWindow *parent, KutipTagset *tagset);

G_END_DECLS
