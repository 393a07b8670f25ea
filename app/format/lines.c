/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/lines.h"

#include <string.h>

const char *
kutip_lines_find_end (const char *bytes, const char *end)
{
  const char *newline = memchr (bytes, '\n', (gsize) (end - bytes));

  return newline == NULL ? end : newline + 1;
}

gboolean
kutip_lines_is_blank (const char *bytes, const char *end)
{
  while (bytes < end && g_ascii_isspace (*bytes))
    bytes++;
  return bytes == end;
}

gboolean
kutip_lines_is_spread (const char *bytes, const char *end)
{
  while (bytes < end && g_ascii_isspace (*bytes))
    bytes++;
  if (bytes == end || *bytes != '{')
    return FALSE;
  return kutip_lines_is_blank (bytes + 1, kutip_lines_find_end (bytes, end));
}

/* How long the line's beginning is that all layers of one article share; 0: none. */
static gsize
find_shared_start (const char *line,
                   const char *end,
                   const char *start,
                   const char *until)
{
  const char *place;
  const gsize n = strlen (start);

  if ((gsize) (end - line) < n || memcmp (line, start, n) != 0)
    return 0;
  place = g_strstr_len (line, end - line, until);
  return place == NULL ? 0 : (gsize) (place - line) + strlen (until);
}

gsize
kutip_lines_next_unit (const char *bytes,
                       gsize n_bytes,
                       gboolean at_end,
                       const char *start,
                       const char *until)
{
  const char *end = bytes + n_bytes;
  const char *line_end;
  gsize n_shared;

  if (n_bytes == 0)
    return 0;
  line_end = kutip_lines_find_end (bytes, end);
  if (kutip_lines_is_spread (bytes, end))
    return at_end ? n_bytes : 0;
  n_shared = find_shared_start (bytes, line_end, start, until);
  while (line_end[-1] == '\n')
    {
      gsize n_left = (gsize) (end - line_end);

      if (n_shared == 0)
        return (gsize) (line_end - bytes);
      if (n_left < n_shared && !at_end)
        return 0;
      if (n_left < n_shared || memcmp (bytes, line_end, n_shared) != 0)
        return (gsize) (line_end - bytes);
      line_end = kutip_lines_find_end (line_end, end);
    }
  return at_end ? n_bytes : 0;
}

char *
kutip_lines_dup_stem (KutipSource *source)
{
  char *stem = g_strdup (source->name);
  char *slash = strrchr (stem, '/');
  char *base = slash == NULL ? stem : slash + 1;
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return stem;
}

char *
kutip_lines_make_path (KutipSource *source, const char *id, guint64 line)
{
  g_autofree char *stem = kutip_lines_dup_stem (source);

  if (id != NULL && *id != '\0' && strchr (id, '/') == NULL)
    return g_strdup_printf ("%s-%s.txt", stem, id);
  return g_strdup_printf ("%s-%" G_GUINT64_FORMAT ".txt", stem, line);
}
