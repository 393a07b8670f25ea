/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/relation.h"
#include "model/span.h"

G_BEGIN_DECLS

typedef struct _KutipIntakeSlot KutipIntakeSlot;

/* What a layer is while it is read from a file: its spans and relations in lists, and a
 * table of their ids. A layer that is only written again, as in a conversion, never needs
 * its tree and its maps, which take ten times as long to make. */
typedef struct
{
  GPtrArray *spans, *relations; /* owned references */
  KutipIntakeSlot *slots;       /* by hash of the id */
  guint n_slots;
  gboolean spans_in_order, relations_in_order;
  guint
      n_readers; /* of the lists, which must stay as they are as long as there are any */
} KutipIntake;

KutipIntake *kutip_intake_new (void);
void kutip_intake_free (KutipIntake *self);

/* NULL when there is none; both may be asked with any id. */
KutipSpan *kutip_intake_get_span (const KutipIntake *self, const char *id);
KutipRelation *kutip_intake_get_relation (const KutipIntake *self, const char *id);
/* FALSE when the id is already there. Both take the caller's reference, in any case. */
gboolean kutip_intake_take_span (KutipIntake *self, KutipSpan *span);
gboolean kutip_intake_take_relation (KutipIntake *self, KutipRelation *relation);
/* Document order of two relations: by the spans where they begin (NULL, behind all
 * others: such a span is not there), then by id with its number counted. */
int kutip_intake_compare (KutipSpan *from,
                          KutipRelation *relation,
                          KutipSpan *other_from,
                          KutipRelation *other);
/* In document order, and in that of the spans they begin at, as those of a layer. */
void kutip_intake_sort_spans (KutipIntake *self);
void kutip_intake_sort_relations (KutipIntake *self);

G_END_DECLS
