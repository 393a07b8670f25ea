/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/id.h"
#include "model/span-tree-private.h"

#include <string.h>

typedef KutipSpanTreeNode Node;
typedef KutipSpanTreeKey Key;

/* Neither side of a node weighs more than DELTA times the other; a side whose inner half
 * weighs GAMMA times its outer half or more needs a double rotation. */
#define DELTA 3
#define GAMMA 2

static Node *
ref_node (Node *node)
{
  if (node != NULL)
    g_atomic_ref_count_inc (&node->ref_count);
  return node;
}

static void
unref_node (Node *node)
{
  if (node == NULL || !g_atomic_ref_count_dec (&node->ref_count))
    return;
  unref_node (node->left);
  unref_node (node->right);
  kutip_span_unref (node->span);
  g_free (node);
}

/* The node itself if nobody else has it, else a copy in its place. */
static Node *
own_node (Node *node)
{
  Node *copy;

  if (g_atomic_ref_count_compare (&node->ref_count, 1))
    return node;

  /* Not as a whole: other threads may be writing the count. */
  copy = g_new (Node, 1);
  *copy = (Node){
    .left = ref_node (node->left),
    .right = ref_node (node->right),
    .span = kutip_span_ref (node->span),
    .piece = node->piece,
    .label = node->label,
    .orphan = node->orphan,
    .range = node->range,
    .n_nodes = node->n_nodes,
    .n_spans = node->n_spans,
    .n_placed = node->n_placed,
    .max_end = node->max_end,
    .min_length = node->min_length,
    .max_length = node->max_length,
    .labels = node->labels,
  };
  g_atomic_ref_count_init (&copy->ref_count);
  unref_node (node);
  return copy;
}

static guint
weigh (const Node *node)
{
  return node != NULL ? node->n_nodes + 1 : 1;
}

static guint
is_first (const Node *node)
{
  return node->piece == 0;
}

static guint
is_placed (const Node *node)
{
  return node->piece == 0 && !node->orphan;
}

static guint
get_length (const Node *node)
{
  return node->range.end - node->range.start;
}

static void
update (Node *node)
{
  const Node *left = node->left;
  const Node *right = node->right;

  node->n_nodes = 1;
  node->n_spans = is_first (node);
  node->n_placed = is_placed (node);
  node->max_end = node->orphan ? 0 : node->range.end;
  node->min_length = node->orphan ? G_MAXUINT : get_length (node);
  node->max_length = node->orphan ? 0 : get_length (node);
  node->labels = is_first (node) ? (KutipLabelSet) 1 << node->label : 0;
  if (left != NULL)
    {
      node->n_nodes += left->n_nodes;
      node->n_spans += left->n_spans;
      node->n_placed += left->n_placed;
      node->max_end = MAX (node->max_end, left->max_end);
      node->min_length = MIN (node->min_length, left->min_length);
      node->max_length = MAX (node->max_length, left->max_length);
      node->labels |= left->labels;
    }
  if (right != NULL)
    {
      node->n_nodes += right->n_nodes;
      node->n_spans += right->n_spans;
      node->n_placed += right->n_placed;
      node->max_end = MAX (node->max_end, right->max_end);
      node->min_length = MIN (node->min_length, right->min_length);
      node->max_length = MAX (node->max_length, right->max_length);
      node->labels |= right->labels;
    }
}

/* Interned strings lie anywhere; multiplying by the golden ratio spreads them (Knuth, The
 * Art of Computer Programming 3, 6.4). */
static guint
get_label_bit (const char *interned_label)
{
  return (guint) (((guint64) (gsize) interned_label *
                   G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >>
                  58);
}

KutipLabelSet
kutip_label_set_of (const char *interned_label)
{
  return (KutipLabelSet) 1 << get_label_bit (interned_label);
}

Node *
kutip_span_tree_create_node (const Key *key, Node *left, Node *right)
{
  Node *node = g_new (Node, 1);

  *node = (Node){
    .left = left,
    .right = right,
    .span = kutip_span_ref (key->span),
    .piece = key->piece & 0x1ffffff,
    .label = get_label_bit (kutip_span_get_label (key->span)) & 63,
    .orphan = kutip_span_is_orphan (key->span) != FALSE,
    .range = key->range,
  };
  g_atomic_ref_count_init (&node->ref_count);
  update (node);
  return node;
}

int
kutip_span_tree_compare_keys (const Key *a, const Key *b)
{
  int order;

  if (a->range.start != b->range.start)
    return a->range.start < b->range.start ? -1 : 1;
  if (a->range.end != b->range.end)
    return a->range.end > b->range.end ? -1 : 1;
  if (a->span != b->span)
    {
      order = kutip_id_compare (kutip_span_get_id (a->span), kutip_span_get_id (b->span));
      if (order != 0)
        return order;
    }
  return a->piece < b->piece ? -1 : a->piece > b->piece;
}

int
kutip_span_tree_compare (const Key *key, const Node *node)
{
  Key other = { node->span, node->range, node->piece };

  return kutip_span_tree_compare_keys (key, &other);
}

/* Rotations own what they change; @node is owned already. */

static Node *
rotate_left (Node *node)
{
  Node *right = own_node (node->right);

  node->right = right->left;
  right->left = node;
  update (node);
  update (right);
  return right;
}

static Node *
rotate_right (Node *node)
{
  Node *left = own_node (node->left);

  node->left = left->right;
  left->right = node;
  update (node);
  update (left);
  return left;
}

static Node *
balance (Node *node)
{
  if (weigh (node->right) > DELTA * weigh (node->left))
    {
      if (weigh (node->right->left) >= GAMMA * weigh (node->right->right))
        node->right = rotate_right (own_node (node->right));
      return rotate_left (node);
    }
  if (weigh (node->left) > DELTA * weigh (node->right))
    {
      if (weigh (node->left->right) >= GAMMA * weigh (node->left->left))
        node->left = rotate_left (own_node (node->left));
      return rotate_right (node);
    }
  update (node);
  return node;
}

static Node *
insert (Node *node, const Key *key)
{
  int order;

  if (node == NULL)
    return kutip_span_tree_create_node (key, NULL, NULL);

  node = own_node (node);
  order = kutip_span_tree_compare (key, node);
  g_assert (order != 0);
  if (order < 0)
    node->left = insert (node->left, key);
  else
    node->right = insert (node->right, key);
  return balance (node);
}

/* Takes the first node out of the subtree, owned and alone, into *@first. */
static Node *
take_first (Node *node, Node **first)
{
  node = own_node (node);
  if (node->left == NULL)
    {
      Node *rest = node->right;

      node->right = NULL;
      *first = node;
      return rest;
    }
  node->left = take_first (node->left, first);
  return balance (node);
}

/* What is left of an owned node without itself. */
static Node *
join_children (Node *node)
{
  Node *joined;

  if (node->left == NULL || node->right == NULL)
    {
      joined = node->left != NULL ? node->left : node->right;
    }
  else
    {
      Node *rest = take_first (node->right, &joined);

      joined->left = node->left;
      joined->right = rest;
      joined = balance (joined);
    }
  node->left = NULL;
  node->right = NULL;
  unref_node (node);
  return joined;
}

static Node *
remove_key (Node *node, const Key *key)
{
  int order;

  g_assert (node != NULL);
  node = own_node (node);
  order = kutip_span_tree_compare (key, node);
  if (order == 0)
    return join_children (node);
  if (order < 0)
    node->left = remove_key (node->left, key);
  else
    node->right = remove_key (node->right, key);
  return balance (node);
}

void
kutip_span_tree_init_copy (KutipSpanTree *self, const KutipSpanTree *other)
{
  self->root = ref_node (other->root);
}

void
kutip_span_tree_clear (KutipSpanTree *self)
{
  unref_node (self->root);
  self->root = NULL;
}

void
kutip_span_tree_add (KutipSpanTree *self, KutipSpan *span)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    self->root = insert (self->root, &(Key){ span, ranges[i], i });
}

void
kutip_span_tree_remove (KutipSpanTree *self, KutipSpan *span)
{
  g_autoptr (KutipSpan) keep = kutip_span_ref (span);
  const KutipRange *ranges = kutip_span_get_ranges (keep);

  for (guint i = 0; i < kutip_span_get_n_ranges (keep); i++)
    self->root = remove_key (self->root, &(Key){ keep, ranges[i], i });
}

/* Whether the one can stand where the other does, with all that is known above it. */
static gboolean
stands_alike (KutipSpan *span, KutipSpan *other)
{
  guint n = kutip_span_get_n_ranges (span);

  return kutip_span_get_n_ranges (other) == n &&
         memcmp (kutip_span_get_ranges (span), kutip_span_get_ranges (other),
                 n * sizeof (KutipRange)) == 0 &&
         kutip_span_get_label (span) == kutip_span_get_label (other) &&
         kutip_span_is_orphan (span) == kutip_span_is_orphan (other) &&
         strcmp (kutip_span_get_id (span), kutip_span_get_id (other)) == 0;
}

static void
replace_key (KutipSpanTree *self, const Key *key, KutipSpan *other)
{
  Node **place = &self->root;
  KutipSpan *was;
  int order;

  do
    {
      g_assert (*place != NULL);
      *place = own_node (*place);
      order = kutip_span_tree_compare (key, *place);
      if (order != 0)
        place = order < 0 ? &(*place)->left : &(*place)->right;
    }
  while (order != 0);
  was = (*place)->span;
  (*place)->span = kutip_span_ref (other);
  kutip_span_unref (was);
}

gboolean
kutip_span_tree_replace (KutipSpanTree *self, KutipSpan *span, KutipSpan *other)
{
  const KutipRange *ranges = kutip_span_get_ranges (other);

  if (!stands_alike (span, other))
    return FALSE;
  for (guint i = 0; i < kutip_span_get_n_ranges (other); i++)
    replace_key (self, &(Key){ other, ranges[i], i }, other);
  return TRUE;
}

guint
kutip_span_tree_get_n_spans (const KutipSpanTree *self)
{
  return self->root != NULL ? self->root->n_spans : 0;
}

KutipSpan *
kutip_span_tree_get_nth (const KutipSpanTree *self, guint i)
{
  const Node *node = self->root;

  while (node != NULL)
    {
      guint n_left = node->left != NULL ? node->left->n_spans : 0;

      if (i < n_left)
        node = node->left;
      else if (i == n_left && node->piece == 0)
        return node->span;
      else
        {
          i -= n_left + is_first (node);
          node = node->right;
        }
    }
  return NULL;
}

guint
kutip_span_tree_get_position (const KutipSpanTree *self, KutipSpan *span)
{
  Key key = { span, kutip_span_get_ranges (span)[0], 0 };
  const Node *node = self->root;
  guint position = 0;

  while (node != NULL)
    {
      if (kutip_span_tree_compare (&key, node) <= 0)
        node = node->left;
      else
        {
          position += (node->left != NULL ? node->left->n_spans : 0) + is_first (node);
          node = node->right;
        }
    }
  return position;
}

static gboolean
foreach_in_order (const Node *node, KutipSpanFunc func, gpointer data)
{
  if (node == NULL || node->n_spans == 0)
    return TRUE;
  return foreach_in_order (node->left, func, data) &&
         (node->piece != 0 || func (node->span, data)) &&
         foreach_in_order (node->right, func, data);
}

gboolean
kutip_span_tree_foreach (const KutipSpanTree *self, KutipSpanFunc func, gpointer data)
{
  /* A reference of our own, so that @func may change the tree. */
  Node *root = ref_node (self->root);
  gboolean finished = foreach_in_order (root, func, data);

  unref_node (root);
  return finished;
}

typedef struct
{
  guint from;
  KutipLabelSet labels;
  KutipSpanFunc func;
  gpointer data;
  guint n_looked_at;
} LabelQuery;

static gboolean
has_label (const Node *node, KutipLabelSet labels)
{
  return is_first (node) && ((KutipLabelSet) 1 << node->label & labels) != 0;
}

/* @n_before: how many spans stand before the subtree. */
static gboolean
foreach_labelled_after (const Node *node, guint n_before, LabelQuery *query)
{
  guint position;

  query->n_looked_at++;
  if (node == NULL || (node->labels & query->labels) == 0 ||
      n_before + node->n_spans <= query->from)
    return TRUE;
  position = n_before + (node->left != NULL ? node->left->n_spans : 0);
  return foreach_labelled_after (node->left, n_before, query) &&
         (position < query->from || !has_label (node, query->labels) ||
          query->func (node->span, query->data)) &&
         foreach_labelled_after (node->right, position + is_first (node), query);
}

static gboolean
foreach_labelled_before (const Node *node, guint n_before, LabelQuery *query)
{
  guint position;

  query->n_looked_at++;
  if (node == NULL || (node->labels & query->labels) == 0 || n_before >= query->from)
    return TRUE;
  position = n_before + (node->left != NULL ? node->left->n_spans : 0);
  return foreach_labelled_before (node->right, position + is_first (node), query) &&
         (position >= query->from || !has_label (node, query->labels) ||
          query->func (node->span, query->data)) &&
         foreach_labelled_before (node->left, n_before, query);
}

guint
kutip_span_tree_foreach_labelled (const KutipSpanTree *self,
                                  guint from,
                                  gboolean forward,
                                  KutipLabelSet labels,
                                  KutipSpanFunc func,
                                  gpointer data)
{
  LabelQuery query = { from, labels, func, data, 0 };
  Node *root = ref_node (self->root);

  if (forward)
    foreach_labelled_after (root, 0, &query);
  else
    foreach_labelled_before (root, 0, &query);
  unref_node (root);
  return query.n_looked_at;
}

typedef struct
{
  KutipRange range;
  KutipSpanFunc func;
  gpointer data;
  guint n_looked_at;
} PlaceQuery;

gboolean
kutip_span_tree_hits (KutipRange range, KutipRange query)
{
  if (query.start == query.end)
    return range.start <= query.start && range.end >= query.start;
  return range.start < query.end && range.end > query.start;
}

/* Ranges are sorted and apart, so those that are hit stand side by side: a span has been
 * reported if and only if the piece before is hit too. */
static gboolean
is_first_hit (const Node *node, KutipRange query)
{
  return node->piece == 0 ||
         !kutip_span_tree_hits (kutip_span_get_ranges (node->span)[node->piece - 1],
                                query);
}

static gboolean
foreach_at_place (const Node *node, PlaceQuery *query)
{
  gboolean empty = query->range.start == query->range.end;

  if (node == NULL)
    return TRUE;
  query->n_looked_at++;
  if (empty ? node->max_end < query->range.start : node->max_end <= query->range.start)
    return TRUE;
  if (!foreach_at_place (node->left, query))
    return FALSE;
  if (empty ? node->range.start > query->range.end
            : node->range.start >= query->range.end)
    return TRUE;
  if (!node->orphan && kutip_span_tree_hits (node->range, query->range) &&
      is_first_hit (node, query->range) && !query->func (node->span, query->data))
    return FALSE;
  return foreach_at_place (node->right, query);
}

guint
kutip_span_tree_foreach_in (const KutipSpanTree *self,
                            KutipRange range,
                            KutipSpanFunc func,
                            gpointer data)
{
  PlaceQuery query = { range, func, data, 0 };
  Node *root = ref_node (self->root);

  foreach_at_place (root, &query);
  unref_node (root);
  return query.n_looked_at;
}

/* How many placed spans start before @offset. */
static guint
count_placed_before (const Node *node, guint64 offset)
{
  guint n = 0;

  while (node != NULL)
    {
      if (node->range.start >= offset)
        node = node->left;
      else
        {
          n += (node->left != NULL ? node->left->n_placed : 0) + is_placed (node);
          node = node->right;
        }
    }
  return n;
}

static KutipSpan *
get_nth_placed (const Node *node, guint i)
{
  while (node != NULL)
    {
      guint n_left = node->left != NULL ? node->left->n_placed : 0;

      if (i < n_left)
        node = node->left;
      else if (i == n_left && is_placed (node))
        return node->span;
      else
        {
          i -= n_left + is_placed (node);
          node = node->right;
        }
    }
  return NULL;
}

KutipSpan *
kutip_span_tree_get_after (const KutipSpanTree *self, guint offset)
{
  return get_nth_placed (self->root,
                         count_placed_before (self->root, (guint64) offset + 1));
}

KutipSpan *
kutip_span_tree_get_before (const KutipSpanTree *self, guint offset)
{
  guint n = count_placed_before (self->root, offset);

  return n > 0 ? get_nth_placed (self->root, n - 1) : NULL;
}

static guint
get_height (const Node *node)
{
  return node != NULL ? 1 + MAX (get_height (node->left), get_height (node->right)) : 0;
}

guint
kutip_span_tree_get_depth (const KutipSpanTree *self)
{
  guint height = get_height (self->root);

  return height > 0 ? height - 1 : 0;
}
