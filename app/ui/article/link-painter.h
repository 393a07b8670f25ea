/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/highlight-painter.h"

G_BEGIN_DECLS

/* Draws links in the margin beside the text: those of the current span, or of all spans
 * in view; and the one that is being proposed. */
typedef struct _KutipLinkPainter KutipLinkPainter;

/* Borrows @colors, which must live longer. */
KutipLinkPainter *kutip_link_painter_new (KutipHighlightPainter *colors);
void kutip_link_painter_free (KutipLinkPainter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipLinkPainter, kutip_link_painter_free)

void kutip_link_painter_paint (KutipLinkPainter *self,
                               KutipAnnotator *annotator,
                               KutipPageLines *lines,
                               gboolean all,
                               GtkSnapshot *snapshot);
/* The id of the span to go to from a link's title at that place (buffer coordinates), or
 * NULL: the end that is out of view, else the one that is not current. Of the last
 * painting; belongs to @self. */
const char *kutip_link_painter_find (KutipLinkPainter *self, double x, double y);

G_END_DECLS
