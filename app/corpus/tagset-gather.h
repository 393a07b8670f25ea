/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Makes up a tag set from the labels, attributes and relations that occur; in the order
 * of their names, so that it does not matter in which order records are added. */
typedef struct _KutipTagsetGather KutipTagsetGather;

KutipTagsetGather *kutip_tagset_gather_new (void);
void kutip_tagset_gather_free (KutipTagsetGather *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipTagsetGather, kutip_tagset_gather_free)

/* @is_ours: it is read from sidecars, for which the built-in tag set holds where they
 * name none. From any thread. */
void kutip_tagset_gather_add (KutipTagsetGather *self,
                              KutipRecord *record,
                              gboolean is_ours);
/* The shipped tag set that all layers name, or that holds for them, or NULL; borrowed. */
KutipTagset *kutip_tagset_gather_get_shipped (KutipTagsetGather *self);
/* What is in @base, and behind it what occurs beyond. Where @base is NULL it is the
 * shipped tag set that all layers name, if there is one. NULL when there is nothing at
 * all. */
KutipTagset *kutip_tagset_gather_finish (KutipTagsetGather *self, KutipTagset *base);
/* @tagset as brat's annotation.conf needs it: with the roles of events, the equivalences
 * and the names of arguments that occur. */
KutipTagset *kutip_tagset_gather_mark_uses (KutipTagsetGather *self, KutipTagset *tagset);

G_END_DECLS
