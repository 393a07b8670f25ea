/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/article.h"

struct _KutipArticle
{
  GObject parent_instance;
  KutipText *text;
  char *file;
  char *sha256;
  KutipCharset charset;
};

G_DEFINE_FINAL_TYPE (KutipArticle, kutip_article, G_TYPE_OBJECT)

static void
kutip_article_finalize (GObject *object)
{
  KutipArticle *self = KUTIP_ARTICLE (object);

  g_clear_pointer (&self->text, kutip_text_unref);
  g_free (self->file);
  g_free (self->sha256);
  G_OBJECT_CLASS (kutip_article_parent_class)->finalize (object);
}

static void
kutip_article_class_init (KutipArticleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kutip_article_finalize;
}

static void
kutip_article_init (KutipArticle *self)
{
}

KutipArticle *
kutip_article_new (KutipText *text,
                   const char *file,
                   const char *sha256,
                   const KutipCharset *charset)
{
  KutipArticle *self;

  g_return_val_if_fail (text != NULL && file != NULL, NULL);

  self = g_object_new (KUTIP_TYPE_ARTICLE, NULL);
  self->text = kutip_text_ref (text);
  self->file = g_utf8_make_valid (file, -1);
  self->sha256 = g_strdup (sha256);
  self->charset = charset != NULL ? *charset : (KutipCharset){ .name = "UTF-8" };
  return self;
}

KutipText *
kutip_article_get_text (KutipArticle *self)
{
  return self->text;
}

const char *
kutip_article_get_file (KutipArticle *self)
{
  return self->file;
}

const char *
kutip_article_get_sha256 (KutipArticle *self)
{
  return self->sha256;
}

const KutipCharset *
kutip_article_get_charset (KutipArticle *self)
{
  return &self->charset;
}

guint
kutip_article_get_length (KutipArticle *self)
{
  return kutip_text_get_length (self->text);
}
