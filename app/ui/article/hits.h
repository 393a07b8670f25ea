/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/page-lines.h"

G_BEGIN_DECLS

/* What a search has found, as boxes around the words in view. Hits are in order and do
 * not overlap. What it costs depends on what is in view alone, however many there are. */

/* The first hit that ends after @offset; @n_hits when there is none. O(log n). */
guint kutip_hits_find (const KutipRange *hits, guint n_hits, guint offset);

/* The one that equals @selection stands out. */
void kutip_hits_paint (const KutipRange *hits,
                       guint n_hits,
                       KutipRange selection,
                       KutipPageLines *lines,
                       GtkSnapshot *snapshot);

G_END_DECLS
