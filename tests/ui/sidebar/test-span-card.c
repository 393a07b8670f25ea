/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pane-fixture.h"
#include "ui/sidebar/form-row.h"
#include "ui/sidebar/label-chooser.h"
#include "ui/sidebar/relation-row.h"

static void
test_choices (PaneFixture *fixture, gconstpointer sample)
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

  undo (fixture);
  g_assert_cmpstr (get_attribute (fixture, "form"), ==, "indirect");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (form)), ==, 0);
  redo (fixture);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (form)), ==, 2);
  g_assert_cmpuint (get_n_changes (fixture), ==, n + 1);
}

static void
test_label (PaneFixture *fixture, gconstpointer sample)
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
  undo (fixture);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 1);
  g_assert_nonnull (find_field (fixture, "Form", GTK_TYPE_DROP_DOWN));
}

static void
test_toggles (PaneFixture *fixture, gconstpointer sample)
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
  undo (fixture);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (plus)));
}

static void
test_several_and_flags (PaneFixture *fixture, gconstpointer sample)
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
test_foreign_attributes (PaneFixture *fixture, gconstpointer sample)
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
  undo (fixture);
  g_assert_nonnull (find_field (fixture, "old-categories", GTK_TYPE_BUTTON));
}

static GtkWidget *
get_paraphrase (PaneFixture *fixture)
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
test_text (PaneFixture *fixture, gconstpointer sample)
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
  undo (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "abcdef");
  /* … and gives way when the value itself is changed. */
  undo (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "ab");
  undo (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, before);
}

static void
test_text_when_span_changes (PaneFixture *fixture, gconstpointer sample)
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

static char *
dup_note_text (PaneFixture *fixture)
{
  GtkTextBuffer *buffer = get_note_buffer (fixture);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
assert_note_text (PaneFixture *fixture, const char *expected)
{
  g_autofree char *text = dup_note_text (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_note (PaneFixture *fixture, gconstpointer sample)
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
  undo (fixture);
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

static void
test_note_and_undo (PaneFixture *fixture, gconstpointer sample)
{
  select_span (fixture, "Kim");
  kutip_annotator_set_label (fixture->annotator, "cue");
  select_span (fixture, "langkah");
  gtk_text_buffer_set_text (get_note_buffer (fixture), "half a thou", -1);
  undo (fixture);
  g_assert_cmpstr (kutip_span_get_label (sample_find (fixture->annotator, "Kim")), ==,
                   "source");
  settle (fixture->window);
  g_assert_cmpstr (kutip_span_get_note (sample_find (fixture->annotator, "langkah")), ==,
                   "half a thou");
}

static void
test_note_caret (PaneFixture *fixture, gconstpointer sample)
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
  settle (fixture->window);
  assert_note_text (fixture, "Parafrase: lain.");
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, 5);
}

static void
test_unsure (PaneFixture *fixture, gconstpointer sample)
{
  GtkWidget *unsure;

  select_span (fixture, "BBC");
  unsure = find_saying (get_card (fixture), GTK_TYPE_CHECK_BUTTON,
                        "Unsure: come back to this");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (unsure), TRUE);
  g_assert_true (kutip_span_is_unsure (kutip_annotator_get_current (fixture->annotator)));
  undo (fixture);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (unsure)));
}

static void
test_relations (PaneFixture *fixture, gconstpointer sample)
{
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  guint n = kutip_layer_get_n_relations (layer);
  GtkWidget *row;

  select_span (fixture, "langkah");
  g_assert_cmpuint (count_widgets (get_card (fixture), KUTIP_TYPE_RELATION_ROW), ==, 3);
  row = find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "BBC");
  g_signal_emit_by_name (find_tooltip (row, "Remove this link"), "clicked");
  settle (fixture->window);
  g_assert_cmpuint (kutip_layer_get_n_relations (layer), ==, n - 1);
  g_assert_cmpuint (count_widgets (get_card (fixture), KUTIP_TYPE_RELATION_ROW), ==, 2);
  g_assert_null (find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "BBC"));
  undo (fixture);
  row = find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "BBC");
  g_assert_nonnull (row);

  /* To the other end, and back by the link that leads here. */
  g_signal_emit_by_name (find_widget (row, GTK_TYPE_BUTTON, 0), "clicked");
  g_assert_true (kutip_annotator_get_current (fixture->annotator) ==
                 sample_find (fixture->annotator, "BBC"));
  settle (fixture->window);
  g_assert_nonnull (find_saying (get_card (fixture), KUTIP_TYPE_FORM_ROW, "Linked from"));
  row = find_widget (get_card (fixture), KUTIP_TYPE_RELATION_ROW, 0);
  g_signal_emit_by_name (find_widget (row, GTK_TYPE_BUTTON, 0), "clicked");
  g_assert_true (kutip_annotator_get_current (fixture->annotator) ==
                 sample_find (fixture->annotator, "langkah"));
}

/* A source with many quotes: a row for some of them, and always one for the link at hand,
 * whose form can be opened. */
static void
test_many_relations (PaneFixture *fixture, gconstpointer sample)
{
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  KutipSpan *source = sample_find (fixture->annotator, "Putin");
  guint n;

  select_span (fixture, "langkah");
  for (guint i = 0; i < 100; i++)
    {
      KutipRange range = { i, i + 3 };
      KutipSpan *quote =
          kutip_annotate_mark (fixture->document, "quote", &range, 1, NULL);

      g_assert_nonnull (
          kutip_annotate_link (fixture->document, quote, source, NULL, NULL));
    }
  select_span (fixture, "Putin");
  settle (fixture->window);
  n = count_widgets (get_card (fixture), KUTIP_TYPE_RELATION_ROW);
  g_assert_cmpuint (n, >=, 20);
  g_assert_cmpuint (n, <=, 50);
  for (guint i = 0; i < 40; i++)
    {
      kutip_annotator_step_relation (fixture->annotator);
      g_assert_cmpuint (count_widgets (get_card (fixture), KUTIP_TYPE_RELATION_ROW), ==,
                        n);
    }
  g_assert_null (find_saying (get_card (fixture), GTK_TYPE_BUTTON, "Turn Around"));
  g_assert_true (kutip_sidebar_focus_link (fixture->sidebar));
  settle (fixture->window);
  g_assert_nonnull (find_saying (get_card (fixture), GTK_TYPE_BUTTON, "Turn Around"));
  g_assert_cmpuint (kutip_layer_get_n_relations (layer), >=, 100);
}

/* What is being written about a link when another span becomes current belongs to the
 * link. */
static void
test_note_of_relation (PaneFixture *fixture, gconstpointer sample)
{
  KutipLayer *layer = kutip_document_get_layer (fixture->document);
  g_autoptr (KutipRelation) link = NULL;
  KutipRelationFields fields;
  GtkWidget *title, *view;

  select_span (fixture, "Rusia akan");
  link = kutip_relation_ref (kutip_annotator_get_relation (fixture->annotator));
  g_assert_true (kutip_sidebar_focus_link (fixture->sidebar));
  settle (fixture->window);
  title = find_saying (get_card (fixture), GTK_TYPE_LABEL, "Note on the link");
  g_assert_nonnull (title);
  view = find_widget (gtk_widget_get_next_sibling (title), GTK_TYPE_TEXT_VIEW, 0);
  g_assert_nonnull (view);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "by proxy",
                            -1);
  select_span (fixture, "BBC");
  settle (fixture->window);
  kutip_sidebar_commit (fixture->sidebar);
  kutip_relation_get_fields (
      kutip_layer_get_relation (layer, kutip_relation_get_id (link)), &fields);
  g_assert_cmpstr (fields.note, ==, "by proxy");
  undo (fixture);
  kutip_relation_get_fields (
      kutip_layer_get_relation (layer, kutip_relation_get_id (link)), &fields);
  g_assert_cmpstr (fields.note, ==, NULL);
}

/* A kind of link without a direction has one title, from whichever end it is seen. */
static void
test_symmetric_relation (PaneFixture *fixture, gconstpointer sample)
{
  KutipSpan *putin = sample_find (fixture->annotator, "Putin");

  kutip_annotate_link (fixture->document, sample_find (fixture->annotator, "Kim"), putin,
                       "same-as", NULL);
  select_span (fixture, "Kim");
  g_assert_nonnull (find_field (fixture, "Same as", KUTIP_TYPE_RELATION_ROW));
  g_assert_null (find_field (fixture, "Linked from", KUTIP_TYPE_RELATION_ROW));
  select_span (fixture, "Putin");
  g_assert_nonnull (find_saying (find_field (fixture, "Same as", KUTIP_TYPE_RELATION_ROW),
                                 GTK_TYPE_LABEL, "Kim Jong-un"));
}

static void
test_missing_link (PaneFixture *fixture, gconstpointer sample)
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
  settle (fixture->window);
  g_assert_null (find_saying (get_card (fixture), GTK_TYPE_BUTTON, "Link to Source…"));
  g_assert_nonnull (
      find_saying (get_card (fixture), KUTIP_TYPE_RELATION_ROW, "Kim Jong-un"));
}

static void
test_read_only (PaneFixture *fixture, gconstpointer sample)
{
  select_span (fixture, "langkah");
  g_assert_true (
      gtk_widget_is_sensitive (find_widget (get_card (fixture), GTK_TYPE_TEXT_VIEW, 0)));
  kutip_document_set_read_only (fixture->document, TRUE);
  settle (fixture->window);
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
test_refused (PaneFixture *fixture, gconstpointer sample)
{
  GtkWidget *form;

  select_span (fixture, "langkah");
  form = find_field (fixture, "Form", GTK_TYPE_DROP_DOWN);
  kutip_document_set_read_only (fixture->document, TRUE);
  settle (fixture->window);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (form), 2);
  g_assert_cmpuint (fixture->n_messages, ==, 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (form)), ==, 0);
}

/* Each row of the form has a mnemonic, and no two have the same. */
static void
test_mnemonics (PaneFixture *fixture, gconstpointer sample)
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
  /* Seven fields, the missing link, the note, unsure. */
  g_assert_cmpuint (n, >=, 10);
}

static gboolean
on_timeout (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_msec (guint msec)
{
  gboolean over = FALSE;

  g_timeout_add (msec, on_timeout, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* A title's mnemonic leads to the field and changes nothing, also where the field is made
 * of buttons. */
static void
test_mnemonic_of_toggles (PaneFixture *fixture, gconstpointer sample)
{
  GtkWidget *minus;

  kutip_annotator_set_current (
      fixture->annotator,
      kutip_layer_get_span (kutip_document_get_layer (fixture->document), "o1"), FALSE);
  settle (fixture->window);
  minus = find_saying (get_card (fixture), GTK_TYPE_TOGGLE_BUTTON, "−");
  gtk_widget_mnemonic_activate (minus, FALSE);
  /* A button that is activated is pressed a quarter of a second later. */
  wait_msec (400);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == minus);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (minus)));
  g_assert_null (get_attribute (fixture, "valence"));
}

/* A pause in writing applies the note, and leaves focus and caret to the writer. */
static void
test_note_pause (PaneFixture *fixture, gconstpointer sample)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;
  GtkWidget *focus;
  guint n;

  select_span (fixture, "Kim");
  n = get_n_changes (fixture);
  g_assert_true (kutip_sidebar_focus_note (fixture->sidebar));
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  buffer = get_note_buffer (fixture);
  gtk_text_buffer_insert_at_cursor (buffer, "a thought", -1);
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 2);
  gtk_text_buffer_place_cursor (buffer, &iter);
  wait_msec (2000);
  g_assert_cmpuint (get_n_changes (fixture), ==, n + 1);
  g_assert_cmpstr (kutip_span_get_note (kutip_annotator_get_current (fixture->annotator)),
                   ==, "a thought");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == focus);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, 2);
}

int
main (int argc, char **argv)
{
  pane_test_init (&argc, &argv);

  pane_test_add ("/span-card/choices", "news", test_choices);
  pane_test_add ("/span-card/label", "news", test_label);
  pane_test_add ("/span-card/toggles", "study", test_toggles);
  pane_test_add ("/span-card/several-and-flags", "study", test_several_and_flags);
  pane_test_add ("/span-card/foreign-attributes", "study", test_foreign_attributes);
  pane_test_add ("/span-card/text", "study", test_text);
  pane_test_add ("/span-card/text-when-span-changes", "study",
                 test_text_when_span_changes);
  pane_test_add ("/span-card/note", "news", test_note);
  pane_test_add ("/span-card/note-and-undo", "news", test_note_and_undo);
  pane_test_add ("/span-card/note-caret", "news", test_note_caret);
  pane_test_add ("/span-card/unsure", "news", test_unsure);
  pane_test_add ("/span-card/relations", "news", test_relations);
  pane_test_add ("/span-card/many-relations", "news", test_many_relations);
  pane_test_add ("/span-card/note-of-relation", "news", test_note_of_relation);
  pane_test_add ("/span-card/symmetric-relation", "news", test_symmetric_relation);
  pane_test_add ("/span-card/missing-link", "news", test_missing_link);
  pane_test_add ("/span-card/read-only", "news", test_read_only);
  pane_test_add ("/span-card/refused", "news", test_refused);
  pane_test_add ("/span-card/mnemonics", "study", test_mnemonics);
  pane_test_add ("/span-card/mnemonic-of-toggles", "study", test_mnemonic_of_toggles);
  pane_test_add ("/span-card/note-pause", "news", test_note_pause);
  return g_test_run ();
}
