/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* Label Studio's JSON: a list of tasks with annotations (one for each annotator) and
 * predictions, and the labelling configuration that they need. Text regions count code
 * points (older versions UTF-16 units: found by the texts they quote). */

#define KUTIP_LABEL_STUDIO "label-studio"
/* Controls of the configuration; results name them. */
#define KUTIP_LABEL_STUDIO_LABELS "label"
#define KUTIP_LABEL_STUDIO_TEXT "text"
#define KUTIP_LABEL_STUDIO_PER_ARTICLE " (article)"
#define KUTIP_LABEL_STUDIO_FREE_TEXT " (text)"
#define KUTIP_LABEL_STUDIO_OTHER " (attribute)"

/* Members that are understood. */
extern const char *const kutip_label_studio_task_members[];
extern const char *const kutip_label_studio_data_members[];
extern const char *const kutip_label_studio_annotation_members[];
extern const char *const kutip_label_studio_region_members[];
extern const char *const kutip_label_studio_relation_members[];

/* The control for an attribute: "label" and "text" are called so already. Owned. */
char *kutip_label_studio_make_control (const char *attribute,
                                       gboolean is_choice,
                                       gboolean per_article);
/* Whether an attribute's value is chosen, not typed: what results and configuration must
 * agree in. @tagset may be NULL. */
gboolean kutip_label_studio_is_choice (KutipTagset *tagset,
                                       const char *attribute,
                                       const char *value);

gboolean kutip_label_studio_read (KutipSource *source,
                                  const KutipFormatOptions *options,
                                  KutipRecordFunc emit,
                                  gpointer data,
                                  KutipReport *report,
                                  GError **error);
gboolean kutip_label_studio_write (KutipRecord *record,
                                   const KutipFormatOptions *options,
                                   KutipSink *sink,
                                   KutipReport *report,
                                   GError **error);
/* Whether the layer was a model's. */
gboolean kutip_label_studio_is_prediction (KutipLayer *layer);
/* KutipFormat.compare. */
gboolean kutip_label_studio_compare (KutipRecord *record,
                                     const char *bytes,
                                     gsize n_bytes,
                                     GHashTable *excused,
                                     KutipDifference *difference);

/* How results name a control of an attribute: kept beside the tasks as words, for the
 * configuration, which has to define all of them. */
#define KUTIP_LABEL_STUDIO_KEPT_CONTROLS "++controls"

typedef struct
{
  char *attribute;
  gboolean is_choice, per_article, is_multiple;
  GTree *values; /* that are chosen: names; the first of very many */
} KutipLabelStudioUse;

/* Appends the word for one value; @value is NULL for one that is typed. */
void kutip_label_studio_append_use (GString *words,
                                    const char *attribute,
                                    gboolean per_article,
                                    gboolean is_multiple,
                                    const char *value);
/* Control -> KutipLabelStudioUse, of all words that were kept in @sink; NULL with
 * @error. */
GTree *kutip_label_studio_gather_uses (KutipSink *sink, GError **error);
/* The labelling configuration for @tagset and for controls that are used beyond, XML. */
GString *kutip_label_studio_write_config (KutipTagset *tagset, GTree *uses);

G_END_DECLS
