/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/highlights.h"

/* Three lines of twenty characters, each ten pixels wide and twenty high, forty from line
 * to line. */
#define PER_LINE 20
#define CHARACTER 10
#define HEIGHT 20
#define PITCH 40

static const KutipTextLine lines[] = { { { 0, 20 }, 0, HEIGHT },
                                       { { 20, 40 }, PITCH, HEIGHT },
                                       { { 40, 60 }, 2 * PITCH, HEIGHT } };
static const KutipHighlightSizes sizes = { 3, 10, 10, 14 };

static void
get_extents (guint line, KutipRange part, GArray *extents, gpointer data)
{
  gboolean rtl = data != NULL;
  float x1 = (float) (part.start - lines[line].range.start) * CHARACTER;
  float x2 = (float) (part.end - lines[line].range.start) * CHARACTER;
  KutipExtent extent = { rtl ? PER_LINE * CHARACTER - x2 : x1,
                         rtl ? PER_LINE * CHARACTER - x1 : x2, rtl };

  g_assert_cmpuint (part.start, >=, lines[line].range.start);
  g_assert_cmpuint (part.end, <=, lines[line].range.end);
  g_assert_cmpuint (part.start, <, part.end);
  g_array_append_val (extents, extent);
}

static KutipSpan *
create_span (const KutipRange *ranges, guint n)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;

  fields.id = "s1";
  fields.label = "quote";
  fields.ranges = ranges;
  fields.n_ranges = n;
  return kutip_span_new (&fields);
}

static KutipHighlightLayout *
lay_out (const KutipHighlight *highlights, guint n, gboolean rtl)
{
  const KutipTextLines text = { lines, G_N_ELEMENTS (lines), get_extents,
                                rtl ? GINT_TO_POINTER (1) : NULL };

  return kutip_highlights_lay_out (highlights, n, &text, &sizes);
}

static void
test_over_lines (void)
{
  const KutipRange range = { 5, 50 };
  g_autoptr (KutipSpan) span = create_span (&range, 1);
  const KutipHighlight highlight = { span, 1, KUTIP_HIGHLIGHT_CURRENT };
  g_autoptr (KutipHighlightLayout) layout = lay_out (&highlight, 1, FALSE);
  const KutipRule *rule;
  const KutipOutline *outline;

  g_assert_cmpuint (layout->tints->len, ==, 3);
  g_assert_cmpuint (layout->rules->len, ==, 3);
  g_assert_cmpuint (layout->outlines->len, ==, 3);
  g_assert_cmpuint (layout->badges->len, ==, 1);
  g_assert_cmpuint (layout->ties->len, ==, 0);
  rule = &g_array_index (layout->rules, KutipRule, 0);
  g_assert_cmpfloat_with_epsilon (rule->x1, 50, 0.01);
  g_assert_cmpfloat_with_epsilon (rule->x2, 200, 0.01);
  g_assert_cmpfloat_with_epsilon (rule->y, HEIGHT + sizes.pitch, 0.01);
  /* Open where the span goes on. */
  for (guint i = 0; i < 3; i++)
    {
      outline = &g_array_index (layout->outlines, KutipOutline, i);
      g_assert_cmpint (outline->open_left, ==, i > 0);
      g_assert_cmpint (outline->open_right, ==, i < 2);
    }
}

/* Each stretch gets one tint; the shortest span is on top. */
static void
test_nested (void)
{
  const KutipRange outer_range = { 2, 18 };
  const KutipRange inner_range = { 6, 10 };
  g_autoptr (KutipSpan) outer = create_span (&outer_range, 1);
  g_autoptr (KutipSpan) inner = create_span (&inner_range, 1);
  const KutipHighlight highlights[] = { { outer, 0, 0 },
                                        { inner, 1, KUTIP_HIGHLIGHT_CURRENT } };
  g_autoptr (KutipHighlightLayout) layout = lay_out (highlights, 2, FALSE);
  const KutipTint *tints = (const KutipTint *) (gpointer) layout->tints->data;

  g_assert_cmpuint (layout->tints->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (tints[i].n, ==, i == 1 ? 2 : 1);
      g_assert_cmpuint (tints[i].top, ==, i == 1 ? 1 : 0);
      g_assert_cmpuint (tints[i].below, ==, 0);
      g_assert_cmpint (tints[i].flags, ==, i == 1 ? KUTIP_HIGHLIGHT_CURRENT : 0);
      if (i > 0)
        g_assert_cmpfloat_with_epsilon (
            tints[i].area.origin.x,
            tints[i - 1].area.origin.x + tints[i - 1].area.size.width, 0.01);
    }
}

static void
test_deep_levels_share_the_last (void)
{
  const KutipRange range = { 2, 8 };
  g_autoptr (KutipSpan) span = create_span (&range, 1);

  for (guint level = 0; level < 9; level++)
    {
      const KutipHighlight highlight = { span, level, 0 };
      g_autoptr (KutipHighlightLayout) layout = lay_out (&highlight, 1, FALSE);
      const KutipRule *rule = &g_array_index (layout->rules, KutipRule, 0);

      g_assert_cmpuint (rule->level, ==, MIN (level, KUTIP_HIGHLIGHT_LEVELS));
      g_assert_cmpfloat (rule->y, <=, HEIGHT + sizes.pitch * KUTIP_HIGHLIGHT_LEVELS);
    }
}

/* On one line the pieces are tied together; over lines each end has a stub. */
static void
test_pieces (void)
{
  const KutipRange near[] = { { 2, 5 }, { 9, 12 } };
  const KutipRange far[] = { { 2, 5 }, { 45, 50 } };
  g_autoptr (KutipSpan) near_span = create_span (near, 2);
  g_autoptr (KutipSpan) far_span = create_span (far, 2);
  const KutipHighlight near_highlight = { near_span, 0, 0 };
  const KutipHighlight far_highlight = { far_span, 0, 0 };
  g_autoptr (KutipHighlightLayout) tied = lay_out (&near_highlight, 1, FALSE);
  g_autoptr (KutipHighlightLayout) stubs = lay_out (&far_highlight, 1, FALSE);
  const KutipTie *tie = &g_array_index (tied->ties, KutipTie, 0);

  g_assert_cmpuint (tied->ties->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (tie->x1, 50, 0.01);
  g_assert_cmpfloat_with_epsilon (tie->x2, 90, 0.01);
  g_assert_cmpuint (tied->badges->len, ==, 1);
  g_assert_cmpuint (stubs->ties->len, ==, 2);
  tie = &g_array_index (stubs->ties, KutipTie, 0);
  g_assert_cmpfloat_with_epsilon (tie->x1, 50, 0.01);
  g_assert_cmpfloat_with_epsilon (tie->x2, 50 + sizes.tie, 0.01);
  tie = &g_array_index (stubs->ties, KutipTie, 1);
  g_assert_cmpfloat_with_epsilon (tie->x1, 50 - sizes.tie, 0.01);
  g_assert_cmpfloat_with_epsilon (tie->x2, 50, 0.01);
  g_assert_cmpuint (stubs->badges->len, ==, 1);
}

/* Badges of spans that start together stand side by side, not on one another; from right
 * to left the other way. */
static void
test_badges (void)
{
  const KutipRange range = { 3, 9 };
  g_autoptr (KutipSpan) span = create_span (&range, 1);
  const KutipHighlight highlights[] = { { span, 0, 0 },
                                        { span, 1, KUTIP_HIGHLIGHT_UNSURE },
                                        { span, 2, 0 } };

  for (int rtl = 0; rtl < 2; rtl++)
    {
      g_autoptr (KutipHighlightLayout) layout = lay_out (highlights, 3, rtl);
      const KutipBadge *badges = (const KutipBadge *) (gpointer) layout->badges->data;

      g_assert_cmpuint (layout->badges->len, ==, 3);
      if (rtl)
        g_assert_cmpfloat_with_epsilon (
            badges[0].area.origin.x + badges[0].area.size.width, 170, 0.01);
      else
        g_assert_cmpfloat_with_epsilon (badges[0].area.origin.x, 30, 0.01);
      g_assert_cmpfloat_with_epsilon (badges[0].area.origin.y, -sizes.badge_height, 0.01);
      g_assert_cmpfloat (badges[1].area.size.width, >, badges[0].area.size.width);
      for (guint i = 1; i < 3; i++)
        g_assert_false (
            graphene_rect_intersection (&badges[i].area, &badges[i - 1].area, NULL));
    }
}

/* A line whose stretches of five characters run against it: from right to left they
 * follow one another, each of them from left to right; or, with @data, the other way. */
static void
get_mixed_extents (guint line, KutipRange part, GArray *extents, gpointer data)
{
  float run = (float) (200 - (part.start / 5 + 1) * 50);
  float x1 = run + (float) (part.start % 5) * CHARACTER;
  float x2 = run + (float) (part.end % 5) * CHARACTER;
  gboolean rtl = data != NULL;
  KutipExtent extent = { rtl ? 200 - x2 : x1, rtl ? 200 - x1 : x2, rtl };

  g_array_append_val (extents, extent);
}

/* Each has its badge where it starts, however the words before it run. */
static void
test_badges_of_both_directions (void)
{
  const KutipRange ranges[] = { { 1, 3 }, { 1, 4 }, { 6, 8 } };
  const float wanted[] = { 160, 171, 110 };
  g_autoptr (KutipSpan) first = create_span (&ranges[0], 1);
  g_autoptr (KutipSpan) second = create_span (&ranges[1], 1);
  g_autoptr (KutipSpan) third = create_span (&ranges[2], 1);
  const KutipHighlight highlights[] = { { first, 0, 0 },
                                        { second, 1, 0 },
                                        { third, 0, 0 } };

  for (int rtl = 0; rtl < 2; rtl++)
    {
      const KutipTextLines text = { lines, G_N_ELEMENTS (lines), get_mixed_extents,
                                    GINT_TO_POINTER (rtl) };
      g_autoptr (KutipHighlightLayout) layout =
          kutip_highlights_lay_out (highlights, 3, &text, &sizes);

      g_assert_cmpuint (layout->badges->len, ==, 3);
      for (guint i = 0; i < 3; i++)
        {
          const graphene_rect_t *area =
              &g_array_index (layout->badges, KutipBadge, i).area;
          float x = area->origin.x;

          g_assert_cmpfloat_with_epsilon (rtl ? 200 - x - area->size.width : x, wanted[i],
                                          0.01);
        }
    }
}

/* Every character that a span covers is tinted once, whatever spans there are. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (77);

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GPtrArray) spans =
          g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_span_unref);
      KutipHighlight highlights[8];
      guint covered[60] = { 0 };
      guint tinted[60] = { 0 };
      g_autoptr (KutipHighlightLayout) layout = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (highlights); i++)
        {
          guint start = (guint) g_rand_int_range (random, 0, 55);
          KutipRange range = { start, (guint) g_rand_int_range (random,
                                                                (gint32) start + 1, 61) };

          g_ptr_array_add (spans, create_span (&range, 1));
          highlights[i] = (KutipHighlight){ g_ptr_array_index (spans, i), i, 0 };
          for (guint k = range.start; k < range.end; k++)
            covered[k]++;
        }
      layout = lay_out (highlights, G_N_ELEMENTS (highlights), FALSE);
      for (guint i = 0; i < layout->tints->len; i++)
        {
          const KutipTint *tint = &g_array_index (layout->tints, KutipTint, i);
          guint line = (guint) (tint->area.origin.y / PITCH);
          guint start = line * PER_LINE + (guint) (tint->area.origin.x / CHARACTER);

          for (guint k = 0; k < (guint) (tint->area.size.width / CHARACTER); k++)
            tinted[start + k] += tint->n;
        }
      for (guint k = 0; k < G_N_ELEMENTS (covered); k++)
        g_assert_cmpuint (tinted[k], ==, covered[k]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/highlights/over-lines", test_over_lines);
  g_test_add_func ("/highlights/nested", test_nested);
  g_test_add_func ("/highlights/deep-levels-share-the-last",
                   test_deep_levels_share_the_last);
  g_test_add_func ("/highlights/pieces", test_pieces);
  g_test_add_func ("/highlights/badges", test_badges);
  g_test_add_func ("/highlights/badges-of-both-directions",
                   test_badges_of_both_directions);
  g_test_add_func ("/highlights/random", test_random);
  return g_test_run ();
}
