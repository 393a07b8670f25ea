/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json.h"

#include <math.h>
#include <string.h>

#define EACH_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* Whether one of the eight bytes is below 0x20, or a quotation mark or a backslash; by
 * the sign bits of differences that do not borrow, as no byte minuend has that bit set.
 */
static inline gboolean
has_escape (const char *bytes)
{
  guint64 word, low;

  memcpy (&word, bytes, sizeof word);
  low = word & EACH_BYTE (0x7f);
  /* In each byte 0x80 where the seven lower bits are not what is looked for. */
  return (~(((low + EACH_BYTE (0x60)) & ((low ^ EACH_BYTE ('"')) + EACH_BYTE (0x7f)) &
             ((low ^ EACH_BYTE ('\\')) + EACH_BYTE (0x7f))) |
            word) &
          EACH_BYTE (0x80)) != 0;
}

/* The letter that stands behind a backslash for @c; 'u' for one without a letter of its
 * own; 0 for one that is not escaped. */
static char
get_escape (guchar c)
{
  switch (c)
    {
    case '"':
    case '\\':
      return c;
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return c < 0x20 ? 'u' : 0;
    }
}

void
kutip_json_append_bytes (GString *out, const char *bytes, gsize n_bytes)
{
  gsize start = 0;

  g_string_append_c (out, '"');
  for (gsize i = 0; i < n_bytes; i++)
    {
      char escape;

      while (i + 8 <= n_bytes && !has_escape (bytes + i))
        i += 8;
      if (i == n_bytes)
        break;
      escape = get_escape (bytes[i]);

      if (escape == 0)
        continue;
      kutip_json_append_raw (out, bytes + start, i - start);
      start = i + 1;
      g_string_append_c (out, '\\');
      g_string_append_c (out, escape);
      if (escape == 'u')
        g_string_append_printf (out, "%04x", (guchar) bytes[i]);
    }
  kutip_json_append_raw (out, bytes + start, n_bytes - start);
  g_string_append_c (out, '"');
}

void
kutip_json_append_string (GString *out, const char *string)
{
  kutip_json_append_bytes (out, string, strlen (string));
}

void
kutip_json_append_uint (GString *out, guint value)
{
  char digits[16];
  guint n = sizeof digits;

  do
    digits[--n] = (char) ('0' + value % 10);
  while ((value /= 10) > 0);
  kutip_json_append_raw (out, digits + n, sizeof digits - n);
}

void
kutip_json_append_double (GString *out, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (isfinite (value));

  /* 17 digits tell any two doubles apart; most need fewer. */
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[] = "%.15g";

      format[3] = '0' + digits - 10;
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) >= value &&
          g_ascii_strtod (buffer, NULL) <= value)
        break;
    }
  g_string_append (out, buffer);
}

void
kutip_json_append_strings (GString *out, const char *const *strings)
{
  g_string_append_c (out, '[');
  for (guint i = 0; strings[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      kutip_json_append_string (out, strings[i]);
    }
  g_string_append_c (out, ']');
}
