/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/label/label-row.h"

/* Pixels. */
#define SPACING 2

struct _KutipLabelRow
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (KutipLabelRow, kutip_label_row, GTK_TYPE_WIDGET)

static void
measure_across (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, liked;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &least, &liked, NULL,
                          NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, liked);
    }
}

static void
measure_along (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const int before = gtk_widget_get_prev_sibling (child) != NULL ? SPACING : 0;
      int least, liked;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &liked, NULL,
                          NULL);
      *minimum += before + least;
      *natural += before + liked;
    }
}

static void
kutip_label_row_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_along (widget, minimum, natural);
  else
    measure_across (widget, minimum, natural);
}

static void
kutip_label_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  const gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int least, liked, at = 0;

  measure_along (widget, &least, &liked);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { .height = height };
      int minimum, natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                          NULL);
      place.width = width >= liked ? natural : minimum;
      place.x = is_mirrored ? width - at - place.width : at;
      gtk_widget_size_allocate (child, &place, -1);
      at += place.width + SPACING;
    }
}

static void
kutip_label_row_dispose (GObject *object)
{
  kutip_label_row_clear (KUTIP_LABEL_ROW (object));
  G_OBJECT_CLASS (kutip_label_row_parent_class)->dispose (object);
}

static void
kutip_label_row_class_init (KutipLabelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kutip_label_row_dispose;
  widget_class->measure = kutip_label_row_measure;
  widget_class->size_allocate = kutip_label_row_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kutip_label_row_init (KutipLabelRow *self)
{
}

void
kutip_label_row_append (KutipLabelRow *self, GtkWidget *button)
{
  g_return_if_fail (KUTIP_IS_LABEL_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (button));

  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

void
kutip_label_row_clear (KutipLabelRow *self)
{
  GtkWidget *child;

  g_return_if_fail (KUTIP_IS_LABEL_ROW (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
