/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "model/span-tree.h"

#include "fixture.h"
#include "model/id.h"

#include <math.h>

#define TEXT_LENGTH 400

/* The reference: all spans in an array, asked by looking at every one. */

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  return kutip_span_compare (*(KutipSpan *const *) a, *(KutipSpan *const *) b);
}

static gboolean
hits_range (KutipRange range, KutipRange query)
{
  if (query.start == query.end)
    return range.start <= query.start && query.start <= range.end;
  return MAX (range.start, query.start) < MIN (range.end, query.end);
}

/* The first range of the span that the query hits, or NULL. */
static const KutipRange *
find_hit (KutipSpan *span, KutipRange query)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);

  for (guint i = 0; !kutip_span_is_orphan (span) && i < kutip_span_get_n_ranges (span);
       i++)
    if (hits_range (ranges[i], query))
      return &ranges[i];
  return NULL;
}

static int
compare_hits (gconstpointer a, gconstpointer b, gpointer query)
{
  KutipSpan *span_a = *(KutipSpan *const *) a;
  KutipSpan *span_b = *(KutipSpan *const *) b;
  const KutipRange *hit_a = find_hit (span_a, *(KutipRange *) query);
  const KutipRange *hit_b = find_hit (span_b, *(KutipRange *) query);
  int order = kutip_range_compare (*hit_a, *hit_b);

  return order != 0
             ? order
             : kutip_id_compare (kutip_span_get_id (span_a), kutip_span_get_id (span_b));
}

static GPtrArray *
ask_reference (GPtrArray *spans, KutipRange query)
{
  GPtrArray *hits = g_ptr_array_new ();

  for (guint i = 0; i < spans->len; i++)
    if (find_hit (g_ptr_array_index (spans, i), query) != NULL)
      g_ptr_array_add (hits, g_ptr_array_index (spans, i));
  g_ptr_array_sort_with_data (hits, compare_hits, &query);
  return hits;
}

static KutipSpan *
find_after (GPtrArray *spans, guint offset)
{
  for (guint i = 0; i < spans->len; i++)
    {
      KutipSpan *span = g_ptr_array_index (spans, i);

      if (!kutip_span_is_orphan (span) && kutip_span_get_ranges (span)[0].start > offset)
        return span;
    }
  return NULL;
}

static KutipSpan *
find_before (GPtrArray *spans, guint offset)
{
  for (guint i = spans->len; i > 0; i--)
    {
      KutipSpan *span = g_ptr_array_index (spans, i - 1);

      if (!kutip_span_is_orphan (span) && kutip_span_get_ranges (span)[0].start < offset)
        return span;
    }
  return NULL;
}

static gboolean
append (KutipSpan *span, gpointer array)
{
  g_ptr_array_add (array, span);
  return TRUE;
}

static void
assert_same (GPtrArray *a, GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    g_assert_true (g_ptr_array_index (a, i) == g_ptr_array_index (b, i));
}

/* The ones of exactly that label: a few others may come along. */
typedef struct
{
  const char *label; /* interned */
  GPtrArray *spans;
} Labelled;

static gboolean
append_labelled (KutipSpan *span, gpointer data)
{
  Labelled *labelled = data;

  if (kutip_span_get_label (span) == labelled->label)
    g_ptr_array_add (labelled->spans, span);
  return TRUE;
}

static void
assert_agrees_on_label (const KutipSpanTree *tree,
                        GPtrArray *spans,
                        const char *label,
                        guint from,
                        gboolean forward)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  Labelled labelled = { g_intern_string (label), found };

  for (guint i = 0; i < spans->len; i++)
    {
      KutipSpan *span = g_ptr_array_index (spans, forward ? i : spans->len - 1 - i);
      guint position = forward ? i : spans->len - 1 - i;

      if (kutip_span_get_label (span) == labelled.label &&
          (forward ? position >= from : position < from))
        g_ptr_array_add (expected, span);
    }
  kutip_span_tree_foreach_labelled (tree, from, forward,
                                    kutip_label_set_of (labelled.label), append_labelled,
                                    &labelled);
  assert_same (found, expected);
}

/* @spans are sorted. */
static guint
get_hit_length (KutipSpan *span, KutipRange query)
{
  const KutipRange *hit = find_hit (span, query);

  return hit->end - hit->start;
}

static int
compare_lengths (gconstpointer a, gconstpointer b, gpointer query)
{
  guint length_a = get_hit_length (*(KutipSpan *const *) a, *(KutipRange *) query);
  guint length_b = get_hit_length (*(KutipSpan *const *) b, *(KutipRange *) query);

  return length_a != length_b ? (length_a < length_b ? -1 : 1)
                              : compare_hits (a, b, query);
}

/* From the shortest at a place to the longest, one after the other, and then no more. */
static void
assert_agrees_on_length (const KutipSpanTree *tree, GPtrArray *spans, KutipRange query)
{
  g_autoptr (GPtrArray) expected = ask_reference (spans, query);
  KutipSpan *span = NULL;

  g_ptr_array_sort_with_data (expected, compare_lengths, &query);
  for (guint i = 0; i < expected->len; i++)
    {
      span = kutip_span_tree_get_longer (tree, query, span, NULL);
      g_assert_true (span == g_ptr_array_index (expected, i));
    }
  if (expected->len > 0)
    g_assert_null (kutip_span_tree_get_longer (tree, query, span, NULL));
  /* What is elsewhere counts as nothing. */
  for (guint i = 0; i < MIN (spans->len, 5); i++)
    if (find_hit (g_ptr_array_index (spans, i), query) == NULL)
      g_assert_true (
          kutip_span_tree_get_longer (tree, query, g_ptr_array_index (spans, i), NULL) ==
          (expected->len > 0 ? g_ptr_array_index (expected, 0) : NULL));
}

static void
assert_agrees (const KutipSpanTree *tree, GPtrArray *spans, GRand *random)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_assert_cmpuint (kutip_span_tree_get_n_spans (tree), ==, spans->len);
  kutip_span_tree_foreach (tree, append, all);
  assert_same (all, spans);
  for (guint i = 0; i < spans->len; i++)
    {
      KutipSpan *span = g_ptr_array_index (spans, i);

      g_assert_true (kutip_span_tree_get_nth (tree, i) == span);
      g_assert_cmpuint (kutip_span_tree_get_position (tree, span), ==, i);
    }
  g_assert_null (kutip_span_tree_get_nth (tree, spans->len));
  for (guint i = 0; i < 4; i++)
    assert_agrees_on_label (tree, spans, i % 2 == 0 ? "quote" : "rare",
                            (guint) g_rand_int_range (random, 0, (int) spans->len + 2),
                            i < 2);

  for (guint i = 0; i < 20; i++)
    {
      guint start = (guint) g_rand_int_range (random, 0, TEXT_LENGTH + 2);
      guint length =
          g_rand_boolean (random) ? (guint) g_rand_int_range (random, 0, 60) : 0;
      KutipRange query = { start, start + length };
      g_autoptr (GPtrArray) expected = ask_reference (spans, query);
      g_autoptr (GPtrArray) hits = g_ptr_array_new ();

      kutip_span_tree_foreach_in (tree, query, append, hits);
      assert_same (hits, expected);
      g_assert_true (kutip_span_tree_get_after (tree, start) ==
                     find_after (spans, start));
      g_assert_true (kutip_span_tree_get_before (tree, start) ==
                     find_before (spans, start));
      query.end = start + i % 2;
      assert_agrees_on_length (tree, spans, query);
    }
}

static KutipSpan *
random_span (GRand *random, guint number)
{
  g_autofree char *id =
      g_strdup_printf ("%s%u", g_rand_boolean (random) ? "s" : "t", number);
  KutipRange ranges[4];
  guint n = (guint) g_rand_int_range (random, 1, 5);

  if (g_rand_int_range (random, 0, 10) == 0)
    return fixture_orphan (id, "quote", (guint) g_rand_int_range (random, 0, TEXT_LENGTH),
                           900);
  if (g_rand_boolean (random))
    n = 1;
  for (guint i = 0; i < n; i++)
    {
      ranges[i].start = (guint) g_rand_int_range (random, 0, TEXT_LENGTH);
      ranges[i].end = ranges[i].start + (guint) g_rand_int_range (random, 1, 40);
    }
  return fixture_pieces (id, g_rand_int_range (random, 0, 9) == 0 ? "rare" : "quote",
                         ranges, kutip_ranges_normalize (ranges, n));
}

/* A copy of a tree, and what was in it then. */
typedef struct
{
  KutipSpanTree tree;
  GPtrArray *spans;
} Copy;

static GPtrArray *
copy_spans (GPtrArray *spans)
{
  return g_ptr_array_copy (spans, (GCopyFunc) kutip_span_ref, NULL);
}

static void
check_copy (Copy *copy, GRand *random)
{
  assert_agrees (&copy->tree, copy->spans, random);
  kutip_span_tree_clear (&copy->tree);
  g_ptr_array_set_free_func (copy->spans, (GDestroyNotify) kutip_span_unref);
  g_ptr_array_unref (copy->spans);
}

/* One with another note stands where it did; one that lies or is called otherwise is
 * refused. */
static void
replace_some (KutipSpanTree *tree, GPtrArray *spans, GRand *random)
{
  gpointer *place = &spans->pdata[g_rand_int_range (random, 0, (gint32) spans->len)];
  g_autoptr (KutipSpan) was = *place;
  g_autoptr (KutipSpan) longer = NULL;
  g_autoptr (KutipSpan) relabelled = NULL;
  KutipRange range = kutip_span_get_hull (was);
  KutipSpanFields fields;

  kutip_span_get_fields (was, &fields);
  fields.note = "other";
  *place = kutip_span_new (&fields);
  fields.label = "other";
  relabelled = kutip_span_new (&fields);
  fields.label = kutip_span_get_label (was);
  range.end++;
  fields.ranges = &range;
  fields.n_ranges = 1;
  longer = kutip_span_new (&fields);
  g_assert_false (kutip_span_tree_replace (tree, was, relabelled));
  g_assert_false (kutip_span_tree_replace (tree, was, longer));
  g_assert_true (kutip_span_tree_replace (tree, was, *place));
}

/* Adding, removing, replacing, asking and copying at random agree with the reference, and
 * copies stay as they were. */
static void
test_random (void)
{
  g_autoptr (GRand) random = fixture_random (20260101);
  g_autoptr (GPtrArray) spans =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_span_unref);
  g_autoptr (GArray) copies = g_array_new (FALSE, FALSE, sizeof (Copy));
  KutipSpanTree tree = KUTIP_SPAN_TREE_INIT;

  for (guint step = 0; step < rounds (3000); step++)
    {
      gboolean grow = step % 1000 < 600;

      if (spans->len == 0 || (g_rand_int_range (random, 0, 10) < 7) == grow)
        {
          KutipSpan *span = random_span (random, step);

          g_ptr_array_add (spans, span);
          kutip_span_tree_add (&tree, span);
        }
      else if (g_rand_boolean (random))
        replace_some (&tree, spans, random);
      else
        {
          guint i = (guint) g_rand_int_range (random, 0, (gint32) spans->len);

          kutip_span_tree_remove (&tree, g_ptr_array_index (spans, i));
          g_ptr_array_remove_index_fast (spans, i);
        }
      if (step % 20 != 0)
        continue;
      g_ptr_array_sort (spans, compare_spans);
      assert_agrees (&tree, spans, random);
      if (step % 100 == 0)
        {
          Copy copy = { KUTIP_SPAN_TREE_INIT, copy_spans (spans) };

          kutip_span_tree_init_copy (&copy.tree, &tree);
          g_array_append_val (copies, copy);
        }
    }
  for (guint i = 0; i < copies->len; i++)
    check_copy (&g_array_index (copies, Copy, i), random);
  kutip_span_tree_clear (&tree);
  g_assert_cmpuint (kutip_span_tree_get_n_spans (&tree), ==, 0);
}

/* How the spans come; a tree without balance would be a list for most of these. */
typedef enum
{
  SORTED,
  REVERSED,
  ZIGZAG,
  ONE_PLACE,
  N_ARRIVALS,
} Arrival;

static KutipSpan *
arriving_span (Arrival arrival, guint i, guint n)
{
  g_autofree char *id = g_strdup_printf ("s%u", i);
  guint place = i;

  if (arrival == REVERSED)
    place = n - i;
  else if (arrival == ZIGZAG)
    place = i % 2 == 0 ? i : 2 * n - i;
  else if (arrival == ONE_PLACE)
    place = 7;
  return fixture_span (id, "quote", place, place + 3);
}

static void
test_depth (void)
{
  const guint n = 20000;

  for (Arrival arrival = SORTED; arrival < N_ARRIVALS; arrival++)
    {
      KutipSpanTree tree = KUTIP_SPAN_TREE_INIT;

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (KutipSpan) span = arriving_span (arrival, i, n);

          kutip_span_tree_add (&tree, span);
        }
      g_assert_cmpfloat (kutip_span_tree_get_depth (&tree), <=, 2.5 * log2 (n));

      /* Removing one side must not leave the other hanging. */
      for (guint i = 0; i < n - n / 10; i++)
        {
          g_autoptr (KutipSpan) span =
              kutip_span_ref (kutip_span_tree_get_nth (&tree, 0));

          kutip_span_tree_remove (&tree, span);
        }
      g_assert_cmpuint (kutip_span_tree_get_n_spans (&tree), ==, n / 10);
      g_assert_cmpfloat (kutip_span_tree_get_depth (&tree), <=, 2.5 * log2 (n / 10));
      kutip_span_tree_clear (&tree);
    }
}

static gboolean
count (KutipSpan *span, gpointer n)
{
  ++*(guint *) n;
  return TRUE;
}

/* The nodes that a question looks at grow with log n and with the hits, not with n. */
static void
test_cost_of_place_query (void)
{
  const guint sizes[] = { 1000, 10000, rounds (100000) };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      KutipSpanTree tree = KUTIP_SPAN_TREE_INIT;
      guint most = 0;

      for (guint j = 0; j < sizes[i]; j++)
        {
          g_autofree char *id = g_strdup_printf ("s%u", j);
          g_autoptr (KutipSpan) span = fixture_span (id, "quote", j * 10, j * 10 + 25);

          kutip_span_tree_add (&tree, span);
        }
      for (guint j = 0; j < 200; j++)
        {
          guint offset = (guint) ((guint64) j * sizes[i] * 10 / 200);
          guint n_hits = 0;
          guint n_looked_at = kutip_span_tree_foreach_in (
              &tree, (KutipRange){ offset, offset + 1 }, count, &n_hits);

          g_assert_cmpuint (n_hits, >=, 1);
          g_assert_cmpuint (n_hits, <=, 3);
          most = MAX (most, n_looked_at);
        }
      g_test_message ("%u spans: at most %u nodes for 3 hits", sizes[i], most);
      g_assert_cmpfloat (most, <=, 4 * log2 (sizes[i]) + 12);
      kutip_span_tree_clear (&tree);
    }
}

/* One span around all, orphans with huge ranges: neither makes a question look at
 * everything. */
static void
test_cost_with_long_spans (void)
{
  KutipSpanTree tree = KUTIP_SPAN_TREE_INIT;
  g_autoptr (KutipSpan) article = fixture_span ("all", "claim", 0, 1000000);
  guint n_hits = 0;
  guint n_looked_at;

  kutip_span_tree_add (&tree, article);
  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autoptr (KutipSpan) span = i % 2 == 0
                                       ? fixture_span (id, "quote", i * 10, i * 10 + 5)
                                       : fixture_orphan (id, "quote", i * 10, 1000000);

      kutip_span_tree_add (&tree, span);
    }
  n_looked_at =
      kutip_span_tree_foreach_in (&tree, (KutipRange){ 400000, 400005 }, count, &n_hits);
  g_assert_cmpuint (n_hits, ==, 2);
  g_assert_cmpuint (n_looked_at, <=, 100);
  kutip_span_tree_clear (&tree);
}

/* How 100,000 spans lie over one place. */
typedef enum
{
  AS_ONE,
  IN_ONE_ANOTHER,
  OF_TWO_LENGTHS,
  N_PILES
} Pile;

static KutipSpan *
piled_span (Pile pile, guint i, guint n)
{
  g_autofree char *id = g_strdup_printf ("s%u", i);

  switch (pile)
    {
    case IN_ONE_ANOTHER:
      return fixture_span (id, "quote", i, 2 * n - i);
    case OF_TWO_LENGTHS:
      return fixture_span (id, "quote", n - 5, n + (i % 2 == 0 ? 5 : 10));
    case AS_ONE:
    case N_PILES:
    default:
      return fixture_span (id, "quote", n - 5, n + 5);
    }
}

/* One goes from each of very many at one place to the next in O(log n), and passes by
 * none. */
static void
test_cost_of_length_query (void)
{
  const guint n = rounds (100000);
  KutipRange place = { n - 1, n - 1 };

  for (Pile pile = 0; pile < N_PILES; pile++)
    {
      KutipSpanTree tree = KUTIP_SPAN_TREE_INIT;
      KutipSpan *at = NULL, *next;
      guint n_seen = 0, most = 0, n_looked_at;

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (KutipSpan) span = piled_span (pile, i, n);

          kutip_span_tree_add (&tree, span);
        }
      while ((next = kutip_span_tree_get_longer (&tree, place, at, &n_looked_at)) != NULL)
        {
          n_seen++;
          most = MAX (most, n_looked_at);
          at = next;
        }
      most = MAX (most, n_looked_at);
      g_test_message ("%d: at the most %u nodes", pile, most);
      g_assert_cmpuint (n_seen, ==, n);
      g_assert_cmpfloat (most, <=, 12 * log2 (n));
      kutip_span_tree_clear (&tree);
    }
}

static gboolean
take_one (KutipSpan *span, gpointer data)
{
  Labelled *labelled = data;

  append_labelled (span, data);
  return labelled->spans->len == 0;
}

/* Two of one label with 100,000 of other labels between them. */
static void
test_cost_of_label_query (void)
{
  static const char *const labels[] = { "quote", "claim", "source" };
  const guint n = rounds (100000);
  KutipSpanTree tree = KUTIP_SPAN_TREE_INIT;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const char *rare = NULL;
  Labelled labelled = { NULL, found };
  KutipLabelSet others = 0;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    others |= kutip_label_set_of (g_intern_string (labels[i]));
  /* One that shares no bit with the others. */
  for (guint i = 0; rare == NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("rare%u", i);

      if ((kutip_label_set_of (g_intern_string (name)) & others) == 0)
        rare = g_intern_string (name);
    }
  labelled.label = rare;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      gboolean is_rare = i == 3 || i == n - 3;
      g_autoptr (KutipSpan) span = fixture_span (
          id, is_rare ? rare : labels[i % G_N_ELEMENTS (labels)], i * 10, i * 10 + 25);

      kutip_span_tree_add (&tree, span);
    }
  for (guint i = 0; i < 2; i++)
    {
      guint n_looked_at = kutip_span_tree_foreach_labelled (
          &tree, i == 0 ? 4 : n - 3, i == 0, kutip_label_set_of (rare), take_one,
          &labelled);

      g_assert_cmpuint (found->len, ==, 1);
      g_assert_cmpuint (
          kutip_span_tree_get_position (&tree, g_ptr_array_index (found, 0)), ==,
          i == 0 ? n - 3 : 3);
      g_assert_cmpfloat (n_looked_at, <=, 6 * log2 (n));
      g_ptr_array_set_size (found, 0);
    }
  kutip_span_tree_clear (&tree);
}

typedef struct
{
  KutipSpanTree *tree;
  guint n;
} Eater;

static gboolean
eat (KutipSpan *span, gpointer data)
{
  Eater *eater = data;

  kutip_span_tree_remove (eater->tree, span);
  eater->n++;
  return TRUE;
}

static gboolean
stop_at_second (KutipSpan *span, gpointer n)
{
  return ++*(guint *) n < 2;
}

static void
test_callbacks (void)
{
  KutipSpanTree tree = KUTIP_SPAN_TREE_INIT;
  Eater eater = { &tree, 0 };
  guint n = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autoptr (KutipSpan) span = fixture_span (id, "quote", i, i + 2);

      kutip_span_tree_add (&tree, span);
    }
  g_assert_false (kutip_span_tree_foreach (&tree, stop_at_second, &n));
  g_assert_cmpuint (n, ==, 2);
  n = 0;
  kutip_span_tree_foreach_in (&tree, (KutipRange){ 10, 90 }, stop_at_second, &n);
  g_assert_cmpuint (n, ==, 2);

  g_test_message ("a callback may take away what it is told of");
  kutip_span_tree_foreach_in (&tree, (KutipRange){ 10, 20 }, eat, &eater);
  g_assert_cmpuint (eater.n, ==, 11);
  g_assert_true (kutip_span_tree_foreach (&tree, eat, &eater));
  g_assert_cmpuint (eater.n, ==, 100);
  g_assert_cmpuint (kutip_span_tree_get_n_spans (&tree), ==, 0);
  g_assert_null (kutip_span_tree_get_after (&tree, 0));
  g_assert_null (kutip_span_tree_get_before (&tree, G_MAXUINT));
}

/* Offsets at the end of what an unsigned number holds. */
static void
test_extremes (void)
{
  KutipSpanTree tree = KUTIP_SPAN_TREE_INIT;
  g_autoptr (KutipSpan) last = fixture_span ("s1", "quote", G_MAXUINT - 1, G_MAXUINT);
  guint n = 0;

  kutip_span_tree_add (&tree, last);
  kutip_span_tree_foreach_in (&tree, (KutipRange){ G_MAXUINT, G_MAXUINT }, count, &n);
  g_assert_cmpuint (n, ==, 1);
  kutip_span_tree_foreach_in (&tree, (KutipRange){ 0, G_MAXUINT }, count, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (kutip_span_tree_get_after (&tree, G_MAXUINT - 2) == last);
  g_assert_null (kutip_span_tree_get_after (&tree, G_MAXUINT));
  g_assert_true (kutip_span_tree_get_before (&tree, G_MAXUINT) == last);
  kutip_span_tree_clear (&tree);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/span-tree/random", test_random);
  g_test_add_func ("/span-tree/depth", test_depth);
  g_test_add_func ("/span-tree/cost-of-place-query", test_cost_of_place_query);
  g_test_add_func ("/span-tree/cost-with-long-spans", test_cost_with_long_spans);
  g_test_add_func ("/span-tree/cost-of-label-query", test_cost_of_label_query);
  g_test_add_func ("/span-tree/cost-of-length-query", test_cost_of_length_query);
  g_test_add_func ("/span-tree/callbacks", test_callbacks);
  g_test_add_func ("/span-tree/extremes", test_extremes);
  return g_test_run ();
}
