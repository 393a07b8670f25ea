/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/finding-lists.h"
#include "model/tagset.h"

G_BEGIN_DECLS

/* What findings are called, and the pictures that stand beside the words. */

/* Of one kind, as the name of a filter: "Unsure". */
const char *kutip_finding_words_get_title (KutipFindingKind kind);
const char *kutip_finding_words_get_icon (KutipFindingKind kind);
/* What is to be done about one: "Not yet linked to: Source". */
char *kutip_finding_words_describe (KutipTagset *tagset, const KutipFinding *finding);

G_END_DECLS
