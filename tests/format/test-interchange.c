/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "format/formats.h"
#include "format/sidecar/sidecar.h"

#include "memory-files.h"
#include "random-layer.h"

#include <string.h>

/* What formats of other tools keep of random documents: written and read back, a layer is
 * what it was, but for what the format's flags and the report say. */

/* What of a layer a format with these flags keeps. */
typedef struct
{
  KutipLayer *copy;
  KutipFeatures keeps;
} Keeping;

static gboolean
keeps (const Keeping *self, KutipFeatures feature)
{
  return (self->keeps & feature) != 0;
}

/* Without lists, where there are none. */
static KutipAttributes *
keep_attributes (const Keeping *self, KutipAttributes *attributes, KutipFeatures feature)
{
  KutipAttributes *kept = NULL;

  if (!keeps (self, feature))
    return NULL;
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      KutipAttributes *with;

      if (attribute.type == KUTIP_VALUE_LIST && !keeps (self, KUTIP_KEEPS_LISTS))
        continue;
      with = kutip_attributes_with (kept, attribute);
      g_clear_pointer (&kept, kutip_attributes_unref);
      kept = with;
    }
  return kept;
}

static gboolean
keep_span (KutipSpan *span, gpointer data)
{
  Keeping *self = data;
  KutipSpanFields fields;
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipSpan) copy = NULL;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  attributes = keep_attributes (self, fields.attributes, KUTIP_KEEPS_ATTRIBUTES);
  fields.attributes = attributes;
  fields.foreign = NULL;
  if (!keeps (self, KUTIP_KEEPS_NOTES))
    fields.note = NULL;
  if (!keeps (self, KUTIP_KEEPS_LINKS))
    fields.n_links = 0;
  if (!keeps (self, KUTIP_KEEPS_UNSURE))
    fields.unsure = FALSE;
  if (!keeps (self, KUTIP_KEEPS_ORIGIN))
    {
      fields.origin_by = NULL;
      fields.origin_score = NAN;
    }
  if (!keeps (self, KUTIP_KEEPS_TIMES))
    fields.created = fields.modified = NULL;
  if (!keeps (self, KUTIP_KEEPS_REVIEWS))
    {
      fields.review = KUTIP_REVIEW_NONE;
      fields.was = NULL;
    }
  copy = kutip_span_new (&fields);
  kutip_layer_add_span (self->copy, copy);
  return TRUE;
}

static gboolean
keep_relation (KutipRelation *relation, gpointer data)
{
  Keeping *self = data;
  KutipRelationFields fields;
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipRelation) copy = NULL;

  kutip_relation_get_fields (relation, &fields);
  if (!keeps (self, KUTIP_KEEPS_RELATIONS) ||
      kutip_layer_get_span (self->copy, fields.from) == NULL ||
      kutip_layer_get_span (self->copy, fields.to) == NULL)
    return TRUE;
  attributes = keep_attributes (self, fields.attributes, KUTIP_KEEPS_RELATION_ATTRIBUTES);
  fields.attributes = attributes;
  fields.foreign = NULL;
  if (!keeps (self, KUTIP_KEEPS_RELATION_NOTES))
    fields.note = NULL;
  if (!keeps (self, KUTIP_KEEPS_EVENTS))
    fields.event = NULL;
  if (!keeps (self, KUTIP_KEEPS_UNSURE))
    fields.unsure = FALSE;
  if (!keeps (self, KUTIP_KEEPS_ORIGIN))
    {
      fields.origin_by = NULL;
      fields.origin_score = NAN;
    }
  if (!keeps (self, KUTIP_KEEPS_TIMES))
    fields.created = fields.modified = NULL;
  copy = kutip_relation_new (&fields);
  kutip_layer_add_relation (self->copy, copy);
  return TRUE;
}

static KutipHeader *
keep_header (const Keeping *self, KutipHeader *header)
{
  KutipHeaderFields fields = *kutip_header_get_fields (header);
  g_autoptr (KutipAttributes) attributes =
      keep_attributes (self, fields.attributes, KUTIP_KEEPS_ARTICLE_ATTRIBUTES);

  fields.attributes = attributes;
  fields.encoding = fields.tagset_name = fields.tagset_version = NULL;
  fields.foreign = fields.article_foreign = fields.tagset_foreign = NULL;
  fields.last_id = 0;
  if (!keeps (self, KUTIP_KEEPS_METADATA))
    fields.language = fields.title = fields.author = fields.date = fields.publisher =
        fields.url = NULL;
  if (!keeps (self, KUTIP_KEEPS_ARTICLE_NOTE))
    fields.note = NULL;
  if (!keeps (self, KUTIP_KEEPS_STATUS))
    fields.status = KUTIP_STATUS_IN_PROGRESS;
  if (!keeps (self, KUTIP_KEEPS_ANNOTATORS) ||
      (fields.annotator != NULL && *fields.annotator == '\0'))
    fields.annotator = NULL;
  return kutip_header_new (&fields);
}

static KutipLayer *
keep (KutipLayer *layer, KutipFeatures features)
{
  Keeping keeping = { NULL, features };
  g_autoptr (KutipHeader) header = keep_header (&keeping, kutip_layer_get_header (layer));

  keeping.copy = kutip_layer_new (header);
  kutip_layer_foreach_span (layer, keep_span, &keeping);
  kutip_layer_foreach_relation (layer, keep_relation, &keeping);
  return keeping.copy;
}

/* --- documents there and back --- */

static const struct
{
  const KutipFormat *format;
  KutipFeatures also; /* kept for Kutip, though other tools see less */
} kept[] = {
  { &kutip_format_prodigy, KUTIP_KEEPS_PIECES },
  { &kutip_format_web_annotation, 0 },
  { &kutip_format_label_studio,
    KUTIP_KEEPS_PIECES | KUTIP_KEEPS_EVENTS | KUTIP_KEEPS_RELATION_ATTRIBUTES |
        KUTIP_KEEPS_RELATION_NOTES | KUTIP_KEEPS_STATUS | KUTIP_KEEPS_ARTICLE_NOTE },
};

/* The whole stream that @format makes of one record. */
static void
write_stream (const KutipFormat *format,
              KutipRecord *record,
              const KutipFormatOptions *options,
              MemoryFiles *files,
              KutipReport *report)
{
  g_autoptr (GError) error = NULL;

  if (format->begin != NULL && !format->in_files)
    format->begin (NULL, options, &files->sink, &error);
  format->write (record, options, &files->sink, report, &error);
  if (format->end != NULL && !format->in_files)
    format->end (NULL, options, 1, &files->sink, &error);
  g_assert_no_error (error);
  if (format->apart)
    memory_files_put (
        files, "sample.txt",
        kutip_text_get_utf8 (kutip_article_get_text (record->article), NULL));
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
        break;
      }
}

static void
check_round_trip (guint row, KutipArticle *article, GPtrArray *layers)
{
  const KutipFormat *format = kept[row].format;
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipRecord) record = kutip_record_new ("sample.txt", article);
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  KutipFormatOptions options = { 0 };
  KutipRecord *got;

  for (guint i = 0; i < layers->len; i++)
    g_ptr_array_add (record->layers, g_object_ref (g_ptr_array_index (layers, i)));
  write_stream (format, record, &options, files, report);
  records = memory_files_read (files, "", format, &options, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  got = g_ptr_array_index (records, 0);
  g_assert_cmpstr (got->path, ==, "sample.txt");
  g_assert_cmpuint (got->layers->len, ==, layers->len);
  for (guint i = 0; i < layers->len; i++)
    {
      g_autoptr (KutipLayer) expected =
          keep (g_ptr_array_index (layers, i), format->keeps | kept[row].also);

      if (!kutip_layer_equal (g_ptr_array_index (got->layers, i), expected))
        show_difference (article, g_ptr_array_index (got->layers, i), expected);
      g_assert_true (kutip_layer_equal (g_ptr_array_index (got->layers, i), expected));
    }
}

static void
name_layer (KutipLayer *layer, const char *annotator)
{
  KutipHeaderFields fields = *kutip_header_get_fields (kutip_layer_get_header (layer));
  g_autoptr (KutipHeader) header = NULL;

  fields.annotator = annotator;
  header = kutip_header_new (&fields);
  kutip_layer_set_header (layer, header);
}

static void
test_round_trip (void)
{
  for (guint32 seed = 1; seed <= rounds (60); seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (KutipArticle) article =
          random_article (random, (guint) g_rand_int_range (random, 2, 300));
      g_autoptr (GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
      guint n_layers = 1 + seed % 2;

      for (guint i = 0; i < n_layers; i++)
        {
          KutipLayer *layer =
              random_layer (random, article, (guint) g_rand_int_range (random, 1, 40));

          name_layer (layer, i == 0 ? NULL : "Ayu \"2\" / é");
          g_ptr_array_add (layers, layer);
        }
      for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
        {
          g_test_message ("seed %u, %s", seed, kept[i].format->name);
          check_round_trip (i, article, layers);
        }
    }
}

/* --- formats that keep no ids of relations, or not all spans --- */

/* Losses after which a span is not what it was. */
static const char *const changed[] = { "borders", "empty-text", "spans",
                                       "pieces",  "labels",     NULL };

static GHashTable *
list_changed (KutipReport *report)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < kutip_report_get_n_entries (report); i++)
    {
      const KutipReportEntry *entry = kutip_report_get_nth (report, i);

      if (entry->id != NULL && g_strv_contains (changed, entry->what))
        g_hash_table_add (ids, g_strdup (entry->id));
    }
  return ids;
}

typedef struct
{
  KutipLayer *layer;
  GHashTable *without;
  GPtrArray *lines; /* what is there, each as a string */
} Listing;

static gboolean
list_span (KutipSpan *span, gpointer data)
{
  Listing *self = data;
  GString *line = g_string_new (NULL);

  if (g_hash_table_contains (self->without, kutip_span_get_id (span)))
    {
      g_string_free (line, TRUE);
      return TRUE;
    }
  g_string_printf (line, "%s %s", kutip_span_get_id (span), kutip_span_get_label (span));
  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    g_string_append_printf (line, " %u-%u", kutip_span_get_ranges (span)[i].start,
                            kutip_span_get_ranges (span)[i].end);
  g_ptr_array_add (self->lines, g_string_free (line, FALSE));
  return TRUE;
}

static gboolean
list_relation (KutipRelation *relation, gpointer data)
{
  Listing *self = data;
  const char *from = kutip_relation_get_from (relation);
  const char *to = kutip_relation_get_to (relation);

  if (!g_hash_table_contains (self->without, from) &&
      !g_hash_table_contains (self->without, to))
    g_ptr_array_add (
        self->lines,
        g_strdup_printf ("%s -%s> %s", from, kutip_relation_get_label (relation), to));
  return TRUE;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Spans and relations as sorted lines, but for spans in @without. Owned. */
static char *
list_layer (KutipLayer *layer, GHashTable *without)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Listing listing = { layer, without, lines };

  kutip_layer_foreach_span (layer, list_span, &listing);
  kutip_layer_foreach_relation (layer, list_relation, &listing);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
check_loosely (const KutipFormat *format,
               const char *name,
               const KutipFormatOptions *options,
               KutipArticle *article,
               KutipLayer *layer)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipRecord) record = kutip_record_new ("sample.txt", article);
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (KutipLayer) kept_layer = keep (layer, format->keeps | format->counts);
  g_autoptr (GHashTable) without = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *got = NULL;
  g_autofree char *expected = NULL;
  KutipRecord *first;

  g_ptr_array_add (record->layers, g_object_ref (layer));
  write_stream (format, record, options, files, report);
  without = list_changed (report);
  records = memory_files_read (files, name, format, options, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  first = g_ptr_array_index (records, 0);
  g_assert_cmpstr (first->path, ==, "sample.txt");
  g_assert_cmpstr (kutip_text_get_utf8 (kutip_article_get_text (first->article), NULL),
                   ==, kutip_text_get_utf8 (kutip_article_get_text (article), NULL));
  got = list_layer (g_ptr_array_index (first->layers, 0), without);
  expected = list_layer (kept_layer, without);
  g_assert_cmpstr (got, ==, expected);
}

static void
test_conllu (void)
{
  for (guint32 seed = 1; seed <= rounds (80); seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (KutipArticle) article =
          random_article (random, (guint) g_rand_int_range (random, 2, 300));
      g_autoptr (KutipLayer) layer =
          random_layer (random, article, (guint) g_rand_int_range (random, 0, 30));
      KutipFormatOptions options = { .bioes = seed % 2 == 0 };

      g_test_message ("seed %u", seed);
      check_loosely (&kutip_format_conllu, "", &options, article, layer);
    }
}

/* --- attributions --- */

static const char *const roles[] = { "quote", "source", "cue" };

static gboolean
give_role (KutipSpan *span, gpointer data)
{
  KutipLayer *copy = data;
  KutipSpanFields fields;
  g_autoptr (KutipSpan) with = NULL;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  fields.label = roles[kutip_layer_get_n_spans (copy) % G_N_ELEMENTS (roles)];
  fields.foreign = NULL;
  with = kutip_span_new (&fields);
  kutip_layer_add_span (copy, with);
  return TRUE;
}

/* Quotes link to sources, and one to a cue at most; sources to those before them. */
static gboolean
link_role (KutipSpan *span, gpointer data)
{
  KutipLayer *copy = data;
  g_autofree char *id = kutip_layer_make_id (copy, "r");
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipRelation) relation = NULL;
  guint position = 0;
  KutipSpan *to;

  if (strcmp (kutip_span_get_label (span), "quote") != 0 ||
      !kutip_layer_get_position (copy, span, &position))
    return TRUE;
  to = kutip_layer_get_nth_span (copy, position == 0 ? 1 : position - 1);
  if (to == NULL || strcmp (kutip_span_get_label (to), "quote") == 0)
    return TRUE;
  fields.id = id;
  fields.from = kutip_span_get_id (span);
  fields.to = kutip_span_get_id (to);
  fields.label =
      strcmp (kutip_span_get_label (to), "cue") == 0 ? "introduced-by" : "attributed-to";
  relation = kutip_relation_new (&fields);
  kutip_layer_add_relation (copy, relation);
  return TRUE;
}

static void
test_citron (void)
{
  for (guint32 seed = 1; seed <= rounds (80); seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (KutipArticle) article =
          random_article (random, (guint) g_rand_int_range (random, 2, 300));
      g_autoptr (KutipLayer) layer =
          random_layer (random, article, (guint) g_rand_int_range (random, 0, 30));
      g_autoptr (KutipHeader) header = kutip_header_new (&(KutipHeaderFields){ 0 });
      g_autoptr (KutipLayer) attributions = kutip_layer_new (header);
      KutipFormatOptions options = { 0 };

      g_test_message ("seed %u", seed);
      kutip_layer_foreach_span (layer, give_role, attributions);
      kutip_layer_foreach_span (attributions, link_role, attributions);
      check_loosely (&kutip_format_citron, "sample.json", &options, article,
                     attributions);
    }
}

/* --- places --- */

/* Where an article is that has its annotations in another folder than its text. */
static void
test_places (void)
{
  static const struct
  {
    const char *annotations;
    const char *others; /* of the same text, or NULL */
    const char *text;
    const char *article;
  } rows[] = {
    { "a.ann", NULL, "a.txt", "a.txt" },
    { "x/a_b.ann", NULL, "x/a.txt", "x/a.txt" },
    { "attributions/a.ann", NULL, "text/a.txt", "text/a.txt" },
    { "attributions/a_b.ann", NULL, "text/a.txt", "text/a.txt" },
    { "n/m/attributions/a.ann", NULL, "n/m/txt/a.txt", "n/m/txt/a.txt" },
    { "x/ann/a.ann", NULL, "x/a.txt", "x/a.txt" },
    { "ann/a.ann", NULL, "a.txt", "a.txt" },
    /* Of others of another text nothing is to be feared. */
    { "attributions/a.ann", "text/b.ann", "text/a.txt", "text/a.txt" },
    { "attributions/a.ann", "coreference/ab.ann", "text/a.txt", "text/a.txt" },
    /* Two sets of annotations of one text stay apart. */
    { "attributions/a.ann", "text/a.ann", "text/a.txt", "attributions/a.txt" },
    { "attributions/a.ann", "coreference/a_b.ann", "text/a.txt", "attributions/a.txt" },
    { "coreference/a_b.ann", "attributions/a.ann", "text/a.txt", "coreference/a.txt" },
    { "attributions/a.ann", "text/deep/a.ann", "text/a.txt", "attributions/a.txt" },
    { "text/deep/a.ann", "attributions/a.ann", "text/a.txt", "text/deep/a.txt" },
    { "ann/a.ann", "other/a.ann", "a.txt", "ann/a.txt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MemoryFiles) files = memory_files_new ();
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GPtrArray) records = NULL;
      KutipFormatOptions options = { 0 };
      const KutipRecord *record;

      g_test_message ("%s, %s", rows[i].annotations, rows[i].text);
      memory_files_put (files, rows[i].text, "Foo");
      memory_files_put (files, rows[i].annotations, "T1\tX 0 3\tFoo\n");
      if (rows[i].others != NULL)
        memory_files_put (files, rows[i].others, "T1\tY 0 3\tFoo\n");
      records = memory_files_read (files, rows[i].annotations, &kutip_format_brat,
                                   &options, report, NULL);
      g_assert_cmpuint (records->len, ==, 1);
      record = g_ptr_array_index (records, 0);
      g_assert_cmpstr (record->path, ==, rows[i].article);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interchange/places", test_places);
  g_test_add_func ("/interchange/round-trip", test_round_trip);
  g_test_add_func ("/interchange/conllu", test_conllu);
  g_test_add_func ("/interchange/citron", test_citron);
  return g_test_run ();
}
