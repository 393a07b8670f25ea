/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/utf8.h"

#include <string.h>

static void
assert_as_glib (const char *bytes, gsize n_bytes)
{
  const char *expected, *invalid;
  gboolean good = g_utf8_validate_len (bytes, n_bytes, &expected);

  g_assert_cmpint (kutip_utf8_validate (bytes, n_bytes, &invalid), ==, good);
  g_assert_true (invalid == expected);
}

typedef struct
{
  const char *bytes;
  gsize n_bytes;
  const char *reason;
} Case;

#define BYTES(literal) literal, sizeof (literal) - 1

static const Case cases[] = {
  { BYTES (""), "nothing" },
  { BYTES ("twelve chars"), "more than a word of ASCII" },
  { BYTES (
        "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"),
    "the ends of each length" },
  { BYTES ("1234567\0abcdefgh"), "NUL in a word" },
  { BYTES ("12345678\0"), "NUL behind a word" },
  { BYTES ("\x80"), "a continuation by itself" },
  { BYTES ("\xc1\xbf"), "two bytes for ASCII" },
  { BYTES ("\xe0\x9f\xbf"), "three bytes where two would do" },
  { BYTES ("\xed\xa0\x80"), "a surrogate" },
  { BYTES ("\xf0\x8f\xbf\xbf"), "four bytes where three would do" },
  { BYTES ("\xf4\x90\x80\x80"), "above U+10FFFF" },
  { BYTES ("\xf5\x80\x80\x80"), "no such first byte" },
  { BYTES ("12345678\xf0\x9f\xa4"), "cut at the end" },
  { BYTES ("caf\xe9 noir et blanc"), "Latin-1" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].reason);
      assert_as_glib (cases[i].bytes, cases[i].n_bytes);
    }
}

/* Valid text with a byte of it changed, at every distance from a word's border. */
static void
test_random (void)
{
  static const gunichar characters[] = { 'a',    ' ',    0x7f,    0xe9,    0x7ff,   0x800,
                                         0x4e2d, 0xffff, 0x10000, 0x1f600, 0x10ffff };
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gint32 n = g_rand_int_range (random, 0, 48);

      for (gint32 i = 0; i < n; i++)
        g_string_append_unichar (
            text,
            characters[g_rand_int_range (
                random, 0, g_rand_boolean (random) ? 2 : G_N_ELEMENTS (characters))]);
      assert_as_glib (text->str, text->len);
      if (text->len == 0)
        continue;
      text->str[g_rand_int_range (random, 0, (gint32) text->len)] =
          (char) g_rand_int_range (random, 0, 256);
      assert_as_glib (text->str, text->len);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/utf8/cases", test_cases);
  g_test_add_func ("/text/utf8/random", test_random);
  return g_test_run ();
}
