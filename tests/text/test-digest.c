/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/digest.h"

/* The lengths around a block's and the padding's borders, and long ones, against GLib's
 * own. */
static void
test_lengths (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autofree char *bytes = g_malloc (100000);

  for (guint i = 0; i < 100000; i++)
    bytes[i] = (char) g_rand_int (random);
  for (guint n = 0; n < 99990; n += n < 300 ? 1 : 9973)
    for (guint offset = 0; offset < 3; offset++) /* however it lies in memory */
      {
        g_autofree char *digest = kutip_digest_dup (bytes + offset, n);
        g_autofree char *expected = g_compute_checksum_for_data (
            G_CHECKSUM_SHA256, (const guchar *) bytes + offset, n);

        g_assert_cmpstr (digest, ==, expected);
      }
}

/* FIPS 180-4's examples. */
static void
test_known (void)
{
  char digest[KUTIP_DIGEST_SIZE];

  kutip_digest ("abc", 3, digest);
  g_assert_cmpstr (digest, ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  kutip_digest (NULL, 0, digest);
  g_assert_cmpstr (digest, ==,
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digest/lengths", test_lengths);
  g_test_add_func ("/digest/known", test_known);
  return g_test_run ();
}
