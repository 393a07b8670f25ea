/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An article that the walk came by. @path is below the folder, in the file system's own
 * encoding;
 * @has_sidecar tells of the annotator's sidecar, seen in the listing (so that nobody has
 * to ask the disk for it). FALSE stops the walk. */
typedef gboolean (*KutipWalkFunc) (const char *path, gboolean has_sidecar, gpointer data);

/* Comes by all articles below @folder, in order: file and folder names together, numbers
 * counted
 * ("a2" before "a10"), letters as the locale has them. Hidden folders are left out, links
 * to folders followed once. What cannot be read is passed over and told at the end: FALSE
 * and the first @error, after everything else was visited. */
gboolean kutip_walk (GFile *folder,
                     const char *annotator,
                     KutipWalkFunc func,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error);

/* A folder, before what is in it; "" for the one that is walked. */
typedef void (*KutipWalkFolderFunc) (const char *path, gpointer data);

/* The same, coming by the folders too. */
gboolean kutip_walk_with_folders (GFile *folder,
                                  const char *annotator,
                                  KutipWalkFunc func,
                                  KutipWalkFolderFunc folder_func,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error);

/* Sorts paths (strings) into the order of the walk. */
void kutip_walk_sort (GPtrArray *paths);

G_END_DECLS
