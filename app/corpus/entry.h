/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/header.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ENTRY (kutip_entry_get_type ())
G_DECLARE_FINAL_TYPE (KutipEntry, kutip_entry, KUTIP, ENTRY, GObject)

/* One article of a corpus, as the list shows it. Properties (read-only, notify): "name"
 * (path below the corpus folder, for people), "title" (from the sidecar, else as the
 * article's first lines tell it, or NULL), "status" (KutipStatus, as an int). Asking for
 * title or status has the files read soon; they notify when it was done. */
GFile *kutip_entry_get_file (KutipEntry *self);
const char *kutip_entry_get_name (KutipEntry *self);
const char *kutip_entry_get_title (KutipEntry *self);
KutipStatus kutip_entry_get_status (KutipEntry *self);
/* Known without waiting for the disk: the open article's status as it changes. */
void kutip_entry_set_status (KutipEntry *self, KutipStatus status);

/* For KutipCorpus alone. */

/* Whom its entries tell; called in the main thread. From g_atomic_rc_box_new(): each of
 * its entries holds it, so that an owner of 100,000 takes itself away at once, by a @data
 * of NULL. */
typedef struct
{
  void (*wanted) (KutipEntry *entry, gpointer data);
  void (*status_changed) (KutipEntry *entry, KutipStatus before, gpointer data);
  gpointer data; /* not kept alive */
} KutipEntryOwner;

/* @path is below @root, in the file system's encoding. */
KutipEntry *kutip_entry_new (GFile *root, const char *path, gboolean has_sidecar);
/* NULL for nobody. */
void kutip_entry_set_owner (KutipEntry *self, KutipEntryOwner *owner);
const char *kutip_entry_get_path (KutipEntry *self);
/* There is a sidecar, and what it says is not known yet. */
gboolean kutip_entry_is_unread (KutipEntry *self);
/* TRUE for the first who asks, in any thread: who is to read the files. */
gboolean kutip_entry_claim (KutipEntry *self);
/* The files have changed, and are to be read again. */
void kutip_entry_forget (KutipEntry *self);
/* What the files say; a status set by hand wins until it has been seen there. TRUE
 * when that is another title. */
gboolean kutip_entry_take_head (KutipEntry *self, char *title, KutipStatus status);

G_END_DECLS
