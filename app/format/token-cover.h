/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/tokens.h"
#include "model/layer.h"

G_BEGIN_DECLS

/* A text cut into tokens that make it up again, each with one space behind it or none, as
 * spaCy and Prodigy have it: what kutip_tokens_new() finds, and other white space as
 * tokens of its own. A layer's spans begin and end where tokens do: tokens are cut there.
 */
typedef struct
{
  GArray *tokens;       /* KutipToken */
  GByteArray *is_space; /* gboolean: whether a space that belongs to no token follows */
} KutipTokenCover;

KutipTokenCover *kutip_token_cover_new (KutipText *text, KutipLayer *layer);
/* With the tokens that somebody else has cut, as kutip_token_cover_dup_lengths() has
 * them, in place of its own; NULL when they do not make up the text. */
KutipTokenCover *kutip_token_cover_new_of (KutipText *text,
                                           KutipLayer *layer,
                                           const char *lengths);
/* How many characters each token has, with a space where one follows, or else "|":
 * "4 4 2|1". Owned. */
char *kutip_token_cover_dup_lengths (const KutipTokenCover *self);
void kutip_token_cover_free (KutipTokenCover *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipTokenCover, kutip_token_cover_free)

const KutipToken *kutip_token_cover_get (const KutipTokenCover *self, guint i);
gboolean kutip_token_cover_has_space (const KutipTokenCover *self, guint i);
/* The first and last token of a range that begins and ends where tokens do. */
void kutip_token_cover_find (const KutipTokenCover *self,
                             KutipRange range,
                             guint *first,
                             guint *last);

G_END_DECLS
