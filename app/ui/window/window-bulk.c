/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include <glib/gi18n.h>

/* What changes very many annotations at once goes on in a thread: what takes long is
 * told, with how far it is, and can be stopped. */

/* Milliseconds. */
#define TELL_AFTER 500
#define TICK 100

static GtkWidget *
create_bar (const char *title)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *progress = gtk_progress_bar_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Stop"));

  gtk_widget_add_css_class (bar, "notice");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_size_request (progress, 60, -1);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (progress),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "annotation.cancel");
  gtk_box_append (GTK_BOX (lines), label);
  gtk_box_append (GTK_BOX (lines), progress);
  gtk_box_append (GTK_BOX (bar), lines);
  gtk_box_append (GTK_BOX (bar), button);
  return bar;
}

static gboolean
on_tick (gpointer data)
{
  KutipWindow *self = data;

  if (self->bulk_bar == NULL)
    {
      KutipDocument *document = kutip_annotator_get_document (self->annotator);

      self->bulk_bar = create_bar (kutip_document_get_busy (document));
      gtk_box_append (self->notices, self->bulk_bar);
      self->bulk_source = g_timeout_add (TICK, on_tick, self);
      return G_SOURCE_REMOVE;
    }
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (gtk_widget_get_last_child (
                                     gtk_widget_get_first_child (self->bulk_bar))),
                                 kutip_annotator_get_progress (self->annotator));
  return G_SOURCE_CONTINUE;
}

/* The focus stays in the window when the button that has it goes. */
static void
remove_bar (KutipWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (self->bulk_bar == NULL)
    return;
  if (focus != NULL && gtk_widget_is_ancestor (focus, self->bulk_bar))
    kutip_window_focus_article (self);
  gtk_box_remove (self->notices, g_steal_pointer (&self->bulk_bar));
}

void
kutip_window_show_bulk (KutipWindow *self)
{
  gboolean is_busy = self->annotator != NULL && kutip_annotator_is_busy (self->annotator);

  g_clear_handle_id (&self->bulk_source, g_source_remove);
  remove_bar (self);
  if (is_busy)
    self->bulk_source = g_timeout_add (TELL_AFTER, on_tick, self);
}
