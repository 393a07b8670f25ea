/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/free-later.h"

#include <gio/gio.h>

static void
count_down (gpointer n_left, GObject *gone)
{
  --*(guint *) n_left;
}

static GPtrArray *
create_objects (guint n, guint *n_left)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      GObject *object = g_object_new (G_TYPE_OBJECT, NULL);

      g_object_weak_ref (object, count_down, n_left);
      g_ptr_array_add (objects, object);
    }
  *n_left = n;
  return objects;
}

static void
test_few (void)
{
  guint n_left;

  kutip_free_later (create_objects (100, &n_left));
  g_assert_cmpuint (n_left, ==, 0);
  kutip_free_later (create_objects (0, &n_left));
}

/* Each turn of the loop takes some, none takes a great part, and in the end all are gone.
 */
static void
test_many (void)
{
  guint n = 50000;
  guint n_left;

  kutip_free_later (create_objects (n, &n_left));
  g_assert_cmpuint (n_left, ==, n);
  while (n_left > 0)
    {
      guint before = n_left;

      g_assert_true (g_main_context_iteration (NULL, FALSE));
      g_assert_cmpuint (n_left, <, before);
      g_assert_cmpuint (before - n_left, <=, n / 20);
    }
}

/* What somebody else holds stays. */
static void
test_held (void)
{
  guint n_left;
  GPtrArray *objects = create_objects (3000, &n_left);
  GObject *held = g_object_ref (g_ptr_array_index (objects, 1));

  kutip_free_later (objects);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_left, ==, 1);
  g_object_unref (held);
  g_assert_cmpuint (n_left, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/free-later/few", test_few);
  g_test_add_func ("/free-later/many", test_many);
  g_test_add_func ("/free-later/held", test_held);
  return g_test_run ();
}
