/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"
#include "view-fixture.h"

#include <adwaita.h>

static const char article[] =
    "Putin mengatakan langkah ini dilakukan. Dikutip dari BBC.\n";

/* Fingers cannot be had from the X server: the gesture is told what it would have found
 * out. For real ones see ../test-window-touch.c. */
static GtkGesture *
find_hold (Fixture *fixture)
{
  g_autoptr (GListModel) controllers =
      gtk_widget_observe_controllers (GTK_WIDGET (fixture->view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_LONG_PRESS (one) &&
          gtk_gesture_single_get_touch_only (GTK_GESTURE_SINGLE (one)))
        return GTK_GESTURE (one); /* the widget keeps it */
    }
  g_assert_not_reached ();
}

static void
hold_at (Fixture *fixture, guint offset)
{
  GtkTextIter iter;
  GdkRectangle place;
  double view_x, view_y;
  int x, y;

  kutip_page_view_get_iter (fixture->view->page_view, offset, &iter);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (fixture->text), &iter, &place);
  gtk_text_view_buffer_to_window_coords (
      GTK_TEXT_VIEW (fixture->text), GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &x, &y);
  gtk_widget_translate_coordinates (fixture->text, GTK_WIDGET (fixture->view),
                                    x + place.width / 2.0, y + place.height / 2.0,
                                    &view_x, &view_y);
  g_signal_emit_by_name (find_hold (fixture), "pressed", view_x, view_y);
  settle (fixture->window);
}

static KutipRange
get_selection (Fixture *fixture)
{
  return (KutipRange){ kutip_page_view_get_anchor (fixture->view->page_view),
                       kutip_page_view_get_caret (fixture->view->page_view) };
}

static void
test_word (Fixture *fixture, gconstpointer data)
{
  KutipRange word;

  hold_at (fixture, 9);
  word = get_selection (fixture);
  g_assert_cmpuint (word.start, ==, 6);
  g_assert_cmpuint (word.end, ==, 16);
  g_assert_true (gtk_widget_get_visible (fixture->view->menu));
}

/* Within what is selected, the selection is meant. */
static void
test_selection (Fixture *fixture, gconstpointer data)
{
  KutipRange selection;

  kutip_page_view_select (fixture->view->page_view, 6, 28);
  hold_at (fixture, 20);
  selection = get_selection (fixture);
  g_assert_cmpuint (selection.start, ==, 6);
  g_assert_cmpuint (selection.end, ==, 28);
  g_assert_true (gtk_widget_get_visible (fixture->view->menu));
}

/* On a span, that is meant and not its word. */
static void
test_span (Fixture *fixture, gconstpointer data)
{
  KutipDocument *document = kutip_annotator_get_document (fixture->annotator);
  KutipRange range = { 17, 38 };
  KutipRange selection;

  kutip_annotate_mark (document, "quote", &range, 1, NULL);
  settle (fixture->window);
  hold_at (fixture, 20);
  selection = get_selection (fixture);
  g_assert_cmpuint (selection.start, ==, selection.end);
  g_assert_nonnull (kutip_annotator_get_current (fixture->annotator));
  g_assert_true (gtk_widget_get_visible (fixture->view->menu));
}

/* What the text widget does for fingers is to set the buffer's marks. */
static void
select_by_fingers (Fixture *fixture, guint start, guint end)
{
  GtkTextIter anchor, caret;

  kutip_article_view_note_touch (fixture->view, GDK_TOUCH_BEGIN);
  kutip_page_view_get_iter (fixture->view->page_view, start, &anchor);
  kutip_page_view_get_iter (fixture->view->page_view, end, &caret);
  gtk_text_buffer_select_range (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text)),
                                &caret, &anchor);
  kutip_article_view_note_touch (fixture->view, GDK_TOUCH_END);
  settle (fixture->window);
}

static void
test_labels (Fixture *fixture, gconstpointer data)
{
  g_assert_false (gtk_widget_has_css_class (fixture->window, "touch"));
  select_by_fingers (fixture, 6, 16);
  g_assert_true (kutip_label_popover_is_shown (fixture->view->popover));
  g_assert_true (gtk_widget_has_css_class (fixture->window, "touch"));

  /* The next finger sends them away; where it changes nothing, as when it scrolls, they
   * do not come back. */
  kutip_article_view_note_touch (fixture->view, GDK_TOUCH_BEGIN);
  g_assert_false (kutip_label_popover_is_shown (fixture->view->popover));
  kutip_article_view_note_touch (fixture->view, GDK_TOUCH_CANCEL);
  settle (fixture->window);
  g_assert_false (kutip_label_popover_is_shown (fixture->view->popover));

  /* A handle is drawn further. */
  select_by_fingers (fixture, 6, 28);
  g_assert_true (kutip_label_popover_is_shown (fixture->view->popover));
  /* A tap only puts the caret. */
  select_by_fingers (fixture, 9, 9);
  g_assert_false (kutip_label_popover_is_shown (fixture->view->popover));
}

static void
resize (Fixture *fixture, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 500);
  while (gtk_widget_get_width (fixture->window) != width)
    g_main_context_iteration (NULL, TRUE);
  settle (fixture->window);
}

/* How many labels below @widget have all their words, or else fewer. */
static guint
count_whole (GtkWidget *widget, guint *n)
{
  guint n_whole = 0;

  if (GTK_IS_LABEL (widget))
    {
      ++*n;
      return pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))) ? 0
                                                                                    : 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_whole += count_whole (child, n);
  return n_whole;
}

/* As wide as a phone they stand in rows, and can be read. */
static void
test_labels_fit (Fixture *fixture, gconstpointer data)
{
  const int widths[] = { 800, 360, 800 };
  int heights[G_N_ELEMENTS (widths)];

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkWidget *popover = GTK_WIDGET (fixture->view->popover);
      guint n = 0;
      guint n_whole;

      resize (fixture, widths[i]);
      select_by_fingers (fixture, 6, 16);
      g_assert_true (kutip_label_popover_is_shown (fixture->view->popover));
      n_whole = count_whole (popover, &n);
      g_assert_cmpuint (n, ==, 8); /* four titles, four keys */
      g_assert_cmpuint (n_whole, ==, n);
      g_assert_cmpint (gtk_widget_get_width (popover), <=, widths[i]);
      heights[i] = gtk_widget_get_height (popover);
      select_by_fingers (fixture, 9, 9);
    }
  g_assert_cmpint (heights[1], >, heights[0]);
  g_assert_cmpint (heights[2], ==, heights[0]);
}

#define ADD(path, test)                                                                  \
  g_test_add ("/touch/" path, Fixture, article, fixture_init, test, fixture_clear)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
  ADD ("word", test_word);
  ADD ("selection", test_selection);
  ADD ("span", test_span);
  ADD ("labels", test_labels);
  ADD ("labels-fit", test_labels_fit);
  return g_test_run ();
}
