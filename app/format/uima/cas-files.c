/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas-files.h"

#include <glib/gi18n.h>
#include <string.h>

char *
kutip_cas_files_make_stem (const char *path)
{
  return g_str_has_suffix (path, ".txt") ? g_strndup (path, strlen (path) - 4)
                                         : g_strdup (path);
}

static char *
make_name (const char *stem, const char *annotator, const char *suffix)
{
  return *annotator == '\0' ? g_strconcat (stem, suffix, NULL)
                            : g_strconcat (stem, "_", annotator, suffix, NULL);
}

/* --- reading --- */

static gboolean
take_layer (KutipRecord *record, KutipRecord *other, const char *name, GError **error)
{
  const char *text = kutip_text_get_utf8 (kutip_article_get_text (record->article), NULL);
  const char *other_text =
      kutip_text_get_utf8 (kutip_article_get_text (other->article), NULL);

  if (strcmp (text, other_text) != 0)
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   _ ("“%s” says it is of the same article, but has another text"), name);
      return FALSE;
    }
  g_ptr_array_add (record->layers, g_object_ref (g_ptr_array_index (other->layers, 0)));
  return TRUE;
}

static gboolean
add_layer (KutipRecord *record,
           const char *name,
           const KutipCasOrigin *origin,
           KutipCasLoad load,
           GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = origin->source->fetch (origin->source, name, &local);
  g_autoptr (KutipCas) cas = NULL;
  g_autoptr (KutipRecord) other = NULL;
  const KutipCasOrigin beside = { origin->source, origin->suffix, origin->report, name };

  if (bytes == NULL && local == NULL)
    {
      kutip_report_add_left_out (origin->report, "no-layer", record->path, NULL, 0, name);
      return TRUE;
    }
  cas = bytes == NULL ? NULL : load (origin->source, name, bytes, origin->report, &local);
  other = cas == NULL ? NULL : kutip_cas_to_record (cas, &beside, NULL, &local);
  if (other != NULL)
    return take_layer (record, other, name, error);
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "%s: ", name);
  return FALSE;
}

/* -1: it is not one of them, as when it was renamed. */
static int
find_own (const char *const *layers, const char *stem, const KutipCasOrigin *origin)
{
  g_autofree char *own = g_path_get_basename (origin->source->name);

  for (int i = 0; layers[i] != NULL; i++)
    {
      g_autofree char *name = make_name (stem, layers[i], origin->suffix);

      if (strcmp (name, own) == 0)
        return i;
    }
  return -1;
}

static gboolean
has_first (const char *const *layers, const char *stem, const KutipCasOrigin *origin)
{
  g_autofree char *name = make_name (stem, layers[0], origin->suffix);
  g_autoptr (GBytes) bytes = origin->source->fetch (origin->source, name, NULL);

  return bytes != NULL;
}

gboolean
kutip_cas_files_emit (KutipCas *cas,
                      const KutipCasOrigin *origin,
                      KutipCasLoad load,
                      KutipRecordFunc emit,
                      gpointer data,
                      GError **error)
{
  const KutipCasStructure *header = NULL;
  g_autoptr (KutipRecord) record = kutip_cas_to_record (cas, origin, &header, error);
  const char *const *layers;
  g_autofree char *file = NULL;
  g_autofree char *stem = NULL;
  int own;

  if (record == NULL)
    return FALSE;
  layers = kutip_cas_get_layers (header);
  if (layers == NULL || layers[0] == NULL)
    return emit (g_steal_pointer (&record), data, error);
  file = g_path_get_basename (record->path);
  stem = kutip_cas_files_make_stem (file);
  own = find_own (layers, stem, origin);
  if (own > 0 && has_first (layers, stem, origin))
    return TRUE;
  for (int i = 1; own == 0 && layers[i] != NULL; i++)
    {
      g_autofree char *name = make_name (stem, layers[i], origin->suffix);

      if (!add_layer (record, name, origin, load, error))
        return FALSE;
    }
  return emit (g_steal_pointer (&record), data, error);
}

gboolean
kutip_cas_files_read (KutipSource *source,
                      const char *suffix,
                      KutipMatch (*recognise) (const char *name,
                                               const char *head,
                                               gsize n_head),
                      KutipCasLoad load,
                      KutipRecordFunc emit,
                      gpointer data,
                      KutipReport *report,
                      GError **error)
{
  KutipCasOrigin origin = { source, suffix, report, NULL };
  g_autoptr (KutipCas) cas = NULL;
  gsize n;
  const char *bytes = g_bytes_get_data (source->bytes, &n);

  if (!source->named && recognise (source->name, bytes, n) == KUTIP_MATCH_NO)
    {
      kutip_report_add (report, KUTIP_REPORT_WARNING, "other-file", source->name, NULL, 0,
                        NULL);
      return TRUE;
    }
  cas = load (source, source->name, source->bytes, report, error);
  return cas != NULL && kutip_cas_files_emit (cas, &origin, load, emit, data, error);
}

/* --- writing --- */

gboolean
kutip_cas_files_write (KutipRecord *record,
                       const char *suffix,
                       const KutipCasWriting *how,
                       KutipCasSave save,
                       KutipSink *sink,
                       KutipReport *report,
                       GError **error)
{
  g_autofree char *stem = kutip_cas_files_make_stem (record->path);
  g_autoptr (GHashTable) taken =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) layers = g_ptr_array_new_with_free_func (g_free);
  KutipCasWriting writing = *how;
  g_autoptr (KutipReport) names = kutip_report_new ();

  /* The header keeps the name as it is, whatever the file is called. */
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipHeader *header =
          kutip_layer_get_header (g_ptr_array_index (record->layers, i));

      g_ptr_array_add (
          layers, kutip_record_make_annotator (
                      record, kutip_header_get_fields (header)->annotator, taken, names));
    }
  g_ptr_array_add (layers, NULL);
  if (record->layers->len > 1)
    writing.layers = (const char *const *) layers->pdata;
  for (guint i = 0; i < record->layers->len; i++)
    {
      g_autofree char *name = make_name (stem, g_ptr_array_index (layers, i), suffix);
      g_autoptr (KutipCas) cas = kutip_cas_from_layer (
          record, kutip_record_begin_layer (record, i, report), &writing, report);

      if (!save (cas, record, name, sink, report, error))
        return FALSE;
    }
  return TRUE;
}
