/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/reshape.h"

#include "fixture.h"

/*                              0         1         2         3 */
/*                              0123456789012345678901234567890123456789 */
static const char words[] = "Putin said it was good. More of it then.";

typedef struct
{
  KutipDocument *document;
  char *start; /* what the layer held at first */
} Case;

static KutipSpan *
mark (KutipDocument *document, const char *label, guint start, guint end)
{
  g_autoptr (GError) error = NULL;
  KutipSpan *span =
      kutip_annotate_mark (document, label, &(KutipRange){ start, end }, 1, &error);

  g_assert_no_error (error);
  return span;
}

static void
link_spans (KutipDocument *document, KutipSpan *from, KutipSpan *to, const char *label)
{
  g_autoptr (GError) error = NULL;

  kutip_annotate_link (document, from, to, label, &error);
  g_assert_no_error (error);
}

/* s1 source "Putin", s2 cue "said", s3 quote "it was good", linked to both. */
static void
set_up (Case *self, gconstpointer data)
{
  g_autoptr (KutipText) text = kutip_text_new (words);
  g_autoptr (KutipArticle) article = kutip_article_new (text, "fixture.txt", "", NULL);
  g_autoptr (KutipTagset) tagset = fixture_tagset ();
  g_autoptr (KutipLayer) layer = fixture_layer ();
  KutipSpan *source, *cue, *quote;

  self->document = kutip_document_new (article, tagset, layer);
  source = mark (self->document, "source", 0, 5);
  cue = mark (self->document, "cue", 6, 10);
  quote = mark (self->document, "quote", 11, 22);
  link_spans (self->document, quote, source, NULL);
  link_spans (self->document, quote, cue, NULL);
  self->start = fixture_describe (layer);
}

static void
tear_down (Case *self, gconstpointer data)
{
  g_clear_object (&self->document);
  g_free (self->start);
}

static KutipSpan *
get (Case *self, const char *id)
{
  return kutip_layer_get_span (kutip_document_get_layer (self->document), id);
}

/* What the layer holds is @expected; one undo brings back the start, and redo the same
 * again. */
static void
assert_one_step (Case *self, const char *expected)
{
  KutipLayer *layer = kutip_document_get_layer (self->document);
  g_autofree char *whole = g_strconcat ("in-progress\n", expected, NULL);
  g_autofree char *now = fixture_describe (layer);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  g_assert_cmpstr (now, ==, whole);
  g_assert_true (kutip_document_undo (self->document));
  undone = fixture_describe (layer);
  g_assert_cmpstr (undone, ==, self->start);
  g_assert_true (kutip_document_redo (self->document));
  redone = fixture_describe (layer);
  g_assert_cmpstr (redone, ==, whole);
}

static void
assert_refused (Case *self, GError *error)
{
  g_autofree char *now = fixture_describe (kutip_document_get_layer (self->document));

  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED);
  g_assert_cmpstr (now, ==, self->start);
}

#define LINKS "r4 attributed-to s3>s1\nr5 cued-by s3>s2\n"

static void
test_add_piece (Case *self, gconstpointer data)
{
  kutip_reshape_add_piece (self->document, get (self, "s3"), (KutipRange){ 24, 34 },
                           NULL);
  assert_one_step (self, "s1 source 0-5\ns2 cue 6-10\ns3 quote 11-22 24-34\n" LINKS);
}

static void
test_add_touching_piece (Case *self, gconstpointer data)
{
  kutip_reshape_add_piece (self->document, get (self, "s3"), (KutipRange){ 22, 28 },
                           NULL);
  assert_one_step (self, "s1 source 0-5\ns2 cue 6-10\ns3 quote 11-28\n" LINKS);
}

static void
test_add_nothing (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (kutip_reshape_add_piece (self->document, get (self, "s3"),
                                           (KutipRange){ 24, 24 }, &error));
  assert_refused (self, error);
}

static void
test_remove_piece (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  kutip_reshape_add_piece (self->document, get (self, "s3"), (KutipRange){ 24, 34 },
                           NULL);
  g_assert_true (
      kutip_reshape_remove_piece (self->document, get (self, "s3"), 30, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_span_get_n_ranges (get (self, "s3")), ==, 1);
  g_assert_false (
      kutip_reshape_remove_piece (self->document, get (self, "s3"), 12, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (
      kutip_reshape_remove_piece (self->document, get (self, "s3"), 36, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED);
}

static void
test_split (Case *self, gconstpointer data)
{
  KutipSpan *second = kutip_reshape_split (self->document, get (self, "s3"), 14, NULL);

  g_assert_cmpuint (kutip_span_get_hull (second).start, ==, 14);
  assert_one_step (self,
                   "s1 source 0-5\ns2 cue 6-10\ns3 quote 11-13\ns6 quote 14-22\n" LINKS
                   "r7 attributed-to s6>s1\nr8 cued-by s6>s2\n");
}

static void
test_split_at_edge (Case *self, gconstpointer data)
{
  static const guint edges[] = { 0, 11, 22, 40 };

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          kutip_reshape_split (self->document, get (self, "s3"), edges[i], &error));
      assert_refused (self, error);
    }
}

static void
test_merge (Case *self, gconstpointer data)
{
  KutipSpan *spans[2];
  KutipSpan *more = mark (self->document, "quote", 24, 34);

  link_spans (self->document, more, get (self, "s1"), NULL);
  kutip_annotate_set_note (self->document, get (self, "s6"), "second", NULL);
  g_free (self->start);
  self->start = fixture_describe (kutip_document_get_layer (self->document));
  spans[0] = get (self, "s3");
  spans[1] = get (self, "s6");
  g_assert_true (kutip_reshape_merge (self->document, spans, 2, NULL));
  g_assert_cmpstr (kutip_span_get_note (get (self, "s3")), ==, "second");
  assert_one_step (self, "s1 source 0-5\ns2 cue 6-10\ns3 quote 11-22 24-34\n" LINKS);
}

static void
test_merge_over_space (Case *self, gconstpointer data)
{
  KutipSpan *spans[2] = { get (self, "s1"), get (self, "s2") };

  g_assert_true (kutip_reshape_merge (self->document, spans, 2, NULL));
  assert_one_step (self, "s1 source 0-10\ns3 quote 11-22\n"
                         "r4 attributed-to s3>s1\nr5 cued-by s3>s1\n");
}

static void
test_merge_with_itself (Case *self, gconstpointer data)
{
  KutipSpan *spans[2] = { get (self, "s1"), get (self, "s1") };
  g_autoptr (GError) error = NULL;

  g_assert_false (kutip_reshape_merge (self->document, spans, 2, &error));
  assert_refused (self, error);
}

static void
test_duplicate (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (
      kutip_reshape_duplicate (self->document, get (self, "s3"), "claim", NULL));
  assert_one_step (self,
                   "s1 source 0-5\ns2 cue 6-10\ns3 quote 11-22\ns6 claim 11-22\n" LINKS);
  kutip_document_undo (self->document);
  g_assert_null (
      kutip_reshape_duplicate (self->document, get (self, "s3"), "nonsense", &error));
  assert_refused (self, error);
}

static void
test_mark_all (Case *self, gconstpointer data)
{
  const KutipRange places[] = { { 11, 13 }, { 32, 34 }, { 0, 5 } };
  guint n;

  g_assert_true (kutip_reshape_mark_all (self->document, "source", places,
                                         G_N_ELEMENTS (places), &n, NULL));
  g_assert_cmpuint (n, ==, 2);
  assert_one_step (self, "s1 source 0-5\ns2 cue 6-10\ns3 quote 11-22\ns6 source 11-13\n"
                         "s7 source 32-34\n" LINKS);
  g_assert_true (kutip_reshape_mark_all (self->document, "source", places,
                                         G_N_ELEMENTS (places), &n, NULL));
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Case *self, gconstpointer data);
  } tests[] = {
    { "/reshape/add-piece", test_add_piece },
    { "/reshape/add-touching-piece", test_add_touching_piece },
    { "/reshape/add-nothing", test_add_nothing },
    { "/reshape/remove-piece", test_remove_piece },
    { "/reshape/split", test_split },
    { "/reshape/split-at-edge", test_split_at_edge },
    { "/reshape/merge", test_merge },
    { "/reshape/merge-over-space", test_merge_over_space },
    { "/reshape/merge-with-itself", test_merge_with_itself },
    { "/reshape/duplicate", test_duplicate },
    { "/reshape/mark-all", test_mark_all },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Case, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
