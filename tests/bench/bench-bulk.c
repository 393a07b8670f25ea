/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "model/annotate.h"
#include "model/reshape.h"

#include <math.h>

#define N_PLACES 5000

/* What comes of a step comes sooner than that after what came before; milliseconds. What
 * a change of very many has replaced is freed later, while the next are made: whatever
 * that takes of the main loop is counted there. */
#define FOLLOWED 20
/* Until when something that was begun is waited for. */
#define PATIENCE (20 * G_USEC_PER_SEC)

void
bench_follow (Bench *bench,
              GArray *series,
              StopwatchStep step,
              gpointer data,
              BenchCondition is_done)
{
  gint64 start = g_get_monotonic_time ();
  Timing timing = { .work = stopwatch_work (bench->watch, step, data) };

  do
    timing.work = fmax (timing.work, stopwatch_rest (bench->watch, 5));
  while ((kutip_annotator_is_busy (bench->window->annotator) ||
          (is_done != NULL && !is_done (bench))) &&
         g_get_monotonic_time () < start + PATIENCE);
  timing.wall = (double) (g_get_monotonic_time () - start) / 1000;
  timing.block = stopwatch_rest (bench->watch, FOLLOWED);
  timing.work = MAX (timing.work, timing.block);
  g_array_append_val (series, timing);
}

void
bench_activate (Bench *bench, const char *action)
{
  if (!gtk_widget_activate_action (GTK_WIDGET (bench->window->article_view), action,
                                   NULL))
    g_error ("There is no action “%s”", action);
}

static KutipDocument *
get_document (Bench *bench)
{
  return kutip_annotator_get_document (bench->window->annotator);
}

static void
undo (gpointer data)
{
  bench_activate (data, "annotation.undo");
}

static void
redo (gpointer data)
{
  bench_activate (data, "annotation.redo");
}

/* How many spans there are once a step is done. */
static guint wanted;

static gboolean
has_spans (Bench *bench)
{
  return kutip_layer_get_n_spans (kutip_document_get_layer (get_document (bench))) ==
         wanted;
}

/* As soon as the other thread has. */
static gboolean
has_ended (Bench *bench)
{
  return TRUE;
}

/* The first places of a letter between spaces. */
static GArray *
find_places (Bench *bench)
{
  const char *utf8 =
      kutip_text_get_utf8 (kutip_document_get_text (get_document (bench)), NULL);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  guint offset = 0;

  for (const char *c = utf8; *c != '\0' && places->len < N_PLACES;
       c = g_utf8_next_char (c), offset++)
    if (*c == ' ' && c[1] != '\0' && c[1] != ' ')
      {
        KutipRange place = { offset + 1, offset + 2 };

        g_array_append_val (places, place);
      }
  return places;
}

typedef struct
{
  Bench *bench;
  GArray *places;
  guint n_marked;
} Marking;

static gboolean
mark_all (KutipDocument *document, gpointer data, GError **error)
{
  Marking *marking = data;

  return kutip_reshape_mark_all (document, "claim",
                                 (const KutipRange *) (gpointer) marking->places->data,
                                 marking->places->len, &marking->n_marked, error);
}

static void
mark_places (gpointer data)
{
  Marking *marking = data;

  kutip_annotator_run (marking->bench->window->annotator, "Mark All as Claim",
                       marking->places->len, mark_all, NULL, marking, NULL);
}

/* The list's toggle of the first label, which is the claim's. */
static GtkWidget *
find_toggle (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "label-toggle"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_toggle (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
toggle (gpointer data)
{
  gtk_toggle_button_set_active (data, !gtk_toggle_button_get_active (data));
}

static void
measure_filtering (Bench *bench, GtkWidget *claims)
{
  g_autoptr (GArray) toggles = stopwatch_new_series ();

  for (guint i = 0; i < (bench->n + 1) / 2 * 2; i++)
    bench_follow (bench, toggles, toggle, claims, NULL);
  stopwatch_print_series ("filter the spans", toggles);
}

static void
print_series (const char *name, const char *where, GArray *series)
{
  g_autofree char *title = g_strconcat (name, where, NULL);

  stopwatch_print_series (title, series);
}

/* @where: what of the list is shown, for the names. */
static void
measure_marking (Bench *bench, const char *where)
{
  g_autoptr (GArray) marks = stopwatch_new_series ();
  g_autoptr (GArray) undos = stopwatch_new_series ();
  g_autoptr (GArray) redos = stopwatch_new_series ();
  g_autoptr (GArray) places = find_places (bench);
  Marking marking = { bench, places, 0 };
  guint before =
      kutip_layer_get_n_spans (kutip_document_get_layer (get_document (bench)));

  for (guint i = 0; i < bench->n; i++)
    {
      bench_follow (bench, marks, mark_places, &marking, has_ended);
      wanted = before;
      bench_follow (bench, undos, undo, bench, has_spans);
      wanted = before + marking.n_marked;
      bench_follow (bench, redos, redo, bench, has_spans);
      wanted = before;
      bench_follow (bench, undos, undo, bench, has_spans);
    }
  print_series ("mark 5,000 places", where, marks);
  print_series ("undo 5,000 places", where, undos);
  print_series ("redo 5,000 places", where, redos);
}

static void
begin (Bench *bench)
{
  kutip_annotator_set_selection (bench->window->annotator, 0, 0, FALSE);
  kutip_window_focus_article (bench->window);
  stopwatch_rest (bench->watch, 60);
}

void
bench_measure_bulk (Bench *bench)
{
  begin (bench);
  measure_marking (bench, "");
}

void
bench_measure_filtered (Bench *bench)
{
  GtkWidget *claims = find_toggle (GTK_WIDGET (bench->window->sidebar));

  if (claims == NULL)
    return;
  begin (bench);
  measure_filtering (bench, claims);
  toggle (claims);
  stopwatch_rest (bench->watch, 60);
  measure_marking (bench, ", filtered");
  toggle (claims);
}
