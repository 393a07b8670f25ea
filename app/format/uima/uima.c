/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"
#include "format/json/json-head.h"
#include "format/uima/cas-files.h"
#include "format/uima/cas-json.h"
#include "format/uima/xmi.h"
#include "format/xml/xml.h"
#include "format/zip/zip.h"

#include <glib/gi18n.h>
#include <string.h>

/* The two formats of UIMA, as INCEpTION exports them: XMI, alone beside its type system
 * or with it in a zip, and CAS JSON. */

/* All but the tag set, and spans that have no place. */
#define KEEPS                                                                            \
  ((KutipFeatures) (KUTIP_KEEPS_ALL & ~(KUTIP_KEEPS_TAGSET | KUTIP_KEEPS_ORPHANS)))

static gboolean
contains (const char *head, gsize n_head, const char *word)
{
  gsize n = strlen (word);
  const char *end = head + n_head;

  for (const char *p = head; n_head >= n && p <= end - n; p++)
    {
      p = memchr (p, *word, (gsize) (end - p));
      if (p == NULL || p > end - n)
        return FALSE;
      if (memcmp (p, word, n) == 0)
        return TRUE;
    }
  return FALSE;
}

static const KutipCasWriting whole = { .everything = TRUE, .segments = TRUE };

/* --- XMI --- */

static gboolean
has_suffix (const char *name, const char *suffix)
{
  gsize n = strlen (name), n_suffix = strlen (suffix);

  return n >= n_suffix && g_ascii_strcasecmp (name + n - n_suffix, suffix) == 0;
}

/* @reader: of the XMI; NULL with @error set. */
static KutipCas *
load_xmi (KutipXmlReader *reader, GBytes *types, GError **error)
{
  g_autoptr (KutipCas) cas = kutip_cas_new ();

  if (reader == NULL)
    return NULL;
  if (types != NULL && !kutip_xmi_read_types (cas, types, error))
    {
      g_prefix_error (error, "%s: ", KUTIP_XMI_TYPES);
      return NULL;
    }
  return kutip_xmi_read (cas, reader, error) ? g_steal_pointer (&cas) : NULL;
}

/* The type system of an XMI that stands alone; NULL when there is none. */
static GBytes *
fetch_types (KutipSource *source, GError **error)
{
  static const char *const names[] = { KUTIP_XMI_TYPES, "typesystem.xml", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      GBytes *bytes = source->fetch (source, names[i], &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (bytes != NULL)
        return bytes;
    }
  return NULL;
}

static KutipCas *
load_plain_xmi (KutipSource *source,
                const char *name,
                GBytes *bytes,
                KutipReport *report,
                GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) types = fetch_types (source, &local);
  g_autoptr (KutipXmlReader) reader =
      local == NULL ? kutip_xml_reader_new (bytes, &local) : NULL;
  KutipCas *cas = load_xmi (reader, types, &local);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return cas;
}

static gssize
fill_from_zip (gpointer data, char *buffer, gsize n, GError **error)
{
  return kutip_zip_stream_read (data, buffer, n, error);
}

/* The CAS of entry @i. */
static KutipCas *
load_entry (KutipZip *zip, guint i, GError **error)
{
  int types_at = kutip_zip_find (zip, KUTIP_XMI_TYPES);
  g_autoptr (KutipZipStream) stream = kutip_zip_stream_new (zip, i);
  g_autoptr (KutipXmlReader) reader = NULL;
  g_autoptr (GBytes) types = NULL;
  KutipCas *cas;

  if (types_at >= 0 && (types = kutip_zip_read (zip, (guint) types_at, error)) == NULL)
    return NULL;
  reader = kutip_xml_reader_new_for_stream (fill_from_zip, stream, error);
  cas = load_xmi (reader, types, error);
  if (cas == NULL)
    g_prefix_error (error, "%s: ", kutip_zip_get_name (zip, i));
  return cas;
}

/* The first one, of a zip that Kutip wrote. */
static KutipCas *
load_zip (KutipSource *source,
          const char *name,
          GBytes *bytes,
          KutipReport *report,
          GError **error)
{
  g_autoptr (KutipZip) zip = kutip_zip_open (bytes, error);

  for (guint i = 0; zip != NULL && i < kutip_zip_get_n_entries (zip); i++)
    if (has_suffix (kutip_zip_get_name (zip, i), ".xmi"))
      return load_entry (zip, i, error);
  if (zip != NULL)
    g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                         _ ("there is no XMI in the archive"));
  return NULL;
}

static gboolean
read_zip (KutipSource *source,
          KutipReport *report,
          KutipRecordFunc emit,
          gpointer data,
          GError **error)
{
  g_autoptr (KutipZip) zip = kutip_zip_open (source->bytes, error);
  g_autofree char *folder = g_path_get_dirname (source->name);
  gboolean any = FALSE;

  if (zip == NULL)
    return FALSE;
  for (guint i = 0; i < kutip_zip_get_n_entries (zip); i++)
    {
      const char *entry = kutip_zip_get_name (zip, i);
      g_autofree char *name = strcmp (folder, ".") == 0
                                  ? g_strdup (entry)
                                  : g_strconcat (folder, "/", entry, NULL);
      g_autoptr (KutipCas) cas = NULL;
      KutipSource inner = *source;
      KutipCasOrigin origin = { &inner, ".xmi", report, NULL };

      if (!has_suffix (entry, ".xmi"))
        continue;
      any = TRUE;
      cas = load_entry (zip, i, error);
      if (cas == NULL)
        return FALSE;
      /* Other layers are in other zips, which are called as this one. */
      if (kutip_cas_find_header (cas) != NULL)
        origin = (KutipCasOrigin){ source, ".zip", report, NULL };
      else
        inner.name = name;
      if (!kutip_cas_files_emit (cas, &origin, load_zip, emit, data, error))
        return FALSE;
    }
  if (!any)
    g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                         _ ("there is no XMI in the archive"));
  return any;
}

static gboolean
read_xmi (KutipSource *source,
          const KutipFormatOptions *options,
          KutipRecordFunc emit,
          gpointer data,
          KutipReport *report,
          GError **error)
{
  KutipCasOrigin origin = { source, ".xmi", report, NULL };
  g_autoptr (KutipCas) cas = NULL;
  gsize n;
  const char *bytes = g_bytes_get_data (source->bytes, &n);

  if (kutip_zip_recognise (bytes, n))
    return read_zip (source, report, emit, data, error);
  cas = load_plain_xmi (source, source->name, source->bytes, report, error);
  return cas != NULL &&
         kutip_cas_files_emit (cas, &origin, load_plain_xmi, emit, data, error);
}

static gboolean
pour_into_zip (KutipPour *self, const char *bytes, gsize n, GError **error G_GNUC_UNUSED)
{
  kutip_zip_entry_append (self->data, bytes, n);
  return TRUE;
}

/* One file: INCEpTION and Kutip both read it, and it knows its types. */
static gboolean
save_xmi (KutipCas *cas,
          KutipRecord *record,
          const char *name,
          KutipSink *sink,
          KutipReport *report,
          GError **error)
{
  g_autoptr (GString) zip = g_string_new (NULL);
  g_autoptr (GString) packed = g_string_new (NULL);
  g_autoptr (GString) directory = g_string_new (NULL);
  g_autoptr (GString) types = kutip_xmi_write_types (cas);
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *file = g_strdup_printf ("%.*s.xmi", (int) strlen (base) - 4, base);
  KutipZipEntry *entry = kutip_zip_entry_new (packed, file);
  g_auto (KutipPour) pour;

  kutip_pour_init (&pour, pour_into_zip, entry);
  kutip_xmi_write (cas, &pour);
  kutip_pour_now (&pour);
  if (!kutip_zip_entry_end (entry, zip, directory, error))
    return FALSE;
  g_string_append_len (zip, packed->str, (gssize) packed->len);
  kutip_zip_append_entry (zip, directory, KUTIP_XMI_TYPES, types->str, types->len);
  return kutip_zip_append_end (zip, directory, error) &&
         sink->append (sink, name, zip->str, zip->len, error);
}

static gboolean
write_xmi (KutipRecord *record,
           const KutipFormatOptions *options,
           KutipSink *sink,
           KutipReport *report,
           GError **error)
{
  return kutip_cas_files_write (record, ".zip", &whole, save_xmi, sink, report, error);
}

static KutipMatch
recognise_xmi (const char *name, const char *head, gsize n_head)
{
  if (kutip_zip_recognise (head, n_head))
    return contains (head, n_head, ".xmi") ? KUTIP_MATCH_YES : KUTIP_MATCH_NO;
  if (has_suffix (name, ".xmi") ||
      (kutip_xml_begins (head, n_head) && contains (head, n_head, KUTIP_XMI_NAMESPACE) &&
       contains (head, n_head, "http:///uima/cas.ecore")))
    return KUTIP_MATCH_YES;
  return KUTIP_MATCH_NO;
}

static const char *const xmi_suffixes[] = { ".xmi", ".zip", NULL };

const KutipFormat kutip_format_uima_xmi = {
  .name = "uima-xmi",
  .title = N_ ("UIMA CAS XMI, zipped with its type system"),
  .suffix = ".zip",
  .suffixes = xmi_suffixes,
  .keeps = KEEPS,
  .names_tagset = TRUE,
  .in_files = TRUE,
  .recognise = recognise_xmi,
  .read = read_xmi,
  .write = write_xmi,
};

/* --- CAS JSON --- */

static KutipCas *
load_json (KutipSource *source,
           const char *name,
           GBytes *bytes,
           KutipReport *report,
           GError **error)
{
  g_autoptr (KutipCas) cas = kutip_cas_new ();
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);

  return kutip_cas_json_read (cas, data == NULL ? "" : data, n, source->line, error)
             ? g_steal_pointer (&cas)
             : NULL;
}

static KutipMatch
recognise_json (const char *name, const char *head, gsize n_head)
{
  static const char *const members[] = { "%TYPES", "%VIEWS", "%FEATURE_STRUCTURES",
                                         NULL };

  return kutip_json_head_has_one_of (head, n_head, members, 1) ? KUTIP_MATCH_YES
                                                               : KUTIP_MATCH_NO;
}

static gboolean
read_json (KutipSource *source,
           const KutipFormatOptions *options,
           KutipRecordFunc emit,
           gpointer data,
           KutipReport *report,
           GError **error)
{
  return kutip_cas_files_read (source, ".json", recognise_json, load_json, emit, data,
                               report, error);
}

static gboolean
save_json (KutipCas *cas,
           KutipRecord *record,
           const char *name,
           KutipSink *sink,
           KutipReport *report,
           GError **error)
{
  g_auto (KutipPour) pour;

  kutip_pour_init_for_sink (&pour, sink, name);
  kutip_cas_json_write (cas, &pour);
  return kutip_pour_finish (&pour, error);
}

static gboolean
write_json (KutipRecord *record,
            const KutipFormatOptions *options,
            KutipSink *sink,
            KutipReport *report,
            GError **error)
{
  return kutip_cas_files_write (record, ".json", &whole, save_json, sink, report, error);
}

const KutipFormat kutip_format_uima_json = {
  .name = "uima-json",
  .title = N_ ("UIMA CAS JSON 0.4"),
  .suffix = ".json",
  .keeps = KEEPS,
  .names_tagset = TRUE,
  .in_files = TRUE,
  .recognise = recognise_json,
  .read = read_json,
  .write = write_json,
};
