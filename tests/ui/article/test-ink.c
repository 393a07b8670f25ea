/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/ink.h"

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
  g_test_add_func ("/ink/tint", test_tint);
  return g_test_run ();
}
