/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat.h"
#include "format/formats.h"

#include "memory-files.h"

#include <string.h>

static const char sample_text[] = "Putin berkata: “Kami sahabat 🤝” kata BBC.";

static const char sample_ann[] = "T1\tQuote 15 31\t“Kami sahabat 🤝”\n"
                                 "A1\tCertainty T1 high\n"
                                 "#1\tAnnotatorNotes T1\tkutipan langsung\n"
                                 "T2\tSource 37 40\tBBC\n"
                                 "R1\tsaid_by Arg1:T1 Arg2:T2\t\n";

static GPtrArray *
read_one (const char *text, const char *ann, KutipReport *report, GError **error)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  KutipFormatOptions options = { 0 };

  memory_files_put (files, "a.txt", text);
  memory_files_put (files, "a.ann", ann);
  return memory_files_read (files, "a.ann", &kutip_format_brat, &options, report, error);
}

static KutipLayer *
get_layer (GPtrArray *records, guint nth)
{
  KutipRecord *record = g_ptr_array_index (records, 0);

  return g_ptr_array_index (record->layers, nth);
}

static char *
write_layer (GPtrArray *records)
{
  KutipRecord *record = g_ptr_array_index (records, 0);
  g_autoptr (KutipReport) report = kutip_report_new ();

  return g_string_free (kutip_brat_write_layer (get_layer (records, 0), NULL,
                                                kutip_article_get_text (record->article),
                                                "a.txt", report),
                        FALSE);
}

static void
test_sample (void)
{
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = read_one (sample_text, sample_ann, report, &error);
  g_autofree char *written = NULL;
  KutipSpan *quote;
  KutipRelation *relation;

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (((KutipRecord *) g_ptr_array_index (records, 0))->path, ==, "a.txt");
  quote = kutip_layer_get_span (get_layer (records, 0), "T1");
  g_assert_cmpuint (kutip_span_get_hull (quote).start, ==, 15);
  g_assert_cmpuint (kutip_span_get_hull (quote).end, ==, 31);
  g_assert_cmpstr (kutip_span_get_note (quote), ==, "kutipan langsung");
  g_assert_cmpstr (
      kutip_attributes_get_string (kutip_span_get_attributes (quote), "Certainty"), ==,
      "high");
  relation = kutip_layer_get_relation (get_layer (records, 0), "R1");
  g_assert_cmpstr (kutip_relation_get_label (relation), ==, "said_by");
  g_assert_cmpuint (kutip_report_get_n (report, KUTIP_REPORT_WARNING), ==, 0);
  written = write_layer (records);
  g_assert_cmpstr (written, ==, sample_ann);
}

/* What is read and written again is the same file. */
static const struct
{
  const char *why;
  const char *text;
  const char *ann;
} same[] = {
  { "pieces", "Foo bar baz", "T1\tX 0 3;8 11\tFoo baz\n" },
  { "a span over a line break is one fragment a line", "Foo\n  Bar x",
    "T1\tX 0 3;6 9\tFoo Bar\n" },
  { "what ends a line or a column for a reader", "Foo\tBar\vx\f\xc2\x85y\xe2\x80\xa8z",
    "T1\tX 0 3;4 7;8 9;11 12;13 14\tFoo Bar x y z\n" },
  { "a blank that ends no line", "Foo\xc2\xa0x", "T1\tX 0 5\tFoo\xc2\xa0x\n" },
  { "a binary attribute, and two values of one name", "Foo",
    "T1\tX 0 3\tFoo\nA1\tNegation T1\nA2\tKind T1 a\nA3\tKind T1 b\n" },
  { "an event with a role twice", "a says b c",
    "T1\tPer 0 1\ta\nT2\tSay 2 6\tsays\nT3\tC 7 8\tb\nT4\tC 9 10\tc\n"
    "E1\tSay:T2 Who:T1 Content:T3 Content2:T4\n" },
  { "an event's attribute stays the event's", "a says",
    "T1\tPer 0 1\ta\nT2\tSay 2 6\tsays\nA1\tNegation E1\nE1\tSay:T2 Who:T1\n" },
  { "an event as an argument of another", "a b c",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nT3\tZ 4 5\tc\nE1\tX:T1 Of:E2\nE2\tY:T2 At:T3\n" },
  { "argument names that are not the usual ones", "a b",
    "T1\tX 0 1\ta\nT2\tX 2 3\tb\nR1\tPart Whole:T1 Piece:T2\t\n" },
  { "a note and an attribute on a relation", "a b",
    "T1\tX 0 1\ta\nT2\tX 2 3\tb\nR1\tR Arg1:T1 Arg2:T2\t\nA1\tSure R1 no\n"
    "#1\tAnnotatorNotes R1\twhy\n" },
  { "an equivalence", "a b c",
    "T1\tX 0 1\ta\nT2\tX 2 3\tb\nT3\tX 4 5\tc\n*\tAlias T1 T2 T3\n" },
  { "a normalization", "BBC", "T1\tX 0 3\tBBC\nN1\tReference T1 Wikidata:Q9531\tBBC\n" },
  { "lines that nobody understands come back at the end", "Foo",
    "T1\tX 0 3\tFoo\nZ9\twhat is this\n#1\tOtherNotes T1\tx\n" },
  { "an event of another type than its trigger", "a b",
    "T1\tX 0 1\ta\nT2\tBind 2 3\tb\nE1\tBinding:T2 Of:T1\n" },
  { "events of several types that share a trigger, and what is said of each", "a b",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nE1\tP:T2 Of:T1\nA1\tNegation E1\nE2\tQ:T2 Of:T1\n"
    "A2\tLevel E2 high\n#1\tAnnotatorNotes E2\tsure\n" },
  { "one of several events with a trigger as an argument", "a b c",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nT3\tZ 4 5\tc\nE1\tY:T2 Of:T1\n"
    "E2\tY:T2 At:T1\nE3\tZ:T3 Of:E2\n" },
  { "a trigger as an argument, not its event", "a b c",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nT3\tZ 4 5\tc\nE1\tX:T1 Of:T2\nE2\tY:T2 At:T3\n" },
  { "an attribute of a trigger, not of its event", "a b",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nA1\tNegation T2\nE1\tY:T2 Of:T1\n" },
  { "a relation and an equivalence between events", "a b c",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nT3\tZ 4 5\tc\nE1\tX:T1 Of:T3\n"
    "R1\tCause Arg1:E1 Arg2:E2\t\n*\tSame E1 E2\nE2\tY:T2 At:T3\n" },
  { "roles that are numbered otherwise", "a b c",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nT3\tZ 4 5\tc\nE1\tX:T1 Arg1:T2 Arg2:T3 Site2:T3\n" },
  { "an event without arguments, as an argument and with an attribute", "a b",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nA1\tNegation E2\nE1\tX:T1 Of:E2\nE2\tY:T2\n" },
  { "an event with an unknown argument, and what is said of it", "a b",
    "T1\tX 0 1\ta\nA1\tNegation E1\nT2\tY 2 3\tb\nE1\tX:T1 Of:T2 At:T9\n" },
  { "what is said of a span that has no place, and of a relation to nothing", "a",
    "T1\tX 0 1\ta\nT2\tY 8 9\tb\nA1\tNegation T2\nR1\tR Arg1:T1 Arg2:T7\t\n"
    "#1\tAnnotatorNotes R1\twhy\n" },
  { "an equivalence with nothing", "a b",
    "T1\tX 0 1\ta\nT2\tX 2 3\tb\n*\tAlias T1 T2 T9\n" },
  { "an empty file", "Foo", "" },
};

static void
test_same (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records =
          read_one (same[i].text, same[i].ann, report, &error);
      g_autofree char *written = NULL;

      g_test_message ("%s", same[i].why);
      g_assert_no_error (error);
      written = write_layer (records);
      g_assert_cmpstr (written, ==, same[i].ann);
    }
}

/* Files that break the rules: how many spans and relations can be read, and what is told.
 */
static const struct
{
  const char *why;
  const char *text;
  const char *ann;
  guint n_spans, n_relations;
  const char *warning;
} odd[] = {
  { "an offset behind the text", "Foo", "T1\tX 0 9\tFoo\n", 0, 0, "no-place" },
  { "an end before the start", "Foo", "T1\tX 3 0\tFoo\n", 0, 0, "unknown-line" },
  { "an empty span", "Foo", "T1\tX 1 1\t\n", 0, 0, "no-place" },
  { "an id twice", "Foo", "T1\tX 0 3\tFoo\nT1\tY 0 3\tFoo\n", 1, 0, "unknown-line" },
  { "an id twice, with a gap between", "Foo bar",
    "T1\tX 0 3\tFoo\nT5\tX 4 7\tbar\nT9\tX 0 3\tFoo\nT5\tY 0 3\tFoo\n", 3, 0,
    "unknown-line" },
  { "an id twice, not counting up", "Foo bar",
    "T7\tX 0 3\tFoo\nT2\tX 4 7\tbar\nT7\tX 4 7\tbar\n", 2, 0, "unknown-line" },
  { "ids that are the same number, and not the same", "Foo",
    "T1\tX 0 3\tFoo\nT01\tX 0 3\tFoo\nT1x\tX 0 3\tFoo\nT0\tX 0 3\tFoo\n"
    "T\tX 0 3\tFoo\nT4294967297\tX 0 3\tFoo\n"
    "A1\tNeg T01\nA2\tNeg T4294967297\nA3\tNeg T02\n",
    6, 0, "unknown-line" },
  { "an attribute of what is in no gap", "Foo bar",
    "T1\tX 0 3\tFoo\nT9\tX 4 7\tbar\nA1\tNeg T9\nA2\tNeg T5\n", 2, 0, "unknown-line" },
  { "a relation to nothing", "Foo", "T1\tX 0 3\tFoo\nR1\tR Arg1:T1 Arg2:T7\t\n", 1, 0,
    "no-target" },
  { "another text than the file says", "Foo", "T1\tX 0 3\tBar\n", 1, 0, "other-text" },
  { "a type with a blank", "Foo", "T1\tbad type 0 3\tFoo\n", 0, 0, "unknown-line" },
  { "an event of nothing but its trigger", "Foo", "T1\tX 0 3\tFoo\nE1\tX:T1\n", 1, 0,
    "no-arguments" },
  { "an event of nothing", "Foo", "T1\tX 0 3\tFoo\nE1\tX\n", 1, 0, "unknown-line" },
  { "an event of another type than its trigger", "a b",
    "T1\tX 0 1\ta\nT2\tBind 2 3\tb\nE1\tBinding:T2 Of:T1 At:T1\n", 2, 2, "event-type" },
  { "a role whose number says more than how often it occurs", "a b",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nE1\tY:T2 Arg0:T1\n", 2, 1, "numbered-role" },
  { "attributes of an event and of its trigger", "a b",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nE1\tY:T2 Of:T1\nA1\tN T2\nA2\tM E1\n", 2, 1,
    "trigger-attributes" },
  { "a reference of an event", "a b",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nE1\tY:T2 Of:T1\nN1\tReference E1 Wiki:1\tA\n", 2, 1,
    "event-reference" },
  { "an event with an unknown argument", "a b",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nE1\tX:T1 Of:T2 At:T9\n", 2, 0, "no-target" },
  { "an attribute of an event without arguments whose trigger has others", "a b",
    "T1\tX 0 1\ta\nT2\tY 2 3\tb\nE1\tX:T1 Of:T2\nE2\tX:T1\nA1\tN E2\n", 2, 1,
    "unknown-line" },
  { "a huge number", "Foo", "T1\tX 0 99999999999999999999\tFoo\n", 0, 0, "unknown-line" },
  { "an attribute of nothing", "Foo", "T1\tX 0 3\tFoo\nA1\tNeg T9\n", 1, 0,
    "unknown-line" },
  { "UTF-16 offsets, as brat's window wrote until 2020", "🤝 Foo", "T1\tX 3 6\tFoo\n",
    1, 0, "utf16-offsets" },
  { "CR LF counted as one", "a\r\nFoo", "T1\tX 2 5\tFoo\n", 1, 0, "crlf-as-one" },
  { "a byte order mark counted as one",
    "\xef\xbb\xbf"
    "Putin BBC",
    "T0\tX 1 6\tPutin\nT1\tX 7 10\tBBC\n", 2, 0, "bom-counted" },
  { "a byte order mark counted as one, at which a span begins",
    "\xef\xbb\xbf"
    "Foo bar",
    "T1\tX 0 4\tFoo\nT2\tX 5 8\tbar\n", 2, 0, "bom-counted" },
  { "one place off without a byte order mark", " Foo bar", "T1\tX 2 5\tFoo\n", 1, 0,
    "other-text" },
  { "a number that wraps around where CR LF are counted as one", "Foo\r\n\r\n\r\nbar",
    "T1\tX 3 4294967294\tFoo\n", 0, 0, "no-place" },
};

static void
test_odd (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = read_one (odd[i].text, odd[i].ann, report, &error);
      KutipLayer *layer;

      g_test_message ("%s", odd[i].why);
      g_assert_no_error (error);
      layer = get_layer (records, 0);
      g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, odd[i].n_spans);
      g_assert_cmpuint (kutip_layer_get_n_relations (layer), ==, odd[i].n_relations);
      g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_WARNING, odd[i].warning),
                        ==, 1);
    }
}

/* What is kept for the way back stays in its order, so that of two lines with one id the
 * same one counts when they are read again. */
static void
test_kept_in_order (void)
{
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *written = NULL;

  records =
      read_one ("Foo", "A1\tX T9\nT1\tX 70 80\tfar\nT1\tY 0 3\tFoo\nT2\tX 0 3\tFoo\n",
                report, &error);
  g_assert_no_error (error);
  written = write_layer (records);
  g_assert_cmpstr (written, ==,
                   "T2\tX 0 3\tFoo\nA1\tX T9\nT1\tX 70 80\tfar\nT1\tY 0 3\tFoo\n");
}

static void
add_relation (KutipLayer *layer,
              const char *id,
              const char *label,
              const char *from,
              const char *to,
              KutipAttributes *attributes)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipRelation) relation = NULL;

  fields.id = id;
  fields.label = label;
  fields.from = from;
  fields.to = to;
  fields.event = "E7";
  fields.attributes = attributes;
  relation = kutip_relation_new (&fields);
  g_assert_true (kutip_layer_add_relation (layer, relation));
}

/* What an E line has no place for is a loss. */
static void
test_event_losses (void)
{
  const char *const none[] = { NULL };
  const KutipAttribute sure = { .name = "sure",
                                .type = KUTIP_VALUE_FLAG,
                                .values = none };
  g_autoptr (KutipAttributes) attributes = kutip_attributes_with (NULL, sure);
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) records = read_one (
      "a b c", "T1\tX 0 1\ta\nT2\tY 2 3\tb\nT3\tZ 4 5\tc\nE1\tX:T1 Of:Z\n", report, NULL);
  KutipRecord *record = g_ptr_array_index (records, 0);
  KutipLayer *layer = get_layer (records, 0);
  g_autoptr (GString) written = NULL;

  add_relation (layer, "r1", "Of", "T2", "T1", NULL);
  add_relation (layer, "r2", "Arg1", "T2", "T3", attributes);
  written = kutip_brat_write_layer (layer, NULL, kutip_article_get_text (record->article),
                                    "a.txt", report);
  g_assert_nonnull (strstr (written->str, "\nE7\tY:T2 Of:E1 Arg1:T3\n"));
  /* What was kept of the file has its number still. */
  g_assert_nonnull (strstr (written->str, "\nE1\tX:T1 Of:Z\n"));
  g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_LOSS, "relation-attributes"),
                    ==, 1);
  g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_LOSS, "names"), ==, 1);
}

static void
test_text_with_line_break (void)
{
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) records = read_one (
      "Foo\nBar\nx", "T1\tX 0 9\tFoo\r\nBar\n\r\nx\nT2\tX 4 7\tBar\n", report, NULL);
  g_autoptr (GPtrArray) again = NULL;
  KutipSpan *span = kutip_layer_get_span (get_layer (records, 0), "T1");

  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (records, 0)), ==, 2);
  g_assert_cmpuint (kutip_span_get_hull (span).end, ==, 9);
  g_assert_cmpuint (kutip_report_get_n (report, KUTIP_REPORT_WARNING), ==, 0);

  /* What goes on with a line that is no span says nothing of the one before. */
  again = read_one ("Foo", "T1\tX 0 3\tFoo\nT1\tX 0 3\tFoo\nmore\n", report, NULL);
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (again, 0)), ==, 1);
  g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_WARNING, "other-text"), ==,
                    0);
  g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_WARNING, "unknown-line"), ==,
                    2);
}

static void
test_annotators (void)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  KutipFormatOptions options = { 0 };
  KutipRecord *record;

  memory_files_put (files, "text/doc.txt", "Foo");
  memory_files_put (files, "attributions/doc_alice.ann", "T1\tX 0 3\tFoo\n");
  memory_files_put (files, "attributions/doc_bob.ann", "");
  first = memory_files_read (files, "attributions/doc_alice.ann", &kutip_format_brat,
                             &options, report, NULL);
  second = memory_files_read (files, "attributions/doc_bob.ann", &kutip_format_brat,
                              &options, report, NULL);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpuint (second->len, ==, 0);
  record = g_ptr_array_index (first, 0);
  g_assert_cmpuint (record->layers->len, ==, 2);
  g_assert_cmpstr (
      kutip_header_get_fields (kutip_layer_get_header (get_layer (first, 1)))->annotator,
      ==, "bob");
}

/* Files of other tools, where they lie beside the checkout: nothing but what is known to
 * be odd is lost. */
static const struct
{
  const char *folder, *file;
  guint n_spans, n_relations;
} real[] = {
  { "dkpro-brat", "document0a.ann", 5, 0 },
  { "edsnlp-fr", "doc-1.ann", 11, 4 },
};

static void
test_real (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (real); i++)
    {
      g_autoptr (MemoryFiles) files = memory_files_new ();
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;
      KutipFormatOptions options = { 0 };
      g_autofree char *folder =
          g_build_filename (g_getenv ("KUTIP_SOURCE_DIR"), "..", "shared", "real", "brat",
                            real[i].folder, NULL);

      if (!memory_files_load (files, folder))
        continue;
      records = memory_files_read (files, real[i].file, &kutip_format_brat, &options,
                                   report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (records, 0)), ==,
                        real[i].n_spans);
      g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (records, 0)), ==,
                        real[i].n_relations);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/brat/sample", test_sample);
  g_test_add_func ("/brat/same", test_same);
  g_test_add_func ("/brat/odd", test_odd);
  g_test_add_func ("/brat/kept-in-order", test_kept_in_order);
  g_test_add_func ("/brat/event-losses", test_event_losses);
  g_test_add_func ("/brat/text-with-line-break", test_text_with_line_break);
  g_test_add_func ("/brat/annotators", test_annotators);
  g_test_add_func ("/brat/real", test_real);
  return g_test_run ();
}
