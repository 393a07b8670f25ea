/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/split.h"

#include "corpus/split-join.h"

#include <glib.h>
#include <string.h>

#define MAX_GROUPS 400
#define MAX_STRATA 12

/* Groups of single articles called "a0", "a1" … */
typedef struct
{
  KutipSplitGroup groups[MAX_GROUPS];
  KutipStratumCount strata[MAX_GROUPS][MAX_STRATA];
  char names[MAX_GROUPS][16];
  guint splits[MAX_GROUPS];
  guint n;
} Fixture;

static Fixture *
fixture_new (guint n)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->n = n;
  for (guint i = 0; i < n; i++)
    {
      g_snprintf (self->names[i], sizeof self->names[i], "a%u", i);
      self->groups[i] = (KutipSplitGroup){ .name = self->names[i],
                                           .n_articles = 1,
                                           .strata = self->strata[i] };
    }
  return self;
}

static void
add_stratum (Fixture *self, guint group, guint stratum, guint n)
{
  KutipSplitGroup *changed = &self->groups[group];

  self->strata[group][changed->n_strata++] = (KutipStratumCount){ stratum, n };
}

static guint
count_articles (Fixture *self, guint split)
{
  guint n = 0;

  for (guint i = 0; i < self->n; i++)
    n += self->splits[i] == split ? self->groups[i].n_articles : 0;
  return n;
}

static guint
count_stratum (Fixture *self, guint split, guint stratum)
{
  guint n = 0;

  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; self->splits[i] == split && j < self->groups[i].n_strata; j++)
      if (self->strata[i][j].stratum == stratum)
        n += self->strata[i][j].n;
  return n;
}

static void
assign (Fixture *self, const guint *shares, guint n_splits, guint64 seed)
{
  g_autoptr (KutipSplit) split =
      kutip_split_new (shares, n_splits, seed, kutip_spill_new_in_memory);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *splits = NULL;

  for (guint i = 0; i < self->n; i++)
    kutip_split_add (split, &self->groups[i], &error);
  splits = kutip_split_assign (split, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < self->n; i++)
    self->splits[i] = splits[i];
}

/* Worked out apart, with Python: sorted by hashlib.sha256(f"{seed}\na{i}".encode ()),
 * each to the split that lacks most. Pins both for all machines and versions. */
static void
test_pinned (void)
{
  static const struct
  {
    guint64 seed;
    const char *splits; /* of a0 … a19, 12/4/4 */
  } rows[] = {
    { 0, "00022201012000000011" },
    { 1, "00020000112201002100" },
    { G_MAXUINT64, "10010001022100022000" },
  };
  static const guint shares[] = { 60, 20, 20 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree Fixture *fixture = fixture_new (20);
      g_autoptr (GString) splits = g_string_new (NULL);

      assign (fixture, shares, 3, rows[i].seed);
      for (guint j = 0; j < 20; j++)
        g_string_append_printf (splits, "%u", fixture->splits[j]);
      g_assert_cmpstr (splits->str, ==, rows[i].splits);
    }
}

static void
test_sizes (void)
{
  static const struct
  {
    guint n, n_splits, shares[3], expected[3];
    const char *why;
  } rows[] = {
    { 100, 3, { 80, 10, 10 }, { 80, 10, 10 }, "to the article" },
    { 100, 3, { 8, 1, 1 }, { 80, 10, 10 }, "shares need not make 100" },
    { 10, 2, { 2, 1 }, { 7, 3 }, "what is left over goes to the one that lacks most" },
    { 1, 3, { 80, 10, 10 }, { 1, 0, 0 }, "one article" },
    { 2, 3, { 80, 10, 10 }, { 1, 0, 1 }, "a test set rather than one for validation" },
    { 0, 3, { 80, 10, 10 }, { 0, 0, 0 }, "none" },
    { 3, 3, { 1, 1, 1 }, { 1, 1, 1 }, "one each" },
    { 4, 3, { 80, 10, 10 }, { 2, 1, 1 }, "none stays empty" },
    { 400, 2, { 1, 999999 }, { 1, 399 }, "a share of less than an article" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree Fixture *fixture = fixture_new (rows[i].n);

      assign (fixture, rows[i].shares, rows[i].n_splits, 7);
      for (guint j = 0; j < rows[i].n_splits; j++)
        if (count_articles (fixture, j) != rows[i].expected[j])
          g_error ("%s: %u in split %u", rows[i].why, count_articles (fixture, j), j);
    }
}

/* Outlets of many articles: each split gets one as long as there are enough. */
static void
test_none_empty (void)
{
  static const guint shares[][3] = {
    { 80, 10, 10 }, { 1, 1, 98 }, { 98, 1, 1 }, { 4, 1, 0 }
  };

  for (guint seed = 0; seed < 400; seed++)
    {
      const guint *asked = shares[seed % G_N_ELEMENTS (shares)];
      guint n_splits = asked[2] == 0 ? 2 : 3;
      guint n = 1 + seed % 9;
      g_autofree Fixture *fixture = fixture_new (n);
      guint n_filled = 0;

      for (guint i = 0; i < n; i++)
        {
          fixture->groups[i].n_articles = 1 + (seed * 7 + i * 5) % 40;
          if (seed % 2 == 1)
            add_stratum (fixture, i, i % 2, fixture->groups[i].n_articles);
        }
      assign (fixture, asked, n_splits, seed);
      for (guint i = 0; i < n_splits; i++)
        n_filled += count_articles (fixture, i) > 0;
      g_assert_cmpuint (n_filled, ==, MIN (n, n_splits));
    }
}

/* Whatever the order in which the groups come. */
static void
test_order_of_input (void)
{
  static const guint shares[] = { 80, 10, 10 };
  g_autofree Fixture *forward = fixture_new (200);
  g_autofree Fixture *backward = fixture_new (200);

  for (guint i = 0; i < 200; i++)
    {
      add_stratum (forward, i, i % 7, 1 + i % 3);
      backward->groups[i].name = forward->names[199 - i];
      add_stratum (backward, i, (199 - i) % 7, 1 + (199 - i) % 3);
    }
  assign (forward, shares, 3, 3);
  assign (backward, shares, 3, 3);
  for (guint i = 0; i < 200; i++)
    g_assert_cmpuint (forward->splits[i], ==, backward->splits[199 - i]);
}

static void
test_seeds_differ (void)
{
  static const guint shares[] = { 1, 1 };
  g_autofree Fixture *one = fixture_new (100);
  g_autofree Fixture *other = fixture_new (100);
  guint n_same = 0;

  assign (one, shares, 2, 1);
  assign (other, shares, 2, 2);
  for (guint i = 0; i < 100; i++)
    n_same += one->splits[i] == other->splits[i];
  g_assert_cmpuint (n_same, >, 20);
  g_assert_cmpuint (n_same, <, 80);
}

/* Each stratum is within one group's worth of its share, a rare one too, which chance
 * alone would leave out of a split now and then. */
static void
test_stratified (void)
{
  static const guint shares[] = { 80, 10, 10 };

  for (guint64 seed = 0; seed < 20; seed++)
    {
      g_autofree Fixture *fixture = fixture_new (300);

      for (guint i = 0; i < 300; i++)
        {
          add_stratum (fixture, i, 0, 5);
          if (i % 3 == 0)
            add_stratum (fixture, i, 1, 2);
          if (i % 30 == 0)
            add_stratum (fixture, i, 2, 1);
        }
      assign (fixture, shares, 3, seed);
      for (guint split = 0; split < 3; split++)
        {
          gint64 share = shares[split];

          g_assert_cmpint (ABS (count_stratum (fixture, split, 0) - 15 * share), <=, 15);
          g_assert_cmpint (ABS (count_stratum (fixture, split, 1) - 2 * share), <=, 2);
          g_assert_cmpint (ABS (10 * count_stratum (fixture, split, 2) - share), <=, 0);
        }
    }
}

/* A group is never divided, and no split is more than the largest group off. */
static void
test_large_groups (void)
{
  static const guint shares[] = { 70, 15, 15 };

  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autofree Fixture *fixture = fixture_new (40);
      guint total = 0;

      for (guint i = 0; i < 40; i++)
        {
          fixture->groups[i].n_articles = 1 + i % 9;
          total += fixture->groups[i].n_articles;
        }
      assign (fixture, shares, 3, seed);
      for (guint i = 0; i < 3; i++)
        g_assert_cmpint (
            ABS ((gint) (100 * count_articles (fixture, i)) - (gint) (shares[i] * total)),
            <=, 900);
    }
}

static void
test_join (void)
{
  static const struct
  {
    const char *why;
    const char *keys[6]; /* with "|" between them */
    const char *digests[6];
    guint expected[6], n;
  } rows[] = {
    { "nothing in common", { "a", "b", "c" }, { "1", "2", "3" }, { 0, 1, 2 }, 3 },
    { "the same key", { "a", "b", "a" }, { "1", "2", "3" }, { 0, 1, 0 }, 2 },
    { "the same text", { "a", "b", "c" }, { "1", "2", "2" }, { 0, 1, 1 }, 2 },
    { "no key is not the same key",
      { NULL, NULL, "a" },
      { "1", "2", "3" },
      { 0, 1, 2 },
      3 },
    { "one of several keys",
      { "a|b", "c", "b|d", "e", "d" },
      { "1", "2", "3", "4", "5" },
      { 0, 1, 0, 2, 0 },
      3 },
    { "by way of a third",
      { "a", "b", "a", "c" },
      { "1", "2", "2", "1" },
      { 0, 0, 0, 0 },
      1 },
    { "a chain that closes late",
      { "a", "b", "c", "a", "b", "c" },
      { "1", "2", "3", "4", "3", "1" },
      { 0, 0, 0, 0, 0, 0 },
      1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipSplitJoin) join = kutip_split_join_new (kutip_spill_new_in_memory);
      g_autoptr (GError) error = NULL;
      g_autofree guint *groups = NULL;
      guint n = 0, n_groups;

      for (; n < 6 && rows[i].digests[n] != NULL; n++)
        {
          g_auto (GStrv) keys =
              rows[i].keys[n] == NULL ? NULL : g_strsplit (rows[i].keys[n], "|", -1);

          kutip_split_join_add (join, (const char *const *) keys, rows[i].digests[n],
                                &error);
        }
      groups = kutip_split_join_finish (join, &n_groups, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_groups, ==, rows[i].n);
      for (guint j = 0; j < n; j++)
        if (groups[j] != rows[i].expected[j])
          g_error ("%s: article %u is in group %u", rows[i].why, j, groups[j]);
    }
}

static void
test_shares (void)
{
  static const struct
  {
    const char *text;
    guint n, shares[3];
  } rows[] = {
    { "80/10/10", 3, { 80, 10, 10 } },
    { "4/1", 2, { 4, 1 } },
    { "1000000/1", 2, { 1000000, 1 } },
    { "100", 0, { 0 } },
    { "1/1/1/1", 0, { 0 } },
    { "80/0/20", 0, { 0 } },
    { "80/-10/30", 0, { 0 } },
    { "0.8/0.2", 0, { 0 } },
    { "80/20/", 0, { 0 } },
    { "1000001/1", 0, { 0 } },
    { "", 0, { 0 } },
    { " 80/20", 0, { 0 } },
    { "99999999999999999999/1", 0, { 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint shares[3] = { 0 };
      guint n = 0;

      if (kutip_split_parse_shares (rows[i].text, shares, &n) != (rows[i].n > 0))
        g_error ("“%s”", rows[i].text);
      g_assert_cmpuint (n, ==, rows[i].n);
      for (guint j = 0; j < n; j++)
        g_assert_cmpuint (shares[j], ==, rows[i].shares[j]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split/pinned", test_pinned);
  g_test_add_func ("/split/sizes", test_sizes);
  g_test_add_func ("/split/none-empty", test_none_empty);
  g_test_add_func ("/split/order-of-input", test_order_of_input);
  g_test_add_func ("/split/seeds-differ", test_seeds_differ);
  g_test_add_func ("/split/stratified", test_stratified);
  g_test_add_func ("/split/large-groups", test_large_groups);
  g_test_add_func ("/split/join", test_join);
  g_test_add_func ("/split/shares", test_shares);
  return g_test_run ();
}
