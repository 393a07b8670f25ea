/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/layer.h"

G_BEGIN_DECLS

/* Lets go of a layer. Freeing 100,000 spans takes longer than a frame: where they are
 * many it is done in a thread. */
void kutip_drop_layer (KutipLayer *layer);
/* The same for a list of them. */
void kutip_drop_spans (GPtrArray *spans);

G_END_DECLS
