/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All that is in a folder, also what is hidden, and what it holds: names below the folder
 * to content, "" and the name with "/" for a folder. */
GHashTable *tree_take (const char *folder);
/* The first name that the two do not have in common, or hold another content under; NULL
 * when they are the same. Names that @ignored tells of do not count; it may be NULL. */
const char *tree_compare (GHashTable *one,
                          GHashTable *other,
                          gboolean (*ignored) (const char *name));

G_END_DECLS
