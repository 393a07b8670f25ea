/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../sidebar/find-widget.h"
#include "format/tagset/tagset-json.h"
#include "ui/tagset/tagset-editor.h"
#include "ui/tagset/tagset-form.h"
#include "ui/tagset/tagset-list.h"

#include <glib/gstdio.h>
#include <string.h>

static guint n_resumed;

static void
pause_nothing (GFile *folder, void (*then) (gboolean done, gpointer data), gpointer data)
{
  then (TRUE, data);
}

static void
count_resumed (GFile *folder)
{
  n_resumed++;
}

static const KutipTagsetHost host = { pause_nothing, count_resumed };

typedef struct
{
  char *path;
  GFile *folder;
  KutipTagsetEditor *editor; /* NULL once it is gone */
} Fixture;

/* @json: a tag set, or NULL for one that comes with the program. */
static void
open_editor (Fixture *self, gconstpointer json)
{
  g_autoptr (KutipTagset) tagset =
      json != NULL ? kutip_tagset_from_json (json, strlen (json), NULL)
                   : kutip_tagset_load_builtin ("news-attribution");

  n_resumed = 0;
  self->path = g_dir_make_tmp ("kutip-editor-XXXXXX", NULL);
  self->folder = g_file_new_for_path (self->path);
  self->editor = kutip_tagset_editor_present (NULL, self->folder, NULL, tagset, &host);
  g_object_add_weak_pointer (G_OBJECT (self->editor), (gpointer *) &self->editor);
  settle (GTK_WIDGET (self->editor));
}

/* Whatever is still going on ends, and nothing keeps the window. */
static void
close_editor (Fixture *self, gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->path, "tagset.json", NULL);

  if (self->editor != NULL)
    gtk_window_destroy (GTK_WINDOW (self->editor));
  for (guint i = 0; i < 500 && self->editor != NULL; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_null (self->editor);
  g_unlink (file);
  g_rmdir (self->path);
  g_object_unref (self->folder);
  g_free (self->path);
}

/* The parts of a form come in one frame each. */
static void
settle_form (Fixture *self)
{
  for (guint i = 0; i < 6; i++)
    settle (GTK_WIDGET (self->editor));
}

static void
act (Fixture *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self->editor), action, NULL);
}

static GtkEditable *
find_field (GtkWidget *widget, const char *field)
{
  GtkWidget *found = kutip_tagset_form_find_field (widget, field);

  return GTK_IS_EDITABLE (found) ? GTK_EDITABLE (found) : NULL;
}

static void
write_field (Fixture *self, const char *field, const char *text)
{
  GtkEditable *editable = find_field (GTK_WIDGET (self->editor), field);

  g_assert_nonnull (editable);
  gtk_editable_set_text (editable, text);
}

static void
count (guint *n)
{
  (*n)++;
}

/* The list's own buttons make the form once, as the key does: it takes long. */
static void
test_add_from_list (Fixture *self, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (self->editor);
  GtkWidget *form, *add;
  guint n_forms = 0;

  settle_form (self);
  form = gtk_widget_get_parent (GTK_WIDGET (find_field (window, "name")));
  while (g_object_get_data (G_OBJECT (form), "growth") == NULL)
    form = gtk_widget_get_parent (form);
  g_signal_connect_swapped (gtk_widget_get_parent (form), "notify::child",
                            G_CALLBACK (count), &n_forms);
  add = find_tooltip (window, "Add an attribute");
  g_assert_nonnull (add);
  g_signal_emit_by_name (add, "clicked");
  g_assert_cmpuint (n_forms, ==, 1);
  settle_form (self);
  write_field (self, "name", "mood");
  g_assert_nonnull (find_saying (window, GTK_TYPE_LABEL, "mood"));
}

static char *
wait_for_file (Fixture *self)
{
  g_autofree char *file = g_build_filename (self->path, "tagset.json", NULL);
  char *content = NULL;

  for (guint i = 0; i < 5000 && n_resumed == 0; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_file_get_contents (file, &content, NULL, NULL);
  return content;
}

/* A label added, given a name, saved: the file is what was built in, and it. */
static void
test_save (Fixture *self, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autoptr (KutipTagset) tagset = NULL;
  g_autoptr (GError) error = NULL;

  act (self, "editor.add");
  write_field (self, "title", "Topic");
  write_field (self, "name", "topic");
  write_field (self, "description", "What it is about.");
  act (self, "editor.move-up");
  act (self, "editor.save");
  content = wait_for_file (self);
  g_assert_nonnull (content);
  tagset = kutip_tagset_from_json (content, strlen (content), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_tagset_get_n_labels (tagset), ==, 5);
  g_assert_cmpstr (kutip_tagset_get_nth_label (tagset, 3)->name, ==, "topic");
  g_assert_cmpstr (kutip_tagset_get_nth_label (tagset, 3)->title, ==, "Topic");
  g_assert_cmpuint (kutip_tagset_get_nth_label (tagset, 3)->key, ==, '5');
  g_assert_cmpstr (kutip_tagset_get_nth_label (tagset, 3)->color, ==, "#e69f00");
  g_assert_cmpstr (kutip_tagset_get_version (tagset), ==, "1");
}

/* A form shows what undo has brought back. */
static void
test_undo (Fixture *self, gconstpointer data)
{
  act (self, "editor.add");
  write_field (self, "title", "One");
  write_field (self, "name", "one");
  act (self, "editor.undo");
  g_assert_cmpstr (gtk_editable_get_text (find_field (GTK_WIDGET (self->editor), "name")),
                   ==, "label-1");
  act (self, "editor.undo");
  g_assert_cmpstr (
      gtk_editable_get_text (find_field (GTK_WIDGET (self->editor), "title")), ==, "");
  act (self, "editor.redo");
  g_assert_cmpstr (
      gtk_editable_get_text (find_field (GTK_WIDGET (self->editor), "title")), ==, "One");
  act (self, "editor.undo");
  act (self, "editor.undo");
  /* The tag set itself is chosen then. */
  g_assert_cmpstr (gtk_editable_get_text (find_field (GTK_WIDGET (self->editor), "name")),
                   ==, "News attribution");
}

/* What cannot be used is not written, and shown. */
static void
test_refuses (Fixture *self, gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->path, "tagset.json", NULL);

  act (self, "editor.add");
  write_field (self, "name", "quote");
  act (self, "editor.save");
  settle (GTK_WIDGET (self->editor));
  g_assert_cmpuint (n_resumed, ==, 0);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_nonnull (find_saying (GTK_WIDGET (self->editor), GTK_TYPE_LABEL,
                                 "There is another one with the name “quote”."));
}

/* Every form can be made, of every shipped tag set, and lets go of what it holds. */
static void
test_all_forms (Fixture *self, gconstpointer data)
{
  const char *const *names = kutip_tagset_list_builtin ();
  KutipTagsetList *list = KUTIP_TAGSET_LIST (
      find_widget (GTK_WIDGET (self->editor), KUTIP_TYPE_TAGSET_LIST, 0));

  for (guint i = 0; names[i] != NULL; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (self->editor), "editor.start-from", "s",
                                  names[i]);
      for (guint id = 1; id < 200; id++)
        {
          kutip_tagset_list_select (list, id);
          if (kutip_tagset_list_get_selected (list) == id)
            settle_form (self);
        }
    }
  act (self, "editor.add");
  write_field (self, "title", "One");
}

/* Chooses what has that title in the list; its form is whole then. */
static void
choose (Fixture *self, const char *title)
{
  GtkWidget *list, *row;

  settle_form (self);
  list = find_widget (GTK_WIDGET (self->editor), KUTIP_TYPE_TAGSET_LIST, 0);
  row = find_saying (list, GTK_TYPE_LIST_BOX_ROW, title);
  g_assert_nonnull (row);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)),
                           GTK_LIST_BOX_ROW (row));
  settle_form (self);
}

static const char *
get_field (Fixture *self, const char *field)
{
  return gtk_editable_get_text (find_field (GTK_WIDGET (self->editor), field));
}

/* Of the colours to choose from, one that is not chosen. */
static GtkWidget *
find_other_color (Fixture *self)
{
  GtkWidget *button;

  for (guint i = 0; (button = find_widget (GTK_WIDGET (self->editor),
                                           GTK_TYPE_TOGGLE_BUTTON, i)) != NULL;
       i++)
    if (gtk_widget_has_css_class (button, "color-swatch") &&
        !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
      return button;
  return NULL;
}

/* To choose a colour is one step. */
static void
test_color (Fixture *self, gconstpointer data)
{
  GtkWidget *button;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  choose (self, "Claim");
  before = g_strdup (get_field (self, "color"));
  button = find_other_color (self);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  after = g_strdup (get_field (self, "color"));
  g_assert_cmpstr (after, !=, before);
  act (self, "editor.undo");
  settle_form (self);
  g_assert_cmpstr (get_field (self, "color"), ==, before);
  act (self, "editor.redo");
  settle_form (self);
  g_assert_cmpstr (get_field (self, "color"), ==, after);
}

static const char *
get_guidelines (Fixture *self, char **text)
{
  GtkWidget *view =
      kutip_tagset_form_find_field (GTK_WIDGET (self->editor), "guidelines");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (*text);
  *text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return *text;
}

/* The form of a label is that of the next one, too: nothing of the first goes over, what
 * is written goes to the second, and what was chosen says nothing new. */
static void
test_next_label (Fixture *self, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (self->editor);
  g_autofree char *color = NULL;
  g_autofree char *guidelines = NULL;
  gpointer field;

  choose (self, "First");
  field = find_field (window, "title");
  color = g_strdup (get_field (self, "color"));
  g_assert_cmpstr (get_guidelines (self, &guidelines), ==, "Of the first.");
  choose (self, "Second");
  g_assert_true (find_field (window, "title") == field);
  g_assert_cmpstr (get_field (self, "name"), ==, "second");
  g_assert_cmpstr (get_field (self, "key"), ==, "");
  g_assert_cmpstr (get_field (self, "color"), !=, color);
  g_assert_cmpstr (get_guidelines (self, &guidelines), ==, "");
  g_assert_true (gtk_check_button_get_active (
      GTK_CHECK_BUTTON (find_saying (window, GTK_TYPE_CHECK_BUTTON, "Required"))));
  /* Nothing was changed by looking. */
  g_assert_false (gtk_widget_get_sensitive (find_tooltip (window, "Undo (Ctrl+Z)")));
  write_field (self, "description", "Of the second.");
  g_signal_emit_by_name (find_other_color (self), "clicked");
  choose (self, "First");
  g_assert_true (find_field (window, "title") == field);
  g_assert_cmpstr (get_field (self, "description"), ==, "");
  g_assert_cmpstr (get_field (self, "color"), ==, color);
  g_assert_cmpstr (get_field (self, "key"), ==, "1");
  g_assert_false (gtk_check_button_get_active (
      GTK_CHECK_BUTTON (find_saying (window, GTK_TYPE_CHECK_BUTTON, "Required"))));
  choose (self, "Second");
  g_assert_cmpstr (get_field (self, "description"), ==, "Of the second.");
}

/* Of what the rows of a form are about, each has one of its own. */
static void
test_rows_follow (Fixture *self, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (self->editor);

  choose (self, "First");
  g_assert_null (find_saying (window, ADW_TYPE_ACTION_ROW, "attribute-1"));
  gtk_widget_activate_action (window, "editor.add-kind", "u", KUTIP_DRAFT_ATTRIBUTE);
  settle_form (self);
  choose (self, "First");
  g_assert_nonnull (find_saying (window, ADW_TYPE_ACTION_ROW, "attribute-1"));
  act (self, "editor.undo");
  settle_form (self);
  choose (self, "First");
  g_assert_null (find_saying (window, ADW_TYPE_ACTION_ROW, "attribute-1"));
}

/* Only the start of a form is made at once, the rest soon after; but what one was writing
 * in stays at hand when the form is made anew. */
static void
test_parts (Fixture *self, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (self->editor);
  KutipTagsetList *list =
      KUTIP_TAGSET_LIST (find_widget (window, KUTIP_TYPE_TAGSET_LIST, 0));
  GtkEditable *title = NULL;
  GtkWidget *guidelines, *focus;

  /* The window itself comes in several frames, too. */
  settle_form (self);
  for (guint id = 1;
       title == NULL || !g_str_equal (gtk_editable_get_text (title), "Claim"); id++)
    {
      g_assert_cmpuint (id, <, 200);
      kutip_tagset_list_select (list, id);
      title = find_field (window, "title");
    }
  g_assert_null (kutip_tagset_form_find_field (window, "color"));
  g_assert_null (kutip_tagset_form_find_field (window, "guidelines"));
  settle_form (self);
  g_assert_nonnull (kutip_tagset_form_find_field (window, "color"));
  guidelines = kutip_tagset_form_find_field (window, "guidelines");
  g_assert_nonnull (guidelines);
  g_assert_true (gtk_widget_child_focus (guidelines, GTK_DIR_TAB_FORWARD) ||
                 gtk_widget_grab_focus (guidelines));
  act (self, "editor.move-down");
  guidelines = kutip_tagset_form_find_field (window, "guidelines");
  g_assert_nonnull (guidelines);
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (focus == guidelines || gtk_widget_is_ancestor (focus, guidelines));
  settle_form (self);
}

static guint
count_rows (GtkListBox *rows)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (rows, (int) n) != NULL)
    n++;
  return n;
}

/* What is added can be written in at once; the list shows it a frame later, and what is
 * wrong with it. */
static void
test_list_later (Fixture *self, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (self->editor);
  KutipTagsetList *list =
      KUTIP_TAGSET_LIST (find_widget (window, KUTIP_TYPE_TAGSET_LIST, 0));
  GtkListBox *rows;
  GtkEditable *title;
  GtkWidget *focus;
  guint n, n_images;

  settle_form (self);
  rows = GTK_LIST_BOX (find_widget (GTK_WIDGET (list), GTK_TYPE_LIST_BOX, 0));
  n = count_rows (rows);
  act (self, "editor.add");
  title = find_field (window, "title");
  g_assert_nonnull (title);
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "");
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (title)));
  g_assert_cmpuint (count_rows (rows), ==, n);
  settle_form (self);
  g_assert_cmpuint (count_rows (rows), ==, n + 1);
  g_assert_nonnull (find_saying (GTK_WIDGET (gtk_list_box_get_selected_row (rows)),
                                 GTK_TYPE_LABEL, "label-1"));
  n_images = count_widgets (GTK_WIDGET (rows), GTK_TYPE_IMAGE);
  /* There is one of that name. */
  write_field (self, "name", "quote");
  g_assert_cmpuint (count_widgets (GTK_WIDGET (rows), GTK_TYPE_IMAGE), >, n_images);
  act (self, "editor.undo");
  settle_form (self);
  g_assert_cmpuint (count_widgets (GTK_WIDGET (rows), GTK_TYPE_IMAGE), ==, n_images);
  act (self, "editor.redo");
  settle_form (self);
  g_assert_cmpuint (count_widgets (GTK_WIDGET (rows), GTK_TYPE_IMAGE), >, n_images);
  act (self, "editor.remove");
  g_assert_cmpuint (count_rows (rows), ==, n + 1);
  title = find_field (window, "title");
  g_assert_nonnull (title);
  g_assert_cmpstr (gtk_editable_get_text (title), !=, "");
  settle_form (self);
  g_assert_cmpuint (count_rows (rows), ==, n);
  g_assert_nonnull (gtk_list_box_get_selected_row (rows));
  /* What is asked for at once is there. */
  act (self, "editor.add");
  act (self, "editor.back");
  g_assert_cmpuint (count_rows (rows), ==, n + 1);
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (focus == GTK_WIDGET (gtk_list_box_get_selected_row (rows)));
}

static GtkWidget *
find_button (GtkWidget *widget, const char *action)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
resize (Fixture *self, int width, gboolean shown)
{
  GtkWidget *undo = find_button (GTK_WIDGET (self->editor), "editor.undo");

  g_assert_nonnull (undo);
  gtk_window_set_default_size (GTK_WINDOW (self->editor), width, 640);
  for (guint i = 0; i < 5000 && gtk_widget_get_visible (undo) != shown; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_true (gtk_widget_get_visible (undo) == shown);
  settle (GTK_WIDGET (self->editor));
}

/* Where there is no room for them, the buttons go once the window has been laid out: in
 * the middle of that, GTK warns of a header bar without a place, which is fatal here. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  resize (self, 360, FALSE);
  resize (self, 820, TRUE);
}

/* A phone's; what the window draws around itself comes to it. */
#define PHONE 360

/* Whatever is chosen, the window can be as narrow as a phone. */
static void
test_forms_narrow (Fixture *self, gconstpointer data)
{
  KutipTagsetList *list = KUTIP_TAGSET_LIST (
      find_widget (GTK_WIDGET (self->editor), KUTIP_TYPE_TAGSET_LIST, 0));
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  /* As the program does; the colours to choose from are smaller than buttons are. */
  gtk_css_provider_load_from_resource (style, "/org/kutip/Kutip/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  resize (self, PHONE, FALSE);
  for (guint id = 1; id < 20; id++)
    {
      int minimum;

      kutip_tagset_list_select (list, id);
      settle_form (self);
      g_test_message ("item %u", kutip_tagset_list_get_selected (list));
      gtk_widget_measure (gtk_window_get_child (GTK_WINDOW (self->editor)),
                          GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, PHONE);
    }
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (),
                                                 GTK_STYLE_PROVIDER (style));
}

static const char two_labels[] =
    "{\"format\": 1, \"name\": \"Two\", \"labels\": [{\"name\": \"first\", \"title\": "
    "\"First\", \"key\": \"1\", \"color\": \"#0072b2\", \"guidelines\": \"Of the "
    "first.\", \"attributes\": [\"mood\"]}, {\"name\": \"second\", \"title\": "
    "\"Second\", \"color\": \"#009e73\", \"attributes\": [\"mood\"], \"requires\": "
    "[\"mood\"]}], \"attributes\": [{\"name\": \"mood\", \"type\": \"text\"}], "
    "\"relations\": []}";

/* Titles that a menu would take for mnemonics, or be as wide as the screen with. */
static const char odd_titles[] =
    "{\"format\": 1, \"name\": \"Odd\", \"labels\": [{\"name\": \"first\"}, "
    "{\"name\": \"news_of_day\"}, {\"name\": \"long\", \"title\": \"1234567890 1234567890 "
    "1234567890 1234567890 1234567890 1234567890\"}], \"attributes\": [], "
    "\"relations\": []}";

static char *
dup_item_label (GMenuModel *menu, int i)
{
  char *label = NULL;

  g_assert_true (
      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label));
  return label;
}

static void
test_merge_menu (Fixture *self, gconstpointer data)
{
  KutipTagsetList *list = KUTIP_TAGSET_LIST (
      find_widget (GTK_WIDGET (self->editor), KUTIP_TYPE_TAGSET_LIST, 0));
  GMenuModel *menu = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  for (guint id = 1; id < 5 && menu == NULL; id++)
    {
      GtkWidget *button;

      kutip_tagset_list_select (list, id);
      settle_form (self);
      for (guint i = 0;
           menu == NULL && (button = find_widget (GTK_WIDGET (self->editor),
                                                  GTK_TYPE_MENU_BUTTON, i)) != NULL;
           i++)
        {
          g_autofree char *action = NULL;

          menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
          if (menu == NULL || g_menu_model_get_n_items (menu) == 0 ||
              !g_menu_model_get_item_attribute (menu, 0, G_MENU_ATTRIBUTE_ACTION, "s",
                                                &action) ||
              !g_str_equal (action, "editor.merge"))
            menu = NULL;
        }
    }
  g_assert_nonnull (menu);
  second = dup_item_label (menu, 0);
  g_assert_cmpstr (second, ==, "news__of__day");
  third = dup_item_label (menu, 1);
  g_assert_cmpint (g_utf8_strlen (third, -1), ==, 61);
  g_assert_true (g_str_has_suffix (third, "…"));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/tagset-editor/save", Fixture, NULL, open_editor, test_save, close_editor);
  g_test_add ("/tagset-editor/add-from-list", Fixture, NULL, open_editor,
              test_add_from_list, close_editor);
  g_test_add ("/tagset-editor/undo", Fixture, NULL, open_editor, test_undo, close_editor);
  g_test_add ("/tagset-editor/refuses", Fixture, NULL, open_editor, test_refuses,
              close_editor);
  g_test_add ("/tagset-editor/all-forms", Fixture, NULL, open_editor, test_all_forms,
              close_editor);
  g_test_add ("/tagset-editor/parts", Fixture, NULL, open_editor, test_parts,
              close_editor);
  g_test_add ("/tagset-editor/color", Fixture, NULL, open_editor, test_color,
              close_editor);
  g_test_add ("/tagset-editor/next-label", Fixture, two_labels, open_editor,
              test_next_label, close_editor);
  g_test_add ("/tagset-editor/rows-follow", Fixture, two_labels, open_editor,
              test_rows_follow, close_editor);
  g_test_add ("/tagset-editor/list-later", Fixture, NULL, open_editor, test_list_later,
              close_editor);
  g_test_add ("/tagset-editor/forms-narrow", Fixture, NULL, open_editor,
              test_forms_narrow, close_editor);
  g_test_add ("/tagset-editor/merge-menu", Fixture, odd_titles, open_editor,
              test_merge_menu, close_editor);
  g_test_add ("/tagset-editor/narrow", Fixture, NULL, open_editor, test_narrow,
              close_editor);
  return g_test_run ();
}
