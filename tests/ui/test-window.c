/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/label/label-badge.h"
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

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
    WAIT_FOR ("the article", is_open (fixture, a));
    g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 1);
    annotator = fixture->window->annotator;
    kutip_window_open (fixture->window, &a, 1, NULL);
    settle (GTK_WIDGET (fixture->window));
    g_assert_true (fixture->window->annotator == annotator);
  }
}

static gboolean
is_enabled (Fixture *fixture, const char *action)
{
  return g_action_group_get_action_enabled (
      G_ACTION_GROUP (fixture->window->annotation_actions), action);
}

typedef struct
{
  Fixture *fixture;
  guint n_times;
} TextFirst;

/* The last that comes with the text; the annotations may be there in the next moment. */
static void
on_focus (TextFirst *self)
{
  Fixture *fixture = self->fixture;

  if (!fixture->window->has_text)
    return;
  self->n_times++;
  g_assert_null (fixture->window->annotator);
  g_assert_true (is_enabled (fixture, "mark"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "annotation.mark", "s",
                              "quote");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "annotation.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "annotation.done", NULL);
  kutip_window_settle (fixture->window);
  g_assert_false (is_enabled (fixture, "mark"));
}

/* Where much is to be read the text comes first. What marks it then stays as it was for a
 * frame, so as not to be painted grey and then again, and does nothing. */
static void
test_text_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *words = g_strnfill (300000, 'x');
  g_autoptr (GFile) a = write_file (fixture, "a.txt", article);
  g_autoptr (GFile) b = write_file (fixture, "b.txt", words);
  g_autofree char *written = NULL;
  TextFirst first = { fixture, 0 };

  open_file (fixture, a);
  mark (fixture, 10, 15, "source");
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_signal_connect_swapped (fixture->window, "notify::focus-widget",
                            G_CALLBACK (on_focus), &first);
  kutip_window_open (fixture->window, &b, 1, NULL);
  WAIT_FOR ("the annotations", is_open (fixture, b));
  g_assert_cmpuint (first.n_times, ==, 1);
  g_signal_handlers_disconnect_by_data (fixture->window, &first);
  kutip_window_settle (fixture->window);
  g_assert_true (is_enabled (fixture, "mark"));
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 0);
  mark (fixture, 10, 15, "quote");
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (fixture)), ==, 1);
  wait_saved (fixture);
  written = read_file (fixture, "a.txt.annotations.json");
  g_assert_nonnull (strstr (written, "Putin"));
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
                   "read-only");

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
  g_assert_cmpstr (gtk_label_get_text (
                       GTK_LABEL (adw_toast_get_custom_title (fixture->window->toast))),
                   ==, "Unsaved work was restored.");
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

/* Asked for in another window, the one that has it comes to the front: there is never one
 * document in two windows. When it is closed, the other goes on. */
static void
test_two_windows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  KutipWindow *first = fixture->window;
  g_autofree char *written = NULL;

  open_file (fixture, file);
  mark (fixture, 10, 15, "source");
  fixture->window = kutip_window_new (GTK_APPLICATION (application),
                                      kutip_application_get_preferences (application));
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (GTK_WIDGET (fixture->window));
  kutip_window_open (fixture->window, &file, 1, NULL);
  WAIT_FOR ("the first window in front",
            gtk_application_get_active_window (GTK_APPLICATION (application)) ==
                GTK_WINDOW (first));
  g_assert_true (kutip_window_is_empty (fixture->window));
  g_assert_false (
      kutip_document_is_read_only (kutip_annotator_get_document (first->annotator)));

  g_object_add_weak_pointer (G_OBJECT (first), (gpointer *) &first);
  gtk_window_close (GTK_WINDOW (first));
  WAIT_FOR ("the first window to go", first == NULL);
  open_file (fixture, file);
  g_assert_null (find_notice (fixture, "locked"));
  mark (fixture, 0, 3, "claim");
  wait_saved (fixture);
  written = read_file (fixture, "a.txt.annotations.json");
  g_assert_nonnull (strstr (written, "\"source\""));
  g_assert_nonnull (strstr (written, "\"claim\""));
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

static int
get_wanted_width (GtkWidget *pane)
{
  int wanted;

  settle (pane);
  gtk_widget_measure (pane, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted, NULL, NULL);
  return wanted;
}

/* In text twice as large a pane wants to be wider; what it shows has no say. */
static void
test_pane_width (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  GtkWidget *pane = GTK_WIDGET (fixture->window->sidebar);
  GtkSettings *settings = gtk_widget_get_settings (pane);
  int dpi, wanted;

  open_file (fixture, file);
  wanted = get_wanted_width (pane);
  g_assert_cmpint (wanted, ==, 300);
  mark (fixture, 0, 40, "source");
  g_assert_cmpint (get_wanted_width (pane), ==, wanted);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  g_assert_cmpint (get_wanted_width (pane), >, wanted * 3 / 2);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  g_assert_cmpint (get_wanted_width (pane), ==, wanted);
}

/* Pixels between the signs of two labels above the list of annotations. */
static int
get_sign_gap (Fixture *fixture)
{
  GtkWidget *pane = GTK_WIDGET (fixture->window->sidebar);
  GtkWidget *first =
      find_widget (find_tooltip (pane, "Claim"), KUTIP_TYPE_LABEL_BADGE, 0);
  GtkWidget *next = find_widget (find_tooltip (pane, "Quote"), KUTIP_TYPE_LABEL_BADGE, 0);
  graphene_rect_t a, b;

  settle (pane);
  g_assert_true (gtk_widget_compute_bounds (first, pane, &a));
  g_assert_true (gtk_widget_compute_bounds (next, pane, &b));
  return (int) (b.origin.x - a.origin.x - a.size.width);
}

/* They keep apart in large text. */
static void
test_sign_gap (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "a.txt", article);
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi, gap;

  open_file (fixture, file);
  gap = get_sign_gap (fixture);
  g_assert_cmpint (gap, >=, 6);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 3 / 2, NULL);
  g_assert_cmpint (get_sign_gap (fixture), >=, gap);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  g_assert_cmpint (get_sign_gap (fixture), >=, gap);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

int
main (int argc, char **argv)
{
  int status;

  start_application (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/window/empty", test_empty);
  ADD ("/window/open-and-save", test_open_and_save);
  ADD ("/window/close-saves", test_close_saves);
  ADD ("/window/another-article", test_another_article);
  ADD ("/window/text-first", test_text_first);
  ADD ("/window/no-text", test_no_text);
  ADD ("/window/broken-files", test_broken_files);
  ADD ("/window/changed-text", test_changed_text);
  ADD ("/window/conflict", test_conflict);
  ADD ("/window/cannot-save", test_cannot_save);
  ADD ("/window/recovered", test_recovered);
  ADD ("/window/locked", test_locked);
  ADD ("/window/two-windows", test_two_windows);
  ADD ("/window/annotator", test_annotator);
  ADD ("/window/undo-offer", test_undo_offer);
  ADD ("/window/encoding", test_encoding);
  ADD ("/window/half-written-note", test_half_written_note);
  ADD ("/window/pane-width", test_pane_width);
  ADD ("/window/sign-gap", test_sign_gap);
#undef ADD
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
