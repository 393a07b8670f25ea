/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/open-documents.h"

#include "ui/label/label-look.h"

#include <glib/gi18n.h>

typedef struct
{
  GFile *file;
  KutipAnnotator *annotator;
} Open;

/* Owner -> Open. Lives as long as the program, main thread only. */
static GHashTable *everything;

static void
free_open (gpointer data)
{
  Open *open = data;

  g_object_unref (open->file);
  g_object_unref (open->annotator);
  g_free (open);
}

void
kutip_open_documents_set (gpointer owner, GFile *file, KutipAnnotator *annotator)
{
  Open *open;

  if (everything == NULL)
    everything = g_hash_table_new_full (NULL, NULL, NULL, free_open);
  if (annotator == NULL || file == NULL)
    {
      g_hash_table_remove (everything, owner);
      return;
    }
  open = g_new0 (Open, 1);
  open->file = g_object_ref (file);
  open->annotator = g_object_ref (annotator);
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
                           g_object_ref (kutip_annotator_get_document (open->annotator)));
    }
  return documents;
}

static KutipAnnotator *
find (GFile *file)
{
  GHashTableIter iter;
  gpointer data;

  if (everything == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, everything);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      Open *open = data;

      if (g_file_equal (open->file, file))
        return open->annotator;
    }
  return NULL;
}

static gboolean
work (KutipDocument *document, gpointer data, GError **error)
{
  KutipBulkTurn *turn = data;

  return turn->work (turn, document, error);
}

static void
end (KutipAnnotator *annotator, const GError *error, gpointer data)
{
  KutipBulkTurn *turn = data;

  turn->end (turn, error);
}

gboolean
kutip_open_documents_change (GFile *file, KutipBulkTurn *turn, gpointer unused)
{
  KutipAnnotator *annotator = find (file);
  KutipTagset *tagset;
  g_autofree char *title = NULL;

  if (annotator == NULL)
    return FALSE;
  tagset = kutip_document_get_tagset (kutip_annotator_get_document (annotator));
  if (turn->back)
    title = g_strdup (_ ("Take Back Marking"));
  else
    /* Translators: %s is a label's title, such as Quote. */
    title = g_strdup_printf (_ ("Mark All as %s"),
                             kutip_label_look_get (tagset, turn->label)->title);
  kutip_annotator_run (annotator, title, turn->n, work, end, turn, NULL);
  return TRUE;
}
