/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/span.h"

G_BEGIN_DECLS

/* Whether a row with the id of @known is another tag of the same highlight, as Taguette
 * has a row for each of them: the same place, and another label. */
gboolean kutip_csv_is_other_tag (KutipSpan *known, const KutipSpanFields *fields);

G_END_DECLS
