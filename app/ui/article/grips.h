/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/article/highlight-painter.h"

G_BEGIN_DECLS

/* The grips at the ends of the current span's pieces: below the line, where no words are.
 * Drawn last, and found again where the pointer presses. */
typedef struct _KutipGrips KutipGrips;

typedef struct
{
  guint piece;     /* which of the span's ranges */
  gboolean at_end; /* its end, else its start */
  double x, y;     /* of the middle of the letters at that edge, in buffer coordinates */
  graphene_rect_t area; /* to be pressed on */
} KutipGrip;

/* Borrows @colors, which must live longer. */
KutipGrips *kutip_grips_new (KutipHighlightPainter *colors);
void kutip_grips_free (KutipGrips *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipGrips, kutip_grips_free)

/* @span NULL: none. */
void kutip_grips_paint (KutipGrips *self,
                        KutipTagset *tagset,
                        KutipSpan *span,
                        KutipPageLines *lines,
                        GtkSnapshot *snapshot);
/* The one at that place of the last painting (buffer coordinates), or NULL; the nearest
 * where several are. A finger may be farther beside and below it. */
const KutipGrip *kutip_grips_find (KutipGrips *self,
                                   double x,
                                   double y,
                                   gboolean by_finger);

G_END_DECLS
