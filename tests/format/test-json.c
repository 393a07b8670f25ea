/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "format/json/json.h"

#include "../text/random-text.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* JSON, which must be accepted. */
static const struct
{
  const char *json;
  const char *reason;
} valid[] = {
  { "{}", "an empty object" },
  { "[]", "an empty array" },
  { "null", "a bare value" },
  { " \t\r\n true \t\r\n ", "all white space there is" },
  { "\xef\xbb\xbf[1]", "a byte order mark is skipped" },
  { "0", "the shortest number" },
  { "-0", "minus zero" },
  { "-0.0e-0", "every part of a number" },
  { "1E+2", "a capital E and a plus sign" },
  { "1e999", "grammar is right; only reading it as a double fails" },
  { "123456789012345678901234567890", "more digits than any integer type has" },
  { "\"\"", "an empty string" },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"", "every escape" },
  { "\"\\ud83d\\ude00\"", "a surrogate pair" },
  { "\"\\uDBFF\\uDFFF\"", "the last code point, in capitals" },
  { "\"\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80\"", "borders of UTF-8" },
  { "\"\x7f\"", "DEL needs no escape" },
  { "\"\u2028\u2029\"", "line separators need no escape in JSON" },
  { "{\"\":{\"\":[]}}", "empty names, one in another" },
  { "{\"a\":{\"a\":1},\"A\":1,\"aa\":1}", "names that are alike but not the same" },
};

/* What is not JSON: the place and the kind of the first error. */
static const struct
{
  const char *json;
  gsize n_bytes; /* 0: strlen */
  KutipJsonErrorCode code;
  guint line, column;
  const char *reason;
} invalid[] = {
  { "", 0, KUTIP_JSON_ERROR_TRUNCATED, 1, 1, "nothing" },
  { " \n ", 0, KUTIP_JSON_ERROR_TRUNCATED, 2, 2, "nothing but space" },
  { "\xef\xbb\xbf", 0, KUTIP_JSON_ERROR_TRUNCATED, 1, 1,
    "nothing but a byte order mark" },
  { "[]\xef\xbb\xbf", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "a byte order mark at the end" },
  { "\xff\xfe[\0]\0", 6, KUTIP_JSON_ERROR_SYNTAX, 1, 1, "UTF-16" },
  { "[]x", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "something behind" },
  { "{}{}", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "another value behind" },
  { "[]\0", 3, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "NUL behind" },
  { "[1\0]", 4, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "NUL within" },
  { "[1,]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 4, "a trailing comma" },
  { "[,1]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "a leading comma" },
  { "[1,,2]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 4, "two commas" },
  { "[1 2]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 4, "no comma" },
  { "[1}", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "closed as an object" },
  { "{\"a\":1]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 7, "closed as an array" },
  { "]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 1, "closed before it is open" },
  { "{\"a\":1,}", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 8, "a trailing comma" },
  { "{\"a\" 1}", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 6, "no colon" },
  { "{\"a\"::1}", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 6, "two colons" },
  { "{\"a\":}", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 6, "no value" },
  { "{a:1}", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "a name without quotes" },
  { "{1:1}", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "a number for a name" },
  { "{'a':1}", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "single quotes" },
  { "{\"a\":1,\n \"b\":2,\n \"a\":3}", 0, KUTIP_JSON_ERROR_DUPLICATE, 3, 2,
    "a name twice" },
  { "{\"a\":1,\"\\u0061\":2}", 0, KUTIP_JSON_ERROR_DUPLICATE, 1, 8,
    "a name twice, once in disguise" },
  { "{\"\":1,\"\":2}", 0, KUTIP_JSON_ERROR_DUPLICATE, 1, 7, "the empty name twice" },
  { "/* */ 1", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 1, "a comment" },
  { "[1] // x", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 5, "a comment behind" },
  { "var a = 1", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 1, "JavaScript" },
  { "01", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 1, "octal" },
  { "-01", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "octal, negative" },
  { "+1", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 1, "a plus sign" },
  { ".5", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 1, "no digit before the point" },
  { "[1.]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 4, "no digit behind the point" },
  { "[1e]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 4, "no exponent" },
  { "[1e+]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 5, "a sign is no exponent" },
  { "[-]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "a sign is no number" },
  { "0x10", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "hexadecimal" },
  { "NaN", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 1, "not a number" },
  { "[Infinity]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "infinity" },
  { "-Infinity", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "less than everything" },
  { "[True]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "Python" },
  { "[truth]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "a word that begins right" },
  { "[nullnull]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 6, "two words in one" },
  { "[\"a\nb\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 4, "a raw line end in a string" },
  { "[\"a\tb\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 4, "a raw tab in a string" },
  { "[\"a\0b\"]", 8, KUTIP_JSON_ERROR_SYNTAX, 1, 4, "a raw NUL in a string" },
  { "[\"\\u0000\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "an escaped NUL" },
  { "[\"\\x41\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "no such escape" },
  { "[\"\\u00g0\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "no hexadecimal digit" },
  { "[\"\\u 041\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "a space for a digit" },
  { "[\"\\ud800\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "a lone high surrogate" },
  { "[\"\\udc00\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "a lone low surrogate" },
  { "[\"\\ud800\\ud800\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "two high surrogates" },
  { "[\"\\ud800\\n\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "half a pair" },
  { "[\"\\ud800x12345\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "half a pair" },
  { "[\"\xff\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "never in UTF-8" },
  { "[\"\x80\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "a continuation alone" },
  { "[\"\xc0\x80\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "overlong NUL" },
  { "[\"\xe0\x9f\xbf\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "overlong, three bytes" },
  { "[\"\xf0\x8f\xbf\xbf\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "overlong, four bytes" },
  { "[\"\xed\xa0\x80\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "a surrogate in UTF-8" },
  { "[\"\xf4\x90\x80\x80\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "above U+10FFFF" },
  { "[\"\xe2\x82\"]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 3, "a sequence cut short" },
  { "[\xc2\xa0]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 2, "a no-break space is no space" },
  { "[\"\u00e9\U0001f600\", x]", 0, KUTIP_JSON_ERROR_SYNTAX, 1, 8,
    "columns count characters" },
};

static void
test_valid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", valid[i].reason);
      g_assert_true (kutip_json_check (valid[i].json, strlen (valid[i].json), &error));
      g_assert_no_error (error);
    }
}

static void
assert_place (const GError *error, guint line, guint column)
{
  g_autofree char *place = g_strdup_printf ("line %u, column %u: ", line, column);

  if (!g_str_has_prefix (error->message, place))
    g_error ("“%s” does not begin with “%s”", error->message, place);
}

static void
test_invalid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      gsize n_bytes =
          invalid[i].n_bytes != 0 ? invalid[i].n_bytes : strlen (invalid[i].json);
      /* Without what stands behind, so that a sanitizer sees every byte read beyond. */
      g_autofree char *bytes = g_memdup2 (invalid[i].json, n_bytes);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", invalid[i].reason);
      g_assert_false (kutip_json_check (bytes, n_bytes, &error));
      g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, (int) invalid[i].code);
      assert_place (error, invalid[i].line, invalid[i].column);
    }
}

/* Every beginning of a value is an error, always that it ends too early, at its end. */
static void
test_truncated (void)
{
  static const char whole[] = "{\"a\\u00e9\\ud83d\\ude00\": [true, false, null, "
                              "-12.5e+3, \"\u00e9\U0001f600\"],\n"
                              " \"b\": {\"c\": \"\\\"\\\\\", \"d\": []}}";

  for (gsize n = 0; n < sizeof whole - 1; n++)
    {
      g_autofree char *bytes = g_memdup2 (whole, n);
      g_autoptr (GError) error = NULL;

      g_assert_false (kutip_json_check (bytes, n, &error));
      g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_TRUNCATED);
    }
  g_assert_true (kutip_json_check (whole, sizeof whole - 1, NULL));
}

static char *
repeat (const char *open, guint n, const char *middle, const char *close)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (out, open);
  g_string_append (out, middle);
  for (guint i = 0; i < n; i++)
    g_string_append (out, close);
  return g_string_free (out, FALSE);
}

static void
test_depth (void)
{
  static const struct
  {
    const char *open, *middle, *close;
    guint n;
    gboolean fits;
  } rows[] = {
    { "[", "", "]", KUTIP_JSON_MAX_DEPTH, TRUE },
    { "[", "", "]", KUTIP_JSON_MAX_DEPTH + 1, FALSE },
    { "[", "", "]", 100000, FALSE },
    { "[", "", "", 1000000, FALSE },
    { "{\"a\":", "1", "}", KUTIP_JSON_MAX_DEPTH, TRUE },
    { "{\"a\":", "1", "}", 100000, FALSE },
    { "[{\"a\":", "1", "}]", KUTIP_JSON_MAX_DEPTH / 2, TRUE },
    { "[{\"a\":", "1", "}]", 100000, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json =
          repeat (rows[i].open, rows[i].n, rows[i].middle, rows[i].close);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (kutip_json_check (json, strlen (json), &error), ==, rows[i].fits);
      if (!rows[i].fits)
        g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_DEPTH);
    }
}

/* Names are found twice in small and in large objects, and quickly enough in a very large
 * one. */
static void
test_many_names (void)
{
  const guint sizes[] = { 2, 15, 16, 17, 18, 40, rounds (200000) };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint twice = 0; twice < 2; twice++)
      {
        g_autoptr (GString) json = g_string_new ("{");
        g_autoptr (GError) error = NULL;

        for (guint j = 0; j < sizes[i]; j++)
          g_string_append_printf (json, "\"%s%u\":{\"x\":1},",
                                  j % 2 == 0 ? "" : "\\u0061", j);
        g_string_append (json, twice ? "\"\\u0030\":0}" : "\"last\":0}");
        g_assert_cmpint (kutip_json_check (json->str, json->len, &error), ==, !twice);
        if (twice)
          g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_DUPLICATE);
      }
}

static void
test_size (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (kutip_json_check (NULL, 0, &error));
  g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_TRUNCATED);
  g_clear_error (&error);
  /* Refused by its length: not a byte of it is looked at. */
  g_assert_false (kutip_json_check ("", KUTIP_JSON_MAX_BYTES + 1, &error));
  g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_SIZE);
  g_assert_cmpstr (
      error->message, ==,
      "line 1, column 1: the file is too large: JSON of up to one gigabyte is read");
}

static void
test_tokens (void)
{
  static const char json[] = "{\"n\\u0061me\": [1.50, \"x\\ny\", true, null], \"b\": {}}";
  static const struct
  {
    KutipJsonToken token;
    const char *string;
  } expected[] = {
    { KUTIP_JSON_OBJECT_START, NULL }, { KUTIP_JSON_NAME, "name" },
    { KUTIP_JSON_ARRAY_START, NULL },  { KUTIP_JSON_NUMBER, "1.50" },
    { KUTIP_JSON_STRING, "x\ny" },     { KUTIP_JSON_TRUE, NULL },
    { KUTIP_JSON_NULL, NULL },         { KUTIP_JSON_ARRAY_END, NULL },
    { KUTIP_JSON_NAME, "b" },          { KUTIP_JSON_OBJECT_START, NULL },
    { KUTIP_JSON_OBJECT_END, NULL },   { KUTIP_JSON_OBJECT_END, NULL },
    { KUTIP_JSON_END, NULL },          { KUTIP_JSON_END, NULL },
  };
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (json, strlen (json));

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      /* Looking ahead changes nothing. */
      for (guint peeks = i % 3; peeks > 0; peeks--)
        g_assert_cmpint (kutip_json_reader_peek (reader), ==, expected[i].token);
      g_assert_cmpint (kutip_json_reader_next (reader), ==, expected[i].token);
      if (expected[i].string != NULL)
        g_assert_cmpstr (kutip_json_reader_get_string (reader, NULL), ==,
                         expected[i].string);
    }
  g_assert_true (kutip_json_reader_finish (reader, NULL));
}

/* Which getter is tried on a value. */
typedef enum
{
  GET_OBJECT,
  GET_ARRAY,
  GET_STRING,
  GET_UINT, /* up to 4000000000 */
  GET_DOUBLE,
  GET_BOOLEAN,
} Getter;

static gboolean
try_getter (KutipJsonReader *reader, Getter getter)
{
  guint number;
  double real;
  gboolean flag;

  switch (getter)
    {
    case GET_OBJECT:
      return kutip_json_reader_read_object (reader);
    case GET_ARRAY:
      return kutip_json_reader_read_array (reader);
    case GET_STRING:
      return kutip_json_reader_read_string (reader) != NULL;
    case GET_UINT:
      return kutip_json_reader_read_uint (reader, 4000000000, &number);
    case GET_DOUBLE:
      return kutip_json_reader_read_double (reader, &real);
    case GET_BOOLEAN:
    default:
      return kutip_json_reader_read_boolean (reader, &flag);
    }
}

static void
test_getters (void)
{
  static const struct
  {
    const char *json;
    guint fitting; /* bit i: Getter i reads it */
  } rows[] = {
    { "{}", 1 << GET_OBJECT },
    { "[]", 1 << GET_ARRAY },
    { "\"\"", 1 << GET_STRING },
    { "\"1\"", 1 << GET_STRING },
    { "0", 1 << GET_UINT | 1 << GET_DOUBLE },
    { "4000000000", 1 << GET_UINT | 1 << GET_DOUBLE },
    { "4000000001", 1 << GET_DOUBLE },
    { "18446744073709551616", 1 << GET_DOUBLE },
    { "99999999999999999999999999", 1 << GET_DOUBLE },
    { "-0", 1 << GET_DOUBLE },
    { "-1", 1 << GET_DOUBLE },
    { "1.0", 1 << GET_DOUBLE },
    { "1e2", 1 << GET_DOUBLE },
    { "1e308", 1 << GET_DOUBLE },
    { "1e309", 0 },
    { "-1e999999999999", 0 },
    { "1e-999999999999", 1 << GET_DOUBLE },
    { "true", 1 << GET_BOOLEAN },
    { "false", 1 << GET_BOOLEAN },
    { "null", 0 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (Getter getter = GET_OBJECT; getter <= GET_BOOLEAN; getter++)
      {
        g_autofree char *json = g_strdup_printf ("[%s]", rows[i].json);
        g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (json, strlen (json));
        g_autoptr (GError) error = NULL;
        gboolean fits = (rows[i].fitting & 1u << getter) != 0;

        g_test_message ("%s by getter %d", json, getter);
        g_assert_true (kutip_json_reader_read_array (reader));
        g_assert_cmpint (try_getter (reader, getter), ==, fits);
        g_assert_cmpint (kutip_json_reader_failed (reader), ==, !fits);
        if (fits)
          continue;
        g_assert_false (kutip_json_reader_finish (reader, &error));
        g_assert_error (error, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_VALUE);
        assert_place (error, 1, 2);
        /* All that follows fails too, and the first reason stays. */
        kutip_json_reader_fail (reader, "too late");
        g_assert_null (kutip_json_reader_read_member (reader));
        g_assert_false (kutip_json_reader_read_element (reader));
        g_assert_null (kutip_json_reader_read_raw (reader));
        g_assert_cmpint (kutip_json_reader_next (reader), ==, KUTIP_JSON_ERROR);
        g_assert_cmpint (kutip_json_reader_peek (reader), ==, KUTIP_JSON_ERROR);
        g_clear_error (&error);
        g_assert_false (kutip_json_reader_finish (reader, &error));
        assert_place (error, 1, 2);
      }
}

static void
test_walk (void)
{
  static const char json[] = "{\"one\": 1, \"list\": [\"a\", \"b\"], \"no\": false}";
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (json, strlen (json));
  guint number = 0;
  gboolean flag = TRUE;

  g_assert_true (kutip_json_reader_read_object (reader));
  g_assert_cmpstr (kutip_json_reader_read_member (reader), ==, "one");
  g_assert_true (kutip_json_reader_read_uint (reader, 10, &number));
  g_assert_cmpuint (number, ==, 1);
  g_assert_cmpstr (kutip_json_reader_read_member (reader), ==, "list");
  g_assert_true (kutip_json_reader_read_array (reader));
  g_assert_true (kutip_json_reader_read_element (reader));
  g_assert_cmpstr (kutip_json_reader_read_string (reader), ==, "a");
  g_assert_true (kutip_json_reader_read_element (reader));
  g_assert_cmpstr (kutip_json_reader_read_string (reader), ==, "b");
  g_assert_false (kutip_json_reader_read_element (reader));
  g_assert_cmpstr (kutip_json_reader_read_member (reader), ==, "no");
  g_assert_true (kutip_json_reader_read_boolean (reader, &flag));
  g_assert_false (flag);
  g_assert_null (kutip_json_reader_read_member (reader));
  g_assert_true (kutip_json_reader_finish (reader, NULL));
}

/* What is left unread is found out. */
static void
test_unfinished (void)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new ("[1]", 3);
  g_autoptr (GError) error = NULL;

  g_assert_true (kutip_json_reader_read_array (reader));
  g_assert_false (kutip_json_reader_finish (reader, &error));
  assert_place (error, 1, 2);
}

static void
test_raw (void)
{
  static const struct
  {
    const char *json, *raw, *reason;
  } rows[] = {
    { "1", "1", "a number" },
    { " {\"a\" : [1 ,2]} ", "{\"a\" : [1 ,2]}", "on one line it stays as it is" },
    { "{\"a\" :\n [1 ,2]}", "{\"a\":[1,2]}", "several lines become one" },
    { "{\"a\" :\r [1 ,2]}", "{\"a\":[1,2]}",
      "so they do in the style of old Macintoshes" },
    { "[\n\" a  b \", \"\\\"  \\\\\", \" \"]", "[\" a  b \",\"\\\"  \\\\\",\" \"]",
      "strings stay" },
    { "\" \\n \"", "\" \\n \"", "an escape is no line end" },
    { "\n\n3\n", "3", "what is around does not count" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipJsonReader) reader =
          kutip_json_reader_new (rows[i].json, strlen (rows[i].json));
      g_autofree char *raw = kutip_json_reader_read_raw (reader);

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpstr (raw, ==, rows[i].raw);
      g_assert_true (kutip_json_reader_finish (reader, NULL));
    }
}

static void
assert_string_round_trip (const char *string)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (KutipJsonReader) reader = NULL;

  kutip_json_append_string (json, string);
  reader = kutip_json_reader_new (json->str, json->len);
  g_assert_cmpstr (kutip_json_reader_read_string (reader), ==, string);
  g_assert_true (kutip_json_reader_finish (reader, NULL));
}

static void
test_strings (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  g_autoptr (GString) json = g_string_new (NULL);

  kutip_json_append_string (json, "a\"\\/\b\f\n\r\t\x01\x1f\x7f\u00e9\u2028\U0001f600");
  g_assert_cmpstr (
      json->str, ==,
      "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\u00e9\u2028\U0001f600\"");
  for (guint i = 0; i < rounds (5000); i++)
    {
      g_autofree char *text = random_text (random, i % N_RANDOM_KINDS, i % 50);

      assert_string_round_trip (text);
    }
}

/* Each character as an escape. */
static void
test_escaped_strings (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (guint i = 0; i < rounds (2000); i++)
    {
      g_autofree char *text = random_text (random, i % N_RANDOM_KINDS, i % 50);
      g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
      g_autoptr (GString) json = g_string_new ("\"");
      g_autoptr (KutipJsonReader) reader = NULL;

      for (guint j = 0; units[j] != 0; j++)
        g_string_append_printf (json, i % 2 == 0 ? "\\u%04x" : "\\u%04X", units[j]);
      g_string_append_c (json, '"');
      reader = kutip_json_reader_new (json->str, json->len);
      g_assert_cmpstr (kutip_json_reader_read_string (reader), ==, text);
    }
}

static void
assert_double (double value, const char *expected)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (KutipJsonReader) reader = NULL;
  double again = 0;

  kutip_json_append_double (json, value);
  if (expected != NULL)
    g_assert_cmpstr (json->str, ==, expected);
  reader = kutip_json_reader_new (json->str, json->len);
  g_assert_true (kutip_json_reader_read_double (reader, &again));
  g_assert_true (kutip_json_reader_finish (reader, NULL));
  g_assert_cmpmem (&value, sizeof value, &again, sizeof again);
}

static void
test_doubles (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  assert_double (0, "0");
  assert_double (-0.0, "-0");
  assert_double (0.93, "0.93");
  assert_double (1, "1");
  assert_double (-1.5, "-1.5");
  assert_double (1e22, "1e+22");
  assert_double (5e-324, NULL);
  assert_double (1.7976931348623157e308, "1.7976931348623157e+308");
  assert_double (0.1 + 0.2, "0.30000000000000004");
  for (guint i = 0; i < rounds (20000); i++)
    {
      guint64 bits = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
      double value;

      memcpy (&value, &bits, sizeof value);
      if (isfinite (value))
        assert_double (value, NULL);
    }
}

/* The place of each value, asked for in any order. */
static void
test_places (void)
{
  static const char json[] = "[1,\n  2,\r\n\t\"\u00e9\u00e9\", 4]";
  static const guint places[][2] = { { 1, 1 }, { 1, 2 }, { 2, 3 },
                                     { 3, 2 }, { 3, 8 }, { 3, 9 } };
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  gsize second = 0;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      guint line, column;

      kutip_json_reader_next (reader);
      kutip_json_reader_get_place (reader, &line, &column);
      g_assert_cmpuint (line, ==, places[i][0]);
      g_assert_cmpuint (column, ==, places[i][1]);
      if (i == 2)
        second = kutip_json_reader_get_offset (reader);
    }
  kutip_json_reader_fail_at (reader, second, "it was %d", 2);
  g_assert_false (kutip_json_reader_finish (reader, &error));
  g_assert_cmpstr (error->message, ==, "line 2, column 3: it was 2");
}

/* Random damage: a prefix is never accepted, and what is accepted, json-glib accepts too,
 * which is the more lenient of the two. */
static void
test_damage (void)
{
  static const char whole[] =
      "{\"id\": \"s1\", \"ranges\": [[395, 398]], \"text\": [\"B\\u0042C \u00e9\"], "
      "\"attributes\": {\"kind\": true, \"x\": -1.5e3}, \"y\": [null, {}, []]}";
  static const char pieces[] = "{}[]\",:\\u0 \n1-.e\xc3\xff tfn";
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  guint n_accepted = 0;

  for (guint i = 0; i < rounds (50000); i++)
    {
      gsize n_bytes = sizeof whole - 1;
      g_autofree char *bytes = g_memdup2 (whole, n_bytes);
      g_autoptr (JsonParser) other = json_parser_new_immutable ();

      for (int changes = g_rand_int_range (random, 1, 4); changes > 0; changes--)
        bytes[g_rand_int_range (random, 1, (gint32) n_bytes)] =
            pieces[g_rand_int_range (random, 0, sizeof pieces - 1)];
      if (!kutip_json_check (bytes, n_bytes, NULL))
        continue;
      n_accepted++;
      g_assert_false (kutip_json_check (bytes, n_bytes - 1, NULL));
      g_assert_true (json_parser_load_from_data (other, bytes, (gssize) n_bytes, NULL));
    }
  g_assert_cmpuint (n_accepted, >, rounds (1000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/valid", test_valid);
  g_test_add_func ("/json/invalid", test_invalid);
  g_test_add_func ("/json/truncated", test_truncated);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/many-names", test_many_names);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/tokens", test_tokens);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/walk", test_walk);
  g_test_add_func ("/json/unfinished", test_unfinished);
  g_test_add_func ("/json/raw", test_raw);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/escaped-strings", test_escaped_strings);
  g_test_add_func ("/json/doubles", test_doubles);
  g_test_add_func ("/json/places", test_places);
  g_test_add_func ("/json/damage", test_damage);
  return g_test_run ();
}
