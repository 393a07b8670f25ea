/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"
#include "text/digest.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The tag set for articles in @folder (may be NULL): tagset.json there or in the nearest
 * folder above, else the built-in default, also when that file cannot be used, for the
 * reason in @error. @file (may be NULL) is where it was found, or NULL; @sha256 becomes
 * that file's digest, "" without one.
 *
 * As long as a file says the same, it is the same object for all articles of the folder:
 * it is read once, and a window shows its labels as it did before. From any thread. */
KutipTagset *kutip_tagset_cache_find (GFile *folder,
                                      GFile **file,
                                      char sha256[KUTIP_DIGEST_SIZE],
                                      GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
