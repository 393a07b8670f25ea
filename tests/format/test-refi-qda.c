/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "memory-files.h"

/* Projects in which ids stand before and behind what refers to them. */

#define SELECTIONS 5

/* A guid of an element by what it is and a number. */
static char *
make_guid (char kind, guint n)
{
  return g_strdup_printf ("%08x-0000-0000-0000-0000000000%02x", n, (guint) kind);
}

static void
append_guid (GString *out, const char *name, char kind, guint n)
{
  g_autofree char *guid = make_guid (kind, n);

  g_string_append_printf (out, " %s=\"%s\"", name, guid);
}

static void
append_reference (GString *out, char kind, guint n)
{
  g_string_append (out, "<NoteRef");
  append_guid (out, "targetGUID", kind, n);
  g_string_append (out, "/>");
}

/* Each article's second selection has two notes, one of which the article has, too; the
 * third is linked to the fifth and the first, by a link with a note and one without. */
static char *
make_sources (guint n)
{
  GString *out = g_string_new ("<Sources>");

  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, "<TextSource");
      append_guid (out, "guid", 'T', i);
      g_string_append_printf (out,
                              " name=\"text %u\"><PlainTextContent>satu dua tiga"
                              "</PlainTextContent>",
                              i % 3 == 0 ? i : 7);
      for (guint j = 0; j < SELECTIONS; j++)
        {
          g_string_append (out, "<PlainTextSelection");
          append_guid (out, "guid", 'S', i * SELECTIONS + j);
          g_string_append_printf (out, " startPosition=\"%u\" endPosition=\"%u\">", j,
                                  j + 3);
          g_string_append (out, "<Coding");
          append_guid (out, "guid", 'c', i * SELECTIONS + j);
          g_string_append (out, "><CodeRef");
          append_guid (out, "targetGUID", 'C', 0);
          g_string_append (out, "/></Coding>");
          if (j == 1)
            {
              append_reference (out, 'N', 2 * i + 1);
              append_reference (out, 'N', 2 * i);
            }
          g_string_append (out, "</PlainTextSelection>");
        }
      append_reference (out, 'N', 2 * i);
      g_string_append (out, "</TextSource>");
    }
  g_string_append (out, "</Sources>");
  return g_string_free (out, FALSE);
}

static char *
make_notes (guint n)
{
  GString *out = g_string_new ("<Notes>");

  for (guint i = 0; i < 2 * n; i++)
    {
      g_string_append (out, "<Note");
      append_guid (out, "guid", 'N', i);
      g_string_append_printf (out, "><PlainTextContent>note %u</PlainTextContent></Note>",
                              i);
    }
  g_string_append (out, "</Notes>");
  return g_string_free (out, FALSE);
}

static void
append_link (GString *out, guint i, guint nth, guint to, const char *name, guint note)
{
  g_string_append_printf (out, "<Link name=\"%s\"", name);
  append_guid (out, "guid", 'L', 2 * i + nth);
  append_guid (out, "originGUID", 'S', i * SELECTIONS + 2);
  append_guid (out, "targetGUID", 'S', i * SELECTIONS + to);
  g_string_append (out, ">");
  if (note != G_MAXUINT)
    append_reference (out, 'N', note);
  g_string_append (out, "</Link>");
}

static char *
make_links (guint n)
{
  GString *out = g_string_new ("<Links>");

  for (guint i = n; i-- > 0;)
    {
      append_link (out, i, 0, 4, "back", 2 * i);
      append_link (out, i, 1, 0, "on", G_MAXUINT);
    }
  /* From an article, and from nowhere. */
  g_string_append (out, "<Link");
  append_guid (out, "guid", 'l', 0);
  append_guid (out, "originGUID", 'T', 0);
  append_guid (out, "targetGUID", 'S', 0);
  g_string_append (out, "/><Link");
  append_guid (out, "guid", 'l', 1);
  append_guid (out, "originGUID", 'x', 0);
  g_string_append (out, "/></Links>");
  return g_string_free (out, FALSE);
}

static char *
make_project (guint n, const char *order)
{
  GString *out = g_string_new ("<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"p\">");

  for (const char *part = order; *part != '\0'; part++)
    {
      g_autofree char *made = *part == 'S'   ? make_sources (n)
                              : *part == 'N' ? make_notes (n)
                              : *part == 'L' ? make_links (n)
                                             : NULL;
      g_autofree char *code = make_guid ('C', 0);

      if (*part == 'C')
        g_string_append_printf (out,
                                "<CodeBook><Codes><Code guid=\"%s\" name=\"claim\" "
                                "isCodable=\"true\"/></Codes></CodeBook>",
                                code);
      else
        g_string_append (out, made);
    }
  g_string_append (out, "</Project>\n");
  return g_string_free (out, FALSE);
}

static gboolean
take_span (KutipSpan *span, gpointer data)
{
  g_ptr_array_add (data, span);
  return TRUE;
}

static gboolean
take_relation (KutipRelation *relation, gpointer data)
{
  g_ptr_array_add (data, relation);
  return TRUE;
}

static void
check_relation (GPtrArray *spans,
                KutipRelation *relation,
                const char *label,
                guint to,
                const char *note)
{
  KutipRelationFields fields;
  KutipSpan *from = g_ptr_array_index (spans, 2), *end = g_ptr_array_index (spans, to);

  kutip_relation_get_fields (relation, &fields);
  g_assert_cmpstr (fields.label, ==, label);
  g_assert_cmpstr (fields.from, ==, kutip_span_get_id (from));
  g_assert_cmpstr (fields.to, ==, kutip_span_get_id (end));
  g_assert_cmpstr (fields.note, ==, note);
}

static void
check_record (KutipRecord *record, guint i)
{
  g_autofree char *note = g_strdup_printf ("note %u", 2 * i);
  g_autofree char *both = g_strdup_printf ("note %u\nnote %u", 2 * i + 1, 2 * i);
  KutipLayer *layer = g_ptr_array_index (record->layers, 0);
  g_autoptr (GPtrArray) spans = g_ptr_array_new ();
  g_autoptr (GPtrArray) relations = g_ptr_array_new ();

  g_assert_cmpuint (record->layers->len, ==, 1);
  g_assert_cmpstr (kutip_header_get_fields (kutip_layer_get_header (layer))->note, ==,
                   note);
  kutip_layer_foreach_span (layer, take_span, spans);
  kutip_layer_foreach_relation (layer, take_relation, relations);
  g_assert_cmpuint (spans->len, ==, SELECTIONS);
  g_assert_cmpuint (relations->len, ==, 2);
  for (guint j = 0; j < SELECTIONS; j++)
    {
      KutipSpanFields fields;

      kutip_span_get_fields (g_ptr_array_index (spans, j), &fields);
      g_assert_cmpuint (fields.ranges[0].start, ==, j);
      g_assert_cmpstr (fields.label, ==, "claim");
      g_assert_cmpstr (fields.note, ==, j == 1 ? both : NULL);
    }
  check_relation (spans, g_ptr_array_index (relations, 0), "back", 4, note);
  check_relation (spans, g_ptr_array_index (relations, 1), "on", 0, NULL);
}

static const struct
{
  guint n;
  const char *order;
  const char *reason;
} projects[] = {
  { 3, "CSNL", "as the schema has it" },
  { 3, "LNSC", "everything comes behind what refers to it, or before" },
  { 4000, "CSNL", "more than may be in the memory" },
  { 4000, "LNSC", "the same the other way round" },
};

static void
test_order (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (projects); i++)
    {
      /* So many are more than each sorter has room for, too. */
      guint n = MIN (projects[i].n, rounds_divisor () > 1 ? 1500 : G_MAXUINT);
      g_autofree char *project = make_project (n, projects[i].order);
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;

      g_test_message ("%s", projects[i].reason);
      records = memory_files_read_bytes ("refi-qda", "x.qde", project, strlen (project),
                                         report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (records->len, ==, n);
      for (guint j = 0; j < n; j++)
        {
          KutipRecord *record = g_ptr_array_index (records, j);
          g_autofree char *own = g_strdup_printf ("text %u.txt", j);

          check_record (record, j);
          g_assert_true (g_hash_table_add (paths, record->path));
          if (j % 3 == 0)
            g_assert_cmpstr (record->path, ==, own);
        }
      g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_WARNING, "other-link"),
                        ==, 1);
      g_assert_cmpstr (kutip_report_get_nth (report, 0)->detail, ==, "2");
    }
}

#define HEAD "<Project xmlns=\"urn:QDA-XML:project:1.0\">\n"
#define SOURCE(inner)                                                                    \
  "<Sources><TextSource guid=\"a\" name=\"x\"><PlainTextContent>satu</"                  \
  "PlainTextContent>\n" inner "</TextSource></Sources>\n"
#define SELECTION(guid, inner)                                                           \
  "<PlainTextSelection guid=\"" guid "\" startPosition=\"0\" endPosition=\"1\">" inner   \
  "</PlainTextSelection>\n"
#define NOTE(guid)                                                                       \
  "<Notes><Note guid=\"" guid "\"><PlainTextContent>n</PlainTextContent></Note>"         \
  "</Notes>\n"

static const struct
{
  const char *xml;
  const char *error;
  const char *reason;
} broken[] = {
  { HEAD SOURCE (SELECTION ("b", "") SELECTION ("b", "")) "</Project>",
    "line 4: “b” is there twice", "two selections" },
  { HEAD SOURCE (SELECTION ("b", "") SELECTION ("c", "")) NOTE ("c")
        NOTE ("{B}") "</Project>",
    "line 6: “c” is there twice", "a note is called as a selection, and another, too" },
  { HEAD SOURCE (SELECTION ("a", "")) "</Project>", "line 3: “a” is there twice",
    "a selection is called as its text" },
  { HEAD SOURCE (SELECTION ("b", "<NoteRef targetGUID=\"m\"/>") SELECTION (
        "c", "<NoteRef targetGUID=\"k\"/>")) NOTE ("n") "</Project>",
    "line 3: there is no code or note “m”", "the first of what is not there" },
  { HEAD SOURCE (SELECTION ("b", "<NoteRef targetGUID=\"a\"/>")) "</Project>",
    "line 3: there is no code or note “a”", "something else is there" },
  { HEAD SOURCE (SELECTION ("b", "<NoteRef targetGUID=\"m\"/>")
                     SELECTION ("b", "")) "</Project>",
    "line 4: “b” is there twice", "that is wrong whatever else is" },
  { HEAD SOURCE (SELECTION ("b", "") SELECTION ("b", "")) "<Notes><Note/></Notes>"
                                                          "</Project>",
    "line 4: “b” is there twice", "it comes before what cannot be read" },
  { HEAD SOURCE (SELECTION ("b", "<NoteRef targetGUID=\"m\"/>")) "<Notes><Note/></Notes>"
                                                                 "</Project>",
    "“Note” has no “guid”", "what cannot be read may hold what is not there" },
};

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = memory_files_read_bytes (
          "refi-qda", "x.qde", broken[i].xml, strlen (broken[i].xml), report, &error);

      g_test_message ("%s", broken[i].reason);
      g_assert_nonnull (error);
      if (strstr (error->message, broken[i].error) == NULL)
        g_error ("%s: %s", broken[i].reason, error->message);
    }
}

/* What they are called, and what they come to be called. */
static void
test_names (void)
{
  static const char *const rows[][2] = {
    { "a a a", "a a-2 a-3" },       { "a a a-2", "a a-2 a-2-2" },
    { "a a-2 a", "a a-2 a-3" },     { "a-2 a-2 a-2-2 a", "a-2 a-2-2 a-2-2-2 a" },
    { "a-2 a-3 a", "a-2 a-3 a" },   { "a.txt a b/a ./a ../a", "a a-2 b/a a-3 a-4" },
    { "-2 -2 2-2", "-2 -2-2 2-2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) names = g_strsplit (rows[i][0], " ", -1);
      g_auto (GStrv) expected = g_strsplit (rows[i][1], " ", -1);
      g_autoptr (GString) xml = g_string_new (HEAD "<Sources>");
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = NULL;

      for (guint j = 0; names[j] != NULL; j++)
        g_string_append_printf (xml,
                                "<TextSource guid=\"t%u\" name=\"%s\"><PlainTextContent>"
                                "satu</PlainTextContent></TextSource>",
                                j, names[j]);
      g_string_append (xml, "</Sources></Project>");
      records = memory_files_read_bytes ("refi-qda", "x.qde", xml->str, xml->len, report,
                                         &error);
      g_assert_no_error (error);
      g_assert_cmpuint (records->len, ==, g_strv_length (expected));
      for (guint j = 0; j < records->len; j++)
        {
          g_autofree char *path = g_strconcat (expected[j], ".txt", NULL);

          g_assert_cmpstr (((KutipRecord *) g_ptr_array_index (records, j))->path, ==,
                           path);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refi-qda/order", test_order);
  g_test_add_func ("/refi-qda/broken", test_broken);
  g_test_add_func ("/refi-qda/names", test_names);
  return g_test_run ();
}
