/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "random-text.h"
#include "text/text.h"

#include <glib-object.h>
#include <string.h>

typedef struct
{
  const char *utf8;
  guint length;
  gsize n_utf16;
  const char *reason;
} CountCase;

static const CountCase counts[] = {
  { "", 0, 0, "empty" },
  { "Putin", 5, 5, "ASCII" },
  { "12345678", 8, 8, "one machine word of ASCII" },
  { "r\u00e9sum\u00e9", 6, 6, "two bytes, one unit" },
  { "\u4e2d\u6587", 2, 2, "three bytes, one unit" },
  { "\U0001f600", 1, 2, "four bytes, two units" },
  { "e\u0301", 2, 2, "a combining mark is a code point of its own" },
  { "a\r\nb", 4, 4, "CR LF is two" },
  { "\U0001f468\u200d\U0001f469", 3, 5, "joined emoji are counted one by one" },
  { "\U0010ffff\uffff\x7f\xc2\x80", 4, 5, "the ends of the byte ranges" },
};

static void
test_counts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      const CountCase *row = &counts[i];
      g_autoptr (KutipText) text = kutip_text_new (row->utf8);
      gsize n_bytes;

      g_test_message ("%s", row->reason);
      g_assert_cmpuint (kutip_text_get_length (text), ==, row->length);
      g_assert_cmpuint (kutip_text_get_n_utf16 (text), ==, row->n_utf16);
      g_assert_cmpstr (kutip_text_get_utf8 (text, &n_bytes), ==, row->utf8);
      g_assert_cmpuint (n_bytes, ==, strlen (row->utf8));
      g_assert_cmpuint (kutip_text_to_byte (text, row->length), ==, n_bytes);
      g_assert_cmpuint (kutip_text_to_utf16 (text, row->length), ==, row->n_utf16);
    }
}

/* Every offset, byte and unit of @utf8, against a walk with GLib. */
static void
check_all_positions (const char *utf8)
{
  g_autoptr (KutipText) text = kutip_text_new (utf8);
  gsize n_bytes = strlen (utf8);
  const char *p = utf8;
  guint offset = 0;
  gsize unit = 0;
  guint found;

  for (;; p = g_utf8_next_char (p), offset++)
    {
      gsize byte = (gsize) (p - utf8);
      gunichar c = g_utf8_get_char (p);

      g_assert_cmpuint (kutip_text_to_byte (text, offset), ==, byte);
      g_assert_cmpuint (kutip_text_to_utf16 (text, offset), ==, unit);
      g_assert_true (kutip_text_from_byte (text, byte, &found));
      g_assert_cmpuint (found, ==, offset);
      g_assert_true (kutip_text_from_utf16 (text, unit, &found));
      g_assert_cmpuint (found, ==, offset);
      if (byte == n_bytes)
        break;
      g_assert_cmpuint (kutip_text_get_char (text, offset), ==, c);
      for (const char *inside = p + 1; inside < g_utf8_next_char (p); inside++)
        g_assert_false (kutip_text_from_byte (text, (gsize) (inside - utf8), &found));
      if (c > 0xffff)
        g_assert_false (kutip_text_from_utf16 (text, unit + 1, &found));
      unit += c > 0xffff ? 2 : 1;
    }
  g_assert_cmpuint (kutip_text_get_length (text), ==, offset);
  g_assert_cmpuint (kutip_text_get_n_utf16 (text), ==, unit);
  g_assert_false (kutip_text_from_byte (text, n_bytes + 1, &found));
  g_assert_false (kutip_text_from_utf16 (text, unit + 1, &found));
  g_assert_false (kutip_text_from_byte (text, G_MAXSIZE, &found));
}

/* From each of some places over each of some numbers of characters. */
static void
check_walks (GRand *random, const char *utf8)
{
  g_autoptr (KutipText) text = kutip_text_new (utf8);
  const char *own = kutip_text_get_utf8 (text, NULL);
  int length = (int) kutip_text_get_length (text);

  for (guint i = 0; i < 20; i++)
    {
      int from = g_rand_int_range (random, 0, length + 1);
      int n = g_rand_int_range (random, -40, 41);
      int to = CLAMP (from + n, 0, length);

      g_assert_true (kutip_text_walk (text, g_utf8_offset_to_pointer (own, from), n) ==
                     g_utf8_offset_to_pointer (own, to));
    }
}

static void
test_random_positions (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20240117);

  for (guint round = 0; round < rounds (400); round++)
    {
      RandomKind kind = round % N_RANDOM_KINDS;
      guint length = (guint) g_rand_int_range (random, 0, round % 10 == 0 ? 5000 : 300);
      g_autofree char *utf8 = random_text (random, kind, length);

      check_all_positions (utf8);
      check_walks (random, utf8);
    }
}

/* Blocks wholly of the widest and narrowest characters, with every length around the
 * border of a block, so that characters straddle it in every way. */
static void
test_block_borders (void)
{
  static const char *const units[] = { "a", "\u00e9", "\u4e2d", "\U0001f600" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    for (guint lead = 0; lead < 4; lead++)
      for (guint n = 60; n < 70; n++)
        {
          g_autoptr (GString) utf8 = g_string_new (NULL);

          for (guint k = 0; k < lead; k++)
            g_string_append_c (utf8, 'x');
          for (guint k = 0; k < n * 12 / strlen (units[i]); k++)
            g_string_append (utf8, units[i]);
          check_all_positions (utf8->str);
        }
}

static void
test_ranges (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < rounds (200); round++)
    {
      g_autofree char *utf8 = random_text (random, round % N_RANDOM_KINDS, 700);
      g_autoptr (KutipText) text = kutip_text_new (utf8);
      guint a = (guint) g_rand_int_range (random, 0, 701);
      guint b = (guint) g_rand_int_range (random, 0, 701);
      KutipRange range = { MIN (a, b), MAX (a, b) };
      g_autofree char *expected = g_utf8_substring (utf8, range.start, range.end);
      g_autofree char *dup = kutip_text_dup_range (text, range);
      gsize n_bytes;
      const char *peek = kutip_text_peek_range (text, range, &n_bytes);

      g_assert_cmpstr (dup, ==, expected);
      g_assert_cmpmem (peek, n_bytes, expected, strlen (expected));
    }
}

static void
test_boxed (void)
{
  KutipText *text = kutip_text_new ("Baca Juga:");
  KutipText *copy = g_boxed_copy (KUTIP_TYPE_TEXT, text);

  g_assert_true (copy == text);
  kutip_text_unref (text);
  g_assert_cmpstr (kutip_text_get_utf8 (copy, NULL), ==, "Baca Juga:");
  g_boxed_free (KUTIP_TYPE_TEXT, copy);
}

static gpointer
ref_and_read (gpointer data)
{
  KutipText *text = data;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (KutipText) held = kutip_text_ref (text);

      g_assert_cmpuint (kutip_text_to_byte (held, 300), ==, 600);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GString) utf8 = g_string_new (NULL);
  g_autoptr (KutipText) text = NULL;
  GThread *threads[4];

  for (guint i = 0; i < 400; i++)
    g_string_append (utf8, "\u00e9");
  text = kutip_text_new (utf8->str);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", ref_and_read, text);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Run with -m perf. Ten megabytes, and every kind of conversion in them. */
static void
test_speed (void)
{
  static const char *const units[] = { "The quick brown fox. ",
                                       "Pr\u00e9sident \u201eSie\u201c ",
                                       "\u4e2d\u6587\u65b0\u95fb\u3002", "\U0001f600" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) utf8 = g_string_new (NULL);
      g_autoptr (KutipText) text = NULL;
      double seconds;
      guint length, n = 0;

      while (utf8->len < 10 * 1000 * 1000)
        g_string_append (utf8, units[i]);
      g_test_timer_start ();
      text = kutip_text_new_take (g_strndup (utf8->str, utf8->len), utf8->len);
      seconds = g_test_timer_elapsed ();
      g_test_message ("%.1f ms to count 10 MB (with a copy): %.0f MB/s", seconds * 1e3,
                      (double) utf8->len / 1e6 / seconds);
      length = kutip_text_get_length (text);
      g_test_timer_start ();
      for (guint offset = 0; offset < length; offset += 997, n++)
        {
          guint back;

          g_assert_true (
              kutip_text_from_utf16 (text, kutip_text_to_utf16 (text, offset), &back));
          g_assert_cmpuint (back, ==, offset);
        }
      seconds = g_test_timer_elapsed ();
      g_test_message ("%.0f ns a conversion to UTF-16 and back", seconds * 1e9 / n);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/counts", test_counts);
  g_test_add_func ("/text/random-positions", test_random_positions);
  g_test_add_func ("/text/block-borders", test_block_borders);
  g_test_add_func ("/text/ranges", test_ranges);
  g_test_add_func ("/text/boxed", test_boxed);
  g_test_add_func ("/text/threads", test_threads);
  if (g_test_perf ())
    g_test_add_func ("/text/speed", test_speed);
  return g_test_run ();
}
