/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/finding-row.h"

#include "ui/label-badge.h"
#include "ui/review/finding-words.h"
#include "ui/sidebar/span-excerpt.h"

#include <glib/gi18n.h>

/* About what a wide pane shows on one line. */
#define MAX_EXCERPT_CHARS 100

struct _KutipFindingRow
{
  GtkWidget parent_instance;

  KutipLabelBadge *badge;
  GtkLabel *words;
  GtkImage *icon;
  GtkLabel *kind;
  GtkLabel *place;

  KutipAnnotator *annotator;
  GSignalGroup *item_signals;
};

enum
{
  CLICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipFindingRow, kutip_finding_row, GTK_TYPE_WIDGET)

static char *
describe_place (KutipDocument *document, KutipSpan *span)
{
  guint length = kutip_article_get_length (kutip_document_get_article (document));
  guint start = MIN (kutip_span_get_hull (span).start, length);

  if (length == 0 || kutip_span_is_orphan (span))
    return NULL;
  /* Translators: how far into an article something stands, such as 25%. */
  return g_strdup_printf (_ ("%u%%"), (guint) ((guint64) start * 100 / length));
}

static void
show_span (KutipFindingRow *self, KutipSpan *span, const KutipFinding *finding)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);
  KutipTagset *tagset = kutip_document_get_tagset (document);
  const KutipLabelLook *look = kutip_label_look_get (tagset, kutip_span_get_label (span));
  g_autofree char *words =
      kutip_span_excerpt (kutip_document_get_text (document), span, MAX_EXCERPT_CHARS);
  g_autofree char *kind = kutip_finding_words_describe (tagset, finding);
  g_autofree char *place = describe_place (document, span);
  g_autofree char *spoken = NULL;

  kutip_label_badge_set_look (self->badge, look);
  gtk_label_set_label (self->words, words);
  gtk_image_set_from_icon_name (self->icon, kutip_finding_words_get_icon (finding->kind));
  gtk_label_set_label (self->kind, kind);
  gtk_label_set_label (self->place, place != NULL ? place : "");
  gtk_widget_set_visible (GTK_WIDGET (self->place), place != NULL);
  /* Translators: what is the matter, a label, and the words it is on. */
  spoken = g_strdup_printf (_ ("%1$s. %2$s: %3$s"), kind, look->title, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
show (KutipFindingRow *self)
{
  g_autoptr (KutipFindingItem) item = g_signal_group_dup_target (self->item_signals);
  const KutipFinding *finding;
  KutipSpan *span;

  if (item == NULL || self->annotator == NULL)
    return;
  finding = kutip_finding_item_get (item);
  span = kutip_check_get_span (kutip_annotator_get_check (self->annotator), finding);
  if (span != NULL)
    show_span (self, span, finding);
}

static void
on_item_changed (KutipFindingItem *item, gpointer data)
{
  show (data);
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
  GtkWidget *child;

  g_clear_object (&self->item_signals);
  g_clear_object (&self->annotator);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_finding_row_parent_class)->dispose (object);
}

static void
kutip_finding_row_class_init (KutipFindingRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_finding_row_dispose;
  signals[CLICKED] = g_signal_new ("clicked", KUTIP_TYPE_FINDING_ROW, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KUTIP_TYPE_LABEL_BADGE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/review/finding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipFindingRow, badge);
  gtk_widget_class_bind_template_child (widget_class, KutipFindingRow, words);
  gtk_widget_class_bind_template_child (widget_class, KutipFindingRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KutipFindingRow, kind);
  gtk_widget_class_bind_template_child (widget_class, KutipFindingRow, place);
}

static void
kutip_finding_row_init (KutipFindingRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
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
  g_return_if_fail (KUTIP_IS_FINDING_ROW (self));

  g_set_object (&self->annotator, annotator);
  g_signal_group_set_target (self->item_signals, annotator != NULL ? item : NULL);
  show (self);
}

gboolean
kutip_finding_row_is_of (KutipFindingRow *self, KutipFindingItem *item)
{
  g_autoptr (KutipFindingItem) own = NULL;

  g_return_val_if_fail (KUTIP_IS_FINDING_ROW (self), FALSE);

  own = g_signal_group_dup_target (self->item_signals);
  return own != NULL && own == item;
}
