/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"
#include "format/refi-qda/refi-qda.h"

#include "../rounds.h"
#include "memory-files.h"

#include <string.h>

/* Files in which one thing stands so often that a reader which looks at all of them for
 * each of them, or copies all before for each, needs hours or more memory than there is:
 * read in proportion to their size, they take no time worth speaking of. */

#define MANY 200000

/* g_strsplit() asks strstr() for the next separator, and each time the address sanitizer
 * measures all that is left of the text. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "intercept_strstr=0";
}

static const char brat_text[] = "Putin berkata";

/* Of what stands there very often; what stands beside it stays. */
static guint
share_of (guint n)
{
  return n / 1000 * 1000 / rounds_divisor () + n % 1000;
}

/* @n times @format, of a number. */
static void
repeat (GString *out, guint n, const char *format)
{
  g_auto (GStrv) parts = g_strsplit (format, "%", 2);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%u%s", parts[0], i, parts[1] == NULL ? "" : parts[1]);
}

static const struct
{
  const char *why;
  const char *format, *file;
  const char *text; /* of "sample.txt" */
  const char *before, *each, *between, *every, *after;
  guint n, m; /* of each and every */
  guint n_spans;
  guint n_after; /* how often that stands there */
} rows[] = {
  { "lines that a span's text goes on with", "brat", "sample.ann", brat_text,
    "T1\tX 0 5\tPutin\n", "%\n", "", NULL, "", MANY, 0, 1, 1 },
  { "values of one attribute", "brat", "sample.ann", brat_text, "T1\tX 0 5\tPutin\n",
    "A%\tKind T1 a\n", "", NULL, "", MANY, 0, 1, 1 },
  { "attributes of one span", "brat", "sample.ann", brat_text, "T1\tX 0 5\tPutin\n",
    "A1\tKind% T1 a\n", "", NULL, "", MANY, 0, 1, 1 },
  { "columns", "csv", "sample.csv", brat_text, "label,start,end", ",c%", "\nX,0,5", ",%",
    "\n", MANY, MANY, 1, 1 },
  { "columns, and blank lines", "conll", "sample.conll", NULL, "# columns = [0", ",%",
    "]\nPutin\tO", "\t%", "\n", MANY, MANY, 0, 2 * MANY },
  { "tags in a row", "conllu", "sample.conllu", NULL,
    "# newdoc id = a\n1\tPutin\t_\t_\t_\t_\t_\t_\t_\t_", "|Span%=S-X", "", NULL, "\n\n",
    MANY, 0, MANY, 1 },
  { "tags of one token, and others without", "conllu", "sample.conllu", NULL,
    "# newdoc id = a\n1\tPutin\t_\t_\t_\t_\t_\t_\t_\t_", "|Span%=S-X", "\n\n", NULL,
    "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n", MANY, 0, MANY, MANY },
  { "notes of a page", "hypothesis", "sample.json", brat_text,
    "[{\"uri\": \"sample.txt\", \"text\": \"a\"}",
    ",{\"uri\": \"sample.txt\", \"text\": \"%\"}", "", NULL, "]", MANY, 0, 0, 1 },
  { "users of a page", "hypothesis", "sample.json", brat_text,
    "[{\"uri\": \"sample.txt\", \"text\": \"a\"}",
    ",{\"uri\": \"sample.txt\", \"user\": \"%\"}", "", NULL, "]", MANY, 0, 0, 1 },
  { "notes of a span", "recogito", "sample.json", brat_text,
    "[{\"target\": {\"selector\": {\"start\": 0, \"end\": 5}}, \"bodies\": [{}",
    ",{\"value\": \"%\"}", "", NULL, "]}]", MANY, 0, 1, 1 },
  { "tags of a span", "recogito", "sample.json", brat_text,
    "[{\"target\": {\"selector\": {\"start\": 0, \"end\": 5}}, \"bodies\": [{}",
    ",{\"value\": \"%\", \"purpose\": \"tagging\"}", "", NULL, "]}]", MANY, 0, 1, 1 },
  { "people", "recogito", "sample.json", brat_text,
    "[{\"target\": {\"selector\": {\"start\": 0, \"end\": 5}}}",
    ",{\"target\": {\"creator\": \"%\", \"selector\": {\"start\": 0, \"end\": 5}}}", "",
    NULL, "]", MANY / 4, 0, MANY / 4 + 1, 1 },
  { "notes of a span", "web-annotation", "sample.json", brat_text,
    "{\"type\": \"Annotation\", \"target\": {\"source\": \"sample.txt\", \"selector\": "
    "{\"type\": \"TextPositionSelector\", \"start\": 0, \"end\": 5}}, \"body\": [{}",
    ",{\"value\": \"%\"}", "", NULL, "]}", MANY, 0, 1, 1 },
  { "tags of a span", "web-annotation", "sample.json", brat_text,
    "{\"type\": \"Annotation\", \"target\": {\"source\": \"sample.txt\", \"selector\": "
    "{\"type\": \"TextPositionSelector\", \"start\": 0, \"end\": 5}}, \"body\": [{}",
    ",{\"value\": \"%\", \"purpose\": \"tagging\"}", "", NULL, "]}", MANY, 0, 1, 1 },
  { "people", "web-annotation", "sample.json", brat_text,
    "[{\"type\": \"Annotation\", \"target\": {\"source\": \"sample.txt\", \"selector\": "
    "{\"type\": \"TextPositionSelector\", \"start\": 0, \"end\": 5}}}",
    ",{\"type\": \"Annotation\", \"creator\": \"%\", \"target\": {\"source\": "
    "\"sample.txt\", \"selector\": {\"type\": \"TextPositionSelector\", \"start\": 0, "
    "\"end\": 5}}}",
    "", NULL, "]", MANY / 4, 0, MANY / 4 + 1, 1 },
  { "lines told of by turns", "web-annotation", "sample.json", brat_text,
    "[{\"type\": \"Annotation\", \"target\": {\"source\": \"sample.txt\", \"selector\": "
    "{\"type\": \"TextPositionSelector\", \"start\": 0, \"end\": 5}}}",
    ",\n{\"type\": \"Annotation\", \"target\": \"a%\"}", "",
    ",\n{\"type\": \"Annotation\", \"target\": \"a%\"}", "]", MANY / 4, MANY / 4, 1, 1 },
  { "attributes of an article", "label-studio", "sample.json", NULL,
    "[{\"data\": {\"text\": \"Putin\"}, \"annotations\": [{\"result\": [{}",
    ",{\"from_name\": \"n%\", \"type\": \"choices\", \"value\": {\"choices\": [\"a\"]}}",
    "", NULL, "]}]}]", MANY, 0, 0, 1 },
};

static GString *
make_file (guint row)
{
  GString *out = g_string_new (rows[row].before);

  repeat (out, share_of (rows[row].n), rows[row].each);
  g_string_append (out, rows[row].between);
  if (rows[row].every != NULL)
    repeat (out, share_of (rows[row].m), rows[row].every);
  for (guint i = 0; i < share_of (rows[row].n_after); i++)
    g_string_append (out, rows[row].after);
  return out;
}

/* Of all layers: their spans, or their relations. */
static guint
count (GPtrArray *records, guint (*count_in) (KutipLayer *layer))
{
  guint n = 0;

  for (guint i = 0; i < records->len; i++)
    {
      KutipRecord *record = g_ptr_array_index (records, i);

      for (guint j = 0; j < record->layers->len; j++)
        n += count_in (g_ptr_array_index (record->layers, j));
    }
  return n;
}

static void
test_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  const KutipFormat *format = kutip_format_find (rows[row].format);
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  KutipFormatOptions options = { 0 };
  GString *file = make_file (row);

  if (rows[row].text != NULL)
    memory_files_put (files, "sample.txt", rows[row].text);
  memory_files_put (files, rows[row].file, file->str);
  records = memory_files_read (files, rows[row].file, format, &options, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (records, kutip_layer_get_n_spans), ==,
                    share_of (rows[row].n_spans));
  g_string_free (file, TRUE);
}

/* A name that is said once, and stands with each of what is made of it. */
static const struct
{
  const char *why;
  const char *format, *file;
  const char *text;
  const char *before, *after; /* of the name */
  guint most;                 /* bytes of it */
  const char *error;          /* of a longer one; NULL: the line is kept as it is */
  guint n_links;              /* with one that may be */
} names[] = {
  { "a column", "csv", "sample.csv", brat_text, "label,start,end,", "\nX,0,5,a\n", 1000,
    "line 1: ", 0 },
  { "a layer", "webanno-tsv", "sample.tsv", NULL, "#FORMAT=WebAnno TSV 3.3\n#T_SP=",
    "|value\n\n\n#Text=Putin\n1-1\t0-5\tPutin\ta\t\n", 1000, "line 2: ", 0 },
  { "a feature", "webanno-tsv", "sample.tsv", NULL,
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.X|",
    "\n\n\n#Text=Putin\n1-1\t0-5\tPutin\ta\t\n", 1000, "line 2: ", 0 },
  { "an event", "brat", "sample.ann", brat_text, "T1\tX 0 5\tPutin\nE",
    "\tX:T1 A:T1 B:T1\n", 254, NULL, 2 },
  { "a trigger", "brat", "sample.ann", brat_text, "T1\tX 0 5\tPutin\nT",
    "\tX 0 5\tPutin\n", 254, NULL, 0 },
  { "what is the same", "brat", "sample.ann", brat_text, "T1\tX 0 5\tPutin\n*\t",
    " T1 T1 T1\n", 255, NULL, 2 },
};

/* @more: bytes of the name beyond those that it may have. */
static void
check_name (guint row, guint more)
{
  const KutipFormat *format = kutip_format_find (names[row].format);
  g_autoptr (MemoryFiles) files = memory_files_new ();
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  KutipFormatOptions options = { 0 };
  g_autofree char *name = g_strnfill (names[row].most + more, 'n');
  g_autofree char *file = g_strconcat (names[row].before, name, names[row].after, NULL);

  if (names[row].text != NULL)
    memory_files_put (files, "sample.txt", names[row].text);
  memory_files_put (files, names[row].file, file);
  records = memory_files_read (files, names[row].file, format, &options, report, &error);
  if (more > 0 && names[row].error != NULL)
    {
      g_assert_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, names[row].error));
      g_assert_nonnull (strstr (error->message, "a name is 1001 bytes long"));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (count (records, kutip_layer_get_n_relations), ==,
                    more > 0 ? 0 : names[row].n_links);
  g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_WARNING, "unknown-line"), ==,
                    more > 0 ? 1 : 0);
}

static void
test_name (gconstpointer data)
{
  check_name (GPOINTER_TO_UINT (data), 0);
  check_name (GPOINTER_TO_UINT (data), 1);
}

/* The same of a code, in a project as it is in an archive. */
static void
test_code (void)
{
  for (guint more = 0; more < 2; more++)
    {
      g_autofree char *name = g_strnfill (1000 + more, 'n');
      g_autofree char *codebook = g_strdup_printf (
          "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\">\n<Codes><Code name=\"%s\" "
          "guid=\"AAAAAAAA-0000-4000-8000-000000000000\" isCodable=\"true\"/></Codes>"
          "</CodeBook>",
          name);
      g_autoptr (GBytes) bytes = g_bytes_new (codebook, strlen (codebook));
      g_autoptr (GError) error = NULL;
      g_autoptr (KutipTagset) tagset = kutip_refi_read_codebook (bytes, NULL, &error);

      g_assert_true ((tagset == NULL) == (more > 0));
      if (more > 0)
        g_assert_nonnull (strstr (error->message, "line 2, "));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name =
          g_strdup_printf ("/format/proportion/%s/%s", rows[i].format, rows[i].why);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name =
          g_strdup_printf ("/format/names/%s/%s", names[i].format, names[i].why);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_name);
    }
  g_test_add_func ("/format/names/refi-qda/a code", test_code);
  return g_test_run ();
}
