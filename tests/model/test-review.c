/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "model/review.h"

#include "fixture.h"
#include "model/annotate.h"
#include "model/check.h"
#include "model/reshape.h"

static const char *const old_words[] = { "what it said", NULL };

static void
add (KutipDocument *document,
     const char *id,
     guint start,
     KutipReview review,
     const char *const *was)
{
  g_autoptr (KutipSpan) plain = fixture_span (id, "source", start, start + 5);
  g_autoptr (KutipSpan) span = NULL;
  KutipSpanFields fields;

  kutip_span_get_fields (plain, &fields);
  fields.review = review;
  fields.was = was;
  if (review == KUTIP_REVIEW_ORPHAN)
    fields.texts = old_words;
  fields.created = "2026-11-22T09:30:00Z";
  span = kutip_span_new (&fields);
  kutip_layer_add_span (kutip_document_get_layer (document), span);
}

/* A moved, an approximate and a lost span, one that stayed, another that moved. */
static KutipDocument *
make_document (void)
{
  KutipDocument *document = fixture_document (100);

  add (document, "s1", 10, KUTIP_REVIEW_MOVED, NULL);
  add (document, "s2", 20, KUTIP_REVIEW_APPROXIMATE, old_words);
  add (document, "s3", 30, KUTIP_REVIEW_ORPHAN, NULL);
  add (document, "s4", 40, KUTIP_REVIEW_NONE, NULL);
  add (document, "s5", 50, KUTIP_REVIEW_MOVED, NULL);
  return document;
}

static KutipSpan *
get (KutipDocument *document, const char *id)
{
  return kutip_layer_get_span (kutip_document_get_layer (document), id);
}

static void
assert_review (KutipDocument *document, const char *id, KutipReview review)
{
  KutipSpanFields fields;

  kutip_span_get_fields (get (document, id), &fields);
  g_assert_cmpint (fields.review, ==, review);
  g_assert_cmpint (kutip_span_get_review (get (document, id)), ==, review);
  if (review != KUTIP_REVIEW_APPROXIMATE)
    g_assert_null (fields.was);
}

static void
test_confirm (void)
{
  g_autoptr (KutipDocument) document = make_document ();
  g_autoptr (GError) error = NULL;
  KutipSpan *both[] = { get (document, "s1"), get (document, "s2") };
  KutipSpan *lost[] = { get (document, "s5"), get (document, "s3") };
  KutipSpan *kept = get (document, "s4");
  KutipSpanFields fields;

  g_assert_true (kutip_review_confirm (document, both, 2, &error));
  g_assert_no_error (error);
  assert_review (document, "s1", KUTIP_REVIEW_NONE);
  assert_review (document, "s2", KUTIP_REVIEW_NONE);
  kutip_span_get_fields (get (document, "s2"), &fields);
  g_assert_null (fields.modified);
  g_assert_cmpuint (fields.ranges[0].start, ==, 20);

  g_assert_false (kutip_review_confirm (document, lost, 2, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED);
  assert_review (document, "s5", KUTIP_REVIEW_MOVED);

  g_assert_true (kutip_review_confirm (document, &kept, 1, NULL));
  g_assert_cmpuint (kutip_history_get_position (kutip_document_get_history (document)),
                    ==, 1);

  g_assert_true (kutip_document_undo (document));
  assert_review (document, "s1", KUTIP_REVIEW_MOVED);
  assert_review (document, "s2", KUTIP_REVIEW_APPROXIMATE);
  kutip_span_get_fields (get (document, "s2"), &fields);
  g_assert_cmpstr (fields.was[0], ==, "what it said");
  g_assert_true (kutip_document_redo (document));
  assert_review (document, "s2", KUTIP_REVIEW_NONE);
}

static void
test_confirm_moved (void)
{
  g_autoptr (KutipDocument) document = make_document ();
  guint n = 0;

  g_assert_true (kutip_review_confirm_moved (document, &n, NULL));
  g_assert_cmpuint (n, ==, 2);
  assert_review (document, "s1", KUTIP_REVIEW_NONE);
  assert_review (document, "s5", KUTIP_REVIEW_NONE);
  assert_review (document, "s2", KUTIP_REVIEW_APPROXIMATE);
  g_assert_true (kutip_review_confirm_moved (document, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (kutip_document_undo (document));
  assert_review (document, "s5", KUTIP_REVIEW_MOVED);
  g_assert_false (kutip_document_undo (document));
}

static void
test_place (void)
{
  g_autoptr (KutipDocument) document = make_document ();
  g_autoptr (GError) error = NULL;
  KutipRange place = { 60, 70 }, nothing = { 60, 60 }, outside = { 90, 200 };
  KutipSpanFields fields;

  g_assert_false (kutip_review_place (document, get (document, "s3"), nothing, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (kutip_review_place (document, get (document, "s3"), outside, &error));
  g_assert_nonnull (error);
  g_assert_true (kutip_span_is_orphan (get (document, "s3")));

  g_assert_true (kutip_review_place (document, get (document, "s3"), place, NULL));
  g_assert_false (kutip_span_is_orphan (get (document, "s3")));
  assert_review (document, "s3", KUTIP_REVIEW_NONE);
  kutip_span_get_fields (get (document, "s3"), &fields);
  g_assert_cmpuint (fields.ranges[0].start, ==, 60);
  g_assert_nonnull (fields.modified);
  g_assert_cmpstr (fields.created, ==, "2026-11-22T09:30:00Z");

  /* Where it is already: that confirms it. */
  place = kutip_span_get_ranges (get (document, "s2"))[0];
  g_assert_true (kutip_review_place (document, get (document, "s2"), place, NULL));
  assert_review (document, "s2", KUTIP_REVIEW_NONE);
  while (kutip_document_undo (document))
    ;
  assert_review (document, "s3", KUTIP_REVIEW_ORPHAN);
  g_assert_true (kutip_span_is_orphan (get (document, "s3")));
}

/* Whoever changes a span's extent has looked at it; another change says nothing of it. */
static void
test_other_changes (void)
{
  g_autoptr (KutipDocument) document = make_document ();
  KutipRange range = { 10, 12 }, piece = { 26, 28 };

  kutip_annotate_set_unsure (document, get (document, "s2"), TRUE, NULL);
  kutip_annotate_set_note (document, get (document, "s2"), "hm", NULL);
  kutip_annotate_set_label (document, get (document, "s2"), "cue", NULL);
  assert_review (document, "s2", KUTIP_REVIEW_APPROXIMATE);
  kutip_annotate_set_ranges (document, get (document, "s1"), &range, 1, NULL);
  assert_review (document, "s1", KUTIP_REVIEW_NONE);
  kutip_reshape_add_piece (document, get (document, "s2"), piece, NULL);
  assert_review (document, "s2", KUTIP_REVIEW_NONE);
  g_assert_nonnull (kutip_reshape_split (document, get (document, "s5"), 52, NULL));
  assert_review (document, "s5", KUTIP_REVIEW_NONE);
}

/* A span that must not be touched. */
static void
test_read_only (void)
{
  g_autoptr (KutipDocument) document = make_document ();
  g_autoptr (GError) error = NULL;
  KutipSpan *span = get (document, "s1");

  kutip_document_set_read_only (document, TRUE);
  g_assert_false (kutip_review_confirm (document, &span, 1, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_READ_ONLY);
}

/* What is to be looked at is found by the check: what needs a person most comes first. */
static void
test_findings (void)
{
  const struct
  {
    const char *id;
    KutipFindingKind kind;
  } expected[] = {
    { "s3", KUTIP_FINDING_ORPHAN },
    { "s2", KUTIP_FINDING_APPROXIMATE },
    { "s1", KUTIP_FINDING_MOVED },
    { "s5", KUTIP_FINDING_MOVED },
  };
  g_autoptr (KutipDocument) document = make_document ();
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  KutipFinding finding;
  guint position;

  g_assert_cmpuint (kutip_check_count (check, KUTIP_FINDINGS_TO_REVIEW), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (kutip_check_get_nth (check, KUTIP_FINDINGS_TO_REVIEW, i, &finding));
      g_assert_cmpstr (finding.id, ==, expected[i].id);
      g_assert_cmpint (finding.kind, ==, expected[i].kind);
    }
  /* What only moved is nothing left to do. */
  g_assert_cmpuint (kutip_check_get_n_findings (check), ==, 2);
  g_assert_false (kutip_check_find (check, KUTIP_FINDINGS_TO_DO, "s1", &position));
  g_assert_true (kutip_check_find (check, KUTIP_FINDINGS_TO_REVIEW, "s5", &position));
  g_assert_cmpuint (position, ==, 3);
  g_assert_true (kutip_review_confirm_moved (document, NULL, NULL));
  g_assert_cmpuint (kutip_check_count (check, KUTIP_FINDING_MOVED), ==, 0);
  g_assert_cmpuint (kutip_check_count (check, KUTIP_FINDINGS_TO_REVIEW), ==, 2);
}

/* All of a large article that something was inserted at the top of. */
static void
test_many (void)
{
  const guint n = rounds (100000);
  g_autoptr (KutipDocument) document = fixture_document (n + 10);
  g_autoptr (KutipCheck) check = NULL;
  gint64 start = 0;
  guint n_confirmed;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);

      add (document, id, i, KUTIP_REVIEW_MOVED, NULL);
    }
  check = kutip_check_new (document);
  start = g_get_monotonic_time ();
  g_assert_true (kutip_review_confirm_moved (document, &n_confirmed, NULL));
  g_test_message ("%u confirmed in %" G_GINT64_FORMAT " ms", n_confirmed,
                  (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpuint (n_confirmed, ==, n);
  g_assert_cmpuint (kutip_check_count (check, KUTIP_FINDINGS_TO_REVIEW), ==, 0);
  g_assert_true (kutip_document_undo (document));
  g_assert_cmpuint (kutip_check_count (check, KUTIP_FINDING_MOVED), ==, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/confirm", test_confirm);
  g_test_add_func ("/review/confirm-moved", test_confirm_moved);
  g_test_add_func ("/review/place", test_place);
  g_test_add_func ("/review/other-changes", test_other_changes);
  g_test_add_func ("/review/read-only", test_read_only);
  g_test_add_func ("/review/findings", test_findings);
  g_test_add_func ("/review/many", test_many);
  return g_test_run ();
}
