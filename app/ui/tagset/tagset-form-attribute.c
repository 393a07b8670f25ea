/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of an attribute: its type, its values, and what has it. */
#include "ui/tagset/tagset-form.h"
#include "ui/tagset/tagset-rows.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* The values, and the rest of the form that depends on the type. */
typedef struct
{
  KutipTagsetDraft *draft;
  guint id;
  GtkBox *box;            /* made anew when the type or the number of values changes */
  guint source;           /* idle: made anew soon */
  int focus;              /* the value to write in then, or -1 */
  GtkStringList *choices; /* of the default; weak */
} AttributeForm;

static void fill (AttributeForm *self);

static const KutipDraftItem *
get_item (AttributeForm *self)
{
  return kutip_tagset_draft_get (self->draft, self->id);
}

static gboolean
fill_later (gpointer data)
{
  AttributeForm *self = data;

  self->source = 0;
  if (get_item (self) != NULL)
    fill (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: the widget that asks for it would go. */
static void
refill (AttributeForm *self, int focus)
{
  self->focus = focus;
  if (self->source == 0)
    self->source = g_idle_add (fill_later, self);
}

static void
free_form (gpointer data)
{
  AttributeForm *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_weak_pointer (&self->choices);
  g_object_unref (self->draft);
  g_free (self);
}

static guint
get_index (gpointer widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (widget, "value"));
}

static void
on_value_changed (GtkEditable *row, AttributeForm *self)
{
  guint i = get_index (row);
  const KutipDraftItem *shown = get_item (self);
  const char *text = gtk_editable_get_text (row);
  g_autofree char *field = g_strdup_printf ("value-%u", i);
  KutipDraftItem *item;

  if (shown == NULL || i >= shown->values->len ||
      g_str_equal (((KutipDraftValue *) g_ptr_array_index (shown->values, i))->text,
                   text))
    return;
  item = kutip_tagset_draft_begin (self->draft, self->id, g_intern_string (field));
  kutip_draft_item_rename_value (item, i, text);
  kutip_tagset_draft_end (self->draft);
  if (self->choices != NULL)
    gtk_string_list_splice (self->choices, i + 1, 1, (const char *[]){ text, NULL });
}

static void
add_value (AttributeForm *self)
{
  KutipDraftItem *item = kutip_tagset_draft_begin (self->draft, self->id, NULL);

  kutip_draft_item_add_value (item, "", NULL);
  refill (self, (int) item->values->len - 1);
  kutip_tagset_draft_end (self->draft);
}

static void
on_value_removed (GtkButton *button, AttributeForm *self)
{
  KutipDraftItem *item = kutip_tagset_draft_begin (self->draft, self->id, NULL);
  guint i = get_index (button);

  kutip_draft_item_remove_value (item, i);
  refill (self, i > 0 ? (int) i - 1 : 0);
  kutip_tagset_draft_end (self->draft);
}

static void
on_value_moved (GtkButton *button, AttributeForm *self)
{
  guint i = get_index (button);
  KutipDraftItem *item = kutip_tagset_draft_begin (self->draft, self->id, NULL);
  gpointer value = item->values->pdata[i];

  item->values->pdata[i] = item->values->pdata[i - 1];
  item->values->pdata[i - 1] = value;
  refill (self, (int) i - 1);
  kutip_tagset_draft_end (self->draft);
}

static void
on_value_merged (GtkButton *button, AttributeForm *self)
{
  guint i = get_index (button);

  refill (self, (int) i - 1);
  kutip_tagset_draft_merge_values (self->draft, self->id, i, i - 1);
}

static void
add_button (GtkWidget *row,
            const char *icon,
            const char *name,
            guint i,
            GCallback clicked,
            AttributeForm *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  kutip_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_object_set_data (G_OBJECT (button), "value", GUINT_TO_POINTER (i));
  g_signal_connect (button, "clicked", clicked, self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

static GtkWidget *
new_value_row (AttributeForm *self, guint i)
{
  const KutipDraftValue *value = g_ptr_array_index (get_item (self)->values, i);
  GtkWidget *row = adw_entry_row_new ();
  /* Translators: %u is the position of a value in a list. */
  g_autofree char *title = g_strdup_printf (_ ("Value %u"), i + 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), value->text);
  g_object_set_data (G_OBJECT (row), "value", GUINT_TO_POINTER (i));
  g_signal_connect (row, "changed", G_CALLBACK (on_value_changed), self);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (add_value), self);
  if (i > 0)
    {
      add_button (row, "go-up-symbolic", _ ("Move the value up"), i,
                  G_CALLBACK (on_value_moved), self);
      add_button (row, "view-restore-symbolic", _ ("Merge the value with the one above"),
                  i, G_CALLBACK (on_value_merged), self);
    }
  add_button (row, "user-trash-symbolic", _ ("Remove the value"), i,
              G_CALLBACK (on_value_removed), self);
  return row;
}

static void
fill_values (AttributeForm *self)
{
  AdwPreferencesGroup *group =
      kutip_tagset_form_add_group (self->box, _ ("Values to Choose From"));
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add a Value"));
  guint n = get_item (self)->values->len;

  gtk_widget_add_css_class (add, "flat");
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_value), self);
  adw_preferences_group_set_header_suffix (group, add);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = new_value_row (self, i);

      adw_preferences_group_add (group, row);
      if ((int) i == self->focus)
        gtk_widget_grab_focus (row);
    }
  self->focus = -1;
}

static void
on_default_chosen (AdwComboRow *row, GParamSpec *pspec, AttributeForm *self)
{
  guint selected = adw_combo_row_get_selected (row);
  const KutipDraftItem *shown = get_item (self);
  const char *text = "";
  KutipDraftItem *item;

  if (shown == NULL)
    return;
  if (shown->type == KUTIP_ATTRIBUTE_FLAG)
    text = selected == 1 ? "true" : "";
  else if (selected > 0 && selected <= shown->values->len)
    text = ((KutipDraftValue *) g_ptr_array_index (shown->values, selected - 1))->text;
  if (g_str_equal (shown->default_value, text))
    return;
  item = kutip_tagset_draft_begin (self->draft, self->id, NULL);
  kutip_draft_item_set (&item->default_value, text);
  kutip_tagset_draft_end (self->draft);
}

/* From a list: of the values, or of on and off. */
static void
fill_default_choice (AttributeForm *self, AdwPreferencesGroup *group)
{
  const KutipDraftItem *item = get_item (self);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();
  guint selected = 0;

  g_set_weak_pointer (&self->choices,
                      item->type == KUTIP_ATTRIBUTE_CHOICE ? choices : NULL);
  gtk_string_list_append (choices, item->type == KUTIP_ATTRIBUTE_FLAG
                                       ? _ ("Off")
                                       : _ ("None: the annotator chooses"));
  if (item->type == KUTIP_ATTRIBUTE_FLAG)
    {
      gtk_string_list_append (choices, _ ("On"));
      selected = *item->default_value != '\0' ? 1 : 0;
    }
  for (guint i = 0; item->type == KUTIP_ATTRIBUTE_CHOICE && i < item->values->len; i++)
    {
      const KutipDraftValue *value = g_ptr_array_index (item->values, i);

      gtk_string_list_append (choices, value->text);
      if (*value->text != '\0' && g_str_equal (value->text, item->default_value))
        selected = i + 1;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Default"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_default_chosen), self);
  adw_preferences_group_add (group, row);
}

static void
on_type_chosen (AdwComboRow *row, GParamSpec *pspec, AttributeForm *self)
{
  KutipAttributeKind type = (KutipAttributeKind) adw_combo_row_get_selected (row);
  const KutipDraftItem *shown = get_item (self);
  KutipDraftItem *item;

  if (shown == NULL || shown->type == type)
    return;
  item = kutip_tagset_draft_begin (self->draft, self->id, NULL);
  item->type = type;
  if (type == KUTIP_ATTRIBUTE_CHOICE && item->values->len == 0)
    kutip_draft_item_add_value (item, "", NULL);
  if (type != KUTIP_ATTRIBUTE_TEXT)
    kutip_draft_item_set (&item->default_value, "");
  refill (self, type == KUTIP_ATTRIBUTE_CHOICE ? 0 : -1);
  kutip_tagset_draft_end (self->draft);
}

static void
fill (AttributeForm *self)
{
  const KutipDraftItem *item = get_item (self);
  AdwPreferencesGroup *group;
  GtkWidget *child;

  g_clear_weak_pointer (&self->choices);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  if (item->type == KUTIP_ATTRIBUTE_CHOICE)
    fill_values (self);
  group = kutip_tagset_form_add_group (self->box, NULL);
  if (item->type != KUTIP_ATTRIBUTE_FLAG)
    adw_preferences_group_add (
        group, kutip_tagset_row_switch (self->draft, self->id, KUTIP_ITEM (multiple),
                                        _ ("Several values"),
                                        _ ("One annotation may have more than one")));
  if (item->type == KUTIP_ATTRIBUTE_CHOICE || item->type == KUTIP_ATTRIBUTE_FLAG)
    fill_default_choice (self, group);
  else
    adw_preferences_group_add (
        group, kutip_tagset_row_entry (self->draft, self->id, "default",
                                       KUTIP_ITEM (default_value), _ ("Default")));
}

static void
add_type (AttributeForm *self, GtkBox *box)
{
  static const char *const types[] = {
    /* In the order of KutipAttributeKind. */
    N_ ("One of a list"), N_ ("Free text"), N_ ("Yes or no"), N_ ("A date"), NULL,
  };
  AdwPreferencesGroup *group = kutip_tagset_form_add_group (box, NULL);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; types[i] != NULL; i++)
    gtk_string_list_append (choices, _ (types[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("What it takes"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), get_item (self)->type);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_type_chosen), self);
  adw_preferences_group_add (group, row);
}

/* What has it: labels, relations, whole articles. */
static void
add_users (AttributeForm *self, GtkBox *box)
{
  static const KutipDraftKind kinds[] = { KUTIP_DRAFT_LABEL, KUTIP_DRAFT_RELATION };
  AdwPreferencesGroup *group = kutip_tagset_form_add_group (box, _ ("What Has It"));
  guint root = kutip_tagset_draft_get_root (self->draft)->id;

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; i < kutip_tagset_draft_get_n (self->draft, kinds[kind]); i++)
      {
        const KutipDraftItem *item =
            kutip_tagset_draft_get_nth (self->draft, kinds[kind], i);

        adw_preferences_group_add (
            group, kutip_tagset_row_check (self->draft, item->id, KUTIP_ITEM (attributes),
                                           self->id, kutip_tagset_item_title (item)));
      }
  adw_preferences_group_add (
      group, kutip_tagset_row_check (self->draft, root, KUTIP_ITEM (attributes), self->id,
                                     _ ("Whole articles")));
}

void
kutip_tagset_form_add_attribute (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  AttributeForm *self = g_new0 (AttributeForm, 1);
  GtkWidget *own = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  *self = (AttributeForm){ g_object_ref (draft), id, GTK_BOX (own), 0, -1, NULL };
  g_object_set_data_full (G_OBJECT (own), "form", self, free_form);
  add_type (self, box);
  gtk_box_append (box, own);
  fill (self);
  add_users (self, box);
}
