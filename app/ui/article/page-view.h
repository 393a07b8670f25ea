/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/page.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_PAGE_VIEW (kutip_page_view_get_type ())
G_DECLARE_FINAL_TYPE (KutipPageView, kutip_page_view, KUTIP, PAGE_VIEW, GtkTextView)

/* A read-only text view over a text of any length, of which its buffer holds a page
 * (ui/article/page.h) that moves along as the reader does. Callers see the text's offsets
 * only, wherever the page is.
 *
 * GtkTextView lays out what is off the screen when it is idle, and until then places
 * below it are guesses. A page is small enough to be laid out at once whenever it
 * changes, so positions here are exact.
 *
 * Signals:
 *   "selected" (): the user moved the caret or selected by keys.
 *   "moved" (): another part of the text is in view, or the page has changed.
 *   "restyled" (): the font or the colours may be others. */
GtkWidget *kutip_page_view_new (void);

/* NULL: nothing to show. The caret starts at @offset, which is brought into view. */
void kutip_page_view_set_text (KutipPageView *self, KutipText *text, guint offset);
KutipText *kutip_page_view_get_text (KutipPageView *self);
/* NULL when there is no text. Changes as the page does. */
KutipPage *kutip_page_view_get_page (KutipPageView *self);
gboolean kutip_page_view_is_whole (KutipPageView *self);

/* The iterator at an offset, clamped to the page. */
void kutip_page_view_get_iter (KutipPageView *self, guint offset, GtkTextIter *iter);
guint kutip_page_view_get_offset (KutipPageView *self, const GtkTextIter *iter);

/* The selection has a fixed and a moving end, and may reach beyond the page. */
guint kutip_page_view_get_anchor (KutipPageView *self);
guint kutip_page_view_get_caret (KutipPageView *self);
void kutip_page_view_select (KutipPageView *self, guint anchor, guint caret);
/* The same as the user's own doing: tells with "selected", and keeps the caret in view.
 */
void kutip_page_view_move_to (KutipPageView *self, guint caret, gboolean extend);

/* The offsets in view, from the first line's start to the last line's end. */
KutipRange kutip_page_view_get_visible (KutipPageView *self);
/* Brings @offset into view at @align of the height (0 top, 1 bottom), at once. */
void kutip_page_view_show (KutipPageView *self, guint offset, double align);
/* Scrolls as little as shows @range with some lines around it, or its start if it is too
 * long. */
void kutip_page_view_reveal (KutipPageView *self, KutipRange range);
/* Makes the page hold what may be seen or reached in one step from @offset. */
void kutip_page_view_ensure (KutipPageView *self, guint offset);
/* The same for a scroll bar: offsets, and how far into the lines; at the text's ends
 * exact. */
void kutip_page_view_get_span_in_view (KutipPageView *self, double *top, double *bottom);
void kutip_page_view_set_top (KutipPageView *self, double top);
void kutip_page_view_scroll_by (KutipPageView *self, double pixels);
/* Somebody is at it: a page that is still to grow waits until what comes of that is
 * painted. */
void kutip_page_view_put_off (KutipPageView *self);

/* Called beneath the text each time it is drawn, in buffer coordinates. */
typedef void (*KutipPageViewPaint) (KutipPageView *self,
                                    GtkSnapshot *snapshot,
                                    gpointer data);
void kutip_page_view_set_paint (KutipPageView *self,
                                KutipPageViewPaint paint,
                                gpointer data);

/* The first paragraph is set larger, as a title. */
void kutip_page_view_set_has_title (KutipPageView *self, gboolean has_title);
/* What is put between lines, and more between paragraphs; pixels. */
void kutip_page_view_set_spacing (KutipPageView *self, int lines, int paragraphs);
int kutip_page_view_get_line_gap (KutipPageView *self);
/* The widest that lines may be; pixels, 0 for no limit. */
void kutip_page_view_set_measure (KutipPageView *self, int measure);
/* Which way the text as a whole runs: the wider margin, for links, is where its lines
 * end. */
void kutip_page_view_set_right_to_left (KutipPageView *self, gboolean right_to_left);
gboolean kutip_page_view_is_right_to_left (KutipPageView *self);

G_END_DECLS
