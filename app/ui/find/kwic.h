/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Words in the middle of what stands around them, on one line that ends where there is no
 * more room. Runs as the words do, from right to left too. */
GtkWidget *kutip_kwic_new (void);
void kutip_kwic_show (GtkWidget *kwic, const KutipContext *context);
/* Which way the text runs that they are from. */
GtkTextDirection kutip_kwic_get_direction (const KutipContext *context);

G_END_DECLS
