/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stopwatch.h"

/* Of the text in Kutip's window, in pixels. */
#define WIDTH 909
#define HEIGHT 662

/* The floor: what a GTK program reaches that shows the text in a GtkTextView and does
 * nothing else. Font, column, margins, spacing and what is in view of the text are those
 * of Kutip's own window beside its panes, so that both lay out and paint the same lines.
 *   bare-view start FILE        with the text at once; ends after the first frame
 *   bare-view open FILE OTHER N opens FILE N times in a window, and OTHER in between
 *   bare-view keys FILE N       opens the text in the empty window, then N presses of
 *                               each kind */

typedef struct
{
  Stopwatch *watch;
  GtkWidget *window;
  GtkTextView *view;
  const char *path;
} Bare;

static void
load (Bare *bare)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  GtkTextIter start;
  gsize size;

  if (!g_file_get_contents (bare->path, &bytes, &size, &error))
    g_error ("%s", error->message);
  if (!g_utf8_validate (bytes, (gssize) size, NULL))
    g_error ("%s is not UTF-8", bare->path);
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_buffer_set_text (buffer, bytes, (int) size);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_set_buffer (bare->view, buffer);
}

static void
open_text (gpointer data)
{
  load (data);
}

static void
style (Bare *bare)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (
      provider, "textview { font-family: Serif; font-size: 14pt; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* As KutipPageView has it in a new window. */
static void
space_out (GtkTextView *view)
{
  gtk_text_view_set_pixels_inside_wrap (view, 15);
  gtk_text_view_set_pixels_below_lines (view, 26);
  gtk_text_view_set_left_margin (view, 26);
  gtk_text_view_set_right_margin (view, 177);
  gtk_text_view_set_top_margin (view, 36);
  gtk_text_view_set_bottom_margin (view, 96);
}

static void
build_window (Bare *bare)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  style (bare);
  bare->window = gtk_window_new ();
  bare->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_editable (bare->view, FALSE);
  gtk_text_view_set_wrap_mode (bare->view, GTK_WRAP_WORD_CHAR);
  space_out (bare->view);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (bare->view));
  gtk_window_set_child (GTK_WINDOW (bare->window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (bare->window), WIDTH, HEIGHT);
}

static void
on_painted (GdkFrameClock *clock, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
present (Bare *bare)
{
  gboolean painted = FALSE;

  gtk_window_present (GTK_WINDOW (bare->window));
  gtk_widget_grab_focus (GTK_WIDGET (bare->view));
  g_signal_connect (gtk_widget_get_frame_clock (bare->window), "after-paint",
                    G_CALLBACK (on_painted), &painted);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_printerr ("first frame\n");
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (bare->window),
                                        &painted);
}

static gboolean
is_end_shown (gpointer data)
{
  Bare *bare = data;
  GtkTextIter end;
  GdkRectangle place, visible;

  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (bare->view), &end);
  gtk_text_view_get_iter_location (bare->view, &end, &place);
  gtk_text_view_get_visible_rect (bare->view, &visible);
  return place.y >= visible.y && place.y <= visible.y + visible.height;
}

static gboolean
is_caret_shown (gpointer data)
{
  Bare *bare = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (bare->view);
  GtkTextIter caret;
  GdkRectangle place, visible;

  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  gtk_text_view_get_iter_location (bare->view, &caret, &place);
  gtk_text_view_get_visible_rect (bare->view, &visible);
  return place.y >= visible.y && place.y <= visible.y + visible.height;
}

/* There and back, so that something moves each time. */
static void
press_to_and_fro (
    Bare *bare, const char *name, const char *there, const char *back, guint n)
{
  g_autoptr (GArray) series = stopwatch_new_series ();
  GtkAdjustment *adjustment =
      gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (bare->view));
  gboolean forward = TRUE;

  for (guint i = 0; i < n; i++)
    {
      double value = gtk_adjustment_get_value (adjustment);

      if (value <= gtk_adjustment_get_lower (adjustment))
        forward = TRUE;
      else if (value + 2 * gtk_adjustment_get_page_size (adjustment) >
               gtk_adjustment_get_upper (adjustment))
        forward = FALSE;
      stopwatch_add_press (bare->watch, series, forward ? there : back, NULL, bare);
    }
  stopwatch_print_series (name, series);
}

static void
press_all (
    Bare *bare, const char *name, const char *command, StopwatchCondition shown, guint n)
{
  g_autoptr (GArray) series = stopwatch_new_series ();

  for (guint i = 0; i < n; i++)
    {
      Timing timing = stopwatch_press_until (bare->watch, command, shown, bare);

      timing.block = stopwatch_rest (bare->watch, 12);
      g_array_append_val (series, timing);
    }
  stopwatch_print_series (name, series);
}

/* Opens the text; then, before the rest of it is laid out, goes to its end. */
static void
open_and_jump (Bare *bare)
{
  g_autoptr (GArray) opens = stopwatch_new_series ();
  g_autoptr (GArray) jumps = stopwatch_new_series ();
  Timing timing = stopwatch_call (bare->watch, open_text, NULL, bare);

  g_array_append_val (opens, timing);
  /* GtkTextView loses a jump into what it has not laid out yet. */
  timing = stopwatch_press_until (bare->watch, "key ctrl+End", is_end_shown, bare);
  g_array_append_val (jumps, timing);
  stopwatch_print_series ("open", opens);
  stopwatch_print_series ("end, right after opening", jumps);
}

static void
run_opens (Bare *bare, const char *other, guint n)
{
  Stopwatch *watch = stopwatch_new ();
  g_autoptr (GArray) opens = stopwatch_new_series ();
  const char *path = bare->path;

  stopwatch_rest (watch, 300);
  for (guint i = 0; i < n; i++)
    {
      Timing timing = stopwatch_call (watch, open_text, NULL, bare);

      g_array_append_val (opens, timing);
      bare->path = other;
      stopwatch_call (watch, open_text, NULL, bare);
      stopwatch_rest (watch, 100);
      bare->path = path;
    }
  stopwatch_print_series ("open", opens);
}

static void
run_keys (Bare *bare, guint n)
{
  Stopwatch *watch = stopwatch_new ();

  bare->watch = watch;
  stopwatch_rest (watch, 300);
  stopwatch_print_memory ("memory, empty");
  open_and_jump (bare);
  stopwatch_rest (watch, 300);
  stopwatch_print_memory ("memory");
  if (n == 0)
    return;
  press_all (bare, "start", "key ctrl+Home", is_caret_shown, 1);
  press_all (bare, "caret right", "key Right", is_caret_shown, n);
  press_to_and_fro (bare, "caret down", "key Down", "key Up", n);
  press_to_and_fro (bare, "screen down", "key Page_Down", "key Page_Up", n);
  press_all (bare, "end", "key ctrl+End", is_end_shown, 1);
}

int
main (int argc, char **argv)
{
  Bare bare = { 0 };
  gboolean keys = argc == 4 && g_str_equal (argv[1], "keys");
  gboolean opens = argc == 5 && g_str_equal (argv[1], "open");

  if (!keys && !opens && !(argc == 3 && g_str_equal (argv[1], "start")))
    {
      g_printerr ("bare-view start FILE\nbare-view open FILE OTHER N\n"
                  "bare-view keys FILE N (0: only open it)\n");
      return 2;
    }
  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
  bare.path = argv[2];
  build_window (&bare);
  if (!keys && !opens)
    load (&bare);
  present (&bare);
  if (opens)
    run_opens (&bare, argv[3], (guint) g_ascii_strtoull (argv[4], NULL, 10));
  if (keys)
    run_keys (&bare, (guint) g_ascii_strtoull (argv[3], NULL, 10));
  return 0;
}
