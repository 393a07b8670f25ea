/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert.h"

G_BEGIN_DECLS

/* Makes a dataset out of annotated articles: a folder with one file, or one folder of
 * files, for each split, the tag set, and a manifest that says how it was made and what
 * is in it. The same articles, options and seed give the same bytes. */

typedef enum
{
  KUTIP_EXPORT_ARTICLE, /* a record is an article */
  KUTIP_EXPORT_PARAGRAPH,
  KUTIP_EXPORT_SENTENCE,
} KutipExportContext;

#define KUTIP_EXPORT_MAX_SPLITS 3
/* What --stratify-by calls the labels of the spans. */
#define KUTIP_EXPORT_BY_LABEL "label"

/* Zero where nothing is asked for. All is borrowed. */
typedef struct
{
  /* Sizes of two splits (train, test) or three (train, validation, test); @n_shares 0: no
   * shares. */
  guint shares[KUTIP_EXPORT_MAX_SPLITS];
  guint n_shares;
  guint64 seed;
  /* Fields (export-field.h): articles of the same value stay together; are shared out
   * evenly. */
  const char *group_by, *stratify_by;
  /* Or days, as "2023-07-01": each but the first split begins on one. */
  const char *dates[KUTIP_EXPORT_MAX_SPLITS - 1];
  guint n_dates;
  const char *layer;  /* only this annotator's; "": the one without a name */
  gboolean done_only; /* only layers that are done */
  KutipExportContext context;
  const char *title, *license; /* of the dataset; NULL when nobody says */
  const char *map;             /* what the names were changed by, for the manifest */
  const char *version;         /* of Kutip */
} KutipExportOptions;

typedef struct
{
  const char *name; /* "train", "validation", "test" */
  /* One row for each layer of a record, and for one that nobody has annotated, too. */
  guint64 n_groups, n_articles, n_records, n_rows, n_layers, n_spans, n_relations;
} KutipExportSplit;

typedef struct
{
  KutipConversionResult conversion;
  KutipExportSplit splits[KUTIP_EXPORT_MAX_SPLITS];
  guint n_splits;
  guint64 n_left_out; /* articles without a layer that was asked for, or without a
                         span to cut a record around */
  /* Which of the options' fields no article has, so that it failed; NULL: none. Belongs
   * to the options. */
  const char *unknown_field;
} KutipExportResult;

void kutip_export_result_clear (KutipExportResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipExportResult, kutip_export_result_clear)

/* NULL when @options make sense together, else why not, for people. */
const char *kutip_export_check (const KutipExportOptions *options);

/* @conversion says what is read and how it is written; its output is the folder, which
 * must be empty or not be there, or with its force hold an earlier dataset and nothing
 * else. */
gboolean kutip_export_run (const KutipConversion *conversion,
                           const KutipExportOptions *options,
                           KutipExportResult *result,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
