/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is not told apart when a text is searched. */
typedef enum
{
  KUTIP_FOLD_CASE = 1 << 0,
  KUTIP_FOLD_DIACRITICS =
      1 << 1, /* accents, and the shapes of quotation marks and hyphens */
} KutipFoldFlags;

/* The most code points that one is folded to. */
#define KUTIP_FOLD_MAX 18

/* Folds @c into @folded, and returns how many code points it became: none for an accent
 * that does not count. Texts that Unicode calls canonically equivalent fold to the same,
 * whatever the flags, but for the order of several accents on one letter. */
guint kutip_fold_char (gunichar c, KutipFoldFlags flags, gunichar folded[KUTIP_FOLD_MAX]);

/* Whether @c, folded, goes with the character before it and cannot begin one: an accent,
 * or the second or third part of a Korean syllable. */
gboolean kutip_fold_continues (gunichar c);

/* Moves the last of @n folded code points to its place in Unicode's order of accents, and
 * its entry of @sources with it. To be called after each that is appended. */
void kutip_fold_order (gunichar *folded, guint *sources, guint n);

G_END_DECLS
