/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "format/xml/xml.h"

#include <string.h>

/* All that a file says, as one line: "a[b=c|..." "text" "]". */
static char *
describe_all (KutipXmlReader *reader, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  KutipXmlToken token;

  if (reader == NULL)
    return NULL;
  while ((token = kutip_xml_reader_next (reader)) != KUTIP_XML_DONE &&
         token != KUTIP_XML_ERROR)
    if (token == KUTIP_XML_START)
      {
        const char *name_space, *name, *value;

        g_string_append_printf (
            out, "%s%s%s@%u[", kutip_xml_reader_get_namespace (reader),
            *kutip_xml_reader_get_namespace (reader) ? ":" : "",
            kutip_xml_reader_get_name (reader), kutip_xml_reader_get_line (reader));
        while (kutip_xml_reader_next_attribute (reader, &name_space, &name, &value))
          g_string_append_printf (out, "%s%s%s=%s|", name_space, *name_space ? ":" : "",
                                  name, value);
      }
    else if (token == KUTIP_XML_END)
      g_string_append_printf (out, "]%s", kutip_xml_reader_get_name (reader));
    else
      g_string_append (out, kutip_xml_reader_get_text (reader));
  if (!kutip_xml_reader_finish (reader, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* A file that comes a few bytes at a time. */
typedef struct
{
  const char *next, *end;
  gsize most; /* bytes at once; 0 for 3 */
} Dripping;

static gssize
drip (gpointer data, char *buffer, gsize n, GError **error)
{
  Dripping *self = data;

  n = MIN (MIN (n, self->most == 0 ? 3 : self->most), (gsize) (self->end - self->next));
  memcpy (buffer, self->next, n);
  self->next += n;
  return (gssize) n;
}

/* The same whether it is read at once or part by part. */
static char *
describe (const char *bytes, gsize n, GError **error)
{
  g_autoptr (GBytes) file = g_bytes_new_static (bytes, n);
  g_autoptr (KutipXmlReader) reader = kutip_xml_reader_new (file, error);
  Dripping dripping = { bytes, bytes + n, 0 };
  g_autoptr (GError) other_error = NULL;
  g_autoptr (KutipXmlReader) other =
      kutip_xml_reader_new_for_stream (drip, &dripping, &other_error);
  g_autofree char *got = reader == NULL ? NULL : describe_all (reader, error);
  g_autofree char *dripped = other == NULL ? NULL : describe_all (other, &other_error);

  g_assert_cmpstr (got, ==, dripped);
  if (got == NULL && error != NULL)
    g_assert_cmpstr ((*error)->message, ==, other_error->message);
  return g_steal_pointer (&got);
}

static const struct
{
  const char *why, *content;
  const char *said; /* or in the error, if that starts with "!" */
} rows[] = {
  { "an empty element", "<a/>", "a@1[]a" },
  { "attributes, in order", "<a b='1' c=\"2\"/>", "a@1[b=1|c=2|]a" },
  { "an ampersand in an attribute", "<a b='&amp;&lt;&#38;&#x26;amp;&quot;'/>",
    "a@1[b=&<&&amp;\"|]a" },
  { "a mark that may stand in an attribute", "<a b='x > y'>1 > 2</a>",
    "a@1[b=x > y|1 > 2]a" },
  { "line ends, kept only as numbers", "<a b='1\n2&#10;3\t4'/>", "a@2[b=1 2\n3 4|]a" },
  { "CDATA, comments and instructions",
    "<a>1<![CDATA[<&amp;]]><!-- <b/> -->2<?x y?>3</a>", "a@1[1<&amp;23]a" },
  { "namespaces", "<x:a xmlns:x='u' xmlns='v' x:b='1'><c d='2'/></x:a>",
    "u:a@1[u:b=1|v:c@1[d=2|]c]a" },
  { "lines", "<a>\n<b\nc='1'/>\n<d/></a>", "a@1[\nb@3[c=1|]b\nd@4[]d]a" },
  { "a byte order mark", "\xef\xbb\xbf<a/>", "a@1[]a" },
  { "another encoding, which it is not in",
    "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xc3\xa9</a>", "a@1[\xc3\xa9]a" },
  { "a prefix that stands for nothing", "<a>\n<x:b/></a>", "!line 2, column 5: " },
  { "an end of another", "<a>\n\n</b>", "!line 3, column 5: " },
  { "no end", "<a>\n", "!line 1, column 4: " },
  { "two first elements", "<a/>\n<b/>", "!line 2, column 1: " },
  { "a document type", "<!DOCTYPE a><a/>", "!document type" },
  { "a document type inside", "<a>\n<!DOCTYPE a></a>", "!line 2" },
  { "an entity", "<a>\n\xc3\xa9\xc3\xa9&b;</a>", "!line 2, column 6: " },
  { "an entity in an attribute", "<a>\n<c d='&b;'/></a>", "!line 2" },
  { "a control character", "<a>\n\x01</a>", "!line 2" },
  { "the number of one", "<a>\n&#1;</a>", "!line 2" },
};

static void
check (const char *why, const char *bytes, gsize n, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = describe (bytes, n, &error);

  g_test_message ("%s: %s", why, got == NULL ? error->message : "read");
  if (*said != '!')
    {
      g_assert_no_error (error);
      g_assert_cmpstr (got, ==, said);
      return;
    }
  g_assert_null (got);
  g_assert_nonnull (strstr (error->message, said + 1));
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check (rows[i].why, rows[i].content, strlen (rows[i].content), rows[i].said);
}

/* A stream is checked as it comes, so that nobody knows yet how it goes on. */
static void
test_stream_encoding (void)
{
  static const struct
  {
    const char *why, *content, *place;
    gsize n; /* bytes, with those behind a NUL; 0: strlen() */
  } broken[] = {
    { "in the first line", "<a>\xff</a>", "line 1, column 4: ", 0 },
    { "behind line ends", "<a>\n\nb\xc3(</a>", "line 3, column 2: ", 0 },
    { "behind other characters, which count as one each",
      "<a>\n\xc3\xa9\xf0\x9f\xa4\x9d\xff", "line 2, column 3: ", 0 },
    { "a character that the end cuts off", "<a>\nbc\xe2\x80", "line 2, column 3: ", 0 },
    { "behind a byte order mark", "\xef\xbb\xbf<a>\xff</a>", "line 1, column 4: ", 0 },
    { "half a surrogate pair", "<a>\n\xed\xa0\x80</a>", "line 2, column 1: ", 0 },
    { "a NUL, which might be taken for the end of what has come",
      "<a>\nbc\0 and what follows it, longer than any character</a>",
      "line 2, column 3: ", 58 },
    { "a NUL inside a character", "<a>\nb\xe2\0 and what follows it</a>",
      "line 2, column 2: ", 31 },
    { "a NUL at the end", "<a>\nb\0", "line 2, column 2: ", 6 },
  };

  for (guint j = 0; j < 4 * G_N_ELEMENTS (broken); j++)
    {
      static const gsize most[] = { 1, 3, 4, 1 << 20 };
      guint i = j / 4;
      gsize n = broken[i].n == 0 ? strlen (broken[i].content) : broken[i].n;
      Dripping dripping = { broken[i].content, broken[i].content + n, most[j % 4] };
      g_autoptr (GError) error = NULL;
      g_autoptr (KutipXmlReader) reader =
          kutip_xml_reader_new_for_stream (drip, &dripping, &error);
      g_autofree char *got = reader == NULL ? NULL : describe_all (reader, &error);

      g_test_message ("%s: %s", broken[i].why, got == NULL ? error->message : got);
      g_assert_null (got);
      g_assert_true (g_str_has_prefix (error->message, broken[i].place));
    }
}

static void
test_utf16 (void)
{
  static const char bytes[] = "\xff\xfe<\0a\0>\0\xe9\0<\0/\0a\0>\0";

  check ("UTF-16", bytes, sizeof bytes - 1, "a@1[\xc3\xa9]a");
}

static void
test_depth (void)
{
  for (guint depth = KUTIP_XML_MAX_DEPTH; depth <= KUTIP_XML_MAX_DEPTH + 1; depth++)
    {
      g_autoptr (GString) content = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *got = NULL;

      for (guint i = 0; i < depth; i++)
        g_string_append (content, "<a>\n");
      for (guint i = 0; i < depth; i++)
        g_string_append (content, "</a>");
      got = describe (content->str, content->len, &error);
      g_assert_true ((got != NULL) == (depth == KUTIP_XML_MAX_DEPTH));
      if (got == NULL)
        g_assert_nonnull (strstr (error->message, "line 201, column 3: "));
    }
}

/* A caller's failure at an element counts, not what is wrong behind it. */
static void
test_first_failure (void)
{
  static const char content[] = "<a>\n<b/>\n<c></a>";
  g_autoptr (GBytes) file = g_bytes_new_static (content, strlen (content));
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipXmlReader) reader = kutip_xml_reader_new (file, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kutip_xml_reader_next (reader), ==, KUTIP_XML_START);
  g_assert_true (kutip_xml_reader_next_child (reader, 1));
  g_assert_cmpstr (kutip_xml_reader_get_name (reader), ==, "b");
  kutip_xml_reader_fail (reader, "so %d", 1);
  g_assert_cmpint (kutip_xml_reader_next (reader), ==, KUTIP_XML_ERROR);
  g_assert_false (kutip_xml_reader_finish (reader, &error));
  g_assert_cmpstr (error->message, ==, "line 2, column 3: so 1");
}

/* Wherever the parts that libxml2 is given end: in a tag, a character, CDATA, a text. */
static void
test_borders (void)
{
  static const char inside[] =
      "<b c='&amp;\xf0\x9f\xa4\x9d>'>1&lt;\xf0\x9f\xa4\x9d<![CDATA[<]]>\n</b>";
  static const char said[] = "[c=&\xf0\x9f\xa4\x9d>|1<\xf0\x9f\xa4\x9d<\n]b";

  for (guint shift = 0; shift < sizeof inside;
       shift += sizeof inside / rounds (sizeof inside))
    {
      g_autoptr (GString) content = g_string_new ("<a>");
      g_autoptr (GString) expected = g_string_new ("a@1[");
      g_autofree char *space = g_strnfill (shift, ' ');

      g_string_append (content, space);
      g_string_append (expected, space);
      for (guint i = 0; i < 3000; i++)
        {
          g_string_append (content, inside);
          g_string_append_printf (expected, "b@%u%s", i + 1, said);
        }
      g_string_append (content, "</a>");
      g_string_append (expected, "]a");
      check ("borders", content->str, content->len, expected->str);
    }
}

/* The text of a long article is one attribute; taking the square of its length, this
 * would not end before the test's time is over. */
static void
test_long (void)
{
  g_autoptr (GString) content = g_string_new ("<a>\n<b c='");
  g_autoptr (GString) expected = g_string_new ("a@1[\nb@2[c=");

  for (guint i = 0; i < rounds (3000000); i++)
    {
      g_string_append (content, "Kami > \xf0\x9f\xa4\x9d&amp; ");
      g_string_append (expected, "Kami > \xf0\x9f\xa4\x9d& ");
    }
  g_string_append (content, "'/>\n</a>");
  g_string_append (expected, "|]b\n]a");
  check ("long", content->str, content->len, expected->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/table", test_table);
  g_test_add_func ("/xml/utf16", test_utf16);
  g_test_add_func ("/xml/stream-encoding", test_stream_encoding);
  g_test_add_func ("/xml/depth", test_depth);
  g_test_add_func ("/xml/first-failure", test_first_failure);
  g_test_add_func ("/xml/borders", test_borders);
  g_test_add_func ("/xml/long", test_long);
  return g_test_run ();
}
