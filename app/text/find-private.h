/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/find.h"

G_BEGIN_DECLS

/* The ways in which kutip_find_all() finds. Both add the matches to @matches. */
gboolean kutip_find_folded (KutipText *text,
                            const char *pattern,
                            KutipFindFlags flags,
                            GArray *matches,
                            GCancellable *cancellable,
                            GError **error);
gboolean kutip_find_regex (KutipText *text,
                           const char *pattern,
                           KutipFindFlags flags,
                           GArray *matches,
                           GCancellable *cancellable,
                           GError **error);

/* Whether words begin and end at both ends of the range. A hyphen ends a word here: who
 * looks for "Jong" wants "Jong-un" too. */
gboolean kutip_find_is_whole_words (KutipText *text, KutipRange range);

G_END_DECLS
