/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/exchange-form.h"

#include "ui/exchange/open-in-view.h"

#include <glib/gi18n.h>

void
kutip_exchange_form_bind (GtkWidgetClass *class, gssize offset, const char *begin_button)
{
  const struct
  {
    const char *name;
    gssize offset;
  } children[] = {
    { "pages", G_STRUCT_OFFSET (KutipExchangeForm, pages) },
    { "view", G_STRUCT_OFFSET (KutipExchangeForm, view) },
    { "cancel_button", G_STRUCT_OFFSET (KutipExchangeForm, cancel_button) },
    { begin_button, G_STRUCT_OFFSET (KutipExchangeForm, begin_button) },
    { "format_row", G_STRUCT_OFFSET (KutipExchangeForm, format_row) },
  };

  g_type_ensure (KUTIP_TYPE_EXCHANGE_VIEW);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (class, children[i].name, FALSE,
                                               offset + children[i].offset);
}

void
kutip_exchange_form_init (KutipExchangeForm *self,
                          KutipFormatFunc is_wanted,
                          const char *none)
{
  const KutipFormat *const *formats = kutip_format_list ();
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->formats = g_ptr_array_new ();
  if (none != NULL)
    {
      g_ptr_array_add (self->formats, NULL);
      gtk_string_list_append (titles, none);
    }
  for (guint i = 0; formats[i] != NULL; i++)
    if (is_wanted (formats[i]))
      {
        g_ptr_array_add (self->formats, (gpointer) formats[i]);
        gtk_string_list_append (titles, _ (formats[i]->title));
      }
  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (titles));
  kutip_open_in_view (self->format_row);
}

void
kutip_exchange_form_fit (GtkWindow *window, GtkWindow *parent)
{
  int room = gtk_widget_get_width (GTK_WIDGET (parent));
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  if (room > 0 && room < width)
    gtk_window_set_default_size (window, room, height);
}

void
kutip_exchange_form_clear (KutipExchangeForm *self)
{
  if (self->exchange != NULL)
    kutip_exchange_cancel (self->exchange);
  g_clear_object (&self->exchange);
  g_clear_pointer (&self->formats, g_ptr_array_unref);
}

const KutipFormat *
kutip_exchange_form_get_format (KutipExchangeForm *self)
{
  guint i = adw_combo_row_get_selected (self->format_row);

  return self->formats != NULL && i < self->formats->len
             ? g_ptr_array_index (self->formats, i)
             : NULL;
}

void
kutip_exchange_form_start (KutipExchangeForm *self,
                           const KutipConversion *conversion,
                           const KutipExportOptions *dataset,
                           GCallback ended,
                           gpointer window)
{
  self->exchange = kutip_exchange_new (conversion);
  if (dataset != NULL)
    kutip_exchange_make_dataset (self->exchange, dataset);
  gtk_widget_set_visible (self->begin_button, FALSE);
  gtk_stack_set_visible_child_name (self->pages, "result");
  kutip_exchange_start (self->exchange);
  kutip_exchange_view_show (self->view, self->exchange);
  g_signal_connect_object (self->exchange, "notify::running", ended, window,
                           G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (self->cancel_button);
}

void
kutip_exchange_form_return (KutipExchangeForm *self)
{
  g_return_if_fail (!kutip_exchange_is_running (self->exchange));

  kutip_exchange_view_forget (self->view);
  g_clear_object (&self->exchange);
  gtk_widget_set_visible (self->begin_button, TRUE);
  gtk_stack_set_visible_child_name (self->pages, "form");
  /* It was another's while that one was hidden. */
  gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (self->begin_button)),
                                 self->begin_button);
}

gboolean
kutip_exchange_form_holds (KutipExchangeForm *self)
{
  if (self->exchange == NULL || !kutip_exchange_is_running (self->exchange))
    return FALSE;
  kutip_exchange_cancel (self->exchange);
  return TRUE;
}

void
kutip_exchange_form_fill_maps (AdwComboRow *row)
{
  const char *const *maps = kutip_renaming_list_builtin ();
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _ ("Keep the names"));
  for (guint i = 0; maps[i] != NULL; i++)
    gtk_string_list_append (titles, maps[i]);
  adw_combo_row_set_model (row, G_LIST_MODEL (titles));
  kutip_open_in_view (row);
}

const char *
kutip_exchange_form_get_map (AdwComboRow *row)
{
  guint map = adw_combo_row_get_selected (row);

  return map > 0 ? kutip_renaming_list_builtin ()[map - 1] : NULL;
}

KutipRenaming *
kutip_exchange_form_load_map (AdwComboRow *row)
{
  const char *map = kutip_exchange_form_get_map (row);

  return map != NULL ? kutip_renaming_load_builtin (map) : NULL;
}
