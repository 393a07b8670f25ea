/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/borders.h"

#include "text/sentence.h"

#include <pango/pango.h>

/* Code points looked at on either side of a range. Whether a position is a border hangs
 * on the words next to it, never on more. */
#define CONTEXT 256

typedef struct
{
  gunichar *chars;
  guint8 *flags; /* one more than chars */
  PangoLogAttr *attrs;
  guint n_chars;
} Window;

static void
window_clear (Window *window)
{
  g_free (window->chars);
  g_free (window->flags);
  g_free (window->attrs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Window, window_clear)

static void
window_init (Window *window, KutipText *text, KutipRange range)
{
  gsize n_bytes;
  const char *utf8 = kutip_text_peek_range (text, range, &n_bytes);
  glong n_chars;

  window->chars = g_utf8_to_ucs4_fast (utf8, (glong) n_bytes, &n_chars);
  window->n_chars = (guint) n_chars;
  window->flags = g_new0 (guint8, window->n_chars + 1);
  window->attrs = g_new0 (PangoLogAttr, window->n_chars + 1);
  /* A fixed language: the same text has the same borders for everybody. */
  pango_get_log_attrs (utf8, (int) n_bytes, -1, pango_language_from_string ("und"),
                       window->attrs, (int) window->n_chars + 1);
}

static gboolean
is_thai (gunichar c)
{
  return c >= 0xe01 && c <= 0xe4e && c != 0xe3f;
}

/* Scripts in which a hyphen between letters makes one word of two. */
static gboolean
is_hyphenated (gunichar c)
{
  if (!g_unichar_isalnum (c) && !g_unichar_ismark (c))
    return FALSE;
  if (c < 0x0e00)
    return TRUE;
  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
      return FALSE;
    default:
      return TRUE;
    }
}

/* Whether the character at @at ties what is on both sides of it into one word, which UAX
 * #29 leaves to applications: "Jong-un", "2000-an", "80's"; but not "2020-2021". */
static gboolean
is_tie (const Window *window, guint at)
{
  gunichar before, after;

  switch (window->chars[at])
    {
    case '-':
    case '\'':
    case 0x2010: /* hyphen */
    case 0x2011: /* non-breaking hyphen */
    case 0x2019: /* apostrophe */
      break;
    default:
      return FALSE;
    }
  if (at == 0 || at + 1 >= window->n_chars)
    return FALSE;
  before = window->chars[at - 1];
  after = window->chars[at + 1];
  return is_hyphenated (before) && is_hyphenated (after) &&
         !(g_unichar_isdigit (before) && g_unichar_isdigit (after));
}

static gboolean
is_word_border (const Window *window, guint at)
{
  const PangoLogAttr *attr = &window->attrs[at];

  if (at == 0 || at == window->n_chars)
    return TRUE;
  if (!attr->is_word_boundary || !attr->is_cursor_position)
    return FALSE;
  /* Thai words come from a dictionary, which sets only these. */
  if (is_thai (window->chars[at - 1]) && is_thai (window->chars[at]))
    return attr->is_word_start || attr->is_word_end;
  return !is_tie (window, at) && !is_tie (window, at - 1);
}

/* Letters and digits make words; so do pictures, in the eyes of those who write them. */
static gboolean
is_word_char (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_OTHER_SYMBOL:
    case G_UNICODE_PRIVATE_USE:
      return TRUE;
    default:
      return g_unichar_isalnum (c);
    }
}

static void
mark_words (Window *window)
{
  guint start = 0;
  gboolean is_word = FALSE;

  for (guint i = 0; i <= window->n_chars; i++)
    {
      if (is_word_border (window, i))
        {
          window->flags[i] |= KUTIP_BORDER_WORD;
          if (is_word)
            {
              window->flags[start] |= KUTIP_BORDER_WORD_START;
              window->flags[i] |= KUTIP_BORDER_WORD_END;
            }
          start = i;
          is_word = FALSE;
        }
      if (i < window->n_chars)
        is_word |= is_word_char (window->chars[i]);
    }
}

static gboolean
is_sentence_border (const Window *window, guint at)
{
  if (at == 0 || at == window->n_chars)
    return TRUE;
  if (kutip_sentence_is_separator (window->chars[at]))
    return TRUE;
  return window->attrs[at].is_sentence_boundary &&
         !kutip_sentence_runs_on (window->chars, window->n_chars, at);
}

/* Where only white space is between a position and the window's edge, the border that
 * must be somewhere beyond it is taken for granted. */
static void
mark_sentences (Window *window)
{
  gboolean open = FALSE;

  for (guint i = 0; i < window->n_chars; i++)
    {
      open |= is_sentence_border (window, i);
      if (open && window->attrs[i].is_cursor_position &&
          !kutip_sentence_is_blank (window->chars[i]))
        {
          window->flags[i] |= KUTIP_BORDER_SENTENCE_START;
          open = FALSE;
        }
    }
  open = FALSE;
  for (guint i = window->n_chars; i > 0; i--)
    {
      open |= is_sentence_border (window, i);
      if (open && window->attrs[i].is_cursor_position &&
          !kutip_sentence_is_blank (window->chars[i - 1]))
        {
          window->flags[i] |= KUTIP_BORDER_SENTENCE_END;
          open = FALSE;
        }
    }
}

guint8 *
kutip_borders_find (KutipText *text, KutipRange range)
{
  KutipRange around;
  g_auto (Window) window = { NULL, NULL, NULL, 0 };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (range.start <= range.end, NULL);
  g_return_val_if_fail (range.end <= kutip_text_get_length (text), NULL);

  around.start = range.start > CONTEXT ? range.start - CONTEXT : 0;
  around.end = MIN (kutip_text_get_length (text), range.end + CONTEXT);
  window_init (&window, text, around);
  for (guint i = 0; i <= window.n_chars; i++)
    if (window.attrs[i].is_cursor_position || i == 0 || i == window.n_chars)
      window.flags[i] |= KUTIP_BORDER_CHARACTER;
  mark_words (&window);
  mark_sentences (&window);
  return g_memdup2 (window.flags + (range.start - around.start),
                    (gsize) (range.end - range.start) + 1);
}
