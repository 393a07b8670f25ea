/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/open-in-view.h"

/* Frames to wait for the scrolling; in a window too low for the row it never gets there.
 */
#define MOST_FRAMES 60

static gboolean
is_in_view (GtkWidget *row)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (row));
  graphene_rect_t bounds;

  return window != NULL && gtk_widget_compute_bounds (row, window, &bounds) &&
         bounds.origin.y >= 0 &&
         bounds.origin.y + bounds.size.height <= gtk_widget_get_height (window);
}

static gboolean
on_tick (GtkWidget *row, GdkFrameClock *clock, gpointer data)
{
  guint *n_left = data;

  if (is_in_view (row))
    gtk_widget_activate (row);
  else if (--*n_left > 0)
    return G_SOURCE_CONTINUE;
  return G_SOURCE_REMOVE;
}

static gboolean
on_mnemonic_activate (GtkWidget *row, gboolean cycles)
{
  guint *n_left;

  gtk_widget_grab_focus (row);
  if (cycles)
    return TRUE;
  if (is_in_view (row))
    {
      gtk_widget_activate (row);
      return TRUE;
    }
  n_left = g_new (guint, 1);
  *n_left = MOST_FRAMES;
  gtk_widget_add_tick_callback (row, on_tick, n_left, g_free);
  return TRUE;
}

void
kutip_open_in_view (AdwComboRow *row)
{
  g_return_if_fail (ADW_IS_COMBO_ROW (row));
  g_signal_connect (row, "mnemonic-activate", G_CALLBACK (on_mnemonic_activate), NULL);
}
