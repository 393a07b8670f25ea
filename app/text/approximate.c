/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/find.h"

/* Approximate matching by Myers (1999), "A fast bit-vector algorithm for approximate
 * string matching based on dynamic programming", in blocks of 64 rows, with Ukkonen's
 * cut-off: only the blocks are computed in which a value can be small enough. */
#define ROWS 64
/* Words of 64 bits that the table of a pattern may take. */
#define MAX_WORDS (8 * 1024 * 1024)
#define N_BMP 0x10000
#define FEW 60

/* In which rows of the pattern a character stands. Row 0 of @bits belongs to all
 * characters that are not in it. */
typedef struct
{
  guint length;
  guint n_blocks;
  guint64 *bits;      /* n_blocks words for each different character */
  guint *bmp;         /* rows of @bits by character, up to U+FFFF */
  GHashTable *astral; /* and beyond */
} Pattern;

/* A column of the table of distances: its differences from row to row, and the value at
 * the last row of each block. */
typedef struct
{
  guint64 plus;
  guint64 minus;
  guint value;
} Block;

static guint
find_row (const Pattern *pattern, gunichar c)
{
  if (c < N_BMP)
    return pattern->bmp[c];
  return GPOINTER_TO_UINT (g_hash_table_lookup (pattern->astral, GUINT_TO_POINTER (c)));
}

static void
set_row (Pattern *pattern, gunichar c, guint row)
{
  if (c < N_BMP)
    pattern->bmp[c] = row;
  else
    g_hash_table_insert (pattern->astral, GUINT_TO_POINTER (c), GUINT_TO_POINTER (row));
}

static void
pattern_clear (Pattern *pattern)
{
  g_free (pattern->bits);
  g_free (pattern->bmp);
  g_clear_pointer (&pattern->astral, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pattern, pattern_clear)

/* FALSE when the pattern is too long, and of too many different characters, for the
 * table. */
static gboolean
pattern_init (Pattern *pattern, const gunichar *chars, guint length, gboolean reverse)
{
  guint n_rows = 1;

  pattern->length = length;
  pattern->n_blocks = (length + ROWS - 1) / ROWS;
  pattern->bmp = g_new0 (guint, N_BMP);
  pattern->astral = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < length; i++)
    if (find_row (pattern, chars[i]) == 0)
      set_row (pattern, chars[i], n_rows++);
  if ((gsize) n_rows * pattern->n_blocks > MAX_WORDS)
    return FALSE;
  pattern->bits = g_new0 (guint64, (gsize) n_rows * pattern->n_blocks);
  for (guint i = 0; i < length; i++)
    {
      gunichar c = chars[reverse ? length - 1 - i : i];
      gsize row = find_row (pattern, c);

      pattern->bits[row * pattern->n_blocks + i / ROWS] |= G_GUINT64_CONSTANT (1)
                                                           << i % ROWS;
    }
  return TRUE;
}

static const guint64 *
find_bits (const Pattern *pattern, gunichar c)
{
  return pattern->bits + (gsize) find_row (pattern, c) * pattern->n_blocks;
}

/* How many rows the block has: 64, but for the last. */
static guint
count_rows (const Pattern *pattern, guint block)
{
  return MIN (ROWS, pattern->length - block * ROWS);
}

/* Goes one column on. @above is the difference to the column before in the row above the
 * block
 * (-1, 0 or 1); returns the same for the block's last row. Figure 9 of the paper. */
static inline int
advance (Block *block, guint64 equal, int above, guint last_row)
{
  guint64 vertical = equal | block->minus;
  guint64 horizontal, plus, minus;
  int below;

  if (above < 0)
    equal |= 1;
  horizontal = (((equal & block->plus) + block->plus) ^ block->plus) | equal;
  plus = block->minus | ~(horizontal | block->plus);
  minus = block->plus & horizontal;
  below = (int) (plus >> last_row & 1) - (int) (minus >> last_row & 1);
  plus = plus << 1 | (above > 0);
  minus = minus << 1 | (above < 0);
  block->plus = minus | ~(vertical | plus);
  block->minus = plus & vertical;
  block->value = (guint) ((int) block->value + below);
  return below;
}

/* The column before the first character: row i has the value i. */
static Block *
new_column (const Pattern *pattern)
{
  Block *blocks = g_new0 (Block, pattern->n_blocks);

  for (guint i = 0; i < pattern->n_blocks; i++)
    {
      blocks[i].plus = ~G_GUINT64_CONSTANT (0);
      blocks[i].value = i * ROWS + count_rows (pattern, i);
    }
  return blocks;
}

/* Advances the active blocks by one character and moves the last of them, @active, by
 * Ukkonen's rule for at most @max errors. */
static guint
advance_active (
    const Pattern *pattern, Block *blocks, guint active, gunichar c, guint max)
{
  const guint64 *equal = find_bits (pattern, c);
  int carry = 0;

  for (guint i = 0; i <= active; i++)
    carry = advance (&blocks[i], equal[i], carry, count_rows (pattern, i) - 1);
  if (active + 1 < pattern->n_blocks && (int) blocks[active].value - carry <= (int) max &&
      (equal[active + 1] & 1 || carry < 0))
    {
      Block *next = &blocks[active + 1];
      guint n_rows = count_rows (pattern, active + 1);

      next->plus = ~G_GUINT64_CONSTANT (0);
      next->minus = 0;
      next->value = (guint) ((int) blocks[active].value - carry) + n_rows;
      advance (next, equal[active + 1], carry, n_rows - 1);
      return active + 1;
    }
  while (active > 0 && blocks[active].value >= max + ROWS)
    active--;
  return active;
}

/* The end of the first of the best matches in @n characters, and its errors; 0 when there
 * is no match with @max errors at most. */
static guint
find_end (const Pattern *pattern, const char *utf8, guint n, guint max, guint *n_errors)
{
  g_autofree Block *blocks = new_column (pattern);
  guint active = MIN (max / ROWS, pattern->n_blocks - 1);
  guint end = 0;

  for (guint i = 0; i < n; i++, utf8 = g_utf8_next_char (utf8))
    {
      active = advance_active (pattern, blocks, active, g_utf8_get_char (utf8), max);
      if (active + 1 < pattern->n_blocks || blocks[active].value > max)
        continue;
      *n_errors = blocks[active].value;
      end = i + 1;
      if (*n_errors == 0)
        break;
      /* From here on only a better one counts. */
      max = *n_errors - 1;
      while (active > 0 && blocks[active].value >= max + ROWS)
        active--;
    }
  return end;
}

static guint
distance (guint a, guint b)
{
  return a > b ? a - b : b - a;
}

/* The length of the text, from @utf8 on in the given direction, whose distance to the
 * whole of the pattern is @n_errors. Of several, one that ends in @last, the pattern's
 * own last character in that direction: "Putiin" for "Putin", not "Puti" or "Putii". Then
 * that nearest to the pattern's length. */
static guint
find_length (const Pattern *pattern,
             const char *utf8,
             guint n_max,
             guint n_errors,
             gboolean backwards,
             gunichar last)
{
  g_autofree Block *blocks = new_column (pattern);
  gboolean found_last = FALSE;
  guint found = 0;

  for (guint i = 1; i <= n_max; i++)
    {
      gunichar c = g_utf8_get_char (backwards ? (utf8 = g_utf8_prev_char (utf8)) : utf8);
      const guint64 *equal = find_bits (pattern, c);
      int carry = 1;

      if (!backwards)
        utf8 = g_utf8_next_char (utf8);
      for (guint block = 0; block < pattern->n_blocks; block++)
        carry = advance (&blocks[block], equal[block], carry,
                         count_rows (pattern, block) - 1);
      if (blocks[pattern->n_blocks - 1].value != n_errors || (found_last && c != last))
        continue;
      if ((c == last && !found_last) ||
          distance (i, pattern->length) < distance (found, pattern->length))
        {
          found = i;
          found_last = c == last;
        }
    }
  return found;
}

/* The start by the same search from the end of the match, in both cases backwards, then
 * the end from there: a last character that was changed is part of the match. */
static gboolean
locate (const Pattern *forwards,
        const gunichar *chars,
        const char *utf8,
        guint n,
        guint end,
        guint n_errors,
        KutipRange *match)
{
  g_auto (Pattern) backwards = { 0 };
  guint n_max = forwards->length + n_errors;
  const char *p = g_utf8_offset_to_pointer (utf8, end);
  guint length;

  if (!pattern_init (&backwards, chars, forwards->length, TRUE))
    return FALSE;
  length = find_length (&backwards, p, MIN (n_max, end), n_errors, TRUE, chars[0]);
  g_assert (length > 0);
  match->start = end - length;
  p = g_utf8_offset_to_pointer (p, -(glong) length);
  match->end = match->start + find_length (forwards, p, MIN (n_max, n - match->start),
                                           n_errors, FALSE, chars[forwards->length - 1]);
  return TRUE;
}

gboolean
kutip_find_approximate (KutipText *text,
                        const char *exact,
                        KutipRange within,
                        guint max_errors,
                        KutipRange *match,
                        guint *n_errors)
{
  g_autofree gunichar *chars = NULL;
  g_auto (Pattern) pattern = { 0 };
  glong length;
  gsize n_bytes;
  const char *utf8;
  guint n, end;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (exact != NULL, FALSE);
  g_return_val_if_fail (match != NULL && n_errors != NULL, FALSE);
  g_return_val_if_fail (within.start <= within.end, FALSE);
  g_return_val_if_fail (within.end <= kutip_text_get_length (text), FALSE);

  chars = g_utf8_to_ucs4_fast (exact, -1, &length);
  if (length == 0 || length > (glong) MAX_WORDS ||
      !pattern_init (&pattern, chars, (guint) length, FALSE))
    return FALSE;
  n = within.end - within.start;
  utf8 = kutip_text_peek_range (text, within, &n_bytes);
  /* With as many errors as characters nothing at all would match. */
  max_errors = MIN (max_errors, (guint) length - 1);
  /* Most texts were changed a little: with few errors few blocks are ever active. */
  end = find_end (&pattern, utf8, n, MIN (max_errors, FEW), n_errors);
  if (end == 0 && max_errors > FEW)
    end = find_end (&pattern, utf8, n, max_errors, n_errors);
  if (end == 0 || !locate (&pattern, chars, utf8, n, end, *n_errors, match))
    return FALSE;
  match->start += within.start;
  match->end += within.start;
  return TRUE;
}
