/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert-staging.h"
#include "corpus/export/export.h"
#include "corpus/split.h"
#include "format/sorter.h"

G_BEGIN_DECLS

/* What the files of this folder that make datasets share. */

/* An article of the dataset: what has to be known of it when all of them are. Reference
 * counted with g_atomic_rc_box, by its records. */
typedef struct
{
  char *path;
  char *sha256;
  char *content; /* the same for the same words */
  char **groups; /* by the field that groups, or NULL */
  char *date;
  char *stratum;        /* by the field that stratifies, or NULL */
  char *language;       /* or NULL */
  GArray *label_counts; /* of KutipExportCount: spans of all its records */
  guint64 hash;         /* of the bytes of all its records */
  guint64 number;       /* in the order in which they came, from 1 */
} KutipExportArticle;

typedef struct
{
  const char *label; /* interned */
  guint n;
} KutipExportCount;

/* Before the path of a record's text, as the name of its part. */
#define KUTIP_EXPORT_TEXT '='

/* A file, or the part of the main stream, of one record. */
typedef struct
{
  char *name;
  guint64 n_bytes;
} KutipExportPart;

/* A record, and where its bytes wait. */
typedef struct
{
  KutipExportArticle *article; /* a reference */
  guint number;                /* in its article */
  /* Its text, until it waits, too, and where that goes; NULL when the format has it. */
  KutipText *text;
  char *path;
  guint64 offset; /* in the spool */
  GArray *parts;  /* of KutipExportPart, one behind the other */
  guint n_rows, n_layers, n_spans, n_relations; /* as in KutipExportSplit */
  GArray *spans, *relations;                    /* of KutipExportCount */
} KutipExportRecord;

typedef struct
{
  const char *name;
  guint64 n_bytes;
} KutipExportRowPart;

/* The same as it comes back (export-rows.c), in order. All is borrowed. */
typedef struct
{
  const char *path, *sha256;
  guint article; /* from 0, in this order */
  guint64 offset;
  GArray *parts;                                /* KutipExportRowPart */
  guint n_rows, n_layers, n_spans, n_relations; /* as in KutipExportSplit */
  GArray *spans, *relations;                    /* KutipExportCount */
  /* The first of its article has these; else they are not to be used. */
  gboolean is_first;
  const char *content;
  const char *date, *stratum, *language; /* or NULL */
  GPtrArray *groups;                     /* char *, NULL-terminated */
  GArray *label_counts;                  /* KutipExportCount */
  /* Set when they are known. */
  guint group_number, split;
} KutipExportRow;

/* A dataset that is being made. */
typedef struct
{
  const KutipConversion *conversion;
  const KutipExportOptions *options;
  KutipExportResult *result;
  GCancellable *cancellable;
  KutipStaging *staging;
  int spool;
  guint64 spool_size;
  GPtrArray *records; /* KutipExportRecord, those of the article that came last */
  guint64 n_records;  /* all that came */
  KutipSorter *rows;  /* of those before */
  KutipSorter *files; /* of the dataset: name, digest, bytes */
  KutipReport *told;  /* once all records are there */
  gint n_left_out;    /* atomic */
  /* When all of them are there: the group of each article, and the split of each group.
   */
  guint *groups;
  guint8 *splits;
  GTree *languages;                         /* of the articles */
  guint64 n_bytes[KUTIP_EXPORT_MAX_SPLITS]; /* of a split's stream */
  /* Of each split. */
  GTree *spans_by_label[KUTIP_EXPORT_MAX_SPLITS];     /* char* -> guint64* */
  GTree *relations_by_label[KUTIP_EXPORT_MAX_SPLITS]; /* char* -> guint64* */
} KutipExport;

/* export-rows.c */
gboolean kutip_export_put_row (KutipExport *self,
                               KutipExportRecord *record,
                               GError **error);
/* FALSE with @error ends it. */
typedef gboolean (*KutipExportRowFunc) (KutipExport *self,
                                        const KutipExportRow *row,
                                        gpointer data,
                                        GError **error);
/* Calls @each for all rows, which must not ask for others meanwhile. */
gboolean kutip_export_foreach_row (KutipExport *self,
                                   KutipExportRowFunc each,
                                   gpointer data,
                                   GError **error);

void kutip_export_record_free (KutipExportRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipExportRecord, kutip_export_record_free)

/* export-gather.c: what a conversion brings. */
gboolean kutip_export_select (KutipRecord *record,
                              GArray *pieces,
                              KutipReport *report,
                              gpointer data,
                              GError **error);
gboolean kutip_export_add (gpointer about,
                           KutipMemorySink *sink,
                           gpointer data,
                           GError **error);
/* After the last: those of its article are put in order, too. */
gboolean kutip_export_end_article (KutipExport *self, GError **error);

/* export-assign.c: puts each article in its split. */
gboolean kutip_export_assign (KutipExport *self, GError **error);

/* export-write.c */
gboolean kutip_export_write_splits (KutipExport *self,
                                    KutipTagset *tagset,
                                    GError **error);
/* A file of the dataset that is no split's. */
gboolean kutip_export_write_file (
    KutipExport *self, const char *name, const char *bytes, gsize n, GError **error);

/* export-manifest.c; @tagset_sha256 is that of the tag set's file. */
gboolean kutip_export_write_manifest (KutipExport *self,
                                      KutipTagset *tagset,
                                      const char *tagset_sha256,
                                      GError **error);
/* The names of the files that an earlier manifest lists, and its own; NULL when it cannot
 * be read. */
char **kutip_export_read_manifest (const char *bytes, gsize n);

#define KUTIP_EXPORT_MANIFEST "manifest.json"
#define KUTIP_EXPORT_TAGSET "tagset.json"

G_END_DECLS
