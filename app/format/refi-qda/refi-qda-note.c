/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda.h"

#include "format/tagset/tagset-note.h"

/* A codebook as it is read without a note; @name as kutip_refi_codes_make_tagset() has
 * it. */
static KutipTagset *
say_as (KutipTagset *tagset, const char *name)
{
  g_autoptr (GString) out =
      g_string_new ("<CodeBook xmlns=\"" KUTIP_REFI_CODEBOOK "\"><Codes>");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KutipXmlReader) reader = NULL;
  g_autoptr (KutipRefiCodes) codes = kutip_refi_codes_new ();

  kutip_refi_append_codes (out, tagset, NULL);
  g_string_append (out, "</Codes></CodeBook>");
  bytes = g_bytes_new (out->str, out->len);
  reader = kutip_xml_reader_new (bytes, NULL);
  if (reader == NULL || kutip_xml_reader_next (reader) != KUTIP_XML_START)
    return NULL;
  kutip_refi_codes_read_book (codes, reader);
  return kutip_xml_reader_finish (reader, NULL)
             ? kutip_refi_codes_make_tagset (codes, name)
             : NULL;
}

/* A project is called as its tag set is. */
static KutipTagset *
say_of_project (KutipTagset *tagset)
{
  return say_as (tagset, kutip_tagset_get_name (tagset));
}

static KutipTagset *
say (KutipTagset *tagset)
{
  return say_as (tagset, NULL);
}

void
kutip_refi_append_note (GString *out, KutipTagset *tagset, gboolean of_project)
{
  g_autofree char *note =
      tagset == NULL ? NULL
                     : kutip_tagset_make_note (tagset, of_project ? say_of_project : say);

  if (note != NULL)
    kutip_xml_append_note (out, note);
}

KutipTagset *
kutip_refi_make_tagset (KutipRefiCodes *codes,
                        const char *name,
                        const char *note,
                        GError **error)
{
  g_autoptr (KutipTagset) said =
      kutip_refi_codes_make_tagset (codes, note == NULL ? name : NULL);
  KutipTagset *whole;

  if (note == NULL)
    return g_steal_pointer (&said);
  whole = kutip_tagset_complete (said, note, say, error);
  return whole != NULL ? whole : kutip_refi_codes_make_tagset (codes, name);
}
