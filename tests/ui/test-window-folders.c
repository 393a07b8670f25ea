/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "ui/corpus/entry-row.h"

#include <glib/gstdio.h>

static void
write_folder (Fixture *fixture)
{
  g_object_unref (write_file (fixture, "c/a1.txt", "One\n\nText.\n"));
  g_object_unref (write_file (fixture, "c/a2.txt", "Two\n\nText.\n"));
  g_object_unref (write_file (fixture, "c/a10.txt", "Ten\n\nText.\n"));
}

static void
wait_article (Fixture *fixture, const char *title)
{
  WAIT_FOR (title,
            g_strcmp0 (adw_window_title_get_title (fixture->window->title), title) == 0);
  settle (GTK_WIDGET (fixture->window));
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "c");
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  write_folder (fixture);
  kutip_window_open (fixture->window, &folder, 1, NULL);
  wait_article (fixture, "One");
  g_assert_true (adw_flap_get_reveal_flap (fixture->window->articles_flap));
  WAIT_FOR ("three rows", count_widgets (GTK_WIDGET (fixture->window->corpus_pane),
                                         KUTIP_TYPE_ENTRY_ROW) == 3);
  g_assert_nonnull (find_saying (GTK_WIDGET (fixture->window->corpus_pane),
                                 GTK_TYPE_LABEL, "0 of 3 done"));

  /* Numbers count as numbers. */
  activate (fixture, "win.next-article");
  wait_article (fixture, "Two");
  activate (fixture, "win.next-article");
  wait_article (fixture, "Ten");
  activate (fixture, "win.next-article");
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Ten");

  activate (fixture, "annotation.done");
  g_assert_nonnull (find_saying (GTK_WIDGET (fixture->window->corpus_pane),
                                 GTK_TYPE_LABEL, "1 of 3 done"));
  activate (fixture, "win.next-unfinished");
  wait_article (fixture, "One");
  activate (fixture, "annotation.done");
  activate (fixture, "win.previous-article");
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "One");
  activate (fixture, "win.next-unfinished");
  wait_article (fixture, "Two");
  activate (fixture, "win.next-unfinished");
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Two");
}

/* A folder that is opened again begins where there is something left to do. */
static void
test_folder_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "c");
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  write_folder (fixture);
  kutip_window_open (fixture->window, &folder, 1, NULL);
  wait_article (fixture, "One");
  activate (fixture, "annotation.done");
  wait_saved (fixture);
  kutip_window_open (fixture->window, &folder, 1, NULL);
  wait_article (fixture, "Two");
}

static void
test_folder_pane_on_demand (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "c/a2.txt");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  write_folder (fixture);
  open_file (fixture, file);
  g_assert_null (fixture->window->corpus);
  g_assert_false (adw_flap_get_reveal_flap (fixture->window->articles_flap));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window),
                                                     "next-article"));
  activate (fixture, "win.articles-pane");
  g_assert_true (adw_flap_get_reveal_flap (fixture->window->articles_flap));
  WAIT_FOR ("the list",
            g_list_model_get_n_items (G_LIST_MODEL (fixture->window->corpus)) == 3);
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Two");
  activate (fixture, "win.previous-article");
  wait_article (fixture, "One");
}

static void
test_empty_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "nothing");
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  kutip_window_open (fixture->window, &folder, 1, NULL);
  WAIT_FOR ("the folder", fixture->window->corpus != NULL &&
                              !kutip_corpus_is_loading (fixture->window->corpus));
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->window->pages), ==,
                   "choose");
  g_assert_cmpstr (adw_status_page_get_description (fixture->window->choose_page), ==,
                   "There are no articles in this folder. Articles are text files: "
                   ".txt, .text, .md");
  g_assert_nonnull (find_saying (GTK_WIDGET (fixture->window->choose_page),
                                 GTK_TYPE_BUTTON, "Open Folder…"));
}

/* So many rows are made for a long list, and so many come or go in one turn of the main
 * loop; those that a loader finds at a time among them. */
#define N_ROWS 200
#define A_FEW 48

static guint
count_rows (Fixture *fixture)
{
  return count_widgets (GTK_WIDGET (fixture->window->corpus_pane), KUTIP_TYPE_ENTRY_ROW);
}

/* Whether all rows are of the corpus, and not of one before. */
static gboolean
are_rows_of (GtkWidget *widget, KutipCorpus *corpus)
{
  if (KUTIP_IS_ENTRY_ROW (widget))
    {
      KutipEntry *entry = kutip_entry_row_get_entry (KUTIP_ENTRY_ROW (widget));

      return kutip_corpus_lookup (corpus, kutip_entry_get_file (entry)) == entry;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!are_rows_of (child, corpus))
      return FALSE;
  return TRUE;
}

static GFile *
write_long_folder (Fixture *fixture, const char *name)
{
  g_autofree char *path = build_path (fixture, name);

  for (guint i = 0; i < 2 * N_ROWS; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s/%u.txt", name, i);

      g_object_unref (write_file (fixture, file, "One\n\nText.\n"));
    }
  return g_file_new_for_path (path);
}

/* Of the rows of a long folder a few come and go in each turn of the main loop. */
static void
test_folder_after_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "c");
  g_autoptr (GFile) few = g_file_new_for_path (path);
  g_autoptr (GFile) many = write_long_folder (fixture, "l");
  g_autoptr (GFile) others = write_long_folder (fixture, "m");
  GFile *const folders[] = { few, many, others, few };

  write_folder (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (KutipCorpus) corpus = kutip_corpus_new_for_folder (folders[i], NULL);
      guint n_all = folders[i] == few ? 3 : N_ROWS;
      guint n = count_rows (fixture);

      kutip_window_set_corpus (fixture->window, corpus);
      do
        {
          guint before = n;

          g_main_context_iteration (NULL, TRUE);
          n = count_rows (fixture);
          g_assert_cmpuint (MAX (n, before) - MIN (n, before), <=, A_FEW);
        }
      while (n < n_all ||
             !are_rows_of (GTK_WIDGET (fixture->window->corpus_pane), corpus));
    }
}

/* There is one to choose, though the first is not opened by itself. */
static void
test_folder_to_choose_from (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "c");
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipCorpus) corpus = NULL;

  write_folder (fixture);
  corpus = kutip_corpus_new_for_folder (folder, NULL);
  kutip_window_set_corpus (fixture->window, corpus);
  g_assert_cmpstr (adw_status_page_get_description (fixture->window->choose_page), ==,
                   "");
  WAIT_FOR ("the folder", !kutip_corpus_is_loading (corpus));
  g_assert_cmpstr (adw_status_page_get_description (fixture->window->choose_page), ==,
                   "Choose one in the list, or open another folder.");
}

/* What hinders reading the folder, where the article would be, whatever it is called. */
static void
test_folder_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "gone & away");
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (KutipCorpus) corpus = kutip_corpus_new_for_folder (folder, NULL);

  kutip_window_set_corpus (fixture->window, corpus);
  WAIT_FOR ("the folder", !kutip_corpus_is_loading (corpus));
  g_assert_nonnull (strstr (
      adw_status_page_get_description (fixture->window->choose_page), "gone &amp; away"));
}

/* Narrow and wide again: panes fold away and come back, header and bar fit. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  static const int widths[] = { 1100, 700, 500, 400, 700, 1100 };
  static const gboolean articles[] = { TRUE, FALSE, FALSE, FALSE, FALSE, TRUE };
  static const gboolean annotations[] = { TRUE, TRUE, FALSE, FALSE, TRUE, TRUE };
  g_autofree char *path = build_path (fixture, "c");
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  KutipWindow *window = fixture->window;

  write_folder (fixture);
  kutip_window_open (window, &folder, 1, NULL);
  wait_article (fixture, "One");
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      gboolean narrow;

      gtk_window_set_default_size (GTK_WINDOW (window), widths[i], 600);
      /* A few pixels less are the shadow's. */
      WAIT_FOR ("the size",
                ABS (gtk_widget_get_width (GTK_WIDGET (window)) - widths[i]) <= 20);
      settle (GTK_WIDGET (window));
      settle (GTK_WIDGET (window));
      g_test_message ("%d pixels", widths[i]);
      g_assert_cmpint (adw_flap_get_reveal_flap (window->articles_flap), ==, articles[i]);
      g_assert_cmpint (adw_flap_get_reveal_flap (window->annotations_flap), ==,
                       annotations[i]);
      g_object_get (window->status_bar, "narrow", &narrow, NULL);
      g_assert_cmpint (narrow, ==, widths[i] < 560);
      g_assert_cmpint (gtk_widget_get_visible (window->history_buttons), ==, !narrow);
    }
}

static void
test_panes_are_remembered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  g_autoptr (GFile) b = write_file (fixture, "b.txt", article);

  open_file (fixture, a);
  g_assert_true (adw_flap_get_reveal_flap (fixture->window->annotations_flap));
  activate (fixture, "win.annotations-pane");
  g_assert_false (adw_flap_get_reveal_flap (fixture->window->annotations_flap));
  open_file (fixture, b);
  g_assert_false (adw_flap_get_reveal_flap (fixture->window->annotations_flap));
  activate (fixture, "win.properties");
  g_assert_true (adw_flap_get_reveal_flap (fixture->window->annotations_flap));
  g_assert_cmpstr (kutip_sidebar_get_page (fixture->window->sidebar), ==, "properties");
}

/* The first row, from wherever one comes, and not one row further each time. */
static void
test_properties_begin_at_the_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  GtkWindow *window = GTK_WINDOW (fixture->window);
  GtkWidget *first, *pane;

  open_file (fixture, a);
  activate (fixture, "win.properties");
  first = gtk_window_get_focus (window);
  pane = GTK_WIDGET (kutip_sidebar_get_properties (fixture->window->sidebar));
  g_assert_true (gtk_widget_is_ancestor (first, pane));
  activate (fixture, "win.properties");
  g_assert_true (gtk_window_get_focus (window) == first);

  kutip_sidebar_set_page (fixture->window->sidebar, "annotations");
  settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window->sidebar),
                                         GTK_DIR_TAB_FORWARD));
  activate (fixture, "win.properties");
  g_assert_true (gtk_window_get_focus (window) == first);
}

static void
test_properties_left_begin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  GtkWindow *window = GTK_WINDOW (fixture->window);
  GtkEditable *title;

  open_file (fixture, a);
  activate (fixture, "win.properties");
  title = GTK_EDITABLE (gtk_window_get_focus (window));
  gtk_editable_set_text (title, "A title that is longer than any row of a pane may be");
  gtk_editable_set_position (title, -1);
  g_assert_cmpint (gtk_editable_get_position (title), >, 0);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window->sidebar),
                                         GTK_DIR_TAB_FORWARD));
  settle (GTK_WIDGET (window));
  g_assert_cmpint (gtk_editable_get_position (title), ==, 0);
}

static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  g_autoptr (GFile) b = write_file (fixture, "b.txt", article);
  g_auto (GValue) value = G_VALUE_INIT;
  GSList files = { b, NULL };
  GSList both = { a, &files };
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &both);
  g_signal_emit_by_name (fixture->window->drop_target, "drop", &value, 10.0, 10.0,
                         &taken);
  g_assert_true (taken);
  WAIT_FOR ("the first of the two", is_open (fixture, a));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->window->corpus)), ==,
                    2);
  activate (fixture, "win.next-article");
  WAIT_FOR ("the second", is_open (fixture, b));
}

static void
test_recent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "first.txt", article);
  g_autoptr (GFile) b = write_file (fixture, "second.txt", article);
  GtkWidget *menu = GTK_WIDGET (fixture->window->open_menu);
  GtkWidget *row;

  open_file (fixture, a);
  open_file (fixture, b);
  WAIT_FOR ("the list of recent files", ({
              gtk_popover_popup (GTK_POPOVER (menu));
              settle (menu);
              row = find_saying (menu, GTK_TYPE_BUTTON, "first.txt");
              row != NULL;
            }));
  g_signal_emit_by_name (row, "clicked");
  WAIT_FOR ("the first", is_open (fixture, a));
  g_assert_false (gtk_widget_get_visible (menu));

  /* What is gone is not offered. */
  g_assert_true (g_file_delete (b, NULL, NULL));
  gtk_popover_popup (GTK_POPOVER (menu));
  settle (menu);
  g_assert_null (find_saying (menu, GTK_TYPE_BUTTON, "second.txt"));
  gtk_popover_popdown (GTK_POPOVER (menu));
}

static void
test_one_window_each (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  KutipWindow *other = kutip_window_new (GTK_APPLICATION (application),
                                         kutip_application_get_preferences (application));

  gtk_window_present (GTK_WINDOW (other));
  open_file (fixture, file);
  kutip_window_open (other, &file, 1, NULL);
  settle (GTK_WIDGET (other));
  settle (GTK_WIDGET (other));
  g_assert_true (kutip_window_is_empty (other));
  g_assert_true (kutip_window_find (GTK_APPLICATION (application), file) ==
                 fixture->window);
  gtk_window_close (GTK_WINDOW (other));
}

int
main (int argc, char **argv)
{
  int status;

  start_application (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/window/folder", test_folder);
  ADD ("/window/folder-again", test_folder_again);
  ADD ("/window/folder-pane-on-demand", test_folder_pane_on_demand);
  ADD ("/window/empty-folder", test_empty_folder);
  ADD ("/window/folder-after-folder", test_folder_after_folder);
  ADD ("/window/folder-to-choose-from", test_folder_to_choose_from);
  ADD ("/window/folder-gone", test_folder_gone);
  ADD ("/window/narrow", test_narrow);
  ADD ("/window/panes-are-remembered", test_panes_are_remembered);
  ADD ("/window/properties-begin-at-the-first", test_properties_begin_at_the_first);
  ADD ("/window/properties-left-begin", test_properties_left_begin);
  ADD ("/window/drop", test_drop);
  ADD ("/window/recent", test_recent);
  ADD ("/window/one-window-each", test_one_window_each);
#undef ADD
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
