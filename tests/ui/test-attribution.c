/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "article/open-text.h"

#include <string.h>

/*                    0         1         2         3         4         5 */
/*                    0123456789012345678901234567890123456789012345678901234567 */
static const char words[] = "Putin said it was good. Kim denied that. BBC told so too.";

static KutipLayer *
get_layer (KutipAnnotator *annotator)
{
  return kutip_document_get_layer (kutip_annotator_get_document (annotator));
}

static void
mark (KutipAnnotator *annotator, const char *label, guint start, guint end)
{
  kutip_annotator_set_selection (annotator, start, end, TRUE);
  kutip_annotator_mark (annotator, label);
}

static gboolean
append_link (KutipRelation *relation, gpointer data)
{
  g_string_append_printf (data, "%s>%s ", kutip_relation_get_from (relation),
                          kutip_relation_get_to (relation));
  return TRUE;
}

static void
assert_links (KutipAnnotator *annotator, const char *expected)
{
  g_autoptr (GString) links = g_string_new (NULL);

  kutip_layer_foreach_relation (get_layer (annotator), append_link, links);
  g_assert_cmpstr (g_strchomp (links->str), ==, expected);
}

static void
assert_open (KutipAnnotator *annotator, const char *id)
{
  KutipSpan *content = kutip_annotator_get_attribution (annotator);

  g_assert_cmpstr (content != NULL ? kutip_span_get_id (content) : NULL, ==, id);
}

static void
test_content_first (void)
{
  KutipAnnotator *annotator = open_text (words, -1);
  g_autofree char *missing = NULL;
  g_autofree char *complete = NULL;

  mark (annotator, "quote", 11, 22);
  assert_open (annotator, "s1");
  missing = kutip_annotator_describe_attribution (annotator);
  g_assert_nonnull (strstr (missing, "Source"));
  g_assert_nonnull (strstr (missing, "Cue"));
  mark (annotator, "source", 0, 5);
  mark (annotator, "cue", 6, 10);
  assert_links (annotator, "s1>s2 s1>s4");
  complete = kutip_annotator_describe_attribution (annotator);
  g_assert_null (strstr (complete, "Source"));
  /* The link is undone with the mark, in one step. */
  kutip_annotator_undo (annotator);
  assert_links (annotator, "s1>s2");
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, 2);
  kutip_annotator_undo (annotator);
  kutip_annotator_undo (annotator);
  assert_open (annotator, NULL);
  g_assert_finalize_object (annotator);
}

static void
test_participants_first (void)
{
  KutipAnnotator *annotator = open_text (words, -1);

  mark (annotator, "source", 0, 5);
  mark (annotator, "cue", 6, 10);
  assert_open (annotator, NULL);
  mark (annotator, "quote", 11, 22);
  assert_links (annotator, "s3>s1 s3>s2");
  g_assert_finalize_object (annotator);
}

/* A source of an earlier sentence belongs to what was said there. */
static void
test_other_sentence (void)
{
  KutipAnnotator *annotator = open_text (words, -1);

  mark (annotator, "source", 0, 5);
  mark (annotator, "quote", 35, 39);
  assert_links (annotator, "");
  g_assert_finalize_object (annotator);
}

/* The first source may stand anywhere behind; a second one elsewhere is another's. */
static void
test_second_source (void)
{
  KutipAnnotator *annotator = open_text (words, -1);

  mark (annotator, "quote", 11, 22);
  mark (annotator, "source", 24, 27);
  assert_links (annotator, "s1>s2");
  mark (annotator, "source", 0, 5);
  assert_links (annotator, "s1>s2 s1>s4");
  mark (annotator, "source", 41, 44);
  assert_links (annotator, "s1>s2 s1>s4");
  assert_open (annotator, NULL);
  g_assert_finalize_object (annotator);
}

static void
test_closed (void)
{
  KutipAnnotator *annotator = open_text (words, -1);

  mark (annotator, "quote", 11, 22);
  kutip_annotator_close_attribution (annotator);
  mark (annotator, "source", 0, 5);
  assert_links (annotator, "");
  g_assert_finalize_object (annotator);
}

static void
test_pick (void)
{
  KutipAnnotator *annotator = open_text (words, -1);

  mark (annotator, "source", 0, 5);
  kutip_annotator_close_attribution (annotator);
  mark (annotator, "quote", 11, 22);
  assert_links (annotator, "");
  kutip_annotator_set_selection (annotator, 2, 2, TRUE);
  g_assert_true (
      kutip_annotator_may_join (annotator, kutip_annotator_get_current (annotator)));
  kutip_annotator_join_attribution (annotator);
  assert_links (annotator, "s2>s1");
  kutip_annotator_join_attribution (annotator);
  assert_links (annotator, "s2>s1");
  g_assert_finalize_object (annotator);
}

static void
test_open_again (void)
{
  KutipAnnotator *annotator = open_text (words, -1);

  mark (annotator, "quote", 11, 22);
  mark (annotator, "source", 0, 5);
  kutip_annotator_close_attribution (annotator);
  /* From a participant too. */
  kutip_annotator_set_selection (annotator, 2, 2, TRUE);
  kutip_annotator_open_attribution (annotator);
  assert_open (annotator, "s1");
  g_assert_finalize_object (annotator);
}

static void
test_edges (void)
{
  static const struct
  {
    gboolean end_edge;
    KutipUnit unit;
    gboolean forward;
    KutipRange expected;
  } steps[] = {
    { TRUE, KUTIP_UNIT_WORD, TRUE, { 11, 17 } },
    { TRUE, KUTIP_UNIT_WORD, TRUE, { 11, 22 } },
    { FALSE, KUTIP_UNIT_WORD, FALSE, { 6, 22 } },
    { FALSE, KUTIP_UNIT_WORD, TRUE, { 11, 22 } },
    { TRUE, KUTIP_UNIT_CHARACTER, TRUE, { 11, 23 } },
    { TRUE, KUTIP_UNIT_WORD, FALSE, { 11, 17 } },
    { TRUE, KUTIP_UNIT_SENTENCE, TRUE, { 11, 23 } },
    { FALSE, KUTIP_UNIT_SENTENCE, FALSE, { 0, 23 } },
  };
  KutipAnnotator *annotator = open_text (words, -1);

  mark (annotator, "quote", 11, 13);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      KutipRange hull;

      kutip_annotator_move_edge (annotator, steps[i].end_edge, steps[i].unit,
                                 steps[i].forward);
      hull = kutip_span_get_hull (kutip_annotator_get_current (annotator));
      g_test_message ("step %u: %u-%u", i, hull.start, hull.end);
      g_assert_true (kutip_range_equal (hull, steps[i].expected));
    }
  g_assert_finalize_object (annotator);
}

static void
test_pieces (void)
{
  KutipAnnotator *annotator = open_text (words, -1);
  KutipSpan *span;

  mark (annotator, "quote", 11, 17);
  kutip_annotator_set_selection (annotator, 28, 34, TRUE);
  kutip_annotator_add_piece (annotator);
  span = kutip_annotator_get_current (annotator);
  g_assert_cmpuint (kutip_span_get_n_ranges (span), ==, 2);
  kutip_annotator_set_selection (annotator, 30, 30, TRUE);
  kutip_annotator_remove_piece (annotator);
  span = kutip_layer_get_span (get_layer (annotator), "s1");
  g_assert_cmpuint (kutip_span_get_n_ranges (span), ==, 1);
  g_assert_finalize_object (annotator);
}

/* Of the piece at the caret, or the nearest one: shrinking may leave the caret behind. */
static void
test_edges_of_pieces (void)
{
  static const struct
  {
    guint caret;
    gboolean end_edge, forward;
    KutipRange expected[2];
  } steps[] = {
    { 17, TRUE, TRUE, { { 11, 22 }, { 28, 34 } } },
    { 22, TRUE, FALSE, { { 11, 17 }, { 28, 34 } } },
    { 22, FALSE, FALSE, { { 6, 17 }, { 28, 34 } } },
    { 28, FALSE, FALSE, { { 6, 17 }, { 24, 34 } } },
    { 34, FALSE, TRUE, { { 6, 17 }, { 28, 34 } } },
  };
  KutipAnnotator *annotator = open_text (words, -1);

  mark (annotator, "quote", 11, 17);
  kutip_annotator_set_selection (annotator, 28, 34, TRUE);
  kutip_annotator_add_piece (annotator);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      KutipSpan *span;

      kutip_annotator_set_selection (annotator, steps[i].caret, steps[i].caret, FALSE);
      kutip_annotator_set_current (
          annotator, kutip_layer_get_span (get_layer (annotator), "s1"), FALSE);
      kutip_annotator_move_edge (annotator, steps[i].end_edge, KUTIP_UNIT_WORD,
                                 steps[i].forward);
      span = kutip_annotator_get_current (annotator);
      g_assert_cmpuint (kutip_span_get_n_ranges (span), ==, 2);
      for (guint j = 0; j < 2; j++)
        {
          KutipRange range = kutip_span_get_ranges (span)[j];

          g_test_message ("step %u: %u-%u", i, range.start, range.end);
          g_assert_true (kutip_range_equal (range, steps[i].expected[j]));
        }
    }
  g_assert_finalize_object (annotator);
}

static void
test_split_merge_duplicate (void)
{
  KutipAnnotator *annotator = open_text (words, -1);
  KutipLayer *layer = get_layer (annotator);

  mark (annotator, "claim", 11, 22);
  kutip_annotator_set_selection (annotator, 14, 14, TRUE);
  kutip_annotator_split (annotator);
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 2);
  kutip_annotator_set_selection (annotator, 12, 12, TRUE);
  kutip_annotator_merge (annotator);
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 1);
  kutip_annotator_set_selection (annotator, 12, 12, TRUE);
  kutip_annotator_duplicate (annotator, "quote");
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 2);
  g_assert_cmpuint (kutip_layer_count_label (layer, "quote"), ==, 1);
  g_assert_finalize_object (annotator);
}

/* All spans in order: "label words|label words". */
static char *
dup_spans (KutipAnnotator *annotator)
{
  KutipText *text = kutip_document_get_text (kutip_annotator_get_document (annotator));
  g_autoptr (GPtrArray) spans = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < kutip_layer_get_n_spans (get_layer (annotator)); i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (get_layer (annotator), i);
      g_autofree char *part = kutip_text_dup_range (text, kutip_span_get_hull (span));

      g_ptr_array_add (spans,
                       g_strdup_printf ("%s %s", kutip_span_get_label (span), part));
    }
  g_ptr_array_add (spans, NULL);
  return g_strjoinv ("|", (char **) spans->pdata);
}

static void
test_mark_on (void)
{
  static const struct
  {
    const char *presses; /* labels; "^N": the caret goes to N; "undo" */
    const char *spans;
    const char *reason;
  } rows[] = {
    { "^0 source", "source Putin", "the first is the word at the caret" },
    { "^0 source cue", "source Putin|cue said", "another label is for the next word" },
    { "^0 source source", "source Putin said", "the same one takes it in" },
    { "^0 source source cue", "source Putin said|cue it", "on from where it ends" },
    { "^0 source ^1 source", "source Putin", "the caret has gone into it" },
    { "^0 source ^1 ^5 cue", "source Putin|cue Putin", "it has come back to its end" },
    { "^18 cue cue", "cue good", "a sentence ends there" },
    { "^0 source source undo", "source Putin", "each word is a step of its own" },
    { "^0 source source undo undo", "", "and so is the mark" },
    { "^0 source undo cue", "cue Putin", "nothing is left to go on from" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KutipAnnotator *annotator = open_text (words, -1);
      g_auto (GStrv) presses = g_strsplit (rows[i].presses, " ", -1);
      g_autofree char *spans = NULL;

      for (guint j = 0; presses[j] != NULL; j++)
        if (presses[j][0] == '^')
          {
            guint caret = (guint) g_ascii_strtoull (presses[j] + 1, NULL, 10);

            kutip_annotator_set_selection (annotator, caret, caret, TRUE);
          }
        else if (g_str_equal (presses[j], "undo"))
          kutip_annotator_undo (annotator);
        else
          kutip_annotator_mark_on (annotator, presses[j]);
      spans = dup_spans (annotator);
      if (!g_str_equal (spans, rows[i].spans))
        g_error ("%s: “%s”, not “%s”", rows[i].reason, spans, rows[i].spans);
      g_assert_finalize_object (annotator);
    }
}

/* The words of Chinese have nothing between them. */
static void
test_mark_on_without_spaces (void)
{
  KutipAnnotator *annotator = open_text ("普京说这一步有益于两国。", -1);
  KutipRange first, second;

  kutip_annotator_set_selection (annotator, 0, 0, TRUE);
  kutip_annotator_mark_on (annotator, "source");
  first = kutip_span_get_hull (kutip_annotator_get_current (annotator));
  kutip_annotator_mark_on (annotator, "cue");
  second = kutip_span_get_hull (kutip_annotator_get_current (annotator));
  g_assert_cmpuint (second.start, ==, first.end);
  g_assert_cmpuint (second.end, >, second.start);
  g_assert_finalize_object (annotator);
}

/* What goes on from a mark is one with its attribution. */
static void
test_mark_on_links (void)
{
  KutipAnnotator *annotator = open_text (words, -1);

  kutip_annotator_set_selection (annotator, 0, 0, TRUE);
  kutip_annotator_mark_on (annotator, "source");
  kutip_annotator_mark_on (annotator, "cue");
  kutip_annotator_mark_rest (annotator, "quote");
  assert_links (annotator, "s3>s1 s3>s2");
  g_assert_finalize_object (annotator);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attribution/content-first", test_content_first);
  g_test_add_func ("/attribution/participants-first", test_participants_first);
  g_test_add_func ("/attribution/other-sentence", test_other_sentence);
  g_test_add_func ("/attribution/second-source", test_second_source);
  g_test_add_func ("/attribution/closed", test_closed);
  g_test_add_func ("/attribution/pick", test_pick);
  g_test_add_func ("/attribution/open-again", test_open_again);
  g_test_add_func ("/mark-on/words", test_mark_on);
  g_test_add_func ("/mark-on/without-spaces", test_mark_on_without_spaces);
  g_test_add_func ("/mark-on/links", test_mark_on_links);
  g_test_add_func ("/shape/edges", test_edges);
  g_test_add_func ("/shape/pieces", test_pieces);
  g_test_add_func ("/shape/edges-of-pieces", test_edges_of_pieces);
  g_test_add_func ("/shape/split-merge-duplicate", test_split_merge_duplicate);
  return g_test_run ();
}
