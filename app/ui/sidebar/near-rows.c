/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/near-rows.h"

/* On a row: it was not near when it was to be drawn. */
#define SKIPPED "kutip-skipped"
/* On a list: its rows are about to be looked through. */
#define SCROLLED "kutip-scrolled"

static gboolean
is_near (GtkWidget *row)
{
  GtkWidget *list = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_VIEW);
  double x, y;
  int height;

  if (list == NULL || !gtk_widget_translate_coordinates (row, list, 0, 0, &x, &y))
    return TRUE;
  height = gtk_widget_get_height (list);
  return y > -height && y < 2 * height;
}

static gboolean
is_skipped (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), SKIPPED) != NULL;
}

gboolean
kutip_near_rows_should_draw (GtkWidget *row)
{
  gboolean is_drawn;

  g_return_val_if_fail (GTK_IS_WIDGET (row), FALSE);

  is_drawn = is_near (row);
  if (is_skipped (row) == is_drawn)
    g_object_set_data (G_OBJECT (row), SKIPPED, is_drawn ? NULL : row);
  return is_drawn;
}

/* After the layout that places the rows. */
static gboolean
on_idle_scrolled (gpointer data)
{
  g_object_steal_data (data, SCROLLED);
  for (GtkWidget *item = gtk_widget_get_first_child (data); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (row != NULL && is_skipped (row) && is_near (row))
        gtk_widget_queue_draw (row);
    }
  return G_SOURCE_REMOVE;
}

static void
on_adjustment_changed (GtkListView *list)
{
  if (g_object_get_data (G_OBJECT (list), SCROLLED) != NULL)
    return;
  g_object_set_data (G_OBJECT (list), SCROLLED, list);
  g_idle_add_full (GDK_PRIORITY_REDRAW + 1, on_idle_scrolled, g_object_ref (list),
                   g_object_unref);
}

void
kutip_near_rows_follow (GtkListView *list, GtkScrolledWindow *scrolled)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);

  g_return_if_fail (GTK_IS_LIST_VIEW (list));

  g_signal_connect_object (adjustment, "value-changed",
                           G_CALLBACK (on_adjustment_changed), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_adjustment_changed),
                           list, G_CONNECT_SWAPPED);
}
