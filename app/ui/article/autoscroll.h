/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/page-view.h"

G_BEGIN_DECLS

/* Scrolls the text while the pointer, dragging something, is beyond the view's upper or
 * lower edge; the farther, the faster. */
typedef struct _KutipAutoscroll KutipAutoscroll;

/* @func is called after each step. Borrows @view, which must live longer. */
KutipAutoscroll *kutip_autoscroll_new (KutipPageView *view,
                                       void (*func) (gpointer data),
                                       gpointer data);
void kutip_autoscroll_free (KutipAutoscroll *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipAutoscroll, kutip_autoscroll_free)

/* Where the pointer is, in the view. */
void kutip_autoscroll_set_y (KutipAutoscroll *self, double y);
void kutip_autoscroll_stop (KutipAutoscroll *self);

G_END_DECLS
