/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/json/json-tree.h"

/* What other members are kept as. */
#define KUTIP_DOCCANO "doccano"
/* Labels of a whole text, and the attribute of an article that has them. */
#define KUTIP_DOCCANO_CATEGORIES "cats"

/* What people say of a text, which becomes its note. */
#define KUTIP_DOCCANO_COMMENTS "Comments"

G_BEGIN_DECLS

/* doccano's JSON Lines. Read: "label" (or "labels") as lists, "entities" and "relations",
 * "annotations" of old exports. Written: one line for each annotator's layer, with both
 * "label", which a project of sequence labelling imports, and "entities" with
 * "relations", which one of relation extraction does. doccano counts UTF-16 units in its
 * window; "offset_unit" says what was written. What stands beside these members is kept
 * and written back. */

/* What a project shows as metadata; and the members by which it is read. */
typedef struct
{
  const char *name;
  gsize offset; /* in KutipHeaderFields */
} KutipDoccanoMember;

#define KUTIP_DOCCANO_N_METADATA 6
extern const KutipDoccanoMember kutip_doccano_metadata[KUTIP_DOCCANO_N_METADATA];

/* Members of a row, of an entity and of a relation that are understood; NULL-terminated.
 * Of a row the first is KUTIP_DOCCANO_CATEGORIES. */
extern const char *const kutip_doccano_row_members[];
extern const char *const kutip_doccano_entity_members[];
extern const char *const kutip_doccano_relation_members[];

/* Appends a list of comments, a line each: strings, numbers, or objects with a
 * "comment". */
void kutip_doccano_join_comments (GString *out, const KutipJsonNode *list);

gboolean kutip_doccano_read (KutipSource *source,
                             const KutipFormatOptions *options,
                             KutipRecordFunc emit,
                             gpointer data,
                             KutipReport *report,
                             GError **error);

G_END_DECLS
