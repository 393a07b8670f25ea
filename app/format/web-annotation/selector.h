/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/draft.h"
#include "format/offsets.h"

G_BEGIN_DECLS

/* Where an annotation that is kept apart from its text stands there: by position, by what
 * it quotes, or both (W3C Web Annotation Data Model, 4.2; Hypothesis and Recogito have
 * the same). */
typedef struct
{
  const KutipJsonNode *position; /* where it says so; NULL: nowhere */
  guint start, end;
  const char *exact, *prefix, *suffix; /* or NULL */
} KutipSelector;

/* Reads a selector, or a list of them that all say the same, with those that refine them.
 * FALSE with @error when a number is none. Both members stay empty when it has neither
 * position nor quotation: it selects no text. */
gboolean kutip_selector_read (KutipJsonTree *tree,
                              const KutipJsonNode *node,
                              KutipSelector *selector,
                              GError **error);
gboolean kutip_selector_is_empty (const KutipSelector *self);

/* Whether its position covers what it should. */
void kutip_selector_rate (const KutipSelector *self,
                          KutipText *text,
                          KutipOffsetsRating *rating);
/* The unit under which positions cover what they should; @selectors: KutipSelector. */
KutipOffsetUnit kutip_selector_find_unit (KutipText *text, const GArray *selectors);

/* Gives @span its place. Where another text stands there than is quoted, or none is
 * there, it is to be looked for; *@moved tells. FALSE with @error when there is nothing
 * to look for. */
gboolean kutip_selector_apply (const KutipSelector *self,
                               KutipDraft *draft,
                               KutipDraftSpan *span,
                               KutipOffsetUnit unit,
                               gboolean *moved,
                               GError **error);

G_END_DECLS
