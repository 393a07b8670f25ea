/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Words in the middle of what stands around them, on one line that ends where there is no
 * more room. Runs as the words do, from right to left too. For widgets that draw by
 * themselves. All NULL at first. */
typedef struct
{
  PangoLayout *left, *match, *right; /* owned */
  GtkTextDirection direction;
} KutipKwic;

/* What it had is cleared; @context is copied. */
void kutip_kwic_fill (KutipKwic *self, GtkWidget *widget, const KutipContext *context);
void kutip_kwic_clear (KutipKwic *self);
gboolean kutip_kwic_is_empty (const KutipKwic *self);
/* In the middle of @area, in pixels. */
void kutip_kwic_draw (KutipKwic *self,
                      GtkSnapshot *snapshot,
                      const GdkRectangle *area,
                      const GdkRGBA *color);
/* Which way the text runs that they are from. */
GtkTextDirection kutip_kwic_get_direction (const KutipContext *context);

G_END_DECLS
