/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/anchor.h"

#include "store/anchor-match.h"

#include <string.h>

/* Places in other parts of the text that are looked at for a piece that is not where it
 * should be. */
#define MAX_PLACES 6
/* How often it is asked whether to go on: every so many spans. */
#define STEP 64
/* By so many errors more a place is worse than another, not as good. */
#define RIVAL 2
#define FEW_CHARS 8
#define PIECES_JOIN " … "

/* An orphan that is looked for. */
typedef struct
{
  KutipSpan *span; /* owned */
  guint first_piece;
  guint n_pieces;
  KutipAnchorResult result;
} Lost;

typedef struct
{
  KutipLayer *layer;
  KutipAnchorText text;
  KutipAnchorMap *map;
  GArray *lost;       /* of Lost */
  GArray *pieces;     /* of KutipAnchorPiece */
  GPtrArray *buffers; /* gunichar arrays that the pieces point into */
  GArray *fragments;  /* of KutipFragment */
  GArray *matches;    /* of KutipMatch, one a piece */
} Anchoring;

static void
clear_lost (gpointer data)
{
  kutip_span_unref (((Lost *) data)->span);
}

static void
clear_anchoring (Anchoring *self)
{
  g_clear_pointer (&self->map, kutip_anchor_map_free);
  g_clear_pointer (&self->lost, g_array_unref);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_clear_pointer (&self->buffers, g_ptr_array_unref);
  g_clear_pointer (&self->fragments, g_array_unref);
  g_clear_pointer (&self->matches, g_array_unref);
  kutip_anchor_text_clear (&self->text);
}

static void
append_chars (GArray *chars, const char *utf8, const char *end)
{
  for (; utf8 < end; utf8 = g_utf8_next_char (utf8))
    {
      gunichar c = g_utf8_get_char (utf8);

      g_array_append_val (chars, c);
    }
}

/* The last characters of @prefix; what is shorter than a context began with the text. */
static guint
append_prefix (GArray *chars, const char *prefix, guint old_start)
{
  const gunichar border = KUTIP_ANCHOR_BORDER;
  guint n = prefix != NULL ? (guint) g_utf8_strlen (prefix, -1) : 0;
  const char *at = prefix;

  if (n > KUTIP_ANCHOR_CONTEXT)
    at = g_utf8_offset_to_pointer (prefix, (glong) n - KUTIP_ANCHOR_CONTEXT);
  else if (n == old_start && n < KUTIP_ANCHOR_CONTEXT)
    g_array_append_val (chars, border);
  if (at != NULL)
    append_chars (chars, at, at + strlen (at));
  return chars->len;
}

static guint
append_suffix (GArray *chars, const char *suffix)
{
  const gunichar border = KUTIP_ANCHOR_BORDER;
  guint n_before = chars->len;
  guint n;
  const char *end;

  if (suffix == NULL)
    return 0;
  n = (guint) g_utf8_strlen (suffix, -1);
  end = g_utf8_offset_to_pointer (suffix, (glong) MIN (n, KUTIP_ANCHOR_CONTEXT));
  append_chars (chars, suffix, end);
  if (n < KUTIP_ANCHOR_CONTEXT)
    g_array_append_val (chars, border);
  return chars->len - n_before;
}

static const gunichar *
keep_chars (Anchoring *self, GArray *chars)
{
  gunichar *data = g_memdup2 (chars->data, chars->len * sizeof (gunichar));

  g_ptr_array_add (self->buffers, data);
  return data;
}

static void
add_fragment (Anchoring *self, const gunichar *chars, guint n_chars, guint old)
{
  KutipFragment fragment = { .old = old, .chars = chars, .n_chars = n_chars };

  /* What stood at the borders may have come together with other text. */
  if (n_chars > 0 && chars[0] == KUTIP_ANCHOR_BORDER)
    fragment.old = 0;
  g_array_append_val (self->fragments, fragment);
}

/* A short text goes into one array with its surroundings, of a long one only both ends.
 */
static void
fill_piece (Anchoring *self,
            KutipAnchorPiece *piece,
            const char *prefix,
            const char *suffix)
{
  g_autoptr (GArray) chars = g_array_new (FALSE, FALSE, sizeof (gunichar));
  const char *end = piece->utf8 + piece->n_bytes;
  gboolean is_long = piece->n_chars > 2 * KUTIP_ANCHOR_EDGE;

  piece->n_prefix = append_prefix (chars, prefix, piece->old_start - 1);
  if (is_long)
    {
      append_chars (chars, piece->utf8,
                    g_utf8_offset_to_pointer (piece->utf8, KUTIP_ANCHOR_EDGE));
      piece->n_left = chars->len;
      piece->left = keep_chars (self, chars);
      g_array_set_size (chars, 0);
      append_chars (chars, g_utf8_offset_to_pointer (end, -KUTIP_ANCHOR_EDGE), end);
    }
  else
    append_chars (chars, piece->utf8, end);
  piece->n_suffix = append_suffix (chars, suffix);
  piece->n_right = chars->len;
  piece->right = keep_chars (self, chars);
  if (!is_long)
    {
      piece->left = piece->right;
      piece->n_left = piece->n_right;
    }
  add_fragment (self, piece->left, piece->n_left, piece->old_start - piece->n_prefix);
  if (is_long)
    add_fragment (self, piece->right, piece->n_right,
                  piece->old_end + piece->n_suffix - piece->n_right);
}

static gboolean
collect_span (KutipSpan *span, gpointer data)
{
  Anchoring *self = data;
  KutipSpanFields fields;
  Lost lost = { .first_piece = self->pieces->len };

  if (!kutip_span_is_orphan (span))
    return TRUE;
  kutip_span_get_fields (span, &fields);
  for (guint i = 0; i < fields.n_ranges; i++)
    {
      KutipAnchorPiece piece = { .old_start = fields.ranges[i].start + 1,
                                 .old_end = fields.ranges[i].end + 1,
                                 .utf8 = fields.texts[i] };

      piece.n_bytes = strlen (piece.utf8);
      piece.n_chars = (guint) g_utf8_strlen (piece.utf8, (gssize) piece.n_bytes);
      fill_piece (self, &piece, i == 0 ? fields.prefix : NULL,
                  i + 1 == fields.n_ranges ? fields.suffix : NULL);
      g_array_append_val (self->pieces, piece);
    }
  lost.n_pieces = fields.n_ranges;
  lost.span = kutip_span_ref (span);
  g_array_append_val (self->lost, lost);
  return TRUE;
}

/* The better of two places; where they are as good as each other, neither. */
static KutipMatch
choose (KutipMatch a, KutipMatch b)
{
  if (b.kind == KUTIP_MATCH_NONE || (a.kind != KUTIP_MATCH_NONE && a.start == b.start))
    return a;
  if (a.kind == KUTIP_MATCH_NONE)
    return b;
  if (MAX (a.cost, b.cost) - MIN (a.cost, b.cost) <= RIVAL)
    {
      a.kind = KUTIP_MATCH_AMBIGUOUS;
      a.cost = MIN (a.cost, b.cost);
      return a;
    }
  return a.cost < b.cost ? a : b;
}

/* A piece that is not where the text around it is now may have been carried elsewhere. */
static KutipMatch
match_elsewhere (Anchoring *self, const KutipAnchorPiece *piece, KutipMatch best)
{
  guint positions[MAX_PLACES];
  guint n = kutip_anchor_map_find (self->map, piece->left, piece->n_left, positions,
                                   MAX_PLACES);

  for (guint i = 0; i < n; i++)
    {
      guint at = positions[i] + piece->n_prefix;
      KutipAnchorGuess guess = {
        .at = at, .other = at, .far = TRUE, .high = at + KUTIP_ANCHOR_CONTEXT
      };

      guess.low = at > KUTIP_ANCHOR_CONTEXT ? at - KUTIP_ANCHOR_CONTEXT : 0;
      best = choose (best, kutip_match_find (piece, &self->text, &guess));
    }
  return best;
}

/* Where the pairs before and behind say the same and all the surroundings agree, there is
 * nothing to search. */
static KutipMatch
match_piece (Anchoring *self,
             const KutipAnchorPiece *piece,
             const KutipAnchorGuess *guess)
{
  guint places[] = { guess->at, guess->other };
  guint n_context = piece->n_prefix + piece->n_suffix;
  gboolean has_pair = kutip_anchor_map_has_pair (
      self->map, piece->old_start - piece->n_prefix, piece->old_end + piece->n_suffix);
  KutipMatch match = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (n_context > 0 && kutip_match_is_at (piece, &self->text, places[i]) &&
          (guess->bracketed || has_pair))
        return (KutipMatch){ KUTIP_MATCH_EXACT, places[i], places[i] + piece->n_chars,
                             0 };
    }
  match = kutip_match_find (piece, &self->text, guess);
  if (n_context > 0 && (match.kind == KUTIP_MATCH_NONE || match.cost > n_context / 8))
    match = match_elsewhere (self, piece, match);
  return match;
}

/* Where a piece should be, judged by another piece of its span that was found: as far
 * from it as it was. */
static KutipAnchorGuess
guess_from_sibling (Anchoring *self,
                    const KutipAnchorPiece *piece,
                    const KutipAnchorPiece *sibling,
                    const KutipMatch *match)
{
  KutipAnchorGuess guess = { .near = TRUE,
                             .bracketed = match->kind == KUTIP_MATCH_EXACT };
  guint slack, gap;

  if (piece->old_start >= sibling->old_end)
    {
      gap = piece->old_start - sibling->old_end;
      guess.at = match->end + gap;
    }
  else
    {
      gap = sibling->old_start - piece->old_end;
      guess.at =
          match->start > gap + piece->n_chars ? match->start - gap - piece->n_chars : 0;
    }
  slack = FEW_CHARS + gap / 4;
  guess.other = guess.at;
  guess.low = guess.at > slack ? guess.at - slack : 0;
  guess.high = MIN (guess.at + slack, self->text.length);
  if (piece->old_start >= sibling->old_end)
    guess.low = MAX (guess.low, match->end);
  return guess;
}

/* A piece that could not be found, or not to the letter, by itself. */
static void
match_by_sibling (Anchoring *self,
                  const KutipAnchorPiece *piece,
                  KutipMatch *match,
                  const KutipAnchorPiece *sibling,
                  const KutipMatch *found)
{
  KutipAnchorGuess guess;
  KutipMatch other;

  if (found->kind < KUTIP_MATCH_APPROXIMATE || match->kind >= found->kind)
    return;
  guess = guess_from_sibling (self, piece, sibling, found);
  other = kutip_match_find (piece, &self->text, &guess);
  if (other.kind > match->kind)
    *match = other;
}

static void
match_by_siblings (Anchoring *self, const Lost *lost)
{
  const KutipAnchorPiece *pieces =
      &g_array_index (self->pieces, KutipAnchorPiece, lost->first_piece);
  KutipMatch *matches = &g_array_index (self->matches, KutipMatch, lost->first_piece);

  for (guint i = 1; i < lost->n_pieces; i++)
    match_by_sibling (self, &pieces[i], &matches[i], &pieces[i - 1], &matches[i - 1]);
  for (guint i = lost->n_pieces - 1; i > 0; i--)
    match_by_sibling (self, &pieces[i - 1], &matches[i - 1], &pieces[i], &matches[i]);
}

static KutipAnchorResult
combine (KutipAnchorResult result, const KutipMatch *match, const KutipAnchorPiece *piece)
{
  KutipAnchorResult here = KUTIP_ANCHOR_ORPHAN;

  if (match->kind == KUTIP_MATCH_APPROXIMATE)
    here = KUTIP_ANCHOR_APPROXIMATE;
  else if (match->kind == KUTIP_MATCH_EXACT)
    here = match->start == piece->old_start ? KUTIP_ANCHOR_KEPT : KUTIP_ANCHOR_MOVED;
  return MAX (result, here);
}

/* All pieces, in their order; a span with one piece lost is lost. */
static void
match_span (Anchoring *self, Lost *lost)
{
  const KutipAnchorPiece *pieces =
      &g_array_index (self->pieces, KutipAnchorPiece, lost->first_piece);
  KutipMatch *matches = &g_array_index (self->matches, KutipMatch, lost->first_piece);
  guint end = 0;

  for (guint i = 0; i < lost->n_pieces; i++)
    {
      KutipAnchorGuess guess =
          kutip_anchor_map_guess (self->map, pieces[i].old_start, pieces[i].old_end);

      matches[i] = match_piece (self, &pieces[i], &guess);
    }
  if (lost->n_pieces > 1)
    match_by_siblings (self, lost);
  lost->result = KUTIP_ANCHOR_KEPT;
  for (guint i = 0; i < lost->n_pieces; i++)
    {
      if (matches[i].start < end)
        matches[i].kind = KUTIP_MATCH_NONE;
      lost->result = combine (lost->result, &matches[i], &pieces[i]);
      end = matches[i].end;
    }
}

/* What a person has yet to look at, now and from earlier changes of the text. What it
 * said first is what was marked. */
static void
mark_for_review (const Lost *lost, KutipSpanFields *fields)
{
  gboolean was_lost = fields->review == KUTIP_REVIEW_ORPHAN;

  switch (lost->result)
    {
    case KUTIP_ANCHOR_KEPT:
    case KUTIP_ANCHOR_MOVED:
      if (was_lost ||
          (lost->result == KUTIP_ANCHOR_MOVED && fields->review == KUTIP_REVIEW_NONE))
        fields->review =
            fields->was != NULL ? KUTIP_REVIEW_APPROXIMATE : KUTIP_REVIEW_MOVED;
      break;
    case KUTIP_ANCHOR_APPROXIMATE:
      fields->review = KUTIP_REVIEW_APPROXIMATE;
      if (fields->was == NULL)
        fields->was = fields->texts;
      break;
    case KUTIP_ANCHOR_ORPHAN:
    default:
      fields->review = KUTIP_REVIEW_ORPHAN;
      break;
    }
}

static KutipSpan *
make_lost_span (const Lost *lost)
{
  KutipSpanFields fields;

  kutip_span_get_fields (lost->span, &fields);
  mark_for_review (lost, &fields);
  return kutip_span_new (&fields);
}

static KutipSpan *
make_found_span (Anchoring *self, const Lost *lost)
{
  g_autofree KutipRange *ranges = g_new (KutipRange, lost->n_pieces);
  KutipSpanFields fields;

  kutip_span_get_fields (lost->span, &fields);
  for (guint i = 0; i < lost->n_pieces; i++)
    {
      const KutipMatch *match =
          &g_array_index (self->matches, KutipMatch, lost->first_piece + i);

      ranges[i].start = match->start - 1;
      ranges[i].end = match->end - 1;
    }
  fields.n_ranges = kutip_ranges_normalize (ranges, lost->n_pieces);
  fields.ranges = ranges;
  mark_for_review (lost, &fields);
  fields.texts = NULL;
  fields.prefix = fields.suffix = NULL;
  return kutip_span_new (&fields);
}

static char *
join_new_text (Anchoring *self, KutipSpan *span)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const KutipRange *ranges = kutip_span_get_ranges (span);

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    g_ptr_array_add (texts, kutip_text_dup_range (self->text.text, ranges[i]));
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (PIECES_JOIN, (char **) texts->pdata);
}

static char *
join_old_text (KutipSpan *span)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  for (guint i = 0; i < fields.n_ranges; i++)
    g_ptr_array_add (texts, (gpointer) fields.texts[i]);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (PIECES_JOIN, (char **) texts->pdata);
}

/* Puts what was found into the layer, and says what became of it. */
static void
settle_span (Anchoring *self, Lost *lost, GPtrArray *outcomes)
{
  gboolean is_found = lost->result != KUTIP_ANCHOR_ORPHAN;
  g_autoptr (KutipSpan) after =
      is_found ? make_found_span (self, lost) : make_lost_span (lost);
  KutipAnchorOutcome *outcome;

  kutip_layer_remove_span (self->layer, lost->span);
  kutip_layer_add_span (self->layer, after);
  if (lost->result == KUTIP_ANCHOR_KEPT)
    return;
  outcome = g_new0 (KutipAnchorOutcome, 1);
  outcome->id = g_strdup (kutip_span_get_id (lost->span));
  outcome->result = lost->result;
  outcome->old_text = join_old_text (lost->span);
  if (is_found)
    outcome->new_text = join_new_text (self, after);
  g_ptr_array_add (outcomes, outcome);
}

static gboolean
run (Anchoring *self, GCancellable *cancellable, GError **error)
{
  self->map =
      kutip_anchor_map_new (self->text.chars, self->text.length,
                            (const KutipFragment *) (gpointer) self->fragments->data,
                            self->fragments->len, cancellable);
  g_array_set_size (self->matches, self->pieces->len);
  for (guint i = 0; i < self->lost->len; i++)
    {
      if (i % STEP == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      match_span (self, &g_array_index (self->lost, Lost, i));
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

GPtrArray *
kutip_anchor_layer (KutipLayer *layer,
                    KutipText *text,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) outcomes = NULL;
  Anchoring self = { .layer = layer };
  gboolean done;

  g_return_val_if_fail (KUTIP_IS_LAYER (layer), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_anchor_outcome_free);
  self.lost = g_array_new (FALSE, FALSE, sizeof (Lost));
  g_array_set_clear_func (self.lost, clear_lost);
  self.pieces = g_array_new (FALSE, FALSE, sizeof (KutipAnchorPiece));
  self.buffers = g_ptr_array_new_with_free_func (g_free);
  self.fragments = g_array_new (FALSE, FALSE, sizeof (KutipFragment));
  self.matches = g_array_new (FALSE, TRUE, sizeof (KutipMatch));
  kutip_layer_foreach_span (layer, collect_span, &self);
  if (self.lost->len == 0)
    {
      clear_anchoring (&self);
      return g_steal_pointer (&outcomes);
    }
  kutip_anchor_text_init (&self.text, text);
  done = run (&self, cancellable, error);
  for (guint i = 0; done && i < self.lost->len; i++)
    settle_span (&self, &g_array_index (self.lost, Lost, i), outcomes);
  clear_anchoring (&self);
  return done ? g_steal_pointer (&outcomes) : NULL;
}

void
kutip_anchor_outcome_free (KutipAnchorOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->old_text);
  g_free (self->new_text);
  g_free (self);
}
