/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A strict pull reader for XML, for files of other programs: a document type declaration
 * is refused, so that there are no entities but the five of XML itself; nothing is ever
 * fetched; elements lie at most KUTIP_XML_MAX_DEPTH deep. Bytes are UTF-8, or UTF-16 with
 * a byte order mark, whatever the declaration says. Comments and processing instructions
 * are passed over, but for a note of Kutip's own. */
typedef struct _KutipXmlReader KutipXmlReader;

#define KUTIP_XML_MAX_DEPTH 200
/* How a comment begins that is a note. */
#define KUTIP_XML_NOTE " kutip: "

/* Whether there is a "<" behind white space and a byte order mark: of a file's first
 * bytes, in UTF-8. */
gboolean kutip_xml_begins (const char *bytes, gsize n_bytes);

typedef enum
{
  KUTIP_XML_START,
  KUTIP_XML_END, /* also of an element that is empty */
  KUTIP_XML_TEXT,
  KUTIP_XML_DONE,
  KUTIP_XML_ERROR,
} KutipXmlToken;

/* NULL for bytes that can be no XML; what is wrong further on is told by finish(). */
KutipXmlReader *kutip_xml_reader_new (GBytes *bytes, GError **error);
/* Where the file comes from: up to @n bytes of it into @buffer, 0 at its end; -1 with
 * @error. They are UTF-8 without a byte order mark, whatever they declare. */
typedef gssize (*KutipXmlFill) (gpointer data, char *buffer, gsize n, GError **error);
/* Of what @fill brings, as a file in memory is read. */
KutipXmlReader *kutip_xml_reader_new_for_stream (KutipXmlFill fill,
                                                 gpointer data,
                                                 GError **error);
void kutip_xml_reader_free (KutipXmlReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipXmlReader, kutip_xml_reader_free)

KutipXmlToken kutip_xml_reader_next (KutipXmlReader *self);
/* Of the element that starts or ends: its name without a prefix, its namespace ("" for
 * none). Valid as long as the reader. */
const char *kutip_xml_reader_get_name (KutipXmlReader *self);
const char *kutip_xml_reader_get_namespace (KutipXmlReader *self);
/* How many elements are open, this one included. */
guint kutip_xml_reader_get_depth (KutipXmlReader *self);
guint kutip_xml_reader_get_line (KutipXmlReader *self);
/* Of the text; valid until the next call. */
const char *kutip_xml_reader_get_text (KutipXmlReader *self);

/* Of the element that starts: an attribute in no namespace, or NULL. Owned. */
char *kutip_xml_reader_dup_attribute (KutipXmlReader *self, const char *name);
/* One after the other; FALSE behind the last. Valid until the next call. */
gboolean kutip_xml_reader_next_attribute (KutipXmlReader *self,
                                          const char **name_space,
                                          const char **name,
                                          const char **value);

/* So that the next one is the first again. */
void kutip_xml_reader_rewind_attributes (KutipXmlReader *self);
/* Whether something may stand in the element that starts, besides its end. */
gboolean kutip_xml_reader_has_content (KutipXmlReader *self);

/* Behind the start of an element: the text in it, up to its end; elements within are
 * passed over. Owned. */
char *kutip_xml_reader_read_content (KutipXmlReader *self);
/* To the end of the element that starts. */
void kutip_xml_reader_skip (KutipXmlReader *self);
/* To the start of the next child of an element at @depth; FALSE at its end. */
gboolean kutip_xml_reader_next_child (KutipXmlReader *self, guint depth);

/* The first note so far, without that, or NULL; valid as long as the reader. */
const char *kutip_xml_reader_get_note (KutipXmlReader *self);

/* Fails with a message at the present line; the first failure is the one that counts. */
void kutip_xml_reader_fail (KutipXmlReader *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
gboolean kutip_xml_reader_failed (KutipXmlReader *self);
/* FALSE and @error set if anything failed. */
gboolean kutip_xml_reader_finish (KutipXmlReader *self, GError **error);

/* Writing: what XML cannot hold (control characters, U+FFFE, U+FFFF) becomes a space, as
 * INCEpTION has it, so that offsets hold; TRUE when there was any. Line ends and TABs are
 * kept in both. */
gboolean kutip_xml_append_attribute (GString *out, const char *name, const char *value);
gboolean kutip_xml_append_text (GString *out, const char *text);
/* @note has no "--", and only what XML can hold. */
void kutip_xml_append_note (GString *out, const char *note);
/* Whether there is such a character. */
gboolean kutip_xml_is_clean (const char *text);

G_END_DECLS
