/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sidebar/find-widget.h"
#include "store/paths.h"
#include "ui/application.h"
#include "ui/corpus/entry-row.h"
#include "ui/window-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* The longest that anything here may take; seconds. */
#define PATIENCE 20

static const char article[] =
    "The Step\n\nPutin said the step is good. BBC reported so.\n";

/* Set once: an application can be started only once in a process. */
static KutipApplication *application;

/* A folder of its own, and a window in it. */
typedef struct
{
  char *folder;
  KutipWindow *window;
} Fixture;

static char *
build_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static GFile *
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

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = build_path (fixture, name);
  char *content = NULL;

  g_file_get_contents (path, &content, NULL, NULL);
  return content;
}

static gboolean
on_patience_ended (gpointer what)
{
  g_error ("waited in vain for %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @condition holds. */
#define WAIT_FOR(what, condition)                                                        \
  G_STMT_START                                                                           \
  {                                                                                      \
    guint patience =                                                                     \
        g_timeout_add_seconds (PATIENCE, on_patience_ended, (gpointer) (what));          \
    while (!(condition))                                                                 \
      g_main_context_iteration (NULL, TRUE);                                             \
    g_source_remove (patience);                                                          \
  }                                                                                      \
  G_STMT_END

static void
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

static void
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

static void
open_file (Fixture *fixture, GFile *file)
{
  kutip_window_open (fixture->window, &file, 1, NULL);
  WAIT_FOR ("the article", fixture->window->article_file != NULL &&
                               g_file_equal (fixture->window->article_file, file) &&
                               fixture->window->annotator != NULL &&
                               fixture->window->opening == NULL);
  settle (GTK_WIDGET (fixture->window));
}

static void
activate (Fixture *fixture, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  if (!gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), name, target))
    g_error ("there is no action %s", action);
}

static void
mark (Fixture *fixture, guint start, guint end, const char *label)
{
  g_autofree char *action = g_strdup_printf ("annotation.mark::%s", label);

  kutip_annotator_set_selection (fixture->window->annotator, start, end, TRUE);
  activate (fixture, action);
}

static KutipLayer *
get_layer (Fixture *fixture)
{
  return kutip_document_get_layer (
      kutip_annotator_get_document (fixture->window->annotator));
}

static KutipSaveState
get_save_state (Fixture *fixture)
{
  return kutip_saver_get_state (kutip_annotator_get_saver (fixture->window->annotator));
}

static void
wait_saved (Fixture *fixture)
{
  WAIT_FOR ("the annotations to be saved", get_save_state (fixture) == KUTIP_SAVE_SAVED);
}

static KutipNotice *
find_notice (Fixture *fixture, const char *id)
{
  for (GtkWidget *child =
           gtk_widget_get_first_child (GTK_WIDGET (fixture->window->notices));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_name (child), id))
      return KUTIP_NOTICE (child);
  return NULL;
}

static void
assert_notice (Fixture *fixture, const char *id, const char *words)
{
  KutipNotice *notice = find_notice (fixture, id);

  if (notice == NULL)
    g_error ("there is no notice “%s”", id);
  if (strstr (kutip_notice_get_text (notice), words) == NULL)
    g_error ("“%s” is not in “%s”", words, kutip_notice_get_text (notice));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  g_assert_true (kutip_window_is_empty (fixture->window));
  g_assert_null (kutip_window_get_tagset (fixture->window));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->window->pages), ==,
                   "empty");
  g_assert_nonnull (find_saying (window, GTK_TYPE_BUTTON, "Open Article…"));
  g_assert_nonnull (find_saying (window, GTK_TYPE_BUTTON, "Open Folder…"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window->status_bar)));
}

static void
test_open_and_save (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autofree char *written = NULL;

  open_file (fixture, file);
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "The Step");
  g_assert_cmpstr (adw_window_title_get_subtitle (fixture->window->title), ==, "a.txt");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->window->pages), ==,
                   "article");

  mark (fixture, 10, 15, "source");
  g_assert_cmpstr (adw_window_title_get_subtitle (fixture->window->title), ==,
                   "a.txt · saving…");
  wait_saved (fixture);
  g_assert_cmpstr (adw_window_title_get_subtitle (fixture->window->title), ==,
                   "a.txt · saved");
  written = read_file (fixture, "a.txt.annotations.json");
  g_assert_nonnull (strstr (written, "\"text\": [\"Putin\"]"));
  g_assert_null (find_notice (fixture, "disk"));

  /* Undo goes on after saving, and a second window is not needed for it. */
  activate (fixture, "annotation.undo");
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 0);
  activate (fixture, "annotation.redo");
  activate (fixture, "annotation.delete");
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 0);
}

/* What has not been saved yet is saved when the window closes. */
static void
test_close_saves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autofree char *written = NULL;
  KutipWindow *window = fixture->window;

  open_file (fixture, file);
  mark (fixture, 10, 15, "source");
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR ("the window to go", window == NULL);
  fixture->window = NULL;
  written = read_file (fixture, "a.txt.annotations.json");
  g_assert_nonnull (written);
  g_assert_nonnull (strstr (written, "Putin"));
}

static void
test_another_article (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  g_autoptr (GFile) b = write_file (fixture, "b.txt", "Another One\n\nText.\n");
  g_autofree char *written = NULL;

  open_file (fixture, a);
  mark (fixture, 10, 15, "source");
  open_file (fixture, b);
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==,
                   "Another One");
  written = read_file (fixture, "a.txt.annotations.json");
  g_assert_nonnull (strstr (written, "Putin"));

  /* A sidecar stands for its article; what is open already stays as it is. */
  {
    g_autofree char *path = build_path (fixture, "a.txt.annotations.json");
    g_autoptr (GFile) sidecar = g_file_new_for_path (path);
    KutipAnnotator *annotator;

    kutip_window_open (fixture->window, &sidecar, 1, NULL);
    WAIT_FOR ("the article", g_file_equal (fixture->window->article_file, a));
    g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 1);
    annotator = fixture->window->annotator;
    kutip_window_open (fixture->window, &a, 1, NULL);
    settle (GTK_WIDGET (fixture->window));
    g_assert_true (fixture->window->annotator == annotator);
  }
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window; /* GTK holds it */
    }
  return NULL;
}

static void
answer_dialog (const char *response)
{
  GtkWindow *dialog;

  WAIT_FOR ("a dialog", (dialog = find_dialog ()) != NULL);
  /* It may go together with its window. */
  g_object_ref (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
  g_object_unref (dialog);
}

static void
test_no_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  g_autoptr (GFile) pdf =
      write_file (fixture, "b.txt", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj");
  g_autofree char *path = build_path (fixture, "missing.txt");
  g_autoptr (GFile) missing = g_file_new_for_path (path);

  kutip_window_open (fixture->window, &missing, 1, NULL);
  answer_dialog ("close");
  g_assert_true (kutip_window_is_empty (fixture->window));

  /* What was open stays open. */
  open_file (fixture, a);
  kutip_window_open (fixture->window, &pdf, 1, NULL);
  answer_dialog ("close");
  g_assert_true (g_file_equal (fixture->window->article_file, a));
  mark (fixture, 10, 15, "source");
  wait_saved (fixture);
}

static void
test_broken_files (Fixture *fixture, gconstpointer data)
{
  static const char newer[] =
      "{\"format\": 2, \"article\": {\"file\": \"a.txt\", \"sha256\": \"\", \"length\": "
      "1}, "
      "\"offsets\": \"unicode code points\", \"tagset\": {\"name\": \"x\", \"version\": "
      "\"1\"}, \"spans\": [], \"relations\": []}";
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  g_autoptr (GFile) b = write_file (fixture, "b.txt", article);
  g_autoptr (GFile) c = write_file (fixture, "sub/c.txt", article);
  g_autofree char *kept = NULL;

  g_object_unref (write_file (fixture, "a.txt.annotations.json", "{\"format\": 1,\n}"));
  g_object_unref (write_file (fixture, "b.txt.annotations.json", newer));
  g_object_unref (write_file (fixture, "sub/tagset.json", "[]"));

  open_file (fixture, a);
  assert_notice (fixture, "sidecar", "line 2");
  mark (fixture, 10, 15, "source");
  wait_saved (fixture);
  kept = read_file (fixture, "a.txt.annotations.json.broken-1");
  g_assert_cmpstr (kept, ==, "{\"format\": 1,\n}");

  open_file (fixture, b);
  g_assert_null (find_notice (fixture, "sidecar"));
  assert_notice (fixture, "format", "newer version");
  g_assert_false (g_action_group_get_action_enabled (
      G_ACTION_GROUP (fixture->window->annotation_actions), "mark"));
  g_assert_cmpstr (adw_window_title_get_subtitle (fixture->window->title), ==,
                   "b.txt · read-only");

  open_file (fixture, c);
  assert_notice (fixture, "tagset", "tagset.json");
  g_assert_true (g_action_group_get_action_enabled (
      G_ACTION_GROUP (fixture->window->annotation_actions), "mark"));
}

static void
test_changed_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);

  open_file (fixture, file);
  mark (fixture, 10, 15, "source");
  mark (fixture, 39, 42, "source");
  wait_saved (fixture);

  g_object_unref (write_file (
      fixture, "a.txt", "The Step\n\nSo Putin said the step is good. And so on.\n"));
  WAIT_FOR ("the change to be seen", find_notice (fixture, "disk") != NULL);
  activate (fixture, "win.reload");
  WAIT_FOR ("the article again", find_notice (fixture, "text") != NULL);
  assert_notice (fixture, "text", "1 moved, 1 was not found");
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 2);
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autofree char *theirs = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *now = NULL;
  g_auto (GStrv) parts = NULL;

  open_file (fixture, file);
  mark (fixture, 10, 15, "source");
  wait_saved (fixture);
  now = read_file (fixture, "a.txt.annotations.json");
  parts = g_strsplit (now, "\"source\"", 2);
  theirs = g_strjoinv ("\"claims\"", parts);
  g_clear_pointer (&now, g_free);
  g_object_unref (write_file (fixture, "a.txt.annotations.json", theirs));
  WAIT_FOR ("the change to be seen", find_notice (fixture, "disk") != NULL);

  mark (fixture, 25, 29, "quote");
  WAIT_FOR ("the conflict", get_save_state (fixture) == KUTIP_SAVE_CONFLICT);
  assert_notice (fixture, "save", "a.txt.conflict-1.annotations.json");
  g_assert_null (find_notice (fixture, "disk"));
  now = read_file (fixture, "a.txt.annotations.json");
  g_assert_cmpstr (now, ==, theirs);
  ours = read_file (fixture, "a.txt.conflict-1.annotations.json");
  g_assert_nonnull (strstr (ours, "\"step\""));

  activate (fixture, "win.reload");
  WAIT_FOR ("their version", find_notice (fixture, "kept") != NULL);
  assert_notice (fixture, "kept", "a.txt.conflict-1.annotations.json");
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 1);
  g_assert_cmpstr (
      kutip_span_get_label (kutip_layer_get_nth_span (get_layer (fixture), 0)), ==,
      "claims");
}

/* The sidecar's place is taken by a folder, so that it cannot be written, not even by
 * root. */
static void
test_cannot_save (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autofree char *path = build_path (fixture, "a.txt.annotations.json");
  g_autofree char *written = NULL;
  KutipWindow *window = fixture->window;

  open_file (fixture, file);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  mark (fixture, 10, 15, "source");
  WAIT_FOR ("the failure", find_notice (fixture, "save") != NULL);
  g_assert_cmpint (get_save_state (fixture), ==, KUTIP_SAVE_FAILED);
  g_assert_cmpstr (adw_window_title_get_subtitle (window->title), ==,
                   "a.txt · not saved");

  gtk_window_close (GTK_WINDOW (window));
  answer_dialog ("cancel");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));

  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR ("a dialog", find_dialog () != NULL);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  answer_dialog ("again");
  WAIT_FOR ("the window to go", window == NULL);
  fixture->window = NULL;
  written = read_file (fixture, "a.txt.annotations.json");
  g_assert_nonnull (strstr (written, "Putin"));
}

/* Closed without saving: the work comes back from the journal. */
static void
test_recovered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autofree char *path = build_path (fixture, "a.txt.annotations.json");
  KutipWindow *window = fixture->window;

  open_file (fixture, file);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  mark (fixture, 10, 15, "source");
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  answer_dialog ("proceed");
  WAIT_FOR ("the window to go", window == NULL);
  g_assert_cmpint (g_rmdir (path), ==, 0);

  fixture->window = kutip_window_new (GTK_APPLICATION (application),
                                      kutip_application_get_preferences (application));
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_file (fixture, file);
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 1);
  g_assert_nonnull (fixture->window->toast);
  g_assert_cmpstr (adw_toast_get_title (fixture->window->toast), ==,
                   "Unsaved work was restored.");
  wait_saved (fixture);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipOpened) other = kutip_open (file, NULL, NULL, &error);

  g_assert_no_error (error);
  open_file (fixture, file);
  assert_notice (fixture, "locked", "read-only");
  g_clear_pointer (&other, kutip_opened_free);
  activate (fixture, "win.reload");
  WAIT_FOR ("the article to be writable", find_notice (fixture, "locked") == NULL &&
                                              fixture->window->annotator != NULL);
  mark (fixture, 10, 15, "source");
  wait_saved (fixture);
}

static void
test_one_window_each (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  KutipWindow *other = kutip_window_new (GTK_APPLICATION (application),
                                         kutip_application_get_preferences (application));

  gtk_window_present (GTK_WINDOW (other));
  open_file (fixture, file);
  kutip_window_open (other, &file, 1, NULL);
  settle (GTK_WIDGET (other));
  settle (GTK_WIDGET (other));
  g_assert_true (kutip_window_is_empty (other));
  g_assert_true (kutip_window_find (GTK_APPLICATION (application), file) ==
                 fixture->window);
  gtk_window_close (GTK_WINDOW (other));
}

static void
write_folder (Fixture *fixture)
{
  g_object_unref (write_file (fixture, "c/a1.txt", "One\n\nText.\n"));
  g_object_unref (write_file (fixture, "c/a2.txt", "Two\n\nText.\n"));
  g_object_unref (write_file (fixture, "c/a10.txt", "Ten\n\nText.\n"));
}

static void
wait_article (Fixture *fixture, const char *title)
{
  WAIT_FOR (title,
            g_strcmp0 (adw_window_title_get_title (fixture->window->title), title) == 0);
  settle (GTK_WIDGET (fixture->window));
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "c");
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  write_folder (fixture);
  kutip_window_open (fixture->window, &folder, 1, NULL);
  wait_article (fixture, "One");
  g_assert_true (adw_flap_get_reveal_flap (fixture->window->articles_flap));
  WAIT_FOR ("three rows", count_widgets (GTK_WIDGET (fixture->window->corpus_pane),
                                         KUTIP_TYPE_ENTRY_ROW) == 3);
  g_assert_nonnull (find_saying (GTK_WIDGET (fixture->window->corpus_pane),
                                 GTK_TYPE_LABEL, "0 of 3 done"));

  /* Numbers count as numbers. */
  activate (fixture, "win.next-article");
  wait_article (fixture, "Two");
  activate (fixture, "win.next-article");
  wait_article (fixture, "Ten");
  activate (fixture, "win.next-article");
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Ten");

  activate (fixture, "annotation.done");
  g_assert_nonnull (find_saying (GTK_WIDGET (fixture->window->corpus_pane),
                                 GTK_TYPE_LABEL, "1 of 3 done"));
  activate (fixture, "win.next-unfinished");
  wait_article (fixture, "One");
  activate (fixture, "annotation.done");
  activate (fixture, "win.previous-article");
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "One");
  activate (fixture, "win.next-unfinished");
  wait_article (fixture, "Two");
  activate (fixture, "win.next-unfinished");
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Two");
}

/* A folder that is opened again begins where there is something left to do. */
static void
test_folder_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "c");
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  write_folder (fixture);
  kutip_window_open (fixture->window, &folder, 1, NULL);
  wait_article (fixture, "One");
  activate (fixture, "annotation.done");
  wait_saved (fixture);
  kutip_window_open (fixture->window, &folder, 1, NULL);
  wait_article (fixture, "Two");
}

static void
test_folder_pane_on_demand (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "c/a2.txt");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  write_folder (fixture);
  open_file (fixture, file);
  g_assert_null (fixture->window->corpus);
  g_assert_false (adw_flap_get_reveal_flap (fixture->window->articles_flap));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window),
                                                     "next-article"));
  activate (fixture, "win.articles-pane");
  g_assert_true (adw_flap_get_reveal_flap (fixture->window->articles_flap));
  WAIT_FOR ("the list",
            g_list_model_get_n_items (G_LIST_MODEL (fixture->window->corpus)) == 3);
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Two");
  activate (fixture, "win.previous-article");
  wait_article (fixture, "One");
}

static void
test_empty_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "nothing");
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  kutip_window_open (fixture->window, &folder, 1, NULL);
  WAIT_FOR ("the folder", fixture->window->corpus != NULL &&
                              !kutip_corpus_is_loading (fixture->window->corpus));
  settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->window->pages), ==,
                   "choose");
}

static void
test_annotator (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autofree char *alone = NULL;
  g_autofree char *alice = NULL;

  open_file (fixture, file);
  mark (fixture, 10, 15, "source");
  g_object_set (kutip_application_get_preferences (application), "annotator", "alice",
                NULL);
  WAIT_FOR ("her layer", fixture->window->annotator != NULL &&
                             fixture->window->opening == NULL &&
                             kutip_layer_get_n_spans (get_layer (fixture)) == 0);
  mark (fixture, 25, 29, "quote");
  wait_saved (fixture);
  alone = read_file (fixture, "a.txt.annotations.json");
  alice = read_file (fixture, "a.txt.alice.annotations.json");
  g_assert_nonnull (strstr (alone, "\"Putin\""));
  g_assert_nonnull (strstr (alice, "\"step\""));
  g_assert_null (strstr (alice, "\"Putin\""));
}

/* Narrow and wide again: panes fold away and come back, header and bar fit. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  static const int widths[] = { 1100, 700, 500, 400, 700, 1100 };
  static const gboolean articles[] = { TRUE, FALSE, FALSE, FALSE, FALSE, TRUE };
  static const gboolean annotations[] = { TRUE, TRUE, FALSE, FALSE, TRUE, TRUE };
  g_autofree char *path = build_path (fixture, "c");
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  KutipWindow *window = fixture->window;

  write_folder (fixture);
  kutip_window_open (window, &folder, 1, NULL);
  wait_article (fixture, "One");
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      gboolean narrow;

      gtk_window_set_default_size (GTK_WINDOW (window), widths[i], 600);
      /* A few pixels less are the shadow's. */
      WAIT_FOR ("the size",
                ABS (gtk_widget_get_width (GTK_WIDGET (window)) - widths[i]) <= 20);
      settle (GTK_WIDGET (window));
      settle (GTK_WIDGET (window));
      g_test_message ("%d pixels", widths[i]);
      g_assert_cmpint (adw_flap_get_reveal_flap (window->articles_flap), ==, articles[i]);
      g_assert_cmpint (adw_flap_get_reveal_flap (window->annotations_flap), ==,
                       annotations[i]);
      g_object_get (window->status_bar, "narrow", &narrow, NULL);
      g_assert_cmpint (narrow, ==, widths[i] < 560);
      g_assert_cmpint (gtk_widget_get_visible (window->history_buttons), ==, !narrow);
    }
}

static void
test_panes_are_remembered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  g_autoptr (GFile) b = write_file (fixture, "b.txt", article);

  open_file (fixture, a);
  g_assert_true (adw_flap_get_reveal_flap (fixture->window->annotations_flap));
  activate (fixture, "win.annotations-pane");
  g_assert_false (adw_flap_get_reveal_flap (fixture->window->annotations_flap));
  open_file (fixture, b);
  g_assert_false (adw_flap_get_reveal_flap (fixture->window->annotations_flap));
  activate (fixture, "win.properties");
  g_assert_true (adw_flap_get_reveal_flap (fixture->window->annotations_flap));
  g_assert_cmpstr (kutip_sidebar_get_page (fixture->window->sidebar), ==, "properties");
}

static void
test_undo_offer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  AdwToast *toast;

  open_file (fixture, file);
  mark (fixture, 10, 15, "source");
  activate (fixture, "annotation.delete");
  toast = fixture->window->toast;
  g_assert_nonnull (toast);
  g_assert_cmpstr (adw_toast_get_action_name (toast), ==, "annotation.undo");
  g_assert_true (fixture->window->is_toast_undoable);

  /* After another change its button would undo that one: the offer ends. */
  g_object_add_weak_pointer (G_OBJECT (toast), (gpointer *) &toast);
  mark (fixture, 25, 29, "quote");
  WAIT_FOR ("the toast to go", toast == NULL);
}

static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  g_autoptr (GFile) b = write_file (fixture, "b.txt", article);
  g_auto (GValue) value = G_VALUE_INIT;
  GSList files = { b, NULL };
  GSList both = { a, &files };
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &both);
  g_signal_emit_by_name (fixture->window->drop_target, "drop", &value, 10.0, 10.0,
                         &taken);
  g_assert_true (taken);
  WAIT_FOR ("the first of the two", fixture->window->article_file != NULL &&
                                        g_file_equal (fixture->window->article_file, a));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->window->corpus)), ==,
                    2);
  activate (fixture, "win.next-article");
  WAIT_FOR ("the second", g_file_equal (fixture->window->article_file, b));
}

static gboolean
starts_with (Fixture *fixture, const char *words)
{
  if (fixture->window->annotator == NULL || fixture->window->opening != NULL)
    return FALSE;
  return g_str_has_prefix (
      kutip_text_get_utf8 (kutip_document_get_text (
                               kutip_annotator_get_document (fixture->window->annotator)),
                           NULL),
      words);
}

static void
test_encoding (Fixture *fixture, gconstpointer data)
{
  /* "Прив" in one of two encodings that only a person can tell apart. */
  g_autoptr (GFile) file = write_file (fixture, "a.txt", "\xcf\xf0\xe8\xe2 1234567890\n");

  kutip_window_open (fixture->window, &file, 1, "KOI8-R");
  WAIT_FOR ("the article", starts_with (fixture, "оПХБ 12"));

  /* Choosing another one for what is open reads it again, and reading again keeps it. */
  kutip_window_open (fixture->window, &file, 1, "WINDOWS-1251");
  WAIT_FOR ("the other text", starts_with (fixture, "Прив 12"));
  activate (fixture, "win.reload");
  WAIT_FOR ("reading again to begin", fixture->window->opening != NULL);
  WAIT_FOR ("the same text", starts_with (fixture, "Прив 12"));
}

static void
test_recent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) a = write_file (fixture, "first.txt", article);
  g_autoptr (GFile) b = write_file (fixture, "second.txt", article);
  GtkWidget *menu = GTK_WIDGET (fixture->window->open_menu);
  GtkWidget *row;

  open_file (fixture, a);
  open_file (fixture, b);
  WAIT_FOR ("the list of recent files", ({
              gtk_popover_popup (GTK_POPOVER (menu));
              settle (menu);
              row = find_saying (menu, GTK_TYPE_BUTTON, "first.txt");
              row != NULL;
            }));
  g_signal_emit_by_name (row, "clicked");
  WAIT_FOR ("the first", g_file_equal (fixture->window->article_file, a));
  g_assert_false (gtk_widget_get_visible (menu));

  /* What is gone is not offered. */
  g_assert_true (g_file_delete (b, NULL, NULL));
  gtk_popover_popup (GTK_POPOVER (menu));
  settle (menu);
  g_assert_null (find_saying (menu, GTK_TYPE_BUTTON, "second.txt"));
  gtk_popover_popdown (GTK_POPOVER (menu));
}

/* A note that is being written when the window closes is in the file. */
static void
test_half_written_note (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  g_autofree char *written = NULL;
  KutipWindow *window = fixture->window;
  GtkWidget *focus;

  open_file (fixture, file);
  mark (fixture, 10, 15, "source");
  settle (GTK_WIDGET (window));
  activate (fixture, "annotation.note");
  settle (GTK_WIDGET (window));
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (GTK_IS_TEXT_VIEW (focus));
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)),
                                    "half a no", -1);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR ("the window to go", window == NULL);
  fixture->window = NULL;
  written = read_file (fixture, "a.txt.annotations.json");
  g_assert_nonnull (strstr (written, "\"note\": \"half a no\""));
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
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/window/empty", test_empty);
  ADD ("/window/open-and-save", test_open_and_save);
  ADD ("/window/close-saves", test_close_saves);
  ADD ("/window/another-article", test_another_article);
  ADD ("/window/no-text", test_no_text);
  ADD ("/window/broken-files", test_broken_files);
  ADD ("/window/changed-text", test_changed_text);
  ADD ("/window/conflict", test_conflict);
  ADD ("/window/cannot-save", test_cannot_save);
  ADD ("/window/recovered", test_recovered);
  ADD ("/window/locked", test_locked);
  ADD ("/window/one-window-each", test_one_window_each);
  ADD ("/window/folder", test_folder);
  ADD ("/window/folder-again", test_folder_again);
  ADD ("/window/folder-pane-on-demand", test_folder_pane_on_demand);
  ADD ("/window/empty-folder", test_empty_folder);
  ADD ("/window/annotator", test_annotator);
  ADD ("/window/narrow", test_narrow);
  ADD ("/window/panes-are-remembered", test_panes_are_remembered);
  ADD ("/window/undo-offer", test_undo_offer);
  ADD ("/window/drop", test_drop);
  ADD ("/window/encoding", test_encoding);
  ADD ("/window/recent", test_recent);
  ADD ("/window/half-written-note", test_half_written_note);
#undef ADD
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
