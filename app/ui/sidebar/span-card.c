/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-card.h"

#include "ui/after-frame.h"
#include "ui/label/label-look.h"
#include "ui/plain-measure.h"
#include "ui/sidebar/attribute-form.h"
#include "ui/sidebar/label-chooser.h"
#include "ui/sidebar/mnemonic.h"
#include "ui/sidebar/note-view.h"
#include "ui/sidebar/pending-edits.h"
#include "ui/sidebar/relation-list.h"
#include "ui/sidebar/span-excerpt.h"
#include "ui/sidebar/span-hints.h"
#include "ui/sidebar/span-history.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* About what five lines of a wide pane hold. */
#define MAX_EXCERPT_CHARS 600

struct _KutipSpanCard
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkWidget *form;
  KutipLabelChooser *chooser;
  GtkWidget *orphan;
  GtkLabel *words;
  GtkBox *fields;
  GtkLabel *note_title;
  KutipNoteView *note;
  GtkCheckButton *unsure;
  GtkLabel *unsure_title;
  GtkLabel *history;
  KutipAttributeForm *attributes;
  KutipRelationList *relations;

  KutipAnnotator *annotator;
  GSignalGroup *annotator_signals;
  GSignalGroup *document_signals;
  KutipAfterFrame *following; /* what is current now is shown after the next frame */
  char *id;                   /* of the span shown; NULL: none */
  const char *label;          /* of which the form is; interned */
  KutipTagset *tagset;        /* of which the form is */
  GArray *mnemonics;          /* taken by the form's fixed widgets and the attributes */
  KutipAttributes *shown_attributes;
  KutipPendingEdits *pending;
  gboolean is_showing;    /* the widgets change, but not by hand */
  gboolean is_collecting; /* edits become pending ones */
};

enum
{
  PROP_ANNOTATOR = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipSpanCard, kutip_span_card, GTK_TYPE_WIDGET)

static KutipDocument *
get_document (KutipSpanCard *self)
{
  return kutip_annotator_get_document (self->annotator);
}

/* The span shown, as it is in the layer now; NULL when it has gone. */
static KutipSpan *
get_span (KutipSpanCard *self)
{
  if (self->annotator == NULL || self->id == NULL)
    return NULL;
  return kutip_layer_get_span (kutip_document_get_layer (get_document (self)), self->id);
}

/* Mnemonics of the widgets that are always there, so that no attribute takes them. */
static void
take_fixed_mnemonics (KutipSpanCard *self)
{
  GtkLabel *const labels[] = { self->note_title, self->unsure_title };

  g_array_set_size (self->mnemonics, 0);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    kutip_mnemonic_take (gtk_label_get_label (labels[i]), self->mnemonics);
}

/* What was being written belongs to the span, and to the form, shown until now. */
static void
collect_pending (KutipSpanCard *self)
{
  if (get_span (self) == NULL)
    return;

  self->is_collecting = TRUE;
  kutip_attribute_form_commit (self->attributes);
  kutip_note_view_commit (self->note);
  self->is_collecting = FALSE;
}

/* The form is made anew only for another label or another tag set. */
static void
ensure_form (KutipSpanCard *self, KutipTagset *tagset, const char *label)
{
  const KutipLabelType *type = kutip_tagset_get_label (tagset, label);

  if (self->tagset == tagset && self->label == label)
    return;

  collect_pending (self);
  g_set_object (&self->tagset, tagset);
  self->label = label;
  take_fixed_mnemonics (self);
  kutip_attribute_form_set_types (
      self->attributes, tagset, type != NULL ? type->attributes : NULL, self->mnemonics);
}

static void
show_attributes (KutipSpanCard *self, KutipAttributes *attributes)
{
  if (attributes != NULL)
    kutip_attributes_ref (attributes);
  g_clear_pointer (&self->shown_attributes, kutip_attributes_unref);
  self->shown_attributes = attributes;
  kutip_attribute_form_set_attributes (self->attributes, attributes);
  gtk_widget_set_visible (GTK_WIDGET (self->attributes),
                          !kutip_attribute_form_is_empty (self->attributes));
}

static void
show_words (KutipSpanCard *self, KutipSpan *span)
{
  g_autofree char *words = kutip_span_excerpt (
      kutip_document_get_text (get_document (self)), span, MAX_EXCERPT_CHARS);

  if (g_strcmp0 (gtk_label_get_text (self->words), words) == 0)
    return;
  gtk_label_set_text (self->words, words);
  gtk_widget_set_direction (GTK_WIDGET (self->words),
                            kutip_span_excerpt_direction (words));
}

/* Signs at the attributes that are missing or have odd values; missing links show
 * themselves. */
static void
show_hints (KutipSpanCard *self)
{
  g_autoptr (GArray) findings =
      kutip_check_list_of (kutip_annotator_get_check (self->annotator), self->id);

  kutip_attribute_form_clear_hints (self->attributes);
  for (guint i = 0; i < findings->len; i++)
    {
      const KutipFinding *finding = &g_array_index (findings, KutipFinding, i);
      g_autofree char *hint = NULL;

      if (finding->kind != KUTIP_FINDING_MISSING_ATTRIBUTE &&
          finding->kind != KUTIP_FINDING_UNKNOWN_VALUE)
        continue;
      hint = kutip_span_hints_describe_finding (self->tagset, finding);
      kutip_attribute_form_set_hint (self->attributes, finding->name, hint);
    }
}

static void
show_history (KutipSpanCard *self, KutipSpan *span)
{
  g_autofree char *history = kutip_span_history_describe (span);

  gtk_widget_set_visible (GTK_WIDGET (self->history), history != NULL);
  if (g_strcmp0 (gtk_label_get_text (self->history), history) != 0)
    gtk_label_set_text (self->history, history != NULL ? history : "");
}

static void
show_span (KutipSpanCard *self, KutipSpan *span)
{
  KutipTagset *tagset = kutip_document_get_tagset (get_document (self));

  self->is_showing = TRUE;
  kutip_label_chooser_show (self->chooser, tagset, kutip_span_get_label (span));
  gtk_widget_set_visible (self->orphan, kutip_span_is_orphan (span));
  show_words (self, span);
  ensure_form (self, tagset, kutip_span_get_label (span));
  show_attributes (self, kutip_span_get_attributes (span));
  show_hints (self);
  kutip_relation_list_show (self->relations, self->annotator, span, self->mnemonics);
  kutip_note_view_set_note (self->note, kutip_span_get_note (span));
  gtk_check_button_set_active (self->unsure, kutip_span_is_unsure (span));
  show_history (self, span);
  self->is_showing = FALSE;
}

static void
follow (gpointer data)
{
  KutipSpanCard *self = data;
  KutipSpan *current =
      self->annotator != NULL ? kutip_annotator_get_current (self->annotator) : NULL;
  const char *id = current != NULL ? kutip_span_get_id (current) : NULL;

  if (g_strcmp0 (id, self->id) != 0)
    {
      g_autofree char *new_id = g_strdup (id);

      collect_pending (self);
      g_free (self->id);
      self->id = g_steal_pointer (&new_id);
    }

  current = get_span (self);
  if (current != NULL)
    show_span (self, current);
  gtk_stack_set_visible_child_name (self->stack, current != NULL ? "span" : "none");
}

static void
on_annotator_notify_current (KutipAnnotator *annotator, GParamSpec *pspec, gpointer data)
{
  kutip_after_frame_queue (KUTIP_SPAN_CARD (data)->following);
}

static void
on_annotator_changed (KutipAnnotator *annotator, KutipChange *change, gpointer data)
{
  KutipSpanCard *self = data;

  kutip_after_frame_queue (self->following);
  /* The form of a link waits for what becomes of its edits. */
  if (kutip_change_alters (change, KUTIP_EDIT_RELATION))
    kutip_after_frame_flush (self->following);
}

static void
on_document_notify_tagset (KutipDocument *document, GParamSpec *pspec, gpointer data)
{
  kutip_after_frame_queue (KUTIP_SPAN_CARD (data)->following);
}

/* Nobody edits what is no longer there: the card is brought up to date before anything is
 * done in it. */
static gboolean
on_event (GtkEventController *controller, GdkEvent *event, gpointer data)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    kutip_after_frame_flush (KUTIP_SPAN_CARD (data)->following);
  return GDK_EVENT_PROPAGATE;
}

static void
on_document_notify_read_only (KutipDocument *document, GParamSpec *pspec, gpointer data)
{
  KutipSpanCard *self = data;
  gboolean writable = !kutip_document_is_read_only (document);

  gtk_widget_set_sensitive (GTK_WIDGET (self->chooser), writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->attributes), writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->note), writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->unsure), writable);
  kutip_after_frame_queue (self->following);
}

/* Tells what a kutip_annotate_… said, and shows what is there now. */
static void
finish_edit (KutipSpanCard *self, gboolean done, GError *error)
{
  if (!done)
    kutip_annotator_report (self->annotator, error);
  kutip_after_frame_queue (self->following);
  kutip_after_frame_flush (self->following);
}

static void
on_label_chosen (KutipSpanCard *self, const char *label)
{
  g_autoptr (GError) error = NULL;
  KutipSpan *span = get_span (self);
  gboolean done;

  if (self->is_showing || span == NULL)
    return;
  done = kutip_annotate_set_label (get_document (self), span, label, &error);
  finish_edit (self, done, error);
}

static void
on_attributes_edited (KutipSpanCard *self, KutipAttributes *attributes)
{
  g_autoptr (GError) error = NULL;
  KutipSpan *span = get_span (self);
  gboolean done;

  if (self->is_collecting)
    {
      kutip_pending_edits_add_attributes (self->pending, self->annotator, self->id,
                                          self->shown_attributes, attributes);
      return;
    }
  if (self->is_showing || span == NULL)
    return;
  done = kutip_annotate_set_attributes (get_document (self), span, attributes, &error);
  finish_edit (self, done, error);
}

static void
on_note_edited (KutipSpanCard *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *note = kutip_note_view_dup_note (self->note);
  KutipSpan *span = get_span (self);
  gboolean done;

  if (self->is_collecting)
    {
      kutip_pending_edits_add_note (self->pending, self->annotator, self->id, note);
      return;
    }
  if (span == NULL)
    return;
  done = kutip_annotate_set_note (get_document (self), span, note, &error);
  finish_edit (self, done, error);
}

static void
on_unsure_toggled (KutipSpanCard *self)
{
  g_autoptr (GError) error = NULL;
  KutipSpan *span = get_span (self);
  gboolean unsure = gtk_check_button_get_active (self->unsure);
  gboolean done;

  if (self->is_showing || span == NULL)
    return;
  done = kutip_annotate_set_unsure (get_document (self), span, unsure, &error);
  finish_edit (self, done, error);
}

static void
kutip_span_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ANNOTATOR:
      g_value_set_object (value, KUTIP_SPAN_CARD (object)->annotator);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_span_card_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ANNOTATOR:
      kutip_span_card_set_annotator (KUTIP_SPAN_CARD (object),
                                     g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_span_card_dispose (GObject *object)
{
  KutipSpanCard *self = KUTIP_SPAN_CARD (object);

  g_clear_object (&self->annotator_signals);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->annotator);
  g_clear_pointer (&self->following, kutip_after_frame_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), KUTIP_TYPE_SPAN_CARD);
  G_OBJECT_CLASS (kutip_span_card_parent_class)->dispose (object);
}

static void
kutip_span_card_finalize (GObject *object)
{
  KutipSpanCard *self = KUTIP_SPAN_CARD (object);

  g_clear_object (&self->tagset);
  g_clear_pointer (&self->shown_attributes, kutip_attributes_unref);
  g_clear_pointer (&self->pending, kutip_pending_edits_free);
  g_clear_pointer (&self->mnemonics, g_array_unref);
  g_free (self->id);
  G_OBJECT_CLASS (kutip_span_card_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/sidebar/span-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, stack);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, form);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, chooser);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, orphan);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, words);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, fields);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, note_title);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, note);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, unsure);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, unsure_title);
  gtk_widget_class_bind_template_child (widget_class, KutipSpanCard, history);
  gtk_widget_class_bind_template_callback (widget_class, on_label_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_note_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_unsure_toggled);
}

static void
kutip_span_card_class_init (KutipSpanCardClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = kutip_span_card_get_property;
  object_class->set_property = kutip_span_card_set_property;
  object_class->dispose = kutip_span_card_dispose;
  object_class->finalize = kutip_span_card_finalize;

  properties[PROP_ANNOTATOR] = g_param_spec_object (
      "annotator", NULL, NULL, KUTIP_TYPE_ANNOTATOR,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (KUTIP_TYPE_LABEL_CHOOSER);
  g_type_ensure (KUTIP_TYPE_NOTE_VIEW);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
set_up_form (KutipSpanCard *self)
{
  g_autoptr (GtkSizeGroup) titles = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  self->attributes = KUTIP_ATTRIBUTE_FORM (kutip_attribute_form_new (titles));
  gtk_box_append (self->fields, GTK_WIDGET (self->attributes));
  g_signal_connect_object (self->attributes, "edited", G_CALLBACK (on_attributes_edited),
                           self, G_CONNECT_SWAPPED);
  self->relations = KUTIP_RELATION_LIST (kutip_relation_list_new (titles));
  gtk_box_append (self->fields, GTK_WIDGET (self->relations));
  gtk_label_set_mnemonic_widget (self->note_title,
                                 kutip_note_view_get_target (self->note));
  gtk_accessible_update_relation (
      GTK_ACCESSIBLE (kutip_note_view_get_target (self->note)),
      GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->note_title, NULL, -1);
}

static void
kutip_span_card_init (KutipSpanCard *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  kutip_plain_measure_page (
      ADW_STATUS_PAGE (gtk_stack_get_child_by_name (self->stack, "none")));
  self->mnemonics = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->pending = kutip_pending_edits_new ();
  set_up_form (self);
  self->following = kutip_after_frame_new (GTK_WIDGET (self), follow, self);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (on_event), self,
                           G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), events);

  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect (self->annotator_signals, "notify::current",
                          G_CALLBACK (on_annotator_notify_current), self);
  g_signal_group_connect (self->annotator_signals, "changed",
                          G_CALLBACK (on_annotator_changed), self);
  self->document_signals = g_signal_group_new (KUTIP_TYPE_DOCUMENT);
  g_signal_group_connect (self->document_signals, "notify::tagset",
                          G_CALLBACK (on_document_notify_tagset), self);
  g_signal_group_connect (self->document_signals, "notify::read-only",
                          G_CALLBACK (on_document_notify_read_only), self);
}

GtkWidget *
kutip_span_card_new (void)
{
  return g_object_new (KUTIP_TYPE_SPAN_CARD, NULL);
}

void
kutip_span_card_set_annotator (KutipSpanCard *self, KutipAnnotator *annotator)
{
  KutipDocument *document = NULL;

  g_return_if_fail (KUTIP_IS_SPAN_CARD (self));
  g_return_if_fail (annotator == NULL || KUTIP_IS_ANNOTATOR (annotator));

  if (self->annotator == annotator)
    return;

  kutip_span_card_commit (self);
  g_clear_pointer (&self->id, g_free);
  g_set_object (&self->annotator, annotator);
  if (annotator != NULL)
    document = kutip_annotator_get_document (annotator);
  g_signal_group_set_target (self->annotator_signals, annotator);
  g_signal_group_set_target (self->document_signals, document);
  if (document != NULL)
    on_document_notify_read_only (document, NULL, self);
  kutip_after_frame_queue (self->following);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANNOTATOR]);
}

void
kutip_span_card_commit (KutipSpanCard *self)
{
  g_return_if_fail (KUTIP_IS_SPAN_CARD (self));

  collect_pending (self);
  kutip_relation_list_commit (self->relations);
  kutip_pending_edits_apply (self->pending);
}

gboolean
kutip_span_card_focus_link (KutipSpanCard *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_CARD (self), FALSE);

  kutip_after_frame_flush (self->following);
  return get_span (self) != NULL && kutip_relation_list_open (self->relations);
}

gboolean
kutip_span_card_focus_note (KutipSpanCard *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_CARD (self), FALSE);

  kutip_after_frame_flush (self->following);
  return get_span (self) != NULL &&
         gtk_widget_grab_focus (kutip_note_view_get_target (self->note));
}

gboolean
kutip_span_card_focus_attribute (KutipSpanCard *self, guint nth)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_CARD (self), FALSE);

  kutip_after_frame_flush (self->following);
  return get_span (self) != NULL &&
         kutip_attribute_form_focus_nth (self->attributes, nth);
}
