/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The shortcuts window as GtkBuilder reads it: made from the table of commands, with the
 * label keys of @tagset (may be NULL). The object is called "shortcuts". */
char *kutip_shortcuts_describe (KutipTagset *tagset);
/* @parent may be NULL. */
void kutip_shortcuts_present (GtkWindow *parent, KutipTagset *tagset);

G_END_DECLS
