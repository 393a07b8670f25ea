/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The words of a span on one line: each stretch of white space as one space, " … "
 * between pieces, cut with "…" after about @max_chars code points. What an orphan said,
 * when it is one. Never reads more of the text than it shows. */
char *kutip_span_excerpt (KutipText *text, KutipSpan *span, guint max_chars);

/* The direction of the first letter of @words; GTK_TEXT_DIR_NONE when there is none. */
GtkTextDirection kutip_span_excerpt_direction (const char *words);

G_END_DECLS
