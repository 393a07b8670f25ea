/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "format/json/json-cursor.h"
#include "format/json/json.h"

#include "../text/random-text.h"

#include <string.h>

/* What is passed to the byte, and what is left to the slower functions. */
static const struct
{
  const char *json;
  const char *string;
  gboolean whole; /* it is that string */
  gboolean start; /* the string begins with it */
  const char *reason;
} rows[] = {
  { "\"\"", "", TRUE, TRUE, "nothing" },
  { "\"\"", "a", FALSE, TRUE, "anything begins with nothing" },
  { "\"abc\"", "abc", TRUE, TRUE, "a few bytes" },
  { "\"abc\"", "abd", FALSE, FALSE, "another last byte" },
  { "\"abc\"", "abcdefghijklmnopqrstuvwxyz", FALSE, TRUE, "the start of a longer one" },
  { "\"abcd\"", "abc", FALSE, FALSE, "more than there is" },
  { "\"abcdefghijklmnopqrstuvwxyz\"", "abcdefghijklmnopqrstuvwxyz", TRUE, TRUE,
    "more than sixteen bytes" },
  { "\"abcdefghijklmnopqrstuvwxy.\"", "abcdefghijklmnopqrstuvwxyz", FALSE, FALSE,
    "behind sixteen bytes another one" },
  { "\"a\\nb\"", "a\nb", TRUE, TRUE, "a line end" },
  { "\"a\\tb\\\"\\\\\"", "a\tb\"\\", TRUE, TRUE, "other escapes" },
  { "\"a\\u0001\"", "a\x01", TRUE, TRUE, "an escape of six" },
  { "\"a\\u0002\"", "a\x01", FALSE, FALSE, "another one" },
  { "\"a\nb\"", "a\nb", FALSE, FALSE, "a line end that is not escaped" },
  { "\"\xc3\"", "\u00e9", FALSE, FALSE, "half a character" },
  { "\"\xc3\xa9\"", "\u00e9\u00e8", FALSE, TRUE, "one of two characters" },
  { "\"abc", "abc", FALSE, FALSE, "no end" },
  { "\"abc\\", "abc\n", FALSE, FALSE, "an end within an escape" },
  { "\"", "abc", FALSE, FALSE, "nothing but the beginning" },
  { "abc", "abc", FALSE, FALSE, "no string" },
  { "", "", FALSE, FALSE, "nothing at all" },
};

static void
assert_passed (const KutipJsonCursor *cursor, const char *json, gboolean passed)
{
  g_assert_cmpint (cursor->scan.position - json, ==, passed ? (int) strlen (json) : 0);
  g_assert_false (cursor->is_broken);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* Nothing lies behind what may be read. */
      gsize n = strlen (rows[i].json);
      g_autofree char *json = g_memdup2 (rows[i].json, n + 1);
      g_auto (KutipJsonCursor) whole, start;

      g_test_message ("%s", rows[i].reason);
      kutip_json_cursor_init (&whole, json, n);
      kutip_json_cursor_init (&start, json, n);
      g_assert_true (kutip_json_cursor_pass_string (&whole, rows[i].string,
                                                    strlen (rows[i].string)) ==
                     rows[i].whole);
      g_assert_true (kutip_json_cursor_pass_start (&start, rows[i].string,
                                                   strlen (rows[i].string)) ==
                     rows[i].start);
      assert_passed (&whole, json, rows[i].whole);
      assert_passed (&start, json, rows[i].start);
    }
}

/* Any text as it is written, and with one byte that is another. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (guint round = 0; round < rounds (5000); round++)
    {
      g_autofree char *text = random_text (random, round % N_RANDOM_KINDS, round % 60);
      gsize n_text = strlen (text);
      g_autoptr (GString) json = g_string_new (NULL);
      g_autofree char *put = g_malloc (kutip_json_measure_most (n_text));
      g_autofree char *other = g_strdup (text);
      gsize at = n_text == 0 ? 0 : (gsize) g_rand_int_range (random, 0, (gint32) n_text);
      g_auto (KutipJsonCursor) cursor;

      kutip_json_append_bytes (json, text, n_text);
      g_assert_cmpmem (json->str, json->len, put,
                       kutip_json_put_bytes (put, text, n_text) - put);
      kutip_json_cursor_init (&cursor, json->str, json->len);
      if (n_text > 0)
        {
          other[at] ^= 1;
          g_assert_false (kutip_json_cursor_pass_string (&cursor, other, n_text));
        }
      g_assert_true (kutip_json_cursor_pass_string (&cursor, text, n_text));
      assert_passed (&cursor, json->str, TRUE);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *json;
    guint number;
    gsize n; /* bytes that are passed */
    const char *reason;
  } numbers[] = {
    { "0,", 0, 1, "the least" },
    { "7]", 7, 1, "one digit" },
    { "4294967295]", G_MAXUINT, 10, "the greatest" },
    { "4294967296]", 0, 0, "too much by one" },
    { "07]", 7, 0, "a 0 too many" },
    { "71]", 7, 0, "a digit more" },
    { "12", 12, 0, "nothing behind it: there may be more" },
    { "-1]", 1, 0, "a sign" },
    { "]", 0, 0, "no number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const char *json = numbers[i].json;
      g_auto (KutipJsonCursor) cursor;

      g_test_message ("%s", numbers[i].reason);
      kutip_json_cursor_init (&cursor, json, strlen (json));
      g_assert_true (kutip_json_cursor_pass_uint (&cursor, numbers[i].number) ==
                     (numbers[i].n > 0));
      g_assert_cmpuint ((gsize) (cursor.scan.position - json), ==, numbers[i].n);
    }
  for (guint64 number = 1; number <= G_MAXUINT; number = number * 3 + 1)
    {
      char digits[KUTIP_JSON_MOST_OF_UINT];
      g_autofree char *expected = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

      g_assert_cmpmem (digits, kutip_json_put_uint (digits, (guint) number) - digits,
                       expected, strlen (expected));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/json-cursor/cases", test_cases);
  g_test_add_func ("/format/json-cursor/random", test_random);
  g_test_add_func ("/format/json-cursor/numbers", test_numbers);
  return g_test_run ();
}
