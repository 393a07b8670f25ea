/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help/manual-window.h"

#include "ui/help/manual.h"
#include "ui/plain-measure.h"
#include "ui/tagset/markdown-view.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KutipManualWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  KutipMarkdownView *view;
  GtkWidget *back;
  GtkWidget *contents;
  char *page;       /* NULL before the first */
  GPtrArray *pages; /* those before it */
};

G_DEFINE_FINAL_TYPE (KutipManualWindow, kutip_manual_window, ADW_TYPE_WINDOW)

static gboolean
show_page (KutipManualWindow *self, const char *name)
{
  g_autofree char *title = NULL;
  cmark_node *page = kutip_manual_parse_page (name);

  if (page == NULL)
    return FALSE;
  title = kutip_manual_dup_title (page);
  kutip_markdown_view_show (self->view, page);
  cmark_node_free (page);
  adw_window_title_set_title (self->title, title);
  if (name != self->page)
    {
      g_free (self->page);
      self->page = g_strdup (name);
    }
  gtk_widget_set_sensitive (self->back, self->pages->len > 0);
  gtk_widget_set_sensitive (self->contents, strcmp (name, KUTIP_MANUAL_FIRST_PAGE) != 0);
  return TRUE;
}

static gboolean
on_link (KutipMarkdownView *view, const char *link, KutipManualWindow *self)
{
  return kutip_manual_window_go_to (self, link);
}

static gboolean
on_back (GtkWidget *widget, GVariant *parameter, gpointer data)
{
  return kutip_manual_window_go_back (KUTIP_MANUAL_WINDOW (widget));
}

static void
on_back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kutip_manual_window_go_back (KUTIP_MANUAL_WINDOW (widget));
}

static void
on_contents_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kutip_manual_window_go_to (KUTIP_MANUAL_WINDOW (widget), KUTIP_MANUAL_FIRST_PAGE);
}

static void
kutip_manual_window_finalize (GObject *object)
{
  KutipManualWindow *self = KUTIP_MANUAL_WINDOW (object);

  g_free (self->page);
  g_ptr_array_unref (self->pages);
  G_OBJECT_CLASS (kutip_manual_window_parent_class)->finalize (object);
}

static void
kutip_manual_window_class_init (KutipManualWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kutip_manual_window_finalize;
  gtk_widget_class_install_action (widget_class, "manual.back", NULL, on_back_action);
  gtk_widget_class_install_action (widget_class, "manual.contents", NULL,
                                   on_contents_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, on_back, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Back, 0, on_back, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, GDK_ALT_MASK,
                                       "manual.contents", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
  kutip_plain_measure_init (widget_class);
}

static GtkWidget *
create_button (const char *icon,
               const char *words,
               const char *tooltip,
               const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  kutip_tooltip_set (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
kutip_manual_window_init (KutipManualWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->pages = g_ptr_array_new_with_free_func (g_free);
  self->title = ADW_WINDOW_TITLE (adw_window_title_new (_ ("Manual"), ""));
  self->view = KUTIP_MARKDOWN_VIEW (kutip_markdown_view_new ());
  kutip_markdown_view_set_label (self->view, _ ("Manual"));
  self->back = create_button ("go-previous-symbolic", _ ("Back"), _ ("Back (Alt+Left)"),
                              "manual.back");
  self->contents = create_button ("view-list-symbolic", _ ("Contents"),
                                  _ ("Contents (Alt+Home)"), "manual.contents");
  g_signal_connect_object (self->view, "link", G_CALLBACK (on_link), self,
                           G_CONNECT_DEFAULT);

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->contents);
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "manual");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 620, 640);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Manual"));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  show_page (self, KUTIP_MANUAL_FIRST_PAGE);
}

static GtkWindow *
find_window (GtkWindow *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (KUTIP_IS_MANUAL_WINDOW (window) &&
          gtk_window_get_transient_for (window) == parent)
        return window; /* GTK keeps it */
    }
  return NULL;
}

void
kutip_manual_window_present (GtkWindow *parent)
{
  GtkWindow *window;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  window = find_window (parent);
  if (window == NULL)
    window =
        g_object_new (KUTIP_TYPE_MANUAL_WINDOW, "transient-for", parent, "application",
                      parent != NULL ? gtk_window_get_application (parent) : NULL, NULL);
  gtk_window_present (window);
}

gboolean
kutip_manual_window_go_to (KutipManualWindow *self, const char *link)
{
  const char *hash;
  g_autofree char *page = NULL;

  g_return_val_if_fail (KUTIP_IS_MANUAL_WINDOW (self), FALSE);
  g_return_val_if_fail (link != NULL, FALSE);

  hash = strchr (link, '#');
  page = hash != NULL ? g_strndup (link, (gsize) (hash - link)) : g_strdup (link);
  if (*page != '\0' && strcmp (page, self->page) != 0)
    {
      g_ptr_array_add (self->pages, g_strdup (self->page));
      if (!show_page (self, page))
        {
          g_ptr_array_set_size (self->pages, (gint) self->pages->len - 1);
          return FALSE;
        }
    }
  if (hash != NULL)
    kutip_markdown_view_go_to (self->view, hash + 1);
  return TRUE;
}

gboolean
kutip_manual_window_go_back (KutipManualWindow *self)
{
  g_autofree char *page = NULL;

  g_return_val_if_fail (KUTIP_IS_MANUAL_WINDOW (self), FALSE);

  if (self->pages->len == 0)
    return FALSE;
  page = g_ptr_array_steal_index (self->pages, self->pages->len - 1);
  return show_page (self, page);
}

const char *
kutip_manual_window_get_page (KutipManualWindow *self)
{
  g_return_val_if_fail (KUTIP_IS_MANUAL_WINDOW (self), NULL);

  return self->page;
}
