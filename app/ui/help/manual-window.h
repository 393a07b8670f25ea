/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_MANUAL_WINDOW (kutip_manual_window_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipManualWindow, kutip_manual_window, KUTIP, MANUAL_WINDOW, AdwWindow)

/* The manual, to be read beside the work: its pages, and the way back. One for each
 * window; @parent may be NULL. */
void kutip_manual_window_present (GtkWindow *parent);
/* Goes to "page.md" or "page.md#heading", the present page when only "#heading" is given;
 * FALSE when there is no such page. */
gboolean kutip_manual_window_go_to (KutipManualWindow *self, const char *link);
gboolean kutip_manual_window_go_back (KutipManualWindow *self);
/* For tests. */
const char *kutip_manual_window_get_page (KutipManualWindow *self);

G_END_DECLS
