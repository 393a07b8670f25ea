/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

G_BEGIN_DECLS

/* Tag sets by the digest of what they were read from. The articles of a folder have one
 * tag set: the same object for all of them saves reading it again and, in the window,
 * making everything anew that shows its labels. From any thread. */

/* The tag set in @bytes, whose digest is @sha256. Errors are not remembered. */
KutipTagset *kutip_tagset_cache_load (GBytes *bytes, const char *sha256, GError **error);
KutipTagset *kutip_tagset_cache_load_builtin (const char *name);

G_END_DECLS
