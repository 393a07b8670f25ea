/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review-fixture.h"
#include "ui/review/finding-row.h"
#include "ui/review/to-do-pane.h"

/* The rows draw themselves: what a reader sees of them is looked at here. */

#define APPROXIMATE 1 /* the row of s2; that of s3, which was not found, is before it */

static void
set_up (ReviewFixture *fixture)
{
  GtkWidget *pane = kutip_to_do_pane_new ();

  review_set_up (fixture, pane);
  kutip_to_do_pane_set_annotator (KUTIP_TO_DO_PANE (pane), fixture->annotator);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture->window);
}

static void
set_up_spans (ReviewFixture *fixture)
{
  set_up (fixture);
  review_add_spans (fixture);
  settle (fixture->window);
}

static GtkWidget *
get_row (ReviewFixture *fixture, guint nth)
{
  GtkWidget *row = find_widget (fixture->pane, KUTIP_TYPE_FINDING_ROW, nth);

  g_assert_nonnull (row);
  return row;
}

/* One text says all, and the row has no parts that would be read once more. */
static void
test_accessible (void)
{
  ReviewFixture fixture = { 0 };
  GtkWidget *row;

  set_up_spans (&fixture);
  row = get_row (&fixture, APPROXIMATE);
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_test_accessible_assert_property (
      row, GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Found approximately. Claim: langkah itu dilakukan demi kebaikan dua negara");
  gtk_test_accessible_assert_property (get_row (&fixture, 0),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Not found. Claim: belum pernah diperiksa");
  g_assert_null (gtk_widget_get_first_child (row));
  review_tear_down (&fixture);
}

static cairo_surface_t *
paint (GtkWidget *widget)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cairo = cairo_create (surface);
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  gsk_render_node_draw (node, cairo);
  gsk_render_node_unref (node);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  return surface;
}

/* The middle of the pixels in the label's own colour, from the row's left; -1: none. */
static int
find_badge (ReviewFixture *fixture, GtkWidget *row)
{
  const KutipLabelLook *look =
      kutip_label_look_get (kutip_document_get_tagset (fixture->document), "claim");
  cairo_surface_t *surface = paint (row);
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int first = -1, last = -1;

  for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
    for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
      {
        guint32 pixel = *(const guint32 *) (gconstpointer) (data + y * stride + x * 4);

        if (ABS ((int) (pixel >> 16 & 0xff) - (int) (look->color.red * 255)) > 1 ||
            ABS ((int) (pixel >> 8 & 0xff) - (int) (look->color.green * 255)) > 1 ||
            ABS ((int) (pixel & 0xff) - (int) (look->color.blue * 255)) > 1)
          continue;
        first = first < 0 ? x : first;
        last = x;
      }
  cairo_surface_destroy (surface);
  return first < 0 ? -1 : (first + last) / 2;
}

/* Where lines begin on the right, the badge stands there. */
static void
test_mirrored (void)
{
  ReviewFixture fixture = { 0 };
  GtkWidget *row;
  int left, width;

  set_up_spans (&fixture);
  row = get_row (&fixture, APPROXIMATE);
  width = gtk_widget_get_width (row);
  left = find_badge (&fixture, row);
  g_assert_cmpint (left, >, 0);
  g_assert_cmpint (left, <, 40);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  settle (fixture.window);
  g_assert_cmpint (ABS (width - find_badge (&fixture, row) - left), <=, 2);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  settle (fixture.window);
  g_assert_cmpint (find_badge (&fixture, row), ==, left);
  review_tear_down (&fixture);
}

/* How far from where lines begin the words of the upper line do, behind the badge. */
static int
find_words (GtkWidget *row, gboolean rtl)
{
  cairo_surface_t *surface = paint (row);
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int found = -1;

  for (int at = height / 2 + 4; at < width && found < 0; at++)
    for (int y = 0; y < height / 2 && found < 0; y++)
      {
        int x = rtl ? width - 1 - at : at;
        guint32 pixel = *(const guint32 *) (gconstpointer) (data + y * stride + x * 4);

        if ((pixel & 0xff) < 128)
          found = at;
      }
  cairo_surface_destroy (surface);
  return found;
}

/* Words of the other direction begin above their title, not at the other side. */
static void
test_other_direction (void)
{
  const struct
  {
    const char *words;
    gboolean rtl;
  } rows[] = {
    { "قال", FALSE },
    { "said", FALSE },
    { "said", TRUE },
    { "قال", TRUE },
  };
  ReviewFixture fixture = { 0 };
  const KutipLabelLook *look;

  set_up_spans (&fixture);
  look = kutip_label_look_get (kutip_document_get_tagset (fixture.document), "claim");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KutipDrawnContent content = { look, rows[i].words, "x", NULL, NULL };
      GtkWidget *row;
      int start;

      gtk_widget_set_default_direction (rows[i].rtl ? GTK_TEXT_DIR_RTL
                                                    : GTK_TEXT_DIR_LTR);
      settle (fixture.window);
      row = get_row (&fixture, APPROXIMATE);
      kutip_drawn_row_show (KUTIP_DRAWN_ROW (row), &content);
      gtk_widget_queue_draw (row);
      settle (fixture.window);
      start = find_words (row, rows[i].rtl);
      g_assert_cmpint (start, >, 0);
      g_assert_cmpint (start, <, 60);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  review_tear_down (&fixture);
}

static gboolean
has_tooltip (GtkWidget *row)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown = FALSE;

  g_signal_emit_by_name (row, "query-tooltip", 60, 8, FALSE, tooltip, &shown);
  return shown;
}

/* Words without room are cut off at their end, and a tooltip has them in full. */
static void
test_cut_off (void)
{
  ReviewFixture fixture = { 0 };
  int minimum;

  set_up_spans (&fixture);
  gtk_widget_measure (get_row (&fixture, APPROXIMATE), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 120);
  g_assert_true (has_tooltip (get_row (&fixture, APPROXIMATE)));
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 900, 400);
  settle (fixture.window);
  settle (fixture.window);
  g_assert_cmpint (gtk_widget_get_width (get_row (&fixture, APPROXIMATE)), >, 800);
  g_assert_false (has_tooltip (get_row (&fixture, APPROXIMATE)));
  review_tear_down (&fixture);
}

static void
test_large_text (void)
{
  ReviewFixture fixture = { 0 };
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi, height;

  set_up_spans (&fixture);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  height = gtk_widget_get_height (get_row (&fixture, APPROXIMATE));
  g_object_set (settings, "gtk-xft-dpi", (dpi > 0 ? dpi : 96 * 1024) * 2, NULL);
  settle (fixture.window);
  settle (fixture.window);
  g_assert_cmpint (gtk_widget_get_height (get_row (&fixture, APPROXIMATE)), >,
                   height * 3 / 2);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  settle (fixture.window);
  review_tear_down (&fixture);
}

/* Selecting a row, for which GtkListView binds it again, does not make it anew; another
 * look of its span does. */
static void
test_kept (void)
{
  ReviewFixture fixture = { 0 };
  const char *words;
  KutipDrawnRow *row;

  set_up_spans (&fixture);
  row = KUTIP_DRAWN_ROW (get_row (&fixture, APPROXIMATE));
  words = kutip_drawn_row_get_words (row);
  kutip_annotator_set_current (fixture.annotator, review_get (&fixture, "s2"), FALSE);
  settle (fixture.window);
  g_assert_true (kutip_drawn_row_get_words (row) == words);
  g_assert_true (kutip_annotate_set_label (fixture.document, review_get (&fixture, "s2"),
                                           "cue", NULL));
  settle (fixture.window);
  gtk_test_accessible_assert_property (
      get_row (&fixture, APPROXIMATE), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Found approximately. Cue: langkah itu dilakukan demi kebaikan dua negara");
  review_tear_down (&fixture);
}

static guint
count_filled (ReviewFixture *fixture)
{
  guint n = 0;
  GtkWidget *row;

  for (guint i = 0;
       (row = find_widget (fixture->pane, KUTIP_TYPE_FINDING_ROW, i)) != NULL; i++)
    n += kutip_drawn_row_get_words (KUTIP_DRAWN_ROW (row)) != NULL;
  return n;
}

/* Only those near what is seen are made, and after scrolling those that are near then. */
static void
test_near (void)
{
  ReviewFixture fixture = { 0 };
  GtkWidget *scrolled;
  GtkAdjustment *adjustment;
  guint n_rows, n_filled;

  set_up (&fixture);
  review_mark_many (&fixture, 150);
  /* They come a few at a time. */
  while (count_widgets (fixture.pane, KUTIP_TYPE_FINDING_ROW) < 150)
    g_main_context_iteration (NULL, TRUE);
  settle (fixture.window);
  n_rows = count_widgets (fixture.pane, KUTIP_TYPE_FINDING_ROW);
  n_filled = count_filled (&fixture);
  g_assert_cmpuint (n_filled, >, 10);
  g_assert_cmpuint (n_filled, <, n_rows / 2);
  scrolled = find_widget (fixture.pane, GTK_TYPE_SCROLLED_WINDOW, 0);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2);
  settle (fixture.window);
  settle (fixture.window);
  g_assert_cmpuint (count_filled (&fixture), >, n_filled);
  review_tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  review_test_init (&argc, &argv);
  g_test_add_func ("/finding-row/accessible", test_accessible);
  g_test_add_func ("/finding-row/mirrored", test_mirrored);
  g_test_add_func ("/finding-row/other-direction", test_other_direction);
  g_test_add_func ("/finding-row/cut-off", test_cut_off);
  g_test_add_func ("/finding-row/large-text", test_large_text);
  g_test_add_func ("/finding-row/kept", test_kept);
  g_test_add_func ("/finding-row/near", test_near);
  return g_test_run ();
}
