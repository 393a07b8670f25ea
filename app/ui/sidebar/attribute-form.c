/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/attribute-form.h"

#include "ui/label/label-look.h"
#include "ui/sidebar/attribute-field.h"
#include "ui/sidebar/form-row.h"
#include "ui/sidebar/mnemonic.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* So many pages are kept. Making a page costs milliseconds, and a reader goes from label
 * to label. */
#define MAX_PAGES 8

/* The fields of one list of attributes. */
typedef struct
{
  const char *const *names; /* the list; belongs to the tag set */
  GtkWidget *box;           /* of KutipFormRows, borrowed */
  GPtrArray *fields;        /* KutipAttributeField, borrowed */
  GPtrArray *rows;          /* KutipFormRow of the same index, borrowed */
  GArray *mnemonics;        /* gunichar */
} Page;

struct _KutipAttributeForm
{
  GtkWidget parent_instance;

  GtkSizeGroup *titles;
  KutipTagset *tagset;
  GPtrArray *pages;            /* Page, owned; the one shown last at the end */
  Page *page;                  /* shown; NULL before the first */
  GtkWidget *known;            /* box of the pages' boxes */
  GtkWidget *foreign;          /* box of KutipFormRows for attributes without a field */
  KutipAttributes *attributes; /* NULL: none */
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipAttributeForm, kutip_attribute_form, GTK_TYPE_WIDGET)

static void
page_free (gpointer data)
{
  Page *page = data;

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (page->box)), page->box);
  g_ptr_array_unref (page->fields);
  g_ptr_array_unref (page->rows);
  g_array_unref (page->mnemonics);
  g_free (page);
}

/* Kept at once, so that two edits in a row add up even where nobody shows the first one
 * to the form. */
static void
emit_edited (KutipAttributeForm *self, KutipAttributes *attributes)
{
  if (attributes != NULL)
    kutip_attributes_ref (attributes);
  g_clear_pointer (&self->attributes, kutip_attributes_unref);
  self->attributes = attributes;
  g_signal_emit (self, signals[EDITED], 0, attributes);
}

/* Whether a field of that type can show the value; others (a list for a flag) are shown
 * as foreign. */
static gboolean
fits (const KutipAttributeType *type, const KutipAttribute *attribute)
{
  if (type->kind == KUTIP_ATTRIBUTE_FLAG)
    return attribute->type == KUTIP_VALUE_FLAG;
  if (type->multiple)
    return attribute->type != KUTIP_VALUE_FLAG;
  return attribute->type == KUTIP_VALUE_STRING;
}

static KutipAttributeField *
find_field (KutipAttributeForm *self, const char *name, guint *position)
{
  if (self->page == NULL)
    return NULL;
  for (guint i = 0; i < self->page->fields->len; i++)
    {
      KutipAttributeField *field = g_ptr_array_index (self->page->fields, i);

      if (g_strcmp0 (kutip_attribute_field_get_attribute_type (field)->name, name) == 0)
        {
          if (position != NULL)
            *position = i;
          return field;
        }
    }
  return NULL;
}

static void
on_field_edited (KutipAttributeForm *self, KutipAttributeField *field)
{
  const KutipAttributeType *type = kutip_attribute_field_get_attribute_type (field);
  g_auto (GStrv) values = kutip_attribute_field_dup_values (field);
  g_autoptr (KutipAttributes) attributes = NULL;
  KutipAttribute attribute = { type->name, KUTIP_VALUE_STRING,
                               (const char *const *) values };

  if (values == NULL)
    attributes = kutip_attributes_without (self->attributes, type->name);
  else
    {
      if (type->kind == KUTIP_ATTRIBUTE_FLAG)
        attribute.type = KUTIP_VALUE_FLAG;
      else if (type->multiple)
        attribute.type = KUTIP_VALUE_LIST;
      attributes = kutip_attributes_with (self->attributes, attribute);
    }
  emit_edited (self, attributes);
}

static void
on_remove_clicked (KutipAttributeForm *self, GtkButton *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "kutip-attribute");
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_without (self->attributes, name);

  emit_edited (self, attributes);
}

static void
add_field (KutipAttributeForm *self,
           Page *page,
           const KutipAttributeType *type,
           GArray *taken)
{
  GtkWidget *field = kutip_attribute_field_new (self->tagset, type);
  gboolean own_title =
      kutip_attribute_field_has_own_title (KUTIP_ATTRIBUTE_FIELD (field));
  const char *title = kutip_label_look_get_attribute_title (self->tagset, type->name);
  gunichar mnemonic = kutip_mnemonic_choose (title, taken);
  GtkWidget *row;

  row = kutip_form_row_new (
      self->titles, own_title ? NULL : title,
      kutip_label_look_describe (self->tagset, type->description), field,
      kutip_attribute_field_get_target (KUTIP_ATTRIBUTE_FIELD (field)));
  if (own_title)
    kutip_attribute_field_set_mnemonic (KUTIP_ATTRIBUTE_FIELD (field), mnemonic);
  else
    kutip_form_row_set_mnemonic (KUTIP_FORM_ROW (row), mnemonic);
  if (mnemonic != 0)
    g_array_append_val (page->mnemonics, mnemonic);
  g_signal_connect_object (field, "edited", G_CALLBACK (on_field_edited), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (page->box), row);
  g_ptr_array_add (page->fields, field);
  g_ptr_array_add (page->rows, row);
}

static Page *
create_page (KutipAttributeForm *self, const char *const *names, GArray *taken)
{
  Page *page = g_new0 (Page, 1);

  page->names = names;
  page->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  page->fields = g_ptr_array_new ();
  page->rows = g_ptr_array_new ();
  page->mnemonics = g_array_new (FALSE, FALSE, sizeof (gunichar));
  gtk_box_append (GTK_BOX (self->known), page->box);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      const KutipAttributeType *type =
          kutip_tagset_get_attribute (self->tagset, names[i]);

      if (type != NULL)
        add_field (self, page, type, taken);
    }
  return page;
}

static Page *
find_page (KutipAttributeForm *self, const char *const *names, GArray *taken)
{
  for (guint i = 0; i < self->pages->len; i++)
    {
      Page *page = g_ptr_array_index (self->pages, i);

      if (page->names != names)
        continue;
      g_ptr_array_add (self->pages, g_ptr_array_steal_index (self->pages, i));
      g_array_append_vals (taken, page->mnemonics->data, page->mnemonics->len);
      return page;
    }
  if (self->pages->len >= MAX_PAGES)
    g_ptr_array_remove_index (self->pages, 0);
  g_ptr_array_add (self->pages, create_page (self, names, taken));
  return g_ptr_array_index (self->pages, self->pages->len - 1);
}

static GtkWidget *
create_foreign_content (KutipAttributeForm *self, const KutipAttribute *attribute)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  g_autofree char *words = attribute->type == KUTIP_VALUE_FLAG
                               ? g_strdup (_ ("yes"))
                               : g_strjoinv (", ", (char **) attribute->values);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "foreign-value");
  gtk_box_append (GTK_BOX (box), label);

  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_START);
  kutip_tooltip_set (remove, _ ("Remove this attribute"));
  g_object_set_data_full (G_OBJECT (remove), "kutip-attribute",
                          g_strdup (attribute->name), g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_clicked), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), remove);
  return box;
}

static void
add_foreign (KutipAttributeForm *self, const KutipAttribute *attribute)
{
  GtkWidget *content = create_foreign_content (self, attribute);
  GtkWidget *row = kutip_form_row_new (
      self->titles, kutip_label_look_get_attribute_title (self->tagset, attribute->name),
      _ ("The tag set does not have this attribute here"), content,
      gtk_widget_get_last_child (content));

  gtk_widget_add_css_class (row, "foreign");
  gtk_box_append (GTK_BOX (self->foreign), row);
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_foreign (KutipAttributeForm *self)
{
  clear_box (self->foreign);
  for (guint i = 0; i < kutip_attributes_get_n (self->attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (self->attributes, i);
      KutipAttributeField *field = find_field (self, attribute.name, NULL);

      if (field == NULL ||
          !fits (kutip_attribute_field_get_attribute_type (field), &attribute))
        add_foreign (self, &attribute);
    }
  gtk_widget_set_visible (self->foreign,
                          gtk_widget_get_first_child (self->foreign) != NULL);
}

static void
show_fields (KutipAttributeForm *self)
{
  for (guint i = 0; self->page != NULL && i < self->page->fields->len; i++)
    {
      KutipAttributeField *field = g_ptr_array_index (self->page->fields, i);
      const KutipAttributeType *type = kutip_attribute_field_get_attribute_type (field);
      KutipAttribute attribute;
      gboolean is_set =
          kutip_attributes_lookup (self->attributes, type->name, &attribute);
      gboolean shows = is_set && fits (type, &attribute);

      kutip_attribute_field_set_values (field, shows ? attribute.values : NULL);
      /* A value that does not fit is removed first, then given anew. */
      gtk_widget_set_visible (g_ptr_array_index (self->page->rows, i), shows || !is_set);
    }
}

static void
kutip_attribute_form_dispose (GObject *object)
{
  KutipAttributeForm *self = KUTIP_ATTRIBUTE_FORM (object);

  self->page = NULL;
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->known, gtk_widget_unparent);
  g_clear_pointer (&self->foreign, gtk_widget_unparent);
  g_clear_object (&self->titles);
  G_OBJECT_CLASS (kutip_attribute_form_parent_class)->dispose (object);
}

static void
kutip_attribute_form_finalize (GObject *object)
{
  KutipAttributeForm *self = KUTIP_ATTRIBUTE_FORM (object);

  g_clear_pointer (&self->attributes, kutip_attributes_unref);
  g_clear_object (&self->tagset);
  G_OBJECT_CLASS (kutip_attribute_form_parent_class)->finalize (object);
}

static void
kutip_attribute_form_class_init (KutipAttributeFormClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_attribute_form_dispose;
  object_class->finalize = kutip_attribute_form_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);

  signals[EDITED] =
      g_signal_new ("edited", KUTIP_TYPE_ATTRIBUTE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, KUTIP_TYPE_ATTRIBUTES);
}

static void
kutip_attribute_form_init (KutipAttributeForm *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->pages = g_ptr_array_new_with_free_func (page_free);
  self->known = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->known, GTK_WIDGET (self));
  self->foreign = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (self->foreign, FALSE);
  gtk_widget_set_parent (self->foreign, GTK_WIDGET (self));
}

GtkWidget *
kutip_attribute_form_new (GtkSizeGroup *titles)
{
  KutipAttributeForm *self = g_object_new (KUTIP_TYPE_ATTRIBUTE_FORM, NULL);

  self->titles = g_object_ref (titles);
  return GTK_WIDGET (self);
}

void
kutip_attribute_form_set_types (KutipAttributeForm *self,
                                KutipTagset *tagset,
                                const char *const *names,
                                GArray *taken)
{
  g_return_if_fail (KUTIP_IS_ATTRIBUTE_FORM (self));

  if (self->page != NULL)
    gtk_widget_set_visible (self->page->box, FALSE);
  self->page = NULL;
  if (g_set_object (&self->tagset, tagset))
    g_ptr_array_set_size (self->pages, 0);
  clear_box (self->foreign);
  gtk_widget_set_visible (self->foreign, FALSE);
  g_clear_pointer (&self->attributes, kutip_attributes_unref);

  self->page = find_page (self, names, taken);
  gtk_widget_set_visible (self->page->box, TRUE);
  gtk_widget_set_visible (self->known, self->page->fields->len > 0);
}

void
kutip_attribute_form_set_attributes (KutipAttributeForm *self,
                                     KutipAttributes *attributes)
{
  g_return_if_fail (KUTIP_IS_ATTRIBUTE_FORM (self));

  if (attributes != NULL)
    kutip_attributes_ref (attributes);
  g_clear_pointer (&self->attributes, kutip_attributes_unref);
  self->attributes = attributes;
  show_foreign (self);
  show_fields (self);
}

void
kutip_attribute_form_set_hint (KutipAttributeForm *self,
                               const char *name,
                               const char *hint)
{
  guint position;

  g_return_if_fail (KUTIP_IS_ATTRIBUTE_FORM (self));

  if (find_field (self, name, &position) != NULL)
    kutip_form_row_set_hint (g_ptr_array_index (self->page->rows, position), hint);
}

void
kutip_attribute_form_clear_hints (KutipAttributeForm *self)
{
  g_return_if_fail (KUTIP_IS_ATTRIBUTE_FORM (self));

  for (guint i = 0; self->page != NULL && i < self->page->rows->len; i++)
    kutip_form_row_set_hint (g_ptr_array_index (self->page->rows, i), NULL);
}

gboolean
kutip_attribute_form_is_empty (KutipAttributeForm *self)
{
  g_return_val_if_fail (KUTIP_IS_ATTRIBUTE_FORM (self), TRUE);

  return (self->page == NULL || self->page->fields->len == 0) &&
         !gtk_widget_get_visible (self->foreign);
}

void
kutip_attribute_form_commit (KutipAttributeForm *self)
{
  g_return_if_fail (KUTIP_IS_ATTRIBUTE_FORM (self));

  for (guint i = 0; self->page != NULL && i < self->page->fields->len; i++)
    kutip_attribute_field_commit (g_ptr_array_index (self->page->fields, i));
}

gboolean
kutip_attribute_form_focus_nth (KutipAttributeForm *self, guint nth)
{
  g_return_val_if_fail (KUTIP_IS_ATTRIBUTE_FORM (self), FALSE);

  if (self->page == NULL || nth >= self->page->fields->len)
    return FALSE;
  return gtk_widget_grab_focus (
      kutip_attribute_field_get_target (g_ptr_array_index (self->page->fields, nth)));
}
