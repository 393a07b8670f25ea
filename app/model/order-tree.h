/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Things in an order of their own, to be found by position: a persistent weight-balanced
 * tree, as the one of model/span-tree.h. Adding, removing and finding take O(log n);
 * copying takes O(1), and the copy may be read and changed in another thread: nodes that
 * two trees share are copied before they are changed. The tree holds a reference to its
 * items. */

/* What the items are. The order is total: no two items of a tree are equal. */
typedef struct
{
  int (*compare) (gconstpointer a, gconstpointer b);
  void (*ref) (gpointer item);
  void (*unref) (gpointer item);
} KutipOrderTreeClass;

typedef struct
{
  const KutipOrderTreeClass *klass;
  struct _KutipOrderTreeNode *root;
} KutipOrderTree;

void kutip_order_tree_init (KutipOrderTree *self, const KutipOrderTreeClass *klass);
void kutip_order_tree_init_copy (KutipOrderTree *self, const KutipOrderTree *other);
void kutip_order_tree_clear (KutipOrderTree *self);
/* Many at once, in any order, into an empty tree: O(n) when they are in order. Sorts
 * @items. */
void kutip_order_tree_fill (KutipOrderTree *self, GPtrArray *items);

/* The item is not there yet. */
void kutip_order_tree_add (KutipOrderTree *self, gpointer item);
/* The item, or one that is equal, is there. */
void kutip_order_tree_remove (KutipOrderTree *self, gconstpointer item);
/* Puts the item into the place of the one that is equal. */
void kutip_order_tree_replace (KutipOrderTree *self, gpointer item);

guint kutip_order_tree_get_n (const KutipOrderTree *self);
/* Borrowed; NULL past the end. */
gpointer kutip_order_tree_get_nth (const KutipOrderTree *self, guint position);
/* Says of an item whether it stands before what is looked for. */
typedef gboolean (*KutipOrderTreeFunc) (gconstpointer item, gconstpointer data);
/* How many items stand before it. */
guint kutip_order_tree_count_before (const KutipOrderTree *self,
                                     KutipOrderTreeFunc is_before,
                                     gconstpointer data);
guint kutip_order_tree_get_position (const KutipOrderTree *self, gconstpointer item);
void kutip_order_tree_foreach (const KutipOrderTree *self, GFunc func, gpointer data);

G_END_DECLS
