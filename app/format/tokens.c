/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tokens.h"

#include "format/json/json-scan.h"

#include <string.h>

/* What an ASCII character may be; 0 for bytes that are none, and for NUL. */
enum
{
  LETTER = 1 << 0, /* or a digit */
  BLANK = 1 << 1,
  BREAK = 1 << 2, /* of a line */
};

#define L LETTER
#define B BLANK
#define N (BLANK | BREAK)
static const guint8 classes[256] = {
  0, B, B, B, B, B, B, B, B, B, N, B, B, N, B, B, /* NUL … */
  B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0x10 … */
  B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* space … */
  L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0, 0, /* 0 … */
  0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @ … */
  L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0, /* P … */
  0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* ` … */
  L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, B, /* p … */
};
#undef L
#undef B
#undef N

static inline guint
get_class (const char *p)
{
  return classes[(guchar) *p];
}

/* g_utf8_get_char() without a call for most. */
static inline gunichar
get_character (const char *p)
{
  guchar first = (guchar) *p;

  if (first < 0x80)
    return first;
  return first < 0xe0 ? (first & 0x1fu) << 6 | ((guchar) p[1] & 0x3fu)
                      : g_utf8_get_char (p);
}

gboolean
kutip_tokens_is_blank (gunichar c)
{
  if (c < 0x80)
    return c <= ' ' || c == 0x7f;
  /* None from there to the Ogham space mark. */
  if (c > 0xa0 && c < 0x1680)
    return FALSE;
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
  /* Latin with diacritics has two signs among its letters. */
  if (c >= 0xc0 && c < 0x250)
    return c != 0xd7 && c != 0xf7;
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

/* In each byte of a word 0x80 where it is an ASCII letter or digit; nothing is carried
 * from one byte to the next. */
static inline guint64
mark_alphanumeric (guint64 word)
{
  const guint64 each = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 ascii = word & each * 0x7f;
  guint64 lower = ascii | each * 0x20;
  guint64 letters = (lower + each * (0x80 - 'a')) & ~(lower + each * (0x7f - 'z'));
  guint64 digits = (ascii + each * (0x80 - '0')) & ~(ascii + each * (0x7f - '9'));

  return (letters | digits) & ~word & each * 0x80;
}

/* Behind ASCII letters and digits. */
static inline const char *
skip_alphanumeric (const char *p, const char *end)
{
  for (; end - p >= 8; p += 8)
    {
      guint64 others = ~mark_alphanumeric (kutip_json_load_word (p)) &
                       G_GUINT64_CONSTANT (0x8080808080808080);

      if (others != 0)
        return p + kutip_json_count_unmarked (others);
    }
  while (g_ascii_isalnum (*p))
    p++;
  return p;
}

/* The following move behind what stands at @p, and count its characters in *@n. */

static const char *
skip_word (const char *p, const char *end, guint *n)
{
  while (TRUE)
    {
      const char *run = p;
      gunichar c;

      /* Most of most words. */
      p = skip_alphanumeric (p, end);
      *n += (guint) (p - run);
      if (get_class (p) != 0)
        return p;
      c = get_character (p);
      if (!is_letter (c) &&
          !(is_tie (c) && is_letter (get_character (g_utf8_next_char (p)))))
        return p;
      p = g_utf8_next_char (p);
      ++*n;
    }
}

static const char *
skip_token (const char *p, const char *end, gunichar c, guint *n)
{
  if (is_letter (c))
    return skip_word (p, end, n);
  p = g_utf8_next_char (p);
  ++*n;
  while ((guchar) *p >= 0x80 && is_extension (get_character (p)))
    {
      gboolean joins = get_character (p) == 0x200d;

      p = g_utf8_next_char (p);
      ++*n;
      /* An emoji of several is one. */
      if (!joins || *p == '\0' || kutip_tokens_is_blank (get_character (p)))
        continue;
      p = g_utf8_next_char (p);
      ++*n;
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

/* Where the next token goes; cheaper than to append one by one. */
static KutipToken *
make_room (GArray *tokens, guint n)
{
  if (n == tokens->len)
    g_array_set_size (tokens, 2 * n + 64);
  return &g_array_index (tokens, KutipToken, n);
}

void
kutip_token_walk_init (KutipTokenWalk *self, KutipText *text)
{
  gsize n_bytes;
  const char *start = kutip_text_get_utf8 (text, &n_bytes);

  *self = (KutipTokenWalk){
    .start = start, .next = start, .end = start + n_bytes, .ended = TRUE, .blank = TRUE
  };
}

/* Moves to the next token; what it begins with, or NUL at the end of the text. */
static inline gunichar
skip_blanks (KutipTokenWalk *self)
{
  const char *p = self->next;
  const char *begin = p;
  guint offset = self->offset;
  gunichar c = 0;

  while (TRUE)
    {
      guint class = get_class (p);

      if ((class & BLANK) != 0)
        {
          self->ended |= (class & BREAK) != 0;
          p++;
          offset++;
          continue;
        }
      c = get_character (p);
      if (c < 0x80 || !kutip_tokens_is_blank (c))
        break;
      self->ended |= c == 0x2029;
      p = g_utf8_next_char (p);
      offset++;
    }
  self->blank |= p > begin;
  self->next = p;
  self->offset = offset;
  return c;
}

static inline gboolean
walk_on (KutipTokenWalk *self, KutipToken *token)
{
  gunichar c = skip_blanks (self);
  const char *p = self->next;
  guint n = 0;

  if (c == '\0')
    return FALSE;
  self->next = skip_token (p, self->end, c, &n);
  token->range.start = self->offset;
  self->offset += n;
  token->range.end = self->offset;
  token->byte = (guint) (p - self->start);
  token->n_bytes = (guint) (self->next - p);
  token->begins_sentence =
      !self->any || (self->ended && self->blank && !g_unichar_islower (c));
  self->any = TRUE;
  self->ended = ends_sentence (c) || (self->ended && !self->blank && is_closing (c));
  self->blank = FALSE;
  return TRUE;
}

gboolean
kutip_token_walk_next (KutipTokenWalk *self, KutipToken *token)
{
  return walk_on (self, token);
}

GArray *
kutip_tokens_new (KutipText *text)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (KutipToken));
  KutipTokenWalk walk;
  guint n = 0;

  kutip_token_walk_init (&walk, text);
  while (walk_on (&walk, make_room (tokens, n)))
    n++;
  g_array_set_size (tokens, n);
  return tokens;
}
