/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

const char article[] = "The Step\n\nPutin said the step is good. BBC reported so.\n";

KutipApplication *application;

void
start_application (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  gtk_test_init (argc, argv, NULL);
  application = kutip_application_new ();
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
}

char *
build_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

GFile *
write_file (Fixture *fixture, const char *name, const char *content)
{
  g_autofree char *path = build_path (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (!g_file_set_contents (path, content, -1, &error))
    g_error ("%s", error->message);
  return g_file_new_for_path (path);
}

char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = build_path (fixture, name);
  char *content = NULL;

  g_file_get_contents (path, &content, NULL, NULL);
  return content;
}

gboolean
on_patience_ended (gpointer what)
{
  g_error ("waited in vain for %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("kutip-window-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->window = kutip_window_new (GTK_APPLICATION (application),
                                      kutip_application_get_preferences (application));
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_FOR ("the window", gtk_widget_get_width (GTK_WIDGET (fixture->window)) > 0);
}

static void
remove_folder (const char *path)
{
  GDir *folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (g_file_test (below, G_FILE_TEST_IS_DIR))
        remove_folder (below);
      else
        g_unlink (below);
    }
  g_clear_pointer (&folder, g_dir_close);
  g_rmdir (path);
}

void
tear_down (Fixture *fixture, gconstpointer data)
{
  KutipWindow *window = fixture->window;

  if (window != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
      gtk_window_close (GTK_WINDOW (window));
      WAIT_FOR ("the window to go, and all that it held", window == NULL);
    }
  g_object_set (kutip_application_get_preferences (application), "annotator", "",
                "show-articles", TRUE, "show-annotations", TRUE, NULL);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

gboolean
is_open (Fixture *fixture, GFile *file)
{
  KutipWindow *window = fixture->window;

  return window->article_file != NULL && g_file_equal (window->article_file, file) &&
         window->annotator != NULL && window->opening == NULL;
}

void
open_file (Fixture *fixture, GFile *file)
{
  kutip_window_open (fixture->window, &file, 1, NULL);
  WAIT_FOR ("the article", is_open (fixture, file));
  settle (GTK_WIDGET (fixture->window));
}

void
activate (Fixture *fixture, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  /* As before any key or press. */
  kutip_window_settle (fixture->window);
  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  if (!gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), name, target))
    g_error ("there is no action %s", action);
}

void
mark (Fixture *fixture, guint start, guint end, const char *label)
{
  g_autofree char *action = g_strdup_printf ("annotation.mark::%s", label);

  kutip_annotator_set_selection (fixture->window->annotator, start, end, TRUE);
  activate (fixture, action);
}

KutipLayer *
get_layer (Fixture *fixture)
{
  return kutip_document_get_layer (
      kutip_annotator_get_document (fixture->window->annotator));
}

KutipSaveState
get_save_state (Fixture *fixture)
{
  return kutip_saver_get_state (kutip_annotator_get_saver (fixture->window->annotator));
}

void
wait_saved (Fixture *fixture)
{
  WAIT_FOR ("the annotations to be saved", get_save_state (fixture) == KUTIP_SAVE_SAVED);
}

KutipNotice *
find_notice (Fixture *fixture, const char *id)
{
  for (GtkWidget *child =
           gtk_widget_get_first_child (GTK_WIDGET (fixture->window->notices));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_name (child), id))
      return KUTIP_NOTICE (child);
  return NULL;
}

void
assert_notice (Fixture *fixture, const char *id, const char *words)
{
  KutipNotice *notice = find_notice (fixture, id);

  if (notice == NULL)
    g_error ("there is no notice “%s”", id);
  if (strstr (kutip_notice_get_text (notice), words) == NULL)
    g_error ("“%s” is not in “%s”", words, kutip_notice_get_text (notice));
}
