/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-json.h"
#include "ui/label/label-face.h"
#include "ui/label/label-row.h"

#include <adwaita.h>

static GtkWidget *
create_row (void)
{
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin ("news-attribution");
  GtkWidget *row = g_object_ref_sink (g_object_new (KUTIP_TYPE_LABEL_ROW, NULL));

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);
      const KutipLabelLook *look = kutip_label_look_get (tagset, label->name);

      kutip_label_row_append (KUTIP_LABEL_ROW (row),
                              kutip_label_face_new (look, look->title, "1"));
    }
  return row;
}

static void
measure (GtkWidget *widget, int *minimum, int *natural)
{
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL,
                      NULL);
}

/* The last of a face's parts. */
static gboolean
shows_key (GtkWidget *face)
{
  return gtk_widget_get_child_visible (gtk_widget_get_last_child (face));
}

static gboolean
shows_whole_title (GtkWidget *face)
{
  GtkWidget *title = gtk_widget_get_next_sibling (gtk_widget_get_first_child (face));

  return !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (title)));
}

/* At each width all show their keys, or none does, and never is a title cut off. */
static void
test_all_or_none (void)
{
  static const GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };

  for (gsize i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      GtkWidget *row;
      int minimum, natural, height;

      gtk_widget_set_default_direction (directions[i]);
      row = create_row ();
      measure (row, &minimum, &natural);
      g_assert_cmpint (minimum, <, natural);
      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
      for (int width = minimum; width <= natural + 3; width++)
        {
          gtk_widget_allocate (row, width, height, -1, NULL);
          for (GtkWidget *face = gtk_widget_get_first_child (row); face != NULL;
               face = gtk_widget_get_next_sibling (face))
            {
              g_assert_cmpint (shows_key (face), ==, width >= natural);
              g_assert_true (shows_whole_title (face));
            }
        }
      g_assert_finalize_object (row);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* The badge stands where the line begins, and nothing lies over anything else. */
static void
test_mirrored (void)
{
  GtkWidget *row, *face, *badge;
  int minimum, natural;
  graphene_rect_t first, second, within;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  row = create_row ();
  measure (row, &minimum, &natural);
  gtk_widget_allocate (row, natural, 40, -1, NULL);
  face = gtk_widget_get_first_child (row);
  badge = gtk_widget_get_first_child (face);
  g_assert_true (gtk_widget_compute_bounds (face, row, &first));
  g_assert_true (
      gtk_widget_compute_bounds (gtk_widget_get_next_sibling (face), row, &second));
  g_assert_true (gtk_widget_compute_bounds (badge, face, &within));
  g_assert_cmpint ((int) (first.origin.x + first.size.width), ==, natural);
  g_assert_cmpint ((int) (second.origin.x + second.size.width), <=, (int) first.origin.x);
  g_assert_cmpint ((int) (within.origin.x + within.size.width), ==,
                   (int) first.size.width);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_finalize_object (row);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/label-row/all-or-none", test_all_or_none);
  g_test_add_func ("/label-row/mirrored", test_mirrored);
  return g_test_run ();
}
