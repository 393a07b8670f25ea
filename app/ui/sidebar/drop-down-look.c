/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/drop-down-look.h"

/* Letters of what is chosen in a row that are always seen, about. */
#define ROW_CHARS 14

static void
on_chosen_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (list_item, label);
}

static void
on_chosen_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkStringObject *string = gtk_list_item_get_item (list_item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (list_item)),
                      gtk_string_object_get_string (string));
}

static void
on_listed_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), kutip_drop_down_look_create_tick ());
  gtk_list_item_set_child (list_item, box);
}

static void
on_listed_bind (GtkSignalListItemFactory *factory,
                GtkListItem *list_item,
                gpointer drop_down)
{
  GtkStringObject *string = gtk_list_item_get_item (list_item);
  GtkWidget *box = gtk_list_item_get_child (list_item);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)),
                      gtk_string_object_get_string (string));
  kutip_drop_down_look_bind_tick (gtk_widget_get_last_child (box), list_item, drop_down);
}

static void
on_listed_unbind (GtkSignalListItemFactory *factory,
                  GtkListItem *list_item,
                  gpointer drop_down)
{
  kutip_drop_down_look_unbind_tick (
      gtk_widget_get_last_child (gtk_list_item_get_child (list_item)), drop_down);
}

GtkWidget *
kutip_drop_down_look_create_tick (void)
{
  return gtk_image_new_from_icon_name ("object-select-symbolic");
}

static void
on_drop_down_notify_selected (GtkDropDown *drop_down, GParamSpec *pspec, gpointer tick)
{
  guint position =
      GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tick), "kutip-tick-position"));

  gtk_widget_set_opacity (tick,
                          gtk_drop_down_get_selected (drop_down) == position ? 1 : 0);
}

void
kutip_drop_down_look_bind_tick (GtkWidget *tick,
                                GtkListItem *list_item,
                                GtkDropDown *drop_down)
{
  g_object_set_data (G_OBJECT (tick), "kutip-tick-position",
                     GUINT_TO_POINTER (gtk_list_item_get_position (list_item)));
  g_signal_connect_object (drop_down, "notify::selected",
                           G_CALLBACK (on_drop_down_notify_selected), tick,
                           G_CONNECT_DEFAULT);
  on_drop_down_notify_selected (drop_down, NULL, tick);
}

void
kutip_drop_down_look_unbind_tick (GtkWidget *tick, GtkDropDown *drop_down)
{
  g_signal_handlers_disconnect_by_func (drop_down, on_drop_down_notify_selected, tick);
}

void
kutip_drop_down_look_apply_text (GtkDropDown *drop_down)
{
  g_autoptr (GtkListItemFactory) chosen = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) listed = gtk_signal_list_item_factory_new ();

  g_signal_connect (chosen, "setup", G_CALLBACK (on_chosen_setup), NULL);
  g_signal_connect (chosen, "bind", G_CALLBACK (on_chosen_bind), NULL);
  /* The factories belong to the drop-down, and die with it. */
  g_signal_connect (listed, "setup", G_CALLBACK (on_listed_setup), NULL);
  g_signal_connect (listed, "bind", G_CALLBACK (on_listed_bind), drop_down);
  g_signal_connect (listed, "unbind", G_CALLBACK (on_listed_unbind), drop_down);
  gtk_drop_down_set_factory (drop_down, chosen);
  gtk_drop_down_set_list_factory (drop_down, listed);
}

static void
on_row_chosen_setup (GtkSignalListItemFactory *factory,
                     GtkListItem *list_item,
                     gpointer data)
{
  on_chosen_setup (factory, list_item, data);
  gtk_label_set_xalign (GTK_LABEL (gtk_list_item_get_child (list_item)), 1);
}

static void
on_row_chosen_bind (GtkSignalListItemFactory *factory,
                    GtkListItem *list_item,
                    gpointer data)
{
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (list_item));

  on_chosen_bind (factory, list_item, data);
  gtk_label_set_width_chars (
      label, (int) MIN (g_utf8_strlen (gtk_label_get_text (label), -1), ROW_CHARS));
}

void
kutip_drop_down_look_apply_row (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) chosen = gtk_signal_list_item_factory_new ();

  g_return_if_fail (ADW_IS_COMBO_ROW (row));

  /* libadwaita's own, with its ticks, stays that of the open list. */
  if (adw_combo_row_get_list_factory (row) == NULL)
    adw_combo_row_set_list_factory (row, adw_combo_row_get_factory (row));
  g_signal_connect (chosen, "setup", G_CALLBACK (on_row_chosen_setup), NULL);
  g_signal_connect (chosen, "bind", G_CALLBACK (on_row_chosen_bind), NULL);
  adw_combo_row_set_factory (row, chosen);
}

static gboolean
has_string_at (GtkStringList *list, guint position, const char *string)
{
  return g_strcmp0 (gtk_string_list_get_string (list, position), string) == 0;
}

void
kutip_drop_down_look_set_strings (GtkDropDown *drop_down, const char *const *strings)
{
  GListModel *model = gtk_drop_down_get_model (drop_down);
  guint n_new = g_strv_length ((char **) strings);
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  GtkStringList *list;
  guint n_old;
  guint start = 0;
  guint end = 0; /* how many at the end are the same */

  if (model == NULL)
    {
      g_autoptr (GtkStringList) first = gtk_string_list_new (strings);

      gtk_drop_down_set_model (drop_down, G_LIST_MODEL (first));
      return;
    }

  list = GTK_STRING_LIST (model);
  n_old = g_list_model_get_n_items (model);
  while (start < n_old && start < n_new && has_string_at (list, start, strings[start]))
    start++;
  while (start + end < n_old && start + end < n_new &&
         has_string_at (list, n_old - end - 1, strings[n_new - end - 1]))
    end++;
  if (start + end == n_old && start + end == n_new)
    return;

  for (guint i = start; i < n_new - end; i++)
    g_ptr_array_add (added, (gpointer) strings[i]);
  g_ptr_array_add (added, NULL);
  gtk_string_list_splice (list, start, n_old - start - end,
                          (const char *const *) added->pdata);
}
