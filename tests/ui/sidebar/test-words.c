/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small things that the side pane turns into words: dates, languages, mnemonics,
 * excerpts, times. */
#include "model/iso-date.h"
#include "ui/sidebar/language-name.h"
#include "ui/sidebar/mnemonic.h"
#include "ui/sidebar/span-excerpt.h"
#include "ui/sidebar/span-history.h"

#include <locale.h>
#include <string.h>

static const struct
{
  const char *text;
  gboolean valid;
  const char *words;
  const char *reason;
} dates[] = {
  { "2022-08-15", TRUE, "15 Aug 2022", "a day" },
  { "2022-08", TRUE, "August 2022", "a month" },
  { "2022", TRUE, NULL, "a year says all it can" },
  { "2022-08-15T09:30:00", TRUE, "15 Aug 2022, 09:30", "a time in the reader's zone" },
  { "2024-02-29", TRUE, "29 Feb 2024", "a leap day" },
  { "2023-02-29", FALSE, NULL, "no leap year" },
  { "2022-13-01", FALSE, NULL, "no such month" },
  { "2022-00-01", FALSE, NULL, "months begin with 1" },
  { "2022-08-32", FALSE, NULL, "no such day" },
  { "0000", FALSE, NULL, "there was no year 0" },
  { "2022-8-15", FALSE, NULL, "two digits each" },
  { "22-08-15", FALSE, NULL, "which century?" },
  { "2022-08-15 ", FALSE, NULL, "something behind it" },
  { "2022-08-15T", FALSE, NULL, "no time behind the T" },
  { "2022-08-15T25:00:00", FALSE, NULL, "no such hour" },
  { "2022-", FALSE, NULL, "cut off" },
  { "2022-08-", FALSE, NULL, "cut off" },
  { "15 Agustus 2022", FALSE, NULL, "words" },
  { "15/08/2022", FALSE, NULL, "another order" },
  { "٢٠٢٢-٠٨-١٥", FALSE, NULL, "other digits" },
  { "", FALSE, NULL, "nothing" },
};

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *words = NULL;

      g_test_message ("%s: %s", dates[i].text, dates[i].reason);
      g_assert_cmpint (kutip_iso_date_describe (dates[i].text, &words), ==,
                       dates[i].valid);
      g_assert_cmpstr (words, ==, dates[i].words);
      g_assert_cmpint (kutip_iso_date_describe (dates[i].text, NULL), ==, dates[i].valid);
    }
}

static const struct
{
  const char *tag;
  gboolean valid;
  const char *name;
  const char *reason;
} languages[] = {
  { "id", TRUE, "Indonesian", "a language" },
  { "ID", TRUE, "Indonesian", "case does not count" },
  { "pt-BR", TRUE, "Portuguese (BR)", "with a region" },
  { "zh-Hant-TW", TRUE, "Chinese (Hant-TW)", "with script and region" },
  { "fil", TRUE, "Filipino", "three letters" },
  { "tlh", TRUE, NULL, "a language without a name here" },
  { "de-1996", TRUE, "German (1996)", "a variant" },
  { "i", FALSE, NULL, "too short" },
  { "indonesian", FALSE, NULL, "more than eight letters" },
  { "id-", FALSE, NULL, "an empty part at the end" },
  { "id--ID", FALSE, NULL, "an empty part" },
  { "-id", FALSE, NULL, "an empty part in front" },
  { "id_ID", FALSE, NULL, "that is a locale" },
  { "1d", FALSE, NULL, "digits in the language" },
  { "bahasa Indonesia", FALSE, NULL, "words" },
  { "", FALSE, NULL, "nothing" },
};

static void
test_languages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = NULL;

      g_test_message ("%s: %s", languages[i].tag, languages[i].reason);
      g_assert_cmpint (kutip_language_name_is_tag (languages[i].tag), ==,
                       languages[i].valid);
      if (languages[i].valid)
        name = kutip_language_name_get (languages[i].tag);
      g_assert_cmpstr (name, ==, languages[i].name);
    }
}

static const struct
{
  const char *title;
  const char *taken;
  const char *marked;
  const char *reason;
} mnemonics[] = {
  { "Form", "", "_Form", "the first letter" },
  { "Form", "f", "F_orm", "the first is taken" },
  { "Same as", "s", "Same _as", "a letter that begins a word comes first" },
  { "Form", "form", "Form", "none is left" },
  { "snake_case", "", "_snake__case", "the title's own underscore is shown" },
  { "(x)", "", "(_x)", "letters only" },
  { "…", "", "…", "no letter at all" },
  { "النوع", "", "_النوع", "any script" },
  { "Ärger", "", "_Ärger", "not only ASCII" },
};

static void
test_mnemonics (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mnemonics); i++)
    {
      g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (gunichar));
      g_autofree char *marked = NULL;
      guint n_taken;
      gunichar c;

      for (const char *p = mnemonics[i].taken; *p != '\0'; p++)
        {
          c = (gunichar) *p;
          g_array_append_val (taken, c);
        }
      n_taken = taken->len;
      c = kutip_mnemonic_choose (mnemonics[i].title, taken);
      marked = kutip_mnemonic_mark (mnemonics[i].title, c);
      g_test_message ("%s: %s", mnemonics[i].title, mnemonics[i].reason);
      g_assert_cmpstr (marked, ==, mnemonics[i].marked);
      g_assert_cmpuint (taken->len, ==, n_taken + (c != 0));
    }
}

static const struct
{
  const char *marked;
  gunichar letter; /* 0: none */
} marked_titles[] = {
  { "_Title", 't' },              /* at the beginning, in lower case */
  { "Address on the _Web", 'w' }, /* in the middle */
  { "No mark", 0 },               /* a translator may leave it out */
  { "a__b _c", 'c' },             /* a doubled one is a plain character */
  { "_École", 0xe9 },             /* not ASCII */
  { "ends in _", 0 },             /* nothing follows */
};

static void
test_taken_mnemonics (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (marked_titles); i++)
    {
      g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (gunichar));

      kutip_mnemonic_take (marked_titles[i].marked, taken);
      g_assert_cmpuint (taken->len, ==, marked_titles[i].letter != 0 ? 1 : 0);
      if (taken->len > 0)
        g_assert_cmpuint (g_array_index (taken, gunichar, 0), ==,
                          marked_titles[i].letter);
    }
}

static const struct
{
  const char *text;
  KutipRange ranges[3];
  guint n_ranges;
  guint max;
  const char *excerpt;
  const char *reason;
} excerpts[] = {
  { "one two", { { 0, 3 } }, 1, 20, "one", "as it is" },
  { "one\r\n  two", { { 0, 10 } }, 1, 20, "one two", "white space is one space" },
  { " one ", { { 0, 5 } }, 1, 20, "one", "none around" },
  { "one two three", { { 0, 3 }, { 8, 13 } }, 2, 20, "one … three", "pieces" },
  { "one two three", { { 0, 13 } }, 1, 7, "one two…", "cut" },
  { "one two", { { 0, 7 } }, 1, 7, "one two", "just long enough" },
  { "one two three",
    { { 0, 3 }, { 4, 7 }, { 8, 13 } },
    3,
    3,
    "one … …",
    "no room for the others" },
  { "a\tb", { { 0, 3 } }, 1, 20, "a b", "tabs" },
  { "   ", { { 0, 3 } }, 1, 20, "", "nothing to see" },
  { "👍🏽 yes", { { 0, 6 } }, 1, 20, "👍🏽 yes", "beyond the basic plane" },
};

static void
test_excerpts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (excerpts); i++)
    {
      g_autoptr (KutipText) text = kutip_text_new (excerpts[i].text);
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autoptr (KutipSpan) span = NULL;
      g_autofree char *excerpt = NULL;

      fields.id = "s1";
      fields.label = "claim";
      fields.ranges = excerpts[i].ranges;
      fields.n_ranges = excerpts[i].n_ranges;
      span = kutip_span_new (&fields);
      excerpt = kutip_span_excerpt (text, span, excerpts[i].max);
      g_test_message ("%s", excerpts[i].reason);
      g_assert_cmpstr (excerpt, ==, excerpts[i].excerpt);
    }
}

/* A span over the whole of a long text costs no more than what is shown of it, or so many
 * of them would outlast every patience. */
static void
test_long_excerpt (void)
{
  gsize size = 20 * 1024 * 1024;
  char *bytes = g_malloc (size + 1);
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipSpan) span = NULL;
  KutipRange range = { 0, (guint) size };
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;

  memset (bytes, 'x', size);
  bytes[size] = '\0';
  text = kutip_text_new_take (bytes, size);
  fields.id = "s1";
  fields.label = "claim";
  fields.ranges = &range;
  fields.n_ranges = 1;
  span = kutip_span_new (&fields);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *excerpt = kutip_span_excerpt (text, span, 100);

      g_assert_cmpint (g_utf8_strlen (excerpt, -1), ==, 101);
    }
}

static void
test_directions (void)
{
  g_assert_cmpint (kutip_span_excerpt_direction ("abc"), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (kutip_span_excerpt_direction ("قال abc"), ==, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (kutip_span_excerpt_direction ("“שלום"), ==, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (kutip_span_excerpt_direction ("12 %"), ==, GTK_TEXT_DIR_NONE);
  g_assert_cmpint (kutip_span_excerpt_direction (""), ==, GTK_TEXT_DIR_NONE);
}

/* What a file holds that is no time is shown as it stands. */
static void
test_history (void)
{
  const KutipRange range = { 0, 1 };
  const KutipSpanLink link = { "wikidata", "Q7747", "Vladimir Putin" };
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autoptr (KutipSpan) bare = NULL;
  g_autoptr (KutipSpan) full = NULL;
  g_autofree char *lines = NULL;

  fields.id = "s1";
  fields.label = "claim";
  fields.ranges = &range;
  fields.n_ranges = 1;
  bare = kutip_span_new (&fields);
  g_assert_null (kutip_span_history_describe (bare));

  fields.created = "2026-11-22T09:30:00Z";
  fields.modified = "yesterday";
  fields.origin_by = "rule:quotes";
  fields.origin_score = 0.934;
  fields.links = &link;
  fields.n_links = 1;
  full = kutip_span_new (&fields);
  lines = kutip_span_history_describe (full);
  g_assert_cmpstr (lines, ==,
                   "wikidata Q7747: Vladimir Putin\n"
                   "Marked on 22 Nov 2026, 09:30\n"
                   "Changed on yesterday\n"
                   "Comes from rule:quotes (score 0.93)");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sidebar/words/dates", test_dates);
  g_test_add_func ("/sidebar/words/languages", test_languages);
  g_test_add_func ("/sidebar/words/mnemonics", test_mnemonics);
  g_test_add_func ("/sidebar/words/taken-mnemonics", test_taken_mnemonics);
  g_test_add_func ("/sidebar/words/excerpts", test_excerpts);
  g_test_add_func ("/sidebar/words/long-excerpt", test_long_excerpt);
  g_test_add_func ("/sidebar/words/directions", test_directions);
  g_test_add_func ("/sidebar/words/history", test_history);
  return g_test_run ();
}
