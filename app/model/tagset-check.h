/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

G_BEGIN_DECLS

/* Whether a tag set of these fields contradicts itself; the error names the place. */
gboolean kutip_tagset_check_fields (const KutipTagsetFields *fields, GError **error);

G_END_DECLS
