/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/context.h"
#include "model/document.h"
#include "text/find.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_OCCURRENCE (kutip_occurrence_get_type ())
G_DECLARE_FINAL_TYPE (KutipOccurrence, kutip_occurrence, KUTIP, OCCURRENCE, GObject)

/* One place of a KutipOccurrences. Property: "chosen" (gboolean): it is to be marked;
 * always FALSE where it is marked already. */
const KutipContext *kutip_occurrence_get_context (KutipOccurrence *self);
KutipRange kutip_occurrence_get_range (KutipOccurrence *self);
/* Whether a span of the label covers it. */
gboolean kutip_occurrence_is_marked (KutipOccurrence *self);

#define KUTIP_TYPE_OCCURRENCES (kutip_occurrences_get_type ())
G_DECLARE_FINAL_TYPE (KutipOccurrences, kutip_occurrences, KUTIP, OCCURRENCES, GObject)

/* Where words occur in an article, and which of these places are to be marked: all that
 * are not marked yet, but for those that a person leaves out. A GListModel of
 * KutipOccurrence, made when they are asked for; searched in a thread.
 *
 * Properties (read-only, notify): "busy", "n-chosen", "n-marked" (guint). */
KutipOccurrences *kutip_occurrences_new (KutipDocument *document);
/* Takes the place of the search under way. What was left out stays so where only the
 * label is another. */
void kutip_occurrences_search (KutipOccurrences *self,
                               const char *pattern,
                               KutipFindFlags flags,
                               const char *label);
void kutip_occurrences_choose_all (KutipOccurrences *self, gboolean chosen);
guint kutip_occurrences_get_n_chosen (KutipOccurrences *self);
/* KutipRange, in order; owned. */
GArray *kutip_occurrences_list_chosen (KutipOccurrences *self);
/* What is wrong with the pattern, or NULL. */
const GError *kutip_occurrences_get_error (KutipOccurrences *self);

G_END_DECLS
