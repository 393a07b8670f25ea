/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include "ui/article/article-view-private.h"
#include "ui/commands.h"
#include "ui/sidebar/properties-pane.h"
#include "ui/sidebar/relation-row.h"

/* Does by a widget what the command does, and tells whether that came of it. The article
 * has a quote, [25, 29) and [33, 36), with its source, [10, 15), and b.txt beside it. */
typedef gboolean (*Way) (Fixture *fixture);

static GtkWidget *
use (GtkWidget *widget)
{
  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_get_mapped (widget));
  g_assert_true (gtk_widget_is_sensitive (widget));
  return widget;
}

/* As a press and a release on it do. */
static void
press (GtkWidget *button)
{
  g_signal_emit_by_name (use (button), "clicked");
}

static KutipSpan *
get_current (Fixture *fixture)
{
  return kutip_annotator_get_current (fixture->window->annotator);
}

static void
locate (Fixture *fixture, guint offset, double *x, double *y)
{
  KutipPageView *page = fixture->window->article_view->page_view;
  GtkTextIter iter;
  GdkRectangle place;
  int window_x, window_y;

  kutip_page_view_get_iter (page, offset, &iter);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (page), &iter, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (page), GTK_TEXT_WINDOW_WIDGET,
                                         place.x, place.y, &window_x, &window_y);
  *x = window_x;
  *y = window_y + place.height;
}

static gboolean
pick_row (Fixture *fixture, guint position, const char *name)
{
  GtkWidget *list = use (
      find_widget (GTK_WIDGET (fixture->window->corpus_pane), GTK_TYPE_LIST_VIEW, 0));
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = build_path (fixture, name);

  file = g_file_new_for_path (path);
  g_signal_emit_by_name (list, "activate", position);
  WAIT_FOR ("the other article", is_open (fixture, file));
  settle (GTK_WIDGET (fixture->window));
  return TRUE;
}

static gboolean
go_to_next_article (Fixture *fixture)
{
  return pick_row (fixture, 1, "b.txt") && pick_row (fixture, 0, "a.txt");
}

static gboolean
click_into_filter (Fixture *fixture)
{
  GtkWidget *entry = use (
      find_widget (GTK_WIDGET (fixture->window->corpus_pane), GTK_TYPE_SEARCH_ENTRY, 0));

  return gtk_widget_get_can_target (entry) && gtk_widget_grab_focus (entry);
}

static void
pick_quote (Fixture *fixture)
{
  kutip_annotator_set_current (fixture->window->annotator,
                               kutip_layer_get_nth_span (get_layer (fixture), 1), TRUE);
  settle (GTK_WIDGET (fixture->window));
}

static gboolean
check_unsure (Fixture *fixture)
{
  GtkWidget *box;

  pick_quote (fixture);
  box =
      use (find_widget (GTK_WIDGET (fixture->window->sidebar), GTK_TYPE_CHECK_BUTTON, 0));
  gtk_widget_activate (box);
  return kutip_span_is_unsure (get_current (fixture));
}

static gboolean
has_grip (Fixture *fixture, guint offset)
{
  double x, y;

  pick_quote (fixture);
  locate (fixture, offset, &x, &y);
  return kutip_article_view_is_on_grip (fixture->window->article_view, x, y + 3);
}

static gboolean
has_start_grip (Fixture *fixture)
{
  return has_grip (fixture, 25) && has_grip (fixture, 33);
}

static gboolean
has_end_grip (Fixture *fixture)
{
  return has_grip (fixture, 29) && has_grip (fixture, 36);
}

static gboolean
follow_link (Fixture *fixture)
{
  GtkWidget *row;

  pick_quote (fixture);
  row = use (
      find_widget (GTK_WIDGET (fixture->window->sidebar), KUTIP_TYPE_RELATION_ROW, 0));
  press (find_widget (row, GTK_TYPE_BUTTON, 0));
  return get_current (fixture) == kutip_layer_get_nth_span (get_layer (fixture), 0);
}

static gboolean
find_spans (Fixture *fixture)
{
  KutipArticleView *view = fixture->window->article_view;
  double x, y;

  locate (fixture, 26, &x, &y);
  if (kutip_article_view_find_span (view, x + 1, y - 10) !=
      kutip_layer_get_nth_span (get_layer (fixture), 1))
    return FALSE;
  locate (fixture, 11, &x, &y);
  return kutip_article_view_find_span (view, x + 1, y - 10) ==
         kutip_layer_get_nth_span (get_layer (fixture), 0);
}

static gboolean
press_in_search (Fixture *fixture, const char *tooltip, guint start)
{
  GtkWidget *bar = GTK_WIDGET (fixture->window->find_bar);

  kutip_annotator_set_selection (fixture->window->annotator, 0, 0, TRUE);
  activate (fixture, "win.find");
  gtk_editable_set_text (GTK_EDITABLE (use (find_widget (bar, GTK_TYPE_SEARCH_ENTRY, 0))),
                         "step");
  WAIT_FOR ("what is found",
            gtk_widget_is_sensitive (find_tooltip (bar, "Next place (Enter)")));
  press (find_tooltip (bar, tooltip));
  WAIT_FOR ("the place",
            kutip_annotator_get_selection (fixture->window->annotator).start == start);
  return TRUE;
}

static gboolean
press_next (Fixture *fixture)
{
  return press_in_search (fixture, "Next place (Enter)", 25);
}

static gboolean
press_previous (Fixture *fixture)
{
  return press_in_search (fixture, "Previous place (Shift+Enter)", 25);
}

static gboolean
turn_to_properties (Fixture *fixture)
{
  GtkWidget *sidebar = GTK_WIDGET (fixture->window->sidebar);
  GtkWidget *page = use (find_saying (sidebar, GTK_TYPE_TOGGLE_BUTTON, "Properties"));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page), TRUE);
  settle (GTK_WIDGET (fixture->window));
  return find_widget (sidebar, KUTIP_TYPE_PROPERTIES_PANE, 0) != NULL;
}

static gboolean
click_into_panes (Fixture *fixture)
{
  return gtk_widget_child_focus (GTK_WIDGET (fixture->window->sidebar),
                                 GTK_DIR_TAB_FORWARD) &&
         gtk_widget_child_focus (GTK_WIDGET (fixture->window->corpus_pane),
                                 GTK_DIR_TAB_FORWARD);
}

static gboolean
open_menu (Fixture *fixture)
{
  GtkMenuButton *button = fixture->window->menu_button;
  gboolean is_shown;

  use (GTK_WIDGET (button));
  gtk_menu_button_popup (button);
  is_shown = gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (button)));
  gtk_menu_button_popdown (button);
  return is_shown;
}

static gboolean
drag_pane (Fixture *fixture)
{
  KutipSidePane *side = fixture->window->annotations_side;
  int before = gtk_widget_get_width (use (GTK_WIDGET (side)));

  g_signal_emit_by_name (side, "dragged", before + 40);
  g_signal_emit_by_name (side, "dropped");
  WAIT_FOR ("the wider pane", gtk_widget_get_width (GTK_WIDGET (side)) > before);
  return TRUE;
}

static gboolean
has_close_button (Fixture *fixture)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *button =
          find_widget (GTK_WIDGET (fixture->window->header), GTK_TYPE_BUTTON, i);

      if (button == NULL)
        return FALSE;
      if (gtk_widget_has_css_class (button, "close"))
        return gtk_widget_is_sensitive (button);
    }
}

/* Commands that no button and no menu of the window names, and what the mouse does
 * instead: here it is shown that it is there and what it does, and tests/window does all
 * of it with a mouse. NULL: in a window of its own, see window/everywhere. */
static const struct
{
  const char *action;
  const char *words;
  Way way;
} otherwise[] = {
  { "win.next-article", "its row in the list", go_to_next_article },
  { "win.previous-article", "its row in the list", go_to_next_article },
  { "win.filter", "a click into the field", click_into_filter },
  { "annotation.unsure", "the check box of the card", check_unsure },
  { "annotation.mark-everywhere", "“All Articles” where all places are marked", NULL },
  { "annotation.edge::end+word", "the grip below the end", has_end_grip },
  { "annotation.edge::end-word", "the grip below the end", has_end_grip },
  { "annotation.edge::start+word", "the grip below the start", has_start_grip },
  { "annotation.edge::start-word", "the grip below the start", has_start_grip },
  { "annotation.next-link", "the link's own buttons in the card", follow_link },
  { "annotation.next", "a click on it", find_spans },
  { "annotation.previous", "a click on it", find_spans },
  { "annotation.cycle", "another click", find_spans },
  { "win.find-next", "the search bar's button", press_next },
  { "win.find-previous", "the search bar's button", press_previous },
  { "win.properties", "the pane's third page", turn_to_properties },
  { "win.next-pane", "a click into it", click_into_panes },
  { "win.previous-pane", "a click into it", click_into_panes },
  { "win.menu", "its button", open_menu },
  { "win.wider-pane", "a drag of its edge", drag_pane },
  { "win.narrower-pane", "a drag of its edge", drag_pane },
  { "win.close", "the title bar's button", has_close_button },
  { "app.quit", "the title bar's button of the last window", has_close_button },
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

/* Its submenus are filled when they are opened. */
static void
open_submenus (GtkPopoverMenu *menu, GMenuModel *section)
{
  for (int i = 0; i < g_menu_model_get_n_items (section); i++)
    {
      g_autofree char *words = NULL;
      g_autoptr (GMenuModel) part =
          g_menu_model_get_item_link (section, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu =
          g_menu_model_get_item_link (section, i, G_MENU_LINK_SUBMENU);

      if (part != NULL)
        open_submenus (menu, part);
      if (submenu == NULL)
        continue;
      g_menu_model_get_item_attribute (section, i, G_MENU_ATTRIBUTE_LABEL, "s", &words);
      g_object_set (menu, "visible-submenu", words, NULL);
      g_assert_cmpint (g_menu_model_get_n_items (submenu), >, 0);
    }
}

/* What the right button offers with that selection. */
static void
collect_article_menu (GHashTable *found, Fixture *fixture, guint start, guint end)
{
  KutipArticleView *view = fixture->window->article_view;
  GMenuModel *menu;

  kutip_annotator_set_selection (fixture->window->annotator, start, end, TRUE);
  kutip_article_view_show_menu_at_caret (view);
  menu = gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (view->menu));
  open_submenus (GTK_POPOVER_MENU (view->menu), menu);
  collect_menu (found, menu);
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

static void
mark_quote_and_source (Fixture *fixture)
{
  mark (fixture, 25, 29, "quote");
  kutip_annotator_set_selection (fixture->window->annotator, 33, 36, TRUE);
  activate (fixture, "annotation.add-piece");
  mark (fixture, 10, 15, "source");
  activate (fixture, "annotation.close-attribution");
}

/* No way that is only told of. */
static void
test_every_way_works (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autoptr (GFile) other = write_file (fixture, "b.txt", article);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);

  kutip_window_open (fixture->window, &folder, 1, NULL);
  WAIT_FOR ("the folder", is_open (fixture, file));
  settle (GTK_WIDGET (fixture->window));
  mark_quote_and_source (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (otherwise); i++)
    if (otherwise[i].way != NULL && !otherwise[i].way (fixture))
      {
        g_test_message ("%s: not by %s", otherwise[i].action, otherwise[i].words);
        g_test_fail ();
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
  g_test_add ("/window/every-way-by-mouse-works", Fixture, NULL, set_up,
              test_every_way_works, tear_down);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
