/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/find.h"
#include "ui/article/article-view.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_FIND_BAR (kutip_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (KutipFindBar, kutip_find_bar, KUTIP, FIND_BAR, GtkWidget)

/* Finds words in the article of a view, and has the view show where they are. Not to be
 * seen until it is opened.
 *
 * Property: "view" (KutipArticleView), which it follows from article to article. Signal
 * "closed" (): the person is done; the focus belongs in the article. Actions:
 * "find.case", "find.words", "find.accents", "find.regex", "find.next", "find.previous",
 * "find.close"; see kutip_find_bar_list_keys(). */
GtkWidget *kutip_find_bar_new (void);
/* Takes a short selection as what to find. */
void kutip_find_bar_open (KutipFindBar *self);
void kutip_find_bar_close (KutipFindBar *self);
gboolean kutip_find_bar_is_open (KutipFindBar *self);
/* To the next hit; opens the bar when it is closed. */
void kutip_find_bar_step (KutipFindBar *self, gboolean forward);
/* What is searched for, "" for nothing. */
const char *kutip_find_bar_get_pattern (KutipFindBar *self, KutipFindFlags *flags);

/* The keys that work while one writes in the bar; as kutip_article_view_list_keys(). */
const KutipArticleKey *kutip_find_bar_list_keys (void);

G_END_DECLS
