/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/article-view-private.h"

G_BEGIN_DECLS

/* The view in a window that offers the actions of the real one. */
typedef struct
{
  GtkWidget *window;
  KutipArticleView *view;
  GtkWidget *text;
  KutipAnnotator *annotator;
  guint n_deletes;
} Fixture;

/* Opens @utf8; the window has been painted when it returns. */
void fixture_init (Fixture *fixture, gconstpointer utf8);
/* The view must be gone afterwards. */
void fixture_clear (Fixture *fixture, gconstpointer utf8);

G_END_DECLS
