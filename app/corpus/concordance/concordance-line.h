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

/* One hit. Immutable; for the main thread. */
GFile *kutip_concordance_line_get_file (KutipConcordanceLine *self);
/* The article below the folder, for people. */
const char *kutip_concordance_line_get_name (KutipConcordanceLine *self);
/* Of one search. */
gboolean kutip_concordance_line_is_in_same (KutipConcordanceLine *self,
                                            KutipConcordanceLine *other);
KutipRange kutip_concordance_line_get_range (KutipConcordanceLine *self);
const KutipContext *kutip_concordance_line_get_context (KutipConcordanceLine *self);
/* Interned; NULL for a place in the text. */
const char *kutip_concordance_line_get_label (KutipConcordanceLine *self);
/* The query asked for it: a span of that label is there already. */
gboolean kutip_concordance_line_is_covered (KutipConcordanceLine *self);
/* What such a line would have as its match for that place; owned. */
char *kutip_concordance_line_dup_match (KutipText *text, KutipRange range);
/* For a GHashTable: the same place of the same article, in whichever search. */
guint kutip_concordance_line_hash (gconstpointer line);
gboolean kutip_concordance_line_equal (gconstpointer a, gconstpointer b);
/* Negative, 0 or positive; equal lines stand in the order of the articles. By the rules
 * of the locale, without regard to case. */
int kutip_concordance_line_compare (KutipConcordanceLine *a,
                                    KutipConcordanceLine *b,
                                    KutipConcordanceColumn column);

/* For KutipConcordance alone. @n_article counts the articles in the order of the walk;
 * @name is a GRefString. For any thread. */
KutipConcordanceLine *kutip_concordance_line_new (const KutipSearchHit *hit,
                                                  guint n_article,
                                                  char *name);

G_END_DECLS
