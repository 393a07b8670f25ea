/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/spill.h"

G_BEGIN_DECLS

/* Shares articles out among the splits of a dataset, the same way on every machine: whole
 * numbers only, and chance comes from SHA-256 of the seed and a name, so that neither the
 * order of the input nor a library's random numbers matter. */

/* How many of one stratum (spans of a label, articles of a value) a group has. */
typedef struct
{
  guint stratum;
  guint n;
} KutipStratumCount;

/* What stays together. */
typedef struct
{
  const char *name;                /* its own; with the seed it decides the order */
  guint n_articles;                /* > 0 */
  const KutipStratumCount *strata; /* each stratum once */
  guint n_strata;
} KutipSplitGroup;

#define KUTIP_SPLIT_MAX_SPLITS 10
#define KUTIP_SPLIT_MAX_SHARE 1000000

/* Gives each group the number of its split.
 *
 * Groups are taken in the order of SHA-256 ("SEED\nNAME"). Without strata each goes to
 * the split that lacks the most articles, so that splits of single articles have the size
 * that was asked for, to the article.
 *
 * With strata it is iterative stratification (Sechidis, Tsoumakas, Vlahavas: On the
 * Stratification of Multi-Label Data, ECML PKDD 2011), counting what each group has
 * rather than whether: the stratum that the fewest groups left have comes first, as it is
 * the hardest to share out; each of these groups goes to the split that lacks the most of
 * it, or of articles when several do. What has no stratum comes last, as above. Ties go
 * to the earlier split.
 *
 * A split that has got nothing, the last one first, is given the smallest group of the
 * split that lacks the fewest articles, as long as that has another.
 *
 * Of each group one byte is in the memory, and of each stratum some. */
typedef struct _KutipSplit KutipSplit;

KutipSplit *kutip_split_new (const guint *shares,
                             guint n_splits,
                             guint64 seed,
                             KutipSpillFunc open);
void kutip_split_free (KutipSplit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSplit, kutip_split_free)

/* The next group. */
gboolean kutip_split_add (KutipSplit *self, const KutipSplitGroup *group, GError **error);
/* The split of each group, in the order in which they were added; owned. NULL with
 * @error. */
guint8 *kutip_split_assign (KutipSplit *self, GError **error);

/* "80/10/10" as shares: two or three whole numbers, none 0. FALSE when it is not that. */
gboolean kutip_split_parse_shares (const char *text, guint shares[3], guint *n_splits);

G_END_DECLS
