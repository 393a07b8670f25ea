/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/foreign.h"

static void
test_members (void)
{
  char json[] = "{\"a\":1}";
  const KutipForeignMember given[] = { { "", "x-tool", json }, { "label", "", "null" } };
  g_autoptr (KutipForeign) foreign = kutip_foreign_new (given, 2);
  g_autoptr (KutipForeign) again = kutip_foreign_ref (foreign);

  json[1] = 'X';
  g_assert_cmpuint (kutip_foreign_get_n (again), ==, 2);
  g_assert_cmpstr (kutip_foreign_get_nth (again, 0).after, ==, "");
  g_assert_cmpstr (kutip_foreign_get_nth (again, 0).name, ==, "x-tool");
  g_assert_cmpstr (kutip_foreign_get_nth (again, 0).json, ==, "{\"a\":1}");
  g_assert_cmpstr (kutip_foreign_get_nth (again, 1).after, ==, "label");
  g_assert_cmpstr (kutip_foreign_get_nth (again, 1).name, ==, "");
}

static void
test_nothing (void)
{
  g_assert_null (kutip_foreign_new (NULL, 0));
  g_assert_null (kutip_foreign_ref (NULL));
  g_assert_cmpuint (kutip_foreign_get_n (NULL), ==, 0);
  g_assert_true (kutip_foreign_equal (NULL, NULL));
  kutip_foreign_unref (NULL);
}

static void
test_equal (void)
{
  static const struct
  {
    KutipForeignMember member;
    gboolean equal;
    const char *reason;
  } rows[] = {
    { { "id", "x", "1" }, TRUE, "the same" },
    { { "label", "x", "1" }, FALSE, "in another place" },
    { { "id", "y", "1" }, FALSE, "another name" },
    { { "id", "x", "1.0" }, FALSE, "the value is kept as it was written" },
  };
  g_autoptr (KutipForeign) first = kutip_foreign_new (&rows[0].member, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const KutipForeignMember twice[] = { rows[i].member, rows[i].member };
      g_autoptr (KutipForeign) one = kutip_foreign_new (&rows[i].member, 1);
      g_autoptr (KutipForeign) two = kutip_foreign_new (twice, 2);

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (kutip_foreign_equal (first, one), ==, rows[i].equal);
      g_assert_false (kutip_foreign_equal (one, two));
      g_assert_false (kutip_foreign_equal (one, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/foreign/members", test_members);
  g_test_add_func ("/foreign/nothing", test_nothing);
  g_test_add_func ("/foreign/equal", test_equal);
  return g_test_run ();
}
