/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/offsets.h"

#include <string.h>

static gboolean
convert_one (KutipText *text, KutipOffsetUnit unit, guint64 at, guint *offset)
{
  if (at > G_MAXUINT)
    return FALSE;
  switch (unit)
    {
    case KUTIP_OFFSETS_UTF16:
      return kutip_text_from_utf16 (text, (gsize) at, offset);
    case KUTIP_OFFSETS_BYTES:
      return kutip_text_from_byte (text, (gsize) at, offset);
    case KUTIP_OFFSETS_AUTO:
    case KUTIP_OFFSETS_CODE_POINTS:
    default:
      *offset = (guint) at;
      return at <= kutip_text_get_length (text);
    }
}

gboolean
kutip_offsets_convert (
    KutipText *text, KutipOffsetUnit unit, guint64 start, guint64 end, KutipRange *range)
{
  return start < end && convert_one (text, unit, start, &range->start) &&
         convert_one (text, unit, end, &range->end);
}

static gboolean
covers (KutipText *text, KutipRange range, const char *covered)
{
  gsize n;
  const char *bytes = kutip_text_peek_range (text, range, &n);

  return covered == NULL || (strlen (covered) == n && memcmp (covered, bytes, n) == 0);
}

KutipOffsetUnit
kutip_offsets_find_unit (KutipText *text, const KutipOffsets *offsets, guint n)
{
  static const KutipOffsetUnit units[] = { KUTIP_OFFSETS_CODE_POINTS, KUTIP_OFFSETS_UTF16,
                                           KUTIP_OFFSETS_BYTES };
  KutipOffsetUnit best = KUTIP_OFFSETS_CODE_POINTS;
  guint best_n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      guint n_good = 0;

      for (guint j = 0; j < n; j++)
        {
          KutipRange range;

          n_good += kutip_offsets_convert (text, units[i], offsets[j].start,
                                           offsets[j].end, &range) &&
                    covers (text, range, offsets[j].covered);
        }
      if (n_good > best_n)
        {
          best = units[i];
          best_n = n_good;
        }
    }
  return best;
}

gboolean
kutip_offsets_parse_unit (const char *name, KutipOffsetUnit *unit)
{
  static const struct
  {
    const char *name;
    KutipOffsetUnit unit;
  } names[] = {
    { "codepoints", KUTIP_OFFSETS_CODE_POINTS },
    { "codepoint", KUTIP_OFFSETS_CODE_POINTS },
    { "characters", KUTIP_OFFSETS_CODE_POINTS },
    { "utf16", KUTIP_OFFSETS_UTF16 },
    { "utf16units", KUTIP_OFFSETS_UTF16 },
    { "bytes", KUTIP_OFFSETS_BYTES },
    { "utf8", KUTIP_OFFSETS_BYTES },
    { "utf8bytes", KUTIP_OFFSETS_BYTES },
  };
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (letters, g_ascii_tolower (*c));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (letters->str, names[i].name) == 0)
      {
        *unit = names[i].unit;
        return TRUE;
      }
  return FALSE;
}
