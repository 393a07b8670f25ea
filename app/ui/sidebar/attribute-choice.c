/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attributes whose values are listed: a drop-down, buttons side by side, or, for several
 * values, check buttons. */
#include "ui/foreign-words.h"
#include "ui/label/label-look.h"
#include "ui/sidebar/attribute-field-private.h"
#include "ui/sidebar/drop-down-look.h"

#include <glib/gi18n.h>

/* Code points shown of a value that the tag set lacks. */
#define MOST_VALUE_CHARS 60

static char **
dup_one (const char *value)
{
  char **values;

  if (value == NULL)
    return NULL;
  values = g_new0 (char *, 2);
  values[0] = g_strdup (value);
  return values;
}

static const char *
get_first (const char *const *values)
{
  return values != NULL ? values[0] : NULL;
}

static gboolean
is_listed (KutipAttributeField *self, const char *value)
{
  return g_strv_contains (self->type->values, value);
}

static char *
make_title (KutipAttributeField *self, const char *value)
{
  g_autofree char *safe = NULL;

  if (value == NULL)
    /* Translators: the value of an attribute for which none has been chosen. */
    return g_strdup (_ ("Not set"));
  if (is_listed (self, value))
    return g_strdup (kutip_label_look_translate (self->tagset, value));
  safe = kutip_foreign_words (value, MOST_VALUE_CHARS);
  /* Translators: %s is the value of an attribute, as it stands in a file. */
  return g_strdup_printf (_ ("%s (not in the tag set)"), safe);
}

/* "Not set" is there when it is so, or can become so: a value with a default always has
 * one. */
static void
collect_choices (KutipAttributeField *self, const char *value)
{
  g_ptr_array_set_size (self->choices, 0);
  if (value == NULL || self->type->default_value == NULL)
    g_ptr_array_add (self->choices, NULL);
  for (guint i = 0; self->type->values[i] != NULL; i++)
    g_ptr_array_add (self->choices, g_strdup (self->type->values[i]));
  if (value != NULL && !is_listed (self, value))
    g_ptr_array_add (self->choices, g_strdup (value));
}

static guint
find_choice (KutipAttributeField *self, const char *value)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->choices, i), value) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
build_drop_down (KutipAttributeField *self)
{
  self->content = gtk_drop_down_new (NULL, NULL);
  kutip_drop_down_look_apply_text (GTK_DROP_DOWN (self->content));
  g_signal_connect_object (self->content, "notify::selected",
                           G_CALLBACK (kutip_attribute_field_notice), self,
                           G_CONNECT_SWAPPED);
}

static void
show_drop_down (KutipAttributeField *self, const char *const *values)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  collect_choices (self, get_first (values));
  for (guint i = 0; i < self->choices->len; i++)
    g_ptr_array_add (titles, make_title (self, g_ptr_array_index (self->choices, i)));
  g_ptr_array_add (titles, NULL);
  kutip_drop_down_look_set_strings (GTK_DROP_DOWN (self->content),
                                    (const char *const *) titles->pdata);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->content),
                              find_choice (self, get_first (values)));
}

static char **
read_drop_down (KutipAttributeField *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->content));

  return selected < self->choices->len
             ? dup_one (g_ptr_array_index (self->choices, selected))
             : NULL;
}

const KutipFieldKind kutip_field_kind_drop_down = {
  build_drop_down,
  show_drop_down,
  read_drop_down,
};

/* Only one is down. The one that is down can be lifted where "not set" is possible. */
static void
on_toggle_toggled (GtkToggleButton *toggle, gpointer data)
{
  KutipAttributeField *self = data;
  gboolean down = gtk_toggle_button_get_active (toggle);

  if (self->is_showing)
    return;

  self->is_showing = TRUE;
  if (down)
    {
      for (guint i = 0; i < self->parts->len; i++)
        if (g_ptr_array_index (self->parts, i) != toggle)
          gtk_toggle_button_set_active (g_ptr_array_index (self->parts, i), FALSE);
    }
  else if (self->type->default_value != NULL)
    gtk_toggle_button_set_active (toggle, TRUE);
  self->is_showing = FALSE;
  kutip_attribute_field_notice (self);
}

static void
build_toggles (KutipAttributeField *self)
{
  self->content =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (self->content, "linked");
  gtk_widget_add_css_class (self->content, "value-toggles");
}

static void
add_toggle (KutipAttributeField *self, const char *value)
{
  g_autofree char *title = make_title (self, value);
  GtkWidget *toggle = gtk_toggle_button_new_with_label (title);

  gtk_widget_set_hexpand (toggle, TRUE);
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (on_toggle_toggled), self,
                           G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (self->content), toggle);
  g_ptr_array_add (self->parts, toggle);
}

static gboolean
has_choices (KutipAttributeField *self, GPtrArray *wanted)
{
  if (self->parts->len != wanted->len || self->choices->len != wanted->len)
    return FALSE;
  for (guint i = 0; i < wanted->len; i++)
    if (g_strcmp0 (g_ptr_array_index (wanted, i), g_ptr_array_index (self->choices, i)) !=
        0)
      return FALSE;
  return TRUE;
}

/* Makes the buttons for the listed values and for those of @values that are not listed,
 * unless they are there already: they keep the focus then. */
static void
ensure_buttons (KutipAttributeField *self,
                const char *const *values,
                void (*add) (KutipAttributeField *self, const char *value))
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *child;

  for (guint i = 0; self->type->values[i] != NULL; i++)
    g_ptr_array_add (wanted, g_strdup (self->type->values[i]));
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    if (!is_listed (self, values[i]))
      g_ptr_array_add (wanted, g_strdup (values[i]));
  if (has_choices (self, wanted))
    return;

  g_ptr_array_set_size (self->parts, 0);
  while ((child = gtk_widget_get_first_child (self->content)) != NULL)
    gtk_box_remove (GTK_BOX (self->content), child);
  g_ptr_array_unref (self->choices);
  self->choices = g_steal_pointer (&wanted);
  for (guint i = 0; i < self->choices->len; i++)
    add (self, g_ptr_array_index (self->choices, i));
}

static void
show_toggles (KutipAttributeField *self, const char *const *values)
{
  ensure_buttons (self, values, add_toggle);
  for (guint i = 0; i < self->parts->len; i++)
    gtk_toggle_button_set_active (
        g_ptr_array_index (self->parts, i),
        g_strcmp0 (g_ptr_array_index (self->choices, i), get_first (values)) == 0);
}

static char **
read_toggles (KutipAttributeField *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->parts, i)))
      return dup_one (g_ptr_array_index (self->choices, i));
  return NULL;
}

const KutipFieldKind kutip_field_kind_toggles = {
  build_toggles,
  show_toggles,
  read_toggles,
};

/* A check button whose title is wrapped rather than making the pane wide. */
static GtkWidget *
create_check (const char *title)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (check),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  return check;
}

static void
build_checks (KutipAttributeField *self)
{
  self->content = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (self->content, "value-checks");
}

static void
add_check (KutipAttributeField *self, const char *value)
{
  g_autofree char *title = make_title (self, value);
  GtkWidget *check = create_check (title);

  g_signal_connect_object (check, "toggled", G_CALLBACK (kutip_attribute_field_notice),
                           self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->content), check);
  g_ptr_array_add (self->parts, check);
}

static void
show_checks (KutipAttributeField *self, const char *const *values)
{
  ensure_buttons (self, values, add_check);
  for (guint i = 0; i < self->parts->len; i++)
    gtk_check_button_set_active (
        g_ptr_array_index (self->parts, i),
        values != NULL && g_strv_contains (values, g_ptr_array_index (self->choices, i)));
}

/* What was there keeps its order; what is new comes behind it in the order of the tag
 * set. */
static char **
read_checks (KutipAttributeField *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; self->shown != NULL && self->shown[i] != NULL; i++)
    {
      guint at = find_choice (self, self->shown[i]);

      if (at < self->parts->len &&
          gtk_check_button_get_active (g_ptr_array_index (self->parts, at)))
        {
          g_strv_builder_add (builder, self->shown[i]);
          n++;
        }
    }
  for (guint i = 0; i < self->parts->len; i++)
    {
      const char *value = g_ptr_array_index (self->choices, i);

      if (gtk_check_button_get_active (g_ptr_array_index (self->parts, i)) &&
          (self->shown == NULL ||
           !g_strv_contains ((const char *const *) self->shown, value)))
        {
          g_strv_builder_add (builder, value);
          n++;
        }
    }
  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

const KutipFieldKind kutip_field_kind_checks = {
  build_checks,
  show_checks,
  read_checks,
};

static void
build_flag (KutipAttributeField *self)
{
  const char *title =
      kutip_label_look_get_attribute_title (self->tagset, self->type->name);

  self->content = create_check (title);
  g_signal_connect_object (self->content, "toggled",
                           G_CALLBACK (kutip_attribute_field_notice), self,
                           G_CONNECT_SWAPPED);
}

static void
show_flag (KutipAttributeField *self, const char *const *values)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->content), values != NULL);
}

static char **
read_flag (KutipAttributeField *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->content))
             ? g_new0 (char *, 1)
             : NULL;
}

const KutipFieldKind kutip_field_kind_flag = {
  build_flag,
  show_flag,
  read_flag,
};
