/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/kept-window.h"

static void
destroy (gpointer data)
{
  gtk_window_destroy (data);
  g_object_unref (data);
}

void
kutip_kept_window_keep (GtkWindow *window, const char *name)
{
  GtkWindow *parent;

  g_return_if_fail (GTK_IS_WINDOW (window));

  parent = gtk_window_get_transient_for (window);
  if (parent == NULL || gtk_widget_in_destruction (GTK_WIDGET (parent)) ||
      g_object_get_data (G_OBJECT (parent), name) != NULL)
    {
      gtk_window_destroy (window);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  /* So that what gets the focus next time is entered anew, and its words selected. */
  gtk_window_set_focus (window, NULL);
  g_object_set_data_full (G_OBJECT (parent), name, g_object_ref (window), destroy);
}

GtkWindow *
kutip_kept_window_take (GtkWindow *parent, const char *name)
{
  GtkWindow *window;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  window = g_object_steal_data (G_OBJECT (parent), name);
  /* GTK has a reference to each window that is not destroyed. */
  if (window != NULL)
    g_object_unref (window);
  return window;
}

gpointer
kutip_kept_window_obtain (GtkWindow *parent, const char *name, GType type)
{
  GtkWindow *kept = parent != NULL ? kutip_kept_window_take (parent, name) : NULL;

  return kept != NULL ? kept : g_object_new (type, "transient-for", parent, NULL);
}

typedef struct
{
  GtkWindow *window; /* to be destroyed; NULL: it is */
  GtkWindow *parent; /* weak */
  GType type;
  char *name;
} Renewal;

static void
free_renewal (gpointer data)
{
  Renewal *renewal = data;

  g_clear_weak_pointer (&renewal->parent);
  g_clear_object (&renewal->window);
  g_free (renewal->name);
  g_free (renewal);
}

static gboolean
go_on (gpointer data)
{
  Renewal *renewal = data;

  if (renewal->window != NULL)
    {
      gtk_window_destroy (renewal->window);
      g_clear_object (&renewal->window);
      return G_SOURCE_CONTINUE;
    }
  if (renewal->parent != NULL && gtk_widget_get_mapped (GTK_WIDGET (renewal->parent)))
    kutip_kept_window_keep (
        g_object_new (renewal->type, "transient-for", renewal->parent, NULL),
        renewal->name);
  return G_SOURCE_REMOVE;
}

static gboolean
on_tick (GtkWidget *parent, GdkFrameClock *clock, gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Also when the parent goes before it paints again. */
static void
on_tick_removed (gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, go_on, data, free_renewal);
}

void
kutip_kept_window_renew (GtkWindow *window, const char *name)
{
  GtkWindow *parent;
  Renewal *renewal;

  g_return_if_fail (GTK_IS_WINDOW (window));

  parent = gtk_window_get_transient_for (window);
  if (parent == NULL)
    {
      gtk_window_destroy (window);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  renewal = g_new0 (Renewal, 1);
  renewal->window = g_object_ref (window);
  renewal->type = G_OBJECT_TYPE (window);
  renewal->name = g_strdup (name);
  g_set_weak_pointer (&renewal->parent, parent);
  gtk_widget_add_tick_callback (GTK_WIDGET (parent), on_tick, renewal, on_tick_removed);
}
