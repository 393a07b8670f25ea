/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
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

#define KUTIP_WEB_ANNOTATION "web-annotation"
#define KUTIP_WEB_ANNOTATION_CONTEXT "http://www.w3.org/ns/anno.jsonld"
#define KUTIP_WEB_ANNOTATION_OWN "kutip"
/* A member of that: the annotation has the id that it had where it came from. */
#define KUTIP_WEB_ANNOTATION_FOREIGN_ID "foreign_id"
/* Around a quotation, in code points. */
#define KUTIP_WEB_ANNOTATION_CONTEXT_LENGTH 32

/* Members of an annotation that are understood. */
extern const char *const kutip_web_annotation_members[];

gboolean kutip_web_annotation_read (KutipSource *source,
                                    const KutipFormatOptions *options,
                                    KutipRecordFunc emit,
                                    gpointer data,
                                    KutipReport *report,
                                    GError **error);

G_END_DECLS
