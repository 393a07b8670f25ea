/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "model/finding-lists.h"

#include "fixture.h"
#include "model/annotate.h"
#include "model/check.h"
#include "random-edit.h"

#include <time.h>

/* What a listener knows who only hears of changes: each list as it was told. */
typedef struct
{
  KutipCheck *check;
  GPtrArray *lists[KUTIP_N_FINDING_LISTS]; /* of strings */
  guint n_signals;
} Follower;

static char *
describe_nth (KutipCheck *check, guint list, guint position)
{
  KutipFinding finding;

  g_assert_true (kutip_check_get_nth (check, list, position, &finding));
  return g_strdup_printf ("%u %s %s", finding.kind, finding.id, finding.name);
}

static void
on_items_changed (KutipCheck *check,
                  guint list,
                  guint position,
                  guint removed,
                  guint added,
                  Follower *self)
{
  GPtrArray *known = self->lists[list];

  self->n_signals++;
  g_assert_cmpuint (position + removed, <=, known->len);
  g_assert_cmpuint (kutip_check_count (check, list), ==, known->len - removed + added);
  if (removed > 0)
    g_ptr_array_remove_range (known, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (known, (int) (position + i),
                        describe_nth (check, list, position + i));
}

static void
start_following (Follower *self, KutipCheck *check)
{
  self->check = check;
  self->n_signals = 0;
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    {
      self->lists[i] = g_ptr_array_new_with_free_func (g_free);
      for (guint j = 0; j < kutip_check_count (check, i); j++)
        g_ptr_array_add (self->lists[i], describe_nth (check, i, j));
    }
  g_signal_connect (check, "items-changed", G_CALLBACK (on_items_changed), self);
}

static void
stop_following (Follower *self)
{
  g_signal_handlers_disconnect_by_data (self->check, self);
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    g_ptr_array_unref (self->lists[i]);
}

static void
assert_same (Follower *self, KutipCheck *fresh)
{
  for (guint i = 0; i < KUTIP_N_FINDING_LISTS; i++)
    {
      g_assert_cmpuint (kutip_check_count (fresh, i), ==, self->lists[i]->len);
      for (guint j = 0; j < self->lists[i]->len; j++)
        {
          g_autofree char *expected = describe_nth (fresh, i, j);

          g_assert_cmpstr (g_ptr_array_index (self->lists[i], j), ==, expected);
        }
    }
}

static void
edit (KutipDocument *document, GRand *random)
{
  if (g_rand_int_range (random, 0, 5) == 0)
    kutip_document_undo (document);
  else if (g_rand_int_range (random, 0, 10) == 0)
    kutip_document_redo (document);
  else
    random_edit (document, random);
}

/* Whoever follows the signals knows what is there, whatever is edited. */
static void
test_follow (void)
{
  g_autoptr (GRand) random = fixture_random (20261122);
  g_autoptr (KutipDocument) document = fixture_document (500);
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  Follower follower;

  start_following (&follower, check);
  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr (KutipCheck) fresh = NULL;

      edit (document, random);
      if (i % 10 != 0)
        continue;
      fresh = kutip_check_new (document);
      assert_same (&follower, fresh);
    }
  g_assert_cmpuint (follower.n_signals, >, 500);
  stop_following (&follower);
}

static void
mark_many (KutipDocument *document, guint n, gboolean unsure)
{
  g_autoptr (KutipChange) change = kutip_change_new ("Many");

  for (guint i = 0; i < n; i++)
    {
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange range = { i, i + 1 };
      g_autofree char *id =
          kutip_layer_make_id (kutip_document_get_layer (document), "s");
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = "source";
      fields.ranges = &range;
      fields.n_ranges = 1;
      fields.unsure = unsure;
      span = kutip_span_new (&fields);
      kutip_change_add_span (change, NULL, span);
    }
  g_assert_true (kutip_document_apply (document, change, NULL));
}

static void
assert_told (Follower *follower, KutipDocument *document, guint n_signals, guint n_unsure)
{
  g_autoptr (KutipCheck) fresh = kutip_check_new (document);

  g_assert_cmpuint (follower->n_signals, ==, n_signals);
  g_assert_cmpuint (kutip_check_count (follower->check, KUTIP_FINDING_UNSURE), ==,
                    n_unsure);
  assert_same (follower, fresh);
}

/* Many at once are told as one, of each list that they are in: most of what there is, or
 * some of it. */
static void
test_many (void)
{
  g_autoptr (KutipDocument) document = fixture_document (500);
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  Follower follower;

  start_following (&follower, check);
  mark_many (document, 400, TRUE);
  assert_told (&follower, document, 2, 400);
  mark_many (document, 80, TRUE);
  assert_told (&follower, document, 4, 480);
  mark_many (document, 70, FALSE);
  assert_told (&follower, document, 4, 480);
  kutip_document_undo (document);
  kutip_document_undo (document);
  assert_told (&follower, document, 6, 400);
  kutip_document_undo (document);
  assert_told (&follower, document, 8, 0);
  g_assert_cmpuint (kutip_check_get_n_findings (check), ==, 0);
  stop_following (&follower);
}

/* A finding that is still the same is not told as another. */
static void
test_refresh (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  KutipLayer *layer = kutip_document_get_layer (document);
  Follower follower;

  mark_many (document, 3, TRUE);
  start_following (&follower, check);
  kutip_annotate_set_note (document, kutip_layer_get_nth_span (layer, 1), "hm", NULL);
  g_assert_cmpuint (follower.n_signals, ==, 2); /* nothing removed, nothing added */
  g_assert_cmpuint (follower.lists[KUTIP_FINDING_UNSURE]->len, ==, 3);
  stop_following (&follower);
}

static void
test_places (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  KutipLayer *layer = kutip_document_get_layer (document);
  KutipFinding finding;
  guint position;

  mark_many (document, 10, TRUE);
  kutip_annotate_set_unsure (document, kutip_layer_get_nth_span (layer, 4), FALSE, NULL);
  g_assert_cmpuint (kutip_check_count (check, KUTIP_FINDING_UNSURE), ==, 9);
  for (guint i = 0; i < 10; i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);
      const char *id = kutip_span_get_id (span);
      guint before = i <= 4 ? i : i - 1;

      g_assert_cmpuint (kutip_check_count_before (check, KUTIP_FINDING_UNSURE, span), ==,
                        before);
      g_assert_cmpuint (kutip_check_count_before (check, KUTIP_FINDINGS_TO_DO, span), ==,
                        before);
      g_assert_cmpuint (kutip_check_count_before (check, KUTIP_FINDING_ORPHAN, span), ==,
                        0);
      if (i == 4)
        {
          g_assert_false (kutip_check_find (check, KUTIP_FINDING_UNSURE, id, &position));
          continue;
        }
      g_assert_true (kutip_check_find (check, KUTIP_FINDING_UNSURE, id, &position));
      g_assert_cmpuint (position, ==, before);
      g_assert_true (
          kutip_check_get_nth (check, KUTIP_FINDING_UNSURE, position, &finding));
      g_assert_true (kutip_check_get_span (check, &finding) == span);
    }
  g_assert_false (kutip_check_get_nth (check, KUTIP_FINDING_UNSURE, 9, &finding));
}

/* The thread's own seconds for some edits with @n things left to do: whatever else the
 * machine does. */
static double
time_edits (guint n)
{
  g_autoptr (KutipDocument) document = fixture_document (n + 10);
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  KutipLayer *layer = kutip_document_get_layer (document);
  struct timespec start, end;
  KutipFinding finding;

  mark_many (document, n, TRUE);
  g_assert_cmpuint (kutip_check_get_n_findings (check), ==, n);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &start);
  for (guint i = 0; i < 400; i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, (i * 7919) % n);

      kutip_annotate_set_unsure (document, span, !kutip_span_is_unsure (span), NULL);
      kutip_check_get_nth (check, KUTIP_FINDINGS_TO_DO, i, &finding);
    }
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &end);
  return (double) (end.tv_sec - start.tv_sec) +
         (double) (end.tv_nsec - start.tv_nsec) * 1e-9;
}

/* An edit costs no walk over all that is left to do: that would be a thousand times as
 * much here. */
static void
test_speed (void)
{
  double few = time_edits (100), many = time_edits (rounds (100000));

  g_test_message ("400 edits: %.1f ms with few findings, %.1f ms with many", few * 1e3,
                  many * 1e3);
  g_assert_cmpfloat (many, <, few * 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finding-lists/follow", test_follow);
  g_test_add_func ("/finding-lists/many", test_many);
  g_test_add_func ("/finding-lists/refresh", test_refresh);
  g_test_add_func ("/finding-lists/places", test_places);
  g_test_add_func ("/finding-lists/speed", test_speed);
  return g_test_run ();
}
