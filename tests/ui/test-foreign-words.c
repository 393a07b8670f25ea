/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/foreign-words.h"

#include <string.h>

#define FSI "\u2068"
#define PDI "\u2069"
#define RLO "\u202e"
#define RLI "\u2067"
#define PDF "\u202c"

typedef struct
{
  const char *reason;
  const char *words;
  guint max_chars;
  const char *wanted;
} Row;

static void
test_words (void)
{
  static const Row rows[] = {
    { "plain words stay as they are", "Claim", 0, "Claim" },
    { "markup is words", "<b>a</b> &amp; %s%n", 0, "<b>a</b> &amp; %s%n" },
    { "nothing", "", 5, "" },
    { "one line", "a\n\r\n\t b\u2029c\u2028d", 0, "a b c d" },
    { "white space around them goes", "\n a \n", 0, "a" },
    { "control characters are seen",
      "a\001b\177c\xc2\x85"
      "d",
      0,
      "a\ufffd"
      "b\ufffd"
      "c d" },
    { "an override ends with the words", RLO "abc", 0, FSI RLO "abc" PDI },
    { "its own end is kept", RLO "a" PDF "b", 0, FSI RLO "a" PDF "b" PDI },
    { "an isolate that is never closed", RLI "abc", 0, FSI RLI "abc" PDI PDI },
    { "ends of no isolate cannot close ours", PDI PDI RLO "a", 0, FSI RLO "a" PDI },
    { "balanced isolates stay", RLI "a" PDI "b", 0, FSI RLI "a" PDI "b" PDI },
    { "words from right to left", "عنوان", 0, FSI "عنوان" PDI },
    { "cut", "abcdef", 3, "abc…" },
    { "just long enough", "abc", 3, "abc" },
    { "no accent is cut off", "abe\u0301f", 3, "ab…" },
    { "nor is a family of emoji", "a👩‍👩‍👧b", 4, "a…" },
    { "a letter of accents alone is", "e\u0301\u0301\u0301\u0301", 2, "e\u0301…" },
    { "the cut is in the isolate", "عنوان", 2, FSI "عن…" PDI },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *got = kutip_foreign_words (rows[i].words, rows[i].max_chars);

      if (strcmp (got, rows[i].wanted) != 0)
        g_error ("%s: “%s”", rows[i].reason, got);
    }
  g_assert_null (kutip_foreign_words (NULL, 3));
}

static void
test_message (void)
{
  static const Row rows[] = {
    { "as it is", "It failed: “a.txt”.", 0, "It failed: “a.txt”." },
    { "an override mirrors nothing", "“" RLO "a.txt” is gone.", 0, "“a.txt” is gone." },
    { "what is isolated stays", "“" FSI RLO "a" PDI "” is gone.", 0,
      "“" FSI RLO "a" PDI "” is gone." },
    { "no end without a beginning", "a" PDI PDF "b", 0, "ab" },
    { "no beginning without an end", "a" RLI "b", 0, "a" RLI "b" PDI },
    { "lines stay", "a\n\nb", 0, "a\n\nb" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *got = kutip_foreign_message (rows[i].words);

      if (strcmp (got, rows[i].wanted) != 0)
        g_error ("%s: “%s”", rows[i].reason, got);
    }
}

/* Whatever the words are, what follows them keeps its direction: no isolate is left open
 * or closed too often, and nothing embeds outside one. */
static void
test_any_words (void)
{
  static const gunichar some[] = { 'a',    ' ',    '\n',   0x5d0,  0x301,  0x202a,
                                   0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067,
                                   0x2068, 0x2069, 0x200f, 0x1f469 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GString) words = g_string_new (NULL);
      guint n = (guint) g_rand_int_range (rand, 0, 20);
      g_autofree char *got = NULL;
      int depth = 0;

      while (n-- > 0)
        g_string_append_unichar (words,
                                 some[g_rand_int_range (rand, 0, G_N_ELEMENTS (some))]);
      got = kutip_foreign_words (words->str, (guint) g_rand_int_range (rand, 0, 12));
      g_assert_true (g_utf8_validate (got, -1, NULL));
      for (const char *p = got; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          depth += c >= 0x2066 && c <= 0x2068;
          depth -= c == 0x2069;
          g_assert_cmpint (depth, >=, 0);
          g_assert_true (depth > 0 || c == 0x2069 || !kutip_foreign_turns_direction (c));
        }
      g_assert_cmpint (depth, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/foreign-words/words", test_words);
  g_test_add_func ("/foreign-words/message", test_message);
  g_test_add_func ("/foreign-words/any-words", test_any_words);
  return g_test_run ();
}
