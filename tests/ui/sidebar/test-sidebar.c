/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pane-fixture.h"
#include "ui/label/label-look.h"
#include "ui/sidebar/relation-row.h"

#include <adwaita.h>

static void
test_focus_keys (PaneFixture *fixture, gconstpointer sample)
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

static AdwEntryRow *
find_entry_row (PaneFixture *fixture, guint nth)
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
test_properties (PaneFixture *fixture, gconstpointer sample)
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
  g_assert_nonnull (find_saying (pane, GTK_TYPE_LABEL, "15 Aug 2022"));

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
test_article_attributes (PaneFixture *fixture, gconstpointer sample)
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
test_counts (PaneFixture *fixture, gconstpointer sample)
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
test_other_annotator (PaneFixture *fixture, gconstpointer sample)
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
  settle (fixture->window);
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

/* GTK would style it anew with each window that comes or goes. */
static void
test_unseen_pages (PaneFixture *fixture, gconstpointer sample)
{
  const char *const names[] = { "annotations", "to-do", "properties", "guidelines" };
  GtkWidget *panes[] = {
    get_list (fixture),
    GTK_WIDGET (kutip_sidebar_get_to_do (fixture->sidebar)),
    GTK_WIDGET (kutip_sidebar_get_properties (fixture->sidebar)),
    GTK_WIDGET (kutip_sidebar_get_guidelines (fixture->sidebar)),
  };

  for (guint i = 0; i <= G_N_ELEMENTS (names); i++)
    {
      guint shown = i % G_N_ELEMENTS (names);

      kutip_sidebar_set_page (fixture->sidebar, names[shown]);
      /* At once, so that it can have the focus. */
      g_assert_true (gtk_widget_is_visible (panes[shown]));
      settle (fixture->window);
      for (guint j = 0; j < G_N_ELEMENTS (panes); j++)
        {
          g_assert_cmpint (gtk_widget_get_mapped (panes[j]), ==, j == shown);
          if (j > 0)
            g_assert_cmpint (gtk_widget_is_visible (panes[j]), ==, j == shown);
        }
    }
}

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
  /* Whatever the colour, the letter on it can be read. */
  g_assert_cmpfloat (kutip_label_look_get (tagset, "frame")->ink.green, >, 0.9f);
  g_assert_cmpfloat (kutip_label_look_get (tagset, "emotion")->ink.green, <, 0.1f);
  g_assert_cmpstr (kutip_label_look_get (tagset, "nobody-knows")->letter, ==, "?");
  g_assert_cmpstr (kutip_label_look_get (tagset, "nobody-knows")->title, ==,
                   "nobody-knows");
  g_assert_cmpint (kutip_label_look_get (tagset, "nobody-knows")->index, ==, -1);
}

int
main (int argc, char **argv)
{
  pane_test_init (&argc, &argv);

  pane_test_add ("/sidebar/focus-keys", "news", test_focus_keys);
  pane_test_add ("/sidebar/properties/fields", "news", test_properties);
  pane_test_add ("/sidebar/properties/attributes", "study", test_article_attributes);
  pane_test_add ("/sidebar/properties/counts", "news", test_counts);
  pane_test_add ("/sidebar/unseen-pages", "news", test_unseen_pages);
  pane_test_add ("/sidebar/other-annotator", "news", test_other_annotator);
  g_test_add_func ("/label-look/looks", test_looks);
  return g_test_run ();
}
