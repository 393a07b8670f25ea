/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "ui/application.h"
#include "ui/article/article-view-private.h"

#include <locale.h>
#include <math.h>
#include <signal.h>
#include <string.h>

/* Kutip's own window, in this process, at work; prints what tests/bench/run makes a table
 * of. OTHER is any small article.
 *   bench-window open FILE OTHER N   opens FILE N times
 *   bench-window PARTS FILE N        N presses of each kind: “all”, or some parts of it,
 *                                    such as “links,card”
 *   bench-window folder FOLDER N     opens it, filters, searches */

/* Changes undone after an article is opened again. */
#define N_UNDONE 8
/* After this nothing is left to be done for an article that was opened; milliseconds. */
#define SETTLED 800

static KutipDocument *
get_document (Bench *bench)
{
  return kutip_annotator_get_document (bench->window->annotator);
}

static KutipLayer *
get_layer (Bench *bench)
{
  return kutip_document_get_layer (get_document (bench));
}

static guint
get_length (Bench *bench)
{
  return kutip_text_get_length (kutip_document_get_text (get_document (bench)));
}

static guint
get_caret (Bench *bench)
{
  return kutip_annotator_get_selection (bench->window->annotator).end;
}

static gboolean
is_in_view (Bench *bench, guint offset)
{
  KutipRange visible = kutip_article_view_get_visible (bench->window->article_view);

  return offset >= visible.start && offset <= visible.end;
}

static gboolean
is_end_shown (gpointer data)
{
  return get_caret (data) == get_length (data) && is_in_view (data, get_length (data));
}

static gboolean
is_start_shown (gpointer data)
{
  return get_caret (data) == 0 && is_in_view (data, 0);
}

static gboolean
is_current_shown (gpointer data)
{
  Bench *bench = data;
  KutipSpan *current = kutip_annotator_get_current (bench->window->annotator);

  return current != NULL && is_in_view (bench, kutip_span_get_hull (current).start);
}

static gboolean
is_open (gpointer data)
{
  Bench *bench = data;

  return bench->window->annotator != NULL &&
         g_file_equal (bench->window->article_file, bench->opening);
}

static gboolean
is_text_shown (gpointer data)
{
  Bench *bench = data;

  return bench->window->has_text || is_open (bench);
}

static void
start_opening (gpointer data)
{
  Bench *bench = data;

  kutip_window_open (bench->window, &bench->opening, 1, NULL);
}

/* The annotations are on their way, and will be painted. */
static void
wait_on (gpointer data)
{
}

/* Until the annotations are painted; @text (may be NULL): until the text is. */
static Timing
open_file (Bench *bench, GFile *file, Timing *text)
{
  Timing shown, rest = { 0 };

  bench->opening = file;
  shown = stopwatch_call (bench->watch, start_opening, is_text_shown, bench);
  if (text != NULL)
    *text = shown;
  if (!is_open (bench))
    rest = stopwatch_call (bench->watch, wait_on, is_open, bench);
  return (Timing){ .wall = shown.wall + rest.wall, .work = shown.work + rest.work };
}

static void
pick_some_span (gpointer data)
{
  Bench *bench = data;
  KutipLayer *layer = get_layer (bench);
  guint n = kutip_layer_get_n_spans (layer);
  guint i = (guint) g_rand_int_range (bench->random, 0, (gint32) MAX (n, 1));

  kutip_annotator_set_current (bench->window->annotator,
                               kutip_layer_get_nth_span (layer, i), TRUE);
}

static void
pick_middle_span (gpointer data)
{
  Bench *bench = data;
  KutipLayer *layer = get_layer (bench);

  kutip_annotator_set_current (
      bench->window->annotator,
      kutip_layer_get_nth_span (layer, kutip_layer_get_n_spans (layer) / 2), TRUE);
}

/* Opens the article @n times, each time with a jump as the first thing done. */
static void
measure_opening (Bench *bench, guint n)
{
  g_autoptr (GArray) texts = stopwatch_new_series ();
  g_autoptr (GArray) opens = stopwatch_new_series ();
  g_autoptr (GArray) ends = stopwatch_new_series ();
  g_autoptr (GArray) middles = stopwatch_new_series ();
  double block = 0;

  for (guint i = 0; i < n; i++)
    {
      Timing text;
      Timing timing = open_file (bench, bench->article, &text);

      g_array_append_val (texts, text);
      g_array_append_val (opens, timing);
      if (i % 2 == 0)
        timing = stopwatch_press (bench->watch, "key ctrl+End", is_end_shown, bench);
      else
        timing = stopwatch_call (bench->watch, pick_middle_span, is_current_shown, bench);
      g_array_append_val (i % 2 == 0 ? ends : middles, timing);
      block = fmax (block, stopwatch_rest (bench->watch, SETTLED));
      if (i == 0)
        stopwatch_print_memory ("memory");
      open_file (bench, bench->other, NULL);
      stopwatch_rest (bench->watch, 100);
    }
  stopwatch_print_series ("open, text", texts);
  stopwatch_print_series ("open", opens);
  stopwatch_print_series ("end, right after opening", ends);
  stopwatch_print_series ("middle, right after opening", middles);
  stopwatch_print_value ("block after opening", block);
}

/* The same of an article without annotations, as a bare view has none: nothing but its
 * text is read. */
static void
measure_plain (Bench *bench, guint n)
{
  g_autoptr (GArray) opens = stopwatch_new_series ();

  for (guint i = 0; i < n; i++)
    {
      Timing timing;

      open_file (bench, bench->article, &timing);
      g_array_append_val (opens, timing);
      stopwatch_rest (bench->watch, SETTLED);
      open_file (bench, bench->other, NULL);
      stopwatch_rest (bench->watch, 100);
    }
  stopwatch_print_series ("open, plain", opens);
}

void
bench_go_anywhere (Bench *bench)
{
  guint length = get_length (bench);
  guint start = (guint) g_rand_int_range (bench->random, 0, (gint32) (length - 40));
  guint end = start + (guint) g_rand_int_range (bench->random, 5, 40);

  kutip_window_focus_article (bench->window);
  kutip_annotator_set_selection (bench->window->annotator, start, end, FALSE);
  g_signal_emit_by_name (bench->window->annotator, "reveal", start, end);
  stopwatch_settle (bench->watch);
}

void
bench_press (Bench *bench, GArray *series, const char *command)
{
  stopwatch_add_press (bench->watch, series, command, NULL, bench);
}

static gboolean
can_redo (Bench *bench)
{
  gboolean can;

  g_object_get (get_document (bench), "can-redo", &can, NULL);
  return can;
}

/* Says so rather than measure keys that do nothing. */
static void
expect_spans (Bench *bench, guint n, const char *after)
{
  if (kutip_layer_get_n_spans (get_layer (bench)) != n)
    g_error ("There are %u spans instead of %u after “%s”",
             kutip_layer_get_n_spans (get_layer (bench)), n, after);
}

/* Where the tag set allows links of several kinds there, one is to be chosen. */
static void
choose_first_kind (Bench *bench)
{
  KutipAnnotator *annotator = bench->window->annotator;

  if (kutip_annotator_get_choices (annotator) != NULL)
    kutip_annotator_choose (annotator, 0);
  stopwatch_settle (bench->watch);
}

static void
measure_marking (Bench *bench)
{
  static const char *const names[] = { "mark",         "undo", "redo",
                                       "link, choose", "link", "delete" };
  GArray *series[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    series[i] = stopwatch_new_series ();
  for (guint i = 0; i < bench->n; i++)
    {
      guint before = kutip_layer_get_n_spans (get_layer (bench));
      guint n_links = kutip_layer_get_n_relations (get_layer (bench));

      bench_go_anywhere (bench);
      bench_press (bench, series[0], "key 1");
      /* What is marked so already is not marked again. */
      if (kutip_layer_get_n_spans (get_layer (bench)) == before)
        continue;
      bench_press (bench, series[1], "key ctrl+z");
      expect_spans (bench, before, "undo");
      g_assert_true (can_redo (bench));
      bench_press (bench, series[2], "key ctrl+shift+z");
      expect_spans (bench, before + 1, "redo");
      bench_press (bench, series[3], "key l");
      g_assert_true (kutip_annotator_is_linking (bench->window->annotator));
      bench_press (bench, series[4], "key Return");
      choose_first_kind (bench);
      g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (bench)), ==, n_links + 1);
      bench_press (bench, series[5], "key Delete");
      expect_spans (bench, before, "delete");
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      stopwatch_print_series (names[i], series[i]);
      g_array_unref (series[i]);
    }
}

/* At @n_places places the same number of presses each, as a reader does. */
static void
measure_key (Bench *bench, const char *name, const char *command)
{
  g_autoptr (GArray) series = stopwatch_new_series ();
  guint each = 10;

  for (guint i = 0; i < 2 * bench->n && series->len < bench->n; i++)
    {
      if (i % each == 0)
        bench_go_anywhere (bench);
      /* At the end of the text nothing happens, and nothing is painted. */
      if (get_caret (bench) + 200 > get_length (bench))
        {
          stopwatch_press (bench->watch, "key ctrl+Home", is_start_shown, bench);
          stopwatch_settle (bench->watch);
        }
      stopwatch_try_press (bench->watch, series, command);
    }
  stopwatch_print_series (name, series);
}

static void
measure_reading (Bench *bench)
{
  g_autoptr (GArray) ends = stopwatch_new_series ();
  g_autoptr (GArray) picks = stopwatch_new_series ();

  measure_key (bench, "caret right", "key Right");
  measure_key (bench, "caret down", "key Down");
  measure_key (bench, "select by word", "key ctrl+shift+Right");
  measure_key (bench, "next span", "key period");
  for (guint i = 0; i < bench->n; i++)
    stopwatch_add_call (bench->watch, picks, pick_some_span, is_current_shown, bench);
  stopwatch_print_series ("span anywhere", picks);
  /* From where there is a way to the start: else nothing would be painted. */
  bench_go_anywhere (bench);
  for (guint i = 0; i < bench->n; i++)
    stopwatch_add_press (bench->watch, ends,
                         i % 2 == 0 ? "key ctrl+Home" : "key ctrl+End",
                         i % 2 == 0 ? is_start_shown : is_end_shown, bench);
  stopwatch_print_series ("start and end", ends);
}

static double
get_scrolled (Bench *bench)
{
  GtkScrollable *page = GTK_SCROLLABLE (bench->window->article_view->page_view);

  return gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (page));
}

static gboolean
has_scrolled (Bench *bench, double before)
{
  return fabs (get_scrolled (bench) - before) >= 1;
}

/* From the start to the end and back, so that something moves each time. */
static void
measure_scrolling (Bench *bench)
{
  g_autoptr (GArray) screens = stopwatch_new_series ();
  g_autoptr (GArray) clicks = stopwatch_new_series ();
  gboolean down = TRUE;

  stopwatch_press (bench->watch, "key ctrl+Home", NULL, bench);
  stopwatch_rest (bench->watch, 50);
  for (guint i = 0; i < 2 * bench->n && screens->len < bench->n; i++)
    {
      guint before = get_caret (bench);

      stopwatch_try_press (bench->watch, screens, down ? "key Page_Down" : "key Page_Up");
      if (get_caret (bench) == before || get_caret (bench) == get_length (bench))
        down = get_caret (bench) == 0;
    }
  stopwatch_print_series ("screen down", screens);
  stopwatch_point_at (bench->watch, 500, 400);
  down = TRUE;
  for (guint i = 0; i < 2 * bench->n && clicks->len < bench->n; i++)
    {
      guint n = clicks->len;
      double before = get_scrolled (bench);

      stopwatch_try_press (bench->watch, clicks, down ? "click 5" : "click 4");
      /* At an end something is painted, too, but nothing moves. */
      if (!has_scrolled (bench, before))
        g_array_set_size (clicks, n);
      if (!has_scrolled (bench, before) || clicks->len % 10 == 0)
        down = !down;
    }
  stopwatch_print_series ("wheel", clicks);
}

static KutipSaveState
get_save_state (Bench *bench)
{
  return kutip_saver_get_state (kutip_annotator_get_saver (bench->window->annotator));
}

static void
save_now (gpointer data)
{
  kutip_window_save (((Bench *) data)->window);
}

/* From a change to the sidecar on disk: how long, and what the main loop worked on end
 * at the most. The pause that autosave makes first is left out. */
static void
measure_saving (Bench *bench)
{
  g_autoptr (GArray) series = stopwatch_new_series ();

  for (guint i = 0; i < bench->n; i++)
    {
      Timing timing = { 0 };
      gint64 start;

      bench_go_anywhere (bench);
      kutip_annotator_mark (bench->window->annotator, i % 2 == 0 ? "claim" : "source");
      stopwatch_settle (bench->watch);
      start = g_get_monotonic_time ();
      timing.work = stopwatch_work (bench->watch, save_now, bench);
      while (get_save_state (bench) == KUTIP_SAVE_PENDING ||
             get_save_state (bench) == KUTIP_SAVE_WRITING)
        timing.work = fmax (timing.work, stopwatch_rest (bench->watch, 5));
      timing.wall = (double) (g_get_monotonic_time () - start) / 1000;
      g_array_append_val (series, timing);
      if (get_save_state (bench) != KUTIP_SAVE_SAVED)
        g_error ("the save ended in state %d", get_save_state (bench));
    }
  stopwatch_print_series ("autosave, longest block", series);
}

/* Some spans are marked. */
static void
mark_some (Bench *bench, guint n)
{
  guint wanted = kutip_layer_get_n_spans (get_layer (bench)) + n;

  while (kutip_layer_get_n_spans (get_layer (bench)) < wanted)
    {
      bench_go_anywhere (bench);
      /* What is marked so already is not marked again. */
      stopwatch_press (bench->watch, "key 1", NULL, bench);
      stopwatch_settle (bench->watch);
    }
}

/* Spans are marked, another article opened, and this one again, which takes a while: so
 * several are undone each time. */
static void
measure_switching (Bench *bench)
{
  g_autoptr (GFile) folder = g_file_get_parent (bench->article);
  g_autoptr (GFile) other = g_file_get_child (folder, "another.txt");
  g_autoptr (GArray) undos = stopwatch_new_series ();
  g_autoptr (GArray) redos = stopwatch_new_series ();
  const char *words = "Some words of another article.\n";

  if (!g_file_replace_contents (other, words, strlen (words), NULL, FALSE,
                                G_FILE_CREATE_NONE, NULL, NULL, NULL))
    g_error ("another article cannot be written");
  while (redos->len < bench->n)
    {
      guint n = MIN (bench->n - redos->len, N_UNDONE);
      guint before = kutip_layer_get_n_spans (get_layer (bench));

      mark_some (bench, n);
      open_file (bench, other, NULL);
      stopwatch_settle (bench->watch);
      open_file (bench, bench->article, NULL);
      stopwatch_rest (bench->watch, 50);
      kutip_window_focus_article (bench->window);
      for (guint i = 0; i < n; i++)
        bench_press (bench, undos, "key ctrl+z");
      expect_spans (bench, before, "undo");
      for (guint i = 0; i < n; i++)
        bench_press (bench, redos, "key ctrl+shift+z");
      expect_spans (bench, before + n, "redo");
    }
  stopwatch_print_series ("undo, after another article", undos);
  stopwatch_print_series ("redo, after another article", redos);
}

static const struct
{
  const char *name;
  void (*measure) (Bench *bench);
} parts[] = {
  { "marking", measure_marking },
  { "reading", measure_reading },
  { "scrolling", measure_scrolling },
  { "moving", bench_measure_moving },
  { "shaping", bench_measure_shaping },
  { "links", bench_measure_links },
  { "card", bench_measure_card },
  { "jumping", bench_measure_jumping },
  { "places", bench_measure_marking_all },
  { "windows", bench_measure_windows },
  { "editor", bench_measure_editor },
  { "view", bench_measure_view },
  { "pointing", bench_measure_pointing },
  { "find", bench_measure_finding },
  { "bulk", bench_measure_bulk },
  { "filtered", bench_measure_filtered },
  { "panes", bench_measure_panes },
  { "confirming", bench_measure_confirming },
  { "saving", measure_saving },
  { "switching", measure_switching },
};

/* The names of the parts, or NULL where one is of none. */
static char **
split_parts (const char *words)
{
  g_auto (GStrv) names = g_strsplit (words, ",", -1);

  if (g_str_equal (words, "all"))
    return g_new0 (char *, 1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean is_part = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        is_part = is_part || g_str_equal (names[i], parts[j].name);
      if (!is_part)
        return NULL;
    }
  return g_steal_pointer (&names);
}

/* Opens the article once and does all that @names tells; nothing named: everything. */
static void
run_parts (Bench *bench, char **names)
{
  open_file (bench, bench->article, NULL);
  stopwatch_rest (bench->watch, 300);
  if (kutip_document_is_read_only (get_document (bench)))
    g_error ("the article is open read-only");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*names == NULL ||
        g_strv_contains ((const char *const *) (gpointer) names, parts[i].name))
      parts[i].measure (bench);
  stopwatch_print_memory ("memory, at the end");
}

/* The application would save, and close the window that is measured, which goes on all
 * the same: there is nothing to be saved here. */
static void
end_when_told (void)
{
  signal (SIGTERM, SIG_DFL);
  signal (SIGHUP, SIG_DFL);
  signal (SIGINT, SIG_DFL);
}

static KutipWindow *
start_application (GtkApplication *application)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *window;

  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  end_when_told ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
  g_application_activate (G_APPLICATION (application));
  window = gtk_application_get_active_window (application);
  g_assert (KUTIP_IS_WINDOW (window));
  return KUTIP_WINDOW (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (KutipApplication) application = NULL;
  Stopwatch *watch;
  Bench bench = { 0 };
  gboolean plain = argc == 5 && g_str_equal (argv[1], "plain");
  gboolean opens = plain || (argc == 5 && g_str_equal (argv[1], "open"));
  gboolean folder = argc == 4 && g_str_equal (argv[1], "folder");
  g_auto (GStrv) names = argc == 4 && !folder ? split_parts (argv[1]) : NULL;

  if (!opens && !folder && names == NULL)
    {
      g_printerr ("bench-window open|plain FILE OTHER N\nbench-window PARTS FILE N\n"
                  "bench-window folder FOLDER N\n");
      return 2;
    }
  setlocale (LC_ALL, "");
  application = kutip_application_new ();
  bench.window = start_application (GTK_APPLICATION (application));
  bench.watch = watch = stopwatch_new ();
  bench.random = g_rand_new_with_seed (5);
  bench.article = g_file_new_for_commandline_arg (argv[2]);
  stopwatch_rest (watch, 300);
  bench.n = (guint) g_ascii_strtoull (argv[argc - 1], NULL, 10);
  if (opens)
    {
      bench.other = g_file_new_for_commandline_arg (argv[3]);
      if (plain)
        measure_plain (&bench, bench.n);
      else
        measure_opening (&bench, bench.n);
    }
  else if (folder)
    bench_measure_folder (&bench);
  else
    run_parts (&bench, names);
  /* The journals are of no use any more: nothing is saved, and nothing waited for. */
  exit (0);
}
