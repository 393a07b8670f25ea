/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/tokens.h"
#include "format/webanno-tsv/webanno-tsv.h"

G_BEGIN_DECLS

/* A table while it is written: what webanno-tsv-write.c and webanno-tsv-place.c share. */

/* A token or a part of one, as a row. Offsets are UTF-16 units. There are as many as the
 * text has words: what few have is in tables. */
typedef struct
{
  guint begin, end;
  guint sentence, token, part; /* its name: "1-2.1", or "1-2" where the part is 0 */
  guint first_note, last_note; /* index in the notes + 1, or 0 */
} KutipWebannoUnit;

/* An annotation as rows have it. */
typedef struct
{
  const KutipCasStructure *structure;
  const KutipWebannoUnit *first;
  guint n_units;
  GArray *notes;         /* KutipWebannoNote */
  GHashTable *parts;     /* unit of a token -> GPtrArray of KutipWebannoUnit */
  GHashTable *relations; /* unit -> GPtrArray of KutipCasStructure that end there */
  guint64 id;            /* 0: it needs none */
  gboolean needed;       /* an id, as something refers to it by type alone */
  guint64 chain, link;
} KutipWebannoMark;

/* That an annotation is on a row, and the next one there, in the order of the CAS. */
typedef struct
{
  KutipWebannoMark *mark;
  guint next; /* index + 1, or 0 */
} KutipWebannoNote;

typedef struct
{
  KutipCas *cas;
  KutipReport *report;
  const char *path;
  KutipText *text;
  KutipWebannoUnit *units; /* of each token */
  guint n_units;
  GArray *notes;         /* KutipWebannoNote */
  GHashTable *parts;     /* unit of a token -> GPtrArray of KutipWebannoUnit */
  GHashTable *relations; /* unit -> GPtrArray of KutipCasStructure that end there */
  GPtrArray *layers;     /* KutipWebannoLayer */
  GPtrArray *marks;      /* Mark */
  GHashTable *mark_of;   /* KutipCasStructure -> Mark */
  GHashTable *end_types; /* type of relations -> that of their ends, or of all */
  GHashTable *chain_types, *relation_types, *span_types; /* sets of types */
  GPtrArray *order;                                      /* of types, borrowed */
} KutipWebannoWriting;

/* Lists of a unit; NULL where there is nothing. */
GPtrArray *kutip_webanno_get_parts (KutipWebannoWriting *self,
                                    const KutipWebannoUnit *unit);
GPtrArray *kutip_webanno_get_relations (KutipWebannoWriting *self,
                                        const KutipWebannoUnit *unit);
/* The first annotation on a row, or the next one: @note is 0 at first and at the end. */
KutipWebannoMark *kutip_webanno_next_mark (KutipWebannoWriting *self,
                                           const KutipWebannoUnit *unit,
                                           guint *note);
void kutip_webanno_unit_append_name (GString *out, const KutipWebannoUnit *self);

gboolean kutip_webanno_is_relation (const KutipCasStructure *structure);
/* The type that both ends of all relations of a type have, or that of all annotations. */
const char *kutip_webanno_find_end_type (KutipWebannoWriting *self, const char *type);
/* Of the annotation that a feature leads to; NULL: it has no row. */
KutipWebannoMark *kutip_webanno_find_mark (KutipWebannoWriting *self,
                                           const KutipCasStructure *structure,
                                           const char *feature);
/* Cuts the text into rows and puts annotations and relations on them, with numbers where
 * they need some. Layers are known. */
void kutip_webanno_place (KutipWebannoWriting *self);

G_END_DECLS
