/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/page-view.h"
#include "ui/article/text-provider.h"

G_BEGIN_DECLS

/* Shared by page-view.c, page-view-fill.c and page-view-move.c only. */
struct _KutipPageView
{
  GtkTextView parent_instance;

  KutipPage *page; /* NULL: no text */
  guint anchor;
  guint caret;

  GtkAdjustment
      *vertical; /* the text view's own; NULL before it is in a scrolled window */
  gulong on_scrolled;
  int n_setting_marks; /* the marks are being set from the selection, or by a key */
  guint adoption;      /* source: somebody else has set the marks */
  int n_settling;      /* scroll positions are in flux, and mean nothing */
  guint upkeep;        /* source that grows the page while nothing else is to do */
  gint64 upkeep_due;   /* monotonic time before which it does not */

  guint settled_start; /* where the page started when positions last got their meaning */
  gboolean needs_fill; /* scrolling has come near an edge of the page */

  /* To be shown as soon as there is a size. */
  gboolean has_pending;
  guint pending_offset;
  double pending_align;

  gpointer layout;     /* weak: GtkTextView's own; NULL while it is not known */
  gulong layout_hook;  /* finds it; 0: none is needed */
  guint layout_signal; /* that says that a line has another height */
  gboolean is_hushed;  /* it does not tell the text view so */

  KutipPageViewPaint paint;
  gpointer paint_data;

  GdkContentProvider *primary; /* what a middle click pastes; NULL: not of this view */

  GtkTextTag *title_tag;
  GtkTextTag *
      broken_tag; /* a line that ends in an inserted break: no space between paragraphs */
  gboolean has_title;
  int measure; /* pixels; 0: no limit */
  gboolean right_to_left;
  int line_gap;
  int paragraph_gap;
};

/* The place in the buffer where the caret stands for @offset. */
guint kutip_page_view_get_place (KutipPageView *self, guint offset);
gboolean kutip_page_view_has_size (KutipPageView *self);
/* Lays the whole page out, so that every position in it is exact. */
void kutip_page_view_lay_out (KutipPageView *self);
/* A new page that reaches so far around @offset that it may be shown at @align. */
void kutip_page_view_load (KutipPageView *self, guint offset, double align);
void kutip_page_view_tag_title (KutipPageView *self);
void kutip_page_view_on_scrolled (KutipPageView *self);
/* Sees to it that there is text on all sides of what is in view. */
void kutip_page_view_fill (KutipPageView *self);
/* Chains up to GtkTextView's. */
void kutip_page_view_chain_size_allocate (KutipPageView *self, int width, int height);

/* page-hush.c: from here on the lines laid out do not have the whole window laid out
 * again. Whoever calls it has the view painted, and sets its scroll position. */
void kutip_page_view_hush (KutipPageView *self);
void kutip_page_view_unhush (KutipPageView *self);
void kutip_page_view_forget_layout (KutipPageView *self);

/* The class handler for "move-cursor". */
void kutip_page_view_move_cursor (GtkTextView *text_view,
                                  GtkMovementStep step,
                                  int count,
                                  gboolean extend);
/* Chains up to GtkTextView's. */
void kutip_page_view_chain_move_cursor (KutipPageView *self,
                                        GtkMovementStep step,
                                        int count,
                                        gboolean extend);
/* Offers what is selected to a middle click elsewhere. */
void kutip_page_view_offer_primary (KutipPageView *self);
/* Makes the buffer's marks say what the selection is, as far as the page reaches. */
void kutip_page_view_sync_marks (KutipPageView *self);
/* Scrolls so that the caret has a line around it. */
void kutip_page_view_keep_caret_in_view (KutipPageView *self);

G_END_DECLS
