/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-row.h"

#include "ui/label-badge.h"
#include "ui/sidebar/span-excerpt.h"
#include "ui/sidebar/span-hints.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* More than any pane shows on one line. */
#define MAX_EXCERPT_CHARS 160

struct _KutipSpanRow
{
  GtkWidget parent_instance;

  KutipLabelBadge *badge;
  GtkLabel *words;
  GtkLabel *title;
  GtkWidget *orphan;
  GtkWidget *missing;
  GtkWidget *unsure;
  GtkWidget *note;
  GtkWidget *links;
  GtkLabel *n_links;

  KutipAnnotator *annotator;
  GSignalGroup *item_signals;
};

G_DEFINE_FINAL_TYPE (KutipSpanRow, kutip_span_row, GTK_TYPE_WIDGET)

static void
show_title (KutipSpanRow *self, const KutipLabelLook *look)
{
  g_autofree char *title = NULL;

  if (look->index < 0)
    /* Translators: %s is the name of a label, as it stands in a file. */
    title = g_strdup_printf (_ ("%s (not in the tag set)"), look->title);
  gtk_label_set_text (self->title, title != NULL ? title : look->title);
}

static void
show_words (KutipSpanRow *self, KutipText *text, KutipSpan *span)
{
  g_autofree char *words = kutip_span_excerpt (text, span, MAX_EXCERPT_CHARS);

  gtk_label_set_text (self->words, words);
  gtk_widget_set_direction (GTK_WIDGET (self->words),
                            kutip_span_excerpt_direction (words));
}

static void
show_links (KutipSpanRow *self, KutipLayer *layer, KutipSpan *span, GString *spoken)
{
  g_autoptr (GPtrArray) links =
      kutip_layer_list_relations_of (layer, kutip_span_get_id (span));
  g_autofree char *number = g_strdup_printf ("%u", links->len);
  /* Translators: links between one marked stretch of text and others. */
  g_autofree char *tooltip =
      g_strdup_printf (ngettext ("%u link", "%u links", links->len), links->len);

  gtk_widget_set_visible (self->links, links->len > 0);
  gtk_label_set_text (self->n_links, number);
  kutip_tooltip_set (self->links, tooltip);
  if (links->len > 0)
    g_string_append_printf (spoken, ", %s", tooltip);
}

/* Shows a sign when there is something to say, and says it: to the pointer and to a
 * screen reader. */
static void
show_sign (GtkWidget *sign, const char *tooltip, GString *spoken)
{
  gtk_widget_set_visible (sign, tooltip != NULL);
  kutip_tooltip_set (sign, tooltip);
  if (tooltip != NULL)
    g_string_append_printf (spoken, ", %s", tooltip);
}

static void
show_span (KutipSpanRow *self, KutipSpan *span)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);
  KutipTagset *tagset = kutip_document_get_tagset (document);
  const KutipLabelLook *look = kutip_label_look_get (tagset, kutip_span_get_label (span));
  g_autofree char *missing = kutip_span_hints_describe (self->annotator, span);
  const char *note = kutip_span_get_note (span);
  g_autoptr (GString) spoken = g_string_new (NULL);

  kutip_label_badge_set_look (self->badge, look);
  show_title (self, look);
  show_words (self, kutip_document_get_text (document), span);

  g_string_printf (spoken, "%s: %s", gtk_label_get_text (self->title),
                   gtk_label_get_text (self->words));
  show_sign (self->orphan, kutip_span_is_orphan (span)
             ? _ ("These words are not in the article any more") : NULL, spoken);
  show_sign (self->missing, missing, spoken);
  show_sign (self->unsure, kutip_span_is_unsure (span) ? _ ("Unsure") : NULL, spoken);
  show_sign (self->note, note != NULL && *note != '\0' ? note : NULL, spoken);
  show_links (self, kutip_document_get_layer (document), span, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken->str, -1);
}

static void
on_item_changed (KutipSpanItem *item, gpointer data)
{
  show_span (data, kutip_span_item_get_span (item));
}

/* While a link is being drawn a click picks the target: selecting rows does nothing then.
 */
static void
on_click_released (
    GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  KutipSpanRow *self = data;
  g_autoptr (KutipSpanItem) item = g_signal_group_dup_target (self->item_signals);

  if (item != NULL && kutip_annotator_is_linking (self->annotator))
    kutip_annotator_set_current (self->annotator, kutip_span_item_get_span (item), FALSE);
}

static void
kutip_span_row_dispose (GObject *object)
{
  KutipSpanRow *self = KUTIP_SPAN_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->item_signals);
  g_clear_object (&self->annotator);
  gtk_widget_dispose_template (GTK_WIDGET (self), KUTIP_TYPE_SPAN_ROW);
  /* Those of the template's children that no field names. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_span_row_parent_class)->dispose (object);
}

static void
kutip_span_row_class_init (KutipSpanRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_span_row_dispose;

  g_type_ensure (KUTIP_TYPE_LABEL_BADGE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/sidebar/span-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipSpanRow, badge);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanRow, words);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanRow, title);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanRow, orphan);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanRow, missing);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanRow, unsure);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanRow, note);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanRow, links);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanRow, n_links);
}

static void
kutip_span_row_init (KutipSpanRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
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
  g_return_if_fail (KUTIP_IS_SPAN_ROW (self));

  g_set_object (&self->annotator, annotator);
  g_signal_group_set_target (self->item_signals, annotator != NULL ? item : NULL);
  if (annotator != NULL && item != NULL)
    show_span (self, kutip_span_item_get_span (item));
}
