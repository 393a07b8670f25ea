/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "open-text.h"

#include "ui/article/article-view.h"

#include <adwaita.h>
#include <malloc.h>
#include <time.h>

/* How long the article view works for one thing that a reader does, until it is painted:
 *   bench-article FILE N-SPANS
 * Prints one line a measure: name, median, 99th percentile and worst, in milliseconds of
 * the main thread. */

typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  GtkTextView *text;
  KutipAnnotator *annotator;
  GRand *random;
  guint length;
  gint64 painted; /* when, 0 while it is waited for */
} Bench;

static void
on_painted (GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;

  if (bench->painted == 0)
    bench->painted = g_get_monotonic_time ();
}

static void
rest (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
report (const char *name, double *times, guint n)
{
  qsort (times, n, sizeof *times, compare_times);
  g_print ("%-28s %8.1f %8.1f %8.1f\n", name, times[n / 2], times[n * 99 / 100],
           times[n - 1]);
}

/* Microseconds that this thread has worked. */
static double
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

typedef void (*Step) (Bench *bench, guint i);

/* The work of the step itself and of the frame that shows it; milliseconds. */
static double
time_step (Bench *bench, Step step, guint i)
{
  double start = get_work ();

  bench->painted = 0;
  step (bench, i);
  gtk_widget_queue_draw (GTK_WIDGET (bench->text));
  while (bench->painted == 0)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  return (get_work () - start) / 1000;
}

static void
measure (Bench *bench, const char *name, Step step, guint n)
{
  g_autofree double *times = g_new0 (double, n);

  rest (400);
  for (guint i = 0; i < n; i++)
    {
      times[i] = time_step (bench, step, i);
      rest (5);
    }
  report (name, times, n);
}

static void
press (Bench *bench, GtkMovementStep step, int count, gboolean extend)
{
  g_signal_emit_by_name (bench->text, "move-cursor", step, count, extend);
}

static void
go_down (Bench *bench, guint i)
{
  press (bench, GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE);
}

static void
go_right (Bench *bench, guint i)
{
  press (bench, GTK_MOVEMENT_VISUAL_POSITIONS, 1, FALSE);
}

static void
extend_by_word (Bench *bench, guint i)
{
  press (bench, GTK_MOVEMENT_WORDS, 1, TRUE);
}

static void
go_by_screens (Bench *bench, guint i)
{
  press (bench, GTK_MOVEMENT_PAGES, 1, FALSE);
}

static void
go_to_ends (Bench *bench, guint i)
{
  press (bench, GTK_MOVEMENT_BUFFER_ENDS, i % 2 == 0 ? 1 : -1, FALSE);
}

static void
jump (Bench *bench, guint i)
{
  guint offset = (guint) g_rand_int_range (bench->random, 0, (gint32) bench->length);

  kutip_annotator_set_selection (bench->annotator, offset, offset, TRUE);
  g_signal_emit_by_name (bench->annotator, "reveal", offset, offset);
}

static void
select_all (Bench *bench, guint i)
{
  gtk_widget_activate_action (GTK_WIDGET (bench->text), "selection.select-all", NULL);
}

static void
scroll (Bench *bench, guint i)
{
  GtkAdjustment *adjustment =
      gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (bench->text));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + 120);
}

static void
select_somewhere (Bench *bench, guint i)
{
  KutipRange visible = kutip_article_view_get_visible (KUTIP_ARTICLE_VIEW (bench->view));
  guint start = visible.start + (i * 37) % MAX ((visible.end - visible.start) / 2, 1);

  kutip_annotator_set_selection (bench->annotator, start, MIN (start + 30, bench->length),
                                 TRUE);
}

static void
mark (Bench *bench, guint i)
{
  kutip_annotator_mark (bench->annotator, i % 2 == 0 ? "claim" : "source");
}

static void
undo (Bench *bench, guint i)
{
  kutip_annotator_undo (bench->annotator);
}

static void
measure_marks (Bench *bench, guint n)
{
  g_autofree double *marks = g_new0 (double, n);
  g_autofree double *undos = g_new0 (double, n);

  for (guint i = 0; i < n; i++)
    {
      if (i % 10 == 0)
        jump (bench, i);
      select_somewhere (bench, i);
      rest (30);
      marks[i] = time_step (bench, mark, i);
    }
  for (guint i = 0; i < n; i++)
    undos[i] = time_step (bench, undo, i);
  report ("mark", marks, n);
  report ("undo", undos, n);
}

static GtkTextView *
find_text_view (GtkWidget *widget)
{
  if (GTK_IS_TEXT_VIEW (widget))
    return GTK_TEXT_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkTextView *found = find_text_view (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static double
get_resident (void)
{
  g_autofree char *status = NULL;
  long pages = 0;

  malloc_trim (0);
  if (g_file_get_contents ("/proc/self/statm", &status, NULL, NULL))
    sscanf (status, "%*d %ld", &pages);
  return (double) pages * 4096 / 1048576;
}

static void
open_window (Bench *bench)
{
  gint64 start = g_get_monotonic_time ();

  bench->window = gtk_window_new ();
  bench->view = kutip_article_view_new ();
  g_object_set (bench->view, "annotator", bench->annotator, NULL);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (bench->window), bench->view);
  gtk_window_present (GTK_WINDOW (bench->window));
  kutip_article_view_grab_focus (KUTIP_ARTICLE_VIEW (bench->view));
  bench->text = find_text_view (bench->view);
  g_signal_connect (gtk_widget_get_frame_clock (bench->window), "after-paint",
                    G_CALLBACK (on_painted), bench);
  while (bench->painted == 0)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%-28s %8.1f\n", "window to first frame",
           (double) (bench->painted - start) / 1000);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  double before;

  if (argc < 3 || !g_file_get_contents (argv[1], &bytes, &size, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "bench-article FILE N-SPANS");
      return 2;
    }
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
  bench.random = g_rand_new_with_seed (3);
  bench.annotator = open_text (bytes, (gssize) size);
  bench.length = kutip_text_get_length (
      kutip_document_get_text (kutip_annotator_get_document (bench.annotator)));
  mark_many (bench.annotator, (guint) atoi (argv[2]), 7);
  g_clear_pointer (&bytes, g_free);
  before = get_resident ();
  open_window (&bench);
  g_print ("%-28s %8s %8s %8s\n", "ms", "median", "99 %", "worst");
  g_print ("%-28s %8.1f\n", "end, right after opening",
           time_step (&bench, go_to_ends, 0));
  measure (&bench, "start and end", go_to_ends, 40);
  measure (&bench, "jump anywhere", jump, 200);
  measure (&bench, "caret right", go_right, 200);
  measure (&bench, "caret down", go_down, 200);
  measure (&bench, "select by word", extend_by_word, 200);
  measure (&bench, "screen down", go_by_screens, 200);
  measure (&bench, "scroll 120 px", scroll, 400);
  measure (&bench, "select all", select_all, 20);
  measure_marks (&bench, 100);
  g_print ("%-28s %8.1f MB\n", "view's memory", get_resident () - before);
  return 0;
}
