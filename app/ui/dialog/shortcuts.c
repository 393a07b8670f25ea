/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/dialog/shortcuts.h"

#include "ui/commands.h"
#include "ui/label-look.h"

#include <glib/gi18n.h>

static void
append_shortcut (GString *xml, const char *title, const char *accelerators)
{
  g_autofree char *row = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
      "<property name='accelerator'>%s</property></object></child>\n",
      title, accelerators);

  g_string_append (xml, row);
}

static void
open_group (GString *xml, const char *title)
{
  g_autofree char *start = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>\n",
      title);

  g_string_append (xml, start);
}

static void
close_group (GString *xml)
{
  g_string_append (xml, "</object></child>\n");
}

static void
append_command (GString *xml, const KutipCommand *command)
{
  g_autofree char *keys =
      g_strjoin (" ", command->keys != NULL ? command->keys : command->accels,
                 command->keys != NULL ? command->accels : NULL, NULL);

  append_shortcut (xml, _ (command->title), keys);
}

static void
append_labels (GString *xml, KutipTagset *tagset)
{
  gboolean any = FALSE;

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);
      g_autofree char *mark = NULL, *change = NULL, *title = NULL;

      if (label->key == 0)
        continue;
      if (!any)
        open_group (xml, _ ("Labels"));
      any = TRUE;
      mark = gtk_accelerator_name (gdk_unicode_to_keyval (label->key), 0);
      change = gtk_accelerator_name (gdk_unicode_to_keyval (label->key), GDK_ALT_MASK);
      /* Translators: %s is a label, for example Quote. */
      title = g_strdup_printf (_ ("Mark as %s"),
                                  kutip_label_look_get (tagset, label->name)->title);
      append_shortcut (xml, title, mark);
      g_clear_pointer (&title, g_free);
      /* Translators: %s is a label, for example Quote. */
      title = g_strdup_printf (_ ("Change the span to %s"),
                                  kutip_label_look_get (tagset, label->name)->title);
      append_shortcut (xml, title, change);
    }
  if (any)
    close_group (xml);
}

char *
kutip_shortcuts_describe (KutipTagset *tagset)
{
  GString *xml =
      g_string_new ("<interface><object class='GtkShortcutsWindow' id='shortcuts'>"
                    "<property name='modal'>1</property><child>"
                    "<object class='GtkShortcutsSection'>"
                    "<property name='section-name'>kutip</property>"
                    "<property name='max-height'>12</property>\n");
  const KutipCommand *commands;
  const char *group = NULL;
  guint n;

  if (tagset != NULL)
    append_labels (xml, tagset);
  commands = kutip_commands_list (&n);
  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (group, commands[i].group) != 0)
        {
          if (group != NULL)
            close_group (xml);
          group = commands[i].group;
          open_group (xml, _ (group));
        }
      append_command (xml, &commands[i]);
    }
  close_group (xml);
  g_string_append (xml, "</object></child></object></interface>");
  return g_string_free (xml, FALSE);
}

void
kutip_shortcuts_present (GtkWindow *parent, KutipTagset *tagset)
{
  g_autofree char *xml = kutip_shortcuts_describe (tagset);
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GError) error = NULL;
  GtkWindow *window;

  if (!gtk_builder_add_from_string (builder, xml, -1, &error))
    g_error ("the shortcuts window: %s", error->message);

  window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
  if (parent != NULL)
    {
      gtk_window_set_transient_for (window, parent);
      gtk_window_set_application (window, gtk_window_get_application (parent));
    }
  gtk_window_present (window);
}
