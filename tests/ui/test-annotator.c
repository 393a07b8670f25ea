/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "article/open-text.h"

#include <string.h>

/*                    0         1         2         3         4         5 */
/*                    0123456789012345678901234567890123456789012345678901234 */
static const char words[] = "Putin said: the step is good. BBC, and KCNA, report so.";

/* What an annotator told since it was last asked. */
typedef struct
{
  char *message;
  gboolean undoable;
  KutipRange revealed;
  guint n_revealed;
  guint n_changed;
} Told;

static void
on_message (KutipAnnotator *annotator, const char *text, gboolean undoable, Told *told)
{
  g_assert_cmpstr (text, !=, "");
  g_free (told->message);
  told->message = g_strdup (text);
  told->undoable = undoable;
}

static void
on_reveal (KutipAnnotator *annotator, guint start, guint end, Told *told)
{
  told->revealed = (KutipRange){ start, end };
  told->n_revealed++;
}

static void
on_changed (KutipAnnotator *annotator, KutipChange *change, Told *told)
{
  told->n_changed++;
}

static void
forget (Told *told)
{
  g_free (told->message);
  memset (told, 0, sizeof *told);
}

static KutipAnnotator *
open_words (Told *told)
{
  KutipAnnotator *annotator = open_text (words, -1);

  memset (told, 0, sizeof *told);
  g_signal_connect (annotator, "message", G_CALLBACK (on_message), told);
  g_signal_connect (annotator, "reveal", G_CALLBACK (on_reveal), told);
  g_signal_connect (annotator, "changed", G_CALLBACK (on_changed), told);
  return annotator;
}

static void
close_words (KutipAnnotator *annotator, Told *told)
{
  g_assert_finalize_object (annotator);
  forget (told);
}

static KutipLayer *
get_layer (KutipAnnotator *annotator)
{
  return kutip_document_get_layer (kutip_annotator_get_document (annotator));
}

static char *
dup_words (KutipAnnotator *annotator, KutipSpan *span)
{
  return kutip_text_dup_range (
      kutip_document_get_text (kutip_annotator_get_document (annotator)),
      kutip_span_get_hull (span));
}

static void
assert_current (KutipAnnotator *annotator, const char *expected, const char *reason)
{
  KutipSpan *current = kutip_annotator_get_current (annotator);
  g_autofree char *text = current != NULL ? dup_words (annotator, current) : NULL;

  if (g_strcmp0 (text, expected) != 0)
    g_error ("%s: “%s” is current, not “%s”", reason, text, expected);
}

static void
test_mark (void)
{
  static const struct
  {
    guint start, end;
    const char *marked; /* NULL: nothing, and a message says why */
    const char *reason;
  } rows[] = {
    { 0, 5, "Putin", "a selection, as it is" },
    { 5, 0, "Putin", "selected backwards" },
    { 5, 11, "said:", "white space at its ends is not meant, punctuation is" },
    { 2, 2, "Putin", "a caret alone: the word there" },
    { 5, 5, "Putin", "a caret behind a word" },
    { 30, 30, "BBC", "a caret before a word" },
    { 54, 54, "so", "a caret before a full stop, behind a word" },
    { 55, 55, NULL, "a caret at the end of the text, behind a full stop" },
    { 34, 35, NULL, "nothing but a space" },
    { 900, 900, NULL, "outside the text is the end of it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Told told;
      g_autoptr (KutipAnnotator) annotator = open_words (&told);
      KutipRange caret;

      kutip_annotator_set_selection (annotator, rows[i].start, rows[i].end, TRUE);
      kutip_annotator_mark (annotator, "source");
      assert_current (annotator, rows[i].marked, rows[i].reason);
      g_assert_true ((told.message != NULL) == (rows[i].marked == NULL));
      g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==,
                        rows[i].marked != NULL ? 1 : 0);
      caret = kutip_annotator_get_selection (annotator);
      if (rows[i].marked != NULL)
        {
          KutipRange hull = kutip_span_get_hull (kutip_annotator_get_current (annotator));

          g_assert_cmpuint (caret.start, ==, hull.end);
          g_assert_cmpuint (caret.end, ==, hull.end);
          g_assert_cmpuint (told.n_changed, ==, 1);
        }
      close_words (g_steal_pointer (&annotator), &told);
    }
}

static void
test_mark_again (void)
{
  Told told;
  KutipAnnotator *annotator = open_words (&told);
  KutipSpan *first;

  kutip_annotator_set_selection (annotator, 0, 5, TRUE);
  kutip_annotator_mark (annotator, "source");
  first = kutip_annotator_get_current (annotator);
  kutip_annotator_set_current (annotator, NULL, FALSE);
  kutip_annotator_set_selection (annotator, 0, 5, FALSE);
  kutip_annotator_mark (annotator, "source");
  g_assert_true (kutip_annotator_get_current (annotator) == first);
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, 1);
  g_assert_nonnull (told.message);

  /* Another label on the same words is a mark of its own. */
  kutip_annotator_set_selection (annotator, 0, 5, TRUE);
  kutip_annotator_mark (annotator, "cue");
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, 2);
  g_assert_cmpstr (kutip_span_get_label (kutip_annotator_get_current (annotator)), ==,
                   "cue");
  close_words (annotator, &told);
}

static void
test_pick (void)
{
  static const struct
  {
    guint start, end;
    const char *current_before;
    const char *picked;
    const char *reason;
  } rows[] = {
    { 3, 3, NULL, "Putin", "the shortest one at the caret" },
    { 8, 8, NULL, "Putin said", "the only one there" },
    { 3, 3, "Putin said", "Putin said", "the current one stays when it is there too" },
    { 20, 20, "Putin", NULL, "nothing there" },
    { 0, 10, NULL, "Putin said", "a selection that is exactly a span" },
    { 0, 8, "Putin", NULL, "a selection that is no span" },
    { 33, 33, NULL, "BBC", "a caret behind a span touches it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Told told;
      KutipAnnotator *annotator = open_words (&told);

      mark_words (annotator, "source", "Putin", 0);
      mark_words (annotator, "claim", "Putin said", 0);
      mark_words (annotator, "source", "BBC", 0);
      for (guint j = 0; rows[i].current_before != NULL && j < 3; j++)
        {
          KutipSpan *span = kutip_layer_get_nth_span (get_layer (annotator), j);
          g_autofree char *text = dup_words (annotator, span);

          if (g_str_equal (text, rows[i].current_before))
            kutip_annotator_set_current (annotator, span, FALSE);
        }
      kutip_annotator_set_selection (annotator, rows[i].start, rows[i].end, TRUE);
      assert_current (annotator, rows[i].picked, rows[i].reason);
      close_words (annotator, &told);
    }
}

static void
test_follows_changes (void)
{
  Told told;
  KutipAnnotator *annotator = open_words (&told);
  KutipDocument *document = kutip_annotator_get_document (annotator);
  g_autoptr (GError) error = NULL;

  kutip_annotator_set_selection (annotator, 0, 5, TRUE);
  kutip_annotator_mark (annotator, "source");
  kutip_annotator_set_label (annotator, "cue");
  g_assert_cmpstr (kutip_span_get_label (kutip_annotator_get_current (annotator)), ==,
                   "cue");
  kutip_annotate_set_note (document, kutip_annotator_get_current (annotator), "a note",
                           &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kutip_span_get_note (kutip_annotator_get_current (annotator)), ==,
                   "a note");

  kutip_annotator_remove_current (annotator);
  g_assert_null (kutip_annotator_get_current (annotator));
  g_assert_true (told.undoable);

  /* Undo shows what came back. */
  forget (&told);
  kutip_annotator_set_selection (annotator, 50, 50, TRUE);
  kutip_annotator_undo (annotator);
  assert_current (annotator, "Putin", "what undo brings back is current");
  g_assert_cmpstr (kutip_span_get_note (kutip_annotator_get_current (annotator)), ==,
                   "a note");
  g_assert_cmpuint (told.n_revealed, ==, 1);
  g_assert_cmpuint (told.revealed.start, ==, 0);
  g_assert_cmpuint (told.revealed.end, ==, 5);
  g_assert_cmpuint (kutip_annotator_get_selection (annotator).start, ==, 0);

  for (guint i = 0; i < 3; i++)
    kutip_annotator_undo (annotator);
  g_assert_null (kutip_annotator_get_current (annotator));
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, 0);
  g_assert_null (told.message);
  kutip_annotator_undo (annotator);
  g_assert_nonnull (told.message);
  for (guint i = 0; i < 4; i++)
    kutip_annotator_redo (annotator);
  g_assert_null (kutip_annotator_get_current (annotator));
  close_words (annotator, &told);
}

static void
test_needs_a_span (void)
{
  Told told;
  KutipAnnotator *annotator = open_words (&told);
  void (*const commands[]) (KutipAnnotator *) = { kutip_annotator_remove_current };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      commands[i](annotator);
      g_assert_nonnull (told.message);
      forget (&told);
    }
  kutip_annotator_set_label (annotator, "cue");
  g_assert_nonnull (told.message);
  forget (&told);
  kutip_annotator_start_link (annotator, NULL);
  g_assert_nonnull (told.message);
  g_assert_false (kutip_annotator_is_linking (annotator));
  forget (&told);
  kutip_annotator_go_to_next_finding (annotator, TRUE);
  g_assert_nonnull (told.message);
  kutip_annotator_go_to_next_span (annotator, TRUE);
  kutip_annotator_cycle_at_caret (annotator);
  kutip_annotator_step_link_candidate (annotator, TRUE);
  kutip_annotator_accept_link_candidate (annotator);
  kutip_annotator_cancel_link (annotator);
  g_assert_null (kutip_annotator_get_current (annotator));
  close_words (annotator, &told);
}

static void
test_read_only (void)
{
  Told told;
  KutipAnnotator *annotator = open_words (&told);

  mark_words (annotator, "source", "BBC", 0);
  mark_words (annotator, "quote", "the step", 0);
  kutip_document_set_read_only (kutip_annotator_get_document (annotator), TRUE);
  forget (&told);

  kutip_annotator_set_selection (annotator, 0, 5, TRUE);
  kutip_annotator_mark (annotator, "source");
  g_assert_nonnull (told.message);
  forget (&told);
  kutip_annotator_set_selection (annotator, 14, 14, TRUE);
  kutip_annotator_start_link (annotator, NULL);
  g_assert_nonnull (told.message);
  g_assert_false (kutip_annotator_is_linking (annotator));
  forget (&told);
  kutip_annotator_remove_current (annotator);
  g_assert_nonnull (told.message);
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, 2);
  g_assert_cmpuint (told.n_changed, ==, 0);
  close_words (annotator, &told);
}

static void
mark_some (KutipAnnotator *annotator)
{
  mark_words (annotator, "claim", "Putin said: the step is good", 0);
  mark_words (annotator, "source", "Putin", 0);
  mark_words (annotator, "quote", "the step is good", 0);
  mark_words (annotator, "source", "BBC", 0);
  mark_words (annotator, "source", "KCNA", 0);
}

static void
test_move (void)
{
  static const char *const order[] = {
    "Putin said: the step is good", "Putin", "the step is good", "BBC", "KCNA",
  };
  static const struct
  {
    guint caret;
    gboolean forward;
    const char *reached;
  } rows[] = {
    { 0, TRUE, "Putin said: the step is good" },
    { 31, TRUE, "KCNA" },
    { 50, TRUE, "Putin said: the step is good" },
    { 11, TRUE, "the step is good" },
    { 36, FALSE, "BBC" },
    { 50, FALSE, "KCNA" },
    { 12, FALSE, "Putin" },
  };
  Told told;
  KutipAnnotator *annotator = open_words (&told);

  mark_some (annotator);
  kutip_annotator_set_selection (annotator, 0, 0, FALSE);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (order); i++)
    {
      kutip_annotator_go_to_next_span (annotator, TRUE);
      assert_current (annotator, order[i % G_N_ELEMENTS (order)], "forward, and around");
    }
  for (guint i = 2 * G_N_ELEMENTS (order) - 1; i > 0; i--)
    {
      kutip_annotator_go_to_next_span (annotator, FALSE);
      assert_current (annotator, order[(i - 1) % G_N_ELEMENTS (order)],
                      "back, and around");
    }
  g_assert_cmpuint (told.n_revealed, ==, 4 * G_N_ELEMENTS (order) - 1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *reason = g_strdup_printf ("from %u", rows[i].caret);

      kutip_annotator_set_current (annotator, NULL, FALSE);
      kutip_annotator_set_selection (annotator, rows[i].caret, rows[i].caret, FALSE);
      kutip_annotator_go_to_next_span (annotator, rows[i].forward);
      assert_current (annotator, rows[i].reached, reason);
    }
  close_words (annotator, &told);
}

static void
test_cycle (void)
{
  static const char *const order[] = { "Putin", "Putin said: the step is good" };
  Told told;
  KutipAnnotator *annotator = open_words (&told);

  mark_some (annotator);
  kutip_annotator_set_selection (annotator, 2, 2, FALSE);
  for (guint i = 0; i < 5; i++)
    {
      kutip_annotator_cycle_at_caret (annotator);
      assert_current (annotator, order[i % 2], "the shortest first");
      g_assert_cmpuint (kutip_annotator_get_selection (annotator).start, ==, 2);
    }
  close_words (annotator, &told);
}

static KutipSpan *
go_to (KutipAnnotator *annotator, guint offset)
{
  kutip_annotator_set_selection (annotator, offset, offset, TRUE);
  return kutip_annotator_get_current (annotator);
}

static void
assert_candidate (KutipAnnotator *annotator, const char *expected)
{
  KutipSpan *candidate = kutip_annotator_get_link_candidate (annotator);
  g_autofree char *text = candidate != NULL ? dup_words (annotator, candidate) : NULL;

  g_assert_cmpstr (text, ==, expected);
  if (candidate != NULL)
    g_assert_true (kutip_annotator_is_link_target (annotator, candidate));
}

static void
test_link (void)
{
  Told told;
  KutipAnnotator *annotator = open_words (&told);
  KutipSpan *quote, *source;
  g_autoptr (GPtrArray) links = NULL;

  mark_some (annotator);
  quote = go_to (annotator, 18);
  kutip_annotator_start_link (annotator, "attributed-to");
  g_assert_true (kutip_annotator_is_linking (annotator));
  g_assert_true (kutip_annotator_get_link_from (annotator) == quote);
  assert_candidate (annotator, "BBC");

  kutip_annotator_step_link_candidate (annotator, TRUE);
  assert_candidate (annotator, "KCNA");
  kutip_annotator_go_to_next_span (annotator, TRUE);
  assert_candidate (annotator, "Putin");
  kutip_annotator_step_link_candidate (annotator, FALSE);
  assert_candidate (annotator, "KCNA");

  /* Passing over spans links nothing, and what is no target is refused with a reason. */
  kutip_annotator_set_selection (annotator, 31, 31, TRUE);
  g_assert_true (kutip_annotator_get_current (annotator) == quote);
  kutip_annotator_set_current (annotator, NULL, FALSE);
  g_assert_true (kutip_annotator_is_linking (annotator));
  forget (&told);
  kutip_annotator_set_current (annotator, quote, FALSE);
  g_assert_nonnull (told.message);
  forget (&told);
  kutip_annotator_set_current (
      annotator, kutip_layer_get_nth_span (get_layer (annotator), 0), FALSE);
  g_assert_nonnull (told.message);
  g_assert_true (kutip_annotator_is_linking (annotator));

  source = kutip_annotator_get_link_candidate (annotator);
  kutip_annotator_accept_link_candidate (annotator);
  g_assert_false (kutip_annotator_is_linking (annotator));
  g_assert_null (kutip_annotator_get_link_candidate (annotator));
  g_assert_true (kutip_annotator_get_current (annotator) == quote);
  links =
      kutip_layer_list_relations_of (get_layer (annotator), kutip_span_get_id (quote));
  g_assert_cmpuint (links->len, ==, 1);
  g_assert_cmpstr (kutip_relation_get_to (g_ptr_array_index (links, 0)), ==,
                   kutip_span_get_id (source));

  /* What is linked already is no target. */
  kutip_annotator_start_link (annotator, "attributed-to");
  g_assert_false (kutip_annotator_is_link_target (annotator, source));
  kutip_annotator_step_link_candidate (annotator, TRUE);
  kutip_annotator_step_link_candidate (annotator, TRUE);
  assert_candidate (annotator, "BBC");
  kutip_annotator_cancel_link (annotator);

  kutip_annotator_unlink (annotator, g_ptr_array_index (links, 0));
  g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (annotator)), ==, 0);
  close_words (annotator, &told);
}

static void
test_link_ends_by_itself (void)
{
  Told told;
  KutipAnnotator *annotator = open_words (&told);

  /* Nothing to link to. */
  mark_words (annotator, "quote", "the step is good", 0);
  go_to (annotator, 18);
  kutip_annotator_start_link (annotator, "attributed-to");
  g_assert_false (kutip_annotator_is_linking (annotator));
  g_assert_nonnull (told.message);

  /* The span that it starts from goes. */
  mark_words (annotator, "source", "BBC", 0);
  kutip_annotator_start_link (annotator, NULL);
  g_assert_true (kutip_annotator_is_linking (annotator));
  kutip_annotator_remove_current (annotator);
  g_assert_false (kutip_annotator_is_linking (annotator));

  /* The span that is proposed goes. */
  kutip_annotator_undo (annotator);
  kutip_annotator_start_link (annotator, NULL);
  {
    KutipSpan *candidate = kutip_annotator_get_link_candidate (annotator);
    g_autoptr (GError) error = NULL;

    g_assert_true (kutip_annotate_remove_spans (kutip_annotator_get_document (annotator),
                                                &candidate, 1, &error));
    g_assert_no_error (error);
  }
  g_assert_null (kutip_annotator_get_link_candidate (annotator));
  kutip_annotator_accept_link_candidate (annotator);
  g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (annotator)), ==, 0);
  close_words (annotator, &told);
}

static void
test_findings (void)
{
  Told told;
  KutipAnnotator *annotator = open_words (&told);
  guint n_findings;

  /* A quote needs a source. */
  mark_words (annotator, "quote", "Putin said", 0);
  mark_words (annotator, "source", "BBC", 0);
  mark_words (annotator, "quote", "the step", 0);
  g_object_get (annotator, "n-findings", &n_findings, NULL);
  g_assert_cmpuint (n_findings, ==, 2);

  kutip_annotator_set_selection (annotator, 0, 0, FALSE);
  kutip_annotator_go_to_next_finding (annotator, TRUE);
  assert_current (annotator, "Putin said", "at the caret itself");
  kutip_annotator_go_to_next_finding (annotator, TRUE);
  assert_current (annotator, "the step", "the next one");
  kutip_annotator_go_to_next_finding (annotator, TRUE);
  assert_current (annotator, "Putin said", "around the end");
  kutip_annotator_go_to_next_finding (annotator, FALSE);
  assert_current (annotator, "the step", "around the start");
  kutip_annotator_go_to_next_finding (annotator, FALSE);
  assert_current (annotator, "Putin said", "back");

  kutip_annotator_set_current (annotator, NULL, FALSE);
  kutip_annotator_set_selection (annotator, 50, 50, FALSE);
  kutip_annotator_go_to_next_finding (annotator, FALSE);
  assert_current (annotator, "the step", "back from behind the last span");
  close_words (annotator, &told);
}

/* Whatever is done: what is current is in the layer, the selection in the text, and only
 * an allowed target is proposed. */
static void
assert_sound (KutipAnnotator *annotator)
{
  KutipSpan *current = kutip_annotator_get_current (annotator);
  KutipSpan *from = kutip_annotator_get_link_from (annotator);
  KutipSpan *candidate = kutip_annotator_get_link_candidate (annotator);
  KutipRange selection = kutip_annotator_get_selection (annotator);

  if (current != NULL)
    g_assert_true (kutip_layer_get_span (get_layer (annotator),
                                         kutip_span_get_id (current)) == current);
  if (from != NULL)
    g_assert_true (
        kutip_layer_get_span (get_layer (annotator), kutip_span_get_id (from)) == from);
  if (candidate != NULL)
    {
      g_assert_nonnull (from);
      g_assert_true (kutip_layer_get_span (get_layer (annotator),
                                           kutip_span_get_id (candidate)) == candidate);
    }
  g_assert_cmpuint (selection.start, <=, selection.end);
  g_assert_cmpuint (selection.end, <=, strlen (words));
}

static void
do_something (KutipAnnotator *annotator, GRand *random)
{
  static const char *const labels[] = { "claim", "quote", "source", "cue", "unknown" };
  const char *label = labels[g_rand_int_range (random, 0, G_N_ELEMENTS (labels))];
  gboolean forward = g_rand_boolean (random);
  guint start = (guint) g_rand_int_range (random, 0, sizeof words + 3);
  guint end = (guint) g_rand_int_range (random, 0, sizeof words + 3);

  switch (g_rand_int_range (random, 0, 12))
    {
    case 0:
      kutip_annotator_set_selection (annotator, start, forward ? end : start, TRUE);
      break;
    case 1:
    case 2:
      kutip_annotator_mark (annotator, label);
      break;
    case 3:
      kutip_annotator_set_label (annotator, label);
      break;
    case 4:
      kutip_annotator_remove_current (annotator);
      break;
    case 5:
      kutip_annotator_undo (annotator);
      break;
    case 6:
      kutip_annotator_redo (annotator);
      break;
    case 7:
      kutip_annotator_start_link (annotator, NULL);
      break;
    case 8:
      kutip_annotator_step_link_candidate (annotator, forward);
      break;
    case 9:
      kutip_annotator_accept_link_candidate (annotator);
      break;
    case 10:
      kutip_annotator_go_to_next_span (annotator, forward);
      break;
    default:
      kutip_annotator_go_to_next_finding (annotator, forward);
      break;
    }
}

static void
test_random (void)
{
  const guint32 seed = 20221508;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 20; round++)
    {
      Told told;
      KutipAnnotator *annotator = open_words (&told);

      for (guint i = 0; i < 500; i++)
        {
          do_something (annotator, random);
          assert_sound (annotator);
        }
      close_words (annotator, &told);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/annotator/mark", test_mark);
  g_test_add_func ("/annotator/mark-again", test_mark_again);
  g_test_add_func ("/annotator/pick", test_pick);
  g_test_add_func ("/annotator/follows-changes", test_follows_changes);
  g_test_add_func ("/annotator/needs-a-span", test_needs_a_span);
  g_test_add_func ("/annotator/read-only", test_read_only);
  g_test_add_func ("/annotator/move", test_move);
  g_test_add_func ("/annotator/cycle", test_cycle);
  g_test_add_func ("/annotator/link", test_link);
  g_test_add_func ("/annotator/link-ends-by-itself", test_link_ends_by_itself);
  g_test_add_func ("/annotator/findings", test_findings);
  g_test_add_func ("/annotator/random", test_random);
  return g_test_run ();
}
