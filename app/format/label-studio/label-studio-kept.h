/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/json/json-tree.h"

G_BEGIN_DECLS

/* What layers and annotations keep of what came from Label Studio, as the reader left it
 * (label-studio-naming.h). */

/* NULL when there is nothing. Owned by @tree, which is NULL before, and which the caller
 * frees. */
const KutipJsonNode *kutip_label_studio_find_kept_of (KutipForeign *foreign,
                                                      KutipJsonTree **tree);
const KutipJsonNode *kutip_label_studio_find_kept (KutipLayer *layer,
                                                   KutipJsonTree **tree);
/* The string @member of @kept, or @usual. */
const char *kutip_label_studio_get_kept (const KutipJsonNode *kept,
                                         const char *member,
                                         const char *usual);
/* The control that an attribute came with to the layer that keeps @kept, or NULL. */
const KutipJsonNode *kutip_label_studio_find_control (const KutipJsonNode *kept,
                                                      const char *attribute,
                                                      gboolean per_article);
/* Whether a result of a region names the attribute itself: its control may say it. */
gboolean kutip_label_studio_names_attribute (const KutipJsonNode *kept,
                                             const char *attribute);
/* Whether the layer was a model's. */
gboolean kutip_label_studio_is_prediction (KutipLayer *layer);
/* What a record calls the regions' control ("labels") or the text ("text"): the first
 * layer that keeps it speaks for all. Owned. */
char *kutip_label_studio_dup_name (KutipRecord *record,
                                   const char *member,
                                   const char *usual);
/* Whether a member of a task's "data" can be the text: not the article's path, and not
 * what names the text's member. */
gboolean kutip_label_studio_can_be_text (const char *member);
/* The member of the task's "data" that is the text. Owned. */
char *kutip_label_studio_dup_text_key (KutipRecord *record);

G_END_DECLS
