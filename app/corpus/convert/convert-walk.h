/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Goes through a folder file by file, folders below it included, sorted by the bytes of
 * the names, hidden ones left out, links to folders followed once. Holds only the
 * listings of the folders on the way to the present file. */
typedef struct _KutipConvertWalk KutipConvertWalk;

KutipConvertWalk *kutip_convert_walk_new (const char *folder);
void kutip_convert_walk_free (KutipConvertWalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipConvertWalk, kutip_convert_walk_free)

/* The next file, below the folder; owned. NULL at the end, or with @error for a folder
 * that cannot be read, which is passed over by the next call. @is_plain: it is no pipe,
 * socket or device, which might have to be waited for. */
char *kutip_convert_walk_next (KutipConvertWalk *self,
                               gboolean *is_plain,
                               GError **error);
/* How many files such a walk through @folder would meet, those aside that cannot be read.
 * Ends early when it is cancelled. */
guint64 kutip_convert_walk_count (const char *folder, GCancellable *cancellable);

G_END_DECLS
