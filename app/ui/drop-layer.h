/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/history.h"
#include "model/layer.h"

G_BEGIN_DECLS

/* Lets go of a layer. Freeing 100,000 spans takes longer than a frame: where they are
 * many it is done in a thread. */
void kutip_drop_layer (KutipLayer *layer);
/* The same for a list of them. */
void kutip_drop_spans (GPtrArray *spans);
/* The same for changes, which hold spans that are nowhere else; NULL: nothing. */
void kutip_drop_changes (GPtrArray *changes);
/* The same for all changes of a history. */
void kutip_drop_history (KutipHistory *history);

G_END_DECLS
