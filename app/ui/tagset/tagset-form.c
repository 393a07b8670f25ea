/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/tagset-form.h"

#include "ui/tagset/color-row.h"
#include "ui/tagset/tagset-rows.h"

#include <glib/gi18n.h>

#define TEXT_HEIGHT 120
#define GUIDELINES_HEIGHT 320

AdwPreferencesGroup *
kutip_tagset_form_add_group (GtkBox *box, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (box, group);
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_nothing (AdwPreferencesGroup *group, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_add_css_class (row, "dim-label");
  adw_preferences_group_add (group, row);
}

void
kutip_tagset_form_add_checks (AdwPreferencesGroup *group,
                              KutipTagsetDraft *draft,
                              guint id,
                              gsize offset,
                              KutipDraftKind kind)
{
  for (guint i = 0; i < kutip_tagset_draft_get_n (draft, kind); i++)
    {
      const KutipDraftItem *item = kutip_tagset_draft_get_nth (draft, kind, i);

      adw_preferences_group_add (group,
                                 kutip_tagset_row_check (draft, id, offset, item->id,
                                                         kutip_tagset_item_title (item)));
    }
  if (kutip_tagset_draft_get_n (draft, kind) == 0)
    add_nothing (group, _ ("There are none yet."));
}

static void
add_identity (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  AdwPreferencesGroup *group = kutip_tagset_form_add_group (box, NULL);

  adw_preferences_group_add (
      group,
      kutip_tagset_row_entry (draft, id, "title", KUTIP_ITEM (title), _ ("_Title")));
  adw_preferences_group_add (group,
                             kutip_tagset_row_entry (draft, id, "name", KUTIP_ITEM (name),
                                                     _ ("Name in the _files")));
  if (kutip_tagset_draft_get (draft, id)->kind != KUTIP_DRAFT_ATTRIBUTE)
    adw_preferences_group_add (
        group, kutip_tagset_row_entry (draft, id, "key", KUTIP_ITEM (key), _ ("_Key")));
  adw_preferences_group_add (
      group, kutip_tagset_row_entry (draft, id, "description", KUTIP_ITEM (description),
                                     _ ("_Description, in a sentence")));
}

/* Which attributes spans of the label have, and which of them they must have. */
static void
add_label_attributes (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  AdwPreferencesGroup *group = kutip_tagset_form_add_group (box, _ ("Attributes"));

  for (guint i = 0; i < kutip_tagset_draft_get_n (draft, KUTIP_DRAFT_ATTRIBUTE); i++)
    {
      const KutipDraftItem *item =
          kutip_tagset_draft_get_nth (draft, KUTIP_DRAFT_ATTRIBUTE, i);
      const char *title = kutip_tagset_item_title (item);
      GtkWidget *row =
          kutip_tagset_row_check (draft, id, KUTIP_ITEM (attributes), item->id, title);
      /* Translators: %s is the title of an attribute. */
      g_autofree char *name = g_strdup_printf (_ ("“%s” is required"), title);

      adw_action_row_add_suffix (
          ADW_ACTION_ROW (row),
          kutip_tagset_check_button (draft, id, KUTIP_ITEM (requires), item->id,
                                     _ ("Required"), name));
      adw_preferences_group_add (group, row);
    }
  if (kutip_tagset_draft_get_n (draft, KUTIP_DRAFT_ATTRIBUTE) == 0)
    add_nothing (group, _ ("There are none yet."));
}

static void
add_colors (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  GtkWidget *colors = kutip_color_rows_new (draft, id);

  g_object_set_data (G_OBJECT (box), "colors", colors);
  gtk_box_append (box, colors);
}

static void
add_label_links (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  AdwPreferencesGroup *group =
      kutip_tagset_form_add_group (box, _ ("Links That a Finished One Has"));

  kutip_tagset_form_add_checks (group, draft, id, KUTIP_ITEM (requires),
                                KUTIP_DRAFT_RELATION);
}

static void
add_label_guidelines (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  AdwPreferencesGroup *group = kutip_tagset_form_add_group (box, _ ("Guidelines"));

  adw_preferences_group_set_description (
      group, _ ("When to use it and when not, with examples; Markdown."));
  adw_preferences_group_add (
      group, kutip_tagset_row_text (draft, id, "guidelines", KUTIP_ITEM (guidelines),
                                    _ ("Guidelines for this label"), TEXT_HEIGHT));
}

static void
on_max_changed (GtkSpinButton *button, KutipTagsetDraft *draft)
{
  guint id = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "item"));
  guint max = (guint) gtk_spin_button_get_value_as_int (button);
  const KutipDraftItem *shown = kutip_tagset_draft_get (draft, id);
  KutipDraftItem *item;

  if (shown == NULL || shown->max == max)
    return;
  item = kutip_tagset_draft_begin (draft, id, "max");
  item->max = max;
  kutip_tagset_draft_end (draft);
}

static void
add_max (AdwPreferencesGroup *group, KutipTagsetDraft *draft, const KutipDraftItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_spin_button_new_with_range (0, 999, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("At most from one span"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("0: any number"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button), item->max);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("At most from one span; 0: any number"), -1);
  g_object_set_data (G_OBJECT (button), "item", GUINT_TO_POINTER (item->id));
  g_signal_connect_object (button, "value-changed", G_CALLBACK (on_max_changed), draft,
                           0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
}

static void
add_relation (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  AdwPreferencesGroup *group = kutip_tagset_form_add_group (box, _ ("From"));

  adw_preferences_group_set_description (group, _ ("Any label, if none is chosen"));
  kutip_tagset_form_add_checks (group, draft, id, KUTIP_ITEM (from), KUTIP_DRAFT_LABEL);
  group = kutip_tagset_form_add_group (box, _ ("To"));
  adw_preferences_group_set_description (group, _ ("Any label, if none is chosen"));
  kutip_tagset_form_add_checks (group, draft, id, KUTIP_ITEM (to), KUTIP_DRAFT_LABEL);
  group = kutip_tagset_form_add_group (box, _ ("Number and Direction"));
  add_max (group, draft, kutip_tagset_draft_get (draft, id));
  adw_preferences_group_add (
      group, kutip_tagset_row_switch (
                 draft, id, KUTIP_ITEM (symmetric), _ ("The same in both directions"),
                 _ ("Such as “same as”: it does not matter which is first")));
  group = kutip_tagset_form_add_group (box, _ ("Labels That Require It"));
  for (guint i = 0; i < kutip_tagset_draft_get_n (draft, KUTIP_DRAFT_LABEL); i++)
    {
      const KutipDraftItem *label =
          kutip_tagset_draft_get_nth (draft, KUTIP_DRAFT_LABEL, i);

      adw_preferences_group_add (
          group, kutip_tagset_row_check (draft, label->id, KUTIP_ITEM (requires), id,
                                         kutip_tagset_item_title (label)));
    }
  group = kutip_tagset_form_add_group (box, _ ("Attributes"));
  kutip_tagset_form_add_checks (group, draft, id, KUTIP_ITEM (attributes),
                                KUTIP_DRAFT_ATTRIBUTE);
}

static void
add_root (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  AdwPreferencesGroup *group = kutip_tagset_form_add_group (box, NULL);

  adw_preferences_group_add (
      group, kutip_tagset_row_entry (draft, id, "name", KUTIP_ITEM (name), _ ("_Name")));
  adw_preferences_group_add (group, kutip_tagset_row_entry (draft, id, "version",
                                                            KUTIP_ITEM (version),
                                                            _ ("_Version")));
}

static void
add_root_guidelines (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  AdwPreferencesGroup *group =
      kutip_tagset_form_add_group (box, _ ("Guidelines for Annotators"));

  adw_preferences_group_set_description (
      group, _ ("In Markdown; kept in a file of their own beside the tag set. What each "
                "label is about can be said with the label."));
  adw_preferences_group_add (
      group, kutip_tagset_row_text (draft, id, "guidelines", KUTIP_ITEM (guidelines),
                                    _ ("Guidelines for annotators"), GUIDELINES_HEIGHT));
}

static void
add_root_attributes (GtkBox *box, KutipTagsetDraft *draft, guint id)
{
  AdwPreferencesGroup *group =
      kutip_tagset_form_add_group (box, _ ("Attributes of Whole Articles"));

  kutip_tagset_form_add_checks (group, draft, id, KUTIP_ITEM (attributes),
                                KUTIP_DRAFT_ATTRIBUTE);
}

/* What takes about a third of a frame each. */
#define MOST_PARTS 5

typedef void (*AddPart) (GtkBox *box, KutipTagsetDraft *draft, guint id);

static const AddPart parts[][MOST_PARTS] = {
  [KUTIP_DRAFT_TAGSET] = { add_root, add_root_guidelines, add_root_attributes },
  [KUTIP_DRAFT_LABEL] = { add_identity, add_colors, add_label_attributes, add_label_links,
                          add_label_guidelines },
  [KUTIP_DRAFT_ATTRIBUTE] = { add_identity, kutip_tagset_form_add_attribute },
  [KUTIP_DRAFT_RELATION] = { add_identity, add_relation },
};

/* What is to follow in a form. */
typedef struct
{
  KutipTagsetDraft *draft;
  guint id;
  guint n_parts;  /* that are there */
  GString *about; /* what the rows are about, beside the item; NULL: too much */
} Growth;

static void
free_growth (gpointer data)
{
  Growth *self = data;

  g_object_unref (self->draft);
  if (self->about != NULL)
    g_string_free (self->about, TRUE);
  g_free (self);
}

/* The forms of labels differ by nothing else. */
static GString *
describe_rows (KutipTagsetDraft *draft, guint id)
{
  static const KutipDraftKind kinds[] = { KUTIP_DRAFT_ATTRIBUTE, KUTIP_DRAFT_RELATION };
  const KutipDraftItem *item = kutip_tagset_draft_get (draft, id);
  GString *about;

  if (item == NULL || item->kind != KUTIP_DRAFT_LABEL)
    return NULL;
  about = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint j = 0; j < kutip_tagset_draft_get_n (draft, kinds[i]); j++)
      {
        const KutipDraftItem *other = kutip_tagset_draft_get_nth (draft, kinds[i], j);

        g_string_append_printf (about, "%u %u %s\n", kinds[i], other->id,
                                kutip_tagset_item_title (other));
      }
  return about;
}

gboolean
kutip_tagset_form_show (GtkWidget *form, guint id)
{
  Growth *self = g_object_get_data (G_OBJECT (form), "growth");
  GString *about = describe_rows (self->draft, id);
  gboolean is_same =
      about != NULL && self->about != NULL && g_string_equal (about, self->about);
  GtkWidget *colors = g_object_get_data (G_OBJECT (form), "colors");

  if (about != NULL)
    g_string_free (about, TRUE);
  if (!is_same)
    return FALSE;
  kutip_tagset_rows_move (form, self->id, id);
  if (colors != NULL)
    kutip_color_rows_move (colors, id);
  self->id = id;
  return TRUE;
}

gboolean
kutip_tagset_form_add_part (GtkWidget *form)
{
  Growth *self = g_object_get_data (G_OBJECT (form), "growth");
  const KutipDraftItem *item = kutip_tagset_draft_get (self->draft, self->id);

  if (item == NULL || self->n_parts == MOST_PARTS ||
      parts[item->kind][self->n_parts] == NULL)
    return FALSE;
  parts[item->kind][self->n_parts++](GTK_BOX (form), self->draft, self->id);
  return TRUE;
}

GtkWidget *
kutip_tagset_form_new (KutipTagsetDraft *draft, guint id)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  Growth *self = g_new0 (Growth, 1);

  self->draft = g_object_ref (draft);
  self->id = id;
  self->about = describe_rows (draft, id);
  g_object_set_data_full (G_OBJECT (box), "growth", self, free_growth);
  kutip_tagset_form_add_part (box);
  return box;
}

GtkWidget *
kutip_tagset_form_find_field (GtkWidget *root, const char *name)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (gtk_widget_get_name (root), name) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = kutip_tagset_form_find_field (child, name);
  return found;
}
