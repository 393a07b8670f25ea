/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

static gboolean
has_hit (gpointer data)
{
  Bench *bench = data;
  KutipRange selection = kutip_annotator_get_selection (bench->window->annotator);
  KutipRange visible = kutip_article_view_get_visible (bench->window->article_view);

  return selection.end > selection.start && selection.start >= visible.start &&
         selection.start <= visible.end;
}

/* A word is typed letter by letter, from the start of the text; then the hits are gone
 * through. */
static void
measure_typing (Bench *bench)
{
  g_autoptr (GArray) first = stopwatch_new_series ();
  g_autoptr (GArray) letters = stopwatch_new_series ();
  g_autoptr (GArray) next = stopwatch_new_series ();

  for (guint i = 0; i < MAX (bench->n / 10, 1); i++)
    {
      Timing timing;

      kutip_annotator_set_selection (bench->window->annotator, 0, 0, FALSE);
      stopwatch_rest (bench->watch, 15);
      stopwatch_press (bench->watch, "key ctrl+f", NULL, bench);
      stopwatch_rest (bench->watch, 50);
      stopwatch_press (bench->watch, "key ctrl+a", NULL, bench);
      timing = stopwatch_press (bench->watch, "key a", has_hit, bench);
      g_array_append_val (first, timing);
      stopwatch_rest (bench->watch, 100);
      bench_press (bench, letters, "key n");
      stopwatch_rest (bench->watch, 100);
      bench_press (bench, letters, "key BackSpace");
      stopwatch_rest (bench->watch, 100);
      for (guint j = 0; j < 10; j++)
        bench_press (bench, next, "key Return");
      stopwatch_press (bench->watch, "key Escape", NULL, bench);
      stopwatch_rest (bench->watch, 15);
    }
  stopwatch_print_series ("find, first hit", first);
  stopwatch_print_series ("find, each letter", letters);
  stopwatch_print_series ("find, next", next);
}

void
bench_measure_finding (Bench *bench)
{
  measure_typing (bench);
}
