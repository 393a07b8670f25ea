/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Colours that stay readable: contrast is that of WCAG 2.1 (1.4.3), from 1 to 21. All
 * colours are opaque, and their alpha is ignored, unless a name says otherwise. */

double kutip_ink_contrast (const GdkRGBA *a, const GdkRGBA *b);
/* Whichever of black and white has the higher contrast to @color. */
GdkRGBA kutip_ink_on (const GdkRGBA *color);
/* @over on @under, with the opacity @alpha. */
GdkRGBA kutip_ink_blend (const GdkRGBA *under, const GdkRGBA *over, double alpha);
/* @color, or as little darker or lighter as gives it the contrast @ratio to @background.
 */
GdkRGBA kutip_ink_fit (const GdkRGBA *color, const GdkRGBA *background, double ratio);
/* The opacity, @wanted or less, at which @color may lie on @background under letters of
 * the colour @text that must keep the contrast @ratio. */
double kutip_ink_tint (const GdkRGBA *color,
                       const GdkRGBA *background,
                       const GdkRGBA *text,
                       double wanted,
                       double ratio);

G_END_DECLS
