/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"

#include "random-layer.h"

#include <string.h>

#define DIGEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define FORMAT "\"format\": 1,\n"
#define ARTICLE                                                                          \
  "\"article\": {\"file\": \"a.txt\", \"sha256\": \"" DIGEST "\", \"length\": 10},\n"
#define OFFSETS "\"offsets\": \"unicode code points\",\n"
/* Three lines; what comes behind begins line 4, column 1. */
#define TOP "{" FORMAT ARTICLE OFFSETS
#define SPAN(id, rest)                                                                   \
  "{\"id\": \"" id "\", \"label\": \"l\", \"ranges\": [[0, 2]], \"text\": [\"ab\"]" rest \
  "}"
#define SPANS "\"spans\": [" SPAN ("s1", "") "],\n"
/* The span's own columns are counted from 1: it stands alone on line 5. */
#define ONE_SPAN(span) TOP "\"spans\": [\n" span "\n]}"
/* The relation stands alone on line 6. */
#define ONE_RELATION(relation) TOP SPANS "\"relations\": [\n" relation "\n]}"

/* What is JSON but no sidecar. */
static const struct
{
  const char *json;
  guint line, column;
  const char *says; /* a part of the message */
} invalid[] = {
  { "[]", 1, 1, "not [" },
  { "{}", 1, 1, "lacks “format”" },
  { "{" ARTICLE OFFSETS "\"spans\": []}", 1, 1, "lacks “format”" },
  { "{" FORMAT OFFSETS "\"spans\": []}", 1, 1, "lacks “article”" },
  { "{" FORMAT ARTICLE "\"spans\": []}", 1, 1, "lacks “offsets”" },
  { TOP "\"relations\": []}", 1, 1, "lacks “spans”" },
  { "{\"format\": 0}", 1, 12, "number 1" },
  { "{\"format\": -1}", 1, 12, "whole number" },
  { "{\"format\": 1.0}", 1, 12, "whole number" },
  { "{\"format\": 99999999999}", 1, 12, "whole number" },
  { "{\"format\": \"1\"}", 1, 12, "not \"1\"" },
  { "{\"format\": null}", 1, 12, "not null" },
  { "{" FORMAT "\"article\": []}", 2, 12, "not [" },
  { "{" FORMAT "\"article\": {}}", 2, 12, "lacks “file”" },
  { "{" FORMAT "\"article\": {\"file\": \"a\", \"length\": 1}}", 2, 12,
    "lacks “sha256”" },
  { "{" FORMAT "\"article\": {\"file\": \"a\", \"sha256\": \"" DIGEST "\"}}", 2, 12,
    "lacks “length”" },
  { "{" FORMAT "\"article\": {\"file\": \"\"}}", 2, 21, "without a folder" },
  { "{" FORMAT "\"article\": {\"file\": \"../a\"}}", 2, 21, "without a folder" },
  { "{" FORMAT "\"article\": {\"file\": 1}}", 2, 21, "not 1" },
  { "{" FORMAT "\"article\": {\"sha256\": \"00\"}}", 2, 23, "64 hexadecimal" },
  { "{" FORMAT "\"article\": {\"length\": -1}}", 2, 23, "whole number" },
  { "{" FORMAT "\"article\": {\"title\": null}}", 2, 22, "not null" },
  { "{" FORMAT "\"offsets\": \"bytes\"}", 2, 12, "unicode code points" },
  { TOP "\"tagset\": \"x\"}", 4, 11, "not \"x\"" },
  { TOP "\"tagset\": {\"version\": 1}}", 4, 23, "not 1" },
  { TOP "\"annotator\": true}", 4, 14, "not true" },
  { TOP "\"status\": \"ready\"}", 4, 11, "in-progress" },
  { TOP "\"status\": 1}", 4, 11, "not 1" },
  { TOP "\"attributes\": []}", 4, 15, "not [" },
  { TOP "\"attributes\": {\"a\": false}}", 4, 21, "an attribute is" },
  { TOP "\"attributes\": {\"a\": null}}", 4, 21, "an attribute is" },
  { TOP "\"attributes\": {\"a\": 1}}", 4, 21, "an attribute is" },
  { TOP "\"attributes\": {\"a\": {}}}", 4, 21, "an attribute is" },
  { TOP "\"attributes\": {\"a\": [\"b\", 1]}}", 4, 27, "not 1" },
  { TOP "\"attributes\": {\"a\": [[]]}}", 4, 22, "not [" },
  { TOP "\"note\": []}", 4, 9, "not [" },
  { TOP "\"last_id\": 1000000000}", 4, 12, "999999999" },
  { TOP "\"spans\": {}}", 4, 10, "not {" },
  { TOP "\"spans\": [1]}", 4, 11, "not 1" },
  { TOP SPANS "\"relations\": {}}", 5, 14, "not {" },

  { ONE_SPAN ("{}"), 5, 1, "lacks “id”" },
  { ONE_SPAN ("{\"id\": \"s1\"}"), 5, 1, "lacks “label”" },
  { ONE_SPAN ("{\"id\": \"s1\", \"label\": \"l\"}"), 5, 1, "lacks “ranges”" },
  { ONE_SPAN ("{\"id\": \"s1\", \"label\": \"l\", \"ranges\": [[0, 1]]}"), 5, 1,
    "lacks “text”" },
  { ONE_SPAN ("{\"id\": \"\"}"), 5, 8, "must not be empty" },
  { ONE_SPAN ("{\"id\": 1}"), 5, 8, "not 1" },
  { ONE_SPAN ("{\"label\": \"\"}"), 5, 11, "must not be empty" },
  { ONE_SPAN ("{\"ranges\": []}"), 5, 13, "at least one range" },
  { ONE_SPAN ("{\"ranges\": [0, 1]}"), 5, 13, "not 0" },
  { ONE_SPAN ("{\"ranges\": [[]]}"), 5, 14, "not ]" },
  { ONE_SPAN ("{\"ranges\": [[0]]}"), 5, 15, "not ]" },
  { ONE_SPAN ("{\"ranges\": [[0, 1, 2]]}"), 5, 20, "two numbers" },
  { ONE_SPAN ("{\"ranges\": [[1, 1]]}"), 5, 17, "behind its start" },
  { ONE_SPAN ("{\"ranges\": [[2, 1]]}"), 5, 17, "behind its start" },
  { ONE_SPAN ("{\"ranges\": [[-1, 1]]}"), 5, 14, "not -1" },
  { ONE_SPAN ("{\"ranges\": [[0, 1.5]]}"), 5, 17, "not 1.5" },
  { ONE_SPAN ("{\"ranges\": [[0, 2147483648]]}"), 5, 17, "2147483647" },
  { ONE_SPAN ("{\"ranges\": [[0, 99999999999999999999]]}"), 5, 17, "2147483647" },
  { ONE_SPAN ("{\"ranges\": [[0, 1], [1, 2]]}"), 5, 25, "must not touch" },
  { ONE_SPAN ("{\"ranges\": [[2, 3], [0, 1]]}"), 5, 25, "in order" },
  { ONE_SPAN ("{\"ranges\": [[0, 3], [1, 2]]}"), 5, 25, "in order" },
  { ONE_SPAN ("{\"text\": \"ab\"}"), 5, 10, "not \"ab\"" },
  { ONE_SPAN ("{\"text\": [null]}"), 5, 11, "not null" },
  { ONE_SPAN ("{\"id\": \"s\", \"label\": \"l\", \"ranges\": [[0, 2]], \"text\": [\"a\", "
              "\"b\"]}"),
    5, 1, "as many texts as ranges" },
  { ONE_SPAN ("{\"id\": \"s\", \"label\": \"l\", \"ranges\": [[0, 2]], \"text\": []}"), 5,
    1, "as many texts as ranges" },
  { ONE_SPAN ("{\"prefix\": 1}"), 5, 12, "not 1" },
  { ONE_SPAN ("{\"suffix\": []}"), 5, 12, "not [" },
  { ONE_SPAN ("{\"attributes\": \"x\"}"), 5, 16, "not \"x\"" },
  { ONE_SPAN ("{\"links\": {}}"), 5, 11, "not {" },
  { ONE_SPAN ("{\"links\": [1]}"), 5, 12, "not 1" },
  { ONE_SPAN ("{\"links\": [{\"base\": \"b\"}]}"), 5, 12, "lacks “id”" },
  { ONE_SPAN ("{\"links\": [{\"id\": \"b\"}]}"), 5, 12, "lacks “base”" },
  { ONE_SPAN ("{\"links\": [{\"id\": 7747}]}"), 5, 19, "not 7747" },
  { ONE_SPAN ("{\"note\": true}"), 5, 10, "not true" },
  { ONE_SPAN ("{\"unsure\": \"yes\"}"), 5, 12, "not \"yes\"" },
  { ONE_SPAN ("{\"unsure\": 1}"), 5, 12, "not 1" },
  { ONE_SPAN ("{\"review\": \"maybe\"}"), 5, 12, "approximate" },
  { ONE_SPAN ("{\"review\": true}"), 5, 12, "not true" },
  { ONE_SPAN ("{\"was\": \"x\"}"), 5, 9, "not \"x\"" },
  { ONE_SPAN ("{\"was\": [1]}"), 5, 10, "not 1" },
  { ONE_SPAN ("{\"origin\": \"rule\"}"), 5, 12, "not \"rule\"" },
  { ONE_SPAN ("{\"origin\": {\"score\": 1}}"), 5, 12, "lacks “by”" },
  { ONE_SPAN ("{\"origin\": {\"by\": \"\"}}"), 5, 19, "must not be empty" },
  { ONE_SPAN ("{\"origin\": {\"score\": \"1\"}}"), 5, 22, "not \"1\"" },
  { ONE_SPAN ("{\"origin\": {\"score\": 1e999}}"), 5, 22, "too large" },
  { ONE_SPAN ("{\"created\": 1669109400}"), 5, 13, "not 1669109400" },
  { ONE_SPAN ("{\"modified\": {}}"), 5, 14, "not {" },
  { TOP "\"spans\": [" SPAN ("s1", "") ",\n" SPAN ("s1", "") "]}", 5, 1, "used twice" },

  { ONE_RELATION ("{}"), 6, 1, "lacks “id”" },
  { ONE_RELATION ("{\"id\": \"r\", \"label\": \"l\", \"from\": \"s1\"}"), 6, 1,
    "lacks “to”" },
  { ONE_RELATION ("{\"id\": \"\"}"), 6, 8, "must not be empty" },
  { ONE_RELATION ("{\"from\": [\"s1\"]}"), 6, 10, "not [" },
  { ONE_RELATION ("{\"event\": 1}"), 6, 11, "not 1" },
  { ONE_RELATION ("{\"id\": \"r1\", \"label\": \"l\", \"from\": \"s1\", \"to\": \"s2\"}"),
    6, 1, "no span “s2”" },
  { ONE_RELATION ("{\"id\": \"r1\", \"label\": \"l\", \"from\": \"s0\", \"to\": \"s1\"}"),
    6, 1, "no span “s0”" },
  { ONE_RELATION ("{\"id\": \"r1\", \"label\": \"l\", \"from\": \"s1\", \"to\": \"r1\"}"),
    6, 1, "no span “r1”" },
  { ONE_RELATION ("{\"id\": \"s1\", \"label\": \"l\", \"from\": \"s1\", \"to\": \"s1\"}"),
    6, 1, "“s1” is used twice" },
};

static void
assert_message (const GError *error, guint line, guint column, const char *says)
{
  g_autofree char *place = g_strdup_printf ("line %u, column %u: ", line, column);

  if (!g_str_has_prefix (error->message, place) || strstr (error->message, says) == NULL)
    g_error ("“%s” is not “%s…%s…”", error->message, place, says);
}

static void
test_invalid (void)
{
  g_autoptr (KutipText) text = kutip_text_new ("ab, cd, ef");

  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      const char *json = invalid[i].json;
      g_auto (KutipSidecarInfo) info = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", json);
      g_assert_null (kutip_sidecar_read (json, strlen (json), text, &info, &error));
      g_assert_error (error, KUTIP_SIDECAR_ERROR, KUTIP_SIDECAR_ERROR_INVALID);
      assert_message (error, invalid[i].line, invalid[i].column, invalid[i].says);
      g_assert_null (info.file);
    }
}

/* Without a text, a span cannot be an orphan: it must lie within the length that the file
 * names. */
static void
test_without_text (void)
{
  static const char good[] = ONE_SPAN ("{\"id\": \"s\", \"label\": \"l\", \"ranges\": "
                                       "[[0, 2], [8, 10]], \"text\": [\"a\", \"b\"]}");
  static const char bad[] = ONE_SPAN ("{\"id\": \"s\", \"label\": \"l\", \"ranges\": "
                                      "[[0, 2], [8, 11]], \"text\": [\"a\", \"b\"]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipLayer) layer =
      kutip_sidecar_read (good, strlen (good), NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (kutip_span_is_orphan (kutip_layer_get_span (layer, "s")));
  g_assert_null (kutip_sidecar_read (bad, strlen (bad), NULL, NULL, &error));
  g_assert_error (error, KUTIP_SIDECAR_ERROR, KUTIP_SIDECAR_ERROR_INVALID);
  assert_message (error, 5, 1, "ends at 11, but the text ends at 10");
}

/* Every beginning of a file is an error that says so, with its place; but its header can
 * be read as soon as the spans begin. */
static void
test_truncated (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (KutipArticle) article = random_article (random, 100);
  g_autoptr (KutipLayer) layer = random_layer (random, article, 8);
  g_autoptr (GString) json = kutip_sidecar_write (article, layer);
  gsize n_header = (gsize) (strstr (json->str, "\n  \"spans\": ") + 11 - json->str);

  for (gsize n = 0; n < json->len; n++)
    {
      g_autofree char *bytes = g_memdup2 (json->str, n);
      g_autoptr (GError) error = NULL;
      g_autoptr (KutipHeader) header = NULL;
      KutipLayer *read = NULL;

      if (n == json->len - 1)
        break; /* all but the last line end is the whole */
      read =
          kutip_sidecar_read (bytes, n, kutip_article_get_text (article), NULL, &error);
      g_assert_null (read);
      g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_TRUNCATED);
      g_assert_true (g_str_has_prefix (error->message, "line "));
      g_clear_error (&error);
      header = kutip_sidecar_read_header (bytes, n, &error);
      g_assert_cmpint (header != NULL, ==, n >= n_header);
      if (header == NULL)
        g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_TRUNCATED);
      else
        g_assert_cmpint (
            kutip_header_get_fields (header)->status, ==,
            kutip_header_get_fields (kutip_layer_get_header (layer))->status);
    }
}

static void
test_header (void)
{
  static const struct
  {
    const char *json;
    KutipStatus status;
    const char *title;
    const char *reason;
  } rows[] = {
    { TOP "\"status\": \"done\", \"spans\": [broken", KUTIP_STATUS_DONE, NULL,
      "what stands behind the status is not looked at" },
    { TOP "\"spans\": [], \"status\": \"new\"}", KUTIP_STATUS_NEW, NULL,
      "a status behind the spans is found" },
    { TOP "\"spans\": []}", KUTIP_STATUS_IN_PROGRESS, NULL, "no status" },
    { "{\"status\": \"done\", \"spans\": [1], " FORMAT OFFSETS
      "\"article\": {\"file\": \"a\", \"sha256\": \"" DIGEST
      "\", \"length\": 1, \"title\": \"T\"}}",
      KUTIP_STATUS_DONE, "T", "an article behind the spans is found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KutipHeader) header =
          kutip_sidecar_read_header (rows[i].json, strlen (rows[i].json), &error);

      g_test_message ("%s", rows[i].reason);
      g_assert_no_error (error);
      g_assert_cmpint (kutip_header_get_fields (header)->status, ==, rows[i].status);
      g_assert_cmpstr (kutip_header_get_fields (header)->title, ==, rows[i].title);
    }
}

/* Of a newer format, what can be understood is read, and the rest is left out. */
static void
test_newer (void)
{
  static const char json[] =
      "{\"format\": 2,\n" ARTICLE OFFSETS
      "\"status\": \"reviewed\", \"note\": \"n\", \"attributes\": {\"a\": 1},\n"
      "\"spans\": [" SPAN ("s1", "") ", " SPAN ("s1", "") ", " SPAN (
          "s2",
          ", \"note\": 1") ",\n"
                           "{\"id\": \"s3\", \"where\": \"elsewhere\"}, " SPAN (
                               "s4",
                               ", \"confidence\": 0.5") "],\n"
                                                        "\"relations\": [{\"id\": "
                                                        "\"r1\", \"label\": \"l\", "
                                                        "\"from\": \"s1\", \"to\": "
                                                        "\"s4\"},\n"
                                                        "{\"id\": \"r2\", \"label\": "
                                                        "\"l\", \"from\": \"s1\", "
                                                        "\"to\": \"s2\"}, \"r3\"]}";
  g_autoptr (KutipText) text = kutip_text_new ("ab, cd, ef");
  g_auto (KutipSidecarInfo) info = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipLayer) layer =
      kutip_sidecar_read (json, strlen (json), text, &info, &error);
  const KutipHeaderFields *header;

  g_assert_no_error (error);
  g_assert_cmpuint (info.format, ==, 2);
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 2);
  g_assert_nonnull (kutip_layer_get_span (layer, "s1"));
  g_assert_nonnull (kutip_layer_get_span (layer, "s4"));
  g_assert_cmpuint (kutip_layer_get_n_relations (layer), ==, 1);
  header = kutip_header_get_fields (kutip_layer_get_header (layer));
  g_assert_cmpint (header->status, ==, KUTIP_STATUS_IN_PROGRESS);
  g_assert_cmpstr (header->note, ==, "n");
  g_assert_null (header->attributes);
}

/* A newer format that is no JSON, or that counts in another unit, is refused all the
 * same. */
static void
test_newer_refused (void)
{
  static const char *const rows[] = {
    "{\"format\": 2, \"spans\": [",
    "{\"format\": 2,\n" ARTICLE "\"offsets\": \"bytes\", \"spans\": []}",
    "{\"format\": 2,\n" ARTICLE OFFSETS "\"spans\": {}}",
    "{\"format\": 2}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_null (kutip_sidecar_read (rows[i], strlen (rows[i]), NULL, NULL, NULL));
}

/* In a journal the reader fails, and the caller learns it from there. */
static void
test_parts (void)
{
  static const struct
  {
    const char *json;
    gboolean span, relation, header;
  } rows[] = {
    { SPAN ("s1", ""), TRUE, FALSE, TRUE },
    { "{\"id\": \"r1\", \"label\": \"l\", \"from\": \"a\", \"to\": \"b\"}", FALSE, TRUE,
      TRUE },
    { "{}", FALSE, FALSE, TRUE },
    { "{\"note\": 1}", FALSE, FALSE, FALSE },
    { "{\"foreign\": [[\"a\", \"b\"]]}", FALSE, FALSE, FALSE },
    { "{\"foreign\": [[\"a\", \"b\", 1, 2]]}", FALSE, FALSE, FALSE },
    { "{\"foreign\": [[\"a\", \"b\", {\"c\": 1}]]}", FALSE, FALSE, TRUE },
    { "{\"status\": \"\"}", FALSE, FALSE, FALSE },
    { "[", FALSE, FALSE, FALSE },
    { "", FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize n = strlen (rows[i].json);
      g_autoptr (KutipJsonReader) first = kutip_json_reader_new (rows[i].json, n);
      g_autoptr (KutipJsonReader) second = kutip_json_reader_new (rows[i].json, n);
      g_autoptr (KutipJsonReader) third = kutip_json_reader_new (rows[i].json, n);
      g_autoptr (KutipSpan) span = kutip_sidecar_read_span (first, NULL);
      g_autoptr (KutipRelation) relation = kutip_sidecar_read_relation (second);
      g_autoptr (KutipHeader) header = kutip_sidecar_read_header_object (third);

      g_test_message ("%s", rows[i].json);
      g_assert_cmpint (span != NULL, ==, rows[i].span);
      g_assert_cmpint (relation != NULL, ==, rows[i].relation);
      g_assert_cmpint (header != NULL, ==, rows[i].header);
      g_assert_cmpint (kutip_json_reader_failed (first), ==, !rows[i].span);
      g_assert_cmpint (kutip_json_reader_failed (second), ==, !rows[i].relation);
      g_assert_cmpint (kutip_json_reader_failed (third), ==, !rows[i].header);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sidecar-errors/invalid", test_invalid);
  g_test_add_func ("/sidecar-errors/without-text", test_without_text);
  g_test_add_func ("/sidecar-errors/truncated", test_truncated);
  g_test_add_func ("/sidecar-errors/header", test_header);
  g_test_add_func ("/sidecar-errors/newer", test_newer);
  g_test_add_func ("/sidecar-errors/newer-refused", test_newer_refused);
  g_test_add_func ("/sidecar-errors/parts", test_parts);
  return g_test_run ();
}
