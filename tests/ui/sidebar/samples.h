/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

G_BEGIN_DECLS

/* Annotated texts to show and test the side pane with; each saves nowhere. */

/* Indonesian news with the default tag set: quotes, claims, sources, cues, links, notes,
 * an unsure span, a quote without a source. */
KutipAnnotator *sample_news (void);
/* The same in Arabic. */
KutipAnnotator *sample_arabic (void);
/* A study with twelve labels, long titles and all kinds of attributes, spans with labels,
 * values and attributes that it lacks, and an orphan. */
KutipAnnotator *sample_study (void);
/* Its tag set. */
KutipTagset *sample_study_tagset (void);
/* A text with nothing marked. */
KutipAnnotator *sample_empty (void);

/* By name: "news", "arabic", "study", "empty"; or "many": 100,000 spans. NULL for
 * another. */
KutipAnnotator *sample_by_name (const char *name);

/* The first span whose words begin with @words. */
KutipSpan *sample_find (KutipAnnotator *annotator, const char *words);

G_END_DECLS
