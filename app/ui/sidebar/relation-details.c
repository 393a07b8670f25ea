/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/relation-details.h"

#include "model/relate.h"
#include "ui/foreign-words.h"
#include "ui/label/label-look.h"
#include "ui/sidebar/attribute-form.h"
#include "ui/sidebar/note-view.h"
#include "ui/sidebar/pending-edits.h"
#include "ui/sidebar/span-excerpt.h"

#include <glib/gi18n.h>

#define MAX_EXCERPT_CHARS 60
#define MOST_NOTE_CHARS 300

struct _KutipRelationDetails
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *heading;
  KutipAttributeForm *attributes;
  KutipNoteView *note;

  KutipAnnotator *annotator; /* weak */
  char *id;                  /* of the link shown, or NULL */
  const char *label;         /* its type, interned, for which the form is made */
  KutipTagset *tagset;       /* … and of this tag set */
  KutipAttributes *shown_attributes;
  KutipPendingEdits *pending;
  gboolean is_showing;    /* the widgets change, but not by hand */
  gboolean is_collecting; /* edits become pending ones */
};

G_DEFINE_FINAL_TYPE (KutipRelationDetails, kutip_relation_details, GTK_TYPE_WIDGET)

static KutipRelation *
get_relation (KutipRelationDetails *self)
{
  if (self->annotator == NULL || self->id == NULL)
    return NULL;
  return kutip_layer_get_relation (
      kutip_document_get_layer (kutip_annotator_get_document (self->annotator)),
      self->id);
}

/* What was being written belongs to the link, and to the form, shown until now. */
static void
collect (KutipRelationDetails *self)
{
  if (get_relation (self) == NULL)
    return;
  self->is_collecting = TRUE;
  kutip_attribute_form_commit (self->attributes);
  kutip_note_view_commit (self->note);
  self->is_collecting = FALSE;
}

static void
on_attributes_edited (KutipRelationDetails *self, KutipAttributes *attributes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipRelation) relation = NULL;

  if (self->is_collecting)
    {
      kutip_pending_edits_add_attributes (self->pending, self->annotator, self->id,
                                          self->shown_attributes, attributes);
      return;
    }
  if (self->is_showing || get_relation (self) == NULL)
    return;
  relation = kutip_relation_ref (get_relation (self));
  if (!kutip_relate_set_attributes (kutip_annotator_get_document (self->annotator),
                                    relation, attributes, &error))
    kutip_annotator_report (self->annotator, error);
}

static void
on_note_edited (KutipRelationDetails *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipRelation) relation = NULL;
  g_autofree char *note = kutip_note_view_dup_note (self->note);

  if (self->is_collecting)
    {
      kutip_pending_edits_add_note (self->pending, self->annotator, self->id, note);
      return;
    }
  if (get_relation (self) == NULL)
    return;
  relation = kutip_relation_ref (get_relation (self));
  if (!kutip_relate_set_note (kutip_annotator_get_document (self->annotator), relation,
                              note, &error))
    kutip_annotator_report (self->annotator, error);
}

static void
kutip_relation_details_dispose (GObject *object)
{
  KutipRelationDetails *self = KUTIP_RELATION_DETAILS (object);

  g_clear_weak_pointer (&self->annotator);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (kutip_relation_details_parent_class)->dispose (object);
}

static void
kutip_relation_details_finalize (GObject *object)
{
  KutipRelationDetails *self = KUTIP_RELATION_DETAILS (object);

  g_clear_pointer (&self->shown_attributes, kutip_attributes_unref);
  g_clear_pointer (&self->pending, kutip_pending_edits_free);
  g_clear_object (&self->tagset);
  g_free (self->id);
  G_OBJECT_CLASS (kutip_relation_details_parent_class)->finalize (object);
}

static void
kutip_relation_details_class_init (KutipRelationDetailsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_relation_details_dispose;
  G_OBJECT_CLASS (class)->finalize = kutip_relation_details_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
create_button (const char *title, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (title);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                           PANGO_ELLIPSIZE_END);
  return button;
}

static GtkWidget *
create_buttons (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), create_button (_ ("Kind…"), "annotation.link-type"));
  gtk_box_append (GTK_BOX (box),
                  create_button (_ ("Turn Around"), "annotation.reverse-link"));
  return box;
}

static GtkWidget *
create_dim_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
kutip_relation_details_init (KutipRelationDetails *self)
{
  g_autoptr (GtkSizeGroup) titles = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkWidget *title = create_dim_label (_ ("Note on the link"));

  self->pending = kutip_pending_edits_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "link-details");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->heading = GTK_LABEL (create_dim_label (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "caption");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (self->box), create_buttons ());
  self->attributes = KUTIP_ATTRIBUTE_FORM (kutip_attribute_form_new (titles));
  g_signal_connect_object (self->attributes, "edited", G_CALLBACK (on_attributes_edited),
                           self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->attributes));
  gtk_box_append (GTK_BOX (self->box), title);
  self->note = KUTIP_NOTE_VIEW (kutip_note_view_new ());
  g_signal_connect_object (self->note, "edited", G_CALLBACK (on_note_edited), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->note));
  gtk_accessible_update_relation (
      GTK_ACCESSIBLE (kutip_note_view_get_target (self->note)),
      GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL, -1);
}

GtkWidget *
kutip_relation_details_new (void)
{
  return g_object_new (KUTIP_TYPE_RELATION_DETAILS, NULL);
}

/* "Quote → Claim": which way it leads is what the buttons below change. */
static void
show_heading (KutipRelationDetails *self, KutipRelation *relation)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  KutipTagset *tagset = kutip_document_get_tagset (document);
  KutipSpan *from = kutip_layer_get_span (layer, kutip_relation_get_from (relation));
  KutipSpan *to = kutip_layer_get_span (layer, kutip_relation_get_to (relation));
  g_autofree char *words = NULL;
  g_autofree char *excerpt = NULL;
  g_autofree char *shown = NULL;

  if (from == NULL || to == NULL)
    return;
  excerpt =
      kutip_span_excerpt (kutip_document_get_text (document), to, MAX_EXCERPT_CHARS);
  shown = kutip_foreign_words (excerpt, 0);
  /* Translators: %1$s and %2$s are labels, %3$s the words of the second: From Quote to
   * Source “BBC”. */
  words = g_strdup_printf (
      _ ("From %1$s to %2$s “%3$s”"),
      kutip_label_look_get (tagset, kutip_span_get_label (from))->title,
      kutip_label_look_get (tagset, kutip_span_get_label (to))->title, shown);
  gtk_label_set_text (self->heading, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
ensure_form (KutipRelationDetails *self, KutipRelation *relation, GArray *taken)
{
  KutipTagset *tagset =
      kutip_document_get_tagset (kutip_annotator_get_document (self->annotator));
  const char *label = kutip_relation_get_label (relation);
  const KutipRelationType *type = kutip_tagset_get_relation (tagset, label);
  g_autoptr (GArray) mnemonics = g_array_copy (taken);

  if (self->label == label && self->tagset == tagset)
    return;
  self->label = label;
  g_set_object (&self->tagset, tagset);
  kutip_attribute_form_set_types (self->attributes, tagset,
                                  type != NULL ? type->attributes : NULL, mnemonics);
}

static void
show_relation (KutipRelationDetails *self, KutipRelation *relation, GArray *taken)
{
  KutipRelationFields fields;
  gboolean writable =
      !kutip_document_is_read_only (kutip_annotator_get_document (self->annotator));

  kutip_relation_get_fields (relation, &fields);
  self->is_showing = TRUE;
  show_heading (self, relation);
  ensure_form (self, relation, taken);
  if (fields.attributes != NULL)
    kutip_attributes_ref (fields.attributes);
  g_clear_pointer (&self->shown_attributes, kutip_attributes_unref);
  self->shown_attributes = fields.attributes;
  kutip_attribute_form_set_attributes (self->attributes, fields.attributes);
  gtk_widget_set_visible (GTK_WIDGET (self->attributes),
                          !kutip_attribute_form_is_empty (self->attributes));
  kutip_note_view_set_note (self->note, fields.note);
  gtk_widget_set_sensitive (GTK_WIDGET (self->attributes), writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->note), writable);
  self->is_showing = FALSE;
}

void
kutip_relation_details_show (KutipRelationDetails *self,
                             KutipAnnotator *annotator,
                             KutipRelation *relation,
                             GArray *taken)
{
  const char *id = relation != NULL ? kutip_relation_get_id (relation) : NULL;

  g_return_if_fail (KUTIP_IS_RELATION_DETAILS (self));

  if (g_strcmp0 (id, self->id) != 0 || annotator != self->annotator ||
      (relation != NULL && self->label != kutip_relation_get_label (relation)))
    {
      collect (self);
      g_free (self->id);
      self->id = g_strdup (id);
    }
  g_set_weak_pointer (&self->annotator, annotator);
  if (relation != NULL)
    show_relation (self, relation, taken);
}

const char *
kutip_relation_details_get_id (KutipRelationDetails *self)
{
  g_return_val_if_fail (KUTIP_IS_RELATION_DETAILS (self), NULL);

  return self->id;
}

void
kutip_relation_details_commit (KutipRelationDetails *self)
{
  g_return_if_fail (KUTIP_IS_RELATION_DETAILS (self));

  collect (self);
  kutip_pending_edits_apply (self->pending);
}

void
kutip_relation_details_focus (KutipRelationDetails *self)
{
  g_return_if_fail (KUTIP_IS_RELATION_DETAILS (self));

  if (!kutip_attribute_form_focus_nth (self->attributes, 0))
    gtk_widget_grab_focus (kutip_note_view_get_target (self->note));
}

char *
kutip_relation_details_summarize (KutipTagset *tagset, KutipRelation *relation)
{
  KutipRelationFields fields;
  GString *summary = g_string_new (NULL);

  kutip_relation_get_fields (relation, &fields);
  for (guint i = 0; i < kutip_attributes_get_n (fields.attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (fields.attributes, i);
      const char *title = kutip_label_look_get_attribute_title (tagset, attribute.name);

      if (summary->len > 0)
        g_string_append (summary, " · ");
      if (attribute.type == KUTIP_VALUE_FLAG)
        g_string_append (summary, title);
      for (guint j = 0; attribute.type != KUTIP_VALUE_FLAG && attribute.values[j] != NULL;
           j++)
        g_string_append_printf (summary, "%s%s", j > 0 ? ", " : "",
                                kutip_label_look_translate (tagset, attribute.values[j]));
    }
  if (fields.note != NULL)
    {
      g_autofree char *note = kutip_foreign_words (fields.note, MOST_NOTE_CHARS);

      g_string_append_printf (summary, "%s%s", summary->len > 0 ? " · " : "", note);
    }
  return g_string_free (summary, summary->len == 0);
}
