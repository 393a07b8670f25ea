/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

G_BEGIN_DECLS

/* The spans that the link being drawn may lead to (kutip_annotator_is_link_target()),
 * however many others there are. */

/* The one with the fewest code points between it and the span that is linked from, or
 * NULL. */
KutipSpan *kutip_link_search_nearest (KutipAnnotator *annotator);
/* The next one behind @span in document order, or before it; from @span NULL the first or
 * last of all. Wraps around, so that the only one follows itself. NULL when there is
 * none. */
KutipSpan *kutip_link_search_next (KutipAnnotator *annotator,
                                   KutipSpan *span,
                                   gboolean forward);

G_END_DECLS
