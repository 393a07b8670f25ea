/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

/* Rounds in which all steps are taken, for each that is wanted: some steps have nothing
 * to do at some places, and paint nothing then. */
#define MOST_ROUNDS 4
/* In one round, and more. */
#define MOST_CHANGES 50
/* Until when what a key is to do is waited for; microseconds. */
#define PATIENCE (20 * G_USEC_PER_SEC)

static gboolean
are_full (Bench *bench, GArray *const *series, guint n)
{
  for (guint i = 0; i < n; i++)
    if (series[i] != NULL && series[i]->len < bench->n)
      return FALSE;
  return TRUE;
}

static const char *
describe_focus (Bench *bench)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (bench->window));

  return focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "nothing";
}

static void
insist (Bench *bench, const BenchStep *step)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!step->is_so (bench))
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” did not do what it is to do; the focus is in %s", step->command,
                 describe_focus (bench));
      stopwatch_rest (bench->watch, 5);
    }
}

static void
take_step (Bench *bench, const BenchStep *step, GArray *series)
{
  /* Those that there are enough of are only a way to the next. */
  g_autoptr (GArray) aside = stopwatch_new_series ();

  if (step->name == NULL || series->len == bench->n)
    series = aside;
  if (step->shown != NULL)
    stopwatch_add_press (bench->watch, series, step->command, step->shown, bench);
  else
    stopwatch_try_press (bench->watch, series, step->command);
  if (step->is_so != NULL)
    insist (bench, step);
}

/* What was marked goes again: with hundreds of spans more a short article is none. */
static void
take_back (Bench *bench)
{
  KutipDocument *document = kutip_annotator_get_document (bench->window->annotator);
  gboolean can_undo = TRUE;

  for (guint i = 0; i < MOST_CHANGES; i++)
    {
      g_object_get (document, "can-undo", &can_undo, NULL);
      if (!can_undo)
        break;
      kutip_document_undo (document);
    }
  stopwatch_settle (bench->watch);
}

void
bench_measure_steps (Bench *bench,
                     void (*prepare) (Bench *bench),
                     const BenchStep *steps,
                     guint n_steps)
{
  g_autofree GArray **series = g_new0 (GArray *, n_steps);
  /* One round shows that all of it works. */
  guint most = bench->n > 1 ? MOST_ROUNDS * bench->n : 1;

  for (guint i = 0; i < n_steps; i++)
    if (steps[i].name != NULL)
      series[i] = stopwatch_new_series ();
  for (guint i = 0; i < most && !are_full (bench, series, n_steps); i++)
    {
      prepare (bench);
      for (guint j = 0; j < n_steps; j++)
        take_step (bench, &steps[j], series[j]);
      take_back (bench);
    }
  for (guint i = 0; i < n_steps; i++)
    if (series[i] != NULL)
      {
        stopwatch_print_series (steps[i].name, series[i]);
        g_array_unref (series[i]);
      }
}
