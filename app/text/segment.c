/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/segment.h"

#include "text/borders.h"
#include "text/sentence.h"

/* How far a border is looked for, in code points. A word or sentence that is longer is
 * cut here, so that no text makes a key press slow. */
#define REACH 8192
/* The first look: nearly always far enough. */
#define FIRST_LOOK 128

/* The first position after @offset that is one of @borders; FALSE when there is none
 * before the end of the text or of the reach, which is then in @found. */
static gboolean
find_after (KutipText *text, guint offset, KutipBorder borders, guint *found)
{
  guint end = offset + MIN (REACH, kutip_text_get_length (text) - offset);
  guint look = FIRST_LOOK;

  while (offset < end)
    {
      KutipRange range = { offset + 1, offset + MIN (look, end - offset) };
      g_autofree guint8 *flags = kutip_borders_find (text, range);

      for (guint i = range.start; i <= range.end; i++)
        if (flags[i - range.start] & borders)
          {
            *found = i;
            return TRUE;
          }
      offset = range.end;
      look *= 4;
    }
  *found = end;
  return FALSE;
}

/* The last position at or before @offset, likewise. */
static gboolean
find_at_or_before (KutipText *text, guint offset, KutipBorder borders, guint *found)
{
  guint start = offset - MIN (REACH, offset);
  guint look = FIRST_LOOK;

  for (;;)
    {
      KutipRange range = { offset - MIN (look, offset - start), offset };
      g_autofree guint8 *flags = kutip_borders_find (text, range);

      for (guint i = range.end + 1; i-- > range.start;)
        if (flags[i - range.start] & borders)
          {
            *found = i;
            return TRUE;
          }
      if (range.start == start)
        break;
      offset = range.start - 1;
      look *= 4;
    }
  *found = start;
  return FALSE;
}

static gsize
separator_length (const char *p)
{
  if (*p == '\r' && p[1] == '\n')
    return 2;
  if (*p == '\n' || *p == '\r')
    return 1;
  if (p[0] == '\xe2' && p[1] == '\x80' && p[2] == '\xa9')
    return 3;
  return 0;
}

/* Paragraphs are found in bytes, which is fast enough for one of any length. Both answers
 * leave out the separators. */
static const char *
find_paragraph_end (const char *p)
{
  while (*p && separator_length (p) == 0)
    p++;
  return p;
}

static const char *
find_paragraph_start (const char *utf8, const char *p)
{
  if (p > utf8 && p[-1] == '\r' && *p == '\n')
    p--;
  for (; p > utf8; p--)
    if (p[-1] == '\n' || p[-1] == '\r' ||
        (p - utf8 >= 3 && separator_length (p - 3) == 3))
      break;
  return p;
}

static gboolean
is_blank_paragraph (const char *p)
{
  const char *end = find_paragraph_end (p);

  while (p < end && kutip_sentence_is_blank (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p >= end;
}

static guint
to_offset (KutipText *text, const char *p)
{
  guint offset = 0;
  gboolean found = kutip_text_from_byte (
      text, (gsize) (p - kutip_text_get_utf8 (text, NULL)), &offset);

  g_assert (found);
  return offset;
}

static KutipRange
find_paragraph (KutipText *text, guint offset)
{
  const char *utf8 = kutip_text_get_utf8 (text, NULL);
  const char *p = utf8 + kutip_text_to_byte (text, offset);
  const char *start = find_paragraph_start (utf8, p);

  return (KutipRange){ to_offset (text, start),
                       to_offset (text, find_paragraph_end (start)) };
}

/* The start of the first paragraph after that of @offset that is not blank, or its end.
 */
static guint
find_next_paragraph (KutipText *text, guint offset)
{
  const char *utf8 = kutip_text_get_utf8 (text, NULL);
  const char *p = utf8 + kutip_text_to_byte (text, offset);

  p = find_paragraph_end (p);
  p += separator_length (p);
  while (*p && is_blank_paragraph (p))
    {
      p = find_paragraph_end (p);
      p += separator_length (p);
    }
  return to_offset (text, p);
}

static guint
find_previous_paragraph (KutipText *text, guint offset)
{
  const char *utf8 = kutip_text_get_utf8 (text, NULL);
  const char *from = utf8 + kutip_text_to_byte (text, offset);
  const char *p = from;

  for (;;)
    {
      const char *start = find_paragraph_start (utf8, p);

      if (start < from && !is_blank_paragraph (start))
        return to_offset (text, start);
      if (start == utf8)
        return 0;
      p = start - (start - utf8 >= 3 && separator_length (start - 3) == 3 ? 3 : 1);
    }
}

static guint
find_next_paragraph_end (KutipText *text, guint offset)
{
  KutipRange paragraph = find_paragraph (text, offset);
  const char *utf8 = kutip_text_get_utf8 (text, NULL);
  const char *start = utf8 + kutip_text_to_byte (text, paragraph.start);

  if (paragraph.end > offset && !is_blank_paragraph (start))
    return paragraph.end;
  return find_paragraph (text, find_next_paragraph (text, offset)).end;
}

static KutipBorder
start_of (KutipUnit unit)
{
  switch (unit)
    {
    case KUTIP_UNIT_WORD:
      return KUTIP_BORDER_WORD_START;
    case KUTIP_UNIT_SENTENCE:
      return KUTIP_BORDER_SENTENCE_START;
    case KUTIP_UNIT_CHARACTER:
    case KUTIP_UNIT_PARAGRAPH:
    default:
      return KUTIP_BORDER_CHARACTER;
    }
}

static KutipBorder
end_of (KutipUnit unit)
{
  switch (unit)
    {
    case KUTIP_UNIT_WORD:
      return KUTIP_BORDER_WORD_END;
    case KUTIP_UNIT_SENTENCE:
      return KUTIP_BORDER_SENTENCE_END;
    case KUTIP_UNIT_CHARACTER:
    case KUTIP_UNIT_PARAGRAPH:
    default:
      return KUTIP_BORDER_CHARACTER;
    }
}

/* The first of @borders after @offset, or where a unit is cut that goes on beyond the
 * reach. */
static guint
find_after_or_cut (KutipText *text, guint offset, KutipBorder borders)
{
  guint found, cut;

  if (find_after (text, offset, borders, &found))
    return found;
  find_at_or_before (text, found, KUTIP_BORDER_CHARACTER, &cut);
  return cut > offset ? cut : found;
}

static guint
find_at_or_before_or_cut (KutipText *text, guint offset, KutipBorder borders)
{
  guint found;

  if (!find_at_or_before (text, offset, borders, &found))
    find_at_or_before (text, found, KUTIP_BORDER_CHARACTER, &found);
  return found;
}

static gboolean
has_separator (KutipText *text, guint start, guint end)
{
  for (; start < end; start++)
    if (kutip_sentence_is_separator (kutip_text_get_char (text, start)))
      return TRUE;
  return FALSE;
}

/* White space belongs to the sentence before it in the same paragraph, else to the one
 * after it; on a blank line there is none. */
static KutipRange
find_sentence (KutipText *text, guint offset)
{
  KutipRange sentence;
  guint next;

  find_at_or_before (text, offset, KUTIP_BORDER_CHARACTER, &offset);
  sentence.start = find_at_or_before_or_cut (text, offset, KUTIP_BORDER_SENTENCE_START);
  if (!kutip_sentence_is_blank (kutip_text_get_char (text, sentence.start)))
    {
      if (!find_after (text, sentence.start, KUTIP_BORDER_SENTENCE_END, &sentence.end))
        sentence.end = find_after_or_cut (text, offset, KUTIP_BORDER_SENTENCE_END);
      if (offset < sentence.end || !has_separator (text, sentence.end, offset))
        return sentence;
    }
  if (!find_after (text, offset, KUTIP_BORDER_SENTENCE_START, &next) ||
      has_separator (text, offset, next))
    return (KutipRange){ offset, offset };
  return (KutipRange){ next, find_after_or_cut (text, next, KUTIP_BORDER_SENTENCE_END) };
}

KutipRange
kutip_segment_at (KutipText *text, KutipUnit unit, guint offset)
{
  KutipBorder border =
      unit == KUTIP_UNIT_WORD ? KUTIP_BORDER_WORD : KUTIP_BORDER_CHARACTER;
  guint length;

  g_return_val_if_fail (text != NULL, ((KutipRange){ 0, 0 }));

  length = kutip_text_get_length (text);
  g_return_val_if_fail (offset <= length, ((KutipRange){ length, length }));
  if (length == 0)
    return (KutipRange){ 0, 0 };
  offset = MIN (offset, length - 1);
  if (unit == KUTIP_UNIT_PARAGRAPH)
    return find_paragraph (text, offset);
  if (unit == KUTIP_UNIT_SENTENCE)
    return find_sentence (text, offset);
  return (KutipRange){ find_at_or_before_or_cut (text, offset, border),
                       find_after_or_cut (text, offset, border) };
}

guint
kutip_segment_next (KutipText *text, KutipUnit unit, guint offset)
{
  g_return_val_if_fail (text != NULL, 0);
  g_return_val_if_fail (offset <= kutip_text_get_length (text),
                        kutip_text_get_length (text));

  if (unit == KUTIP_UNIT_PARAGRAPH)
    return find_next_paragraph (text, offset);
  return find_after_or_cut (text, offset, start_of (unit));
}

guint
kutip_segment_previous (KutipText *text, KutipUnit unit, guint offset)
{
  g_return_val_if_fail (text != NULL, 0);
  g_return_val_if_fail (offset <= kutip_text_get_length (text), 0);

  if (offset == 0)
    return 0;
  if (unit == KUTIP_UNIT_PARAGRAPH)
    return find_previous_paragraph (text, offset);
  return find_at_or_before_or_cut (text, offset - 1, start_of (unit));
}

guint
kutip_segment_next_end (KutipText *text, KutipUnit unit, guint offset)
{
  g_return_val_if_fail (text != NULL, 0);
  g_return_val_if_fail (offset <= kutip_text_get_length (text),
                        kutip_text_get_length (text));

  if (unit == KUTIP_UNIT_PARAGRAPH)
    return find_next_paragraph_end (text, offset);
  return find_after_or_cut (text, offset, end_of (unit));
}

/* Between two characters of ASCII there always is a border, but for CR LF. */
static gboolean
is_plain_border (KutipText *text, guint offset)
{
  if (offset == 0 || offset == kutip_text_get_length (text))
    return TRUE;
  return kutip_text_get_char (text, offset - 1) < 0x80 &&
         kutip_text_get_char (text, offset) < 0x80 &&
         kutip_text_get_char (text, offset) != '\n';
}

KutipRange
kutip_segment_whole_characters (KutipText *text, KutipRange range)
{
  gboolean empty = range.start == range.end;

  g_return_val_if_fail (text != NULL, range);
  g_return_val_if_fail (range.start <= range.end, range);
  g_return_val_if_fail (range.end <= kutip_text_get_length (text), range);

  if (!is_plain_border (text, range.start))
    range.start = find_at_or_before_or_cut (text, range.start, KUTIP_BORDER_CHARACTER);
  if (empty)
    return (KutipRange){ range.start, range.start };
  if (!is_plain_border (text, range.end))
    range.end = find_after_or_cut (text, range.end - 1, KUTIP_BORDER_CHARACTER);
  return range;
}
