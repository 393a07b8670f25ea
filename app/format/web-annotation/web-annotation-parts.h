/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/draft.h"

G_BEGIN_DECLS

#define KUTIP_WEB_ANNOTATION "web-annotation"
#define KUTIP_WEB_ANNOTATION_CONTEXT "http://www.w3.org/ns/anno.jsonld"
#define KUTIP_WEB_ANNOTATION_OWN "kutip"
/* A member of that: the annotation has the id that it had where it came from. */
#define KUTIP_WEB_ANNOTATION_FOREIGN_ID "foreign_id"
/* Around a quotation, in code points. */
#define KUTIP_WEB_ANNOTATION_CONTEXT_LENGTH 32

/* What the readers of web annotations share: any property may have one value or a list of
 * them. */

/* A value, or the first of several. */
const KutipJsonNode *kutip_web_get_first (const KutipJsonNode *node, const char *name);
gboolean kutip_web_has_value (const KutipJsonNode *node,
                              const char *name,
                              const char *wanted);
/* An IRI: given by itself, or as what a thing is or comes from. */
const char *kutip_web_get_iri (const KutipJsonNode *node);

/* Who made it, or NULL. */
const char *kutip_web_get_creator (const KutipJsonNode *annotation);
/* The body in which a link says where it leads, or NULL. */
const KutipJsonNode *kutip_web_find_linked (const KutipJsonNode *annotation);

/* An annotation's bodies, while they are read. */
typedef struct
{
  KutipDraft *draft;
  const char *label, *note; /* of the draft */
  GString *notes;           /* while there may be more of them */
  KutipAttributes **attributes;
  GArray *links;               /* KutipSpanLink, or NULL: none are taken */
  const KutipJsonNode *linked; /* the body that is the end of a relation, or NULL */
} KutipWebBodies;

/* Tags, notes and attributes; there is always a label. */
void kutip_web_bodies_read (KutipWebBodies *self, const KutipJsonNode *annotation);

G_END_DECLS
