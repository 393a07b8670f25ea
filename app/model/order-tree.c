/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/order-tree.h"

/* As in model/span-tree.c (Adams 1993; Hirai and Yamamoto 2011). */
#define DELTA 3
#define GAMMA 2

typedef struct _KutipOrderTreeNode Node;
struct _KutipOrderTreeNode
{
  Node *left;
  Node *right;
  gpointer item;
  gatomicrefcount ref_count;
  guint n_nodes; /* of this subtree, this one included */
};

static Node *
ref_node (Node *node)
{
  if (node != NULL)
    g_atomic_ref_count_inc (&node->ref_count);
  return node;
}

static void
unref_node (const KutipOrderTreeClass *klass, Node *node)
{
  if (node == NULL || !g_atomic_ref_count_dec (&node->ref_count))
    return;
  unref_node (klass, node->left);
  unref_node (klass, node->right);
  klass->unref (node->item);
  g_free (node);
}

static guint
count (const Node *node)
{
  return node != NULL ? node->n_nodes : 0;
}

static guint
weigh (const Node *node)
{
  return count (node) + 1;
}

static void
update (Node *node)
{
  node->n_nodes = 1 + count (node->left) + count (node->right);
}

static Node *
create_node (const KutipOrderTreeClass *klass, gpointer item)
{
  Node *node = g_new0 (Node, 1);

  klass->ref (item);
  node->item = item;
  node->n_nodes = 1;
  g_atomic_ref_count_init (&node->ref_count);
  return node;
}

/* The node itself if nobody else has it, else a copy in its place. */
static Node *
own_node (const KutipOrderTreeClass *klass, Node *node)
{
  Node *copy;

  if (g_atomic_ref_count_compare (&node->ref_count, 1))
    return node;

  copy = create_node (klass, node->item);
  copy->left = ref_node (node->left);
  copy->right = ref_node (node->right);
  copy->n_nodes = node->n_nodes;
  unref_node (klass, node);
  return copy;
}

/* Rotations own what they change; @node is owned already. */

static Node *
rotate_left (const KutipOrderTreeClass *klass, Node *node)
{
  Node *right = own_node (klass, node->right);

  node->right = right->left;
  right->left = node;
  update (node);
  update (right);
  return right;
}

static Node *
rotate_right (const KutipOrderTreeClass *klass, Node *node)
{
  Node *left = own_node (klass, node->left);

  node->left = left->right;
  left->right = node;
  update (node);
  update (left);
  return left;
}

static Node *
balance (const KutipOrderTreeClass *klass, Node *node)
{
  if (weigh (node->right) > DELTA * weigh (node->left))
    {
      if (weigh (node->right->left) >= GAMMA * weigh (node->right->right))
        node->right = rotate_right (klass, own_node (klass, node->right));
      return rotate_left (klass, node);
    }
  if (weigh (node->left) > DELTA * weigh (node->right))
    {
      if (weigh (node->left->right) >= GAMMA * weigh (node->left->left))
        node->left = rotate_left (klass, own_node (klass, node->left));
      return rotate_right (klass, node);
    }
  update (node);
  return node;
}

static Node *
insert (const KutipOrderTreeClass *klass, Node *node, gpointer item)
{
  int order;

  if (node == NULL)
    return create_node (klass, item);

  node = own_node (klass, node);
  order = klass->compare (item, node->item);
  g_assert (order != 0);
  if (order < 0)
    node->left = insert (klass, node->left, item);
  else
    node->right = insert (klass, node->right, item);
  return balance (klass, node);
}

/* Takes the first node out of the subtree, owned and alone, into *@first. */
static Node *
take_first (const KutipOrderTreeClass *klass, Node *node, Node **first)
{
  node = own_node (klass, node);
  if (node->left == NULL)
    {
      Node *rest = g_steal_pointer (&node->right);

      *first = node;
      return rest;
    }
  node->left = take_first (klass, node->left, first);
  return balance (klass, node);
}

/* What is left of an owned node without itself. */
static Node *
join_children (const KutipOrderTreeClass *klass, Node *node)
{
  Node *left = g_steal_pointer (&node->left);
  Node *right = g_steal_pointer (&node->right);
  Node *joined;

  unref_node (klass, node);
  if (left == NULL || right == NULL)
    return left != NULL ? left : right;
  right = take_first (klass, right, &joined);
  joined->left = left;
  joined->right = right;
  return balance (klass, joined);
}

static Node *
remove_item (const KutipOrderTreeClass *klass, Node *node, gconstpointer item)
{
  int order;

  g_assert (node != NULL);
  node = own_node (klass, node);
  order = klass->compare (item, node->item);
  if (order == 0)
    return join_children (klass, node);
  if (order < 0)
    node->left = remove_item (klass, node->left, item);
  else
    node->right = remove_item (klass, node->right, item);
  return balance (klass, node);
}

/* Of items[start] to items[end - 1], which are in order. */
static Node *
build (const KutipOrderTreeClass *klass, gpointer *items, guint start, guint end)
{
  guint middle = start + (end - start) / 2;
  Node *node;

  if (start == end)
    return NULL;
  node = create_node (klass, items[middle]);
  node->left = build (klass, items, start, middle);
  node->right = build (klass, items, middle + 1, end);
  update (node);
  return node;
}

static int
compare_pointed (gconstpointer a, gconstpointer b, gpointer klass)
{
  return ((const KutipOrderTreeClass *) klass)
      ->compare (*(gconstpointer *) a, *(gconstpointer *) b);
}

static gboolean
is_in_order (const KutipOrderTreeClass *klass, GPtrArray *items)
{
  for (guint i = 1; i < items->len; i++)
    if (klass->compare (items->pdata[i - 1], items->pdata[i]) >= 0)
      return FALSE;
  return TRUE;
}

void
kutip_order_tree_init (KutipOrderTree *self, const KutipOrderTreeClass *klass)
{
  *self = (KutipOrderTree){ klass, NULL };
}

void
kutip_order_tree_init_copy (KutipOrderTree *self, const KutipOrderTree *other)
{
  *self = (KutipOrderTree){ other->klass, ref_node (other->root) };
}

void
kutip_order_tree_clear (KutipOrderTree *self)
{
  unref_node (self->klass, g_steal_pointer (&self->root));
}

void
kutip_order_tree_fill (KutipOrderTree *self, GPtrArray *items)
{
  g_return_if_fail (self->root == NULL);

  if (!is_in_order (self->klass, items))
    g_ptr_array_sort_with_data (items, compare_pointed, (gpointer) self->klass);
  self->root = build (self->klass, items->pdata, 0, items->len);
}

void
kutip_order_tree_add (KutipOrderTree *self, gpointer item)
{
  self->root = insert (self->klass, self->root, item);
}

void
kutip_order_tree_remove (KutipOrderTree *self, gconstpointer item)
{
  self->root = remove_item (self->klass, self->root, item);
}

void
kutip_order_tree_replace (KutipOrderTree *self, gpointer item)
{
  Node **place = &self->root;

  while (TRUE)
    {
      Node *node;
      int order;

      g_assert (*place != NULL);
      node = *place = own_node (self->klass, *place);
      order = self->klass->compare (item, node->item);
      if (order == 0)
        {
          gpointer old = node->item;

          self->klass->ref (item);
          node->item = item;
          self->klass->unref (old);
          return;
        }
      place = order < 0 ? &node->left : &node->right;
    }
}

guint
kutip_order_tree_get_n (const KutipOrderTree *self)
{
  return count (self->root);
}

gpointer
kutip_order_tree_get_nth (const KutipOrderTree *self, guint position)
{
  const Node *node = self->root;

  while (node != NULL)
    {
      guint n_left = count (node->left);

      if (position == n_left)
        return node->item;
      if (position < n_left)
        node = node->left;
      else
        {
          position -= n_left + 1;
          node = node->right;
        }
    }
  return NULL;
}

guint
kutip_order_tree_count_before (const KutipOrderTree *self,
                               KutipOrderTreeFunc is_before,
                               gconstpointer data)
{
  const Node *node = self->root;
  guint n = 0;

  while (node != NULL)
    {
      if (!is_before (node->item, data))
        node = node->left;
      else
        {
          n += count (node->left) + 1;
          node = node->right;
        }
    }
  return n;
}

guint
kutip_order_tree_get_position (const KutipOrderTree *self, gconstpointer item)
{
  const Node *node = self->root;
  guint n = 0;

  while (node != NULL)
    {
      if (self->klass->compare (item, node->item) <= 0)
        node = node->left;
      else
        {
          n += count (node->left) + 1;
          node = node->right;
        }
    }
  return n;
}

static void
foreach_in (const Node *node, GFunc func, gpointer data)
{
  if (node == NULL)
    return;
  foreach_in (node->left, func, data);
  func (node->item, data);
  foreach_in (node->right, func, data);
}

void
kutip_order_tree_foreach (const KutipOrderTree *self, GFunc func, gpointer data)
{
  foreach_in (self->root, func, data);
}
