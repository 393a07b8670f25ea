/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/xml/xml.h"

#include "format/format.h"
#include "format/xml/xml-parse.h"
#include "text/charset.h"

#include <glib/gi18n.h>
#include <string.h>

/* Bytes of a stream that tell what it is. */
#define HEAD ((gsize) 1 << 16)

struct _KutipXmlReader
{
  KutipText *decoded; /* of a file in UTF-16 */
  GBytes *bytes;
  const char *rest, *end; /* of what is not parsed yet: of those above, or the head */
  /* Of a stream. */
  KutipXmlFill fill;
  gpointer data;
  GString *head;   /* its first bytes, which are looked at before */
  char pending[4]; /* the first bytes of a character */
  gsize n_pending;
  guint line, column; /* behind the bytes that are known to be UTF-8, from 0 */
  KutipXmlParse *parse;
  KutipXmlItem item; /* that the token is */
  guint next;        /* item behind it */
  guint attribute;   /* item of the next one */
  GError *error;
};

gboolean
kutip_xml_begins (const char *bytes, gsize n_bytes)
{
  static const char mark[] = "\xef\xbb\xbf";
  const char *p = bytes, *end = bytes + n_bytes;

  if (n_bytes >= sizeof mark - 1 && memcmp (p, mark, sizeof mark - 1) == 0)
    p += sizeof mark - 1;
  while (p < end && g_ascii_isspace (*p))
    p++;
  return p < end && *p == '<';
}

/* --- before parsing --- */

/* At @p, which lies behind @start. */
static gboolean
fail_early (const char *start, const char *p, const char *message, GError **error)
{
  guint line = 1, column = 1;

  for (; start < p; start++)
    if (*start == '\n')
      {
        line++;
        column = 1;
      }
    else
      column += (*start & 0xc0) != 0x80;
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: a place in a file, and what is wrong there */
               _ ("line %1$u, column %2$u: %3$s"), line, column, message);
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

/* What may stand before the first element besides a document type declaration, which the
 * parser refuses too; what @bytes are only the beginning of may go on with one. */
static gboolean
check_prolog (const char *bytes, const char *end, gboolean is_whole, GError **error)
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
      return fail_early (bytes, p,
                         _ ("it has a document type declaration, which is not read, "
                            "as it may call for other files"),
                         error);
    else if (*p == '<')
      return TRUE;
    else
      return fail_early (bytes, p, _ ("it is no XML"), error);
  return !is_whole || fail_early (bytes, p, _ ("it is no XML"), error);
}

static gboolean
fail_encoding (KutipXmlReader *self, GError **error)
{
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: a place in a file, and what is wrong there */
               _ ("line %1$u, column %2$u: %3$s"), self->line + 1, self->column + 1,
               _ ("this is not valid UTF-8"));
  return FALSE;
}

/* Counts lines, and the characters of the last one. */
static void
count_place (KutipXmlReader *self, const char *bytes, gsize n)
{
  const char *end = bytes + n;
  const char *feed;

  while (bytes < end && (feed = memchr (bytes, '\n', (gsize) (end - bytes))) != NULL)
    {
      self->line++;
      self->column = 0;
      bytes = feed + 1;
    }
  for (; bytes < end; bytes++)
    self->column += (*bytes & 0xc0) != 0x80;
}

static gboolean
is_utf16 (const char *bytes, gsize n)
{
  return n >= 2 &&
         (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0);
}

static gsize
count_mark (const char *bytes, gsize n)
{
  return n >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static gboolean
decode (KutipXmlReader *self, GError **error)
{
  gsize n;
  const char *bytes = g_bytes_get_data (self->bytes, &n);

  if (is_utf16 (bytes, n))
    {
      self->decoded = kutip_charset_decode (self->bytes, NULL, NULL, error);
      if (self->decoded == NULL)
        return FALSE;
      bytes = kutip_text_get_utf8 (self->decoded, &n);
    }
  self->rest = (bytes == NULL ? "" : bytes) + count_mark (bytes, n);
  self->end = (bytes == NULL ? "" : bytes) + n;
  if (!kutip_charset_check_utf8 (self->rest, (gsize) (self->end - self->rest), 1, error))
    return FALSE;
  return check_prolog (self->rest, self->end, TRUE, error);
}

/* --- bytes for the parser --- */

static gssize
fill_from_memory (gpointer data, char *buffer, gsize n, GError **error G_GNUC_UNUSED)
{
  KutipXmlReader *self = data;

  n = MIN (n, (gsize) (self->end - self->rest));
  if (n > 0)
    memcpy (buffer, self->rest, n);
  self->rest += n;
  return (gssize) n;
}

/* The bytes that were kept, and those that come. */
static gssize
fill_raw (KutipXmlReader *self, char *buffer, gsize n, GError **error)
{
  gssize n_read;

  if (self->rest < self->end)
    return fill_from_memory (self, buffer, n, NULL);
  memcpy (buffer, self->pending, self->n_pending);
  n_read = self->fill (self->data, buffer + self->n_pending, n - self->n_pending, error);
  if (n_read > 0)
    n_read += (gssize) self->n_pending;
  else if (n_read == 0 && self->n_pending > 0)
    return fail_encoding (self, error) ? 0 : -1;
  self->n_pending = 0;
  return n_read;
}

static gssize
fill_from_stream (gpointer data, char *buffer, gsize n, GError **error)
{
  KutipXmlReader *self = data;
  gssize n_read = fill_raw (self, buffer, n, error);
  const char *invalid;
  gsize n_valid;

  if (n_read <= 0 || g_utf8_validate_len (buffer, (gsize) n_read, &invalid))
    {
      count_place (self, buffer, (gsize) MAX (n_read, 0));
      return n_read;
    }
  n_valid = (gsize) (invalid - buffer);
  count_place (self, buffer, n_valid);
  self->n_pending = (gsize) n_read - n_valid;
  /* A NUL counts as the end of what is there for GLib, whatever follows it. */
  if (self->n_pending >= sizeof self->pending ||
      g_utf8_get_char_validated (invalid, (gssize) self->n_pending) != (gunichar) -2)
    return fail_encoding (self, error) ? 0 : -1;
  memcpy (self->pending, invalid, self->n_pending);
  /* Less than a character: more is needed to return anything. */
  return n_valid > 0 ? (gssize) n_valid : fill_from_stream (data, buffer, n, error);
}

/* What is in the stream, all of it, for what is rare. */
static gboolean
load_stream (KutipXmlReader *self, GError **error)
{
  gssize n_read;

  do
    {
      gsize n = self->head->len;

      g_string_set_size (self->head, n + HEAD);
      n_read = self->fill (self->data, self->head->str + n, HEAD, error);
      g_string_set_size (self->head, n + (gsize) MAX (n_read, 0));
    }
  while (n_read > 0);
  self->bytes = g_string_free_to_bytes (g_steal_pointer (&self->head));
  return n_read == 0 && decode (self, error);
}

static gboolean
read_head (KutipXmlReader *self, GError **error)
{
  gssize n_read = 1;

  self->head = g_string_sized_new (HEAD);
  while (self->head->len < HEAD && n_read > 0)
    {
      n_read = self->fill (self->data, self->head->str + self->head->len,
                           HEAD - self->head->len, error);
      self->head->len += (gsize) MAX (n_read, 0);
    }
  if (n_read < 0)
    return FALSE;
  if (is_utf16 (self->head->str, self->head->len))
    return load_stream (self, error);
  self->rest = self->head->str + count_mark (self->head->str, self->head->len);
  self->end = self->head->str + self->head->len;
  return check_prolog (self->rest, self->end, n_read == 0, error);
}

static void
set_failure (KutipXmlReader *self, guint line, guint column, const char *message)
{
  if (self->error == NULL && line == 0)
    self->error =
        g_error_new_literal (KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID, message);
  else if (self->error == NULL)
    self->error =
        g_error_new (KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                     /* Translators: a place in a file, and what is wrong there */
                     _ ("line %1$u, column %2$u: %3$s"), line, column, message);
}

static KutipXmlReader *
allocate (void)
{
  KutipXmlReader *self = g_new0 (KutipXmlReader, 1);

  self->item.name = self->item.name_space = "";
  self->item.line = self->item.column = 1;
  return self;
}

KutipXmlReader *
kutip_xml_reader_new (GBytes *bytes, GError **error)
{
  g_autoptr (KutipXmlReader) self = allocate ();

  self->bytes = g_bytes_ref (bytes);
  if (!decode (self, error))
    return NULL;
  self->parse = kutip_xml_parse_new (fill_from_memory, self);
  return g_steal_pointer (&self);
}

KutipXmlReader *
kutip_xml_reader_new_for_stream (KutipXmlFill fill, gpointer data, GError **error)
{
  g_autoptr (KutipXmlReader) self = allocate ();

  self->fill = fill;
  self->data = data;
  if (!read_head (self, error))
    return NULL;
  self->parse = kutip_xml_parse_new (
      self->bytes != NULL ? fill_from_memory : fill_from_stream, self);
  return g_steal_pointer (&self);
}

void
kutip_xml_reader_free (KutipXmlReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->parse, kutip_xml_parse_free);
  g_clear_pointer (&self->decoded, kutip_text_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (self->head != NULL)
    g_string_free (self->head, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

/* --- tokens --- */

static const KutipXmlItem *
get_attribute (KutipXmlReader *self, guint i)
{
  const KutipXmlItem *item = i < kutip_xml_parse_get_n_items (self->parse)
                                 ? kutip_xml_parse_get_item (self->parse, i)
                                 : NULL;

  return item == NULL || item->kind != KUTIP_XML_ITEM_ATTRIBUTE ? NULL : item;
}

/* To the item behind the token and its attributes. */
static gboolean
move_on (KutipXmlReader *self)
{
  while (get_attribute (self, self->next) != NULL)
    self->next++;
  if (self->next < kutip_xml_parse_get_n_items (self->parse))
    return TRUE;
  self->next = self->attribute = 0;
  return kutip_xml_parse_more (self->parse);
}

KutipXmlToken
kutip_xml_reader_next (KutipXmlReader *self)
{
  const char *failure;
  guint line, column;

  if (self->error != NULL)
    return KUTIP_XML_ERROR;
  if (!move_on (self))
    {
      failure = kutip_xml_parse_get_failure (self->parse, &line, &column);
      if (failure != NULL)
        set_failure (self, line, column, failure);
      return failure != NULL ? KUTIP_XML_ERROR : KUTIP_XML_DONE;
    }
  self->item = *kutip_xml_parse_get_item (self->parse, self->next);
  self->attribute = ++self->next;
  return self->item.kind == KUTIP_XML_ITEM_START ? KUTIP_XML_START
         : self->item.kind == KUTIP_XML_ITEM_END ? KUTIP_XML_END
                                                 : KUTIP_XML_TEXT;
}

const char *
kutip_xml_reader_get_name (KutipXmlReader *self)
{
  return self->item.name;
}

const char *
kutip_xml_reader_get_namespace (KutipXmlReader *self)
{
  return self->item.name_space;
}

guint
kutip_xml_reader_get_depth (KutipXmlReader *self)
{
  return self->item.depth;
}

guint
kutip_xml_reader_get_line (KutipXmlReader *self)
{
  return self->item.line;
}

/* Only in the part of the file that is at hand. */
const char *
kutip_xml_reader_get_text (KutipXmlReader *self)
{
  return self->next == 0 || self->item.kind != KUTIP_XML_ITEM_TEXT
             ? ""
             : kutip_xml_parse_get_text (self->parse, &self->item);
}

const char *
kutip_xml_reader_get_note (KutipXmlReader *self)
{
  return kutip_xml_parse_get_note (self->parse);
}

/* --- attributes --- */

gboolean
kutip_xml_reader_next_attribute (KutipXmlReader *self,
                                 const char **name_space,
                                 const char **name,
                                 const char **value)
{
  const KutipXmlItem *attribute = get_attribute (self, self->attribute);

  if (attribute == NULL)
    {
      self->attribute = self->next;
      return FALSE;
    }
  self->attribute++;
  *name_space = attribute->name_space;
  *name = attribute->name;
  *value = kutip_xml_parse_get_text (self->parse, attribute);
  return TRUE;
}

void
kutip_xml_reader_rewind_attributes (KutipXmlReader *self)
{
  self->attribute = self->next;
}

/* The end comes in the same part as the start of an element that is empty. */
gboolean
kutip_xml_reader_has_content (KutipXmlReader *self)
{
  guint i = self->next;

  while (get_attribute (self, i) != NULL)
    i++;
  return i >= kutip_xml_parse_get_n_items (self->parse) ||
         kutip_xml_parse_get_item (self->parse, i)->kind != KUTIP_XML_ITEM_END;
}

char *
kutip_xml_reader_dup_attribute (KutipXmlReader *self, const char *name)
{
  const KutipXmlItem *attribute;

  for (guint i = self->next; (attribute = get_attribute (self, i)) != NULL; i++)
    if (*attribute->name_space == '\0' && strcmp (attribute->name, name) == 0)
      return g_strdup (kutip_xml_parse_get_text (self->parse, attribute));
  return NULL;
}

/* --- elements --- */

char *
kutip_xml_reader_read_content (KutipXmlReader *self)
{
  GString *content = g_string_new (NULL);
  guint depth = kutip_xml_reader_get_depth (self);

  while (TRUE)
    switch (kutip_xml_reader_next (self))
      {
      case KUTIP_XML_TEXT:
        if (kutip_xml_reader_get_depth (self) == depth)
          g_string_append (content, kutip_xml_reader_get_text (self));
        break;
      case KUTIP_XML_START:
        kutip_xml_reader_skip (self);
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
  guint depth = kutip_xml_reader_get_depth (self);

  while (TRUE)
    switch (kutip_xml_reader_next (self))
      {
      case KUTIP_XML_END:
        if (kutip_xml_reader_get_depth (self) == depth)
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
        if (kutip_xml_reader_get_depth (self) == depth)
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
  set_failure (self, self->item.line, self->item.column, message);
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
