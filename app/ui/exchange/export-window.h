/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/preferences.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_EXPORT_WINDOW (kutip_export_window_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipExportWindow, kutip_export_window, KUTIP, EXPORT_WINDOW, AdwWindow)

/* Asks for a format and what belongs to it, then exports the article, or all articles,
 * these as a dataset, too. @preferences say whose layers "only mine" are, and keep the
 * options of the last time. */
KutipExportWindow *kutip_export_window_new (GtkWindow *parent,
                                            KutipPreferences *preferences);
/* Either may be NULL. @files: what "all articles" are where they are no folder. */
void kutip_export_window_set_place (KutipExportWindow *self,
                                    GFile *article,
                                    GFile *folder,
                                    GPtrArray *files);

G_END_DECLS
