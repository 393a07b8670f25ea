/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/clause.h"

#include "text/segment.h"
#include "text/sentence.h"

static gboolean
is_blank_at (KutipText *text, guint offset)
{
  return offset >= kutip_text_get_length (text) ||
         kutip_sentence_is_blank (kutip_text_get_char (text, offset));
}

/* Marks after which a part ends even where no space follows. */
static gboolean
is_wide_mark (gunichar c)
{
  switch (c)
    {
    case 0x3001: /* ideographic comma */
    case 0xff0c: /* full-width comma, colon, semicolon */
    case 0xff1a:
    case 0xff1b:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_mark (gunichar c)
{
  switch (c)
    {
    case ',':
    case ';':
    case ':':
    case 0x2026: /* ellipsis */
    case 0x060c: /* Arabic comma */
    case 0x061b: /* Arabic semicolon */
    case 0x1363: /* Ethiopic comma */
    case 0x0964: /* danda */
      return TRUE;
    default:
      return is_wide_mark (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
    }
}

static gboolean
is_opening (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_OPEN_PUNCTUATION || type == G_UNICODE_INITIAL_PUNCTUATION ||
         c == '"';
}

static gboolean
is_closing (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CLOSE_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION ||
         c == '"';
}

/* Whether what follows @offset - 1 is another part: behind a mark or a closing mark and
 * white space, or at an opening mark behind white space. */
static gboolean
starts_part (KutipText *text, guint offset)
{
  gunichar here = kutip_text_get_char (text, offset);
  gunichar before = kutip_text_get_char (text, offset - 1);
  guint behind = offset;

  if (kutip_sentence_is_blank (here) || is_mark (here))
    return FALSE;
  if (is_wide_mark (before))
    return TRUE;
  if (!kutip_sentence_is_blank (before))
    return FALSE;
  if (is_opening (here) && !is_blank_at (text, offset + 1))
    return TRUE;
  while (behind > 0 && is_blank_at (text, behind - 1))
    behind--;
  if (behind == 0)
    return FALSE;
  before = kutip_text_get_char (text, behind - 1);
  return is_mark (before) || is_closing (before);
}

guint
kutip_clause_next (KutipText *text, guint offset)
{
  guint end;

  g_return_val_if_fail (text != NULL, 0);
  g_return_val_if_fail (offset <= kutip_text_get_length (text), offset);

  end = kutip_segment_next (text, KUTIP_UNIT_SENTENCE, offset);
  for (guint i = offset + 1; i < end; i++)
    if (starts_part (text, i))
      return i;
  return end;
}

guint
kutip_clause_previous (KutipText *text, guint offset)
{
  guint start;

  g_return_val_if_fail (text != NULL, 0);
  g_return_val_if_fail (offset <= kutip_text_get_length (text), 0);

  if (offset == 0)
    return 0;
  start = kutip_segment_previous (text, KUTIP_UNIT_SENTENCE, offset);
  for (guint i = offset - 1; i > start; i--)
    if (starts_part (text, i))
      return i;
  return start;
}
