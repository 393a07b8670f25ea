/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/reading.h"

#include <string.h>

static void
test_margins (void)
{
  for (int measure = 0; measure <= 900; measure += 300)
    for (int width = 1; width < 3000; width += 7)
      {
        KutipMargins margins = kutip_reading_fit_margins (width, measure);
        int column = width - margins.start - margins.end;

        g_assert_cmpint (margins.start, >=, 0);
        g_assert_cmpint (margins.end, >, margins.start - 2);
        if (measure > 0)
          g_assert_cmpint (column, <=, measure);
        /* No width is given away before the column has its measure. */
        if (measure > 0 && column < measure)
          g_assert_cmpint (margins.start + margins.end, <=, 60);
        /* Wide enough, and it stands in the middle. */
        if (measure > 0 && width > measure + 360)
          g_assert_cmpint (ABS (margins.start - margins.end), <=, 1);
      }
}

static void
test_css (void)
{
  g_autofree char *plain = kutip_reading_dup_css (NULL, 12);
  g_autofree char *serif = kutip_reading_dup_css ("Noto Serif", 13.5);
  g_autofree char *hostile = kutip_reading_dup_css ("a\"; } * { color: red; \\\n", 12);

  g_assert_cmpstr (plain, ==, "textview { font-size: 12.00pt; }");
  g_assert_cmpstr (serif, ==,
                   "textview { font-family: \"Noto Serif\"; font-size: 13.50pt; }");
  /* What would end the string is escaped. */
  g_assert_nonnull (strstr (hostile, "a\\\"; }"));
  g_assert_nonnull (strstr (hostile, "\\\\\";"));
  g_assert_null (strchr (hostile, '\n'));
}

static void
test_line_gap (void)
{
  g_assert_cmpint (kutip_reading_get_line_gap (1.5, 20, 5), ==, 10);
  g_assert_cmpint (kutip_reading_get_line_gap (1.0, 20, 12), ==, 12);
  g_assert_cmpint (kutip_reading_get_line_gap (2.0, 17.6, 12), ==, 18);
}

typedef struct
{
  const char *text;
  gboolean right_to_left;
  gboolean starts_so;
} Direction;

static const Direction directions[] = {
  { "Kian Mesra, Putin dan Kim", FALSE, FALSE },
  { "قال الرئيس إن هذه الخطوة", TRUE, TRUE },
  { "שלום עולם", TRUE, TRUE },
  { "BBC: قال الرئيس إن هذه الخطوة من أجل البلدين", TRUE, FALSE },
  { "He said «السلام» and left the room", FALSE, FALSE },
  { "他说这一步", FALSE, FALSE },
  { "123 456 — 2022", FALSE, FALSE },
  { "", FALSE, FALSE },
};

static void
test_direction (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    g_assert_cmpint (
        kutip_reading_is_right_to_left (directions[i].text, strlen (directions[i].text)),
        ==, directions[i].right_to_left);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/margins", test_margins);
  g_test_add_func ("/reading/css", test_css);
  g_test_add_func ("/reading/line-gap", test_line_gap);
  g_test_add_func ("/reading/direction", test_direction);
  return g_test_run ();
}
