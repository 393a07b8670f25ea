/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/text.h"

#include "text/utf8.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bytes from one checkpoint to the next. Blocks of bytes rather than of code points, so
 * that the table is made eight bytes at a time. */
#define BLOCK 64
#define LOW_BITS G_GUINT64_CONSTANT (0x0101010101010101)

/* What lies before the first byte of a block. A character belongs to the block that holds
 * its first byte, though its other bytes may lie in the next. */
typedef struct
{
  guint32 n_points;
  guint32
      n_astral; /* of these, how many take four bytes in UTF-8 and two units in UTF-16 */
} Checkpoint;

struct _KutipText
{
  gatomicrefcount ref_count;
  char *utf8;
  gsize n_bytes;
  guint length;
  guint n_astral;
  guint64 bytes_per_point; /* on average, in 65,536ths */
  Checkpoint
      *checkpoints; /* one for each block begun; NULL when all of the text is ASCII */
};

G_DEFINE_BOXED_TYPE (KutipText, kutip_text, kutip_text_ref, kutip_text_unref)

/* Eight bytes, of which the first is the lowest. */
static inline guint64
load_word (const char *bytes)
{
  guint64 word;

  memcpy (&word, bytes, sizeof word);
  return GUINT64_FROM_LE (word);
}

/* In each byte 1 where the byte continues a character (10xxxxxx). */
static inline guint64
mark_continuations (guint64 word)
{
  return (word >> 7) & (~word >> 6) & LOW_BITS;
}

/* In each byte 1 where the byte begins a character of four bytes (1111xxxx). */
static inline guint64
mark_astral (guint64 word)
{
  return ((word & word << 1 & word << 2 & word << 3) >> 7) & LOW_BITS;
}

/* The sum of a word's bytes, if it is below 256. */
static inline guint
sum_bytes (guint64 word)
{
  return (guint) ((word * LOW_BITS) >> 56);
}

/* Which byte of a word begins the character that @n others in it come before. */
static inline gsize
find_in_word (guint64 word, guint n)
{
  const guint64 highest = LOW_BITS << 7;
  /* In each byte how many characters have begun up to there, itself included; at most
   * eight, so that nothing is borrowed from one byte to the next. */
  guint64 counts = (~mark_continuations (word) & LOW_BITS) * LOW_BITS;

  return sum_bytes ((((LOW_BITS * n) | highest) - counts) >> 7 & LOW_BITS);
}

static inline gboolean
begins_character (char byte)
{
  return ((guchar) byte & 0xc0) != 0x80;
}

#ifdef __SSE2__
/* The sum of sixteen bytes. */
static inline guint
sum_16 (__m128i bytes)
{
  __m128i sums = _mm_sad_epu8 (bytes, _mm_setzero_si128 ());

  return (guint) (_mm_cvtsi128_si32 (sums) + _mm_extract_epi16 (sums, 4));
}

/* How many characters begin in each of sixteen bytes, as 0 or -1: as signed numbers, all
 * bytes but -128 to -65 begin one. */
static inline __m128i
mark_begins (__m128i bytes)
{
  return _mm_cmpgt_epi8 (bytes, _mm_set1_epi8 (-65));
}

static inline Checkpoint
count_whole_block (const char *bytes)
{
  const __m128i first_astral = _mm_set1_epi8 ((char) 0xf0);
  __m128i n_points = _mm_setzero_si128 (), n_astral = _mm_setzero_si128 ();

  for (gsize i = 0; i < BLOCK; i += 16)
    {
      __m128i all = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (bytes + i));

      n_points = _mm_sub_epi8 (n_points, mark_begins (all));
      n_astral =
          _mm_sub_epi8 (n_astral, _mm_cmpeq_epi8 (_mm_max_epu8 (all, first_astral), all));
    }
  return (Checkpoint){ sum_16 (n_points), sum_16 (n_astral) };
}
#endif

/* Counts over at most BLOCK bytes of valid UTF-8. At most three bytes in four are
 * continuations, and one in four begins an astral character, so that no sum reaches 256.
 */
static inline Checkpoint
count_block (const char *bytes, gsize n_bytes)
{
  guint64 continuations = 0;
  guint64 astral = 0;
  Checkpoint counts;
  gsize i = 0;

#ifdef __SSE2__
  if (n_bytes == BLOCK)
    return count_whole_block (bytes);
#endif
  for (; i + 8 <= n_bytes; i += 8)
    {
      guint64 word = load_word (bytes + i);

      continuations += mark_continuations (word);
      astral += mark_astral (word);
    }
  counts.n_points = (guint32) i - sum_bytes (continuations);
  counts.n_astral = sum_bytes (astral);
  for (; i < n_bytes; i++)
    {
      counts.n_points += begins_character (bytes[i]) ? 1 : 0;
      counts.n_astral += (guchar) bytes[i] >= 0xf0;
    }
  return counts;
}

static void
fill_checkpoints (KutipText *self)
{
  Checkpoint so_far = { 0, 0 };
  gsize n_blocks = self->n_bytes / BLOCK + 1;

  self->checkpoints = g_new (Checkpoint, n_blocks);
  for (gsize block = 0; block < n_blocks; block++)
    {
      gsize at = block * BLOCK;
      Checkpoint counts = count_block (self->utf8 + at, MIN (BLOCK, self->n_bytes - at));

      self->checkpoints[block] = so_far;
      so_far.n_points += counts.n_points;
      so_far.n_astral += counts.n_astral;
    }
  self->length = so_far.n_points;
  self->n_astral = so_far.n_astral;
  self->bytes_per_point = ((guint64) self->n_bytes << 16) / MAX (self->length, 1);
  if (self->length == self->n_bytes)
    g_clear_pointer (&self->checkpoints, g_free);
}

static inline gsize
count_before (const Checkpoint *checkpoint, gboolean utf16)
{
  return checkpoint->n_points + (utf16 ? (gsize) checkpoint->n_astral : 0);
}

/* The last block that begins at or before the code point, or (with @utf16) before the
 * unit. No text has fewer bytes than these, and most have few more, so that the search
 * begins where ASCII would be and takes longer and longer steps from there. */
static gsize
find_block (KutipText *self, gsize position, gboolean utf16)
{
  const Checkpoint *checkpoints = self->checkpoints;
  gsize last = self->n_bytes / BLOCK;
  gsize low = position / BLOCK;
  gsize step = 1;
  gsize high;

  while (low + step <= last && count_before (&checkpoints[low + step], utf16) <= position)
    {
      low += step;
      step *= 2;
    }
  high = MIN (low + step - 1, last);
  while (low < high)
    {
      gsize middle = low + (high - low + 1) / 2;

      if (count_before (&checkpoints[middle], utf16) <= position)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

/* The block of a code point. Most texts are much the same all along, so that it is where
 * the average says, or the one before or behind. */
static inline gsize
find_block_of_point (KutipText *self, guint position)
{
  const Checkpoint *checkpoints = self->checkpoints;
  gsize last = self->n_bytes / BLOCK;
  gsize guess = MIN ((gsize) (position * self->bytes_per_point >> 16) / BLOCK, last);

  if (guess > 0 && checkpoints[guess].n_points > position)
    guess--;
  else if (guess < last && checkpoints[guess + 1].n_points <= position)
    guess++;
  return checkpoints[guess].n_points <= position &&
                 (guess == last || checkpoints[guess + 1].n_points > position)
             ? guess
             : find_block (self, position, FALSE);
}

#ifdef __SSE2__
/* In each byte how many characters begin in eight of the 64 bytes, the first in the
 * lowest. */
static inline guint64
count_in_eights (const char *bytes)
{
  __m128i sums = _mm_setzero_si128 ();
  guint64 counts;

  /* Of each sixteen bytes the two sums are eight bytes apart. */
  for (int i = 0; i < BLOCK / 16; i++)
    {
      __m128i all = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (bytes + 16 * i));
      __m128i begins = _mm_sub_epi8 (_mm_setzero_si128 (), mark_begins (all));

      sums = _mm_or_si128 (
          sums, _mm_slli_epi64 (_mm_sad_epu8 (begins, _mm_setzero_si128 ()), 8 * i));
    }
  sums = _mm_unpacklo_epi8 (sums, _mm_srli_si128 (sums, 8));
  _mm_storel_epi64 ((__m128i *) (gpointer) &counts, sums);
  return counts;
}

/* Which of 64 bytes begins the character that @n others in it come before. @up_to has in
 * each byte how many begin in so many eights. */
static inline gsize
find_in_block (const char *bytes, guint64 up_to, guint n)
{
  const guint64 highest = LOW_BITS << 7;
  guint eight = sum_bytes ((((LOW_BITS * n) | highest) - up_to) >> 7 & LOW_BITS);
  guint before = (guint) (up_to << 8 >> (8 * eight)) & 0xff;

  return 8 * eight + find_in_word (load_word (bytes + 8 * eight), n - before);
}
#endif

/* The first byte of the character that @n others come before, counted from @at. Nothing
 * in it depends on what the text says but how many blocks there are: guessing wrong takes
 * longer than counting. */
static gsize
skip_characters (KutipText *self, gsize at, guint n)
{
#ifdef __SSE2__
  for (; at + BLOCK <= self->n_bytes; at += BLOCK)
    {
      guint64 up_to = count_in_eights (self->utf8 + at) * LOW_BITS;

      if (up_to >> 56 > n)
        return at + find_in_block (self->utf8 + at, up_to, n);
      n -= (guint) (up_to >> 56);
    }
#endif
  for (; at + 8 <= self->n_bytes; at += 8)
    {
      guint64 word = load_word (self->utf8 + at);
      guint in_word = 8 - sum_bytes (mark_continuations (word));

      if (in_word > n)
        return at + find_in_word (word, n);
      n -= in_word;
    }
  for (; at < self->n_bytes; at++)
    {
      if (!begins_character (self->utf8[at]))
        continue;
      if (n == 0)
        break;
      n--;
    }
  return at;
}

KutipText *
kutip_text_new_take (char *utf8, gsize n_bytes)
{
  KutipText *self;

  g_return_val_if_fail (utf8 != NULL, NULL);
  g_return_val_if_fail (n_bytes < G_MAXUINT, NULL);
  g_return_val_if_fail (utf8[n_bytes] == '\0', NULL);

  self = g_new0 (KutipText, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->utf8 = utf8;
  self->n_bytes = n_bytes;
  fill_checkpoints (self);
  return self;
}

KutipText *
kutip_text_new (const char *utf8)
{
  gsize n_bytes;

  g_return_val_if_fail (utf8 != NULL, NULL);

  n_bytes = strlen (utf8);
  g_return_val_if_fail (kutip_utf8_validate (utf8, n_bytes, NULL), NULL);
  return kutip_text_new_take (g_strndup (utf8, n_bytes), n_bytes);
}

KutipText *
kutip_text_ref (KutipText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kutip_text_unref (KutipText *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->utf8);
  g_free (self->checkpoints);
  g_free (self);
}

const char *
kutip_text_get_utf8 (KutipText *self, gsize *n_bytes)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (n_bytes)
    *n_bytes = self->n_bytes;
  return self->utf8;
}

guint
kutip_text_get_length (KutipText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

gsize
kutip_text_get_n_utf16 (KutipText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (gsize) self->length + self->n_astral;
}

gsize
kutip_text_to_byte (KutipText *self, guint offset)
{
  gsize block;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (offset <= self->length, self->n_bytes);

  if (!self->checkpoints)
    return offset;
  if (offset == self->length)
    return self->n_bytes;
  block = find_block_of_point (self, offset);
  return skip_characters (self, block * BLOCK,
                          offset - self->checkpoints[block].n_points);
}

gsize
kutip_text_to_utf16 (KutipText *self, guint offset)
{
  gsize byte, block;
  Checkpoint counts;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (offset <= self->length, kutip_text_get_n_utf16 (self));

  if (self->n_astral == 0)
    return offset;
  byte = kutip_text_to_byte (self, offset);
  block = byte / BLOCK;
  counts = count_block (self->utf8 + block * BLOCK, byte - block * BLOCK);
  return (gsize) offset + self->checkpoints[block].n_astral + counts.n_astral;
}

gboolean
kutip_text_from_byte (KutipText *self, gsize byte, guint *offset)
{
  gsize block;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (offset != NULL, FALSE);

  if (byte > self->n_bytes || !begins_character (self->utf8[byte]))
    return FALSE;
  if (!self->checkpoints)
    {
      *offset = (guint) byte;
      return TRUE;
    }
  block = byte / BLOCK;
  *offset = self->checkpoints[block].n_points +
            count_block (self->utf8 + block * BLOCK, byte - block * BLOCK).n_points;
  return TRUE;
}

gboolean
kutip_text_from_utf16 (KutipText *self, gsize unit, guint *offset)
{
  gsize block, before;
  guint n;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (offset != NULL, FALSE);

  if (unit > kutip_text_get_n_utf16 (self))
    return FALSE;
  if (self->n_astral == 0)
    {
      *offset = (guint) unit;
      return TRUE;
    }
  block = find_block (self, unit, TRUE);
  n = self->checkpoints[block].n_points;
  before = (gsize) n + self->checkpoints[block].n_astral;
  for (gsize at = block * BLOCK; before < unit; at++)
    {
      if (!begins_character (self->utf8[at]))
        continue;
      before += (guchar) self->utf8[at] >= 0xf0 ? 2 : 1;
      n++;
    }
  if (before != unit)
    return FALSE;
  *offset = n;
  return TRUE;
}

const char *
kutip_text_peek_range (KutipText *self, KutipRange range, gsize *n_bytes)
{
  gsize start, end;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_bytes != NULL, NULL);
  g_return_val_if_fail (range.start <= range.end && range.end <= self->length, NULL);

  start = kutip_text_to_byte (self, range.start);
  /* Most ranges are short: their end is nearer to their start than to a block. */
  end = self->checkpoints != NULL && range.end - range.start <= BLOCK
            ? skip_characters (self, start, range.end - range.start)
            : kutip_text_to_byte (self, range.end);
  *n_bytes = end - start;
  return self->utf8 + start;
}

/* Back from @at over @n characters, or to the start. */
static gsize
skip_back (KutipText *self, gsize at, guint n)
{
#ifdef __SSE2__
  for (; n > 0 && at >= BLOCK; at -= BLOCK)
    {
      const char *block = self->utf8 + at - BLOCK;
      guint64 up_to = count_in_eights (block) * LOW_BITS;
      guint in_block = (guint) (up_to >> 56);

      if (in_block >= n)
        return at - BLOCK + find_in_block (block, up_to, in_block - n);
      n -= in_block;
    }
#endif
  while (at >= 8)
    {
      guint in_word =
          8 - sum_bytes (mark_continuations (load_word (self->utf8 + at - 8)));

      if (in_word >= n)
        break;
      n -= in_word;
      at -= 8;
    }
  while (n > 0 && at > 0)
    n -= begins_character (self->utf8[--at]) ? 1 : 0;
  return at;
}

const char *
kutip_text_walk (KutipText *self, const char *at, int n)
{
  gsize byte;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (at >= self->utf8 && at <= self->utf8 + self->n_bytes, NULL);

  byte = (gsize) (at - self->utf8);
  byte = n < 0 ? skip_back (self, byte, (guint) -n)
               : skip_characters (self, byte, (guint) n);
  return self->utf8 + byte;
}

char *
kutip_text_dup_range (KutipText *self, KutipRange range)
{
  const char *bytes;
  gsize n_bytes;

  bytes = kutip_text_peek_range (self, range, &n_bytes);
  g_return_val_if_fail (bytes != NULL, NULL);
  return g_strndup (bytes, n_bytes);
}

gunichar
kutip_text_get_char (KutipText *self, guint offset)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (offset < self->length, 0);

  return g_utf8_get_char (self->utf8 + kutip_text_to_byte (self, offset));
}
