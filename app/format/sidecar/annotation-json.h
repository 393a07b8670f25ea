/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json-tree.h"
#include "model/layer.h"

G_BEGIN_DECLS

/* What Kutip says of spans, relations and articles beyond place and label, as members of
 * another program's JSON objects: for those that keep members they do not know. Each
 * appends ", NAME: VALUE" for what is there. format/draft.h reads them. */

/* "id", "attributes", "links", "note", "unsure", "origin", "created", "modified". */
void kutip_annotation_append_span (GString *out, const KutipSpanFields *fields);
/* The same without "links", and "event". */
void kutip_annotation_append_relation (GString *out, const KutipRelationFields *fields);
/* "language", "title" … "note", "status" unless it is @status, "attributes". */
void kutip_annotation_append_header (GString *out,
                                     const KutipHeaderFields *fields,
                                     KutipStatus status);
/* Members that were not understood when they were read, kept in @foreign as one of that
 * name; but those in @known. */
void kutip_annotation_append_unknown (GString *out,
                                      KutipForeign *foreign,
                                      const char *name,
                                      const char *const *known);
/* All of them; NULL: there are none. Owned by @tree, which is NULL before and which the
 * caller frees. */
const KutipJsonNode *kutip_annotation_find_unknown (KutipForeign *foreign,
                                                    const char *name,
                                                    KutipJsonTree **tree);
/* Nothing when @value is NULL. */
void kutip_annotation_append_string (GString *out, const char *name, const char *value);

G_END_DECLS
