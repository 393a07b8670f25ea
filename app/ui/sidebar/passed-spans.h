/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sidebar/span-filter.h"
#include "ui/sidebar/span-splices.h"

G_BEGIN_DECLS

/* The spans of a layer that pass a filter, in document order; found in slices, from the
 * top, and kept in step with the layer's changes at any time. */
typedef struct _KutipPassedSpans KutipPassedSpans;

/* All three are borrowed, and must outlive it. */
KutipPassedSpans *kutip_passed_spans_new (KutipSpanFilter *filter,
                                          KutipText *text,
                                          KutipLayer *layer);
/* Where there are very many, in a thread. */
void kutip_passed_spans_free (KutipPassedSpans *self);

guint kutip_passed_spans_get_n (KutipPassedSpans *self);
/* KutipSpan; borrowed, and changed by the next splice. */
GPtrArray *kutip_passed_spans_get_list (KutipPassedSpans *self);
/* Borrowed. */
KutipSpan *kutip_passed_spans_get_nth (KutipPassedSpans *self, guint i);
gboolean kutip_passed_spans_find (KutipPassedSpans *self,
                                  KutipSpan *span,
                                  guint *position);

/* Looks at more of the layer, for about @usec microseconds, and appends what passes.
 * FALSE when all of it has been looked at. */
gboolean kutip_passed_spans_look (KutipPassedSpans *self, gint64 usec);

/* Called with what one splice came to here, after it was carried out. */
typedef void (*KutipPassedFunc) (guint position,
                                 guint n_removed,
                                 guint n_added,
                                 gpointer data);
/* Follows a change of the layer. */
void kutip_passed_spans_splice (KutipPassedSpans *self,
                                GArray *splices,
                                KutipPassedFunc func,
                                gpointer data);

G_END_DECLS
