/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

G_BEGIN_DECLS

/* What a reader of tag sets has made, NULL with an error: it can be written as ours and
 * read again, and then nothing changes any more. Takes both. */
void check_tagset (KutipTagset *tagset, GError *error);

G_END_DECLS
