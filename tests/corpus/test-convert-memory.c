/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "corpus/convert/convert-memory.h"

#include "../format/random-layer.h"

#include <string.h>

/* What is written is read back: for each format, whatever it loses. */

static void
test_verify (void)
{
  const KutipFormat *const *formats = kutip_format_list ();

  for (guint32 seed = 1; seed <= rounds (80); seed++)
    for (guint i = 0; formats[i] != NULL; i++)
      {
        g_autoptr (GRand) random = g_rand_new_with_seed (seed);
        g_autoptr (KutipArticle) article =
            random_article (random, (guint) g_rand_int_range (random, 2, 400));
        g_autoptr (KutipRecord) record = kutip_record_new ("folder/a.txt", article);
        g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();
        g_autoptr (KutipReport) report = kutip_report_new ();
        g_autoptr (GError) error = NULL;
        KutipFormatOptions options = { .bioes = seed % 2 == 0,
                                       .column_per_label = seed % 3 == 0,
                                       .spreadsheet = seed % 5 == 0 };

        if (formats[i]->write == NULL)
          continue;
        /* Often from a file. */
        sink->most = seed % 2 == 0 ? 0 : 64;
        g_test_message ("seed %u, %s", seed, formats[i]->name);
        g_ptr_array_add (
            record->layers,
            random_layer (random, article, (guint) g_rand_int_range (random, 0, 30)));
        kutip_report_set_limit (report, G_MAXUINT);
        kutip_format_report_losses (formats[i], record, report);
        formats[i]->write (record, &options, &sink->sink, report, &error);
        g_assert_no_error (error);
        kutip_memory_sink_verify (sink, formats[i], &options, record, report, &error);
        g_assert_no_error (error);
      }
}

static void
append_digest (const char *bytes, gsize n, gpointer data)
{
  g_checksum_update (data, (const guchar *) bytes, (gssize) n);
}

static void
check_content (KutipMemorySink *sink, const char *name, GChecksum *expected)
{
  KutipMemoryFile *file = kutip_memory_sink_find (sink, name);
  g_autoptr (GChecksum) replayed = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GChecksum) copy = g_checksum_copy (expected);
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  gsize n;
  const char *bytes = kutip_memory_file_view (file, &n, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, kutip_memory_file_get_n_bytes (file));
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, n);
  g_assert_cmpstr (digest, ==, g_checksum_get_string (copy));
  g_assert_true (sink->sink.replay (&sink->sink, name, append_digest, replayed, &error));
  g_assert_cmpstr (g_checksum_get_string (replayed), ==, digest);
}

/* However much is written of one article, little of it is held; all of it is there. */
static void
test_long_record (void)
{
  const gsize most = 1 << 16;
  const char *const names[] = { "", "folder/a.json", "++sources" };
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();

  sink->most = most;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GChecksum) expected = g_checksum_new (G_CHECKSUM_SHA256);

      for (guint j = 0; j < 3000; j++)
        {
          g_autofree char *part = g_strdup_printf ("%u %1000u\n", i, j);
          gsize n = strlen (part);

          g_checksum_update (expected, (const guchar *) part, (gssize) n);
          g_assert_true (sink->sink.append (&sink->sink, names[i], part, n, NULL));
          g_assert_cmpuint (kutip_memory_sink_find (sink, names[i])->bytes->len, <, most);
          if (j % 1024 == 999)
            check_content (sink, names[i], expected);
        }
      check_content (sink, names[i], expected);
      kutip_memory_file_drop_view (kutip_memory_sink_find (sink, names[i]));
      check_content (sink, names[i], expected);
    }
}

/* What is asked for as a whole at the end stays, each word once. */
static void
test_long_list (void)
{
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();

  sink->most = 16;
  for (guint i = 0; i < 100; i++)
    {
      char words[] = "first\0?";

      words[6] = (char) ('a' + i % 20);
      g_assert_true (
          sink->sink.append (&sink->sink, "+users", words, sizeof words, NULL));
    }
  g_assert_cmpmem (sink->sink.peek (&sink->sink, "+users")->str,
                   sink->sink.peek (&sink->sink, "+users")->len,
                   "first\0a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t",
                   46);
}

/* One byte of the offsets changed is found out. */
static void
test_verify_finds (void)
{
  const KutipFormat *format = kutip_format_find ("csv");
  KutipFormatOptions options = { 0 };
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (KutipText) text = kutip_text_new ("aaaa bbbb cccc");
  g_autoptr (KutipArticle) article = kutip_record_make_article ("a.txt", text);
  g_autoptr (KutipRecord) record = kutip_record_new ("a.txt", article);
  g_autoptr (KutipHeader) header = kutip_header_new (&(KutipHeaderFields){ 0 });
  g_autoptr (GError) error = NULL;
  KutipRange range = { 5, 9 };
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autoptr (KutipSpan) span = NULL;
  KutipLayer *layer = kutip_layer_new (header);

  fields.id = "s1";
  fields.label = "x";
  fields.ranges = &range;
  fields.n_ranges = 1;
  span = kutip_span_new (&fields);
  kutip_layer_add_span (layer, span);
  g_ptr_array_add (record->layers, layer);
  format->write (record, &options, &sink->sink, report, &error);
  g_assert_no_error (error);
  g_assert_true (
      kutip_memory_sink_verify (sink, format, &options, record, report, &error));
  strstr (kutip_memory_sink_find (sink, "")->bytes->str, "5,9")[0] = '6';
  g_assert_false (
      kutip_memory_sink_verify (sink, format, &options, record, report, &error));
  g_assert_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_VERIFY);
}

/* What JSON Lines says of two spans and a relation, with one thing changed. */
typedef struct
{
  const char *written, *changed;
  const char *reason;
} Damage;

static const Damage line_damages[] = {
  { "\"text\": \"aaaa", "\"text\": \"aaab", "another text" },
  { "\"text\": \"aaaa", "\"test\": \"aaaa", "no text" },
  { "\"layers\": [{", "\"lagers\": [{", "no layers" },
  { "\"layers\": [{", "\"layers\": [], \"x\": [{", "fewer layers" },
  { "\"id\": \"s1\"", "\"id\": \"s7\"", "another id" },
  { "\"label\": \"x\"", "\"label\": \"y\"", "another label" },
  { "[[5, 9]]", "[[5, 8]]", "an offset" },
  { "[[5, 9]]", "[[5, 9, 9]]", "a number more" },
  { "[[5, 9]]", "[[5, 9], [10, 11]]", "a range more" },
  { "[[5, 9]]", "[[5, 9e0]]", "a number of another kind" },
  { "[\"bbbb\"]", "[\"bbba\"]", "the text of a span" },
  { "[\"bbbb\"]", "[]", "no text of a span" },
  { "[\"bbbb\"]", "[\"bbbb\", \"c\"]", "a text more" },
  { "\"ranges\"", "\"dangers\"", "no ranges" },
  { "\"spans\"", "\"spins\"", "no spans" },
  { "\"spans\": [", "\"spans\": [{\"id\": \"s0\"}, ", "a span before the others" },
  { "], \"relations\"", ", {\"id\": \"s9\"}], \"relations\"",
    "a span behind the others" },
  { "\"relations\"", "\"revelations\"", "no relations" },
  { "\"to\": \"s2\"", "\"to\": \"s1\"", "another end of a relation" },
  { "\"label\": \"r\"", "\"label\": \"s\"", "another label of a relation" },
  { "\"prefix\": \"", "\"prefix\": \"\xff", "no UTF-8, where nobody looks" },
  { "\"prefix\": \"", "\"prefix\": \"\\x", "no escape, where nobody looks" },
  { "]}\n", "]", "the end is missing" },
  { "]}\n", "]}\n{}\n", "something follows" },
};

/* The same of token columns. */
static const Damage token_damages[] = {
  { "# text = \"aaaa", "# text = \"aaab", "another text" },
  { "# text = \"aaaa", "# test = \"aaaa", "no text" },
  { "# text = \"aaaa", "# text = aaaa", "a text that is no string" },
  { "cccc\"\n", "cccc\" \"\"\n", "more behind the text" },
  { "# doc = \"", "# doc = \"\xff", "no UTF-8, where nobody looks" },
  { "# doc = ", "# doc = \"b\"\n# doc = ", "another document" },
  { "\nbbbb", "\n-DOCSTART- -X- O O\nbbbb", "another document among the rows" },
  { "\nbbbb", "\n# text = \"aaaa\"\nbbbb", "another text among the rows" },
  { "\nbbbb", "\n# annotator = \"b\"\nbbbb", "a layer more" },
  { "\nbbbb", "\n# columns = [\"x\", \"y\"]\nbbbb", "more columns than there are" },
  { "\nbbbb", "\n\nbbba", "another token" },
  { "\nbbbb", "\nbbb", "less of a token" },
  { "\nbbbb", "\nbbbbb", "more of a token" },
  { "\nbbbb _ O", "\n _ O", "no token" },
  { "\nbbbb _ O", "\nbbbb _\tO", "cells that tabs part" },
  { "bbbb _ O B-x\n", "bbbb\n", "no cells" },
  { "bbbb _ O B-x\n", "", "no row" },
  { "bbbb _ O B-x", "bbbb _ O O", "a span is missing" },
  { "bbbb _ O B-x", "bbbb _ O B-", "no label" },
  { "bbbb _ O B-x", "bbbb _ O B-y", "another label" },
  { "aaaa _ O O", "aaaa _ O B-x", "a span more" },
  { "cccc _ O B-x", "cccc _ O I-x", "two spans are one" },
  { "aaaa _ O O\nbbbb _ O B-x", "aaaa _ O B-x\nbbbb _ O I-x", "a span begins before" },
  { "cccc _ O B-x\n", "", "the last row is missing" },
  { "cccc _ O B-x\n\n", "cccc _ O B-x", "the end is missing" },
};

/* The same of Prodigy's lines. */
static const Damage task_damages[] = {
  { "\"text\": \"aaaa bbbb", "\"text\": \"aaab bbbb", "another text" },
  { "\"text\": \"aaaa bbbb", "\"test\": \"aaaa bbbb", "no text" },
  { "\"spans\": [", "\"spins\": [", "no spans" },
  { "\"spans\": [", "\"spans\": [{\"start\": 0}, ", "a span before the others" },
  { "], \"relations\"", ", {\"id\": \"s9\"}], \"relations\"",
    "a span behind the others" },
  { "\"spans\": [{\"start\": 5", "\"spans\": [{\"start\": 4", "another start" },
  { "\"spans\": [{\"start\": 5, \"end\": 9", "\"spans\": [{\"start\": 5, \"end\": 8",
    "another end" },
  { "\"spans\": [{\"start\": 5", "\"spans\": [{\"start\": 5.0",
    "a number of another kind" },
  { "\"label\": \"x\", \"id\": \"s1\"", "\"label\": \"y\", \"id\": \"s1\"",
    "another label" },
  { "\"id\": \"s1\"", "\"id\": \"s7\"", "another id" },
  { "\"id\": \"s1\"", "\"di\": \"s1\"", "no id" },
  { "\"relations\": [", "\"revelations\": [", "no relations" },
  { "\"to\": \"s2\"", "\"to\": \"s1\"", "another end of a relation" },
  { "\"label\": \"r\"", "\"label\": \"s\"", "another label of a relation" },
  { "\"id\": \"r1\"", "\"id\": \"r2\"", "another id of a relation" },
  { "\"tokens\"", "\"tocsins\"", "no tokens" },
  { "\"tokens\": [", "\"tokens\": {}, \"t\": [", "no list of tokens" },
  { "{\"text\": \"bbbb\"", "{\"text\": \"bbba\"", "another text of a token" },
  { "{\"text\": \"cccc\"", "{\"text\": \"cccccccc\"", "a token that outlasts the text" },
  { "{\"text\": \"cccc\", \"start\": 10, \"end\": 14, \"id\": 2, \"ws\": false}",
    "{\"text\": \"ccc\", \"start\": 10, \"end\": 13, \"id\": 2, \"ws\": false}",
    "tokens that end before the text" },
  { "\"start\": 5, \"end\": 9, \"id\"", "\"start\": 4, \"end\": 9, \"id\"",
    "another start of a token" },
  { "\"start\": 5, \"end\": 9, \"id\"", "\"start\": 5, \"end\": 8, \"id\"",
    "another end of a token" },
  { "\"id\": 1", "\"id\": 2", "another number of a token" },
  { "\"ws\": true", "\"ws\": false", "no space behind a token" },
  { "\"ws\": false", "\"ws\": true", "a space that is none" },
  { "\"ws\": true", "\"ws\": 1", "a space of another kind" },
  { "\"token_start\": 1", "\"token_start\": 0", "another first token of a span" },
  { "\"token_end\": 1", "\"token_end\": 2", "another last token of a span" },
  { "\"head\": 1", "\"head\": 2", "another token at the beginning of a relation" },
  { "\"child\": 2", "\"child\": 1", "another token at the end of a relation" },
  { "\"_view_id\": \"", "\"_view_id\": \"\xff", "no UTF-8, where nobody looks" },
  { "\"_view_id\": ", "\"_view_id\" ", "no JSON, where nobody looks" },
  { "}\n", "}", "the end is missing" },
  { "}\n", "}\n{}\n", "something follows" },
};

/* The same of a task of Label Studio. */
static const Damage result_damages[] = {
  { "\"text\": \"aaaa bbbb", "\"text\": \"aaab bbbb", "another text" },
  { "\"data\"", "\"date\"", "no text" },
  { "\"annotations\"", "\"annotation\"", "no annotations" },
  { "\"predictions\": [", "\"predictions\": [{}", "a layer more" },
  { "\"result\"", "\"results\"", "no results" },
  { "\"result\": [", "\"result\": [{\"id\": \"s0\"}, ", "a result before the others" },
  { "\"start\": 5, \"end\": 9", "\"start\": 4, \"end\": 9", "another start" },
  { "\"start\": 5, \"end\": 9", "\"start\": 5, \"end\": 8", "another end" },
  { "\"id\": \"s1\"", "\"id\": \"s7\"", "another id" },
  { "\"labels\": [\"x\"]", "\"labels\": [\"y\"]", "another label" },
  { "\"labels\": [\"x\"]", "\"labels\": [\"x\", \"y\"]", "a label more" },
  { "\"type\": \"labels\"", "\"type\": \"choices\"", "a result of another kind" },
  { "\"type\": \"relation\"", "\"type\": \"labels\"", "no relation" },
  { "\"to_id\": \"s2\"", "\"to_id\": \"s1\"", "another end of a relation" },
  { "\"labels\": [\"r\"]", "\"labels\": [\"s\"]", "another label of a relation" },
  { "\"id\": \"r1\"}", "\"id\": \"r1\"}, {\"type\": \"labels\"}",
    "a span behind the others" },
  { "\"origin\": \"", "\"origin\": \"\xff", "no UTF-8, where nobody looks" },
  { "\"origin\": ", "\"origin\" ", "no JSON, where nobody looks" },
};

/* The same of a page of web annotations. */
static const Damage page_damages[] = {
  { "\"type\": \"AnnotationPage\"", "\"type\": \"Annotation\"", "no page" },
  { "\"path\": \"a.txt\"", "\"path\": \"b.txt\"", "another article's page" },
  { "\"annotator\": \"\"", "\"annotator\": \"b\"", "another person's page" },
  { "\"items\"", "\"atoms\"", "no annotations" },
  { "\"items\": [", "\"items\": [{\"id\": \"s0\"}, ", "a span before the others" },
  { "{\"id\": \"r1\"}}", "{\"id\": \"r1\"}}, {}", "something behind the others" },
  { "\"id\": \"s1\"", "\"id\": \"s7\"", "another id" },
  { "\"id\": \"s1\"", "\"di\": \"s1\"", "no id" },
  { "\n  {\"id\": \"urn", "\n  {\"id\": \"ern", "another IRI" },
  { "\"type\": \"Annotation\"", "\"type\": \"Innovation\"", "no annotation" },
  { "\"motivation\": \"classifying\"", "\"motivation\": \"linking\"",
    "a span that is a relation" },
  { "\"value\": \"x\"", "\"value\": \"y\"", "another label" },
  { "\"purpose\": \"tagging\"", "\"purpose\": \"commenting\"", "no label" },
  { "\"source\": \"a.txt\"", "\"source\": \"b.txt\"", "a place in another article" },
  { "\"exact\": \"bbbb\"", "\"exact\": \"bbba\"", "another quotation" },
  { "\"TextQuoteSelector\"", "\"TextQuirkSelector\"", "no quotation" },
  { "\"start\": 5", "\"start\": 4", "another start" },
  { "\"end\": 9", "\"end\": 8", "another end" },
  { "\"end\": 9}", "\"end\": 9}, {}", "a selector more" },
  { "\"TextPositionSelector\"", "\"TextPossessionSelector\"", "no place" },
  { "\"target\": {", "\"target\": [{}], \"t\": {", "another target" },
  { "\"motivation\": \"linking\"", "\"motivation\": \"classifying\"",
    "a relation that is a span" },
  { "\"value\": \"r\"", "\"value\": \"s\"", "another label of a relation" },
  { "\"target\": \"urn:", "\"target\": \"ern:", "another beginning of a relation" },
  { "\"purpose\": \"linking\", \"source\": \"urn:",
    "\"purpose\": \"linking\", \"source\": \"ern:", "another end of a relation" },
  { "\"id\": \"r1\"", "\"id\": \"r2\"", "another id of a relation" },
  { "\"prefix\": \"", "\"prefix\": \"\xff", "no UTF-8, where nobody looks" },
  { "\"prefix\": ", "\"prefix\" ", "no JSON, where nobody looks" },
  { "]}", "]}]", "something follows" },
};

/* Each span keeps @foreign, or nothing. */
static KutipRecord *
make_small_record (KutipForeign *foreign)
{
  g_autoptr (KutipText) text = kutip_text_new ("aaaa bbbb cccc");
  g_autoptr (KutipArticle) article = kutip_record_make_article ("a.txt", text);
  g_autoptr (KutipHeader) header = kutip_header_new (&(KutipHeaderFields){ 0 });
  KutipRecord *record = kutip_record_new ("a.txt", article);
  KutipLayer *layer = kutip_layer_new (header);
  static const KutipRange ranges[] = { { 5, 9 }, { 10, 14 } };
  static const char *const ids[] = { "s1", "s2" };
  KutipRelationFields link = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipRelation) relation = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      g_autoptr (KutipSpan) span = NULL;

      fields.id = ids[i];
      fields.label = "x";
      fields.ranges = &ranges[i];
      fields.n_ranges = 1;
      fields.foreign = foreign;
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
    }
  link.id = "r1";
  link.label = "r";
  link.from = "s1";
  link.to = "s2";
  relation = kutip_relation_new (&link);
  kutip_layer_add_relation (layer, relation);
  g_ptr_array_add (record->layers, layer);
  return record;
}

static void
assert_damages_are_found (const KutipFormat *format, const Damage *damages, guint n)
{
  const KutipFormatOptions options = { 0 };
  g_autoptr (KutipRecord) record = make_small_record (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      GString *line;

      g_test_message ("%s", damages[i].reason);
      format->write (record, &options, &sink->sink, report, &error);
      g_assert_no_error (error);
      kutip_memory_sink_verify (sink, format, &options, record, report, &error);
      g_assert_no_error (error);
      line = kutip_memory_sink_find (sink, "")->bytes;
      g_assert_cmpuint (
          g_string_replace (line, damages[i].written, damages[i].changed, 1), ==, 1);
      g_assert_false (
          kutip_memory_sink_verify (sink, format, &options, record, report, &error));
      g_assert_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_VERIFY);
    }
}

static void
test_compare_finds (void)
{
  assert_damages_are_found (kutip_format_find ("jsonl"), line_damages,
                            G_N_ELEMENTS (line_damages));
  assert_damages_are_found (kutip_format_find ("conll"), token_damages,
                            G_N_ELEMENTS (token_damages));
  assert_damages_are_found (kutip_format_find ("prodigy"), task_damages,
                            G_N_ELEMENTS (task_damages));
  assert_damages_are_found (kutip_format_find ("label-studio"), result_damages,
                            G_N_ELEMENTS (result_damages));
  assert_damages_are_found (kutip_format_find ("web-annotation"), page_damages,
                            G_N_ELEMENTS (page_damages));
}

/* What annotations were called elsewhere is given back, and must tell them apart. */
static void
test_compare_iris (void)
{
  const KutipFormatOptions options = { 0 };
  const KutipFormat *format = kutip_format_find ("web-annotation");
  const KutipForeignMember kept = { "", "web-annotation", "{\"id\": \"http://a.b/c\"}" };
  g_autoptr (KutipForeign) foreign = kutip_foreign_new (&kept, 1);
  g_autoptr (KutipRecord) record = make_small_record (foreign);
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  KutipLayer *layer = g_ptr_array_index (record->layers, 0);

  format->write (record, &options, &sink->sink, report, &error);
  g_assert_no_error (error);
  g_assert_false (
      kutip_memory_sink_verify (sink, format, &options, record, report, &error));
  g_assert_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_VERIFY);
  g_clear_error (&error);

  kutip_layer_remove_span (layer, kutip_layer_get_span (layer, "s2"));
  kutip_memory_sink_free (sink);
  sink = kutip_memory_sink_new ();
  format->write (record, &options, &sink->sink, report, &error);
  kutip_memory_sink_verify (sink, format, &options, record, report, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/convert-memory/verify", test_verify);
  g_test_add_func ("/convert-memory/long-record", test_long_record);
  g_test_add_func ("/convert-memory/long-list", test_long_list);
  g_test_add_func ("/convert-memory/verify-finds", test_verify_finds);
  g_test_add_func ("/convert-memory/compare-finds", test_compare_finds);
  g_test_add_func ("/convert-memory/compare-iris", test_compare_iris);
  return g_test_run ();
}
