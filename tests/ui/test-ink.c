/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/label/ink.h"

#include "ui/label/label-badge.h"

typedef struct
{
  const char *a, *b;
  double contrast; /* worked out apart, to two digits */
} Pair;

static const Pair pairs[] = {
  { "#000000", "#ffffff", 21.0 }, { "#ffffff", "#ffffff", 1.0 },
  { "#777777", "#ffffff", 4.47 }, { "#0072b2", "#ffffff", 5.18 },
  { "#009e73", "#ffffff", 3.41 }, { "#d55e00", "#1e1e1e", 4.31 },
};

static GdkRGBA
parse (const char *text)
{
  GdkRGBA color;

  g_assert_true (gdk_rgba_parse (&color, text));
  return color;
}

static void
test_contrast (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      GdkRGBA a = parse (pairs[i].a);
      GdkRGBA b = parse (pairs[i].b);

      g_assert_cmpfloat_with_epsilon (kutip_ink_contrast (&a, &b), pairs[i].contrast,
                                      0.03);
      g_assert_cmpfloat_with_epsilon (kutip_ink_contrast (&b, &a), pairs[i].contrast,
                                      0.03);
    }
}

/* All colours of a coarse cube, on the backgrounds that there are. */
static const char *const backgrounds[] = { "#ffffff", "#1e1e1e", "#000000", "#f6f5f4" };

static void
test_fit (void)
{
  for (guint i = 0; i < 216; i++)
    for (guint k = 0; k < G_N_ELEMENTS (backgrounds); k++)
      {
        GdkRGBA color = { (float) (i % 6) / 5, (float) (i / 6 % 6) / 5,
                          (float) (i / 36) / 5, 1 };
        GdkRGBA background = parse (backgrounds[k]);
        GdkRGBA fitted = kutip_ink_fit (&color, &background, 4.5);

        g_assert_cmpfloat (kutip_ink_contrast (&fitted, &background), >=, 4.5);
        if (kutip_ink_contrast (&color, &background) >= 4.5)
          g_assert_true (gdk_rgba_equal (&fitted, &color));
      }
}

static void
test_on (void)
{
  for (guint i = 0; i < 216; i++)
    {
      const GdkRGBA black = { 0, 0, 0, 1 };
      const GdkRGBA white = { 1, 1, 1, 1 };
      GdkRGBA color = { (float) (i % 6) / 5, (float) (i / 6 % 6) / 5,
                        (float) (i / 36) / 5, 1 };
      GdkRGBA ink = kutip_ink_on (&color);
      double contrast = kutip_ink_contrast (&ink, &color);

      g_assert_cmpfloat (contrast, >=, kutip_ink_contrast (&black, &color));
      g_assert_cmpfloat (contrast, >=, kutip_ink_contrast (&white, &color));
      /* What black and white both reach on the worst of greys. */
      g_assert_cmpfloat (contrast, >=, 4.5);
    }
}

/* A badge's shape is seen on all that it lies on, whatever its colour; one that is seen
 * anyway gets no line. The colours are those of Okabe and Ito, and extremes. */
static void
test_badge (void)
{
  const struct
  {
    const char *color;
    gboolean is_plain_light, is_plain_dark;
  } rows[] = {
    { "#e69f00", FALSE, TRUE }, { "#0072b2", TRUE, FALSE }, { "#009e73", FALSE, TRUE },
    { "#cc79a7", FALSE, TRUE }, { "#d55e00", TRUE, TRUE },  { "#56b4e9", FALSE, TRUE },
    { "#f0e442", FALSE, TRUE }, { "#ffffff", FALSE, TRUE }, { "#000000", TRUE, FALSE },
  };
  const char *const grounds[2][3] = { { "#ffffff", "#fafafa", "#ebebeb" },
                                      { "#1e1e1e", "#242424", "#303030" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint dark = 0; dark < 2; dark++)
      for (guint high = 0; high < 2; high++)
        for (guint k = 0; k < 3; k++)
          {
            GdkRGBA color = parse (rows[i].color);
            GdkRGBA ground = parse (grounds[dark][k]);
            GdkRGBA edge = kutip_label_badge_get_edge (&color, dark == 1, high == 1);

            g_assert_cmpfloat (kutip_ink_contrast (&edge, &ground), >=,
                               high == 1 ? 4.45 : 2.97);
            if (high == 0)
              g_assert_cmpint (gdk_rgba_equal (&edge, &color), ==,
                               dark == 1 ? rows[i].is_plain_dark
                                         : rows[i].is_plain_light);
          }
}

/* Text stays readable over any label's tint, in light and dark. */
static void
test_tint (void)
{
  const char *const texts[] = { "#333333", "#ffffff", "#ffffff", "#2e2e2e" };

  for (guint i = 0; i < 216; i++)
    for (guint k = 0; k < G_N_ELEMENTS (backgrounds); k++)
      {
        GdkRGBA color = { (float) (i % 6) / 5, (float) (i / 6 % 6) / 5,
                          (float) (i / 36) / 5, 1 };
        GdkRGBA background = parse (backgrounds[k]);
        GdkRGBA text = parse (texts[k]);
        double alpha = kutip_ink_tint (&color, &background, &text, 0.6, 4.5);
        GdkRGBA tinted = kutip_ink_blend (&background, &color, alpha);

        g_assert_cmpfloat (alpha, <=, 0.6);
        g_assert_cmpfloat (kutip_ink_contrast (&tinted, &text), >=, 4.5);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/contrast", test_contrast);
  g_test_add_func ("/ink/fit", test_fit);
  g_test_add_func ("/ink/on", test_on);
  g_test_add_func ("/ink/badge", test_badge);
  g_test_add_func ("/ink/tint", test_tint);
  return g_test_run ();
}
