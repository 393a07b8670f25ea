/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/first-rows.h"

#include <string.h>

#define N_LINES 1000

typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  GtkWidget *other; /* may have the focus */
  GtkAdjustment *adjustment;
  GtkStringList *lines;
  GListModel *rows;
} Fixture;

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
add_lines (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = g_strdup_printf ("Line %u", i);

      gtk_string_list_append (fixture->lines, line);
    }
}

static void
clear (Fixture *fixture)
{
  gtk_string_list_splice (fixture->lines, 0,
                          g_list_model_get_n_items (G_LIST_MODEL (fixture->lines)), NULL);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (fixture->rows);
}

/* All frames and idle callbacks that are due. */
static void
settle (Fixture *fixture)
{
  gtk_test_widget_wait_for_draw (fixture->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture *fixture, gconstpointer height)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSelectionModel *selection;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  fixture->view = gtk_list_view_new (NULL, factory);
  fixture->other = gtk_entry_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), fixture->view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), fixture->other);
  gtk_box_append (GTK_BOX (box), scrolled);
  fixture->lines = gtk_string_list_new (NULL);
  add_lines (fixture, N_LINES);
  fixture->rows = kutip_first_rows_new (G_LIST_MODEL (fixture->lines), fixture->view);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (fixture->rows)));
  gtk_list_view_set_model (GTK_LIST_VIEW (fixture->view), selection);
  g_object_unref (selection);
  fixture->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 300,
                               GPOINTER_TO_INT (height));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (fixture->other);
  settle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer height)
{
  gtk_list_view_set_model (GTK_LIST_VIEW (fixture->view), NULL);
  g_assert_finalize_object (fixture->rows);
  g_assert_finalize_object (fixture->lines);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* A little more than the page, whatever there is. */
static void
test_few (Fixture *fixture, gconstpointer height)
{
  while (gtk_adjustment_get_upper (fixture->adjustment) <
         2 * gtk_adjustment_get_page_size (fixture->adjustment))
    g_main_context_iteration (NULL, TRUE);
  settle (fixture);
  g_assert_cmpuint (count (fixture), <, 130);
}

static void
wait_all (Fixture *fixture)
{
  while (count (fixture) < g_list_model_get_n_items (G_LIST_MODEL (fixture->lines)))
    g_main_context_iteration (NULL, TRUE);
}

/* To the end of what there is, again and again. */
static void
scroll_through (Fixture *fixture)
{
  while (count (fixture) < g_list_model_get_n_items (G_LIST_MODEL (fixture->lines)))
    {
      gtk_adjustment_set_value (fixture->adjustment,
                                gtk_adjustment_get_upper (fixture->adjustment));
      g_main_context_iteration (NULL, TRUE);
    }
}

/* A little further than the page is a little more. */
static void
test_scrolled (Fixture *fixture, gconstpointer height)
{
  gtk_adjustment_set_value (fixture->adjustment, 30);
  test_few (fixture, height);
  scroll_through (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), >, 0);
}

static void
test_focused (Fixture *fixture, gconstpointer height)
{
  g_assert_true (gtk_widget_child_focus (fixture->view, GTK_DIR_TAB_FORWARD));
  wait_all (fixture);
}

typedef struct
{
  GListModel *rows;
  guint before;
  guint n_frames; /* of those in which some came */
} Frames;

static void
look_at_frame (GdkFrameClock *clock, gpointer data)
{
  Frames *frames = data;
  guint n = g_list_model_get_n_items (frames->rows);

  if (n != frames->before && n < N_LINES)
    {
      g_assert_cmpuint (n - frames->before, <=, 8);
      frames->n_frames++;
    }
  frames->before = n;
}

/* A key that is pressed while they come waits for the rows of one step, not of several.
 */
static void
test_few_in_each_frame (Fixture *fixture, gconstpointer height)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->view);
  Frames frames = { fixture->rows, count (fixture), 0 };
  gulong handler =
      g_signal_connect (clock, "after-paint", G_CALLBACK (look_at_frame), &frames);

  g_assert_true (gtk_widget_child_focus (fixture->view, GTK_DIR_TAB_FORWARD));
  wait_all (fixture);
  g_assert_cmpuint (frames.n_frames, >, 10);
  g_signal_handler_disconnect (clock, handler);
}

/* What comes later comes too. */
static void
test_added (Fixture *fixture, gconstpointer height)
{
  scroll_through (fixture);
  add_lines (fixture, 10);
  wait_all (fixture);
}

static void
test_another (Fixture *fixture, gconstpointer height)
{
  scroll_through (fixture);
  clear (fixture);
  g_assert_cmpuint (count (fixture), ==, 0);
  add_lines (fixture, 3);
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 3);
  add_lines (fixture, N_LINES);
  settle (fixture);
  test_few (fixture, height);
}

static void
note (gpointer data)
{
  *(guint *) data += 1;
}

/* All of them go, whatever comes meanwhile, and that is told once. */
static void
test_taken_away (Fixture *fixture, gconstpointer height)
{
  guint n_told = 0;
  guint before;

  g_assert_true (gtk_widget_child_focus (fixture->view, GTK_DIR_TAB_FORWARD));
  wait_all (fixture);
  kutip_first_rows_take_away (fixture->rows, note, &n_told);
  kutip_first_rows_take_away (fixture->rows, note, &n_told);
  add_lines (fixture, 10);
  g_assert_cmpuint (n_told, ==, 0);
  do
    {
      before = count (fixture);
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (count (fixture), <=, before);
    }
  while (n_told == 0);
  g_assert_cmpuint (count (fixture), ==, 0);
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_cmpuint (n_told, ==, 1);
}

static void
test_taken_away_from_the_end (Fixture *fixture, gconstpointer height)
{
  guint n_told = 0;

  scroll_through (fixture);
  settle (fixture);
  gtk_adjustment_set_value (fixture->adjustment,
                            gtk_adjustment_get_upper (fixture->adjustment));
  kutip_first_rows_take_away (fixture->rows, note, &n_told);
  g_assert_cmpuint (count (fixture), ==, 0);
  while (n_told == 0)
    g_main_context_iteration (NULL, TRUE);
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 0);
}

static int
compare_turned (gconstpointer a, gconstpointer b, gpointer turned)
{
  const char *one = gtk_string_object_get_string ((gpointer) a);
  const char *other = gtk_string_object_get_string ((gpointer) b);

  return *(gboolean *) turned ? strcmp (other, one) : strcmp (one, other);
}

static void
look_at_change (
    GListModel *rows, guint position, guint removed, guint added, gpointer data)
{
  guint *most = data;

  *most = MAX (*most, added);
}

static const char *
get_first (GListModel *rows)
{
  g_autoptr (GtkStringObject) first = g_list_model_get_item (rows, 0);

  return gtk_string_object_get_string (first);
}

/* Put in another order, the rows of what is seen come a few at a time as well. */
static void
test_sorted (Fixture *fixture, gconstpointer height)
{
  gboolean turned = FALSE;
  guint most = 0;
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_turned, &turned, NULL));
  GtkSortListModel *sorted =
      gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (fixture->lines)), sorter);
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GtkNoSelection) selection = NULL;

  rows = kutip_first_rows_new (G_LIST_MODEL (sorted), fixture->view);
  gtk_sort_list_model_set_incremental (sorted, TRUE);
  selection = gtk_no_selection_new (g_object_ref (rows));
  gtk_list_view_set_model (GTK_LIST_VIEW (fixture->view),
                           GTK_SELECTION_MODEL (selection));
  settle (fixture);
  g_signal_connect (rows, "items-changed", G_CALLBACK (look_at_change), &most);
  g_assert_cmpuint (g_list_model_get_n_items (rows), >=, 32);
  turned = TRUE;
  gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_INVERTED);
  g_assert_cmpuint (gtk_sort_list_model_get_pending (sorted), >, 0);
  while (gtk_sort_list_model_get_pending (sorted) > 0)
    g_main_context_iteration (NULL, TRUE);
  while (gtk_adjustment_get_upper (fixture->adjustment) <
         2 * gtk_adjustment_get_page_size (fixture->adjustment))
    g_main_context_iteration (NULL, TRUE);
  settle (fixture);
  g_assert_cmpstr (get_first (rows), ==, "Line 999");
  g_assert_cmpuint (most, <=, 8);
  /* All of them once they are used; then those that are there stay. */
  g_assert_true (gtk_widget_child_focus (fixture->view, GTK_DIR_TAB_FORWARD));
  while (g_list_model_get_n_items (rows) < N_LINES)
    g_main_context_iteration (NULL, TRUE);
  turned = FALSE;
  gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_INVERTED);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, N_LINES);
  while (gtk_sort_list_model_get_pending (sorted) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (get_first (rows), ==, "Line 0");
  gtk_list_view_set_model (GTK_LIST_VIEW (fixture->view), NULL);
  g_clear_object (&selection);
  g_assert_finalize_object (g_steal_pointer (&rows));
  g_assert_finalize_object (sorted);
}

/* Destroyed by somebody else before they are gone. */
static void
test_taken_away_too_late (Fixture *fixture, gconstpointer height)
{
  guint n_told = 0;

  kutip_first_rows_take_away (fixture->rows, note, &n_told);
  gtk_list_view_set_model (GTK_LIST_VIEW (fixture->view), NULL);
  g_assert_finalize_object (fixture->rows);
  settle (fixture);
  g_assert_cmpuint (n_told, ==, 0);
  fixture->rows = kutip_first_rows_new (G_LIST_MODEL (fixture->lines), fixture->view);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
#define ADD(name, height, test)                                                          \
  g_test_add (name, Fixture, GINT_TO_POINTER (height), set_up, test, tear_down)
  ADD ("/first-rows/few", 200, test_few);
  ADD ("/first-rows/few in a high window", 700, test_few);
  ADD ("/first-rows/scrolled", 200, test_scrolled);
  ADD ("/first-rows/focused", 200, test_focused);
  ADD ("/first-rows/few in each frame", 200, test_few_in_each_frame);
  ADD ("/first-rows/added", 200, test_added);
  ADD ("/first-rows/another list", 200, test_another);
  ADD ("/first-rows/sorted", 200, test_sorted);
  ADD ("/first-rows/taken away", 200, test_taken_away);
  ADD ("/first-rows/taken away from the end", 200, test_taken_away_from_the_end);
  ADD ("/first-rows/taken away too late", 200, test_taken_away_too_late);
  return g_test_run ();
}
