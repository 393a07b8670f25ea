/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/occurrence-row.h"

#include "../sidebar/find-widget.h"

#include <adwaita.h>

#define WIDTH 600
#define HEIGHT 40
/* Of a pixel's darkness, 0 to 255: drawn on, not only the rim of a letter. */
#define INKED 60

typedef struct
{
  GtkWidget *window;
  KutipOccurrenceRow *row;
} Fixture;

/* What is drawn. */
typedef struct
{
  int first, last; /* columns with any ink; -1: none */
  int darkest;     /* 0 to 255 */
} Ink;

static KutipConcordanceLine *
create_line (const char *name, const KutipContext *context, gboolean covered)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/a.txt");
  KutipSearchHit hit = {
    .file = file, .range = { 3, 8 }, .context = *context, .covered = covered
  };
  char *shared = g_ref_string_new (name);
  KutipConcordanceLine *line = kutip_concordance_line_new (&hit, 0, shared);

  g_ref_string_release (shared);
  return line;
}

static void
set_up (Fixture *fixture, gconstpointer direction)
{
  gtk_widget_set_default_direction (direction != NULL ? GTK_TEXT_DIR_RTL
                                                      : GTK_TEXT_DIR_LTR);
  fixture->row = KUTIP_OCCURRENCE_ROW (kutip_occurrence_row_new ());
  fixture->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->row));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer direction)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->row), (gpointer *) &fixture->row);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_null (fixture->row);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
show (Fixture *fixture,
      const char *name,
      const char *left,
      const char *match,
      const char *right,
      gboolean covered)
{
  const KutipContext context = { (char *) left, (char *) match, (char *) right };
  g_autoptr (KutipConcordanceLine) line =
      create_line (name != NULL ? name : "a.txt", &context, covered);

  kutip_occurrence_row_set_line (fixture->row, line, name != NULL);
  settle (fixture->window);
}

/* What the row draws between two columns, the check box at its start left out. */
static Ink
look (Fixture *fixture, int from, int to)
{
  GtkWidget *row = GTK_WIDGET (fixture->row);
  int width = gtk_widget_get_width (row), height = gtk_widget_get_height (row);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (row);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cairo = cairo_create (surface);
  GskRenderNode *node;
  Ink ink = { -1, -1, 0 };

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  if (node != NULL)
    gsk_render_node_draw (node, cairo);
  g_clear_pointer (&node, gsk_render_node_unref);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  for (int x = MAX (from, 0); x < MIN (to, width); x++)
    for (int y = 0; y < height; y++)
      {
        const guchar *pixel = cairo_image_surface_get_data (surface) +
                              y * cairo_image_surface_get_stride (surface) + x * 4;
        int dark = 255 - pixel[1];

        ink.darkest = MAX (ink.darkest, dark);
        if (dark < INKED)
          continue;
        ink.first = ink.first < 0 ? x : ink.first;
        ink.last = x;
      }
  cairo_surface_destroy (surface);
  return ink;
}

/* Where the words have their room, without the article's name. */
#define CHECK_WIDTH 40

static int
get_width (Fixture *fixture)
{
  return gtk_widget_get_width (GTK_WIDGET (fixture->row));
}

/* The words found stand in the middle, whatever is around them: they form a column. */
static void
test_middle (Fixture *fixture, gconstpointer direction)
{
  static const struct
  {
    const char *left, *right;
  } rows[] = {
    { "", "" },
    { "said ", " to the press" },
    { "a very long sentence that leads to the place, and that has no end, so that it is "
      "cut off ",
      "" },
  };
  int width = get_width (fixture), first = -1;
  /* The check box and what is around it take about 30 pixels. */
  int middle = width / 2 + (direction != NULL ? -15 : 15);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Ink ink;

      show (fixture, NULL, rows[i].left, "ooooo", rows[i].right, FALSE);
      ink = look (fixture, middle - 26, middle + 26);
      if (i == 0)
        {
          first = ink.first;
          g_assert_cmpint (ABS ((ink.first + ink.last) / 2 - middle), <=, 4);
        }
      g_assert_cmpint (ink.first, ==, first);
    }
}

/* What stands before comes at the side from which the words run, not the window. */
static void
test_sides (Fixture *fixture, gconstpointer direction)
{
  static const struct
  {
    const char *left, *match, *right;
    gboolean left_half; /* of the words is inked beside the match */
    const char *reason;
  } rows[] = {
    { "said the minister ", "x", "", TRUE, "before, from left to right" },
    { "", "x", " said the minister", FALSE, "after, from left to right" },
    { "قال الوزير ", "ع", "", FALSE, "before, from right to left" },
    { "", "ع", " قال الوزير", TRUE, "after, from right to left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int width = get_width (fixture);
      int start = direction != NULL ? 0 : CHECK_WIDTH;
      int end = direction != NULL ? width - CHECK_WIDTH : width;
      int middle = (start + end) / 2;

      g_test_message ("%s", rows[i].reason);
      show (fixture, NULL, rows[i].left, rows[i].match, rows[i].right, FALSE);
      g_assert_cmpint (look (fixture, start, middle - 16).first >= 0, ==,
                       rows[i].left_half);
      g_assert_cmpint (look (fixture, middle + 16, end).first >= 0, ==,
                       !rows[i].left_half);
    }
}

/* The name stands beside the check box, the words behind it; without a name they have
 * its room too. */
static void
test_name (Fixture *fixture, gconstpointer direction)
{
  gboolean rtl = direction != NULL;
  int width = get_width (fixture);
  int from = rtl ? width - 100 : CHECK_WIDTH;
  int to = rtl ? width - CHECK_WIDTH : 100;
  int middle;
  Ink ink;

  show (fixture, NULL, "", "ooooo", "", FALSE);
  g_assert_cmpint (look (fixture, from, to).first, ==, -1);
  ink = look (fixture, rtl ? 0 : CHECK_WIDTH, rtl ? width - CHECK_WIDTH : width);
  middle = (ink.first + ink.last) / 2;

  show (fixture, "b.txt", "", "ooooo", "", FALSE);
  g_assert_cmpint (look (fixture, from, to).first, >=, 0);
  ink = look (fixture, width / 2 - 120, width / 2 + 120);
  g_assert_cmpint (ABS ((ink.first + ink.last) / 2 - middle), >, 30);
  g_assert_true (((ink.first + ink.last) / 2 < middle) == rtl);
}

/* A long name is cut in its middle: both ends tell articles apart. It never runs
 * into the words. */
static void
test_long_name (Fixture *fixture, gconstpointer direction)
{
  Ink whole, cut;

  show (fixture, "b.txt", "", "", "", FALSE);
  whole = look (fixture, CHECK_WIDTH, get_width (fixture));
  show (fixture, "a/folder/in/a/folder/with/a/name/that/does/not/fit/b.txt", "", "", "",
        FALSE);
  cut = look (fixture, CHECK_WIDTH, get_width (fixture));
  g_assert_cmpint (cut.last, >, whole.last);
  g_assert_cmpint (cut.last, <, get_width (fixture) / 3);
}

/* A place that is marked already is dimmed and cannot be chosen; so says the tooltip. */
static void
test_marked_already (Fixture *fixture, gconstpointer direction)
{
  int width = get_width (fixture);
  Ink open, covered;

  show (fixture, NULL, "", "ooooo", "", FALSE);
  open = look (fixture, CHECK_WIDTH, width);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (fixture->row)));
  show (fixture, NULL, "", "ooooo", "", TRUE);
  covered = look (fixture, CHECK_WIDTH, width);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (fixture->row)));
  g_assert_cmpint (covered.darkest, >, 40);
  g_assert_cmpint (covered.darkest, <, open.darkest * 2 / 3);
}

/* Of a narrow row a name has a fourth; what is cut off is told by a screen reader. */
static void
test_narrow_name (Fixture *fixture, gconstpointer direction)
{
  static const char name[] = "a-name-that-goes-on-and-on-until-it-ends-b.txt";
  int width;
  Ink ink;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH / 3, HEIGHT);
  settle (fixture->window);
  width = get_width (fixture);
  g_assert_cmpint (width, <=, WIDTH / 2);
  show (fixture, name, "", "", "", FALSE);
  ink = look (fixture, CHECK_WIDTH, width);
  g_assert_cmpint (ink.first, >, 0);
  g_assert_cmpint (ink.last, <=, CHECK_WIDTH + width / 4);
  gtk_test_accessible_assert_property (GTK_WIDGET (fixture->row),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name);
}

/* Bound again, a row shows what it has now, and nothing when it has nothing. */
static void
test_again (Fixture *fixture, gconstpointer direction)
{
  int width = get_width (fixture);
  Ink few, many;

  show (fixture, NULL, "", "oo", "", FALSE);
  few = look (fixture, CHECK_WIDTH, width);
  show (fixture, NULL, "", "oooooooooo", "", FALSE);
  many = look (fixture, CHECK_WIDTH, width);
  g_assert_cmpint (many.last - many.first, >, 2 * (few.last - few.first));
  gtk_test_accessible_assert_property (GTK_WIDGET (fixture->row),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "oooooooooo");
  kutip_occurrence_row_set_line (fixture->row, NULL, FALSE);
  settle (fixture->window);
  g_assert_null (kutip_occurrence_row_get_line (fixture->row));
  g_assert_cmpint (look (fixture, 0, width).first, ==, -1);
}

/* With larger text the row grows; words already laid out are laid out anew. */
static void
test_large_text (Fixture *fixture, gconstpointer direction)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int width = get_width (fixture), dpi, height, large;
  Ink small, big;

  show (fixture, NULL, "", "ooooo", "", FALSE);
  small = look (fixture, CHECK_WIDTH, width);
  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_VERTICAL, -1, &height,
                      NULL, NULL, NULL);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", (dpi > 0 ? dpi : 96 * 1024) * 2, NULL);
  settle (fixture->window);
  big = look (fixture, CHECK_WIDTH, width);
  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_VERTICAL, -1, &large,
                      NULL, NULL, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  settle (fixture->window);
  g_assert_cmpint (large, >, height);
  g_assert_cmpint (big.last - big.first, >, (small.last - small.first) * 3 / 2);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, direction, function)                                                   \
  g_test_add (path, Fixture, direction, set_up, function, tear_down)
  ADD ("/occurrence-row/middle", NULL, test_middle);
  ADD ("/occurrence-row/middle/mirrored", "rtl", test_middle);
  ADD ("/occurrence-row/sides", NULL, test_sides);
  ADD ("/occurrence-row/sides/mirrored", "rtl", test_sides);
  ADD ("/occurrence-row/name", NULL, test_name);
  ADD ("/occurrence-row/name/mirrored", "rtl", test_name);
  ADD ("/occurrence-row/long-name", NULL, test_long_name);
  ADD ("/occurrence-row/narrow-name", NULL, test_narrow_name);
  ADD ("/occurrence-row/marked-already", NULL, test_marked_already);
  ADD ("/occurrence-row/again", NULL, test_again);
  ADD ("/occurrence-row/large-text", NULL, test_large_text);
#undef ADD
  return g_test_run ();
}
