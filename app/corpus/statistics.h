/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

G_BEGIN_DECLS

/* What one annotator has done. */
typedef struct
{
  guint64 n_layers, n_spans, n_relations;
} KutipAnnotatorStatistics;

/* What is annotated in many articles. Memory grows with the labels, values and
 * annotators, not with the articles. Trees are sorted by the bytes of their keys. */
typedef struct
{
  guint64 n_articles;
  guint64 n_unannotated; /* articles without a layer */
  guint64 n_code_points;
  guint64 n_layers, n_spans, n_relations;
  guint64 n_pieces;        /* ranges of all spans */
  guint64 n_orphans;       /* spans not found in the text */
  guint64 n_discontinuous; /* spans of more than one range */
  guint64 n_nested;        /* inside a longer span of their layer */
  guint64 n_coinciding;    /* with the same ranges as another */
  guint64 n_crossing;      /* sharing text with another, neither inside the other */
  /* Spans whose label requires "attributed-to", or which have one. */
  guint64 n_attributions, n_with_source, n_with_cue;
  guint64 n_by_status[3];    /* by KutipStatus */
  GTree *spans_by_label;     /* char* -> guint64* */
  GTree *relations_by_label; /* char* -> guint64* */
  GTree *attribute_values;   /* label -> GTree: attribute -> GTree: value -> guint64* */
  GTree *by_annotator;       /* char*, "" for none -> KutipAnnotatorStatistics* */
} KutipStatistics;

/* Stands for all values of an attribute that takes free text. */
#define KUTIP_STATISTICS_ANY_VALUE "*"

KutipStatistics *kutip_statistics_new (void);
void kutip_statistics_free (KutipStatistics *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipStatistics, kutip_statistics_free)

/* Once for each article, before its layers. */
void kutip_statistics_add_article (KutipStatistics *self,
                                   KutipArticle *article,
                                   guint n_layers);
/* O(n log n + pairs of spans that overlap). */
void kutip_statistics_add_layer (KutipStatistics *self,
                                 KutipTagset *tagset,
                                 KutipLayer *layer);

G_END_DECLS
