/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/concordance/concordance.h"
#include "model/tagset.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_CONCORDANCE_WINDOW (kutip_concordance_window_get_type ())
G_DECLARE_FINAL_TYPE (KutipConcordanceWindow,
                      kutip_concordance_window,
                      KUTIP,
                      CONCORDANCE_WINDOW,
                      AdwWindow)

/* Searches many articles, for words in their texts or for spans, and lists the places as
 * a concordance: the words below one another, with what stands around them.
 *
 * Signal "open" (KutipConcordanceLine *): a person wants to see that place. */
KutipConcordanceWindow *kutip_concordance_window_new (GtkWindow *parent);
/* Where to search: all articles below @folder, or with @folder NULL @files (GFile). What
 * was found elsewhere is forgotten. The labels and attributes to choose from are those of
 * @tagset, which may be NULL; @annotator says whose spans are searched. */
void kutip_concordance_window_set_place (KutipConcordanceWindow *self,
                                         GFile *folder,
                                         GPtrArray *files,
                                         KutipTagset *tagset,
                                         const char *annotator);
KutipConcordance *kutip_concordance_window_get_concordance (KutipConcordanceWindow *self);

G_END_DECLS
