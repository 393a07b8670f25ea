/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/find-bar.h"

#include "../article/open-text.h"
#include "../sidebar/find-widget.h"

#include <adwaita.h>

#define STORY "Putin writes. Then Kim called, and Putin answered."

typedef struct
{
  GtkWidget *window;
  GtkWidget *bar;
  GtkEditable *entry;
  KutipAnnotator *annotator;
  guint n_moves; /* of the selection */
} Fixture;

static void
on_moved (Fixture *fixture)
{
  fixture->n_moves++;
}

static void
set_up (Fixture *fixture)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *view = kutip_article_view_new ();

  fixture->annotator = open_text (STORY, -1);
  fixture->bar = kutip_find_bar_new ();
  fixture->window = gtk_window_new ();
  kutip_article_view_set_annotator (KUTIP_ARTICLE_VIEW (view), fixture->annotator);
  g_object_set (fixture->bar, "view", view, NULL);
  gtk_widget_set_vexpand (view, TRUE);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), fixture->bar);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 300);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture->window);
  kutip_find_bar_open (KUTIP_FIND_BAR (fixture->bar));
  fixture->entry = GTK_EDITABLE (find_widget (fixture->bar, GTK_TYPE_TEXT, 0));
  g_assert_nonnull (fixture->entry);
  g_signal_connect_swapped (fixture->annotator, "notify::selection-start",
                            G_CALLBACK (on_moved), fixture);
}

static void
tear_down (Fixture *fixture)
{
  kutip_find_bar_close (KUTIP_FIND_BAR (fixture->bar));
  g_signal_handlers_disconnect_by_data (fixture->annotator, fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  /* A search that was cancelled holds on until its thread has noticed. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->annotator);
}

static void
wait_selected (Fixture *fixture, guint start, guint end)
{
  KutipRange selection;

  do
    {
      g_main_context_iteration (NULL, TRUE);
      selection = kutip_annotator_get_selection (fixture->annotator);
    }
  while (selection.start != start || selection.end != end);
}

/* As typing does it when all is selected: the old words go, and the new ones come. */
static void
write_over (Fixture *fixture, const char *words)
{
  int at = 0;

  gtk_editable_delete_text (fixture->entry, 0, -1);
  gtk_editable_insert_text (fixture->entry, words, -1, &at);
}

/* From hit to hit, and not to where the search began meanwhile. */
static void
test_written_over (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture);
  gtk_editable_set_text (fixture.entry, "Kim");
  wait_selected (&fixture, 19, 22);
  fixture.n_moves = 0;
  write_over (&fixture, "answered");
  wait_selected (&fixture, 41, 49);
  g_assert_cmpuint (fixture.n_moves, ==, 1);
  tear_down (&fixture);
}

/* Left empty, it leads back. */
static void
test_emptied (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture);
  gtk_editable_set_text (fixture.entry, "Kim");
  wait_selected (&fixture, 19, 22);
  gtk_editable_delete_text (fixture.entry, 0, -1);
  wait_selected (&fixture, 0, 0);
  g_assert_cmpstr (kutip_find_bar_get_pattern (KUTIP_FIND_BAR (fixture.bar), NULL), ==,
                   "");
  tear_down (&fixture);
}

/* Emptied and gone at once. */
static void
test_closed (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture);
  gtk_editable_set_text (fixture.entry, "Kim");
  wait_selected (&fixture, 19, 22);
  gtk_editable_delete_text (fixture.entry, 0, -1);
  kutip_find_bar_close (KUTIP_FIND_BAR (fixture.bar));
  settle (fixture.window);
  g_assert_cmpuint (kutip_annotator_get_selection (fixture.annotator).start, ==, 19);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
  g_test_add_func ("/find-bar/written-over", test_written_over);
  g_test_add_func ("/find-bar/emptied", test_emptied);
  g_test_add_func ("/find-bar/closed", test_closed);
  return g_test_run ();
}
