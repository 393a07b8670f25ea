/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json-scan.h"

#include <glib/gi18n.h>
#include <string.h>

/* Characters that stand for themselves in a string, other than the non-ASCII ones. */
static inline gboolean
is_plain (guchar c)
{
  return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static gboolean
fail (KutipJsonScan *scan, const char *position, const char *reason)
{
  scan->position = position;
  scan->reason = reason;
  return FALSE;
}

static gboolean
fail_at_end (KutipJsonScan *scan)
{
  return fail (scan, scan->end, NULL);
}

/* The number that the four hexadecimal digits at @p make, or -1. */
static int
read_hex (const char *p, const char *end)
{
  int value = 0;

  if (end - p < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  return value;
}

/* Whether the input ends before it shows what escape stands at @p. */
static gboolean
is_cut_escape (const char *p, const char *end)
{
  gsize n = (gsize) (end - p);

  if (n >= 6 || (n > 0 && p[0] != '\\') || (n > 1 && p[1] != 'u'))
    return FALSE;
  for (gsize i = 2; i < n; i++)
    if (!g_ascii_isxdigit (p[i]))
      return FALSE;
  return TRUE;
}

/* The code unit of the escape "\uXXXX" at @p, or -1. */
static int
read_unit (const char *p, const char *end)
{
  if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
    return -1;
  return read_hex (p + 2, end);
}

gboolean
kutip_json_scan_escape (KutipJsonScan *scan, gunichar *character)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *start = scan->position;
  const char *letter;
  int first, second;

  if (is_cut_escape (start, scan->end))
    return fail_at_end (scan);
  letter = memchr (letters, start[1], sizeof letters - 1);
  if (letter != NULL)
    {
      *character = (guchar) meanings[letter - letters];
      scan->position += 2;
      return TRUE;
    }
  first = read_unit (start, scan->end);
  if (first < 0)
    return fail (scan, start, _ ("there is no such escape sequence"));
  if (first == 0)
    return fail (scan, start, _ ("a text cannot hold the character U+0000"));
  *character = (gunichar) first;
  scan->position += 6;
  if (first < 0xd800 || first > 0xdfff)
    return TRUE;
  if (first < 0xdc00 && is_cut_escape (scan->position, scan->end))
    return fail_at_end (scan);
  second = read_unit (scan->position, scan->end);
  if (first >= 0xdc00 || second < 0xdc00 || second > 0xdfff)
    return fail (scan, start, _ ("half of a surrogate pair is not a character"));
  *character = (gunichar) (0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
  scan->position += 6;
  return TRUE;
}

/* The length of the UTF-8 sequence at @p, which is not ASCII; 0 when it is invalid, -1
 * when the input ends in it. The Unicode Standard, table 3-7. */
static int
measure_utf8 (const char *p, const char *end)
{
  const guchar *b = (const guchar *) p;
  gsize available = (gsize) (end - p);
  guint n = b[0] < 0xc2 ? 0 : b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : b[0] < 0xf5 ? 4 : 0;

  if (n == 0)
    return 0;
  if (available < 2)
    return -1;
  if ((b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f) ||
      (b[0] == 0xf0 && b[1] < 0x90) || (b[0] == 0xf4 && b[1] > 0x8f))
    return 0;
  for (guint i = 1; i < n; i++)
    {
      if (i == available)
        return -1;
      if ((b[i] & 0xc0) != 0x80)
        return 0;
    }
  return (int) n;
}

/* Checks the character at the position, one that does not simply stand for itself. */
static gboolean
scan_special (KutipJsonScan *scan, gboolean *escaped)
{
  const char *p = scan->position;
  gunichar character;
  int n;

  if (*p == '\\')
    {
      *escaped = TRUE;
      return kutip_json_scan_escape (scan, &character);
    }
  if ((guchar) *p < 0x20)
    return fail (scan, p,
                 _ ("a control character in a text must be written as an escape"));
  n = measure_utf8 (p, scan->end);
  if (n < 0)
    return fail_at_end (scan);
  if (n == 0)
    return fail (scan, p, _ ("this is not valid UTF-8"));
  scan->position += n;
  return TRUE;
}

/* Behind the bytes that stand for themselves in a string. Bytes that are not ASCII do
 * when it is known that they are UTF-8. */
static const char *
skip_plain (const KutipJsonScan *scan)
{
  const guint64 not_ascii = scan->is_utf8 ? 0 : G_GUINT64_CONSTANT (0x8080808080808080);
  const char *p = scan->position;

#ifdef __SSE2__
  for (; scan->end - p >= 16; p += 16)
    {
      __m128i bytes = kutip_json_load_16 (p);
      guint marks = kutip_json_mark_special_16 (bytes) |
                    (scan->is_utf8 ? 0 : (guint) _mm_movemask_epi8 (bytes));

      if (marks != 0)
        return p + __builtin_ctz (marks);
    }
#endif
  for (; scan->end - p >= 8; p += 8)
    {
      guint64 word = kutip_json_load_word (p);
      guint64 marks = kutip_json_mark_special (word) | (word & not_ascii);

      if (marks != 0)
        return p + kutip_json_count_unmarked (marks);
    }
  while (p < scan->end &&
         (is_plain ((guchar) *p) || (scan->is_utf8 && (guchar) *p >= 0x80)))
    p++;
  return p;
}

gboolean
kutip_json_scan_string (KutipJsonScan *scan, gboolean *escaped)
{
  *escaped = FALSE;
  scan->position++;
  for (;;)
    {
      const char *p = skip_plain (scan);

      scan->position = p;
      if (p == scan->end)
        return fail_at_end (scan);
      if (*p == '"')
        break;
      if (!scan_special (scan, escaped))
        return FALSE;
    }
  scan->position++;
  return TRUE;
}

/* At least one digit. */
static gboolean
scan_digits (KutipJsonScan *scan)
{
  const char *start = scan->position;
  const char *p = start;

  while (p < scan->end && g_ascii_isdigit (*p))
    p++;
  if (p == start)
    return fail (scan, p, p == scan->end ? NULL : _ ("a digit was expected here"));
  scan->position = p;
  return TRUE;
}

static gboolean
skip_character (KutipJsonScan *scan, char a, char b)
{
  if (scan->position == scan->end || (*scan->position != a && *scan->position != b))
    return FALSE;
  scan->position++;
  return TRUE;
}

gboolean
kutip_json_scan_number (KutipJsonScan *scan)
{
  const char *digits;

  skip_character (scan, '-', '-');
  digits = scan->position;
  if (!scan_digits (scan))
    return FALSE;
  if (*digits == '0' && scan->position - digits > 1)
    return fail (scan, digits, _ ("a number cannot begin with 0"));
  if (skip_character (scan, '.', '.') && !scan_digits (scan))
    return FALSE;
  if (skip_character (scan, 'e', 'E'))
    {
      skip_character (scan, '+', '-');
      return scan_digits (scan);
    }
  return TRUE;
}

void
kutip_json_decode_string (GString *out, const char *content, const char *end)
{
  KutipJsonScan scan = { content, end, TRUE, NULL };

  while (scan.position < end)
    {
      const char *escape = memchr (scan.position, '\\', (gsize) (end - scan.position));
      const char *stop = escape != NULL ? escape : end;
      gunichar character;

      g_string_append_len (out, scan.position, stop - scan.position);
      scan.position = stop;
      if (escape != NULL && kutip_json_scan_escape (&scan, &character))
        g_string_append_unichar (out, character);
    }
}
