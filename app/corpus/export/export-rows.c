/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export-parts.h"
#include "format/fields.h"

/* What has to be known of the records of a dataset goes to the disk, and comes back in
 * the order in which they are written: the same everywhere, by what is in the articles
 * only. Where that is the same it does not matter, but the records of one article stand
 * together. */

static void
put_counts (GString *out, GArray *counts)
{
  kutip_fields_put_number (out, counts->len);
  for (guint i = 0; i < counts->len; i++)
    {
      const KutipExportCount *count = &g_array_index (counts, KutipExportCount, i);

      kutip_fields_put_string (out, count->label);
      kutip_fields_put_number (out, count->n);
    }
}

static void
put_article (GString *out, const KutipExportArticle *article)
{
  kutip_fields_put_number (out,
                           article->groups == NULL ? 0 : g_strv_length (article->groups));
  for (guint i = 0; article->groups != NULL && article->groups[i] != NULL; i++)
    kutip_fields_put_string (out, article->groups[i]);
  kutip_fields_put_string (out, article->content);
  kutip_fields_put_string (out, article->date);
  kutip_fields_put_string (out, article->stratum);
  kutip_fields_put_string (out, article->language);
  put_counts (out, article->label_counts);
}

gboolean
kutip_export_put_row (KutipExport *self, KutipExportRecord *record, GError **error)
{
  const KutipExportArticle *article = record->article;
  g_autoptr (GString) out = g_string_new (NULL);

  kutip_fields_put_string (out, article->path);
  kutip_fields_put_string (out, article->sha256);
  kutip_fields_put_number (out, article->hash);
  kutip_fields_put_number (out, article->number);
  kutip_fields_put_number (out, record->number);
  if (record->number == 0)
    put_article (out, article);
  kutip_fields_put_number (out, record->offset);
  kutip_fields_put_number (out, record->n_rows);
  kutip_fields_put_number (out, record->n_layers);
  kutip_fields_put_number (out, record->n_spans);
  kutip_fields_put_number (out, record->n_relations);
  put_counts (out, record->spans);
  put_counts (out, record->relations);
  for (guint i = 0; i < record->parts->len; i++)
    {
      const KutipExportPart *part = &g_array_index (record->parts, KutipExportPart, i);

      kutip_fields_put_string (out, part->name);
      kutip_fields_put_number (out, part->n_bytes);
    }
  return kutip_sorter_add (self->rows, out->str, out->len, error);
}

/* --- back --- */

static void
free_counts (gpointer counts)
{
  g_array_unref (counts);
}

static void
init_row (KutipExportRow *row)
{
  *row = (KutipExportRow){
    .groups = g_ptr_array_new (),
    .label_counts = g_array_new (FALSE, FALSE, sizeof (KutipExportCount)),
    .spans = g_array_new (FALSE, FALSE, sizeof (KutipExportCount)),
    .relations = g_array_new (FALSE, FALSE, sizeof (KutipExportCount)),
    .parts = g_array_new (FALSE, FALSE, sizeof (KutipExportRowPart)),
    .article = G_MAXUINT, /* that before the first */
  };
}

static void
clear_row (KutipExportRow *row)
{
  g_clear_pointer (&row->groups, g_ptr_array_unref);
  g_clear_pointer (&row->label_counts, free_counts);
  g_clear_pointer (&row->spans, free_counts);
  g_clear_pointer (&row->relations, free_counts);
  g_clear_pointer (&row->parts, free_counts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipExportRow, clear_row)

static void
take_counts (KutipFields *fields, GArray *counts)
{
  guint64 n = kutip_fields_take_number (fields);

  g_array_set_size (counts, 0);
  for (; n > 0; n--)
    {
      KutipExportCount count = { .label = kutip_fields_take_string (fields) };

      count.n = (guint) kutip_fields_take_number (fields);
      g_array_append_val (counts, count);
    }
}

static const char *
take_optional (KutipFields *fields)
{
  const char *string = kutip_fields_take_string (fields);

  return *string == '\0' ? NULL : string;
}

static void
take_groups (KutipFields *fields, GPtrArray *groups)
{
  guint64 n = kutip_fields_take_number (fields);

  g_ptr_array_set_size (groups, 0);
  for (; n > 0; n--)
    g_ptr_array_add (groups, (gpointer) kutip_fields_take_string (fields));
  g_ptr_array_add (groups, NULL);
}

static void
take_article (KutipFields *fields, KutipExportRow *row)
{
  row->article++;
  take_groups (fields, row->groups);
  row->content = kutip_fields_take_string (fields);
  row->date = take_optional (fields);
  row->stratum = take_optional (fields);
  row->language = take_optional (fields);
  take_counts (fields, row->label_counts);
}

static void
take_parts (KutipFields *fields, GArray *parts)
{
  g_array_set_size (parts, 0);
  while (fields->at < fields->end)
    {
      KutipExportRowPart part = { .name = kutip_fields_take_string (fields) };

      part.n_bytes = kutip_fields_take_number (fields);
      g_array_append_val (parts, part);
    }
}

static gboolean
next_row (KutipExport *self, KutipExportRow *row, GError **error)
{
  gsize n;
  const char *bytes = kutip_sorter_next (self->rows, &n, error);
  KutipFields fields = { bytes, bytes + (bytes == NULL ? 0 : n) };

  if (bytes == NULL)
    return FALSE;
  row->path = kutip_fields_take_string (&fields);
  row->sha256 = kutip_fields_take_string (&fields);
  kutip_fields_take_number (&fields);
  kutip_fields_take_number (&fields);
  row->is_first = kutip_fields_take_number (&fields) == 0;
  if (row->is_first)
    take_article (&fields, row);
  row->offset = kutip_fields_take_number (&fields);
  row->n_rows = (guint) kutip_fields_take_number (&fields);
  row->n_layers = (guint) kutip_fields_take_number (&fields);
  row->n_spans = (guint) kutip_fields_take_number (&fields);
  row->n_relations = (guint) kutip_fields_take_number (&fields);
  take_counts (&fields, row->spans);
  take_counts (&fields, row->relations);
  take_parts (&fields, row->parts);
  if (self->groups != NULL)
    {
      row->group_number = self->groups[row->article];
      row->split = self->splits[row->group_number];
    }
  return TRUE;
}

gboolean
kutip_export_foreach_row (KutipExport *self,
                          KutipExportRowFunc each,
                          gpointer data,
                          GError **error)
{
  g_auto (KutipExportRow) row;
  g_autoptr (GError) local = NULL;

  init_row (&row);
  if (!kutip_sorter_begin (self->rows, error))
    return FALSE;
  while (next_row (self, &row, &local) && each (self, &row, data, &local))
    continue;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
