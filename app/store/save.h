/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/open.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_SAVER (kutip_saver_get_type ())
G_DECLARE_FINAL_TYPE (KutipSaver, kutip_saver, KUTIP, SAVER, GObject)

/* Keeps one open document safe: writes the journal at each change and the sidecar about a
 * second after the last one (but not later than ten seconds after the first), in a
 * thread, atomically and durably.
 *
 * If the sidecar was changed by somebody else since it was read, it is never overwritten:
 * this version is written beside it as NAME.conflict-N.annotations.json, and the state
 * says so; later saves go there too. A sidecar that does not parse is first kept as
 * NAME.annotations.json.broken-N.
 *
 * Lives on the main loop of the thread that made it. Dropping it writes nothing more:
 * flush first; what was not flushed is in the journal.
 *
 * Properties (read-only, notify): "state" (KutipSaveState), "error" (boxed GError, NULL
 * when none), "conflict-file" (GFile), "sidecar" (GFile). */

typedef enum
{
  KUTIP_SAVE_CLEAN,   /* nothing to save; no change yet */
  KUTIP_SAVE_PENDING, /* changes not yet in the sidecar (they are in the journal) */
  KUTIP_SAVE_WRITING,
  KUTIP_SAVE_SAVED,
  KUTIP_SAVE_FAILED,   /* see "error"; it is tried again at the next change and by hand */
  KUTIP_SAVE_CONFLICT, /* somebody else changed the sidecar; see "conflict-file" */
} KutipSaveState;

#define KUTIP_TYPE_SAVE_STATE (kutip_save_state_get_type ())
GType kutip_save_state_get_type (void) G_GNUC_CONST;

/* The saver borrows nothing from @opened: it takes references, and the journal. */
KutipSaver *kutip_saver_new (KutipOpened *opened);
KutipSaveState kutip_saver_get_state (KutipSaver *self);
const GError *kutip_saver_get_error (KutipSaver *self);
GFile *kutip_saver_get_conflict_file (KutipSaver *self);
/* Where it writes: the conflict file, once there is one. */
GFile *kutip_saver_get_sidecar (KutipSaver *self);
/* What it last read or wrote there; for KutipWatch. */
const KutipStamp *kutip_saver_get_stamp (KutipSaver *self);

/* Saves now (Ctrl+S, closing, another article); finishes when all is on disk, or fails.
 * Cancelling only ends the waiting. */
void kutip_saver_flush_async (KutipSaver *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean kutip_saver_flush_finish (KutipSaver *self,
                                   GAsyncResult *result,
                                   GError **error);
/* Writes elsewhere from now on ("offer another place"), over the file that is there now
 * if the person chose one, and all of the document even if nothing has changed. */
void kutip_saver_set_sidecar (KutipSaver *self, GFile *sidecar);

/* Milliseconds after the last and after the first change; 1000 and 10000 unless set. */
void kutip_saver_set_delays (KutipSaver *self, guint after_last, guint after_first);

/* The sync function below it, for kutip-tool: writes @layer over @sidecar if that still
 * is what @stamp says; G_IO_ERROR_WRONG_ETAG when it is not. @stamp is updated. */
gboolean kutip_save_layer (KutipArticle *article,
                           KutipLayer *layer,
                           GFile *sidecar,
                           KutipStamp *stamp,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
