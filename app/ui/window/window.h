/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"
#include "ui/preferences.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_WINDOW (kutip_window_get_type ())
G_DECLARE_FINAL_TYPE (KutipWindow, kutip_window, KUTIP, WINDOW, AdwApplicationWindow)

/* One open article, or a corpus and one article of it. */
KutipWindow *kutip_window_new (GtkApplication *application,
                               KutipPreferences *preferences);
/* Nothing is open or being opened. */
gboolean kutip_window_is_empty (KutipWindow *self);
/* Opens what a person named: an article, a sidecar's article, a folder, several articles
 * as a corpus. What is open is saved first. @charset NULL: found. */
void kutip_window_open (KutipWindow *self,
                        GFile *const *files,
                        guint n_files,
                        const char *charset);
/* The window that has the article (or a sidecar's article) open, or NULL. */
KutipWindow *kutip_window_find (GtkApplication *application, GFile *file);
/* The open article's, or NULL. */
KutipTagset *kutip_window_get_tagset (KutipWindow *self);
/* The open article's file, or NULL. */
GFile *kutip_window_get_article_file (KutipWindow *self);

G_END_DECLS
