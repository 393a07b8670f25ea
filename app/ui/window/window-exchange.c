/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include "ui/exchange/export-window.h"
#include "ui/exchange/import-window.h"

#include <glib/gi18n.h>

/* What is open is on the disk by now. */
static void
ask_for_export (KutipWindow *self, gpointer data)
{
  KutipExportWindow *asking =
      kutip_export_window_new (GTK_WINDOW (self), self->preferences);
  GFile *folder = self->corpus != NULL ? kutip_corpus_get_folder (self->corpus) : NULL;
  g_autoptr (GFile) own = self->corpus == NULL && self->article_file != NULL
                              ? g_file_get_parent (self->article_file)
                              : NULL;
  g_autoptr (GPtrArray) files = kutip_window_list_articles (self);

  kutip_export_window_set_place (asking, self->article_file,
                                 folder != NULL ? folder : own, files);
  gtk_window_present (GTK_WINDOW (asking));
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;

  if (self->article_file == NULL && self->corpus == NULL)
    kutip_window_show_toast (self, _ ("Open an article or a folder first."), FALSE);
  else
    kutip_window_save_then (self, _ ("_Export Without Saving"), ask_for_export, NULL,
                            NULL);
}

static void
on_open_imported (KutipWindow *self, GFile *folder)
{
  kutip_window_open_folder (self, folder);
}

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KutipWindow *self = data;
  KutipImportWindow *asking =
      kutip_import_window_new (GTK_WINDOW (self), self->preferences);

  g_signal_connect_object (asking, "open", G_CALLBACK (on_open_imported), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (asking));
}

static const GActionEntry entries[] = {
  { .name = "export", .activate = on_export },
  { .name = "import", .activate = on_import },
};

void
kutip_window_add_exchange_actions (KutipWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries),
                                   self);
}
