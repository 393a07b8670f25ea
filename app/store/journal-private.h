/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/journal-line.h"
#include "store/journal.h"

G_BEGIN_DECLS

/* What journal.c (writing) and journal-replay.c (reading) share. */
struct _KutipJournal
{
  char *path;
  int lock_fd;
  GBytes *found; /* the file as an earlier run left it, while it is looked at */

  /* Set when recording begins; read-only from then on. */
  KutipText *text;
  char article_sha256[65];
  char base_sha256[65]; /* of the sidecar, for the first line */
  gboolean started;     /* the file has its first line */
  goffset n_good;       /* bytes of whole lines in the file; then the writer's own */

  GMutex lock; /* for all below */
  GCond queued, written;
  GQueue lines; /* of KutipLine, owned */
  guint position;
  guint64 n_queued, n_written; /* lines */
  guint n_flushing;            /* somebody waits */
  gboolean closing;
  GError *error; /* of the last try to write; NULL after one that went well */
  GThread *thread;
};

/* Begins to record: the next line goes behind the first @n_good bytes of the file, or
 * starts a new file when that is 0. */
void kutip_journal_begin (KutipJournal *self,
                          KutipDocument *document,
                          const char *base_sha256,
                          goffset n_good,
                          guint position);

G_END_DECLS
