/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/attribute-field-private.h"

#include "ui/label/label-look.h"
#include "ui/sidebar/mnemonic.h"

/* A row of buttons is quicker than a drop-down, as long as it fits into a narrow pane. */
#define MAX_TOGGLES 4
#define MAX_TOGGLE_CHARS 18

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipAttributeField, kutip_attribute_field, GTK_TYPE_WIDGET)

static gboolean
is_same (const char *const *a, const char *const *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal (a, b);
}

static gboolean
fits_toggles (KutipTagset *tagset, const KutipAttributeType *type)
{
  guint n_values = g_strv_length ((char **) type->values);
  glong n_chars = 0;

  for (guint i = 0; i < n_values; i++)
    n_chars += g_utf8_strlen (kutip_label_look_translate (tagset, type->values[i]), -1);
  return n_values <= MAX_TOGGLES && n_chars <= MAX_TOGGLE_CHARS;
}

static const KutipFieldKind *
choose_kind (KutipTagset *tagset, const KutipAttributeType *type)
{
  switch (type->kind)
    {
    case KUTIP_ATTRIBUTE_FLAG:
      return &kutip_field_kind_flag;
    case KUTIP_ATTRIBUTE_DATE:
    case KUTIP_ATTRIBUTE_TEXT:
      return type->multiple ? &kutip_field_kind_entries : &kutip_field_kind_entry;
    case KUTIP_ATTRIBUTE_CHOICE:
    default:
      if (type->multiple)
        return &kutip_field_kind_checks;
      return fits_toggles (tagset, type) ? &kutip_field_kind_toggles
                                         : &kutip_field_kind_drop_down;
    }
}

static void
show (KutipAttributeField *self)
{
  self->is_showing = TRUE;
  self->kind->show (self, (const char *const *) self->shown);
  self->is_showing = FALSE;
}

static void
kutip_attribute_field_dispose (GObject *object)
{
  KutipAttributeField *self = KUTIP_ATTRIBUTE_FIELD (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (kutip_attribute_field_parent_class)->dispose (object);
}

static void
kutip_attribute_field_finalize (GObject *object)
{
  KutipAttributeField *self = KUTIP_ATTRIBUTE_FIELD (object);

  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_strfreev);
  g_clear_object (&self->tagset);
  G_OBJECT_CLASS (kutip_attribute_field_parent_class)->finalize (object);
}

static void
kutip_attribute_field_class_init (KutipAttributeFieldClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_attribute_field_dispose;
  object_class->finalize = kutip_attribute_field_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[EDITED] = g_signal_new ("edited", KUTIP_TYPE_ATTRIBUTE_FIELD, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_attribute_field_init (KutipAttributeField *self)
{
  self->parts = g_ptr_array_new ();
  self->choices = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
kutip_attribute_field_new (KutipTagset *tagset, const KutipAttributeType *type)
{
  KutipAttributeField *self = g_object_new (KUTIP_TYPE_ATTRIBUTE_FIELD, NULL);

  self->tagset = g_object_ref (tagset);
  self->type = type;
  self->kind = choose_kind (tagset, type);
  self->kind->build (self);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  show (self);
  return GTK_WIDGET (self);
}

const KutipAttributeType *
kutip_attribute_field_get_attribute_type (KutipAttributeField *self)
{
  g_return_val_if_fail (KUTIP_IS_ATTRIBUTE_FIELD (self), NULL);

  return self->type;
}

GtkWidget *
kutip_attribute_field_get_target (KutipAttributeField *self)
{
  g_return_val_if_fail (KUTIP_IS_ATTRIBUTE_FIELD (self), NULL);

  return self->parts->len > 0 ? g_ptr_array_index (self->parts, 0) : self->content;
}

gboolean
kutip_attribute_field_has_own_title (KutipAttributeField *self)
{
  g_return_val_if_fail (KUTIP_IS_ATTRIBUTE_FIELD (self), FALSE);

  return self->kind == &kutip_field_kind_flag;
}

void
kutip_attribute_field_set_mnemonic (KutipAttributeField *self, gunichar mnemonic)
{
  const char *title =
      kutip_label_look_get_attribute_title (self->tagset, self->type->name);
  g_autofree char *marked = kutip_mnemonic_mark (title, mnemonic);
  GtkWidget *label;

  g_return_if_fail (KUTIP_IS_ATTRIBUTE_FIELD (self));
  g_return_if_fail (kutip_attribute_field_has_own_title (self));

  label = gtk_check_button_get_child (GTK_CHECK_BUTTON (self->content));
  gtk_label_set_text_with_mnemonic (GTK_LABEL (label), marked);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->content);
}

void
kutip_attribute_field_set_values (KutipAttributeField *self, const char *const *values)
{
  g_return_if_fail (KUTIP_IS_ATTRIBUTE_FIELD (self));

  if (is_same ((const char *const *) self->shown, values))
    return;

  g_strfreev (self->shown);
  self->shown = g_strdupv ((char **) values);
  show (self);
}

char **
kutip_attribute_field_dup_values (KutipAttributeField *self)
{
  g_return_val_if_fail (KUTIP_IS_ATTRIBUTE_FIELD (self), NULL);

  return self->kind->read (self);
}

void
kutip_attribute_field_notice (KutipAttributeField *self)
{
  g_auto (GStrv) values = NULL;

  if (self->is_showing)
    return;

  values = self->kind->read (self);
  if (is_same ((const char *const *) values, (const char *const *) self->shown))
    return;

  g_object_ref (self);
  g_signal_emit (self, signals[EDITED], 0);
  /* Whoever took the edit has shown the new value by now; if it was refused, the old one
   * is back. */
  if (!is_same ((const char *const *) values, (const char *const *) self->shown))
    show (self);
  g_object_unref (self);
}

void
kutip_attribute_field_commit (KutipAttributeField *self)
{
  g_return_if_fail (KUTIP_IS_ATTRIBUTE_FIELD (self));

  kutip_attribute_field_notice (self);
}
