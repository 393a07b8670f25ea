/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/csv/csv.h"

#include "format/formats.h"

#include <glib/gi18n.h>
#include <string.h>

/* Tables: one row a span and one a relation. Both formats quote as RFC 4180 says; they
 * differ by the delimiter only, and either is read with any. */

#define KEEPS                                                                            \
  (KUTIP_KEEPS_ALL & ~(KUTIP_KEEPS_METADATA | KUTIP_KEEPS_STATUS | KUTIP_KEEPS_TAGSET |  \
                       KUTIP_KEEPS_ARTICLE_ATTRIBUTES | KUTIP_KEEPS_ARTICLE_NOTE |       \
                       KUTIP_KEEPS_ORPHANS | KUTIP_KEEPS_REVIEWS))

static gboolean
begin (char delimiter, KutipSink *sink, GError **error)
{
  g_autoptr (GString) header = g_string_new (NULL);

  kutip_csv_append_header (header, delimiter);
  return sink->append (sink, "", header->str, header->len, error);
}

static gboolean
write_rows (KutipRecord *record,
            const KutipFormatOptions *options,
            char delimiter,
            KutipSink *sink,
            KutipReport *report,
            GError **error)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  kutip_csv_append_record (rows, record, options, delimiter, report);
  return sink->append (sink, "", rows->str, rows->len, error);
}

static gboolean
begin_csv (KutipTagset *tagset,
           const KutipFormatOptions *options,
           KutipSink *sink,
           GError **error)
{
  return begin (',', sink, error);
}

static gboolean
begin_tsv (KutipTagset *tagset,
           const KutipFormatOptions *options,
           KutipSink *sink,
           GError **error)
{
  return begin ('\t', sink, error);
}

static gboolean
write_csv (KutipRecord *record,
           const KutipFormatOptions *options,
           KutipSink *sink,
           KutipReport *report,
           GError **error)
{
  return write_rows (record, options, ',', sink, report, error);
}

static gboolean
write_tsv (KutipRecord *record,
           const KutipFormatOptions *options,
           KutipSink *sink,
           KutipReport *report,
           GError **error)
{
  return write_rows (record, options, '\t', sink, report, error);
}

/* Another format's table begins with "#"; a line of JSON may be very long. */
static KutipMatch
recognise (
    const char *name, const char *suffix, gboolean tabs, const char *head, gsize n_head)
{
  if (n_head > 0 && *head == '#')
    return KUTIP_MATCH_NO;
  if (g_str_has_suffix (name, suffix))
    return KUTIP_MATCH_MAYBE;
  if (n_head > 0 && (*head == '{' || *head == '['))
    return KUTIP_MATCH_NO;
  return !kutip_format_names_text (name) && kutip_csv_is_header (head, n_head, tabs)
             ? KUTIP_MATCH_MAYBE
             : KUTIP_MATCH_NO;
}

static KutipMatch
recognise_csv (const char *name, const char *head, gsize n_head)
{
  return recognise (name, ".csv", FALSE, head, n_head);
}

static KutipMatch
recognise_tsv (const char *name, const char *head, gsize n_head)
{
  return recognise (name, ".tsv", TRUE, head, n_head);
}

const KutipFormat kutip_format_csv = {
  .name = "csv",
  .title = N_ ("Table, comma-separated (CSV)"),
  .suffix = ".csv",
  .keeps = KEEPS,
  .apart = TRUE,
  .many = TRUE,
  .recognise = recognise_csv,
  .read = kutip_csv_read,
  .write = write_csv,
  .begin = begin_csv,
};

const KutipFormat kutip_format_tsv = {
  .name = "tsv",
  .title = N_ ("Table, tab-separated (TSV)"),
  .suffix = ".tsv",
  .keeps = KEEPS,
  .apart = TRUE,
  .many = TRUE,
  .recognise = recognise_tsv,
  .read = kutip_csv_read,
  .write = write_tsv,
  .begin = begin_tsv,
};
