/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/layer.h"

G_BEGIN_DECLS

/* What the spans or the relations of a layer are called in doccano, as JSON: as they were
 * there; else by the number in their id, "s7" or "r7"; else by a number that none has. */
typedef struct _KutipDoccanoIds KutipDoccanoIds;

/* Without orphans. @member: the unknown one that annotations keep theirs in. It and
 * @layer must outlive them. */
KutipDoccanoIds *kutip_doccano_ids_new_of_spans (KutipLayer *layer, const char *member);
KutipDoccanoIds *kutip_doccano_ids_new_of_relations (KutipLayer *layer,
                                                     const char *member);
void kutip_doccano_ids_free (KutipDoccanoIds *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipDoccanoIds, kutip_doccano_ids_free)

gboolean kutip_doccano_ids_has (KutipDoccanoIds *self, const char *id);
/* NULL: a new one, of something that has no id of its own. */
void kutip_doccano_ids_append (KutipDoccanoIds *self, const char *id, GString *out);

G_END_DECLS
