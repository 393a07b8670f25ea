/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/wrap-box.h"

#define SPACING 6
#define HEIGHT 20

/* Children of fixed widths; the last one expands, where @expands. */
static GtkWidget *
create_box (const int *widths, gboolean expands)
{
  GtkWidget *box = g_object_new (KUTIP_TYPE_WRAP_BOX, "spacing", SPACING, NULL);
  GtkWidget *child = NULL;

  g_object_ref_sink (box);
  for (; *widths > 0; widths++)
    {
      child = gtk_drawing_area_new ();
      gtk_widget_set_size_request (child, *widths, HEIGHT);
      gtk_widget_insert_before (child, box, NULL);
    }
  if (expands)
    gtk_widget_set_hexpand (child, TRUE);
  return box;
}

static void
destroy_box (GtkWidget *box)
{
  g_assert_finalize_object (G_OBJECT (box));
}

/* "x,y,width" of each child that is shown. */
static char *
describe (GtkWidget *box)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t place;

      if (!gtk_widget_get_visible (child))
        continue;
      g_assert_true (gtk_widget_compute_bounds (child, box, &place));
      g_string_append_printf (text, "%s%g,%g,%g", text->len > 0 ? " " : "",
                              (double) place.origin.x, (double) place.origin.y,
                              (double) place.size.width);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const struct
{
  const char *reason;
  int width;
  gboolean mirrored, expands;
  int hidden; /* the number of a child, or -1 */
  int height;
  const char *places;
} rows[] = {
  { "all in one row", 200, FALSE, FALSE, -1, 20, "0,0,50 56,0,60 122,0,70" },
  { "a row that is just full", 192, FALSE, FALSE, -1, 20, "0,0,50 56,0,60 122,0,70" },
  { "a pixel too few", 191, FALSE, FALSE, -1, 46, "0,0,50 56,0,60 0,26,70" },
  { "one below the other", 70, FALSE, FALSE, -1, 72, "0,0,50 0,26,60 0,52,70" },
  { "from the right", 191, TRUE, FALSE, -1, 46, "141,0,50 75,0,60 121,26,70" },
  { "what expands has the rest", 200, FALSE, TRUE, -1, 20, "0,0,50 56,0,60 122,0,78" },
  { "of its own row", 150, FALSE, TRUE, -1, 46, "0,0,50 56,0,60 0,26,150" },
  { "mirrored as well", 200, TRUE, TRUE, -1, 20, "150,0,50 84,0,60 0,0,78" },
  { "what is hidden takes no room", 132, FALSE, FALSE, 1, 20, "0,0,50 56,0,70" },
  { "nor a row", 70, FALSE, FALSE, 1, 46, "0,0,50 0,26,70" },
};

static void
test_rows (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  const int widths[] = { 50, 60, 70, 0 };
  GtkWidget *box = create_box (widths, rows[i].expands);
  g_autofree char *places = NULL;
  int height;

  g_test_message ("%s", rows[i].reason);
  if (rows[i].mirrored)
    gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  if (rows[i].hidden >= 0)
    {
      GtkWidget *child = gtk_widget_get_first_child (box);

      for (int n = 0; n < rows[i].hidden; n++)
        child = gtk_widget_get_next_sibling (child);
      gtk_widget_set_visible (child, FALSE);
    }
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, rows[i].width, &height, NULL, NULL,
                      NULL);
  g_assert_cmpint (height, ==, rows[i].height);
  gtk_widget_size_allocate (box, &(GtkAllocation){ 0, 0, rows[i].width, height }, -1);
  places = describe (box);
  g_assert_cmpstr (places, ==, rows[i].places);
  destroy_box (box);
}

/* As narrow as the widest of them, or as wide as all. */
static void
test_widths (void)
{
  const int widths[] = { 50, 60, 70, 0 };
  GtkWidget *box = create_box (widths, FALSE);
  int minimum, natural;

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                      NULL);
  g_assert_cmpint (minimum, ==, 70);
  g_assert_cmpint (natural, ==, 192);
  destroy_box (box);
}

static void
test_empty (void)
{
  const int widths[] = { 0 };
  GtkWidget *box = create_box (widths, FALSE);
  int minimum, natural;

  for (int orientation = 0; orientation < 2; orientation++)
    {
      gtk_widget_measure (box, orientation, -1, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (minimum, ==, 0);
      g_assert_cmpint (natural, ==, 0);
    }
  destroy_box (box);
}

/* Words that can be broken are, rather than making the row wider than its place. */
static void
test_long_words (void)
{
  const int widths[] = { 50, 0 };
  GtkWidget *box = create_box (widths, FALSE);
  GtkWidget *label = gtk_label_new ("several words that do not fit into one short line");
  int low, high, minimum;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_insert_before (label, box, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 150);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 1000, &low, NULL, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 150, &high, NULL, NULL, NULL);
  g_assert_cmpint (high, >, low + SPACING + HEIGHT);
  destroy_box (box);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/wrap-box/rows/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_rows);
    }
  g_test_add_func ("/wrap-box/widths", test_widths);
  g_test_add_func ("/wrap-box/empty", test_empty);
  g_test_add_func ("/wrap-box/long-words", test_long_words);
  return g_test_run ();
}
