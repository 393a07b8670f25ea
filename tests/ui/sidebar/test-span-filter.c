/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../article/open-text.h"
#include "samples.h"
#include "ui/sidebar/span-filter.h"

typedef struct
{
  const char *words;
  const char *text;
  gboolean passes;
  const char *reason;
} FilterCase;

static const FilterCase filter_cases[] = {
  { "Korea Utara", "korea", TRUE, "case does not count" },
  { "korea utara", "KOREA UT", TRUE, "in neither" },
  { "Korea\n  Utara", "korea utara", TRUE, "white space is white space" },
  { "Korea Utara", "  korea  ", TRUE, "that around the text does not count" },
  { "café", "cafe", TRUE, "accents do not count" },
  { "cafe\xcc\x81", "café", TRUE, "composed or not" },
  { "ΟΔΥΣΣΕΥΣ", "οδυσ", TRUE, "Greek" },
  { "كِتَاب", "كتاب", TRUE, "Arabic vowel signs" },
  { "Korea", "Koreas", FALSE, "not all of the text" },
  { "Korea", "xyz", FALSE, "not at all" },
  { "aab", "ab", TRUE, "a false start" },
  { "Korea", "\xcc\x81", TRUE, "nothing but an accent: nothing to look for" },
};

static void
test_filter_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (filter_cases); i++)
    {
      const FilterCase *c = &filter_cases[i];
      g_autoptr (KutipText) text = kutip_text_new (c->words);
      KutipRange range = { 0, kutip_text_get_length (text) };
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autoptr (KutipSpan) span = NULL;
      g_autoptr (KutipSpanFilter) filter = kutip_span_filter_new (NULL, NULL, c->text);

      fields.id = "s1";
      fields.label = "claim";
      fields.ranges = &range;
      fields.n_ranges = 1;
      span = kutip_span_new (&fields);
      g_test_message ("%s", c->reason);
      g_assert_cmpint (filter == NULL || kutip_span_filter_matches (filter, text, span),
                       ==, c->passes);
    }
}

/* The note counts, an orphan's text counts, and pieces are words one after the other. */
static void
test_filter_places (void)
{
  static const char *const lost[] = { "lost words", NULL };
  g_autoptr (KutipText) text = kutip_text_new ("one two three four");
  const KutipRange pieces[] = { { 0, 3 }, { 8, 13 } };
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (KutipSpan) orphan = NULL;
  g_autoptr (KutipSpanFilter) both = kutip_span_filter_new (NULL, NULL, "one three");
  g_autoptr (KutipSpanFilter) between = kutip_span_filter_new (NULL, NULL, "two");
  g_autoptr (KutipSpanFilter) note = kutip_span_filter_new (NULL, NULL, "remark");
  g_autoptr (KutipSpanFilter) gone = kutip_span_filter_new (NULL, NULL, "lost");

  fields.id = "s1";
  fields.label = "claim";
  fields.ranges = pieces;
  fields.n_ranges = 2;
  fields.note = "A Remark.";
  span = kutip_span_new (&fields);
  g_assert_true (kutip_span_filter_matches (both, text, span));
  g_assert_false (kutip_span_filter_matches (between, text, span));
  g_assert_true (kutip_span_filter_matches (note, text, span));
  g_assert_false (kutip_span_filter_matches (gone, text, span));

  fields.n_ranges = 1;
  fields.texts = lost;
  orphan = kutip_span_new (&fields);
  g_assert_true (kutip_span_filter_matches (gone, text, orphan));
  g_assert_false (kutip_span_filter_matches (both, text, orphan));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/span-filter/texts", test_filter_texts);
  g_test_add_func ("/span-filter/places", test_filter_places);
  return g_test_run ();
}
