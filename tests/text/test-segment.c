/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "marked-row.h"
#include "random-text.h"
#include "text/borders.h"
#include "text/segment.h"

#include <string.h>

static const struct
{
  KutipUnit unit;
  const char *marked;
  const char *reason;
} units[] = {
  { KUTIP_UNIT_CHARACTER, "a<|b>c", "a letter" },
  { KUTIP_UNIT_CHARACTER, "a<e|\u0301>c", "a letter and its accent, from between them" },
  { KUTIP_UNIT_CHARACTER, "a<\r|\n>b", "CR LF is one" },
  { KUTIP_UNIT_CHARACTER, "x<\U0001f468\u200d|\U0001f469\u200d\U0001f467>y", "a family" },
  { KUTIP_UNIT_CHARACTER, "<|\U0001f1ee\U0001f1e9>\U0001f1f0\U0001f1f7",
    "one of two flags" },
  { KUTIP_UNIT_CHARACTER, "\U0001f1ee\U0001f1e9<\U0001f1f0|\U0001f1f7>",
    "the other flag" },
  { KUTIP_UNIT_CHARACTER, "<\U0001f44d|\U0001f3fd>x", "a thumb and its colour" },
  { KUTIP_UNIT_CHARACTER, "\u0e01<\u0e19|\u0e49>\u0e33",
    "Thai: a consonant and its tone" },
  { KUTIP_UNIT_CHARACTER, "<\u1100|\u1161\u11a8>", "a Korean syllable in its parts" },
  { KUTIP_UNIT_CHARACTER, "<\u0628|\u064e>\u0627", "Arabic: a letter and its vowel" },
  { KUTIP_UNIT_CHARACTER, "ab<c>|", "at the end, the last" },
  { KUTIP_UNIT_CHARACTER, "<>|", "nothing in nothing" },
  { KUTIP_UNIT_WORD, "kata <Pu|tin>, dia", "inside a word" },
  { KUTIP_UNIT_WORD, "kata <|Putin>, dia", "before a word" },
  { KUTIP_UNIT_WORD, "kata Putin<|,> dia", "the comma after it" },
  { KUTIP_UNIT_WORD, "kata<| >Putin", "a space" },
  { KUTIP_UNIT_WORD, "kata< |  >Putin", "white space is one" },
  { KUTIP_UNIT_WORD, "<Jong|-un> kian", "a hyphen ties" },
  { KUTIP_UNIT_WORD, "<ke-2-n|ya> kali", "two hyphens" },
  { KUTIP_UNIT_WORD, "tahun <2000-a|n>", "a number and its ending" },
  { KUTIP_UNIT_WORD, "<2|020>-2021", "but not two numbers" },
  { KUTIP_UNIT_WORD, "a <|-> b", "a lone dash" },
  { KUTIP_UNIT_WORD, "<ant|i>-", "a hyphen at the end is no tie" },
  { KUTIP_UNIT_WORD, "<don|'t> go", "an apostrophe" },
  { KUTIP_UNIT_WORD, "hari <Jum\u2019|at>", "a typographic one" },
  { KUTIP_UNIT_WORD, "the <80'|s>", "after a number" },
  { KUTIP_UNIT_WORD, "'<ka|ta>' dia", "quotation marks are none" },
  { KUTIP_UNIT_WORD, "<100.0|00> tentara", "a number with its points" },
  { KUTIP_UNIT_WORD, "<KOMPAS.|TV> - ", "a name with a point" },
  { KUTIP_UNIT_WORD, "<na\u00ef|ve>", "a letter with an accent" },
  { KUTIP_UNIT_WORD, "<nai|\u0308ve>", "the same in two code points" },
  { KUTIP_UNIT_WORD, "<\u05e6\u05d4\"|\u05dc> x",
    "Hebrew: a mark inside an abbreviation" },
  { KUTIP_UNIT_WORD, "<\u05d4\u05d3\u05d5-|\u05e6\u05d3\u05d3\u05d9\u05d9\u05dd>",
    "Hebrew with a hyphen" },
  { KUTIP_UNIT_WORD, "<\u0627\u0644|\u0633\u0651\u064e\u0644\u0627\u0645> \u0639",
    "Arabic with its vowels" },
  { KUTIP_UNIT_WORD, "\u603b<|\u7edf>\u8868",
    "Chinese: no dictionary, so each by itself" },
  { KUTIP_UNIT_WORD, "\u306f<\u30ed\u30b7|\u30a2>\u3068", "Japanese: a run of katakana" },
  { KUTIP_UNIT_WORD, "<\ub300\ud1b5|\ub839\uc740> \ub9d0", "Korean" },
  { KUTIP_UNIT_WORD,
    "\u0e1b\u0e23\u0e30\u0e18\u0e32\u0e19\u0e32\u0e18\u0e34\u0e1a\u0e14\u0e35<"
    "\u0e01\u0e25|"
    "\u0e48\u0e32\u0e27>\u0e27\u0e48\u0e32",
    "Thai: by dictionary" },
  { KUTIP_UNIT_WORD, "a <|\U0001f468\u200d\U0001f469> b", "a picture" },
  { KUTIP_UNIT_SENTENCE, "Satu. <Du|a tiga.> Empat.", "inside" },
  { KUTIP_UNIT_SENTENCE, "<Satu.>| Dua.", "the space after it" },
  { KUTIP_UNIT_SENTENCE, "Satu. <|Dua.>", "its start" },
  { KUTIP_UNIT_SENTENCE, "<Baca Juga: Korea>|\nIa", "the end of a line without a stop" },
  { KUTIP_UNIT_SENTENCE, "Satu.\n | <Dua.>", "an indent belongs to what follows" },
  { KUTIP_UNIT_SENTENCE, " | <Satu.>", "at the start of the text as well" },
  { KUTIP_UNIT_SENTENCE, "Satu.\n<>|\nDua.", "a blank line has none" },
  { KUTIP_UNIT_SENTENCE, "<Satu.>  \n|", "the end of the text, after it" },
  { KUTIP_UNIT_PARAGRAPH, "a b\n<c| d>\r\ne", "between LF and CR LF" },
  { KUTIP_UNIT_PARAGRAPH, "a b\n<c d>\r|\ne", "from inside CR LF" },
  { KUTIP_UNIT_PARAGRAPH, "a b\n<c d>|\ne", "from its end" },
  { KUTIP_UNIT_PARAGRAPH, "a\n<>|\nb", "an empty one" },
  { KUTIP_UNIT_PARAGRAPH, "a\u2029<b|c>\u2029d", "paragraph separators" },
  { KUTIP_UNIT_PARAGRAPH, "a\r<b|c>\rd", "the old Macintosh" },
  { KUTIP_UNIT_PARAGRAPH, "<a\fb\vc\u2028d|>", "none of these ends one" },
};

static void
test_at (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_auto (MarkedRow) row = { 0 };
      KutipRange found;

      marked_row_init (&row, units[i].marked);
      found = kutip_segment_at (row.text, units[i].unit, row.caret);
      marked_row_check (&row, found, units[i].marked, units[i].reason);
    }
}

static const struct
{
  const char *marked; /* sentences between | */
  const char *reason;
} sentences[] = {
  { "|Hubungan kian mesra.| |Ia juga menambahkan.|", "two" },
  { "|Kompas dunia|\n|15 Agustus 2022, 13:39 WIBPYONGYANG, KOMPAS.TV - Hubungan mesra.|",
    "a headline ends without a stop" },
  { "|Pukul 15.30 WIB.| |Ia datang.|", "a number, and an abbreviation that ends one" },
  { "|Menurut Dr. Budi, Prof. Ir. H. Joko datang.| |Ya.|", "titles" },
  { "|Presiden B.J. Habibie dan George W. Bush bertemu.| |Ya.|", "initials" },
  { "|Sejak Perang Dunia I.| |Saat itu lain.|", "the number of a war is no initial" },
  { "|Budi, S.H.| |Ia pengacara.|", "nor is a degree" },
  { "|Surat a.n. Presiden s.d. Menteri.| |Ya.|", "small abbreviations" },
  { "|Beras, gula, dll.| |Harga naik.|", "may end one" },
  { "|1. Pertama.|\n|2. Kedua.|\n|a. Ketiga.| |Ya.|", "the numbers of a list" },
  { "|Ada 12.| |Lalu 13.|", "but not any number" },
  { "|Di Jl. Sudirman No. 5 Jakarta, PT. Astra.| |Ya.|", "an address" },
  { "|Is it?| |No.| |He left.|", "No. before a word is a whole answer" },
  { "|Mr. Smith vs. Mrs. Jones.| |Fine.|", "English" },
  { "|Er kam am 15. August nach Bonn.| |Gut.|", "a German date" },
  { "|Dies ist Nr. 5 von z.B. Hr. Meier.| |Gut.|", "German" },
  { "|Er ist 15.| |Augustin kam.|", "a name that only begins like a month" },
  { "|\u201cIni benar!\u201d kata Putin.| |Ya.|", "a cue after an exclamation" },
  { "|\"Apakah benar?\" tanya dia.| |Ya.|", "a cue after a question" },
  { "|\u201cKami sahabat dunia.\u201d| |Ia pergi.|", "closing marks belong to it" },
  { "|Ia berkata (dulu.)| |\u00abMaintenant.\u00bb| |Ya.|", "brackets and guillemets" },
  { "|Lihat http://x.y/z?q=1&r=2 di sana.| |Ya.|", "an address" },
  { "|Apa...| |Ya\u2026 tidak!!| |Apa?!|", "ellipses and double marks" },
  { "|Versi 2.0 dan 3,5 keluar.| |Ya.|", "numbers" },
  { "|\u603b\u7edf\u8868\u793a\uff0c\u4fc4\u7f57\u65af\u3002||\u4e24\u56fd\u3002|",
    "Chinese has no space between them" },
  { "|\u0642\u0627\u0644\u061f| |\u0646\u0639\u0645.|", "Arabic" },
  { "|\u05e9\u05dc\u05d5\u05dd.| |\u05d0\u05e0\u05d9.|", "Hebrew" },
  { "|\u0e1b\u0e23\u0e30\u0e40\u0e17\u0e28 \u0e02\u0e22\u0e32\u0e22|",
    "Thai has no mark for it" },
  { "|a.|\r\n\r\n  |Foo bar|\n|baz|", "CR LF, a blank line, an indent" },
  { "|satu|\u2029|dua|", "a paragraph separator" },
};

/* What lies between pairs of |, joined. */
static char *
join_marked (const char *marked)
{
  g_auto (GStrv) parts = g_strsplit (marked, "|", -1);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 1; parts[i]; i += 2)
    {
      g_string_append_printf (joined, "%s\n---\n", parts[i]);
      if (!parts[i + 1])
        break;
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static char *
join_sentences (KutipText *text)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  guint length = kutip_text_get_length (text);
  guint at = 0;

  while (at < length)
    {
      KutipRange range = kutip_segment_at (text, KUTIP_UNIT_SENTENCE, at);
      g_autofree char *sentence = kutip_text_dup_range (text, range);
      guint next = kutip_segment_next (text, KUTIP_UNIT_SENTENCE, at);

      g_string_append_printf (joined, "%s\n---\n", sentence);
      g_assert_cmpuint (kutip_segment_next_end (text, KUTIP_UNIT_SENTENCE, at), ==,
                        range.end);
      g_assert_cmpuint (next, >, at);
      if (next < length)
        g_assert_cmpuint (kutip_segment_previous (text, KUTIP_UNIT_SENTENCE, next), ==,
                          at);
      at = next;
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
test_sentences (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_auto (GStrv) parts = NULL;
      g_autofree char *plain = NULL;
      g_autoptr (KutipText) text = NULL;
      g_autofree char *wanted = NULL;
      g_autofree char *found = NULL;

      parts = g_strsplit (sentences[i].marked, "|", -1);
      plain = g_strjoinv ("", parts);
      text = kutip_text_new (plain);
      wanted = join_marked (sentences[i].marked);
      found = join_sentences (text);
      if (strcmp (found, wanted) != 0)
        {
          g_test_message ("%s:\n%s", sentences[i].reason, found);
          g_test_fail ();
        }
    }
}

static const struct
{
  KutipUnit unit;
  const char *starts;
  const char *ends;
  const char *reason;
} walks[] = {
  { KUTIP_UNIT_WORD, " |Kim |Jong-un, |15/|8/|2022 (|BBC) |\U0001f600.|",
    " Kim| Jong-un|, 15|/8|/2022| (BBC|) \U0001f600|.|", "words, and a picture" },
  { KUTIP_UNIT_WORD, "-- ...|", "-- ...|", "punctuation is no word" },
  { KUTIP_UNIT_CHARACTER, "a|e\u0301|\r\n|\U0001f468\u200d\U0001f469|b|",
    "a|e\u0301|\r\n|\U0001f468\u200d\U0001f469|b|", "characters" },
  { KUTIP_UNIT_PARAGRAPH, "a b\n|c\n\n  \n|d\r\n|e\u2029|f|",
    "a b|\nc|\n\n  \nd|\r\ne|\u2029f|", "paragraphs; blank ones are passed over" },
  { KUTIP_UNIT_PARAGRAPH, "\n\n|a\n\n|", "\n\na|\n\n|", "blank ones at both ends" },
  { KUTIP_UNIT_SENTENCE, "\n\n |Satu. |Dua|", "\n\n Satu.| Dua|", "sentences" },
};

static char *
mark_walk (KutipText *text, KutipUnit unit, guint (*step) (KutipText *, KutipUnit, guint))
{
  g_autoptr (GString) marked = g_string_new (NULL);
  guint length = kutip_text_get_length (text);
  guint at = 0;

  while (at < length)
    {
      guint next = step (text, unit, at);
      g_autofree char *part = NULL;

      g_assert_cmpuint (next, >, at);
      part = kutip_text_dup_range (text, (KutipRange){ at, next });
      g_string_append_printf (marked, "%s|", part);
      at = next;
    }
  return g_string_free (g_steal_pointer (&marked), FALSE);
}

static void
test_walks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (walks); i++)
    {
      g_auto (GStrv) parts = g_strsplit (walks[i].starts, "|", -1);
      g_autofree char *plain = g_strjoinv ("", parts);
      g_autoptr (KutipText) text = kutip_text_new (plain);
      g_autofree char *starts = mark_walk (text, walks[i].unit, kutip_segment_next);
      g_autofree char *ends = mark_walk (text, walks[i].unit, kutip_segment_next_end);

      g_test_message ("%s", walks[i].reason);
      g_assert_cmpstr (starts, ==, walks[i].starts);
      g_assert_cmpstr (ends, ==, walks[i].ends);
    }
}

/* Going back visits the same places as going forward. */
static void
test_previous (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (31);

  for (guint round = 0; round < rounds (300); round++)
    {
      g_autofree char *utf8 = random_text (random, round % 2, 120);
      g_autoptr (KutipText) text = kutip_text_new (utf8);
      KutipUnit unit = round % 4;
      g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
      guint length = kutip_text_get_length (text);
      guint at = 0;

      for (;;)
        {
          at = kutip_segment_next (text, unit, at);
          if (at == length)
            break;
          g_array_append_val (starts, at);
        }
      at = length;
      for (guint i = starts->len; i-- > 0;)
        {
          at = kutip_segment_previous (text, unit, at);
          g_assert_cmpuint (at, ==, g_array_index (starts, guint, i));
        }
      g_assert_cmpuint (kutip_segment_previous (text, unit, at), ==, 0);
    }
}

/* Every position of a random text, asked one by one, against one analysis of the whole:
 * windows must not show. */
static void
test_windows (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  for (guint round = 0; round < 12; round++)
    {
      g_autofree char *utf8 = random_text (random, round % 2, 1500);
      g_autoptr (KutipText) text = kutip_text_new (utf8);
      guint length = kutip_text_get_length (text);
      g_autofree guint8 *flags = kutip_borders_find (text, (KutipRange){ 0, length });

      for (guint i = 0; i <= length; i += 100 / rounds (100))
        {
          guint end = MIN (length, i + 40);
          g_autofree guint8 *part = kutip_borders_find (text, (KutipRange){ i, end });

          g_assert_cmpmem (part, end - i + 1, flags + i, end - i + 1);
        }
    }
}

/* Properties that hold in any text, whatever is in it. */
static void
check_properties (KutipText *text, GRand *random)
{
  guint length = kutip_text_get_length (text);
  guint offset = (guint) g_rand_int_range (random, 0, (gint32) length + 1);

  for (KutipUnit unit = KUTIP_UNIT_CHARACTER; unit <= KUTIP_UNIT_PARAGRAPH; unit++)
    {
      KutipRange at = kutip_segment_at (text, unit, offset);
      guint next = kutip_segment_next (text, unit, offset);
      guint end = kutip_segment_next_end (text, unit, offset);
      KutipRange whole = kutip_segment_whole_characters (text, at);

      g_assert_cmpuint (at.start, <=, at.end);
      g_assert_cmpuint (at.end, <=, length);
      g_assert_true (kutip_range_equal (whole, at));
      g_assert_true (offset == length ? next == length : next > offset && next <= length);
      g_assert_true (offset == length ? end == length : end > offset && end <= length);
      if (offset > 0)
        g_assert_cmpuint (kutip_segment_previous (text, unit, offset), <, offset);
      if (unit <= KUTIP_UNIT_WORD && offset < length)
        g_assert_true (kutip_range_contains_offset (at, offset));
      /* It is the same one that is at its last position. */
      if (at.end > MAX (at.start, offset))
        g_assert_cmpuint (kutip_segment_at (text, unit, at.end - 1).end, ==, at.end);
    }
}

static void
test_properties (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (90);

  for (guint round = 0; round < rounds (600); round++)
    {
      guint length = (guint) g_rand_int_range (random, 0, 80);
      g_autofree char *utf8 = random_text (random, round % N_RANDOM_KINDS, length);
      g_autoptr (KutipText) text = kutip_text_new (utf8);

      check_properties (text, random);
    }
}

/* Texts in which every unit is as long as the text itself. */
static void
test_giants (void)
{
  static const char *const repeated[] = {
    "a", "a ", " ", "\u0301", "\u200d\U0001f468", "-", "\u0e01", "\u4e2d", "\n", "7. "
  };

  for (gsize i = 0; i < G_N_ELEMENTS (repeated); i++)
    {
      g_autoptr (GString) utf8 = g_string_new (NULL);
      g_autoptr (KutipText) text = NULL;
      guint middle;

      for (guint k = 0; k < rounds (100000); k++)
        g_string_append (utf8, repeated[i]);
      text = kutip_text_new (utf8->str);
      middle = kutip_text_get_length (text) / 2;
      g_test_timer_start ();
      for (KutipUnit unit = KUTIP_UNIT_CHARACTER; unit <= KUTIP_UNIT_PARAGRAPH; unit++)
        {
          KutipRange at = kutip_segment_at (text, unit, middle);

          g_assert_cmpuint (at.start, <=, middle);
          g_assert_cmpuint (at.end, >=, middle);
          /* Cut, or each key would take as long as the text is. */
          if (unit == KUTIP_UNIT_WORD || unit == KUTIP_UNIT_SENTENCE)
            g_assert_cmpuint (at.end - at.start, <=, 3 * 8192);
          g_assert_cmpuint (kutip_segment_next (text, unit, middle), >, middle);
          g_assert_cmpuint (kutip_segment_next_end (text, unit, middle), >, middle);
          g_assert_cmpuint (kutip_segment_previous (text, unit, middle), <, middle);
        }
      g_test_message ("“%s”: %.1f ms for all of it", repeated[i],
                      g_test_timer_elapsed () * 1e3);
      if (g_test_perf ())
        g_assert_cmpfloat (g_test_timer_last (), <, 1);
    }
}

/* Run with -m perf. */
static void
test_speed (void)
{
  static const char *const names[] = { "character", "word", "sentence", "paragraph" };
  g_autoptr (GString) utf8 = g_string_new (NULL);
  g_autoptr (KutipText) text = NULL;
  guint length;

  while (utf8->len < 10 * 1000 * 1000)
    g_string_append (utf8, "Pada suratnya, Putin mengatakan bahwa Rusia akan memperluas "
                           "hubungan bilateral kedua negara. ");
  text = kutip_text_new (utf8->str);
  length = kutip_text_get_length (text);
  for (KutipUnit unit = KUTIP_UNIT_CHARACTER; unit <= KUTIP_UNIT_PARAGRAPH; unit++)
    {
      guint n = unit == KUTIP_UNIT_PARAGRAPH ? 10 : 500;

      g_test_timer_start ();
      for (guint i = 0; i < n; i++)
        kutip_segment_at (text, unit, length / n * i);
      g_test_message ("%s: %.0f µs, in a paragraph of 10 MB", names[unit],
                      g_test_timer_elapsed () * 1e6 / n);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment/at", test_at);
  g_test_add_func ("/segment/sentences", test_sentences);
  g_test_add_func ("/segment/walks", test_walks);
  g_test_add_func ("/segment/previous", test_previous);
  g_test_add_func ("/segment/windows", test_windows);
  g_test_add_func ("/segment/properties", test_properties);
  g_test_add_func ("/segment/giants", test_giants);
  if (g_test_perf ())
    g_test_add_func ("/segment/speed", test_speed);
  return g_test_run ();
}
