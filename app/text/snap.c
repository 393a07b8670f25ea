/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/segment.h"
#include "text/sentence.h"

/* How far the partner of a quotation mark or bracket is looked for, in code points. */
#define PARTNER_REACH 65536
/* Characters before a full stop that tell whether it belongs to an abbreviation. */
#define ABBREVIATION 32

/* A range while its edges are moved inwards, in both units at once. */
typedef struct
{
  const char *text;
  const char *start;
  const char *end;
  const char *text_end;
  KutipRange range;
} Sweep;

static const struct
{
  gunichar open;
  gunichar close;
} pairs[] = {
  { '(', ')' },       { '[', ']' },       { '{', '}' },       { '"', '"' },
  { '\'', '\'' },     { 0x201c, 0x201d }, /* “” English, Indonesian */
  { 0x2018, 0x2019 },                     /* ‘’ */
  { 0x201e, 0x201c },                     /* „“ German */
  { 0x201e, 0x201d },                     /* „” Dutch, Polish, old Indonesian */
  { 0x201a, 0x2018 },                     /* ‚‘ */
  { 0x201a, 0x2019 },                     /* ‚’ */
  { 0x201d, 0x201d },                     /* ”” Swedish */
  { 0x2019, 0x2019 },                     /* ’’ */
  { 0x00ab, 0x00bb },                     /* «» French, Russian */
  { 0x00bb, 0x00ab },                     /* »« German, Danish */
  { 0x2039, 0x203a },                     /* ‹› */
  { 0x203a, 0x2039 },                     /* ›‹ */
  { 0x27e8, 0x27e9 }, { 0x3008, 0x3009 }, { 0x300a, 0x300b }, { 0x300c, 0x300d },
  { 0x300e, 0x300f }, { 0x3010, 0x3011 }, { 0x3014, 0x3015 }, { 0x301d, 0x301e },
  { 0x301d, 0x301f }, { 0xff02, 0xff02 }, { 0xff08, 0xff09 }, { 0xff3b, 0xff3d },
  { 0xff5b, 0xff5d }, { 0xfd3f, 0xfd3e }, /* Arabic ornate parentheses */
};

static gunichar
char_before (const Sweep *sweep, const char *p)
{
  return p > sweep->text ? g_utf8_get_char (g_utf8_prev_char (p)) : 0;
}

static gunichar
char_at (const Sweep *sweep, const char *p)
{
  return p < sweep->text_end ? g_utf8_get_char (p) : 0;
}

static gboolean
is_empty_or_blank (gunichar c)
{
  return c == 0 || kutip_sentence_is_blank (c);
}

static gboolean
is_mark_of_pair (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i].open == c || pairs[i].close == c)
      return TRUE;
  return FALSE;
}

/* Some quotation marks open in one place and close in another; what is beside them tells.
 */
static gboolean
is_two_faced (gunichar c)
{
  switch (c)
    {
    case '"':
    case '\'':
    case 0x00ab:
    case 0x00bb:
    case 0x2019:
    case 0x201c:
    case 0x201d:
    case 0x2039:
    case 0x203a:
    case 0xff02:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether the mark at @p can be a quotation mark at all: an apostrophe inside a word is
 * not. */
static gboolean
is_apostrophe (const Sweep *sweep, const char *p)
{
  gunichar c = g_utf8_get_char (p);

  return (c == '\'' || c == 0x2019) && g_unichar_isalnum (char_before (sweep, p)) &&
         g_unichar_isalnum (char_at (sweep, g_utf8_next_char (p)));
}

/* In French there is a space inside the guillemets, so that theirs are not asked. */
static gboolean
can_open (const Sweep *sweep, const char *p, gunichar close)
{
  gunichar c = g_utf8_get_char (p);

  if (is_apostrophe (sweep, p))
    return FALSE;
  if (!is_two_faced (c) || (c == 0x00ab && close == 0x00bb) ||
      (c == 0x2039 && close == 0x203a))
    return TRUE;
  return !is_empty_or_blank (char_at (sweep, g_utf8_next_char (p)));
}

static gboolean
can_close (const Sweep *sweep, const char *p, gunichar open)
{
  gunichar c = g_utf8_get_char (p);

  if (is_apostrophe (sweep, p))
    return FALSE;
  if (!is_two_faced (c) || (c == 0x00bb && open == 0x00ab) ||
      (c == 0x203a && open == 0x2039))
    return TRUE;
  return !is_empty_or_blank (char_before (sweep, p));
}

/* Whether what opens at the start of the sweep is closed in it. */
static gboolean
closes_inside (const Sweep *sweep, gunichar open, gunichar close)
{
  const char *p = g_utf8_next_char (sweep->start);
  guint depth = 1;

  if (!can_open (sweep, sweep->start, close))
    return FALSE;
  for (guint n = 0; p < sweep->end && n < PARTNER_REACH; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (c == close && can_close (sweep, p, open))
        depth--;
      else if (c == open && can_open (sweep, p, close))
        depth++;
      if (depth == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether what closes at the end of the sweep is opened in it. */
static gboolean
opens_inside (const Sweep *sweep, gunichar open, gunichar close)
{
  const char *p = g_utf8_prev_char (sweep->end);
  guint depth = 1;

  if (!can_close (sweep, p, open))
    return FALSE;
  for (guint n = 0; p > sweep->start && n < PARTNER_REACH; n++)
    {
      gunichar c;

      p = g_utf8_prev_char (p);
      c = g_utf8_get_char (p);
      if (c == open && can_open (sweep, p, close))
        depth--;
      else if (c == close && can_close (sweep, p, open))
        depth++;
      if (depth == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_partner (const Sweep *sweep, gunichar c, gboolean at_start)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (at_start && pairs[i].open == c && closes_inside (sweep, c, pairs[i].close))
        return TRUE;
      if (!at_start && pairs[i].close == c && opens_inside (sweep, pairs[i].open, c))
        return TRUE;
    }
  return FALSE;
}

/* Punctuation that says something about the words around it, not about the words in a
 * span. */
static gboolean
is_stray (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
      return TRUE;
    case G_UNICODE_OTHER_PUNCTUATION:
      switch (c)
        {
        case '%':
        case '#':
        case '@':
        case '&':
        case 0x00a7: /* section */
        case 0x00b6: /* pilcrow */
        case 0x05f3: /* geresh, as in Hebrew abbreviations */
        case 0x05f4: /* gershayim */
        case 0x066a: /* Arabic percent */
        case 0x2030: /* per mille */
          return FALSE;
        default:
          return TRUE;
        }
    default:
      return c == '|' || (c >= 0x25a0 && c <= 0x25ff); /* geometric bullets */
    }
}

/* A minus or a decimal point before a number is part of it. */
static gboolean
is_sign (const Sweep *sweep, const char *p, gunichar c)
{
  return (c == '-' || c == '.') &&
         g_unichar_isdigit (char_at (sweep, g_utf8_next_char (p))) &&
         is_empty_or_blank (char_before (sweep, p));
}

/* Whether the full stop at @p belongs to the abbreviation before it. */
static gboolean
abbreviates (const Sweep *sweep, const char *p)
{
  const char *from = p;
  g_autofree gunichar *chars = NULL;
  glong n_chars;

  for (guint n = 0; n < ABBREVIATION && from > sweep->start; n++)
    from = g_utf8_prev_char (from);
  chars = g_utf8_to_ucs4_fast (from, (glong) (p - from) + 1, &n_chars);
  return kutip_sentence_abbreviates (chars, (guint) n_chars - 1);
}

/* Whether the character at an edge does not belong to what a reader means. */
static gboolean
is_dropped (const Sweep *sweep, const char *p, gboolean at_start)
{
  gunichar c = g_utf8_get_char (p);
  gunichar next = char_at (sweep, g_utf8_next_char (p));

  /* With a mark on it, it is another character: keycaps, bullets drawn as pictures. */
  if (g_unichar_ismark (next) || g_unichar_ismark (c))
    return FALSE;
  if (kutip_sentence_is_blank (c))
    return TRUE;
  if (is_mark_of_pair (c))
    return !has_partner (sweep, c, at_start);
  if (!is_stray (c))
    return FALSE;
  return at_start ? !is_sign (sweep, p, c) : !(c == '.' && abbreviates (sweep, p));
}

static void
sweep_init (Sweep *sweep, KutipText *text, KutipRange range)
{
  gsize n_bytes, n_range;

  sweep->text = kutip_text_get_utf8 (text, &n_bytes);
  sweep->text_end = sweep->text + n_bytes;
  sweep->start = kutip_text_peek_range (text, range, &n_range);
  sweep->end = sweep->start + n_range;
  sweep->range = range;
}

static void
drop_first (Sweep *sweep)
{
  sweep->start = g_utf8_next_char (sweep->start);
  sweep->range.start++;
}

static void
drop_last (Sweep *sweep)
{
  sweep->end = g_utf8_prev_char (sweep->end);
  sweep->range.end--;
}

KutipRange
kutip_segment_trim (KutipText *text, KutipRange range)
{
  Sweep sweep;

  g_return_val_if_fail (text != NULL, range);
  g_return_val_if_fail (range.start <= range.end, range);
  g_return_val_if_fail (range.end <= kutip_text_get_length (text), range);

  sweep_init (&sweep, text, range);
  while (sweep.start < sweep.end &&
         kutip_sentence_is_blank (g_utf8_get_char (g_utf8_prev_char (sweep.end))))
    drop_last (&sweep);
  while (sweep.start < sweep.end &&
         kutip_sentence_is_blank (g_utf8_get_char (sweep.start)))
    drop_first (&sweep);
  if (sweep.start == sweep.end)
    return sweep.range;
  return kutip_segment_whole_characters (text, sweep.range);
}

static gboolean
has_word (KutipText *text, KutipRange range)
{
  Sweep sweep;

  sweep_init (&sweep, text, range);
  for (; sweep.start < sweep.end; drop_first (&sweep))
    if (g_unichar_isalnum (g_utf8_get_char (sweep.start)))
      return TRUE;
  return FALSE;
}

static KutipRange
extend_to_words (KutipText *text, KutipRange range)
{
  KutipRange first = kutip_segment_at (text, KUTIP_UNIT_WORD, range.start);
  KutipRange last = kutip_segment_at (text, KUTIP_UNIT_WORD, range.end - 1);

  if (first.start < range.start && has_word (text, first))
    range.start = first.start;
  if (last.end > range.end && has_word (text, last))
    range.end = last.end;
  return kutip_segment_whole_characters (text, range);
}

KutipRange
kutip_segment_snap (KutipText *text, KutipRange range)
{
  KutipRange trimmed = kutip_segment_trim (text, range);
  Sweep sweep;

  g_return_val_if_fail (text != NULL, range);

  if (trimmed.start == trimmed.end)
    return trimmed;
  trimmed = extend_to_words (text, trimmed);
  sweep_init (&sweep, text, trimmed);
  while (sweep.start < sweep.end &&
         is_dropped (&sweep, g_utf8_prev_char (sweep.end), FALSE))
    drop_last (&sweep);
  while (sweep.start < sweep.end && is_dropped (&sweep, sweep.start, TRUE))
    drop_first (&sweep);
  /* Nothing but punctuation: then it is what was meant. */
  if (sweep.start == sweep.end)
    return trimmed;
  return kutip_segment_whole_characters (text, sweep.range);
}
