/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* What the parts of a page share: a layer with a number for each span by its label. */
typedef struct
{
  GString *out;
  KutipRecord *record;
  KutipLayer *layer;
  KutipTagset *tagset; /* or NULL */
  guint nth;           /* layer; ids in the page begin with it */
  GPtrArray *labels;   /* const char *, in the order of the tag set or of the text */
  GHashTable *numbers; /* span id -> its number among those of its label */
  GHashTable *places;  /* span id -> 1 + its place in the layer */
} KutipHtmlLayer;

/* With what HTML has no room for shown as it is called (U+2400 …) or as U+FFFD. */
void kutip_html_append_text (GString *out, const char *text, gssize n_bytes);
/* Of the words that are not the article's. */
const char *kutip_html_get_language (void);
/* What people call a label; borrowed. */
const char *kutip_html_get_title (const KutipHtmlLayer *self, const char *label);
/* The place of a label in the legend. */
guint kutip_html_find_label (const KutipHtmlLayer *self, const char *label);
/* "Quote 3" */
void kutip_html_append_name (const KutipHtmlLayer *self, KutipSpan *span);

/* The article's text with the spans in it. */
void kutip_html_append_article (const KutipHtmlLayer *self);
/* A list of the spans with what is known of each. */
void kutip_html_append_spans (const KutipHtmlLayer *self);

G_END_DECLS
