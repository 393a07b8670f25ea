/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/exchange-form.h"

#include "ui/exchange/kept-rows.h"
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
    { "back_button", G_STRUCT_OFFSET (KutipExchangeForm, back_button) },
    { begin_button, G_STRUCT_OFFSET (KutipExchangeForm, begin_button) },
    { "format_row", G_STRUCT_OFFSET (KutipExchangeForm, format_row) },
    { "map_row", G_STRUCT_OFFSET (KutipExchangeForm, map_row) },
    { "more", G_STRUCT_OFFSET (KutipExchangeForm, more) },
    { "refusal", G_STRUCT_OFFSET (KutipExchangeForm, refusal) },
  };

  g_type_ensure (KUTIP_TYPE_EXCHANGE_VIEW);
  g_type_ensure (KUTIP_TYPE_MORE_OPTIONS);
  g_type_ensure (KUTIP_TYPE_SHIPPED_ROW);
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
  kutip_shipped_row_fill_maps (self->map_row);
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
  g_clear_pointer (&self->tagset_path, g_free);
  g_clear_pointer (&self->map_path, g_free);
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
kutip_exchange_form_refuse (KutipExchangeForm *self, const char *reason, gpointer row)
{
  gtk_label_set_text (self->refusal, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), TRUE);
  if (row != NULL)
    gtk_widget_grab_focus (row);
}

gboolean
kutip_exchange_form_read (KutipExchangeForm *self, KutipConversion *conversion)
{
  const char *map = kutip_shipped_row_get_name (self->map_row);

  g_free (self->map_path);
  g_clear_pointer (&self->tagset_path, g_free);
  self->map_path = kutip_shipped_row_dup_path (self->map_row);
  if (kutip_shipped_row_wants_file (self->map_row) && self->map_path == NULL)
    {
      kutip_exchange_form_refuse (self, _ ("Say which file has the names."), NULL);
      kutip_shipped_row_blame (self->map_row);
      return FALSE;
    }
  if (!kutip_more_options_read (self->more, conversion, &self->tagset_path))
    {
      kutip_exchange_form_refuse (self, _ ("Say which file has the tag set."), NULL);
      return FALSE;
    }
  conversion->renaming = map != NULL ? kutip_renaming_load_builtin (map) : NULL;
  return TRUE;
}

char *
kutip_exchange_form_dup_map_name (KutipExchangeForm *self)
{
  g_autofree char *base =
      self->map_path != NULL ? g_path_get_basename (self->map_path) : NULL;

  return base != NULL ? g_filename_display_name (base)
                      : g_strdup (kutip_shipped_row_get_name (self->map_row));
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
  kutip_exchange_read_names (self->exchange, self->tagset_path, self->map_path);
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
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), _ ("_Cancel"));
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_widget_set_visible (self->begin_button, TRUE);
  gtk_stack_set_visible_child_name (self->pages, "form");
  /* It was another's while that one was hidden. */
  gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (self->begin_button)),
                                 self->begin_button);
}

gboolean
kutip_exchange_form_end (KutipExchangeForm *self)
{
  gboolean done = kutip_exchange_get_error (self->exchange) == NULL;

  gtk_button_set_label (GTK_BUTTON (self->cancel_button), _ ("_Close"));
  gtk_widget_set_visible (self->back_button, !done);
  gtk_widget_grab_focus (done ? self->cancel_button : self->back_button);
  return done;
}

gboolean
kutip_exchange_form_meets_another (KutipExchangeForm *self, gpointer row)
{
  g_autoptr (KutipExchange) exchange = g_object_ref (self->exchange);
  const GError *error = kutip_exchange_get_error (exchange);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    return FALSE;
  kutip_exchange_form_return (self);
  kutip_exchange_form_refuse (self, error->message, row);
  return TRUE;
}

gboolean
kutip_exchange_form_lacks_names (KutipExchangeForm *self)
{
  g_autoptr (KutipExchange) exchange = g_object_ref (self->exchange);
  KutipExchangeNames blamed = kutip_exchange_get_blamed (exchange);
  const GError *error = kutip_exchange_get_error (exchange);

  if (blamed == KUTIP_EXCHANGE_NO_NAMES ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  kutip_exchange_form_return (self);
  kutip_exchange_form_refuse (self, error->message, NULL);
  if (blamed == KUTIP_EXCHANGE_MAP)
    kutip_shipped_row_blame (self->map_row);
  else
    kutip_more_options_blame_tagset (self->more);
  return TRUE;
}

gboolean
kutip_exchange_form_holds (KutipExchangeForm *self)
{
  if (self->exchange == NULL || !kutip_exchange_is_running (self->exchange))
    return FALSE;
  kutip_exchange_cancel (self->exchange);
  kutip_exchange_view_show_stopping (self->view);
  return TRUE;
}

/* --- what is kept --- */

/* The rows for a map, in a form. */
typedef struct
{
  KutipShippedRow *map_row;
  KutipPathRow *map_file_row;
} MapRows;

static const KutipKeptRow rows[] = {
  { "map", G_STRUCT_OFFSET (MapRows, map_row), NULL },
  { "map-file", G_STRUCT_OFFSET (MapRows, map_file_row), NULL },
};

static MapRows
get_map_rows (KutipExchangeForm *self)
{
  return (MapRows){ self->map_row, kutip_shipped_row_get_file_row (self->map_row) };
}

void
kutip_exchange_form_append (KutipExchangeForm *self, GString *lines)
{
  MapRows map = get_map_rows (self);

  kutip_kept_rows_append (rows, G_N_ELEMENTS (rows), &map, lines);
  kutip_more_options_append (self->more, lines);
}

void
kutip_exchange_form_set (KutipExchangeForm *self, const char *lines)
{
  MapRows map = get_map_rows (self);

  kutip_kept_rows_set (rows, G_N_ELEMENTS (rows), &map, lines);
  kutip_more_options_set (self->more, lines);
}
