/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

/* Where spans lie over one another, and from there on. */
static const BenchStep span_steps[] = {
  { "cycle", "key o", NULL, NULL },
  { "previous span", "key comma", NULL, NULL },
  { "next span alike", "key greater", NULL, NULL },
  { "previous span alike", "key less", NULL, NULL },
};

static const BenchStep place_steps[] = {
  { "next thing left to do", "key F8", NULL, NULL },
  { "previous thing left to do", "key shift+F8", NULL, NULL },
  { "back", "key ctrl+bracketleft", NULL, NULL },
  { "forward", "key ctrl+bracketright", NULL, NULL },
};

static const BenchStep text_steps[] = {
  { "next sentence", "key alt+Right", NULL, NULL },
  { "previous sentence", "key alt+Left", NULL, NULL },
  { "next part of the sentence", "key c", NULL, NULL },
  { "select the word", "key w", NULL, NULL },
  { "select the part of the sentence", "key v", NULL, NULL },
  { "select the sentence", "key s", NULL, NULL },
  { "select the paragraph", "key p", NULL, NULL },
  { "next paragraph", "key ctrl+Down", NULL, NULL },
  { "previous paragraph", "key ctrl+Up", NULL, NULL },
};

/* Where spans lie over one another. */
static void
go_to_pile (Bench *bench)
{
  KutipAnnotator *annotator = bench->window->annotator;
  KutipDocument *document = kutip_annotator_get_document (annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  guint n = kutip_layer_get_n_spans (layer);
  guint i = (guint) g_rand_int_range (bench->random, 0, (gint32) MAX (n, 1));

  for (guint tries = 0; tries < n; tries++, i++)
    {
      KutipRange a = kutip_span_get_hull (kutip_layer_get_nth_span (layer, i % n));
      KutipRange b = kutip_span_get_hull (kutip_layer_get_nth_span (layer, (i + 1) % n));

      if (b.start > a.start && b.start < a.end)
        {
          kutip_annotator_set_selection (annotator, b.start, b.start, TRUE);
          g_signal_emit_by_name (annotator, "reveal", b.start, b.start);
          break;
        }
    }
  stopwatch_settle (bench->watch);
}

void
bench_measure_moving (Bench *bench)
{
  bench_measure_steps (bench, go_to_pile, span_steps, G_N_ELEMENTS (span_steps));
  bench_measure_steps (bench, bench_go_anywhere, place_steps, G_N_ELEMENTS (place_steps));
  bench_measure_steps (bench, bench_go_anywhere, text_steps, G_N_ELEMENTS (text_steps));
}
