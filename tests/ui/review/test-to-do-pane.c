/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review-fixture.h"
#include "ui/review/finding-list.h"
#include "ui/review/to-do-pane.h"

#include <string.h>
#include <time.h>

static char *fixed; /* the id that was to be mended last */

static void
on_fix (KutipToDoPane *pane, KutipFindingItem *item, gpointer data)
{
  g_free (fixed);
  fixed = g_strdup (kutip_finding_item_get (item)->id);
}

static void
set_up (ReviewFixture *fixture)
{
  GtkWidget *pane = kutip_to_do_pane_new ();

  review_set_up (fixture, pane);
  g_signal_connect (pane, "fix", G_CALLBACK (on_fix), NULL);
  kutip_to_do_pane_set_annotator (KUTIP_TO_DO_PANE (pane), fixture->annotator);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture->window);
}

static void
assert_rows (ReviewFixture *fixture, const char *expected)
{
  g_autofree char *rows = review_list_rows (fixture);

  g_assert_cmpstr (rows, ==, expected);
}

/* From nothing to do, to something, and back. */
static void
test_follows (void)
{
  ReviewFixture fixture = { 0 };
  KutipSpan *quote, *source;

  set_up (&fixture);
  g_assert_true (review_says (&fixture, "Nothing Left to Do"));
  g_assert_false (kutip_to_do_pane_focus (KUTIP_TO_DO_PANE (fixture.pane)));
  review_select (&fixture, "Semua telah diperiksa");
  kutip_annotator_mark (fixture.annotator, "quote");
  assert_rows (&fixture, "Semua telah diperiksa | Not yet linked to: Source\n");
  review_select (&fixture, "BBC");
  kutip_annotator_close_attribution (fixture.annotator);
  kutip_annotator_mark (fixture.annotator, "source");
  source = kutip_annotator_get_current (fixture.annotator);
  kutip_annotate_set_unsure (fixture.document, source, TRUE, NULL);
  assert_rows (&fixture, "BBC | Unsure\n"
                         "Semua telah diperiksa | Not yet linked to: Source\n");
  quote = review_get (&fixture, "s1");
  kutip_annotate_link (fixture.document, quote, review_get (&fixture, "s2"), NULL, NULL);
  assert_rows (&fixture, "BBC | Unsure\n");
  kutip_annotate_set_unsure (fixture.document, review_get (&fixture, "s2"), FALSE, NULL);
  g_assert_true (review_says (&fixture, "Nothing Left to Do"));
  kutip_annotator_undo (fixture.annotator);
  kutip_annotator_undo (fixture.annotator);
  assert_rows (&fixture, "BBC | Unsure\n"
                         "Semua telah diperiksa | Not yet linked to: Source\n");
  review_tear_down (&fixture);
}

static GtkWidget *
find_chip (ReviewFixture *fixture, const char *tooltip)
{
  GtkWidget *chip;

  settle (fixture->window);
  chip = find_tooltip (fixture->pane, tooltip);
  g_assert_nonnull (chip);
  return chip;
}

/* One kind at a time; what moved is no work. */
static void
test_filter (void)
{
  ReviewFixture fixture = { 0 };
  GtkWidget *lost, *approximate;

  set_up (&fixture);
  review_add_spans (&fixture);
  assert_rows (&fixture,
               "belum pernah diperiksa | Not found\n"
               "langkah itu dilakukan demi kebaikan dua negara | Found approximately\n");
  lost = find_chip (&fixture, "Not found: 1");
  approximate = find_chip (&fixture, "Found approximately: 1");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (lost), TRUE);
  assert_rows (&fixture, "belum pernah diperiksa | Not found\n");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (approximate), TRUE);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (lost)));
  assert_rows (&fixture,
               "langkah itu dilakukan demi kebaikan dua negara | Found approximately\n");
  /* The last one of the kind goes, and the others are seen again. */
  kutip_annotate_remove_spans (fixture.document,
                               (KutipSpan *[]){ review_get (&fixture, "s2") }, 1, NULL);
  assert_rows (&fixture, "belum pernah diperiksa | Not found\n");
  review_tear_down (&fixture);
}

/* Moving to a row shows its span; Enter asks for what mends it; and what is current by
 * other means is selected. */
static void
test_leads_there (void)
{
  ReviewFixture fixture = { 0 };
  GtkListView *rows;
  GtkSelectionModel *selection;

  set_up (&fixture);
  review_add_spans (&fixture);
  settle (fixture.window);
  rows = GTK_LIST_VIEW (find_widget (fixture.pane, GTK_TYPE_LIST_VIEW, 0));
  selection = gtk_list_view_get_model (rows);
  gtk_selection_model_select_item (selection, 1, TRUE);
  g_assert_true (kutip_annotator_get_current (fixture.annotator) ==
                 review_get (&fixture, "s2"));
  g_assert_null (fixed);
  g_signal_emit_by_name (rows, "activate", 0);
  g_assert_cmpstr (fixed, ==, "s3");
  g_assert_true (kutip_annotator_get_current (fixture.annotator) ==
                 review_get (&fixture, "s3"));
  settle (fixture.window);
  g_assert_true (gtk_selection_model_is_selected (selection, 0));
  kutip_annotator_set_current (fixture.annotator, review_get (&fixture, "s2"), FALSE);
  settle (fixture.window);
  g_assert_true (gtk_selection_model_is_selected (selection, 1));
  kutip_annotator_set_current (fixture.annotator, NULL, FALSE);
  settle (fixture.window);
  g_assert_false (gtk_selection_model_is_selected (selection, 1));
  g_assert_true (kutip_to_do_pane_focus (KUTIP_TO_DO_PANE (fixture.pane)));
  g_clear_pointer (&fixed, g_free);
  review_tear_down (&fixture);
}

/* What comes and goes before the selected row leads nowhere. */
static void
test_stays (void)
{
  ReviewFixture fixture = { 0 };
  KutipRange range = { 0, 4 };
  GtkSelectionModel *selection;

  set_up (&fixture);
  review_add_spans (&fixture);
  settle (fixture.window);
  selection = gtk_list_view_get_model (
      GTK_LIST_VIEW (find_widget (fixture.pane, GTK_TYPE_LIST_VIEW, 0)));
  gtk_selection_model_select_item (selection, 1, TRUE);
  g_assert_true (kutip_annotator_get_current (fixture.annotator) ==
                 review_get (&fixture, "s2"));
  kutip_annotator_set_current (fixture.annotator, NULL, FALSE);
  g_assert_nonnull (kutip_annotate_mark (fixture.document, "quote", &range, 1, NULL));
  g_assert_true (gtk_selection_model_is_selected (selection, 2));
  g_assert_null (kutip_annotator_get_current (fixture.annotator));
  review_tear_down (&fixture);
}

/* Of this process, whatever else the machine does; microseconds. */
static gint64
get_work (void)
{
  return (gint64) clock () * G_USEC_PER_SEC / CLOCKS_PER_SEC;
}

/* 200,000 things left to do; says what an edit and another filter cost. */
static void
test_many (void)
{
  const guint n_edits = 200;
  ReviewFixture fixture = { 0 };
  KutipLayer *layer;
  gint64 worst = 0, sum = 0, start, spent;
  GtkWidget *chip;

  set_up (&fixture);
  layer = kutip_document_get_layer (fixture.document);
  review_mark_many (&fixture, 100000);
  settle (fixture.window);
  for (guint i = 0; i < n_edits; i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i * 449);

      start = get_work ();
      kutip_annotate_set_unsure (fixture.document, span, FALSE, NULL);
      spent = get_work () - start;
      worst = MAX (worst, spent);
      sum += spent;
      if (i % 20 == 0)
        settle (fixture.window);
    }
  chip = find_chip (&fixture, "Link missing: 100000");
  start = get_work ();
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  spent = get_work () - start;
  settle (fixture.window);
  g_test_message ("an edit: %" G_GINT64_FORMAT " us, at most %" G_GINT64_FORMAT
                  " us; a filter: %" G_GINT64_FORMAT " us",
                  sum / n_edits, worst, spent);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)));
  g_assert_nonnull (find_chip (&fixture, "Link missing: 100000"));
  review_tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  review_test_init (&argc, &argv);
  g_test_add_func ("/to-do-pane/follows", test_follows);
  g_test_add_func ("/to-do-pane/filter", test_filter);
  g_test_add_func ("/to-do-pane/leads-there", test_leads_there);
  g_test_add_func ("/to-do-pane/stays", test_stays);
  g_test_add_func ("/to-do-pane/many", test_many);
  return g_test_run ();
}
