/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "random-text.h"
#include "text/find.h"

#include <string.h>

/* The distances of @pattern to every prefix of @chars: the last row of the textbook's
 * table. With
 * @free_start, to the best end of every prefix. */
static guint *
fill_last_row (
    const gunichar *pattern, guint m, const gunichar *chars, guint n, gboolean free_start)
{
  g_autofree guint *column = g_new (guint, m + 1);
  guint *row = g_new (guint, n + 1);

  for (guint i = 0; i <= m; i++)
    column[i] = i;
  row[0] = m;
  for (guint j = 1; j <= n; j++)
    {
      guint diagonal = column[0];

      column[0] = free_start ? 0 : j;
      for (guint i = 1; i <= m; i++)
        {
          guint best = diagonal + (pattern[i - 1] != chars[j - 1]);

          best = MIN (best, MIN (column[i], column[i - 1]) + 1);
          diagonal = column[i];
          column[i] = best;
        }
      row[j] = column[m];
    }
  return row;
}

/* The best length by the last row of a table of distances: one that ends in the right
 * character, then one near to the pattern's. @step is 1, or -1 where the text runs
 * backwards from @chars. */
static guint
choose_length (const guint *row,
               const gunichar *chars,
               int step,
               guint n,
               guint m,
               guint n_errors,
               gunichar last)
{
  guint chosen = 0;
  gint64 cost = G_MAXINT64;

  for (guint length = 1; length <= n; length++)
    {
      gunichar c = chars[((int) length - 1) * step];
      gint64 own = (c == last ? 0 : 1000000) + ABS ((int) length - (int) m);

      if (row[length] == n_errors && own < cost)
        {
          cost = own;
          chosen = length;
        }
    }
  return chosen;
}

static gunichar *
reverse (const gunichar *chars, guint n)
{
  gunichar *reversed = g_new (gunichar, n + 1);

  for (guint i = 0; i < n; i++)
    reversed[i] = chars[n - 1 - i];
  return reversed;
}

/* What the function promises, by trying everything. */
static gboolean
find_naive (const gunichar *pattern,
            guint m,
            const gunichar *chars,
            guint n,
            guint max,
            KutipRange *match,
            guint *n_errors)
{
  g_autofree guint *ends = fill_last_row (pattern, m, chars, n, TRUE);
  g_autofree gunichar *pattern_back = reverse (pattern, m);
  g_autofree gunichar *chars_back = NULL;
  g_autofree guint *back = NULL;
  g_autofree guint *ahead = NULL;
  guint end = 0;

  *n_errors = MIN (max, m - 1) + 1;
  for (guint j = 1; j <= n; j++)
    if (ends[j] < *n_errors)
      {
        *n_errors = ends[j];
        end = j;
      }
  if (end == 0)
    return FALSE;
  chars_back = reverse (chars, end);
  back = fill_last_row (pattern_back, m, chars_back, end, FALSE);
  match->start =
      end - choose_length (back, chars + end - 1, -1, end, m, *n_errors, pattern[0]);
  ahead = fill_last_row (pattern, m, chars + match->start, n - match->start, FALSE);
  match->end =
      match->start + choose_length (ahead, chars + match->start, 1, n - match->start, m,
                                    *n_errors, pattern[m - 1]);
  return TRUE;
}

static void
check_against_naive (const char *utf8, const char *pattern, KutipRange within, guint max)
{
  g_autoptr (KutipText) text = kutip_text_new (utf8);
  g_autofree gunichar *chars = g_utf8_to_ucs4_fast (utf8, -1, NULL);
  g_autofree gunichar *needle = g_utf8_to_ucs4_fast (pattern, -1, NULL);
  guint m = (guint) g_utf8_strlen (pattern, -1);
  KutipRange wanted = { 0, 0 };
  KutipRange match = { 0, 0 };
  guint wanted_errors, n_errors;
  gboolean exists = find_naive (needle, m, chars + within.start,
                                within.end - within.start, max, &wanted, &wanted_errors);

  g_assert_cmpint (kutip_find_approximate (text, pattern, within, max, &match, &n_errors),
                   ==, exists);
  if (!exists)
    return;
  g_assert_cmpuint (n_errors, ==, wanted_errors);
  g_assert_cmpuint (match.start, ==, wanted.start + within.start);
  g_assert_cmpuint (match.end, ==, wanted.end + within.start);
}

static const struct
{
  const char *utf8;
  const char *pattern;
  guint max;
  guint start;
  guint end;
  guint n_errors;
  const char *reason;
} rows[] = {
  { "kata Putin dia", "Putin", 2, 5, 10, 0, "exact" },
  { "kata Putim dia", "Putin", 2, 5, 10, 1, "a letter at the end changed" },
  { "kata Rutin dia", "Putin", 2, 5, 10, 1, "at the start" },
  { "kata Putn dia", "Putin", 2, 5, 9, 1, "one is missing" },
  { "kata Putiin dia", "Putin", 2, 5, 11, 1, "one too many" },
  { "kata PPutim dia", "Putin", 2, 6, 11, 1, "a letter doubled is best left out" },
  { "kata Pputin dia", "Putin", 2, 5, 11, 1, "but for a changed one" },
  { "Putim Putin", "Putin", 2, 6, 11, 0, "the best is not the first" },
  { "Putim Putim", "Putin", 2, 0, 5, 1, "the first of equals" },
  { "\U0001f600 r\u00e9sum\u00e9", "resume", 2, 2, 8, 2, "offsets are code points" },
  { "\U0001f600\U0001f601\U0001f602", "\U0001f600\U0001f603\U0001f602", 1, 0, 3, 1,
    "beyond the first plane" },
  { "abc", "xyz", 2, 0, 0, 9, "no match" },
  { "abc", "xyz", 9, 0, 0, 9, "with all of its letters wrong it is none either" },
  { "", "a", 9, 0, 0, 9, "nothing in nothing" },
  { "abc", "", 9, 0, 0, 9, "nothing is nowhere" },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipText) text = kutip_text_new (rows[i].utf8);
      KutipRange all = { 0, kutip_text_get_length (text) };
      KutipRange match = { 0, 0 };
      guint n_errors = 9;
      gboolean found = kutip_find_approximate (text, rows[i].pattern, all, rows[i].max,
                                               &match, &n_errors);

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (found, ==, rows[i].n_errors < 9);
      if (!found)
        continue;
      g_assert_cmpuint (match.start, ==, rows[i].start);
      g_assert_cmpuint (match.end, ==, rows[i].end);
      g_assert_cmpuint (n_errors, ==, rows[i].n_errors);
    }
}

static void
test_short_patterns (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1999);

  for (guint round = 0; round < rounds (3000); round++)
    {
      guint n = (guint) g_rand_int_range (random, 0, 60);
      g_autofree char *utf8 = random_text (random, RANDOM_ALPHABET, n);
      g_autofree char *pattern =
          random_text (random, RANDOM_ALPHABET, (guint) g_rand_int_range (random, 1, 12));
      guint a = (guint) g_rand_int_range (random, 0, (gint32) n + 1);
      guint b = (guint) g_rand_int_range (random, 0, (gint32) n + 1);
      KutipRange within = { MIN (a, b), MAX (a, b) };

      check_against_naive (utf8, pattern, within,
                           (guint) g_rand_int_range (random, 0, 14));
    }
}

/* A part of a random text with some of its characters changed, dropped and doubled. */
static char *
damage (GRand *random, const char *part, double rate)
{
  GString *damaged = g_string_new (NULL);

  for (const char *p = part; *p; p = g_utf8_next_char (p))
    {
      double dice = g_rand_double (random);

      if (dice < rate)
        g_string_append_unichar (damaged, 'q');
      else if (dice > 2 * rate)
        g_string_append_unichar (damaged, g_utf8_get_char (p));
      if (dice > 1 - rate)
        g_string_append_unichar (damaged, 'w');
    }
  return g_string_free (damaged, FALSE);
}

/* Patterns of one to ten blocks, around the borders of blocks, and with all thresholds.
 */
static void
test_blocks (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1985);

  for (guint round = 0; round < rounds (300); round++)
    {
      guint m = round < 150 ? 60 + round : (guint) g_rand_int_range (random, 1, 640);
      guint n = (guint) g_rand_int_range (random, (gint32) m, (gint32) m + 700);
      RandomKind kind = round % 2 ? RANDOM_ALPHABET : RANDOM_MIXED;
      g_autofree char *utf8 = random_text (random, kind, n);
      guint at = (guint) g_rand_int_range (random, 0, (gint32) (n - m) + 1);
      g_autofree char *part = g_utf8_substring (utf8, at, at + m);
      g_autofree char *pattern = damage (random, part, round % 5 * 0.05);
      KutipRange all = { 0, n };

      if (*pattern)
        check_against_naive (utf8, pattern, all,
                             (guint) g_rand_int_range (random, 0, (gint32) m));
    }
}

/* Run with -m perf. */
static void
test_speed (void)
{
  static const guint lengths[] = { 20, 64, 200, 1000, 5000 };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree char *utf8 = random_text (random, RANDOM_ASCII, 10 * 1000 * 1000);
  g_autoptr (KutipText) text = kutip_text_new (utf8);
  KutipRange all = { 0, kutip_text_get_length (text) };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *part = g_strndup (utf8 + 9900000, lengths[i]);
      g_autofree char *pattern = damage (random, part, 0.03);
      KutipRange match;
      guint n_errors = 0;
      double seconds;
      gboolean found;

      g_test_timer_start ();
      found =
          kutip_find_approximate (text, pattern, all, lengths[i] / 5, &match, &n_errors);
      seconds = g_test_timer_elapsed ();
      g_assert_true (found);
      g_test_message ("%u characters in 10 MB: %u errors, %.0f ms", lengths[i], n_errors,
                      seconds * 1e3);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/approximate/rows", test_rows);
  g_test_add_func ("/approximate/short-patterns", test_short_patterns);
  g_test_add_func ("/approximate/blocks", test_blocks);
  if (g_test_perf ())
    g_test_add_func ("/approximate/speed", test_speed);
  return g_test_run ();
}
