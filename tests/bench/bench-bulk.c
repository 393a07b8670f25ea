/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "model/annotate.h"
#include "model/id.h"
#include "model/reshape.h"

#include <math.h>

#define N_PLACES 5000

/* Until when something that was begun is waited for. */
#define PATIENCE (20 * G_USEC_PER_SEC)

typedef gboolean (*IsDone) (Bench *bench);

static KutipDocument *
get_document (Bench *bench)
{
  return kutip_annotator_get_document (bench->window->annotator);
}

static guint
count_findings (Bench *bench, guint list)
{
  return kutip_check_count (kutip_annotator_get_check (bench->window->annotator), list);
}

/* Takes a step and follows the main loop until it is done and at rest. The work is the
 * longest that the loop was kept from answering a key, at any time; the wall time is
 * until all is done. */
static void
measure (Bench *bench, GArray *series, StopwatchStep step, gpointer data, IsDone is_done)
{
  gint64 start = g_get_monotonic_time ();
  Timing timing = { .work = stopwatch_work (bench->watch, step, data) };

  do
    timing.work = fmax (timing.work, stopwatch_rest (bench->watch, 5));
  while ((kutip_annotator_is_busy (bench->window->annotator) ||
          (is_done != NULL && !is_done (bench))) &&
         g_get_monotonic_time () < start + PATIENCE);
  timing.wall = (double) (g_get_monotonic_time () - start) / 1000;
  timing.block = stopwatch_rest (bench->watch, 100);
  timing.work = MAX (timing.work, timing.block);
  g_array_append_val (series, timing);
}

static void
activate (gpointer data, const char *action)
{
  Bench *bench = data;

  if (!gtk_widget_activate_action (GTK_WIDGET (bench->window->article_view), action,
                                   NULL))
    g_error ("There is no action “%s”", action);
}

static void
undo (gpointer data)
{
  activate (data, "annotation.undo");
}

static void
redo (gpointer data)
{
  activate (data, "annotation.redo");
}

static void
confirm_moved (gpointer data)
{
  activate (data, "annotation.review-moved");
}

/* How many spans there are, or are to review, once a step is done. */
static guint wanted;

static gboolean
has_spans (Bench *bench)
{
  return kutip_layer_get_n_spans (kutip_document_get_layer (get_document (bench))) ==
         wanted;
}

static gboolean
has_moved (Bench *bench)
{
  return count_findings (bench, KUTIP_FINDING_MOVED) == wanted;
}

/* The first places of a letter between spaces. */
static GArray *
find_places (Bench *bench)
{
  const char *utf8 =
      kutip_text_get_utf8 (kutip_document_get_text (get_document (bench)), NULL);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  guint offset = 0;

  for (const char *c = utf8; *c != '\0' && places->len < N_PLACES;
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
  guint n_marked;
} Marking;

static gboolean
mark_all (KutipDocument *document, gpointer data, GError **error)
{
  Marking *marking = data;

  return kutip_reshape_mark_all (document, "claim",
                                 (const KutipRange *) (gpointer) marking->places->data,
                                 marking->places->len, &marking->n_marked, error);
}

static void
mark_places (gpointer data)
{
  Marking *marking = data;

  kutip_annotator_run (marking->bench->window->annotator, "Mark All as Claim",
                       marking->places->len, mark_all, NULL, marking, NULL);
}

static void
measure_marking (Bench *bench)
{
  g_autoptr (GArray) marks = stopwatch_new_series ();
  g_autoptr (GArray) undos = stopwatch_new_series ();
  g_autoptr (GArray) redos = stopwatch_new_series ();
  g_autoptr (GArray) places = find_places (bench);
  Marking marking = { bench, places, 0 };
  guint before =
      kutip_layer_get_n_spans (kutip_document_get_layer (get_document (bench)));
  guint n = bench->n < 20 ? 1 : 5;

  for (guint i = 0; i < n; i++)
    {
      measure (bench, marks, mark_places, &marking, NULL);
      wanted = before;
      measure (bench, undos, undo, bench, has_spans);
      wanted = before + marking.n_marked;
      measure (bench, redos, redo, bench, has_spans);
      wanted = before;
      measure (bench, undos, undo, bench, has_spans);
    }
  stopwatch_print_series ("mark 5,000 places", marks);
  stopwatch_print_series ("undo 5,000 places", undos);
  stopwatch_print_series ("redo 5,000 places", redos);
}

/* Of ten, one was found approximately, the others moved, and one is unsure. */
static gboolean
add_moved (KutipSpan *span, gpointer change)
{
  guint number = kutip_id_get_number (kutip_span_get_id (span));
  g_autoptr (KutipSpan) moved = NULL;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  fields.review = number % 10 == 0 ? KUTIP_REVIEW_APPROXIMATE : KUTIP_REVIEW_MOVED;
  fields.unsure = number % 10 == 1;
  moved = kutip_span_new (&fields);
  kutip_change_add_span (change, span, moved);
  return TRUE;
}

/* As if the article had been changed at its start since. */
static void
move_all (Bench *bench)
{
  g_autoptr (KutipChange) change = kutip_change_new ("Move");
  g_autoptr (GError) error = NULL;

  kutip_layer_foreach_span (kutip_document_get_layer (get_document (bench)), add_moved,
                            change);
  if (!kutip_document_apply (get_document (bench), change, &error))
    g_error ("%s", error->message);
  stopwatch_rest (bench->watch, 300);
}

static void
measure_confirming (Bench *bench)
{
  g_autoptr (GArray) confirms = stopwatch_new_series ();
  g_autoptr (GArray) undos = stopwatch_new_series ();
  guint n_moved = count_findings (bench, KUTIP_FINDING_MOVED);

  for (guint i = 0; i < (bench->n < 20 ? 1 : 3); i++)
    {
      wanted = 0;
      measure (bench, confirms, confirm_moved, bench, has_moved);
      wanted = n_moved;
      measure (bench, undos, undo, bench, has_moved);
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
show_to_do (gpointer data)
{
  activate (data, "win.to-do");
}

static void
show_review (gpointer data)
{
  activate (data, "win.review");
}

static void
measure_filters (Bench *bench, const char *page, StopwatchStep show)
{
  g_autofree char *filter = g_strdup_printf ("filter what is %s", page);
  g_autofree char *showing = g_strdup_printf ("show what is %s", page);
  g_autoptr (GArray) shows = stopwatch_new_series ();
  g_autoptr (GArray) filters = stopwatch_new_series ();
  g_autoptr (GPtrArray) chips = g_ptr_array_new ();

  measure (bench, shows, show, bench, NULL);
  find_chips (GTK_WIDGET (bench->window->sidebar), chips);
  for (guint i = 0; i < 2 * chips->len; i++)
    measure (bench, filters, toggle, g_ptr_array_index (chips, i / 2), NULL);
  stopwatch_print_series (showing, shows);
  stopwatch_print_series (filter, filters);
}

void
bench_measure_bulk (Bench *bench)
{
  kutip_annotator_set_selection (bench->window->annotator, 0, 0, FALSE);
  kutip_window_focus_article (bench->window);
  stopwatch_rest (bench->watch, 300);
  measure_marking (bench);
  move_all (bench);
  measure_filters (bench, "left to do", show_to_do);
  measure_confirming (bench);
  measure_filters (bench, "to review", show_review);
}
