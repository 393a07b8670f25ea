/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/uima/cas.h"

G_BEGIN_DECLS

/* A CAS while a layer is made of it: what the files of this folder that do so share. */

/* A span with all its pieces. */
typedef struct
{
  const char *id;
  KutipSpan *base; /* what Kutip's own feature says, or NULL */
  const char *label;
  const char *note;
  GArray *ranges; /* KutipRange */
  KutipAttributes *attributes;
  KutipForeign *foreign;
} KutipCasSpan;

typedef struct
{
  KutipCas *cas;
  const KutipCasOrigin *origin;
  const KutipCasStructure *sofa, *header;
  KutipText *text;
  char *path;
  KutipLayer *layer;
  GPtrArray *spans;       /* KutipCasSpan */
  GHashTable *span_of;    /* KutipCasStructure -> KutipCasSpan, NULL: it cannot be one */
  GHashTable *span_by_id; /* Kutip's own ids */
  GHashTable *chain_of;   /* KutipCasStructure of a link -> that of its chain */
  GHashTable *links;      /* KutipCasStructure of links that a feature leads to */
  GHashTable *ranges;     /* kutip_cas_ranges_note() */
} KutipCasReading;

/* Always FALSE; names the structure. */
gboolean kutip_cas_reading_fail (const KutipCasStructure *structure,
                                 GError **error,
                                 const char *format,
                                 ...) G_GNUC_PRINTF (3, 4);
void kutip_cas_reading_warn (KutipCasReading *self,
                             const char *what,
                             const KutipCasStructure *structure);
/* What a structure is. */
typedef enum
{
  KUTIP_CAS_PART_DOCUMENT, /* what it says of the whole */
  KUTIP_CAS_PART_SEGMENT,
  KUTIP_CAS_PART_RELATION,
  KUTIP_CAS_PART_LINK,
  KUTIP_CAS_PART_CHAIN,
  KUTIP_CAS_PART_LIST,
  KUTIP_CAS_PART_OTHER, /* a span, or what is told of where it is read */
} KutipCasPart;
KutipCasPart kutip_cas_find_part (const KutipCasStructure *structure);
/* A structure of a role and a target. */
gboolean kutip_cas_is_link (const KutipCasStructure *structure);

/* Makes a span of an annotation, or a piece of one that is there. */
gboolean kutip_cas_reading_add_span (KutipCasReading *self,
                                     const KutipCasStructure *structure,
                                     GError **error);
/* Puts them into the layer once all are there. */
void kutip_cas_reading_finish_spans (KutipCasReading *self);
void kutip_cas_span_free (gpointer data);

/* The features that lead from @structure to others, once all spans are there. */
gboolean kutip_cas_reading_add_references (KutipCasReading *self,
                                           const KutipCasStructure *structure,
                                           GError **error);
/* A structure with a Governor and a Dependent. */
gboolean kutip_cas_reading_add_relation (KutipCasReading *self,
                                         const KutipCasStructure *structure,
                                         GError **error);

/* The features of @structure that are an attribute each; @skipped (NULL-terminated, may
 * hold NULL for none at @n_skipped places) are not. @base: what Kutip's own feature says
 * of them, which tells names and kinds. Owned; NULL for none. */
KutipAttributes *kutip_cas_read_attributes (const KutipCasStructure *structure,
                                            const char *label_feature,
                                            KutipAttributes *base);
/* What Kutip said, if another program did not change it since, or else what stands
 * there. */
const char *kutip_cas_choose (const char *said, const char *stands);

G_END_DECLS
