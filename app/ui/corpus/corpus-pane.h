/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/corpus.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_CORPUS_PANE (kutip_corpus_pane_get_type ())
G_DECLARE_FINAL_TYPE (KutipCorpusPane, kutip_corpus_pane, KUTIP, CORPUS_PANE, GtkWidget)

/* The articles of a corpus: a list with a filter, and how many are done.
 *
 * Signal "open" (KutipEntry): a person wants that one. */
GtkWidget *kutip_corpus_pane_new (void);
void kutip_corpus_pane_set_corpus (KutipCorpusPane *self, KutipCorpus *corpus);
/* The article that is open in the window, or NULL: it is selected and scrolled to. */
void kutip_corpus_pane_set_open_article (KutipCorpusPane *self, GFile *article);
/* The next or previous article in the list as it is filtered, from @article on; with
 * @unfinished the next that is not done, from the start again behind the end. NULL when
 * there is none. */
KutipEntry *kutip_corpus_pane_find_next (KutipCorpusPane *self,
                                         GFile *article,
                                         gboolean forward,
                                         gboolean unfinished);
void kutip_corpus_pane_focus_filter (KutipCorpusPane *self);

G_END_DECLS
