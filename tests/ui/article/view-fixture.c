/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-fixture.h"

#include "input.h"
#include "open-text.h"

static void
on_mark (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kutip_annotator_mark (((Fixture *) data)->annotator,
                        g_variant_get_string (parameter, NULL));
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ((Fixture *) data)->n_deletes++;
}

static gboolean may_lose_count;

/* As GTK's messages are structured, g_test_log_set_fatal_handler() is not asked. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; may_lose_count && i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") &&
        g_str_has_prefix (fields[i].value,
                          "Broken accounting of active state for widget"))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

void
fixture_watch_log (void)
{
  g_log_set_writer_func (write_log, NULL, NULL);
}

void
fixture_let_count_be_lost (gboolean let)
{
  may_lose_count = let;
}

void
fixture_init (Fixture *fixture, gconstpointer utf8)
{
  const GActionEntry entries[] = {
    { .name = "mark", .parameter_type = "s", .activate = on_mark },
    { .name = "delete", .activate = on_delete },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  fixture->n_deletes = 0;
  fixture->window = gtk_window_new ();
  fixture->view = KUTIP_ARTICLE_VIEW (kutip_article_view_new ());
  fixture->text = GTK_WIDGET (fixture->view->page_view);
  fixture->annotator = open_text (utf8, -1);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries,
                                   G_N_ELEMENTS (entries), fixture);
  gtk_widget_insert_action_group (fixture->window, "annotation",
                                  G_ACTION_GROUP (actions));
  g_object_set (fixture->view, "annotator", fixture->annotator, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 500);
  gtk_window_present (GTK_WINDOW (fixture->window));
  kutip_article_view_grab_focus (fixture->view);
  gtk_test_widget_wait_for_draw (fixture->window);
  settle (fixture->window);
}

void
fixture_clear (Fixture *fixture, gconstpointer utf8)
{
  KutipArticleView *view = g_object_ref (fixture->view);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (view);
  g_assert_finalize_object (fixture->annotator);
}
