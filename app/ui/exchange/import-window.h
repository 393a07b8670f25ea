/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/preferences.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_IMPORT_WINDOW (kutip_import_window_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipImportWindow, kutip_import_window, KUTIP, IMPORT_WINDOW, AdwWindow)

/* Asks for another tool's files, and turns them into articles with sidecars in a folder.
 * @preferences keep the options of the last time. Signal "open" (GFile *): a person wants
 * to see that folder. */
KutipImportWindow *kutip_import_window_new (GtkWindow *parent,
                                            KutipPreferences *preferences);

G_END_DECLS
