/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/anchor-match.h"

#include <string.h>

/* A pattern is a machine word (Myers 1999). */
#define MAX_PATTERN 64
/* Characters more at each side of a window than the pattern needs: insertions. */
#define MARGIN 16
/* By so many errors more a rival is worse, not as good. */
#define RIVAL 2
#define RIVAL_APPROXIMATE 3
/* Text as long as this is found by itself, even where its surroundings are others. */
#define LONG_TEXT 32
/* Less context than this proves nothing. */
#define FEW_CHARS 8
/* Halves of a text up to this, with the context of each, fit into a word. */
#define MAX_HALVED 60

/* For each character of a pattern, the places where it stands. */
typedef struct
{
  gunichar keys[256];
  guint64 masks[256];
} Table;

/* Distances for the positions from @first on. */
typedef struct
{
  guint8 *at;
  guint first;
  guint n;
} Distances;

static void
clear_distances (Distances *self)
{
  g_free (self->at);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Distances, clear_distances)

static guint
get_distance (const Distances *self, guint position)
{
  if (position < self->first || position - self->first >= self->n)
    return MAX_PATTERN;
  return self->at[position - self->first];
}

static guint
find_slot (const Table *table, gunichar c)
{
  guint slot = (c ^ (c >> 8) * 31) & 255;

  while (table->masks[slot] != 0 && table->keys[slot] != c)
    slot = (slot + 1) & 255;
  return slot;
}

static void
fill_table (Table *table, const gunichar *pattern, guint n, gboolean backwards)
{
  memset (table->masks, 0, sizeof table->masks);
  for (guint i = 0; i < n; i++)
    {
      gunichar c = pattern[backwards ? n - 1 - i : i];
      guint slot = find_slot (table, c);

      table->keys[slot] = c;
      table->masks[slot] |= G_GUINT64_CONSTANT (1) << i;
    }
}

/* One column of the distance matrix, for the rows of one word; returns the change of its
 * last row, given that of the row above (1 above the first row where the text must be
 * used from its first character on, 0 where the pattern may begin anywhere). */
static int
advance (const Table *table,
         gunichar c,
         guint64 last,
         int above,
         guint64 *positive,
         guint64 *negative)
{
  guint64 equal = table->masks[find_slot (table, c)];
  guint64 vertical = equal | *negative;
  guint64 horizontal, up, down;
  int change;

  if (above < 0)
    equal |= 1;
  horizontal = (((equal & *positive) + *positive) ^ *positive) | equal;
  up = *negative | ~(horizontal | *positive);
  down = *positive & horizontal;
  change = ((up & last) != 0) - ((down & last) != 0);
  up = up << 1 | (above > 0);
  down = down << 1 | (above < 0);
  *positive = down | ~(vertical | up);
  *negative = up & vertical;
  return change;
}

/* For each position from @low to @high: the least errors with which @pattern ends there.
 */
static Distances
measure_ends (
    const gunichar *pattern, guint n, const KutipAnchorText *text, guint low, guint high)
{
  guint from = low > n + MARGIN ? low - n - MARGIN : 0;
  guint64 positive = ~G_GUINT64_CONSTANT (0);
  guint64 negative = 0;
  guint score = n;
  Table table;
  Distances self = { .first = low, .n = high - low + 1 };

  self.at = g_malloc0 (self.n);
  if (n == 0)
    return self;
  fill_table (&table, pattern, n, FALSE);
  for (guint j = from; j <= high; j++)
    {
      if (j >= low)
        self.at[j - low] = (guint8) score;
      if (j < text->length)
        score +=
            (guint) advance (&table, text->chars[j], G_GUINT64_CONSTANT (1) << (n - 1), 0,
                             &positive, &negative);
    }
  return self;
}

/* The same with which it begins there. */
static Distances
measure_starts (
    const gunichar *pattern, guint n, const KutipAnchorText *text, guint low, guint high)
{
  guint to = MIN (high + n + MARGIN, text->length);
  guint64 positive = ~G_GUINT64_CONSTANT (0);
  guint64 negative = 0;
  guint score = n;
  Table table;
  Distances self = { .first = low, .n = high - low + 1 };

  self.at = g_malloc0 (self.n);
  if (n == 0)
    return self;
  fill_table (&table, pattern, n, TRUE);
  for (guint j = to;; j--)
    {
      if (j <= high)
        self.at[j - low] = (guint8) score;
      if (j == low)
        break;
      score +=
          (guint) advance (&table, text->chars[j - 1], G_GUINT64_CONSTANT (1) << (n - 1),
                           0, &positive, &negative);
    }
  return self;
}

/* The rows of a long pattern that fit into a word. */
typedef struct
{
  Table table;
  guint64 positive, negative, last;
} Block;

/* Errors between the whole of @pattern and the whole of @text, in time n / 64 times
 * n_text. */
static guint
measure_whole (const gunichar *pattern, guint n, const gunichar *text, guint n_text)
{
  guint n_blocks = (n + MAX_PATTERN - 1) / MAX_PATTERN;
  g_autofree Block *blocks = g_new (Block, n_blocks);
  guint score = n;

  if (n == 0)
    return n_text;
  for (guint i = 0; i < n_blocks; i++)
    {
      guint n_rows = MIN (n - i * MAX_PATTERN, MAX_PATTERN);

      fill_table (&blocks[i].table, pattern + i * MAX_PATTERN, n_rows, FALSE);
      blocks[i].positive = ~G_GUINT64_CONSTANT (0);
      blocks[i].negative = 0;
      blocks[i].last = G_GUINT64_CONSTANT (1) << (n_rows - 1);
    }
  for (guint j = 0; j < n_text; j++)
    {
      int change = 1;

      for (guint i = 0; i < n_blocks; i++)
        change = advance (&blocks[i].table, text[j], blocks[i].last, change,
                          &blocks[i].positive, &blocks[i].negative);
      score += (guint) change;
    }
  return score;
}

void
kutip_anchor_text_init (KutipAnchorText *self, KutipText *text)
{
  gsize n_bytes;
  const char *at = kutip_text_get_utf8 (text, &n_bytes);
  const char *end = at + n_bytes;
  guint n = 0;

  self->text = text;
  self->length = kutip_text_get_length (text) + 2;
  self->chars = g_new (gunichar, self->length);
  self->chars[n++] = KUTIP_ANCHOR_BORDER;
  for (; at < end; at = g_utf8_next_char (at))
    self->chars[n++] = g_utf8_get_char (at);
  self->chars[n] = KUTIP_ANCHOR_BORDER;
}

void
kutip_anchor_text_clear (KutipAnchorText *self)
{
  g_clear_pointer (&self->chars, g_free);
}

static gboolean
is_text_at (const KutipAnchorPiece *piece, const KutipAnchorText *text, guint at)
{
  guint n_head = MIN (piece->n_left - piece->n_prefix, piece->n_chars);
  const char *bytes;
  gsize n_bytes;

  if (at == 0 || at + piece->n_chars >= text->length)
    return FALSE;
  if (memcmp (text->chars + at, piece->left + piece->n_prefix,
              n_head * sizeof (gunichar)) != 0)
    return FALSE;
  if (n_head == piece->n_chars)
    return TRUE;
  bytes = kutip_text_peek_range (
      text->text, (KutipRange){ at - 1, at - 1 + piece->n_chars }, &n_bytes);
  return n_bytes == piece->n_bytes && memcmp (bytes, piece->utf8, n_bytes) == 0;
}

gboolean
kutip_match_is_at (const KutipAnchorPiece *piece, const KutipAnchorText *text, guint at)
{
  guint end = at + piece->n_chars;

  return at >= piece->n_prefix && end + piece->n_suffix <= text->length &&
         is_text_at (piece, text, at) &&
         memcmp (text->chars + at - piece->n_prefix, piece->left,
                 piece->n_prefix * sizeof (gunichar)) == 0 &&
         memcmp (text->chars + end, piece->right + piece->n_right - piece->n_suffix,
                 piece->n_suffix * sizeof (gunichar)) == 0;
}

/* What is known while a window is searched. */
typedef struct
{
  const KutipAnchorPiece *piece;
  const KutipAnchorText *text;
  const KutipAnchorGuess *guess;
  guint low, high; /* where it may begin */
  guint n_context;
  Distances prefix; /* ends here */
  Distances suffix; /* begins here */
} Search;

static const gunichar *
get_suffix (const KutipAnchorPiece *piece)
{
  return piece->right + piece->n_right - piece->n_suffix;
}

/* The best with any text between the surroundings: as two halves, each with one of them.
 */
static guint
measure_freely (Search *self)
{
  const KutipAnchorPiece *piece = self->piece;
  guint n_first = piece->n_prefix + piece->n_chars / 2;
  guint high = MIN (self->high + piece->n_chars + MARGIN, self->text->length);
  g_auto (Distances) first =
      measure_ends (piece->left, n_first, self->text, self->low, high);
  g_auto (Distances) second = measure_starts (
      piece->left + n_first, piece->n_left - n_first, self->text, self->low, high);
  guint best = G_MAXUINT;

  for (guint i = 0; i < first.n; i++)
    best = MIN (best, (guint) first.at[i] + second.at[i]);
  return best;
}

/* How many characters of the surroundings stand directly at both sides of the text at
 * @start. */
static guint
count_adjacent (Search *self, guint start)
{
  const KutipAnchorPiece *piece = self->piece;
  const gunichar *chars = self->text->chars;
  const gunichar *suffix = get_suffix (piece);
  guint end = start + piece->n_chars;
  guint n_before = 0, n_behind = 0;

  while (n_before < piece->n_prefix && n_before < start &&
         piece->left[piece->n_prefix - 1 - n_before] == chars[start - 1 - n_before])
    n_before++;
  while (n_behind < piece->n_suffix && end + n_behind < self->text->length &&
         suffix[n_behind] == chars[end + n_behind])
    n_behind++;
  return n_before + n_behind;
}

/* A short word may be there by chance, even when one of its neighbours is there as well.
 */
static gboolean
are_both_sides_good (Search *self, const KutipMatch *match)
{
  return get_distance (&self->prefix, match->start) * 20 <= self->piece->n_prefix * 9 &&
         get_distance (&self->suffix, match->end) * 20 <= self->piece->n_suffix * 9;
}

/* The places where the text stands to the letter. */
typedef struct
{
  KutipMatch best;
  guint n_adjacent;
  gboolean has_rival;
  guint rival_cost;
  guint rival_adjacent;
  gboolean is_where_expected; /* one of them is where the pairs want it */
} Exact;

static void
take_exact (Search *self, Exact *exact, guint start)
{
  guint end = start + self->piece->n_chars;
  guint cost = get_distance (&self->prefix, start) + get_distance (&self->suffix, end);
  guint n_adjacent = count_adjacent (self, start);

  exact->has_rival = exact->best.kind != KUTIP_MATCH_NONE;
  if (cost < exact->best.cost)
    {
      exact->rival_cost = exact->best.cost;
      exact->rival_adjacent = MAX (exact->rival_adjacent, exact->n_adjacent);
      exact->best = (KutipMatch){ KUTIP_MATCH_EXACT, start, end, cost };
      exact->n_adjacent = n_adjacent;
    }
  else
    {
      exact->rival_cost = MIN (exact->rival_cost, cost);
      exact->rival_adjacent = MAX (exact->rival_adjacent, n_adjacent);
    }
  if (self->guess->bracketed && start == self->guess->at)
    exact->is_where_expected = TRUE;
}

/* Whether the text stands there because it is the one that is looked for, and not by
 * chance: most of the surroundings are there; or it is where the pairs want it. Without
 * surroundings, it must be the only one in the whole text. */
static gboolean
is_proven (Search *self, const Exact *exact)
{
  guint n_chars = self->piece->n_chars;

  if (self->guess->bracketed && exact->best.start == self->guess->at &&
      (n_chars >= FEW_CHARS / 2 || self->n_context < FEW_CHARS))
    return TRUE;
  if (self->n_context < FEW_CHARS)
    return !exact->has_rival && self->low <= 1 &&
           self->high + n_chars >= self->text->length;
  return exact->best.cost <= self->n_context * 2 / 5 &&
         (n_chars >= FEW_CHARS || exact->n_adjacent >= FEW_CHARS ||
          are_both_sides_good (self, &exact->best));
}

/* Or, where the surroundings are others: so much of them is still there in one with the
 * text, and nowhere else, that it can be no other. */
static gboolean
is_proven_by_itself (Search *self, const Exact *exact)
{
  guint n_chars = self->piece->n_chars;

  if (self->n_context < FEW_CHARS)
    return FALSE;
  if (n_chars >= LONG_TEXT)
    return !exact->has_rival;
  return exact->n_adjacent >= FEW_CHARS &&
         exact->n_adjacent >= 2 * exact->rival_adjacent &&
         exact->n_adjacent + n_chars >= (self->guess->far ? 3 : 2) * FEW_CHARS;
}

static KutipMatchKind
judge_exact (Search *self, const Exact *exact)
{
  if (is_proven (self, exact))
    {
      /* What stood here may be what has changed, and this another that is like it. */
      if (exact->best.cost > 0 && self->piece->n_chars <= MAX_HALVED &&
          !(self->guess->bracketed && exact->best.start == self->guess->at) &&
          measure_freely (self) < exact->best.cost)
        return KUTIP_MATCH_AMBIGUOUS;
      return KUTIP_MATCH_EXACT;
    }
  return is_proven_by_itself (self, exact) ? KUTIP_MATCH_EXACT : KUTIP_MATCH_NONE;
}

static KutipMatch
find_exact (Search *self)
{
  const KutipAnchorPiece *piece = self->piece;
  gunichar c = piece->left[piece->n_prefix];
  guint high = MIN (self->high, self->text->length - 1);
  Exact exact = { .best.cost = G_MAXUINT, .rival_cost = G_MAXUINT };
  guint at = self->guess->at;

  for (guint p = self->low; p <= high; p++)
    {
      if (self->text->chars[p] == c && is_text_at (piece, self->text, p))
        take_exact (self, &exact, p);
    }
  if (exact.best.kind == KUTIP_MATCH_NONE)
    return exact.best;
  if (!exact.has_rival || exact.rival_cost > exact.best.cost + RIVAL)
    exact.best.kind = judge_exact (self, &exact);
  else if (!exact.is_where_expected ||
           get_distance (&self->prefix, at) +
                   get_distance (&self->suffix, at + piece->n_chars) >
               exact.best.cost + RIVAL)
    exact.best.kind = KUTIP_MATCH_AMBIGUOUS;
  else
    {
      exact.best.start = at;
      exact.best.end = at + piece->n_chars;
    }
  return exact.best;
}

/* A fifth of the text, and a word of a short one. */
static guint
get_max_errors (const KutipAnchorPiece *piece)
{
  return piece->n_chars / 5 + (piece->n_chars >= FEW_CHARS || piece->n_chars < 5 ? 1 : 0);
}

/* Where the text begins, judged by what stands before and behind that place; of places
 * that are as good as each other the last, so that what was inserted stays outside. */
static gboolean
find_start (Search *self, guint *start, guint *cost)
{
  const KutipAnchorPiece *piece = self->piece;
  guint n_body = MIN (piece->n_left - piece->n_prefix, (guint) MAX_PATTERN);
  g_auto (Distances) body = measure_starts (piece->left + piece->n_prefix, n_body,
                                            self->text, self->low, self->high);
  guint best = G_MAXUINT, at = 0, rival = G_MAXUINT;

  for (guint i = 0; i < body.n; i++)
    {
      guint here = (guint) body.at[i] + self->prefix.at[i];

      if (here <= best)
        {
          best = here;
          at = self->low + i;
        }
    }
  for (guint i = 0; i < body.n; i++)
    {
      guint p = self->low + i;

      if (MAX (p, at) - MIN (p, at) > FEW_CHARS)
        rival = MIN (rival, (guint) body.at[i] + self->prefix.at[i]);
    }
  *start = at;
  *cost = best;
  if (best > (n_body + piece->n_prefix) * 2 / 5)
    return FALSE;
  return rival > best + RIVAL_APPROXIMATE ||
         (self->guess->near &&
          MAX (at, self->guess->at) - MIN (at, self->guess->at) <= FEW_CHARS);
}

/* The same for its end; the first of equals. */
static gboolean
find_end (Search *self, guint start, guint *end, guint *cost)
{
  const KutipAnchorPiece *piece = self->piece;
  guint n_body = MIN (piece->n_right - piece->n_suffix, (guint) MAX_PATTERN);
  guint n_errors = get_max_errors (piece);
  guint low = start + piece->n_chars - n_errors;
  guint high = MIN (start + piece->n_chars + n_errors, self->text->length - 1);
  const gunichar *body = get_suffix (piece) - n_body;
  guint best = G_MAXUINT;

  if (low > high || low <= start)
    return FALSE;
  {
    g_auto (Distances) ends = measure_ends (body, n_body, self->text, low, high);
    g_auto (Distances) starts =
        measure_starts (get_suffix (piece), piece->n_suffix, self->text, low, high);

    for (guint i = 0; i < ends.n; i++)
      {
        guint here = (guint) ends.at[i] + starts.at[i];

        if (here < best)
          {
            best = here;
            *end = low + i;
            *cost = starts.at[i];
          }
      }
  }
  return best <= (n_body + piece->n_suffix) * 2 / 5;
}

static gboolean
measure_text (Search *self, guint start, guint end, guint *n_errors)
{
  const KutipAnchorPiece *piece = self->piece;
  const gunichar *chars = piece->left + piece->n_prefix;
  g_autofree gunichar *all = NULL;

  if (piece->left != piece->right)
    chars = all = g_utf8_to_ucs4_fast (piece->utf8, (glong) piece->n_bytes, NULL);
  *n_errors =
      measure_whole (chars, piece->n_chars, self->text->chars + start, end - start);
  return *n_errors <= get_max_errors (piece);
}

static KutipMatch
find_approximate (Search *self)
{
  KutipMatch match = { 0 };
  guint start_cost, end_cost, n_errors = 0;

  if (self->piece->n_chars < 4 || self->n_context < FEW_CHARS)
    return match;
  if (!find_start (self, &match.start, &start_cost) ||
      !find_end (self, match.start, &match.end, &end_cost) || match.start == 0 ||
      match.end >= self->text->length ||
      !measure_text (self, match.start, match.end, &n_errors))
    return match;
  match.cost = n_errors + get_distance (&self->prefix, match.start) + end_cost;
  if (self->piece->n_chars < FEW_CHARS &&
      MIN (self->piece->n_prefix, self->piece->n_suffix) < FEW_CHARS)
    return match;
  if (match.cost - n_errors <= (self->piece->n_chars < 2 * FEW_CHARS
                                    ? self->n_context / 5
                                    : self->n_context * 2 / 5) &&
      n_errors > 0)
    match.kind = KUTIP_MATCH_APPROXIMATE;
  return match;
}

KutipMatch
kutip_match_find (const KutipAnchorPiece *piece,
                  const KutipAnchorText *text,
                  const KutipAnchorGuess *guess)
{
  Search self = { .piece = piece, .text = text, .guess = guess };
  KutipMatch match = { 0 };

  self.low = MAX (guess->low, 1);
  self.high = MIN (guess->high, text->length - 1);
  if (self.low > self.high)
    return match;
  self.n_context = piece->n_prefix + piece->n_suffix;
  self.prefix = measure_ends (piece->left, piece->n_prefix, text, self.low, self.high);
  self.suffix = measure_starts (get_suffix (piece), piece->n_suffix, text,
                                MIN (self.low + piece->n_chars, text->length),
                                MIN (self.high + piece->n_chars, text->length));
  match = find_exact (&self);
  if (match.kind == KUTIP_MATCH_NONE)
    match = find_approximate (&self);
  clear_distances (&self.prefix);
  clear_distances (&self.suffix);
  return match;
}
