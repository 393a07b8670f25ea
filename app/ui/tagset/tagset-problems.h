/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset-draft.h"

G_BEGIN_DECLS

/* What is wrong with the draft, and behind that, as warnings, what might surprise in this
 * program: a label's key that is also that of a command, a colour twice. Of
 * KutipDraftProblem; owned. */
GPtrArray *kutip_tagset_problems_find (KutipTagsetDraft *draft);

G_END_DECLS
