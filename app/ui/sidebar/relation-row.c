/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/relation-row.h"

#include "ui/label/label-badge.h"
#include "ui/sidebar/relation-details.h"
#include "ui/sidebar/span-excerpt.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

#define MAX_EXCERPT_CHARS 80

struct _KutipRelationRow
{
  GtkWidget parent_instance;

  GtkWidget *go;
  GtkToggleButton *details;
  GtkWidget *remove;
  KutipLabelBadge *badge;
  GtkLabel *words;
  GtkLabel *kind;

  /* Weak: a row that nobody sees any more must not keep an article open. */
  KutipAnnotator *annotator;
  KutipRelation *relation;
  char *other; /* the id of the span at the other end */
  gboolean is_showing;
};

enum
{
  DETAILS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipRelationRow, kutip_relation_row, GTK_TYPE_WIDGET)

static KutipDocument *
get_document (KutipRelationRow *self)
{
  return kutip_annotator_get_document (self->annotator);
}

static void
on_go_clicked (KutipRelationRow *self)
{
  KutipSpan *span;

  if (self->annotator == NULL)
    return;
  span =
      kutip_layer_get_span (kutip_document_get_layer (get_document (self)), self->other);
  if (span == NULL)
    return;
  /* So that the key that follows a link leads back. */
  kutip_annotator_set_relation (self->annotator, self->relation);
  kutip_annotator_set_current (self->annotator, span, TRUE);
}

static void
on_details_toggled (KutipRelationRow *self)
{
  if (!self->is_showing)
    g_signal_emit (self, signals[DETAILS], 0,
                   gtk_toggle_button_get_active (self->details));
}

static void
on_remove_clicked (KutipRelationRow *self)
{
  g_autoptr (KutipRelation) relation = kutip_relation_ref (self->relation);

  if (self->annotator != NULL)
    kutip_annotator_unlink (self->annotator, relation);
}

static void
kutip_relation_row_dispose (GObject *object)
{
  KutipRelationRow *self = KUTIP_RELATION_ROW (object);

  g_clear_weak_pointer (&self->annotator);
  gtk_widget_dispose_template (GTK_WIDGET (self), KUTIP_TYPE_RELATION_ROW);
  G_OBJECT_CLASS (kutip_relation_row_parent_class)->dispose (object);
}

static void
kutip_relation_row_finalize (GObject *object)
{
  KutipRelationRow *self = KUTIP_RELATION_ROW (object);

  g_clear_pointer (&self->relation, kutip_relation_unref);
  g_free (self->other);
  G_OBJECT_CLASS (kutip_relation_row_parent_class)->finalize (object);
}

static void
kutip_relation_row_class_init (KutipRelationRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_relation_row_dispose;
  G_OBJECT_CLASS (class)->finalize = kutip_relation_row_finalize;

  signals[DETAILS] = g_signal_new ("details", KUTIP_TYPE_RELATION_ROW, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (KUTIP_TYPE_LABEL_BADGE);
  gtk_widget_class_set_css_name (widget_class, "relationrow");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kutip/Kutip/sidebar/relation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipRelationRow, go);
  gtk_widget_class_bind_template_child (widget_class, KutipRelationRow, details);
  gtk_widget_class_bind_template_child (widget_class, KutipRelationRow, remove);
  gtk_widget_class_bind_template_child (widget_class, KutipRelationRow, badge);
  gtk_widget_class_bind_template_child (widget_class, KutipRelationRow, words);
  gtk_widget_class_bind_template_child (widget_class, KutipRelationRow, kind);
  gtk_widget_class_bind_template_callback (widget_class, on_go_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_details_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
kutip_relation_row_init (KutipRelationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kutip_tooltip_set (GTK_WIDGET (self->details),
                     _ ("Attributes and note of this link (E)"));
  kutip_tooltip_set (self->remove, _ ("Remove this link"));
}

GtkWidget *
kutip_relation_row_new (void)
{
  return g_object_new (KUTIP_TYPE_RELATION_ROW, NULL);
}

static void
show_other (KutipRelationRow *self, KutipSpan *other, const char *relation_title)
{
  KutipDocument *document = get_document (self);
  const KutipLabelLook *look = kutip_label_look_get (kutip_document_get_tagset (document),
                                                     kutip_span_get_label (other));
  g_autofree char *words =
      kutip_span_excerpt (kutip_document_get_text (document), other, MAX_EXCERPT_CHARS);
  GtkTextDirection direction = kutip_span_excerpt_direction (words);
  /* Translators: what a button that leads to the other end of a link is called for the
   * blind. %1$s is the kind of link, %2$s a label, %3$s the words marked: Attributed to:
   * Source BBC. */
  g_autofree char *spoken =
      g_strdup_printf (_ ("%1$s: %2$s %3$s"), relation_title, look->title, words);

  kutip_label_badge_set_look (self->badge, look);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_direction (GTK_WIDGET (self->words), direction);
  /* Beside the badge, whichever way the words run. */
  gtk_widget_set_halign (GTK_WIDGET (self->words),
                         direction == gtk_widget_get_direction (GTK_WIDGET (self))
                             ? GTK_ALIGN_START
                             : GTK_ALIGN_END);
  kutip_tooltip_set (self->go, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->go),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* Links from here stand behind their kind as a title; of others it is told below the
 * words, and of all what they say besides. */
static void
show_kind (KutipRelationRow *self, const char *title, gboolean is_title)
{
  g_autofree char *summary = kutip_relation_details_summarize (
      kutip_document_get_tagset (get_document (self)), self->relation);
  g_autofree char *words = NULL;

  if (is_title)
    words = g_strdup (summary);
  else if (summary != NULL)
    words = g_strconcat (title, " · ", summary, NULL);
  else
    words = g_strdup (title);
  gtk_widget_set_visible (GTK_WIDGET (self->kind), words != NULL);
  gtk_label_set_text (self->kind, words != NULL ? words : "");
  kutip_tooltip_set (GTK_WIDGET (self->kind), words);
}

void
kutip_relation_row_show (KutipRelationRow *self,
                         KutipAnnotator *annotator,
                         KutipRelation *relation,
                         KutipSpan *span)
{
  KutipTagset *tagset =
      kutip_document_get_tagset (kutip_annotator_get_document (annotator));
  gboolean outgoing =
      g_strcmp0 (kutip_relation_get_from (relation), kutip_span_get_id (span)) == 0;
  const char *title =
      kutip_label_look_get_relation_title (tagset, kutip_relation_get_label (relation));
  const KutipRelationType *type =
      kutip_tagset_get_relation (tagset, kutip_relation_get_label (relation));
  gboolean symmetric = type != NULL && type->symmetric;
  KutipSpan *other;

  g_return_if_fail (KUTIP_IS_RELATION_ROW (self));

  g_set_weak_pointer (&self->annotator, annotator);
  kutip_relation_ref (relation);
  g_clear_pointer (&self->relation, kutip_relation_unref);
  self->relation = relation;
  g_free (self->other);
  self->other = g_strdup (outgoing ? kutip_relation_get_to (relation)
                                   : kutip_relation_get_from (relation));

  gtk_widget_set_sensitive (self->remove,
                            !kutip_document_is_read_only (get_document (self)));
  show_kind (self, title, outgoing || symmetric);
  other =
      kutip_layer_get_span (kutip_document_get_layer (get_document (self)), self->other);
  if (other != NULL)
    show_other (self, other, title);
}

void
kutip_relation_row_set_open (KutipRelationRow *self, gboolean open)
{
  g_return_if_fail (KUTIP_IS_RELATION_ROW (self));

  self->is_showing = TRUE;
  gtk_toggle_button_set_active (self->details, open);
  self->is_showing = FALSE;
}

void
kutip_relation_row_set_at_hand (KutipRelationRow *self, gboolean at_hand)
{
  g_return_if_fail (KUTIP_IS_RELATION_ROW (self));

  if (at_hand)
    gtk_widget_add_css_class (GTK_WIDGET (self), "at-hand");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "at-hand");
}

GtkWidget *
kutip_relation_row_get_target (KutipRelationRow *self)
{
  g_return_val_if_fail (KUTIP_IS_RELATION_ROW (self), NULL);

  return self->go;
}
