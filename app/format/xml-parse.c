/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/xml-parse.h"

#include "format/xml.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <string.h>

/* libxml2 is given all bytes at once: its readers that pull take in 512 at a time, and at
 * each look back through the whole attribute, which in XMI is the whole article. */

/* Two gigabytes of them; an article of 10 MB with 100,000 spans has one million. */
#define MAX_ITEMS (1u << 26)

/* As a document type is refused, there are no entities but XML's own: HUGE only lifts the
 * limit of ten megabytes for one text, and NOENT only says that “&amp;” in an attribute
 * is “&”, not “&#38;” for a tree to take apart once more. */
#define OPTIONS                                                                          \
  (XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC)

#if LIBXML_VERSION >= 21200
typedef const xmlError *Details;
#else
typedef xmlErrorPtr Details;
#endif

typedef struct
{
  KutipXmlParsed *out;
  xmlParserCtxtPtr context;
  guint depth;
  guint open[KUTIP_XML_MAX_DEPTH]; /* where in the items each one starts */
} Parse;

/* --- failures --- */

static guint
get_line (Parse *self)
{
  return self->context->input == NULL ? 1 : (guint) MAX (self->context->input->line, 1);
}

static void
set_failure (Parse *self, guint line, const char *message)
{
  if (self->out->failure != NULL)
    return;
  self->out->failure = g_strdup (message);
  self->out->failure_line = line;
}

/* libxml2 says itself what is wrong, in English. */
static void
on_error (void *data, Details details)
{
  Parse *self = data;
  g_autofree char *message = NULL;

  if (details->level < XML_ERR_ERROR)
    return;
  message = g_utf8_make_valid (details->message != NULL ? details->message : "?", -1);
  set_failure (self, (guint) MAX (details->line, 1), g_strstrip (message));
}

static void
refuse (Parse *self, const char *message)
{
  set_failure (self, get_line (self), message);
  xmlStopParser (self->context);
}

/* Whether to go on; what only a namespace is wrong with, libxml2 itself would go on with.
 */
static gboolean
goes_on (Parse *self)
{
  if (self->out->failure == NULL && self->out->items->len >= MAX_ITEMS)
    set_failure (self, get_line (self), _ ("it is too large"));
  if (self->out->failure == NULL)
    return TRUE;
  xmlStopParser (self->context);
  return FALSE;
}

static void
on_document_type (void *data,
                  const xmlChar *name G_GNUC_UNUSED,
                  const xmlChar *public_id G_GNUC_UNUSED,
                  const xmlChar *system_id G_GNUC_UNUSED)
{
  refuse (data, _ ("entities are not read"));
}

static void
on_reference (void *data, const xmlChar *name G_GNUC_UNUSED)
{
  refuse (data, _ ("entities are not read"));
}

/* --- items --- */

static const char *
keep_name (Parse *self, const xmlChar *name)
{
  return g_string_chunk_insert_const (self->out->names,
                                      name == NULL ? "" : (const char *) name);
}

static gsize
keep_text (Parse *self, const char *text, gsize n)
{
  GString *texts = self->out->texts;
  gsize place = texts->len;

  g_string_append_len (texts, text, (gssize) n);
  g_string_append_c (texts, '\0');
  return place;
}

static void
on_start (void *data,
          const xmlChar *name,
          const xmlChar *prefix G_GNUC_UNUSED,
          const xmlChar *name_space,
          int n_name_spaces G_GNUC_UNUSED,
          const xmlChar **name_spaces G_GNUC_UNUSED,
          int n_attributes,
          int n_defaulted G_GNUC_UNUSED,
          const xmlChar **attributes)
{
  Parse *self = data;
  GArray *items = self->out->items;
  KutipXmlItem item = { .kind = KUTIP_XML_ITEM_START, .line = get_line (self) };

  if (!goes_on (self))
    return;
  if (self->depth == KUTIP_XML_MAX_DEPTH)
    {
      g_autofree char *message =
          g_strdup_printf (_ ("elements lie more than %d deep"), KUTIP_XML_MAX_DEPTH);

      refuse (self, message);
      return;
    }
  self->open[self->depth++] = items->len;
  item.depth = (guint16) self->depth;
  item.name_space = keep_name (self, name_space);
  item.name = keep_name (self, name);
  g_array_append_val (items, item);
  item.kind = KUTIP_XML_ITEM_ATTRIBUTE;
  /* Five to each: name, prefix, namespace, and where the value starts and ends. */
  for (const xmlChar **at = attributes; at < attributes + 5 * n_attributes; at += 5)
    {
      item.name = keep_name (self, at[0]);
      item.name_space = keep_name (self, at[2]);
      item.text = keep_text (self, (const char *) at[3], (gsize) (at[4] - at[3]));
      g_array_append_val (items, item);
    }
}

static void
on_end (void *data,
        const xmlChar *name G_GNUC_UNUSED,
        const xmlChar *prefix G_GNUC_UNUSED,
        const xmlChar *name_space G_GNUC_UNUSED)
{
  Parse *self = data;
  GArray *items = self->out->items;
  KutipXmlItem item;

  if (!goes_on (self) || self->depth == 0)
    return;
  item = g_array_index (items, KutipXmlItem, self->open[--self->depth]);
  item.kind = KUTIP_XML_ITEM_END;
  g_array_append_val (items, item);
}

/* libxml2 gives a text bit by bit. */
static void
on_text (void *data, const xmlChar *text, int n)
{
  Parse *self = data;
  GArray *items = self->out->items;
  KutipXmlItem item = { .name_space = "", .name = "", .kind = KUTIP_XML_ITEM_TEXT };

  if (!goes_on (self) || n <= 0)
    return;
  if (items->len > 0 &&
      g_array_index (items, KutipXmlItem, items->len - 1).kind == KUTIP_XML_ITEM_TEXT)
    {
      g_string_truncate (self->out->texts, self->out->texts->len - 1);
      keep_text (self, (const char *) text, (gsize) n);
      return;
    }
  item.line = get_line (self);
  item.depth = (guint16) self->depth;
  item.text = keep_text (self, (const char *) text, (gsize) n);
  g_array_append_val (items, item);
}

/* --- the whole --- */

/* Nothing is built, looked up or fetched but what is set here. */
static void
set_handlers (xmlSAXHandler *handlers)
{
  memset (handlers, 0, sizeof *handlers);
  handlers->initialized = XML_SAX2_MAGIC;
  handlers->startElementNs = on_start;
  handlers->endElementNs = on_end;
  handlers->characters = on_text;
  handlers->ignorableWhitespace = on_text;
  handlers->cdataBlock = on_text;
  handlers->internalSubset = on_document_type;
  handlers->reference = on_reference;
  handlers->serror = on_error;
}

KutipXmlParsed *
kutip_xml_parse (const char *data, gsize n)
{
  g_autofree Parse *parse = g_new0 (Parse, 1);
  KutipXmlParsed *self = g_new0 (KutipXmlParsed, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (KutipXmlItem));
  self->texts = g_string_new (NULL);
  self->names = g_string_chunk_new (1024);
  parse->out = self;
  parse->context = xmlNewParserCtxt ();
  if (parse->context == NULL)
    g_error ("No memory for a reader of XML");
  set_handlers (parse->context->sax);
  parse->context->userData = parse;
  xmlFreeDoc (xmlCtxtReadMemory (parse->context, data, (int) n, NULL, NULL, OPTIONS));
  if (!parse->context->wellFormed)
    set_failure (parse, get_line (parse), _ ("it is no XML"));
  xmlFreeParserCtxt (parse->context);
  return self;
}

void
kutip_xml_parsed_free (KutipXmlParsed *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->items);
  g_string_free (self->texts, TRUE);
  g_string_chunk_free (self->names);
  g_free (self->failure);
  g_free (self);
}
