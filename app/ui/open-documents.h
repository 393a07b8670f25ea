/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/bulk/bulk-mark.h"
#include "ui/annotator/annotator.h"

G_BEGIN_DECLS

/* What @owner, a window, has open now; @annotator NULL: nothing. */
void kutip_open_documents_set (gpointer owner, GFile *file, KutipAnnotator *annotator);
/* What the windows of this program have open: GFile of the article -> KutipDocument. For
 * those who look at or change many articles: an open one is as its document says, not as
 * the disk does. Owned. */
GHashTable *kutip_open_documents_list (void);
/* A KutipBulkOpenFunc: the turn is the annotator's, which takes what is much to a thread.
 */
gboolean kutip_open_documents_change (GFile *file, KutipBulkTurn *turn, gpointer unused);

G_END_DECLS
