/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"
#include "format/sidecar.h"
#include "format/zip.h"

#include "memory-files.h"
#include "random-layer.h"

#include <string.h>

/* WebAnno TSV, UIMA's XMI and CAS JSON, REFI-QDA: random documents there and back,
 * hostile files, and the files of other programs where they are at hand. */

static KutipLayer *
get_layer (GPtrArray *records, guint record, guint nth)
{
  return g_ptr_array_index (((KutipRecord *) g_ptr_array_index (records, record))->layers,
                            nth);
}

static GPtrArray *
read_bytes (const char *format,
            const char *name,
            const char *bytes,
            gsize n,
            KutipReport *report,
            GError **error)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  KutipFormatOptions options = { 0 };

  files->sink.append (&files->sink, name, bytes, n, NULL);
  return memory_files_read (files, name, kutip_format_find (format), &options, report,
                            error);
}

/* --- there and back --- */

static gboolean
copy_span (KutipSpan *span, gpointer data)
{
  if (!kutip_span_is_orphan (span))
    kutip_layer_add_span (data, span);
  return TRUE;
}

static gboolean
copy_relation (KutipRelation *relation, gpointer data)
{
  if (kutip_layer_get_span (data, kutip_relation_get_from (relation)) != NULL &&
      kutip_layer_get_span (data, kutip_relation_get_to (relation)) != NULL)
    kutip_layer_add_relation (data, relation);
  return TRUE;
}

/* All but what has no place in the text. */
static KutipLayer *
copy_placed (KutipLayer *layer)
{
  KutipLayer *copy = kutip_layer_new (kutip_layer_get_header (layer));

  kutip_layer_foreach_span (layer, copy_span, copy);
  kutip_layer_foreach_relation (layer, copy_relation, copy);
  return copy;
}

static void
show_difference (KutipArticle *article, KutipLayer *got, KutipLayer *expected)
{
  g_autoptr (GString) one = kutip_sidecar_write (article, got);
  g_autoptr (GString) other = kutip_sidecar_write (article, expected);
  g_auto (GStrv) lines = g_strsplit (one->str, "\n", -1);
  g_auto (GStrv) others = g_strsplit (other->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL && others[i] != NULL; i++)
    if (strcmp (lines[i], others[i]) != 0)
      {
        g_test_message ("got      %s", lines[i]);
        g_test_message ("expected %s", others[i]);
        return;
      }
}

static KutipRecord *
make_record (GRand *random, guint n_layers)
{
  g_autoptr (KutipArticle) article =
      random_article (random, (guint) g_rand_int_range (random, 2, 300));
  KutipRecord *record = kutip_record_new ("folder/sample.txt", article);

  for (guint i = 0; i < n_layers; i++)
    g_ptr_array_add (
        record->layers,
        random_layer (random, article, (guint) g_rand_int_range (random, 0, 40)));
  return record;
}

static GPtrArray *
write_and_read (const KutipFormat *format,
                KutipRecord *record,
                const char *name,
                KutipReport *report)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) reading = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  KutipFormatOptions options = { 0 };
  GPtrArray *records;

  kutip_report_set_limit (report, G_MAXUINT);
  kutip_format_report_losses (format, record, report);
  format->write (record, &options, &files->sink, report, &error);
  if (format->end != NULL && !format->in_files)
    format->end (NULL, &options, 1, &files->sink, &error);
  g_assert_no_error (error);
  records = memory_files_read (files, name, format, &options, reading, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (
      kutip_text_get_utf8 (kutip_article_get_text (
                               ((KutipRecord *) g_ptr_array_index (records, 0))->article),
                           NULL),
      ==, kutip_text_get_utf8 (kutip_article_get_text (record->article), NULL));
  return records;
}

/* Files are called after annotators. */
static void
drop_annotator (KutipLayer *layer)
{
  KutipHeaderFields fields = *kutip_header_get_fields (kutip_layer_get_header (layer));
  g_autoptr (KutipHeader) header = NULL;

  fields.annotator = NULL;
  header = kutip_header_new (&fields);
  kutip_layer_set_header (layer, header);
}

/* CAS keeps all of a layer. */
static void
check_whole (const KutipFormat *format, const char *name, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (KutipRecord) record = make_record (random, 1);
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (KutipLayer) expected = NULL;
  g_autoptr (GPtrArray) records = NULL;

  drop_annotator (g_ptr_array_index (record->layers, 0));
  expected = copy_placed (g_ptr_array_index (record->layers, 0));
  g_test_message ("seed %u, %s", seed, format->name);
  records = write_and_read (format, record, name, report);
  if (!kutip_layer_equal (get_layer (records, 0, 0), expected))
    show_difference (record->article, get_layer (records, 0, 0), expected);
  g_assert_true (kutip_layer_equal (get_layer (records, 0, 0), expected));
  g_assert_cmpstr (((KutipRecord *) g_ptr_array_index (records, 0))->path, ==,
                   "folder/sample.txt");
}

static void
test_whole (void)
{
  for (guint32 seed = 1; seed <= 60; seed++)
    {
      check_whole (&kutip_format_uima_xmi, "folder/sample.zip", seed);
      check_whole (&kutip_format_uima_json, "folder/sample.json", seed);
    }
}

/* Losses after which a span, or a relation, is not there as it was. */
static const char *const span_losses[] = { "orphans", "borders",    "empty-text",
                                           "pieces",  "characters", NULL };

static GHashTable *
list_excused (KutipReport *report)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < kutip_report_get_n_entries (report); i++)
    {
      const KutipReportEntry *entry = kutip_report_get_nth (report, i);

      if (entry->id != NULL && g_strv_contains (span_losses, entry->what))
        g_hash_table_add (ids, g_strdup (entry->id));
    }
  return ids;
}

typedef struct
{
  KutipLayer *layer;
  GHashTable *excused; /* or NULL */
  GHashTable *found;   /* what spans and relations are, as strings -> how often */
} Listing;

static void
count_line (Listing *self, char *line)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->found, line));

  g_hash_table_replace (self->found, line, GUINT_TO_POINTER (n + 1));
}

static char *
describe_span (KutipSpan *span)
{
  GString *line = g_string_new (kutip_span_get_label (span));

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    g_string_append_printf (line, " %u-%u", kutip_span_get_ranges (span)[i].start,
                            kutip_span_get_ranges (span)[i].end);
  return g_string_free (line, FALSE);
}

static gboolean
is_excused (Listing *self, const char *id)
{
  return self->excused != NULL && g_hash_table_contains (self->excused, id);
}

static gboolean
list_span (KutipSpan *span, gpointer data)
{
  Listing *self = data;

  if (!is_excused (self, kutip_span_get_id (span)))
    count_line (self, describe_span (span));
  return TRUE;
}

static gboolean
list_relation (KutipRelation *relation, gpointer data)
{
  Listing *self = data;
  const char *from_id = kutip_relation_get_from (relation);
  const char *to_id = kutip_relation_get_to (relation);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (is_excused (self, from_id) || is_excused (self, to_id) ||
      is_excused (self, kutip_relation_get_id (relation)))
    return TRUE;
  from = describe_span (kutip_layer_get_span (self->layer, from_id));
  to = describe_span (kutip_layer_get_span (self->layer, to_id));
  count_line (self, g_strdup_printf ("%s: %s > %s", kutip_relation_get_label (relation),
                                     from, to));
  return TRUE;
}

static GHashTable *
list_layer (KutipLayer *layer, GHashTable *excused)
{
  Listing listing = { layer, excused,
                      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

  kutip_layer_foreach_span (layer, list_span, &listing);
  kutip_layer_foreach_relation (layer, list_relation, &listing);
  return listing.found;
}

/* What the report does not excuse must be there. */
static void
check_partly (const KutipFormat *format, const char *name, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (KutipRecord) record = make_record (random, 1);
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GHashTable) excused = NULL;
  g_autoptr (GHashTable) expected = NULL;
  g_autoptr (GHashTable) got = NULL;
  g_autoptr (GPtrArray) records = NULL;
  GHashTableIter iter;
  gpointer line, n;

  g_test_message ("seed %u, %s", seed, format->name);
  drop_annotator (g_ptr_array_index (record->layers, 0));
  records = write_and_read (format, record, name, report);
  excused = list_excused (report);
  expected = list_layer (g_ptr_array_index (record->layers, 0), excused);
  got = list_layer (get_layer (records, 0, 0), NULL);
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &line, &n))
    {
      if (g_hash_table_lookup (got, line) < n)
        g_test_message ("%s is not there", (const char *) line);
      g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (got, line)), >=,
                        GPOINTER_TO_UINT (n));
    }
}

static void
test_partly (void)
{
  for (guint32 seed = 1; seed <= 60; seed++)
    {
      check_partly (&kutip_format_webanno_tsv, "folder/sample.tsv", seed);
      check_partly (&kutip_format_refi_qda, "", seed);
    }
}

/* Each annotator's CAS is a file of its own, and they are one record. */
static void
check_annotators (const KutipFormat *format, const char *const *names)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (KutipRecord) record = make_record (random, 2);
  static const char *const annotators[] = { "Ayu \"2\"", "budi" };
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  KutipFormatOptions options = { 0 };
  guint n_records = 0;

  for (guint i = 0; i < G_N_ELEMENTS (annotators); i++)
    {
      KutipHeaderFields fields = { .annotator = annotators[i],
                                   .status = KUTIP_STATUS_DONE };
      g_autoptr (KutipHeader) header = kutip_header_new (&fields);

      kutip_layer_set_header (g_ptr_array_index (record->layers, i), header);
    }
  format->write (record, &options, &files->sink, report, &error);
  g_assert_no_error (error);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) records =
          memory_files_read (files, names[i], format, &options, report, &error);

      g_assert_no_error (error);
      n_records += records->len;
      for (guint j = 0; records->len > 0 && j < G_N_ELEMENTS (annotators); j++)
        {
          g_autoptr (KutipLayer) expected =
              copy_placed (g_ptr_array_index (record->layers, j));

          g_assert_true (kutip_layer_equal (get_layer (records, 0, j), expected));
        }
    }
  g_assert_cmpuint (n_records, ==, 1);
}

static void
test_annotators (void)
{
  static const char *const zips[] = { "folder/sample_Ayu__2_.zip",
                                      "folder/sample_budi.zip", NULL };
  static const char *const jsons[] = { "folder/sample_Ayu__2_.json",
                                       "folder/sample_budi.json", NULL };

  check_annotators (&kutip_format_uima_xmi, zips);
  check_annotators (&kutip_format_uima_json, jsons);
}

/* A project has all annotators' selections, each with its user. */
static void
test_users (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (KutipRecord) record = make_record (random, 2);
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < 2; i++)
    {
      KutipHeaderFields fields = { .annotator = i == 0 ? NULL : "budi & co",
                                   .title = "Judul",
                                   .note = i == 0 ? "Catatan\n<1>" : NULL,
                                   .status = KUTIP_STATUS_DONE };
      g_autoptr (KutipHeader) header = kutip_header_new (&fields);

      kutip_layer_set_header (g_ptr_array_index (record->layers, i), header);
    }
  records = write_and_read (&kutip_format_refi_qda, record, "", report);
  g_assert_cmpuint (((KutipRecord *) g_ptr_array_index (records, 0))->layers->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const KutipHeaderFields *fields =
          kutip_header_get_fields (kutip_layer_get_header (get_layer (records, 0, i)));

      g_assert_cmpstr (fields->annotator, ==, i == 0 ? NULL : "budi & co");
      g_assert_cmpstr (fields->note, ==, i == 0 ? "Catatan\n<1>" : NULL);
      g_assert_cmpstr (fields->title, ==, i == 0 ? "Judul" : NULL);
    }
}

/* --- what a program may find --- */

#define XMI_HEAD                                                                         \
  "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" "                                       \
  "xmlns:cas=\"http:///uima/cas.ecore\" "                                                \
  "xmlns:c=\"http:///webanno/custom.ecore\" xmi:version=\"2.0\">"
#define XMI_TEXT                                                                         \
  "<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" "                        \
  "sofaString=\"Kami \xf0\x9f\xa4\x9d BBC\"/>"
#define XMI(inside) XMI_HEAD XMI_TEXT inside "</xmi:XMI>"
#define JSON(inside)                                                                     \
  "{\"%FEATURE_STRUCTURES\": [{\"%ID\": 1, \"%TYPE\": \"uima.cas.Sofa\", \"sofaID\": "   \
  "\"_InitialView\", \"sofaString\": \"Kami \xf0\x9f\xa4\x9d BBC\"}" inside "]}"
#define TSV(inside)                                                                      \
  "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Span|value\n"                                        \
  "#T_RL=a.Rel|BT_a.Span\n\n\n#Text=Kami \xf0\x9f\xa4\x9d BBC\n" inside
#define QDE(inside)                                                                      \
  "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"p\"><CodeBook><Codes>"              \
  "<Code guid=\"11111111-1111-1111-1111-111111111111\" name=\"A\" "                      \
  "isCodable=\"true\"/></Codes></CodeBook><Sources>"                                     \
  "<TextSource guid=\"22222222-2222-2222-2222-222222222222\" name=\"t\">"                \
  "<PlainTextContent>Kami \xf0\x9f\xa4\x9d BBC</PlainTextContent>" inside                \
  "</TextSource></Sources></Project>"
#define SELECTION(start, end)                                                            \
  "<PlainTextSelection guid=\"33333333-3333-3333-3333-333333333333\" "                   \
  "startPosition=\"" start "\" endPosition=\"" end "\"/>"
#define LAUGHS                                                                           \
  "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"              \
  "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;\">]>"
#define OUTSIDE "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"

static const struct
{
  const char *format;
  const char *why;
  const char *content;
  const char *said; /* in the error */
} hostile[] = {
  { "uima-xmi", "nothing", "", "no XML" },
  { "uima-xmi", "no XML", "{}", "no XML" },
  { "uima-xmi", "entities that grow", LAUGHS XMI ("<c:Span xmi:id=\"2\" x=\"&d;\"/>"),
    "document type" },
  { "uima-xmi", "a file from outside",
    "<?xml version=\"1.0\"?>\n<!-- x -->" OUTSIDE XMI (""), "document type" },
  { "uima-xmi", "an entity that nobody declared",
    XMI ("<c:Span xmi:id=\"2\">&x;</c:Span>"), "line 1" },
  { "uima-xmi", "cut off", XMI_HEAD XMI_TEXT "<c:Span", "line 1" },
  { "uima-xmi", "bytes that are no UTF-8", XMI ("<c:Span x=\"\xff\xfe\"/>"), "byte" },
  { "uima-xmi", "another element", "<a xmlns=\"b\"/>", "line 1" },
  { "uima-xmi", "no text", XMI_HEAD "</xmi:XMI>", "no text" },
  { "uima-xmi", "outside the text",
    XMI ("\n<c:Span xmi:id=\"2\" sofa=\"1\" begin=\"5\" end=\"400\"/>"), "line 2" },
  { "uima-xmi", "inside a surrogate pair",
    XMI ("<c:Span xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"6\"/>"), "no place" },
  { "uima-xmi", "an end before its start",
    XMI ("<c:Span xmi:id=\"2\" sofa=\"1\" begin=\"5\" end=\"2\"/>"), "no place" },
  { "uima-xmi", "an empty one outside the text",
    XMI ("<c:Span xmi:id=\"2\" sofa=\"1\" begin=\"90\" end=\"90\"/>"), "no place" },
  { "uima-xmi", "a negative number",
    XMI ("<c:Span xmi:id=\"2\" sofa=\"1\" begin=\"-1\" end=\"2\"/>"), "no number" },
  { "uima-xmi", "a number of too many digits",
    XMI ("<c:Span xmi:id=\"2\" sofa=\"1\" begin=\"0\" "
         "end=\"99999999999999999999999999\"/>"),
    "no number" },
  { "uima-xmi", "an id twice", XMI ("\n<c:Span xmi:id=\"1\"/>"), "line 2" },
  { "uima-xmi", "an unknown id",
    XMI ("<c:Rel xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"4\" Governor=\"8\" "
         "Dependent=\"9\"/>"),
    "there is none" },
  { "uima-xmi", "an unknown member", XMI ("<cas:View sofa=\"1\" members=\"1 7\"/>"),
    "there is none" },
  { "uima-xmi", "a chain that is a ring",
    XMI ("<c:ALink xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"4\" next=\"3\"/>"
         "<c:ALink xmi:id=\"3\" sofa=\"1\" begin=\"8\" end=\"11\" next=\"2\"/>"
         "<c:AChain xmi:id=\"4\" sofa=\"1\" first=\"2\"/>"),
    "chain" },
  { "uima-xmi", "an attribute twice", XMI ("<c:Span xmi:id=\"2\" a=\"\" a=\"\"/>"),
    "line 1" },
  { "uima-xmi", "a zip that is none", "PK\x03\x04 and no more", "archive" },
  { "uima-json", "nothing", "", "line 1" },
  { "uima-json", "cut off", "{\"%TYPES\": {", "line 1" },
  { "uima-json", "another JSON", "{\"a\": 1}", "no CAS JSON" },
  { "uima-json", "the old format", "{\"_context\": {}, \"_views\": {}}", "old" },
  { "uima-json", "no text", "{\"%VIEWS\": {}}", "no text" },
  { "uima-json", "outside the text",
    JSON (",\n{\"%ID\": 2, \"%TYPE\": \"a.B\", \"@sofa\": 1, \"begin\": 0, \"end\": 99}"),
    "line 2" },
  { "uima-json", "inside a surrogate pair",
    JSON (", {\"%ID\": 2, \"%TYPE\": \"a.B\", \"@sofa\": 1, \"begin\": 6, \"end\": 8}"),
    "no place" },
  { "uima-json", "an end before its start",
    JSON (", {\"%ID\": 2, \"%TYPE\": \"a.B\", \"@sofa\": 1, \"begin\": 4, \"end\": 1}"),
    "no place" },
  { "uima-json", "an id twice", JSON (",\n{\"%ID\": 1, \"%TYPE\": \"a.B\"}"), "line 2" },
  { "uima-json", "an id that is 0", JSON (", {\"%ID\": 0, \"%TYPE\": \"a.B\"}"), "id" },
  { "uima-json", "no type", JSON (", {\"%ID\": 2}"), "%TYPE" },
  { "uima-json", "an unknown id", JSON (", {\"%ID\": 2, \"%TYPE\": \"a.B\", \"@x\": 77}"),
    "there is none" },
  { "uima-json", "a number of too many digits",
    JSON (", {\"%ID\": 2, \"%TYPE\": \"a.B\", \"begin\": 99999999999999999999}"),
    "line 1" },
  { "uima-json", "half a surrogate pair", JSON (", {\"%TYPE\": \"\\ud83e\"}"), "line 1" },
  { "webanno-tsv", "nothing", "", "line 1" },
  { "webanno-tsv", "version 2", "#id=1\n1-1\tA\tO\n", "line 1" },
  { "webanno-tsv", "version 4", "#FORMAT=WebAnno TSV 4.0\n", "line 1" },
  { "webanno-tsv", "a layer without a name", "#FORMAT=WebAnno TSV 3.3\n#T_SP=\n",
    "line 2" },
  { "webanno-tsv", "a relation without a base",
    "#FORMAT=WebAnno TSV 3.3\n#T_RL=a.Rel|x\n", "line 2" },
  { "webanno-tsv", "fewer columns", TSV ("1-1\t0-4\tKami\tA\n"), "line 7" },
  { "webanno-tsv", "more columns", TSV ("1-1\t0-4\tKami\tA\t_\tB\n"), "line 7" },
  { "webanno-tsv", "no row", TSV (""), "line 7" },
  { "webanno-tsv", "a row that is none", TSV ("x\ty\tz\n"), "line 7" },
  { "webanno-tsv", "outside the text", TSV ("1-1\t0-400\tKami\tA\t_\t\n"), "line 7" },
  { "webanno-tsv", "inside a surrogate pair", TSV ("1-1\t0-6\tKami\tA\t_\t\n"),
    "no place" },
  { "webanno-tsv", "an end before its start", TSV ("1-1\t4-0\tKami\tA\t_\t\n"),
    "line 7" },
  { "webanno-tsv", "a number of too many digits",
    TSV ("1-1\t0-99999999999999999999\tKami\tA\t_\t\n"), "line 7" },
  { "webanno-tsv", "a token twice", TSV ("1-1\t0-4\tKami\tA\t_\t\n1-1\t5-7\tx\tA\t_\t\n"),
    "line 8" },
  { "webanno-tsv", "a gap of a gigabyte", TSV ("1-1\t999999999-999999999\tx\t_\t_\t\n"),
    "line 7" },
  { "webanno-tsv", "a sentence within another",
    TSV ("1-1\t0-4\tKami\tA\t_\t\n\n#Text=x\n2-1\t2-3\tx\t_\t_\t\n"), "line 10" },
  { "webanno-tsv", "a relation from nowhere", TSV ("1-1\t0-4\tKami\tA\t9-9\t\n"),
    "line 7" },
  { "webanno-tsv", "a relation from an unknown id",
    TSV ("1-1\t0-4\tKami\tA\t1-1[7_0]\t\n"), "line 7" },
  { "webanno-tsv", "bytes that are no UTF-8", TSV ("1-1\t0-4\t\xff\tA\t_\t\n"), "UTF-8" },
  { "refi-qda", "nothing", "", "no XML" },
  { "refi-qda", "entities that grow", LAUGHS QDE (""), "document type" },
  { "refi-qda", "a file from outside", OUTSIDE QDE (""), "document type" },
  { "refi-qda", "another element", "<a/>", "line 1" },
  { "refi-qda", "outside the text", QDE ("\n" SELECTION ("0", "99")), "line 2" },
  { "refi-qda", "an end before its start", QDE (SELECTION ("4", "2")), "no place" },
  { "refi-qda", "a negative number", QDE (SELECTION ("-4", "2")), "line 1" },
  { "refi-qda", "a number of too many digits",
    QDE (SELECTION ("0", "999999999999999999999999999")), "line 1" },
  { "refi-qda", "an id twice", QDE (SELECTION ("0", "4") "\n" SELECTION ("0", "4")),
    "line 2" },
  { "refi-qda", "an unknown code",
    QDE ("<PlainTextSelection guid=\"33333333-3333-3333-3333-333333333333\" "
         "startPosition=\"0\" endPosition=\"4\"><Coding><CodeRef "
         "targetGUID=\"x\"/></Coding></PlainTextSelection>"),
    "no code" },
  { "refi-qda", "no id",
    QDE ("<PlainTextSelection startPosition=\"0\" endPosition=\"4\"/>"), "guid" },
  { "refi-qda", "a text that is not there",
    "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"p\"><Sources><TextSource "
    "guid=\"22222222-2222-2222-2222-222222222222\" "
    "plainTextPath=\"internal://x.txt\"/></Sources></Project>",
    "x.txt" },
};

static const char *
get_name (const char *format)
{
  return strcmp (format, "uima-xmi") == 0      ? "a.xmi"
         : strcmp (format, "uima-json") == 0   ? "a.json"
         : strcmp (format, "webanno-tsv") == 0 ? "a.tsv"
                                               : "a.qde";
}

/* The user named the file, so that it is not passed over as another format's. */
static GPtrArray *
read_named (const char *format, const char *bytes, gsize n, GError **error)
{
  g_autoptr (KutipReport) report = kutip_report_new ();

  return read_bytes (format, get_name (format), bytes, n, report, error);
}

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;

      g_test_message ("%s: %s", hostile[i].format, hostile[i].why);
      records = read_named (hostile[i].format, hostile[i].content,
                            strlen (hostile[i].content), &error);
      g_assert_null (records);
      g_assert_nonnull (error);
      if (strstr (error->message, hostile[i].said) == NULL)
        g_test_message ("“%s” is not in “%s”", hostile[i].said, error->message);
      g_assert_nonnull (strstr (error->message, hostile[i].said));
    }
}

/* 100,000 elements or brackets inside one another, and a NUL. */
static void
test_depth (void)
{
  static const struct
  {
    const char *format, *open;
  } rows[] = {
    { "uima-xmi", "<a>" },
    { "refi-qda", "<Code>" },
    { "uima-json", "[" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) deep = g_string_new (NULL);
      g_autoptr (GError) error = NULL;

      if (strcmp (rows[i].format, "uima-xmi") == 0)
        g_string_append (deep, XMI_HEAD);
      else if (strcmp (rows[i].format, "refi-qda") == 0)
        g_string_append (deep, "<Project><CodeBook><Codes>");
      else
        g_string_append (deep, "{\"%VIEWS\": ");
      for (guint j = 0; j < 100000; j++)
        g_string_append (deep, rows[i].open);
      g_assert_null (read_named (rows[i].format, deep->str, deep->len, &error));
      g_assert_nonnull (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      static const char nul[] = "\0#FORMAT=WebAnno TSV 3.3\n\0<a/>";
      g_autoptr (GError) error = NULL;

      g_assert_null (read_named (hostile[i].format, nul, sizeof nul, &error));
      g_assert_nonnull (error);
    }
}

/* What is good, cut off at each byte and with single bytes changed, is read or refused.
 */
static void
test_damage (void)
{
  static const struct
  {
    const char *format, *content;
  } good[] = {
    { "uima-xmi",
      XMI ("<c:Span xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"4\" label=\"A\"/>"
           "<c:Span xmi:id=\"3\" sofa=\"1\" begin=\"8\" end=\"11\"><x>1</x></c:Span>"
           "<c:Rel xmi:id=\"4\" sofa=\"1\" begin=\"0\" end=\"4\" Governor=\"2\" "
           "Dependent=\"3\"/><cas:View sofa=\"1\" members=\"2 3\"/>") },
    { "uima-json",
      JSON (
          ", {\"%ID\": 2, \"%TYPE\": \"a.B\", \"@sofa\": 1, \"begin\": 0, \"end\": 4}") },
    { "webanno-tsv", TSV ("1-1\t0-4\tKami\tA[1]|B[2]\t_\t\n1-2\t5-7\tx\tA[1]\t_\t\n"
                          "1-3\t8-11\tBBC\t*\t1-1[2_0]\t\n1-3.1\t8-9\tB\tC\t_\t\n") },
    { "refi-qda", QDE (SELECTION ("0", "4")) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gsize n = strlen (good[i].content);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) whole =
          read_named (good[i].format, good[i].content, n, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (whole->len, ==, 1);
      for (gsize at = 0; at < n; at++)
        {
          g_autofree char *changed = g_strdup (good[i].content);
          g_autoptr (GPtrArray) one =
              read_named (good[i].format, good[i].content, at, NULL);
          g_autoptr (GPtrArray) two = NULL;

          changed[at] = "\"0<\n&\xff"[at % 6];
          two = read_named (good[i].format, changed, n, NULL);
          g_assert_true (one == NULL || one->len <= 1);
          g_assert_true (two == NULL || two->len <= 1);
        }
    }
}

/* --- archives --- */

static GBytes *
make_zip (const char *name, const char *content)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) directory = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  kutip_zip_append_entry (out, directory, name, content, strlen (content));
  kutip_zip_append_entry (out, directory, "b", "second", 6);
  g_assert_true (kutip_zip_append_end (out, directory, &error));
  return g_bytes_new (out->str, out->len);
}

static void
test_zip (void)
{
  g_autofree char *long_content = g_strnfill (100000, 'x');
  const char *const contents[] = { "", "x", "Kami \xf0\x9f\xa4\x9d", long_content };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GBytes) bytes = make_zip ("folder/\xc3\xa9.txt", contents[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (KutipZip) zip = kutip_zip_open (bytes, &error);
      g_autoptr (GBytes) content = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (kutip_zip_get_n_entries (zip), ==, 2);
      g_assert_cmpint (kutip_zip_find (zip, "B"), ==, 1);
      g_assert_cmpint (kutip_zip_find (zip, "none"), ==, -1);
      content = kutip_zip_read (zip, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                       contents[i], strlen (contents[i]));
    }
}

static void
test_zip_names (void)
{
  static const char *const names[] = { "../a", "a/../b", "/a", "..", "a\\..\\b", "C:/a",
                                       "\\a",  "a/b/..", "",   "B",  NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GBytes) bytes = make_zip (names[i], "x");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", names[i]);
      g_assert_null (kutip_zip_open (bytes, &error));
      g_assert_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID);
    }
}

/* Every single byte changed, and every beginning: never more than was packed. */
static void
test_zip_damage (void)
{
  g_autoptr (GBytes) bytes = make_zip ("a", "Kami sahabat, kata BBC. Kami sahabat.");
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);

  for (gsize at = 0; at < n; at++)
    for (guint j = 0; j < 4; j++)
      {
        g_autofree char *copy = g_memdup2 (data, n);
        g_autoptr (GBytes) changed = NULL;
        g_autoptr (KutipZip) zip = NULL;

        copy[at] = (char) (copy[at] ^ "\x01\x80\xff\x10"[j]);
        changed = g_bytes_new (copy, j == 3 ? at : n);
        zip = kutip_zip_open (changed, NULL);
        for (guint i = 0; zip != NULL && i < kutip_zip_get_n_entries (zip); i++)
          {
            g_autoptr (GBytes) content = kutip_zip_read (zip, i, NULL);

            g_assert_true (content == NULL || g_bytes_get_size (content) <= 40);
          }
      }
}

/* --- files of other programs, where they are --- */

static const struct
{
  const char *format;
  const char *file;
  guint n_spans, n_relations;
  const char *warned; /* or NULL */
} real[] = {
  { "uima-xmi", "uima/xmi/small_cas.xmi", 0, 0, NULL },
  { "uima-xmi", "uima/xmi/cas_with_inheritance.xmi", 5, 0, NULL },
  { "uima-xmi", "uima/xmi/cas_with_references.xmi", 3, 2, NULL },
  { "uima-json", "uima/json-cas/ser-ref/casWithEmojiUnicodeTextAndAnnotations/data.json",
    9, 0, NULL },
  { "uima-json", "uima/json-cas/ser-ref/casWithLeftToRightTextAndAnnotations/data.json",
    2, 0, NULL },
  { "uima-json",
    "uima/json-cas/ser-ref/casWithTraditionalChineseTextAndAnnotations/data.json", 4, 0,
    NULL },
  { "uima-json", "uima/json-cas/one-way/casWithBadSofaFsOrder/data.json", 0, 0, NULL },
  { "uima-json", "uima/json-cas/one-way/tsv3-testSimpleSlotFeature/data.json", 3, 2,
    NULL },
  { "webanno-tsv", "webanno-tsv/sampleSlotAnnotation2/reference.tsv", 2, 1, NULL },
  { "webanno-tsv", "webanno-tsv/testDependencyWithValues/reference.tsv", 2, 1, NULL },
  { "webanno-tsv", "webanno-tsv/testStackedChain/reference.tsv", 6, 4, NULL },
  { "webanno-tsv", "webanno-tsv/testSubMultiTokenSpanWithFeatureValue/reference.tsv", 9,
    0, "empty-span" },
  { "webanno-tsv", "webanno-tsv/testSingleTokenRelationWithFeatureValue/reference.tsv", 2,
    1, NULL },
};

static char *
load_real (const char *file, gsize *n)
{
  g_autofree char *path = g_build_filename (g_getenv ("KUTIP_SOURCE_DIR"), "..", "shared",
                                            "real", file, NULL);
  char *content = NULL;

  return g_file_get_contents (path, &content, n, NULL) ? content : NULL;
}

static void
test_real (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (real); i++)
    {
      gsize n;
      g_autofree char *content = load_real (real[i].file, &n);
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;

      if (content == NULL)
        continue;
      g_test_message ("%s", real[i].file);
      records = read_bytes (real[i].format, get_name (real[i].format), content, n, report,
                            &error);
      g_assert_no_error (error);
      g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (records, 0, 0)), ==,
                        real[i].n_spans);
      g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (records, 0, 0)), ==,
                        real[i].n_relations);
      if (real[i].warned != NULL)
        g_assert_cmpuint (
            kutip_report_count (report, KUTIP_REPORT_WARNING, real[i].warned), >, 0);
    }
}

static GHashTable *
list_file (const char *format, const char *content, gsize n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = read_named (format, content, n, &error);

  g_assert_no_error (error);
  return list_layer (get_layer (records, 0, 0), NULL);
}

/* INCEpTION's own tests have the same document as TSV and as XMI. */
static void
test_twins (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("KUTIP_SOURCE_DIR"), "..",
                                              "shared", "real", "webanno-tsv", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *tsv_path =
          g_build_filename ("webanno-tsv", name, "reference.tsv", NULL);
      g_autofree char *xmi_path =
          g_build_filename ("webanno-tsv", name, "reference.xmi", NULL);
      gsize n_tsv, n_xmi;
      g_autofree char *tsv = load_real (tsv_path, &n_tsv);
      g_autofree char *xmi = load_real (xmi_path, &n_xmi);
      g_autoptr (GHashTable) one = NULL;
      g_autoptr (GHashTable) two = NULL;
      GHashTableIter iter;
      gpointer line, n;

      /* Rows cut white space off. */
      if (tsv == NULL || xmi == NULL || strstr (name, "Whitespace") != NULL)
        continue;
      one = list_file ("webanno-tsv", tsv, n_tsv);
      two = list_file ("uima-xmi", xmi, n_xmi);
      g_test_message ("%s", name);
      g_hash_table_iter_init (&iter, one);
      while (g_hash_table_iter_next (&iter, &line, &n))
        {
          if (g_hash_table_lookup (two, line) != n)
            g_test_message ("“%s” is not in the XMI", (const char *) line);
          g_assert_true (g_hash_table_lookup (two, line) == n);
        }
      g_assert_cmpuint (g_hash_table_size (two), ==, g_hash_table_size (one));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uima/whole", test_whole);
  g_test_add_func ("/uima/partly", test_partly);
  g_test_add_func ("/uima/annotators", test_annotators);
  g_test_add_func ("/uima/users", test_users);
  g_test_add_func ("/uima/hostile", test_hostile);
  g_test_add_func ("/uima/depth", test_depth);
  g_test_add_func ("/uima/damage", test_damage);
  g_test_add_func ("/uima/zip", test_zip);
  g_test_add_func ("/uima/zip-names", test_zip_names);
  g_test_add_func ("/uima/zip-damage", test_zip_damage);
  g_test_add_func ("/uima/real", test_real);
  g_test_add_func ("/uima/twins", test_twins);
  return g_test_run ();
}
