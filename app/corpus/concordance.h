/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/search.h"

G_BEGIN_DECLS

/* What the lines of a concordance can be sorted by. */
typedef enum
{
  KUTIP_CONCORDANCE_ARTICLE, /* and the place in it: the order in which they are found */
  KUTIP_CONCORDANCE_LEFT,    /* the nearest word first, then the one before it, … */
  KUTIP_CONCORDANCE_MATCH,
  KUTIP_CONCORDANCE_RIGHT,
} KutipConcordanceColumn;

#define KUTIP_TYPE_CONCORDANCE_LINE (kutip_concordance_line_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipConcordanceLine, kutip_concordance_line, KUTIP, CONCORDANCE_LINE, GObject)

/* One hit. Immutable. */
GFile *kutip_concordance_line_get_file (KutipConcordanceLine *self);
/* The article below the folder, for people. */
const char *kutip_concordance_line_get_name (KutipConcordanceLine *self);
KutipRange kutip_concordance_line_get_range (KutipConcordanceLine *self);
const KutipContext *kutip_concordance_line_get_context (KutipConcordanceLine *self);
/* Interned; NULL for a place in the text. */
const char *kutip_concordance_line_get_label (KutipConcordanceLine *self);
/* Negative, 0 or positive; equal lines stand in the order of the articles. By the rules
 * of the locale, without regard to case. */
int kutip_concordance_line_compare (KutipConcordanceLine *a,
                                    KutipConcordanceLine *b,
                                    KutipConcordanceColumn column);

#define KUTIP_TYPE_CONCORDANCE (kutip_concordance_get_type ())
G_DECLARE_FINAL_TYPE (KutipConcordance, kutip_concordance, KUTIP, CONCORDANCE, GObject)

/* More lines than this are not kept; "is-cut" tells. */
#define KUTIP_CONCORDANCE_MOST 100000

/* The hits of a search in many articles: a GListModel of KutipConcordanceLine, filled
 * from a thread in small batches while the main thread goes on.
 *
 * Properties (read-only, notify): "running", "n-searched", "n-articles" (guint; as many
 * as are known), "n-failed" (guint: articles that cannot be read), "is-cut". */
KutipConcordance *kutip_concordance_new (void);
/* Empties the list, ends the search under way, and searches all articles below @folder;
 * with @folder NULL those in @files (GFile). */
void kutip_concordance_start (KutipConcordance *self,
                              const KutipSearchQuery *query,
                              GFile *folder,
                              GPtrArray *files);
/* What was found stays. */
void kutip_concordance_stop (KutipConcordance *self);
gboolean kutip_concordance_is_running (KutipConcordance *self);
/* Why the first of those that failed could not be read, or NULL. */
const GError *kutip_concordance_get_error (KutipConcordance *self);

G_END_DECLS
