/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/id-map.h"
#include "model/relation.h"

G_BEGIN_DECLS

/* The relations that one span takes part in. Immutable, atomically reference counted; a
 * longer or shorter one is made in O(log n), and where it is long shares most of its
 * memory. */
typedef struct _KutipLinks KutipLinks;

extern const KutipIdMapClass kutip_links_class;
extern const KutipIdMapClass kutip_links_relation_class;

KutipLinks *kutip_links_ref (KutipLinks *self);
void kutip_links_unref (KutipLinks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipLinks, kutip_links_unref)

/* Those of each span that one of the relations names, owned, in no order. */
GPtrArray *kutip_links_gather (gpointer *relations, guint n_relations);
/* @self may be NULL: there were none yet. */
KutipLinks *kutip_links_with (KutipLinks *self,
                              const char *span_id,
                              KutipRelation *relation);
/* NULL when none is left. */
KutipLinks *kutip_links_without (KutipLinks *self, KutipRelation *relation);

const char *kutip_links_get_span_id (KutipLinks *self);
/* In order of their ids; borrowed relations, a new array. @self may be NULL. */
GPtrArray *kutip_links_list (KutipLinks *self);

G_END_DECLS
