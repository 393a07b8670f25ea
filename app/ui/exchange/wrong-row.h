/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of a form that cannot be right: a red frame, and the word for screen readers. */
void kutip_wrong_row_mark (GtkWidget *row, gboolean is_wrong);

G_END_DECLS
