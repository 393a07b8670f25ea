/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/attributes.h"
#include "model/block.h"
#include "model/relation.h"
#include "model/span.h"

#include <string.h>

/* More than a thread keeps of one class. */
#define MANY 1000

/* All of them at once, each full of its own byte: none lies in another. */
static void
test_blocks_do_not_overlap (void)
{
  static guchar *blocks[MANY];

  for (gsize size = 1; size <= 600; size += 7)
    {
      /* In the second round they are those of the first. */
      for (guint round = 0; round < 2; round++)
        {
          for (guint i = 0; i < MANY; i++)
            {
              blocks[i] = kutip_block_take (size);
              g_assert_cmpuint (GPOINTER_TO_SIZE (blocks[i]) % sizeof (gpointer), ==, 0);
              memset (blocks[i], (int) (i % 251), size);
            }
          for (guint i = 0; i < MANY; i++)
            {
              for (gsize at = 0; at < size; at++)
                g_assert_cmpuint (blocks[i][at], ==, i % 251);
              kutip_block_give (blocks[i], size);
            }
        }
    }
}

/* A block that was kept is large enough for every size of its class. */
static void
test_sizes_of_one_class (void)
{
  for (gsize given = 1; given < 300; given++)
    for (gsize taken = given > 20 ? given - 20 : 1; taken < given + 20; taken++)
      {
        guchar *other = NULL;
        guchar *block = kutip_block_take (given);

        memset (block, 1, given);
        kutip_block_give (block, given);
        block = kutip_block_take (taken);
        other = kutip_block_take (taken);
        memset (block, 2, taken);
        memset (other, 3, taken);
        g_assert_cmpuint (block[taken - 1], ==, 2);
        kutip_block_give (block, taken);
        kutip_block_give (other, taken);
      }
}

static KutipSpan *
make_span (guint i)
{
  g_autofree char *id = g_strdup_printf ("T%u", i * 37);
  g_autofree char *note = i % 3 == 0 ? g_strnfill (i % 90, 'n') : NULL;
  g_autoptr (KutipAttributes) attributes =
      i % 2 == 0 ? kutip_attributes_with_string (NULL, "Certainty", id) : NULL;
  KutipRange ranges[] = { { i, i + 2 }, { i + 5, i + 6 } };
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;

  fields.id = id;
  fields.label = "Claim";
  fields.ranges = ranges;
  fields.n_ranges = 1 + i % 2;
  fields.attributes = attributes;
  fields.note = note;
  fields.created = i % 5 == 0 ? "2026-01-02T03:04:05Z" : NULL;
  fields.modified = i % 7 == 0 ? "2026-01-02T03:04:06Z" : NULL;
  fields.origin_by = i % 11 == 0 ? "somebody" : NULL;
  return kutip_span_new (&fields);
}

static KutipRelation *
make_relation (guint i)
{
  g_autofree char *id = g_strdup_printf ("R%u", i * 41);
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;

  fields.id = id;
  fields.label = "said by";
  fields.from = "T1";
  fields.to = id;
  fields.note = i % 3 == 0 ? "a note" : NULL;
  fields.created = i % 5 == 0 ? "2026-01-02T03:04:05Z" : NULL;
  fields.modified = i % 7 == 0 ? "2026-01-02T03:04:06Z" : NULL;
  fields.event = i % 11 == 0 ? "E1" : NULL;
  return kutip_relation_new (&fields);
}

typedef struct
{
  GPtrArray *spans, *relations;
} Batch;

static gpointer
make_batch (gpointer data)
{
  Batch *batch = g_new (Batch, 1);

  batch->spans = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_span_unref);
  batch->relations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_relation_unref);
  for (guint i = 0; i < MANY; i++)
    {
      g_ptr_array_add (batch->spans, make_span (i));
      g_ptr_array_add (batch->relations, make_relation (i));
    }
  return batch;
}

static void
check_and_free (Batch *batch)
{
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (KutipSpan) span = make_span (i);
      KutipRelation *relation = make_relation (i);

      g_assert_true (kutip_span_equal (span, g_ptr_array_index (batch->spans, i)));
      g_assert_true (
          kutip_relation_equal (relation, g_ptr_array_index (batch->relations, i)));
      kutip_relation_unref (relation);
    }
  g_ptr_array_unref (batch->spans);
  g_ptr_array_unref (batch->relations);
  g_free (batch);
}

/* As in a conversion: threads make what others free, and end before it. */
static void
test_things_outlive_threads (void)
{
  for (guint round = 0; round < 3; round++)
    {
      GThread *threads[4];

      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new (NULL, make_batch, NULL);
      check_and_free (make_batch (NULL));
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        check_and_free (g_thread_join (threads[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/block/do-not-overlap", test_blocks_do_not_overlap);
  g_test_add_func ("/block/sizes-of-one-class", test_sizes_of_one_class);
  g_test_add_func ("/block/things-outlive-threads", test_things_outlive_threads);
  return g_test_run ();
}
