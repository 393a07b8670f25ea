/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export-parts.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define CHUNK ((gsize) 1 << 18)

/* A file of the dataset on its way out. */
typedef struct
{
  KutipExport *export;
  char *name;
  GChecksum *sha256;
  guint64 n_bytes;
} Writer;

static gboolean
begin_file (KutipExport *self, const char *name, Writer *writer, GError **error)
{
  *writer = (Writer){ .export = self };
  if (!kutip_staging_begin_file (self->staging, name, error))
    return FALSE;
  writer->name = g_strdup (name);
  writer->sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  return TRUE;
}

static gboolean
append (Writer *writer, const char *bytes, gsize n, GError **error)
{
  g_checksum_update (writer->sha256, (const guchar *) bytes, (gssize) n);
  writer->n_bytes += n;
  return kutip_staging_append (writer->export->staging, bytes, n, error);
}

/* @good: whether all went well so far. */
static gboolean
end_file (Writer *writer, gboolean good, GError **error)
{
  KutipExportFile file;

  if (writer->name == NULL)
    return FALSE;
  good = kutip_staging_end_file (writer->export->staging, good ? error : NULL) && good;
  file = (KutipExportFile){ .name = writer->name,
                            .sha256 = g_strdup (g_checksum_get_string (writer->sha256)),
                            .n_bytes = writer->n_bytes };
  g_array_append_val (writer->export->files, file);
  g_checksum_free (writer->sha256);
  return good;
}

gboolean
kutip_export_write_file (
    KutipExport *self, const char *name, const char *bytes, gsize n, GError **error)
{
  Writer writer;
  gboolean good = begin_file (self, name, &writer, error);

  return end_file (&writer, good && append (&writer, bytes, n, error), error);
}

static gboolean
read_spool (KutipExport *self, char *bytes, gsize n, guint64 offset, GError **error)
{
  while (n > 0)
    {
      gssize n_read = pread (self->spool, bytes, n, (off_t) offset);

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read <= 0)
        {
          int code = n_read < 0 ? errno : EIO;
          g_autofree char *shown = g_filename_display_name (self->conversion->output);

          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       /* Translators: a folder, and the reason that the system gives */
                       _ ("“%1$s”: what was put aside cannot be read: %2$s"), shown,
                       g_strerror (code));
          return FALSE;
        }
      bytes += n_read;
      n -= (gsize) n_read;
      offset += (guint64) n_read;
    }
  return TRUE;
}

static gboolean
copy_from_spool (Writer *writer, guint64 offset, guint64 n, GError **error)
{
  g_autofree char *bytes = g_malloc (CHUNK);

  while (n > 0)
    {
      gsize length = (gsize) MIN (n, CHUNK);

      if (!read_spool (writer->export, bytes, length, offset, error) ||
          !append (writer, bytes, length, error))
        return FALSE;
      offset += length;
      n -= length;
    }
  return !g_cancellable_set_error_if_cancelled (writer->export->cancellable, error);
}

/* What stands around the records of a stream, or beside them. */
static gboolean
append_sink (Writer *writer, KutipMemorySink *sink, GError **error)
{
  KutipMemoryFile *file = kutip_memory_sink_find (sink, "");

  return file == NULL || append (writer, file->bytes->str, file->bytes->len, error);
}

static gboolean
append_begin (Writer *writer, KutipTagset *tagset, GError **error)
{
  const KutipConversion *conversion = writer->export->conversion;
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();

  return conversion->to->begin == NULL ||
         (conversion->to->begin (tagset, &conversion->options, &sink->sink, error) &&
          append_sink (writer, sink, error));
}

static gboolean
append_end (Writer *writer, KutipTagset *tagset, guint64 n_records, GError **error)
{
  const KutipConversion *conversion = writer->export->conversion;
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();

  return conversion->to->end == NULL ||
         (conversion->to->end (tagset, &conversion->options, n_records, &sink->sink,
                               error) &&
          append_sink (writer, sink, error));
}

/* What stands beside a stream, called as the split is: "train.config.xml". */
static gboolean
write_beside_stream (KutipExport *self,
                     const char *split,
                     KutipTagset *tagset,
                     guint64 n_records,
                     GError **error)
{
  const KutipConversion *conversion = self->conversion;
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();

  if (conversion->to->end == NULL)
    return TRUE;
  if (!conversion->to->end (tagset, &conversion->options, n_records, &sink->sink, error))
    return FALSE;
  for (guint i = 0; i < sink->files->len; i++)
    {
      KutipMemoryFile *file = g_ptr_array_index (sink->files, i);
      g_autofree char *name = g_strconcat (split, ".", file->name, NULL);

      if (*file->name != '\0' && !kutip_export_write_file (self, name, file->bytes->str,
                                                           file->bytes->len, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
append_records (Writer *writer, guint split, GError **error)
{
  KutipExport *self = writer->export;
  const char *separator = self->conversion->to->separator;
  gboolean any = FALSE;

  for (guint i = 0; i < self->records->len; i++)
    {
      KutipExportRecord *record = g_ptr_array_index (self->records, i);
      guint64 n = 0;

      if (record->article->split != split)
        continue;
      for (guint j = 0; j < record->parts->len; j++)
        n += g_array_index (record->parts, KutipExportPart, j).n_bytes;
      if ((any && separator != NULL &&
           !append (writer, separator, strlen (separator), error)) ||
          !copy_from_spool (writer, record->offset, n, error))
        return FALSE;
      any = TRUE;
    }
  return TRUE;
}

/* "train.csv"; where Hugging Face looks for it, "data/train.jsonl". */
static char *
name_stream (KutipExport *self, const char *split)
{
  const KutipFormat *to = self->conversion->to;

  return g_strconcat (strcmp (to->name, "huggingface") == 0 ? "data/" : "", split,
                      to->suffix, NULL);
}

static gboolean
write_stream (KutipExport *self, guint split, KutipTagset *tagset, GError **error)
{
  const KutipExportSplit *about = &self->result->splits[split];
  g_autofree char *name = name_stream (self, about->name);
  Writer writer;
  gboolean good = begin_file (self, name, &writer, error) &&
                  append_begin (&writer, tagset, error) &&
                  append_records (&writer, split, error) &&
                  append_end (&writer, tagset, about->n_records, error);

  return end_file (&writer, good, error) &&
         write_beside_stream (self, about->name, tagset, about->n_records, error);
}

/* --- formats of several files: a folder for each split --- */

static gboolean
write_parts (KutipExport *self, KutipExportRecord *record, GError **error)
{
  const char *split = self->result->splits[record->article->split].name;
  guint64 offset = record->offset;

  for (guint i = 0; i < record->parts->len; i++)
    {
      const KutipExportPart *part = &g_array_index (record->parts, KutipExportPart, i);
      g_autofree char *name = g_strconcat (split, "/", part->name, NULL);
      Writer writer;
      gboolean good = begin_file (self, name, &writer, error);

      good = good && copy_from_spool (&writer, offset, part->n_bytes, error);
      if (!end_file (&writer, good, error))
        return FALSE;
      offset += part->n_bytes;
    }
  return TRUE;
}

static gboolean
write_beside (KutipExport *self, guint split, KutipTagset *tagset, GError **error)
{
  const KutipConversion *conversion = self->conversion;
  const KutipExportSplit *about = &self->result->splits[split];
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();

  if ((conversion->to->begin != NULL &&
       !conversion->to->begin (tagset, &conversion->options, &sink->sink, error)) ||
      (conversion->to->end != NULL &&
       !conversion->to->end (tagset, &conversion->options, about->n_records, &sink->sink,
                             error)))
    return FALSE;
  for (guint i = 0; i < sink->files->len; i++)
    {
      KutipMemoryFile *file = g_ptr_array_index (sink->files, i);
      g_autofree char *name = g_strconcat (about->name, "/", file->name, NULL);

      if (!kutip_export_write_file (self, name, file->bytes->str, file->bytes->len,
                                    error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kutip_export_write_splits (KutipExport *self, KutipTagset *tagset, GError **error)
{
  gboolean in_files = self->conversion->to->in_files;

  for (guint i = 0; in_files && i < self->records->len; i++)
    if (!write_parts (self, g_ptr_array_index (self->records, i), error))
      return FALSE;
  for (guint i = 0; i < self->result->n_splits; i++)
    if (!(in_files ? write_beside (self, i, tagset, error)
                   : write_stream (self, i, tagset, error)))
      return FALSE;
  return TRUE;
}
