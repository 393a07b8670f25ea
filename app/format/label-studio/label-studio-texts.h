/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json-tree.h"
#include "text/text.h"

G_BEGIN_DECLS

/* Whether a result marks a part of a text. */
gboolean kutip_label_studio_is_region (const KutipJsonNode *result);
/* What a region is said to cover, with line ends as they are; NULL when nobody says.
 * Owned. */
char *kutip_label_studio_dup_covered (const KutipJsonNode *region);

/* Which regions of an annotation are of another text than the article: a task may show
 * several, whose offsets have nothing to do with one another. */
typedef struct _KutipLabelStudioTexts KutipLabelStudioTexts;

/* @data: the task's, whose member @key is @text. */
KutipLabelStudioTexts *kutip_label_studio_texts_new (KutipJsonTree *tree,
                                                     const KutipJsonNode *results,
                                                     const KutipJsonNode *data,
                                                     const char *key,
                                                     KutipText *text);
void kutip_label_studio_texts_free (KutipLabelStudioTexts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipLabelStudioTexts, kutip_label_studio_texts_free)

/* Of a region: whether it is of another text; of a relation: whether one of its ends is.
 */
gboolean kutip_label_studio_texts_is_elsewhere (KutipLabelStudioTexts *self,
                                                const KutipJsonNode *result);

G_END_DECLS
