/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/finding-row.h"

#include "ui/review/finding-words.h"
#include "ui/sidebar/span-excerpt.h"

#include <glib/gi18n.h>

struct _KutipFindingRow
{
  KutipDrawnRow parent_instance;

  KutipAnnotator *annotator;
  GSignalGroup *item_signals;
};

enum
{
  CLICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipFindingRow, kutip_finding_row, KUTIP_TYPE_DRAWN_ROW)

static char *
describe_place (KutipDocument *document, KutipSpan *span)
{
  guint length = kutip_article_get_length (kutip_document_get_article (document));
  guint start = MIN (kutip_span_get_hull (span).start, length);

  if (length == 0 || kutip_span_is_orphan (span))
    return NULL;
  /* Translators: how far into an article something stands, such as "at 25%"; next to
   * "Unsure" or "Found approximately", which the number alone would seem to measure. */
  return g_strdup_printf (_ ("at %u%%"), (guint) ((guint64) start * 100 / length));
}

static void
show_span (KutipFindingRow *self, KutipSpan *span, const KutipFinding *finding)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);
  KutipTagset *tagset = kutip_document_get_tagset (document);
  const KutipLabelLook *look = kutip_label_look_get (tagset, kutip_span_get_label (span));
  g_autofree char *words = kutip_span_excerpt (kutip_document_get_text (document), span,
                                               KUTIP_DRAWN_ROW_MAX_CHARS);
  g_autofree char *kind = kutip_finding_words_describe (tagset, finding);
  g_autofree char *place = describe_place (document, span);
  /* Translators: what is the matter, a label, and the words it is on. */
  g_autofree char *spoken =
      g_strdup_printf (_ ("%1$s. %2$s: %3$s"), kind, look->title, words);

  kutip_drawn_row_show (
      KUTIP_DRAWN_ROW (self),
      &(KutipDrawnContent){ look, words, kind,
                            kutip_finding_words_get_icon (finding->kind), place });
  kutip_drawn_row_speak (KUTIP_DRAWN_ROW (self), spoken);
}

static KutipSpan *
get_span (KutipFindingRow *self, KutipFindingItem *item)
{
  if (item == NULL || self->annotator == NULL)
    return NULL;
  return kutip_check_get_span (kutip_annotator_get_check (self->annotator),
                               kutip_finding_item_get (item));
}

static void
kutip_finding_row_fill (KutipDrawnRow *row)
{
  KutipFindingRow *self = KUTIP_FINDING_ROW (row);
  g_autoptr (KutipFindingItem) item = g_signal_group_dup_target (self->item_signals);
  KutipSpan *span = get_span (self, item);

  if (span != NULL)
    show_span (self, span, kutip_finding_item_get (item));
}

static char *
kutip_finding_row_dup_words (KutipDrawnRow *row, guint max_chars)
{
  KutipFindingRow *self = KUTIP_FINDING_ROW (row);
  g_autoptr (KutipFindingItem) item = g_signal_group_dup_target (self->item_signals);
  KutipSpan *span = get_span (self, item);

  if (span == NULL)
    return NULL;
  return kutip_span_excerpt (
      kutip_document_get_text (kutip_annotator_get_document (self->annotator)), span,
      max_chars);
}

static void
on_item_changed (KutipFindingItem *item, gpointer data)
{
  kutip_drawn_row_forget (data);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  if (n_press == 1)
    g_signal_emit (data, signals[CLICKED], 0);
}

static void
kutip_finding_row_dispose (GObject *object)
{
  KutipFindingRow *self = KUTIP_FINDING_ROW (object);

  g_clear_object (&self->item_signals);
  g_clear_object (&self->annotator);
  G_OBJECT_CLASS (kutip_finding_row_parent_class)->dispose (object);
}

static void
kutip_finding_row_class_init (KutipFindingRowClass *class)
{
  KutipDrawnRowClass *row_class = KUTIP_DRAWN_ROW_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_finding_row_dispose;
  row_class->fill = kutip_finding_row_fill;
  row_class->dup_words = kutip_finding_row_dup_words;
  signals[CLICKED] = g_signal_new ("clicked", KUTIP_TYPE_FINDING_ROW, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_finding_row_init (KutipFindingRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->item_signals = g_signal_group_new (KUTIP_TYPE_FINDING_ITEM);
  g_signal_group_connect (self->item_signals, "changed", G_CALLBACK (on_item_changed),
                          self);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self,
                           G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
kutip_finding_row_new (void)
{
  return g_object_new (KUTIP_TYPE_FINDING_ROW, NULL);
}

void
kutip_finding_row_bind (KutipFindingRow *self,
                        KutipAnnotator *annotator,
                        KutipFindingItem *item)
{
  g_autoptr (KutipFindingItem) bound = NULL;

  g_return_if_fail (KUTIP_IS_FINDING_ROW (self));

  bound = g_signal_group_dup_target (self->item_signals);
  if (annotator == self->annotator && item == bound)
    return;
  g_set_object (&self->annotator, annotator);
  g_signal_group_set_target (self->item_signals, item);
  kutip_drawn_row_forget (KUTIP_DRAWN_ROW (self));
}

gboolean
kutip_finding_row_is_of (KutipFindingRow *self, KutipFindingItem *item)
{
  g_autoptr (KutipFindingItem) own = NULL;

  g_return_val_if_fail (KUTIP_IS_FINDING_ROW (self), FALSE);

  own = g_signal_group_dup_target (self->item_signals);
  return own != NULL && own == item;
}
