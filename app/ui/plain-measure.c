/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plain-measure.h"

/* What a class had before; the parents of our windows are classes of a library. */
static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidgetClass *parent = g_type_class_peek_parent (GTK_WIDGET_GET_CLASS (widget));

  parent->measure (widget, orientation,
                   orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum,
                   natural, minimum_baseline, natural_baseline);
}

void
kutip_plain_measure_init (GtkWidgetClass *klass)
{
  klass->measure = measure;
}
