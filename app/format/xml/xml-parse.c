/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/xml/xml-parse.h"

#include "format/xml/xml.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <string.h>

/* Bytes that libxml2 is given at once, for a start. It looks back through all of a tag
 * that has not ended each time that it is given more; so that this does not take the
 * square of its length – in XMI, the whole article is one attribute – twice as many come
 * each time. */
#define PART 65536
#define MOST_OF_NOTE ((gsize) 1 << 20)

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

struct _KutipXmlParse
{
  KutipXmlFill fill;
  gpointer data;
  GString *part; /* the bytes that libxml2 is given */
  gboolean is_done;
  xmlParserCtxtPtr context;
  GArray *items;  /* KutipXmlItem */
  GString *texts; /* each with a NUL */
  char *note;     /* or NULL */
  char *failure;
  guint failure_line, failure_column;
  guint depth;
  KutipXmlItem open[KUTIP_XML_MAX_DEPTH]; /* the starts of those that have not ended */
};

/* --- failures --- */

static guint
get_line (KutipXmlParse *self)
{
  return self->context->input == NULL ? 1 : (guint) MAX (self->context->input->line, 1);
}

static guint
get_column (KutipXmlParse *self)
{
  return self->context->input == NULL ? 1 : (guint) MAX (self->context->input->col, 1);
}

static void
set_failure (KutipXmlParse *self, guint line, guint column, const char *message)
{
  if (self->failure != NULL)
    return;
  self->failure = g_strdup (message);
  self->failure_line = line;
  self->failure_column = column;
}

/* libxml2 says itself what is wrong, in English; its int2 is the column. */
static void
on_error (void *data, Details details)
{
  KutipXmlParse *self = data;
  g_autofree char *message = NULL;

  if (details->level < XML_ERR_ERROR)
    return;
  message = g_utf8_make_valid (details->message != NULL ? details->message : "?", -1);
  set_failure (self, (guint) MAX (details->line, 1), (guint) MAX (details->int2, 1),
               g_strstrip (message));
}

static void
refuse (KutipXmlParse *self, const char *message)
{
  set_failure (self, get_line (self), get_column (self), message);
  xmlStopParser (self->context);
}

/* Whether to go on; what only a namespace is wrong with, libxml2 itself would go on with.
 */
static gboolean
goes_on (KutipXmlParse *self)
{
  if (self->failure == NULL)
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

/* libxml2 keeps each name once, as long as the context lives. */
static const char *
get_name (const xmlChar *name)
{
  return name == NULL ? "" : (const char *) name;
}

static gsize
keep_text (KutipXmlParse *self, const char *text, gsize n)
{
  GString *texts = self->texts;
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
  KutipXmlParse *self = data;
  GArray *items = self->items;
  KutipXmlItem item = { .kind = KUTIP_XML_ITEM_START,
                        .line = get_line (self),
                        .column = get_column (self) };

  if (!goes_on (self))
    return;
  if (self->depth == KUTIP_XML_MAX_DEPTH)
    {
      g_autofree char *message =
          g_strdup_printf (_ ("elements lie more than %d deep"), KUTIP_XML_MAX_DEPTH);

      refuse (self, message);
      return;
    }
  item.depth = (guint16) (self->depth + 1);
  item.name_space = get_name (name_space);
  item.name = get_name (name);
  self->open[self->depth++] = item;
  g_array_append_val (items, item);
  item.kind = KUTIP_XML_ITEM_ATTRIBUTE;
  /* Five to each: name, prefix, namespace, and where the value starts and ends. */
  for (int i = 0; i < n_attributes; i++)
    {
      const xmlChar **at = attributes + 5 * i;

      item.name = get_name (at[0]);
      item.name_space = get_name (at[2]);
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
  KutipXmlParse *self = data;
  KutipXmlItem item;

  if (!goes_on (self) || self->depth == 0)
    return;
  item = self->open[--self->depth];
  item.kind = KUTIP_XML_ITEM_END;
  g_array_append_val (self->items, item);
}

/* libxml2 gives a text bit by bit. */
static void
on_text (void *data, const xmlChar *text, int n)
{
  KutipXmlParse *self = data;
  GArray *items = self->items;
  KutipXmlItem item = { .name_space = "", .name = "", .kind = KUTIP_XML_ITEM_TEXT };

  if (!goes_on (self) || n <= 0)
    return;
  if (items->len > 0 &&
      g_array_index (items, KutipXmlItem, items->len - 1).kind == KUTIP_XML_ITEM_TEXT)
    {
      g_string_truncate (self->texts, self->texts->len - 1);
      keep_text (self, (const char *) text, (gsize) n);
      return;
    }
  item.line = get_line (self);
  item.column = get_column (self);
  item.depth = (guint16) self->depth;
  item.text = keep_text (self, (const char *) text, (gsize) n);
  g_array_append_val (items, item);
}

static void
on_comment (void *data, const xmlChar *comment)
{
  KutipXmlParse *self = data;
  const char *text = (const char *) comment;

  if (self->note == NULL && g_str_has_prefix (text, KUTIP_XML_NOTE) &&
      strlen (text) <= MOST_OF_NOTE)
    self->note = g_strdup (text + strlen (KUTIP_XML_NOTE));
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
  handlers->comment = on_comment;
  handlers->internalSubset = on_document_type;
  handlers->reference = on_reference;
  handlers->serror = on_error;
}

KutipXmlParse *
kutip_xml_parse_new (KutipXmlFill fill, gpointer data)
{
  KutipXmlParse *self = g_new0 (KutipXmlParse, 1);
  xmlSAXHandler handlers;

  self->fill = fill;
  self->data = data;
  self->part = g_string_sized_new (PART);
  self->items = g_array_new (FALSE, FALSE, sizeof (KutipXmlItem));
  self->texts = g_string_new (NULL);
  set_handlers (&handlers);
  self->context = xmlCreatePushParserCtxt (&handlers, self, NULL, 0, NULL);
  if (self->context == NULL)
    g_error ("No memory for a reader of XML");
  xmlCtxtUseOptions (self->context, OPTIONS);
  return self;
}

void
kutip_xml_parse_free (KutipXmlParse *self)
{
  if (self == NULL)
    return;
  xmlFreeParserCtxt (self->context);
  g_string_free (self->part, TRUE);
  g_array_unref (self->items);
  g_string_free (self->texts, TRUE);
  g_free (self->note);
  g_free (self->failure);
  g_free (self);
}

/* What one long text needed is not kept for all that follow. */
static void
empty (GString **string)
{
  if ((*string)->allocated_len > 16 * PART)
    {
      g_string_free (*string, TRUE);
      *string = g_string_sized_new (PART);
    }
  g_string_truncate (*string, 0);
}

/* The next @n bytes, or what is left. */
static void
take_part (KutipXmlParse *self, gsize n)
{
  g_autoptr (GError) error = NULL;
  gssize n_read = 1;

  g_string_set_size (self->part, n);
  self->part->len = 0;
  /* There is always room for a character. */
  while (self->part->len + 8 < n && n_read > 0)
    {
      n_read = self->fill (self->data, self->part->str + self->part->len,
                           n - self->part->len, &error);
      self->part->len += (gsize) MAX (n_read, 0);
    }
  if (n_read < 0)
    {
      set_failure (self, 0, 0, error->message);
      self->part->len = 0;
    }
}

gboolean
kutip_xml_parse_more (KutipXmlParse *self)
{
  gsize n = PART;

  g_array_set_size (self->items, 0);
  empty (&self->texts);
  while (self->items->len == 0 && !self->is_done)
    {
      take_part (self, n);
      if (self->failure == NULL)
        xmlParseChunk (self->context, self->part->str, (int) self->part->len,
                       self->part->len == 0);
      n = MIN (2 * n, (gsize) 1 << 30);
      if (!self->context->wellFormed)
        set_failure (self, get_line (self), get_column (self), _ ("it is no XML"));
      self->is_done = self->part->len == 0 || self->failure != NULL;
    }
  empty (&self->part);
  return self->items->len > 0;
}

guint
kutip_xml_parse_get_n_items (KutipXmlParse *self)
{
  return self->items->len;
}

const KutipXmlItem *
kutip_xml_parse_get_item (KutipXmlParse *self, guint i)
{
  return &g_array_index (self->items, KutipXmlItem, i);
}

const char *
kutip_xml_parse_get_text (KutipXmlParse *self, const KutipXmlItem *item)
{
  return self->texts->str + item->text;
}

const char *
kutip_xml_parse_get_failure (KutipXmlParse *self, guint *line, guint *column)
{
  *line = self->failure_line;
  *column = self->failure_column;
  return self->failure;
}

const char *
kutip_xml_parse_get_note (KutipXmlParse *self)
{
  return self->note;
}
