/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shim.h"

G_BEGIN_DECLS

/* Folders on a disk whose power may fail. What is promised by POSIX and the usual file
 * systems, and no more: names change in order, and are there for good once a folder was
 * synced; until then any number of the last changes may be undone, whatever was done to
 * the files. Content is there for good once the file was synced; until then it may be
 * there, be lost, stand there by half, or be zeros. */
typedef struct _Disk Disk;

/* The folders as they are now, all of it synced; @folders is NULL-terminated. */
Disk *disk_new (const char *const *folders);
void disk_free (Disk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Disk, disk_free)

/* The power has failed, and what was left is in the folders; @promised is the last mark
 * that was recorded before, or "". */
typedef void (*DiskCheck) (const char *promised, gpointer data);
/* Lets the power fail in every way after each of @records, which were done since
 * disk_new(). Returns how many different states were checked; what is in the folders
 * afterwards is the last of them. */
guint disk_fail_everywhere (Disk *self,
                            GPtrArray *records,
                            DiskCheck check,
                            gpointer data);

G_END_DECLS
