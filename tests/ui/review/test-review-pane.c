/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review-fixture.h"
#include "ui/review/finding-list.h"
#include "ui/review/finding-row.h"
#include "ui/review/review-card.h"
#include "ui/review/review-pane.h"

#include <string.h>

static KutipReviewPane *
set_up (ReviewFixture *fixture)
{
  GtkWidget *pane = kutip_review_pane_new ();

  review_set_up (fixture, pane);
  review_add_spans (fixture);
  kutip_review_pane_set_annotator (KUTIP_REVIEW_PANE (pane), fixture->annotator);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture->window);
  return KUTIP_REVIEW_PANE (pane);
}

static const char *
get_id (KutipReviewPane *pane)
{
  KutipSpan *span = kutip_review_pane_get_span (pane);

  return span != NULL ? kutip_span_get_id (span) : NULL;
}

static GtkLabel *
find_label (ReviewFixture *fixture, const char *text)
{
  GtkWidget *label = find_saying (fixture->pane, GTK_TYPE_LABEL, text);

  g_assert_nonnull (label);
  return GTK_LABEL (label);
}

static gboolean
is_strikethrough (PangoAttribute *attribute, gpointer data)
{
  return attribute->klass->type == PANGO_ATTR_STRIKETHROUGH;
}

static gboolean
is_underline (PangoAttribute *attribute, gpointer data)
{
  return attribute->klass->type == PANGO_ATTR_UNDERLINE;
}

/* The parts of a label that are marked, in brackets. */
static char *
mark_parts (GtkLabel *label, PangoAttrFilterFunc is_mark)
{
  g_autoptr (PangoAttrList) all = pango_attr_list_copy (gtk_label_get_attributes (label));
  PangoAttrList *marks = pango_attr_list_filter (all, is_mark, NULL);
  GSList *list = marks != NULL ? pango_attr_list_get_attributes (marks) : NULL;
  GString *text = g_string_new (gtk_label_get_text (label));

  list = g_slist_reverse (list);
  for (GSList *item = list; item != NULL; item = item->next)
    {
      PangoAttribute *attribute = item->data;

      g_string_insert (text, attribute->end_index, "]");
      g_string_insert (text, attribute->start_index, "[");
    }
  g_slist_free_full (list, (GDestroyNotify) pango_attribute_destroy);
  pango_attr_list_unref (marks);
  return g_string_free (text, FALSE);
}

/* What needs a person most comes first, and the differences are marked by lines, not by
 * colour alone. */
static void
test_shown (void)
{
  ReviewFixture fixture = { 0 };
  KutipReviewPane *pane = set_up (&fixture);
  g_autofree char *rows = review_list_rows (&fixture);
  g_autofree char *was = NULL;
  g_autofree char *now = NULL;

  g_assert_cmpstr (rows, ==,
                   "belum pernah diperiksa | Not found\n"
                   "langkah itu dilakukan demi kebaikan dua negara | Found "
                   "approximately\n"
                   "BBC | Moved\n"
                   "pihak lain | Moved\n");
  g_assert_true (review_says (&fixture, "0 of 4 reviewed"));
  g_assert_null (get_id (pane));
  kutip_review_pane_go_to (pane, "s2");
  settle (fixture.window);
  g_assert_true (kutip_annotator_get_current (fixture.annotator) ==
                 review_get (&fixture, "s2"));
  was = mark_parts (
      find_label (&fixture, "langkah ini dilakukan demi kebaikan kedua negara"),
      is_strikethrough);
  g_assert_cmpstr (was, ==, "langkah [ini] dilakukan demi kebaikan [kedua] negara");
  now = mark_parts (
      GTK_LABEL (gtk_widget_get_last_child (gtk_widget_get_parent (GTK_WIDGET (
          find_label (&fixture, "langkah ini dilakukan demi kebaikan kedua negara"))))),
      is_underline);
  g_assert_cmpstr (now, ==, "langkah [itu] dilakukan demi kebaikan [dua] negara");

  kutip_review_pane_go_to (pane, "s3");
  g_assert_false (review_says (&fixture, "Now"));
  g_assert_null (find_saying (fixture.pane, GTK_TYPE_BUTTON, "Confirm"));
  kutip_review_pane_set_n_kept (pane, 1);
  g_assert_true (review_says (&fixture, "1 other span stayed where it was."));
  review_tear_down (&fixture);
}

/* Beside what the card has to say about the one that is chosen. */
static void
test_rows_in_large_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  ReviewFixture fixture = { 0 };
  KutipReviewPane *pane;
  GtkWidget *rows;
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 144 * 1024, NULL);
  gtk_css_provider_load_from_resource (style, "/org/kutip/Kutip/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  pane = set_up (&fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 440, 560);
  kutip_review_pane_go_to (pane, "s2");
  /* The X server takes its time. */
  do
    settle (fixture.window);
  while (gtk_widget_get_width (GTK_WIDGET (pane)) != 440);
  g_assert_true (review_says (&fixture, "0 of 4 reviewed"));
  rows = find_widget (GTK_WIDGET (pane), GTK_TYPE_LIST_VIEW, 0);
  g_assert_cmpint (
      gtk_widget_get_height (rows), >=,
      3 * gtk_widget_get_height (find_widget (rows, KUTIP_TYPE_FINDING_ROW, 0)));
  review_tear_down (&fixture);
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (),
                                                 GTK_STYLE_PROVIDER (style));
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_flow (void)
{
  ReviewFixture fixture = { 0 };
  KutipReviewPane *pane = set_up (&fixture);

  kutip_review_pane_step (pane, TRUE);
  g_assert_cmpstr (get_id (pane), ==, "s3");
  kutip_review_pane_confirm (pane);
  g_assert_nonnull (fixture.message); /* it has no place that could be confirmed */
  kutip_review_pane_step (pane, TRUE);
  kutip_review_pane_confirm (pane);
  g_assert_cmpint (kutip_span_get_review (review_get (&fixture, "s2")), ==,
                   KUTIP_REVIEW_NONE);
  g_assert_cmpstr (get_id (pane), ==, "s1"); /* it goes on by itself */
  g_assert_true (review_says (&fixture, "1 of 4 reviewed"));

  kutip_review_pane_step (pane, FALSE);
  g_assert_cmpstr (get_id (pane), ==, "s3");
  g_clear_pointer (&fixture.message, g_free);
  kutip_annotator_set_selection (fixture.annotator, 3, 3, FALSE);
  kutip_review_pane_place (pane);
  g_assert_nonnull (fixture.message); /* nothing is selected */
  review_select (&fixture, "Semua telah diperiksa");
  g_assert_cmpstr (get_id (pane), ==, "s3"); /* selecting words chooses nothing else */
  kutip_review_pane_place (pane);
  g_assert_false (kutip_span_is_orphan (review_get (&fixture, "s3")));
  g_assert_true (review_says (&fixture, "2 of 4 reviewed"));

  g_assert_cmpstr (get_id (pane), ==, "s1");
  kutip_review_pane_delete (pane);
  g_assert_null (review_get (&fixture, "s1"));
  kutip_review_pane_confirm (pane);
  g_assert_cmpuint (kutip_review_pane_get_n_left (pane), ==, 0);
  g_assert_true (review_says (&fixture, "All Reviewed"));
  kutip_review_pane_confirm (pane); /* of nothing */

  kutip_annotator_undo (fixture.annotator);
  kutip_annotator_undo (fixture.annotator);
  g_assert_true (review_says (&fixture, "2 of 4 reviewed"));
  g_assert_cmpstr (get_id (pane), ==, "s1"); /* what is taken back is shown */
  review_tear_down (&fixture);
}

static void
test_moved (void)
{
  ReviewFixture fixture = { 0 };
  KutipReviewPane *pane = set_up (&fixture);
  GtkWidget *button =
      find_saying (fixture.pane, GTK_TYPE_BUTTON, "Confirm All That Only Moved");

  g_assert_nonnull (button);
  kutip_review_pane_confirm_moved (pane);
  g_assert_cmpstr (fixture.message, ==, "2 places confirmed");
  g_assert_true (review_says (&fixture, "2 of 4 reviewed"));
  g_assert_false (gtk_widget_get_visible (button));
  kutip_annotator_undo (fixture.annotator);
  g_assert_true (review_says (&fixture, "0 of 4 reviewed"));
  review_tear_down (&fixture);
}

/* Another article, and none. */
static void
test_other (void)
{
  ReviewFixture fixture = { 0 };
  KutipReviewPane *pane = set_up (&fixture);

  kutip_review_pane_step (pane, TRUE);
  kutip_review_pane_set_annotator (pane, NULL);
  g_assert_cmpuint (kutip_review_pane_get_n_left (pane), ==, 0);
  g_assert_null (get_id (pane));
  g_assert_true (review_says (&fixture, "Nothing to Review"));
  kutip_review_pane_step (pane, TRUE);
  kutip_review_pane_set_annotator (pane, fixture.annotator);
  g_assert_true (review_says (&fixture, "0 of 4 reviewed"));
  review_tear_down (&fixture);
}

/* The list has what the card does not need: many are to be seen at once. */
static void
test_room (void)
{
  ReviewFixture fixture = { 0 };
  KutipReviewPane *pane = set_up (&fixture);
  GtkWidget *list, *card;
  int needed, free;

  kutip_review_pane_go_to (pane, "s2");
  settle (fixture.window);
  list = find_widget (fixture.pane, KUTIP_TYPE_FINDING_LIST, 0);
  card = find_widget (fixture.pane, KUTIP_TYPE_REVIEW_CARD, 0);
  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (card), NULL,
                      &needed, NULL, NULL);
  g_assert_cmpint (gtk_widget_get_height (card) + gtk_widget_get_margin_top (card) +
                       gtk_widget_get_margin_bottom (card),
                   ==, needed);
  free = gtk_widget_get_height (list);
  g_assert_cmpint (free, >, gtk_widget_get_height (fixture.pane) * 2 / 5);

  /* Where there is little room, all of the card's buttons are within it. */
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 320, 480);
  settle (fixture.window);
  g_assert_cmpint (gtk_widget_get_height (fixture.pane), <=, 480);
  g_assert_cmpint (gtk_widget_get_height (list), <, free);
  review_tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  review_test_init (&argc, &argv);
  g_test_add_func ("/review-pane/shown", test_shown);
  g_test_add_func ("/review-pane/rows-in-large-text", test_rows_in_large_text);
  g_test_add_func ("/review-pane/flow", test_flow);
  g_test_add_func ("/review-pane/moved", test_moved);
  g_test_add_func ("/review-pane/other", test_other);
  g_test_add_func ("/review-pane/room", test_room);
  return g_test_run ();
}
