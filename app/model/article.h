/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/charset.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ARTICLE (kutip_article_get_type ())
G_DECLARE_FINAL_TYPE (KutipArticle, kutip_article, KUTIP, ARTICLE, GObject)

/* The text of an article, as its file has it: immutable. What people say about it (title,
 * author, date …) is in the layer's header. */

/* @sha256 is that of the file's bytes, 64 hexadecimal digits. @file is the name without a
 * folder; what is no UTF-8 in it is replaced, as no sidecar can hold it. */
KutipArticle *kutip_article_new (KutipText *text,
                                 const char *file,
                                 const char *sha256,
                                 const KutipCharset *charset);
KutipText *kutip_article_get_text (KutipArticle *self);
const char *kutip_article_get_file (KutipArticle *self);
const char *kutip_article_get_sha256 (KutipArticle *self);
const KutipCharset *kutip_article_get_charset (KutipArticle *self);
/* Code points. */
guint kutip_article_get_length (KutipArticle *self);

G_END_DECLS
