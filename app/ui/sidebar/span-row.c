/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-row.h"

#include "ui/foreign-words.h"
#include "ui/sidebar/span-excerpt.h"
#include "ui/sidebar/span-hints.h"

#include <glib/gi18n.h>

#define MAX_NOTE_CHARS 600

struct _KutipSpanRow
{
  KutipDrawnRow parent_instance;

  KutipAnnotator *annotator;
  GSignalGroup *item_signals;
};

G_DEFINE_FINAL_TYPE (KutipSpanRow, kutip_span_row, KUTIP_TYPE_DRAWN_ROW)

static KutipSpan *
get_span (KutipSpanRow *self)
{
  g_autoptr (KutipSpanItem) item = g_signal_group_dup_target (self->item_signals);

  /* The model, or whoever listens to it, keeps the item. */
  return item != NULL && self->annotator != NULL ? kutip_span_item_get_span (item) : NULL;
}

static void
add_links (KutipDrawnRow *row, KutipLayer *layer, KutipSpan *span)
{
  g_autoptr (GPtrArray) links =
      kutip_layer_list_relations_of (layer, kutip_span_get_id (span));
  g_autofree char *number = g_strdup_printf ("%u", links->len);
  /* Translators: links between one marked stretch of text and others. */
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u link", "%u links", links->len), links->len);

  if (links->len > 0)
    kutip_drawn_row_add_sign (row, "kutip-link-symbolic", KUTIP_TINT_DIM, text, number);
}

static void
add_signs (KutipSpanRow *self, KutipSpan *span)
{
  KutipDrawnRow *row = KUTIP_DRAWN_ROW (self);
  g_autofree char *missing = kutip_span_hints_describe (self->annotator, span);
  g_autofree char *note =
      kutip_foreign_words (kutip_span_get_note (span), MAX_NOTE_CHARS);

  if (kutip_span_is_orphan (span))
    kutip_drawn_row_add_sign (row, "kutip-orphan-symbolic", KUTIP_TINT_WARNING,
                              _ ("These words are not in the article any more"), NULL);
  if (missing != NULL)
    kutip_drawn_row_add_sign (row, "dialog-warning-symbolic", KUTIP_TINT_WARNING, missing,
                              NULL);
  if (kutip_span_is_unsure (span))
    kutip_drawn_row_add_sign (row, "kutip-unsure-symbolic", KUTIP_TINT_ACCENT,
                              _ ("Unsure"), NULL);
  if (note != NULL && *note != '\0')
    kutip_drawn_row_add_sign (row, "kutip-note-symbolic", KUTIP_TINT_DIM, note, NULL);
  add_links (row,
             kutip_document_get_layer (kutip_annotator_get_document (self->annotator)),
             span);
}

static void
show_span (KutipSpanRow *self, KutipSpan *span)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);
  g_autofree char *words = kutip_span_excerpt (kutip_document_get_text (document), span,
                                               KUTIP_DRAWN_ROW_MAX_CHARS);
  const KutipLabelLook *look = kutip_label_look_get (kutip_document_get_tagset (document),
                                                     kutip_span_get_label (span));
  g_autofree char *title = NULL;
  g_autofree char *spoken = NULL;

  if (look->index < 0)
    /* Translators: %s is the name of a label, as it stands in a file. */
    title = g_strdup_printf (_ ("%s (not in the tag set)"), look->title);
  else
    title = g_strdup (look->title);
  spoken = g_strdup_printf ("%s: %s", title, words);
  kutip_drawn_row_show (
      KUTIP_DRAWN_ROW (self),
      &(KutipDrawnContent){ .look = look, .words = words, .title = title });
  add_signs (self, span);
  kutip_drawn_row_speak (KUTIP_DRAWN_ROW (self), spoken);
}

static void
kutip_span_row_fill (KutipDrawnRow *row)
{
  KutipSpan *span = get_span (KUTIP_SPAN_ROW (row));

  if (span != NULL)
    show_span (KUTIP_SPAN_ROW (row), span);
}

static char *
kutip_span_row_dup_words (KutipDrawnRow *row, guint max_chars)
{
  KutipSpanRow *self = KUTIP_SPAN_ROW (row);
  KutipSpan *span = get_span (self);

  if (span == NULL)
    return NULL;
  return kutip_span_excerpt (
      kutip_document_get_text (kutip_annotator_get_document (self->annotator)), span,
      max_chars);
}

static void
on_item_changed (KutipSpanItem *item, gpointer data)
{
  kutip_drawn_row_forget (data);
}

/* While a link is being drawn a click picks the target: selecting rows does nothing then.
 */
static void
on_click_released (
    GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  KutipSpanRow *self = data;
  KutipSpan *span = get_span (self);

  if (span != NULL && kutip_annotator_is_linking (self->annotator))
    kutip_annotator_set_current (self->annotator, span, FALSE);
}

static void
kutip_span_row_dispose (GObject *object)
{
  KutipSpanRow *self = KUTIP_SPAN_ROW (object);

  g_clear_object (&self->item_signals);
  g_clear_object (&self->annotator);
  G_OBJECT_CLASS (kutip_span_row_parent_class)->dispose (object);
}

static void
kutip_span_row_class_init (KutipSpanRowClass *class)
{
  KutipDrawnRowClass *row_class = KUTIP_DRAWN_ROW_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_span_row_dispose;
  row_class->fill = kutip_span_row_fill;
  row_class->dup_words = kutip_span_row_dup_words;
}

static void
kutip_span_row_init (KutipSpanRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->item_signals = g_signal_group_new (KUTIP_TYPE_SPAN_ITEM);
  g_signal_group_connect (self->item_signals, "changed", G_CALLBACK (on_item_changed),
                          self);
  g_signal_connect_object (click, "released", G_CALLBACK (on_click_released), self,
                           G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
kutip_span_row_new (void)
{
  return g_object_new (KUTIP_TYPE_SPAN_ROW, NULL);
}

void
kutip_span_row_bind (KutipSpanRow *self, KutipAnnotator *annotator, KutipSpanItem *item)
{
  g_autoptr (KutipSpanItem) bound = NULL;

  g_return_if_fail (KUTIP_IS_SPAN_ROW (self));

  bound = g_signal_group_dup_target (self->item_signals);
  if (annotator == self->annotator && item == bound)
    return;
  g_set_object (&self->annotator, annotator);
  g_signal_group_set_target (self->item_signals, item);
  kutip_drawn_row_forget (KUTIP_DRAWN_ROW (self));
}
