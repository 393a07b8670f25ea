/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/spill.h"

G_BEGIN_DECLS

/* Finds the articles of a dataset that belong together. Two are in one group when they
 * share a key, or have the same text, or both go together with a third. Of each article
 * four bytes are in the memory. */
typedef struct _KutipSplitJoin KutipSplitJoin;

KutipSplitJoin *kutip_split_join_new (KutipSpillFunc open);
void kutip_split_join_free (KutipSplitJoin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSplitJoin, kutip_split_join_free)

/* The next article; @keys (NULL-terminated) and @digest may be NULL: nothing in common
 * with others. */
gboolean kutip_split_join_add (KutipSplitJoin *self,
                               const char *const *keys,
                               const char *digest,
                               GError **error);
/* The group of each article, numbered from 0 in the order of their first article; owned.
 * NULL with @error. */
guint *kutip_split_join_finish (KutipSplitJoin *self, guint *n_groups, GError **error);

G_END_DECLS
