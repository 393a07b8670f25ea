/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/open-menu.h"

#include "ui/foreign-words.h"

#include <glib/gi18n.h>

/* More would be a list to search in rather than a menu. */
#define MAX_RECENT 10
/* Who opened a file, in the list that all programs share. */
#define PROGRAM "kutip"

struct _KutipOpenMenu
{
  GtkPopover parent_instance;

  GtkWidget *article_button;
  GtkWidget *heading;
  GtkWidget *scroll;
  GtkBox *recent;
};

G_DEFINE_FINAL_TYPE (KutipOpenMenu, kutip_open_menu, GTK_TYPE_POPOVER)

static void
on_clicked (KutipOpenMenu *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *) b),
                              gtk_recent_info_get_visited ((GtkRecentInfo *) a));
}

/* The folder it is in, as a person would write it. */
static char *
describe_place (GFile *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char *path = parent != NULL ? g_file_get_path (parent) : NULL;
  const char *home = g_get_home_dir ();

  if (path == NULL)
    return parent != NULL ? g_file_get_parse_name (parent) : g_strdup ("");
  if (g_str_has_prefix (path, home) &&
      (path[strlen (home)] == '/' || path[strlen (home)] == '\0'))
    {
      g_autofree char *below = g_filename_display_name (path + strlen (home));

      return g_strconcat ("~", below, NULL);
    }
  return g_filename_display_name (path);
}

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_row (KutipOpenMenu *self, GtkRecentInfo *info)
{
  const char *uri = gtk_recent_info_get_uri (info);
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autofree char *place = describe_place (file);
  gboolean is_folder =
      g_strcmp0 (gtk_recent_info_get_mime_type (info), "inode/directory") == 0;
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (is_folder ? "folder-symbolic"
                                                            : "text-x-generic-symbolic");
  GtkWidget *path = create_label (place, "caption");
  g_autofree char *name =
      kutip_foreign_words (gtk_recent_info_get_display_name (info), 0);

  gtk_widget_add_css_class (path, "dim-label");
  gtk_box_append (GTK_BOX (words), create_label (name, NULL));
  gtk_box_append (GTK_BOX (words), path);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-uri");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", uri);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self,
                           G_CONNECT_SWAPPED);
  return button;
}

/* Each time the menu opens: other programs write the list too. */
static void
show_recent (KutipOpenMenu *self)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent))) != NULL)
    gtk_box_remove (self->recent, child);

  items = g_list_sort (items, compare_newest);
  for (GList *item = items; item != NULL && n < MAX_RECENT; item = item->next)
    {
      GtkRecentInfo *info = item->data;

      if (!gtk_recent_info_has_application (info, PROGRAM) ||
          !gtk_recent_info_exists (info))
        continue;
      gtk_box_append (self->recent, create_row (self, info));
      n++;
    }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  gtk_widget_set_visible (self->heading, n > 0);
  gtk_widget_set_visible (self->scroll, n > 0);
}

static void
kutip_open_menu_show (GtkWidget *widget)
{
  show_recent (KUTIP_OPEN_MENU (widget));
  GTK_WIDGET_CLASS (kutip_open_menu_parent_class)->show (widget);
}

static void
kutip_open_menu_class_init (KutipOpenMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->show = kutip_open_menu_show;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/open-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipOpenMenu, article_button);
  gtk_widget_class_bind_template_child (widget_class, KutipOpenMenu, heading);
  gtk_widget_class_bind_template_child (widget_class, KutipOpenMenu, scroll);
  gtk_widget_class_bind_template_child (widget_class, KutipOpenMenu, recent);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
kutip_open_menu_init (KutipOpenMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kutip_open_menu_new (void)
{
  return g_object_new (KUTIP_TYPE_OPEN_MENU, NULL);
}

void
kutip_open_menu_remember (GFile *file, gboolean is_folder)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display_name = g_filename_display_name (name);
  GtkRecentData data = {
    .display_name = display_name,
    .mime_type = (char *) (is_folder ? "inode/directory" : "text/plain"),
    .app_name = (char *) PROGRAM,
    .app_exec = (char *) "kutip %f",
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}
