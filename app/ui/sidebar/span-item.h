/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/span.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_SPAN_ITEM (kutip_span_item_get_type ())
G_DECLARE_FINAL_TYPE (KutipSpanItem, kutip_span_item, KUTIP, SPAN_ITEM, GObject)

/* A span in a KutipSpanModel. As long as anybody holds it, the model gives the same item
 * for the same id, through every change of the span, so that a row keeps its focus and
 * its place.
 *
 * Signal "changed": the span, or something that is shown with it (its links, its label's
 * look), is not what it was. */

KutipSpanItem *kutip_span_item_new (KutipSpan *span);
/* The span as it is now; as it last was, once it has been removed. Borrowed. */
KutipSpan *kutip_span_item_get_span (KutipSpanItem *self);

/* For the model. @span may be the same as before. */
void kutip_span_item_update (KutipSpanItem *self, KutipSpan *span);

G_END_DECLS
