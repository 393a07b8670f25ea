/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "format/formats.h"
#include "format/sidecar/sidecar.h"

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
  for (guint32 seed = 1; seed <= rounds (60); seed++)
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

/* Some twins call the same annotation something else. */
static gboolean places_only;

static char *
describe_span (KutipSpan *span)
{
  GString *line = g_string_new (places_only ? "" : kutip_span_get_label (span));

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
  for (guint32 seed = 1; seed <= rounds (60); seed++)
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
      records = memory_files_read_bytes (real[i].format, real[i].file, content, n, report,
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
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) records =
      memory_files_read_bytes (format, "a", content, n, report, &error);

  g_assert_no_error (error);
  return list_layer (get_layer (records, 0, 0), NULL);
}

/* INCEpTION's own tests have the same document as TSV and as XMI, which may say more:
 * what a dependency joins are tokens there. */
static void
test_twins (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("KUTIP_SOURCE_DIR"), "..",
                                              "shared", "real", "webanno-tsv", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  places_only = TRUE;
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
          if (g_hash_table_lookup (two, line) < n)
            g_test_message ("“%s”: %u, in the XMI %u", (const char *) line,
                            GPOINTER_TO_UINT (n),
                            GPOINTER_TO_UINT (g_hash_table_lookup (two, line)));
          g_assert_true (g_hash_table_lookup (two, line) >= n);
        }
    }
  places_only = FALSE;
}

/* --- long articles --- */

/* With a sanitizer each allocation walks the stack; what it finds, few find as well. */
#ifdef __SANITIZE_ADDRESS__
#define N_LONG 1000u
#else
#define N_LONG 40000u
#endif

/* A span on each word, and a relation from each to the one before. */
static KutipRecord *
make_long_record (void)
{
  GString *words = g_string_new (NULL);
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipArticle) article = NULL;
  KutipHeaderFields header_fields = { .status = KUTIP_STATUS_DONE };
  g_autoptr (KutipHeader) header = kutip_header_new (&header_fields);
  g_autoptr (KutipLayer) layer = kutip_layer_new (header);
  KutipRecord *record;

  for (guint i = 0; i < rounds (N_LONG); i++)
    g_string_append (words, i % 20 == 19 ? "the.\n" : "word ");
  text = kutip_text_new_take (words->str, words->len);
  g_string_free (words, FALSE);
  article = kutip_record_make_article ("folder/sample.txt", text);
  record = kutip_record_new ("folder/sample.txt", article);
  for (guint i = 0; i < rounds (N_LONG); i++)
    {
      KutipRange range = { i * 5, i * 5 + 3 };
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autofree char *last_id = g_strdup_printf ("s%u", i - 1);
      g_autofree char *relation_id = g_strdup_printf ("r%u", i);
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRelationFields relation_fields = KUTIP_RELATION_FIELDS_INIT;
      g_autoptr (KutipSpan) span = NULL;
      g_autoptr (KutipRelation) relation = NULL;

      fields.id = id;
      fields.label = i % 2 == 0 ? "cue" : "source";
      fields.ranges = &range;
      fields.n_ranges = 1;
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
      if (i == 0)
        continue;
      relation_fields.id = relation_id;
      relation_fields.label = "follows";
      relation_fields.from = id;
      relation_fields.to = last_id;
      relation = kutip_relation_new (&relation_fields);
      kutip_layer_add_relation (layer, relation);
    }
  g_ptr_array_add (record->layers, g_steal_pointer (&layer));
  return record;
}

/* No annotation costs a walk over all others: that would be thousands of millions of
 * steps, and minutes. */
static void
test_long (void)
{
  static const struct
  {
    const KutipFormat *format;
    const char *name;
  } rows[] = {
    { &kutip_format_webanno_tsv, "folder/sample.tsv" },
    { &kutip_format_uima_xmi, "folder/sample.zip" },
    { &kutip_format_uima_json, "folder/sample.json" },
  };
  g_autoptr (KutipRecord) record = make_long_record ();
  g_autoptr (GHashTable) expected =
      list_layer (g_ptr_array_index (record->layers, 0), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GPtrArray) records =
          write_and_read (rows[i].format, record, rows[i].name, report);
      g_autoptr (GHashTable) got = list_layer (get_layer (records, 0, 0), NULL);
      GHashTableIter iter;
      gpointer line, n;

      g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (records, 0, 0)), ==,
                        rounds (N_LONG));
      g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (records, 0, 0)), ==,
                        rounds (N_LONG) - 1);
      g_hash_table_iter_init (&iter, expected);
      while (g_hash_table_iter_next (&iter, &line, &n))
        g_assert_true (g_hash_table_lookup (got, line) == n);
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
  g_test_add_func ("/uima/real", test_real);
  g_test_add_func ("/uima/twins", test_twins);
  g_test_add_func ("/uima/long", test_long);
  return g_test_run ();
}
