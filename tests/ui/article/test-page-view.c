/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "ui/article/page-scroll.h"
#include "ui/article/page-view-private.h"

#include <adwaita.h>
#include <dlfcn.h>

typedef void (*PlaceIter) (GtkTextView *, const GtkTextIter *, GdkRectangle *);

/* How often a place was asked for: each lays out a line to be painted. */
static guint n_places;

/* In front of GTK's. */
void
gtk_text_view_get_iter_location (GtkTextView *view,
                                 const GtkTextIter *iter,
                                 GdkRectangle *place)
{
  PlaceIter next = (PlaceIter) dlsym (RTLD_NEXT, "gtk_text_view_get_iter_location");

  n_places++;
  next (view, iter, place);
}

/* A page view in a window, with a scroll bar for the whole text. */
typedef struct
{
  GtkWidget *window;
  KutipPageView *view;
  GtkScrollbar *bar;
  KutipPageScroll *scroll;
  KutipText *text;
  guint n_selected;
} Fixture;

static void
count_selected (Fixture *fixture)
{
  fixture->n_selected++;
}

static void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Until the page has all that it grows to. */
static void
run_until_idle (Fixture *fixture)
{
  do
    {
      while (fixture->view->upkeep != 0)
        g_main_context_iteration (NULL, TRUE);
      gtk_test_widget_wait_for_draw (fixture->window);
      run_pending ();
    }
  while (fixture->view->upkeep != 0);
}

static void
fixture_init (Fixture *fixture, const char *utf8)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  fixture->window = gtk_window_new ();
  fixture->view = KUTIP_PAGE_VIEW (kutip_page_view_new ());
  fixture->bar = GTK_SCROLLBAR (gtk_scrollbar_new (GTK_ORIENTATION_VERTICAL, NULL));
  fixture->text = kutip_text_new (utf8);
  fixture->n_selected = 0;
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 GTK_WIDGET (fixture->view));
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->bar));
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 480);
  fixture->scroll = kutip_page_scroll_new (fixture->view, fixture->bar);
  g_signal_connect_swapped (fixture->view, "selected", G_CALLBACK (count_selected),
                            fixture);
  kutip_page_view_set_spacing (fixture->view, 8, 8);
  kutip_page_view_set_text (fixture->view, fixture->text, 0);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
fixture_clear (Fixture *fixture)
{
  KutipPageView *view = g_object_ref (fixture->view);

  g_assert_finalize_object (fixture->scroll);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  run_pending ();
  g_assert_finalize_object (view);
  kutip_text_unref (fixture->text);
}

/* @n paragraphs of some lines each, every one different. */
static char *
write_paragraphs (guint n)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < n; i++)
    {
      gint words = g_rand_int_range (random, 1, 60);

      g_string_append_printf (text, "Paragraf %u:", i);
      for (gint k = 0; k < words; k++)
        g_string_append (text, " langkah");
      g_string_append (text, ".\n");
    }
  return g_string_free (text, FALSE);
}

static double
get_value (Fixture *fixture)
{
  return gtk_adjustment_get_value (
      gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view)));
}

/* Where @offset is drawn, in pixels below the view's top. */
static int
get_y (Fixture *fixture, guint offset)
{
  GtkTextIter iter;
  GdkRectangle place, visible;

  kutip_page_view_get_iter (fixture->view, offset, &iter);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (fixture->view), &iter, &place);
  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (fixture->view), &visible);
  return place.y - visible.y;
}

static gboolean
is_caret_in_view (Fixture *fixture)
{
  int y = get_y (fixture, kutip_page_view_get_caret (fixture->view));

  return y >= 0 && y < gtk_widget_get_height (GTK_WIDGET (fixture->view));
}

static void
press (Fixture *fixture, GtkMovementStep step, int count, gboolean extend)
{
  g_signal_emit_by_name (fixture->view, "move-cursor", step, count, extend);
}

/* A whole text is scrolled by pixels, by the bar as by the wheel. */
static void
assert_bar_is_in_step (Fixture *fixture)
{
  GtkAdjustment *bar = gtk_scrollbar_get_adjustment (fixture->bar);
  GtkAdjustment *view = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));

  g_assert_cmpfloat (gtk_adjustment_get_upper (view), >, 0);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (bar),
                                  gtk_adjustment_get_value (view), 1e-6);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (bar),
                                  gtk_adjustment_get_upper (view), 1e-6);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_page_size (bar),
                                  gtk_adjustment_get_page_size (view), 1e-6);
}

static void
test_short_text (void)
{
  Fixture fixture;

  fixture_init (&fixture, "Satu.\nDua.\n");
  g_assert_true (kutip_page_view_is_whole (fixture.view));
  assert_bar_is_in_step (&fixture);
  g_assert_cmpfloat (get_value (&fixture), <, 0.5);
  press (&fixture, GTK_MOVEMENT_BUFFER_ENDS, 1, FALSE);
  g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), ==, 11);
  fixture_clear (&fixture);
}

static void
test_no_text (void)
{
  Fixture fixture;

  fixture_init (&fixture, "");
  for (int step = GTK_MOVEMENT_LOGICAL_POSITIONS; step <= GTK_MOVEMENT_BUFFER_ENDS;
       step++)
    press (&fixture, (GtkMovementStep) step, 1, TRUE);
  g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), ==, 0);
  kutip_page_view_set_text (fixture.view, NULL, 0);
  g_assert_null (kutip_page_view_get_text (fixture.view));
  press (&fixture, GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE);
  kutip_page_view_show (fixture.view, 0, 0);
  run_pending ();
  fixture_clear (&fixture);
}

/* A text of a middling length ends up whole, with nothing in view having moved. */
static void
test_grows_whole (void)
{
  g_autofree char *text = write_paragraphs (200);
  Fixture fixture;
  guint middle;
  int y;

  fixture_init (&fixture, text);
  middle = kutip_text_get_length (fixture.text) / 2;
  kutip_page_view_show (fixture.view, middle, 0.3);
  y = get_y (&fixture, middle);
  g_assert_false (kutip_page_view_is_whole (fixture.view));
  run_until_idle (&fixture);
  g_assert_true (kutip_page_view_is_whole (fixture.view));
  g_assert_cmpint (get_y (&fixture, middle), ==, y);
  fixture_clear (&fixture);
}

/* However the page changes beneath it, what is in view does not move by a pixel. */
static void
test_stays_put (void)
{
  g_autofree char *text = write_paragraphs (8000);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  Fixture fixture;

  fixture_init (&fixture, text);
  for (guint i = 0; i < 8; i++)
    {
      guint offset = (guint) g_rand_int_range (
          random, 0, (gint32) kutip_text_get_length (fixture.text));
      KutipRange before;
      int y;

      kutip_page_view_show (fixture.view, offset, g_rand_double (random));
      y = get_y (&fixture, offset);
      before = kutip_page_get_range (kutip_page_view_get_page (fixture.view));
      g_assert_cmpint (y, >=, 0);
      g_assert_cmpint (y, <, gtk_widget_get_height (GTK_WIDGET (fixture.view)));
      run_until_idle (&fixture);
      g_assert_false (kutip_range_equal (
          before, kutip_page_get_range (kutip_page_view_get_page (fixture.view))));
      g_assert_cmpint (get_y (&fixture, offset), ==, y);
    }
  fixture_clear (&fixture);
}

/* The wheel, all the way down and up again: each turn moves the text by what was asked,
 * over every change of the page, and both ends are reached. */
static void
test_wheel (void)
{
  g_autofree char *text = write_paragraphs (500);
  Fixture fixture;
  guint length;
  guint turns = 0;

  fixture_init (&fixture, text);
  length = kutip_text_get_length (fixture.text);
  for (int way = 1; way >= -1; way -= 2)
    while (way > 0 ? kutip_page_view_get_visible (fixture.view).end < length
                   : kutip_page_view_get_visible (fixture.view).start > 0)
      {
        KutipRange visible = kutip_page_view_get_visible (fixture.view);
        guint offset = (visible.start + visible.end) / 2;
        int y = get_y (&fixture, offset);
        int moved;

        kutip_page_view_scroll_by (fixture.view, 97 * way);
        moved = y - get_y (&fixture, offset);
        g_assert_cmpint (ABS (moved), <=, 97);
        if (way > 0 ? kutip_page_view_get_visible (fixture.view).end < length
                    : kutip_page_view_get_visible (fixture.view).start > 0)
          g_assert_cmpint (moved, ==, 97 * way);
        if (turns++ % 100 == 0)
          run_until_idle (&fixture);
      }
  g_test_message ("%u turns", turns);
  fixture_clear (&fixture);
}

/* The scroll bar of a long text: each place of it shows a later part of the text than the
 * one above. */
static void
test_scroll_bar (void)
{
  g_autofree char *text = write_paragraphs (6000);
  Fixture fixture;
  GtkAdjustment *bar;
  double last = -1;
  guint length;

  fixture_init (&fixture, text);
  length = kutip_text_get_length (fixture.text);
  bar = gtk_scrollbar_get_adjustment (fixture.bar);
  g_assert_true (bar != gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture.view)));
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (bar), length, 0.1);
  for (guint i = 0; i <= 200; i++)
    {
      double top, bottom;

      gtk_adjustment_set_value (bar, i / 200.0 * length);
      kutip_page_view_get_span_in_view (fixture.view, &top, &bottom);
      g_assert_cmpfloat (top, >, last);
      g_assert_cmpfloat (bottom, >, top);
      if (i == 0)
        g_assert_cmpfloat (get_value (&fixture), <, 0.5);
      else if (i < 199)
        g_assert_cmpfloat_with_epsilon (top, gtk_adjustment_get_value (bar), 60);
      last = i < 199 ? top : 0;
    }
  g_assert_cmpuint (kutip_page_view_get_visible (fixture.view).end, ==, length);
  run_until_idle (&fixture);
  g_assert_cmpfloat_with_epsilon (
      gtk_adjustment_get_value (bar) + gtk_adjustment_get_page_size (bar), length, 0.5);
  fixture_clear (&fixture);
}

/* At another text the bar stays where it is until the text is painted; who takes hold of
 * it sooner goes nowhere. */
static void
test_scroll_bar_waits (void)
{
  g_autofree char *text = write_paragraphs (6000);
  g_autofree char *half = write_paragraphs (3000);
  g_autoptr (KutipText) shorter = kutip_text_new (half);
  g_autoptr (KutipText) shortest = kutip_text_new ("Satu.\nDua.\n");
  Fixture fixture;
  GtkAdjustment *bar;
  double upper;

  fixture_init (&fixture, text);
  run_until_idle (&fixture);
  bar = gtk_scrollbar_get_adjustment (fixture.bar);
  upper = gtk_adjustment_get_upper (bar);

  kutip_page_view_set_text (fixture.view, shorter, 0);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (bar), upper, 1e-6);
  gtk_adjustment_set_value (bar, upper / 2);
  g_assert_cmpuint (kutip_page_view_get_visible (fixture.view).start, ==, 0);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (bar), 0, 1e-6);
  upper = gtk_adjustment_get_upper (bar);
  g_assert_cmpfloat_with_epsilon (upper, kutip_text_get_length (shorter), 1e-6);

  kutip_page_view_set_text (fixture.view, shortest, 0);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (bar), upper, 1e-6);
  run_until_idle (&fixture);
  assert_bar_is_in_step (&fixture);
  fixture_clear (&fixture);
}

typedef struct
{
  const char *name;
  double share; /* of the text's length */
  double align;
} Jump;

static const Jump jumps[] = {
  { "start", 0, 0 },
  { "less-than-a-screen-from-the-start", 0.0002, 0.9 },
  { "middle", 0.5, 0.3 },
  { "middle-at-the-top", 0.5, 0 },
  { "middle-at-the-bottom", 0.5, 1 },
  { "less-than-a-screen-from-the-end", 0.9998, 0.1 },
  { "end", 1, 1 },
};

/* At once, the screen is full and right; for what is beyond it nobody has to wait. */
static void
test_jump (gconstpointer data)
{
  const Jump *jump = data;
  g_autofree char *text = write_paragraphs (6000);
  Fixture fixture;
  GdkRectangle line;
  GtkTextIter iter;
  KutipRange page;
  guint length, offset;
  int height, y;

  fixture_init (&fixture, text);
  length = kutip_text_get_length (fixture.text);
  offset = (guint) (jump->share * length);
  kutip_page_view_show (fixture.view, length / 3, 0);
  kutip_page_view_show (fixture.view, offset, jump->align);

  page = kutip_page_get_range (fixture.view->page);
  height = gtk_widget_get_height (GTK_WIDGET (fixture.view));
  kutip_page_view_get_iter (fixture.view, offset, &iter);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (fixture.view), &iter, &line);
  y = get_y (&fixture, offset);
  g_assert_cmpint (get_y (&fixture, page.start), <=, 0);
  if (page.end < length)
    g_assert_cmpint (get_y (&fixture, page.end - 1) + line.height, >=, height);
  g_assert_cmpuint (page.end - page.start, <, 4096);
  if (page.start > 0 && page.end < length)
    g_assert_cmpfloat_with_epsilon (y, jump->align * (height - line.height), 1);
  else
    g_assert_true (y >= 0 && y + line.height <= height);

  run_until_idle (&fixture);
  g_assert_cmpint (get_y (&fixture, offset), ==, y);
  fixture_clear (&fixture);
}

/* Near the end and the start of a page that has grown, a few lines are added to it: those
 * are made ready to be painted, not the two hundred that it has. */
static void
test_jump_near_edge (void)
{
  g_autofree char *text = write_paragraphs (6000);
  Fixture fixture;
  KutipRange page;
  guint length;

  fixture_init (&fixture, text);
  length = kutip_text_get_length (fixture.text);
  kutip_page_view_show (fixture.view, length / 3, 0);
  run_until_idle (&fixture);
  page = kutip_page_get_range (fixture.view->page);
  g_assert_cmpuint (page.end - page.start, >, 32768);

  n_places = 0;
  kutip_page_view_show (fixture.view, page.end - 50, 0.3);
  g_assert_cmpuint (kutip_page_get_range (fixture.view->page).end, >, page.end);
  g_assert_cmpuint (n_places, >, 0);
  g_assert_cmpuint (n_places, <, 40);
  g_assert_cmpint (get_y (&fixture, page.end - 50), >, 0);

  n_places = 0;
  kutip_page_view_show (fixture.view, page.start + 50, 0.7);
  g_assert_cmpuint (kutip_page_get_range (fixture.view->page).start, <, page.start);
  g_assert_cmpuint (n_places, >, 0);
  g_assert_cmpuint (n_places, <, 40);
  fixture_clear (&fixture);
}

/* To the ends and back, at once. */
static void
test_ends (void)
{
  g_autofree char *text = write_paragraphs (20000);
  Fixture fixture;
  guint length;

  fixture_init (&fixture, text);
  length = kutip_text_get_length (fixture.text);
  press (&fixture, GTK_MOVEMENT_BUFFER_ENDS, 1, FALSE);
  g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), ==, length);
  g_assert_true (is_caret_in_view (&fixture));
  g_assert_cmpuint (fixture.n_selected, ==, 1);
  press (&fixture, GTK_MOVEMENT_BUFFER_ENDS, -1, TRUE);
  g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), ==, 0);
  g_assert_cmpuint (kutip_page_view_get_anchor (fixture.view), ==, length);
  g_assert_true (is_caret_in_view (&fixture));
  /* Leaving the selection at the end that is far away. */
  press (&fixture, GTK_MOVEMENT_VISUAL_POSITIONS, 1, FALSE);
  g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), ==, length);
  g_assert_cmpuint (kutip_page_view_get_anchor (fixture.view), ==, length);
  g_assert_true (is_caret_in_view (&fixture));
  fixture_clear (&fixture);
}

typedef struct
{
  const char *name;
  GtkMovementStep step;
  guint n;
} Walk;

static const Walk walks[] = {
  { "lines", GTK_MOVEMENT_DISPLAY_LINES, 900 },
  { "screens", GTK_MOVEMENT_PAGES, 80 },
  { "words", GTK_MOVEMENT_WORDS, 1200 },
  { "paragraphs", GTK_MOVEMENT_PARAGRAPHS, 400 },
};

/* Holding a key down: the caret goes on over every edge of the page, in view all the
 * time; and back again. */
static void
test_walk (gconstpointer data)
{
  const Walk *walk = data;
  g_autofree char *text = write_paragraphs (4000);
  Fixture fixture;
  guint last = 0;

  fixture_init (&fixture, text);
  for (guint i = 0; i < walk->n; i++)
    {
      press (&fixture, walk->step, 1, i % 2 == 1);
      g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), >, last);
      g_assert_true (is_caret_in_view (&fixture));
      last = kutip_page_view_get_caret (fixture.view);
      if (i % 200 == 199)
        run_until_idle (&fixture);
    }
  g_test_message ("to %u", last);
  for (guint i = 0; i < walk->n; i++)
    {
      press (&fixture, walk->step, -1, FALSE);
      g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), <, last);
      g_assert_true (is_caret_in_view (&fixture));
      last = kutip_page_view_get_caret (fixture.view);
      if (last == 0)
        break;
    }
  fixture_clear (&fixture);
}

/* The caret steps over an inserted break as if it were not there. */
static void
test_steps_over_breaks (void)
{
  GString *text = g_string_new (NULL);
  Fixture fixture;
  guint n_breaks;
  const guint *breaks;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "kata%u ", i);
  fixture_init (&fixture, text->str);
  run_until_idle (&fixture);
  breaks = kutip_page_get_breaks (kutip_page_view_get_page (fixture.view), &n_breaks);
  g_assert_cmpuint (n_breaks, >=, 5);
  for (guint i = 0; i < n_breaks; i++)
    {
      kutip_page_view_select (fixture.view, breaks[i] - 4, breaks[i] - 4);
      for (guint k = 1; k <= 8; k++)
        {
          press (&fixture, GTK_MOVEMENT_VISUAL_POSITIONS, 1, FALSE);
          g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), ==,
                            breaks[i] - 4 + k);
        }
      for (guint k = 1; k <= 8; k++)
        {
          press (&fixture, GTK_MOVEMENT_VISUAL_POSITIONS, -1, TRUE);
          g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), ==,
                            breaks[i] + 4 - k);
        }
    }
  fixture_clear (&fixture);
  g_string_free (text, TRUE);
}

static void
on_clipboard_read (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  char **copied = data;
  g_autoptr (GError) error = NULL;

  *copied = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, &error);
  g_assert_no_error (error);
}

/* What is copied is the article's text, breaks and stand-ins and the page's ends
 * notwithstanding. */
static void
test_copy (void)
{
  GString *text = g_string_new ("\f");
  g_autofree char *copied = NULL;
  GdkClipboard *clipboard;
  Fixture fixture;

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (text, "kata%u ", i);
  fixture_init (&fixture, text->str);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture.view));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.view),
                                             "selection.select-all", NULL));
  g_assert_cmpuint (kutip_page_view_get_anchor (fixture.view), ==, 0);
  g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), ==, text->len);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture.view), "clipboard.copy", NULL));
  gdk_clipboard_read_text_async (clipboard, NULL, on_clipboard_read, &copied);
  while (copied == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (copied, ==, text->str);
  /* And by a middle click. */
  g_clear_pointer (&copied, g_free);
  clipboard = gtk_widget_get_primary_clipboard (GTK_WIDGET (fixture.view));
  gdk_clipboard_read_text_async (clipboard, NULL, on_clipboard_read, &copied);
  while (copied == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (copied, ==, text->str);
  fixture_clear (&fixture);
  g_string_free (text, TRUE);
}

/* Who sets the text widget's own marks, as screen readers do, is heard. */
static void
test_marks_set_by_others (void)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  Fixture fixture;

  fixture_init (&fixture, "Satu dua tiga.\n");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture.view));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 5);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 8);
  gtk_text_buffer_select_range (buffer, &end, &start);
  run_pending ();
  g_assert_cmpuint (kutip_page_view_get_anchor (fixture.view), ==, 5);
  g_assert_cmpuint (kutip_page_view_get_caret (fixture.view), ==, 8);
  g_assert_cmpuint (fixture.n_selected, ==, 1);
  fixture_clear (&fixture);
}

/* The article is only read. */
static void
test_cannot_be_edited (void)
{
  const char *const signals[] = { "backspace",       "cut-clipboard",
                                  "paste-clipboard", "toggle-overwrite",
                                  "insert-emoji",    "toggle-cursor-visible" };
  GtkTextBuffer *buffer;
  Fixture fixture;

  fixture_init (&fixture, "Satu dua tiga.\n");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture.view));
  press (&fixture, GTK_MOVEMENT_WORDS, 1, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_emit_by_name (fixture.view, signals[i]);
  g_signal_emit_by_name (fixture.view, "delete-from-cursor", GTK_DELETE_CHARS, 1);
  run_pending ();
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 15);
  g_assert_true (gtk_text_view_get_cursor_visible (GTK_TEXT_VIEW (fixture.view)));
  g_assert_false (gtk_text_view_get_overwrite (GTK_TEXT_VIEW (fixture.view)));
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, "gtk-error-bell", FALSE, NULL);
  g_test_add_func ("/page-view/short-text", test_short_text);
  g_test_add_func ("/page-view/no-text", test_no_text);
  g_test_add_func ("/page-view/grows-whole", test_grows_whole);
  g_test_add_func ("/page-view/stays-put", test_stays_put);
  g_test_add_func ("/page-view/wheel", test_wheel);
  g_test_add_func ("/page-view/scroll-bar", test_scroll_bar);
  g_test_add_func ("/page-view/scroll-bar-waits", test_scroll_bar_waits);
  for (gsize i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      g_autofree char *path = g_strdup_printf ("/page-view/jump/%s", jumps[i].name);

      g_test_add_data_func (path, &jumps[i], test_jump);
    }
  g_test_add_func ("/page-view/jump-near-edge", test_jump_near_edge);
  g_test_add_func ("/page-view/ends", test_ends);
  for (guint i = 0; i < G_N_ELEMENTS (walks); i++)
    {
      g_autofree char *path = g_strconcat ("/page-view/walk/", walks[i].name, NULL);

      g_test_add_data_func (path, &walks[i], test_walk);
    }
  g_test_add_func ("/page-view/steps-over-breaks", test_steps_over_breaks);
  g_test_add_func ("/page-view/copy", test_copy);
  g_test_add_func ("/page-view/marks-set-by-others", test_marks_set_by_others);
  g_test_add_func ("/page-view/cannot-be-edited", test_cannot_be_edited);
  return g_test_run ();
}
