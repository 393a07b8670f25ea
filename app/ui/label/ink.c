/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/label/ink.h"

#include <math.h>

static const GdkRGBA black = { 0, 0, 0, 1 };
static const GdkRGBA white = { 1, 1, 1, 1 };

static double
get_channel (double value)
{
  return value <= 0.03928 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/* WCAG 2.1, relative luminance. */
static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * get_channel (color->red) + 0.7152 * get_channel (color->green) +
         0.0722 * get_channel (color->blue);
}

double
kutip_ink_contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double x = get_luminance (a) + 0.05;
  double y = get_luminance (b) + 0.05;

  return MAX (x, y) / MIN (x, y);
}

GdkRGBA
kutip_ink_on (const GdkRGBA *color)
{
  return kutip_ink_contrast (&black, color) > kutip_ink_contrast (&white, color) ? black
                                                                                 : white;
}

GdkRGBA
kutip_ink_blend (const GdkRGBA *under, const GdkRGBA *over, double alpha)
{
  return (GdkRGBA){
    (float) (under->red + (over->red - under->red) * alpha),
    (float) (under->green + (over->green - under->green) * alpha),
    (float) (under->blue + (over->blue - under->blue) * alpha),
    1.0f,
  };
}

GdkRGBA
kutip_ink_fit (const GdkRGBA *color, const GdkRGBA *background, double ratio)
{
  const GdkRGBA away = kutip_ink_on (background);
  GdkRGBA fitted = kutip_ink_blend (color, &away, 0);

  for (int step = 1; step <= 20 && kutip_ink_contrast (&fitted, background) < ratio;
       step++)
    fitted = kutip_ink_blend (color, &away, step / 20.0);
  return fitted;
}

double
kutip_ink_tint (const GdkRGBA *color,
                const GdkRGBA *background,
                const GdkRGBA *text,
                double wanted,
                double ratio)
{
  for (double alpha = wanted; alpha > 0.01; alpha -= 0.02)
    {
      GdkRGBA tinted = kutip_ink_blend (background, color, alpha);

      if (kutip_ink_contrast (&tinted, text) >= ratio)
        return alpha;
    }
  return 0;
}
