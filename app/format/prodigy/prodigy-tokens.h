/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json-tree.h"
#include "model/layer.h"
#include "text/text.h"

G_BEGIN_DECLS

/* The tokens of a task: spans and relations count them, and they go back as they were. */
typedef struct
{
  guint n;            /* that there are */
  gboolean are_whole; /* so far they make up the text, from its start */
  guint end;          /* where the next one starts then */
  GArray *borders;    /* guint: where each starts and ends */
  GString *lengths;   /* as kutip_token_cover_dup_lengths() has them */
} KutipProdigyTokens;

void kutip_prodigy_tokens_init (KutipProdigyTokens *self);
void kutip_prodigy_tokens_clear (KutipProdigyTokens *self);
/* The next one, whatever it is. */
void kutip_prodigy_tokens_add (KutipProdigyTokens *self,
                               KutipText *text,
                               const KutipJsonNode *token);
void kutip_prodigy_tokens_finish (KutipProdigyTokens *self, KutipText *text);
/* Whether the character behind @offset, at a start, or before it is in the token. */
gboolean kutip_prodigy_tokens_hold (const KutipProdigyTokens *self,
                                    guint token,
                                    guint offset,
                                    gboolean is_start);
/* Keeps whole ones in the layer's header, where Kutip would cut the text otherwise. */
void kutip_prodigy_tokens_keep (const KutipProdigyTokens *self,
                                KutipText *text,
                                KutipLayer *layer);

G_END_DECLS
