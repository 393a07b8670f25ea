/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/article-view.h"
#include "ui/article/grips.h"
#include "ui/article/highlight-painter.h"
#include "ui/article/label-popover.h"
#include "ui/article/link-painter.h"
#include "ui/article/page-scroll.h"

G_BEGIN_DECLS

/* How many sets of sections the menu of a place can have. */
#define KUTIP_ARTICLE_MENUS 16

/* Shared by article-view.c and article-*.c only. */
struct _KutipArticleView
{
  GtkWidget parent_instance;

  KutipAnnotator *annotator;             /* NULL: nothing is open */
  KutipPageView *page_view;              /* child */
  GtkScrollbar *scrollbar;               /* child */
  KutipLabelPopover *popover;            /* child */
  int popover_y;                         /* where the caret was when it came up */
  GtkWidget *menus[KUTIP_ARTICLE_MENUS]; /* children of the page view; NULL until shown */
  GtkWidget *menu;                       /* of these the one shown last, or NULL */
  KutipTagset *menus_tagset;             /* whose labels they name */
  GtkWidget *chooser;                    /* KutipLinkChooser; the same */
  KutipPageScroll *scroll;
  KutipHighlightPainter *painter;
  KutipLinkPainter *links;
  KutipGrips *grips;
  GArray *hits; /* KutipRange: what a search has found; NULL when there is none */

  char *font; /* a family, or NULL */
  guint text_size;
  double line_height;
  guint measure;
  gboolean show_all_links;
  GtkCssProvider *provider;
};

void kutip_article_view_install_actions (GtkWidgetClass *class);
/* Makes the mouse select: by words, with Alt by characters, by double click words, by
 * triple click sentences, by another paragraphs. */
void kutip_article_view_attach_pointing (KutipArticleView *self);

/* The labels beside the end of the selection where the caret is; near @pointer_x, if that
 * is not negative. */
void kutip_article_view_offer_labels (KutipArticleView *self, double pointer_x);

/* … makes fingers select as well. */
void kutip_article_view_attach_touch (KutipArticleView *self);
/* What is done about an event: a finger that comes or goes. */
void kutip_article_view_note_touch (KutipArticleView *self, GdkEventType type);
/* Whether a finger is on it. */
gboolean kutip_article_view_is_touched (KutipArticleView *self);

/* … and makes badges and links' titles be pressed. */
void kutip_article_view_attach_handles (KutipArticleView *self);
/* Whether something to be pressed is drawn there; coordinates of the page view, as below.
 */
gboolean kutip_article_view_is_on_handle (KutipArticleView *self, double x, double y);
/* … and makes the current span's edges be dragged by their grips. */
void kutip_article_view_attach_edges (KutipArticleView *self);
void kutip_article_view_paint_grips (KutipArticleView *self,
                                     KutipPageLines *lines,
                                     GtkSnapshot *snapshot);
gboolean kutip_article_view_is_on_grip (KutipArticleView *self, double x, double y);
/* The edge goes back to where it was. FALSE when none is being dragged. */
gboolean kutip_article_view_cancel_edge (KutipArticleView *self);
/* The shortest span there that a click may mean, or NULL: while linking, one that may be
 * linked to. */
KutipSpan *kutip_article_view_find_span (KutipArticleView *self, double x, double y);
/* The annotator has kinds of links to choose from, or has them no more. */
void kutip_article_view_on_choosing (KutipArticleView *self);
/* Where the caret is drawn, in coordinates of the page view. */
GdkRectangle kutip_article_view_locate_caret (KutipArticleView *self);
/* The menu of what can be done here; @x and @y in coordinates of the page view. */
void kutip_article_view_show_menu (KutipArticleView *self, double x, double y);
void kutip_article_view_forget_menus (KutipArticleView *self);
void kutip_article_view_show_menu_at_caret (KutipArticleView *self);

G_END_DECLS
