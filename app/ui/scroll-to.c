/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/scroll-to.h"

void
kutip_scroll_to (GtkWidget *widget)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkWidget *child;
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double bottom;

  child = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  if (child == NULL || !gtk_widget_compute_bounds (widget, child, &bounds))
    return;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  bottom = (double) bounds.origin.y + (double) bounds.size.height;
  gtk_adjustment_clamp_page (adjustment, (double) bounds.origin.y, bottom);
}
