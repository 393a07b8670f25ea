/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "fixture.h"
#include "random-edit.h"

#include <string.h>

/* Ten thousand random edits on random articles. The layer's answers are compared with
 * those of a plain list that follows the document by its signal alone, as a view does;
 * then undo and redo. */

#define N_ARTICLES 10
#define N_EDITS 1000

/* All that the document ever said is here. */
typedef struct
{
  GHashTable *spans;     /* id -> KutipSpan */
  GHashTable *relations; /* id -> KutipRelation */
  KutipHeader *header;
} Follower;

static void
follow_edit (Follower *follower, const KutipEdit *edit)
{
  switch (edit->kind)
    {
    case KUTIP_EDIT_SPAN:
      if (edit->before != NULL)
        g_assert_true (
            g_hash_table_remove (follower->spans, kutip_span_get_id (edit->before)));
      if (edit->after != NULL)
        g_assert_true (g_hash_table_insert (follower->spans,
                                            g_strdup (kutip_span_get_id (edit->after)),
                                            kutip_span_ref (edit->after)));
      break;
    case KUTIP_EDIT_RELATION:
      if (edit->before != NULL)
        g_assert_true (g_hash_table_remove (follower->relations,
                                            kutip_relation_get_id (edit->before)));
      if (edit->after != NULL)
        g_assert_true (g_hash_table_insert (
            follower->relations, g_strdup (kutip_relation_get_id (edit->after)),
            kutip_relation_ref (edit->after)));
      break;
    case KUTIP_EDIT_HEADER:
      g_assert_true (kutip_header_equal (follower->header, edit->before));
      kutip_header_unref (follower->header);
      follower->header = kutip_header_ref (edit->after);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
on_changed (KutipDocument *document,
            KutipChange *change,
            KutipDirection direction,
            Follower *follower)
{
  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    follow_edit (follower, kutip_change_get_nth_edit (change, i));
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  return kutip_span_compare ((KutipSpan *) a, (KutipSpan *) b);
}

static void
assert_order (KutipLayer *layer, GList *spans)
{
  guint i = 0;

  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, g_list_length (spans));
  for (GList *l = spans; l != NULL; l = l->next, i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);
      guint position = G_MAXUINT;

      g_assert_true (kutip_span_equal (span, l->data));
      g_assert_true (kutip_layer_get_span (layer, kutip_span_get_id (span)) == span);
      g_assert_true (kutip_layer_get_position (layer, span, &position));
      g_assert_cmpuint (position, ==, i);
    }
}

/* Whether one of the span's ranges shares a code point with [start, end). */
static gboolean
lies_in (KutipSpan *span, KutipRange query)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    if (kutip_range_overlaps (ranges[i], query))
      return TRUE;
  return FALSE;
}

static void
assert_place (KutipLayer *layer, GList *spans, KutipRange query)
{
  g_autoptr (GPtrArray) hits = kutip_layer_list_spans_in (layer, query);
  guint n = 0;

  for (GList *l = spans; l != NULL; l = l->next)
    if (lies_in (l->data, query))
      {
        n++;
        g_assert_true (g_ptr_array_find_with_equal_func (
            hits, l->data, (GEqualFunc) kutip_span_equal, NULL));
      }
  g_assert_cmpuint (hits->len, ==, n);
}

static void
assert_labels (KutipLayer *layer, GList *spans)
{
  static const char *const labels[] = { "claim", "quote", "source", "cue", "unheard-of" };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      guint n = 0;

      for (GList *l = spans; l != NULL; l = l->next)
        n += strcmp (kutip_span_get_label (l->data), labels[i]) == 0;
      g_assert_cmpuint (kutip_layer_count_label (layer, labels[i]), ==, n);
    }
}

/* Each relation is here, is listed at both its ends, and both are here. */
static void
assert_relations (KutipLayer *layer, Follower *follower)
{
  GHashTableIter iter;
  gpointer id, relation;
  guint n_ends = 0;
  guint n_listed = 0;

  g_assert_cmpuint (kutip_layer_get_n_relations (layer), ==,
                    g_hash_table_size (follower->relations));
  g_hash_table_iter_init (&iter, follower->relations);
  while (g_hash_table_iter_next (&iter, &id, &relation))
    {
      const char *from = kutip_relation_get_from (relation);
      const char *to = kutip_relation_get_to (relation);

      g_assert_true (
          kutip_relation_equal (kutip_layer_get_relation (layer, id), relation));
      g_assert_nonnull (kutip_layer_get_span (layer, from));
      g_assert_nonnull (kutip_layer_get_span (layer, to));
      n_ends += strcmp (from, to) == 0 ? 1 : 2;
    }
  g_hash_table_iter_init (&iter, follower->spans);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GPtrArray) relations = kutip_layer_list_relations_of (layer, id);

      n_listed += relations->len;
    }
  g_assert_cmpuint (n_listed, ==, n_ends);
}

static void
assert_agrees (KutipDocument *document, Follower *follower, GRand *random)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  guint length = kutip_article_get_length (kutip_document_get_article (document));
  g_autoptr (GList) spans =
      g_list_sort (g_hash_table_get_values (follower->spans), compare_spans);

  assert_order (layer, spans);
  assert_labels (layer, spans);
  assert_relations (layer, follower);
  g_assert_true (kutip_header_equal (kutip_layer_get_header (layer), follower->header));
  for (guint i = 0; i < 10; i++)
    {
      guint start = (guint) g_rand_int_range (random, 0, (gint32) length);
      guint n = (guint) g_rand_int_range (random, 1, (gint32) length);

      assert_place (layer, spans, (KutipRange){ start, start + n });
    }
}

/* A snapshot, and what it showed when it was taken. */
typedef struct
{
  KutipLayer *snapshot;
  char *description;
} Photograph;

static void
take_photograph (KutipDocument *document, GArray *photographs)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  Photograph photograph = { kutip_layer_snapshot (layer), fixture_describe (layer) };

  g_array_append_val (photographs, photograph);
}

static void
check_photographs (GArray *photographs)
{
  for (guint i = 0; i < photographs->len; i++)
    {
      Photograph *photograph = &g_array_index (photographs, Photograph, i);
      g_autofree char *description = fixture_describe (photograph->snapshot);

      g_assert_cmpstr (description, ==, photograph->description);
      g_object_unref (photograph->snapshot);
      g_free (photograph->description);
    }
}

static guint
undo_all (KutipDocument *document)
{
  guint n = 0;

  while (kutip_document_undo (document))
    n++;
  return n;
}

static guint
redo_all (KutipDocument *document)
{
  guint n = 0;

  while (kutip_document_redo (document))
    n++;
  return n;
}

/* Back and forth over everything, and a walk at random in between. */
static void
travel (KutipDocument *document, KutipLayer *start, Follower *follower, GRand *random)
{
  KutipLayer *layer = kutip_document_get_layer (document);
  guint n = kutip_history_get_n_changes (kutip_document_get_history (document));
  g_autoptr (KutipLayer) end = NULL;
  guint64 end_state;

  redo_all (document);
  end = kutip_layer_snapshot (layer);
  end_state = kutip_document_get_state (document);
  g_assert_cmpuint (undo_all (document), ==, n);
  g_assert_true (kutip_layer_equal (layer, start));
  g_assert_false (kutip_document_is_modified (document));
  assert_agrees (document, follower, random);

  g_assert_cmpuint (redo_all (document), ==, n);
  g_assert_true (kutip_layer_equal (layer, end));
  g_assert_true (kutip_document_get_state (document) == end_state);
  assert_agrees (document, follower, random);

  for (guint i = 0; i < 200; i++)
    if (g_rand_boolean (random))
      kutip_document_undo (document);
    else
      kutip_document_redo (document);
  assert_agrees (document, follower, random);
  redo_all (document);
  g_assert_true (kutip_layer_equal (layer, end));
}

static void
annotate_article (guint32 seed)
{
  g_autoptr (GRand) random = fixture_random (seed);
  g_autoptr (KutipDocument) document =
      fixture_document ((guint) g_rand_int_range (random, 100, 3000));
  KutipLayer *layer = kutip_document_get_layer (document);
  g_autoptr (KutipLayer) start = kutip_layer_snapshot (layer);
  g_autoptr (GArray) photographs = g_array_new (FALSE, FALSE, sizeof (Photograph));
  Follower follower = {
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                           (GDestroyNotify) kutip_span_unref),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                           (GDestroyNotify) kutip_relation_unref),
    kutip_header_ref (kutip_layer_get_header (layer)),
  };
  guint n_edits = 0;

  g_signal_connect (document, "changed", G_CALLBACK (on_changed), &follower);
  while (n_edits < N_EDITS)
    {
      n_edits += random_edit (document, random);
      if (g_rand_int_range (random, 0, 20) == 0)
        kutip_document_undo (document);
      if (n_edits % 50 == 0)
        assert_agrees (document, &follower, random);
      if (g_rand_int_range (random, 0, 100) == 0)
        take_photograph (document, photographs);
    }
  travel (document, start, &follower, random);
  check_photographs (photographs);
  g_hash_table_unref (follower.spans);
  g_hash_table_unref (follower.relations);
  kutip_header_unref (follower.header);
}

static void
test_random_edits (void)
{
  for (guint32 i = 0; i < rounds (N_ARTICLES); i++)
    annotate_article (20260200 + i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random-edits", test_random_edits);
  return g_test_run ();
}
