/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pane-fixture.h"

#include "ui/sidebar/form-row.h"

#include <adwaita.h>

static void
on_link (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PaneFixture *fixture = data;

  g_free (fixture->linked);
  fixture->linked = g_variant_dup_string (parameter, NULL);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PaneFixture *fixture = data;

  fixture->n_deleted++;
  kutip_annotator_remove_current (fixture->annotator);
}

static void
on_message (KutipAnnotator *annotator, const char *text, gboolean undoable, gpointer data)
{
  ((PaneFixture *) data)->n_messages++;
}

static void
add_actions (PaneFixture *fixture)
{
  static const GActionEntry entries[] = {
    { .name = "link", .activate = on_link, .parameter_type = "s" },
    { .name = "delete", .activate = on_delete },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries),
                                   fixture);
  gtk_widget_insert_action_group (fixture->window, "annotation", G_ACTION_GROUP (group));
}

static void
set_up (PaneFixture *fixture, gconstpointer sample)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->annotator = sample_by_name (sample);
  fixture->document = kutip_annotator_get_document (fixture->annotator);
  fixture->window = gtk_window_new ();
  fixture->elsewhere = gtk_button_new_with_label ("Elsewhere");
  fixture->sidebar = KUTIP_SIDEBAR (kutip_sidebar_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->sidebar), TRUE);
  gtk_box_append (GTK_BOX (box), fixture->elsewhere);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->sidebar));
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 320, 760);
  add_actions (fixture);
  g_signal_connect (fixture->annotator, "message", G_CALLBACK (on_message), fixture);
  kutip_sidebar_set_annotator (fixture->sidebar, fixture->annotator);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture->window);
}

/* Widgets and annotator die with their last owner: nothing holds on to them. */
static void
tear_down (PaneFixture *fixture, gconstpointer sample)
{
  KutipSidebar *sidebar = g_object_ref (fixture->sidebar);
  KutipSpanModel *model =
      g_object_ref (kutip_span_list_get_model (kutip_sidebar_get_list (sidebar)));

  g_signal_handlers_disconnect_by_data (fixture->annotator, fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (sidebar);
  g_assert_finalize_object (model);
  g_assert_finalize_object (fixture->annotator);
  g_free (fixture->linked);
}

void
pane_test_add (const char *path,
               const char *sample,
               void (*test) (PaneFixture *fixture, gconstpointer sample))
{
  g_test_add (path, PaneFixture, sample, set_up, test, tear_down);
}

void
pane_test_init (int *argc, char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  gtk_icon_theme_add_resource_path (
      gtk_icon_theme_get_for_display (gdk_display_get_default ()),
      "/org/kutip/Kutip/icons");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);
}

GtkWidget *
get_list (PaneFixture *fixture)
{
  return GTK_WIDGET (kutip_sidebar_get_list (fixture->sidebar));
}

GtkWidget *
get_card (PaneFixture *fixture)
{
  return GTK_WIDGET (kutip_sidebar_get_card (fixture->sidebar));
}

GtkSelectionModel *
get_selection (PaneFixture *fixture)
{
  return gtk_list_view_get_model (
      GTK_LIST_VIEW (find_widget (get_list (fixture), GTK_TYPE_LIST_VIEW, 0)));
}

KutipSpan *
select_span (PaneFixture *fixture, const char *words)
{
  kutip_annotator_set_current (fixture->annotator,
                               sample_find (fixture->annotator, words), FALSE);
  settle (fixture->window);
  return kutip_annotator_get_current (fixture->annotator);
}

void
undo (PaneFixture *fixture)
{
  kutip_annotator_undo (fixture->annotator);
  settle (fixture->window);
}

void
redo (PaneFixture *fixture)
{
  kutip_annotator_redo (fixture->annotator);
  settle (fixture->window);
}

const char *
get_selected_words (PaneFixture *fixture)
{
  GtkSelectionModel *selection = get_selection (fixture);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);
  g_autoptr (KutipSpanItem) item = NULL;
  KutipText *text = kutip_document_get_text (fixture->document);
  static char *words = NULL;

  if (gtk_bitset_is_empty (selected))
    return "";
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
  item =
      g_list_model_get_item (G_LIST_MODEL (selection), gtk_bitset_get_minimum (selected));
  g_free (words);
  words = kutip_text_dup_range (
      text, kutip_span_get_ranges (kutip_span_item_get_span (item))[0]);
  return words;
}

guint
get_n_rows (PaneFixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_selection (fixture)));
}

GtkWidget *
find_field (PaneFixture *fixture, const char *title, GType type)
{
  GtkWidget *card = get_card (fixture);
  guint i = 0;
  GtkWidget *row;

  while ((row = find_widget (card, KUTIP_TYPE_FORM_ROW, i++)) != NULL)
    if (g_strcmp0 (kutip_form_row_get_title (KUTIP_FORM_ROW (row)), title) == 0)
      return find_widget (row, type, 0);
  return NULL;
}

const char *
get_attribute (PaneFixture *fixture, const char *name)
{
  KutipSpan *span = kutip_annotator_get_current (fixture->annotator);

  return kutip_attributes_get_string (kutip_span_get_attributes (span), name);
}

guint
get_n_changes (PaneFixture *fixture)
{
  return kutip_history_get_position (kutip_document_get_history (fixture->document));
}

GtkTextBuffer *
get_note_buffer (PaneFixture *fixture)
{
  return gtk_text_view_get_buffer (
      GTK_TEXT_VIEW (find_widget (get_card (fixture), GTK_TYPE_TEXT_VIEW, 0)));
}

const KutipHeaderFields *
get_header (PaneFixture *fixture)
{
  return kutip_header_get_fields (
      kutip_layer_get_header (kutip_document_get_layer (fixture->document)));
}
