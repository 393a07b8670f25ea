/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

/* What is pressed one after the other at each place, on a quote marked there. */
static const struct
{
  const char *name;
  const char *command;
} steps[] = {
  { "edge, extend by a word", "key alt+k" },
  { "edge, shrink by a word", "key alt+j" },
  { "edge, extend by a sentence", "key alt+Page_Down" },
  { "copy with another label", "key alt+shift+1" },
  { "cycle", "key o" },
  { "unsure", "key u" },
  { "label, change", "key alt+1" },
  { "split", "key x" },
  { "merge", "key m" },
  { "attribution, open", "key r" },
  { "attribution, close", "key shift+r" },
  { "next span alike", "key greater" },
  { "follow the link", "key f" },
  { "back", "key ctrl+bracketleft" },
  { "next thing left to do", "key F8" },
  { "next sentence", "key alt+Right" },
  { "select the sentence", "key s" },
  { "next paragraph", "key ctrl+Down" },
};

/* More words as a piece of the span, and that piece away again. */
static void
measure_pieces (Bench *bench, GArray *adding, GArray *removing)
{
  KutipAnnotator *annotator = bench->window->annotator;
  KutipSpan *span = kutip_annotator_get_current (annotator);
  guint length = kutip_text_get_length (
      kutip_document_get_text (kutip_annotator_get_document (annotator)));
  KutipRange hull;

  if (span == NULL)
    return;
  hull = kutip_span_get_hull (span);
  if (hull.end + 60 > length)
    return;
  kutip_annotator_set_selection (annotator, hull.end + 10, hull.end + 20, FALSE);
  stopwatch_rest (bench->watch, 15);
  bench_press (bench, adding, "key plus");
  kutip_annotator_set_selection (annotator, hull.end + 15, hull.end + 15, FALSE);
  stopwatch_rest (bench->watch, 15);
  bench_press (bench, removing, "key minus");
}

void
bench_measure_shaping (Bench *bench)
{
  g_autoptr (GArray) adding = stopwatch_new_series ();
  g_autoptr (GArray) removing = stopwatch_new_series ();
  GArray *series[G_N_ELEMENTS (steps)];

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    series[i] = stopwatch_new_series ();
  for (guint i = 0; i < bench->n; i++)
    {
      bench_go_anywhere (bench);
      stopwatch_press (bench->watch, "key 2", NULL, bench);
      stopwatch_rest (bench->watch, 15);
      measure_pieces (bench, adding, removing);
      for (guint j = 0; j < G_N_ELEMENTS (steps); j++)
        stopwatch_try_press (bench->watch, series[j], steps[j].command);
    }
  stopwatch_print_series ("piece, add", adding);
  stopwatch_print_series ("piece, remove", removing);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      stopwatch_print_series (steps[i].name, series[i]);
      g_array_unref (series[i]);
    }
}
