/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KUTIP_FIND_CASE = 1 << 0,       /* case counts */
  KUTIP_FIND_WORDS = 1 << 1,      /* only whole words */
  KUTIP_FIND_DIACRITICS = 1 << 2, /* accents count */
  KUTIP_FIND_REGEX = 1 << 3,      /* the pattern is a PCRE regular expression */
  KUTIP_FIND_WHOLE = 1 << 4,      /* ^ and $ of one are the ends of the text only */
} KutipFindFlags;

/* All matches of @pattern that do not overlap, in order, as a GArray of KutipRange; none
 * is empty, and none cuts a character from its accents. Where accents do not count, nor
 * do the shapes of quotation marks and hyphens; however they are written, equivalent
 * texts match. Where all white space in @pattern is single blanks beside words, each of
 * them stands for any white space, with one end of a line at most. In a regular
 * expression accents always count, and ^ and $ stand for the
 * ends of lines. An error for a bad regular expression (G_REGEX_ERROR, also for one that
 * takes too long), or G_IO_ERROR_CANCELLED. Linear in the text; call it off the main
 * thread. */
GArray *kutip_find_all (KutipText *text,
                        const char *pattern,
                        KutipFindFlags flags,
                        GCancellable *cancellable,
                        GError **error);

/* The occurrences of @exact (no folding) in the text, the first @max of them. They may
 * overlap. */
GArray *kutip_find_exact (KutipText *text, const char *exact, guint max);

/* The best approximate match of @exact inside @within, or FALSE when none has at most
 * @max_errors insertions, deletions and substitutions (Myers 1999, bit-parallel; block
 * version for patterns over 64 code points). @n_errors says how far it is. Of equals the
 * one that ends first; of the ways to cut that, the one with the first and the last
 * character of @exact at its ends, or else nearest to its length. A match has at least
 * one character right. A pattern whose table would take over 64 MB (hundreds of thousands
 * of code points) has none. */
gboolean kutip_find_approximate (KutipText *text,
                                 const char *exact,
                                 KutipRange within,
                                 guint max_errors,
                                 KutipRange *match,
                                 guint *n_errors);

G_END_DECLS
