/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes a whole file atomically and durably: new file beside it, fsync, rename, fsync of the folder.
 * Either the old file or the new one is there, whole, whatever fails. Follows a symbolic link to
 * its target. The error names the file and the reason. */
gboolean kutip_write_file (GFile *file, const char *bytes, gsize n_bytes, GError **error);

G_END_DECLS
