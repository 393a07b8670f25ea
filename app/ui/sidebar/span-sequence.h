/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/layer.h"

G_BEGIN_DECLS

/* A list of spans that does not change any more, whatever it is kept in. */
typedef struct _KutipSpanSequence KutipSpanSequence;

typedef struct
{
  guint (*get_n) (gpointer data);
  KutipSpan *(*get_nth) (gpointer data, guint position);
  gboolean (*find) (gpointer data, const char *id, guint *position);
  void (*free) (gpointer data);
} KutipSpanSequenceKind;

/* Takes @data over. @kind must live as long. */
KutipSpanSequence *kutip_span_sequence_new (const KutipSpanSequenceKind *kind,
                                            gpointer data);
/* All spans of a layer, which is taken over and must not change. */
KutipSpanSequence *kutip_span_sequence_new_layer (KutipLayer *layer);
/* Some of them: KutipSpan in the layer's order. Both are taken over. */
KutipSpanSequence *kutip_span_sequence_new_some (KutipLayer *layer, GPtrArray *spans);
/* What is large is freed in a thread. */
void kutip_span_sequence_free (KutipSpanSequence *self);

guint kutip_span_sequence_get_n (KutipSpanSequence *self);
/* Borrowed, NULL past the end. */
KutipSpan *kutip_span_sequence_get_nth (KutipSpanSequence *self, guint position);
/* FALSE when there is no span of that id. */
gboolean kutip_span_sequence_find (KutipSpanSequence *self,
                                   const char *id,
                                   guint *position);
/* How many stand before @span, which need not be there, in one that is in the order of
 * the text. */
guint kutip_span_sequence_get_rank (KutipSpanSequence *self, KutipSpan *span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipSpanSequence, kutip_span_sequence_free)

G_END_DECLS
