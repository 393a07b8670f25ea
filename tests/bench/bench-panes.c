/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "model/id.h"

/* Rows gone through, or confirmed, before it goes back. */
#define RUN 5

static void
undo (gpointer data)
{
  bench_activate (data, "annotation.undo");
}

static void
confirm_moved (gpointer data)
{
  bench_activate (data, "annotation.review-moved");
}

static void
show_to_do (gpointer data)
{
  bench_activate (data, "win.to-do");
}

static void
show_review (gpointer data)
{
  bench_activate (data, "win.review");
}

static void
show_annotations (gpointer data)
{
  kutip_sidebar_set_page (((Bench *) data)->window->sidebar, "annotations");
}

/* Of ten, one was found approximately, the others moved; every other one is unsure. So a
 * short article, too, has as much to be listed as the pane has room for. */
static gboolean
add_moved (KutipSpan *span, gpointer change)
{
  guint number = kutip_id_get_number (kutip_span_get_id (span));
  g_autoptr (KutipSpan) moved = NULL;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  fields.review = number % 10 == 0 ? KUTIP_REVIEW_APPROXIMATE : KUTIP_REVIEW_MOVED;
  fields.unsure = number % 2 == 1;
  moved = kutip_span_new (&fields);
  kutip_change_add_span (change, span, moved);
  return TRUE;
}

/* As if the article had been changed at its start since. */
static gboolean
move_spans (KutipDocument *document, gpointer data, GError **error)
{
  g_autoptr (KutipChange) change = kutip_change_new ("Move");

  kutip_layer_foreach_span (kutip_document_get_layer (document), add_moved, change);
  return kutip_document_apply (document, change, error);
}

/* In a thread, as the spans of a changed article are found again while it is read. */
static void
move_all (gpointer data)
{
  Bench *bench = data;

  kutip_annotator_run (bench->window->annotator, "Move", G_MAXUINT, move_spans, NULL,
                       NULL, NULL);
}

static guint
count_moved (Bench *bench)
{
  return kutip_check_count (kutip_annotator_get_check (bench->window->annotator),
                            KUTIP_FINDING_MOVED);
}

/* How many that moved there are once a step is done. */
static guint wanted;

static gboolean
has_moved (Bench *bench)
{
  return count_moved (bench) == wanted;
}

static void
measure_confirming (Bench *bench)
{
  g_autoptr (GArray) confirms = stopwatch_new_series ();
  g_autoptr (GArray) undos = stopwatch_new_series ();
  guint n_moved = count_moved (bench);

  for (guint i = 0; i < bench->n; i++)
    {
      wanted = 0;
      bench_follow (bench, confirms, confirm_moved, bench, has_moved);
      wanted = n_moved;
      bench_follow (bench, undos, undo, bench, has_moved);
    }
  stopwatch_print_series ("confirm all that moved", confirms);
  stopwatch_print_series ("undo confirming", undos);
}

/* Shown: one whose row is on the screen. */
static void
find_chips (GtkWidget *widget, GPtrArray *chips)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (gtk_widget_has_css_class (widget, "finding-chip"))
    g_ptr_array_add (chips, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_chips (child, chips);
}

static void
toggle (gpointer data)
{
  GtkToggleButton *chip = data;

  gtk_toggle_button_set_active (chip, !gtk_toggle_button_get_active (chip));
}

static void
measure_showing (Bench *bench, const char *page, StopwatchStep show)
{
  g_autofree char *showing = g_strdup_printf ("show what is %s", page);
  g_autofree char *leaving = g_strdup_printf ("leave what is %s", page);
  g_autoptr (GArray) shows = stopwatch_new_series ();
  g_autoptr (GArray) leaves = stopwatch_new_series ();

  for (guint i = 0; i < bench->n; i++)
    {
      bench_follow (bench, shows, show, bench, NULL);
      bench_follow (bench, leaves, show_annotations, bench, NULL);
    }
  stopwatch_print_series (showing, shows);
  stopwatch_print_series (leaving, leaves);
}

/* Each kind is chosen, then all, in turn. */
static void
measure_filters (Bench *bench, const char *page, StopwatchStep show)
{
  g_autofree char *filter = g_strdup_printf ("filter what is %s", page);
  g_autoptr (GArray) filters = stopwatch_new_series ();
  g_autoptr (GPtrArray) chips = g_ptr_array_new ();

  show (bench);
  stopwatch_rest (bench->watch, 60);
  find_chips (GTK_WIDGET (bench->window->sidebar), chips);
  for (guint i = 0; chips->len > 0 && (i < bench->n || i % (2 * chips->len) != 0); i++)
    bench_follow (bench, filters, toggle, g_ptr_array_index (chips, i / 2 % chips->len),
                  NULL);
  stopwatch_print_series (filter, filters);
}

/* Some rows on and back again, as a short list ends soon: there is nothing to paint then.
 */
static void
measure_rows (Bench *bench, const char *name, StopwatchStep show)
{
  g_autoptr (GArray) presses = stopwatch_new_series ();

  show (bench);
  stopwatch_rest (bench->watch, 60);
  for (guint i = 0; presses->len < bench->n && i < 2 * bench->n; i++)
    stopwatch_try_press (bench->watch, presses, i / RUN % 2 == 0 ? "key Down" : "key Up");
  stopwatch_print_series (name, presses);
}

static guint
count_to_review (Bench *bench)
{
  return kutip_check_count (kutip_annotator_get_check (bench->window->annotator),
                            KUTIP_FINDINGS_TO_REVIEW);
}

static void
select_words (Bench *bench)
{
  KutipAnnotator *annotator = bench->window->annotator;
  KutipText *text = kutip_document_get_text (kutip_annotator_get_document (annotator));
  guint length = kutip_text_get_length (text);
  guint start = (guint) g_rand_int_range (bench->random, 0, (gint32) (length - 40));

  kutip_annotator_set_selection (annotator, start, start + 20, FALSE);
  stopwatch_settle (bench->watch);
}

/* @command: what is done to the span that is reviewed; @prepare (or NULL) comes before.
 * As many are there to be reviewed as a short article has. */
static void
measure_reviewing (Bench *bench,
                   const char *name,
                   const char *undo_name,
                   const char *command,
                   void (*prepare) (Bench *bench))
{
  g_autoptr (GArray) changes = stopwatch_new_series ();
  g_autoptr (GArray) undos = stopwatch_new_series ();

  show_review (bench);
  stopwatch_rest (bench->watch, 60);
  for (guint i = 0; undos->len < bench->n && i < bench->n; i++)
    {
      guint before = count_to_review (bench);

      for (guint j = 0; j < RUN && changes->len < bench->n; j++)
        {
          if (prepare != NULL)
            prepare (bench);
          bench_press (bench, changes, command);
        }
      if (count_to_review (bench) + changes->len - undos->len != before)
        g_error ("“%s” left %u of %u to review", command, count_to_review (bench),
                 before);
      while (undos->len < changes->len)
        bench_press (bench, undos, "key ctrl+z");
    }
  stopwatch_print_series (name, changes);
  stopwatch_print_series (undo_name, undos);
}

/* From one to the next, wherever the caret is. */
static void
measure_stepping (Bench *bench, const char *name, const char *command)
{
  g_autoptr (GArray) presses = stopwatch_new_series ();
  KutipReviewPane *pane = kutip_sidebar_get_review (bench->window->sidebar);

  kutip_window_focus_article (bench->window);
  stopwatch_settle (bench->watch);
  for (guint i = 0; i < bench->n; i++)
    {
      KutipSpan *before = kutip_review_pane_get_span (pane);

      bench_press (bench, presses, command);
      if (kutip_review_pane_get_span (pane) == before)
        g_error ("“%s” stayed at its span", command);
    }
  stopwatch_print_series (name, presses);
}

/* As after an article was changed. */
static void
begin (Bench *bench)
{
  g_autoptr (GArray) moving = stopwatch_new_series ();

  kutip_annotator_set_selection (bench->window->annotator, 0, 0, FALSE);
  kutip_window_focus_article (bench->window);
  stopwatch_rest (bench->watch, 60);
  if (count_moved (bench) == 0)
    bench_follow (bench, moving, move_all, bench, NULL);
}

void
bench_measure_panes (Bench *bench)
{
  begin (bench);
  measure_showing (bench, "left to do", show_to_do);
  measure_filters (bench, "left to do", show_to_do);
  measure_rows (bench, "down what is left to do", show_to_do);
  measure_showing (bench, "to review", show_review);
  measure_filters (bench, "to review", show_review);
  measure_rows (bench, "down what is to review", show_review);
  measure_reviewing (bench, "confirm what is to review", "undo confirming one",
                     "key alt+Return", NULL);
  measure_reviewing (bench, "delete what is to review", "undo deleting one",
                     "key alt+Delete", NULL);
  measure_reviewing (bench, "put what is to review on the selection", "undo putting one",
                     "key alt+shift+Return", select_words);
  measure_stepping (bench, "next span to review", "key F7");
  measure_stepping (bench, "previous span to review", "key shift+F7");
}

void
bench_measure_confirming (Bench *bench)
{
  begin (bench);
  show_review (bench);
  stopwatch_rest (bench->watch, 60);
  measure_confirming (bench);
}
