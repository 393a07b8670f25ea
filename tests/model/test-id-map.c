/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/id-map.h"

#include "fixture.h"
#include "model/id.h"

static const char *
get_span_id (gpointer item)
{
  return kutip_span_get_id (item);
}

static gpointer
ref_span (gpointer item)
{
  return kutip_span_ref (item);
}

static void
unref_span (gpointer item)
{
  kutip_span_unref (item);
}

/* All ids collide in the first round of twelve levels, and many in the second. */
static guint64
weak_hash (const char *id, guint round)
{
  if (round == 0)
    return 42;
  return round == 1 ? kutip_id_get_number (id) % 7 : kutip_id_hash (id, round);
}

static const KutipIdMapClass span_class = { get_span_id, ref_span, unref_span,
                                            kutip_id_hash };
static const KutipIdMapClass weak_class = { get_span_id, ref_span, unref_span,
                                            weak_hash };

static void
count_item (gpointer item, gpointer n)
{
  ++*(guint *) n;
}

static void
assert_agrees (const KutipIdMap *map, GHashTable *reference, guint n_ids)
{
  guint n = 0;

  g_assert_cmpuint (map->n_items, ==, g_hash_table_size (reference));
  kutip_id_map_foreach (map, count_item, &n);
  g_assert_cmpuint (n, ==, map->n_items);
  for (guint i = 0; i < n_ids; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      g_assert_true (kutip_id_map_lookup (map, id) ==
                     g_hash_table_lookup (reference, id));
    }
}

static GHashTable *
copy_table (GHashTable *table)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref_span);
  GHashTableIter iter;
  gpointer id, span;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &id, &span))
    g_hash_table_insert (copy, (gpointer) kutip_span_get_id (span),
                         kutip_span_ref (span));
  return copy;
}

/* With some of the ids. */
static void
fill (KutipIdMap *map, GHashTable *reference, guint n_ids, GRand *random)
{
  g_autoptr (GPtrArray) spans = g_ptr_array_new ();

  for (guint i = 0; i < n_ids; i++)
    if (g_rand_boolean (random))
      {
        g_autofree char *id = g_strdup_printf ("s%u", i);
        KutipSpan *span = fixture_span (id, "quote", i, i + 1);

        g_ptr_array_add (spans, span);
        g_hash_table_insert (reference, (gpointer) kutip_span_get_id (span), span);
      }
  kutip_id_map_fill (map, spans->pdata, spans->len);
  assert_agrees (map, reference, n_ids);
}

static void
run_at_random (const KutipIdMapClass *klass,
               gboolean is_filled,
               guint n_ids,
               guint n_steps,
               guint32 seed)
{
  g_autoptr (GRand) random = fixture_random (seed);
  g_autoptr (GHashTable) reference =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref_span);
  g_autoptr (GHashTable) old_reference = NULL;
  KutipIdMap map;
  KutipIdMap old;

  kutip_id_map_init (&map, klass);
  if (is_filled)
    fill (&map, reference, n_ids, random);
  for (guint i = 0; i < n_steps; i++)
    {
      g_autofree char *id =
          g_strdup_printf ("s%u", (guint) g_rand_int_range (random, 0, (gint32) n_ids));

      if (g_rand_int_range (random, 0, 10) < 6)
        {
          KutipSpan *span = fixture_span (id, "quote", i, i + 1);

          kutip_id_map_set (&map, span);
          g_hash_table_replace (reference, (gpointer) kutip_span_get_id (span), span);
        }
      else
        g_assert_cmpint (kutip_id_map_remove (&map, id), ==,
                         g_hash_table_remove (reference, id));
      if (i == n_steps / 2)
        {
          old_reference = copy_table (reference);
          kutip_id_map_init_copy (&old, &map);
        }
    }
  assert_agrees (&map, reference, n_ids);
  assert_agrees (&old, old_reference, n_ids);
  kutip_id_map_clear (&map);
  assert_agrees (&old, old_reference, n_ids);
  kutip_id_map_clear (&old);
}

static void
test_random (void)
{
  run_at_random (&span_class, FALSE, 3000, 30000, 20260102);
}

static void
test_collisions (void)
{
  run_at_random (&weak_class, FALSE, 60, 3000, 20260103);
}

/* What was put in at once goes on like any other map. */
static void
test_fill (void)
{
  for (guint n_ids = 1; n_ids < 6; n_ids++)
    run_at_random (&span_class, TRUE, n_ids, 50, 20260104 + n_ids);
  run_at_random (&span_class, TRUE, 3000, 30000, 20260110);
  run_at_random (&weak_class, TRUE, 60, 3000, 20260111);
}

static void
test_empty (void)
{
  KutipIdMap map;
  KutipIdMap copy;
  guint n = 0;

  kutip_id_map_init (&map, &span_class);
  kutip_id_map_fill (&map, NULL, 0);
  kutip_id_map_init_copy (&copy, &map);
  g_assert_null (kutip_id_map_lookup (&map, "s1"));
  g_assert_false (kutip_id_map_remove (&map, "s1"));
  kutip_id_map_foreach (&map, count_item, &n);
  g_assert_cmpuint (n, ==, 0);
  kutip_id_map_clear (&copy);
  kutip_id_map_clear (&map);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id-map/random", test_random);
  g_test_add_func ("/id-map/collisions", test_collisions);
  g_test_add_func ("/id-map/fill", test_fill);
  g_test_add_func ("/id-map/empty", test_empty);
  return g_test_run ();
}
