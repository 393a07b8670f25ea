/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/annotate.h"

G_BEGIN_DECLS

/* What model/annotate.c and model/reshape.c share. */

/* The time, in RFC 3339, UTC. */
char *kutip_annotate_dup_now (void);
/* Owned by the tag set or the translations; the name itself for an unknown label. */
const char *kutip_annotate_get_label_title (KutipDocument *document, const char *name);
/* The default values of a label's or a relation type's attributes, or NULL. @names:
 * attribute types of @tagset, NULL-terminated. */
KutipAttributes *kutip_annotate_dup_default_attributes (KutipTagset *tagset,
                                                        const char *const *names);
/* Whether such a link is there, in either direction for a symmetric type. */
gboolean kutip_annotate_is_linked (KutipDocument *document,
                                   const KutipRelationType *type,
                                   const char *from_id,
                                   const char *to_id);
/* Sends @change through the door; it takes the article up if nothing was marked before.
 */
gboolean kutip_annotate_apply (KutipDocument *document,
                               KutipChange *change,
                               GError **error);

G_END_DECLS
