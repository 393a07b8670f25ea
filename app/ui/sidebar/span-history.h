/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/span.h"

G_BEGIN_DECLS

/* When a span was made and changed, by whom it was proposed, and where its links into
 * knowledge bases lead: lines for people, dates in their time and their form. NULL when
 * nothing is known. */
char *kutip_span_history_describe (KutipSpan *span);

/* A time of RFC 3339 in the reader's own time and form; as it stands when it is none. */
char *kutip_span_history_format_time (const char *time);

G_END_DECLS
