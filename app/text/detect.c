/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/detect.h"

#include <string.h>
#include <uchardet.h>

/* Bytes that a guess is made from: more make it slower, not better. */
#define SAMPLE (256 * 1024)
/* Of these, bytes of ASCII before the first other byte. */
#define LEAD_IN (16 * 1024)

/* The part of the bytes that a guess is best made from. */
static const char *
find_sample (const char *bytes, gsize n_bytes, gsize *n_sample)
{
  gsize first = 0;
  gsize start;

  while (first < n_bytes && (guchar) bytes[first] < 0x80)
    first++;
  if (first == n_bytes)
    first = 0;
  start = first > LEAD_IN ? first - LEAD_IN : 0;
  *n_sample = MIN (SAMPLE, n_bytes - start);
  return bytes + start;
}

static const char *
ask_detector (const char *bytes, gsize n_bytes)
{
  uchardet_t detector = uchardet_new ();
  const char *name = NULL;

  if (uchardet_handle_data (detector, bytes, n_bytes) == 0)
    {
      uchardet_data_end (detector);
      name = g_intern_string (uchardet_get_charset (detector));
    }
  uchardet_delete (detector);
  return name && *name ? name : NULL;
}

const char *
kutip_detect_wide (const char *bytes, gsize n_bytes)
{
  gsize n = MIN (n_bytes, SAMPLE);
  gsize zeros[4] = { 0, 0, 0, 0 };
  gsize n_ascii = 0;

  if (n_bytes % 2 != 0)
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      zeros[i % 4] += bytes[i] == '\0';
      n_ascii += g_ascii_isprint (bytes[i]) != 0;
    }
  /* Half of the bytes would be, not most of them: this is ASCII with a few NULs. */
  if (n_ascii * 4 >= n * 3)
    return NULL;
  /* Latin letters, digits, spaces and line ends have all their zeros in the same place.
   */
  if (n_bytes % 4 == 0 && zeros[3] == n / 4 && zeros[2] > n / 8)
    return "UTF-32LE";
  if (n_bytes % 4 == 0 && zeros[0] == n / 4 && zeros[1] > n / 8)
    return "UTF-32BE";
  if (zeros[0] + zeros[2] < zeros[1] + zeros[3])
    return "UTF-16LE";
  if (zeros[0] + zeros[2] > zeros[1] + zeros[3])
    return "UTF-16BE";
  return NULL;
}

/* Whether the only bytes outside ASCII are the quotation marks, dashes, bullets, ellipses
 * and no-break spaces that all of Windows' charsets have in one place. Detectors, which
 * know letters, guess wildly then. */
static gboolean
is_typographic (const char *bytes, gsize n_bytes)
{
  gsize n_letters = 0;
  gsize n_marks = 0;

  for (gsize i = 0; i < n_bytes; i++)
    {
      guchar byte = (guchar) bytes[i];

      if (byte < 0x80)
        n_letters += g_ascii_isalpha (bytes[i]) != 0;
      else if ((byte >= 0x91 && byte <= 0x97) || byte == 0x85 || byte == 0xa0 ||
               byte == 0xab || byte == 0xbb)
        n_marks++;
      else
        return FALSE;
    }
  return n_marks > 0 && n_letters > 3 * n_marks;
}

/* Files of the old Macintosh end their lines with CR; a guess of its charset for any
 * other is wrong more often than right. */
static gboolean
has_mac_lines (const char *bytes, gsize n_bytes)
{
  return memchr (bytes, '\r', n_bytes) && !memchr (bytes, '\n', n_bytes);
}

const char *
kutip_detect_legacy (const char *bytes, gsize n_bytes)
{
  gsize n_sample;
  const char *sample = find_sample (bytes, n_bytes, &n_sample);
  const char *name;

  if (is_typographic (sample, n_sample))
    return "WINDOWS-1252";
  name = ask_detector (sample, n_sample);
  if (g_strcmp0 (name, "SHIFT_JIS") == 0)
    return "WINDOWS-31J";
  if (g_strcmp0 (name, "MAC-CENTRALEUROPE") == 0 && !has_mac_lines (sample, n_sample))
    return "WINDOWS-1252";
  return name;
}

const char *
kutip_detect_escaped (const char *bytes, gsize n_bytes)
{
  const char *escape = memchr (bytes, '\x1b', n_bytes);
  const char *name;

  if (!escape)
    return NULL;
  name = ask_detector (escape, MIN (SAMPLE, n_bytes - (gsize) (escape - bytes)));
  return name && g_str_has_prefix (name, "ISO-2022-") ? name : NULL;
}

gboolean
kutip_detect_broken_utf8 (const char *bytes, gsize n_bytes)
{
  gsize n_sample;
  const char *p = find_sample (bytes, n_bytes, &n_sample);
  const char *end = p + n_sample;
  gsize n_good = 0;
  gsize n_bad = 0;

  while (p < end)
    {
      gunichar c;

      if ((guchar) *p < 0x80)
        {
          p++;
          continue;
        }
      c = g_utf8_get_char_validated (p, end - p);
      if (c == (gunichar) -2)
        break;
      if (c == (gunichar) -1)
        {
          n_bad++;
          p++;
        }
      else
        {
          n_good++;
          p = g_utf8_next_char (p);
        }
    }
  /* In other charsets such sequences come about by chance, but rarely. */
  return n_good >= 3 && n_bad * 4 <= n_good;
}

const char *
kutip_detect_wider (const char *name)
{
  static const char *const pairs[][2] = {
    { "ISO-8859-1", "WINDOWS-1252" },
    { "ISO-8859-15", "WINDOWS-1252" },
    { "ISO-8859-2", "WINDOWS-1250" },
    { "ISO-8859-7", "WINDOWS-1253" },
    { "ISO-8859-8", "WINDOWS-1255" },
    { "ISO-8859-9", "WINDOWS-1254" },
    { "ISO-8859-13", "WINDOWS-1257" },
    { "TIS-620", "WINDOWS-874" },
    { "EUC-KR", "UHC" },
    { "GB2312", "GB18030" },
    { "BIG5", "BIG5-HKSCS" },
    { "EUC-JP", "EUC-JP-MS" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_strcmp0 (name, pairs[i][0]) == 0)
      return pairs[i][1];
  return NULL;
}
