/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_PATH_ROW (kutip_path_row_get_type ())
G_DECLARE_FINAL_TYPE (KutipPathRow, kutip_path_row, KUTIP, PATH_ROW, AdwEntryRow)

/* A row for the name of a file or folder, to be typed or chosen. Properties: "kind" (int,
 * a GtkFileChooserAction), "multiple" (gboolean: several may be chosen at once; the first
 * becomes the row's). Signal: "more-chosen" (GListModel of GFile): the others. */
void kutip_path_row_set_kind (KutipPathRow *self, GtkFileChooserAction kind);
/* NULL while nothing is named; owned. */
GFile *kutip_path_row_dup_file (KutipPathRow *self);
void kutip_path_row_set_file (KutipPathRow *self, GFile *file);

G_END_DECLS
