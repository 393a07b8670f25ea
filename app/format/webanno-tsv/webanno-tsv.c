/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/webanno-tsv/webanno-tsv.h"

#include "format/formats.h"
#include "format/uima/cas-files.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
has_magic (const char *head, gsize n_head)
{
  static const char bom[] = "\xef\xbb\xbf";
  gsize n = strlen (KUTIP_WEBANNO_MAGIC);
  gsize skipped = n_head >= 3 && memcmp (head, bom, 3) == 0 ? 3 : 0;

  return n_head >= skipped + n && memcmp (head + skipped, KUTIP_WEBANNO_MAGIC, n) == 0;
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  return has_magic (head, n_head) ? KUTIP_MATCH_YES : KUTIP_MATCH_NO;
}

static KutipCas *
load (KutipSource *source,
      const char *name,
      GBytes *bytes,
      KutipReport *report,
      GError **error)
{
  g_autoptr (KutipCas) cas = kutip_cas_new ();

  return kutip_webanno_read (cas, bytes, name, report, error) ? g_steal_pointer (&cas)
                                                              : NULL;
}

static gboolean
read_tsv (KutipSource *source,
          const KutipFormatOptions *options,
          KutipRecordFunc emit,
          gpointer data,
          KutipReport *report,
          GError **error)
{
  return kutip_cas_files_read (source, ".tsv", recognise, load, emit, data, report,
                               error);
}

static gboolean
save_tsv (KutipCas *cas,
          KutipRecord *record,
          const char *name,
          KutipSink *sink,
          KutipReport *report,
          GError **error)
{
  g_auto (KutipPour) pour;

  kutip_pour_init_for_sink (&pour, sink, name);
  kutip_webanno_write (cas, kutip_article_get_text (record->article), record->path,
                       report, &pour);
  return kutip_pour_finish (&pour, error);
}

/* Whether the article is called otherwise when it is read again: all but one ".txt" at
 * the end is the file's own. */
static gboolean
changes_path (const char *path)
{
  return !g_str_has_suffix (path, ".txt") || g_str_has_suffix (path, ".txt.txt");
}

static gboolean
write_tsv (KutipRecord *record,
           const KutipFormatOptions *options,
           KutipSink *sink,
           KutipReport *report,
           GError **error)
{
  static const KutipCasWriting how = { .everything = FALSE, .segments = FALSE };

  if (changes_path (record->path))
    kutip_report_add (report, KUTIP_REPORT_LOSS, "file-name", record->path, NULL, 0,
                      NULL);
  return kutip_cas_files_write (record, ".tsv", &how, save_tsv, sink, report, error);
}

const KutipFormat kutip_format_webanno_tsv = {
  .name = "webanno-tsv",
  .title = N_ ("WebAnno TSV 3 (INCEpTION)"),
  .suffix = ".tsv",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_SUB_TOKEN |
           KUTIP_KEEPS_ATTRIBUTES | KUTIP_KEEPS_NOTES | KUTIP_KEEPS_RELATIONS |
           KUTIP_KEEPS_RELATION_ATTRIBUTES | KUTIP_KEEPS_RELATION_NOTES,
  .counts = KUTIP_KEEPS_EVENTS,
  .foreign = KUTIP_CAS_FOREIGN,
  .in_files = TRUE,
  .recognise = recognise,
  .read = read_tsv,
  .write = write_tsv,
};
