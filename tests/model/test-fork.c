/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "model/check.h"
#include "model/reshape.h"

#include <string.h>

/* A change that is made in a fork of a document, in another thread, and taken over. */

#define N_PLACES 300

typedef struct
{
  KutipDocument *document;
  KutipCheck *check;
  KutipProgress progress;
  KutipDocument *fork;
  KutipCheck *fork_check;
  guint n_changes, n_edits; /* as the document told them */
  KutipLayer *before;       /* what it said had been before; not owned */
} Forked;

static void
on_changed (KutipDocument *document,
            KutipChange *change,
            KutipDirection direction,
            Forked *forked)
{
  forked->n_changes++;
  forked->n_edits = kutip_change_get_n_edits (change);
  forked->before = kutip_document_get_before (document);
}

static void
set_up (Forked *forked)
{
  g_autoptr (KutipSpan) span = fixture_span ("s1", "quote", 0, 5);
  g_autoptr (KutipChange) change = kutip_change_new ("Mark");
  g_autoptr (GError) error = NULL;

  *forked = (Forked){ .document = fixture_document (10 * N_PLACES) };
  kutip_change_add_span (change, NULL, span);
  g_assert_true (kutip_document_apply (forked->document, change, &error));
  g_assert_no_error (error);
  forked->check = kutip_check_new (forked->document);
  g_signal_connect (forked->document, "changed", G_CALLBACK (on_changed), forked);
}

static void
fork_it (Forked *forked)
{
  forked->progress = (KutipProgress){ 0 };
  forked->fork = kutip_document_fork (forked->document, &forked->progress);
  forked->fork_check = kutip_check_fork (forked->check, forked->fork);
}

static void
drop_fork (Forked *forked)
{
  g_clear_object (&forked->fork_check);
  g_clear_object (&forked->fork);
}

static void
tear_down (Forked *forked)
{
  drop_fork (forked);
  g_object_unref (forked->check);
  g_assert_finalize_object (forked->document);
}

/* Quotes lack an attribute and a link each: two findings. */
static gpointer
mark_all (gpointer data)
{
  Forked *forked = data;
  KutipRange places[N_PLACES];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_PLACES; i++)
    places[i] = (KutipRange){ 10 * i + 6, 10 * i + 9 };
  kutip_reshape_mark_all (forked->fork, "quote", places, N_PLACES, NULL, &error);
  return g_steal_pointer (&error);
}

static gpointer
undo (gpointer data)
{
  g_assert_true (kutip_document_undo (((Forked *) data)->fork));
  return NULL;
}

static GError *
work (Forked *forked, GThreadFunc func)
{
  return g_thread_join (g_thread_new ("work", func, forked));
}

static gboolean
join (Forked *forked, GError **error)
{
  gboolean joined;

  kutip_check_expect (forked->check, forked->fork_check);
  joined = kutip_document_join (forked->document, forked->fork, error);
  kutip_check_expect (forked->check, NULL);
  return joined;
}

static guint
count_spans (KutipDocument *document)
{
  return kutip_layer_get_n_spans (kutip_document_get_layer (document));
}

/* What a check says that looks at all of it anew. */
static void
assert_check (Forked *forked)
{
  g_autoptr (KutipCheck) anew = kutip_check_new (forked->document);
  g_autoptr (GArray) expected = kutip_check_list (anew);
  g_autoptr (GArray) found = kutip_check_list (forked->check);

  g_assert_cmpuint (found->len, ==, expected->len);
  for (guint i = 0; i < found->len; i++)
    {
      const KutipFinding *a = &g_array_index (found, KutipFinding, i);
      const KutipFinding *b = &g_array_index (expected, KutipFinding, i);

      g_assert_cmpuint (a->kind, ==, b->kind);
      g_assert_cmpstr (a->id, ==, b->id);
    }
}

/* Nothing of it is seen before, and all of it, as one, afterwards; so for undo. */
static void
test_join (void)
{
  Forked forked;
  g_autoptr (GError) error = NULL;

  set_up (&forked);
  fork_it (&forked);
  g_assert_null (work (&forked, mark_all));
  g_assert_cmpuint (count_spans (forked.document), ==, 1);
  g_assert_cmpuint (kutip_check_get_n_findings (forked.check), ==, 2);
  g_assert_cmpfloat (kutip_progress_get_fraction (&forked.progress), >, 0.999);
  g_assert_true (join (&forked, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_spans (forked.document), ==, N_PLACES + 1);
  g_assert_cmpuint (forked.n_changes, ==, 1);
  g_assert_cmpuint (forked.n_edits, ==, N_PLACES);
  g_assert_nonnull (forked.before);
  g_assert_null (kutip_document_get_before (forked.document));
  g_assert_cmpuint (kutip_check_get_n_findings (forked.check), ==, 2 * (N_PLACES + 1));
  assert_check (&forked);
  drop_fork (&forked);

  fork_it (&forked);
  g_assert_null (work (&forked, undo));
  g_assert_true (join (&forked, &error));
  g_assert_cmpuint (count_spans (forked.document), ==, 1);
  assert_check (&forked);
  drop_fork (&forked);
  g_assert_true (kutip_document_redo (forked.document));
  g_assert_cmpuint (count_spans (forked.document), ==, N_PLACES + 1);
  assert_check (&forked);
  g_assert_true (kutip_document_undo (forked.document));
  g_assert_true (kutip_document_undo (forked.document));
  g_assert_cmpuint (count_spans (forked.document), ==, 0);
  g_assert_false (kutip_document_undo (forked.document));
  tear_down (&forked);
}

/* A document that has changed meanwhile stays as it is. */
static void
test_stale (void)
{
  Forked forked;
  g_autoptr (GError) error = NULL;

  set_up (&forked);
  fork_it (&forked);
  g_assert_null (work (&forked, mark_all));
  g_assert_true (kutip_document_undo (forked.document));
  g_assert_false (join (&forked, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_STALE);
  g_assert_cmpuint (count_spans (forked.document), ==, 0);
  assert_check (&forked);
  tear_down (&forked);
}

static void
test_stopped (void)
{
  Forked forked;
  g_autoptr (GError) error = NULL;

  set_up (&forked);
  fork_it (&forked);
  g_atomic_int_set (&forked.progress.is_cancelled, TRUE);
  error = work (&forked, mark_all);
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_CANCELLED);
  g_assert_cmpuint (count_spans (forked.document), ==, 1);
  tear_down (&forked);
}

/* Others wait until it is done. */
static void
test_busy (void)
{
  Forked forked;
  g_autoptr (KutipSpan) span = fixture_span ("s2", "quote", 0, 5);
  g_autoptr (KutipChange) change = kutip_change_new ("Mark");
  g_autoptr (GError) error = NULL;

  set_up (&forked);
  kutip_change_add_span (change, NULL, span);
  kutip_document_set_busy (forked.document, "Mark All");
  g_assert_cmpstr (kutip_document_get_busy (forked.document), ==, "Mark All");
  g_assert_false (kutip_document_apply (forked.document, change, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "Mark All"));
  g_clear_error (&error);
  g_assert_false (kutip_document_undo (forked.document));
  kutip_document_set_busy (forked.document, NULL);
  g_assert_true (kutip_document_apply (forked.document, change, &error));
  g_assert_true (kutip_document_undo (forked.document));
  tear_down (&forked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fork/join", test_join);
  g_test_add_func ("/fork/stale", test_stale);
  g_test_add_func ("/fork/stopped", test_stopped);
  g_test_add_func ("/fork/busy", test_busy);
  return g_test_run ();
}
