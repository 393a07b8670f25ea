/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/links.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/links/steps", test_steps);
  g_test_add_func ("/links/many", test_many);
  return g_test_run ();
}
