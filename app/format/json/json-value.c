/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* How much of a wrong value a message shows, in bytes. */
#define MAX_SHOWN 24

/* The token last read, as the file has it, short enough for a message. */
static char *
show_token (KutipJsonReader *self)
{
  gsize n_bytes;
  const char *raw =
      kutip_json_reader_peek_raw (self, kutip_json_reader_get_offset (self), &n_bytes);
  g_autofree char *shown = NULL;

  if (n_bytes <= MAX_SHOWN)
    return g_strndup (raw, n_bytes);
  n_bytes = MAX_SHOWN;
  while (n_bytes > 0 && ((guchar) raw[n_bytes] & 0xc0) == 0x80)
    n_bytes--;
  shown = g_strndup (raw, n_bytes);
  return g_strconcat (shown, "…", NULL);
}

/* @expected, not yet translated, says what should be there, with a %s for what is. */
static void
fail_type (KutipJsonReader *self, const char *expected)
{
  g_autofree char *shown = NULL;
  g_autoptr (GString) message = NULL;

  if (kutip_json_reader_failed (self))
    return;
  shown = show_token (self);
  message = g_string_new (_ (expected));
  g_string_replace (message, "%s", shown, 1);
  kutip_json_reader_fail (self, "%s", message->str);
}

/* Reads a token that must be @token. */
static gboolean
read_token (KutipJsonReader *self, KutipJsonToken token, const char *expected)
{
  if (kutip_json_reader_next (self) == token)
    return TRUE;
  fail_type (self, expected);
  return FALSE;
}

gboolean
kutip_json_reader_read_object (KutipJsonReader *self)
{
  return read_token (
      self, KUTIP_JSON_OBJECT_START,
      /* Translators: %s is what the file has instead, such as true or [. */
      N_ ("an object, “{ … }”, was expected here, not %s"));
}

gboolean
kutip_json_reader_enter_member (KutipJsonReader *self)
{
  KutipJsonToken token = kutip_json_reader_next (self);

  if (token == KUTIP_JSON_NAME)
    return TRUE;
  if (token != KUTIP_JSON_OBJECT_END)
    kutip_json_reader_fail (self, _ ("a member's name was expected here"));
  return FALSE;
}

const char *
kutip_json_reader_read_member (KutipJsonReader *self)
{
  return kutip_json_reader_enter_member (self) ? kutip_json_reader_get_string (self, NULL)
                                               : NULL;
}

gboolean
kutip_json_reader_read_array (KutipJsonReader *self)
{
  return read_token (
      self, KUTIP_JSON_ARRAY_START,
      /* Translators: %s is what the file has instead, such as true or {. */
      N_ ("a list, “[ … ]”, was expected here, not %s"));
}

gboolean
kutip_json_reader_read_element (KutipJsonReader *self)
{
  KutipJsonToken token = kutip_json_reader_peek (self);

  if (token == KUTIP_JSON_ERROR)
    return FALSE;
  if (token != KUTIP_JSON_ARRAY_END)
    return TRUE;
  kutip_json_reader_next (self);
  return FALSE;
}

const char *
kutip_json_reader_read_string (KutipJsonReader *self)
{
  if (!read_token (self, KUTIP_JSON_STRING,
                   /* Translators: %s is what the file has instead, such as true or [. */
                   N_ ("a text in double quotes was expected here, not %s")))
    return NULL;
  return kutip_json_reader_get_string (self, NULL);
}

/* FALSE for anything but digits, and for more than @max. */
static gboolean
parse_uint (const char *digits, gsize n_digits, guint max, guint *value)
{
  guint64 number = 0;

  for (const char *end = digits + n_digits; digits < end; digits++)
    {
      if (!g_ascii_isdigit (*digits))
        return FALSE;
      number = number * 10 + (guint) (*digits - '0');
      if (number > max)
        return FALSE;
    }
  *value = (guint) number;
  return TRUE;
}

gboolean
kutip_json_reader_read_uint (KutipJsonReader *self, guint max, guint *value)
{
  g_autofree char *shown = NULL;
  gsize n_digits;

  if (kutip_json_reader_next (self) == KUTIP_JSON_NUMBER)
    {
      const char *digits = kutip_json_reader_peek_string (self, &n_digits);

      if (parse_uint (digits, n_digits, max, value))
        return TRUE;
    }
  if (kutip_json_reader_failed (self))
    return FALSE;
  shown = show_token (self);
  kutip_json_reader_fail (self,
                          /* Translators: %1$u is the largest number allowed, %2$s what
                             the file has instead. */
                          _ ("a whole number from 0 to %1$u was expected here, not %2$s"),
                          max, shown);
  return FALSE;
}

gboolean
kutip_json_reader_read_double (KutipJsonReader *self, double *value)
{
  double number;

  if (!read_token (self, KUTIP_JSON_NUMBER,
                   /* Translators: %s is what the file has instead, such as true or [. */
                   N_ ("a number was expected here, not %s")))
    return FALSE;
  number = g_ascii_strtod (kutip_json_reader_get_string (self, NULL), NULL);
  if (!isfinite (number))
    {
      kutip_json_reader_fail (self, _ ("this number is too large"));
      return FALSE;
    }
  *value = number;
  return TRUE;
}

gboolean
kutip_json_reader_read_boolean (KutipJsonReader *self, gboolean *value)
{
  KutipJsonToken token = kutip_json_reader_next (self);

  if (token != KUTIP_JSON_TRUE && token != KUTIP_JSON_FALSE)
    {
      /* Translators: %s is what the file has instead, such as "yes" or 1. */
      fail_type (self, N_ ("“true” or “false” was expected here, not %s"));
      return FALSE;
    }
  *value = token == KUTIP_JSON_TRUE;
  return TRUE;
}

gboolean
kutip_json_reader_skip (KutipJsonReader *self)
{
  guint depth = 0;

  do
    switch (kutip_json_reader_next (self))
      {
      case KUTIP_JSON_OBJECT_START:
      case KUTIP_JSON_ARRAY_START:
        depth++;
        break;
      case KUTIP_JSON_OBJECT_END:
      case KUTIP_JSON_ARRAY_END:
        if (depth == 0)
          kutip_json_reader_fail (self, _ ("a value was expected here"));
        else
          depth--;
        break;
      case KUTIP_JSON_END:
        kutip_json_reader_fail (self, _ ("a value was expected here"));
        break;
      case KUTIP_JSON_NAME:
        if (depth == 0)
          kutip_json_reader_fail (self, _ ("a value was expected here"));
        break;
      case KUTIP_JSON_ERROR:
        return FALSE;
      case KUTIP_JSON_STRING:
      case KUTIP_JSON_NUMBER:
      case KUTIP_JSON_TRUE:
      case KUTIP_JSON_FALSE:
      case KUTIP_JSON_NULL:
      default:
        break;
      }
  while (depth > 0 && !kutip_json_reader_failed (self));
  return !kutip_json_reader_failed (self);
}

/* Leaves out white space, but not in strings. */
static char *
compact (const char *raw, gsize n_bytes)
{
  GString *out = g_string_sized_new (n_bytes);
  gboolean in_string = FALSE;

  for (gsize i = 0; i < n_bytes; i++)
    {
      if (!in_string && strchr (" \t\r\n", raw[i]) != NULL)
        continue;
      if (raw[i] == '"')
        in_string = !in_string;
      g_string_append_c (out, raw[i]);
      if (in_string && raw[i] == '\\')
        g_string_append_c (out, raw[++i]);
    }
  return g_string_free (out, FALSE);
}

char *
kutip_json_reader_read_raw (KutipJsonReader *self)
{
  const char *raw;
  gsize offset, n_bytes;

  kutip_json_reader_peek (self);
  offset = kutip_json_reader_get_offset (self);
  if (!kutip_json_reader_skip (self))
    return NULL;
  raw = kutip_json_reader_peek_raw (self, offset, &n_bytes);
  if (memchr (raw, '\n', n_bytes) == NULL && memchr (raw, '\r', n_bytes) == NULL)
    return g_strndup (raw, n_bytes);
  return compact (raw, n_bytes);
}

gboolean
kutip_json_check (const char *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);

  kutip_json_reader_skip (reader);
  return kutip_json_reader_finish (reader, error);
}
