/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/uima/cas-segments.h"

G_BEGIN_DECLS

/* The model behind UIMA's and INCEpTION's files (XMI, CAS JSON, WebAnno TSV 3): feature
 * structures of types, with features that are strings, numbers, references … Readers of
 * the three fill a KutipCas, which cas-layer.c makes a layer of; for writing, cas-write.c
 * makes one of a layer. Offsets are UTF-16 units. */

#define KUTIP_CAS_ANNOTATION "uima.tcas.Annotation"
#define KUTIP_CAS_DOCUMENT_ANNOTATION "uima.tcas.DocumentAnnotation"
#define KUTIP_CAS_ANNOTATION_BASE "uima.cas.AnnotationBase"
#define KUTIP_CAS_TOP "uima.cas.TOP"
#define KUTIP_CAS_SOFA "uima.cas.Sofa"
#define KUTIP_CAS_VIEW "_InitialView"
#define KUTIP_CAS_TOKEN "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
#define KUTIP_CAS_SENTENCE "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
#define KUTIP_CAS_METADATA                                                               \
  "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
/* What Kutip writes where the layer does not say another type: INCEpTION's custom
 * layers. */
#define KUTIP_CAS_SPAN "webanno.custom.Span"
#define KUTIP_CAS_RELATION "webanno.custom.Relation"
/* What a header says that CAS has no place for; one a CAS. */
#define KUTIP_CAS_HEADER "kutip.Header"

typedef enum
{
  KUTIP_CAS_STRING,
  KUTIP_CAS_BOOLEAN,
  KUTIP_CAS_NUMBER,
  KUTIP_CAS_STRINGS,    /* a list of strings, or of numbers as they are written */
  KUTIP_CAS_REFERENCE,  /* to one structure */
  KUTIP_CAS_REFERENCES, /* to a list of them */
  KUTIP_CAS_UNKNOWN,    /* a word that the type system tells nothing about */
  KUTIP_CAS_MADE, /* a string that is only made when it is written; see KutipCasMake */
} KutipCasKind;

/* A feature of a structure; strings and lists belong to the KutipCas. There may be
 * hundreds of thousands. */
typedef struct
{
  const char *name;
  KutipCasKind kind;
  guint n_references; /* or what the maker of the string calls its object */
  union
  {
    const char *string;         /* of the first three, and of an unknown one */
    const char *const *strings; /* NULL-terminated */
    const guint64 *references;  /* one or more, by id */
    gpointer object;            /* that a string is to be made of */
  };
} KutipCasValue;

typedef struct
{
  guint64 id;
  const char *type;
  KutipCasValue *values; /* without sofa, begin and end */
  guint n_values, n_room;
  guint64 sofa; /* 0: none */
  guint64 begin, end;
  const char *origin; /* the id of the span or relation that it was made of, or NULL */
  guint line;         /* in its file, or 0 */
  gboolean placed;    /* it has begin and end */
  gboolean taken;     /* of a list: some feature is what it holds */
} KutipCasStructure;

/* Makes the string of a value; owned. */
typedef char *(*KutipCasMake) (const KutipCasStructure *structure,
                               const KutipCasValue *value,
                               gpointer data);

/* Types as the input declares them, or as the output needs them. */
typedef struct
{
  const char *name;
  KutipCasKind kind;
  const char *range; /* a type; of a list, what is in it */
} KutipCasFeature;

typedef struct
{
  const char *name, *super;
  GArray *features; /* KutipCasFeature */
} KutipCasType;

/* Tokens and sentences that are written, and are not there before: those of @text. */
typedef struct
{
  KutipText *text;  /* NULL: none */
  guint n_before;   /* how many structures stand before them */
  guint64 first_id; /* sentences, then tokens */
  guint n_sentences, n_tokens;
} KutipCasCutting;

typedef struct
{
  GStringChunk *names; /* each once */
  GPtrArray *blocks;   /* of all memory of structures and values */
  char *room;          /* of the last block */
  gsize n_room;
  GPtrArray *structures; /* KutipCasStructure */
  GHashTable *by_id;     /* guint64 * in the structure -> KutipCasStructure */
  guint64 last_id;       /* that kutip_cas_add() gave */
  /* Tokens and sentences that were read and say nothing else, of one sofa. */
  KutipCasSegments *segments;
  guint64 segment_sofa;
  KutipCasCutting cutting;
  KutipCasMake make; /* of KUTIP_CAS_MADE */
  gpointer make_data;
  GDestroyNotify free_make_data;
  GPtrArray *types; /* KutipCasType, in order */
  GHashTable *type_by_name;
  /* What was left out while it was read; kutip_cas_leave(). NULL: nothing. */
  GArray *rest;
  GHashTable *left;
} KutipCas;

KutipCas *kutip_cas_new (void);
void kutip_cas_free (KutipCas *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipCas, kutip_cas_free)

/* A string that lives as long as the CAS; the same for the same characters. */
const char *kutip_cas_intern (KutipCas *self, const char *string);
const char *kutip_cas_insert (KutipCas *self, const char *string);

/* NULL and @error when the id is there already; 0: gets one. */
KutipCasStructure *kutip_cas_add (KutipCas *self,
                                  guint64 id,
                                  const char *type,
                                  GError **error);
/* A segment becomes a structure when it is looked for. */
KutipCasStructure *kutip_cas_find (KutipCas *self, guint64 id);
/* Whether there is one, or a segment. */
gboolean kutip_cas_has (KutipCas *self, guint64 id);
/* Whether all that a type has to say is where its annotations are. */
gboolean kutip_cas_is_segment_type (const char *type);
/* Takes an annotation of such a type as a segment; FALSE: it must be added. */
gboolean kutip_cas_add_segment (KutipCas *self,
                                const KutipCasSegment *segment,
                                guint64 sofa);
/* Reads decimal digits. */
gboolean kutip_cas_parse_number (const char *string, guint64 *number);

/* All copy what they are given, but for these; what is lent must stay. */
/* Takes @string. */
void kutip_cas_take_string (KutipCas *self,
                            KutipCasStructure *structure,
                            const char *name,
                            char *string);
void kutip_cas_lend_string (KutipCas *self,
                            KutipCasStructure *structure,
                            const char *name,
                            const char *string);
void kutip_cas_set_string (KutipCas *self,
                           KutipCasStructure *structure,
                           const char *name,
                           KutipCasKind kind,
                           const char *string);
void kutip_cas_set_strings (KutipCas *self,
                            KutipCasStructure *structure,
                            const char *name,
                            const char *const *strings);
void kutip_cas_set_references (KutipCas *self,
                               KutipCasStructure *structure,
                               const char *name,
                               KutipCasKind kind,
                               const guint64 *references,
                               guint n);
/* What the caller adds is of KUTIP_CAS_MADE. */
void kutip_cas_set_made (KutipCas *self,
                         KutipCasStructure *structure,
                         const char *name,
                         guint what,
                         gpointer object);
/* Takes the string out of the value, which is empty then; owned. */
char *kutip_cas_steal_string (KutipCas *self,
                              KutipCasStructure *structure,
                              const char *name);
/* NULL when it is none of one string. */
const char *kutip_cas_value_get_string (const KutipCasValue *self);
/* NULL when there is none. */
const KutipCasValue *kutip_cas_get (const KutipCasStructure *structure, const char *name);
const char *kutip_cas_get_string (const KutipCasStructure *structure, const char *name);
/* 0 when there is none. */
guint64 kutip_cas_get_reference (const KutipCasStructure *structure, const char *name);

KutipCasType *kutip_cas_declare (KutipCas *self, const char *type, const char *super);
void kutip_cas_declare_feature (KutipCas *self,
                                const char *type,
                                const char *feature,
                                KutipCasKind kind,
                                const char *range);
/* Of a declared or built-in feature, its own or inherited; NULL: the type system does not
 * tell. */
const KutipCasFeature *kutip_cas_find_feature (KutipCas *self,
                                               const char *type,
                                               const char *feature);
/* What a feature of the UIMA type @range holds; @element is the "%ELEMENT_TYPE" or NULL.
 * Subtypes of strings are known once they are declared. */
KutipCasKind kutip_cas_find_kind (KutipCas *self, const char *range, const char *element);
/* "a.b.C" -> "C"; borrowed. */
const char *kutip_cas_get_short_name (const char *type);

/* Replaces references to arrays by what is in them, and guesses what the type system did
 * not tell. FALSE when a reference leads nowhere. */
gboolean kutip_cas_resolve (KutipCas *self, GError **error);

/* A member of a span's or relation's unknown ones: {"type": …, …}, where CAS and TSV have
 * more to say of it than a layer. */
#define KUTIP_CAS_FOREIGN "uima"

/* --- a CAS and a layer --- */

/* Where a file was found, and what it is called. */
typedef struct
{
  KutipSource *source;
  const char *suffix; /* of the format, to be left out of the article's path */
  KutipReport *report;
  const char *file; /* another that is read beside it; NULL: its own */
} KutipCasOrigin;

/* A record with one layer. @header may be NULL, or gets the structure of
 * KUTIP_CAS_HEADER, borrowed. */
KutipRecord *kutip_cas_to_record (KutipCas *self,
                                  const KutipCasOrigin *origin,
                                  const KutipCasStructure **header,
                                  GError **error);

/* The names of all layers of an article, which have a file each, in order; NULL: it is
 * the only one. */
const char *const *kutip_cas_get_layers (const KutipCasStructure *header);

typedef struct
{
  /* Kutip's own features: ids, origins, times, pieces … */
  gboolean everything;
  /* Tokens and sentences. */
  gboolean segments;
  const char *const *layers; /* for KUTIP_CAS_HEADER, or NULL */
  const char *annotator;     /* as in the file's name */
} KutipCasWriting;

/* Reports what @writing leaves out and flags cannot tell. The CAS refers to the record
 * and to @writing. */
KutipCas *kutip_cas_from_layer (KutipRecord *record,
                                KutipLayer *layer,
                                const KutipCasWriting *writing,
                                KutipReport *report);
/* All that is to be written, in its order: structures go to @each, the tokens and
 * sentences that are only cut now to @each_cut. */
void kutip_cas_foreach (KutipCas *self,
                        void (*each) (const KutipCasStructure *structure, gpointer data),
                        void (*each_cut) (const KutipCasSegment *segment, gpointer data),
                        gpointer data);
/* Calls @each for all that the view of @sofa shows: structures and what is to be cut. */
void kutip_cas_foreach_member (KutipCas *self,
                               guint64 sofa,
                               void (*each) (guint64 id, gpointer data),
                               gpointer data);
/* The structure with the text, and Kutip's own; NULL when there is none. */
KutipCasStructure *kutip_cas_find_sofa (KutipCas *self);
KutipCasStructure *kutip_cas_find_header (KutipCas *self);
KutipCasStructure *kutip_cas_find_first (KutipCas *self, const char *type);

G_END_DECLS
