/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "ui/line-metrics.h"

#include <dlfcn.h>
#include <pango/pangocairo.h>

typedef PangoFontMetrics *(*GetMetrics) (PangoContext *,
                                         const PangoFontDescription *,
                                         PangoLanguage *);

/* How often Pango was asked. */
static guint n_asked;

/* In front of Pango's. */
PangoFontMetrics *
pango_context_get_metrics (PangoContext *context,
                           const PangoFontDescription *font,
                           PangoLanguage *language)
{
  GetMetrics next = (GetMetrics) dlsym (RTLD_NEXT, "pango_context_get_metrics");

  n_asked++;
  return next (context, font, language);
}

static PangoContext *
create_context (PangoFontMap *map, const char *font, double resolution)
{
  PangoContext *context = pango_font_map_create_context (map);
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_context_set_font_description (context, description);
  pango_cairo_context_set_resolution (context, resolution);
  pango_font_description_free (description);
  return context;
}

static void
check (PangoContext *context)
{
  KutipLineMetrics metrics = kutip_line_metrics_get (context);
  PangoFontMetrics *wanted = pango_context_get_metrics (context, NULL, NULL);

  g_assert_cmpint (metrics.height, >, 0);
  g_assert_cmpint (metrics.height, ==, pango_font_metrics_get_height (wanted));
  g_assert_cmpint (metrics.char_width, ==,
                   pango_font_metrics_get_approximate_char_width (wanted));
  pango_font_metrics_unref (wanted);
}

/* More fonts than are kept, each of them again when the others were asked for. */
static void
test_fonts (void)
{
  static const char *const fonts[] = { "Sans 11",  "Sans 22",     "Sans Bold 11",
                                       "Serif 11", "Monospace 9", "Sans Italic 30" };

  for (guint i = 0; i < 3 * G_N_ELEMENTS (fonts); i++)
    {
      PangoContext *context =
          create_context (pango_cairo_font_map_get_default (),
                          fonts[i % G_N_ELEMENTS (fonts)], i % 2 == 0 ? 96 : 144);

      check (context);
      g_object_unref (context);
    }
}

static void
test_asks_once (void)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  guint before = n_asked;

  for (guint i = 0; i < 200; i++)
    {
      PangoContext *context = create_context (map, "Sans 13", 96);

      kutip_line_metrics_get (context);
      g_object_unref (context);
    }
  g_assert_cmpuint (n_asked, ==, before + 1);
}

/* What makes lines of another size, with the same font. */
static void
test_asks_again (void)
{
  PangoFontMap *map = pango_cairo_font_map_new ();
  PangoContext *context = create_context (map, "Sans 17", 96);
  cairo_font_options_t *options = cairo_font_options_create ();
  guint before = n_asked;

  kutip_line_metrics_get (context);
  pango_cairo_context_set_resolution (context, 192);
  kutip_line_metrics_get (context);
  g_assert_cmpuint (n_asked, ==, before + 2);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_ON);
  pango_cairo_context_set_font_options (context, options);
  kutip_line_metrics_get (context);
  g_assert_cmpuint (n_asked, ==, before + 3);
  pango_context_set_language (context, pango_language_from_string ("ar"));
  kutip_line_metrics_get (context);
  g_assert_cmpuint (n_asked, ==, before + 4);
  pango_font_map_changed (map);
  kutip_line_metrics_get (context);
  g_assert_cmpuint (n_asked, ==, before + 5);
  cairo_font_options_destroy (options);
  g_object_unref (context);
  g_object_unref (map);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-metrics/fonts", test_fonts);
  g_test_add_func ("/line-metrics/asks-once", test_asks_once);
  g_test_add_func ("/line-metrics/asks-again", test_asks_again);
  return g_test_run ();
}
