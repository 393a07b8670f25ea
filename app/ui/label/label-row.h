/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_LABEL_ROW (kutip_label_row_get_type ())
G_DECLARE_FINAL_TYPE (KutipLabelRow, kutip_label_row, KUTIP, LABEL_ROW, GtkWidget)

/* Buttons side by side, which all have what they would like to have, or all only what
 * they need: a box would make some do with less, whichever they are. */
void kutip_label_row_append (KutipLabelRow *self, GtkWidget *button);
void kutip_label_row_clear (KutipLabelRow *self);

G_END_DECLS
