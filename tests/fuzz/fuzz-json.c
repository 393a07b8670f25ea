/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json.h"

#include "fuzz.h"

#include <string.h>

/* Whether the input is read to its end, a token at a time. */
static gboolean
read_tokens (const char *bytes, gsize n_bytes)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);

  for (;;)
    switch (kutip_json_reader_next (reader))
      {
      case KUTIP_JSON_END:
        return TRUE;
      case KUTIP_JSON_ERROR:
        return FALSE;
      case KUTIP_JSON_NAME:
      case KUTIP_JSON_STRING:
        g_assert_true (
            g_utf8_validate (kutip_json_reader_get_string (reader, NULL), -1, NULL));
        break;
      case KUTIP_JSON_OBJECT_START:
      case KUTIP_JSON_OBJECT_END:
      case KUTIP_JSON_ARRAY_START:
      case KUTIP_JSON_ARRAY_END:
      case KUTIP_JSON_NUMBER:
      case KUTIP_JSON_TRUE:
      case KUTIP_JSON_FALSE:
      case KUTIP_JSON_NULL:
      default:
        break;
      }
}

static char *
read_raw (const char *bytes, gsize n_bytes)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);

  return kutip_json_reader_read_raw (reader);
}

/* What is accepted is accepted on every way; its value on one line is JSON and stays as
 * it is. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *bytes = (const char *) data;
  g_autoptr (GError) error = NULL;
  gboolean is_json = kutip_json_check (bytes, size, &error);
  g_autofree char *raw = NULL;
  g_autofree char *again = NULL;

  g_assert_true (is_json == (error == NULL));
  g_assert_true (read_tokens (bytes, size) == is_json);
  if (!is_json)
    {
      g_assert_true (g_str_has_prefix (error->message, "line "));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  raw = read_raw (bytes, size);
  g_assert_null (strpbrk (raw, "\r\n"));
  g_assert_true (kutip_json_check (raw, strlen (raw), NULL));
  again = read_raw (raw, strlen (raw));
  g_assert_cmpstr (again, ==, raw);
  return 0;
}
