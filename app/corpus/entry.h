/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/header.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ENTRY (kutip_entry_get_type ())
G_DECLARE_FINAL_TYPE (KutipEntry, kutip_entry, KUTIP, ENTRY, GObject)

/* One article of a corpus, as the list shows it. Properties (read-only, notify): "name" (path below the
 * corpus folder, for people), "title" (from the sidecar, or NULL), "status" (KutipStatus). */
GFile *kutip_entry_get_file (KutipEntry *self);
const char *kutip_entry_get_name (KutipEntry *self);
const char *kutip_entry_get_title (KutipEntry *self);
KutipStatus kutip_entry_get_status (KutipEntry *self);
/* Known without waiting for the disk: the open article's status as it changes. */
void kutip_entry_set_status (KutipEntry *self, KutipStatus status);

G_END_DECLS
