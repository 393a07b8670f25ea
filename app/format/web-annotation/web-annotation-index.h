/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/json/json-tree.h"

G_BEGIN_DECLS

/* Whose annotations stand where in a file, which tells them in any order: found in a
 * first pass through it. Nothing is held of them but their places, and of a page that
 * Kutip wrote, which is one layer, only where its list is. */

typedef struct _KutipWebLayer KutipWebLayer;
typedef struct _KutipWebArticle KutipWebArticle;

/* The annotations of one person in one article. Strings are the index's. */
struct _KutipWebLayer
{
  KutipWebArticle *article;
  const char *annotator; /* or NULL */
  KutipJsonPlace own; /* of Kutip's page: what it says of itself; n_bytes 0: another's */
  KutipJsonPlace items; /* of such a page: its list; n_bytes 0: it has none */
  GArray *annotations;  /* KutipJsonPlace: others than these; or NULL */
  GArray *links; /* the same: from another page, that begin at one of them; or NULL */
  KutipWebLayer *next; /* of the article */
};

struct _KutipWebArticle
{
  const char *source; /* as the annotations name it; NULL: they do not */
  KutipWebLayer *first, *last;
};

typedef struct _KutipWebIndex KutipWebIndex;

/* NULL with @error. @source and @tree must stay. */
KutipWebIndex *kutip_web_index_new (KutipSource *source,
                                    KutipJsonTree *tree,
                                    KutipReport *report,
                                    GError **error);
void kutip_web_index_free (KutipWebIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipWebIndex, kutip_web_index_free)

/* KutipWebArticle, in the order of the file. */
GPtrArray *kutip_web_index_get_articles (KutipWebIndex *self);

/* A KutipJsonChoose for the tree. */
KutipJsonChoice kutip_web_index_choose (guint n_objects,
                                        const char *owner,
                                        const char *name);

/* What Kutip says in a page or an annotation of its own, or NULL. */
const KutipJsonNode *kutip_web_get_own (const KutipJsonNode *node);
/* Whether it links one annotation to another. */
gboolean kutip_web_is_link (const KutipJsonNode *annotation);
/* FALSE with @error when it is no annotation with a target. */
gboolean kutip_web_check_annotation (KutipJsonTree *tree,
                                     const KutipJsonNode *node,
                                     GError **error);

G_END_DECLS
