/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/annotate.h"

G_BEGIN_DECLS

/* What model/annotate.c and model/reshape.c share. */

/* The time, in RFC 3339, UTC. */
char *kutip_annotate_dup_now (void);
/* Owned by the tag set or the translations; the name itself for an unknown label. */
const char *kutip_annotate_get_label_title (KutipDocument *document, const char *name);
/* A label's default values as attributes, or NULL. */
KutipAttributes *kutip_annotate_dup_default_attributes (KutipTagset *tagset,
                                                        const KutipLabelType *label);
/* Sends @change through the door; it takes the article up if nothing was marked before.
 */
gboolean kutip_annotate_apply (KutipDocument *document,
                               KutipChange *change,
                               GError **error);

G_END_DECLS
