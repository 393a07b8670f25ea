/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_OPEN_MENU (kutip_open_menu_get_type ())
G_DECLARE_FINAL_TYPE (KutipOpenMenu, kutip_open_menu, KUTIP, OPEN_MENU, GtkPopover)

/* What may be opened: an article, a folder, what was open lately. Its rows name actions;
 * a recent file is the target of win.open-uri. */
GtkWidget *kutip_open_menu_new (void);

/* Remembers that @file was opened. */
void kutip_open_menu_remember (GFile *file, gboolean is_folder);

G_END_DECLS
