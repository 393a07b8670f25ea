/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "touch-screen.h"
#include "window-fixture.h"

#include "ui/article/article-view-private.h"

#include <string.h>

static const char news[] =
    "Keterangan\n"
    "Menurut Putin, langkah ini dilakukan demi kebaikan kedua negara.\n"
    "Dikutip dari BBC, Senin. Kremlin membantah serangan itu.\n";

static KutipArticleView *
get_view (Fixture *fixture)
{
  return fixture->window->article_view;
}

static guint
find_words (const char *words)
{
  const char *found = strstr (news, words);

  g_assert_nonnull (found);
  return (guint) (found - news); /* ASCII */
}

/* The middle of the character, in the page view. */
static void
locate_offset (Fixture *fixture, guint offset, double *x, double *y)
{
  KutipPageView *page = get_view (fixture)->page_view;
  GtkTextIter iter;
  GdkRectangle place;
  int window_x, window_y;

  kutip_page_view_get_iter (page, offset, &iter);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (page), &iter, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (page), GTK_TEXT_WINDOW_WIDGET,
                                         place.x, place.y, &window_x, &window_y);
  *x = window_x + place.width / 2.0;
  *y = window_y + place.height / 2.0;
}

static KutipRange
get_selection (Fixture *fixture)
{
  KutipPageView *page = get_view (fixture)->page_view;
  guint anchor = kutip_page_view_get_anchor (page);
  guint caret = kutip_page_view_get_caret (page);

  return (KutipRange){ MIN (anchor, caret), MAX (anchor, caret) };
}

static void
tap_offset (Fixture *fixture, guint offset)
{
  double x, y;

  locate_offset (fixture, offset, &x, &y);
  finger_tap (GTK_WIDGET (get_view (fixture)->page_view), x, y);
}

/* Both in milliseconds; a finger that is slow on a slow machine is not taken for another
 * gesture. */
enum
{
  NEVER = 0,
  SOON = 100,
  AT_LEISURE = 3600 * 1000
};

static void
set_patience (int hold, int double_tap)
{
  g_object_set (gtk_settings_get_default (), "gtk-long-press-time", hold,
                "gtk-double-click-time", double_tap, NULL);
}

static void
set_up_touch (Fixture *fixture, gconstpointer text)
{
  g_autoptr (GFile) file = NULL;

  set_patience (AT_LEISURE, NEVER);
  set_up (fixture, NULL);
  file = write_file (fixture, "a.txt", text != NULL ? text : news);
  open_file (fixture, file);
}

static GtkWidget *
get_page (Fixture *fixture)
{
  return GTK_WIDGET (get_view (fixture)->page_view);
}

static void
tap_widget (GtkWidget *widget)
{
  settle (widget);
  finger_tap (widget, gtk_widget_get_width (widget) / 2.0,
              gtk_widget_get_height (widget) / 2.0);
}

static gboolean
are_labels_shown (Fixture *fixture)
{
  return kutip_label_popover_is_shown (get_view (fixture)->popover);
}

static KutipSpan *
get_only_span (Fixture *fixture)
{
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 1);
  return kutip_layer_get_nth_span (get_layer (fixture), 0);
}

static void
assert_range (KutipRange range, const char *words)
{
  g_autofree char *got = g_strndup (news + range.start, range.end - range.start);

  g_assert_cmpstr (got, ==, words);
}

static void
select_word (Fixture *fixture, guint offset)
{
  set_patience (AT_LEISURE, AT_LEISURE);
  tap_offset (fixture, offset);
  tap_offset (fixture, offset);
  set_patience (AT_LEISURE, NEVER);
}

/* The caret goes where one taps, and a span that is tapped is picked. */
static void
test_tap (Fixture *fixture, gconstpointer data)
{
  guint offset = find_words ("dilakukan");
  KutipRange at;

  mark (fixture, find_words ("BBC"), find_words ("BBC") + 3, "source");
  kutip_annotator_set_current (fixture->window->annotator, NULL, FALSE);
  tap_offset (fixture, offset + 4);
  at = get_selection (fixture);
  g_assert_cmpuint (at.start, ==, at.end);
  g_assert_cmpuint (at.start, >=, offset + 4);
  g_assert_cmpuint (at.start, <=, offset + 5);
  g_assert_false (are_labels_shown (fixture));
  g_assert_null (kutip_annotator_get_current (fixture->window->annotator));

  tap_offset (fixture, find_words ("BBC") + 1);
  WAIT_FOR ("the span to be picked",
            kutip_annotator_get_current (fixture->window->annotator) != NULL);
  wait_saved (fixture);
}

/* A word by two taps, with the labels beside it; one of them is tapped. */
static void
test_two_taps (Fixture *fixture, gconstpointer data)
{
  GtkWidget *source;

  select_word (fixture, find_words ("Kremlin") + 3);
  assert_range (get_selection (fixture), "Kremlin");
  WAIT_FOR ("the labels", are_labels_shown (fixture));
  source =
      find_saying (GTK_WIDGET (get_view (fixture)->popover), GTK_TYPE_BUTTON, "Source");
  tap_widget (source);
  WAIT_FOR ("a span", kutip_layer_get_n_spans (get_layer (fixture)) == 1);
  assert_range (kutip_span_get_hull (get_only_span (fixture)), "Kremlin");
  g_assert_cmpstr (kutip_span_get_label (get_only_span (fixture)), ==, "source");
  wait_saved (fixture);
}

static gboolean
is_menu_shown (Fixture *fixture)
{
  return get_view (fixture)->menu != NULL &&
         gtk_widget_get_mapped (get_view (fixture)->menu);
}

/* A finger that rests selects the word, and the menu has the labels. */
static void
test_hold (Fixture *fixture, gconstpointer data)
{
  double x, y;

  set_patience (SOON, NEVER);
  locate_offset (fixture, find_words ("langkah") + 3, &x, &y);
  finger_down (get_page (fixture), x, y);
  WAIT_FOR ("the menu", is_menu_shown (fixture));
  finger_up ();
  set_patience (AT_LEISURE, NEVER);
  settle (GTK_WIDGET (fixture->window));
  g_assert_true (is_menu_shown (fixture));
  assert_range (get_selection (fixture), "langkah");
  tap_widget (find_saying (get_view (fixture)->menu, GTK_TYPE_LABEL, "Mark as Quote"));
  WAIT_FOR ("a span", kutip_layer_get_n_spans (get_layer (fixture)) == 1);
  assert_range (kutip_span_get_hull (get_only_span (fixture)), "langkah");
  wait_saved (fixture);
}

/* Both grips of the span in hand, by fingers farther beside them than a mouse may be. */
static void
test_grips (Fixture *fixture, gconstpointer data)
{
  guint start = find_words ("langkah");
  double x, y, goal_x, goal_y;

  mark (fixture, start, start + 11, "quote");
  settle (GTK_WIDGET (fixture->window));
  locate_offset (fixture, start + 10, &x, &y);
  g_assert_false (kutip_article_view_is_on_grip (get_view (fixture), x + 18, y + 24));
  locate_offset (fixture, find_words ("demi") + 2, &goal_x, &goal_y);
  finger_drag (get_page (fixture), x + 18, y + 24, goal_x + 12, goal_y + 24);
  finger_up ();
  assert_range (kutip_span_get_hull (get_only_span (fixture)),
                "langkah ini dilakukan demi");
  locate_offset (fixture, start, &x, &y);
  locate_offset (fixture, find_words ("Putin"), &goal_x, &goal_y);
  finger_drag (get_page (fixture), x - 18, y + 24, goal_x - 18, goal_y + 24);
  finger_up ();
  assert_range (kutip_span_get_hull (get_only_span (fixture)),
                "Putin, langkah ini dilakukan demi");
  wait_saved (fixture);
}

static double
get_top (Fixture *fixture)
{
  return gtk_adjustment_get_value (
      gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_page (fixture))));
}

/* The text goes with the finger, and on by itself when that lets go; nothing is selected.
 */
static void
test_scrolling (Fixture *fixture, gconstpointer data)
{
  double before = get_top (fixture);
  double width = gtk_widget_get_width (get_page (fixture));
  double let_go;

  finger_drag (get_page (fixture), width / 2, 420, width / 2, 120);
  g_assert_cmpfloat (get_top (fixture), >, before + 200);
  let_go = get_top (fixture);
  finger_up ();
  WAIT_FOR ("it to go on", get_top (fixture) > let_go + 50);
  g_assert_cmpuint (get_selection (fixture).start, ==, get_selection (fixture).end);
  g_assert_false (are_labels_shown (fixture));
}

int
main (int argc, char **argv)
{
  g_autoptr (GString) long_text = g_string_new (NULL);
  int status;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (long_text, "Kalimat %u yang cukup panjang untuk dibaca.\n",
                            i);
  touch_screen_open (1100, 760);
  start_application (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
#define ADD(name, text, test)                                                            \
  g_test_add ("/window-touch/" name, Fixture, text, set_up_touch, test, tear_down)
  ADD ("tap", NULL, test_tap);
  ADD ("two-taps", NULL, test_two_taps);
  ADD ("hold", NULL, test_hold);
  ADD ("grips", NULL, test_grips);
  ADD ("scrolling", long_text->str, test_scrolling);
  status = g_test_run ();
  g_object_unref (application);
  touch_screen_close ();
  return status;
}
