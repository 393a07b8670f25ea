/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"
#include "model/finding-lists.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_CHECK (kutip_check_get_type ())
G_DECLARE_FINAL_TYPE (KutipCheck, kutip_check, KUTIP, CHECK, GObject)

/* Follows a document and knows at any time what is left to do; each change costs only
 * what it touches. Property "n-findings" (guint, notifies): how many things are left to
 * do. Signal "items-changed" (guint list, guint position, guint removed, guint added), as
 * KutipFindingListFunc, for each of the lists of model/finding-lists.h: while a change is
 * followed, so that the document must not be changed then. Many changes at once are told
 * as one. */
KutipCheck *kutip_check_new (KutipDocument *document);
/* Whether @attribute, which is of @type, has a value, or values, that the tag set allows.
 */
gboolean kutip_check_allows_value (const KutipAttributeType *type,
                                   const KutipAttribute *attribute);
/* For a fork of the document: knows what this one knows, in O(1), and follows the fork.
 */
KutipCheck *kutip_check_fork (KutipCheck *self, KutipDocument *fork);
/* The next change of the document will be that of the fork which @fork has followed: what
 * it has found is taken over in O(1). */
void kutip_check_expect (KutipCheck *self, KutipCheck *fork);
guint kutip_check_get_n_findings (KutipCheck *self);
/* The findings of one span or relation, or an empty array. */
GArray *kutip_check_list_of (KutipCheck *self, const char *id);
/* All that is left to do, in document order. O(n): the lists by position do not make one
 * wait. */
GArray *kutip_check_list (KutipCheck *self);

/* How many are in @list: a kind, KUTIP_FINDINGS_TO_DO or KUTIP_FINDINGS_TO_REVIEW. */
guint kutip_check_count (KutipCheck *self, guint list);
/* FALSE past the end. O(log n), as all below. */
gboolean kutip_check_get_nth (KutipCheck *self,
                              guint list,
                              guint position,
                              KutipFinding *finding);
/* Where the first one of that span or relation is. */
gboolean kutip_check_find (KutipCheck *self, guint list, const char *id, guint *position);
/* How many in @list stand before @span in the document; not its own. For lists that are
 * in document order. */
guint kutip_check_count_before (KutipCheck *self, guint list, KutipSpan *span);
/* The span that a finding is about, for a relation the one it begins at; borrowed, or
 * NULL. */
KutipSpan *kutip_check_get_span (KutipCheck *self, const KutipFinding *finding);

G_END_DECLS
