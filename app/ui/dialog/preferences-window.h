/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/preferences.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_PREFERENCES_WINDOW (kutip_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (KutipPreferencesWindow,
                      kutip_preferences_window,
                      KUTIP,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/* Closed, it stays with its parent (ui/kept-window.h). @parent may be NULL. */
void kutip_preferences_window_present (GtkWindow *parent, KutipPreferences *preferences);

G_END_DECLS
