/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/grips.h"

#include <math.h>

/* In sixteenths of the font's size. */
#define RADIUS 4
#define REACH 9
/* What a finger hits, each way; pixels. */
#define FINGER 44

struct _KutipGrips
{
  KutipHighlightPainter *colors;
  GArray *grips; /* KutipGrip */
};

/* One drawing. */
typedef struct
{
  KutipGrips *grips;
  KutipPageLines *lines;
  GtkSnapshot *snapshot;
  const KutipHighlightColors *colors;
  float unit; /* a sixteenth of the font's size */
} Work;

KutipGrips *
kutip_grips_new (KutipHighlightPainter *colors)
{
  KutipGrips *self = g_new0 (KutipGrips, 1);

  self->colors = colors;
  self->grips = g_array_new (FALSE, FALSE, sizeof (KutipGrip));
  return self;
}

void
kutip_grips_free (KutipGrips *self)
{
  g_array_unref (self->grips);
  g_free (self);
}

/* Where the edge before or behind the character at @offset is drawn. */
static gboolean
find_edge (Work *work, guint offset, gboolean behind, float *x, KutipTextLine *line)
{
  g_autoptr (GArray) extents = g_array_new (FALSE, FALSE, sizeof (KutipExtent));

  for (guint i = 0; i < work->lines->lines->len; i++)
    {
      *line = g_array_index (work->lines->lines, KutipTextLine, i);
      if (!kutip_range_contains_offset (line->range, offset))
        continue;
      kutip_page_lines_get_extents (i, (KutipRange){ offset, offset + 1 }, extents,
                                    work->lines);
      if (extents->len > 0)
        {
          KutipExtent extent = g_array_index (extents, KutipExtent, 0);

          *x = extent.rtl == behind ? extent.x1 : extent.x2;
          return TRUE;
        }
    }
  return FALSE;
}

static void
paint_grip (Work *work, float x, const KutipTextLine *line)
{
  float radius = RADIUS * work->unit;
  float width = MAX (1, roundf (1.5f * work->unit));
  graphene_rect_t knob =
      GRAPHENE_RECT_INIT (x - radius, line->y + line->height - 1, 2 * radius, 2 * radius);
  const GdkRGBA *color = &work->colors->line;
  const GdkRGBA rim[] = { work->colors->ink, work->colors->ink, work->colors->ink,
                          work->colors->ink };
  const float widths[] = { 1, 1, 1, 1 };
  GskRoundedRect shape;

  gtk_snapshot_append_color (
      work->snapshot, color,
      &GRAPHENE_RECT_INIT (x - width / 2, line->y, width, line->height));
  gsk_rounded_rect_init_from_rect (&shape, &knob, radius);
  gtk_snapshot_push_rounded_clip (work->snapshot, &shape);
  gtk_snapshot_append_color (work->snapshot, color, &knob);
  gtk_snapshot_pop (work->snapshot);
  gtk_snapshot_append_border (work->snapshot, &shape, widths, rim);
}

static void
add_grip (Work *work, KutipRange range, guint piece, gboolean at_end)
{
  KutipGrip grip = { .piece = piece, .at_end = at_end };
  float reach = REACH * work->unit;
  KutipTextLine line;
  float x;

  if (!find_edge (work, at_end ? range.end - 1 : range.start, at_end, &x, &line))
    return;
  paint_grip (work, x, &line);
  grip.x = x;
  grip.y = line.y + line.height / 2;
  grip.area = GRAPHENE_RECT_INIT (x - reach, line.y + line.height - 2 * work->unit,
                                  2 * reach, (2 + 2 * RADIUS + 3) * work->unit);
  g_array_append_val (work->grips->grips, grip);
}

void
kutip_grips_paint (KutipGrips *self,
                   KutipTagset *tagset,
                   KutipSpan *span,
                   KutipPageLines *lines,
                   GtkSnapshot *snapshot)
{
  Work work = { .grips = self, .lines = lines, .snapshot = snapshot };
  GtkWidget *widget = GTK_WIDGET (lines->view);

  g_array_set_size (self->grips, 0);
  if (span == NULL || kutip_span_is_orphan (span))
    return;
  work.colors = kutip_highlight_painter_get_colors (self->colors, widget, tagset,
                                                    kutip_span_get_label (span));
  work.unit = (float) (kutip_highlight_painter_get_font_size (widget) / 16);
  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    {
      KutipRange range = kutip_span_get_ranges (span)[i];

      add_grip (&work, range, i, FALSE);
      add_grip (&work, range, i, TRUE);
    }
}

const KutipGrip *
kutip_grips_find (KutipGrips *self, double x, double y, gboolean by_finger)
{
  const graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);
  const KutipGrip *found = NULL;

  for (guint i = 0; i < self->grips->len; i++)
    {
      const KutipGrip *grip = &g_array_index (self->grips, KutipGrip, i);
      graphene_rect_t area = grip->area;

      if (by_finger)
        {
          float dx = MAX (0, (FINGER - area.size.width) / 2);

          graphene_rect_inset (&area, -dx, 0);
          area.size.height = MAX (FINGER, area.size.height);
        }
      if (graphene_rect_contains_point (&area, &point) &&
          (found == NULL || fabs (grip->x - x) < fabs (found->x - x)))
        found = grip;
    }
  return found;
}
