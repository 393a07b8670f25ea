/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "find-widget.h"
#include "format/tagset-json.h"
#include "samples.h"
#include "ui/label-look.h"
#include "ui/sidebar/attribute-field.h"
#include "ui/sidebar/attribute-form.h"
#include "ui/sidebar/form-row.h"
#include "ui/sidebar/label-chooser.h"
#include "ui/sidebar/relation-list.h"
#include "ui/sidebar/relation-row.h"
#include "ui/sidebar/sidebar.h"
#include "ui/sidebar/span-row.h"

#include <adwaita.h>
#include <string.h>

/* A window with the side pane alone, and what it sent to the window. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *elsewhere; /* something else that takes the focus */
  KutipSidebar *sidebar;
  KutipAnnotator *annotator;
  KutipDocument *document;
  char *linked;
  guint n_deleted;
  guint n_messages;
} Fixture;

static void
on_link (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Fixture *fixture = data;

  g_free (fixture->linked);
  fixture->linked = g_variant_dup_string (parameter, NULL);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Fixture *fixture = data;

  fixture->n_deleted++;
  kutip_annotator_remove_current (fixture->annotator);
}

static void
on_message (KutipAnnotator *annotator, const char *text, gboolean undoable, gpointer data)
{
  ((Fixture *) data)->n_messages++;
}

static void
add_actions (Fixture *fixture)
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
set_up (Fixture *fixture, gconstpointer sample)
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
tear_down (Fixture *fixture, gconstpointer sample)
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

static GtkWidget *
get_list (Fixture *fixture)
{
  return GTK_WIDGET (kutip_sidebar_get_list (fixture->sidebar));
}

static GtkWidget *
get_card (Fixture *fixture)
{
  return GTK_WIDGET (kutip_sidebar_get_card (fixture->sidebar));
}

static GtkSelectionModel *
get_selection (Fixture *fixture)
{
  return gtk_list_view_get_model (
      GTK_LIST_VIEW (find_widget (get_list (fixture), GTK_TYPE_LIST_VIEW, 0)));
}

static KutipSpan *
select_span (Fixture *fixture, const char *words)
{
  kutip_annotator_set_current (fixture->annotator,
                               sample_find (fixture->annotator, words), FALSE);
  settle (fixture->window);
  return kutip_annotator_get_current (fixture->annotator);
}

/* The label that the list shows as selected; "" for none. */
static const char *
get_selected_words (Fixture *fixture)
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

static void
test_list_follows (Fixture *fixture, gconstpointer sample)
{
  GtkSelectionModel *selection = get_selection (fixture);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));

  g_assert_cmpuint (
      n, ==, kutip_layer_get_n_spans (kutip_document_get_layer (fixture->document)));
  g_assert_cmpstr (get_selected_words (fixture), ==, "");

  select_span (fixture, "BBC");
  g_assert_cmpstr (get_selected_words (fixture), ==, "BBC");

  g_assert_true (gtk_selection_model_select_item (selection, 0, TRUE));
  g_assert_true (kutip_annotator_get_current (fixture->annotator) ==
                 sample_find (fixture->annotator, "Putin"));
  kutip_annotator_set_current (fixture->annotator, NULL, FALSE);
  g_assert_cmpstr (get_selected_words (fixture), ==, "");

  /* The current span stays selected as it changes and as spans come before it. */
  select_span (fixture, "BBC");
  {
    KutipRange range = { 0, 4 };

    kutip_annotate_mark (fixture->document, "claim", &range, 1, NULL);
  }
  kutip_annotator_set_label (fixture->annotator, "claim");
  g_assert_cmpstr (get_selected_words (fixture), ==, "BBC");

  /* Undo makes what it touched current, in the middle of the change. */
  kutip_annotator_set_current (fixture->annotator, NULL, FALSE);
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (get_selected_words (fixture), ==, "BBC");

  kutip_annotator_remove_current (fixture->annotator);
  g_assert_cmpstr (get_selected_words (fixture), ==, "");
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (get_selected_words (fixture), ==, "BBC");
}

static void
test_list_while_linking (Fixture *fixture, gconstpointer sample)
{
  GtkSelectionModel *selection = get_selection (fixture);
  guint n = kutip_layer_get_n_relations (kutip_document_get_layer (fixture->document));

  select_span (fixture, "persahabatan");
  kutip_annotator_start_link (fixture->annotator, "attributed-to");
  g_assert_true (kutip_annotator_is_linking (fixture->annotator));

  /* Arrow keys select rows: that must not make links. */
  g_assert_false (gtk_selection_model_select_item (selection, 0, TRUE));
  g_assert_cmpuint (
      kutip_layer_get_n_relations (kutip_document_get_layer (fixture->document)), ==, n);
  /* Enter on a row picks it. */
  g_signal_emit_by_name (find_widget (get_list (fixture), GTK_TYPE_LIST_VIEW, 0),
                         "activate", 0u);
  g_assert_cmpuint (
      kutip_layer_get_n_relations (kutip_document_get_layer (fixture->document)), ==,
      n + 1);
}

static void
test_list_scrolls (Fixture *fixture, gconstpointer sample)
{
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  KutipSpan *last = kutip_layer_get_nth_span (layer, kutip_layer_get_n_spans (layer) - 1);
  GtkWidget *scrolled = find_widget (get_list (fixture), GTK_TYPE_SCROLLED_WINDOW, 0);
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_widget_grab_focus (fixture->elsewhere);
  kutip_annotator_set_current (fixture->annotator, last, TRUE);
  settle (fixture->window);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 0);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == fixture->elsewhere);
}

static guint
get_n_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_selection (fixture)));
}

static void
test_filter (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *list = get_list (fixture);
  GtkWidget *search;
  GtkWidget *quotes = find_tooltip (list, "Quote");
  GtkWidget *sources = find_tooltip (list, "Source");
  guint all = get_n_rows (fixture);

  g_assert_null (find_tooltip (list, "Labels that the tag set lacks"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (quotes), TRUE);
  g_assert_cmpuint (get_n_rows (fixture), ==, 3);
  g_assert_nonnull (find_saying (list, GTK_TYPE_LABEL, "3 of 10"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (sources), TRUE);
  g_assert_cmpuint (get_n_rows (fixture), ==, 7);

  g_assert_true (kutip_sidebar_focus_filter (fixture->sidebar));
  search = find_widget (list, GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (search), "BBC");
  g_signal_emit_by_name (search, "search-changed");
  /* One by its words, one by its note. */
  g_assert_cmpuint (get_n_rows (fixture), ==, 2);

  /* What stops to pass goes, what is made and passes comes. */
  kutip_annotate_set_label (fixture->document, sample_find (fixture->annotator, "BBC"),
                            "cue", NULL);
  g_assert_cmpuint (get_n_rows (fixture), ==, 1);
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpuint (get_n_rows (fixture), ==, 2);

  gtk_editable_set_text (GTK_EDITABLE (search), "nowhere to be found");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (get_n_rows (fixture), ==, 0);
  settle (fixture->window);
  g_assert_nonnull (find_saying (list, GTK_TYPE_LABEL, "Nothing Found"));
  g_signal_emit_by_name (find_saying (list, GTK_TYPE_BUTTON, "Show All"), "clicked");
  g_assert_cmpuint (get_n_rows (fixture), ==, all);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (quotes)));
}

static void
test_unknown_labels (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *list = get_list (fixture);
  GtkWidget *unknown = find_tooltip (list, "Labels that the tag set lacks");
  g_autoptr (KutipTagset) tagset = NULL;

  g_assert_nonnull (unknown);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (unknown), TRUE);
  g_assert_cmpuint (get_n_rows (fixture), ==, 10);
  select_span (fixture, "BBC");
  g_assert_nonnull (
      find_saying (get_card (fixture), GTK_TYPE_LABEL, "source (not in the tag set)"));

  /* Another tag set: other toggles, none pressed. */
  tagset = kutip_tagset_load_builtin ("news-attribution");
  kutip_document_set_tagset (fixture->document, tagset);
  settle (fixture->window);
  g_assert_nonnull (find_tooltip (list, "Quote"));
  g_assert_cmpuint (get_n_rows (fixture), ==, 13);
  g_assert_nonnull (find_saying (get_card (fixture), GTK_TYPE_DROP_DOWN, "Source"));
}

static void
test_empty (Fixture *fixture, gconstpointer sample)
{
  KutipRange range = { 0, 4 };

  g_assert_nonnull (find_saying (get_list (fixture), GTK_TYPE_LABEL,
                                 "Select some words and press 1 to mark them as Claim."));
  kutip_annotate_mark (fixture->document, "claim", &range, 1, NULL);
  settle (fixture->window);
  g_assert_cmpuint (count_widgets (get_list (fixture), KUTIP_TYPE_SPAN_ROW), ==, 1);
  kutip_annotator_undo (fixture->annotator);
  settle (fixture->window);
  g_assert_nonnull (
      find_saying (get_list (fixture), GTK_TYPE_LABEL, "Nothing Marked Yet"));
}

/* The drop-down, entry or button of the form row of that title. */
static GtkWidget *
find_field (Fixture *fixture, const char *title, GType type)
{
  GtkWidget *card = get_card (fixture);
  guint i = 0;
  GtkWidget *row;

  while ((row = find_widget (card, KUTIP_TYPE_FORM_ROW, i++)) != NULL)
    if (g_strcmp0 (kutip_form_row_get_title (KUTIP_FORM_ROW (row)), title) == 0)
      return find_widget (row, type, 0);
  return NULL;
}

static const char *
get_attribute (Fixture *fixture, const char *name)
{
  KutipSpan *span = kutip_annotator_get_current (fixture->annotator);

  return kutip_attributes_get_string (kutip_span_get_attributes (span), name);
}

static guint
get_n_changes (Fixture *fixture)
{
  return kutip_history_get_position (kutip_document_get_history (fixture->document));
}

static void
test_choices (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *form;
  guint n;

  select_span (fixture, "langkah");
  form = find_field (fixture, "Form", GTK_TYPE_DROP_DOWN);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (form)), ==, 0);
  n = get_n_changes (fixture);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (form), 2);
  g_assert_cmpstr (get_attribute (fixture, "form"), ==, "mixed");
  g_assert_cmpuint (get_n_changes (fixture), ==, n + 1);
  g_assert_true (find_field (fixture, "Form", GTK_TYPE_DROP_DOWN) == form);

  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (get_attribute (fixture, "form"), ==, "indirect");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (form)), ==, 0);
  kutip_annotator_redo (fixture->annotator);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (form)), ==, 2);
  g_assert_cmpuint (get_n_changes (fixture), ==, n + 1);
}

static void
test_label (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *chooser = find_widget (get_card (fixture), KUTIP_TYPE_LABEL_CHOOSER, 0);
  GtkDropDown *drop_down;

  select_span (fixture, "langkah");
  chooser = find_widget (get_card (fixture), KUTIP_TYPE_LABEL_CHOOSER, 0);
  drop_down = GTK_DROP_DOWN (find_widget (chooser, GTK_TYPE_DROP_DOWN, 0));
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 1);
  gtk_drop_down_set_selected (drop_down, 0);
  g_assert_cmpstr (
      kutip_span_get_label (kutip_annotator_get_current (fixture->annotator)), ==,
      "claim");
  g_assert_nonnull (find_field (fixture, "Type", GTK_TYPE_DROP_DOWN));
  /* The old label's attributes stay, and are shown as what does not belong here. */
  g_assert_null (find_field (fixture, "Form", GTK_TYPE_DROP_DOWN));
  g_assert_nonnull (find_field (fixture, "Form", GTK_TYPE_LABEL));
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 1);
  g_assert_nonnull (find_field (fixture, "Form", GTK_TYPE_DROP_DOWN));
}

static void
test_toggles (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *minus, *plus;

  kutip_annotator_set_current (
      fixture->annotator,
      kutip_layer_get_span (kutip_document_get_layer (fixture->document), "o1"), FALSE);
  settle (fixture->window);
  minus = find_saying (get_card (fixture), GTK_TYPE_TOGGLE_BUTTON, "−");
  plus = find_saying (get_card (fixture), GTK_TYPE_TOGGLE_BUTTON, "+");
  g_assert_null (get_attribute (fixture, "valence"));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (minus), TRUE);
  g_assert_cmpstr (get_attribute (fixture, "valence"), ==, "−");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (plus), TRUE);
  g_assert_cmpstr (get_attribute (fixture, "valence"), ==, "+");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (minus)));
  /* It has no default, so that it can be lifted again. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (plus), FALSE);
  g_assert_null (get_attribute (fixture, "valence"));
  kutip_annotator_undo (fixture->annotator);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (plus)));
}

static void
test_several_and_flags (Fixture *fixture, gconstpointer sample)
{
  KutipAttribute attribute;

  kutip_annotator_set_current (
      fixture->annotator,
      kutip_layer_get_span (kutip_document_get_layer (fixture->document), "o1"), FALSE);
  settle (fixture->window);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (
          find_saying (get_card (fixture), GTK_TYPE_CHECK_BUTTON, "citizens")),
      TRUE);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (
          find_saying (get_card (fixture), GTK_TYPE_CHECK_BUTTON, "government")),
      TRUE);
  g_assert_true (kutip_attributes_lookup (
      kutip_span_get_attributes (kutip_annotator_get_current (fixture->annotator)),
      "actors", &attribute));
  g_assert_cmpint (attribute.type, ==, KUTIP_VALUE_LIST);
  g_assert_cmpuint (g_strv_length ((char **) attribute.values), ==, 2);
  g_assert_cmpstr (attribute.values[0], ==, "citizens");

  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (
          find_saying (get_card (fixture), GTK_TYPE_CHECK_BUTTON, "Verbatim")),
      TRUE);
  g_assert_true (kutip_attributes_lookup (
      kutip_span_get_attributes (kutip_annotator_get_current (fixture->annotator)),
      "verbatim", &attribute));
  g_assert_cmpint (attribute.type, ==, KUTIP_VALUE_FLAG);

  /* A value that the tag set does not list is there, and can be exchanged. */
  g_assert_nonnull (find_saying (get_card (fixture), GTK_TYPE_DROP_DOWN,
                                 "völlig sicher (not in the tag set)"));
}

static void
test_foreign_attributes (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *remove;

  kutip_annotator_set_current (
      fixture->annotator,
      kutip_layer_get_span (kutip_document_get_layer (fixture->document), "o1"), FALSE);
  settle (fixture->window);
  g_assert_nonnull (find_saying (get_card (fixture), KUTIP_TYPE_FORM_ROW, "uno, due"));
  remove = find_field (fixture, "old-categories", GTK_TYPE_BUTTON);
  g_signal_emit_by_name (remove, "clicked");
  g_assert_null (get_attribute (fixture, "old-categories"));
  g_assert_nonnull (get_attribute (fixture, "reviewed"));
  g_assert_null (find_field (fixture, "old-categories", GTK_TYPE_BUTTON));
  kutip_annotator_undo (fixture->annotator);
  g_assert_nonnull (find_field (fixture, "old-categories", GTK_TYPE_BUTTON));
}

static GtkWidget *
get_paraphrase (Fixture *fixture)
{
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  GtkWidget *entry;

  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);

      if (kutip_attributes_get_string (kutip_span_get_attributes (span), "paraphrase") !=
          NULL)
        kutip_annotator_set_current (fixture->annotator, span, FALSE);
    }
  settle (fixture->window);
  entry = find_field (fixture, "Paraphrase", GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  return entry;
}

static void
test_text (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *entry = get_paraphrase (fixture);
  guint n = get_n_changes (fixture);
  g_autofree char *before = g_strdup (get_attribute (fixture, "paraphrase"));

  /* Not for each key. */
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "a");
  gtk_editable_set_text (GTK_EDITABLE (entry), "ab");
  g_assert_cmpuint (get_n_changes (fixture), ==, n);
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (entry)), "activate");
  g_assert_cmpstr (get_attribute (fixture, "paraphrase"), ==, "ab");
  g_assert_cmpuint (get_n_changes (fixture), ==, n + 1);

  /* Leaving it applies it, once. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "abc");
  gtk_widget_grab_focus (fixture->elsewhere);
  settle (fixture->window);
  g_assert_cmpstr (get_attribute (fixture, "paraphrase"), ==, "abc");
  g_assert_cmpuint (get_n_changes (fixture), ==, n + 2);

  /* What is being written stays while something else changes, with the caret … */
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "abcdef");
  gtk_editable_set_position (GTK_EDITABLE (entry), 5);
  kutip_annotate_set_unsure (
      fixture->document, kutip_annotator_get_current (fixture->annotator), TRUE, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "abcdef");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (entry)), ==, 5);
  g_assert_true (find_field (fixture, "Paraphrase", GTK_TYPE_ENTRY) == entry);
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "abcdef");
  /* … and gives way when the value itself is changed. */
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "ab");
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, before);
}

static void
test_text_when_span_changes (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *entry = get_paraphrase (fixture);
  g_autofree char *id =
      g_strdup (kutip_span_get_id (kutip_annotator_get_current (fixture->annotator)));
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  KutipSpan *span;

  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "written in haste");
  /* A key takes the reader to another span; the focus stays in the entry. */
  kutip_annotator_set_current (fixture->annotator, kutip_layer_get_span (layer, "o1"),
                               FALSE);
  settle (fixture->window);
  span = kutip_layer_get_span (layer, id);
  g_assert_cmpstr (
      kutip_attributes_get_string (kutip_span_get_attributes (span), "paraphrase"), ==,
      "written in haste");
  g_assert_null (get_attribute (fixture, "paraphrase"));
  g_assert_cmpstr (gtk_editable_get_text (
                       GTK_EDITABLE (find_field (fixture, "Paraphrase", GTK_TYPE_ENTRY))),
                   ==, "");
}

static GtkTextBuffer *
get_note_buffer (Fixture *fixture)
{
  return gtk_text_view_get_buffer (
      GTK_TEXT_VIEW (find_widget (get_card (fixture), GTK_TYPE_TEXT_VIEW, 0)));
}

static char *
dup_note_text (Fixture *fixture)
{
  GtkTextBuffer *buffer = get_note_buffer (fixture);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
assert_note_text (Fixture *fixture, const char *expected)
{
  g_autofree char *text = dup_note_text (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_note (Fixture *fixture, gconstpointer sample)
{
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  g_autofree char *id = NULL;
  guint n;

  select_span (fixture, "Kim");
  id = g_strdup (kutip_span_get_id (kutip_annotator_get_current (fixture->annotator)));
  assert_note_text (fixture, "");
  n = get_n_changes (fixture);
  g_assert_true (kutip_sidebar_focus_note (fixture->sidebar));
  gtk_text_buffer_set_text (get_note_buffer (fixture), "first", -1);
  g_assert_cmpuint (get_n_changes (fixture), ==, n);
  gtk_widget_grab_focus (fixture->elsewhere);
  settle (fixture->window);
  g_assert_cmpstr (kutip_span_get_note (kutip_layer_get_span (layer, id)), ==, "first");
  g_assert_cmpuint (get_n_changes (fixture), ==, n + 1);

  /* Before closing it is asked for. */
  gtk_text_buffer_set_text (get_note_buffer (fixture), "first and last", -1);
  kutip_sidebar_commit (fixture->sidebar);
  g_assert_cmpstr (kutip_span_get_note (kutip_layer_get_span (layer, id)), ==,
                   "first and last");
  kutip_annotator_undo (fixture->annotator);
  assert_note_text (fixture, "first");

  /* To a span with the same note, and to one with another. */
  gtk_text_buffer_set_text (get_note_buffer (fixture), "unfinished", -1);
  select_span (fixture, "langkah");
  assert_note_text (fixture,
                    kutip_span_get_note (sample_find (fixture->annotator, "langkah")));
  g_assert_cmpstr (kutip_span_get_note (kutip_layer_get_span (layer, id)), ==,
                   "unfinished");
  select_span (fixture, "Putin");
  assert_note_text (fixture, "");
  gtk_text_buffer_set_text (get_note_buffer (fixture), "of Putin", -1);
  select_span (fixture, "menegaskan");
  assert_note_text (fixture, "");
  g_assert_cmpstr (kutip_span_get_note (sample_find (fixture->annotator, "Putin")), ==,
                   "of Putin");
  g_assert_null (kutip_span_get_note (sample_find (fixture->annotator, "menegaskan")));
}

/* Undo makes another span current while a note is being written: no change may begin
 * within a change. */
static void
test_note_and_undo (Fixture *fixture, gconstpointer sample)
{
  select_span (fixture, "Kim");
  kutip_annotator_set_label (fixture->annotator, "cue");
  select_span (fixture, "langkah");
  gtk_text_buffer_set_text (get_note_buffer (fixture), "half a thou", -1);
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (kutip_span_get_label (sample_find (fixture->annotator, "Kim")), ==,
                   "source");
  settle (fixture->window);
  g_assert_cmpstr (kutip_span_get_note (sample_find (fixture->annotator, "langkah")), ==,
                   "half a thou");
}

static void
test_note_caret (Fixture *fixture, gconstpointer sample)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  select_span (fixture, "langkah");
  buffer = get_note_buffer (fixture);
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 5);
  gtk_text_buffer_place_cursor (buffer, &iter);
  /* From outside (another program, undo): the end is another one. */
  kutip_annotate_set_note (fixture->document,
                           kutip_annotator_get_current (fixture->annotator),
                           "Parafrase: lain.", NULL);
  assert_note_text (fixture, "Parafrase: lain.");
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, 5);
}

static void
test_unsure (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *unsure;

  select_span (fixture, "BBC");
  unsure = find_saying (get_card (fixture), GTK_TYPE_CHECK_BUTTON,
                        "Unsure: come back to this");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (unsure), TRUE);
  g_assert_true (kutip_span_is_unsure (kutip_annotator_get_current (fixture->annotator)));
  kutip_annotator_undo (fixture->annotator);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (unsure)));
}

static void
test_relations (Fixture *fixture, gconstpointer sample)
{
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  guint n = kutip_layer_get_n_relations (layer);
  GtkWidget *row;

  select_span (fixture, "langkah");
  g_assert_cmpuint (count_widgets (get_card (fixture), KUTIP_TYPE_RELATION_ROW), ==, 3);
  row = find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "BBC");
  g_signal_emit_by_name (find_tooltip (row, "Remove this link"), "clicked");
  g_assert_cmpuint (kutip_layer_get_n_relations (layer), ==, n - 1);
  g_assert_cmpuint (count_widgets (get_card (fixture), KUTIP_TYPE_RELATION_ROW), ==, 2);
  g_assert_null (find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "BBC"));
  kutip_annotator_undo (fixture->annotator);
  row = find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "BBC");
  g_assert_nonnull (row);

  /* To the other end, and back by the link that leads here. */
  g_signal_emit_by_name (find_widget (row, GTK_TYPE_BUTTON, 0), "clicked");
  g_assert_true (kutip_annotator_get_current (fixture->annotator) ==
                 sample_find (fixture->annotator, "BBC"));
  g_assert_nonnull (find_saying (get_card (fixture), KUTIP_TYPE_FORM_ROW, "Linked from"));
  row = find_widget (get_card (fixture), KUTIP_TYPE_RELATION_ROW, 0);
  g_signal_emit_by_name (find_widget (row, GTK_TYPE_BUTTON, 0), "clicked");
  g_assert_true (kutip_annotator_get_current (fixture->annotator) ==
                 sample_find (fixture->annotator, "langkah"));
}

static void
test_missing_link (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *button;

  select_span (fixture, "persahabatan");
  button = find_saying (get_card (fixture), GTK_TYPE_BUTTON, "Link to Source…");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (fixture->linked, ==, "attributed-to");

  kutip_annotate_link (fixture->document,
                       kutip_annotator_get_current (fixture->annotator),
                       sample_find (fixture->annotator, "Kim"), NULL, NULL);
  g_assert_null (find_saying (get_card (fixture), GTK_TYPE_BUTTON, "Link to Source…"));
  g_assert_nonnull (
      find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "Kim Jong-un"));
}

static void
test_read_only (Fixture *fixture, gconstpointer sample)
{
  select_span (fixture, "langkah");
  g_assert_true (
      gtk_widget_is_sensitive (find_widget (get_card (fixture), GTK_TYPE_TEXT_VIEW, 0)));
  kutip_document_set_read_only (fixture->document, TRUE);
  g_assert_false (
      gtk_widget_is_sensitive (find_field (fixture, "Form", GTK_TYPE_DROP_DOWN)));
  g_assert_false (
      gtk_widget_is_sensitive (find_widget (get_card (fixture), GTK_TYPE_TEXT_VIEW, 0)));
  g_assert_false (
      gtk_widget_is_sensitive (find_tooltip (get_card (fixture), "Remove this link")));
  kutip_document_set_read_only (fixture->document, FALSE);
  g_assert_true (
      gtk_widget_is_sensitive (find_field (fixture, "Form", GTK_TYPE_DROP_DOWN)));
}

/* An edit that is refused is told, and the widgets show what there is. */
static void
test_refused (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *form;

  select_span (fixture, "langkah");
  form = find_field (fixture, "Form", GTK_TYPE_DROP_DOWN);
  kutip_document_set_read_only (fixture->document, TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (form), 2);
  g_assert_cmpuint (fixture->n_messages, ==, 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (form)), ==, 0);
}

static void
test_focus_keys (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *focus;

  g_assert_false (kutip_sidebar_focus_note (fixture->sidebar));
  g_assert_false (kutip_sidebar_focus_attribute (fixture->sidebar, 0));
  select_span (fixture, "langkah");
  g_assert_true (kutip_sidebar_focus_attribute (fixture->sidebar, 1));
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (
      gtk_widget_is_ancestor (focus, find_field (fixture, "Mode", GTK_TYPE_DROP_DOWN)) ||
      focus == find_field (fixture, "Mode", GTK_TYPE_DROP_DOWN));
  g_assert_false (kutip_sidebar_focus_attribute (fixture->sidebar, 2));
  kutip_sidebar_set_page (fixture->sidebar, "properties");
  g_assert_true (kutip_sidebar_focus_note (fixture->sidebar));
  g_assert_cmpstr (kutip_sidebar_get_page (fixture->sidebar), ==, "annotations");
}

/* Each row of the form has a mnemonic, and no two have the same. */
static void
test_mnemonics (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GtkWidget *label;
  guint n = 0;

  kutip_annotator_set_current (
      fixture->annotator,
      kutip_layer_get_span (kutip_document_get_layer (fixture->document), "o1"), FALSE);
  settle (fixture->window);
  for (guint i = 0; (label = find_widget (get_card (fixture), GTK_TYPE_LABEL, i)) != NULL;
       i++)
    {
      guint key = gtk_label_get_mnemonic_keyval (GTK_LABEL (label));

      if (key == GDK_KEY_VoidSymbol)
        continue;
      g_assert_true (
          g_hash_table_add (seen, GUINT_TO_POINTER (gdk_keyval_to_lower (key))));
      n++;
    }
  /* Five titled fields, the missing link, the note, unsure. */
  g_assert_cmpuint (n, >=, 8);
}

static const KutipHeaderFields *
get_header (Fixture *fixture)
{
  return kutip_header_get_fields (
      kutip_layer_get_header (kutip_document_get_layer (fixture->document)));
}

static AdwEntryRow *
find_entry_row (Fixture *fixture, guint nth)
{
  return ADW_ENTRY_ROW (
      find_widget (GTK_WIDGET (kutip_sidebar_get_properties (fixture->sidebar)),
                   ADW_TYPE_ENTRY_ROW, nth));
}

static void
write_row (AdwEntryRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "entry-activated");
}

static void
test_properties (Fixture *fixture, gconstpointer sample)
{
  AdwEntryRow *title, *date, *language;
  GtkWidget *pane = GTK_WIDGET (kutip_sidebar_get_properties (fixture->sidebar));
  guint n = get_n_changes (fixture);

  kutip_sidebar_set_page (fixture->sidebar, "properties");
  settle (fixture->window);
  title = find_entry_row (fixture, 0);
  date = find_entry_row (fixture, 2);
  language = find_entry_row (fixture, 4);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (title)), ==,
                   get_header (fixture)->title);

  write_row (title, "  Another title ");
  g_assert_cmpstr (get_header (fixture)->title, ==, "Another title");
  g_assert_cmpuint (get_n_changes (fixture), ==, n + 1);
  write_row (title, "Another title");
  g_assert_cmpuint (get_n_changes (fixture), ==, n + 1);
  kutip_annotator_undo (fixture->annotator);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (title)), ==,
                   get_header (fixture)->title);
  write_row (title, "");
  g_assert_null (get_header (fixture)->title);

  write_row (date, "15 Agustus 2022");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (date), "error"));
  g_assert_cmpstr (get_header (fixture)->date, !=, "15 Agustus 2022");
  write_row (date, "2022-08-15");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (date), "error"));
  g_assert_cmpstr (get_header (fixture)->date, ==, "2022-08-15");
  g_assert_nonnull (find_saying (pane, GTK_TYPE_LABEL, "08/15/22"));

  write_row (language, "pt-BR");
  g_assert_nonnull (find_saying (pane, GTK_TYPE_LABEL, "Portuguese (BR)"));
  g_assert_cmpstr (get_header (fixture)->language, ==, "pt-BR");
  write_row (language, "bahasa Indonesia");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (language), "error"));
  g_assert_cmpstr (get_header (fixture)->language, ==, "pt-BR");

  /* What is written and not applied is applied when it is asked for. */
  gtk_editable_set_text (GTK_EDITABLE (title), "At the last moment");
  kutip_sidebar_commit (fixture->sidebar);
  g_assert_cmpstr (get_header (fixture)->title, ==, "At the last moment");
}

static void
test_article_attributes (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *pane = GTK_WIDGET (kutip_sidebar_get_properties (fixture->sidebar));
  GtkWidget *toggle;

  kutip_sidebar_set_page (fixture->sidebar, "properties");
  settle (fixture->window);
  toggle = find_saying (pane, GTK_TYPE_DROP_DOWN, "Not set");
  g_assert_nonnull (toggle);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (toggle), 2);
  g_assert_cmpstr (kutip_attributes_get_string (get_header (fixture)->attributes, "desk"),
                   ==, "economy");
  kutip_annotator_undo (fixture->annotator);
  g_assert_null (get_header (fixture)->attributes);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (toggle)), ==, 0);
}

static void
test_counts (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *pane = GTK_WIDGET (kutip_sidebar_get_properties (fixture->sidebar));

  kutip_sidebar_set_page (fixture->sidebar, "properties");
  settle (fixture->window);
  g_assert_nonnull (find_saying (pane, GTK_TYPE_LABEL, "Supports"));
  kutip_annotator_set_current (
      fixture->annotator, sample_find (fixture->annotator, "Korea Utara pun"), FALSE);
  kutip_annotator_remove_current (fixture->annotator);
  settle (fixture->window);
  g_assert_null (find_saying (pane, GTK_TYPE_LABEL, "Supports"));
  kutip_annotator_undo (fixture->annotator);
  settle (fixture->window);
  g_assert_nonnull (find_saying (pane, GTK_TYPE_LABEL, "Supports"));
}

/* Another article, none, and the first again: nothing of the one is left in the other. */
static void
test_other_annotator (Fixture *fixture, gconstpointer sample)
{
  KutipAnnotator *other = sample_arabic ();

  select_span (fixture, "langkah");
  gtk_text_buffer_set_text (get_note_buffer (fixture), "for the first article", -1);
  kutip_sidebar_set_annotator (fixture->sidebar, other);
  settle (fixture->window);
  g_assert_cmpstr (kutip_span_get_note (sample_find (fixture->annotator, "langkah")), ==,
                   "for the first article");
  g_assert_cmpuint (get_n_rows (fixture), ==, 5);
  g_assert_nonnull (find_saying (get_card (fixture), GTK_TYPE_LABEL, "Nothing Selected"));
  kutip_annotator_set_current (other, sample_find (other, "قال"), TRUE);
  settle (fixture->window);
  g_assert_nonnull (find_saying (get_card (fixture), GTK_TYPE_LABEL, "قال"));

  /* A row of links that was in view last does not keep the article open either. */
  kutip_annotator_set_current (other, sample_find (other, "الاتفاق الجديد"), FALSE);
  g_assert_cmpuint (count_widgets (get_card (fixture), KUTIP_TYPE_RELATION_ROW), >, 0);
  kutip_sidebar_set_annotator (fixture->sidebar, NULL);
  settle (fixture->window);
  g_assert_cmpuint (get_n_rows (fixture), ==, 0);
  g_assert_finalize_object (other);

  kutip_sidebar_set_annotator (fixture->sidebar, fixture->annotator);
  settle (fixture->window);
  g_assert_cmpstr (get_selected_words (fixture), ==,
                   "langkah ini dilakukan demi kebaikan kedua negara");
}

static void
test_accessible (Fixture *fixture, gconstpointer sample)
{
  GtkWidget *row = find_widget (get_list (fixture), KUTIP_TYPE_SPAN_ROW, 3);

  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Source: BBC, 1 link");
  select_span (fixture, "langkah");
  row = find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "BBC");
  gtk_test_accessible_assert_property (find_widget (row, GTK_TYPE_BUTTON, 0),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Attributed to: Source BBC");
  g_assert_true (gtk_test_accessible_has_relation (
      GTK_ACCESSIBLE (find_widget (get_card (fixture), GTK_TYPE_TEXT_VIEW, 0)),
      GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

/* Label looks: each label has its own letter, unknown ones a question mark, ink that can
 * be read. */
static void
test_looks (void)
{
  g_autoptr (KutipTagset) tagset = sample_study_tagset ();
  g_autoptr (GHashTable) letters = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelLook *look =
          kutip_label_look_get (tagset, kutip_tagset_get_nth_label (tagset, i)->name);

      g_assert_cmpint (look->index, ==, (int) i);
      g_assert_true (g_hash_table_add (letters, (gpointer) look->letter));
      g_assert_cmpfloat (look->color.alpha, >, 0.99f);
    }
  g_assert_cmpstr (kutip_label_look_get (tagset, "nobody-knows")->letter, ==, "?");
  g_assert_cmpstr (kutip_label_look_get (tagset, "nobody-knows")->title, ==,
                   "nobody-knows");
  g_assert_cmpint (kutip_label_look_get (tagset, "nobody-knows")->index, ==, -1);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_icon_theme_add_resource_path (
      gtk_icon_theme_get_for_display (gdk_display_get_default ()),
      "/org/kutip/Kutip/icons");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, NULL);

#define ADD(path, sample, function)                                                      \
  g_test_add (path, Fixture, sample, set_up, function, tear_down)
  ADD ("/sidebar/list/follows", "news", test_list_follows);
  ADD ("/sidebar/list/while-linking", "news", test_list_while_linking);
  ADD ("/sidebar/list/scrolls", "study", test_list_scrolls);
  ADD ("/sidebar/list/filter", "news", test_filter);
  ADD ("/sidebar/list/unknown-labels", "study", test_unknown_labels);
  ADD ("/sidebar/list/empty", "empty", test_empty);
  ADD ("/sidebar/card/choices", "news", test_choices);
  ADD ("/sidebar/card/label", "news", test_label);
  ADD ("/sidebar/card/toggles", "study", test_toggles);
  ADD ("/sidebar/card/several-and-flags", "study", test_several_and_flags);
  ADD ("/sidebar/card/foreign-attributes", "study", test_foreign_attributes);
  ADD ("/sidebar/card/text", "study", test_text);
  ADD ("/sidebar/card/text-when-span-changes", "study", test_text_when_span_changes);
  ADD ("/sidebar/card/note", "news", test_note);
  ADD ("/sidebar/card/note-and-undo", "news", test_note_and_undo);
  ADD ("/sidebar/card/note-caret", "news", test_note_caret);
  ADD ("/sidebar/card/unsure", "news", test_unsure);
  ADD ("/sidebar/card/relations", "news", test_relations);
  ADD ("/sidebar/card/missing-link", "news", test_missing_link);
  ADD ("/sidebar/card/read-only", "news", test_read_only);
  ADD ("/sidebar/card/refused", "news", test_refused);
  ADD ("/sidebar/card/mnemonics", "study", test_mnemonics);
  ADD ("/sidebar/focus-keys", "news", test_focus_keys);
  ADD ("/sidebar/properties/fields", "news", test_properties);
  ADD ("/sidebar/properties/attributes", "study", test_article_attributes);
  ADD ("/sidebar/properties/counts", "news", test_counts);
  ADD ("/sidebar/other-annotator", "news", test_other_annotator);
  ADD ("/sidebar/accessible", "news", test_accessible);
#undef ADD
  g_test_add_func ("/label-look/looks", test_looks);
  return g_test_run ();
}
