/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text.h"

G_BEGIN_DECLS

/* What a position between two code points is a border of. */
typedef enum
{
  KUTIP_BORDER_CHARACTER = 1 << 0,
  KUTIP_BORDER_WORD =
      1 << 1, /* of a word, or of the white space or punctuation between */
  KUTIP_BORDER_WORD_START = 1 << 2,
  KUTIP_BORDER_WORD_END = 1 << 3,
  KUTIP_BORDER_SENTENCE_START = 1 << 4,
  KUTIP_BORDER_SENTENCE_END = 1 << 5, /* before the white space that follows */
} KutipBorder;

/* The borders at every position from range.start to range.end, both included, as flags;
 * free with g_free(). Looks a little beyond the range, so that the answer for a position
 * does not depend on the range that it is asked in. */
guint8 *kutip_borders_find (KutipText *text, KutipRange range);

G_END_DECLS
