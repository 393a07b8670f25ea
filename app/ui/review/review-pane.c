/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/review-pane.h"

#include "model/review.h"
#include "ui/review/finding-list.h"
#include "ui/review/review-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MANY 100

struct _KutipReviewPane
{
  GtkWidget parent_instance;

  GtkWidget *heading;
  GtkLabel *progress; /* in its place, as long as there is something to review */
  GtkProgressBar *bar;
  GtkLabel *kept;
  GtkStack *stack;
  GtkBox *place;
  GtkWidget *moved;
  AdwStatusPage *done;
  KutipReviewCard *card;
  KutipFindingList *list;

  KutipAnnotator *annotator;
  GSignalGroup *document_signals;
  guint n_all; /* the most there were to review, since the article was opened */
  guint refresh_source;
};

enum
{
  CHOSEN,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipReviewPane, kutip_review_pane, GTK_TYPE_WIDGET)

static guint
count (KutipReviewPane *self, guint list)
{
  return self->annotator != NULL
             ? kutip_check_count (kutip_annotator_get_check (self->annotator), list)
             : 0;
}

static void
show_progress (KutipReviewPane *self)
{
  guint n_left = kutip_review_pane_get_n_left (self);
  g_autofree char *text = NULL;

  /* Translators: the first is how many of the second have been looked at. */
  text =
      g_strdup_printf (_ ("%1$'u of %2$'u reviewed"), self->n_all - n_left, self->n_all);
  gtk_label_set_label (self->progress, self->n_all > 0 ? text : "");
  gtk_widget_set_visible (self->heading, self->n_all == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), self->n_all > 0);
  gtk_progress_bar_set_fraction (
      self->bar, self->n_all > 0 ? (self->n_all - n_left) / (double) self->n_all : 0);
  gtk_widget_set_visible (self->moved, count (self, KUTIP_FINDING_MOVED) > 1);
  adw_status_page_set_title (self->done, self->n_all > 0 ? _ ("All Reviewed")
                                                         : _ ("Nothing to Review"));
  gtk_stack_set_visible_child_name (self->stack, n_left > 0 ? "rows" : "done");
}

static void
show_card (KutipReviewPane *self)
{
  kutip_review_card_bind (self->card, self->annotator,
                          kutip_finding_list_get_selected_item (self->list));
}

static gboolean
refresh (gpointer data)
{
  KutipReviewPane *self = data;

  self->refresh_source = 0;
  show_progress (self);
  show_card (self);
  return G_SOURCE_REMOVE;
}

/* A button that goes away while it is being clicked keeps the pointer's next click from
 * everybody: it is let finish first. */
static void
queue_refresh (KutipReviewPane *self)
{
  self->n_all = MAX (self->n_all, kutip_review_pane_get_n_left (self));
  if (self->refresh_source == 0)
    self->refresh_source = g_idle_add_full (GDK_PRIORITY_EVENTS + 1, refresh, self, NULL);
}

/* Shows the chosen span in the article. */
static void
go_there (KutipReviewPane *self, gboolean enter)
{
  KutipSpan *span = kutip_review_pane_get_span (self);

  queue_refresh (self);
  if (span == NULL)
    return;
  kutip_annotator_cancel_link (self->annotator);
  kutip_annotator_set_current (self->annotator, span, TRUE);
  g_signal_emit (self, signals[CHOSEN], 0, enter);
}

static void
on_chosen (KutipReviewPane *self, KutipFindingItem *item)
{
  go_there (self, FALSE);
}

static void
on_activate (KutipReviewPane *self, KutipFindingItem *item)
{
  go_there (self, TRUE);
}

/* What is taken back is shown again. */
static void
on_document_changed (KutipDocument *document,
                     KutipChange *change,
                     KutipDirection direction,
                     KutipReviewPane *self)
{
  guint n_edits = kutip_change_get_n_edits (change);

  if (direction == KUTIP_DIRECTION_DO)
    return;
  /* Of very many none is the one, and the rows around it would be made at once. */
  for (guint i = 0; i < n_edits && n_edits <= MANY; i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);

      if (edit->kind == KUTIP_EDIT_SPAN && edit->after != NULL &&
          kutip_finding_list_select_id (self->list, kutip_span_get_id (edit->after),
                                        FALSE))
        break;
    }
  queue_refresh (self);
}

static void
on_close (KutipReviewPane *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
kutip_review_pane_dispose (GObject *object)
{
  KutipReviewPane *self = KUTIP_REVIEW_PANE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->annotator);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_review_pane_parent_class)->dispose (object);
}

static void
kutip_review_pane_class_init (KutipReviewPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_review_pane_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", KUTIP_TYPE_REVIEW_PANE, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CLOSED] = g_signal_new ("closed", KUTIP_TYPE_REVIEW_PANE, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KUTIP_TYPE_REVIEW_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/review/review-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipReviewPane, heading);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewPane, progress);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewPane, bar);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewPane, kept);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewPane, stack);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewPane, place);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewPane, moved);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewPane, done);
  gtk_widget_class_bind_template_child (widget_class, KutipReviewPane, card);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
kutip_review_pane_init (KutipReviewPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = KUTIP_FINDING_LIST (
      kutip_finding_list_new (KUTIP_FINDINGS_TO_REVIEW, _ ("Spans to review")));
  gtk_box_append (self->place, GTK_WIDGET (self->list));
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (on_activate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  self->document_signals = g_signal_group_new (KUTIP_TYPE_DOCUMENT);
  g_signal_group_connect (self->document_signals, "changed",
                          G_CALLBACK (on_document_changed), self);
  kutip_review_pane_set_n_kept (self, 0);
  show_progress (self);
}

GtkWidget *
kutip_review_pane_new (void)
{
  return g_object_new (KUTIP_TYPE_REVIEW_PANE, NULL);
}

void
kutip_review_pane_set_annotator (KutipReviewPane *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_REVIEW_PANE (self));

  if (annotator == self->annotator)
    return;
  g_set_object (&self->annotator, annotator);
  self->n_all = 0;
  kutip_finding_list_set_annotator (self->list, annotator);
  g_signal_group_set_target (self->document_signals,
                             annotator != NULL ? kutip_annotator_get_document (annotator)
                                               : NULL);
  self->n_all = kutip_review_pane_get_n_left (self);
  kutip_review_pane_set_n_kept (self, 0);
  show_progress (self);
  show_card (self);
}

void
kutip_review_pane_set_n_kept (KutipReviewPane *self, guint n_kept)
{
  g_autofree char *text = NULL;

  g_return_if_fail (KUTIP_IS_REVIEW_PANE (self));

  /* Translators: spans of a text that has changed. */
  text = g_strdup_printf (ngettext ("%'u other span stayed where it was.",
                                    "%'u other spans stayed where they were.", n_kept),
                          n_kept);
  gtk_label_set_label (self->kept, text);
  gtk_widget_set_visible (GTK_WIDGET (self->kept), n_kept > 0);
}

guint
kutip_review_pane_get_n_left (KutipReviewPane *self)
{
  g_return_val_if_fail (KUTIP_IS_REVIEW_PANE (self), 0);

  return count (self, KUTIP_FINDINGS_TO_REVIEW);
}

KutipSpan *
kutip_review_pane_get_span (KutipReviewPane *self)
{
  KutipFindingItem *item;

  g_return_val_if_fail (KUTIP_IS_REVIEW_PANE (self), NULL);

  item = kutip_finding_list_get_selected_item (self->list);
  return item != NULL && self->annotator != NULL
             ? kutip_check_get_span (kutip_annotator_get_check (self->annotator),
                                     kutip_finding_item_get (item))
             : NULL;
}

void
kutip_review_pane_go_to (KutipReviewPane *self, const char *id)
{
  g_return_if_fail (KUTIP_IS_REVIEW_PANE (self));

  if (id != NULL)
    kutip_finding_list_select_id (self->list, id, TRUE);
  if (kutip_review_pane_get_span (self) == NULL &&
      kutip_finding_list_get_n_rows (self->list) > 0)
    kutip_finding_list_select (self->list, 0);
  go_there (self, FALSE);
}

void
kutip_review_pane_step (KutipReviewPane *self, gboolean forward)
{
  guint n, at;

  g_return_if_fail (KUTIP_IS_REVIEW_PANE (self));

  n = kutip_finding_list_get_n_rows (self->list);
  if (n == 0)
    return;
  at = kutip_finding_list_get_selected (self->list);
  if (at == GTK_INVALID_LIST_POSITION)
    at = forward ? 0 : n - 1;
  else
    at = (at + (forward ? 1 : n - 1)) % n;
  kutip_finding_list_select (self->list, at);
  go_there (self, FALSE);
}

gboolean
kutip_review_pane_focus (KutipReviewPane *self)
{
  g_return_val_if_fail (KUTIP_IS_REVIEW_PANE (self), FALSE);

  return kutip_finding_list_get_n_rows (self->list) > 0 &&
         kutip_finding_list_focus (self->list);
}

/* After the chosen one has left the list: what has come into its place, or the first. */
static void
go_on (KutipReviewPane *self, guint position)
{
  guint n = kutip_finding_list_get_n_rows (self->list);

  if (n > 0)
    {
      kutip_finding_list_select (self->list, position < n ? position : 0);
      go_there (self, FALSE);
    }
  queue_refresh (self);
}

/* The chosen one, held, as a change gives the layer another; NULL with a message. */
static KutipSpan *
take_span (KutipReviewPane *self, guint *position)
{
  KutipSpan *span = kutip_review_pane_get_span (self);

  *position = kutip_finding_list_get_selected (self->list);
  if (span == NULL && self->annotator != NULL)
    g_signal_emit_by_name (self->annotator, "message",
                           _ ("First choose a span to review (F7)."), FALSE);
  return span != NULL ? kutip_span_ref (span) : NULL;
}

void
kutip_review_pane_confirm (KutipReviewPane *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipSpan) span = NULL;
  guint position;

  g_return_if_fail (KUTIP_IS_REVIEW_PANE (self));

  span = take_span (self, &position);
  if (span == NULL)
    return;
  if (kutip_review_confirm (kutip_annotator_get_document (self->annotator), &span, 1,
                            &error))
    go_on (self, position);
  else
    kutip_annotator_report (self->annotator, error);
}

void
kutip_review_pane_place (KutipReviewPane *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipSpan) span = NULL;
  KutipDocument *document;
  KutipRange range;
  guint position;

  g_return_if_fail (KUTIP_IS_REVIEW_PANE (self));

  span = take_span (self, &position);
  if (span == NULL)
    return;
  document = kutip_annotator_get_document (self->annotator);
  range = kutip_annotator_get_selection (self->annotator);
  if (range.start < range.end)
    range = kutip_segment_whole_characters (
        kutip_document_get_text (document),
        kutip_segment_trim (kutip_document_get_text (document), range));
  if (!kutip_review_place (document, span, range, &error))
    {
      kutip_annotator_report (self->annotator, error);
      return;
    }
  kutip_annotator_set_selection (self->annotator, range.end, range.end, FALSE);
  go_on (self, position);
}

void
kutip_review_pane_delete (KutipReviewPane *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipSpan) span = NULL;
  guint position;

  g_return_if_fail (KUTIP_IS_REVIEW_PANE (self));

  span = take_span (self, &position);
  if (span == NULL)
    return;
  if (!kutip_annotate_remove_spans (kutip_annotator_get_document (self->annotator), &span,
                                    1, &error))
    {
      kutip_annotator_report (self->annotator, error);
      return;
    }
  go_on (self, position);
  g_signal_emit_by_name (self->annotator, "message", _ ("Span deleted"), TRUE);
}

/* All that only moved, at once. */
typedef struct
{
  KutipReviewPane *pane;
  guint n;
} Confirming;

static gboolean
confirm_moved (KutipDocument *document, gpointer data, GError **error)
{
  Confirming *confirming = data;

  return kutip_review_confirm_moved (document, &confirming->n, error);
}

static void
tell_confirmed (KutipAnnotator *annotator, const GError *error, gpointer data)
{
  Confirming *confirming = data;
  guint n = confirming->n;
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      kutip_annotator_report (annotator, error);
      return;
    }
  if (confirming->pane->annotator == annotator)
    go_on (confirming->pane, 0);
  text = g_strdup_printf (ngettext ("%'u place confirmed", "%'u places confirmed", n), n);
  g_signal_emit_by_name (annotator, "message", text, TRUE);
}

static void
free_confirming (gpointer data)
{
  Confirming *confirming = data;

  g_object_unref (confirming->pane);
  g_free (confirming);
}

void
kutip_review_pane_confirm_moved (KutipReviewPane *self)
{
  g_autofree char *title = NULL;
  Confirming *confirming;
  guint n;

  g_return_if_fail (KUTIP_IS_REVIEW_PANE (self));

  if (self->annotator == NULL)
    return;
  n = count (self, KUTIP_FINDING_MOVED);
  confirming = g_new0 (Confirming, 1);
  confirming->pane = g_object_ref (self);
  title =
      g_strdup_printf (ngettext ("Confirming %'u place", "Confirming %'u places", n), n);
  kutip_annotator_run (self->annotator, title, n, confirm_moved, tell_confirmed,
                       confirming, free_confirming);
}
