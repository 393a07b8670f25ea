/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export-parts.h"
#include "format/fields.h"

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

static gboolean
list_file (Writer *writer, GError **error)
{
  g_autoptr (GString) record = g_string_new (NULL);

  kutip_fields_put_string (record, writer->name);
  kutip_fields_put_string (record, g_checksum_get_string (writer->sha256));
  kutip_fields_put_number (record, writer->n_bytes);
  return kutip_sorter_add (writer->export->files, record->str, record->len, error);
}

/* @good: whether all went well so far. */
static gboolean
end_file (Writer *writer, gboolean good, GError **error)
{
  if (writer->name == NULL)
    return FALSE;
  good = kutip_staging_end_file (writer->export->staging, good ? error : NULL) && good;
  good = good && list_file (writer, error);
  g_free (writer->name);
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

/* --- formats of one stream: a file for each split --- */

static gboolean
append_file (Writer *writer, KutipMemoryFile *file, GError **error)
{
  gsize n;
  const char *bytes = kutip_memory_file_view (file, &n, error);
  gboolean good = bytes != NULL && append (writer, bytes, n, error);

  kutip_memory_file_drop_view (file);
  return good;
}

/* What stands around the records of a stream. */
static gboolean
append_sink (Writer *writer, KutipMemorySink *sink, GError **error)
{
  KutipMemoryFile *file = kutip_memory_sink_find (sink, "");

  return file == NULL || append_file (writer, file, error);
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

/* @sink is then what stands beside the stream, too. */
static gboolean
append_end (Writer *writer,
            KutipTagset *tagset,
            guint64 n_records,
            KutipMemorySink *sink,
            GError **error)
{
  const KutipConversion *conversion = writer->export->conversion;

  return conversion->to->end == NULL ||
         (conversion->to->end (tagset, &conversion->options, n_records, &sink->sink,
                               error) &&
          append_sink (writer, sink, error));
}

/* What stands beside a stream, called as the split is: "train.config.xml". */
static gboolean
write_beside_stream (KutipExport *self,
                     const char *split,
                     KutipMemorySink *sink,
                     GError **error)
{
  for (guint i = 0; i < sink->files->len; i++)
    {
      KutipMemoryFile *file = g_ptr_array_index (sink->files, i);
      g_autofree char *name = g_strconcat (split, ".", file->name, NULL);
      Writer writer;
      gboolean good;

      /* The stream itself, and what only its end asked for. */
      if (*file->name == '\0' || *file->name == '+')
        continue;
      good = begin_file (self, name, &writer, error);
      if (!end_file (&writer, good && append_file (&writer, file, error), error))
        return FALSE;
    }
  return TRUE;
}

/* The records of a split on their way into its stream. */
typedef struct
{
  Writer *writer;
  KutipMemorySink *kept; /* what they leave for the end */
  guint split;
  gboolean any;
} Streaming;

/* Words are told from each other when all of a record's are there; the rest goes piece by
 * piece. */
static gboolean
keep_part (Streaming *self,
           const KutipExportRowPart *part,
           guint64 offset,
           GError **error)
{
  gboolean has_words = part->name[1] != '+';
  gsize most = has_words ? (gsize) part->n_bytes : (gsize) MIN (part->n_bytes, CHUNK);
  g_autofree char *bytes = g_malloc (most);

  for (guint64 at = 0; at < part->n_bytes;)
    {
      gsize n = (gsize) MIN (part->n_bytes - at, most);

      if (!read_spool (self->writer->export, bytes, n, offset + at, error) ||
          !self->kept->sink.append (&self->kept->sink, part->name, bytes, n, error))
        return FALSE;
      at += n;
    }
  return TRUE;
}

/* A KutipExportRowFunc. */
static gboolean
append_record (KutipExport *self,
               const KutipExportRow *row,
               gpointer data,
               GError **error)
{
  Streaming *streaming = data;
  const char *separator = self->conversion->to->separator;
  gboolean is_next = streaming->any;
  guint64 offset = row->offset;

  if (row->split != streaming->split)
    return TRUE;
  streaming->any = TRUE;
  if (is_next && separator != NULL &&
      !append (streaming->writer, separator, strlen (separator), error))
    return FALSE;
  for (guint i = 0; i < row->parts->len; i++)
    {
      const KutipExportRowPart *part = &g_array_index (row->parts, KutipExportRowPart, i);

      if (*part->name == KUTIP_EXPORT_TEXT)
        continue;
      if (!(*part->name == '+'
                ? keep_part (streaming, part, offset, error)
                : copy_from_spool (streaming->writer, offset, part->n_bytes, error)))
        return FALSE;
      offset += part->n_bytes;
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
  g_autoptr (KutipMemorySink) kept = kutip_memory_sink_new ();
  g_autoptr (KutipMemorySink) sink = kutip_memory_sink_new ();
  Writer writer;
  Streaming streaming = { &writer, kept, split, FALSE };
  gboolean good;

  kept->most = KUTIP_MEMORY_MOST_KEPT;
  sink->most = KUTIP_MEMORY_MOST_KEPT;
  sink->kept = kept;
  sink->sink.report = self->told;
  good = begin_file (self, name, &writer, error) &&
         append_begin (&writer, tagset, error) &&
         kutip_export_foreach_row (self, append_record, &streaming, error) &&
         append_end (&writer, tagset, about->n_records, sink, error);
  self->n_bytes[split] = writer.n_bytes;
  return end_file (&writer, good, error) &&
         write_beside_stream (self, about->name, sink, error);
}

/* --- formats of several files: a folder for each split --- */

/* A KutipExportRowFunc. */
static gboolean
write_parts (KutipExport *self, const KutipExportRow *row, gpointer data, GError **error)
{
  const char *split = self->result->splits[row->split].name;
  guint64 offset = row->offset;

  for (guint i = 0; i < row->parts->len; i++)
    {
      const KutipExportRowPart *part = &g_array_index (row->parts, KutipExportRowPart, i);
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

/* --- the texts, where the format leaves them out --- */

static gboolean
write_text (
    KutipExport *self, const char *name, guint64 offset, guint64 n, GError **error)
{
  Writer writer;
  gboolean good = begin_file (self, name, &writer, error);

  return end_file (&writer, good && copy_from_spool (&writer, offset, n, error), error);
}

/* Articles that came twice have one text for both. */
typedef struct
{
  GString *name, *sha256; /* of the text before */
} Texts;

/* A KutipExportRowFunc. */
static gboolean
write_texts (KutipExport *self, const KutipExportRow *row, gpointer data, GError **error)
{
  Texts *texts = data;
  guint64 offset = row->offset;

  for (guint i = 0; i < row->parts->len; i++)
    {
      const KutipExportRowPart *part = &g_array_index (row->parts, KutipExportRowPart, i);
      const char *name = part->name + 1;

      if (*part->name == KUTIP_EXPORT_TEXT &&
          (strcmp (texts->name->str, name) != 0 ||
           strcmp (texts->sha256->str, row->sha256) != 0))
        {
          if (!write_text (self, name, offset, part->n_bytes, error))
            return FALSE;
          g_string_assign (texts->name, name);
          g_string_assign (texts->sha256, row->sha256);
        }
      offset += part->n_bytes;
    }
  return TRUE;
}

static gboolean
write_all_texts (KutipExport *self, GError **error)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) sha256 = g_string_new (NULL);
  Texts texts = { name, sha256 };

  return kutip_export_foreach_row (self, write_texts, &texts, error);
}

gboolean
kutip_export_write_splits (KutipExport *self, KutipTagset *tagset, GError **error)
{
  gboolean in_files = self->conversion->to->in_files;

  if (in_files && !kutip_export_foreach_row (self, write_parts, NULL, error))
    return FALSE;
  for (guint i = 0; i < self->result->n_splits; i++)
    if (!(in_files ? write_beside (self, i, tagset, error)
                   : write_stream (self, i, tagset, error)))
      return FALSE;
  return !self->conversion->to->apart || write_all_texts (self, error);
}
