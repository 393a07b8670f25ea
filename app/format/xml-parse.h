/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KUTIP_XML_ITEM_START,
  KUTIP_XML_ITEM_ATTRIBUTE, /* behind the start, or the attribute before */
  KUTIP_XML_ITEM_TEXT,      /* never two of them in a row */
  KUTIP_XML_ITEM_END,
} KutipXmlItemKind;

typedef struct
{
  const char *name_space; /* "" for none; of an end, those of the start */
  const char *name;
  gsize text; /* in @texts: of an attribute or a text */
  guint line; /* at which the start tag ends */
  guint16 depth;
  guint16 kind; /* KutipXmlItemKind */
} KutipXmlItem;

/* A whole file of XML, taken apart, up to where it fails. */
typedef struct
{
  GArray *items;       /* KutipXmlItem */
  GString *texts;      /* each with a NUL */
  GStringChunk *names; /* each once */
  char *failure;       /* or NULL */
  guint failure_line;
} KutipXmlParsed;

/* @data is UTF-8 of at most G_MAXINT bytes, without a byte order mark, whatever it
 * declares. Never NULL. */
KutipXmlParsed *kutip_xml_parse (const char *data, gsize n);
void kutip_xml_parsed_free (KutipXmlParsed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipXmlParsed, kutip_xml_parsed_free)

G_END_DECLS
