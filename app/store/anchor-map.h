/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A stretch of the old text that is known, because a span quotes it, and where it stood.
 */
typedef struct
{
  guint old;
  const gunichar *chars;
  guint n_chars;
} KutipFragment;

/* Where the parts of an old text, of which only fragments are known, stand in a new one.
 * Sequences of KUTIP_ANCHOR_K characters that occur once in each are paired, and the
 * longest chain of pairs that keeps the order taken for true (as in patience sorting:
 * Cohen; LIS: Fredman 1975). Takes time in proportion to the texts, but for a logarithm.
 */
typedef struct _KutipAnchorMap KutipAnchorMap;

#define KUTIP_ANCHOR_K 12

/* @text must outlive the map. NULL when cancelled. */
KutipAnchorMap *kutip_anchor_map_new (const gunichar *text,
                                      guint length,
                                      const KutipFragment *fragments,
                                      guint n_fragments,
                                      GCancellable *cancellable);
void kutip_anchor_map_free (KutipAnchorMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipAnchorMap, kutip_anchor_map_free)

/* Where an old position should be now. */
typedef struct
{
  guint at;           /* most likely */
  guint low, high;    /* hardly outside of this */
  gboolean bracketed; /* the nearest pairs before and behind agree on @at */
  gboolean near;      /* one of them is close by */
  gboolean far;       /* no pair tells for it */
  guint other;        /* what the less near pair says; @at when bracketed */
} KutipAnchorGuess;

/* Whether a pair lies between these old positions: what stands there is in the new text
 * only once. */
gboolean kutip_anchor_map_has_pair (KutipAnchorMap *self, guint start, guint end);
KutipAnchorGuess kutip_anchor_map_guess (KutipAnchorMap *self, guint start, guint end);

/* Where @chars might begin in the new text, wherever it stood before: most likely first,
 * at most @max. */
guint kutip_anchor_map_find (KutipAnchorMap *self,
                             const gunichar *chars,
                             guint n_chars,
                             guint *positions,
                             guint max);

G_END_DECLS
