/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

G_BEGIN_DECLS

/* Which spans a list shows: those of some labels whose words or note contain a text.
 * Letter case, accents and the kind and number of white space do not count. Immutable. */
typedef struct _KutipSpanFilter KutipSpanFilter;

/* @labels: a NULL-terminated list of names, NULL for none; @unknown_to: a tag set, to let
 * the labels pass that it lacks, or NULL. With neither all labels pass. @text: NULL or
 * blank: any. NULL when the filter would let everything pass. */
KutipSpanFilter *kutip_span_filter_new (const char *const *labels,
                                        KutipTagset *unknown_to,
                                        const char *text);
void kutip_span_filter_free (KutipSpanFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSpanFilter, kutip_span_filter_free)

/* @text is the article's, in which the spans lie. */
gboolean kutip_span_filter_matches (KutipSpanFilter *self,
                                    KutipText *text,
                                    KutipSpan *span);

G_END_DECLS
