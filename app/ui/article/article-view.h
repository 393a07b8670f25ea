/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ARTICLE_VIEW (kutip_article_view_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipArticleView, kutip_article_view, KUTIP, ARTICLE_VIEW, GtkWidget)

/* The article that a person reads and marks: its text in a calm column, with the spans
 * drawn on it and the links beside it. It reads the annotator and sends it what the
 * person selects.
 *
 * Properties: "annotator" (KutipAnnotator or NULL); "font" (a family, NULL for the
 * desktop's), "text-size" (guint, points), "line-height" (double, of the font's own),
 * "measure" (guint, characters, 0 for no limit), "show-all-links" (gboolean; also the
 * action "article.show-all-links").
 *
 * Actions: see kutip_article_view_list_keys(). Labels and annotations are marked and
 * changed by the actions "annotation.*" of the window, which menus here name. */
GtkWidget *kutip_article_view_new (void);
void kutip_article_view_set_annotator (KutipArticleView *self, KutipAnnotator *annotator);
KutipAnnotator *kutip_article_view_get_annotator (KutipArticleView *self);
/* The text alone, while its annotations are still being read (NULL: nothing); whatever
 * annotator there was is let go of. The annotator of a document of this very article
 * takes it over as it stands, with caret and place. */
void kutip_article_view_set_article (KutipArticleView *self, KutipArticle *article);
/* What a search has found in the text (KutipRange, in order, not overlapping, and not
 * changed any more): outlined until another annotator is set. NULL: nothing. */
void kutip_article_view_set_hits (KutipArticleView *self, GArray *hits);
/* What has the focus: the text. */
void kutip_article_view_grab_focus (KutipArticleView *self);
/* Somebody is at it: what can wait for the next frame does. */
void kutip_article_view_put_off (KutipArticleView *self);
/* The offsets in view, from the first line's start to the last line's end. */
KutipRange kutip_article_view_get_visible (KutipArticleView *self);

/* A key that works in the article, for the list of shortcuts. */
typedef struct
{
  const char *action; /* detailed name */
  const char *keys;  /* as gtk_shortcut_trigger_parse_string() takes them; alternatives by
                        spaces */
  const char *title; /* marked with N_() */
} KutipArticleKey;

/* Ends with an entry whose action is NULL. */
const KutipArticleKey *kutip_article_view_list_keys (void);

G_END_DECLS
