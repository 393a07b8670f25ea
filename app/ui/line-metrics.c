/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/line-metrics.h"

#include <pango/pangocairo.h>

/* All that they depend on. */
typedef struct
{
  PangoFontMap *map; /* not owned: only compared */
  guint serial;      /* the map's: other fonts are there */
  PangoFontDescription *font;
  PangoLanguage *language;
  double resolution;
  cairo_font_options_t *options; /* or NULL */
} Font;

/* Rows of one list have one font; what stands beside them has few. */
#define N_KEPT 4

typedef struct
{
  Font font;
  KutipLineMetrics metrics;
} Kept;

static Kept kept[N_KEPT]; /* no font: none yet */
static guint next;

static gboolean
are_options_equal (const cairo_font_options_t *a, const cairo_font_options_t *b)
{
  return a == b || (a != NULL && b != NULL && cairo_font_options_equal (a, b));
}

static gboolean
is_of (const Font *font, PangoContext *context)
{
  PangoFontMap *map = pango_context_get_font_map (context);

  return font->font != NULL && font->map == map &&
         font->serial == pango_font_map_get_serial (map) &&
         font->language == pango_context_get_language (context) &&
         G_APPROX_VALUE (font->resolution, pango_cairo_context_get_resolution (context),
                         0.001) &&
         are_options_equal (font->options,
                            pango_cairo_context_get_font_options (context)) &&
         pango_font_description_equal (font->font,
                                       pango_context_get_font_description (context));
}

static void
set_font (Font *font, PangoContext *context)
{
  const cairo_font_options_t *options = pango_cairo_context_get_font_options (context);

  g_clear_pointer (&font->font, pango_font_description_free);
  g_clear_pointer (&font->options, cairo_font_options_destroy);
  font->map = pango_context_get_font_map (context);
  font->serial = pango_font_map_get_serial (font->map);
  font->font = pango_font_description_copy (pango_context_get_font_description (context));
  font->language = pango_context_get_language (context);
  font->resolution = pango_cairo_context_get_resolution (context);
  font->options = options != NULL ? cairo_font_options_copy (options) : NULL;
}

static KutipLineMetrics
measure (PangoContext *context)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  KutipLineMetrics result = { pango_font_metrics_get_height (metrics),
                              pango_font_metrics_get_approximate_char_width (metrics) };

  pango_font_metrics_unref (metrics);
  return result;
}

KutipLineMetrics
kutip_line_metrics_get (PangoContext *context)
{
  Kept *oldest;

  g_return_val_if_fail (PANGO_IS_CONTEXT (context), ((KutipLineMetrics){ 0, 0 }));

  for (guint i = 0; i < N_KEPT; i++)
    if (is_of (&kept[i].font, context))
      return kept[i].metrics;
  oldest = &kept[next];
  next = (next + 1) % N_KEPT;
  set_font (&oldest->font, context);
  oldest->metrics = measure (context);
  return oldest->metrics;
}
