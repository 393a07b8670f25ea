/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/entry.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_CORPUS (kutip_corpus_get_type ())
G_DECLARE_FINAL_TYPE (KutipCorpus, kutip_corpus, KUTIP, CORPUS, GObject)

/* Articles opened as one: a folder with all below it, or files named by hand. A
 * GListModel of KutipEntry sorted by path (numbers counted: "a2" before "a10"), filled
 * from a thread in batches; the states (from the head of each sidecar) follow in the
 * background, those asked for first. A folder is watched: what comes, goes or is
 * annotated by another program is seen within a second or so.
 *
 * Properties (read-only, notify): "loading", "n-done" (guint), "folder" (GFile or NULL),
 * "error". Signal "titles-changed": some entries have another title now. */
KutipCorpus *kutip_corpus_new_for_folder (GFile *folder, const char *annotator);
KutipCorpus *kutip_corpus_new_for_files (GFile *const *files,
                                         guint n_files,
                                         const char *annotator);
/* Starts filling it; cancelled when the corpus goes away. */
void kutip_corpus_load (KutipCorpus *self);
gboolean kutip_corpus_is_loading (KutipCorpus *self);
guint kutip_corpus_get_n_done (KutipCorpus *self);
GFile *kutip_corpus_get_folder (KutipCorpus *self);
/* NULL when it is not there. O(log n) for a folder. */
KutipEntry *kutip_corpus_lookup (KutipCorpus *self, GFile *article);

G_END_DECLS
