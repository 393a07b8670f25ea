/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sidebar/span-sequence.h"

G_BEGIN_DECLS

/* A list of spans on its way from what it was to what it is to be, after very many of
 * them have changed. It goes there in pieces, from the top: none makes a view exchange
 * more than a few of its rows, so that it can be done between two frames. Spans that are
 * held (a view has rows of them) stay where they are. At any time the list is what it was
 * to begin with and the pieces so far have made of it. */
typedef struct _KutipSpanCatchUp KutipSpanCatchUp;

/* What is to be told to those who show the list: either removes or adds. */
typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} KutipSpanPiece;

/* @held: const char * ids; only read here. Takes over both lists. */
KutipSpanCatchUp *kutip_span_catch_up_new (KutipSpanSequence *before,
                                           KutipSpanSequence *after,
                                           GPtrArray *held);
/* What the layer was is freed in a thread, as that may take long. */
void kutip_span_catch_up_free (KutipSpanCatchUp *self);
/* The list as it is now, where it goes elsewhere from here. Takes @self over. */
KutipSpanSequence *kutip_span_catch_up_freeze (KutipSpanCatchUp *self);

/* FALSE when the list is there. */
gboolean kutip_span_catch_up_step (KutipSpanCatchUp *self, KutipSpanPiece *piece);

/* Borrowed, NULL past the end. */
KutipSpan *kutip_span_catch_up_get_nth (KutipSpanCatchUp *self, guint position);
/* Where the span of that id is, as it was or as it is; FALSE when it is not there yet, or
 * not any more. */
gboolean kutip_span_catch_up_find (KutipSpanCatchUp *self,
                                   const char *id,
                                   guint *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSpanCatchUp, kutip_span_catch_up_free)

G_END_DECLS
