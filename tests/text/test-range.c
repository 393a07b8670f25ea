/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/range.h"

typedef struct
{
  KutipRange a;
  KutipRange b;
  gboolean overlaps;
  gboolean touches;
  gboolean contains;
  int compare;
  const char *reason;
} PairCase;

static const PairCase pairs[] = {
  { { 2, 5 }, { 2, 5 }, TRUE, TRUE, TRUE, 0, "the same range" },
  { { 2, 5 }, { 5, 8 }, FALSE, TRUE, FALSE, -1, "side by side shares nothing" },
  { { 5, 8 }, { 2, 5 }, FALSE, TRUE, FALSE, 1, "side by side, the other way" },
  { { 2, 5 }, { 6, 8 }, FALSE, FALSE, FALSE, -1, "one between them" },
  { { 2, 5 }, { 4, 8 }, TRUE, TRUE, FALSE, -1, "crossing by one" },
  { { 2, 8 }, { 4, 6 }, TRUE, TRUE, TRUE, -1, "nested" },
  { { 4, 6 }, { 2, 8 }, TRUE, TRUE, FALSE, 1, "nested, the other way" },
  { { 2, 8 }, { 2, 5 }, TRUE, TRUE, TRUE, -1, "same start: the longer comes first" },
  { { 2, 5 }, { 2, 8 }, TRUE, TRUE, FALSE, 1, "same start, the other way" },
  { { 2, 8 }, { 5, 8 }, TRUE, TRUE, TRUE, -1, "same end" },
  { { 2, 5 }, { 3, 3 }, FALSE, TRUE, TRUE, -1, "an empty range shares no code point" },
  { { 3, 3 }, { 3, 3 }, FALSE, TRUE, TRUE, 0, "two empty ranges in one place" },
  { { 2, 5 }, { 5, 5 }, FALSE, TRUE, TRUE, -1, "an empty range at the end" },
  { { 0, 0 }, { G_MAXUINT, G_MAXUINT }, FALSE, FALSE, FALSE, -1, "no overflow" },
  { { 0, G_MAXUINT }, { G_MAXUINT - 1, G_MAXUINT }, TRUE, TRUE, TRUE, -1, "the largest" },
};

static void
test_pairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const PairCase *row = &pairs[i];

      g_test_message ("%s", row->reason);
      g_assert_cmpint (kutip_range_overlaps (row->a, row->b), ==, row->overlaps);
      g_assert_cmpint (kutip_range_overlaps (row->b, row->a), ==, row->overlaps);
      g_assert_cmpint (kutip_range_touches (row->a, row->b), ==, row->touches);
      g_assert_cmpint (kutip_range_touches (row->b, row->a), ==, row->touches);
      g_assert_cmpint (kutip_range_contains (row->a, row->b), ==, row->contains);
      g_assert_cmpint (kutip_range_compare (row->a, row->b), ==, row->compare);
      g_assert_cmpint (kutip_range_compare (row->b, row->a), ==, -row->compare);
      g_assert_cmpint (kutip_range_equal (row->a, row->b), ==, row->compare == 0);
    }
}

static void
test_offsets (void)
{
  const KutipRange range = { 2, 5 };
  const KutipRange empty = { 3, 3 };

  g_assert_false (kutip_range_contains_offset (range, 1));
  g_assert_true (kutip_range_contains_offset (range, 2));
  g_assert_true (kutip_range_contains_offset (range, 4));
  g_assert_false (kutip_range_contains_offset (range, 5));
  g_assert_false (kutip_range_contains_offset (empty, 3));
}

/* All small ranges against what the words mean, code point by code point. */
static void
test_meaning (void)
{
  for (guint code = 0; code < 6 * 6 * 6 * 6; code++)
    {
      KutipRange a = { code % 6, code / 6 % 6 };
      KutipRange b = { code / 36 % 6, code / 216 };
      gboolean shared = FALSE;
      gboolean inside = TRUE;

      if (a.start > a.end || b.start >= b.end)
        continue;
      for (guint offset = 0; offset < 6; offset++)
        {
          gboolean in_a = kutip_range_contains_offset (a, offset);
          gboolean in_b = kutip_range_contains_offset (b, offset);

          shared |= in_a && in_b;
          inside &= in_a || !in_b;
        }
      g_assert_cmpint (kutip_range_overlaps (a, b), ==, shared);
      g_assert_cmpint (kutip_range_contains (a, b), ==, inside);
      g_assert_cmpint (kutip_range_touches (a, b), ==,
                       shared || a.end == b.start || b.end == a.start ||
                           (a.start == a.end && inside) ||
                           (a.start > b.start && a.end < b.end));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/range/pairs", test_pairs);
  g_test_add_func ("/range/offsets", test_offsets);
  g_test_add_func ("/range/meaning", test_meaning);
  return g_test_run ();
}
