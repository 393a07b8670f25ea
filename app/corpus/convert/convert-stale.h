/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What runs that were killed have left behind. Whoever works in a temporary file or
 * folder holds a lock on it for as long as it lives; where there is no lock, nobody does
 * any more. */

/* Locks the file or folder at @path, as long as the descriptor that is returned is open;
 * -1 with errno ENOENT when it is gone meanwhile (taken for stale just before the lock),
 * or with why it cannot be opened. */
int kutip_stale_lock (const char *path);
/* Whether the stale file or folder at @path can go. */
typedef gboolean (*KutipStaleFunc) (const char *path, gpointer data);
/* Removes from @folder every file and folder of the user's own that is called @prefix and
 * six letters or digits, that nobody has locked, and that @can_go. On file systems that
 * other machines write to, whose locks may not be seen, only those that are a day old. */
void kutip_stale_remove (const char *folder,
                         const char *prefix,
                         KutipStaleFunc can_go,
                         gpointer data);
/* Removes a file, or a folder with all that is in it; links are not followed. */
void kutip_stale_remove_tree (const char *path);

G_END_DECLS
