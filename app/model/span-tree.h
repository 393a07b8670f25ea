/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/span.h"

G_BEGIN_DECLS

/* Spans in document order, to be found by place and by position: a persistent
 * weight-balanced tree (Adams 1993; balance after Hirai and Yamamoto 2011) with one node
 * for each range of each span. A node knows the largest end of the ranges below it and
 * how long they are, how many spans begin there, and which labels they have.
 *
 * Its depth is at most 2.5 log2 n, whatever comes in which order. Adding and removing
 * take O(log n) a range. Copying takes O(1), and the copy may be read in another thread:
 * nodes that two trees share are copied before they are changed. Orphans are in the order
 * and the counts, but no question by place finds them. */
typedef struct
{
  struct _KutipSpanTreeNode *root;
} KutipSpanTree;

typedef gboolean (*KutipSpanFunc) (KutipSpan *span, gpointer data);

#define KUTIP_SPAN_TREE_INIT                                                             \
  {                                                                                      \
    NULL                                                                                 \
  }

void kutip_span_tree_init_copy (KutipSpanTree *self, const KutipSpanTree *other);
void kutip_span_tree_clear (KutipSpanTree *self);

/* Puts spans, which are in document order, into a tree that is empty: O(n) where few have
 * several ranges. The tree takes references. */
void kutip_span_tree_fill (KutipSpanTree *self, KutipSpan *const *spans, guint n_spans);
/* The span is not there yet. The tree takes references. */
void kutip_span_tree_add (KutipSpanTree *self, KutipSpan *span);
/* The span is there. */
void kutip_span_tree_remove (KutipSpanTree *self, KutipSpan *span);
/* @span is there, and @other comes in its place, if it has the same id, label and ranges:
 * then nothing moves. FALSE when it has not, and nothing has been done. */
gboolean kutip_span_tree_replace (KutipSpanTree *self, KutipSpan *span, KutipSpan *other);

guint kutip_span_tree_get_n_spans (const KutipSpanTree *self);
/* Borrowed; NULL past the end. */
KutipSpan *kutip_span_tree_get_nth (const KutipSpanTree *self, guint i);
/* How many spans stand before @span, which need not be there. */
guint kutip_span_tree_get_position (const KutipSpanTree *self, KutipSpan *span);
/* As the functions of a layer. FALSE when @func stopped it. */
gboolean kutip_span_tree_foreach (const KutipSpanTree *self,
                                  KutipSpanFunc func,
                                  gpointer data);
/* Returns how many nodes were looked at, which is what the time goes into. */
guint kutip_span_tree_foreach_in (const KutipSpanTree *self,
                                  KutipRange range,
                                  KutipSpanFunc func,
                                  gpointer data);
/* The spans that @range, which is empty or of one character, hits, by the length of what
 * is hit of them and then in document order: that which follows @after there, or the
 * first when @after is NULL or not hit; NULL at the end. Takes O(log n) where they lie in
 * one another or are of few lengths, whatever their number. @n_looked_at (may be NULL):
 * nodes. */
KutipSpan *kutip_span_tree_get_longer (const KutipSpanTree *self,
                                       KutipRange range,
                                       KutipSpan *after,
                                       guint *n_looked_at);
KutipSpan *kutip_span_tree_get_after (const KutipSpanTree *self, guint offset);
KutipSpan *kutip_span_tree_get_before (const KutipSpanTree *self, guint offset);
/* A set of labels, one bit of 64 each: two labels may share one. */
typedef guint64 KutipLabelSet;
KutipLabelSet kutip_label_set_of (const char *interned_label);

/* Each span from position @from on, in document order, or each before it, the last first,
 * that may have one of @labels: a few others may be among them. Orphans too. Passes over
 * what has other labels in O(log n). Returns how many nodes were looked at. */
guint kutip_span_tree_foreach_labelled (const KutipSpanTree *self,
                                        guint from,
                                        gboolean forward,
                                        KutipLabelSet labels,
                                        KutipSpanFunc func,
                                        gpointer data);

/* Links from the root to the deepest node. */
guint kutip_span_tree_get_depth (const KutipSpanTree *self);

G_END_DECLS
