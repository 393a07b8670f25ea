/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text.h"

G_BEGIN_DECLS

/* Words of a text and what stands around them, on one line: each run of white space, line
 * breaks among it, is one space. In the order of the text, whichever way it runs. */
typedef struct
{
  char *left, *match, *right; /* owned */
} KutipContext;

/* @reach is how many code points of both sides are taken, at most. */
void kutip_context_take (KutipContext *self,
                         KutipText *text,
                         KutipRange range,
                         guint reach);
void kutip_context_clear (KutipContext *self);
/* As it stands in a context; at most @most code points, then "…". */
char *kutip_context_dup_range (KutipText *text, KutipRange range, guint most);

G_END_DECLS
