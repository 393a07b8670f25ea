/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

G_BEGIN_DECLS

/* What a person does to the spans that were found again in a text that has changed, or
 * not found: each builds one change and sends it through kutip_document_apply(). FALSE
 * with @error when the document refuses. */

/* They stand where they should. Orphans stand nowhere and are refused; spans that need no
 * review are left alone. */
gboolean kutip_review_confirm (KutipDocument *document,
                               KutipSpan *const *spans,
                               guint n_spans,
                               GError **error);
/* All those whose words were found elsewhere. Sets @n_confirmed (may be NULL). */
gboolean kutip_review_confirm_moved (KutipDocument *document,
                                     guint *n_confirmed,
                                     GError **error);
/* The span belongs here instead; an orphan is none any more. */
gboolean kutip_review_place (KutipDocument *document,
                             KutipSpan *span,
                             KutipRange range,
                             GError **error);

G_END_DECLS
