/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

/* What is pressed one after the other at each place, on a quote marked there. */
static const BenchStep steps[] = {
  { "edge, extend by a word", "key alt+k", NULL, NULL },
  { "edge, shrink by a word", "key alt+j", NULL, NULL },
  { "edge, extend by a character", "key ctrl+alt+k", NULL, NULL },
  { "edge, shrink by a character", "key ctrl+alt+j", NULL, NULL },
  { "edge, extend by a sentence", "key alt+Page_Down", NULL, NULL },
  { "edge, shrink by a sentence", "key alt+Page_Up", NULL, NULL },
  { "edge at the start, extend by a word", "key alt+shift+j", NULL, NULL },
  { "edge at the start, shrink by a word", "key alt+shift+k", NULL, NULL },
  { "edge at the start, extend by a character", "key ctrl+alt+shift+j", NULL, NULL },
  { "edge at the start, shrink by a character", "key ctrl+alt+shift+k", NULL, NULL },
  { "edge at the start, extend by a sentence", "key alt+shift+Page_Up", NULL, NULL },
  { "edge at the start, shrink by a sentence", "key alt+shift+Page_Down", NULL, NULL },
  { "attribution, close", "key shift+r", NULL, NULL },
  { "attribution, open", "key r", NULL, NULL },
  { "copy with another label", "key alt+shift+1", NULL, NULL },
  { "unsure", "key u", NULL, NULL },
  { "label, change", "key alt+4", NULL, NULL },
  { "split", "key x", NULL, NULL },
  { "merge", "key m", NULL, NULL },
};

static void
mark_somewhere (Bench *bench)
{
  bench_go_anywhere (bench);
  stopwatch_press (bench->watch, "key 2", NULL, bench);
  stopwatch_settle (bench->watch);
}

/* More words as a piece of the span, and that piece away again. */
static void
measure_piece (Bench *bench, GArray *adding, GArray *removing)
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
  stopwatch_settle (bench->watch);
  bench_press (bench, adding, "key plus");
  kutip_annotator_set_selection (annotator, hull.end + 15, hull.end + 15, FALSE);
  stopwatch_settle (bench->watch);
  bench_press (bench, removing, "key minus");
}

static void
measure_pieces (Bench *bench)
{
  g_autoptr (GArray) adding = stopwatch_new_series ();
  g_autoptr (GArray) removing = stopwatch_new_series ();

  for (guint i = 0; i < 2 * bench->n && adding->len < bench->n; i++)
    {
      mark_somewhere (bench);
      measure_piece (bench, adding, removing);
    }
  stopwatch_print_series ("piece, add", adding);
  stopwatch_print_series ("piece, remove", removing);
}

void
bench_measure_shaping (Bench *bench)
{
  measure_pieces (bench);
  bench_measure_steps (bench, mark_somewhere, steps, G_N_ELEMENTS (steps));
}
