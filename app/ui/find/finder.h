/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/find.h"
#include "ui/annotator/annotator.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_FINDER (kutip_finder_get_type ())
G_DECLARE_FINAL_TYPE (KutipFinder, kutip_finder, KUTIP, FINDER, GObject)

/* Finds in one article: searches in a thread, and makes the selection go from hit to hit.
 * Knows no widget.
 *
 * Signal: "changed" (): the hits, the error, or which hit is selected are others. */
KutipFinder *kutip_finder_new (void);
/* NULL: nothing to find in. What was searched for last is searched for in the new text,
 * where nothing is selected by itself. */
void kutip_finder_set_annotator (KutipFinder *self, KutipAnnotator *annotator);

/* The selection as it is now is where searching begins, and what it goes back to when
 * nothing is found. */
void kutip_finder_begin (KutipFinder *self);
/* Takes the place of the search under way. When it is done, the first hit at or after the
 * beginning is selected, or the first of all. "" finds nothing. */
void kutip_finder_search (KutipFinder *self, const char *pattern, KutipFindFlags flags);
/* Selects the next hit from the selection on, around the end. */
void kutip_finder_step (KutipFinder *self, gboolean forward);
/* Forgets the hits; the selection stays. */
void kutip_finder_end (KutipFinder *self);

gboolean kutip_finder_is_busy (KutipFinder *self);
/* KutipRange; NULL before anything was searched for, or after an error. Never changed. */
GArray *kutip_finder_get_hits (KutipFinder *self);
/* From 1; 0 when no hit is selected. O(log n). */
guint kutip_finder_get_position (KutipFinder *self);
/* What is wrong with the pattern, or NULL. */
const GError *kutip_finder_get_error (KutipFinder *self);

G_END_DECLS
