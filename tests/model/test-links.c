/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/links.h"

#include "../rounds.h"
#include "fixture.h"

static char *
describe (KutipLinks *links)
{
  g_autoptr (GPtrArray) relations = kutip_links_list (links);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < relations->len; i++)
    g_string_append_printf (out, "%s ",
                            kutip_relation_get_id (g_ptr_array_index (relations, i)));
  return g_string_free (out, FALSE);
}

static void
assert_ids (KutipLinks *links, const char *expected)
{
  g_autofree char *ids = describe (links);

  g_assert_cmpstr (ids, ==, expected);
}

/* Each step leaves the ones before as they were; the list is in order of ids. */
static void
test_steps (void)
{
  g_autoptr (KutipRelation) r2 = fixture_relation ("r2", "same-as", "s1", "s2");
  g_autoptr (KutipRelation) r10 = fixture_relation ("r10", "same-as", "s1", "s3");
  g_autoptr (KutipRelation) r1 = fixture_relation ("r1", "same-as", "s4", "s1");
  g_autoptr (KutipLinks) one = kutip_links_with (NULL, "s1", r2);
  g_autoptr (KutipLinks) two = kutip_links_with (one, "s1", r10);
  g_autoptr (KutipLinks) three = kutip_links_with (two, "s1", r1);
  g_autoptr (KutipLinks) less = kutip_links_without (three, r2);

  assert_ids (NULL, "");
  assert_ids (one, "r2 ");
  assert_ids (two, "r2 r10 ");
  assert_ids (three, "r1 r2 r10 ");
  assert_ids (less, "r1 r10 ");
  g_assert_cmpstr (kutip_links_get_span_id (less), ==, "s1");
  g_assert_null (kutip_links_without (one, r2));
}

/* A source that ten thousand quotes lead to costs each of them the same. */
static void
test_many (void)
{
  g_autoptr (KutipLinks) links = NULL;
  g_autoptr (GPtrArray) all = NULL;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      g_autoptr (KutipRelation) relation = fixture_relation (id, "same-as", "s1", "s2");
      KutipLinks *longer = kutip_links_with (links, "s1", relation);

      g_clear_pointer (&links, kutip_links_unref);
      links = longer;
    }
  all = kutip_links_list (links);
  g_assert_cmpuint (all->len, ==, 10000);
  g_assert_cmpstr (kutip_relation_get_id (g_ptr_array_index (all, 9999)), ==, "r9999");
}

/* As long as it is short it is kept in another way: a step over the border, up or down,
 * changes nothing of what it holds, and nothing of what was before it. */
static void
test_random (void)
{
  const guint n_ids = 14;
  g_autoptr (GRand) random = fixture_random (20260112);
  g_autoptr (GPtrArray) steps =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_links_unref);
  g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
  guint held = 0;

  for (guint i = 0; i < rounds (2000); i++)
    {
      gboolean grow = i % 200 < 110;
      guint bit = (guint) g_rand_int_range (random, 0, (gint32) n_ids);
      g_autofree char *id = g_strdup_printf ("r%u", bit);
      g_autoptr (KutipRelation) relation = fixture_relation (id, "same-as", "s1", "s2");
      KutipLinks *last = held != 0 ? g_ptr_array_index (steps, steps->len - 1) : NULL;
      KutipLinks *next = NULL;
      GString *ids = g_string_new (NULL);

      if ((g_rand_int_range (random, 0, 10) < 7) == grow || last == NULL)
        {
          next = kutip_links_with (last, "s1", relation);
          held |= 1u << bit;
        }
      else
        {
          next = kutip_links_without (last, relation);
          held &= ~(1u << bit);
        }
      for (guint k = 0; k < n_ids; k++)
        if ((held & 1u << k) != 0)
          g_string_append_printf (ids, "r%u ", k);
      g_assert_true ((next == NULL) == (held == 0));
      assert_ids (next, ids->str);
      if (next == NULL)
        g_string_free (ids, TRUE);
      else
        {
          g_assert_cmpstr (kutip_links_get_span_id (next), ==, "s1");
          g_ptr_array_add (steps, next);
          g_ptr_array_add (expected, g_string_free (ids, FALSE));
        }
    }
  for (guint i = 0; i < steps->len; i++)
    assert_ids (g_ptr_array_index (steps, i), g_ptr_array_index (expected, i));
}

static KutipLinks *
find_links (GPtrArray *all, const char *span_id)
{
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (kutip_links_get_span_id (g_ptr_array_index (all, i)), span_id))
      return g_ptr_array_index (all, i);
  return NULL;
}

/* Each end of each relation, a ring's once; one source has many. */
static void
test_gather (void)
{
  g_autoptr (GPtrArray) relations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_relation_unref);
  g_autoptr (GPtrArray) all = NULL, none = NULL;
  g_autoptr (KutipLinks) longer = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", 20 - i);
      g_autofree char *from = g_strdup_printf ("s%u", i);

      g_ptr_array_add (relations,
                       fixture_relation (id, "same-as", from, i < 10 ? "many" : "s10"));
    }
  all = kutip_links_gather (relations->pdata, relations->len);
  g_assert_cmpuint (all->len, ==, 21);
  assert_ids (find_links (all, "many"), "r11 r12 r13 r14 r15 r16 r17 r18 r19 r20 ");
  assert_ids (find_links (all, "s0"), "r20 ");
  assert_ids (find_links (all, "s10"), "r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 ");
  longer = kutip_links_with (find_links (all, "s0"), "s0", relations->pdata[4]);
  assert_ids (longer, "r16 r20 ");
  none = kutip_links_gather (NULL, 0);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/links/steps", test_steps);
  g_test_add_func ("/links/many", test_many);
  g_test_add_func ("/links/random", test_random);
  g_test_add_func ("/links/gather", test_gather);
  return g_test_run ();
}
