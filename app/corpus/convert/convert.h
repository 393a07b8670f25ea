/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert-memory.h"
#include "corpus/convert/convert-report.h"
#include "corpus/rename.h"
#include "format/format.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Turns annotated articles of one format into another: in one pass, several articles at a
 * time, with memory that grows with the largest of them. The output is the same to the
 * byte whatever the number of threads, and appears only when all of it is there. */

/* How far a conversion is. */
typedef struct
{
  guint64 n_units;   /* files, or lines of them, that are done */
  double share;      /* of the input that is done, from 0 to 1; 0 where nobody knows */
  guint64 n_records; /* articles written */
  guint64 n_bytes;   /* written */
} KutipConversionProgress;

/* A record that a target wants to have written. */
typedef struct
{
  KutipRecord *record;
  gpointer about; /* what the target has to know of it when it is written, or NULL */
  GDestroyNotify free_about;
} KutipConversionPiece;

/* Where records go instead of into one file or folder: sets of its own (export.h). */
typedef struct
{
  /* From any thread: what is to be written of @record, which is borrowed: appends any
   * number of pieces to @pieces, a GArray. FALSE with @error. */
  gboolean (*select) (KutipRecord *record,
                      GArray *pieces,
                      KutipReport *report,
                      gpointer data,
                      GError **error);
  /* In the order of the input, in one thread: a piece as it was written. Takes @about. */
  gboolean (*add) (gpointer about, KutipMemorySink *sink, gpointer data, GError **error);
  /* After the last of them; what it tells of goes to the result. @tagset may be NULL. */
  gboolean (*finish) (KutipTagset *tagset, gpointer data, GError **error);
  gpointer data;
} KutipConversionTarget;

typedef void (*KutipConversionProgressFunc) (const KutipConversionProgress *progress,
                                             gpointer data);

/* What to do; zero where nothing is asked for. All is borrowed. */
typedef struct
{
  char *const *inputs;     /* files, folders (walked, sorted), "-"; NULL-terminated */
  const KutipFormat *from; /* NULL: guessed for each input */
  const KutipFormat *to;
  KutipFormatOptions options;
  KutipRenaming *renaming;
  const char *output;  /* a file, or a folder for formats of many files; NULL or "-":
                          standard output */
  const char *below;   /* a folder: places in the corpus begin there; NULL: below what is
                          named */
  gboolean force;      /* put files of an existing folder aside for new ones */
  gboolean strict;     /* a loss is an error */
  gboolean no_verify;  /* do not read back what was written */
  gboolean keep_going; /* pass over what cannot be read */
  gboolean counts;     /* files of folders first, so that progress knows its share */
  gboolean list_all;   /* every loss for a file, not only the first thousand of a kind */
  guint n_jobs;        /* threads; 0: as many as there are processors */
  KutipConversionProgressFunc progress; /* called in the thread that converts */
  gpointer progress_data;
  const KutipConversionTarget *target; /* NULL: @output */
  KutipReport *told;     /* of what was read before, such as the tag set: goes to the
                            result's; or NULL */
  const char *annotator; /* only the layers of that one ("": of the one without a name);
                            articles without are left out. NULL: all */
} KutipConversion;

/* What came of it; filled in also when it failed. */
typedef struct
{
  guint64 n_records, n_layers, n_spans, n_relations;
  KutipReport *report;          /* losses and warnings, in the order of the input */
  KutipConvertListing *listing; /* with list_all: each of them; else NULL */
  GPtrArray *failures;          /* strings for people: what was passed over, and why */
} KutipConversionResult;

void kutip_conversion_result_clear (KutipConversionResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipConversionResult, kutip_conversion_result_clear)
/* Takes all that is in @report, and lists it. In the writing thread. */
gboolean kutip_conversion_result_take (KutipConversionResult *self,
                                       KutipReport *report,
                                       GError **error);

/* TRUE when the output is in place. FALSE: nothing was changed, but for what has already
 * gone to standard output. @result is zero before. */
gboolean kutip_conversion_run (const KutipConversion *self,
                               KutipConversionResult *result,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
