/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/concordance/concordance-line.h"
#include "model/document.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_CONCORDANCE (kutip_concordance_get_type ())
G_DECLARE_FINAL_TYPE (KutipConcordance, kutip_concordance, KUTIP, CONCORDANCE, GObject)

/* More lines than this are not kept; "is-cut" tells. */
#define KUTIP_CONCORDANCE_MOST 100000

/* The hits of a search in many articles: a GListModel of KutipConcordanceLine, filled
 * from a thread in small batches while the main thread goes on.
 *
 * Properties (read-only, notify): "running", "n-searched", "n-articles" (guint; as many
 * as are known), "n-hit" (guint: articles that have lines), "n-failed" (guint: articles
 * that cannot be read), "is-cut". */
KutipConcordance *kutip_concordance_new (void);
/* Empties the list, ends the search under way, and searches all articles below @folder;
 * with @folder NULL those in @files (GFile). */
void kutip_concordance_start (KutipConcordance *self,
                              const KutipSearchQuery *query,
                              GFile *folder,
                              GPtrArray *files);
/* Articles that are open: from the next start on they are searched as they are then, not
 * as they are on the disk. GFile -> KutipDocument; taken over, may be NULL. */
void kutip_concordance_take_open (KutipConcordance *self, GHashTable *documents);
/* Ends the search, and empties the list. */
void kutip_concordance_clear (KutipConcordance *self);
/* What was found stays. The search's thread is cancelled, not waited for. */
void kutip_concordance_stop (KutipConcordance *self);
gboolean kutip_concordance_is_running (KutipConcordance *self);
/* Waits for the threads of searches that were stopped or dropped: before the program
 * ends, or takes away what they read. */
void kutip_concordance_join_all (void);
/* Why the first of those that failed could not be read, or NULL. */
const GError *kutip_concordance_get_error (KutipConcordance *self);

G_END_DECLS
