/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/layer.h"
#include "text/text.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KUTIP_ANCHOR_KEPT,        /* its text stands where it stood */
  KUTIP_ANCHOR_MOVED,       /* found word for word elsewhere */
  KUTIP_ANCHOR_APPROXIMATE, /* found with small differences: its text now is another */
  KUTIP_ANCHOR_ORPHAN,      /* not found */
} KutipAnchorResult;

/* One span's fate. */
typedef struct
{
  char *id;
  KutipAnchorResult result;
  char *old_text; /* pieces joined by " … " */
  char *new_text; /* NULL for an orphan */
} KutipAnchorOutcome;

/* Finds the orphans of @layer again in @text: at the occurrence of their text whose
 * surroundings match best, else approximately; those found get their new ranges in place,
 * the rest stay orphans. Never a wrong place silently: where two places are as good as
 * each other, it stays an orphan. What did not stay is marked for a person to look at
 * (KutipReview), until when the mark stays. Returns an array of KutipAnchorOutcome for
 * every span that did not stay. Changes @layer directly: call it before a document is
 * made of it. */
GPtrArray *kutip_anchor_layer (KutipLayer *layer,
                               KutipText *text,
                               GCancellable *cancellable,
                               GError **error);
void kutip_anchor_outcome_free (KutipAnchorOutcome *self);

G_END_DECLS
