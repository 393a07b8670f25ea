/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help/manual-window.h"
#include "ui/help/manual.h"
#include "ui/tagset/markdown-view.h"

#include <string.h>

typedef struct
{
  const char *markdown;
  const char *listed;
} TableCase;

/* What is no table stays to the letter; each line of the result ends. */
static const TableCase tables[] = {
  { "Text\n\n- a\n", "Text\n\n- a\n\n" },
  { "| key | what |\n| --- | --- |\n| `F1` | the manual |", "- `F1`: the manual\n" },
  { "| a | b | c |\n|---|:-:|---|\n| one | two | three |", "- **one**: two; three\n" },
  { "| a |\n| --- |\n| x \\| y |", "- **x | y**\n" }, /* a bar in a cell */
  { "| a | b |\n| --- | --- |\n|  | only this |",
    "- **only this**\n" },                                  /* an empty cell */
  { "```\n| a |\n| - |\n```", "```\n| a |\n| - |\n```\n" }, /* code is code */
  { "a\n\n<!-- made by a program -->\n| a |\n| --- |\n| b |\n<!-- end -->\nc",
    "a\n\n- **b**\nc\n" }, /* a note to those who write the page */
  { "```\n<!-- a -->\n```", "```\n<!-- a -->\n```\n" }, /* and no such note */
};

static void
test_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *listed = kutip_manual_list_tables (tables[i].markdown);

      g_assert_cmpstr (listed, ==, tables[i].listed);
    }
}

static void
test_anchors (void)
{
  g_autofree char *words = kutip_manual_make_anchor ("The tag set, and “more”!");
  g_autofree char *accents = kutip_manual_make_anchor ("Über A1");

  g_assert_cmpstr (words, ==, "the-tag-set-and-more");
  g_assert_cmpstr (accents, ==, "über-a1");
}

/* How many headings of the page have that anchor; NULL: any. */
static int
count_anchors (const char *name, const char *anchor)
{
  cmark_node *page = kutip_manual_parse_page (name);
  int n = 0;

  g_assert_nonnull (page);
  for (cmark_node *node = cmark_node_first_child (page); node != NULL;
       node = cmark_node_next (node))
    {
      const char *own = cmark_node_get_user_data (node);

      if (own != NULL && (anchor == NULL || strcmp (own, anchor) == 0))
        n++;
    }
  cmark_node_free (page);
  return n;
}

/* A link within the manual leads to a page, and to a heading on it. */
static void
check_link (const char *page, const char *url)
{
  g_auto (GStrv) parts = g_strsplit (url, "#", 2);
  const char *target = *parts[0] != '\0' ? parts[0] : page;

  if (strstr (url, "://") != NULL)
    return;
  g_test_message ("%s: %s", page, url);
  g_assert_cmpint (count_anchors (target, parts[1]), >, 0);
}

static void
check_links (const char *name)
{
  cmark_node *page = kutip_manual_parse_page (name);
  cmark_iter *iter = cmark_iter_new (page);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (event == CMARK_EVENT_ENTER && cmark_node_get_type (node) == CMARK_NODE_LINK)
        check_link (name, cmark_node_get_url (node));
    }
  cmark_iter_free (iter);
  cmark_node_free (page);
}

/* Every page of the manual is in the program, and no link in it leads astray. */
static void
test_pages (void)
{
  g_autofree char *folder =
      g_build_filename (g_getenv ("KUTIP_SOURCE_DIR"), "data", "help", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      cmark_node *page;
      g_autofree char *title = NULL;

      if (!g_str_has_suffix (name, ".md"))
        continue;
      page = kutip_manual_parse_page (name);
      g_test_message ("%s", name);
      g_assert_nonnull (page);
      title = kutip_manual_dup_title (page);
      g_assert_cmpuint (strlen (title), >, 0);
      cmark_node_free (page);
      check_links (name);
      n++;
    }
  g_assert_cmpuint (n, >=, 10);
  g_assert_null (kutip_manual_parse_page ("none.md"));
}

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_window (void)
{
  GtkWindow *parent = GTK_WINDOW (gtk_window_new ());
  KutipManualWindow *manual = NULL;
  GListModel *windows = gtk_window_get_toplevels ();

  kutip_manual_window_present (parent);
  kutip_manual_window_present (parent);
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, 2); /* one for each parent */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (KUTIP_IS_MANUAL_WINDOW (window))
        manual = KUTIP_MANUAL_WINDOW (window);
    }
  g_assert_nonnull (manual);
  g_assert_cmpstr (kutip_manual_window_get_page (manual), ==, KUTIP_MANUAL_FIRST_PAGE);
  g_assert_false (kutip_manual_window_go_back (manual));
  g_assert_false (kutip_manual_window_go_to (manual, "none.md"));
  g_assert_cmpstr (kutip_manual_window_get_page (manual), ==, KUTIP_MANUAL_FIRST_PAGE);
  g_assert_false (kutip_manual_window_go_back (manual));

  g_assert_true (kutip_manual_window_go_to (manual, "files.md#the-tag-set"));
  g_assert_true (kutip_manual_window_go_to (manual, "#the-tag-set"));
  g_assert_true (kutip_manual_window_go_to (manual, "keyboard.md"));
  g_assert_cmpstr (kutip_manual_window_get_page (manual), ==, "keyboard.md");
  g_assert_true (kutip_manual_window_go_back (manual));
  g_assert_cmpstr (kutip_manual_window_get_page (manual), ==, "files.md");
  gtk_widget_activate_action (GTK_WIDGET (manual), "manual.contents", NULL);
  g_assert_cmpstr (kutip_manual_window_get_page (manual), ==, KUTIP_MANUAL_FIRST_PAGE);
  gtk_widget_activate_action (GTK_WIDGET (manual), "manual.back", NULL);
  g_assert_cmpstr (kutip_manual_window_get_page (manual), ==, "files.md");

  g_object_add_weak_pointer (G_OBJECT (manual), (gpointer *) &manual);
  gtk_window_destroy (parent); /* takes the manual with it */
  settle ();
  g_assert_null (manual);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/manual/tables", test_tables);
  g_test_add_func ("/manual/anchors", test_anchors);
  g_test_add_func ("/manual/pages", test_pages);
  g_test_add_func ("/manual/window", test_window);
  return g_test_run ();
}
