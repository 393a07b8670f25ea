/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/dialog/shortcuts.h"

#include "ui/article/article-view.h"
#include "ui/commands.h"
#include "ui/find/find-bar.h"
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
close_object (GString *xml)
{
  g_string_append (xml, "</object></child>\n");
}

/* The plain keys first; those of the number pad go without saying. */
static char *
join_keys (const KutipCommand *command)
{
  const char *const lists[] = { command->keys, command->accels };
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_auto (GStrv) keys = g_strsplit (lists[i] != NULL ? lists[i] : "", " ", -1);

      for (guint j = 0; keys[j] != NULL; j++)
        if (strstr (keys[j], "KP_") == NULL)
          g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", keys[j]);
    }
  return g_string_free (joined, FALSE);
}

static void
append_command (GString *xml, const KutipCommand *command)
{
  g_autofree char *keys = join_keys (command);

  append_shortcut (xml, _ (command->title), keys);
}

/* "<Alt>1...4" when the labels' keys are a row of digits, else each of them. */
static char *
join_label_keys (KutipTagset *tagset, GdkModifierType modifiers)
{
  GString *joined = g_string_new (NULL);
  gunichar first = 0, last = 0;
  gboolean in_row = TRUE;

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      gunichar key = kutip_tagset_get_nth_label (tagset, i)->key;
      g_autofree char *name = NULL;

      if (key == 0)
        continue;
      in_row = in_row && g_unichar_isdigit (key) && (last == 0 || key == last + 1);
      first = first == 0 ? key : first;
      last = key;
      name = gtk_accelerator_name (gdk_unicode_to_keyval (key), modifiers);
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", name);
    }
  if (in_row && first != last)
    {
      g_autofree char *prefix = gtk_accelerator_name (0, modifiers);

      g_string_assign (joined, prefix);
      g_string_append_unichar (joined, first);
      g_string_append (joined, "...");
      g_string_append_unichar (joined, last);
    }
  return g_string_free (joined, FALSE);
}

static void
append_labels (GString *xml, KutipTagset *tagset)
{
  g_autofree char *others = join_label_keys (tagset, GDK_ALT_MASK);
  g_autofree char *rests = join_label_keys (tagset, GDK_SHIFT_MASK);
  g_autofree char *seconds = join_label_keys (tagset, GDK_ALT_MASK | GDK_SHIFT_MASK);

  if (*others == '\0')
    return;

  open_group (xml, _ ("Labels"));
  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);
      g_autofree char *key = NULL;
      g_autofree char *title = NULL;

      if (label->key == 0)
        continue;
      key = gtk_accelerator_name (gdk_unicode_to_keyval (label->key), 0);
      /* Translators: %s is a label, for example Quote. */
      title = g_strdup_printf (_ ("Mark as %s"),
                               kutip_label_look_get (tagset, label->name)->title);
      append_shortcut (xml, title, key);
    }
  append_shortcut (xml, _ ("Mark the rest of the sentence"), rests);
  append_shortcut (xml, _ ("Give the span another label"), others);
  append_shortcut (xml, _ ("Mark the same text with another label too"), seconds);
  close_object (xml);
}

static void
append_keys_of_view (GString *xml, const char *title, const KutipArticleKey *keys)
{
  open_group (xml, title);
  for (const KutipArticleKey *key = keys; key->action != NULL; key++)
    append_shortcut (xml, _ (key->title), key->keys);
  close_object (xml);
}

static void
append_groups (GString *xml, const KutipCommandGroup *groups, guint n_groups)
{
  guint n;
  const KutipCommand *commands = kutip_commands_list (&n);

  for (guint i = 0; i < n_groups; i++)
    {
      open_group (xml, kutip_commands_get_title (groups[i]));
      for (guint j = 0; j < n; j++)
        if (commands[j].group == groups[i])
          append_command (xml, &commands[j]);
      close_object (xml);
    }
}

/* GtkShortcutsSection mixes up the order of groups that do not fit on one page, so each
 * section is kept to one, of two columns. */
static void
open_section (GString *xml, const char *name, const char *title)
{
  g_autofree char *start = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsSection'><property "
      "name='section-name'>%s</property>"
      "<property name='title'>%s</property><property name='max-height'>14</property>\n",
      name, title);

  g_string_append (xml, start);
}

char *
kutip_shortcuts_describe (KutipTagset *tagset)
{
  const KutipCommandGroup annotating[] = { KUTIP_COMMANDS_MARKING };
  const KutipCommandGroup links[] = { KUTIP_COMMANDS_LINKS };
  const KutipCommandGroup shaping[] = { KUTIP_COMMANDS_SHAPING };
  const KutipCommandGroup reading[] = { KUTIP_COMMANDS_MOVING, KUTIP_COMMANDS_READING };
  const KutipCommandGroup finding[] = { KUTIP_COMMANDS_FINDING,
                                        KUTIP_COMMANDS_REVIEWING };
  const KutipCommandGroup program[] = { KUTIP_COMMANDS_ARTICLES, KUTIP_COMMANDS_WINDOW };
  GString *xml = g_string_new ("<interface><object class='GtkShortcutsWindow' "
                               "id='shortcuts'><property name='modal'>1</property>\n");

  open_section (xml, "annotating", _ ("Annotating"));
  if (tagset != NULL)
    append_labels (xml, tagset);
  append_groups (xml, annotating, G_N_ELEMENTS (annotating));
  close_object (xml);

  open_section (xml, "links", kutip_commands_get_title (KUTIP_COMMANDS_LINKS));
  append_groups (xml, links, G_N_ELEMENTS (links));
  close_object (xml);

  open_section (xml, "shaping", _ ("Extent of a span"));
  append_groups (xml, shaping, G_N_ELEMENTS (shaping));
  close_object (xml);

  open_section (xml, "reading", _ ("Reading and selecting"));
  append_groups (xml, reading, G_N_ELEMENTS (reading));
  append_keys_of_view (xml, _ ("Selecting"), kutip_article_view_list_keys ());
  close_object (xml);

  open_section (xml, "finding", _ ("Finding"));
  append_groups (xml, finding, G_N_ELEMENTS (finding));
  append_keys_of_view (xml, _ ("In the search"), kutip_find_bar_list_keys ());
  close_object (xml);

  open_section (xml, "program", _ ("Articles and window"));
  append_groups (xml, program, G_N_ELEMENTS (program));
  close_object (xml);
  g_string_append (xml, "</object></interface>");
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
