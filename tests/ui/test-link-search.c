/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "article/open-text.h"

#include "ui/link-search.h"

#define N_SPANS 400
#define N_WORDS 1500

static guint
measure_distance (KutipRange a, KutipRange b)
{
  if (a.end <= b.start)
    return b.start - a.end;
  return b.end <= a.start ? a.start - b.end : 0;
}

static guint
measure_distance_of (KutipAnnotator *annotator, KutipSpan *span)
{
  return measure_distance (
      kutip_span_get_hull (kutip_annotator_get_link_from (annotator)),
      kutip_span_get_hull (span));
}

/* By looking at each. */
static guint
find_least_distance (KutipAnnotator *annotator, KutipLayer *layer)
{
  guint least = G_MAXUINT;

  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);

      if (kutip_annotator_is_link_target (annotator, span))
        least = MIN (least, measure_distance_of (annotator, span));
    }
  return least;
}

static KutipSpan *
find_next (KutipAnnotator *annotator, KutipLayer *layer, guint position, gboolean forward)
{
  guint n = kutip_layer_get_n_spans (layer);

  for (guint i = 1; i <= n; i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (
          layer, forward ? (position + i) % n : (position + n - i) % n);

      if (kutip_annotator_is_link_target (annotator, span))
        return span;
    }
  return NULL;
}

static KutipAnnotator *
open_words (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_WORDS; i++)
    g_string_append_printf (text, "%s%u", i % 12 == 0 ? "\n" : " ", i * 7919);
  return open_text (text->str, (gssize) text->len);
}

/* From each span that a link can start from: the nearest and the next, against a look at
 * all. */
static void
test_against_naive (gconstpointer data)
{
  const char *relation = data;
  g_autoptr (KutipAnnotator) annotator = open_words ();
  KutipLayer *layer = kutip_document_get_layer (kutip_annotator_get_document (annotator));
  guint n_searched = 0;

  mark_many (annotator, N_SPANS, 11);
  for (guint i = 0; i < N_SPANS; i++)
    {
      KutipSpan *nearest;

      kutip_annotator_set_current (annotator, kutip_layer_get_nth_span (layer, i), FALSE);
      kutip_annotator_start_link (annotator, relation);
      if (!kutip_annotator_is_linking (annotator))
        continue;
      n_searched++;
      nearest = kutip_link_search_nearest (annotator);
      g_assert_true (kutip_annotator_is_link_target (annotator, nearest));
      g_assert_cmpuint (measure_distance_of (annotator, nearest), ==,
                        find_least_distance (annotator, layer));
      for (int forward = 0; forward < 2; forward++)
        {
          KutipSpan *span = kutip_layer_get_nth_span (layer, i);

          g_assert_true (kutip_link_search_next (annotator, span, forward) ==
                         find_next (annotator, layer, i, forward));
          g_assert_true (
              kutip_link_search_next (annotator, NULL, forward) ==
              find_next (annotator, layer, forward ? N_SPANS - 1 : 0, forward));
        }
      kutip_annotator_cancel_link (annotator);
    }
  g_assert_cmpuint (n_searched, >, N_SPANS / 8);
}

/* A target at the other end of a long text is found, and one that is none is not. */
static void
test_far (void)
{
  g_autoptr (KutipAnnotator) annotator = open_words ();
  KutipSpan *source = mark_words (annotator, "source", "7919", 0);
  KutipSpan *quote = mark_words (annotator, "quote", "11862662", 0);

  mark_words (annotator, "cue", "11846824", 0);
  kutip_annotator_set_current (annotator, quote, FALSE);
  kutip_annotator_start_link (annotator, "attributed-to");
  g_assert_true (kutip_link_search_nearest (annotator) == source);
  g_assert_true (kutip_link_search_next (annotator, source, TRUE) == source);
  kutip_annotator_cancel_link (annotator);
  kutip_annotator_start_link (annotator, "states");
  g_assert_false (kutip_annotator_is_linking (annotator));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/link-search/attributed-to", "attributed-to",
                        test_against_naive);
  g_test_add_data_func ("/link-search/same-as", "same-as", test_against_naive);
  g_test_add_data_func ("/link-search/any", NULL, test_against_naive);
  g_test_add_func ("/link-search/far", test_far);
  return g_test_run ();
}
