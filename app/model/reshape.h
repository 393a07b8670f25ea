/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/annotate.h"

G_BEGIN_DECLS

/* What a person does to the extent of annotations, beyond marking one: pieces, splitting,
 * merging, copying, and marking many places at once. Each is one change
 * (model/annotate.h). */

/* Adds a stretch of text to a span: another piece, or more of one that it touches. */
gboolean kutip_reshape_add_piece (KutipDocument *document,
                                  KutipSpan *span,
                                  KutipRange piece,
                                  GError **error);
/* Removes the piece at @offset. Refused when it is the only one, or there is none. */
gboolean kutip_reshape_remove_piece (KutipDocument *document,
                                     KutipSpan *span,
                                     guint offset,
                                     GError **error);
/* Two spans out of one: what lies before @offset keeps the id and the relations; what
 * lies behind becomes a new span of the same label, attributes and outgoing relations.
 * White space at the cut is left out. Returns the new span, borrowed. */
KutipSpan *kutip_reshape_split (KutipDocument *document,
                                KutipSpan *span,
                                guint offset,
                                GError **error);
/* One span out of several: the first keeps its id, label and attributes and takes over
 * the ranges, the attributes it lacks, the notes and the relations of the others. What
 * lies between them becomes part of it only where it is white space; else they are its
 * pieces. */
gboolean kutip_reshape_merge (KutipDocument *document,
                              KutipSpan *const *spans,
                              guint n_spans,
                              GError **error);
/* A second span of another label at the same place. Returns it, borrowed. */
KutipSpan *kutip_reshape_duplicate (KutipDocument *document,
                                    KutipSpan *span,
                                    const char *label,
                                    GError **error);
/* Marks each range as a span of its own, leaving out those that a span of that label
 * covers already. Sets @n_marked (may be NULL). */
gboolean kutip_reshape_mark_all (KutipDocument *document,
                                 const char *label,
                                 const KutipRange *ranges,
                                 guint n_ranges,
                                 guint *n_marked,
                                 GError **error);

G_END_DECLS
