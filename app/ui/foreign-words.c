/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/foreign-words.h"

#include <pango/pango.h>

#include <string.h>

#define FIRST_STRONG_ISOLATE 0x2068
#define POP_ISOLATE 0x2069
#define NEXT_LINE 0x85
#define LINE_SEPARATOR 0x2028
#define PARAGRAPH_SEPARATOR 0x2029

static gboolean
opens_isolate (gunichar c)
{
  return c >= 0x2066 && c <= FIRST_STRONG_ISOLATE;
}

static gboolean
embeds (gunichar c)
{
  return c >= 0x202a && c <= 0x202e;
}

static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == '\v' || c == NEXT_LINE || c == LINE_SEPARATOR ||
         c == PARAGRAPH_SEPARATOR;
}

gboolean
kutip_foreign_turns_direction (gunichar c)
{
  return (c >= 0x0590 && c < 0x0900) || c == 0x200f || embeds (c) || opens_isolate (c) ||
         c == POP_ISOLATE || (c >= 0xfb1d && c < 0xfe00) || (c >= 0xfe70 && c < 0xff00) ||
         (c >= 0x10800 && c < 0x11000) || (c >= 0x1e800 && c < 0x1f000);
}

/* The bytes of @words up to where @max_chars or fewer code points end with a whole
 * character (a grapheme cluster); all when it has no more. A character that is longer
 * than that is cut in two: there may be thousands of accents on a letter. */
static gsize
find_cut (const char *words, guint max_chars)
{
  const char *end = words;
  const guint seen = max_chars + 1;
  guint n = 0;
  g_autofree PangoLogAttr *attrs = NULL;
  guint cut = max_chars;

  for (; n < seen && *end != '\0'; n++)
    end = g_utf8_next_char (end);
  if (n < seen)
    return strlen (words);

  attrs = g_new0 (PangoLogAttr, seen + 1);
  pango_get_log_attrs (words, (int) (end - words), -1, pango_language_get_default (),
                       attrs, (int) seen + 1);
  while (cut > 0 && !attrs[cut].is_cursor_position)
    cut--;
  return (gsize) (g_utf8_offset_to_pointer (words, cut > 0 ? cut : max_chars) - words);
}

/* Each stretch of white space as one space; without those that end isolates which were
 * never begun. Returns how many are still to be ended. */
static guint
append_line (GString *line, const char *words, gsize n_bytes, gboolean *turns)
{
  guint depth = 0;
  gboolean space = FALSE;

  for (const char *p = words; p < words + n_bytes; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      *turns = *turns || kutip_foreign_turns_direction (c);
      if (c == POP_ISOLATE && depth == 0)
        continue;
      if (is_space (c))
        {
          space = line->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (line, ' ');
      space = FALSE;
      if (opens_isolate (c))
        depth++;
      else if (c == POP_ISOLATE)
        depth--;
      g_string_append_unichar (line, g_unichar_iscntrl (c) ? 0xfffd : c);
    }
  return depth;
}

char *
kutip_foreign_words (const char *words, guint max_chars)
{
  GString *line;
  gsize n_bytes;
  guint depth;
  gboolean turns = FALSE;

  if (words == NULL)
    return NULL;

  n_bytes = max_chars > 0 ? find_cut (words, max_chars) : strlen (words);
  line = g_string_sized_new (n_bytes + 16);
  depth = append_line (line, words, n_bytes, &turns);
  while (depth-- > 0)
    g_string_append_unichar (line, POP_ISOLATE);
  if (words[n_bytes] != '\0')
    g_string_append (line, "…");
  if (turns)
    {
      g_autofree char *bare = g_string_free (line, FALSE);

      line = g_string_sized_new (strlen (bare) + 8);
      g_string_append_unichar (line, FIRST_STRONG_ISOLATE);
      g_string_append (line, bare);
      g_string_append_unichar (line, POP_ISOLATE);
    }
  return g_string_free (line, FALSE);
}

char *
kutip_foreign_message (const char *message)
{
  GString *text = g_string_new (NULL);
  guint depth = 0;

  for (const char *p = message; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (depth == 0 && (embeds (c) || c == POP_ISOLATE))
        continue;
      if (opens_isolate (c))
        depth++;
      else if (c == POP_ISOLATE)
        depth--;
      g_string_append_unichar (text, c);
    }
  while (depth-- > 0)
    g_string_append_unichar (text, POP_ISOLATE);
  return g_string_free (text, FALSE);
}
