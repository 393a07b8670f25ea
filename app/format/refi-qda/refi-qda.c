/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda.h"

#include "format/formats.h"
#include "format/xml/xml.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
contains (const char *head, gsize n_head, const char *word)
{
  g_autofree char *copy = g_strndup (head, n_head);

  /* What is behind a NUL does not matter: XML has none. */
  return strstr (copy, word) != NULL;
}

static gboolean
has_suffix (const char *name, const char *suffix)
{
  gsize n = strlen (name), n_suffix = strlen (suffix);

  return n >= n_suffix && g_ascii_strcasecmp (name + n - n_suffix, suffix) == 0;
}

/* The name of an archive's first entry stands behind 30 bytes; a project's is its own, or
 * that of a source. */
static gboolean
holds_project (const char *head, gsize n_head)
{
  static const char *const starts[] = { KUTIP_REFI_FILE, "sources/" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (n_head >= 30 + strlen (starts[i]) &&
        g_ascii_strncasecmp (head + 30, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  return FALSE;
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  if (has_suffix (name, ".qdpx") || has_suffix (name, ".qdc") ||
      has_suffix (name, ".qde"))
    return KUTIP_MATCH_YES;
  if (kutip_zip_recognise (head, n_head))
    return holds_project (head, n_head) ? KUTIP_MATCH_YES : KUTIP_MATCH_NO;
  return kutip_xml_begins (head, n_head) &&
                 (contains (head, n_head, KUTIP_REFI_PROJECT) ||
                  contains (head, n_head, KUTIP_REFI_CODEBOOK))
             ? KUTIP_MATCH_YES
             : KUTIP_MATCH_NO;
}

static gssize
fill_from_zip (gpointer data, char *buffer, gsize n, GError **error)
{
  return kutip_zip_stream_read (data, buffer, n, error);
}

/* Of a project in an archive, which is never there as a whole, or of one that is a file
 * of its own. */
typedef struct
{
  KutipZipStream *stream; /* or NULL */
  KutipXmlReader *reader;
} Opened;

static void
clear_opened (Opened *self)
{
  g_clear_pointer (&self->reader, kutip_xml_reader_free);
  g_clear_pointer (&self->stream, kutip_zip_stream_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Opened, clear_opened)

static gboolean
open_project (Opened *self, KutipZip *zip, GBytes *bytes, GError **error)
{
  int at = zip == NULL ? -1 : kutip_zip_find (zip, KUTIP_REFI_FILE);

  if (zip == NULL)
    self->reader = kutip_xml_reader_new (bytes, error);
  else if (at < 0)
    g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                 _ ("there is no “%s” in the archive"), KUTIP_REFI_FILE);
  else
    {
      self->stream = kutip_zip_stream_new (zip, (guint) at);
      self->reader = kutip_xml_reader_new_for_stream (fill_from_zip, self->stream, error);
    }
  return self->reader != NULL;
}

static KutipRefiProject *
read_project (KutipZip *zip, KutipSource *source, KutipReport *report, GError **error)
{
  const KutipRefiRest rest = { report, source->name };
  g_auto (Opened) opened = { NULL, NULL };

  return open_project (&opened, zip, source->bytes, error)
             ? kutip_refi_project_read (opened.reader, kutip_source_get_spill (source),
                                        &rest, error)
             : NULL;
}

static gboolean
read_refi (KutipSource *source,
           const KutipFormatOptions *options,
           KutipRecordFunc emit,
           gpointer data,
           KutipReport *report,
           GError **error)
{
  gsize n;
  const char *bytes = g_bytes_get_data (source->bytes, &n);
  g_autoptr (KutipZip) zip = NULL;
  g_autoptr (KutipRefiProject) project = NULL;
  g_auto (Opened) again = { NULL, NULL };

  if (kutip_zip_recognise (bytes, n))
    {
      zip = kutip_zip_open (source->bytes, error);
      if (zip == NULL)
        return FALSE;
    }
  else if (has_suffix (source->name, ".qdc"))
    {
      g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNSUPPORTED,
                           _ ("a codebook has no articles: it can be the tag set of "
                              "others"));
      return FALSE;
    }
  project = read_project (zip, source, report, error);
  if (project == NULL || !open_project (&again, zip, source->bytes, error))
    {
      g_prefix_error (error, "%s: ", KUTIP_REFI_FILE);
      return FALSE;
    }
  return kutip_refi_project_emit (project, again.reader, zip, source, emit, data, report,
                                  error);
}

static KutipTagset *
read_tagset (const char *bytes,
             gsize n_bytes,
             const char *path,
             KutipReport *report,
             GError **error)
{
  g_autoptr (GBytes) codebook = g_bytes_new (bytes, n_bytes);

  return kutip_refi_read_codebook (codebook, &(KutipRefiRest){ report, path }, error);
}

static const char *const suffixes[] = { ".qdpx", ".qde", NULL };

const KutipFormat kutip_format_refi_qda = {
  .name = "refi-qda",
  .title = N_ ("REFI-QDA project or codebook"),
  .suffix = ".qdpx",
  .suffixes = suffixes,
  .many = TRUE,
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_SUB_TOKEN |
           KUTIP_KEEPS_ATTRIBUTES | KUTIP_KEEPS_NOTES | KUTIP_KEEPS_RELATIONS |
           KUTIP_KEEPS_RELATION_NOTES | KUTIP_KEEPS_METADATA | KUTIP_KEEPS_STATUS |
           KUTIP_KEEPS_ARTICLE_ATTRIBUTES | KUTIP_KEEPS_ARTICLE_NOTE |
           KUTIP_KEEPS_ANNOTATORS | KUTIP_KEEPS_TAGSET,
  .counts = KUTIP_KEEPS_TIMES | KUTIP_KEEPS_LISTS,
  .foreign = KUTIP_REFI_FOREIGN,
  .recognise = recognise,
  .read = read_refi,
  .write = kutip_refi_write,
  .end = kutip_refi_end,
  .tagset_file = KUTIP_REFI_CODEBOOK_FILE,
  .read_tagset = read_tagset,
};
