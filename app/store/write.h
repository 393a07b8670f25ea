/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/stamp.h"

G_BEGIN_DECLS

/* Writes a whole file atomically and durably: new file beside it, fsync, rename, fsync of
 * the folder. Either the old file or the new one is there, whole, whatever fails. Follows
 * a symbolic link to its target; keeps permissions, owner and access list. The error
 * names the file and the reason. */
gboolean kutip_write_file (GFile *file, const char *bytes, gsize n_bytes, GError **error);

/* The same, but only over the version that @stamp tells of: G_IO_ERROR_WRONG_ETAG, and
 * nothing is changed, when the file is another one by now (or is there, where @stamp says
 * it was not). @stamp becomes that of the new file; also when only the last step failed,
 * the fsync of the folder, for then the new file is in place although the call fails. */
gboolean kutip_write_file_over (
    GFile *file, const char *bytes, gsize n_bytes, KutipStamp *stamp, GError **error);

/* Gives what stands under that name (also a link, a pipe, a folder) the name
 * "FILE.MARK-N", with the first N from 1 that is free, overwriting nothing. Returns the
 * new name; NULL without an error when there was nothing. */
GFile *kutip_write_set_aside (GFile *file, const char *mark, GError **error);

/* Removes what a killed program left half-written beside @file (of Kutip's own making
 * only, and not while somebody is still writing it). Returns how many. */
guint kutip_write_remove_stale (GFile *file);

G_END_DECLS
