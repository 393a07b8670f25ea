/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A label's colour: those of a palette that colour-blind people can tell apart, as
 * buttons, or another one by its number; and how it looks beneath words, by day and by
 * night. */
GtkWidget *kutip_color_rows_new (KutipTagsetDraft *draft, guint id);
/* Has them show another label's colour. */
void kutip_color_rows_move (GtkWidget *rows, guint id);

G_END_DECLS
