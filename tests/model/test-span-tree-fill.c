/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "model/span-tree.h"

#include "fixture.h"

#include <math.h>

#define TEXT_LENGTH 400

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  return kutip_span_compare (*(KutipSpan *const *) a, *(KutipSpan *const *) b);
}

static gboolean
append (KutipSpan *span, gpointer array)
{
  g_ptr_array_add (array, span);
  return TRUE;
}

static KutipSpan *
random_span (GRand *random, guint number)
{
  g_autofree char *id = g_strdup_printf ("s%u", number);
  guint n = (guint) g_rand_int_range (random, 1, 4);
  KutipRange ranges[3];

  if (g_rand_int_range (random, 0, 10) == 0)
    return fixture_orphan (id, "quote", (guint) g_rand_int_range (random, 0, TEXT_LENGTH),
                           900);
  for (guint i = 0; i < n; i++)
    {
      ranges[i].start = (guint) g_rand_int_range (random, 0, TEXT_LENGTH);
      ranges[i].end = ranges[i].start + (guint) g_rand_int_range (random, 1, 40);
    }
  return fixture_pieces (id, "quote", ranges, kutip_ranges_normalize (ranges, n));
}

/* Whether both answer alike, in order and by place. */
static void
assert_alike (const KutipSpanTree *tree, const KutipSpanTree *other)
{
  guint n = kutip_span_tree_get_n_spans (other);

  g_assert_cmpuint (kutip_span_tree_get_n_spans (tree), ==, n);
  for (guint i = 0; i < n; i++)
    {
      KutipSpan *span = kutip_span_tree_get_nth (other, i);

      g_assert_true (kutip_span_tree_get_nth (tree, i) == span);
      g_assert_cmpuint (kutip_span_tree_get_position (tree, span), ==, i);
    }
  for (guint start = 0; start < TEXT_LENGTH + 50; start += 7)
    {
      g_autoptr (GPtrArray) found = g_ptr_array_new ();
      g_autoptr (GPtrArray) expected = g_ptr_array_new ();
      KutipRange range = { start, start + start % 3 };

      kutip_span_tree_foreach_in (tree, range, append, found);
      kutip_span_tree_foreach_in (other, range, append, expected);
      g_assert_cmpmem (found->pdata, found->len * sizeof (gpointer), expected->pdata,
                       expected->len * sizeof (gpointer));
      g_assert_true (kutip_span_tree_get_after (tree, start) ==
                     kutip_span_tree_get_after (other, start));
    }
}

/* A tree that is filled at once answers as one does to which one after the other was
 * added, and goes on as that does. */
static void
test_random (void)
{
  g_autoptr (GRand) random = fixture_random (20260104);

  for (guint round = 0; round < rounds (60); round++)
    {
      guint n = round < 6 ? round : (guint) g_rand_int_range (random, 6, 400);
      g_autoptr (GPtrArray) spans =
          g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_span_unref);
      KutipSpanTree tree = KUTIP_SPAN_TREE_INIT, other = KUTIP_SPAN_TREE_INIT;

      for (guint i = 0; i < n; i++)
        {
          g_ptr_array_add (spans, random_span (random, i));
          kutip_span_tree_add (&other, g_ptr_array_index (spans, i));
        }
      g_ptr_array_sort (spans, compare_spans);
      kutip_span_tree_fill (&tree, (KutipSpan *const *) spans->pdata, n);
      assert_alike (&tree, &other);
      g_assert_cmpfloat (kutip_span_tree_get_depth (&tree), <=, log2 (3 * n + 1));
      for (guint i = 0; i < n; i += 2)
        {
          g_autoptr (KutipSpan) span = random_span (random, n + i);

          kutip_span_tree_remove (&tree, g_ptr_array_index (spans, i));
          kutip_span_tree_remove (&other, g_ptr_array_index (spans, i));
          kutip_span_tree_add (&tree, span);
          kutip_span_tree_add (&other, span);
        }
      assert_alike (&tree, &other);
      kutip_span_tree_clear (&tree);
      kutip_span_tree_clear (&other);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/span-tree-fill/random", test_random);
  return g_test_run ();
}
