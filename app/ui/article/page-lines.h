/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/highlights.h"
#include "ui/article/page-view.h"

G_BEGIN_DECLS

/* The display lines in view of a page view, in buffer coordinates, as
 * kutip_highlights_lay_out() wants them. Good for one frame: any change of the page or
 * the layout outdates it. */
typedef struct
{
  KutipPageView *view; /* borrowed */
  GArray *lines;       /* KutipTextLine */
  GByteArray *runs;    /* for each line, which ways it runs, once that was asked */
  GHashTable *edges;   /* offset -> x of its left edge, once that was asked; in lines from
                          left to right only */
  GHashTable *ends;    /* the same of right edges, for the last characters of lines */
  GdkRectangle visible;
} KutipPageLines;

KutipPageLines *kutip_page_lines_new (KutipPageView *view);
/* With no lines, where nothing lies on them: finding them takes its time. */
KutipPageLines *kutip_page_lines_new_empty (KutipPageView *view);
void kutip_page_lines_free (KutipPageLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipPageLines, kutip_page_lines_free)

/* A KutipExtentFunc; its data is a KutipPageLines. */
void kutip_page_lines_get_extents (guint line,
                                   KutipRange part,
                                   GArray *extents,
                                   gpointer data);

G_END_DECLS
