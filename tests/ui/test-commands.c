/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-json.h"
#include "ui/application.h"
#include "ui/article/article-view.h"
#include "ui/commands.h"
#include "ui/dialog/shortcuts.h"
#include "ui/window/window-private.h"

#include <adwaita.h>
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
    { "annotation.mark", "buttons, which do what the label's own key does first" },
    { "annotation.mark-on", "the label's own key" },
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

/* Of each row its title, as it is shown, and the keys as a screen reader says them. */
static void
collect_rows (GtkWidget *widget, GHashTable *rows)
{
  if (ADW_IS_PREFERENCES_ROW (widget))
    {
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
      char *shown = NULL;

      g_assert_true (pango_parse_markup (title, -1, 0, NULL, &shown, NULL, NULL));
      g_hash_table_replace (rows, shown, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static void
collect_keys (GtkWidget *widget, GPtrArray *keys)
{
  if (GTK_IS_SHORTCUT_LABEL (widget))
    g_ptr_array_add (keys, g_strdup (gtk_shortcut_label_get_accelerator (
                               GTK_SHORTCUT_LABEL (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_keys (child, keys);
}

static char *
get_keys (GHashTable *rows, const char *title)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *row = g_hash_table_lookup (rows, title);

  if (row == NULL)
    g_error ("“%s” is not in the shortcuts window", title);
  collect_keys (row, keys);
  g_ptr_array_add (keys, NULL);
  return g_strjoinv (" ", (char **) keys->pdata);
}

static GHashTable *
open_shortcuts (KutipTagset *tagset, GtkWidget **window)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *window = kutip_shortcuts_new (tagset);
  collect_rows (*window, rows);
  return rows;
}

/* What the shortcuts window shows is the table, all of it. */
static void
test_shortcuts_window (void)
{
  static const char *const some[][2] = {
    { "Mark as Quote", "2" },
    { "Right after a mark: take in the next word", "1...4" },
    { "Give the span another label", "<Alt>1...4" },
    { "Redo", "<Control><Shift>z <Control>y" },
    { "Mark the span as unsure, or sure", "u <Control>u" },
    { "Larger text", "<Control>plus" },
  };
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin ("news-attribution");
  GtkWidget *window;
  g_autoptr (GHashTable) rows = open_shortcuts (tagset, &window);
  guint n;
  const KutipCommand *commands = kutip_commands_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *keys = get_keys (rows, commands[i].title);

      g_assert_cmpstr (keys, !=, "");
    }
  for (const KutipArticleKey *key = kutip_article_view_list_keys (); key->action != NULL;
       key++)
    g_free (get_keys (rows, key->title));
  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    {
      g_autofree char *keys = get_keys (rows, some[i][0]);

      g_assert_cmpstr (keys, ==, some[i][1]);
    }
  gtk_window_destroy (GTK_WINDOW (window));
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
  g_autoptr (GHashTable) rows = NULL;
  g_autofree char *key = NULL;
  g_autofree char *others = NULL;
  GtkWidget *window;

  g_assert_no_error (error);
  rows = open_shortcuts (tagset, &window);
  key = get_keys (rows, "Mark as <b>&'\"");
  g_assert_cmpstr (key, ==, "x");
  others = get_keys (rows, "Give the span another label");
  g_assert_cmpstr (others, ==, "<Alt>x <Alt>ntilde");
  g_assert_false (g_hash_table_contains (rows, "Mark as No key"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* More keys than fit beside a title are told below it. */
static void
test_shortcuts_of_many_labels (void)
{
  g_autoptr (GString) json = g_string_new (
      "{\"format\": 1, \"name\": \"many\", \"version\": \"1\", \"labels\": [");
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset = NULL;
  g_autoptr (GHashTable) rows = NULL;
  GtkWidget *window;

  for (guint i = 0; i < 5; i++)
    g_string_append_printf (json,
                            "%s{\"name\": \"l%u\", \"title\": \"%u\", \"key\": \"%c\"}",
                            i > 0 ? "," : "", i, i, "bdghk"[i]);
  g_string_append (json, "],\"attributes\": [], \"relations\": [], "
                         "\"article_attributes\": []}");
  tagset = kutip_tagset_from_json (json->str, json->len, &error);
  g_assert_no_error (error);
  rows = open_shortcuts (tagset, &window);
  g_assert_cmpstr (adw_action_row_get_subtitle (
                       g_hash_table_lookup (rows, "Give the span another label")),
                   ==, "Alt+B, Alt+D, Alt+G, Alt+H, Alt+K");
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* By what a key does, or by the key; case does not count. */
static void
test_search_in_shortcuts (void)
{
  static const struct
  {
    const char *wanted;
    const char *title; /* found, NULL for nothing */
    const char *other; /* not found */
  } cases[] = {
    { "REDO", "Redo", "Undo" },
    { "ctrl+z", "Undo", "Quit" },
    { "", "Quit", NULL },
    { "no such key", NULL, "Quit" },
  };
  GtkWidget *window;
  g_autoptr (GHashTable) rows = open_shortcuts (NULL, &window);
  GtkWidget *entry = find_widget (window, GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *pages =
      gtk_widget_get_ancestor (g_hash_table_lookup (rows, "Quit"), GTK_TYPE_STACK);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), cases[i].wanted);
      g_signal_emit_by_name (entry, "search-changed");
      if (cases[i].title != NULL)
        g_assert_true (
            gtk_widget_get_visible (g_hash_table_lookup (rows, cases[i].title)));
      if (cases[i].other != NULL)
        g_assert_false (
            gtk_widget_get_visible (g_hash_table_lookup (rows, cases[i].other)));
      g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (pages)), ==,
                       cases[i].title != NULL ? "keys" : "none");
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* In the window that is shown they come in several frames: all of them, what is searched
 * for meanwhile, and nothing after it is closed. */
static void
test_shortcuts_grow (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_windows = g_list_model_get_n_items (windows);
  GtkWidget *whole;
  g_autoptr (GHashTable) all = open_shortcuts (NULL, &whole);
  g_autoptr (GHashTable) rows =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *window = NULL;
  GtkWidget *entry, *pages;

  gtk_window_destroy (GTK_WINDOW (whole));
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, n_windows);
  kutip_shortcuts_present (NULL, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, n_windows + 1);
  for (guint i = 0; i <= n_windows; i++)
    {
      g_autoptr (GtkWidget) item = g_list_model_get_item (windows, i);

      if (find_widget (item, GTK_TYPE_SEARCH_ENTRY) != NULL &&
          !GTK_IS_APPLICATION_WINDOW (item))
        window = item; /* GTK holds it */
    }
  g_assert_nonnull (window);
  entry = find_widget (window, GTK_TYPE_SEARCH_ENTRY);
  pages = find_widget (window, GTK_TYPE_STACK);
  /* As it does by itself now and then, before there is a row. */
  g_signal_emit_by_name (entry, "search-changed");
  gtk_editable_set_text (GTK_EDITABLE (entry), "redo");
  g_signal_emit_by_name (entry, "search-changed");
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (pages)), ==, "keys");
  gtk_editable_set_text (GTK_EDITABLE (entry), "redo");
  while (g_hash_table_size (rows) < g_hash_table_size (all))
    {
      g_main_context_iteration (NULL, TRUE);
      collect_rows (window, rows);
    }
  g_assert_true (gtk_widget_get_visible (g_hash_table_lookup (rows, "Redo")));
  g_assert_false (gtk_widget_get_visible (g_hash_table_lookup (rows, "Quit")));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);
  /* The first row has the focus, so that keys go through them. */
  kutip_shortcuts_present (NULL, NULL);
  window = g_list_model_get_item (windows, n_windows);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_object_unref (window);
  while (!ADW_IS_PREFERENCES_ROW (gtk_window_get_focus (GTK_WINDOW (window))))
    g_main_context_iteration (NULL, TRUE);
  gtk_window_close (GTK_WINDOW (window));
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);
  /* Closed before all have come. */
  kutip_shortcuts_present (NULL, NULL);
  window = g_list_model_get_item (windows, n_windows);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_object_unref (window);
  gtk_window_close (GTK_WINDOW (window));
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);
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
  g_test_add_func ("/commands/shortcuts-of-many-labels", test_shortcuts_of_many_labels);
  g_test_add_func ("/commands/search-in-shortcuts", test_search_in_shortcuts);
  g_test_add_func ("/commands/shortcuts-grow", test_shortcuts_grow);
  g_test_add_func ("/commands/where-one-writes", test_where_one_writes);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
