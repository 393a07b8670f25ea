/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

G_BEGIN_DECLS

/* What is missing or wrong in a span, as a sentence for people. Unsure spans, orphans and
 * unknown labels are shown by signs of their own and say nothing here. */
char *kutip_span_hints_describe_finding (KutipTagset *tagset,
                                         const KutipFinding *finding);
/* All of them, a line each; NULL when nothing is missing. */
char *kutip_span_hints_describe (KutipAnnotator *annotator, KutipSpan *span);

G_END_DECLS
