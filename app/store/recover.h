/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/journal.h"

G_BEGIN_DECLS

/* What a journal holds beyond the sidecar, when the article's text has changed since: a
 * copy of @layer (as the sidecar has it, its spans not yet found in the new text) with
 * the changes done again, as far as they go; NULL when there are none. @error (which may
 * come with a layer) says what could not be done. */
KutipLayer *kutip_recover_layer (KutipJournal *journal,
                                 KutipArticle *article,
                                 KutipTagset *tagset,
                                 KutipLayer *layer,
                                 const char *sidecar_sha256,
                                 GError **error);

/* The change that makes @to of @from; NULL when they are the same. */
KutipChange *kutip_recover_compare (KutipLayer *from, KutipLayer *to, const char *title);

G_END_DECLS
