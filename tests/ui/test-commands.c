/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset-json.h"
#include "ui/application.h"
#include "ui/article/article-view.h"
#include "ui/commands.h"
#include "ui/dialog/shortcuts.h"
#include "ui/window-private.h"

#include <string.h>

/* Set once: an application can be started only once in a process. */
static KutipApplication *application;

static GActionGroup *
get_group (KutipWindow *window, const char *prefix)
{
  if (g_str_equal (prefix, "app"))
    return G_ACTION_GROUP (application);
  if (g_str_equal (prefix, "win"))
    return G_ACTION_GROUP (window);
  g_assert_cmpstr (prefix, ==, "annotation");
  return G_ACTION_GROUP (window->annotation_actions);
}

static KutipWindow *
open_window (void)
{
  return kutip_window_new (GTK_APPLICATION (application),
                           kutip_application_get_preferences (application));
}

static void
close_window (KutipWindow *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (window);
}

static void
test_actions_exist (void)
{
  KutipWindow *window = open_window ();
  guint n;
  const KutipCommand *commands = kutip_commands_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) parts = NULL;
      const GVariantType *type;
      GActionGroup *group;

      g_assert_true (
          g_action_parse_detailed_name (commands[i].action, &name, &target, &error));
      g_assert_no_error (error);
      parts = g_strsplit (name, ".", 2);
      group = get_group (window, parts[0]);
      if (!g_action_group_has_action (group, parts[1]))
        g_error ("there is no action %s", name);
      type = g_action_group_get_action_parameter_type (group, parts[1]);
      if (type == NULL)
        g_assert_null (target);
      else
        g_assert_true (target != NULL && g_variant_is_of_type (target, type));
    }
  close_window (window);
}

static gboolean
has_command (const char *prefix, const char *action)
{
  guint n;
  const KutipCommand *commands = kutip_commands_list (&n);
  g_autofree char *name = g_strdup_printf ("%s.%s", prefix, action);

  for (guint i = 0; i < n; i++)
    {
      gsize length = strcspn (commands[i].action, ":(");

      if (strlen (name) == length && strncmp (commands[i].action, name, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* No action without a key. */
static void
test_every_action_has_a_key (void)
{
  static const struct
  {
    const char *action;
    const char *reason;
  } without[] = {
    { "annotation.mark", "the label's own key" },
    { "annotation.mark-rest", "Shift and the label's own key" },
    { "annotation.set-label", "Alt and the label's own key" },
    { "annotation.duplicate", "Alt, Shift and the label's own key" },
    { "win.open-uri", "a row of a menu that opens by key" },
    { "win.open-samples", "a button of the empty window, with a mnemonic" },
    { "win.save-elsewhere", "a button of a notice, with a mnemonic" },
    { "win.show-folder", "a button of a notice, with a mnemonic" },
    { "app.samples", "an option of the command line" },
    { "app.about", "a row of the menu that F10 opens" },
  };
  const char *const prefixes[] = { "app", "win", "annotation" };
  KutipWindow *window = open_window ();

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_auto (GStrv) actions =
          g_action_group_list_actions (get_group (window, prefixes[i]));

      for (guint j = 0; actions[j] != NULL; j++)
        {
          g_autofree char *name = g_strdup_printf ("%s.%s", prefixes[i], actions[j]);
          gboolean excused = FALSE;

          for (guint k = 0; k < G_N_ELEMENTS (without); k++)
            excused = excused || g_str_equal (without[k].action, name);
          if (has_command (prefixes[i], actions[j]) == excused)
            g_error ("%s: %s", name, excused ? "has a key after all" : "has no key");
        }
    }
  close_window (window);
}

static gboolean
is_listed (const char *action)
{
  for (const KutipArticleKey *key = kutip_article_view_list_keys (); key->action != NULL;
       key++)
    if (g_str_equal (key->action, action))
      return TRUE;
  return FALSE;
}

/* The article's own actions and its list of keys name the same. */
static void
test_article_keys (void)
{
  GtkWidgetClass *class = g_type_class_ref (KUTIP_TYPE_ARTICLE_VIEW);
  g_autoptr (GHashTable) installed =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GVariantType *parameter;
  const char *name, *property;
  GType owner;

  for (guint i = 0;
       gtk_widget_class_query_action (class, i, &owner, &name, &parameter, &property);
       i++)
    {
      if (owner != KUTIP_TYPE_ARTICLE_VIEW)
        continue;
      g_hash_table_add (installed, g_strdup (name));
      /* The window's "win.show-links" has the key for that. */
      if (is_listed (name) == g_str_equal (name, "article.show-all-links"))
        g_error ("%s has no key", name);
    }
  for (const KutipArticleKey *key = kutip_article_view_list_keys (); key->action != NULL;
       key++)
    if (!g_hash_table_contains (installed, key->action))
      g_error ("there is no %s", key->action);
  g_type_class_unref (class);
}

static void
add_keys (GHashTable *seen, const char *keys, const char *owner)
{
  g_auto (GStrv) words = g_strsplit (keys != NULL ? keys : "", " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GtkShortcutTrigger) trigger =
          gtk_shortcut_trigger_parse_string (words[i]);
      g_autofree char *name = NULL;

      if (trigger == NULL || GTK_IS_NEVER_TRIGGER (trigger))
        g_error ("“%s” of %s is no key", words[i], owner);
      name = gtk_shortcut_trigger_to_string (trigger);
      if (g_hash_table_contains (seen, name))
        g_error ("%s is a key of %s and of %s", name, owner,
                 (char *) g_hash_table_lookup (seen, name));
      g_hash_table_insert (seen, g_steal_pointer (&name), g_strdup (owner));
    }
}

/* Nor with the keys of the article, nor with those of any shipped tag set. */
static void
test_no_key_twice (void)
{
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n;
  const KutipCommand *commands = kutip_commands_list (&n);
  const char *const *builtin = kutip_tagset_list_builtin ();

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (commands[i].accels != NULL || commands[i].keys != NULL);
      add_keys (seen, commands[i].accels, commands[i].action);
      add_keys (seen, commands[i].keys, commands[i].action);
    }
  for (const KutipArticleKey *key = kutip_article_view_list_keys (); key->action != NULL;
       key++)
    add_keys (seen, key->keys, key->action);

  for (guint i = 0; builtin[i] != NULL; i++)
    {
      g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin (builtin[i]);

      for (guint j = 0; j < kutip_tagset_get_n_labels (tagset); j++)
        {
          gunichar key = kutip_tagset_get_nth_label (tagset, j)->key;
          const GdkModifierType modifiers[] = { 0, GDK_ALT_MASK };

          for (guint k = 0; key != 0 && k < G_N_ELEMENTS (modifiers); k++)
            {
              g_autofree char *name =
                  gtk_accelerator_name (gdk_unicode_to_keyval (key), modifiers[k]);

              if (g_hash_table_contains (seen, name))
                g_error ("%s marks in “%s”, and is a key of %s", name, builtin[i],
                         (char *) g_hash_table_lookup (seen, name));
            }
        }
    }
}

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  g_free (*(char **) data);
  *(char **) data = NULL;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (element, "property") && g_str_equal (names[i], "name"))
      *(char **) data = g_strdup (values[i]);
}

static GHashTable *titles;

static void
take_text (GMarkupParseContext *context,
           const char *text,
           gsize length,
           gpointer data,
           GError **error)
{
  if (g_strcmp0 (*(char **) data, "title") == 0)
    g_hash_table_add (titles, g_strndup (text, length));
}

/* What the shortcuts window shows is the table, all of it. */
static void
test_shortcuts_window (void)
{
  const GMarkupParser parser = { .start_element = start_element, .text = take_text };
  g_autofree char *property = NULL;
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin ("news-attribution");
  g_autofree char *xml = kutip_shortcuts_describe (tagset);
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, 0, &property, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  guint n;
  const KutipCommand *commands = kutip_commands_list (&n);

  titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_assert_true (g_markup_parse_context_parse (context, xml, -1, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    if (!g_hash_table_contains (titles, commands[i].title))
      g_error ("“%s” is not in the shortcuts window", commands[i].title);
  for (const KutipArticleKey *key = kutip_article_view_list_keys (); key->action != NULL;
       key++)
    if (!g_hash_table_contains (titles, key->title))
      g_error ("“%s” is not in the shortcuts window", key->title);
  g_assert_true (g_hash_table_contains (titles, "Mark as Quote"));
  g_clear_pointer (&titles, g_hash_table_unref);

  g_assert_true (gtk_builder_add_from_string (builder, xml, -1, &error));
  g_assert_no_error (error);
  gtk_window_destroy (GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts")));
}

/* A tag set whose titles are markup, and whose keys are no row of digits. */
static void
test_shortcuts_of_odd_tagset (void)
{
  static const char json[] =
      "{\"format\": 1, \"name\": \"odd\", \"version\": \"1\", \"labels\": ["
      "{\"name\": \"a\", \"title\": \"<b>&'\\\"\", \"key\": \"x\"},"
      "{\"name\": \"b\", \"title\": \"No key\"},"
      "{\"name\": \"c\", \"title\": \"C\", \"key\": \"ñ\"}],"
      "\"attributes\": [], \"relations\": [], \"article_attributes\": []}";
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset = kutip_tagset_from_json (json, strlen (json), &error);
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autofree char *xml = NULL;

  g_assert_no_error (error);
  xml = kutip_shortcuts_describe (tagset);
  g_assert_true (gtk_builder_add_from_string (builder, xml, -1, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (xml, "&lt;Alt&gt;x &lt;Alt&gt;ntilde"));
  g_assert_null (strstr (xml, "No key"));
  gtk_window_destroy (GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts")));
}

static void
test_where_one_writes (void)
{
  GtkWidget *window = g_object_ref_sink (gtk_window_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *text = gtk_text_view_new ();
  GtkWidget *button = gtk_button_new ();

  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), button);
  g_assert_false (kutip_commands_is_writing (NULL));
  g_assert_false (kutip_commands_is_writing (button));
  g_assert_true (kutip_commands_is_writing (
      GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)))));
  g_assert_true (kutip_commands_is_writing (text));
  gtk_text_view_set_editable (GTK_TEXT_VIEW (text), FALSE);
  g_assert_false (kutip_commands_is_writing (text));
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  application = kutip_application_new ();
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  g_test_add_func ("/commands/actions-exist", test_actions_exist);
  g_test_add_func ("/commands/every-action-has-a-key", test_every_action_has_a_key);
  g_test_add_func ("/commands/article-keys", test_article_keys);
  g_test_add_func ("/commands/no-key-twice", test_no_key_twice);
  g_test_add_func ("/commands/shortcuts-window", test_shortcuts_window);
  g_test_add_func ("/commands/shortcuts-of-odd-tagset", test_shortcuts_of_odd_tagset);
  g_test_add_func ("/commands/where-one-writes", test_where_one_writes);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
