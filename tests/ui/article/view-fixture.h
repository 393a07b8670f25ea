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

/* Before gtk_test_init(). */
void fixture_watch_log (void);
/* GTK loses count of which widgets are pressed when a popover opens or closes between the
 * presses of a double or triple click, from 4.8 to 4.18 and with its own menus too, and
 * says so; nothing comes of it, so that this does not fail a test meanwhile. */
void fixture_let_count_be_lost (gboolean let);

G_END_DECLS
