/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"

#include "random-layer.h"

#include <string.h>

#define ARTICLE_TEXT                                                                     \
  "Putin mengatakan langkah ini dilakukan demi kebaikan kedua negara. Dikutip dari "     \
  "BBC.\n"
#define DIGEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define BEFORE_SPANS                                                                     \
  "{\n"                                                                                  \
  "  \"format\": 1,\n"                                                                   \
  "  \"article\": {\"file\": \"a.txt\", \"sha256\": \"" DIGEST "\", \"length\": 85},\n"  \
  "  \"offsets\": \"unicode code points\",\n"                                            \
  "  \"status\": \"in-progress\",\n"

static KutipArticle *
new_article (const char *utf8)
{
  g_autoptr (KutipText) text = kutip_text_new (utf8);
  KutipCharset charset = { "UTF-8", FALSE, FALSE };

  return kutip_article_new (text, "a.txt", DIGEST, &charset);
}

static char *
write_layer (KutipArticle *article, KutipLayer *layer)
{
  return g_string_free (kutip_sidecar_write (article, layer), FALSE);
}

static KutipLayer *
read_for (KutipArticle *article, const char *json)
{
  g_autoptr (GError) error = NULL;
  KutipLayer *layer = kutip_sidecar_read (json, strlen (json),
                                          kutip_article_get_text (article), NULL, &error);

  g_assert_no_error (error);
  return layer;
}

/* Every member, in the style of the format's description: what is read is written the
 * same. */
static void
test_golden (void)
{
  static const char golden[] =
      "{\n"
      "  \"format\": 1,\n"
      "  \"article\": {\"file\": \"a.txt\", \"sha256\": \"" DIGEST
      "\", \"length\": 85, \"language\": \"id\", \"title\": \"T\", \"author\": \"A\", "
      "\"date\": \"2022-08-15\", \"publisher\": \"P\", \"url\": "
      "\"https://example.org/\", "
      "\"encoding\": \"WINDOWS-1252\"},\n"
      "  \"offsets\": \"unicode code points\",\n"
      "  \"tagset\": {\"name\": \"News attribution\", \"version\": \"1\"},\n"
      "  \"annotator\": \"alice\",\n"
      "  \"status\": \"done\",\n"
      "  \"attributes\": {\"topic\": \"politics\"},\n"
      "  \"note\": \"\",\n"
      "  \"last_id\": 12,\n"
      "  \"spans\": [\n"
      "    {\"id\": \"s1\", \"label\": \"source\", \"ranges\": [[0, 5]], \"text\": "
      "[\"Putin\"], \"suffix\": \" mengatakan langkah ini dilakuka\", \"attributes\": "
      "{\"kind\": \"person\", \"seen\": true, \"roles\": [\"a\", \"b\"], \"none\": []}, "
      "\"links\": [{\"base\": \"wikidata\", \"id\": \"Q7747\", \"title\": \"Vladimir "
      "Putin\"}, {\"base\": \"b\", \"id\": \"i\"}], \"note\": \"n\", \"unsure\": true, "
      "\"origin\": {\"by\": \"rule:names\", \"score\": 0.93}, \"created\": "
      "\"2026-11-22T09:30:00Z\", \"modified\": \"2026-11-22T09:31:00Z\"},\n"
      "    {\"id\": \"s2\", \"label\": \"quote\", \"ranges\": [[17, 28], [39, 52]], "
      "\"text\": [\"langkah ini\", \"demi kebaikan\"], \"prefix\": \"Putin mengatakan "
      "\", "
      "\"suffix\": \" kedua negara. Dikutip dari BBC.\"},\n"
      "    {\"id\": \"s3\", \"label\": \"source\", \"ranges\": [[500, 503]], \"text\": "
      "[\"KCNA\"], \"prefix\": \"kantor berita \", \"suffix\": \".\"}\n"
      "  ],\n"
      "  \"relations\": [\n"
      "    {\"id\": \"r1\", \"label\": \"attributed-to\", \"from\": \"s2\", \"to\": "
      "\"s1\", \"event\": \"e1\", \"attributes\": {\"x\": \"y\"}, \"note\": \"n\", "
      "\"unsure\": true, \"origin\": {\"by\": \"brat\"}, \"created\": "
      "\"2026-11-22T09:30:00Z\", \"modified\": \"2026-11-22T09:31:00Z\"}\n"
      "  ]\n"
      "}\n";
  g_autoptr (KutipArticle) article = new_article (ARTICLE_TEXT);
  g_auto (KutipSidecarInfo) info = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipLayer) layer = kutip_sidecar_read (
      golden, strlen (golden), kutip_article_get_text (article), &info, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = write_layer (article, layer);
  g_assert_cmpstr (again, ==, golden);
  g_assert_cmpuint (info.format, ==, 1);
  g_assert_cmpstr (info.file, ==, "a.txt");
  g_assert_cmpstr (info.sha256, ==, DIGEST);
  g_assert_cmpuint (info.length, ==, 85);
}

static void
test_fields (void)
{
  static const char json[] = BEFORE_SPANS
      "  \"spans\": [{\"unsure\": false, \"text\": [\"BBC\"], \"ranges\": [[80, 83]], "
      "\"label\": \"source\", \"id\": \"s7\", \"origin\": {\"score\": 1e-3, \"by\": "
      "\"m\"}, \"attributes\": {}, \"links\": []}]}";
  g_autoptr (KutipArticle) article = new_article (ARTICLE_TEXT);
  g_autoptr (KutipLayer) layer = read_for (article, json);
  KutipSpan *span = kutip_layer_get_span (layer, "s7");
  KutipSpanFields fields;

  g_assert_nonnull (span);
  kutip_span_get_fields (span, &fields);
  g_assert_cmpstr (fields.label, ==, "source");
  g_assert_cmpuint (fields.n_ranges, ==, 1);
  g_assert_cmpuint (fields.ranges[0].start, ==, 80);
  g_assert_cmpuint (fields.ranges[0].end, ==, 83);
  g_assert_false (fields.unsure);
  g_assert_null (fields.texts);
  g_assert_null (fields.attributes);
  g_assert_cmpuint (fields.n_links, ==, 0);
  g_assert_cmpstr (fields.origin_by, ==, "m");
  g_assert_cmpfloat_with_epsilon (fields.origin_score, 1e-3, 1e-12);
  g_assert_cmpuint (kutip_layer_get_n_relations (layer), ==, 0);
}

/* A layer of nothing, and one whose only span begins and ends the text. */
static void
test_small (void)
{
  static const char empty[] = BEFORE_SPANS "  \"spans\": [],\n  \"relations\": []\n}\n";
  g_autoptr (KutipArticle) article = new_article (ARTICLE_TEXT);
  g_autoptr (KutipLayer) layer = read_for (article, empty);
  g_autofree char *again = write_layer (article, layer);

  g_assert_cmpstr (again, ==, empty);
}

/* The property that all else hangs on, over random layers with every member. */
static void
test_round_trip (void)
{
  for (guint32 seed = 1; seed <= 400; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      guint length = 2 + (guint) g_rand_int_range (random, 0, 300);
      g_autoptr (KutipArticle) article = random_article (random, length);
      g_autoptr (KutipLayer) layer =
          random_layer (random, article, (guint) g_rand_int_range (random, 1, 30));
      g_autofree char *first = write_layer (article, layer);
      g_autoptr (KutipLayer) read = read_for (article, first);
      g_autofree char *second = write_layer (article, read);

      g_test_message ("seed %u", seed);
      g_assert_cmpstr (second, ==, first);
      g_assert_true (kutip_layer_equal (read, layer));
    }
}

static KutipLayer *
make_layer_of_values (guint n_spans, guint n_values)
{
  const KutipHeaderFields header_fields = { .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&header_fields);
  KutipLayer *layer = kutip_layer_new (header);
  const KutipRange range = { 0, 5 };

  for (guint i = 0; i < n_spans; i++)
    {
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);
      g_autofree char *value = g_strdup_printf ("%u", i % n_values);
      g_autoptr (KutipAttributes) attributes =
          kutip_attributes_with_string (NULL, "kind", value);
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = "source";
      fields.ranges = &range;
      fields.n_ranges = 1;
      fields.attributes = attributes;
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
    }
  return layer;
}

/* Spans with the same attributes share them, and each has its own, with more sets in the
 * file than are remembered too. */
static void
test_shared_attributes (void)
{
  const guint n_values[] = { 1, 4, 32, 33, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (n_values); i++)
    {
      g_autoptr (KutipArticle) article = new_article (ARTICLE_TEXT);
      g_autoptr (KutipLayer) layer = make_layer_of_values (300, n_values[i]);
      g_autofree char *json = write_layer (article, layer);
      g_autoptr (KutipLayer) read = read_for (article, json);
      g_autoptr (GHashTable) sets = g_hash_table_new (NULL, NULL);

      g_assert_true (kutip_layer_equal (read, layer));
      for (guint j = 0; j < 300; j++)
        g_hash_table_add (sets,
                          kutip_span_get_attributes (kutip_layer_get_nth_span (read, j)));
      if (n_values[i] <= 32)
        g_assert_cmpuint (g_hash_table_size (sets), ==, n_values[i]);
    }
}

/* One line each: neither line ends nor a difference behind the reader and the writer. */
static void
test_lines (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  g_autoptr (KutipArticle) article = random_article (random, 300);
  g_autoptr (KutipLayer) layer = random_layer (random, article, 200);
  KutipText *text = kutip_article_get_text (article);
  g_autoptr (GString) header_line = g_string_new (NULL);
  g_autoptr (KutipJsonReader) header_reader = NULL;
  g_autoptr (KutipHeader) header = NULL;

  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);
      g_autoptr (GString) line = g_string_new (NULL);
      g_autoptr (KutipJsonReader) reader = NULL;
      g_autoptr (KutipSpan) again = NULL;

      kutip_sidecar_append_span (line, span, text);
      g_assert_null (strpbrk (line->str, "\r\n"));
      reader = kutip_json_reader_new (line->str, line->len);
      again = kutip_sidecar_read_span (reader, text);
      g_assert_true (kutip_json_reader_finish (reader, NULL));
      g_assert_true (kutip_span_equal (again, span));
    }
  kutip_sidecar_append_header (header_line, kutip_layer_get_header (layer));
  g_assert_null (strpbrk (header_line->str, "\r\n"));
  header_reader = kutip_json_reader_new (header_line->str, header_line->len);
  header = kutip_sidecar_read_header_object (header_reader);
  g_assert_true (kutip_json_reader_finish (header_reader, NULL));
  g_assert_true (kutip_header_equal (header, kutip_layer_get_header (layer)));
}

static gboolean
check_relation_line (KutipRelation *relation, gpointer data)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (KutipJsonReader) reader = NULL;
  g_autoptr (KutipRelation) again = NULL;

  kutip_sidecar_append_relation (line, relation);
  g_assert_null (strpbrk (line->str, "\r\n"));
  reader = kutip_json_reader_new (line->str, line->len);
  again = kutip_sidecar_read_relation (reader);
  g_assert_true (kutip_json_reader_finish (reader, NULL));
  g_assert_true (kutip_relation_equal (again, relation));
  return TRUE;
}

static void
test_many_lines (void)
{
  for (guint32 seed = 1; seed <= 50; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (KutipArticle) article = random_article (random, 100);
      g_autoptr (KutipLayer) layer = random_layer (random, article, 20);
      KutipHeader *header = kutip_layer_get_header (layer);
      g_autoptr (GString) line = g_string_new (NULL);
      g_autoptr (KutipJsonReader) reader = NULL;
      g_autoptr (KutipHeader) again = NULL;

      g_test_message ("seed %u", seed);
      kutip_layer_foreach_relation (layer, check_relation_line, NULL);
      kutip_sidecar_append_header (line, header);
      reader = kutip_json_reader_new (line->str, line->len);
      again = kutip_sidecar_read_header_object (reader);
      g_assert_true (kutip_json_reader_finish (reader, NULL));
      g_assert_true (kutip_header_equal (again, header));
    }
}

/* A number once used in an id is remembered, and only then. */
static void
test_last_id (void)
{
  g_autoptr (KutipArticle) article = new_article (ARTICLE_TEXT);
  g_autoptr (KutipLayer) layer = read_for (
      article, BEFORE_SPANS
      "\"spans\": [{\"id\": \"s1\", \"label\": \"l\", \"ranges\": [[0, 5]], \"text\": "
      "[\"Putin\"]}, {\"id\": \"s9\", \"label\": \"l\", \"ranges\": [[0, 5]], \"text\": "
      "[\"Putin\"]}]}");
  g_autofree char *before = write_layer (article, layer);
  g_autofree char *after = NULL;
  g_autofree char *id = NULL;
  g_autoptr (KutipLayer) again = NULL;

  g_assert_null (strstr (before, "last_id"));
  kutip_layer_remove_span (layer, kutip_layer_get_span (layer, "s9"));
  after = write_layer (article, layer);
  g_assert_nonnull (strstr (after, "\n  \"last_id\": 9,\n  \"spans\": [\n"));
  again = read_for (article, after);
  id = kutip_layer_make_id (again, "s");
  g_assert_cmpstr (id, ==, "s10");
}

/* What became of a span when the text changed stays with it, and is written as it was
 * read; where its words were not found it stays an orphan, whatever stands there. */
static void
test_review (void)
{
  static const struct
  {
    const char *members;
    KutipReview review;
    const char *was;
    gboolean is_orphan;
  } rows[] = {
    { "", KUTIP_REVIEW_NONE, NULL, FALSE },
    { ", \"review\": \"moved\"", KUTIP_REVIEW_MOVED, NULL, FALSE },
    { ", \"review\": \"approximate\", \"was\": [\"Tsar\", \"ABC\"]",
      KUTIP_REVIEW_APPROXIMATE, "Tsar", FALSE },
    { ", \"review\": \"orphan\"", KUTIP_REVIEW_ORPHAN, NULL, TRUE },
    { ", \"review\": \"orphan\", \"was\": [\"Tsar\"]", KUTIP_REVIEW_ORPHAN, "Tsar",
      TRUE },
  };
  g_autoptr (KutipArticle) article = new_article (ARTICLE_TEXT);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strdup_printf (
          "{\"id\": \"s1\", \"label\": \"l\", \"ranges\": [[0, 5]], \"text\": "
          "[\"Putin\"], \"suffix\": \"%s\"%s}",
          " mengatakan langkah ini dilakuka", rows[i].members);
      g_autofree char *json = g_strconcat (BEFORE_SPANS "\"spans\": [", line, "]}", NULL);
      g_autoptr (KutipLayer) layer = read_for (article, json);
      g_autoptr (GString) written = g_string_new (NULL);
      KutipSpan *span = kutip_layer_get_span (layer, "s1");
      KutipSpanFields fields;

      kutip_span_get_fields (span, &fields);
      g_assert_cmpint (fields.review, ==, rows[i].review);
      g_assert_cmpstr (fields.was != NULL ? fields.was[0] : NULL, ==, rows[i].was);
      g_assert_cmpint (kutip_span_is_orphan (span), ==, rows[i].is_orphan);
      kutip_sidecar_append_span (written, span, kutip_article_get_text (article));
      g_assert_cmpstr (written->str, ==, line);
    }
}

static void
test_orphans (void)
{
  static const struct
  {
    const char *ranges, *texts;
    gboolean is_orphan;
    const char *reason;
  } rows[] = {
    { "[[0, 5]]", "[\"Putin\"]", FALSE, "its text stands there" },
    { "[[0, 5]]", "[\"putin\"]", TRUE, "another text stands there" },
    { "[[0, 5]]", "[\"Puti\"]", TRUE, "more stands there" },
    { "[[0, 5]]", "[\"Putin \"]", TRUE, "less stands there" },
    { "[[84, 85]]", "[\"\\n\"]", FALSE, "the last character" },
    { "[[84, 86]]", "[\"\\n\"]", TRUE, "behind the end" },
    { "[[2147483646, 2147483647]]", "[\"x\"]", TRUE, "far behind the end" },
    { "[[0, 5], [80, 83]]", "[\"Putin\", \"BBC\"]", FALSE, "both pieces stand there" },
    { "[[0, 5], [80, 83]]", "[\"Putin\", \"CNN\"]", TRUE, "one piece does not" },
  };
  g_autoptr (KutipArticle) article = new_article (ARTICLE_TEXT);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf (
          BEFORE_SPANS "\"spans\": [{\"id\": \"s1\", \"label\": \"l\", \"ranges\": %s, "
                       "\"text\": %s, \"prefix\": \"p\", \"suffix\": \"s\"}]}",
          rows[i].ranges, rows[i].texts);
      g_autoptr (KutipLayer) layer = read_for (article, json);
      KutipSpanFields fields;

      g_test_message ("%s", rows[i].reason);
      kutip_span_get_fields (kutip_layer_get_span (layer, "s1"), &fields);
      g_assert_cmpint (fields.texts != NULL, ==, rows[i].is_orphan);
      g_assert_cmpstr (fields.prefix, ==, rows[i].is_orphan ? "p" : NULL);
      g_assert_cmpstr (fields.suffix, ==, rows[i].is_orphan ? "s" : NULL);
    }
}

/* Unknown members of every object, in one file laid out by another program. */
static void
test_foreign (void)
{
  static const char json[] =
      "{\"x0\": 0,\n \"format\": 1, \"x1\": {\n\"a\" : [1,\n 2]},\n"
      "\"article\": {\"y\": \"\\u00e9\", \"file\": \"a.txt\", \"sha256\": \"" DIGEST
      "\", \"length\": 85, \"z\": 1e999},\n"
      "\"offsets\": \"unicode code points\", \"tagset\": {\"name\": \"n\", \"q\": -0},\n"
      "\"spans\": [{\"id\": \"s1\", \"b\": null, \"label\": \"l\", \"ranges\": [[0, "
      "5]],\n"
      "\"text\": [\"Putin\"], \"links\": [{\"base\": \"b\", \"id\": \"i\", \"w\": 1}, "
      "{\"w\": 2, \"base\": \"b\", \"id\": \"i\"}],\n"
      "\"origin\": {\"by\": \"m\", \"model\": \"v2\"}, \"c\": true}], \"x2\": [],\n"
      "\"relations\": [{\"id\": \"r1\", \"label\": \"l\", \"from\": \"s1\", \"to\": "
      "\"s1\", "
      "\"d\": {}}], \"x3\": false}";
  static const char expected[] =
      "{\n"
      "  \"x0\": 0,\n"
      "  \"format\": 1,\n"
      "  \"x1\": {\"a\":[1,2]},\n"
      "  \"article\": {\"y\": \"\\u00e9\", \"file\": \"a.txt\", \"sha256\": \"" DIGEST
      "\", \"length\": 85, \"z\": 1e999},\n"
      "  \"offsets\": \"unicode code points\",\n"
      "  \"tagset\": {\"name\": \"n\", \"q\": -0},\n"
      "  \"status\": \"in-progress\",\n"
      "  \"spans\": [\n"
      "    {\"id\": \"s1\", \"b\": null, \"label\": \"l\", \"ranges\": [[0, 5]], "
      "\"text\": "
      "[\"Putin\"], \"suffix\": \" mengatakan langkah ini dilakuka\", \"links\": "
      "[{\"base\": \"b\", \"id\": \"i\", \"w\": 1}, {\"w\": 2, \"base\": \"b\", \"id\": "
      "\"i\"}], \"origin\": {\"by\": \"m\", \"model\": \"v2\"}, \"c\": true}\n"
      "  ],\n"
      "  \"x2\": [],\n"
      "  \"relations\": [\n"
      "    {\"id\": \"r1\", \"label\": \"l\", \"from\": \"s1\", \"to\": \"s1\", \"d\": "
      "{}}\n"
      "  ],\n"
      "  \"x3\": false\n"
      "}\n";
  g_autoptr (KutipArticle) article = new_article (ARTICLE_TEXT);
  g_autoptr (KutipLayer) layer = read_for (article, json);
  g_autofree char *written = write_layer (article, layer);
  g_autoptr (KutipLayer) layer_again = read_for (article, written);
  g_autofree char *again = write_layer (article, layer_again);

  g_assert_cmpstr (written, ==, expected);
  g_assert_cmpstr (again, ==, expected);
}

/* An unknown member outlives the known one that it stood behind. */
static void
test_foreign_without_neighbour (void)
{
  KutipForeignMember members[] = {
    { "note", "kept", "1" },
    { "no such member", "kept too", "2" },
    { "origin/by", "not kept", "3" },
  };
  g_autoptr (KutipForeign) foreign = kutip_foreign_new (members, G_N_ELEMENTS (members));
  KutipRange range = { 0, 5 };
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autoptr (KutipArticle) article = new_article (ARTICLE_TEXT);
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  fields.id = "s1";
  fields.label = "l";
  fields.ranges = &range;
  fields.n_ranges = 1;
  fields.unsure = TRUE;
  fields.foreign = foreign;
  span = kutip_span_new (&fields);
  kutip_sidecar_append_span (line, span, kutip_article_get_text (article));
  g_assert_true (g_str_has_suffix (
      line->str, "dilakuka\", \"kept\": 1, \"unsure\": true, \"kept too\": 2}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sidecar/golden", test_golden);
  g_test_add_func ("/sidecar/fields", test_fields);
  g_test_add_func ("/sidecar/small", test_small);
  g_test_add_func ("/sidecar/round-trip", test_round_trip);
  g_test_add_func ("/sidecar/shared-attributes", test_shared_attributes);
  g_test_add_func ("/sidecar/lines", test_lines);
  g_test_add_func ("/sidecar/many-lines", test_many_lines);
  g_test_add_func ("/sidecar/last-id", test_last_id);
  g_test_add_func ("/sidecar/orphans", test_orphans);
  g_test_add_func ("/sidecar/review", test_review);
  g_test_add_func ("/sidecar/foreign", test_foreign);
  g_test_add_func ("/sidecar/foreign-without-neighbour", test_foreign_without_neighbour);
  return g_test_run ();
}
