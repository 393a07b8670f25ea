/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"
#include "store/stamp.h"

G_BEGIN_DECLS

/* The history of a document on disk, outside the article's folder: one JSON line for each
 * change, undo and redo, appended in a thread as it happens, and one when the sidecar was
 * saved (its digest). After a crash the lines behind the last save are done again; after
 * an ordinary restart the history is there for undo. A torn last line is left out; a
 * journal that does not fit the sidecar is set aside under another name, never trusted,
 * never deleted.
 *
 * Lines are written at once, so that they survive the program, and are on the disk within
 * a second, so that they survive the machine. */
typedef struct _KutipJournal KutipJournal;

/* Opens the journal at @path; nothing is written before there is something to write. One
 * program at a time has a journal (a lock beside it): NULL and G_IO_ERROR_BUSY when
 * another has it. */
KutipJournal *kutip_journal_open (const char *path, GError **error);
/* Writes what is queued, and lets go of the lock. */
void kutip_journal_close (KutipJournal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipJournal, kutip_journal_close)

/* Says which article the journal is of, right after it was opened: should it be closed
 * with something unsaved, that can be found from another place. When there is no journal
 * here, one that was left with something unsaved is taken over if it is of the same file
 * (by device, inode and digest) with a sidecar of the same name, and that file's old
 * place is empty: the article, or a folder above it, was moved or renamed.
 *
 * With @from_other_disks, where there is no such journal, what was not saved of a file on
 * another disk is put back here too, if it has the same digest, sidecars of the same name
 * and content, and is no more at its place or out of reach. That may be a copy of it: the
 * file's own journal stays as it is. */
void kutip_journal_set_article (KutipJournal *self,
                                GFile *article,
                                GFile *sidecar,
                                const KutipStamp *stamp,
                                gboolean from_other_disks);
/* After kutip_journal_replay(): the path of the article on another disk that the work was
 * done to which was put back. Owned; NULL when it was done here. */
char *kutip_journal_dup_origin (KutipJournal *self);

/* Puts back what an earlier run left, and begins to record @document: it holds the layer
 * as the sidecar has it, whose digest is @sidecar_sha256 ("" for no sidecar), and is not
 * read-only. Sets
 * @recovered when changes were done again that the sidecar lacks. FALSE when unsaved work
 * of an earlier run could not be put back (all of it): the error says where it is kept;
 * recording has begun all the same.
 *
 * With @text_changed the changes are done again as far as they go, but the history is not
 * kept, and recording does not begin: the spans are yet to be found in the new text.
 * kutip_journal_restart() then begins it. */
gboolean kutip_journal_replay (KutipJournal *self,
                               KutipDocument *document,
                               const char *sidecar_sha256,
                               gboolean text_changed,
                               gboolean *recovered,
                               GError **error);
/* Whether the journal (if there is one) was written for an article of that digest. */
gboolean kutip_journal_is_of (KutipJournal *self, const char *article_sha256);
/* Sets aside what there is, and begins to record @document, whose layer is what the
 * sidecar says. */
gboolean kutip_journal_restart (KutipJournal *self,
                                KutipDocument *document,
                                const char *sidecar_sha256,
                                GError **error);

/* These only queue; writing happens in the journal's thread. */
void kutip_journal_append_change (KutipJournal *self,
                                  KutipChange *change,
                                  KutipDirection direction);
/* How many changes, undos and redos were queued: what the layer is now, for
 * append_saved(). */
guint kutip_journal_get_position (KutipJournal *self);
/* The layer as it was at @position is about to be written with this digest (so that a
 * crash between the write and the next line leaves no doubt) … */
void kutip_journal_append_saving (KutipJournal *self,
                                  const char *sidecar_sha256,
                                  guint position);
/* … it is written … */
void kutip_journal_append_saved (KutipJournal *self,
                                 const char *sidecar_sha256,
                                 guint position);
/* … or was written to another file than the sidecar. */
void kutip_journal_append_saved_elsewhere (KutipJournal *self, guint position);

/* Waits until all that was queued is on the disk; the error of the write that failed.
 * What could not be written stays queued. Any thread. */
gboolean kutip_journal_flush (KutipJournal *self, GError **error);

G_END_DECLS
