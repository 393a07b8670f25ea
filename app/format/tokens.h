/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text.h"

G_BEGIN_DECLS

/* A text cut into tokens for formats that have a row for each: runs of letters and digits
 * (with apostrophes, hyphens, points and commas inside them), and every other character
 * by itself; Han, Kana and the scripts without spaces character by character. White space
 * and control characters are between tokens. Needs one pass and no dictionary. */
typedef struct
{
  KutipRange range;
  guint byte, n_bytes;      /* the same in UTF-8, of which there is at most a gigabyte */
  gboolean begins_sentence; /* a rough guess, for blank lines between rows */
} KutipToken;

/* One token after the other, which needs no memory. */
typedef struct
{
  const char *start, *next, *end; /* of the text */
  guint offset;
  gboolean ended; /* a sentence before here */
  gboolean blank; /* what stands before here */
  gboolean any;
} KutipTokenWalk;

void kutip_token_walk_init (KutipTokenWalk *self, KutipText *text);
gboolean kutip_token_walk_next (KutipTokenWalk *self, KutipToken *token);

/* Of KutipToken. */
GArray *kutip_tokens_new (KutipText *text);
/* Whether @c belongs to no token. */
gboolean kutip_tokens_is_blank (gunichar c);

G_END_DECLS
