/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "ui/kept-window.h"

#define NAME "kutip-test"

/* The window that is shown beside the main one; NULL: none is. */
static GtkWindow *
find_asking (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != GTK_WINDOW (fixture->window) &&
          gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static GtkWindow *
ask (Fixture *fixture, const char *action)
{
  activate (fixture, action);
  WAIT_FOR (action, find_asking (fixture) != NULL);
  settle (GTK_WIDGET (find_asking (fixture)));
  return find_asking (fixture);
}

/* Until it is kept, or another in its place. */
static void
answer (Fixture *fixture, const char *kept)
{
  gtk_window_close (find_asking (fixture));
  WAIT_FOR (kept, g_object_get_data (G_OBJECT (fixture->window), kept) != NULL);
  g_assert_null (find_asking (fixture));
}

static void
open_article (Fixture *fixture)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);

  open_file (fixture, file);
}

static GtkEditable *
get_entry (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  g_assert_true (GTK_IS_TEXT (focus));
  return GTK_EDITABLE (focus);
}

static void
select_words (Fixture *fixture, guint start, guint end)
{
  kutip_annotator_set_selection (fixture->window->annotator, start, end, FALSE);
}

static gboolean
is_checked (GtkWindow *window, const char *label)
{
  GtkWidget *button = find_saying (GTK_WIDGET (window), GTK_TYPE_TOGGLE_BUTTON, label);

  g_assert_nonnull (button);
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

/* The same window asks about other words, and nothing of the last time is left. */
static void
test_mark_all (Fixture *fixture, gconstpointer data)
{
  GtkWindow *first, *again;
  GtkWidget *list;

  open_article (fixture);
  select_words (fixture, 10, 15);
  first = ask (fixture, "annotation.mark-all");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (first)), ==, "Putin");
  WAIT_FOR ("a place", find_saying (GTK_WIDGET (first), GTK_TYPE_BUTTON, "Mark 1"));
  list = find_widget (GTK_WIDGET (first), GTK_TYPE_LIST_VIEW, 0);
  g_assert_true (gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD));
  answer (fixture, "kutip-mark-all");
  g_assert_null (gtk_list_view_get_model (GTK_LIST_VIEW (list)));

  select_words (fixture, 39, 42);
  again = ask (fixture, "annotation.mark-everywhere");
  g_assert_true (again == first);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (again)), ==, "BBC");
  g_assert_true (is_checked (again, "All Articles"));
  answer (fixture, "kutip-mark-all");

  select_words (fixture, 25, 29);
  again = ask (fixture, "annotation.mark-all");
  g_assert_true (again == first);
  g_assert_true (is_checked (again, "This Article"));
  g_assert_cmpstr (gtk_editable_get_text (get_entry (again)), ==, "step");
  WAIT_FOR ("two places", find_saying (GTK_WIDGET (again), GTK_TYPE_BUTTON, "Mark 2"));
  answer (fixture, "kutip-mark-all");
}

static void
test_jump (Fixture *fixture, gconstpointer data)
{
  GtkWindow *first, *again;

  open_article (fixture);
  first = ask (fixture, "annotation.jump");
  gtk_editable_set_text (get_entry (first), "25");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (first), "go");
  WAIT_FOR ("the dialog to go", find_asking (fixture) == NULL);
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->window->annotator).end, ==,
                    25);
  again = ask (fixture, "annotation.jump");
  g_assert_true (again == first);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (again)), ==, "");
  gtk_editable_set_text (get_entry (again), "10");
  answer (fixture, "kutip-jump-dialog");
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->window->annotator).end, ==,
                    25);
}

/* What has much to forget is made anew, but before it is asked for. */
static void
test_tagset_editor (Fixture *fixture, gconstpointer data)
{
  GtkWindow *first, *kept;

  open_article (fixture);
  first = ask (fixture, "win.edit-tagset");
  g_object_add_weak_pointer (G_OBJECT (first), (gpointer *) &first);
  answer (fixture, "kutip-tagset-editor");
  g_assert_null (first);
  kept = g_object_get_data (G_OBJECT (fixture->window), "kutip-tagset-editor");
  g_assert_true (ask (fixture, "win.edit-tagset") == kept);
  answer (fixture, "kutip-tagset-editor");
}

/* One of each name, and only while there is somebody to ask for it. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  GtkWindow *parent = GTK_WINDOW (gtk_window_new ());
  GtkWindow *kept = kutip_kept_window_obtain (parent, NAME, GTK_TYPE_WINDOW);
  GtkWindow *other = kutip_kept_window_obtain (parent, NAME, GTK_TYPE_WINDOW);
  GtkWindow *alone = kutip_kept_window_obtain (NULL, NAME, GTK_TYPE_WINDOW);

  g_assert_true (kept != other);
  g_assert_null (kutip_kept_window_take (parent, NAME));
  g_object_add_weak_pointer (G_OBJECT (kept), (gpointer *) &kept);
  g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &other);
  g_object_add_weak_pointer (G_OBJECT (alone), (gpointer *) &alone);
  kutip_kept_window_keep (alone, NAME);
  g_assert_null (alone);
  kutip_kept_window_keep (kept, NAME);
  kutip_kept_window_keep (other, NAME);
  g_assert_null (other);
  g_assert_true (kutip_kept_window_take (parent, NAME) == kept);
  kutip_kept_window_keep (kept, NAME);
  gtk_window_destroy (parent);
  g_assert_null (kept);
}

int
main (int argc, char **argv)
{
  int status;

  start_application (&argc, &argv);
#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)
  ADD ("/kept-window/kept", test_kept);
  ADD ("/kept-window/mark-all", test_mark_all);
  ADD ("/kept-window/jump", test_jump);
  ADD ("/kept-window/tagset-editor", test_tagset_editor);
#undef ADD
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
