/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* One annotator's document in CoNLL-U while it is read: its text as far as it goes, and
 * the spans and links that MISC tells. */
typedef struct
{
  char *annotator;
  GArray *marks, *lanes, *links;
  GArray *open;             /* guint: lanes in which a mark is, or just was, open */
  GHashTable *lane_by_name; /* -> 1 + a lane */
  GHashTable *ids;          /* -> 1 + a mark */
  GHashTable *starts;       /* "sentence token" -> 1 + the first mark that begins there */
  GString *text;
  guint length;         /* of text */
  GString *pending;     /* what stands between the last token and the next */
  gboolean is_default;  /* that is so because nobody says */
  gsize sentence_start; /* byte */
} KutipConlluLayer;

/* Where a token stands. */
typedef struct
{
  guint sentence, token; /* from 1 */
  guint64 line;
  KutipRange range;
} KutipConlluToken;

KutipConlluLayer *kutip_conllu_layer_new (void);
void kutip_conllu_layer_free (gpointer layer);
/* What @items, those of MISC, say of a token. */
gboolean kutip_conllu_layer_take_tags (KutipConlluLayer *self,
                                       char *const *items,
                                       const KutipConlluToken *token,
                                       GError **error);
/* Spans do not go on from one sentence to the next. */
void kutip_conllu_layer_end_sentence (KutipConlluLayer *self);
KutipLayer *kutip_conllu_layer_build (KutipConlluLayer *self, GError **error);

/* The value of @name among @items; borrowed, or NULL. */
const char *kutip_conllu_find_item (char *const *items, const char *name);
/* Whether an item says of what span a token is. */
gboolean kutip_conllu_is_tag (const char *item);
/* The first of @items that says nothing to Kutip, or something of a span where there is
 * none; borrowed, or NULL. What only says where the token stands is of no interest. */
const char *kutip_conllu_find_unknown (char *const *items);
/* Always FALSE. */
gboolean kutip_conllu_fail (guint64 line, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
