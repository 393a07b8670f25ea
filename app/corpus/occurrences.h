/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/concordance/concordance.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_OCCURRENCES (kutip_occurrences_get_type ())
G_DECLARE_FINAL_TYPE (KutipOccurrences, kutip_occurrences, KUTIP, OCCURRENCES, GObject)

/* Where words occur, in one article or in many, and which of these places are to be
 * marked: all that are not marked yet, but for those that a person leaves out.
 *
 * Properties (read-only, notify): "n-chosen", "n-marked" (guint). Signal "chosen": which
 * ones are chosen has changed. */
KutipOccurrences *kutip_occurrences_new (void);
/* The places, which come in batches; whether more come; what is wrong. Borrowed. */
KutipConcordance *kutip_occurrences_get_places (KutipOccurrences *self);
/* Takes the place of the search under way. Its query says in "covering" which label they
 * are to be marked with. What was left out stays so where only the label is another. As
 * for kutip_concordance_start(); FALSE with @error and an empty list when the query is
 * none. */
gboolean kutip_occurrences_search (KutipOccurrences *self,
                                   const KutipSearchQuery *query,
                                   GFile *folder,
                                   GPtrArray *files,
                                   GError **error);
/* Always FALSE where it is marked already. */
gboolean kutip_occurrences_is_chosen (KutipOccurrences *self, KutipConcordanceLine *line);
void kutip_occurrences_choose (KutipOccurrences *self,
                               KutipConcordanceLine *line,
                               gboolean chosen);
void kutip_occurrences_choose_all (KutipOccurrences *self, gboolean chosen);
guint kutip_occurrences_get_n_chosen (KutipOccurrences *self);
/* KutipConcordanceLine, in the order in which they were found; owned. */
GPtrArray *kutip_occurrences_list_chosen (KutipOccurrences *self);

G_END_DECLS
