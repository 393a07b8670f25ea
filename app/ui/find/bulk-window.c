/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/bulk-window.h"

#include "ui/open-documents.h"
#include "ui/plain-measure.h"

#include <glib/gi18n.h>

struct _KutipBulkWindow
{
  AdwWindow parent_instance;

  KutipBulkMark *bulk;
  gboolean back; /* what was marked is being taken back */

  GtkStack *pages;
  GtkLabel *progress_text;
  GtkProgressBar *progress;
  GtkWidget *stop_button;
  GtkLabel *title, *failures_title;
  GtkWidget *failures_box;
  GtkListView *failures;
  GtkWidget *back_button, *close_button;
};

G_DEFINE_FINAL_TYPE (KutipBulkWindow, kutip_bulk_window, ADW_TYPE_WINDOW)

static void
show_progress (KutipBulkWindow *self)
{
  g_autofree char *text = NULL;
  guint n_done, n_articles;
  double fraction;

  g_object_get (self->bulk, "n-done", &n_done, "n-articles", &n_articles, "fraction",
                &fraction, NULL);
  /* Translators: %1$u articles of %2$u are done. */
  text = g_strdup_printf (
      ngettext ("%1$u of %2$u article", "%1$u of %2$u articles", n_articles), n_done,
      n_articles);
  gtk_label_set_text (self->progress_text, text);
  gtk_progress_bar_set_fraction (self->progress, fraction);
}

static char *
describe_result (KutipBulkWindow *self)
{
  guint n = kutip_bulk_mark_get_n_marked (self->bulk);
  guint n_articles = kutip_bulk_mark_get_n_articles (self->bulk);
  g_autofree char *places =
      /* Translators: %u is how many places have been marked. */
      g_strdup_printf (ngettext ("%u place", "%u places", n), n);

  if (self->back && n == 0)
    return g_strdup (_ ("All of it is taken back"));
  if (self->back)
    /* Translators: %1$s is "12 places", %2$u how many articles they are in. */
    return g_strdup_printf (ngettext ("%1$s in %2$u article stayed marked",
                                      "%1$s in %2$u articles stayed marked", n_articles),
                            places, n_articles);
  if (n == 0)
    return g_strdup (_ ("Nothing was marked"));
  /* Translators: %1$s is "12 places", %2$u how many articles they are in. */
  return g_strdup_printf (ngettext ("%1$s marked in %2$u article",
                                    "%1$s marked in %2$u articles", n_articles),
                          places, n_articles);
}

static void
show_failures (KutipBulkWindow *self)
{
  GPtrArray *failures = kutip_bulk_mark_get_failures (self->bulk);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GtkNoSelection) selection = NULL;
  g_autofree char *title =
      /* Translators: %u is a number of articles; a list of them follows. */
      g_strdup_printf (ngettext ("%u article was left as it is:",
                                 "%u articles were left as they are:", failures->len),
                       failures->len);

  for (guint i = 0; i < failures->len; i++)
    gtk_string_list_append (list, g_ptr_array_index (failures, i));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (list)));
  gtk_list_view_set_model (self->failures, GTK_SELECTION_MODEL (selection));
  gtk_label_set_text (self->failures_title, title);
  gtk_widget_set_visible (self->failures_box, failures->len > 0);
}

static void
show (KutipBulkWindow *self)
{
  gboolean running = kutip_bulk_mark_is_running (self->bulk);
  g_autofree char *result = NULL;

  gtk_stack_set_visible_child_name (self->pages, running ? "running" : "done");
  gtk_widget_set_visible (self->stop_button, running);
  gtk_widget_set_visible (self->close_button, !running);
  gtk_widget_set_visible (self->back_button,
                          !running && kutip_bulk_mark_get_n_marked (self->bulk) > 0);
  gtk_window_set_deletable (GTK_WINDOW (self), !running);
  if (running)
    {
      show_progress (self);
      gtk_widget_set_sensitive (self->stop_button, TRUE);
      gtk_widget_grab_focus (self->stop_button);
      return;
    }
  result = describe_result (self);
  gtk_label_set_text (self->title, result);
  show_failures (self);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->close_button);
  gtk_widget_grab_focus (self->close_button);
}

/* It ends soon; that it is seen to is shown at once. */
static void
on_stop (KutipBulkWindow *self)
{
  gtk_widget_set_sensitive (self->stop_button, FALSE);
  kutip_bulk_mark_cancel (self->bulk);
}

static void
on_take_back (KutipBulkWindow *self)
{
  if (!gtk_widget_get_visible (self->back_button))
    return;
  self->back = TRUE;
  kutip_bulk_mark_take_back (self->bulk, kutip_open_documents_change, NULL);
}

/* Escape stops what is under way, and only then closes. */
static gboolean
on_close_request (GtkWindow *window)
{
  KutipBulkWindow *self = KUTIP_BULK_WINDOW (window);

  if (!kutip_bulk_mark_is_running (self->bulk))
    return FALSE;
  on_stop (self);
  return TRUE;
}

/* The action window.close is not there while the window cannot be deleted. */
static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

/* As undo does elsewhere; Enter closes, so that nobody takes back by accident. */
static gboolean
on_take_back_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  on_take_back (KUTIP_BULK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_start (label, 9);
  gtk_widget_set_margin_end (label, 9);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
kutip_bulk_window_dispose (GObject *object)
{
  KutipBulkWindow *self = KUTIP_BULK_WINDOW (object);

  if (self->bulk != NULL)
    g_signal_handlers_disconnect_by_data (self->bulk, self);
  g_clear_object (&self->bulk);
  G_OBJECT_CLASS (kutip_bulk_window_parent_class)->dispose (object);
}

static void
kutip_bulk_window_class_init (KutipBulkWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = kutip_bulk_window_dispose;
  GTK_WINDOW_CLASS (class)->close_request = on_close_request;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK,
                                on_take_back_key, NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/find/bulk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, progress_text);
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, title);
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, failures_title);
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, failures_box);
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, failures);
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, KutipBulkWindow, close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_take_back);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  kutip_plain_measure_init (widget_class);
}

static void
kutip_bulk_window_init (KutipBulkWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

KutipBulkWindow *
kutip_bulk_window_new (GtkWindow *parent, KutipBulkMark *bulk)
{
  KutipBulkWindow *self =
      g_object_new (KUTIP_TYPE_BULK_WINDOW, "transient-for", parent, NULL);

  self->bulk = g_object_ref (bulk);
  g_signal_connect_object (bulk, "notify::fraction", G_CALLBACK (show_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bulk, "notify::running", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  /* Asked for by itself, it is what the window is about; after marking, a way out. */
  if (!kutip_bulk_mark_is_running (bulk))
    gtk_widget_add_css_class (self->back_button, "destructive-action");
  show (self);
  return self;
}
