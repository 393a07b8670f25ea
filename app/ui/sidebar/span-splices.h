/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/edit.h"

G_BEGIN_DECLS

/* A place where a change altered a layer's order of spans: what stood there went, and the
 * @n_added spans from @position on (in the layer as it is after the whole change) came. A
 * span that was only edited, in its place, went and came. */
typedef struct
{
  guint position;
  guint n_added;
  GPtrArray *removed; /* KutipSpan, owned, in document order */
} KutipSplice;

/* What @change, which has just taken place, did to @layer: KutipSplices from the top to
 * the bottom, no two of which touch. */
GArray *kutip_span_splices_new (KutipLayer *layer, KutipChange *change);

G_END_DECLS
