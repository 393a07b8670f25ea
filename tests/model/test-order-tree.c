/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/order-tree.h"

#include "fixture.h"

#include <string.h>

/* Items are numbers with a count of those who hold them. */
typedef struct
{
  guint number;
  int n_refs; /* atomic */
} Item;

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;

  return (x->number > y->number) - (x->number < y->number);
}

static void
ref_item (gpointer item)
{
  g_atomic_int_inc (&((Item *) item)->n_refs);
}

static void
unref_item (gpointer item)
{
  g_assert_cmpint (g_atomic_int_add (&((Item *) item)->n_refs, -1), >, 0);
}

static const KutipOrderTreeClass item_class = { compare_items, ref_item, unref_item };

#define N_ITEMS 400

static void
make_items (Item *items)
{
  for (guint i = 0; i < N_ITEMS; i++)
    items[i] = (Item){ i * 3, 0 };
}

/* As an array of which are there says. */
static void
assert_tree (KutipOrderTree *tree, Item *items, const gboolean *is_there)
{
  guint n = 0;

  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_assert_cmpuint (kutip_order_tree_get_position (tree, &items[i]), ==, n);
      if (!is_there[i])
        continue;
      g_assert_true (kutip_order_tree_get_nth (tree, n) == &items[i]);
      n++;
    }
  g_assert_cmpuint (kutip_order_tree_get_n (tree), ==, n);
  g_assert_null (kutip_order_tree_get_nth (tree, n));
}

static void
toggle (KutipOrderTree *tree, Item *items, gboolean *is_there, guint i)
{
  if (is_there[i])
    kutip_order_tree_remove (tree, &items[i]);
  else
    kutip_order_tree_add (tree, &items[i]);
  is_there[i] = !is_there[i];
}

/* A copy stays what it was, whatever is done to the other. */
static void
test_copies (void)
{
  g_autoptr (GRand) random = fixture_random (71);
  Item items[N_ITEMS];
  gboolean is_there[N_ITEMS] = { FALSE };
  gboolean was_there[N_ITEMS];
  KutipOrderTree tree, copy;

  make_items (items);
  kutip_order_tree_init (&tree, &item_class);
  for (guint round = 0; round < 20; round++)
    {
      kutip_order_tree_init_copy (&copy, &tree);
      memcpy (was_there, is_there, sizeof is_there);
      for (guint i = 0; i < 200; i++)
        toggle (&tree, items, is_there, (guint) g_rand_int_range (random, 0, N_ITEMS));
      assert_tree (&tree, items, is_there);
      assert_tree (&copy, items, was_there);
      kutip_order_tree_clear (&copy);
    }
  kutip_order_tree_clear (&tree);
  for (guint i = 0; i < N_ITEMS; i++)
    g_assert_cmpint (items[i].n_refs, ==, 0);
}

/* In order or not, the tree is the same. */
static void
test_fill (void)
{
  g_autoptr (GRand) random = fixture_random (72);
  Item items[N_ITEMS];
  gboolean is_there[N_ITEMS];
  KutipOrderTree tree;

  make_items (items);
  for (guint i = 0; i < N_ITEMS; i++)
    is_there[i] = TRUE;
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GPtrArray) all = g_ptr_array_new ();

      for (guint i = 0; i < N_ITEMS; i++)
        g_ptr_array_insert (
            all, round == 0 ? -1 : g_rand_int_range (random, 0, (int) i + 1), &items[i]);
      kutip_order_tree_init (&tree, &item_class);
      kutip_order_tree_fill (&tree, all);
      assert_tree (&tree, items, is_there);
      toggle (&tree, items, is_there, 17);
      assert_tree (&tree, items, is_there);
      toggle (&tree, items, is_there, 17);
      kutip_order_tree_clear (&tree);
    }
}

static void
test_replace (void)
{
  Item items[N_ITEMS];
  gboolean is_there[N_ITEMS];
  Item other = { 30, 0 };
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  KutipOrderTree tree, copy;

  make_items (items);
  for (guint i = 0; i < N_ITEMS; i++)
    {
      is_there[i] = TRUE;
      g_ptr_array_add (all, &items[i]);
    }
  kutip_order_tree_init (&tree, &item_class);
  kutip_order_tree_fill (&tree, all);
  kutip_order_tree_init_copy (&copy, &tree);
  kutip_order_tree_replace (&tree, &other);
  g_assert_true (kutip_order_tree_get_nth (&tree, 10) == &other);
  g_assert_cmpint (other.n_refs, ==, 1);
  assert_tree (&copy, items, is_there);
  kutip_order_tree_clear (&copy);
  g_assert_cmpint (items[10].n_refs, ==, 0);
  kutip_order_tree_clear (&tree);
  g_assert_cmpint (other.n_refs, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-tree/copies", test_copies);
  g_test_add_func ("/order-tree/fill", test_fill);
  g_test_add_func ("/order-tree/replace", test_replace);
  return g_test_run ();
}
