/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"

#include "memory-files.h"

#include <string.h>

/* What other programs write, and what nobody should: the little sample in each of their
 * formats, broken and hostile files, files cut and changed at every byte, their own
 * examples. */

static const char sample_text[] = "Putin berkata: “Kami sahabat 🤝” kata BBC.";

#define TEXT "\"Putin berkata: “Kami sahabat 🤝” kata BBC.\""
#define QUOTED "\"“Kami sahabat 🤝”\""

static GPtrArray *
read_beside_text (const char *format,
                  const char *name,
                  const char *content,
                  KutipReport *report,
                  GError **error)
{
  g_autoptr (MemoryFiles) files = memory_files_new ();
  KutipFormatOptions options = { 0 };

  memory_files_put (files, "sample.txt", sample_text);
  memory_files_put (files, name, content);
  return memory_files_read (files, name, kutip_format_find (format), &options, report,
                            error);
}

/* --- the sample in each format --- */

/* "label": [15, 32] and so on, as a browser counts. */
#define LABEL_STUDIO_REGION(id, start, end, text, label)                                 \
  "{\"id\": \"" id                                                                       \
  "\", \"from_name\": \"l\", \"to_name\": \"t\", \"type\": \"labels\", "                 \
  "\"value\": {\"start\": " start ", \"end\": " end ", \"text\": " text                  \
  ", \"labels\": [\"" label "\"]}, \"meta\": {\"text\": [\"kutipan\"]}}"

static const struct
{
  const char *format;
  const char *why;
  const char *name;
  const char *content;
  guint n_relations;
  const char *note; /* of the quote, or NULL */
} samples[] = {
  { "prodigy", "as Prodigy saves it", "x.jsonl",
    "{\"text\": " TEXT ", \"_task_hash\": 1, \"tokens\": [], \"spans\": [{\"start\": 15, "
    "\"end\": 31, \"token_start\": 3, \"token_end\": 7, \"label\": \"Quote\"}, "
    "{\"start\": 37, \"end\": 40, \"token_start\": 9, \"token_end\": 9, \"label\": "
    "\"Source\"}], \"relations\": [{\"head\": 7, \"child\": 9, \"label\": \"said_by\"}], "
    "\"answer\": \"accept\"}\n",
    1, NULL },
  { "prodigy", "a relation by the places of its spans", "x.jsonl",
    "{\"text\": " TEXT ", \"spans\": [{\"start\": 15, \"end\": 31, \"label\": "
    "\"Quote\", \"note\": \"kutipan\"}, {\"start\": 37, \"end\": 40, \"label\": \"Source\"}"
    "], \"relations\": [{\"head_span\": {\"start\": 15, \"end\": 31, \"label\": "
    "\"Quote\"}, \"child_span\": {\"start\": 37, \"end\": 40, \"label\": \"Source\"}, "
    "\"label\": \"said_by\"}]}",
    1, "kutipan" },
  { "label-studio", "code points", "x.json",
    "[{\"id\": 1, \"data\": {\"text\": " TEXT
    "}, \"annotations\": [{\"result\": [" LABEL_STUDIO_REGION (
        "q",
        "15",
        "31",
        QUOTED,
        "Quote") ", " LABEL_STUDIO_REGION ("s",
                                           "37",
                                           "40",
                                           "\"BBC\"",
                                           "Source") ", {\"type\": \"relation\", \"from_id\": \"s\", \"to_id\": \"q\", \"direction\": "
                                                     "\"left\", \"labels\": [\"said_by\"]}]}]}]",
    1, "kutipan" },
  { "label-studio", "UTF-16 units of an old version; one task by itself; another key",
    "x.json",
    "{\"data\": {\"words\": " TEXT
    "}, \"completions\": [{\"result\": [" LABEL_STUDIO_REGION (
        "q", "15", "32", QUOTED, "Quote") ", " LABEL_STUDIO_REGION ("s",
                                                                    "38",
                                                                    "41",
                                                                    "\"BBC\"",
                                                                    "Source") "]}]}",
    0, "kutipan" },
  { "web-annotation", "position and quotation; a link", "x.jsonld",
    "[{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"urn:q\", \"type\": "
    "\"Annotation\", \"body\": [{\"type\": \"TextualBody\", \"purpose\": \"tagging\", "
    "\"value\": \"Quote\"}, {\"type\": \"TextualBody\", \"value\": \"kutipan\"}], "
    "\"target\": {\"source\": \"sample.txt\", \"selector\": [{\"type\": "
    "\"TextQuoteSelector\", \"exact\": " QUOTED "}, {\"type\": "
    "\"TextPositionSelector\", \"start\": 15, \"end\": 31}]}}, {\"id\": \"urn:s\", "
    "\"type\": [\"Annotation\"], \"motivation\": \"tagging\", \"bodyValue\": \"Source\", "
    "\"target\": {\"source\": {\"id\": \"sample.txt\"}, "
    "\"selector\": {\"type\": \"FragmentSelector\", \"value\": \"char=37,40\"}}}, "
    "{\"type\": \"Annotation\", \"motivation\": \"linking\", \"body\": \"urn:s\", "
    "\"target\": \"urn:q\"}]",
    1, "kutipan" },
  { "hypothesis", "what its client exports", "x.json",
    "{\"export_userid\": \"acct:a@b.c\", \"annotations\": [{\"id\": \"q\", \"uri\": "
    "\"http://a/sample\", \"user\": \"acct:a@b.c\", \"text\": \"kutipan\", \"tags\": "
    "[\"Quote\", \"x\"], \"target\": [{\"selector\": [{\"type\": \"RangeSelector\"}, "
    "{\"type\": \"TextPositionSelector\", \"start\": 15, \"end\": 32}, {\"type\": "
    "\"TextQuoteSelector\", \"exact\": " QUOTED "}]}]}, {\"id\": \"s\", \"uri\": "
    "\"http://a/sample\", \"user\": \"acct:a@b.c\", \"tags\": [\"Source\"], \"target\": "
    "[{\"selector\": [{\"type\": \"TextPositionSelector\", \"start\": 38, \"end\": "
    "41}]}]}]}",
    0, "kutipan" },
  { "recogito", "its own model, with a relation", "sample.json",
    "[{\"id\": \"q\", \"bodies\": [{\"purpose\": \"tagging\", \"value\": \"Quote\"}, "
    "{\"purpose\": \"commenting\", \"value\": \"kutipan\"}], \"target\": {\"selector\": "
    "[{\"quote\": " QUOTED ", \"start\": 15, \"end\": 32}]}}, {\"id\": \"s\", "
    "\"bodies\": [{\"purpose\": \"tagging\", \"value\": \"Source\"}], \"target\": "
    "{\"selector\": [{\"quote\": \"BBC\", \"start\": 38, \"end\": 41}]}}, {\"id\": "
    "\"r\", \"motivation\": \"linking\", \"target\": \"q\", \"body\": \"s\"}]",
    1, "kutipan" },
  { "citron", "code points, no text of the spans", "x.json",
    "{\"text\": " TEXT ", \"quotes\": [{\"sources\": [{\"start\": 37, \"end\": 40}], "
    "\"contents\": [{\"start\": 15, \"end\": 31, \"text\": " QUOTED "}]}]}",
    1, NULL },
  { "conllu", "spans in MISC; a token of two words, an empty node, CR LF", "x.conllu",
    "# newdoc id = sample\r\n# text = "
    "Putin berkata: “Kami sahabat 🤝” kata BBC."
    "\r\n1-2\tPutin\t_\t_\t_\t_\t_\t_\t_\t_\r\n1\tPu\tpu\tX\t_\t_\t0\troot\t_\t_\r\n"
    "2\ttin\t_\t_\t_\t_\t_\t_\t_\t_\r\n2.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\r\n"
    "3\tberkata\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\r\n4\t:\t_\t_\t_\t_\t_\t_\t_\t_\r\n"
    "5\t“\t_\t_\t_\t_\t_\t_\t_\tRel=11:said_by|Span=B-Quote|SpaceAfter=No\r\n"
    "6\tKami\t_\t_\t_\t_\t_\t_\t_\tSpan=I-Quote\r\n"
    "7\tsahabat\t_\t_\t_\t_\t_\t_\t_\tSpan=I-Quote\r\n"
    "8\t🤝\t_\t_\t_\t_\t_\t_\t_\tSpan=I-Quote|SpaceAfter=No\r\n"
    "9\t”\t_\t_\t_\t_\t_\t_\t_\tSpan=E-Quote\r\n10\tkata\t_\t_\t_\t_\t_\t_\t_\t_\r\n"
    "11\tBBC\t_\t_\t_\t_\t_\t_\t_\tSpan=S-Source|SpaceAfter=No\r\n"
    "12\t.\t_\t_\t_\t_\t_\t_\t_\t_\r\n\r\n",
    1, NULL },
};

static KutipSpan *
find_span (KutipLayer *layer, const char *label)
{
  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);

      if (g_ascii_strcasecmp (kutip_span_get_label (span), label) == 0)
        return span;
    }
  return NULL;
}

static void
assert_covers (KutipRecord *record, KutipSpan *span, const char *words)
{
  g_autofree char *there = NULL;

  g_assert_nonnull (span);
  g_assert_false (kutip_span_is_orphan (span));
  there = kutip_text_dup_range (kutip_article_get_text (record->article),
                                kutip_span_get_hull (span));
  g_assert_cmpstr (there, ==, words);
}

/* The quote's note; and a relation from it to the source. */
static void
check_sample (guint row, KutipRecord *record)
{
  KutipLayer *layer = g_ptr_array_index (record->layers, 0);
  KutipSpan *quote = find_span (layer, "Quote");
  KutipSpan *source = find_span (layer, "Source");
  g_autoptr (GPtrArray) relations = NULL;

  g_assert_cmpstr (kutip_text_get_utf8 (kutip_article_get_text (record->article), NULL),
                   ==, sample_text);
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 2);
  assert_covers (record, quote, "“Kami sahabat 🤝”");
  assert_covers (record, source, "BBC");
  g_assert_cmpstr (kutip_span_get_note (quote), ==, samples[row].note);
  g_assert_cmpuint (kutip_layer_get_n_relations (layer), ==, samples[row].n_relations);
  relations = kutip_layer_list_relations_of (layer, kutip_span_get_id (quote));
  g_assert_cmpuint (relations->len, ==, samples[row].n_relations);
  for (guint i = 0; i < relations->len; i++)
    {
      g_assert_cmpstr (kutip_relation_get_from (g_ptr_array_index (relations, i)), ==,
                       kutip_span_get_id (quote));
      g_assert_cmpstr (kutip_relation_get_to (g_ptr_array_index (relations, i)), ==,
                       kutip_span_get_id (source));
    }
}

static void
test_samples (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;

      g_test_message ("%s: %s", samples[i].format, samples[i].why);
      records = read_beside_text (samples[i].format, samples[i].name, samples[i].content,
                                  report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (records->len, ==, 1);
      check_sample (i, g_ptr_array_index (records, 0));
    }
}

/* --- what is wrong --- */

#define DEEP_10 "[[[[[[[[[["
#define DEEP_100                                                                         \
  DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10 DEEP_10

#define PRODIGY_SPAN(span) "{\"text\": \"a🤝bc\", \"spans\": [" span "]}"
#define STUDIO(result)                                                                   \
  "[{\"data\": {\"text\": \"a🤝bc\"},\n\"annotations\": [{\"result\": [" result "]}]}]"
#define STUDIO_REGION(start, end)                                                        \
  STUDIO ("{\"id\": \"a\", \"type\": \"labels\", \"value\": {\"start\": " start          \
          ", \"end\": " end ", \"labels\": [\"L\"]}}")
#define W3C(id, target)                                                                  \
  "{\"@context\": \"http://www.w3.org/ns/anno.jsonld\",\n\"id\": \"" id                  \
  "\", \"type\": \"Annotation\", \"body\": \"http://a/b\", \"target\": " target "}"
#define W3C_PLACE(start, end)                                                            \
  "{\"source\": \"sample.txt\", \"selector\": {\"type\": \"TextPositionSelector\", "     \
  "\"start\": " start ", \"end\": " end "}}"
#define HYPOTHESIS(selector)                                                             \
  "{\"annotations\": [\n{\"id\": \"a\", \"uri\": \"http://a/sample.txt\", \"target\": "  \
  "[{\"selector\": [" selector "]}]}]}"
#define POSITION(start, end)                                                             \
  "{\"type\": \"TextPositionSelector\", \"start\": " start ", \"end\": " end "}"
#define RECOGITO(id, start, end)                                                         \
  "{\"id\": \"" id "\", \"bodies\": [], \"target\": {\"selector\": [{\"start\": " start  \
  ", \"end\": " end "}]}}"
#define CITRON(quote) "{\"text\": \"a🤝bc\",\n\"quotes\": [" quote "]}"
#define ROW(id, form, misc) id "\t" form "\t_\t_\t_\t_\t_\t_\t_\t" misc "\n"

static const struct
{
  const char *format;
  const char *why;
  const char *content;
  const char *said; /* in the error */
} hostile[] = {
  { "prodigy", "cut off", "{\"text\": \"a", "line 1" },
  { "prodigy", "no text", "{\"spans\": []}", "line 1" },
  { "prodigy", "the second line", "{\"text\": \"a\"}\n{\"text\": 1}\n", "line 2" },
  { "prodigy", "outside the text",
    PRODIGY_SPAN ("{\"start\": 0, \"end\": 9, \"label\": \"L\"}"), "line 1" },
  { "prodigy", "an end before its start",
    PRODIGY_SPAN ("{\"start\": 2, \"end\": 1, \"label\": \"L\"}"), "line 1" },
  { "prodigy", "a negative offset",
    PRODIGY_SPAN ("{\"start\": -1, \"end\": 1, \"label\": \"L\"}"), "line 1" },
  { "prodigy", "a number of too many digits",
    PRODIGY_SPAN ("{\"start\": 1, \"end\": 99999999999999999999, \"label\": \"L\"}"),
    "line 1" },
  { "prodigy", "no label", PRODIGY_SPAN ("{\"start\": 0, \"end\": 1}"), "label" },
  { "prodigy", "an id twice",
    PRODIGY_SPAN ("{\"start\": 0, \"end\": 1, \"label\": \"L\", \"id\": \"a\"}, "
                  "{\"start\": 0, \"end\": 1, \"label\": \"L\", \"id\": \"a\"}"),
    "“a”" },
  { "prodigy", "an unknown span",
    "{\"text\": \"a\", \"relations\": [{\"head\": 1, \"child\": 2, \"label\": \"L\"}]}",
    "“1”" },
  { "prodigy", "too deep", "{\"text\": \"a\", \"meta\": " DEEP_100 DEEP_100 DEEP_100 "}",
    "line 1" },
  { "prodigy", "a NUL in a string", "{\"text\": \"a\\u0000\"}", "line 1" },
  { "prodigy", "half a surrogate pair", "{\"text\": \"\\ud83e\"}", "line 1" },
  { "prodigy", "bytes that are no UTF-8", "{\"text\": \"\xff\"}", "line 1" },
  { "prodigy", "a name twice", "{\"text\": \"a\", \"text\": \"b\"}", "line 1" },
  { "prodigy", "another text for the same article",
    "{\"_view_id\": \"relations\", \"path\": \"a\", \"_annotator_id\": \"\", \"text\": "
    "\"b\"}\n{\"_view_id\": \"relations\", \"path\": \"a\", \"_annotator_id\": \"x\", "
    "\"text\": \"c\"}\n",
    "line 2" },

  { "label-studio", "nothing", "", "line 1" },
  { "label-studio", "no list of results",
    "[{\"data\": {\"text\": \"a\"},\n\"annotations\": [{\"result\": {}}]}]", "line 2" },
  { "label-studio", "no text", "[\n{\"data\": {\"a\": 1}}]", "line 2" },
  { "label-studio", "outside the text", STUDIO_REGION ("0", "90"), "line 2" },
  { "label-studio", "an end before its start", STUDIO_REGION ("3", "2"), "line 2" },
  { "label-studio", "half an offset", STUDIO_REGION ("0", "1.5"), "line 2" },
  { "label-studio", "a relation from nowhere",
    STUDIO ("{\"type\": \"relation\", \"from_id\": \"x\", \"to_id\": \"y\"}"), "“x”" },
  { "label-studio", "too deep", DEEP_100 DEEP_100 DEEP_100, "line 1" },

  { "web-annotation", "no annotation", "{\"a\": 1}", "line 1" },
  { "web-annotation", "no target", "{\"type\": \"Annotation\"}", "line 1" },
  { "web-annotation", "outside the text", W3C ("urn:a", W3C_PLACE ("1", "99")),
    "line 2" },
  { "web-annotation", "an end before its start", W3C ("urn:a", W3C_PLACE ("2", "1")),
    "line 2" },
  { "web-annotation", "an offset that is none", W3C ("urn:a", W3C_PLACE ("\"1\"", "2")),
    "line 2" },
  { "web-annotation", "an id twice",
    "[" W3C ("urn:a", W3C_PLACE ("0", "1")) ", " W3C ("urn:a", W3C_PLACE ("0", "1")) "]",
    "“urn:a”" },
  { "web-annotation", "a link from nowhere",
    "[{\"type\": \"Annotation\", \"motivation\": \"linking\", \"target\": \"urn:x\", "
    "\"body\": \"urn:y\"}]",
    "“urn:x”" },
  { "web-annotation", "a link to nowhere",
    "[" W3C (
        "urn:a",
        W3C_PLACE (
            "0",
            "1")) ", {\"type\": \"Annotation\", "
                  "\"motivation\": \"linking\", \"target\": \"urn:a\", \"body\": \"urn:y\"}]",
    "“urn:y”" },
  { "web-annotation", "too deep", DEEP_100 DEEP_100 DEEP_100, "line 1" },

  { "hypothesis", "no list", "{\"annotations\": 1}", "line 1" },
  { "hypothesis", "no address", "{\"annotations\": [\n{\"id\": \"a\"}]}", "line 2" },
  { "hypothesis", "outside the text", HYPOTHESIS (POSITION ("1", "99")), "line 2" },
  { "hypothesis", "inside a surrogate pair", HYPOTHESIS (POSITION ("15", "30")),
    "line 2" },
  { "hypothesis", "an end before its start", HYPOTHESIS (POSITION ("2", "1")), "line 2" },
  { "recogito", "no list", "{}", "line 1" },
  { "recogito", "inside a surrogate pair", "[\n" RECOGITO ("a", "15", "30") "]",
    "line 2" },
  { "recogito", "an id twice",
    "[" RECOGITO ("a", "0", "1") ",\n" RECOGITO ("a", "0", "1") "]", "line 2" },
  { "recogito", "no place", "[{\"id\": \"a\", \"bodies\": [], \"target\": {}}]",
    "line 1" },
  { "recogito", "a link from nowhere", "[{\"target\": \"x\", \"body\": \"y\"}]", "“x”" },
  { "recogito", "a link to nowhere",
    "[" RECOGITO ("a", "0", "1") ", {\"target\": \"a\", \"body\": \"y\"}]", "“y”" },

  { "citron", "no text", "{\"quotes\": []}", "line 1" },
  { "citron", "no contents", CITRON ("{\"sources\": []}"), "line 2" },
  { "citron", "outside the text",
    CITRON ("{\"contents\": [{\"start\": 0, \"end\": 99}]}"), "line 2" },
  { "citron", "an end before its start",
    CITRON ("{\"contents\": [{\"start\": 2, \"end\": 1}]}"), "line 2" },
  { "citron", "an id twice",
    CITRON (
        "{\"id\": \"q\", \"contents\": [{\"start\": 0, \"end\": 1}]}, {\"id\": \"q\", "
        "\"contents\": [{\"start\": 0, \"end\": 1}]}"),
    "“q”" },

  { "conllu", "too few columns", "1\ta\n", "line 1" },
  { "conllu", "numbers out of order", ROW ("1", "a", "_") ROW ("3", "b", "_"), "line 2" },
  { "conllu", "no form", ROW ("1", "", "_"), "line 1" },
  { "conllu", "tokens of several words that overlap",
    ROW ("1-2", "ab", "_") ROW ("1", "a", "_") ROW ("2-3", "b", "_"), "line 3" },
  { "conllu", "an empty node out of order", ROW ("1.1", "a", "_"), "line 1" },
  { "conllu", "a backslash that means nothing", ROW ("1", "a", "SpacesAfter=\\q"),
    "line 1" },
  { "conllu", "a link to a token where nothing begins",
    ROW ("1", "a", "Rel=9:x|Span=B-A"), "line 1" },
  { "conllu", "a link to an unknown span", ROW ("1", "a", "Rel=@z:x|Span=B-A"), "“z”" },
  { "conllu", "a link that is none", ROW ("1", "a", "Rel=x|Span=B-A"), "line 1" },
  { "conllu", "an id of two labels",
    ROW ("1", "a", "Id=i|Span=B-A") ROW ("2", "b", "Id=i|Span=B-B"), "line 2" },
  { "conllu", "a comment in a sentence", ROW ("1", "a", "_") "# text = b\n", "line 2" },
  { "conllu", "another text for the same document",
    "# newdoc id = a\n" ROW ("1", "a", "_") "\n# newdoc id = a\n" ROW ("1", "b", "_"),
    "“a”" },
};

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;

      g_test_message ("%s: %s", hostile[i].format, hostile[i].why);
      records = read_beside_text (hostile[i].format, "sample.json", hostile[i].content,
                                  report, &error);
      g_assert_null (records);
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      if (strstr (error->message, hostile[i].said) == NULL)
        g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, hostile[i].said));
    }
}

/* Each sample, cut off at each byte and with single bytes changed, is read or refused. */
static void
test_damage (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gsize n = strlen (samples[i].content);

      for (gsize at = 0; at < n; at++)
        {
          g_autofree char *cut = g_strndup (samples[i].content, at);
          g_autofree char *changed = g_strdup (samples[i].content);
          const char *const contents[] = { cut, changed };

          changed[at] = "\"0[,\n\xff\\"[at % 7];
          for (guint j = 0; j < G_N_ELEMENTS (contents); j++)
            {
              g_autoptr (KutipReport) report = kutip_report_new ();
              g_autoptr (GError) error = NULL;
              g_autoptr (GPtrArray) records = read_beside_text (
                  samples[i].format, samples[i].name, contents[j], report, &error);

              g_assert_true ((records == NULL) == (error != NULL));
              if (error != NULL)
                g_assert_true (g_utf8_validate (error->message, -1, NULL));
            }
        }
    }
}

/* --- whose they are --- */

static void
test_guess (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      const char *content = samples[i].content;
      const KutipFormat *format =
          kutip_format_guess (samples[i].name, content, strlen (content));

      /* A task with a line of text and spans alone might be anybody's. */
      if (strstr (content, "\"head_span\"") != NULL ||
          strstr (content, "completions") != NULL)
        continue;
      g_test_message ("%s: %s", samples[i].format, samples[i].why);
      g_assert_nonnull (format);
      g_assert_cmpstr (format->name, ==, samples[i].format);
    }
}

/* --- what is not understood goes back --- */

static const struct
{
  const char *format;
  const char *name;
  const char *content;
  const char *kept[5]; /* that must be there again */
} ways_back[] = {
  { "prodigy",
    "x.jsonl",
    "{\"text\": \"abc\", \"_input_hash\": 77, \"options\": [{\"id\": 1}], \"answer\": "
    "\"reject\", \"spans\": [{\"start\": 0, \"end\": 1, \"label\": \"A\", \"pattern\": "
    "-5}]}",
    { "\"_input_hash\": 77", "\"options\": [{\"id\": 1}]", "\"answer\": \"reject\"",
      "\"pattern\": -5" } },
  { "label-studio",
    "x.json",
    "[{\"id\": 5, \"inner_id\": 6, \"data\": {\"text\": \"abc\", \"asin\": \"x1\"}, "
    "\"annotations\": [{\"lead_time\": 2.5, \"result\": [{\"id\": \"r\", \"from_name\": "
    "\"bb\", \"type\": \"rectanglelabels\", \"value\": {\"x\": 1}}]}]}]",
    { "\"inner_id\": 6", "\"asin\": \"x1\"", "\"lead_time\": 2.5",
      "\"rectanglelabels\"" } },
  { "web-annotation",
    "x.jsonld",
    "[{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"http://a/1\", "
    "\"type\": \"Annotation\", \"rights\": \"http://a/cc\", \"bodyValue\": \"n\", "
    "\"target\": {\"source\": \"sample.txt\", \"selector\": {\"type\": "
    "\"TextPositionSelector\", \"start\": 0, \"end\": 5}}}, {\"id\": \"http://a/2\", "
    "\"type\": \"Annotation\", \"target\": {\"source\": \"sample.txt\", \"selector\": "
    "{\"type\": \"SvgSelector\", \"value\": \"<svg/>\"}}}]",
    { "\"id\": \"http://a/1\"", "\"rights\": \"http://a/cc\"", "\"SvgSelector\"",
      "\"bodyValue\": \"n\"" } },
  { "citron",
    "x.json",
    "{\"text\": \"abc\", \"license\": \"x\", \"quotes\": [{\"contents\": [{\"start\": 0, "
    "\"end\": 1}], \"type\": \"direct\"}]}",
    { "\"license\": \"x\"", "\"type\": \"direct\"" } },
};

/* What went back is read as well. */
static void
check_again (const KutipFormat *format, MemoryFiles *files, const char *name)
{
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (MemoryFiles) whole = memory_files_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) again = NULL;
  KutipFormatOptions options = { 0 };
  const char *written = memory_files_get (files, name);

  if (format->begin != NULL)
    format->begin (NULL, &options, &whole->sink, &error);
  whole->sink.append (&whole->sink, name, written, strlen (written), &error);
  if (format->end != NULL)
    format->end (NULL, &options, 1, &whole->sink, &error);
  memory_files_put (whole, "sample.txt", sample_text);
  again = memory_files_read (whole, name, format, &options, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, 1);
}

static void
test_way_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways_back); i++)
    {
      const KutipFormat *format = kutip_format_find (ways_back[i].format);
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (MemoryFiles) files = memory_files_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;
      KutipFormatOptions options = { 0 };
      const char *written;

      g_test_message ("%s", ways_back[i].format);
      records = read_beside_text (ways_back[i].format, ways_back[i].name,
                                  ways_back[i].content, report, &error);
      g_assert_no_error (error);
      format->write (g_ptr_array_index (records, 0), &options, &files->sink, report,
                     &error);
      g_assert_no_error (error);
      written = memory_files_get (files, format->in_files ? "x.json" : "");
      check_again (format, files, format->in_files ? "x.json" : "");
      for (guint j = 0; ways_back[i].kept[j] != NULL; j++)
        {
          if (strstr (written, ways_back[i].kept[j]) == NULL)
            g_test_message ("%s is not in %s", ways_back[i].kept[j], written);
          g_assert_nonnull (strstr (written, ways_back[i].kept[j]));
        }
    }
}

/* Relations may lead in a circle, and to where they began. */
static void
test_circle (void)
{
  static const char content[] =
      "{\"text\": \"ab\", \"spans\": [{\"start\": 0, \"end\": 1, \"label\": \"A\", "
      "\"id\": \"a\"}, {\"start\": 1, \"end\": 2, \"label\": \"B\", \"id\": \"b\"}], "
      "\"relations\": [{\"from\": \"a\", \"to\": \"b\", \"label\": \"L\"}, {\"from\": "
      "\"b\", \"to\": \"a\", \"label\": \"L\"}, {\"from\": \"a\", \"to\": \"a\", "
      "\"label\": \"L\"}]}";
  static const char *const formats[] = { "prodigy", "label-studio", "web-annotation",
                                         "conllu", NULL };
  KutipFormatOptions options = { 0 };
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records =
      read_beside_text ("prodigy", "x.jsonl", content, report, &error);

  g_assert_no_error (error);
  for (guint i = 0; formats[i] != NULL; i++)
    {
      const KutipFormat *format = kutip_format_find (formats[i]);
      g_autoptr (MemoryFiles) files = memory_files_new ();
      g_autoptr (GPtrArray) again = NULL;
      KutipRecord *record;

      g_test_message ("%s", formats[i]);
      if (format->begin != NULL)
        format->begin (NULL, &options, &files->sink, &error);
      format->write (g_ptr_array_index (records, 0), &options, &files->sink, report,
                     &error);
      if (format->end != NULL)
        format->end (NULL, &options, 1, &files->sink, &error);
      memory_files_put (files, "x-1.txt", "ab");
      again = memory_files_read (files, "", format, &options, report, &error);
      g_assert_no_error (error);
      record = g_ptr_array_index (again, 0);
      g_assert_cmpuint (
          kutip_layer_get_n_relations (g_ptr_array_index (record->layers, 0)), ==, 3);
    }
}

/* --- their own files, where they are --- */

static const struct
{
  const char *format;
  const char *file;
  guint n_records, n_spans; /* of all */
  const char *warned;       /* or NULL */
} real[] = {
  { "label-studio", "label-studio/self-written/emoji-offsets.json", 3, 6,
    "unknown-result" },
  { "label-studio", "label-studio/frontend-examples/named_entity/annotations/1.json", 1,
    1, NULL },
  /* The text that it quotes stands nowhere in the article. */
  { "label-studio", "label-studio/frontend-examples/rich_text_plain/annotations/1.json",
    1, 1, "other-text" },
  { "web-annotation", "web-annotation/w3c-spec-examples/correct/anno23.json", 1, 1,
    NULL },
  { "web-annotation", "web-annotation/w3c-spec-examples/correct/anno29.json", 1, 1,
    NULL },
  { "web-annotation", "web-annotation/w3c-spec-examples/correct/anno41.json", 1, 0,
    "no-text" },
};

static void
test_real (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (real); i++)
    {
      g_autofree char *path = g_build_filename (g_getenv ("KUTIP_SOURCE_DIR"), "..",
                                                "shared", "real", real[i].file, NULL);
      g_autofree char *content = NULL;
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;
      guint n_spans = 0;

      if (!g_file_get_contents (path, &content, NULL, NULL))
        continue;
      g_test_message ("%s", real[i].file);
      records = read_beside_text (real[i].format, "x.json", content, report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (records->len, ==, real[i].n_records);
      for (guint j = 0; j < records->len; j++)
        {
          KutipRecord *record = g_ptr_array_index (records, j);

          for (guint k = 0; k < record->layers->len; k++)
            n_spans += kutip_layer_get_n_spans (g_ptr_array_index (record->layers, k));
        }
      g_assert_cmpuint (n_spans, ==, real[i].n_spans);
      if (real[i].warned != NULL)
        g_assert_cmpuint (
            kutip_report_count (report, KUTIP_REPORT_WARNING, real[i].warned), >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/foreign/samples", test_samples);
  g_test_add_func ("/foreign/hostile", test_hostile);
  g_test_add_func ("/foreign/damage", test_damage);
  g_test_add_func ("/foreign/guess", test_guess);
  g_test_add_func ("/foreign/way-back", test_way_back);
  g_test_add_func ("/foreign/circle", test_circle);
  g_test_add_func ("/foreign/real", test_real);
  return g_test_run ();
}
