/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"
#include "ui/sidebar/span-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_SPAN_MODEL (kutip_span_model_get_type ())
G_DECLARE_FINAL_TYPE (KutipSpanModel, kutip_span_model, KUTIP, SPAN_MODEL, GObject)

/* The spans of a document in document order as a GListModel of KutipSpanItem, made when
 * asked for. It holds no copy of the spans: it reads the layer, and a change of the
 * document is told in the smallest pieces (many edits at once: as one). With a filter it
 * holds the spans that pass; a large document is filtered in slices, from the top, so
 * that the interface never waits. So another filter, and a change that was made in a fork
 * of the document, is told in slices: what it has not got to yet is as it was.
 *
 * Properties: "document" (KutipDocument, nullable), "n-items" (guint, notifies),
 * "filtered" (gboolean, read-only). */

KutipSpanModel *kutip_span_model_new (void);
void kutip_span_model_set_document (KutipSpanModel *self, KutipDocument *document);
KutipDocument *kutip_span_model_get_document (KutipSpanModel *self);

/* Shows only what passes: see kutip_span_filter_new(). */
void kutip_span_model_set_filter (KutipSpanModel *self,
                                  const char *const *labels,
                                  KutipTagset *unknown_to,
                                  const char *text);
gboolean kutip_span_model_is_filtered (KutipSpanModel *self);
/* Whether the filter still has spans to look at. */
gboolean kutip_span_model_is_filtering (KutipSpanModel *self);

/* Whether another filter, or a change of very many spans, is still being told: what is
 * shown may be gone from the document, or not be what it is there. */
gboolean kutip_span_model_is_catching_up (KutipSpanModel *self);

/* FALSE while the document has changed and the model has yet to hear of it: its positions
 * are then not those of the layer. */
gboolean kutip_span_model_is_in_step (KutipSpanModel *self);

/* Borrowed, NULL past the end. O(log n). */
KutipSpan *kutip_span_model_get_nth_span (KutipSpanModel *self, guint position);
/* Where the span of that id is; FALSE when it is not shown. O(log n). */
gboolean kutip_span_model_find (KutipSpanModel *self, const char *id, guint *position);

G_END_DECLS
