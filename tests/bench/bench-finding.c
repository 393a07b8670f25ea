/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include "model/reshape.h"

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

/* The first 5,000 places of a short word. */
static GArray *
find_places (Bench *bench)
{
  KutipText *text =
      kutip_document_get_text (kutip_annotator_get_document (bench->window->annotator));
  const char *utf8 = kutip_text_get_utf8 (text, NULL);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  guint offset = 0;

  for (const char *c = utf8; *c != '\0' && places->len < 5000;
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
} Marking;

static void
mark_places (gpointer data)
{
  Marking *marking = data;
  KutipAnnotator *annotator = marking->bench->window->annotator;
  g_autoptr (GError) error = NULL;

  if (!kutip_reshape_mark_all (kutip_annotator_get_document (annotator), "claim",
                               (const KutipRange *) (gpointer) marking->places->data,
                               marking->places->len, NULL, &error))
    g_error ("%s", error->message);
  gtk_widget_queue_draw (GTK_WIDGET (marking->bench->window));
}

static void
measure_mark_all (Bench *bench)
{
  g_autoptr (GArray) marks = stopwatch_new_series ();
  g_autoptr (GArray) undos = stopwatch_new_series ();
  g_autoptr (GArray) places = find_places (bench);
  Marking marking = { bench, places };
  guint n = bench->n < 20 ? 1 : 5;

  kutip_annotator_set_selection (bench->window->annotator, 0, 0, FALSE);
  kutip_window_focus_article (bench->window);
  stopwatch_rest (bench->watch, 100);
  for (guint i = 0; i < n; i++)
    {
      stopwatch_add_call (bench->watch, marks, mark_places, NULL, &marking);
      stopwatch_rest (bench->watch, 50);
      bench_press (bench, undos, "key ctrl+z");
      stopwatch_rest (bench->watch, 50);
    }
  stopwatch_print_series ("mark 5,000 places", marks);
  stopwatch_print_series ("undo 5,000 places", undos);
}

void
bench_measure_finding (Bench *bench)
{
  measure_typing (bench);
  measure_mark_all (bench);
}
