/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/properties-pane.h"

#include "model/iso-date.h"
#include "ui/foreign-words.h"
#include "ui/sidebar/attribute-form.h"
#include "ui/sidebar/counts-view.h"
#include "ui/sidebar/language-name.h"
#include "ui/sidebar/mnemonic.h"
#include "ui/sidebar/note-view.h"
#include "ui/tooltip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef enum
{
  FIELD_TITLE,
  FIELD_AUTHOR,
  FIELD_DATE,
  FIELD_PUBLISHER,
  FIELD_LANGUAGE,
  FIELD_URL,
  N_FIELDS,
} Field;

struct _KutipPropertiesPane
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkWidget *fields;
  AdwEntryRow *title;
  AdwEntryRow *author;
  AdwEntryRow *date;
  AdwEntryRow *publisher;
  AdwEntryRow *language;
  AdwEntryRow *url;
  AdwComboRow *status; /* its items are in the order of KutipStatus */
  GtkLabel *date_words;
  GtkLabel *language_words;
  GtkBox *attributes_card;
  KutipAttributeForm *attributes;
  GtkLabel *note_title;
  KutipNoteView *note;
  AdwActionRow *file;
  AdwActionRow *encoding;
  AdwActionRow *length;
  KutipCountsView *counts;

  AdwEntryRow *rows[N_FIELDS];
  char *shown[N_FIELDS]; /* as set last; never NULL */
  KutipAnnotator *annotator;
  KutipTagset *tagset; /* of which the form is */
  GSignalGroup *annotator_signals;
  GSignalGroup *document_signals;
  gboolean is_showing;
};

enum
{
  PROP_ANNOTATOR = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipPropertiesPane, kutip_properties_pane, GTK_TYPE_WIDGET)

/* What the undo button calls the change of a field. */
static const char *const change_titles[N_FIELDS] = {
  N_ ("Change Title"),     N_ ("Change Author"),   N_ ("Change Date"),
  N_ ("Change Publisher"), N_ ("Change Language"), N_ ("Change Web Address"),
};

static KutipDocument *
get_document (KutipPropertiesPane *self)
{
  return self->annotator != NULL ? kutip_annotator_get_document (self->annotator) : NULL;
}

static KutipHeaderFields
get_header_fields (KutipPropertiesPane *self)
{
  return *kutip_header_get_fields (
      kutip_layer_get_header (kutip_document_get_layer (get_document (self))));
}

static const char **
get_place (KutipHeaderFields *fields, Field field)
{
  const char **const places[N_FIELDS] = {
    &fields->title,     &fields->author,   &fields->date,
    &fields->publisher, &fields->language, &fields->url,
  };

  return places[field];
}

static gboolean
is_valid (Field field, const char *text)
{
  if (*text == '\0')
    return TRUE;
  if (field == FIELD_DATE)
    return kutip_iso_date_describe (text, NULL);
  if (field == FIELD_LANGUAGE)
    return kutip_language_name_is_tag (text);
  return TRUE;
}

static char *
dup_text (KutipPropertiesPane *self, Field field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rows[field]))));
}

static void
show_words (GtkLabel *label, const char *words)
{
  gtk_label_set_text (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL);
  /* The row's box for it, which would keep a distance from nothing. */
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (label)), words != NULL);
}

/* What a date or a language code means, or that it means nothing. */
static void
judge (KutipPropertiesPane *self, Field field)
{
  g_autofree char *text = dup_text (self, field);
  g_autofree char *words = NULL;
  GtkWidget *row = GTK_WIDGET (self->rows[field]);

  if (field == FIELD_DATE)
    {
      kutip_iso_date_describe (text, &words);
      show_words (self->date_words, words);
    }
  else if (field == FIELD_LANGUAGE)
    {
      if (is_valid (field, text))
        words = kutip_language_name_get (text);
      show_words (self->language_words, words);
    }

  if (is_valid (field, text))
    {
      gtk_widget_remove_css_class (row, "error");
      kutip_tooltip_set (row, NULL);
      gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
    }
  else
    {
      gtk_widget_add_css_class (row, "error");
      kutip_tooltip_set (
          row,
          field == FIELD_DATE
              ? _ ("Not a date: write year, month and day as in 2022-08-15, or the year and "
                   "month, or the year alone.")
              : _ ("Not a language code: write a code as id, en-GB or zh-Hant."));
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
}

static void
show_field (KutipPropertiesPane *self, Field field, const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (self->rows[field]);
  int caret = gtk_editable_get_position (editable);

  if (text == NULL)
    text = "";
  if (g_strcmp0 (text, self->shown[field]) == 0)
    return;

  g_free (self->shown[field]);
  self->shown[field] = g_strdup (text);
  if (g_strcmp0 (gtk_editable_get_text (editable), text) != 0)
    {
      gtk_editable_set_text (editable, text);
      gtk_editable_set_position (editable, caret);
    }
  judge (self, field);
}

static void
take_mnemonic (gpointer row, GArray *taken)
{
  kutip_mnemonic_take (adw_preferences_row_get_title (row), taken);
}

static void
ensure_form (KutipPropertiesPane *self, KutipTagset *tagset)
{
  g_autoptr (GArray) mnemonics = g_array_new (FALSE, FALSE, sizeof (gunichar));

  if (!g_set_object (&self->tagset, tagset))
    return;
  for (Field field = 0; field < N_FIELDS; field++)
    take_mnemonic (self->rows[field], mnemonics);
  take_mnemonic (self->status, mnemonics);
  kutip_mnemonic_take (gtk_label_get_label (self->note_title), mnemonics);
  kutip_attribute_form_set_types (
      self->attributes, tagset, kutip_tagset_get_article_attributes (tagset), mnemonics);
}

static void
show_file (KutipPropertiesPane *self)
{
  KutipArticle *article = kutip_document_get_article (get_document (self));
  const KutipCharset *charset = kutip_article_get_charset (article);
  guint n = kutip_article_get_length (article);
  g_autofree char *number = g_strdup_printf ("%'u", n);
  /* Translators: %s is a number, with separators between thousands. */
  g_autofree char *length =
      g_strdup_printf (ngettext ("%s character", "%s characters", n), number);
  g_autofree char *name = kutip_foreign_words (kutip_article_get_file (article), 0);
  g_autofree char *encoding = NULL;

  if (charset->guessed)
    /* Translators: %s is an encoding, for example windows-1252. */
    encoding = g_strdup_printf (_ ("%s (guessed)"), charset->name);
  else if (charset->bom)
    /* Translators: %s is an encoding, for example UTF-8. */
    encoding = g_strdup_printf (_ ("%s with a byte order mark"), charset->name);
  else
    encoding = g_strdup (charset->name);

  adw_action_row_set_subtitle (self->file, name);
  adw_action_row_set_subtitle (self->encoding, encoding);
  adw_action_row_set_subtitle (self->length, length);
}

static void
show_header (KutipPropertiesPane *self)
{
  KutipHeaderFields fields;

  if (self->annotator == NULL)
    return;

  fields = get_header_fields (self);
  self->is_showing = TRUE;
  for (Field field = 0; field < N_FIELDS; field++)
    show_field (self, field, *get_place (&fields, field));
  adw_combo_row_set_selected (self->status, fields.status);
  kutip_note_view_set_note (self->note, fields.note);
  ensure_form (self, kutip_document_get_tagset (get_document (self)));
  kutip_attribute_form_set_attributes (self->attributes, fields.attributes);
  gtk_widget_set_visible (GTK_WIDGET (self->attributes_card),
                          !kutip_attribute_form_is_empty (self->attributes));
  self->is_showing = FALSE;
}

/* Tells the error when it was refused, and shows what is there. */
static void
set_header (KutipPropertiesPane *self, const KutipHeaderFields *fields, const char *title)
{
  g_autoptr (GError) error = NULL;

  if (!kutip_annotate_set_header (get_document (self), fields, title, &error))
    kutip_annotator_report (self->annotator, error);
  show_header (self);
}

static void
apply_field (KutipPropertiesPane *self, Field field)
{
  g_autofree char *text = dup_text (self, field);
  KutipHeaderFields fields;

  if (self->annotator == NULL || self->is_showing ||
      g_strcmp0 (text, self->shown[field]) == 0 || !is_valid (field, text))
    return;

  fields = get_header_fields (self);
  *get_place (&fields, field) = *text != '\0' ? text : NULL;
  set_header (self, &fields, _ (change_titles[field]));
}

static Field
find_field (KutipPropertiesPane *self, GtkWidget *row)
{
  for (Field field = 0; field < N_FIELDS; field++)
    if (GTK_WIDGET (self->rows[field]) == row)
      return field;
  g_assert_not_reached ();
}

static void
on_row_activated (GtkWidget *row, gpointer data)
{
  apply_field (data, find_field (data, row));
}

/* What is longer than its row shows its beginning again. */
static void
on_row_left (GtkEventController *controller, gpointer data)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);

  apply_field (data, find_field (data, row));
  gtk_editable_set_position (GTK_EDITABLE (row), 0);
}

static void
on_row_changed (GtkWidget *row, gpointer data)
{
  judge (data, find_field (data, row));
}

static void
on_status_selected (KutipPropertiesPane *self)
{
  guint selected = adw_combo_row_get_selected (self->status);
  g_autoptr (GError) error = NULL;

  if (self->annotator == NULL || self->is_showing ||
      selected == get_header_fields (self).status)
    return;
  if (!kutip_annotate_set_status (get_document (self), (KutipStatus) selected, &error))
    kutip_annotator_report (self->annotator, error);
  show_header (self);
}

static void
on_note_edited (KutipPropertiesPane *self)
{
  g_autofree char *note = kutip_note_view_dup_note (self->note);
  KutipHeaderFields fields;

  if (self->annotator == NULL)
    return;
  fields = get_header_fields (self);
  fields.note = note;
  set_header (self, &fields, _ ("Change Note on the Article"));
}

static void
on_attributes_edited (KutipPropertiesPane *self, KutipAttributes *attributes)
{
  KutipHeaderFields fields;

  if (self->annotator == NULL || self->is_showing)
    return;
  fields = get_header_fields (self);
  fields.attributes = attributes;
  set_header (self, &fields, _ ("Change Article Attribute"));
}

static void
on_annotator_changed (KutipAnnotator *annotator, KutipChange *change, gpointer data)
{
  if (kutip_change_has (change, KUTIP_EDIT_HEADER))
    show_header (data);
}

static void
on_document_notify_tagset (KutipDocument *document, GParamSpec *pspec, gpointer data)
{
  show_header (data);
}

static void
on_document_notify_read_only (KutipDocument *document, GParamSpec *pspec, gpointer data)
{
  KutipPropertiesPane *self = data;
  gboolean writable = !kutip_document_is_read_only (document);

  gtk_widget_set_sensitive (self->fields, writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->attributes_card), writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->note), writable);
}

static void
kutip_properties_pane_get_property (GObject *object,
                                    guint id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ANNOTATOR:
      g_value_set_object (value, KUTIP_PROPERTIES_PANE (object)->annotator);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_properties_pane_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ANNOTATOR:
      kutip_properties_pane_set_annotator (KUTIP_PROPERTIES_PANE (object),
                                           g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_properties_pane_dispose (GObject *object)
{
  KutipPropertiesPane *self = KUTIP_PROPERTIES_PANE (object);

  g_clear_object (&self->annotator_signals);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->annotator);
  gtk_widget_dispose_template (GTK_WIDGET (self), KUTIP_TYPE_PROPERTIES_PANE);
  G_OBJECT_CLASS (kutip_properties_pane_parent_class)->dispose (object);
}

static void
kutip_properties_pane_finalize (GObject *object)
{
  KutipPropertiesPane *self = KUTIP_PROPERTIES_PANE (object);

  for (Field field = 0; field < N_FIELDS; field++)
    g_free (self->shown[field]);
  g_clear_object (&self->tagset);
  G_OBJECT_CLASS (kutip_properties_pane_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kutip/Kutip/sidebar/properties-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, fields);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, title);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, author);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, date);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, publisher);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, language);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, url);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, status);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, date_words);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane,
                                        language_words);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane,
                                        attributes_card);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, note_title);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, note);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, file);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, encoding);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, length);
  gtk_widget_class_bind_template_child (widget_class, KutipPropertiesPane, counts);
  gtk_widget_class_bind_template_callback (widget_class, on_note_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_status_selected);
}

static void
kutip_properties_pane_class_init (KutipPropertiesPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = kutip_properties_pane_get_property;
  object_class->set_property = kutip_properties_pane_set_property;
  object_class->dispose = kutip_properties_pane_dispose;
  object_class->finalize = kutip_properties_pane_finalize;

  properties[PROP_ANNOTATOR] = g_param_spec_object (
      "annotator", NULL, NULL, KUTIP_TYPE_ANNOTATOR,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (KUTIP_TYPE_NOTE_VIEW);
  g_type_ensure (KUTIP_TYPE_COUNTS_VIEW);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
set_up_rows (KutipPropertiesPane *self)
{
  AdwEntryRow *const rows[N_FIELDS] = {
    self->title, self->author, self->date, self->publisher, self->language, self->url,
  };

  for (Field field = 0; field < N_FIELDS; field++)
    {
      GtkEventController *focus = gtk_event_controller_focus_new ();

      self->rows[field] = rows[field];
      self->shown[field] = g_strdup ("");
      g_signal_connect_object (rows[field], "entry-activated",
                               G_CALLBACK (on_row_activated), self, G_CONNECT_DEFAULT);
      g_signal_connect_object (rows[field], "changed", G_CALLBACK (on_row_changed), self,
                               G_CONNECT_DEFAULT);
      g_signal_connect_object (focus, "leave", G_CALLBACK (on_row_left), self,
                               G_CONNECT_DEFAULT);
      gtk_widget_add_controller (GTK_WIDGET (rows[field]), focus);
    }
  show_words (self->date_words, NULL);
  show_words (self->language_words, NULL);
}

static void
set_up_form (KutipPropertiesPane *self)
{
  g_autoptr (GtkSizeGroup) titles = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  self->attributes = KUTIP_ATTRIBUTE_FORM (kutip_attribute_form_new (titles));
  gtk_box_append (self->attributes_card, GTK_WIDGET (self->attributes));
  g_signal_connect_object (self->attributes, "edited", G_CALLBACK (on_attributes_edited),
                           self, G_CONNECT_SWAPPED);
  gtk_label_set_mnemonic_widget (self->note_title,
                                 kutip_note_view_get_target (self->note));
  gtk_accessible_update_relation (
      GTK_ACCESSIBLE (kutip_note_view_get_target (self->note)),
      GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->note_title, NULL, -1);
}

static void
kutip_properties_pane_init (KutipPropertiesPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_rows (self);
  set_up_form (self);
  gtk_widget_set_visible (self->scrolled, FALSE);

  self->annotator_signals = g_signal_group_new (KUTIP_TYPE_ANNOTATOR);
  g_signal_group_connect (self->annotator_signals, "changed",
                          G_CALLBACK (on_annotator_changed), self);
  self->document_signals = g_signal_group_new (KUTIP_TYPE_DOCUMENT);
  g_signal_group_connect (self->document_signals, "notify::tagset",
                          G_CALLBACK (on_document_notify_tagset), self);
  g_signal_group_connect (self->document_signals, "notify::read-only",
                          G_CALLBACK (on_document_notify_read_only), self);
}

GtkWidget *
kutip_properties_pane_new (void)
{
  return g_object_new (KUTIP_TYPE_PROPERTIES_PANE, NULL);
}

void
kutip_properties_pane_set_annotator (KutipPropertiesPane *self, KutipAnnotator *annotator)
{
  KutipDocument *document = NULL;

  g_return_if_fail (KUTIP_IS_PROPERTIES_PANE (self));
  g_return_if_fail (annotator == NULL || KUTIP_IS_ANNOTATOR (annotator));

  if (self->annotator == annotator)
    return;

  kutip_properties_pane_commit (self);
  g_set_object (&self->annotator, annotator);
  if (annotator != NULL)
    document = kutip_annotator_get_document (annotator);
  g_signal_group_set_target (self->annotator_signals, annotator);
  g_signal_group_set_target (self->document_signals, document);
  kutip_counts_view_set_annotator (self->counts, annotator);
  gtk_widget_set_visible (self->scrolled, annotator != NULL);
  if (document != NULL)
    {
      on_document_notify_read_only (document, NULL, self);
      show_file (self);
      show_header (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANNOTATOR]);
}

void
kutip_properties_pane_commit (KutipPropertiesPane *self)
{
  g_return_if_fail (KUTIP_IS_PROPERTIES_PANE (self));

  if (self->annotator == NULL)
    return;
  for (Field field = 0; field < N_FIELDS; field++)
    apply_field (self, field);
  kutip_attribute_form_commit (self->attributes);
  kutip_note_view_commit (self->note);
}
