/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <string.h>

/* In the news tag set: a quote's form is one of a list, and whether a
 * claim is worth checking one of three side by side. */
static const char *
get_value (Bench *bench, const char *attribute)
{
  KutipSpan *span = kutip_annotator_get_current (bench->window->annotator);

  return span != NULL
             ? kutip_attributes_get_string (kutip_span_get_attributes (span), attribute)
             : NULL;
}

/* Of the form; interned. */
static const char *form_before;

static gboolean
is_another_chosen (gpointer data)
{
  return g_strcmp0 (get_value (data, "form"), form_before) != 0;
}

static gboolean
is_unimportant (gpointer data)
{
  return g_strcmp0 (get_value (data, "checkworthy"), "unimportant") == 0;
}

static gboolean
is_important (gpointer data)
{
  return g_strcmp0 (get_value (data, "checkworthy"), "unimportant") != 0;
}

/* A button is pressed for a quarter of a second before it does what it is for. */
static gboolean
is_list_open (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((Bench *) data)->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

static const BenchStep list_steps[] = {
  { "attribute, show its values", "key space", is_list_open, NULL },
  { NULL, "key Down", NULL, NULL },
  { "attribute, choose one", "key Return", is_another_chosen, NULL },
  { NULL, "key Escape", NULL, NULL },
};

static const BenchStep toggle_steps[] = {
  { NULL, "key Right", NULL, NULL },
  { "attribute, set", "key space", is_unimportant, NULL },
  { NULL, "key Left", NULL, NULL },
  { "attribute, set back", "key space", is_important, NULL },
  { NULL, "key Escape", NULL, NULL },
  { "note, begin", "key F2", NULL, NULL },
  { "note, each letter", "key a", NULL, NULL },
  { NULL, "key b", NULL, NULL },
  { "note, end", "key Escape", NULL, NULL },
};

static const BenchStep article_steps[] = {
  { "article, done", "key ctrl+d", NULL, NULL },
  { "article, not done", "key ctrl+d", NULL, NULL },
  { "article, its properties", "key ctrl+i", NULL, NULL },
  { NULL, "key Escape", NULL, NULL },
};

static const KutipHeaderFields *
get_header (Bench *bench)
{
  KutipLayer *layer =
      kutip_document_get_layer (kutip_annotator_get_document (bench->window->annotator));

  return kutip_header_get_fields (kutip_layer_get_header (layer));
}

static gboolean
is_titled_anew (Bench *bench)
{
  return strchr (get_header (bench)->title, 'q') != NULL;
}

static gboolean
has_note (Bench *bench)
{
  return g_strcmp0 (get_header (bench)->note, "a") == 0;
}

/* What is said of the article is applied when it is left. */
static const BenchStep properties_steps[] = {
  { NULL, "key ctrl+i", NULL, NULL },
  { "article, each letter of its title", "key q", NULL, NULL },
  { "article, its title", "key Return", NULL, is_titled_anew },
  { "article, its note, begin", "key alt+e", NULL, NULL },
  { "article, its note, each letter", "key a", NULL, NULL },
  { "article, its note, end", "key F6", NULL, has_note },
};

static void
mark (Bench *bench, const char *command)
{
  kutip_sidebar_set_page (bench->window->sidebar, "annotations");
  bench_go_anywhere (bench);
  stopwatch_press (bench->watch, command, NULL, bench);
  stopwatch_settle (bench->watch);
}

static void
mark_somewhere (Bench *bench)
{
  mark (bench, "key 1");
}

static void
go_to_attribute (Bench *bench, const char *command, guint nth)
{
  mark (bench, command);
  if (!kutip_sidebar_focus_attribute (bench->window->sidebar, nth))
    g_error ("the card has no attribute %u", nth);
  stopwatch_settle (bench->watch);
}

static void
go_to_list (Bench *bench)
{
  go_to_attribute (bench, "key 2", 0);
  form_before = g_intern_string (get_value (bench, "form"));
}

static void
go_to_toggles (Bench *bench)
{
  go_to_attribute (bench, "key 1", 1);
}

void
bench_measure_card (Bench *bench)
{
  bench_measure_steps (bench, go_to_list, list_steps, G_N_ELEMENTS (list_steps));
  bench_measure_steps (bench, go_to_toggles, toggle_steps, G_N_ELEMENTS (toggle_steps));
  bench_measure_steps (bench, mark_somewhere, article_steps,
                       G_N_ELEMENTS (article_steps));
  bench_measure_steps (bench, mark_somewhere, properties_steps,
                       G_N_ELEMENTS (properties_steps));
  kutip_sidebar_set_page (bench->window->sidebar, "annotations");
  stopwatch_rest (bench->watch, 50);
}
