/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "ui/article/article-view-private.h"
#include "ui/commands.h"

/* Commands that no button and no menu names, and what the mouse does instead:
 * tests/window does all of it. */
static const struct
{
  const char *action;
  const char *way;
} otherwise[] = {
  { "win.next-article", "its row in the list" },
  { "win.previous-article", "its row in the list" },
  { "win.filter", "a click into the field" },
  { "annotation.unsure", "the check box of the card" },
  { "annotation.mark-everywhere", "“All Articles” where all places are marked" },
  { "annotation.edge::end+word", "the grip below the end" },
  { "annotation.edge::end-word", "the grip below the end" },
  { "annotation.edge::start+word", "the grip below the start" },
  { "annotation.edge::start-word", "the grip below the start" },
  { "annotation.next-link", "the link's own buttons in the card" },
  { "annotation.next", "a click on it" },
  { "annotation.previous", "a click on it" },
  { "annotation.cycle", "another click" },
  { "win.find-next", "the search bar's button" },
  { "win.find-previous", "the search bar's button" },
  { "win.properties", "the pane's third page" },
  { "win.next-pane", "a click into it" },
  { "win.previous-pane", "a click into it" },
  { "win.menu", "its button" },
  { "win.wider-pane", "a drag of its edge" },
  { "win.narrower-pane", "a drag of its edge" },
  { "win.close", "the title bar's button" },
  { "app.quit", "the title bar's button of the last window" },
};

static void
take_action (GHashTable *found, const char *name, GVariant *target)
{
  if (name != NULL)
    g_hash_table_add (found, g_action_print_detailed_name (name, target));
}

static void
collect_menu (GHashTable *found, GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target =
          g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &name))
        take_action (found, name, target);
      for (guint j = 0; j < G_N_ELEMENTS (links); j++)
        {
          g_autoptr (GMenuModel) link = g_menu_model_get_item_link (menu, i, links[j]);

          if (link != NULL)
            collect_menu (found, link);
        }
    }
}

static void
collect_widgets (GHashTable *found, GtkWidget *widget)
{
  if (GTK_IS_ACTIONABLE (widget))
    take_action (found, gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)),
                 gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget)));
  if (GTK_IS_MENU_BUTTON (widget) &&
      gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    collect_menu (found, gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_widgets (found, child);
}

/* What the right button offers with that selection. */
static void
collect_article_menu (GHashTable *found, Fixture *fixture, guint start, guint end)
{
  KutipArticleView *view = fixture->window->article_view;

  kutip_annotator_set_selection (fixture->window->annotator, start, end, TRUE);
  kutip_article_view_show_menu_at_caret (view);
  collect_menu (found, gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (view->menu)));
  gtk_popover_popdown (GTK_POPOVER (view->menu));
}

/* A quote in two pieces, with its source. */
static GHashTable *
collect (Fixture *fixture)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  KutipAnnotator *annotator = fixture->window->annotator;

  mark (fixture, 25, 29, "quote");
  kutip_annotator_set_selection (annotator, 33, 36, TRUE);
  activate (fixture, "annotation.add-piece");
  mark (fixture, 10, 15, "source");
  kutip_annotator_set_current (annotator,
                               kutip_layer_get_nth_span (get_layer (fixture), 1), TRUE);
  g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (fixture)), ==, 1);
  settle (GTK_WIDGET (fixture->window));
  collect_article_menu (found, fixture, 27, 27);
  collect_article_menu (found, fixture, 39, 42);
  collect_widgets (found, GTK_WIDGET (fixture->window));
  return found;
}

/* A target can be written in two ways. */
static gboolean
is_in (GHashTable *found, const char *action)
{
  g_autofree char *name = NULL;
  g_autofree char *printed = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  printed = g_action_print_detailed_name (name, target);
  return g_hash_table_contains (found, printed);
}

static gboolean
is_done_otherwise (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (otherwise); i++)
    if (g_str_equal (otherwise[i].action, action))
      return TRUE;
  return FALSE;
}

/* No command without a way by mouse. */
static void
test_every_command_has_a_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autoptr (GHashTable) found = NULL;
  guint n;
  const KutipCommand *commands = kutip_commands_list (&n);

  open_file (fixture, file);
  found = collect (fixture);
  for (guint i = 0; i < n; i++)
    {
      gboolean is_offered = is_in (found, commands[i].action);

      if (is_offered == is_done_otherwise (commands[i].action))
        {
          g_test_message ("%s %s", commands[i].action,
                          is_offered ? "is offered after all" : "has no way by mouse");
          g_test_fail ();
        }
    }
  wait_saved (fixture);
}

int
main (int argc, char **argv)
{
  int status;

  start_application (&argc, &argv);
  g_test_add ("/window/every-command-has-a-way-by-mouse", Fixture, NULL, set_up,
              test_every_command_has_a_way, tear_down);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
