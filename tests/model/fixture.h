/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

G_BEGIN_DECLS

/* Small things to test with. All are owned by the caller. */

KutipSpan *fixture_span (const char *id, const char *label, guint start, guint end);
KutipSpan *fixture_pieces (const char *id,
                           const char *label,
                           const KutipRange *ranges,
                           guint n_ranges);
/* Its text is said to have been "lost". */
KutipSpan *fixture_orphan (const char *id, const char *label, guint start, guint end);
KutipRelation *fixture_relation (const char *id,
                                 const char *label,
                                 const char *from,
                                 const char *to);
KutipHeader *fixture_header (KutipStatus status);
KutipLayer *fixture_layer (void);

/* claim, quote (requires attributed-to and mode, which has no default), source, cue; form
 * (default indirect), mode, checked (a flag), topics (several); attributed-to from quote
 * and claim to source, cued-by from quote to cue, same-as between any two, symmetric. */
KutipTagset *fixture_tagset (void);
/* A text of @length code points, and a layer without spans that is in progress. */
KutipDocument *fixture_document (guint length);

/* What a layer holds, a line each, to compare and to show. */
char *fixture_describe (KutipLayer *layer);

/* An own number generator for each test, with a fixed seed that is reported. */
GRand *fixture_random (guint32 seed);

G_END_DECLS
