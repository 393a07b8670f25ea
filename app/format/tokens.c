/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tokens.h"

#include <string.h>

/* g_utf8_get_char() without a call for most. */
static inline gunichar
get_character (const char *p)
{
  return (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p);
}

gboolean
kutip_tokens_is_blank (gunichar c)
{
  if (c < 0x80)
    return c <= ' ' || c == 0x7f;
  return g_unichar_isspace (c) || g_unichar_iscntrl (c);
}

/* Scripts that put no spaces between words: Thai, Lao, Tibetan, Myanmar, Khmer, Kana,
 * Han.
 */
static gboolean
is_unspaced (gunichar c)
{
  static const struct
  {
    gunichar first, last;
  } blocks[] = {
    { 0xe00, 0x109f },  { 0x1780, 0x17ff }, { 0x3005, 0x3007 },   { 0x3040, 0x30ff },
    { 0x31f0, 0x31ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff },   { 0xaa60, 0xaa7f },
    { 0xf900, 0xfaff }, { 0xff66, 0xff9f }, { 0x20000, 0x3ffff },
  };

  for (guint i = 0; i < G_N_ELEMENTS (blocks) && c >= blocks[i].first; i++)
    if (c <= blocks[i].last)
      return TRUE;
  return FALSE;
}

static gboolean
is_letter (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c);
  return (g_unichar_isalnum (c) || g_unichar_ismark (c)) && !is_unspaced (c);
}

/* Ties two letters into one word. */
static gboolean
is_tie (gunichar c)
{
  return c == '\'' || c == '-' || c == '.' || c == ',' || c == 0x2019 || c == 0x2010 ||
         c == 0x200d || c == 0xad;
}

/* What goes with the character before it: marks, joiners, variation selectors. */
static gboolean
is_extension (gunichar c)
{
  return c >= 0x300 && (g_unichar_ismark (c) || c == 0x200d || c == 0x200c ||
                        (c >= 0x1f3fb && c <= 0x1f3ff));
}

static const char *
skip_word (const char *p)
{
  while (TRUE)
    {
      gunichar c;

      /* Most of most words. */
      while (g_ascii_isalnum (*p))
        p++;
      c = get_character (p);
      if (is_letter (c))
        p = g_utf8_next_char (p);
      else if (is_tie (c) && is_letter (get_character (g_utf8_next_char (p))))
        p = g_utf8_next_char (p);
      else
        return p;
    }
}

static const char *
skip_token (const char *p)
{
  gunichar c = get_character (p);

  if (is_letter (c))
    return skip_word (p);
  p = g_utf8_next_char (p);
  while (*p != '\0' && is_extension (get_character (p)))
    {
      gboolean joins = get_character (p) == 0x200d;

      p = g_utf8_next_char (p);
      /* An emoji of several is one. */
      if (joins && *p != '\0' && !kutip_tokens_is_blank (get_character (p)))
        p = g_utf8_next_char (p);
    }
  return p;
}

static gboolean
ends_sentence (gunichar c)
{
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xff01 ||
         c == 0xff1f || c == 0x61f || c == 0x6d4 || c == 0x964;
}

static gboolean
is_closing (gunichar c)
{
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201d || c == 0x2019 ||
         c == 0xbb;
}

static guint
count_characters (const char *p, const char *end)
{
  guint n = 0;

  for (; p < end; p++)
    n += ((guchar) *p & 0xc0) != 0x80 ? 1 : 0;
  return n;
}

/* Where the next token goes; cheaper than to append one by one. */
static KutipToken *
make_room (GArray *tokens, guint n)
{
  if (n == tokens->len)
    g_array_set_size (tokens, 2 * n + 64);
  return &g_array_index (tokens, KutipToken, n);
}

GArray *
kutip_tokens_new (KutipText *text)
{
  const char *start = kutip_text_get_utf8 (text, NULL);
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (KutipToken));
  gboolean ended = TRUE; /* a sentence before here */
  gboolean blank = TRUE; /* what stands before here */
  guint offset = 0, n = 0;

  for (const char *p = start; *p != '\0';)
    {
      gunichar c = get_character (p);
      KutipToken *token;
      const char *end;

      if (kutip_tokens_is_blank (c))
        {
          ended |= c == '\n' || c == '\r' || c == 0x2029;
          blank = TRUE;
          p = g_utf8_next_char (p);
          offset++;
          continue;
        }
      end = skip_token (p);
      token = make_room (tokens, n);
      token->range.start = offset;
      offset += count_characters (p, end);
      token->range.end = offset;
      token->byte = (gsize) (p - start);
      token->n_bytes = (gsize) (end - p);
      token->begins_sentence = n == 0 || (ended && blank && !g_unichar_islower (c));
      n++;
      ended = ends_sentence (c) || (ended && !blank && is_closing (c));
      blank = FALSE;
      p = end;
    }
  g_array_set_size (tokens, n);
  return tokens;
}

void
kutip_token_walk_init (KutipTokenWalk *self, KutipText *text)
{
  const char *start = kutip_text_get_utf8 (text, NULL);

  *self = (KutipTokenWalk){ .start = start, .next = start, .ended = TRUE, .blank = TRUE };
}

gboolean
kutip_token_walk_next (KutipTokenWalk *self, KutipToken *token)
{
  const char *p = self->next;
  gunichar c = get_character (p);
  const char *end;

  for (; *p != '\0' && kutip_tokens_is_blank (c); c = get_character (p))
    {
      self->ended |= c == '\n' || c == '\r' || c == 0x2029;
      self->blank = TRUE;
      p = g_utf8_next_char (p);
      self->offset++;
    }
  self->next = p;
  if (*p == '\0')
    return FALSE;
  end = skip_token (p);
  *token = (KutipToken){ .range.start = self->offset,
                         .byte = (gsize) (p - self->start),
                         .n_bytes = (gsize) (end - p) };
  self->offset += (guint) g_utf8_strlen (p, end - p);
  token->range.end = self->offset;
  token->begins_sentence =
      !self->any || (self->ended && self->blank && !g_unichar_islower (c));
  self->any = TRUE;
  self->ended = ends_sentence (c) || (self->ended && !self->blank && is_closing (c));
  self->blank = FALSE;
  self->next = end;
  return TRUE;
}
