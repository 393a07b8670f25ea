/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/web-annotation/web-annotation-parts.h"
#include "model/foreign.h"

G_BEGIN_DECLS

/* The W3C's Web Annotation Data Model as JSON-LD
 * (https://www.w3.org/TR/annotation-model/). Read: single annotations, pages,
 * collections, and lists of them. Written: a list of annotation pages, one for each
 * annotator of an article.
 *
 * Labels, notes and attributes are textual bodies (tagging, commenting, classifying); a
 * discontinuous span has several targets; a relation is an annotation that links two
 * others. What has no place there stands in a member "kutip", which others pass over. */

/* Members of an annotation that are understood. */
extern const char *const kutip_web_annotation_members[];

gboolean kutip_web_annotation_read (KutipSource *source,
                                    const KutipFormatOptions *options,
                                    KutipRecordFunc emit,
                                    gpointer data,
                                    KutipReport *report,
                                    GError **error);

/* The name of a layer's annotator; "" for none. */
const char *kutip_web_annotation_get_annotator (KutipLayer *layer);
/* A name that is the same for the same thing at all times. @id may be NULL. Owned. */
char *kutip_web_annotation_make_urn (const char *path,
                                     const char *annotator,
                                     const char *kind,
                                     const char *id);
/* The IRI that an annotation had where it came from. Owned, or NULL. */
char *kutip_web_annotation_dup_foreign_iri (KutipForeign *foreign);
/* That, or one of our own. Owned. */
char *kutip_web_annotation_make_iri (const char *path,
                                     const char *annotator,
                                     KutipForeign *foreign,
                                     const char *kind,
                                     const char *id);

gboolean kutip_web_annotation_compare (KutipRecord *record,
                                       const char *bytes,
                                       gsize n_bytes,
                                       GHashTable *excused,
                                       KutipDifference *difference);

G_END_DECLS
