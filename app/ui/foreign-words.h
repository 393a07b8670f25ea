/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words that came with a file (a title, a name, a label, a piece of an article) as they
 * may stand in a sentence of the interface: on one line; with U+FFFD for control
 * characters; cut with "…" between two characters after @max_chars code points, 0 for
 * never; and, where they can turn the direction of what follows, in isolates of their own
 * (UAX #9) that they cannot close themselves. NULL for NULL. */
char *kutip_foreign_words (const char *words, guint max_chars);

/* A whole text for people, some of it from elsewhere, such as an error's message: without
 * the embeddings and overrides (UAX #9) that are in no isolate and would mirror the rest
 * of it. */
char *kutip_foreign_message (const char *message);

/* Whether @c can make a line run from right to left, if only in part. */
gboolean kutip_foreign_turns_direction (gunichar c);

G_END_DECLS
