/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/tokens.h"
#include "format/webanno-tsv.h"

G_BEGIN_DECLS

/* A table while it is written: what webanno-tsv-write.c and webanno-tsv-place.c share. */

/* A token or a part of one, as a row. Offsets are UTF-16 units. There are as many as the
 * text has words, and most have no lists: NULL. */
typedef struct
{
  guint begin, end;
  guint sentence, token, part; /* its name: "1-2.1", or "1-2" where the part is 0 */
  GPtrArray *marks;            /* KutipWebannoMark, in the order of the CAS */
  GPtrArray *relations;        /* KutipCasStructure that end here */
  GPtrArray *parts;            /* of a token: KutipWebannoUnit */
} KutipWebannoUnit;

/* An annotation as rows have it. */
typedef struct
{
  const KutipCasStructure *structure;
  const KutipWebannoUnit *first;
  guint n_units;
  guint64 id;      /* 0: it needs none */
  gboolean needed; /* an id, as something refers to it by type alone */
  guint64 chain, link;
} KutipWebannoMark;

typedef struct
{
  KutipCas *cas;
  KutipReport *report;
  const char *path;
  KutipText *text;
  KutipWebannoUnit *units; /* of each token */
  guint n_units;
  GPtrArray *layers;     /* KutipWebannoLayer */
  GPtrArray *marks;      /* Mark */
  GHashTable *mark_of;   /* KutipCasStructure -> Mark */
  GHashTable *end_types; /* type of relations -> that of their ends, or of all */
  GHashTable *chain_types, *relation_types, *span_types; /* sets of types */
  GPtrArray *order;                                      /* of types, borrowed */
} KutipWebannoWriting;

void kutip_webanno_unit_clear (KutipWebannoUnit *self);
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
