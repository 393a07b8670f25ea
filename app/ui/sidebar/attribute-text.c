/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attributes of free text: one entry, or for several values one a value and an empty one
 * below. */
#include "ui/label/label-look.h"
#include "ui/sidebar/attribute-field-private.h"

#include <glib/gi18n.h>

static const char *
get_text (KutipAttributeField *self, guint i)
{
  return gtk_editable_get_text (g_ptr_array_index (self->parts, i));
}

static char **
read_entries (KutipAttributeField *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; i < self->parts->len; i++)
    if (*get_text (self, i) != '\0')
      {
        g_strv_builder_add (builder, get_text (self, i));
        n++;
      }
  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

/* The caret stays where it was, as far as the new text has such a place. */
static void
set_text (GtkEditable *entry, const char *text)
{
  int caret = gtk_editable_get_position (entry);

  if (g_strcmp0 (gtk_editable_get_text (entry), text) == 0)
    return;
  gtk_editable_set_text (entry, text);
  gtk_editable_set_position (entry, caret);
}

static void
show_entries (KutipAttributeField *self, const char *const *values)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      gboolean in_values = values != NULL && i < g_strv_length ((char **) values);

      set_text (g_ptr_array_index (self->parts, i), in_values ? values[i] : "");
    }
}

/* Escape takes back what has been written since it was last applied; with nothing to take
 * back, the key is not ours. */
static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  KutipAttributeField *self = data;
  g_auto (GStrv) values = self->kind->read (self);

  if (values == NULL && self->shown == NULL)
    return FALSE;
  if (values != NULL && self->shown != NULL &&
      g_strv_equal ((const char *const *) values, (const char *const *) self->shown))
    return FALSE;

  self->is_showing = TRUE;
  self->kind->show (self, (const char *const *) self->shown);
  self->is_showing = FALSE;
  return TRUE;
}

static GtkWidget *
add_entry (KutipAttributeField *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  const char *title =
      kutip_label_look_get_attribute_title (self->tagset, self->type->name);

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  if (self->type->kind == KUTIP_ATTRIBUTE_DATE)
    /* Translators: the form of a date in an empty field. */
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("YYYY-MM-DD"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (kutip_attribute_field_notice),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (kutip_attribute_field_notice),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"),
                        gtk_callback_action_new (on_escape, self, NULL)));
  gtk_widget_add_controller (entry, keys);
  g_ptr_array_add (self->parts, entry);
  return entry;
}

static void
build_entry (KutipAttributeField *self)
{
  self->content = add_entry (self);
}

const KutipFieldKind kutip_field_kind_entry = {
  build_entry,
  show_entries,
  read_entries,
};

static void
build_entries (KutipAttributeField *self)
{
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
}

/* Always one empty entry below the values, to write another one into. Entries are only
 * added and taken away at the end, so that the one with the focus stays. */
static void
show_growing_entries (KutipAttributeField *self, const char *const *values)
{
  guint n_wanted = (values != NULL ? g_strv_length ((char **) values) : 0) + 1;

  while (self->parts->len < n_wanted)
    {
      GtkWidget *entry = add_entry (self);

      gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Add another"));
      gtk_box_append (GTK_BOX (self->content), entry);
    }
  while (self->parts->len > n_wanted)
    gtk_box_remove (GTK_BOX (self->content),
                    g_ptr_array_steal_index (self->parts, self->parts->len - 1));
  show_entries (self, values);
}

const KutipFieldKind kutip_field_kind_entries = {
  build_entries,
  show_growing_entries,
  read_entries,
};
