/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include "corpus/concordance/concordance.h"

#include <math.h>

#define PATIENCE (300 * G_USEC_PER_SEC)
/* Of very many lines, which take seconds. */
#define N_SORTINGS 20
/* How often all entries are looked at; microseconds. */
#define LOOK_INTERVAL 50000

static double
get_milliseconds (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

/* The main loop goes on until it is so; the longest that it was kept from a key. */
static double
follow_until (Bench *bench, BenchCondition condition)
{
  gint64 start = g_get_monotonic_time ();
  double block = 0;

  while (!condition (bench))
    {
      block = fmax (block, stopwatch_rest (bench->watch, 1));
      if (g_get_monotonic_time () - start > PATIENCE)
        g_error ("what is waited for does not come");
    }
  return block;
}

static GListModel *
get_entries (Bench *bench)
{
  return G_LIST_MODEL (bench->window->corpus);
}

static void
open_folder (gpointer data)
{
  Bench *bench = data;

  kutip_window_open (bench->window, &bench->article, 1, NULL);
}

static gboolean
has_rows (gpointer data)
{
  Bench *bench = data;

  return bench->window->corpus != NULL &&
         g_list_model_get_n_items (get_entries (bench)) > 0;
}

static gboolean
is_listed (Bench *bench)
{
  return has_rows (bench) && !kutip_corpus_is_loading (bench->window->corpus);
}

/* Another corpus than before. */
static gboolean
is_new_listed (Bench *bench)
{
  return bench->window->corpus != bench->before && is_listed (bench);
}

/* What the head of each sidecar says. */
static gboolean
are_heads_read (Bench *bench)
{
  static gint64 looked;
  guint n = g_list_model_get_n_items (get_entries (bench));

  if (g_get_monotonic_time () - looked < LOOK_INTERVAL)
    return FALSE;
  looked = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KutipEntry) entry = g_list_model_get_item (get_entries (bench), i);

      if (kutip_entry_is_unread (entry))
        return FALSE;
    }
  return TRUE;
}

static void
measure_listing (Bench *bench)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GArray) rows = stopwatch_new_series ();
  double block;

  stopwatch_add_call (bench->watch, rows, open_folder, has_rows, bench);
  stopwatch_print_series ("folder, first rows", rows);
  block = g_array_index (rows, Timing, 0).block;
  block = fmax (block, follow_until (bench, is_listed));
  stopwatch_print_value ("folder, all listed", get_milliseconds (start));
  block = fmax (block, follow_until (bench, are_heads_read));
  stopwatch_print_value ("folder, all heads", get_milliseconds (start));
  block = fmax (block, stopwatch_rest (bench->watch, 500));
  stopwatch_print_value ("folder, longest block", block);
  stopwatch_print_value ("folder, articles",
                         g_list_model_get_n_items (get_entries (bench)));
  stopwatch_print_memory ("folder, memory");
}

/* In the window in which it is open already: from the wish to the last article. */
static void
measure_again (Bench *bench)
{
  gint64 start = g_get_monotonic_time ();
  double block;

  bench->before = bench->window->corpus;
  block = stopwatch_work (bench->watch, open_folder, bench);
  block = fmax (block, follow_until (bench, is_new_listed));
  stopwatch_print_value ("folder, again, all listed", get_milliseconds (start));
  block = fmax (block, stopwatch_rest (bench->watch, 500));
  stopwatch_print_value ("folder, again, longest block", block);
}

static void
measure_filter (Bench *bench)
{
  g_autoptr (GArray) typed = stopwatch_new_series ();

  stopwatch_press (bench->watch, "key ctrl+k", NULL, bench);
  stopwatch_rest (bench->watch, 50);
  for (guint round = 0; round < (bench->n + 3) / 4; round++)
    {
      bench_press (bench, typed, "key 1");
      bench_press (bench, typed, "key 7");
      bench_press (bench, typed, "key BackSpace");
      bench_press (bench, typed, "key BackSpace");
    }
  stopwatch_print_series ("folder, filter", typed);
  kutip_window_focus_article (bench->window);
  stopwatch_rest (bench->watch, 50);
}

static gboolean
is_another_open (gpointer data)
{
  Bench *bench = data;

  return bench->window->annotator != NULL && bench->window->opening == NULL &&
         !g_file_equal (bench->window->article_file, bench->opening);
}

static void
open_next (gpointer data)
{
  bench_activate (data, "win.next-unfinished");
}

static void
measure_next (Bench *bench)
{
  g_autoptr (GArray) opened = stopwatch_new_series ();

  for (guint i = 0; i < bench->n; i++)
    {
      g_autoptr (GFile) before = g_object_ref (bench->window->article_file);

      bench->opening = before;
      stopwatch_add_call (bench->watch, opened, open_next, is_another_open, bench);
      stopwatch_rest (bench->watch, 20);
    }
  stopwatch_print_series ("folder, next unfinished", opened);
}

static KutipConcordance *
get_concordance (Bench *bench)
{
  return kutip_concordance_window_get_concordance (bench->window->concordance);
}

static void
show_search (gpointer data)
{
  bench_activate (data, "win.search-corpus");
}

static gboolean
has_ended (Bench *bench)
{
  return !kutip_concordance_is_running (get_concordance (bench));
}

static gboolean
has_found (Bench *bench)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_concordance (bench))) > 0 ||
         has_ended (bench);
}

/* As a person types them and presses Enter. */
static void
start_search (gpointer data)
{
  Bench *bench = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (bench->window->concordance));

  g_assert (GTK_IS_EDITABLE (focus));
  gtk_editable_set_text (GTK_EDITABLE (focus), bench->words);
  g_signal_emit_by_name (focus, "activate");
  g_assert (!has_ended (bench));
}

static void
measure_search (Bench *bench, const char *what, const char *words)
{
  g_autofree char *first = g_strdup_printf ("search, %s, first", what);
  g_autofree char *end = g_strdup_printf ("search, %s, end", what);
  g_autofree char *longest = g_strdup_printf ("search, %s, longest block", what);
  g_autofree char *places = g_strdup_printf ("search, %s, places", what);
  gint64 start = g_get_monotonic_time ();
  double block;

  bench->words = words;
  block = stopwatch_work (bench->watch, start_search, bench);
  block = fmax (block, follow_until (bench, has_found));
  stopwatch_print_value (first, get_milliseconds (start));
  block = fmax (block, follow_until (bench, has_ended));
  stopwatch_print_value (end, get_milliseconds (start));
  block = fmax (block, stopwatch_rest (bench->watch, 100));
  stopwatch_print_value (longest, block);
  stopwatch_print_value (
      places, g_list_model_get_n_items (G_LIST_MODEL (get_concordance (bench))));
}

/* By what is before, by what is after, and as they were found, in turn. */
static const guint orders[] = { KUTIP_CONCORDANCE_LEFT, KUTIP_CONCORDANCE_RIGHT,
                                KUTIP_CONCORDANCE_ARTICLE };

typedef gboolean (*WidgetTest) (GtkWidget *widget);

static GtkWidget *
find_widget (GtkWidget *widget, WidgetTest is_it)
{
  if (is_it (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, is_it);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_order (GtkWidget *widget)
{
  return GTK_IS_DROP_DOWN (widget) &&
         g_strcmp0 (gtk_widget_get_tooltip_text (widget), "Order") == 0;
}

static gboolean
is_spinner (GtkWidget *widget)
{
  return GTK_IS_SPINNER (widget);
}

typedef struct
{
  GtkDropDown *choice;
  guint order;
} Sorting;

static void
choose_order (gpointer data)
{
  Sorting *sorting = data;

  gtk_drop_down_set_selected (sorting->choice, sorting->order);
}

/* All lines of a search, a part of them in each turn of the main loop. */
static void
measure_sorting (Bench *bench)
{
  g_autoptr (GArray) sorts = stopwatch_new_series ();
  Sorting sorting = { 0 };
  double block = 0, end = 0;

  sorting.choice =
      (GtkDropDown *) find_widget (GTK_WIDGET (bench->window->concordance), is_order);
  g_assert (sorting.choice != NULL);
  for (guint i = 0; i < MIN (bench->n, N_SORTINGS); i++)
    {
      Timing *timing;

      sorting.order = orders[i % G_N_ELEMENTS (orders)];
      bench_follow (bench, sorts, choose_order, &sorting, NULL);
      timing = &g_array_index (sorts, Timing, i);
      block = fmax (block, timing->work);
      end = fmax (end, timing->wall);
    }
  stopwatch_print_series ("search, sort", sorts);
  stopwatch_print_value ("search, sorted, end", end);
  stopwatch_print_value ("search, sorted, longest block", block);
}

static void
stop_search (gpointer data)
{
  kutip_concordance_stop (get_concordance (data));
}

/* From the wish to stop until nothing is found any more. */
static void
measure_stopping (Bench *bench)
{
  gint64 start;
  double block;

  bench->words = "men";
  start_search (bench);
  follow_until (bench, has_found);
  start = g_get_monotonic_time ();
  block = stopwatch_work (bench->watch, stop_search, bench);
  block = fmax (block, follow_until (bench, has_ended));
  block = fmax (block, stopwatch_rest (bench->watch, 50));
  stopwatch_print_value ("search, stopped", get_milliseconds (start) - 50);
  stopwatch_print_value ("search, stopped, longest block", block);
}

static gboolean
is_counted (Bench *bench)
{
  GtkWidget *window = bench_get_asking (bench);
  GtkWidget *spinner = window != NULL ? find_widget (window, is_spinner) : NULL;

  return spinner != NULL && !gtk_spinner_get_spinning (GTK_SPINNER (spinner));
}

static gboolean
is_marked (Bench *bench)
{
  KutipBulkMark *bulk = bench->window->bulk_mark;

  return bulk != NULL && !kutip_bulk_mark_is_running (bulk) &&
         kutip_bulk_mark_get_n_marked (bulk) > 0;
}

static gboolean
is_taken_back (Bench *bench)
{
  KutipBulkMark *bulk = bench->window->bulk_mark;

  return !kutip_bulk_mark_is_running (bulk) && kutip_bulk_mark_get_n_marked (bulk) == 0;
}

/* A press, and all that comes of it. */
static void
press_and_follow (Bench *bench,
                  const char *name,
                  const char *command,
                  BenchCondition done)
{
  g_autofree char *end = g_strdup_printf ("%s, end", name);
  g_autofree char *longest = g_strdup_printf ("%s, longest block", name);
  gint64 start = g_get_monotonic_time ();
  double block = stopwatch_press (bench->watch, command, NULL, bench).work;

  block = fmax (block, follow_until (bench, done));
  stopwatch_print_value (end, get_milliseconds (start));
  block = fmax (block, stopwatch_rest (bench->watch, 100));
  stopwatch_print_value (longest, block);
}

/* Some rare words in all articles, and back. */
static void
measure_marking (Bench *bench)
{
  g_autoptr (GArray) aside = stopwatch_new_series ();
  gboolean is_small = g_list_model_get_n_items (get_entries (bench)) < 1000;
  GtkWidget *focus;

  bench_go_anywhere (bench);
  bench_ask (bench, aside, "key ctrl+shift+m");
  stopwatch_rest (bench->watch, 300);
  follow_until (bench, is_counted);
  focus = gtk_window_get_focus (GTK_WINDOW (bench_get_asking (bench)));
  g_assert (GTK_IS_EDITABLE (focus));
  gtk_editable_set_text (GTK_EDITABLE (focus), is_small ? "lusan" : "terlusan");
  stopwatch_rest (bench->watch, 300);
  follow_until (bench, is_counted);
  press_and_follow (bench, "bulk, marked", "key alt+m", is_marked);
  stopwatch_print_value ("bulk, places",
                         kutip_bulk_mark_get_n_marked (bench->window->bulk_mark));
  press_and_follow (bench, "bulk, taken back", "key ctrl+z", is_taken_back);
  bench_answer (bench, aside, "key Escape");
}

static gboolean
is_some_open (Bench *bench)
{
  return bench->window->annotator != NULL && bench->window->opening == NULL;
}

void
bench_measure_folder (Bench *bench)
{
  measure_listing (bench);
  follow_until (bench, is_some_open);
  stopwatch_rest (bench->watch, 200);
  measure_again (bench);
  follow_until (bench, is_some_open);
  stopwatch_rest (bench->watch, 200);
  measure_filter (bench);
  measure_next (bench);
  measure_marking (bench);
  stopwatch_print_value ("search, shown",
                         stopwatch_work (bench->watch, show_search, bench));
  stopwatch_rest (bench->watch, 300);
  measure_search (bench, "many", "men");
  measure_sorting (bench);
  measure_search (bench, "few", "menterlusan");
  measure_stopping (bench);
  stopwatch_print_memory ("folder, memory at the end");
}
