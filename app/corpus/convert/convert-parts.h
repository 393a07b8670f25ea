/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert-input.h"
#include "corpus/convert/convert-staging.h"
#include "corpus/convert/convert-tagset-losses.h"
#include "corpus/convert/convert.h"
#include "corpus/tagset-gather.h"
#include "format/sorter.h"

G_BEGIN_DECLS

/* What the two halves of a conversion share: threads that read units and write their
 * records into memory (convert-job.c), and the one that puts these together in the order
 * of the input (convert.c), writes them (convert-write.c) and what stands behind them
 * (convert-end.c). */

/* So many units are one job, if they are short: threads that meet at each article of a
 * few kilobytes do little else. */
#define KUTIP_CONVERT_MOST_UNITS 16
/* A job waits with its reading while so many bytes of it wait to be written, and the
 * writing thread is woken for no less until the job is finished. */
#define KUTIP_CONVERT_MAX_WAITING ((gsize) 1 << 20)

/* One record on its way out, or what was told of the unit behind its last record, or why
 * that unit could not be read. */
typedef struct
{
  KutipMemorySink *sink; /* NULL: only the report */
  KutipReport *report;
  GError *failure;
  char *path;          /* of the record; NULL without one */
  KutipTagset *tagset; /* what the record said */
  gpointer about;      /* of the target's */
  GDestroyNotify free_about;
  gsize n_bytes;
  guint64 n_layers, n_spans, n_relations;
} KutipConvertPart;

typedef struct _KutipConvertRun KutipConvertRun;

/* Units on their way through. */
typedef struct
{
  KutipConvertRun *run;
  KutipConvertUnit units[KUTIP_CONVERT_MOST_UNITS];
  GError *failures[KUTIP_CONVERT_MOST_UNITS]; /* what could not be opened, in a unit's
                                                 place */
  guint n_units;
  double share;                 /* of the input that is done with it */
  const KutipConvertUnit *unit; /* that is read */
  KutipReport *reading;         /* what the reader tells */
  /* Guarded by the run's lock. */
  GQueue parts;
  gsize n_waiting; /* bytes in the parts */
  gboolean finished;
} KutipConvertJob;

struct _KutipConvertRun
{
  const KutipConversion *conversion;
  KutipConversionResult *result;
  GCancellable *cancellable;
  KutipConvertInput *input;
  KutipStaging *staging;
  KutipTagsetGather *gather;
  KutipConvertTagsetLosses *tagsets;
  KutipTagset *tagset; /* of the first record that has one */
  gboolean has_begun;
  KutipMemorySink *kept; /* of a stream, for the end of it */
  KutipSorter *paths;    /* of a stream's records; NULL for a folder */
  KutipConversionProgress progress;
  GThreadPool *pool; /* NULL: everything in one thread */
  GQueue jobs;       /* in the order of the input */
  GMutex lock;
  GCond changed;
  gboolean stopped; /* guarded: nobody wants more */
  GError *failure;  /* in one thread: what ended it */
};

void kutip_convert_part_free (gpointer part);
KutipConvertJob *kutip_convert_job_new (KutipConvertRun *run);
void kutip_convert_job_free (gpointer job);
/* Reads the job's units, in any thread; the second argument is not used. */
void kutip_convert_job_run (gpointer job, gpointer user_data);
/* In the writing thread. */
void kutip_convert_tell_progress (KutipConvertRun *run);
/* In the writing thread. FALSE with @error when nothing more can be written. */
gboolean kutip_convert_write_part (KutipConvertRun *run,
                                   KutipConvertPart *part,
                                   GError **error);
/* What stands before the first record. */
gboolean kutip_convert_begin_stream (KutipConvertRun *run, GError **error);
gboolean kutip_convert_store_files (KutipConvertRun *run,
                                    KutipMemorySink *sink,
                                    GError **error);
/* What the user or the map says that the output is for; borrowed, or NULL. */
KutipTagset *kutip_convert_get_given_tagset (KutipConvertRun *run);
/* Whether it is told of each article's tag set: what the user gives for an output with a
 * tag set stands for those of all. */
gboolean kutip_convert_tells_of_each (KutipConvertRun *run);
/* Into a folder with a file for each annotator. */
gboolean kutip_convert_is_by_annotator (const KutipConversion *conversion);
/* When all parts are written: what is to be told, the end of the output, and that into
 * its place. FALSE with @error when there is none: all is as it was. */
gboolean kutip_convert_finish (KutipConvertRun *run, GError **error);

G_END_DECLS
