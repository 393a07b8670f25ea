/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/open-documents.h"

#include "ui/window.h"

GHashTable *
kutip_open_documents_list (void)
{
  GHashTable *documents = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal,
                                                 g_object_unref, g_object_unref);
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      KutipDocument *document = KUTIP_IS_WINDOW (window)
                                    ? kutip_window_get_document (KUTIP_WINDOW (window))
                                    : NULL;

      if (document != NULL)
        g_hash_table_insert (
            documents,
            g_object_ref (kutip_window_get_article_file (KUTIP_WINDOW (window))),
            g_object_ref (document));
    }
  return documents;
}
