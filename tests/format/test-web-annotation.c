/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-files.h"

#include "format/formats.h"

#include <string.h>

/* Links between annotations that stand in any place of a file, in pages that Kutip wrote
 * and in those of others. */

static const char texts[] = "Putin berkata bahwa ia datang.";

#define SPAN(id, more)                                                                   \
  "{\"id\": \"" id "\", \"type\": \"Annotation\", \"body\": {\"type\": "                 \
  "\"TextualBody\", \"purpose\": \"tagging\", \"value\": \"quote\"}, \"target\": "       \
  "{\"source\": \"a.txt\", \"selector\": {\"type\": \"TextPositionSelector\", "          \
  "\"start\": 0, \"end\": 5}}" more "}"
#define LINK(from, to)                                                                   \
  "{\"id\": \"link\", \"type\": \"Annotation\", \"motivation\": \"linking\", \"body\": " \
  "\"" to "\", \"target\": \"" from "\"}"
#define OWN_PAGE(who, items)                                                             \
  "{\"type\": \"AnnotationPage\", \"kutip\": {\"path\": \"a.txt\", \"annotator\": "      \
  "\"" who "\"}, \"items\": [" items "]}"
#define PAGE(items) "{\"type\": \"AnnotationPage\", \"items\": [" items "]}"

static const struct
{
  const char *json;
  guint n_layers;
  guint layer; /* of the link */
  const char *error;
  const char *reason;
} rows[] = {
  { "[" OWN_PAGE ("ani",
                  SPAN ("u:1", "") "," LINK ("u:1", "u:2") "," SPAN ("u:2", "")) "]",
    1, 0, NULL, "between spans of one page" },
  { "[" OWN_PAGE ("ani", "") "," OWN_PAGE ("budi",
                                           SPAN ("u:1", "") "," LINK ("u:1", "u:1")) "]",
    2, 1, NULL, "an empty page is a layer" },
  { "[" LINK ("u:1", "u:2") "," OWN_PAGE ("ani",
                                          SPAN ("u:1", "") "," SPAN ("u:2", "")) "]",
    1, 0, NULL, "of another program, before Kutip's page" },
  { "[" OWN_PAGE ("ani", SPAN ("u:3", "")) "," OWN_PAGE (
        "budi", SPAN ("u:1", "") "," SPAN ("u:2", "")) "," LINK ("u:1", "u:2") "]",
    2, 1, NULL, "behind them, to the second of two" },
  { "[" SPAN ("u:1", "") "," SPAN ("u:2", ", \"creator\": \"budi\"") "," LINK ("u:2",
                                                                               "u:2") "]",
    2, 1, NULL, "from somebody who has a layer of his own" },
  { "{\"type\": \"AnnotationCollection\", \"first\": " PAGE (
        LINK ("u:1", "u:2") "," SPAN ("u:1", "") "," SPAN ("u:2", "")) "}",
    1, 0, NULL, "in a collection" },
  { PAGE (SPAN ("u:1", "") "," LINK ("u:1", "u:1")), 1, 0, NULL, "in a page alone" },
  { "[" OWN_PAGE ("ani", SPAN ("u:1", "")) ",\n" LINK ("u:9", "u:1") "]", 0, 0,
    "line 2, column 1: there is no span “u:9”", "from what is not there" },
  { "[" OWN_PAGE ("ani", SPAN ("u:1", "") ",\n{\"type\": \"Annotation\"}") "]", 0, 0,
    "line 2, column 1: an “Annotation” with a “target” was expected here, an "
    "“AnnotationPage”, or an “AnnotationCollection”",
    "an annotation of nothing in Kutip's page" },
  { "[" OWN_PAGE ("ani", SPAN ("u:1", "")) ",\n3]", 0, 0,
    "line 2, column 1: an “Annotation” with a “target” was expected here, an "
    "“AnnotationPage”, or an “AnnotationCollection”",
    "a number among pages" },
};

static void
test_links (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MemoryFiles) files = memory_files_new ();
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;
      KutipFormatOptions options = { 0 };
      KutipRecord *record;

      g_test_message ("%s", rows[i].reason);
      memory_files_put (files, "a.txt", texts);
      memory_files_put (files, "a.jsonld", rows[i].json);
      records = memory_files_read (files, "a.jsonld", &kutip_format_web_annotation,
                                   &options, report, &error);
      if (rows[i].error != NULL)
        {
          g_assert_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, rows[i].error));
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (records->len, ==, 1);
      record = g_ptr_array_index (records, 0);
      g_assert_cmpuint (record->layers->len, ==, rows[i].n_layers);
      for (guint j = 0; j < record->layers->len; j++)
        g_assert_cmpuint (
            kutip_layer_get_n_relations (g_ptr_array_index (record->layers, j)), ==,
            j == rows[i].layer ? 1 : 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web-annotation/links", test_links);
  return g_test_run ();
}
