/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/elements.h"
#include "format/json/json.h"

#include <string.h>

/* Lists that are read an element at a time: the same elements however the bytes come, and
 * no list that is cut off passes for a whole one. */

static const struct
{
  const char *why;
  const char *json;
  guint n_elements;
  gboolean is_json;
} lists[] = {
  { "nothing in it", "[]", 0, TRUE },
  { "blanks around", " \n[ \n] \n", 0, TRUE },
  { "one object, no list", "{\"a\": [1, {\"b\": \"]\"}]}\n", 1, TRUE },
  { "one element", "[{\"a\": 1}]", 1, TRUE },
  { "brackets and quotation marks in strings",
    "[{\"a\": \"]},[\\\"\"},\n  {\"b\": \"\\\\\"}\n]\n", 2, TRUE },
  { "elements that are no objects", "[1, \"a,b\", [2, [3]], null, true]", 5, TRUE },
  { "a byte order mark", "\xef\xbb\xbf[{\"a\": 1}, {}]", 2, TRUE },
  { "two lists", "[1] [2]", 0, FALSE },
  { "a list and an object", "[{}]{}", 0, FALSE },
  { "a comma too many", "[1, 2,]", 0, FALSE },
  { "a comma too few", "[{} {}]", 0, FALSE },
  { "a comma in front", "[, 1]", 0, FALSE },
  { "the wrong end", "[{\"a\": 1]}", 0, FALSE },
  { "no end", "[{\"a\": 1}", 0, FALSE },
  { "no end behind a comma", "[{\"a\": 1},", 0, FALSE },
  { "no end behind two", "[{\"a\": 1}, {\"b\": 2}", 0, FALSE },
  { "no beginning", "{\"a\": 1}, {\"b\": 2}]", 0, FALSE },
};

/* The elements of the units; -1 when one of them is no JSON. */
static int
count_elements (const char *json, gsize n)
{
  gsize at = 0;
  int count = 0;

  while (at < n)
    {
      gsize unit = kutip_elements_next_unit (json + at, n - at, TRUE);
      g_autoptr (GBytes) bytes = g_bytes_new_static (json + at, unit);
      g_autoptr (GBytes) whole = kutip_elements_complete (bytes);
      g_autoptr (KutipJsonReader) reader = NULL;
      const char *start;
      gsize n_bytes;

      g_assert_cmpuint (unit, >, 0);
      g_assert_cmpuint (unit, <=, n - at);
      at += unit;
      if (whole == NULL)
        continue;
      start = g_bytes_get_data (whole, &n_bytes);
      reader = kutip_json_reader_new (start, n_bytes);
      if (kutip_json_reader_peek (reader) == KUTIP_JSON_OBJECT_START)
        {
          kutip_json_reader_skip (reader);
          count++;
        }
      else if (kutip_json_reader_read_array (reader))
        while (kutip_json_reader_read_element (reader))
          {
            kutip_json_reader_skip (reader);
            count++;
          }
      if (!kutip_json_reader_finish (reader, NULL))
        count = -1;
      if (count < 0)
        return -1;
    }
  return count;
}

static void
test_lists (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_test_message ("%s", lists[i].why);
      g_assert_cmpint (count_elements (lists[i].json, strlen (lists[i].json)), ==,
                       lists[i].is_json ? (int) lists[i].n_elements : -1);
    }
}

/* Only what may stand behind a list can be missing. */
static void
test_cut_off (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      gsize n = strlen (lists[i].json);

      for (gsize cut = 1; lists[i].is_json && cut < n; cut++)
        {
          g_autofree char *json = g_strndup (lists[i].json, cut);
          g_autofree char *shown = g_strescape (json, NULL);
          gboolean blank = strspn (lists[i].json, " \n\xef\xbb\xbf") >= cut;

          g_test_message ("%s", shown);
          if (strspn (lists[i].json + cut, " \n") < n - cut && !blank)
            g_assert_cmpint (count_elements (json, cut), ==, -1);
        }
    }
}

/* With fewer bytes there is the same unit, or none yet. */
static void
test_parts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (gsize n = strlen (lists[i].json), at = 0; lists[i].is_json && at < n;)
      {
        gsize unit = kutip_elements_next_unit (lists[i].json + at, n - at, TRUE);

        for (gsize part = 0; part < n - at; part++)
          {
            gsize found = kutip_elements_next_unit (lists[i].json + at, part, FALSE);

            if (found != 0)
              g_assert_cmpuint (found, ==, unit);
          }
        at += unit;
      }
}

/* What cannot become JSON any more is handed out at once, up to there. */
static void
test_wrong (void)
{
  static const struct
  {
    const char *why;
    const char *json;
    gsize n;
    gsize unit; /* 0: more is needed */
  } rows[] = {
    { "nothing but NULs", "\0\0\0\0", 4, 1 },
    { "no value", " xyz", 4, 2 },
    { "NULs in a list", "[\0\0\0", 4, 2 },
    { "NULs in an object", "{\"a\": \0\0\0", 9, 7 },
    { "NULs in a string", "[{\"a\": \"b\0\0", 11, 10 },
    { "a line that ends in a string", "[{\"a\": \"b\nc", 11, 10 },
    { "NULs behind a comma", ", {\"a\": 1, \0\0", 13, 12 },
    { "lines that end between words", "[{\"a\":\r\n\t1", 10, 0 },
    { "an escaped quotation mark", "[{\"a\": \"\\\" ", 11, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) unit = g_bytes_new_static (rows[i].json, rows[i].unit);
      g_autoptr (GBytes) whole = NULL;

      g_test_message ("%s", rows[i].why);
      g_assert_cmpuint (kutip_elements_next_unit (rows[i].json, rows[i].n, FALSE), ==,
                        rows[i].unit);
      if (rows[i].unit == 0)
        continue;
      whole = kutip_elements_complete (unit);
      g_assert_false (kutip_json_check (g_bytes_get_data (whole, NULL),
                                        g_bytes_get_size (whole), NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elements/lists", test_lists);
  g_test_add_func ("/elements/cut-off", test_cut_off);
  g_test_add_func ("/elements/parts", test_parts);
  g_test_add_func ("/elements/wrong", test_wrong);
  return g_test_run ();
}
