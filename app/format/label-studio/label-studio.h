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
/* Says which member of a task's "data" is the text, where it is called otherwise. */
#define KUTIP_LABEL_STUDIO_TEXT_KEY "text_key"
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
/* Back to the attribute, in place. */
char *kutip_label_studio_strip_control (char *control);
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
/* KutipFormat.compare. */
gboolean kutip_label_studio_compare (KutipRecord *record,
                                     const char *bytes,
                                     gsize n_bytes,
                                     GHashTable *excused,
                                     KutipDifference *difference);

/* The configuration lies beside the tasks: "tasks.config.xml" of "tasks.json", or for all
 * in a folder. */
#define KUTIP_LABEL_STUDIO_CONFIG "config.xml"

/* How results name controls, and the text: kept beside the tasks as words, for the
 * configuration, which has to define all of them. */
#define KUTIP_LABEL_STUDIO_KEPT_CONTROLS "++controls"

typedef enum
{
  KUTIP_LABEL_STUDIO_CHOICES = 'C',
  KUTIP_LABEL_STUDIO_TYPED = 'T',
  KUTIP_LABEL_STUDIO_RATING = 'G',
  KUTIP_LABEL_STUDIO_NUMBER = 'N',
  KUTIP_LABEL_STUDIO_DATETIME = 'D',
  KUTIP_LABEL_STUDIO_REGIONS = 'L', /* the values are labels */
  KUTIP_LABEL_STUDIO_OBJECT = 'O',  /* the text */
} KutipLabelStudioType;

typedef struct
{
  char *attribute; /* of the text: the member of "data"; of regions: their text */
  KutipLabelStudioType type;
  gboolean per_article, is_multiple;
  GTree *values;   /* that are chosen: names; the first of very many */
  gboolean is_cut; /* there are more */
} KutipLabelStudioUse;

/* The type whose results say so: "choices", "textarea" … */
KutipLabelStudioType kutip_label_studio_type_from_string (const char *type);
/* Appends the word for one value of @control, as @use says but for its values; @value is
 * NULL for one that is typed. */
void kutip_label_studio_append_use (GString *words,
                                    const KutipLabelStudioUse *use,
                                    const char *control,
                                    const char *value);
/* Control -> KutipLabelStudioUse, of all words that were kept in @sink; a text stands
 * behind the byte 1. NULL with @error. */
GTree *kutip_label_studio_gather_uses (KutipSink *sink, GError **error);
/* The labelling configuration for @tagset, which may be NULL, and for controls that are
 * used beyond, XML. */
GString *kutip_label_studio_write_config (KutipTagset *tagset, GTree *uses);
/* The same without what its elements do not say of the tag set, which stands in a note.
 */
GString *kutip_label_studio_write_controls (KutipTagset *tagset, GTree *uses);
/* What is read of these; a KutipTagsetSay. */
KutipTagset *kutip_label_studio_say (KutipTagset *tagset);
/* What the configuration beside a file of tasks says: owned, or NULL. */
KutipTagset *kutip_label_studio_find_tagset (KutipSource *source);
/* KutipFormat.read_tagset. */
KutipTagset *kutip_label_studio_read_config (const char *bytes,
                                             gsize n_bytes,
                                             const char *path,
                                             KutipReport *report,
                                             GError **error);

G_END_DECLS
