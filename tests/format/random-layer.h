/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/article.h"
#include "model/layer.h"
#include "model/tagset.h"

G_BEGIN_DECLS

/* An article with a text of all kinds of characters. */
KutipArticle *random_article (GRand *random, guint length);
/* A layer with @n_spans spans and some relations, in which every member of a sidecar
 * occurs now and then, with strings that are hard to write: quotes, control characters,
 * line separators, emoji, right-to-left marks; orphans; unknown members in every object.
 * What is read back of it is kutip_layer_equal(). */
KutipLayer *random_layer (GRand *random, KutipArticle *article, guint n_spans);
/* A tag set with every member now and then. */
KutipTagset *random_tagset (GRand *random);

G_END_DECLS
