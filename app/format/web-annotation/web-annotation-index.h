/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/json/json-tree.h"
#include "format/web-annotation/web-annotation-places.h"

G_BEGIN_DECLS

/* Whose annotations stand where in a file: found in a first pass through it, and in a
 * second one where links begin, if there are any outside of Kutip's own pages. Of a page
 * that Kutip wrote, which is one layer, only the place of its list is noted. */

typedef struct _KutipWebIndex KutipWebIndex;

/* NULL with @error. @source and @tree must stay. */
KutipWebIndex *kutip_web_index_new (KutipSource *source,
                                    KutipJsonTree *tree,
                                    KutipReport *report,
                                    GError **error);
void kutip_web_index_free (KutipWebIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipWebIndex, kutip_web_index_free)

guint64 kutip_web_index_get_n_articles (KutipWebIndex *self);
/* As kutip_web_places_next(). */
const KutipWebArticle *kutip_web_index_next (KutipWebIndex *self, GError **error);
/* What the file calls the article; NULL: nothing. Owned. */
char *kutip_web_index_dup_source (KutipWebIndex *self, const KutipWebArticle *article);
/* Owned, or NULL. */
char *kutip_web_index_dup_annotator (KutipWebIndex *self, const KutipWebLayer *layer);

/* A KutipJsonChoose for the tree. */
KutipJsonChoice kutip_web_index_choose (guint n_objects,
                                        const char *owner,
                                        const char *name);

/* What Kutip says in a page or an annotation of its own, or NULL. */
const KutipJsonNode *kutip_web_get_own (const KutipJsonNode *node);
/* What @target of @annotation is about, or where it does not say, the first one. Owned,
 * or NULL. */
char *kutip_web_dup_source (const KutipJsonNode *annotation, const KutipJsonNode *target);
/* Whether it links one annotation to another. */
gboolean kutip_web_is_link (const KutipJsonNode *annotation);
/* FALSE with @error when it is no annotation with a target. */
gboolean kutip_web_check_annotation (KutipJsonTree *tree,
                                     const KutipJsonNode *node,
                                     GError **error);

G_END_DECLS
