/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which files belong to which article: the only place with the rule. Paths are in the
 * file system's own encoding and may hold any byte but NUL and "/". */

/* A name that would be over 255 bytes with what is put behind it is cut, and "~" with
 * eight digits of its SHA-256 stands for the rest. */

/* [A-Za-z0-9_-]{1,64} */
gboolean kutip_paths_is_annotator (const char *name);
/* "X.txt" -> "X.txt.annotations.json", or with an annotator
 * "X.txt.ANNOTATOR.annotations.json". */
GFile *kutip_paths_get_sidecar (GFile *article, const char *annotator);
/* The same for names without a folder. */
char *kutip_paths_make_sidecar_name (const char *article, const char *annotator);
/* The other way, for a sidecar that somebody opens; NULL when @file is no sidecar.
 * @annotator (may be NULL) is owned, NULL for the one without a name. */
GFile *kutip_paths_get_article (GFile *sidecar, char **annotator);
/* Where a version goes that would overwrite somebody else's:
 * "X.txt.conflict-1.annotations.json", or "X.txt.ANNOTATOR-conflict-1.annotations.json".
 */
GFile *kutip_paths_get_conflict (GFile *sidecar, guint number);
/* "FILE.MARK-NUMBER", beside it: a file that is kept under another name. */
GFile *kutip_paths_get_numbered (GFile *file, const char *mark, guint number);
gboolean kutip_paths_is_sidecar_name (const char *basename);
/* Whether a file of that name in a folder is taken for an article: text by its suffix
 * (.txt, .text, .md …), not hidden, not a sidecar, not a backup. */
gboolean kutip_paths_is_article_name (const char *basename);
/* tagset.json in the article's folder or the nearest above it; NULL when there is none.
 */
GFile *kutip_paths_find_tagset (GFile *folder, GCancellable *cancellable);
/* With the symbolic links of its folder followed; an address where there is no path.
 * Owned. */
char *kutip_paths_make_canonical (GFile *file);
/* Where the journal of unsaved work on this sidecar is kept, below the user's state
 * folder. */
char *kutip_paths_get_journal (GFile *sidecar);
/* Where it is kept what was last marked in all articles of @folder, beside the journals.
 * Owned. */
char *kutip_paths_get_marked (GFile *folder);

G_END_DECLS
