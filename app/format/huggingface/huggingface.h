/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/json/json.h"

G_BEGIN_DECLS

/* What the files of this folder that deal with rows for Hugging Face's "datasets" share.
 *
 * A row is what one annotator marked in one article. Every row has every column, and each
 * column always the same type, as readers infer types from the first rows only: "" and []
 * stand for what is absent, and null for a score that nobody gave. */

/* The columns that the header holds as strings, in the order in which they are written.
 */
typedef struct
{
  const char *name;
  gsize offset; /* in KutipHeaderFields */
} KutipHuggingfaceColumn;

#define KUTIP_HUGGINGFACE_N_METADATA 7
extern const KutipHuggingfaceColumn
    kutip_huggingface_metadata[KUTIP_HUGGINGFACE_N_METADATA];

/* Where a row is read, and what it is told of. */
typedef struct
{
  KutipJsonReader *reader;
  GStringChunk *strings; /* of the whole row */
  const char *file;
  guint64 line;
  KutipReport *report;
} KutipHuggingfacePlace;

/* As it is, for as long as the row; "" after an error. */
const char *kutip_huggingface_read_string (KutipHuggingfacePlace *at);
/* Passes over the value of @member, and tells of it unless it says nothing. */
void kutip_huggingface_leave_out (KutipHuggingfacePlace *at, const char *member);
/* The column of attributes. Owned; NULL for none, and after an error. */
KutipAttributes *kutip_huggingface_read_attributes (KutipHuggingfacePlace *at);
/* A column that others made: text, a number or a boolean becomes the attribute @name in
 * @attributes; what is empty says nothing. FALSE: a list or an object, which is passed
 * over. */
gboolean kutip_huggingface_read_attribute (KutipJsonReader *reader,
                                           const char *name,
                                           KutipAttributes **attributes);
gboolean kutip_huggingface_read (KutipSource *source,
                                 const KutipFormatOptions *options,
                                 KutipRecordFunc emit,
                                 gpointer data,
                                 KutipReport *report,
                                 GError **error);

/* --- the dataset card, README.md --- */

typedef struct
{
  const char *name; /* "train" */
  char *path;       /* "data/train.jsonl" */
  guint64 n_rows, n_articles, n_spans, n_relations, n_bytes;
  GTree *spans_by_label;     /* char* -> guint64* */
  GTree *relations_by_label; /* char* -> guint64* */
} KutipHuggingfaceSplit;

/* NULL where nobody says. */
typedef struct
{
  const char *title, *license;
  const char *generator;        /* "Kutip 0.1.0" */
  const char *how;              /* how it was split, a sentence of English, or NULL */
  const char *const *languages; /* BCP 47, NULL-terminated */
  const KutipHuggingfaceSplit *splits;
  guint n_splits;
  KutipTagset *tagset;
} KutipHuggingfaceCard;

/* YAML between two lines of "---", which names the columns, their types and the files;
 * then Markdown for people. In English, whatever the locale. Owned. */
GString *kutip_huggingface_make_card (const KutipHuggingfaceCard *card);

G_END_DECLS
