/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "random-text.h"
#include "text/find.h"
#include "text/fold.h"

#include <string.h>

#define CASE KUTIP_FIND_CASE
#define WORDS KUTIP_FIND_WORDS
#define ACCENTS KUTIP_FIND_DIACRITICS
#define REGEX KUTIP_FIND_REGEX

/* The matches are shown in the text, each between < and >. */
static const struct
{
  const char *pattern;
  KutipFindFlags flags;
  const char *marked;
  const char *reason;
} rows[] = {
  { "putin", 0, "<Putin> dan <PUTIN>, <putin>", "case does not count" },
  { "Putin", CASE, "<Putin> dan PUTIN", "case counts" },
  { "", 0, "Putin", "nothing is nowhere" },
  { "aa", 0, "<aa><aa>a", "matches do not overlap" },
  { "aab", 0, "aa<aab>", "a match that begins in a failed one" },
  { "resume", 0, "<r\u00e9sum\u00e9> <re\u0301sume\u0301> <resume>",
    "accents do not count" },
  { "r\u00e9sum\u00e9", 0, "<resume>", "nor in the pattern" },
  { "r\u00e9sum\u00e9", ACCENTS, "resume <r\u00e9sum\u00e9> <re\u0301sume\u0301>",
    "accents count, but not how they are written" },
  { "e", ACCENTS, "<e> \u00e9 e\u0301", "a letter with an accent is another" },
  { "e", 0, "<e> <\u00e9> <e\u0301>", "and is found whole where it is not" },
  { "\u1ec7", ACCENTS, "<\u1ec7> <e\u0323\u0302> <e\u0302\u0323> \u00ea",
    "two accents, in any order" },
  { "\u0301", 0, "e<\u0301>", "nothing but an accent" },
  { "strasse", 0, "<Stra\u00dfe> <STRASSE> <STRA\u1e9eE>", "one letter is two" },
  { "stra\u00dfe", 0, "<Stra\u00dfe> <STRASSE>", "and the other way" },
  { "s", 0, "Gro\u00dfe<s>", "half of a letter is none" },
  { "\u00df", CASE, "<\u00df> ss", "but not where case counts" },
  { "istanbul", 0, "<\u0130stanbul> <Istanbul> <\u0131stanbul>", "Turkish" },
  { "fi", 0, "<\ufb01> <fi>", "a ligature" },
  { "\u03c3\u03bf\u03c6\u03cc\u03c3", 0, "<\u03a3\u03bf\u03c6\u03cc\u03c2>",
    "the last sigma" },
  { "lodz", 0, "<\u0141\u00f3d\u017a>", "a stroke through a letter" },
  { "jum'at", 0, "<Jum\u2019at> <jum'at>", "the shape of an apostrophe" },
  { "\"kami\"", 0, "<\u201cKami\u201d>", "the shape of quotation marks" },
  { "jong-un", 0, "<Jong\u2011un>", "the shape of a hyphen" },
  { "kim jong", 0, "<Kim\u00a0Jong>", "a space that does not break" },
  { "kerja", 0, "<ker\u00adja>", "a hyphen that is not seen" },
  { "\u0642\u0627\u0644", 0, "<\u0642\u064e\u0627\u0644\u064e>", "Arabic vowels" },
  { "\u05e9\u05dc\u05d5\u05dd", 0, "<\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd>",
    "Hebrew" },
  { "\u0e01\u0e32", 0, "<\u0e01\u0e32> \u0e01\u0e34\u0e32", "Thai vowels are letters" },
  { "\u304b", 0, "<\u304b> \u304c \u304b\u3099", "a Japanese mark makes another letter" },
  { "\uac00", 0, "<\uac00> \uac01 <\u1100\u1161> \u1100\u1161\u11a8",
    "Korean syllables" },
  { "\u4e24\u56fd", 0, "\u603b\u7edf<\u4e24\u56fd>", "Chinese" },
  { "\U0001f600", 0, "a<\U0001f600>b", "beyond the first plane" },
  { "un", WORDS, "<un> und Jong-<un> <UN>. sun", "whole words; a hyphen ends one" },
  { "don", WORDS, "<don> don't don\u2019t", "an apostrophe does not" },
  { "kata", WORDS, "<kata> kata_kita '<kata>' 2kata", "nor a digit or a low line" },
  { "\u4e24\u56fd", WORDS, "\u603b\u7edf<\u4e24\u56fd>\u4eba",
    "words of Chinese are side by side" },
  { "\u0e27\u0e48\u0e32", WORDS,
    "\u0e01\u0e25\u0e48\u0e32\u0e27<\u0e27\u0e48\u0e32>"
    "\u0e1b\u0e23\u0e30\u0e40\u0e17\u0e28",
    "and of Thai" },
  { "a\nb", 0, "<A\nb>", "across lines" },
  { "a b", 0, "<a b> <a\nb> <a\r\nb> <a \t\n  b> <a  b> <a\tb>",
    "a blank is any between words" },
  { "a b", CASE | ACCENTS, "<a\nb> <a\u00a0b> <a\u2028b> a-b A\nb ab",
    "whatever else counts" },
  { "a b", 0, "a\n\nb a\r\n \r\nb a\n\t\nb a\u2029b", "but no end of a paragraph" },
  { "a b a", 0, "<a\nb\na> b <a b\na>", "several" },
  { "a ", 0, "<a >b <a\n>b a\n\nb", "also one that is typed before the next word" },
  { " b", 0, "a< b> a< \n b>", "or behind the last" },
  { "a  b", 0, "a b <a  b> a\n b", "several blanks are meant as they are" },
  { "a\tb", 0, "<a\tb> a b", "and so is other white space" },
  { " ", 0, "a< >b< >< >c\nd", "and what is nothing else" },
  { "a b", WORDS, "<a\nb> aa\nb", "whole words" },
  { "a b", REGEX, "<a b> a\nb", "in a regular expression a blank is one" },
  { "p[a-z]+n", REGEX, "<Putin> <pan>", "a regular expression" },
  { "P[a-z]+n", REGEX | CASE, "<Putin> pan", "in which case counts" },
  { "\\b\u00e9\\w+", REGEX, "caf\u00e9 <\u00e9t\u00e9>", "that knows letters" },
  { "^b.$", REGEX, "a\n<bc>\nbcd", "and lines" },
  { "a*", REGEX, "b<aa>b", "an empty match is none" },
  { "x*$", REGEX, "ab\n", "nor is the end of a line" },
  { "an", REGEX | WORDS, "bahan <an>", "whole words" },
  { "a.*?b", REGEX, "<a\u4e2d\U0001f600b>\n<aab>", "offsets are code points" },
  { "(?s)a.*b", REGEX, "<a\n\nb>", "across lines when it says so" },
  { "(?<=a)b", REGEX, "a<b> b", "what stands before" },
  { "a(?=b)", REGEX, "<a>b a", "what stands after" },
  { "a\\Kb", REGEX, "a<b>", "what is not kept" },
};

static char *
mark_matches (KutipText *text, GArray *matches)
{
  g_autoptr (GString) marked = g_string_new (NULL);
  guint at = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      KutipRange range = g_array_index (matches, KutipRange, i);
      g_autofree char *before = NULL;
      g_autofree char *match = NULL;

      g_assert_cmpuint (range.start, >=, at);
      g_assert_cmpuint (range.end, >, range.start);
      before = kutip_text_dup_range (text, (KutipRange){ at, range.start });
      match = kutip_text_dup_range (text, range);
      g_string_append_printf (marked, "%s<%s>", before, match);
      at = range.end;
    }
  g_string_append (marked,
                   kutip_text_get_utf8 (text, NULL) + kutip_text_to_byte (text, at));
  return g_string_free (g_steal_pointer (&marked), FALSE);
}

static char *
remove_marks (const char *marked)
{
  char *plain = g_strdup (marked);
  char *to = plain;

  for (const char *p = marked; *p; p++)
    if (*p != '<' && *p != '>')
      *to++ = *p;
  *to = '\0';
  return plain;
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *plain = remove_marks (rows[i].marked);
      g_autoptr (KutipText) text = kutip_text_new (plain);
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) matches =
          kutip_find_all (text, rows[i].pattern, rows[i].flags, NULL, &error);
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      found = mark_matches (text, matches);
      if (strcmp (found, rows[i].marked) != 0)
        {
          g_test_message ("%s: %s instead of %s", rows[i].reason, found, rows[i].marked);
          g_test_fail ();
        }
    }
}

/* The whole of a text, or of a part of it, folded at once. */
static GArray *
fold_all (KutipText *text, KutipFoldFlags flags, GArray *sources)
{
  GArray *folded = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (guint i = 0; i < kutip_text_get_length (text); i++)
    {
      gunichar out[KUTIP_FOLD_MAX];
      guint n = kutip_fold_char (kutip_text_get_char (text, i), flags, out);

      for (guint k = 0; k < n; k++)
        {
          g_array_append_val (folded, out[k]);
          g_array_append_val (sources, i);
          kutip_fold_order ((gpointer) folded->data, (gpointer) sources->data,
                            folded->len);
        }
    }
  return folded;
}

/* Every match is a match when it is folded by itself, and what lies between two of them
 * holds none: found by trying each place. Texts of letters only, so that no border is in
 * question. */
static void
test_against_naive (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < rounds (500); round++)
    {
      g_autofree char *utf8 = random_text (random, RANDOM_ALPHABET,
                                           (guint) g_rand_int_range (random, 0, 400));
      g_autofree char *pattern =
          random_text (random, RANDOM_ALPHABET, (guint) g_rand_int_range (random, 1, 5));
      g_autoptr (KutipText) text = kutip_text_new (utf8);
      g_autoptr (KutipText) needle_text = kutip_text_new (pattern);
      g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (guint));
      KutipFoldFlags fold = KUTIP_FOLD_CASE | KUTIP_FOLD_DIACRITICS;
      g_autoptr (GArray) hay = fold_all (text, fold, sources);
      g_autoptr (GArray) needle = fold_all (needle_text, fold, none);
      g_autoptr (GArray) found = kutip_find_all (text, pattern, 0, NULL, NULL);
      guint n = 0;

      for (guint i = 0; i + needle->len <= hay->len;)
        {
          const gunichar *at = &g_array_index (hay, gunichar, i);

          if (memcmp (at, needle->data, needle->len * sizeof (gunichar)) != 0)
            {
              i++;
              continue;
            }
          g_assert_cmpuint (n, <, found->len);
          g_assert_cmpuint (g_array_index (found, KutipRange, n).start, ==,
                            g_array_index (sources, guint, i));
          g_assert_cmpuint (g_array_index (found, KutipRange, n).end, ==,
                            g_array_index (sources, guint, i + needle->len - 1) + 1);
          n++;
          i += needle->len;
        }
      g_assert_cmpuint (n, ==, found->len);
    }
}

/* A folded search finds the same in a text whose accents are written apart as in one
 * where they are written together, and finds any part of a text in it. */
static void
test_equivalent (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (guint round = 0; round < rounds (400); round++)
    {
      g_autofree char *utf8 = random_text (random, RANDOM_MIXED, 60);
      g_autofree char *apart = g_utf8_normalize (utf8, -1, G_NORMALIZE_NFD);
      g_autofree char *together = g_utf8_normalize (utf8, -1, G_NORMALIZE_NFC);
      g_autoptr (KutipText) a = kutip_text_new (apart);
      g_autoptr (KutipText) b = kutip_text_new (together);
      KutipFindFlags flags = round % 2 ? KUTIP_FIND_CASE | KUTIP_FIND_DIACRITICS : 0;
      g_autoptr (GArray) in_a = kutip_find_all (a, together, flags, NULL, NULL);
      g_autoptr (GArray) in_b = kutip_find_all (b, apart, flags, NULL, NULL);

      g_assert_cmpuint (in_a->len, ==, 1);
      g_assert_cmpuint (in_b->len, ==, 1);
    }
}

/* Matches at every place around the borders of the pieces that a text is searched in. */
static void
test_pieces (void)
{
  static const char *const patterns[] = { "NEEDLE", "n\u00e9edle", "ne[e]dle" };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    for (guint before = 32700; before < 32800;
         before += i == 2 || rounds (100) < 100 ? 7 : 1)
      {
        g_autofree char *start = g_strnfill (before, 'n');
        g_autofree char *middle = g_strnfill (32768 - 12, '.');
        g_autofree char *utf8 =
            g_strconcat (start, "nee\u0301dle", middle, "needle", NULL);
        g_autoptr (KutipText) text = kutip_text_new (utf8);
        g_autoptr (GArray) found =
            kutip_find_all (text, patterns[i], i == 2 ? REGEX : 0, NULL, NULL);
        KutipRange last = { before + 7 + 32768 - 12, before + 7 + 32768 - 12 + 6 };

        g_assert_cmpuint (found->len, ==, i == 2 ? 1 : 2);
        g_assert_true (
            kutip_range_equal (g_array_index (found, KutipRange, found->len - 1), last));
        if (i < 2)
          g_assert_cmpuint (g_array_index (found, KutipRange, 0).end, ==, before + 7);
      }
}

/* Blanks between words as an expression says it, around the borders of pieces as well. */
static void
test_blanks (void)
{
  static const char blanks[] = " \n\t ";
  g_autoptr (GRand) random = g_rand_new_with_seed (38);
  g_autoptr (GRegex) regex =
      g_regex_new ("a(?:[ \\t]+|[ \\t]*\\n[ \\t]*)b", G_REGEX_CASELESS, 0, NULL);

  for (guint round = 0; round < rounds (40); round++)
    {
      g_autoptr (GString) utf8 = g_string_new (NULL);
      g_autoptr (KutipText) text = NULL;
      g_autoptr (GArray) found = NULL;
      g_autoptr (GMatchInfo) info = NULL;
      guint n = 0;

      while (utf8->len < 40000)
        g_string_append_c (utf8, g_rand_boolean (random)
                                     ? "ab"[g_rand_int_range (random, 0, 2)]
                                     : blanks[g_rand_int_range (random, 0, 4)]);
      text = kutip_text_new (utf8->str);
      found = kutip_find_all (text, "a b", 0, NULL, NULL);
      g_regex_match (regex, utf8->str, 0, &info);
      for (; g_match_info_matches (info); g_match_info_next (info, NULL), n++)
        {
          gint start, end;

          g_match_info_fetch_pos (info, 0, &start, &end);
          g_assert_cmpuint (n, <, found->len);
          g_assert_cmpuint (g_array_index (found, KutipRange, n).start, ==,
                            (guint) start);
          g_assert_cmpuint (g_array_index (found, KutipRange, n).end, ==, (guint) end);
        }
      g_assert_cmpuint (n, >, 1000);
      g_assert_cmpuint (n, ==, found->len);
    }
}

static void
test_regex_chunks (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (77);
  static const char *const patterns[] = {
    "a+", "b[^b]*b", "(?s)c.{0,50}?a", "[\\s\\S]{777}", "a$", "\\w+\\W"
  };

  for (guint round = 0; round < rounds (60); round++)
    {
      const char *pattern = patterns[round % G_N_ELEMENTS (patterns)];
      g_autofree char *utf8 =
          random_text (random, round % 3 ? RANDOM_ALPHABET : RANDOM_ASCII, 20000);
      g_autoptr (KutipText) text = kutip_text_new (utf8);
      g_autoptr (GArray) found = kutip_find_all (text, pattern, REGEX, NULL, NULL);
      g_autoptr (GRegex) regex = g_regex_new (
          pattern, G_REGEX_MULTILINE | G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
      g_autoptr (GMatchInfo) info = NULL;
      guint n = 0;

      g_regex_match (regex, utf8, G_REGEX_MATCH_NOTEMPTY, &info);
      for (; g_match_info_matches (info); g_match_info_next (info, NULL), n++)
        {
          KutipRange range;
          gint start, end;

          g_match_info_fetch_pos (info, 0, &start, &end);
          g_assert_cmpuint (n, <, found->len);
          range = g_array_index (found, KutipRange, n);
          g_assert_cmpuint (kutip_text_to_byte (text, range.start), ==, (gsize) start);
          g_assert_cmpuint (kutip_text_to_byte (text, range.end), ==, (gsize) end);
        }
      g_assert_cmpuint (n, ==, found->len);
    }
}

static void
test_errors (void)
{
  g_autofree char *many = g_strnfill (100000, 'a');
  g_autofree char *hostile = g_strconcat (many, "b", NULL);
  g_autoptr (KutipText) text = kutip_text_new (hostile);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GArray *matches;

  matches = kutip_find_all (text, "(a", REGEX, NULL, &error);
  g_assert_null (matches);
  g_assert_error (error, G_REGEX_ERROR, G_REGEX_ERROR_UNMATCHED_PARENTHESIS);
  g_assert_null (strstr (error->message, "LIMIT"));
  g_clear_error (&error);

  matches = kutip_find_all (text, "(a|aa)+$", REGEX, NULL, &error);
  g_assert_null (matches);
  g_assert_error (error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  for (KutipFindFlags flags = 0; flags <= REGEX; flags += REGEX)
    {
      matches = kutip_find_all (text, "b", flags, cancellable, &error);
      g_assert_null (matches);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
    }
}

static void
test_exact (void)
{
  static const struct
  {
    const char *utf8;
    const char *exact;
    guint max;
    guint n;
    guint first;
    guint last;
  } cases[] = {
    { "Putin putin Putin", "Putin", 10, 2, 0, 12 },
    { "Putin putin Putin", "Putin", 1, 1, 0, 0 },
    { "Putin", "Putin", 0, 0, 0, 0 },
    { "Putin", "", 10, 0, 0, 0 },
    { "", "Putin", 10, 0, 0, 0 },
    { "aaaa", "aa", 10, 3, 0, 2 }, /* they may overlap: any of them may be meant */
    { "\U0001f600\u00e9x\u00e9", "\u00e9", 10, 2, 1, 3 },
    { "e\u0301 \u00e9", "\u00e9", 10, 1, 3, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KutipText) text = kutip_text_new (cases[i].utf8);
      g_autoptr (GArray) found = kutip_find_exact (text, cases[i].exact, cases[i].max);

      g_assert_cmpuint (found->len, ==, cases[i].n);
      if (found->len == 0)
        continue;
      g_assert_cmpuint (g_array_index (found, KutipRange, 0).start, ==, cases[i].first);
      g_assert_cmpuint (g_array_index (found, KutipRange, found->len - 1).start, ==,
                        cases[i].last);
      for (guint k = 0; k < found->len; k++)
        {
          g_autofree char *match =
              kutip_text_dup_range (text, g_array_index (found, KutipRange, k));

          g_assert_cmpstr (match, ==, cases[i].exact);
        }
    }
}

/* Run with -m perf. */
static void
test_speed (void)
{
  static const struct
  {
    const char *unit;
    const char *pattern;
    KutipFindFlags flags;
  } searches[] = {
    { "Pada suratnya, Putin mengatakan itu. ", "zzz", 0 },
    { "Pada suratnya, Putin mengatakan itu. ", "putin", 0 },
    { "Pada suratnya, Putin mengatakan itu. ", "putin", WORDS },
    { "Pada suratnya, Putin mengatakan itu. ", "zzz", CASE | ACCENTS },
    { "\u0440\u0430\u0441\u0448\u0438\u0440\u044f\u0442\u044c ", "zzz", 0 },
    { "\u603b\u7edf\u8868\u793a\uff0c", "zzz", 0 },
    { "\ub300\ud1b5\ub839\uc740 ", "zzz", 0 },
    { "Pada suratnya, Putin mengatakan itu.\n", "p[a-z]+n", REGEX },
    { "Pada suratnya, Putin mengatakan itu.\n", "(foo|bar)\\d+", REGEX },
    { "Pada suratnya, Putin mengatakan itu. ", "(foo|bar)\\d+", REGEX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (GString) utf8 = g_string_new (NULL);
      g_autoptr (KutipText) text = NULL;
      g_autoptr (GArray) found = NULL;
      double seconds;

      while (utf8->len < 10 * 1000 * 1000)
        g_string_append (utf8, searches[i].unit);
      text = kutip_text_new (utf8->str);
      g_test_timer_start ();
      found = kutip_find_all (text, searches[i].pattern, searches[i].flags, NULL, NULL);
      seconds = g_test_timer_elapsed ();
      g_test_message ("%s, flags %u: %u matches in 10 MB, %.0f ms", searches[i].pattern,
                      searches[i].flags, found->len, seconds * 1e3);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/rows", test_rows);
  g_test_add_func ("/find/against-naive", test_against_naive);
  g_test_add_func ("/find/equivalent", test_equivalent);
  g_test_add_func ("/find/pieces", test_pieces);
  g_test_add_func ("/find/blanks", test_blanks);
  g_test_add_func ("/find/regex-chunks", test_regex_chunks);
  g_test_add_func ("/find/errors", test_errors);
  g_test_add_func ("/find/exact", test_exact);
  if (g_test_perf ())
    g_test_add_func ("/find/speed", test_speed);
  return g_test_run ();
}
