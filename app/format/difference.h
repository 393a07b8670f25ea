/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/layer.h"

G_BEGIN_DECLS

/* What is not as it was in a record that was written and read back; all zero: nothing.
 * Spans and relations are borrowed from what was written. */
typedef struct
{
  gboolean text;           /* the article's text is another one */
  KutipSpan *span;         /* the first that is not there as it was */
  KutipRelation *relation; /* the same */
  gboolean more;           /* something is there that was not written */
} KutipDifference;

G_END_DECLS
