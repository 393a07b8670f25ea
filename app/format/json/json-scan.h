/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

/* The words of JSON: strings and numbers, byte by byte. For json.c. */
typedef struct
{
  const char *position; /* moves behind what was scanned, or to where it is wrong */
  const char *end;
  gboolean is_utf8;   /* known of all of the input, so that it need not be looked at again
                       */
  const char *reason; /* translated; NULL when all that is wrong is that the input ends */
} KutipJsonScan;

/* At the opening quote. @escaped tells whether there is a backslash in it. */
gboolean kutip_json_scan_string (KutipJsonScan *scan, gboolean *escaped);
/* At a backslash: what the escape stands for. */
gboolean kutip_json_scan_escape (KutipJsonScan *scan, gunichar *character);
/* At a minus sign or a digit. */
gboolean kutip_json_scan_number (KutipJsonScan *scan);
/* In each byte of a word 0x80 where it is below 0x20, a quotation mark or a backslash,
 * none of which may stand for itself in a string; nothing is borrowed from one byte to
 * the next. */
static inline guint64
kutip_json_mark_special (guint64 word)
{
  const guint64 each = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 low = word & (each * 0x7f);

  return ~(((low + each * 0x60) & ((low ^ (each * '"')) + each * 0x7f) &
            ((low ^ (each * '\\')) + each * 0x7f)) |
           word) &
         (each * 0x80);
}

/* Eight bytes as a word whose lowest byte is the first. */
static inline guint64
kutip_json_load_word (const char *bytes)
{
  guint64 word;

  memcpy (&word, bytes, sizeof word);
  return GUINT64_FROM_LE (word);
}

/* The same of fewer than eight bytes; the rest are blanks. */
static inline guint64
kutip_json_load_rest (const char *bytes, gsize n_bytes)
{
  guint64 word = G_GUINT64_CONSTANT (0x2020202020202020) << (8 * n_bytes);
  guint at = 0;

  if ((n_bytes & 4) != 0)
    {
      guint32 four;

      memcpy (&four, bytes, 4);
      word |= GUINT32_FROM_LE (four);
      at = 4;
    }
  if ((n_bytes & 2) != 0)
    {
      guint16 two;

      memcpy (&two, bytes + at, 2);
      word |= (guint64) GUINT16_FROM_LE (two) << (8 * at);
      at += 2;
    }
  if ((n_bytes & 1) != 0)
    word |= (guint64) (guchar) bytes[at] << (8 * at);
  return word;
}

static inline void
kutip_json_store_word (char *to, guint64 word)
{
  word = GUINT64_TO_LE (word);
  memcpy (to, &word, sizeof word);
}

/* How many bytes of a word, which is not 0, lie before the first that is marked. */
static inline gsize
kutip_json_count_unmarked (guint64 marks)
{
  return (gsize) __builtin_ctzll (marks) / 8;
}

#ifdef __SSE2__
/* The same for sixteen bytes, with a bit for each, the lowest for the first. What goes on
 * eight bytes at a time behind it needs no more than that where a processor has no such
 * instructions. */
static inline guint
kutip_json_mark_special_16 (__m128i bytes)
{
  const __m128i last_control = _mm_set1_epi8 (0x1f);
  __m128i special =
      _mm_or_si128 (_mm_cmpeq_epi8 (_mm_max_epu8 (bytes, last_control), last_control),
                    _mm_or_si128 (_mm_cmpeq_epi8 (bytes, _mm_set1_epi8 ('"')),
                                  _mm_cmpeq_epi8 (bytes, _mm_set1_epi8 ('\\'))));

  return (guint) _mm_movemask_epi8 (special);
}

static inline __m128i
kutip_json_load_16 (const char *bytes)
{
  return _mm_loadu_si128 ((const __m128i *) (gconstpointer) bytes);
}

/* The same of fewer than sixteen bytes, but at least one; the rest are 0. Loads overlap,
 * so that there is no loop. */
static inline __m128i
kutip_json_load_few (const char *bytes, gsize n_bytes)
{
  guint64 low, high = 0;

  if (n_bytes >= 8)
    {
      memcpy (&low, bytes, 8);
      memcpy (&high, bytes + n_bytes - 8, 8);
      high = high >> (8 * (15 - n_bytes)) >> 8;
    }
  else if (n_bytes >= 4)
    {
      guint32 first, last;

      memcpy (&first, bytes, 4);
      memcpy (&last, bytes + n_bytes - 4, 4);
      low = first | (guint64) last << (8 * (n_bytes - 4));
    }
  else
    low = (guint64) (guchar) bytes[0] |
          (guint64) (guchar) bytes[n_bytes / 2] << (8 * (n_bytes / 2)) |
          (guint64) (guchar) bytes[n_bytes - 1] << (8 * (n_bytes - 1));
  return _mm_set_epi64x ((gint64) high, (gint64) low);
}

static inline void
kutip_json_store_16 (char *to, __m128i bytes)
{
  _mm_storeu_si128 ((__m128i *) (gpointer) to, bytes);
}
#endif

/* Appends what stands between the quotes of a string that was scanned. */
void kutip_json_decode_string (GString *out, const char *content, const char *end);

G_END_DECLS
