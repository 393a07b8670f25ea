/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/drawn-row.h"
#include "window-fixture.h"

#include <string.h>

/* Names, labels and words that look like markup, entities and formats are shown as they
 * are, wherever the window shows them. Markup that does not parse is a warning of GTK's,
 * which ends a test; markup that does would be swallowed, so each is looked for. */

#define TEXT                                                                             \
  "The <b>Step</b> &amp; %s%n\n\n<i>Putin</i> said &lt;it> is <b>good. BBC %d reported.\n"
#define FILE_NAME "a<b>&amp;%s%n.txt"
#define CLAIM "<b>Claim & %s"
#define QUOTE "Quote</span> &lt;%n"
#define FORM "Form <i>&"
#define DIRECT "direct <tt>& %d"
#define LINK "By <u>& %s"

static const char tagset[] =
    "{\"format\": 1, \"name\": \"Set <b>& %s\", \"version\": \"1 & <2\", \"labels\": ["
    "{\"name\": \"claim\", \"title\": \"" CLAIM "\", \"key\": \"1\", "
    "\"description\": \"What <b>is & %s\", \"attributes\": [\"form\"]}, "
    "{\"name\": \"quote\", \"title\": \"" QUOTE "\", \"key\": \"2\", "
    "\"requires\": [\"by\"], \"attributes\": [\"form\"]}], "
    "\"attributes\": [{\"name\": \"form\", \"title\": \"" FORM "\", "
    "\"description\": \"How & <why\", \"values\": [\"<tt>indirect & \", \"" DIRECT
    "\"]}], "
    "\"relations\": [{\"name\": \"by\", \"title\": \"" LINK "\", "
    "\"description\": \"Whose & <whom\", \"from\": [\"quote\"], \"to\": [\"claim\"]}], "
    "\"article_attributes\": [\"form\"]}";

static void
open_it (Fixture *fixture)
{
  g_autoptr (GFile) set = write_file (fixture, "tagset.json", tagset);
  g_autoptr (GFile) file = write_file (fixture, FILE_NAME, TEXT);

  g_object_set (kutip_application_get_preferences (application), "annotator",
                "Ani <b>& %s", NULL);
  open_file (fixture, file);
}

/* What has words, but not in labels. */
static gboolean
draws (GtkWidget *widget, const char *words)
{
  if (KUTIP_IS_DRAWN_ROW (widget))
    {
      KutipDrawnRow *row = KUTIP_DRAWN_ROW (widget);
      const char *shown = kutip_drawn_row_get_words (row);
      const char *title = kutip_drawn_row_get_title (row);

      return (shown != NULL && strstr (shown, words) != NULL) ||
             (title != NULL && strstr (title, words) != NULL);
    }
  if (GTK_IS_TEXT_VIEW (widget) && gtk_widget_has_css_class (widget, "markdown"))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      g_autofree char *text = NULL;

      g_object_get (buffer, "text", &text, NULL);
      return strstr (text, words) != NULL;
    }
  return FALSE;
}

static gboolean
contains (GtkWidget *widget, const char *words)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  if (draws (widget, words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (contains (child, words))
      return TRUE;
  return FALSE;
}

static gboolean
is_shown (const char *words)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (contains (window, words))
        return TRUE;
    }
  return FALSE;
}

static void
assert_shown (Fixture *fixture, const char *words)
{
  settle (GTK_WIDGET (fixture->window));
  WAIT_FOR (words, is_shown (words));
}

static void
test_article (Fixture *fixture, gconstpointer data)
{
  open_it (fixture);
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==,
                   "The <b>Step</b> &amp; %s%n");
  assert_shown (fixture, FILE_NAME);
  assert_shown (fixture, CLAIM);
  activate (fixture, "win.properties");
  assert_shown (fixture, FILE_NAME);
  assert_shown (fixture, FORM);
}

static void
test_spans (Fixture *fixture, gconstpointer data)
{
  open_it (fixture);
  mark (fixture, 28, 40, "claim"); /* <i>Putin</i> */
  assert_shown (fixture, "<i>Putin</i>");
  activate (fixture, "annotation.close-attribution"); /* which the quote would join */
  mark (fixture, 46, 61, "quote");
  assert_shown (fixture, "&lt;it> is <b>g");
  assert_shown (fixture, QUOTE);
  assert_shown (fixture, FORM);
  assert_shown (fixture, LINK); /* to be added, on the card */
  activate (fixture, "annotation.undo");
  assert_shown (fixture, QUOTE);
  activate (fixture, "annotation.redo");
  activate (fixture, "win.to-do");
  assert_shown (fixture, "&lt;it> is <b>g");
  assert_shown (fixture, CLAIM);
  wait_saved (fixture);
}

static void
close_others (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (window != GTK_WINDOW (fixture->window) && !GTK_IS_POPOVER (window))
        gtk_window_destroy (window);
    }
  settle (GTK_WIDGET (fixture->window));
}

static void
test_windows (Fixture *fixture, gconstpointer data)
{
  open_it (fixture);
  mark (fixture, 28, 40, "claim");
  wait_saved (fixture);
  activate (fixture, "win.edit-tagset");
  assert_shown (fixture, CLAIM);
  assert_shown (fixture, FORM);
  assert_shown (fixture, LINK);
  close_others (fixture);
  activate (fixture, "win.guidelines");
  assert_shown (fixture, "Set <b>& %s");
  assert_shown (fixture, "What <b>is & %s");
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GFile) second = write_file (fixture, "b & <c>.txt", TEXT);

  open_it (fixture);
  kutip_window_open (fixture->window, &folder, 1, NULL);
  assert_shown (fixture, "b & <c>.txt");
  assert_shown (fixture, FILE_NAME);
}

int
main (int argc, char **argv)
{
  int status;

  start_application (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/window-markup/article", test_article);
  ADD ("/window-markup/spans", test_spans);
  ADD ("/window-markup/windows", test_windows);
  ADD ("/window-markup/folder", test_folder);
#undef ADD
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
