/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

G_BEGIN_DECLS

/* Configurations of other programs say less than a tag set does. What they do not say
 * stands in a comment of theirs: all of the tag set, as JSON. When it is read, the
 * configuration may have been changed since: what it says now is true, and what it says
 * as it did when the note was written means what the note says. */

/* What a configuration says of @tagset, when it is read without a note; NULL for nothing.
 * Owned. */
typedef KutipTagset *(*KutipTagsetSay) (KutipTagset *tagset);

/* With nothing in it that ends a comment: neither "--" nor what XML cannot hold. NULL
 * when @say says it all. Owned. */
char *kutip_tagset_make_note (KutipTagset *tagset, KutipTagsetSay say);
/* @said is what the configuration says now, or NULL. NULL with @error when @note is no
 * tag set. Owned. */
KutipTagset *kutip_tagset_complete (KutipTagset *said,
                                    const char *note,
                                    KutipTagsetSay say,
                                    GError **error);

G_END_DECLS
