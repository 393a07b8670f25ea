/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"
#include "format/zip/zip.h"

#include "memory-files.h"

#include <string.h>

/* Hostile and damaged files in WebAnno TSV, XMI, CAS JSON and REFI-QDA, and archives. */

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
  { "webanno-tsv", "gaps that are large together",
    TSV ("1-1\t0-4\tKami\tA\t_\t\n\n#Text=x\n2-1\t600000-600001\tx\t_\t_\t\n\n"
         "#Text=x\n3-1\t1200000-1200001\tx\t_\t_\t\n"),
    "line 13" },
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

  return memory_files_read_bytes (format, get_name (format), bytes, n, report, error);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uima-hostile/hostile", test_hostile);
  g_test_add_func ("/uima-hostile/depth", test_depth);
  g_test_add_func ("/uima-hostile/damage", test_damage);
  g_test_add_func ("/uima-hostile/zip", test_zip);
  g_test_add_func ("/uima-hostile/zip-names", test_zip_names);
  g_test_add_func ("/uima-hostile/zip-damage", test_zip_damage);
  return g_test_run ();
}
