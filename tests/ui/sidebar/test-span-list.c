/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-json.h"
#include "pane-fixture.h"
#include "ui/sidebar/relation-row.h"
#include "ui/sidebar/span-row.h"

#include <adwaita.h>
#include <string.h>
#include <time.h>

/* What a view may rely on: the place is in the list. */
static void
check_position (GListModel *selection, guint position, guint n_items, gpointer data)
{
  g_assert_cmpuint (position + n_items, <=, g_list_model_get_n_items (selection));
}

static void
test_list_follows (PaneFixture *fixture, gconstpointer sample)
{
  GtkSelectionModel *selection = get_selection (fixture);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));

  g_assert_cmpuint (
      n, ==, kutip_layer_get_n_spans (kutip_document_get_layer (fixture->document)));
  g_assert_cmpstr (get_selected_words (fixture), ==, "");

  select_span (fixture, "BBC");
  g_assert_cmpstr (get_selected_words (fixture), ==, "BBC");

  g_assert_true (gtk_selection_model_select_item (selection, 0, TRUE));
  g_assert_true (kutip_annotator_get_current (fixture->annotator) ==
                 sample_find (fixture->annotator, "Putin"));
  kutip_annotator_set_current (fixture->annotator, NULL, FALSE);
  g_assert_cmpstr (get_selected_words (fixture), ==, "");

  /* The current span stays selected as it changes and as spans come before it. */
  select_span (fixture, "BBC");
  {
    KutipRange range = { 0, 4 };

    kutip_annotate_mark (fixture->document, "claim", &range, 1, NULL);
  }
  kutip_annotator_set_label (fixture->annotator, "claim");
  g_assert_cmpstr (get_selected_words (fixture), ==, "BBC");

  /* Undo makes what it touched current, in the middle of the change. */
  kutip_annotator_set_current (fixture->annotator, NULL, FALSE);
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (get_selected_words (fixture), ==, "BBC");

  kutip_annotator_remove_current (fixture->annotator);
  g_assert_cmpstr (get_selected_words (fixture), ==, "");
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (get_selected_words (fixture), ==, "BBC");

  /* … also where the list, when it is told, does not reach to yet. */
  g_signal_connect (selection, "selection-changed", G_CALLBACK (check_position), NULL);
  select_span (fixture, "Korea Utara pun");
  kutip_annotator_remove_current (fixture->annotator);
  kutip_annotator_undo (fixture->annotator);
  g_assert_true (g_str_has_prefix (get_selected_words (fixture), "Korea Utara pun"));
  g_signal_handlers_disconnect_by_func (selection, check_position, NULL);
}

static void
test_list_while_linking (PaneFixture *fixture, gconstpointer sample)
{
  GtkSelectionModel *selection = get_selection (fixture);
  guint n = kutip_layer_get_n_relations (kutip_document_get_layer (fixture->document));

  select_span (fixture, "persahabatan");
  kutip_annotator_start_link (fixture->annotator, "attributed-to");
  g_assert_true (kutip_annotator_is_linking (fixture->annotator));

  /* Arrow keys select rows: that must not make links. */
  g_assert_false (gtk_selection_model_select_item (selection, 0, TRUE));
  g_assert_cmpuint (
      kutip_layer_get_n_relations (kutip_document_get_layer (fixture->document)), ==, n);
  /* Enter on a row picks it. */
  g_signal_emit_by_name (find_widget (get_list (fixture), GTK_TYPE_LIST_VIEW, 0),
                         "activate", 0u);
  g_assert_cmpuint (
      kutip_layer_get_n_relations (kutip_document_get_layer (fixture->document)), ==,
      n + 1);
}

static void
test_list_scrolls (PaneFixture *fixture, gconstpointer sample)
{
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  KutipSpan *last = kutip_layer_get_nth_span (layer, kutip_layer_get_n_spans (layer) - 1);
  GtkWidget *scrolled = find_widget (get_list (fixture), GTK_TYPE_SCROLLED_WINDOW, 0);
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_widget_grab_focus (fixture->elsewhere);
  kutip_annotator_set_current (fixture->annotator, last, TRUE);
  /* It scrolls after the frame that shows the mark. */
  settle (fixture->window);
  settle (fixture->window);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 0);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == fixture->elsewhere);
}

static void
test_filter (PaneFixture *fixture, gconstpointer sample)
{
  GtkWidget *list = get_list (fixture);
  GtkWidget *search;
  GtkWidget *quotes = find_tooltip (list, "Quote");
  GtkWidget *sources = find_tooltip (list, "Source");
  guint all = get_n_rows (fixture);

  g_assert_null (find_tooltip (list, "Labels that the tag set lacks"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (quotes), TRUE);
  g_assert_cmpuint (get_n_rows (fixture), ==, 3);
  g_assert_nonnull (find_saying (list, GTK_TYPE_LABEL, "3 of 10"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (sources), TRUE);
  g_assert_cmpuint (get_n_rows (fixture), ==, 7);

  g_assert_true (kutip_sidebar_focus_filter (fixture->sidebar));
  search = find_widget (list, GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (search), "BBC");
  g_signal_emit_by_name (search, "search-changed");
  /* One by its words, one by its note. */
  g_assert_cmpuint (get_n_rows (fixture), ==, 2);

  /* What stops to pass goes, what is made and passes comes. */
  kutip_annotate_set_label (fixture->document, sample_find (fixture->annotator, "BBC"),
                            "cue", NULL);
  g_assert_cmpuint (get_n_rows (fixture), ==, 1);
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpuint (get_n_rows (fixture), ==, 2);

  gtk_editable_set_text (GTK_EDITABLE (search), "nowhere to be found");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (get_n_rows (fixture), ==, 0);
  settle (fixture->window);
  g_assert_nonnull (find_saying (list, GTK_TYPE_LABEL, "Nothing Found"));
  g_signal_emit_by_name (find_saying (list, GTK_TYPE_BUTTON, "Show All"), "clicked");
  g_assert_cmpuint (get_n_rows (fixture), ==, all);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (quotes)));
}

static void
test_unknown_labels (PaneFixture *fixture, gconstpointer sample)
{
  GtkWidget *list = get_list (fixture);
  GtkWidget *unknown = find_tooltip (list, "Labels that the tag set lacks");
  g_autoptr (KutipTagset) tagset = NULL;

  g_assert_nonnull (unknown);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (unknown), TRUE);
  g_assert_cmpuint (get_n_rows (fixture), ==, 10);
  select_span (fixture, "BBC");
  g_assert_nonnull (
      find_saying (get_card (fixture), GTK_TYPE_LABEL, "source (not in the tag set)"));

  /* Another tag set: other toggles, none pressed. */
  tagset = kutip_tagset_load_builtin ("news-attribution");
  kutip_document_set_tagset (fixture->document, tagset);
  settle (fixture->window);
  g_assert_nonnull (find_tooltip (list, "Quote"));
  g_assert_cmpuint (get_n_rows (fixture), ==, 13);
  g_assert_nonnull (find_saying (get_card (fixture), GTK_TYPE_DROP_DOWN, "Source"));
}

static void
test_empty (PaneFixture *fixture, gconstpointer sample)
{
  KutipRange range = { 0, 4 };

  AdwStatusPage *page =
      ADW_STATUS_PAGE (find_widget (get_list (fixture), ADW_TYPE_STATUS_PAGE, 0));

  g_assert_nonnull (strstr (adw_status_page_get_description (page), "2\u00a0Quote"));
  kutip_annotate_mark (fixture->document, "claim", &range, 1, NULL);
  settle (fixture->window);
  g_assert_cmpuint (count_widgets (get_list (fixture), KUTIP_TYPE_SPAN_ROW), ==, 1);
  kutip_annotator_undo (fixture->annotator);
  settle (fixture->window);
  g_assert_nonnull (
      find_saying (get_list (fixture), GTK_TYPE_LABEL, "Nothing Marked Yet"));
  /* What is said follows the document. */
  kutip_document_set_read_only (fixture->document, TRUE);
  settle (fixture->window);
  g_assert_nonnull (find_saying (get_list (fixture), GTK_TYPE_LABEL, "Nothing Marked"));
}

static void
test_accessible (PaneFixture *fixture, gconstpointer sample)
{
  GtkWidget *row = find_widget (get_list (fixture), KUTIP_TYPE_SPAN_ROW, 3);

  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Source: BBC, 1 link");
  select_span (fixture, "langkah");
  row = find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "BBC");
  gtk_test_accessible_assert_property (find_widget (row, GTK_TYPE_BUTTON, 0),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Attributed to: Source BBC");
  g_assert_true (gtk_test_accessible_has_relation (
      GTK_ACCESSIBLE (find_widget (get_card (fixture), GTK_TYPE_TEXT_VIEW, 0)),
      GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Processor time of this thread, in microseconds: it says the same on a busy machine. */
static gint64
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
log_times (const char *what, gint64 *times, guint n)
{
  qsort (times, n, sizeof *times, compare_times);
  g_test_message ("%s: median %.2f ms, longest %.2f ms", what,
                  (double) times[n / 2] / 1000.0, (double) times[n - 1] / 1000.0);
  g_assert_cmpint (times[n / 2], <, 100000);
}

/* The main thread's work for one command with 100,000 spans in list and card, and for the
 * frame after it. The limit is loose, for slow machines and sanitizers; the numbers are
 * in the log. */
static void
test_many (PaneFixture *fixture, gconstpointer sample)
{
  enum
  {
    N = 40
  };
  static const char *const names[] = { "go to", "mark", "relabel", "remove", "undo" };
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  gint64 times[G_N_ELEMENTS (names)][N];
  gint64 frames[G_N_ELEMENTS (names)][N];

  for (guint i = 0; i < N; i++)
    for (guint what = 0; what < G_N_ELEMENTS (names); what++)
      {
        guint n = kutip_layer_get_n_spans (layer);
        KutipSpan *span = kutip_layer_get_nth_span (
            layer, (guint) g_rand_int_range (rand, 0, (gint32) n));
        KutipRange range = kutip_span_get_hull (span);
        gint64 start = get_work ();

        if (what == 0)
          kutip_annotator_set_current (fixture->annotator, span, TRUE);
        else if (what == 1)
          kutip_annotate_mark (fixture->document, "cue", &range, 1, NULL);
        else if (what == 2)
          kutip_annotator_set_label (fixture->annotator, i % 2 == 0 ? "quote" : "claim");
        else if (what == 3)
          kutip_annotator_remove_current (fixture->annotator);
        else
          kutip_annotator_undo (fixture->annotator);
        times[what][i] = get_work () - start;
        start = get_work ();
        settle (fixture->window);
        frames[what][i] = get_work () - start;
      }

  for (guint what = 0; what < G_N_ELEMENTS (names); what++)
    {
      log_times (names[what], times[what], N);
      log_times ("… the frame after it", frames[what], N);
    }
}

/* Delete takes the current span away, and the focus stays in the list. */
static void
test_delete (PaneFixture *fixture, gconstpointer sample)
{
  GtkWidget *rows = find_widget (get_list (fixture), GTK_TYPE_LIST_VIEW, 0);
  guint n = get_n_rows (fixture);
  GtkWidget *focus;

  select_span (fixture, "BBC");
  g_assert_true (kutip_sidebar_focus_list (fixture->sidebar));
  g_assert_true (gtk_widget_activate_action (rows, "annotation.delete", NULL));
  settle (fixture->window);
  g_assert_cmpuint (fixture->n_deleted, ==, 1);
  g_assert_cmpuint (get_n_rows (fixture), ==, n - 1);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, rows));
}

int
main (int argc, char **argv)
{
  pane_test_init (&argc, &argv);

  pane_test_add ("/span-list/follows", "news", test_list_follows);
  pane_test_add ("/span-list/while-linking", "news", test_list_while_linking);
  pane_test_add ("/span-list/scrolls", "study", test_list_scrolls);
  pane_test_add ("/span-list/filter", "news", test_filter);
  pane_test_add ("/span-list/unknown-labels", "study", test_unknown_labels);
  pane_test_add ("/span-list/empty", "empty", test_empty);
  pane_test_add ("/span-list/accessible", "news", test_accessible);
  pane_test_add ("/span-list/delete", "news", test_delete);
  pane_test_add ("/span-list/many", "many", test_many);
  return g_test_run ();
}
