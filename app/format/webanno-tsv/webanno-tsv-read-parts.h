/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/webanno-tsv/webanno-tsv.h"

G_BEGIN_DECLS

/* A table while it is read: what webanno-tsv-read.c and webanno-tsv-cells.c share. */

/* A relation or a target of a slot before all annotations are known. */
typedef struct
{
  KutipCasStructure *structure;
  const char *feature; /* to be set */
  const char *type;    /* that the target has, or a type of all */
  char *unit;          /* "2-7", "2-7.1" */
  guint64 id;
  guint64 line;
} KutipWebannoPending;

/* A row's token or part of one; there are as many as the text has words. */
typedef struct
{
  guint sentence, token; /* its name: "2-7.1", or "2-7" where the part is 0 */
  guint part : 31;
  guint indexed : 1; /* its notes are among the places */
  guint begin, end;
  guint first_note, last_note; /* index in the notes + 1, or 0 */
} KutipWebannoPlace;

/* An annotation on a row, and the next one there. */
typedef struct
{
  KutipCasStructure *structure;
  guint64 id;
  guint next; /* index + 1, or 0 */
} KutipWebannoNote;

typedef struct
{
  KutipCas *cas;
  const char *name; /* of the file */
  KutipReport *report;
  KutipCasStructure *sofa;
  gboolean java; /* escapes in the text */
  guint64 line;
  GPtrArray *layers;  /* KutipWebannoLayer */
  GHashTable *known;  /* "LAYER\tID" -> KutipCasStructure over several rows */
  GArray *units;      /* KutipWebannoPlace, in the order of their names */
  GPtrArray *words;   /* of the row that is read, in it */
  GHashTable *strays; /* name -> KutipWebannoPlace: rows that were out of this order */
  GArray *notes;      /* KutipWebannoNote */
  /* "TYPE\tUNIT\tID", and with no TYPE or "any" for ID -> the same; of the units that
   * something refers to, which are few. */
  GHashTable *places;
  GHashTable *chains; /* number -> GHashTable: number -> KutipCasStructure */
  GArray *pending;    /* KutipWebannoPending */
  GString *text;
  gsize n_text;      /* UTF-16 units */
  gsize n_spaces;    /* between sentences, that may still be made up */
  GString *sentence; /* its "#Text" lines, until its first row; NULL: it has begun */
  /* Where the row before began: it is mostly the same or further on. */
  gsize at, at_byte;  /* UTF-16 units, and bytes of the text */
  gsize n_walked;     /* units from row to row */
  gboolean unchecked; /* the rows jump about too much to look at their words */
  gboolean any_row;
  gboolean any_other_line; /* that was told of */
  /* The row that is read. */
  KutipWebannoPlace *place;
  guint64 begin, end;
} KutipWebannoReading;

/* The items of a layer's columns: GArray of KutipWebannoItem for each. */
typedef struct
{
  const KutipWebannoLayer *layer;
  guint number; /* of the layer */
  GPtrArray *cells;
  guint n; /* annotations */
} KutipWebannoCells;

/* Always FALSE; names the line. */
gboolean kutip_webanno_fail (KutipWebannoReading *self,
                             GError **error,
                             const char *format,
                             ...) G_GNUC_PRINTF (3, 4);
/* FALSE: it is no name of a row. */
gboolean kutip_webanno_parse_unit (const char *name, KutipWebannoPlace *place);
char *kutip_webanno_make_unit (const KutipWebannoPlace *place);
/* The row of that name, until the next row is read; NULL: there is none. */
KutipWebannoPlace *kutip_webanno_find_unit (KutipWebannoReading *self,
                                            const KutipWebannoPlace *name);
/* What a row says of one layer. */
gboolean kutip_webanno_read_cells (KutipWebannoReading *self,
                                   const KutipWebannoCells *cells,
                                   GError **error);
/* Once all rows are read: what refers to others, and chains. */
gboolean kutip_webanno_resolve (KutipWebannoReading *self, GError **error);
void kutip_webanno_build_chains (KutipWebannoReading *self);

G_END_DECLS
