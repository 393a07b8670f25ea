/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a person chose: @n_files of them, borrowed; @charset is NULL when it is to be
 * found. Not called when nothing was chosen. */
typedef void (*KutipOpenDialogFunc) (GFile *const *files,
                                     guint n_files,
                                     const char *charset,
                                     gpointer data);

/* Asks for one or several articles, and the encoding they are in. @folder (may be NULL)
 * is where to look first. @data is a GObject, kept alive while the dialog is open. */
void kutip_open_dialog_ask_articles (GtkWindow *parent,
                                     GFile *folder,
                                     KutipOpenDialogFunc func,
                                     GObject *data);
void kutip_open_dialog_ask_folder (GtkWindow *parent,
                                   GFile *folder,
                                   KutipOpenDialogFunc func,
                                   GObject *data);

G_END_DECLS
