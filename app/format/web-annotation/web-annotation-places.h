/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json-tree.h"
#include "format/report.h"
#include "format/spill.h"

G_BEGIN_DECLS

/* Where the annotations of a file stand, which tells them in any order: all are noted
 * here in a first pass through it, then asked for by article. They wait, in order, on the
 * disk when they are many, so memory grows with the largest article alone. Nothing is
 * held of them but their places: names are read again where they stand. */
typedef struct _KutipWebPlaces KutipWebPlaces;

/* Whose an annotation is. */
typedef struct
{
  const char *source;    /* of the article, as the file names it; NULL is as good as "" */
  const char *annotator; /* or NULL */
  guint target;          /* of an annotation with several: whose source that is, from 0 */
  KutipJsonPlace own; /* what a page of Kutip says of itself: then it is a layer, and its
                         annotator is not looked at; n_bytes 0: there is none */
} KutipWebOwner;

typedef struct _KutipWebLayer KutipWebLayer;

/* The annotations of one person in one article, of which it has one at least unless it is
 * a page of Kutip. */
struct _KutipWebLayer
{
  KutipJsonPlace own;   /* as its owner has it */
  KutipJsonPlace items; /* of such a page: its list; n_bytes 0: it has none */
  GArray *annotations;  /* KutipJsonPlace: others than these */
  GArray *links;        /* the same: of those that begin at an annotation of the layer */
  KutipWebLayer *next;  /* of the article */
};

/* Layers, and what is in them, are in the order of the file. */
typedef struct
{
  KutipWebLayer *first, *last;
  guint target; /* of the first annotation: the one whose source the article is, from 0 */
} KutipWebArticle;

KutipWebPlaces *kutip_web_places_new (KutipSpillFunc open);
void kutip_web_places_free (KutipWebPlaces *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipWebPlaces, kutip_web_places_free)

/* The page that @owner has; its list is at @items, of 0 bytes for none. */
gboolean kutip_web_places_add_page (KutipWebPlaces *self,
                                    const KutipWebOwner *owner,
                                    KutipJsonPlace items,
                                    GError **error);
/* One that is in no such list; for each of its sources once, when it is about several. */
gboolean kutip_web_places_add_annotation (KutipWebPlaces *self,
                                          const KutipWebOwner *owner,
                                          KutipJsonPlace place,
                                          GError **error);
/* A link that begins at the annotation @from, wherever that stands. */
gboolean kutip_web_places_add_link (KutipWebPlaces *self,
                                    const char *from,
                                    KutipJsonPlace place,
                                    GError **error);
gboolean kutip_web_places_has_links (KutipWebPlaces *self);
/* An annotation where links may begin; of several with an id it is the last. Its owner
 * has one at least that was added, or a page. */
gboolean kutip_web_places_add_origin (KutipWebPlaces *self,
                                      const char *id,
                                      const KutipWebOwner *owner,
                                      GError **error);

/* When all were added, before anything is asked for. Links from an id that several
 * annotations have are told of in @report, as in a file of that name. */
gboolean kutip_web_places_finish (KutipWebPlaces *self,
                                  KutipReport *report,
                                  const char *file,
                                  GError **error);
/* Where the first link stands that begins at what is not there, and at what that is; NULL
 * when there is none. */
const char *kutip_web_places_get_lost (KutipWebPlaces *self, gsize *offset);
guint64 kutip_web_places_get_n_articles (KutipWebPlaces *self);
/* The next in the order of the file, which stays until the next call; NULL at the end, or
 * with @error. */
const KutipWebArticle *kutip_web_places_next (KutipWebPlaces *self, GError **error);

G_END_DECLS
