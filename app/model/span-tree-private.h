/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/span-tree.h"

G_BEGIN_DECLS

/* Shared by span-tree.c, span-tree-fill.c and span-tree-length.c only. */
typedef struct _KutipSpanTreeNode KutipSpanTreeNode;
struct _KutipSpanTreeNode
{
  KutipSpanTreeNode *left;
  KutipSpanTreeNode *right;
  KutipSpan *span;
  gatomicrefcount ref_count;
  guint piece : 25; /* which of the span's ranges */
  guint label : 6;  /* its bit in a KutipLabelSet */
  guint orphan : 1;
  KutipRange range;
  guint n_nodes;    /* of this subtree, this one included; so the rest */
  guint n_spans;    /* first pieces */
  guint n_placed;   /* first pieces of spans that are no orphans */
  guint max_end;    /* orphans left out, as in the next two */
  guint min_length; /* of the ranges */
  guint max_length;
  KutipLabelSet labels; /* of first pieces */
};

/* One node's place in the order. */
typedef struct
{
  KutipSpan *span;
  KutipRange range;
  guint piece;
} KutipSpanTreeKey;

/* In the tree's order. */
int kutip_span_tree_compare_keys (const KutipSpanTreeKey *a, const KutipSpanTreeKey *b);
int kutip_span_tree_compare (const KutipSpanTreeKey *key, const KutipSpanTreeNode *node);
/* Takes the two, which may be NULL, and knows what is to be known of them. */
KutipSpanTreeNode *kutip_span_tree_create_node (const KutipSpanTreeKey *key,
                                                KutipSpanTreeNode *left,
                                                KutipSpanTreeNode *right);
/* An empty range asks for what contains or touches the offset. */
gboolean kutip_span_tree_hits (KutipRange range, KutipRange query);

G_END_DECLS
