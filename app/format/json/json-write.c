/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json.h"

#include "format/json/json-scan.h"

#include <math.h>
#include <string.h>

/* The letter that stands behind a backslash for @c; 'u' for one without a letter of its
 * own; 0 for one that is not escaped. */
static char
get_escape (guchar c)
{
  switch (c)
    {
    case '"':
    case '\\':
      return (char) c;
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

/* Copies bytes that stand for themselves to *@to, many at a time, of which the last may
 * be too many; returns where it stopped. */
static inline const char *
copy_plain (char **to, const char *bytes, const char *end)
{
  char *p = *to;

#ifdef __SSE2__
  gsize n;

  for (; end - bytes >= 16; bytes += 16, p += 16)
    {
      __m128i all = kutip_json_load_16 (bytes);
      guint marks = kutip_json_mark_special_16 (all);

      kutip_json_store_16 (p, all);
      if (marks == 0)
        continue;
      *to = p + __builtin_ctz (marks);
      return bytes + __builtin_ctz (marks);
    }
  n = (gsize) (end - bytes);
  if (n > 0)
    {
      __m128i few = kutip_json_load_few (bytes, n);

      kutip_json_store_16 (p, few);
      /* What is behind them counts as one that ends them. */
      n = (gsize) __builtin_ctz (kutip_json_mark_special_16 (few));
    }
#else
  gsize n;

  for (; end - bytes >= 8; bytes += 8, p += 8)
    {
      guint64 marks = kutip_json_mark_special (kutip_json_load_word (bytes));

      memcpy (p, bytes, 8);
      if (marks == 0)
        continue;
      *to = p + kutip_json_count_unmarked (marks);
      return bytes + kutip_json_count_unmarked (marks);
    }
  n = (gsize) (end - bytes);
  if (n > 0)
    {
      guint64 word = kutip_json_load_rest (bytes, n);
      guint64 marks = kutip_json_mark_special (word);

      kutip_json_store_word (p, word);
      if (marks != 0)
        n = kutip_json_count_unmarked (marks);
    }
#endif
  *to = p + n;
  return bytes + n;
}

static char *
append_escape (char *to, guchar c)
{
  static const char digits[] = "0123456789abcdef";
  char escape = get_escape (c);

  *to++ = '\\';
  *to++ = escape;
  if (escape != 'u')
    return to;
  *to++ = '0';
  *to++ = '0';
  *to++ = digits[c >> 4];
  *to++ = digits[c & 15];
  return to;
}

char *
kutip_json_put_bytes (char *to, const char *bytes, gsize n_bytes)
{
  const char *end = bytes + n_bytes;

  *to++ = '"';
  while ((bytes = copy_plain (&to, bytes, end)) < end)
    to = append_escape (to, (guchar) *bytes++);
  *to++ = '"';
  return to;
}

void
kutip_json_append_bytes (GString *out, const char *bytes, gsize n_bytes)
{
  const char *end = bytes + n_bytes;
  /* Two quotation marks, one escape, and what is copied too much. */
  char *to = kutip_json_make_room (out, n_bytes + 24);

  *to++ = '"';
  while ((bytes = copy_plain (&to, bytes, end)) < end)
    {
      to = append_escape (to, (guchar) *bytes++);
      out->len = (gsize) (to - out->str);
      to = kutip_json_make_room (out, (gsize) (end - bytes) + 24);
    }
  *to++ = '"';
  *to = '\0';
  out->len = (gsize) (to - out->str);
}

void
kutip_json_append_string (GString *out, const char *string)
{
  kutip_json_append_bytes (out, string, strlen (string));
}

char *
kutip_json_put_uint (char *to, guint value)
{
  static const guint powers[] = { 10,      100,      1000,      10000,     100000,
                                  1000000, 10000000, 100000000, 1000000000 };
  guint n = 0; /* digits; one more behind the loop */

  while (n < G_N_ELEMENTS (powers) && value >= powers[n])
    n++;
  n++;
  for (guint i = n; i > 0; value /= 10)
    to[--i] = (char) ('0' + value % 10);
  return to + n;
}

void
kutip_json_append_uint (GString *out, guint value)
{
  char *to = kutip_json_make_room (out, KUTIP_JSON_MOST_OF_UINT);

  to = kutip_json_put_uint (to, value);
  *to = '\0';
  out->len = (gsize) (to - out->str);
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

      format[3] = (char) ('0' + digits - 10);
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
