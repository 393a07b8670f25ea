/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "article/open-text.h"

#include "model/annotate.h"
#include "model/document-error.h"

/* More than are done at once. */
#define MANY 300

static GThread *main_thread;

static KutipLayer *
get_layer (KutipAnnotator *annotator)
{
  return kutip_document_get_layer (kutip_annotator_get_document (annotator));
}

/* What is done to very many spans, and what came of it. */
typedef struct
{
  guint n_begun; /* how often it was begun … */
  guint n_here;  /* … in the main thread, which is to be spared */
  guint n_ended;
  GError *error;
} Run;

/* One span of each word, in one change. */
static gboolean
mark_words_all (KutipDocument *document, gpointer data, GError **error)
{
  g_autoptr (KutipChange) change = kutip_change_new ("Mark");
  Run *run = data;

  run->n_begun++;
  run->n_here += g_thread_self () == main_thread;
  for (guint i = 0; i < MANY; i++)
    {
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange range = { 5 * i, 5 * i + 4 };
      g_autofree char *id = g_strdup_printf (
          "b%u",
          i + MANY * kutip_layer_get_n_spans (kutip_document_get_layer (document)));
      g_autoptr (KutipSpan) span = NULL;

      fields.id = id;
      fields.label = "claim";
      fields.ranges = &range;
      fields.n_ranges = 1;
      span = kutip_span_new (&fields);
      kutip_change_add_span (change, NULL, span);
    }
  return kutip_document_apply (document, change, error);
}

static void
end (KutipAnnotator *annotator, const GError *error, gpointer data)
{
  Run *run = data;

  run->n_ended++;
  if (error != NULL)
    run->error = g_error_copy (error);
}

static void
begin (KutipAnnotator *annotator, Run *run)
{
  kutip_annotator_run (annotator, "Mark", MANY, mark_words_all, end, run, NULL);
}

static KutipAnnotator *
open_words (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MANY; i++)
    g_string_append (text, "kata ");
  return open_text (text->str, (gssize) text->len);
}

static void
wait_until_idle (KutipAnnotator *annotator)
{
  while (kutip_annotator_is_busy (annotator))
    g_main_context_iteration (NULL, TRUE);
}

/* Until it is taken over, but not shown yet. */
static void
wait_taken_over (KutipAnnotator *annotator, guint n_spans)
{
  while (kutip_layer_get_n_spans (get_layer (annotator)) != n_spans)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (kutip_annotator_is_busy (annotator));
  g_assert_null (kutip_document_get_busy (kutip_annotator_get_document (annotator)));
}

/* While the other one is at work it is refused, and not tried at all. */
static void
test_refused_while_at_work (void)
{
  g_autoptr (KutipAnnotator) annotator = open_words ();
  Run first = { 0 };
  Run second = { 0 };

  begin (annotator, &first);
  begin (annotator, &second);
  g_assert_cmpuint (second.n_begun, ==, 0);
  g_assert_cmpuint (second.n_ended, ==, 1);
  g_assert_error (second.error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_BUSY);
  g_clear_error (&second.error);
  wait_until_idle (annotator);
  g_assert_no_error (first.error);
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, MANY);
}

/* Between being taken over and being shown it waits for its turn, in a thread; what is
 * asked for after it comes after it. */
static void
test_waits_for_being_shown (void)
{
  g_autoptr (KutipAnnotator) annotator = open_words ();
  Run first = { 0 };
  Run second = { 0 };
  Run third = { 0 };

  begin (annotator, &first);
  wait_taken_over (annotator, MANY);
  begin (annotator, &second);
  kutip_annotator_undo (annotator);
  begin (annotator, &third);
  g_assert_cmpuint (second.n_begun, ==, 0);
  g_assert_cmpuint (second.n_ended, ==, 0);
  wait_until_idle (annotator);
  g_assert_cmpuint (first.n_ended, ==, 1);
  g_assert_cmpuint (second.n_ended, ==, 1);
  g_assert_cmpuint (third.n_ended, ==, 1);
  g_assert_cmpuint (first.n_here + second.n_here + third.n_here, ==, 0);
  /* The second one's spans were taken back by the undo. */
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, 2 * MANY);
  kutip_annotator_undo (annotator);
  wait_until_idle (annotator);
  kutip_annotator_undo (annotator);
  wait_until_idle (annotator);
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, 0);
}

/* Changes that together are more than are freed at once. */
#define N_CHANGES 8

static void
mark_very_many (KutipAnnotator *annotator)
{
  for (guint i = 0; i < N_CHANGES; i++)
    {
      Run run = { 0 };

      begin (annotator, &run);
      wait_until_idle (annotator);
      g_assert_no_error (run.error);
    }
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==,
                    N_CHANGES * MANY);
}

static void
count_forgotten (KutipDocument *document,
                 KutipChange *change,
                 KutipDirection direction,
                 guint *n)
{
  g_autoptr (GPtrArray) forgotten = kutip_document_take_forgotten (document);

  *n += forgotten != NULL ? forgotten->len : 0;
}

/* A mark forgets all that was undone: it does not wait until that is freed. */
static void
test_forgets_elsewhere (void)
{
  g_autoptr (KutipAnnotator) annotator = open_words ();
  guint n_left = 0;

  mark_very_many (annotator);
  for (guint i = 0; i < N_CHANGES; i++)
    {
      kutip_annotator_undo (annotator);
      wait_until_idle (annotator);
    }
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, 0);
  g_signal_connect (kutip_annotator_get_document (annotator), "changed",
                    G_CALLBACK (count_forgotten), &n_left);
  kutip_annotator_set_selection (annotator, 0, 4, FALSE);
  kutip_annotator_mark (annotator, "claim");
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (annotator)), ==, 1);
  g_assert_cmpuint (n_left, ==, 0);
}

static void (*finalize_history) (GObject *history);
static GObject *closed; /* only compared */
static int n_closed_here, n_closed_elsewhere;

static void
note_finalized (GObject *history)
{
  if (history == closed)
    g_atomic_int_inc (g_thread_self () == main_thread ? &n_closed_here
                                                      : &n_closed_elsewhere);
  finalize_history (history);
}

/* What was before such changes is in the history alone: that goes elsewhere, and the
 * annotator here. */
static void
test_closes_elsewhere (void)
{
  g_autoptr (GTypeClass) histories = g_type_class_ref (KUTIP_TYPE_HISTORY);
  KutipAnnotator *annotator = open_words ();

  mark_very_many (annotator);
  finalize_history = G_OBJECT_CLASS (histories)->finalize;
  G_OBJECT_CLASS (histories)->finalize = note_finalized;
  closed =
      G_OBJECT (kutip_document_get_history (kutip_annotator_get_document (annotator)));
  g_assert_finalize_object (annotator);
  while (g_atomic_int_get (&n_closed_here) + g_atomic_int_get (&n_closed_elsewhere) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (n_closed_here, ==, 0);
  G_OBJECT_CLASS (histories)->finalize = finalize_history;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  main_thread = g_thread_self ();
  g_test_add_func ("/annotator-bulk/refused-while-at-work", test_refused_while_at_work);
  g_test_add_func ("/annotator-bulk/waits-for-being-shown", test_waits_for_being_shown);
  g_test_add_func ("/annotator-bulk/forgets-elsewhere", test_forgets_elsewhere);
  g_test_add_func ("/annotator-bulk/closes-elsewhere", test_closes_elsewhere);
  return g_test_run ();
}
