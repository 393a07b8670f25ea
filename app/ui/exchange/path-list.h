/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_PATH_LIST (kutip_path_list_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipPathList, kutip_path_list, KUTIP, PATH_LIST, AdwPreferencesGroup)

/* Rows for the names of files and folders (path-row.h): there is always an empty one for
 * the next. Several can be chosen at once, or dropped on the list. Signals: "changed";
 * "activated", when Enter is pressed in a row. */
void kutip_path_list_set_kind (KutipPathList *self, GtkFileChooserAction kind);
/* In their order, each once (GFile); owned. */
GPtrArray *kutip_path_list_list_files (KutipPathList *self);
/* Behind those that are there. */
void kutip_path_list_add_files (KutipPathList *self, GListModel *files);

G_END_DECLS
