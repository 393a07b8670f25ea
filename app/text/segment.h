/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text.h"

G_BEGIN_DECLS

/* Borders in a text by the rules of Unicode (UAX #29, Thai by dictionary), as Pango finds
 * them, with these differences: a hyphen or apostrophe between letters ties two words
 * into one; a sentence runs on after titles, initials and the numbers of a list, after a
 * question or exclamation that is quoted within it, and inside an address (sentence.c).
 * Paragraphs end with LF, CR LF, CR or U+2029, which are not part of them; nor is the
 * white space around it part of a sentence. */
typedef enum
{
  KUTIP_UNIT_CHARACTER, /* grapheme cluster: what a reader calls a character */
  KUTIP_UNIT_WORD,
  KUTIP_UNIT_SENTENCE,
  KUTIP_UNIT_PARAGRAPH,
} KutipUnit;

/* All of these look at a bounded neighbourhood of @offset only, so that they answer at
 * once in a paragraph of any length; a word or sentence of more than 32,768 code points
 * is cut. Only paragraphs may have any length. */

/* The unit around @offset; at the end of the text, the last. A word unit may be white
 * space or punctuation when @offset is there. White space goes with the sentence before
 * it in the same paragraph, or else with that after it; on a blank line the sentence is
 * empty. */
KutipRange kutip_segment_at (KutipText *text, KutipUnit unit, guint offset);
/* The nearest start of such a unit after @offset, or the end of the text. White space and
 * lone punctuation do not count as words, nor blank lines as paragraphs. */
guint kutip_segment_next (KutipText *text, KutipUnit unit, guint offset);
/* The nearest start of such a unit before @offset, or 0. */
guint kutip_segment_previous (KutipText *text, KutipUnit unit, guint offset);
/* The nearest end of such a unit after @offset, or the end of the text. */
guint kutip_segment_next_end (KutipText *text, KutipUnit unit, guint offset);

/* What a reader means who swept over @range by hand: extended to whole words, surrounding
 * white space and stray punctuation left out, but quotation marks and brackets kept that
 * belong to a pair inside. An empty or blank range stays empty; one of nothing but
 * punctuation stays as it is. Snapping twice changes nothing more. */
KutipRange kutip_segment_snap (KutipText *text, KutipRange range);
/* @range extended so that no grapheme cluster is cut in two. */
KutipRange kutip_segment_whole_characters (KutipText *text, KutipRange range);
/* @range with white space at both ends left out. */
KutipRange kutip_segment_trim (KutipText *text, KutipRange range);

G_END_DECLS
