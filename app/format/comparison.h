/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/difference.h"
#include "format/json/json-cursor.h"
#include "text/text.h"

G_BEGIN_DECLS

/* JSON that was just written, beside the layer that it was written from: spans and
 * relations stand there in the layer's order, so that one look at each is enough, and
 * nothing is made of them. What formats write of them is their own affair. */
typedef struct _KutipComparison KutipComparison;
struct _KutipComparison
{
  KutipJsonCursor *cursor;
  KutipText *text;
  KutipLayer *layer;
  gboolean keeps_orphans; /* the format writes them, and relations from and to them */
  gboolean (*is_span) (KutipComparison *self, const KutipSpanFields *fields);
  gboolean (*is_relation) (KutipComparison *self, const KutipRelationFields *fields);
  KutipDifference *difference;
};

/* Inside a list: the first of the layer's that does not come next as it should goes to
 * the difference. */
void kutip_comparison_look_at_spans (KutipComparison *self);
void kutip_comparison_look_at_relations (KutipComparison *self);
/* Up to the end of the list, which should have come. */
void kutip_comparison_end_list (KutipComparison *self);
/* Whether the value is what the text says at @range. */
gboolean kutip_comparison_is_quoted (KutipComparison *self, KutipRange range);
gboolean kutip_comparison_is_text (KutipComparison *self);

G_END_DECLS
