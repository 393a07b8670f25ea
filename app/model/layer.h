/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/header.h"
#include "model/label-counts.h"
#include "model/relation.h"
#include "model/span-tree.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_LAYER (kutip_layer_get_type ())

/* All that one annotator marked in one article: a header, spans in document order,
 * relations.
 *
 * Spans live in a persistent, augmented balanced tree (model/span-tree.h): one entry for
 * each range, with the largest end and the number of spans below each node. So finding
 * the spans at a place takes O(log n + hits), insertion and removal O(log n), the i-th
 * span O(log n), and a snapshot for the saving thread O(1): ids, relations and links are
 * persistent too (model/id-map.h).
 *
 * Document order: by first range (kutip_range_compare), then by id with its number
 * counted. Only KutipDocument and readers of files change a layer. */
G_DECLARE_FINAL_TYPE (KutipLayer, kutip_layer, KUTIP, LAYER, GObject)

KutipLayer *kutip_layer_new (KutipHeader *header);
/* A layer that stays as it is now, for one other thread. */
KutipLayer *kutip_layer_snapshot (KutipLayer *self);

/* Each becomes what the other was. O(1). */
void kutip_layer_exchange (KutipLayer *self, KutipLayer *other);
KutipHeader *kutip_layer_get_header (KutipLayer *self);
guint kutip_layer_get_n_spans (KutipLayer *self);
guint kutip_layer_get_n_relations (KutipLayer *self);
/* Borrowed; NULL past the end or for an unknown id. */
KutipSpan *kutip_layer_get_nth_span (KutipLayer *self, guint i);
KutipSpan *kutip_layer_get_span (KutipLayer *self, const char *id);
KutipRelation *kutip_layer_get_relation (KutipLayer *self, const char *id);
/* The span's place in document order. */
gboolean kutip_layer_get_position (KutipLayer *self, KutipSpan *span, guint *position);

/* A KutipSpanFunc is called with each hit, and may change the layer; it returns FALSE to
 * stop. */

/* Each span one of whose ranges overlaps @range (or, when @range is empty, contains or
 * touches that offset), once, in document order of its first hit. Orphans are never found
 * by place. */
void kutip_layer_foreach_span_in (KutipLayer *self,
                                  KutipRange range,
                                  KutipSpanFunc func,
                                  gpointer data);
/* The same as an array of borrowed spans. */
GPtrArray *kutip_layer_list_spans_in (KutipLayer *self, KutipRange range);
/* All spans, in document order (orphans included, at the place they once had). */
void kutip_layer_foreach_span (KutipLayer *self, KutipSpanFunc func, gpointer data);
/* As kutip_span_tree_foreach_labelled(). */
void kutip_layer_foreach_labelled (KutipLayer *self,
                                   guint from,
                                   gboolean forward,
                                   KutipLabelSet labels,
                                   KutipSpanFunc func,
                                   gpointer data);
/* As kutip_span_tree_get_longer(): from the shortest span at a place to the longest. */
KutipSpan *kutip_layer_get_longer (KutipLayer *self, KutipRange range, KutipSpan *after);
/* The first span in document order that starts after @offset; the last that starts
 * before. */
KutipSpan *kutip_layer_get_span_after (KutipLayer *self, guint offset);
KutipSpan *kutip_layer_get_span_before (KutipLayer *self, guint offset);

typedef gboolean (*KutipRelationFunc) (KutipRelation *relation, gpointer data);
/* All relations, in document order of their "from" spans; for writing. O(n log n). */
void kutip_layer_foreach_relation (KutipLayer *self,
                                   KutipRelationFunc func,
                                   gpointer data);
/* The relations from and to a span; borrowed relations, a new array. */
GPtrArray *kutip_layer_list_relations_of (KutipLayer *self, const char *span_id);

/* Each label that spans have, and how many; in order of their names. */
void kutip_layer_foreach_label (KutipLayer *self, KutipLabelFunc func, gpointer data);
/* The same of relations. */
void kutip_layer_foreach_relation_label (KutipLayer *self,
                                         KutipLabelFunc func,
                                         gpointer data);
/* How many spans have the label (interned or not). O(1). */
guint kutip_layer_count_label (KutipLayer *self, const char *label);

/* An id that was never used in this layer: @prefix ("s", "r") and a number. */
char *kutip_layer_make_id (KutipLayer *self, const char *prefix);
/* The highest number ever used in an id here, and the highest in an id that is here now.
 * They differ when what had it was removed: then the file must say so, or the number
 * would be used again. */
guint kutip_layer_get_last_id (KutipLayer *self);
guint kutip_layer_get_highest_live_id (KutipLayer *self);

/* For KutipDocument and readers of files. FALSE when the id is already there. */
gboolean kutip_layer_add_span (KutipLayer *self, KutipSpan *span);
gboolean kutip_layer_add_relation (KutipLayer *self, KutipRelation *relation);
/* The same with the caller's reference, which is taken in any case. */
gboolean kutip_layer_take_span (KutipLayer *self, KutipSpan *span);
gboolean kutip_layer_take_relation (KutipLayer *self, KutipRelation *relation);
void kutip_layer_remove_span (KutipLayer *self, KutipSpan *span);
/* @other has the id of @span, which is there; cheapest where it stands as that does. */
void kutip_layer_replace_span (KutipLayer *self, KutipSpan *span, KutipSpan *other);
void kutip_layer_remove_relation (KutipLayer *self, KutipRelation *relation);
void kutip_layer_set_header (KutipLayer *self, KutipHeader *header);

/* Whether they hold the same (header, spans, relations). */
gboolean kutip_layer_equal (KutipLayer *a, KutipLayer *b);

G_END_DECLS
