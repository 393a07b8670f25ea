/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/xml.h"

#include "format/format.h"
#include "text/charset.h"

#include <glib/gi18n.h>
#include <libxml/xmlreader.h>
#include <string.h>

struct _KutipXmlReader
{
  KutipText *decoded; /* of a file in UTF-16 */
  GBytes *bytes;
  xmlTextReaderPtr reader;
  GError *error;
  guint line;
  guint depth;
  gboolean ends_next; /* the element that has started is empty */
  gboolean is_done;
};

/* --- before parsing --- */

static gboolean
fail_early (GError **error, const char *message)
{
  g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID, message);
  return FALSE;
}

static const char *
skip_to (const char *p, const char *end, const char *mark)
{
  const char *found = g_strstr_len (p, end - p, mark);

  return found == NULL ? end : found + strlen (mark);
}

static gboolean
starts_with (const char *p, const char *end, const char *prefix)
{
  gsize n = strlen (prefix);

  return (gsize) (end - p) >= n && memcmp (p, prefix, n) == 0;
}

/* What may stand before the first element besides a document type declaration. */
static gboolean
check_prolog (const char *bytes, const char *end, GError **error)
{
  const char *p = bytes;

  while (p < end)
    if (g_ascii_isspace (*p))
      p++;
    else if (starts_with (p, end, "<?"))
      p = skip_to (p, end, "?>");
    else if (starts_with (p, end, "<!--"))
      p = skip_to (p, end, "-->");
    else if (starts_with (p, end, "<!"))
      return fail_early (error,
                         _ ("it has a document type declaration, which is not read, "
                            "as it may call for other files"));
    else if (*p == '<')
      return TRUE;
    else
      break;
  return fail_early (error, _ ("it is no XML"));
}

static gboolean
decode (KutipXmlReader *self, const char **bytes, gsize *n, GError **error)
{
  const char *data = g_bytes_get_data (self->bytes, n);
  const char *invalid;

  *bytes = data == NULL ? "" : data;
  if (*n >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0))
    {
      self->decoded = kutip_charset_decode (self->bytes, NULL, NULL, error);
      if (self->decoded == NULL)
        return FALSE;
      *bytes = kutip_text_get_utf8 (self->decoded, n);
    }
  else if (*n >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      *bytes += 3;
      *n -= 3;
    }
  if (*n > G_MAXINT)
    return fail_early (error, _ ("it is too large"));
  if (!g_utf8_validate_len (*bytes, *n, &invalid))
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   _ ("it is not valid UTF-8 at byte %zu"), (gsize) (invalid - *bytes));
      return FALSE;
    }
  return check_prolog (*bytes, *bytes + *n, error);
}

static void
set_failure (KutipXmlReader *self, guint line, const char *message)
{
  if (self->error == NULL)
    self->error =
        g_error_new (KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                     /* Translators: a line of a file, and what is wrong there */
                     _ ("line %1$u: %2$s"), line, message);
}

/* libxml2 says itself what is wrong, in English. */
static void
on_error (void *data, xmlErrorPtr details)
{
  KutipXmlReader *self = data;
  g_autofree char *message = NULL;

  if (details->level < XML_ERR_ERROR)
    return;
  message = g_utf8_make_valid (details->message != NULL ? details->message : "?", -1);
  set_failure (self, (guint) MAX (details->line, 1), g_strstrip (message));
}

KutipXmlReader *
kutip_xml_reader_new (GBytes *bytes, GError **error)
{
  g_autoptr (KutipXmlReader) self = g_new0 (KutipXmlReader, 1);
  const char *data;
  gsize n;

  self->bytes = g_bytes_ref (bytes);
  self->line = 1;
  if (!decode (self, &data, &n, error))
    return NULL;
  /* Large: without entities, that only lifts the limit of ten megabytes for one text. */
  self->reader =
      xmlReaderForMemory (data, (int) n, NULL, "UTF-8",
                          XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_BIG_LINES);
  if (self->reader == NULL)
    {
      fail_early (error, _ ("it is no XML"));
      return NULL;
    }
  xmlTextReaderSetStructuredErrorHandler (self->reader, on_error, self);
  return g_steal_pointer (&self);
}

void
kutip_xml_reader_free (KutipXmlReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->reader, xmlFreeTextReader);
  g_clear_pointer (&self->decoded, kutip_text_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* --- tokens --- */

static KutipXmlToken
begin_element (KutipXmlReader *self)
{
  self->depth = (guint) xmlTextReaderDepth (self->reader) + 1;
  self->ends_next = xmlTextReaderIsEmptyElement (self->reader) == 1;
  if (self->depth <= KUTIP_XML_MAX_DEPTH)
    return KUTIP_XML_START;
  kutip_xml_reader_fail (self, _ ("elements lie more than %d deep"), KUTIP_XML_MAX_DEPTH);
  return KUTIP_XML_ERROR;
}

/* A token for the node that libxml2 is at; -1 for one that is passed over. */
static int
take_node (KutipXmlReader *self)
{
  switch (xmlTextReaderNodeType (self->reader))
    {
    case XML_READER_TYPE_ELEMENT:
      return (int) begin_element (self);
    case XML_READER_TYPE_END_ELEMENT:
      self->depth = (guint) xmlTextReaderDepth (self->reader) + 1;
      return KUTIP_XML_END;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      return KUTIP_XML_TEXT;
    case XML_READER_TYPE_ENTITY_REFERENCE:
    case XML_READER_TYPE_DOCUMENT_TYPE:
      kutip_xml_reader_fail (self, _ ("entities are not read"));
      return KUTIP_XML_ERROR;
    default:
      return -1;
    }
}

KutipXmlToken
kutip_xml_reader_next (KutipXmlReader *self)
{
  int token = -1;

  if (self->ends_next && self->error == NULL)
    {
      self->ends_next = FALSE;
      return KUTIP_XML_END;
    }
  while (token < 0 && self->error == NULL && !self->is_done)
    {
      int status = xmlTextReaderRead (self->reader);
      xmlNodePtr node;

      if (status == 0)
        self->is_done = TRUE;
      else if (status < 0)
        set_failure (self, self->line, _ ("it is no XML"));
      if (status != 1 || self->error != NULL)
        break;
      node = xmlTextReaderCurrentNode (self->reader);
      self->line = node == NULL ? self->line : (guint) MAX (xmlGetLineNo (node), 1);
      token = take_node (self);
    }
  if (self->error != NULL)
    return KUTIP_XML_ERROR;
  return token < 0 ? KUTIP_XML_DONE : (KutipXmlToken) token;
}

const char *
kutip_xml_reader_get_name (KutipXmlReader *self)
{
  return (const char *) xmlTextReaderConstLocalName (self->reader);
}

const char *
kutip_xml_reader_get_namespace (KutipXmlReader *self)
{
  const xmlChar *uri = xmlTextReaderConstNamespaceUri (self->reader);

  return uri == NULL ? "" : (const char *) uri;
}

guint
kutip_xml_reader_get_depth (KutipXmlReader *self)
{
  return self->depth;
}

guint
kutip_xml_reader_get_line (KutipXmlReader *self)
{
  return self->line;
}

const char *
kutip_xml_reader_get_text (KutipXmlReader *self)
{
  const xmlChar *text = xmlTextReaderConstValue (self->reader);

  return text == NULL ? "" : (const char *) text;
}

/* --- attributes --- */

static gboolean
is_declaration (const char *name_space)
{
  return strcmp (name_space, "http://www.w3.org/2000/xmlns/") == 0;
}

gboolean
kutip_xml_reader_next_attribute (KutipXmlReader *self,
                                 const char **name_space,
                                 const char **name,
                                 const char **value)
{
  while (xmlTextReaderMoveToNextAttribute (self->reader) == 1)
    {
      *name_space = kutip_xml_reader_get_namespace (self);
      *name = kutip_xml_reader_get_name (self);
      *value = kutip_xml_reader_get_text (self);
      if (!is_declaration (*name_space))
        return TRUE;
    }
  xmlTextReaderMoveToElement (self->reader);
  return FALSE;
}

char *
kutip_xml_reader_dup_attribute (KutipXmlReader *self, const char *name)
{
  xmlChar *value = xmlTextReaderGetAttribute (self->reader, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);
  return copy;
}

/* --- elements --- */

char *
kutip_xml_reader_read_content (KutipXmlReader *self)
{
  GString *content = g_string_new (NULL);
  guint depth = self->depth;

  while (TRUE)
    switch (kutip_xml_reader_next (self))
      {
      case KUTIP_XML_TEXT:
        if (self->depth == depth)
          g_string_append (content, kutip_xml_reader_get_text (self));
        break;
      case KUTIP_XML_START:
        kutip_xml_reader_skip (self);
        self->depth = depth;
        break;
      case KUTIP_XML_END:
      case KUTIP_XML_DONE:
      case KUTIP_XML_ERROR:
      default:
        return g_string_free (content, FALSE);
      }
}

void
kutip_xml_reader_skip (KutipXmlReader *self)
{
  guint depth = self->depth;

  while (TRUE)
    switch (kutip_xml_reader_next (self))
      {
      case KUTIP_XML_END:
        if (self->depth == depth)
          return;
        break;
      case KUTIP_XML_DONE:
      case KUTIP_XML_ERROR:
        return;
      case KUTIP_XML_START:
      case KUTIP_XML_TEXT:
      default:
        break;
      }
}

gboolean
kutip_xml_reader_next_child (KutipXmlReader *self, guint depth)
{
  while (TRUE)
    switch (kutip_xml_reader_next (self))
      {
      case KUTIP_XML_START:
        return TRUE;
      case KUTIP_XML_END:
        if (self->depth == depth)
          return FALSE;
        break;
      case KUTIP_XML_DONE:
      case KUTIP_XML_ERROR:
        return FALSE;
      case KUTIP_XML_TEXT:
      default:
        break;
      }
}

/* --- failures --- */

void
kutip_xml_reader_fail (KutipXmlReader *self, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  set_failure (self, self->line, message);
}

gboolean
kutip_xml_reader_failed (KutipXmlReader *self)
{
  return self->error != NULL;
}

gboolean
kutip_xml_reader_finish (KutipXmlReader *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->error));
  return FALSE;
}
