/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/scroll-to.h"

#define WIDTH 100
#define HEIGHT 200

/* From the top: what is seen of 200 pixels, a widget and where the view is moved to. */
static const struct
{
  const char *reason;
  int place, height, seen, expected;
} rows[] = {
  { "what is seen stays where it is", 120, 50, 100, 100 },
  { "what is seen to its edges too", 100, 200, 100, 100 },
  { "what is half below comes up", 280, 50, 100, 130 },
  { "what is far below comes to the lower edge", 900, 50, 0, 750 },
  { "what is half above comes down", 80, 50, 100, 80 },
  { "what is far above comes to the upper edge", 10, 50, 700, 10 },
  { "of what is too high, the beginning", 300, 400, 0, 300 },
  { "at the end", 950, 50, 0, 800 },
};

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *page = gtk_fixed_new ();
  GtkWidget *widget = gtk_drawing_area_new ();
  GtkWidget *end = gtk_drawing_area_new ();
  GtkAdjustment *adjustment;

  g_object_ref_sink (window);
  gtk_widget_set_size_request (widget, WIDTH, rows[i].height);
  gtk_widget_set_size_request (end, WIDTH, 1);
  gtk_fixed_put (GTK_FIXED (page), widget, 0, rows[i].place);
  gtk_fixed_put (GTK_FIXED (page), end, 0, 999);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), page);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, WIDTH, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (window, WIDTH, HEIGHT, -1, NULL);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  g_assert_cmpint ((int) gtk_adjustment_get_upper (adjustment), ==, 1000);
  gtk_adjustment_set_value (adjustment, rows[i].seen);

  kutip_scroll_to (widget);
  g_assert_cmpint ((int) gtk_adjustment_get_value (adjustment), ==, rows[i].expected);

  g_assert_finalize_object (G_OBJECT (window));
}

/* In no window that scrolls, nothing happens. */
static void
test_alone (void)
{
  GtkWidget *widget = g_object_ref_sink (gtk_drawing_area_new ());

  kutip_scroll_to (widget);
  g_assert_finalize_object (G_OBJECT (widget));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scroll-to/rows/%u", i);

      g_test_message ("%u: %s", i, rows[i].reason);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/scroll-to/alone", test_alone);
  return g_test_run ();
}
