/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/annotator/annotator.h"
#include "ui/article/page-lines.h"

G_BEGIN_DECLS

/* Draws the marks of the spans in view: a tint behind the words, below them a line for
 * each level in the style of the label, above the first word the label's letter. What it
 * costs depends on what is in view alone. */
typedef struct _KutipHighlightPainter KutipHighlightPainter;

KutipHighlightPainter *kutip_highlight_painter_new (void);
void kutip_highlight_painter_free (KutipHighlightPainter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipHighlightPainter, kutip_highlight_painter_free)

/* Must be called after each change of the document or its tag set. */
void kutip_highlight_painter_forget_spans (KutipHighlightPainter *self);
/* … and of the colours or the font. */
void kutip_highlight_painter_forget_style (KutipHighlightPainter *self);

void kutip_highlight_painter_paint (KutipHighlightPainter *self,
                                    KutipAnnotator *annotator,
                                    KutipPageLines *lines,
                                    GtkSnapshot *snapshot);

/* The id of the span whose badge is at that place (buffer coordinates), or NULL. Of the
 * last painting; belongs to @self. */
const char *kutip_highlight_painter_find_badge (KutipHighlightPainter *self,
                                                double x,
                                                double y);

/* How much room the marks want between two lines of a font whose size is @font_size
 * pixels. */
int kutip_highlight_painter_get_gap (double font_size);
/* The size of a widget's font in pixels. */
double kutip_highlight_painter_get_font_size (GtkWidget *widget);

/* The colours that marks of a label have on the text's background. */
typedef struct
{
  GdkRGBA line;  /* for lines and badges: stands out from the background */
  GdkRGBA text;  /* for words on the background */
  GdkRGBA ink;   /* on it */
  GdkRGBA color; /* the label's own, for tints */
} KutipHighlightColors;

const KutipHighlightColors *kutip_highlight_painter_get_colors (
    KutipHighlightPainter *self,
    GtkWidget *widget,
    KutipTagset *tagset,
    const char *label);

G_END_DECLS
