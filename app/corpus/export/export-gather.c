/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export-context.h"
#include "corpus/export/export-field.h"
#include "corpus/export/export-parts.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* FNV-1a, to put articles in order that are called alike, and to tell the same text. */
#define HASH_START G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define HASH_PRIME G_GUINT64_CONSTANT (0x100000001b3)

static void
clear_article (gpointer data)
{
  KutipExportArticle *article = data;

  g_free (article->path);
  g_free (article->sha256);
  g_free (article->content);
  g_strfreev (article->groups);
  g_free (article->date);
  g_free (article->stratum);
  g_free (article->language);
  g_array_unref (article->label_counts);
}

static void
clear_part (gpointer data)
{
  g_free (((KutipExportPart *) data)->name);
}

void
kutip_export_record_free (KutipExportRecord *record)
{
  g_atomic_rc_box_release_full (record->article, clear_article);
  g_clear_pointer (&record->text, kutip_text_unref);
  g_free (record->path);
  g_array_unref (record->parts);
  g_array_unref (record->spans);
  g_array_unref (record->relations);
  g_free (record);
}

static void
free_record (gpointer record)
{
  kutip_export_record_free (record);
}

/* --- from any thread --- */

static gboolean
is_wanted (const KutipExportOptions *options, KutipLayer *layer)
{
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (layer));
  const char *annotator = header->annotator == NULL ? "" : header->annotator;

  return (options->layer == NULL ||
          (kutip_record_names_annotator (annotator, options->layer) &&
           !kutip_record_is_untouched_layer (layer))) &&
         (!options->done_only || header->status == KUTIP_STATUS_DONE);
}

/* @record with the layers that are asked for. */
static KutipRecord *
pick_layers (const KutipExportOptions *options, KutipRecord *record)
{
  KutipRecord *picked = kutip_record_new (record->path, record->article);

  g_set_object (&picked->tagset, record->tagset);
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = g_ptr_array_index (record->layers, i);

      if (is_wanted (options, layer))
        g_ptr_array_add (picked->layers, g_object_ref (layer));
    }
  return picked;
}

static void
add_count (GArray *counts, const char *label, guint n)
{
  KutipExportCount count = { label, n };

  for (guint i = 0; i < counts->len; i++)
    if (g_array_index (counts, KutipExportCount, i).label == label)
      {
        g_array_index (counts, KutipExportCount, i).n += n;
        return;
      }
  g_array_append_val (counts, count);
}

static void
count_label (const char *label, guint n_spans, gpointer data)
{
  add_count (data, g_intern_string (label), n_spans);
}

static gboolean
count_relation (KutipRelation *relation, gpointer data)
{
  add_count (data, g_intern_string (kutip_relation_get_label (relation)), 1);
  return TRUE;
}

static char *
get_optional_field (KutipRecord *record, const char *name)
{
  return name == NULL ? NULL : kutip_export_get_field (record, name);
}

/* With --split-by-date each article must have a date that can be told from the days. */
static gboolean
check_date (const KutipExportOptions *options, const char *date, GError **error)
{
  gboolean is_before;

  for (guint i = 0; i < options->n_dates; i++)
    {
      if (date == NULL)
        g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                             _ ("the article has no date to split by"));
      else if (!kutip_export_compare_day (date, options->dates[i], &is_before))
        g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                     /* Translators: a date as it stands in a file, and a day */
                     _ ("whether the article’s date “%1$s” is before %2$s cannot be "
                        "told"),
                     date, options->dates[i]);
      else
        continue;
      return FALSE;
    }
  return TRUE;
}

/* The same for texts that differ in their encoding, a byte order mark or white space
 * only: the file of one is not that of the other, but the article is. */
static char *
digest_content (KutipText *text)
{
  gsize n_bytes;
  const char *utf8 = kutip_text_get_utf8 (text, &n_bytes);
  guint64 hash = HASH_START;
  gsize n = 0;
  gboolean after_space = FALSE;

  for (gsize i = 0; i < n_bytes; i++)
    {
      if (g_ascii_isspace (utf8[i]))
        {
          after_space = n > 0;
          continue;
        }
      if (after_space)
        hash = (hash ^ ' ') * HASH_PRIME;
      hash = (hash ^ (guint8) utf8[i]) * HASH_PRIME;
      after_space = FALSE;
      n++;
    }
  return g_strdup_printf ("%" G_GINT64_MODIFIER "x-%" G_GSIZE_FORMAT, hash, n);
}

static KutipExportArticle *
describe_article (const KutipExportOptions *options, KutipRecord *record)
{
  KutipExportArticle *article = g_atomic_rc_box_new0 (KutipExportArticle);
  gboolean by_label = g_strcmp0 (options->stratify_by, KUTIP_EXPORT_BY_LABEL) == 0;

  article->path = g_strdup (record->path);
  article->sha256 = g_strdup (kutip_article_get_sha256 (record->article));
  article->content = digest_content (kutip_article_get_text (record->article));
  if (options->group_by != NULL)
    article->groups = kutip_export_list_field (record, options->group_by);
  article->date = kutip_export_get_field (record, "date");
  article->language = kutip_export_get_field (record, "language");
  if (!by_label)
    article->stratum = get_optional_field (record, options->stratify_by);
  article->label_counts = g_array_new (FALSE, FALSE, sizeof (KutipExportCount));
  for (guint i = 0; by_label && i < record->layers->len; i++)
    kutip_layer_foreach_label (g_ptr_array_index (record->layers, i), count_label,
                               article->label_counts);
  article->hash = HASH_START;
  return article;
}

/* @apart: the format does not have the text. */
static KutipExportRecord *
describe_record (KutipExportArticle *article,
                 KutipRecord *record,
                 guint number,
                 gboolean apart)
{
  KutipExportRecord *about = g_new0 (KutipExportRecord, 1);

  about->article = g_atomic_rc_box_acquire (article);
  about->number = number;
  if (apart)
    {
      about->text = kutip_text_ref (kutip_article_get_text (record->article));
      about->path = g_strdup (record->path);
    }
  about->parts = g_array_new (FALSE, FALSE, sizeof (KutipExportPart));
  g_array_set_clear_func (about->parts, clear_part);
  about->spans = g_array_new (FALSE, FALSE, sizeof (KutipExportCount));
  about->relations = g_array_new (FALSE, FALSE, sizeof (KutipExportCount));
  about->n_rows = record->layers->len;
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = g_ptr_array_index (record->layers, i);

      about->n_layers += kutip_record_is_untouched_layer (layer) ? 0 : 1;
      about->n_spans += kutip_layer_get_n_spans (layer);
      about->n_relations += kutip_layer_get_n_relations (layer);
      kutip_layer_foreach_label (layer, count_label, about->spans);
      kutip_layer_foreach_relation (layer, count_relation, about->relations);
    }
  return about;
}

static GPtrArray *
cut (const KutipExportOptions *options, KutipRecord *record, KutipReport *report)
{
  GPtrArray *records;

  if (options->context != KUTIP_EXPORT_ARTICLE)
    return kutip_export_cut (record,
                             options->context == KUTIP_EXPORT_SENTENCE
                                 ? KUTIP_UNIT_SENTENCE
                                 : KUTIP_UNIT_PARAGRAPH,
                             report);
  records = g_ptr_array_new ();
  g_ptr_array_add (records, record);
  return records;
}

gboolean
kutip_export_select (KutipRecord *record,
                     GArray *pieces,
                     KutipReport *report,
                     gpointer data,
                     GError **error)
{
  KutipExport *self = data;
  KutipRecord *picked = pick_layers (self->options, record);
  KutipExportArticle *article;
  g_autoptr (GPtrArray) records = NULL;
  gboolean good;

  if (picked->layers->len == 0)
    {
      g_atomic_int_inc (&self->n_left_out);
      kutip_record_free (picked);
      return TRUE;
    }
  article = describe_article (self->options, picked);
  good = check_date (self->options, article->date, error);
  if (good)
    records = cut (self->options, picked, report);
  if (good && records->len > 0 &&
      kutip_record_is_untouched_layer (picked->layers->pdata[0]))
    kutip_report_add (report, KUTIP_REPORT_WARNING, "not-annotated", record->path, NULL,
                      0, _ ("it goes in as an article without spans"));
  if (good && records->len == 0)
    g_atomic_int_inc (&self->n_left_out);
  for (guint i = 0; good && i < records->len; i++)
    {
      KutipRecord *cut_out = g_ptr_array_index (records, i);
      KutipConversionPiece piece = {
        cut_out, describe_record (article, cut_out, i, self->conversion->to->apart),
        free_record
      };

      g_array_append_val (pieces, piece);
    }
  if (!good || self->options->context != KUTIP_EXPORT_ARTICLE)
    kutip_record_free (picked);
  if (records != NULL)
    g_ptr_array_set_free_func (records, NULL);
  g_atomic_rc_box_release_full (article, clear_article);
  return good;
}

/* --- in one thread --- */

static guint64
hash_bytes (guint64 hash, const char *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    hash = (hash ^ (guint8) bytes[i]) * HASH_PRIME;
  return hash;
}

static gboolean
spool (KutipExport *self, const char *bytes, gsize n, GError **error)
{
  while (n > 0)
    {
      gssize written = pwrite (self->spool, bytes, n, (off_t) self->spool_size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          g_autofree char *shown = g_filename_display_name (self->conversion->output);

          g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno),
                       _ ("“%1$s” cannot be written: %2$s"), shown, g_strerror (errno));
          return FALSE;
        }
      bytes += written;
      n -= (gsize) written;
      self->spool_size += (guint64) written;
    }
  return TRUE;
}

gboolean
kutip_export_end_article (KutipExport *self, GError **error)
{
  for (guint i = 0; i < self->records->len; i++)
    if (!kutip_export_put_row (self, g_ptr_array_index (self->records, i), error))
      return FALSE;
  g_ptr_array_set_size (self->records, 0);
  return TRUE;
}

/* The records of one article come one after the other, and its hash is known behind the
 * last. */
static gboolean
take_record (KutipExport *self, KutipExportRecord *record, GError **error)
{
  const KutipExportRecord *last =
      self->records->len == 0 ? NULL : g_ptr_array_index (self->records, 0);
  gboolean good = last == NULL || last->article == record->article ||
                  kutip_export_end_article (self, error);

  g_ptr_array_add (self->records, record);
  self->n_records++;
  if (record->article->number == 0)
    record->article->number = self->n_records;
  return good;
}

/* The text that a format leaves out is a part of its own. */
static gboolean
spool_text (KutipExport *self, KutipExportRecord *record, GError **error)
{
  g_autoptr (KutipText) text = g_steal_pointer (&record->text);
  g_autofree char *utf8 = NULL;
  KutipExportPart part = { NULL };

  if (text == NULL)
    return TRUE;
  utf8 = kutip_text_dup_range (text, (KutipRange){ 0, kutip_text_get_length (text) });
  part.n_bytes = strlen (utf8);
  part.name = g_strdup_printf ("%c%s", KUTIP_EXPORT_TEXT, record->path);
  g_array_append_val (record->parts, part);
  return spool (self, utf8, (gsize) part.n_bytes, error);
}

gboolean
kutip_export_add (gpointer about, KutipMemorySink *sink, gpointer data, GError **error)
{
  KutipExport *self = data;
  KutipExportRecord *record = about;

  record->offset = self->spool_size;
  if (!take_record (self, record, error))
    return FALSE;
  for (guint i = 0; i < sink->files->len; i++)
    {
      KutipMemoryFile *file = g_ptr_array_index (sink->files, i);
      gsize n;
      const char *bytes = kutip_memory_file_view (file, &n, error);
      KutipExportPart part = { g_strdup (file->name), bytes == NULL ? 0 : n };

      g_array_append_val (record->parts, part);
      if (bytes == NULL)
        return FALSE;
      record->article->hash = hash_bytes (record->article->hash, bytes, n);
      if (!spool (self, bytes, n, error))
        return FALSE;
      kutip_memory_file_drop_view (file);
    }
  return spool_text (self, record, error);
}
