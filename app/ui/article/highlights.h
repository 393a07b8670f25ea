/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/span.h"

#include <graphene.h>

G_BEGIN_DECLS

/* Where the marks of spans are drawn, given where the lines of text are. Knows no widget
 * and no colour. */

/* A display line in view. */
typedef struct
{
  KutipRange range; /* with the space or line break that ends it */
  float y;          /* of its letters' top */
  float height;     /* of its letters */
} KutipTextLine;

/* A stretch of a line from edge to edge, read in one direction. */
typedef struct
{
  float x1, x2; /* x1 <= x2 */
  gboolean rtl;
} KutipExtent;

/* Appends to @extents where @part of line @line lies, in reading order; @part is inside
 * that line. More than one where directions mix. */
typedef void (*KutipExtentFunc) (guint line,
                                 KutipRange part,
                                 GArray *extents,
                                 gpointer data);

typedef struct
{
  const KutipTextLine *lines;
  guint n_lines;
  KutipExtentFunc get_extents;
  gpointer data;
} KutipTextLines;

typedef enum
{
  KUTIP_HIGHLIGHT_CURRENT = 1 << 0,
  KUTIP_HIGHLIGHT_LINKED = 1 << 1,    /* to the current one */
  KUTIP_HIGHLIGHT_TARGET = 1 << 2,    /* a link being drawn may end here */
  KUTIP_HIGHLIGHT_CANDIDATE = 1 << 3, /* … and is proposed to */
  KUTIP_HIGHLIGHT_FAINT = 1 << 4,     /* … and may not */
  KUTIP_HIGHLIGHT_UNSURE = 1 << 5,
} KutipHighlightFlags;

/* A span to be drawn. */
typedef struct
{
  KutipSpan *span;
  guint level;
  KutipHighlightFlags flags;
} KutipHighlight;

/* Below a line there is room for this many levels; deeper ones share the last. */
#define KUTIP_HIGHLIGHT_LEVELS 4

typedef struct
{
  float pitch;       /* from one level's rule to the next one's */
  float badge_width; /* of one letter */
  float badge_height;
  float tie; /* length of a stub where a span goes on elsewhere */
} KutipHighlightSizes;

/* All refer to a highlight by its index. */
typedef struct
{
  guint top;                 /* the shortest span there */
  guint below;               /* the next shortest, or the same */
  guint n;                   /* how many spans there are */
  KutipHighlightFlags flags; /* of all of them */
  graphene_rect_t area;
} KutipTint;

typedef struct
{
  guint highlight;
  guint level; /* KUTIP_HIGHLIGHT_LEVELS: one of the deeper ones */
  float x1, x2, y;
} KutipRule;

typedef struct
{
  guint highlight;
  float x1, x2, y;
} KutipTie;

typedef struct
{
  guint highlight;
  graphene_rect_t area;
} KutipBadge;

typedef struct
{
  guint highlight;
  graphene_rect_t area;
  gboolean open_left, open_right; /* the span goes on beyond that side */
} KutipOutline;

typedef struct
{
  GArray *tints;
  GArray *rules;
  GArray *ties;
  GArray *badges;
  GArray *outlines;
} KutipHighlightLayout;

/* The highlights are in document order. */
KutipHighlightLayout *kutip_highlights_lay_out (const KutipHighlight *highlights,
                                                guint n_highlights,
                                                const KutipTextLines *lines,
                                                const KutipHighlightSizes *sizes);
void kutip_highlight_layout_free (KutipHighlightLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipHighlightLayout, kutip_highlight_layout_free)

G_END_DECLS
