/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sidebar/find-widget.h"
#include "ui/dialog/preferences-window.h"

/* A group comes in each frame; the last one has the colours. */
static void
wait_until_whole (GtkWidget *window)
{
  while (find_widget (window, ADW_TYPE_COMBO_ROW, 0) == NULL)
    g_main_context_iteration (NULL, TRUE);
  settle (window);
}

static KutipPreferencesWindow *
open_window (KutipPreferences *preferences)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GtkWidget) window = NULL;

  kutip_preferences_window_present (NULL, preferences);
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, 1);
  window = g_list_model_get_item (windows, 0);
  wait_until_whole (window);
  return KUTIP_PREFERENCES_WINDOW (window); /* GTK holds it */
}

static void
close_window (KutipPreferencesWindow *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (window);
}

static void
test_both_ways (void)
{
  g_autoptr (KutipPreferences) preferences = kutip_preferences_new ();
  KutipPreferencesWindow *window = open_window (preferences);
  GtkSpinButton *size =
      GTK_SPIN_BUTTON (find_widget (GTK_WIDGET (window), GTK_TYPE_SPIN_BUTTON, 0));
  AdwComboRow *scheme =
      ADW_COMBO_ROW (find_widget (GTK_WIDGET (window), ADW_TYPE_COMBO_ROW, 0));
  KutipColorScheme now;

  g_assert_cmpint (gtk_spin_button_get_value_as_int (size), ==, 14);
  gtk_spin_button_set_value (size, 20);
  g_assert_cmpuint (kutip_preferences_get_text_size (preferences), ==, 20);
  g_object_set (preferences, "text-size", 11, NULL);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (size), ==, 11);

  adw_combo_row_set_selected (scheme, 2);
  g_object_get (preferences, "color-scheme", &now, NULL);
  g_assert_cmpint (now, ==, KUTIP_COLOR_SCHEME_DARK);
  g_object_set (preferences, "color-scheme", KUTIP_COLOR_SCHEME_LIGHT, NULL);
  g_assert_cmpuint (adw_combo_row_get_selected (scheme), ==, 1);
  g_object_set (preferences, "color-scheme", KUTIP_COLOR_SCHEME_SYSTEM, "text-size", 14,
                NULL);
  close_window (window);
}

static void
test_annotator (void)
{
  static const struct
  {
    const char *written;
    gboolean allowed;
  } rows[] = {
    { "alice", TRUE }, { "", TRUE },       { "a.b", FALSE },
    { "../a", FALSE }, { "élise", FALSE }, { "x", TRUE },
  };
  g_autoptr (KutipPreferences) preferences = kutip_preferences_new ();
  KutipPreferencesWindow *window = open_window (preferences);
  GtkWidget *row = find_widget (GTK_WIDGET (window), ADW_TYPE_ENTRY_ROW, 0);
  g_autofree char *kept = g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = NULL;

      gtk_editable_set_text (GTK_EDITABLE (row), rows[i].written);
      g_assert_true (gtk_widget_has_css_class (row, "error") != rows[i].allowed);
      g_signal_emit_by_name (row, "apply");
      if (rows[i].allowed)
        {
          g_free (kept);
          kept = g_strdup (rows[i].written);
        }
      g_object_get (preferences, "annotator", &name, NULL);
      g_assert_cmpstr (name, ==, kept);
      /* What is not allowed goes back to what holds. */
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, kept);
    }
  g_object_set (preferences, "annotator", "", NULL);
  close_window (window);
}

/* Closed, it stays with its parent, and shows what holds when it comes again. */
static void
test_again (void)
{
  g_autoptr (KutipPreferences) preferences = kutip_preferences_new ();
  GtkWindow *parent = GTK_WINDOW (gtk_window_new ());
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *first = NULL;

  gtk_window_present (parent);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GtkWidget) window = NULL;
      GtkWidget *row;

      kutip_preferences_window_present (parent, preferences);
      g_assert_cmpuint (g_list_model_get_n_items (windows), ==, 2);
      window = g_list_model_get_item (windows, 0);
      if (window == GTK_WIDGET (parent))
        {
          g_object_unref (window);
          window = g_list_model_get_item (windows, 1);
        }
      g_assert_true (first == NULL || first == window);
      first = window;
      g_assert_true (gtk_widget_get_visible (window));
      wait_until_whole (window);
      row = find_widget (window, ADW_TYPE_ENTRY_ROW, 0);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
      gtk_editable_set_text (GTK_EDITABLE (row), "not applied");
      gtk_window_close (GTK_WINDOW (window));
      settle (GTK_WIDGET (parent));
      g_assert_false (gtk_widget_get_visible (window));
    }
  g_object_add_weak_pointer (G_OBJECT (first), (gpointer *) &first);
  gtk_window_destroy (parent);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (first);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/preferences-window/both-ways", test_both_ways);
  g_test_add_func ("/preferences-window/annotator", test_annotator);
  g_test_add_func ("/preferences-window/again", test_again);
  return g_test_run ();
}
