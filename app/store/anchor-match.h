/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/anchor-map.h"
#include "text/text.h"

G_BEGIN_DECLS

/* One piece of a span that is looked for: its text, and what stood before and behind it.
 * Positions are those of KutipAnchorText. */
typedef struct
{
  guint old_start, old_end;
  const char *utf8; /* the piece's text; belongs to the span */
  gsize n_bytes;
  guint n_chars;
  /* prefix, text and suffix in one; of a long text only the first and last
   * KUTIP_ANCHOR_EDGE characters, and then @right is another array than @left. */
  const gunichar *left;
  guint n_left;
  const gunichar *right;
  guint n_right;
  guint n_prefix, n_suffix;
} KutipAnchorPiece;

#define KUTIP_ANCHOR_EDGE 256
#define KUTIP_ANCHOR_CONTEXT 32

/* The new text: its characters between two that no text has, so that being at the
 * beginning or at the end is something to match as well. Positions are one more than in
 * the text. */
typedef struct
{
  KutipText *text;
  gunichar *chars;
  guint length; /* with both */
} KutipAnchorText;

#define KUTIP_ANCHOR_BORDER ((gunichar) 0x110000)

void kutip_anchor_text_init (KutipAnchorText *self, KutipText *text);
void kutip_anchor_text_clear (KutipAnchorText *self);

typedef enum
{
  KUTIP_MATCH_NONE,
  KUTIP_MATCH_AMBIGUOUS, /* two places are as good as each other */
  KUTIP_MATCH_APPROXIMATE,
  KUTIP_MATCH_EXACT,
} KutipMatchKind;

typedef struct
{
  KutipMatchKind kind;
  guint start, end;
  guint cost; /* insertions, deletions and substitutions, surroundings included */
} KutipMatch;

/* Whether the piece and all its surroundings stand at @at, to the letter. */
gboolean kutip_match_is_at (const KutipAnchorPiece *piece,
                            const KutipAnchorText *text,
                            guint at);

/* The best place for the piece that begins between @guess->low and @guess->high. */
KutipMatch kutip_match_find (const KutipAnchorPiece *piece,
                             const KutipAnchorText *text,
                             const KutipAnchorGuess *guess);

G_END_DECLS
