/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

static gboolean
is_choosing (Bench *bench)
{
  return kutip_annotator_get_choices (bench->window->annotator) != NULL;
}

static gboolean
has_focus (Bench *bench, gpointer widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (bench->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget) &&
         gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) == NULL;
}

static gboolean
is_in_article (Bench *bench)
{
  return has_focus (bench, bench->window->article_view);
}

static gboolean
is_in_card (Bench *bench)
{
  return has_focus (bench, bench->window->sidebar);
}

static gboolean
is_chosen (Bench *bench)
{
  KutipRelation *relation = kutip_annotator_get_relation (bench->window->annotator);

  return relation != NULL &&
         g_str_equal (kutip_relation_get_label (relation), "denies") &&
         is_in_article (bench);
}

/* On a quote that is linked to a claim or another quote, and to a source. */
static const BenchStep steps[] = {
  { "link, the kinds to choose from", "key t", NULL, is_choosing },
  { "link, another kind", "key d", NULL, is_chosen },
  { "link, the other way round", "key shift+t", NULL, NULL },
  { "follow the link", "key f", NULL, NULL },
  { "follow it back", "key f", NULL, NULL },
  { "the next link", "key shift+f", NULL, NULL },
  { "link, remove", "key shift+l", NULL, NULL },
  { "all links, show", "key ctrl+shift+l", NULL, NULL },
  { "all links, hide", "key ctrl+shift+l", NULL, NULL },
  { "link, its note", "key e", NULL, is_in_card },
  { "link, leave its note", "key Escape", NULL, is_in_article },
};

static void
link_to_nearest (Bench *bench, const char *kind)
{
  guint n = kutip_layer_get_n_relations (
      kutip_document_get_layer (kutip_annotator_get_document (bench->window->annotator)));

  kutip_annotator_start_link (bench->window->annotator, kind);
  kutip_annotator_accept_link_candidate (bench->window->annotator);
  g_assert_cmpuint (kutip_layer_get_n_relations (kutip_document_get_layer (
                        kutip_annotator_get_document (bench->window->annotator))),
                    ==, n + 1);
}

static void
mark_and_link (Bench *bench)
{
  bench_go_anywhere (bench);
  stopwatch_press (bench->watch, "key 2", NULL, bench);
  link_to_nearest (bench, "attributed-to");
  link_to_nearest (bench, "supports");
  kutip_annotator_close_attribution (bench->window->annotator);
  stopwatch_settle (bench->watch);
}

void
bench_measure_links (Bench *bench)
{
  bench_measure_steps (bench, mark_and_link, steps, G_N_ELEMENTS (steps));
}
