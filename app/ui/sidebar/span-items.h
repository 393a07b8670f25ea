/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/layer.h"
#include "ui/sidebar/span-item.h"

G_BEGIN_DECLS

/* The items that somebody holds, one for each span: an item leaves when it dies. */
typedef struct _KutipSpanItems KutipSpanItems;

KutipSpanItems *kutip_span_items_new (void);
/* The items go on without it. */
void kutip_span_items_free (KutipSpanItems *self);

/* That of the span, or a new one; owned. */
KutipSpanItem *kutip_span_items_take (KutipSpanItems *self, KutipSpan *span);
/* Their spans' ids: const char *, while they live. */
GPtrArray *kutip_span_items_list (KutipSpanItems *self);

/* Tells the item of that id, if there is one and the layer has its span, that it has
 * changed. */
void kutip_span_items_touch (KutipSpanItems *self, KutipLayer *layer, const char *id);
void kutip_span_items_touch_all (KutipSpanItems *self, KutipLayer *layer);
/* Those alone whose span is another one in the layer. */
void kutip_span_items_renew (KutipSpanItems *self, KutipLayer *layer);

G_END_DECLS
