/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/xml/xml.h"

G_BEGIN_DECLS

typedef enum
{
  KUTIP_XML_ITEM_START,
  KUTIP_XML_ITEM_ATTRIBUTE, /* behind the start, or the attribute before */
  KUTIP_XML_ITEM_TEXT,
  KUTIP_XML_ITEM_END,
} KutipXmlItemKind;

typedef struct
{
  const char *name_space; /* "" for none; of an end, those of the start */
  const char *name;
  gsize text;         /* where get_text() finds that of an attribute or a text */
  guint line, column; /* at which the start tag ends, from 1; code points */
  guint16 depth;
  guint16 kind; /* KutipXmlItemKind */
} KutipXmlItem;

/* A file of XML that is taken apart part by part, so that memory grows with the longest
 * tag, not with the file. */
typedef struct _KutipXmlParse KutipXmlParse;

KutipXmlParse *kutip_xml_parse_new (KutipXmlFill fill, gpointer data);
void kutip_xml_parse_free (KutipXmlParse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipXmlParse, kutip_xml_parse_free)

/* The next items in place of those before, of which only names stay; FALSE at the end, or
 * where it fails. A tag is never in two parts; a text may be. */
gboolean kutip_xml_parse_more (KutipXmlParse *self);
guint kutip_xml_parse_get_n_items (KutipXmlParse *self);
const KutipXmlItem *kutip_xml_parse_get_item (KutipXmlParse *self, guint i);
const char *kutip_xml_parse_get_text (KutipXmlParse *self, const KutipXmlItem *item);
/* What is wrong behind the items; NULL for nothing. Line 0: it is wrong with the file as
 * a whole. */
const char *kutip_xml_parse_get_failure (KutipXmlParse *self, guint *line, guint *column);
/* What the first comment says so far that begins with KUTIP_XML_NOTE; or NULL. */
const char *kutip_xml_parse_get_note (KutipXmlParse *self);

G_END_DECLS
