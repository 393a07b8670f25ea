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

  return strlen (covered) == n && memcmp (covered, bytes, n) == 0;
}

static gboolean
is_inside_word (KutipText *text, guint offset)
{
  return offset > 0 && offset < kutip_text_get_length (text) &&
         g_unichar_isalnum (kutip_text_get_char (text, offset - 1)) &&
         g_unichar_isalnum (kutip_text_get_char (text, offset));
}

/* People mark whole words without the blanks around them. */
static gboolean
is_plausible (KutipText *text, KutipRange range)
{
  return !is_inside_word (text, range.start) && !is_inside_word (text, range.end) &&
         !g_unichar_isspace (kutip_text_get_char (text, range.start)) &&
         !g_unichar_isspace (kutip_text_get_char (text, range.end - 1));
}

/* How good the offsets are under @unit: a place in the text counts, but less than the
 * right one. */
static guint
rate (KutipText *text, KutipOffsetUnit unit, const KutipOffsets *offsets)
{
  KutipRange range;

  if (!kutip_offsets_convert (text, unit, offsets->start, offsets->end, &range))
    return 0;
  if (offsets->covered != NULL ? covers (text, range, offsets->covered)
                               : is_plausible (text, range))
    return 3;
  return 1;
}

static gboolean
differ (KutipText *text, const KutipOffsets *offsets)
{
  KutipRange a, b;

  return !kutip_offsets_convert (text, KUTIP_OFFSETS_CODE_POINTS, offsets->start,
                                 offsets->end, &a) ||
         !kutip_offsets_convert (text, KUTIP_OFFSETS_UTF16, offsets->start, offsets->end,
                                 &b) ||
         !kutip_range_equal (a, b);
}

void
kutip_offsets_rate (KutipOffsetsRating *self,
                    KutipText *text,
                    const KutipOffsets *offsets)
{
  self->differ = self->differ || differ (text, offsets);
  self->code_points += rate (text, KUTIP_OFFSETS_CODE_POINTS, offsets);
  self->utf16 += rate (text, KUTIP_OFFSETS_UTF16, offsets);
  self->bytes += rate (text, KUTIP_OFFSETS_BYTES, offsets);
}

KutipOffsetUnit
kutip_offsets_rating_get_best (const KutipOffsetsRating *self)
{
  if (self->bytes > self->utf16 && self->bytes > self->code_points)
    return KUTIP_OFFSETS_BYTES;
  return self->utf16 > self->code_points ? KUTIP_OFFSETS_UTF16
                                         : KUTIP_OFFSETS_CODE_POINTS;
}

gboolean
kutip_offsets_rating_is_undecided (const KutipOffsetsRating *self)
{
  return self->differ && self->utf16 == self->code_points &&
         self->bytes <= self->code_points;
}

KutipOffsetUnit
kutip_offsets_find_unit (KutipText *text, const KutipOffsets *offsets, guint n)
{
  KutipOffsetsRating rating = { 0 };

  for (guint i = 0; i < n; i++)
    kutip_offsets_rate (&rating, text, &offsets[i]);
  return kutip_offsets_rating_get_best (&rating);
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
