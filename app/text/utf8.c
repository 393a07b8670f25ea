/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/utf8.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define EACH_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* Marks in eight bytes those that are not ASCII, or NUL: up to the first that is marked
 * all are right, behind it some may be wrong. */
static inline guint64
mark_others (const guchar *bytes)
{
  guint64 word;

  memcpy (&word, bytes, sizeof word);
  word = GUINT64_FROM_LE (word);
  return (word | (word - EACH_BYTE (1))) & EACH_BYTE (0x80);
}

/* Whether the eight bytes are characters of one and two bytes, the last of which may go
 * on behind them: most text in Latin, Greek, Cyrillic, Hebrew or Arabic script. @pending:
 * a character is to go on in the first; set for the next eight. */
static inline gboolean
are_short (const guchar *bytes, guint64 *pending)
{
  const guint64 highest = EACH_BYTE (0x80);
  guint64 word, others, leads, continuations;

  memcpy (&word, bytes, sizeof word);
  word = GUINT64_FROM_LE (word);
  others = word & highest;
  continuations = others & ~(word << 1);
  leads = others ^ continuations;
  /* 110xxxxx, and not 1100000x, which would be too long; no NUL, which the subtraction
   * may also see in a byte behind one. */
  if ((leads & (word << 2)) != 0 ||
      (leads & ~(word << 3) & ~(word << 4) & ~(word << 5) & ~(word << 6)) != 0 ||
      ((word - EACH_BYTE (1)) & ~word & highest) != 0 ||
      continuations != (leads << 8 | *pending))
    return FALSE;
  *pending = leads >> 56;
  return TRUE;
}

#ifdef __SSE2__
/* The same for sixteen bytes; *@pending is 0 or 1. As signed numbers the bytes that go on
 * are -128 to -65, and those that begin two are -62 to -33. */
static inline gboolean
are_short_16 (const guchar *bytes, guint *pending)
{
  __m128i all = _mm_loadu_si128 ((const __m128i *) (gconstpointer) bytes);
  guint others = (guint) _mm_movemask_epi8 (all);
  guint nul = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (all, _mm_setzero_si128 ()));
  guint continuations, leads;

  if ((others | *pending | nul) == 0)
    return TRUE;
  continuations = (guint) _mm_movemask_epi8 (_mm_cmplt_epi8 (all, _mm_set1_epi8 (-64)));
  leads = (guint) _mm_movemask_epi8 (
      _mm_and_si128 (_mm_cmpgt_epi8 (all, _mm_set1_epi8 (-63)),
                     _mm_cmplt_epi8 (all, _mm_set1_epi8 (-32))));
  if (nul != 0 || (continuations | leads) != others ||
      continuations != ((leads << 1 | *pending) & 0xffff))
    return FALSE;
  *pending = leads >> 15;
  return TRUE;
}

/* Behind characters of one and two bytes, as far as they are easily seen to be such. */
static inline const guchar *
skip_short (const guchar *p, const guchar *end)
{
  guint pending = 0;

  while (end - p >= 16 && are_short_16 (p, &pending))
    p += 16;
  /* Back to where the character begins. */
  return p - pending;
}
#endif

static inline gboolean
continues (guchar byte)
{
  return (byte & 0xc0) == 0x80;
}

/* How many bytes the character at @p takes, of which @n_left are there; 0 for one that is
 * none. The Unicode Standard, table 3-7. */
static inline gsize
measure (const guchar *p, gsize n_left)
{
  if (p[0] < 0x80)
    return p[0] != '\0';
  if (p[0] < 0xe0)
    return p[0] >= 0xc2 && n_left > 1 && continues (p[1]) ? 2 : 0;
  if (p[0] < 0xf0)
    return n_left > 2 && continues (p[1]) && continues (p[2]) &&
                   (p[0] != 0xe0 || p[1] >= 0xa0) && (p[0] != 0xed || p[1] < 0xa0)
               ? 3
               : 0;
  return p[0] < 0xf5 && n_left > 3 && continues (p[1]) && continues (p[2]) &&
                 continues (p[3]) && (p[0] != 0xf0 || p[1] >= 0x90) &&
                 (p[0] != 0xf4 || p[1] < 0x90)
             ? 4
             : 0;
}

gboolean
kutip_utf8_validate (const char *bytes, gsize n_bytes, const char **invalid)
{
  const guchar *p = (const guchar *) bytes;
  const guchar *end = n_bytes > 0 ? p + n_bytes : p;
  gboolean is_long = FALSE; /* the last character: the next ones will be, too */

  while (p < end)
    {
      gsize n;

#ifdef __SSE2__
      if (!is_long)
        p = skip_short (p, end);
      if (p == end)
        break;
#endif
      if (end - p >= 8)
        {
          guint64 others = mark_others (p);
          guint64 pending = 0;

          if (others == 0)
            {
              p += 8;
              is_long = FALSE;
              continue;
            }
          while (end - p >= 8 && are_short (p, &pending))
            p += 8;
          /* Back to where the character begins. */
          p -= pending != 0;
          if (end - p < 8 || (others = mark_others (p)) == 0)
            continue;
          p += __builtin_ctzll (others) / 8;
        }
      n = measure (p, (gsize) (end - p));
      if (n == 0)
        break;
      p += n;
      is_long = n > 2;
    }
  if (invalid != NULL)
    *invalid = (const char *) p;
  return p == end;
}
