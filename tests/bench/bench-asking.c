/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <math.h>

#define PATIENCE (10 * G_USEC_PER_SEC)
/* What another thread has to say of a letter or a window comes sooner than that after
 * what came before; milliseconds. */
#define FOLLOWED 30

GtkWidget *
bench_get_asking (Bench *bench)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != GTK_WIDGET (bench->window) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

static gboolean
is_asking (gpointer data)
{
  Bench *bench = data;

  return stopwatch_is_painted (bench->watch, bench_get_asking (bench));
}

static gboolean
is_answered (gpointer data)
{
  Bench *bench = data;

  return bench_get_asking (bench) == NULL &&
         stopwatch_is_painted (bench->watch, GTK_WIDGET (bench->window));
}

/* The window manager takes a while to hand the keyboard over. */
static void
wait_for_keyboard (Bench *bench)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  GtkWidget *window = bench_get_asking (bench);

  if (window == NULL)
    window = GTK_WIDGET (bench->window);
  while (!gtk_window_is_active (GTK_WINDOW (window)))
    {
      if (g_get_monotonic_time () > end)
        g_error ("the window “%s” does not get the keyboard",
                 gtk_window_get_title (GTK_WINDOW (window)));
      stopwatch_rest (bench->watch, 1);
    }
  stopwatch_settle (bench->watch);
}

/* What is typed belongs into its entry. */
static void
wait_for_entry (Bench *bench)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  GtkWidget *window;

  while ((window = bench_get_asking (bench)) == NULL ||
         !GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (window))))
    {
      if (g_get_monotonic_time () > end)
        g_error ("there is no entry to write into");
      stopwatch_rest (bench->watch, 5);
    }
}

void
bench_ask (Bench *bench, GArray *series, const char *command)
{
  Timing timing = stopwatch_press (bench->watch, command, is_asking, bench);

  timing.block = stopwatch_rest (bench->watch, FOLLOWED);
  timing.work = fmax (timing.work, timing.block);
  g_array_append_val (series, timing);
  wait_for_keyboard (bench);
}

void
bench_answer (Bench *bench, GArray *series, const char *command)
{
  Timing timing = stopwatch_press (bench->watch, command, is_answered, bench);

  timing.block = stopwatch_settle (bench->watch);
  timing.work = fmax (timing.work, timing.block);
  g_array_append_val (series, timing);
  wait_for_keyboard (bench);
}

/* To some hundredth of the article. */
void
bench_measure_jumping (Bench *bench)
{
  g_autoptr (GArray) asks = stopwatch_new_series ();
  g_autoptr (GArray) digits = stopwatch_new_series ();
  g_autoptr (GArray) jumps = stopwatch_new_series ();

  for (guint i = 0; i < bench->n; i++)
    {
      g_autofree char *digit =
          g_strdup_printf ("key %d", g_rand_int_range (bench->random, 1, 10));

      bench_ask (bench, asks, "key ctrl+j");
      bench_press (bench, digits, digit);
      stopwatch_press (bench->watch, "key percent", NULL, bench);
      bench_answer (bench, jumps, "key Return");
    }
  stopwatch_print_series ("go to a place, ask", asks);
  stopwatch_print_series ("go to a place, each digit", digits);
  stopwatch_print_series ("go to a place", jumps);
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  if (GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_list (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* With rows in it, which come from another thread; NULL: in vain. */
static GtkWidget *
wait_for_list (Bench *bench)
{
  gint64 end = g_get_monotonic_time () + PATIENCE / 4;
  GtkWidget *list;

  while ((list = find_list (bench_get_asking (bench))) == NULL ||
         g_list_model_get_n_items (
             G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))) == 0)
    {
      if (g_get_monotonic_time () > end)
        return NULL;
      stopwatch_rest (bench->watch, 5);
    }
  stopwatch_settle (bench->watch);
  return list;
}

/* The longest block while all is done that comes of a letter or a word. */
static void
press_and_follow (Bench *bench, GArray *series, const char *command)
{
  Timing timing = stopwatch_press (bench->watch, command, NULL, bench);

  timing.block = stopwatch_rest (bench->watch, FOLLOWED);
  timing.work = fmax (timing.work, timing.block);
  g_array_append_val (series, timing);
}

/* All places of some word are listed; one is left out; then nothing is marked. */
void
bench_measure_marking_all (Bench *bench)
{
  g_autoptr (GArray) asks = stopwatch_new_series ();
  g_autoptr (GArray) leaves = stopwatch_new_series ();
  g_autoptr (GArray) letters = stopwatch_new_series ();
  g_autoptr (GArray) closes = stopwatch_new_series ();

  for (guint i = 0; i < bench->n; i++)
    {
      GtkWidget *list;

      bench_go_anywhere (bench);
      stopwatch_press (bench->watch, "key Left", NULL, bench);
      stopwatch_press (bench->watch, "key w", NULL, bench);
      bench_ask (bench, asks, "key a");
      wait_for_entry (bench);
      press_and_follow (bench, letters, "key a");
      press_and_follow (bench, letters, "key BackSpace");
      list = wait_for_list (bench);
      if (list != NULL && gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD))
        stopwatch_try_press (bench->watch, leaves, "key space");
      bench_answer (bench, closes, "key Escape");
    }
  stopwatch_print_series ("mark all, the window", asks);
  stopwatch_print_series ("mark all, each letter", letters);
  stopwatch_print_series ("mark all, leave one out", leaves);
  stopwatch_print_series ("mark all, close the window", closes);
}

static void
measure_window (Bench *bench, const char *name, const char *command)
{
  g_autofree char *opening = g_strconcat (name, ", the window", NULL);
  g_autofree char *closing = g_strconcat (name, ", close the window", NULL);
  g_autoptr (GArray) asks = stopwatch_new_series ();
  g_autoptr (GArray) closes = stopwatch_new_series ();

  for (guint i = 0; i < bench->n; i++)
    {
      bench_ask (bench, asks, command);
      bench_answer (bench, closes, "key Escape");
    }
  stopwatch_print_series (opening, asks);
  stopwatch_print_series (closing, closes);
}

/* Of the spans those with some letters. */
static void
measure_filter (Bench *bench)
{
  g_autoptr (GArray) letters = stopwatch_new_series ();

  kutip_sidebar_focus_filter (bench->window->sidebar);
  stopwatch_rest (bench->watch, 100);
  for (guint i = 0; i < bench->n / 2 + 1; i++)
    {
      press_and_follow (bench, letters, "key k");
      press_and_follow (bench, letters, "key BackSpace");
    }
  stopwatch_print_series ("filter the spans, each letter", letters);
  stopwatch_press (bench->watch, "key Escape", NULL, bench);
  kutip_window_focus_article (bench->window);
  stopwatch_rest (bench->watch, 60);
}

static void
stay (Bench *bench)
{
}

static const BenchStep view_steps[] = {
  { "larger text", "key ctrl+equal", NULL, NULL },
  { "normal text size", "key ctrl+0", NULL, NULL },
  { "smaller text", "key ctrl+minus", NULL, NULL },
  { NULL, "key ctrl+0", NULL, NULL },
  { "the annotations, hide", "key shift+F9", NULL, NULL },
  { "the annotations, show", "key shift+F9", NULL, NULL },
  { "guidelines, show", "key F4", NULL, NULL },
  { "guidelines, hide", "key F4", NULL, NULL },
  { "the articles, show or hide", "key F9", NULL, NULL },
  { NULL, "key F9", NULL, NULL },
  { "full screen", "key F11", NULL, NULL },
  { "full screen, leave", "key F11", NULL, NULL },
  { "main menu", "key F10", NULL, NULL },
  { "main menu, close", "key Escape", NULL, NULL },
  { "next part of the window", "key F6", NULL, NULL },
  { "previous part of the window", "key shift+F6", NULL, NULL },
};

void
bench_measure_windows (Bench *bench)
{
  measure_window (bench, "search all articles", "key ctrl+shift+f");
  measure_window (bench, "edit the tag set", "key shift+F4");
  measure_window (bench, "preferences", "key ctrl+comma");
  measure_window (bench, "keyboard shortcuts", "key ctrl+question");
  measure_window (bench, "manual", "key F1");
}

void
bench_measure_view (Bench *bench)
{
  measure_filter (bench);
  bench_measure_steps (bench, stay, view_steps, G_N_ELEMENTS (view_steps));
}
