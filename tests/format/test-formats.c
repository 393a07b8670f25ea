/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"

#include "memory-files.h"
#include "random-layer.h"

#include <string.h>

/* All formats: the little sample in each, random layers there and back, hostile bytes. */

static const char sample_text[] = "Putin berkata: “Kami sahabat 🤝” kata BBC.";

/* Reads a file with the sample's text beside it. */
static GPtrArray *
read_beside_text (const char *name,
                  const char *content,
                  const char *text,
                  const KutipFormat *format,
                  const KutipFormatOptions *options,
                  GError **error)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();

  memory_files_put (files, "sample.txt", text);
  memory_files_put (files, name, content);
  return memory_files_read (files, name, format, options, report, error);
}

static KutipLayer *
get_layer (GPtrArray *records, guint record, guint nth)
{
  return g_ptr_array_index (((KutipRecord *) g_ptr_array_index (records, record))->layers,
                            nth);
}

#define QUOTED_TEXT "\"Putin berkata: “Kami sahabat 🤝” kata BBC.\""

static const struct
{
  const char *format;
  const char *why;
  const char *name;
  const char *content;
  KutipOffsetUnit unit;
  guint n_relations;
  gboolean has_own_text; /* it is not the sample's to the character */
} samples[] = {
  { "csv", "a relation on the row of its span", "spans.csv",
    "doc_id,span_id,label,start,end,unit,text,certainty,note,relation,target_id\n"
    "sample,q,Quote,15,31,code_point,“Kami sahabat 🤝”,high,kutipan langsung,said_by,s\n"
    "sample,s,Source,37,40,code_point,BBC,,,,\n",
    0, 1, FALSE },
  { "csv", "semicolons, CR LF, columns in another order, no unit: UTF-16 by the texts",
    "spans.csv",
    "label;text;end;start\r\nQuote;“Kami sahabat 🤝”;32;15\r\nSource;BBC;41;38\r\n",
    0, 0, FALSE },
  { "csv", "bytes, as it says", "spans.csv",
    "label,start,end,unit\nQuote,15,38,bytes\nSource,44,47,bytes\n", 0, 0, FALSE },
  { "csv", "bytes, as the user says", "spans.csv",
    "label,start,end\nQuote,15,38\nSource,44,47\n", KUTIP_OFFSETS_BYTES, 0, FALSE },
  { "tsv", "a byte order mark, and TABs in a .csv too", "spans.csv",
    "\xef\xbb\xbflabel\tstart\tend\nQuote\t15\t31\nSource\t37\t40\n", 0, 0, FALSE },
  { "csv", "a quoted cell over two lines", "spans.csv",
    "label,start,end,note\nQuote,15,31,\"a\r\n\"\"b\"\"\"\nSource,37,40,\n", 0, 0,
    FALSE },
  { "doccano", "what doccano's window writes", "x.jsonl",
    "{\"id\": 1, \"text\": " QUOTED_TEXT ", \"label\": [[15, 32, \"Quote\"], [38, 41, "
    "\"Source\"]], \"Comments\": [\"kutipan langsung\"]}\n",
    0, 0, FALSE },
  { "doccano", "what a script writes", "x.jsonl",
    "{\"text\": " QUOTED_TEXT
    ", \"labels\": [[15, 31, \"Quote\"], [37, 40, \"Source\"]]}",
    0, 0, FALSE },
  { "doccano", "with relations; another blank line", "x.jsonl",
    "\n{\"id\": 1, \"text\": " QUOTED_TEXT
    ", \"entities\": [{\"id\": 10, \"label\": \"Quote\", \"start_offset\": 15, "
    "\"end_offset\": 32}, {\"id\": 11, \"label\": \"Source\", \"start_offset\": 38, "
    "\"end_offset\": 41}], \"relations\": [{\"id\": 1, \"from_id\": 10, \"to_id\": 11, "
    "\"type\": \"said_by\"}], \"Comments\": [{\"id\": 1, \"comment\": \"x\"}]}\n",
    0, 1, FALSE },
  { "doccano", "one object over many lines", "x.json",
    "{\n  \"text\": " QUOTED_TEXT
    ",\n  \"label\": [\n    [15, 31, \"Quote\"],\n    [37, 40, \"Source\"]\n  ]\n}\n",
    0, 0, FALSE },
  { "conll", "as in 2003", "x.conll",
    "-DOCSTART- -X- O O\n\nPutin _ O O\nberkata _ O O\n: _ O O\n“ _ O B-Quote\n"
    "Kami _ O I-Quote\nsahabat _ O I-Quote\n🤝 _ O I-Quote\n” _ O I-Quote\n"
    "kata _ O O\nBBC _ O B-Source\n. _ O O\n\n",
    0, 0, TRUE },
  { "conll", "IOB1, two columns with a TAB, CR LF, no end", "x.conll",
    "Putin\tO\r\n:\tO\r\n“\tI-Quote\r\nKami\tI-Quote\r\nsahabat\tI-Quote\r\n🤝\tI-Quote\r\n"
    "”\tI-Quote\r\nBBC\tI-Source",
    0, 0, TRUE },
  { "conll", "BILOU", "x.conll",
    "“ B-Quote\nKami I-Quote\nsahabat I-Quote\n🤝 I-Quote\n” L-Quote\nBBC U-Source\n",
    0, 0, TRUE },
};

static char *
get_words (KutipRecord *record, const char *label)
{
  KutipLayer *layer = g_ptr_array_index (record->layers, 0);
  KutipText *text = kutip_article_get_text (record->article);

  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);

      if (strcmp (kutip_span_get_label (span), label) == 0)
        return kutip_text_dup_range (text, kutip_span_get_hull (span));
    }
  return NULL;
}

static void
test_samples (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      KutipFormatOptions options = { .offset_unit = samples[i].unit };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;
      g_autofree char *quote = NULL;
      g_autofree char *source = NULL;

      g_test_message ("%s: %s", samples[i].format, samples[i].why);
      records =
          read_beside_text (samples[i].name, samples[i].content, sample_text,
                            kutip_format_find (samples[i].format), &options, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (records->len, ==, 1);
      g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (records, 0, 0)), ==, 2);
      g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (records, 0, 0)), ==,
                        samples[i].n_relations);
      quote = get_words (g_ptr_array_index (records, 0), "Quote");
      source = get_words (g_ptr_array_index (records, 0), "Source");
      g_assert_cmpstr (source, ==, "BBC");
      g_assert_cmpstr (quote, ==,
                       samples[i].has_own_text ? "“ Kami sahabat 🤝 ”"
                                               : "“Kami sahabat 🤝”");
    }
}

/* --- there and back --- */

static const char *
drop_empty (const char *string)
{
  return string != NULL && *string == '\0' ? NULL : string;
}

static gboolean
copy_span (KutipSpan *span, gpointer data)
{
  KutipSpanFields fields;
  g_autoptr (KutipSpan) copy = NULL;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  fields.note = drop_empty (fields.note);
  fields.created = drop_empty (fields.created);
  fields.modified = drop_empty (fields.modified);
  fields.foreign = NULL;
  fields.review = KUTIP_REVIEW_NONE;
  fields.was = NULL;
  copy = kutip_span_new (&fields);
  kutip_layer_add_span (data, copy);
  return TRUE;
}

static gboolean
copy_relation (KutipRelation *relation, gpointer data)
{
  KutipRelationFields fields;
  g_autoptr (KutipRelation) copy = NULL;

  kutip_relation_get_fields (relation, &fields);
  if (kutip_layer_get_span (data, fields.from) == NULL ||
      kutip_layer_get_span (data, fields.to) == NULL)
    return TRUE;
  fields.note = drop_empty (fields.note);
  fields.event = drop_empty (fields.event);
  fields.created = drop_empty (fields.created);
  fields.modified = drop_empty (fields.modified);
  fields.foreign = NULL;
  copy = kutip_relation_new (&fields);
  kutip_layer_add_relation (data, copy);
  return TRUE;
}

/* What a table keeps of a layer. */
static KutipLayer *
copy_for_table (KutipLayer *layer)
{
  const KutipHeaderFields *old = kutip_header_get_fields (kutip_layer_get_header (layer));
  KutipHeaderFields fields = { .annotator = drop_empty (old->annotator),
                               .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&fields);
  KutipLayer *copy = kutip_layer_new (header);

  kutip_layer_foreach_span (layer, copy_span, copy);
  kutip_layer_foreach_relation (layer, copy_relation, copy);
  return copy;
}

/* What Kutip's own files keep: all but the charset, as they are UTF-8, and with an
 * annotator's name that can stand in a file's. */
static KutipLayer *
copy_for_kutip (KutipLayer *layer)
{
  KutipHeaderFields fields = *kutip_header_get_fields (kutip_layer_get_header (layer));
  g_autoptr (KutipHeader) header = NULL;
  KutipLayer *copy = kutip_layer_snapshot (layer);

  fields.encoding = NULL;
  fields.annotator = NULL;
  header = kutip_header_new (&fields);
  kutip_layer_set_header (copy, header);
  return copy;
}

static KutipLayer *
copy_whole (KutipLayer *layer)
{
  return g_object_ref (layer);
}

static const struct
{
  const KutipFormat *format;
  KutipLayer *(*copy) (KutipLayer *layer); /* what is kept */
  const char *file;                        /* that is read back */
} kept[] = {
  { &kutip_format_jsonl, copy_whole, "" },
  { &kutip_format_kutip, copy_for_kutip, "sample.txt" },
  { &kutip_format_csv, copy_for_table, "" },
  { &kutip_format_tsv, copy_for_table, "" },
};

static void
check_round_trip (guint row, KutipArticle *article, KutipLayer *layer)
{
  const KutipFormat *format = kept[row].format;
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipRecord) record = kutip_record_new ("sample.txt", article);
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  KutipFormatOptions options = { 0 };

  if (kutip_layer_get_n_spans (layer) == 0)
    return;
  g_ptr_array_add (record->layers, g_object_ref (layer));
  if (format->begin != NULL && !format->in_files)
    format->begin (NULL, &options, &files->sink, &error);
  format->write (record, &options, &files->sink, report, &error);
  g_assert_no_error (error);
  if (format->apart)
    memory_files_put (
        files, "sample.txt",
        kutip_text_get_utf8 (kutip_article_get_text (record->article), NULL));
  records = memory_files_read (files, kept[row].file, format, &options, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_true (kutip_layer_equal (get_layer (records, 0, 0), layer));
}

static void
test_round_trip (void)
{
  for (guint32 seed = 1; seed <= 60; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (KutipArticle) article =
          random_article (random, (guint) g_rand_int_range (random, 2, 300));
      g_autoptr (KutipLayer) layer =
          random_layer (random, article, (guint) g_rand_int_range (random, 0, 40));

      for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
        {
          g_autoptr (KutipLayer) copy = kept[i].copy (layer);

          g_test_message ("seed %u, %s", seed, kept[i].format->name);
          check_round_trip (i, article, copy);
        }
    }
}

/* --- what is said to be lost --- */

static KutipRecord *
make_reviewed (void)
{
  static const struct
  {
    const char *id;
    KutipReview review;
    const char *was[2];
  } spans[] = {
    { "s1", KUTIP_REVIEW_NONE, { NULL } },
    { "s2", KUTIP_REVIEW_MOVED, { NULL } },
    { "s3", KUTIP_REVIEW_APPROXIMATE, { "tiga", NULL } },
  };
  KutipHeaderFields header_fields = { .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&header_fields);
  g_autoptr (KutipText) text = kutip_text_new ("satu dua tigo");
  g_autoptr (KutipArticle) article = kutip_record_make_article ("sample.txt", text);
  KutipRecord *record = kutip_record_new ("sample.txt", article);
  KutipLayer *layer = kutip_layer_new (header);

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange range = { 5 * i, 5 * i + 3 };
      g_autoptr (KutipSpan) span = NULL;

      fields.id = spans[i].id;
      fields.label = "quote";
      fields.ranges = &range;
      fields.n_ranges = 1;
      fields.review = spans[i].review;
      fields.was = spans[i].was[0] == NULL ? NULL : spans[i].was;
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
    }
  g_ptr_array_add (record->layers, layer);
  return record;
}

/* Spans that were found again and that nobody has looked at since: each is counted, with
 * its id, by every format that has no place for it. */
static void
test_reviews (void)
{
  const KutipFormat *const *formats = kutip_format_list ();
  g_autoptr (KutipRecord) record = make_reviewed ();

  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (KutipReport) report = kutip_report_new ();
      gboolean is_kept = (formats[i]->keeps & KUTIP_KEEPS_REVIEWS) != 0;
      g_autoptr (GString) ids = g_string_new (NULL);

      kutip_format_report_losses (formats[i], record, report);
      for (guint j = 0; j < kutip_report_get_n_entries (report); j++)
        {
          const KutipReportEntry *entry = kutip_report_get_nth (report, j);

          if (strcmp (entry->what, "reviews") == 0)
            g_string_append_printf (ids, "%s ", entry->id);
        }
      g_test_message ("%s", formats[i]->name);
      g_assert_cmpstr (ids->str, ==, is_kept ? "" : "s2 s3 ");
    }
  g_assert_true ((kutip_format_find ("jsonl")->keeps & KUTIP_KEEPS_REVIEWS) != 0);
  g_assert_true ((kutip_format_find ("conll")->keeps & KUTIP_KEEPS_REVIEWS) == 0);
}

/* --- what a program may find --- */

#define DEEP_10 "[[[[[[[[[["
#define DEEP_100                                                                         \
  DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10
#define DEEP_300 DEEP_100 DEEP_100 DEEP_100

static const struct
{
  const char *format;
  const char *why;
  const char *content;
  const char *said; /* in the error */
} hostile[] = {
  { "csv", "no header", "Quote,15,31\n", "line 1" },
  { "csv", "nothing", "", "line 1" },
  { "csv", "an open quotation mark", "label,start,end\nA,1,\"2\n", "line 2" },
  { "csv", "an end before its start", "label,start,end\nA,5,2\n", "line 2" },
  { "csv", "outside the text", "label,start,end\nA,5,4000\n", "line 2" },
  { "csv", "a number of too many digits",
    "label,start,end\nA,1,99999999999999999999999999\n", "line 2" },
  { "csv", "a negative number", "label,start,end\nA,-1,2\n", "line 2" },
  { "csv", "inside a surrogate pair", "label,start,end,unit\nA,15,30,utf-16\n",
    "line 2" },
  { "csv", "inside a character's bytes", "label,start,end,unit\nA,15,16,bytes\n",
    "line 2" },
  { "csv", "ranges that are none", "label,start,end,ranges\n\nA,1,2,1-2;x\n", "line 3" },
  { "csv", "an unknown span", "kind,id,label,start,end,from,to\nrelation,r,L,,,a,b\n",
    "line 2" },
  { "csv", "attributes that are no JSON", "label,start,end,attributes\nA,1,2,{]\n",
    "line 2" },
  { "csv", "attributes too deep", "label,start,end,attributes\nA,1,2," DEEP_300 "\n",
    "line 2" },
  { "csv", "bytes that are no UTF-8 and a NUL", "label,start,end\nA\xff\xfe,1,2\n\x01",
    "" },
  { "doccano", "cut off", "{\"text\": \"abc", "line 1" },
  { "doccano", "no text", "{\"label\": []}", "line 1" },
  { "doccano", "outside the text", "{\"text\": \"abc\", \"label\": [[0, 9, \"A\"]]}",
    "line 1" },
  { "doccano", "an end before its start",
    "{\"text\": \"abc\", \"label\": [[2, 1, \"A\"]]}", "line 1" },
  { "doccano", "no label", "{\"text\": \"abc\", \"label\": [[0, 1]]}", "line 1" },
  { "doccano", "an unknown span",
    "{\"text\": \"abc\", \"relations\": [{\"from_id\": 1, \"to_id\": 2, \"type\": \"x\"}]}",
    "line 1" },
  { "doccano", "too deep", "{\"text\": \"abc\", \"label\": " DEEP_300 "}", "line 1" },
  { "doccano", "half a surrogate pair", "{\"text\": \"\\ud83e\"}", "line 1" },
  { "doccano", "the second line", "{\"text\": \"abc\"}\n{\"text\": 5}\n", "line 2" },
  { "conll", "another text than it says",
    "# doc = \"a\"\n# text = \"abc def\"\nabc O\nxyz O\n", "line 4" },
  { "conll", "columns that are not there", "# columns = [\"A\", \"B\"]\nabc O\n",
    "line 2" },
  { "conll", "a row with no token", "\tO\n", "line 1" },
  { "jsonl", "cut off", "{\"path\": \"a\", \"text\": \"b", "line 1" },
  { "jsonl", "the third line",
    "{\"path\": \"a\", \"text\": \"b\"}\n\n{\"path\": \"a\", \"text\": 1}\n", "line 3" },
  { "jsonl", "too deep", DEEP_300, "line 1" },
};

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      const KutipFormat *format = kutip_format_find (hostile[i].format);
      g_autofree char *name = g_strconcat ("x", format->suffix, NULL);
      KutipFormatOptions options = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;

      g_test_message ("%s: %s", hostile[i].format, hostile[i].why);
      records = read_beside_text (name, hostile[i].content, sample_text, format, &options,
                                  &error);
      if (*hostile[i].said == '\0')
        continue;
      g_assert_null (records);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, hostile[i].said));
    }
}

/* Each file, cut off at each byte and with single bytes changed, is read or refused. */
static void
test_damage (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      const KutipFormat *format = kutip_format_find (samples[i].format);
      gsize n = strlen (samples[i].content);
      KutipFormatOptions options = { 0 };

      for (gsize at = 0; at < n; at++)
        {
          g_autofree char *cut = g_strndup (samples[i].content, at);
          g_autofree char *changed = g_strdup (samples[i].content);
          g_autoptr (GPtrArray) one = NULL;
          g_autoptr (GPtrArray) two = NULL;

          changed[at] = "\"0[,\n\xff"[at % 6];
          one = read_beside_text (samples[i].name, cut, sample_text, format, &options,
                                  NULL);
          two = read_beside_text (samples[i].name, changed, sample_text, format, &options,
                                  NULL);
          g_assert_true (one == NULL || one->len <= 2);
          g_assert_true (two == NULL || two->len <= 3);
        }
    }
}

static const struct
{
  const char *name;
  const char *head;
  const char *format;
} guesses[] = {
  { "a/x.ann", "T1\t", "brat" },
  { "x.txt", "Putin", "kutip" },
  { "x.txt.annotations.json", "{", "kutip" },
  { "x.jsonl", "{\"path\": \"a\", \"text\": \"b\", \"layers\": []}\n", "jsonl" },
  { "x.jsonl", "{\"id\": 1, \"text\": \"b\", \"label\": []}\n", "doccano" },
  { "-", "{\"text\": \"b\", \"entities\": []}\n", "doccano" },
  /* Lines of several formats begin with the path. */
  { "x", "{\"path\": \"a\", \"annotator\": \"\", \"text\": \"b\", \"label\": []}\n",
    "doccano" },
  { "-", "{\"path\": \"a\", \"text\": \"b\"}\n", "jsonl" },
  { "-", "{\n\"text\": \"b\",\n\"entities\": []}\n", "doccano" },
  { "x.jsonl", "\xef\xbb\xbf{\"text\": \"b\", \"label\": []}\n", "doccano" },
  { "x.txt", "{\"text\": \"b\", \"label\": []}\n", "kutip" },
  { "-", "[{\"data\": {\"text\": \"b\"}}]\n", "label-studio" },
  { "-", "{\"quotes\": [], \"text\": \"b\"}", "citron" },
  { "-", "id,document,tag,content\r\n", "csv" },
  { "-", "\"label\";\"start\";\"end\"\n", "csv" },
  { "-",
    "\xef\xbb\xbf"
    "start\tend\tlabel\n",
    "tsv" },
  { "-", "label, said he,\n", NULL },
  { "x.txt", "label,start\n", "kutip" },
  { "-", "# text = a\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "conllu" },
  { "-", "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "conllu" },
  { "x.conll", "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "conll" },
  { "-", "# text = a\n", NULL },
  { "-", "PK\003\004..........................project.qde", "refi-qda" },
  { "-", "PK\003\004..........................Sources/1.txt", "refi-qda" },
  { "-", "PK\003\004..........................a.xmi", "uima-xmi" },
  { "-", "PK\003\004..........................a.docx", NULL },
  { "-", "", NULL },
  { "x.csv", "label,start\n", "csv" },
  { "x.tsv", "label\tstart\n", "tsv" },
  { "x", "-DOCSTART- -X- O O\n", "conll" },
  { "x.conll", "a O\n", "conll" },
  { "x.iob2", "a O\n", "conll" },
  { "x.png", "\x89PNG", NULL },
  /* Names of members that stand elsewhere, and as values: another tool's own names. */
  { "x.json",
    "{\n \"%TYPES\": {\n  \"a.Span\": {\n   \"label\": {\"%NAME\": \"label\"}}},\n"
    " \"%FEATURE_STRUCTURES\": [{\"mimeType\": \"text\", \"text\": 1}]}",
    "uima-json" },
  { "-", "{\"%VIEWS\": {}, \"%TYPES\": {\"label\": {}, \"text\": {}}}", "uima-json" },
  { "x.json",
    "{\"id\": 1, \"data\": {\"text\": \"b\"}, \"annotations\": [{\"result\": "
    "[{\"from_name\": \"label\", \"to_name\": \"text\"}]}]}",
    "label-studio" },
  { "x.jsonl",
    "{\"text\": \"b\", \"label\": [], \"meta\": {\"spans\": 1, \"tokens\": 2}}\n",
    "doccano" },
  { "x.jsonl", "{\"text\": \"b\", \"note\": \"answer\", \"label\": []}\n", "doccano" },
  { "x.jsonl",
    "{\"path\": \"a\", \"text\": \"http://www.w3.org/ns/anno.jsonld\", \"layers\": []}\n",
    "jsonl" },
  { "x.jsonl",
    "{\"path\": \"a\", \"text\": \"see http://www.w3.org/ns/anno.jsonld\", "
    "\"layers\": []}\n",
    "jsonl" },
  { "x.json", "{\"@context\": [\"http://www.w3.org/ns/anno.jsonld\"], \"id\": \"a\"}",
    "web-annotation" },
  { "x.json", "\n{\"rows\": [{\"user\": \"acct:a@b\"}]}", "hypothesis" },
  { "x.json", "[{\"id\": \"a\", \"bodies\": [], \"target\": {}}]", "recogito" },
  { "x.json", "{\"label\": \"\\\"text\\\"\", \"a\": \"text\"}", NULL },
  { "x.json", "{\"text\": 1} {\"label\": 2}", NULL },
  { "x.json", "{'text': 1, \"text\": 2, \"label\": 3}", NULL },
  { "x.json", "{\"text", NULL },
  { "x.json", "{\"label\": 1, \"text\"", NULL },
  /* Articles that speak of such words. */
  { "x.txt", "Police found \"bodies\" near the \"target\": nobody says whose.\n",
    "kutip" },
  { "x.txt", "[Reuters] The \"bodies\": near the \"target\": nobody says whose.\n",
    "kutip" },
  { "x.txt", "See http://www.w3.org/ns/anno.jsonld for more.\n", "kutip" },
  { "x.txt", "\"rows\", \"acct:\" and \"export_userid\"\n", "kutip" },
  { "x.txt", "It begins with urn:QDA-XML:project:1.0 and \"%TYPES\": a list.\n",
    "kutip" },
  { "x.txt", "http://www.omg.org/XMI is not http:///uima/cas.ecore\n", "kutip" },
};

static void
test_guess (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      const KutipFormat *format =
          kutip_format_guess (guesses[i].name, guesses[i].head, strlen (guesses[i].head));

      g_test_message ("%s", guesses[i].name);
      g_assert_cmpstr (format == NULL ? NULL : format->name, ==, guesses[i].format);
    }
}

/* Every "=1+1" gets an apostrophe, which is not taken for the text when it comes back. */
static void
test_spreadsheet (void)
{
  KutipFormatOptions options = { .spreadsheet = TRUE };
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (KutipText) text = kutip_text_new ("=1+1 is -2");
  g_autoptr (KutipArticle) article = kutip_record_make_article ("sample.txt", text);
  g_autoptr (KutipRecord) record = kutip_record_new ("sample.txt", article);
  g_autoptr (KutipHeader) header = kutip_header_new (&(KutipHeaderFields){ 0 });
  KutipLayer *layer = kutip_layer_new (header);
  const KutipRange ranges[] = { { 0, 4 }, { 5, 7 } };
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autoptr (KutipSpan) span = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  fields.id = "s1";
  fields.label = "@label";
  fields.ranges = ranges;
  fields.n_ranges = 2;
  span = kutip_span_new (&fields);
  kutip_layer_add_span (layer, span);
  g_ptr_array_add (record->layers, layer);
  kutip_format_csv.begin (NULL, &options, &files->sink, &error);
  kutip_format_csv.write (record, &options, &files->sink, report, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (memory_files_get (files, ""), ",'@label,0,7,"));
  g_assert_nonnull (strstr (memory_files_get (files, ""), ",'=1+1 [...] is,0-4;5-7,"));
  g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_LOSS, "cells"), ==, 2);
  memory_files_put (files, "sample.txt", "=1+1 is -2");
  records = memory_files_read (files, "", &kutip_format_csv, &options, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_report_get_n (report, KUTIP_REPORT_WARNING), ==, 0);
  g_assert_false (
      kutip_span_is_orphan (kutip_layer_get_nth_span (get_layer (records, 0, 0), 0)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/samples", test_samples);
  g_test_add_func ("/formats/round-trip", test_round_trip);
  g_test_add_func ("/formats/reviews", test_reviews);
  g_test_add_func ("/formats/hostile", test_hostile);
  g_test_add_func ("/formats/damage", test_damage);
  g_test_add_func ("/formats/guess", test_guess);
  g_test_add_func ("/formats/spreadsheet", test_spreadsheet);
  return g_test_run ();
}
