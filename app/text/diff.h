/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KUTIP_DIFF_KEPT,
  KUTIP_DIFF_REMOVED,
  KUTIP_DIFF_ADDED,
} KutipDiffKind;

/* A stretch of the old text (kept or removed) or of the new one (added), in bytes. */
typedef struct
{
  KutipDiffKind kind;
  gsize start;
  gsize n_bytes;
} KutipDiffPart;

/* What makes the old text the new one, for people to read: by words, with white space and
 * punctuation by themselves; scripts without spaces between words by characters with
 * their marks. Parts in order; of what changed at one place the removed part comes first.
 * The most is kept that can be, unless the two differ over more than a person would
 * compare: then all between what they begin and end with is removed, and added. Returns
 * an array of KutipDiffPart. */
GArray *kutip_diff (const char *before, const char *after);

G_END_DECLS
