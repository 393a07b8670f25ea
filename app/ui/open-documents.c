/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/open-documents.h"

typedef struct
{
  GFile *file;
  KutipDocument *document;
} Open;

/* Owner -> Open. Lives as long as the program, main thread only. */
static GHashTable *everything;

static void
free_open (gpointer data)
{
  Open *open = data;

  g_object_unref (open->file);
  g_object_unref (open->document);
  g_free (open);
}

void
kutip_open_documents_set (gpointer owner, GFile *file, KutipDocument *document)
{
  Open *open;

  if (everything == NULL)
    everything = g_hash_table_new_full (NULL, NULL, NULL, free_open);
  if (document == NULL || file == NULL)
    {
      g_hash_table_remove (everything, owner);
      return;
    }
  open = g_new0 (Open, 1);
  open->file = g_object_ref (file);
  open->document = g_object_ref (document);
  g_hash_table_insert (everything, owner, open);
}

GHashTable *
kutip_open_documents_list (void)
{
  GHashTable *documents = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal,
                                                 g_object_unref, g_object_unref);
  GHashTableIter iter;
  gpointer data;

  if (everything == NULL)
    return documents;
  g_hash_table_iter_init (&iter, everything);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      Open *open = data;

      g_hash_table_insert (documents, g_object_ref (open->file),
                           g_object_ref (open->document));
    }
  return documents;
}
