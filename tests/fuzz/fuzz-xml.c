/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/xml/xml.h"

#include "fuzz.h"

#include <string.h>

/* A file in memory, and the same one that comes a few bytes at a time, are read alike;
 * every element that starts ends, and all strings are good. */

#define STEP 3

typedef struct
{
  const guint8 *bytes;
  gsize n, at;
} Trickle;

static gssize
fill (gpointer data, char *buffer, gsize n, GError **error)
{
  Trickle *self = data;
  gsize n_now = MIN (MIN (n, STEP), self->n - self->at);

  if (n_now > 0)
    memcpy (buffer, self->bytes + self->at, n_now);
  self->at += n_now;
  return (gssize) n_now;
}

static void
append_string (GString *out, const char *string)
{
  g_assert_true (g_utf8_validate (string, -1, NULL));
  g_string_append_printf (out, "%s|", string);
}

static void
append_attributes (GString *out, KutipXmlReader *reader)
{
  const char *name_space, *name, *value;

  while (kutip_xml_reader_next_attribute (reader, &name_space, &name, &value))
    {
      append_string (out, name_space);
      append_string (out, name);
      append_string (out, value);
    }
}

/* All that is read, up to what is wrong. */
static char *
read_all (KutipXmlReader *reader, gboolean *failed)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint depth = 0;

  for (;;)
    switch (kutip_xml_reader_next (reader))
      {
      case KUTIP_XML_START:
        g_assert_cmpuint (kutip_xml_reader_get_depth (reader), ==, ++depth);
        g_assert_cmpuint (depth, <=, KUTIP_XML_MAX_DEPTH);
        append_string (out, kutip_xml_reader_get_namespace (reader));
        append_string (out, kutip_xml_reader_get_name (reader));
        append_attributes (out, reader);
        break;
      case KUTIP_XML_END:
        g_assert_cmpuint (kutip_xml_reader_get_depth (reader), ==, depth--);
        g_string_append_c (out, '/');
        break;
      case KUTIP_XML_TEXT:
        g_assert_true (g_utf8_validate (kutip_xml_reader_get_text (reader), -1, NULL));
        g_string_append (out, kutip_xml_reader_get_text (reader));
        break;
      case KUTIP_XML_DONE:
        g_assert_cmpuint (depth, ==, 0);
        *failed = !kutip_xml_reader_finish (reader, &error);
        g_assert_no_error (error);
        return g_string_free (out, FALSE);
      case KUTIP_XML_ERROR:
      default:
        *failed = TRUE;
        g_assert_false (kutip_xml_reader_finish (reader, &error));
        g_assert_nonnull (error);
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
        return g_string_free (out, FALSE);
      }
}

static gboolean
is_plain_utf8 (const guint8 *data, gsize size)
{
  return g_utf8_validate ((const char *) data, (gssize) size, NULL) &&
         !(size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (KutipXmlReader) reader = kutip_xml_reader_new (bytes, NULL);
  Trickle trickle = { data, size, 0 };
  g_autoptr (KutipXmlReader) stream = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *parts = NULL;
  gboolean failed = TRUE, parts_failed = TRUE;

  if (reader != NULL)
    whole = read_all (reader, &failed);
  stream = kutip_xml_reader_new_for_stream (fill, &trickle, NULL);
  if (stream != NULL)
    parts = read_all (stream, &parts_failed);
  if (!is_plain_utf8 (data, size))
    return 0;
  g_assert_cmpint (failed, ==, parts_failed);
  if (!failed)
    g_assert_cmpstr (whole, ==, parts);
  return 0;
}
