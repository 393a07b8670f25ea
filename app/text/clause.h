/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text.h"

G_BEGIN_DECLS

/* Parts of a sentence between commas, semicolons, colons, dashes, brackets and quotation
 * marks: where a reader looks for who said what. Not grammar, just punctuation, in the
 * scripts that have some. A part begins at its first word, or at the mark that opens it.
 * Both look no farther than the sentences on either side. */

/* The nearest start of a part, or of a sentence, after @offset; or the end of the text.
 */
guint kutip_clause_next (KutipText *text, guint offset);
/* The nearest one before @offset, or 0. */
guint kutip_clause_previous (KutipText *text, guint offset);

G_END_DECLS
