/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What came of it, for people. */
typedef void (*KutipConcordanceSaveFunc) (const char *text, GObject *data);

/* Asks for a file, and writes @lines (of KutipConcordanceLine) into it in their order, as
 * a table; in a thread. @data is kept until @func was called, or the person has thought
 * better of it. */
void kutip_concordance_save_ask (GtkWindow *parent,
                                 GListModel *lines,
                                 KutipConcordanceSaveFunc func,
                                 GObject *data);

G_END_DECLS
