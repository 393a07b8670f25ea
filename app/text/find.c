/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "text/find.h"

#include "text/borders.h"
#include "text/find-private.h"

#include <string.h>

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_';
}

/* Scripts that write no space between words. */
static gboolean
is_unspaced (gunichar c)
{
  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

/* Whether the character at @offset, an apostrophe perhaps, is between two letters. */
static gboolean
is_inside_word (KutipText *text, guint offset)
{
  return is_apostrophe (kutip_text_get_char (text, offset)) && offset > 0 &&
         offset + 1 < kutip_text_get_length (text) &&
         g_unichar_isalpha (kutip_text_get_char (text, offset - 1)) &&
         g_unichar_isalpha (kutip_text_get_char (text, offset + 1));
}

static gboolean
is_word_border (KutipText *text, guint offset)
{
  gunichar before, after;

  if (offset == 0 || offset == kutip_text_get_length (text))
    return TRUE;
  before = kutip_text_get_char (text, offset - 1);
  after = kutip_text_get_char (text, offset);
  if (is_word_char (before) && is_word_char (after))
    {
      g_autofree guint8 *flags = NULL;

      if (!is_unspaced (before) || !is_unspaced (after))
        return is_unspaced (before) || (is_unspaced (after) && !g_unichar_ismark (after));
      flags = kutip_borders_find (text, (KutipRange){ offset, offset });
      return (flags[0] & KUTIP_BORDER_WORD) != 0;
    }
  return !is_inside_word (text, offset) && !is_inside_word (text, offset - 1);
}

gboolean
kutip_find_is_whole_words (KutipText *text, KutipRange range)
{
  return is_word_border (text, range.start) && is_word_border (text, range.end);
}

GArray *
kutip_find_all (KutipText *text,
                const char *pattern,
                KutipFindFlags flags,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  gboolean done;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (pattern != NULL, NULL);
  g_return_val_if_fail (g_utf8_validate (pattern, -1, NULL), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (flags & KUTIP_FIND_REGEX)
    done = kutip_find_regex (text, pattern, flags, matches, cancellable, error);
  else
    done = kutip_find_folded (text, pattern, flags, matches, cancellable, error);
  return done ? g_steal_pointer (&matches) : NULL;
}

GArray *
kutip_find_exact (KutipText *text, const char *exact, guint max)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  gsize n_exact, n_bytes;
  const char *utf8, *p;
  guint length;

  g_return_val_if_fail (text != NULL, matches);
  g_return_val_if_fail (exact != NULL, matches);

  n_exact = strlen (exact);
  length = (guint) g_utf8_strlen (exact, -1);
  utf8 = kutip_text_get_utf8 (text, &n_bytes);
  p = utf8;
  while (n_exact > 0 && matches->len < max &&
         (p = memmem (p, n_bytes - (gsize) (p - utf8), exact, n_exact)))
    {
      KutipRange range;

      if (kutip_text_from_byte (text, (gsize) (p - utf8), &range.start))
        {
          range.end = range.start + length;
          g_array_append_val (matches, range);
        }
      p++;
    }
  return matches;
}
