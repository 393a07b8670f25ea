/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"
#include "store/stamp.h"

G_BEGIN_DECLS

/* The history of a document on disk, outside the article's folder: one JSON line for each change, undo
 * and redo, appended in a thread as it happens, and one when the sidecar was saved (its digest). After a
 * crash the lines behind the last save are done again; after an ordinary restart the history is
 * there for undo. A torn last line is left out; a journal that does not fit the sidecar is set
 * aside under another name, never trusted, never deleted. */
typedef struct _KutipJournal KutipJournal;

/* Opens (or starts) the journal at @path for appending. One program at a time writes a journal (a lock
 * on the file); NULL and G_IO_ERROR_BUSY when another has it. */
KutipJournal *kutip_journal_open (const char *path, GError **error);
void kutip_journal_close (KutipJournal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipJournal, kutip_journal_close)

/* Puts back what an earlier run left: @document holds the layer as the sidecar has it, whose digest is
 * @sidecar_sha256 ("" for no sidecar). Sets @recovered when changes were done again. */
gboolean kutip_journal_replay (KutipJournal *self,
                               KutipDocument *document,
                               const char *sidecar_sha256,
                               gboolean *recovered,
                               GError **error);

/* Both only queue; writing happens in the journal's thread. */
void kutip_journal_append_change (KutipJournal *self,
                                  KutipChange *change,
                                  KutipDirection direction);
void kutip_journal_append_saved (KutipJournal *self,
                                 const char *sidecar_sha256,
                                 guint history_position);
/* Waits until all that was queued is written; the error of the first write that failed. */
gboolean kutip_journal_flush (KutipJournal *self, GError **error);

G_END_DECLS
