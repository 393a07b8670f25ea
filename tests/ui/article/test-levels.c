/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/levels.h"

static KutipLayer *
create_layer (void)
{
  const KutipHeaderFields fields = { 0 };
  g_autoptr (KutipHeader) header = kutip_header_new (&fields);

  return kutip_layer_new (header);
}

static KutipSpan *
add (KutipLayer *layer, const KutipRange *ranges, guint n)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autofree char *id = kutip_layer_make_id (layer, "s");
  g_autoptr (KutipSpan) span = NULL;

  fields.id = id;
  fields.label = "quote";
  fields.ranges = ranges;
  fields.n_ranges = n;
  span = kutip_span_new (&fields);
  g_assert_true (kutip_layer_add_span (layer, span));
  return kutip_layer_get_span (layer, id);
}

typedef struct
{
  const char *name;
  KutipRange ranges[5]; /* one for each span; an empty one ends the list */
  guint levels[5];
  const char *why;
} Case;

static const Case cases[] = {
  { "apart",
    { { 0, 5 }, { 6, 9 }, { 9, 12 } },
    { 0, 0, 0 },
    "side by side is not overlapping" },
  { "nested",
    { { 0, 20 }, { 5, 15 }, { 7, 9 } },
    { 0, 1, 2 },
    "the outer one is next to the text" },
  { "same", { { 3, 8 }, { 3, 8 }, { 3, 8 } }, { 0, 1, 2 }, "no two on one line" },
  { "longer-first", { { 3, 5 }, { 3, 9 } }, { 1, 0 }, "of two that start together" },
  { "crossing",
    { { 0, 10 }, { 5, 15 }, { 12, 20 } },
    { 0, 1, 0 },
    "a level is free again at once" },
  { "chain",
    { { 0, 4 }, { 3, 7 }, { 6, 10 }, { 9, 13 } },
    { 0, 1, 0, 1 },
    "each overlaps the next" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (KutipLayer) layer = create_layer ();
  g_autoptr (KutipLevels) levels = kutip_levels_new ();
  KutipSpan *spans[5] = { NULL };
  guint n = 0;

  g_test_message ("%s", test->why);
  for (; n < 5 && test->ranges[n].end > 0; n++)
    spans[n] = add (layer, &test->ranges[n], 1);
  /* In whatever order they are asked for. */
  for (guint first = 0; first < n; first++)
    {
      kutip_levels_forget (levels);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (kutip_levels_get (levels, layer, spans[(first + i) % n]), ==,
                          test->levels[(first + i) % n]);
    }
}

/* A piece far away keeps a level free where it is, and nowhere else. */
static void
test_pieces (void)
{
  const KutipRange pieces[] = { { 0, 5 }, { 100, 110 } };
  const KutipRange between = { 40, 60 };
  const KutipRange over_second = { 90, 105 };
  g_autoptr (KutipLayer) layer = create_layer ();
  g_autoptr (KutipLevels) levels = kutip_levels_new ();
  KutipSpan *first = add (layer, pieces, 2);

  g_assert_cmpuint (kutip_levels_get (levels, layer, add (layer, &over_second, 1)), ==,
                    1);
  g_assert_cmpuint (kutip_levels_get (levels, layer, add (layer, &between, 1)), ==, 0);
  g_assert_cmpuint (kutip_levels_get (levels, layer, first), ==, 0);
}

static gboolean
overlap (KutipSpan *a, KutipSpan *b)
{
  for (guint i = 0; i < kutip_span_get_n_ranges (a); i++)
    for (guint k = 0; k < kutip_span_get_n_ranges (b); k++)
      if (kutip_range_overlaps (kutip_span_get_ranges (a)[i],
                                kutip_span_get_ranges (b)[k]))
        return TRUE;
  return FALSE;
}

/* No two spans that share text share a level, and the answer does not depend on who asked
 * first. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (KutipLayer) layer = create_layer ();
      g_autoptr (KutipLevels) levels = kutip_levels_new ();
      KutipSpan *spans[60];
      guint answers[60];

      for (guint i = 0; i < 60; i++)
        {
          guint start = (guint) g_rand_int_range (random, 0, 400);
          guint size = (guint) g_rand_int_range (random, 1, 40);
          KutipRange ranges[2] = { { start, start + size },
                                   { start + size + 10, start + size + 30 } };

          spans[i] = add (layer, ranges, (guint) g_rand_int_range (random, 1, 3));
        }
      for (guint i = 0; i < 60; i++)
        answers[i] = kutip_levels_get (levels, layer, spans[i]);
      kutip_levels_forget (levels);
      for (guint i = 60; i > 0; i--)
        g_assert_cmpuint (kutip_levels_get (levels, layer, spans[i - 1]), ==,
                          answers[i - 1]);
      for (guint i = 0; i < 60; i++)
        for (guint k = 0; k < i; k++)
          if (overlap (spans[i], spans[k]))
            g_assert_cmpuint (answers[i], !=, answers[k]);
    }
}

/* A hundred thousand spans on one word, and as many in a chain: each question looks at a
 * few of them. If it looked at all, so many questions would outlast every patience. */
static void
test_hostile (void)
{
  g_autoptr (KutipLayer) heap = create_layer ();
  g_autoptr (KutipLayer) chain = create_layer ();
  g_autoptr (KutipLevels) levels = kutip_levels_new ();
  const KutipRange word = { 10, 14 };
  KutipSpan *on_heap = NULL;
  KutipSpan *on_chain = NULL;

  for (guint i = 0; i < 100000; i++)
    {
      const KutipRange link = { i * 3, i * 3 + 5 };

      on_heap = add (heap, &word, 1);
      on_chain = add (chain, &link, 1);
    }
  for (guint i = 0; i < 20000; i++)
    {
      g_assert_cmpuint (kutip_levels_get (levels, heap, on_heap), <, 64);
      kutip_levels_forget (levels);
      g_assert_cmpuint (kutip_levels_get (levels, chain, on_chain), <=, 1);
      kutip_levels_forget (levels);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/levels/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/levels/pieces", test_pieces);
  g_test_add_func ("/levels/random", test_random);
  g_test_add_func ("/levels/hostile", test_hostile);
  return g_test_run ();
}
