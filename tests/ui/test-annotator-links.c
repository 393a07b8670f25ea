/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "article/open-text.h"

#include <string.h>

static const char words[] =
    "Putin said: the step is good. BBC, and KCNA, report so. Kim denied that.";

typedef struct
{
  KutipAnnotator *annotator;
  KutipSpan *putin, *step, *bbc, *report, *denied; /* borrowed, as first marked */
  char *message;                                   /* the last one */
} Case;

static void
on_message (KutipAnnotator *annotator, const char *text, gboolean undoable, Case *self)
{
  g_free (self->message);
  self->message = g_strdup (text);
}

/* Two sources, a claim, two quotes; nothing is linked. */
static void
set_up (Case *self, gconstpointer data)
{
  self->annotator = open_text (words, -1);
  self->putin = mark_words (self->annotator, "source", "Putin", 0);
  self->step = mark_words (self->annotator, "quote", "the step is good", 0);
  self->bbc = mark_words (self->annotator, "source", "BBC", 0);
  self->report = mark_words (self->annotator, "claim", "report so", 0);
  self->denied = mark_words (self->annotator, "quote", "denied that", 0);
  g_signal_connect (self->annotator, "message", G_CALLBACK (on_message), self);
}

static void
tear_down (Case *self, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&self->annotator));
  g_free (self->message);
}

static KutipLayer *
get_layer (Case *self)
{
  return kutip_document_get_layer (kutip_annotator_get_document (self->annotator));
}

/* All links as "type from>to", in the order of the text. */
static gboolean
describe (KutipRelation *relation, gpointer out)
{
  g_string_append_printf (out, "%s %s>%s;", kutip_relation_get_label (relation),
                          kutip_relation_get_from (relation),
                          kutip_relation_get_to (relation));
  return TRUE;
}

static void
assert_links (Case *self, const char *expected)
{
  g_autoptr (GString) links = g_string_new (NULL);

  kutip_layer_foreach_relation (get_layer (self), describe, links);
  g_assert_cmpstr (links->str, ==, expected);
}

static void
link_to (Case *self, KutipSpan *from, KutipSpan *to)
{
  kutip_annotator_set_current (self->annotator, from, FALSE);
  kutip_annotator_start_link (self->annotator, NULL);
  g_assert_true (kutip_annotator_is_linking (self->annotator));
  kutip_annotator_set_current (self->annotator, to, FALSE);
}

/* The choices as "key type", "~" before what leads the other way. */
static char *
describe_choices (Case *self)
{
  GArray *choices = kutip_annotator_get_choices (self->annotator);
  GString *out = g_string_new (NULL);

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const KutipLinkChoice *choice = &g_array_index (choices, KutipLinkChoice, i);

      g_string_append_printf (out, "%s%s%s ", i > 0 ? "" : "",
                              choice->reversed ? "~" : "", choice->type->name);
      g_string_append_unichar (out, choice->key);
      g_string_append_c (out, ';');
    }
  return g_string_free (out, FALSE);
}

static void
choose (Case *self, const char *name)
{
  GArray *choices = kutip_annotator_get_choices (self->annotator);

  g_assert_nonnull (choices);
  for (guint i = 0; i < choices->len; i++)
    if (g_str_equal (g_array_index (choices, KutipLinkChoice, i).type->name, name))
      {
        kutip_annotator_choose (self->annotator, i);
        return;
      }
  g_error ("there is no %s to choose", name);
}

/* Where the tag set allows one kind, nobody is asked. */
static void
test_one_kind (Case *self, gconstpointer data)
{
  link_to (self, self->step, self->bbc);
  g_assert_null (kutip_annotator_get_choices (self->annotator));
  assert_links (self, "attributed-to s2>s3;");
}

/* From the source to the quote is a link too: the other way. */
static void
test_from_the_other_end (Case *self, gconstpointer data)
{
  link_to (self, self->bbc, self->step);
  assert_links (self, "attributed-to s2>s3;");
  g_assert_true (kutip_annotator_get_current (self->annotator) == self->bbc);
}

static void
test_several_kinds (Case *self, gconstpointer data)
{
  g_autofree char *choices = NULL;
  gboolean choosing;

  link_to (self, self->denied, self->report);
  g_assert_false (kutip_annotator_is_linking (self->annotator));
  g_object_get (self->annotator, "choosing", &choosing, NULL);
  g_assert_true (choosing);
  choices = describe_choices (self);
  g_assert_cmpstr (choices, ==, "states s;supports u;denies d;queries q;");
  assert_links (self, "");
  choose (self, "denies");
  g_assert_null (kutip_annotator_get_choices (self->annotator));
  assert_links (self, "denies s5>s4;");
}

/* A quote states a claim, never the other way; so it is offered turned round. */
static void
test_several_kinds_back (Case *self, gconstpointer data)
{
  g_autofree char *choices = NULL;

  link_to (self, self->report, self->denied);
  choices = describe_choices (self);
  g_assert_cmpstr (choices, ==, "supports u;denies d;queries q;~states s;");
  choose (self, "states");
  assert_links (self, "states s5>s4;");
}

static void
test_choosing_is_given_up (Case *self, gconstpointer data)
{
  link_to (self, self->denied, self->report);
  kutip_annotator_cancel_choice (self->annotator);
  assert_links (self, "");
  link_to (self, self->denied, self->report);
  /* Whatever changes meanwhile: the choice may not be one any more. */
  kutip_annotator_remove_current (self->annotator);
  g_assert_null (kutip_annotator_get_choices (self->annotator));
}

static void
test_what_is_linked_is_not_offered (Case *self, gconstpointer data)
{
  g_autofree char *choices = NULL;

  link_to (self, self->denied, self->report);
  choose (self, "denies");
  link_to (self, self->denied, self->report);
  choices = describe_choices (self);
  g_assert_cmpstr (choices, ==, "states s;supports u;queries q;");
}

static void
test_change_kind (Case *self, gconstpointer data)
{
  g_autofree char *choices = NULL;

  link_to (self, self->denied, self->report);
  choose (self, "denies");
  kutip_annotator_start_choice (self->annotator);
  choices = describe_choices (self);
  g_assert_cmpstr (choices, ==,
                   "states s;supports u;queries q;~supports 1;~denies d;~queries 2;");
  choose (self, "supports");
  assert_links (self, "supports s5>s4;");
  kutip_annotator_reverse_relation (self->annotator);
  assert_links (self, "supports s4>s5;");
  kutip_annotator_undo (self->annotator);
  kutip_annotator_undo (self->annotator);
  assert_links (self, "denies s5>s4;");
}

static void
assert_says (Case *self, const char *part)
{
  if (self->message == NULL || strstr (self->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, self->message);
  g_clear_pointer (&self->message, g_free);
}

/* There is nothing to link to: not yet, or not any more. */
static void
test_no_target (Case *self, gconstpointer data)
{
  KutipSpan *others[] = { self->putin, self->report, self->denied };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      kutip_annotator_set_current (self->annotator, others[i], FALSE);
      kutip_annotator_remove_current (self->annotator);
    }
  link_to (self, self->step, self->bbc);
  kutip_annotator_set_current (self->annotator, self->step, FALSE);
  kutip_annotator_start_link (self->annotator, NULL);
  g_assert_false (kutip_annotator_is_linking (self->annotator));
  assert_says (self, "linked already");
  kutip_annotator_set_current (self->annotator, self->bbc, FALSE);
  kutip_annotator_remove_current (self->annotator);
  kutip_annotator_set_current (self->annotator, self->step, FALSE);
  kutip_annotator_start_link (self->annotator, NULL);
  assert_says (self, "mark it first");
}

static void
test_refusals (Case *self, gconstpointer data)
{
  kutip_annotator_set_current (self->annotator, NULL, FALSE);
  kutip_annotator_follow_relation (self->annotator);
  g_assert_nonnull (self->message);
  g_clear_pointer (&self->message, g_free);
  kutip_annotator_set_current (self->annotator, self->step, FALSE);
  kutip_annotator_remove_relation (self->annotator);
  g_assert_nonnull (self->message);
  g_clear_pointer (&self->message, g_free);

  link_to (self, self->step, self->bbc);
  kutip_annotator_start_choice (self->annotator);
  g_assert_null (kutip_annotator_get_choices (self->annotator));
  g_assert_nonnull (self->message);
  g_clear_pointer (&self->message, g_free);
  kutip_annotator_reverse_relation (self->annotator);
  g_assert_nonnull (self->message);
  assert_links (self, "attributed-to s2>s3;");
}

static const char *
get_current (Case *self)
{
  return kutip_span_get_id (kutip_annotator_get_current (self->annotator));
}

/* There and back, by the link that was last made, chosen or followed. */
static void
test_follow (Case *self, gconstpointer data)
{
  link_to (self, self->step, self->putin);
  link_to (self, self->step, self->bbc);
  kutip_annotator_follow_relation (self->annotator);
  g_assert_cmpstr (get_current (self), ==, "s3");
  kutip_annotator_follow_relation (self->annotator);
  g_assert_cmpstr (get_current (self), ==, "s2");
  kutip_annotator_step_relation (self->annotator);
  kutip_annotator_follow_relation (self->annotator);
  g_assert_cmpstr (get_current (self), ==, "s1");
  kutip_annotator_follow_relation (self->annotator);
  g_assert_cmpstr (get_current (self), ==, "s2");

  kutip_annotator_remove_relation (self->annotator);
  assert_links (self, "attributed-to s2>s3;");
  g_assert_cmpstr (kutip_relation_get_to (kutip_annotator_get_relation (self->annotator)),
                   ==, "s3");
  kutip_annotator_undo (self->annotator);
  assert_links (self, "attributed-to s2>s1;attributed-to s2>s3;");
}

#define CHARACTER KUTIP_UNIT_CHARACTER
#define WORD KUTIP_UNIT_WORD
#define SENTENCE KUTIP_UNIT_SENTENCE

/* An edge is dragged over words, and one step takes it back. */
static void
test_drag (Case *self, gconstpointer data)
{
  static const struct
  {
    gboolean at_end;
    guint offset;
    KutipUnit unit;
    const char *words;
    const char *reason;
  } rows[] = {
    { TRUE, 20, WORD, "the step", "back over whole words" },
    { TRUE, 25, WORD, "the step is", "within a word: its nearer border" },
    { TRUE, 27, WORD, "the step is good", "within a word: its other border" },
    { TRUE, 26, CHARACTER, "the step is go", "exactly" },
    { TRUE, 29, WORD, "the step is good.", "punctuation, if it is gone over" },
    { TRUE, 0, WORD, "the", "never over the other edge" },
    { TRUE, 0, CHARACTER, "t", "nor exactly" },
    { FALSE, 7, WORD, "said: the step is good", "the start" },
    { FALSE, 60, WORD, "good", "the start never over the end" },
    { FALSE, 14, CHARACTER, "e step is good", "the start exactly" },
    { TRUE, 9999, WORD, "the step is good. BBC, and KCNA, report so. Kim denied that.",
      "to the end of the text" },
    { TRUE, 25, SENTENCE, "the step is good.", "within its sentence: to its end" },
    { TRUE, 29, SENTENCE, "the step is good.", "at the end of its sentence: no farther" },
    { TRUE, 34, SENTENCE, "the step is good. BBC, and KCNA, report so.",
      "the next sentence is taken whole" },
    { TRUE, 0, SENTENCE, "the step is good.", "the end stays behind the start" },
    { FALSE, 14, SENTENCE, "Putin said: the step is good", "the start of its sentence" },
    { FALSE, 60, SENTENCE, "Putin said: the step is good",
      "the start stays before the end" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KutipText *text =
          kutip_document_get_text (kutip_annotator_get_document (self->annotator));
      KutipSpan *span = kutip_layer_get_span (get_layer (self), "s2");
      g_autofree char *now = NULL;
      g_autofree char *drafted = NULL;
      KutipSpan *draft;

      kutip_annotator_set_current (self->annotator, span, FALSE);
      kutip_annotator_drag_edge (self->annotator, 0, rows[i].at_end, 18, KUTIP_UNIT_WORD);
      kutip_annotator_drag_edge (self->annotator, 0, rows[i].at_end, rows[i].offset,
                                 rows[i].unit);
      draft = kutip_annotator_get_draft (self->annotator);
      drafted = kutip_text_dup_range (text, kutip_span_get_hull (draft));
      g_assert_true (kutip_layer_get_span (get_layer (self), "s2") == span);
      if (!g_str_equal (drafted, rows[i].words))
        g_error ("%s: “%s”", rows[i].reason, drafted);
      kutip_annotator_end_drag (self->annotator, TRUE);
      g_assert_null (kutip_annotator_get_draft (self->annotator));
      now = kutip_text_dup_range (
          text, kutip_span_get_hull (kutip_annotator_get_current (self->annotator)));
      g_assert_cmpstr (now, ==, rows[i].words);
      if (!g_str_equal (now, "the step is good"))
        kutip_annotator_undo (self->annotator);
      g_assert_cmpuint (
          kutip_span_get_hull (kutip_layer_get_span (get_layer (self), "s2")).end, ==,
          28);
    }
}

static void
test_drag_is_given_up (Case *self, gconstpointer data)
{
  kutip_annotator_set_current (self->annotator, self->step, FALSE);
  kutip_annotator_drag_edge (self->annotator, 0, TRUE, 20, KUTIP_UNIT_WORD);
  kutip_annotator_end_drag (self->annotator, FALSE);
  g_assert_true (kutip_layer_get_span (get_layer (self), "s2") == self->step);

  /* Another span becomes current, or the span changes: nothing hangs over. */
  kutip_annotator_drag_edge (self->annotator, 0, TRUE, 20, KUTIP_UNIT_WORD);
  kutip_annotator_set_current (self->annotator, self->bbc, FALSE);
  g_assert_null (kutip_annotator_get_draft (self->annotator));
  kutip_annotator_drag_edge (self->annotator, 0, TRUE, 40, KUTIP_UNIT_WORD);
  kutip_annotator_remove_current (self->annotator);
  g_assert_null (kutip_annotator_get_draft (self->annotator));
  kutip_annotator_drag_edge (self->annotator, 0, TRUE, 40, KUTIP_UNIT_WORD);
  g_assert_null (kutip_annotator_get_draft (self->annotator));
}

/* A piece dragged over the next one becomes one with it. */
static void
test_drag_joins_pieces (Case *self, gconstpointer data)
{
  const char *const pieces[] = { "Putin", "the step", "BBC", NULL };
  KutipSpan *span = mark_pieces (self->annotator, "claim", pieces);

  kutip_annotator_set_current (self->annotator, span, FALSE);
  kutip_annotator_drag_edge (self->annotator, 1, TRUE, 32, KUTIP_UNIT_WORD);
  g_assert_cmpuint (kutip_span_get_n_ranges (kutip_annotator_get_draft (self->annotator)),
                    ==, 2);
  kutip_annotator_end_drag (self->annotator, TRUE);
  span = kutip_annotator_get_current (self->annotator);
  g_assert_cmpuint (kutip_span_get_n_ranges (span), ==, 2);
  g_assert_cmpuint (kutip_span_get_ranges (span)[1].start, ==, 12);
  g_assert_cmpuint (kutip_span_get_ranges (span)[1].end, ==, 33);
}

static void
test_mark_rest (Case *self, gconstpointer data)
{
  static const struct
  {
    guint start, end;
    const char *marked; /* NULL: nothing, and a message says why */
    const char *reason;
  } rows[] = {
    { 10, 10, "the step is good", "behind a word, and a colon" },
    { 7, 7, "said: the step is good", "the word the caret stands in too" },
    { 0, 0, "Putin said: the step is good", "the whole sentence" },
    { 12, 15, "the step is good", "from a selection on" },
    { 28, 28, NULL, "only the full stop is left" },
    { 71, 72, NULL, "nothing but punctuation selected" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipAnnotator) annotator = open_text (words, -1);
      KutipDocument *document = kutip_annotator_get_document (annotator);
      KutipSpan *span;
      g_autofree char *marked = NULL;

      kutip_annotator_set_selection (annotator, rows[i].start, rows[i].end, TRUE);
      kutip_annotator_mark_rest (annotator, "quote");
      span = kutip_annotator_get_current (annotator);
      if (span != NULL)
        marked = kutip_text_dup_range (kutip_document_get_text (document),
                                       kutip_span_get_hull (span));
      if (g_strcmp0 (marked, rows[i].marked) != 0)
        g_error ("%s: “%s”", rows[i].reason, marked);
    }
}

static void
test_rest_as_piece (Case *self, gconstpointer data)
{
  const KutipRange *ranges;

  kutip_annotator_set_current (self->annotator, self->step, FALSE);
  kutip_annotator_set_selection (self->annotator, 56, 56, TRUE);
  kutip_annotator_add_piece (self->annotator);
  ranges = kutip_span_get_ranges (kutip_layer_get_span (get_layer (self), "s2"));
  g_assert_cmpuint (ranges[1].start, ==, 56);
  g_assert_cmpuint (ranges[1].end, ==, 71);
}

static void
test_alike (Case *self, gconstpointer data)
{
  static const char *const forward[] = { "s5", "s2", "s5" };

  kutip_annotator_set_current (self->annotator, self->step, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (forward); i++)
    {
      kutip_annotator_go_to_next_alike (self->annotator, TRUE);
      g_assert_cmpstr (get_current (self), ==, forward[i]);
    }
  kutip_annotator_go_to_next_alike (self->annotator, FALSE);
  g_assert_cmpstr (get_current (self), ==, "s2");
  kutip_annotator_set_current (self->annotator, self->report, FALSE);
  kutip_annotator_go_to_next_alike (self->annotator, FALSE);
  g_assert_cmpstr (get_current (self), ==, "s4");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Case *, gconstpointer);
  } tests[] = {
    { "/links/one-kind", test_one_kind },
    { "/links/from-the-other-end", test_from_the_other_end },
    { "/links/several-kinds", test_several_kinds },
    { "/links/several-kinds-back", test_several_kinds_back },
    { "/links/choosing-is-given-up", test_choosing_is_given_up },
    { "/links/what-is-linked-is-not-offered", test_what_is_linked_is_not_offered },
    { "/links/change-kind", test_change_kind },
    { "/links/refusals", test_refusals },
    { "/links/no-target", test_no_target },
    { "/links/follow", test_follow },
    { "/edges/drag", test_drag },
    { "/edges/drag-is-given-up", test_drag_is_given_up },
    { "/edges/drag-joins-pieces", test_drag_joins_pieces },
    { "/marking/rest", test_mark_rest },
    { "/marking/rest-as-piece", test_rest_as_piece },
    { "/moving/alike", test_alike },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Case, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
