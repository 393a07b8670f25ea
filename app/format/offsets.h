/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Offsets as another program counted them. KUTIP_OFFSETS_AUTO counts as code points. */

/* FALSE when they lie outside the text, inside a character, or are not in order. An empty
 * range is none either. */
gboolean kutip_offsets_convert (
    KutipText *text, KutipOffsetUnit unit, guint64 start, guint64 end, KutipRange *range);

/* Offsets with the text that they were said to cover, for finding their unit. */
typedef struct
{
  guint64 start, end;
  const char *covered; /* NULL when nobody says */
} KutipOffsets;

/* How good each unit is for those that were seen; all zero: none. */
typedef struct
{
  guint64 code_points, utf16, bytes;
  gboolean differ; /* code points and UTF-16 units mean other places */
} KutipOffsetsRating;

void kutip_offsets_rate (KutipOffsetsRating *self,
                         KutipText *text,
                         const KutipOffsets *offsets);
/* The unit under which most of them cover what they should, or, where nobody says, begin
 * and end where words do; code points when several are as good. */
KutipOffsetUnit kutip_offsets_rating_get_best (const KutipOffsetsRating *self);
/* Whether UTF-16 units are as good as code points, and would be other places. */
gboolean kutip_offsets_rating_is_undecided (const KutipOffsetsRating *self);
/* The same of a list. */
KutipOffsetUnit kutip_offsets_find_unit (KutipText *text,
                                         const KutipOffsets *offsets,
                                         guint n);
/* "code-points", "utf-16", "bytes", also as other programs spell them. */
gboolean kutip_offsets_parse_unit (const char *name, KutipOffsetUnit *unit);

G_END_DECLS
