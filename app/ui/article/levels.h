/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/layer.h"

G_BEGIN_DECLS

/* On which level below the text a span's line is drawn: the lowest that no earlier span
 * has with which it shares text (greedy colouring of intervals in document order, so the
 * outer of two nested spans is nearer to the text). A span's level depends on the layer
 * alone and not on what is in view, so that lines do not jump while scrolling; it is
 * remembered until the layer changes. */
typedef struct _KutipLevels KutipLevels;

KutipLevels *kutip_levels_new (void);
void kutip_levels_free (KutipLevels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipLevels, kutip_levels_free)

/* Must be called after each change of the layer, before the next question. */
void kutip_levels_forget (KutipLevels *self);
/* From 0. Looks at a bounded number of spans: among very many on one place, levels
 * repeat. */
guint kutip_levels_get (KutipLevels *self, KutipLayer *layer, KutipSpan *span);

G_END_DECLS
