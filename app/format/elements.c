/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/elements.h"

#include <string.h>

static const char *
skip_blanks (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
    p++;
  return p;
}

static const char *
skip_mark (const char *p, const char *end)
{
  static const char mark[] = "\xef\xbb\xbf";
  const gsize n = strlen (mark);

  return (gsize) (end - p) >= n && memcmp (p, mark, n) == 0 ? p + n : p;
}

/* A control character that no JSON can have there. */
static gboolean
is_wrong (char c, gboolean in_string)
{
  return (guchar) c < ' ' && (in_string || (c != '\t' && c != '\r' && c != '\n'));
}

/* Behind a string's closing quote; NULL when it is not there. *@wrong: as of
 * skip_value().
 */
static const char *
skip_string (const char *p, const char *end, const char **wrong)
{
  for (p++; p < end; p++)
    {
      if (*p == '"')
        return p + 1;
      if (is_wrong (*p, TRUE))
        {
          *wrong = p;
          return NULL;
        }
      if (*p == '\\')
        p++;
    }
  return NULL;
}

/* Behind the value at @p; NULL when it does not end here. A number or a word ends at a
 * bracket, a comma, or where the bytes do. *@wrong is set to a byte that no JSON can
 * have, behind which nobody needs to look. */
static const char *
skip_value (const char *p, const char *end, const char **wrong)
{
  static const char beginnings[] = "{[\"-0123456789tfn,]}";
  const char *start = p;
  gsize depth = 0;

  if (p < end && memchr (beginnings, *p, sizeof beginnings - 1) == NULL)
    {
      *wrong = p;
      return NULL;
    }
  while (p < end)
    {
      if (*p == '"')
        {
          p = skip_string (p, end, wrong);
          if (p == NULL || depth == 0)
            return p;
          continue;
        }
      if (*p == '{' || *p == '[')
        depth++;
      else if (*p == '}' || *p == ']')
        {
          if (depth <= 1)
            return depth == 0 ? p : p + 1;
          depth--;
        }
      else if (*p == ',' && depth == 0)
        return p;
      else if (is_wrong (*p, FALSE))
        {
          *wrong = p;
          return NULL;
        }
      p++;
    }
  return depth == 0 && p > start ? p : NULL;
}

/* Behind the list, and the white space behind it; all that is there when that is not the
 * end of it all. 0: more is needed to tell. */
static gsize
end_list (const char *bytes, const char *p, const char *end, gboolean at_end)
{
  p = skip_blanks (p, end);
  return p < end || at_end ? (gsize) (end - bytes) : 0;
}

gsize
kutip_elements_next_unit (const char *bytes, gsize n_bytes, gboolean at_end)
{
  const char *end = bytes + n_bytes;
  const char *start, *p, *value_end;
  const char *wrong = NULL;
  gsize rest = at_end ? n_bytes : 0;

  if (n_bytes == 0)
    return 0;
  /* Perhaps not all of a byte order mark is here. */
  if (n_bytes < 3 && *bytes == '\xef')
    return rest;
  start = skip_blanks (skip_mark (bytes, end), end);
  /* Nothing, or one value and no list. */
  if (start == end)
    return rest;
  if (*start != '[' && *start != ',')
    {
      skip_value (start, end, &wrong);
      return wrong != NULL ? (gsize) (wrong - bytes) + 1 : rest;
    }
  p = skip_blanks (start + 1, end);
  if (p == end)
    return rest;
  if (*p == ']' && *start == '[')
    return end_list (bytes, p + 1, end, at_end);
  value_end = skip_value (p, end, &wrong);
  if (wrong != NULL)
    return (gsize) (wrong - bytes) + 1;
  if (value_end == NULL)
    return rest;
  p = skip_blanks (value_end, end);
  if (p < end && *p == ',')
    return (gsize) (p - bytes);
  if (p < end)
    return *p == ']' ? end_list (bytes, p + 1, end, at_end) : n_bytes;
  /* The list does not end: the value's last byte goes astray, so that the reader sees it.
   */
  return at_end ? MAX ((gsize) (value_end - bytes) - 1, 1) : 0;
}

GBytes *
kutip_elements_complete (GBytes *unit)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (unit, &n_bytes);
  const char *end = n_bytes == 0 ? bytes : bytes + n_bytes;
  const char *start = n_bytes == 0 ? end : skip_blanks (skip_mark (bytes, end), end);
  const char *last;
  const char *wrong = NULL;
  GString *whole;

  if (start == end)
    return NULL;
  if (*start != '[' && *start != ',')
    return g_bytes_ref (unit);
  /* A comma too many stays one. */
  last = skip_blanks (start + 1, end);
  if (*start == ',' && last < end && *last == ']')
    return g_bytes_ref (unit);
  /* An element with the next one's comma to come; anything else ends by itself. */
  last = skip_value (last, end, &wrong);
  if (last != NULL && skip_blanks (last, end) < end)
    last = NULL;
  if (last == NULL && *start == '[')
    return g_bytes_ref (unit);
  whole = g_string_sized_new (n_bytes + 1);
  g_string_append_len (whole, bytes, (gssize) n_bytes);
  whole->str[start - bytes] = '[';
  if (last != NULL)
    g_string_append_c (whole, ']');
  return g_string_free_to_bytes (whole);
}
