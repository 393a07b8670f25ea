/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/journal-line.h"
#include "store/journal.h"

G_BEGIN_DECLS

#define KUTIP_JOURNAL_MAX_BYTES ((gsize) 1 << 30)

/* What journal.c (writing) and journal-replay.c (reading) share. */
struct _KutipJournal
{
  char *path;
  int lock_fd;
  char *place; /* the device of the article, and the sidecar's path; NULL: not known */
  char *path_by_file; /* of the files that say so while something is not saved, by which
                         the journal is found: with the article's inode … */
  char *path_by_text; /* … and with its digest, on another disk */
  char *far_sidecar, *far_article; /* paths on another disk, of what may have been this
                                      one; NULL: there is no such thing */
  char *origin;                    /* whose work was put back; NULL: our own */
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
  guint n_safe;                /* the position that a saved file has */
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

/* The lock file's descriptor, or -1 with errno: EWOULDBLOCK when somebody has it, EAGAIN
 * when it has just gone. */
int kutip_journal_try_lock (const char *path);
/* The journal of @far_sidecar, if nobody uses it and it is of an article with that
 * digest; owned. It becomes ours, as it is, under our own name. */
GBytes *kutip_journal_read_far (KutipJournal *self, const char *article_sha256);
gboolean kutip_journal_copy_far (KutipJournal *self, GBytes *bytes);
/* Should the program die, or end with something unsaved, files stay that tell whose work
 * that is: written, brought to the disk, and removed. */
void kutip_journal_write_place (KutipJournal *self);
void kutip_journal_sync_place (KutipJournal *self);
void kutip_journal_forget_place (KutipJournal *self);

G_END_DECLS
