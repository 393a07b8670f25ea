/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/span.h"

#include "fixture.h"

static const KutipRange two_ranges[] = { { 3, 9 }, { 12, 20 } };
static const KutipSpanLink two_links[] = { { "wikidata", "Q7747", "Vladimir Putin" },
                                           { "geonames", "1", NULL } };
static const char *const two_texts[] = { "first", "zwölf", NULL };

/* A span that has everything. */
static KutipSpanFields
fill_fields (KutipAttributes *attributes, KutipForeign *foreign)
{
  return (KutipSpanFields){
    .id = "s12",
    .label = "quote",
    .ranges = two_ranges,
    .n_ranges = 2,
    .attributes = attributes,
    .links = two_links,
    .n_links = 2,
    .note = "paraphrase",
    .unsure = TRUE,
    .origin_by = "rule:quotes",
    .origin_score = 0.93,
    .created = "2026-11-22T09:30:00Z",
    .modified = "2026-11-22T09:31:00Z",
    .texts = two_texts,
    .prefix = "before",
    .suffix = "after",
    .foreign = foreign,
  };
}

static void
test_everything (void)
{
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_with_string (NULL, "form", "indirect");
  g_autoptr (KutipForeign) foreign =
      kutip_foreign_new (&(KutipForeignMember){ "", "x", "1" }, 1);
  KutipSpanFields given = fill_fields (attributes, foreign);
  g_autoptr (KutipSpan) span = kutip_span_new (&given);
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  g_assert_cmpstr (fields.id, ==, "s12");
  g_assert_cmpstr (fields.label, ==, "quote");
  g_assert_cmpuint (fields.n_ranges, ==, 2);
  g_assert_cmpmem (fields.ranges, sizeof two_ranges, two_ranges, sizeof two_ranges);
  g_assert_true (fields.attributes == attributes);
  g_assert_cmpuint (fields.n_links, ==, 2);
  g_assert_cmpstr (fields.links[0].title, ==, "Vladimir Putin");
  g_assert_cmpstr (fields.links[1].base, ==, "geonames");
  g_assert_null (fields.links[1].title);
  g_assert_cmpstr (fields.note, ==, "paraphrase");
  g_assert_true (fields.unsure);
  g_assert_cmpstr (fields.origin_by, ==, "rule:quotes");
  g_assert_cmpfloat_with_epsilon (fields.origin_score, 0.93, 1e-12);
  g_assert_cmpstr (fields.created, ==, "2026-11-22T09:30:00Z");
  g_assert_cmpstr (fields.modified, ==, "2026-11-22T09:31:00Z");
  g_assert_cmpstrv (fields.texts, two_texts);
  g_assert_cmpstr (fields.prefix, ==, "before");
  g_assert_cmpstr (fields.suffix, ==, "after");
  g_assert_true (fields.foreign == foreign);

  g_assert_cmpstr (kutip_span_get_id (span), ==, "s12");
  g_assert_true (kutip_span_get_label (span) == g_intern_string ("quote"));
  g_assert_cmpuint (kutip_span_get_hull (span).start, ==, 3);
  g_assert_cmpuint (kutip_span_get_hull (span).end, ==, 20);
  g_assert_true (kutip_span_is_orphan (span));
  g_assert_true (kutip_span_is_unsure (span));
  g_assert_cmpstr (kutip_span_get_note (span), ==, "paraphrase");
}

/* An ordinary span has none of the rare things, and says so. */
static void
test_ordinary (void)
{
  g_autoptr (KutipSpan) span = fixture_span ("s1", "source", 5, 8);
  g_autoptr (KutipSpan) again = NULL;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  again = kutip_span_new (&fields);
  g_assert_true (kutip_span_equal (span, again));
  g_assert_null (fields.attributes);
  g_assert_null (fields.links);
  g_assert_null (fields.note);
  g_assert_null (fields.origin_by);
  g_assert_true (isnan (fields.origin_score));
  g_assert_null (fields.texts);
  g_assert_null (fields.modified);
  g_assert_false (kutip_span_is_orphan (span));
  g_assert_null (kutip_span_get_note (span));
}

static const KutipRange other_ranges[] = { { 3, 9 }, { 12, 21 } };
static const KutipSpanLink other_links[] = { { "wikidata", "Q7747", "Vladimir Putin" },
                                             { "geonames", "2", NULL } };
static const char *const other_texts[] = { "first", "zwolf", NULL };

/* The strings of the fields, each of which makes a difference. */
static const gsize strings[] = {
  G_STRUCT_OFFSET (KutipSpanFields, id),
  G_STRUCT_OFFSET (KutipSpanFields, label),
  G_STRUCT_OFFSET (KutipSpanFields, note),
  G_STRUCT_OFFSET (KutipSpanFields, origin_by),
  G_STRUCT_OFFSET (KutipSpanFields, created),
  G_STRUCT_OFFSET (KutipSpanFields, modified),
  G_STRUCT_OFFSET (KutipSpanFields, prefix),
  G_STRUCT_OFFSET (KutipSpanFields, suffix),
};

/* Fields that differ in one thing each: the last is what it is without any rare thing. */
static GArray *
create_variants (KutipAttributes *attributes, KutipForeign *foreign)
{
  GArray *variants = g_array_new (FALSE, FALSE, sizeof (KutipSpanFields));
  KutipSpanFields same = fill_fields (attributes, foreign);
  KutipSpanFields *fields;

  g_array_append_val (variants, same);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_array_append_val (variants, same);
      fields = &g_array_index (variants, KutipSpanFields, variants->len - 1);
      G_STRUCT_MEMBER (const char *, fields, strings[i]) = "other";
    }
  for (guint i = 0; i < 12; i++)
    g_array_append_val (variants, same);
  fields = &g_array_index (variants, KutipSpanFields, G_N_ELEMENTS (strings) + 1);
  fields++->ranges = other_ranges;
  fields++->n_ranges = 1;
  fields++->attributes = NULL;
  fields++->links = other_links;
  fields++->n_links = 1;
  fields++->note = NULL;
  fields++->unsure = FALSE;
  fields++->origin_score = 0.94;
  fields++->origin_score = NAN;
  fields++->texts = other_texts;
  fields++->texts = NULL;
  *fields = (KutipSpanFields) KUTIP_SPAN_FIELDS_INIT;
  fields->id = same.id;
  fields->label = same.label;
  fields->ranges = same.ranges;
  fields->n_ranges = same.n_ranges;
  return variants;
}

static void
test_equal (void)
{
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_with_string (NULL, "form", "indirect");
  g_autoptr (KutipForeign) foreign =
      kutip_foreign_new (&(KutipForeignMember){ "", "x", "1" }, 1);
  g_autoptr (GArray) variants = create_variants (attributes, foreign);

  for (guint i = 0; i < variants->len; i++)
    for (guint j = 0; j < variants->len; j++)
      {
        g_autoptr (KutipSpan) a =
            kutip_span_new (&g_array_index (variants, KutipSpanFields, i));
        g_autoptr (KutipSpan) b =
            kutip_span_new (&g_array_index (variants, KutipSpanFields, j));

        g_assert_cmpint (kutip_span_equal (a, b), ==, i == j);
      }
}

static void
test_covers (void)
{
  g_autoptr (KutipSpan) span = fixture_pieces ("s1", "quote", two_ranges, 2);
  static const struct
  {
    guint offset;
    gboolean covered;
  } rows[] = { { 2, FALSE },  { 3, TRUE },  { 8, TRUE },  { 9, FALSE },
               { 11, FALSE }, { 12, TRUE }, { 19, TRUE }, { 20, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (kutip_span_covers (span, rows[i].offset), ==, rows[i].covered);
}

static void
test_compare (void)
{
  KutipSpan *spans[] = {
    fixture_span ("s9", "quote", 3, 20), fixture_span ("s2", "quote", 3, 9),
    fixture_span ("s10", "quote", 3, 9), fixture_pieces ("s11", "quote", two_ranges, 2),
    fixture_span ("s1", "quote", 4, 30), NULL
  };

  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++)
      {
        int order = kutip_span_compare (spans[i], spans[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
  for (int i = 0; i < 5; i++)
    g_clear_pointer (&spans[i], kutip_span_unref);
}

/* Ranges as "a-b a-b". */
static guint
parse_ranges (const char *string, KutipRange *ranges)
{
  g_auto (GStrv) parts = g_strsplit (string, " ", -1);
  guint n = 0;

  for (; parts[n] != NULL && *parts[n] != '\0'; n++)
    {
      char *end;

      ranges[n].start = (guint) g_ascii_strtoull (parts[n], &end, 10);
      ranges[n].end = (guint) g_ascii_strtoull (end + 1, NULL, 10);
    }
  return n;
}

static void
test_normalize (void)
{
  static const struct
  {
    const char *given;
    const char *expected;
    const char *reason;
  } rows[] = {
    { "", "", "nothing" },
    { "3-9", "3-9", "one" },
    { "12-20 3-9", "3-9 12-20", "sorted" },
    { "3-9 9-12", "3-12", "joined where they touch" },
    { "3-9 5-7", "3-9", "nested" },
    { "5-7 3-9 8-30", "3-30", "a chain" },
    { "3-9 3-9", "3-9", "twice" },
    { "3-9 10-12 11-15 20-21", "3-9 10-15 20-21", "some of them" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KutipRange ranges[8];
      KutipRange expected[8];
      guint n = parse_ranges (rows[i].given, ranges);
      guint n_expected = parse_ranges (rows[i].expected, expected);

      g_test_message ("%s", rows[i].reason);
      n = kutip_ranges_normalize (ranges, n);
      g_assert_cmpmem (ranges, n * sizeof *ranges, expected,
                       n_expected * sizeof *expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/span/everything", test_everything);
  g_test_add_func ("/span/ordinary", test_ordinary);
  g_test_add_func ("/span/equal", test_equal);
  g_test_add_func ("/span/covers", test_covers);
  g_test_add_func ("/span/compare", test_compare);
  g_test_add_func ("/span/normalize", test_normalize);
  return g_test_run ();
}
