/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/links.h"

static const KutipLinkArea area = { 0, 600, 12, 8, 4, 15 };

#define AT(y)                                                                            \
  {                                                                                      \
    KUTIP_LINK_IN_VIEW, (y) -10, (y) + 10                                                \
  }
#define ABOVE                                                                            \
  {                                                                                      \
    KUTIP_LINK_ABOVE, 0, 0                                                               \
  }
#define BELOW                                                                            \
  {                                                                                      \
    KUTIP_LINK_BELOW, 0, 0                                                               \
  }

static void
test_ends (void)
{
  const KutipLink links[] = {
    { AT (100), AT (300) },
    { AT (100), ABOVE },
    { BELOW, AT (300) },
    { ABOVE, BELOW },
  };
  g_autoptr (GArray) shapes = kutip_links_lay_out (links, G_N_ELEMENTS (links), &area);

  /* One with no end in view is not drawn. */
  g_assert_cmpuint (shapes->len, ==, 3);
  for (guint i = 0; i < shapes->len; i++)
    {
      const KutipLinkShape *shape = &g_array_index (shapes, KutipLinkShape, i);

      g_assert_cmpuint (shape->link, <, 3);
      g_assert_cmpfloat_with_epsilon (shape->from_y, shape->link == 2 ? 600 : 100, 0.01);
      g_assert_cmpfloat_with_epsilon (shape->to_y, shape->link == 1 ? 0 : 300, 0.01);
    }
}

static void
test_short_ones_inside (void)
{
  const KutipLink links[] = { { AT (50), AT (500) }, { AT (200), AT (240) } };
  g_autoptr (GArray) shapes = kutip_links_lay_out (links, G_N_ELEMENTS (links), &area);
  const KutipLinkShape *inner = &g_array_index (shapes, KutipLinkShape, 0);
  const KutipLinkShape *outer = &g_array_index (shapes, KutipLinkShape, 1);

  g_assert_cmpuint (inner->link, ==, 1);
  g_assert_cmpfloat_with_epsilon (inner->lane, area.first_lane, 0.01);
  g_assert_cmpfloat_with_epsilon (outer->lane, area.first_lane + area.lane_pitch, 0.01);
  /* The inner one's title is clear of the outer one's lane. */
  g_assert_cmpfloat (inner->text, >, outer->lane);
}

static float
get_top (const KutipLinkShape *shape)
{
  return MIN (shape->from_y, shape->to_y);
}

static float
get_bottom (const KutipLinkShape *shape)
{
  return MAX (shape->from_y, shape->to_y);
}

static gboolean
has_title (const KutipLinkShape *shape)
{
  return shape->text > 0;
}

/* Lanes are shared only where they run out, titles never stand on one another, and
 * nothing leaves the view. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9);

  for (guint round = 0; round < 300; round++)
    {
      KutipLink links[12];
      guint n = (guint) g_rand_int_range (random, 1, 13);
      g_autoptr (GArray) shapes = NULL;
      guint n_titled = 0;

      for (guint i = 0; i < n; i++)
        {
          float from = (float) g_rand_double_range (random, 10, 590);
          float to = (float) g_rand_double_range (random, 10, 590);

          links[i] = (KutipLink){ AT (from), AT (to) };
          if (g_rand_int_range (random, 0, 3) == 0) /* as when one has scrolled */
            links[i].to.place =
                g_rand_boolean (random) ? KUTIP_LINK_ABOVE : KUTIP_LINK_BELOW;
        }
      shapes = kutip_links_lay_out (links, n, &area);
      g_assert_cmpuint (shapes->len, ==, n);
      for (guint i = 0; i < n; i++)
        {
          const KutipLinkShape *a = &g_array_index (shapes, KutipLinkShape, i);

          g_assert_cmpfloat (a->lane, <=, area.first_lane + 3 * area.lane_pitch);
          if (has_title (a))
            {
              g_assert_cmpfloat (a->text_y, >=, area.top);
              g_assert_cmpfloat (a->text_y + area.text_height, <=, area.bottom);
              g_assert_cmpfloat (a->text, >, a->lane);
              n_titled++;
            }
          for (guint k = 0; k < i; k++)
            {
              const KutipLinkShape *b = &g_array_index (shapes, KutipLinkShape, k);
              gboolean beside =
                  get_top (a) <= get_bottom (b) && get_top (b) <= get_bottom (a);

              if (has_title (a) && has_title (b))
                g_assert_cmpfloat (ABS (a->text_y - b->text_y), >=,
                                   area.text_height - 0.01f);
              if (beside && a->lane < area.first_lane + 3 * area.lane_pitch)
                g_assert_cmpfloat (ABS (a->lane - b->lane), >, 1);
            }
        }
      g_assert_cmpuint (n_titled * 2, >=, n);
    }
}

/* More links at one place than there can be titles that one would know whose they are:
 * the first ones have theirs, the others none. */
static void
test_heap (void)
{
  KutipLink links[40];
  g_autoptr (GArray) shapes = NULL;
  guint n_titled = 0;

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    links[i] = (KutipLink){ AT (200), AT (300) };
  shapes = kutip_links_lay_out (links, G_N_ELEMENTS (links), &area);
  g_assert_cmpuint (shapes->len, ==, G_N_ELEMENTS (links));
  for (guint i = 0; i < shapes->len; i++)
    {
      const KutipLinkShape *shape = &g_array_index (shapes, KutipLinkShape, i);

      if (!has_title (shape))
        continue;
      n_titled++;
      g_assert_cmpfloat (ABS (shape->text_y - 250), <=, 5 * area.text_height);
    }
  g_assert_cmpuint (n_titled, >=, 3);
  g_assert_cmpuint (n_titled, <, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/links/ends", test_ends);
  g_test_add_func ("/links/short-ones-inside", test_short_ones_inside);
  g_test_add_func ("/links/random", test_random);
  g_test_add_func ("/links/heap", test_heap);
  return g_test_run ();
}
