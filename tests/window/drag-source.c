/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drag-source FILE…: a window from which these files can be dragged, as from a file
 * manager. Says on standard output when it is there, and how each drag ended. */

#include <gtk/gtk.h>

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, gpointer files)
{
  g_auto (GValue) list = G_VALUE_INIT;

  g_value_init (&list, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&list, gdk_file_list_new_from_list (files));
  return gdk_content_provider_new_for_value (&list);
}

static void
on_end (GtkDragSource *source, GdkDrag *drag, gboolean is_move, gpointer data)
{
  g_print ("dropped\n");
}

static gboolean
on_cancel (GtkDragSource *source,
           GdkDrag *drag,
           GdkDragCancelReason reason,
           gpointer data)
{
  g_print ("refused\n");
  return FALSE;
}

static gboolean
tell_ready (gpointer window)
{
  if (!gtk_widget_get_mapped (window) || gtk_widget_get_width (window) == 0)
    return G_SOURCE_CONTINUE;
  g_print ("ready\n");
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  GSList *files = NULL;
  GtkWidget *window, *label;
  GtkDragSource *source;

  setvbuf (stdout, NULL, _IOLBF, 0);
  gtk_init ();
  for (int i = argc - 1; i > 0; i--)
    files = g_slist_prepend (files, g_file_new_for_commandline_arg (argv[i]));

  window = gtk_window_new ();
  label = gtk_label_new ("Files");
  source = gtk_drag_source_new ();
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), files);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_end), NULL);
  g_signal_connect (source, "drag-cancel", G_CALLBACK (on_cancel), NULL);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_title (GTK_WINDOW (window), "Drag Source");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 100, 100);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add (20, tell_ready, window);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_slist_free_full (files, g_object_unref);
  return 0;
}
