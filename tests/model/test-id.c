/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/id.h"

/* In order. */
static const char *const sorted[] = {
  "",
  "0",
  "00",
  "07",
  "7",
  "10",
  "a",
  "a1b",
  "r1",
  "r2",
  "s",
  "s0",
  "s01",
  "s1",
  "s2",
  "s9",
  "s10",
  "s11",
  "s100",
  "s99999999999999999999",
  "s999999999999999999999",
  "s1-1",
  "s1-2",
  "s1-10",
  "é2",
  "é10",
};

static int
get_sign (int number)
{
  return (number > 0) - (number < 0);
}

/* Each id against each other: a total order, the same both ways. */
static void
test_compare (void)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (sorted); i++)
    for (int j = 0; j < (int) G_N_ELEMENTS (sorted); j++)
      {
        int order = kutip_id_compare (sorted[i], sorted[j]);

        if (get_sign (order) != get_sign (i - j))
          g_test_message ("“%s” and “%s”", sorted[i], sorted[j]);
        g_assert_cmpint (get_sign (order), ==, get_sign (i - j));
      }
}

static void
test_number (void)
{
  static const struct
  {
    const char *id;
    guint number;
    const char *reason;
  } rows[] = {
    { "s12", 12, "ours" },
    { "12", 12, "a number alone" },
    { "T007", 7, "zeros before it" },
    { "s", 0, "no number" },
    { "", 0, "nothing" },
    { "a1b", 0, "a number in the middle" },
    { "s1-3", 3, "the last number" },
    { "s-3", 3, "no sign" },
    { "s999999999", 999999999, "the largest that counts" },
    { "s000000000000001", 1, "zeros do not make it large" },
    { "s1000000000", 0, "a foreign number too large for a counter" },
    { "s99999999999999999999999", 0, "far too large" },
    { "s١٢", 0, "digits of other scripts are letters to us" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].reason);
      g_assert_cmpuint (kutip_id_get_number (rows[i].id), ==, rows[i].number);
    }
}

/* Equal ids have equal hashes wherever they lie in memory; others and other rounds have
 * not; and the bits are spread: 65,536 ids over 4,096 places leave none empty and none
 * crowded. */
static void
test_hash (void)
{
  guint16 counts[4096] = { 0 };
  const char padded[] = "xs12345678";

  g_assert_true (kutip_id_hash ("s12345678", 0) == kutip_id_hash (padded + 1, 0));
  g_assert_true (kutip_id_hash ("s1", 0) != kutip_id_hash ("s2", 0));
  g_assert_true (kutip_id_hash ("s1", 0) != kutip_id_hash ("s1", 1));
  g_assert_true (kutip_id_hash ("", 0) != kutip_id_hash ("s", 0));
  g_assert_true (kutip_id_hash ("12345678", 0) != kutip_id_hash ("123456789", 0));

  for (guint i = 0; i < 65536; i++)
    {
      char id[16];

      g_snprintf (id, sizeof id, "s%u", i);
      counts[kutip_id_hash (id, 0) & 4095]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_assert_cmpuint (counts[i], >, 0);
      g_assert_cmpuint (counts[i], <, 48);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/compare", test_compare);
  g_test_add_func ("/id/number", test_number);
  g_test_add_func ("/id/hash", test_hash);
  return g_test_run ();
}
