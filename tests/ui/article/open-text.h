/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/guess.h"
#include "ui/annotator/annotator.h"

G_BEGIN_DECLS

/* An annotator of @utf8 with the default tag set, which saves nowhere. */
KutipAnnotator *open_text (const char *utf8, gssize n_bytes);
/* Marks the @nth occurrence (from 0) of @words; the spans of several calls may overlap.
 */
KutipSpan *mark_words (KutipAnnotator *annotator,
                       const char *label,
                       const char *words,
                       guint nth);
/* … and of several words as the pieces of one span, each after the one before. */
KutipSpan *mark_pieces (KutipAnnotator *annotator,
                        const char *label,
                        const char *const *words);
/* @n spans at places that depend on @seed alone, with all labels; some in pieces, each
 * quote linked. */
void mark_many (KutipAnnotator *annotator, guint n, guint32 seed);

G_END_DECLS
