/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/page-view.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_PAGE_SCROLL (kutip_page_scroll_get_type ())
G_DECLARE_FINAL_TYPE (KutipPageScroll, kutip_page_scroll, KUTIP, PAGE_SCROLL, GObject)

/* Makes a scroll bar stand for the whole text of a page view. While the page is the whole
 * text it counts the text view's pixels; else code points, which is monotone and reaches
 * both ends. At another text it arrives one frame later than the text itself. Lives as
 * long as the caller keeps it; borrows both widgets, which must live longer. */
KutipPageScroll *kutip_page_scroll_new (KutipPageView *view, GtkScrollbar *bar);

G_END_DECLS
