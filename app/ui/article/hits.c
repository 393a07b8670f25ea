/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/hits.h"

#include "ui/label/ink.h"

/* WCAG 2.1, 1.4.11: marks that carry meaning. */
#define MARK_CONTRAST 3.0
#define TINT 0.25f

/* One drawing. */
typedef struct
{
  KutipPageLines *lines;
  GtkSnapshot *snapshot;
  GdkRGBA color;
  GArray *extents; /* KutipExtent; used again for each part */
} Work;

guint
kutip_hits_find (const KutipRange *hits, guint n_hits, guint offset)
{
  guint low = 0;
  guint high = n_hits;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (hits[middle].end <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
paint_box (Work *self, const KutipExtent *extent, const KutipTextLine *line, float width)
{
  const GdkRGBA color = self->color;
  const GdkRGBA tint = { color.red, color.green, color.blue, TINT };
  const GdkRGBA colors[] = { color, color, color, color };
  const float widths[] = { width, width, width, width };
  graphene_rect_t area = GRAPHENE_RECT_INIT (
      extent->x1 - 1, line->y - 1, extent->x2 - extent->x1 + 2, line->height + 2);
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &area, 3);
  gtk_snapshot_push_rounded_clip (self->snapshot, &shape);
  gtk_snapshot_append_color (self->snapshot, &tint, &area);
  gtk_snapshot_pop (self->snapshot);
  gtk_snapshot_append_border (self->snapshot, &shape, widths, colors);
}

static void
paint_part (Work *self, guint i, KutipRange part, gboolean selected)
{
  const KutipTextLine *line = &g_array_index (self->lines->lines, KutipTextLine, i);

  g_array_set_size (self->extents, 0);
  kutip_page_lines_get_extents (i, part, self->extents, self->lines);
  for (guint j = 0; j < self->extents->len; j++)
    paint_box (self, &g_array_index (self->extents, KutipExtent, j), line,
               selected ? 2 : 1);
}

/* Amber as in the theme's warnings, as dark or light as can be seen on the page. */
static GdkRGBA
choose_color (GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA background = { 1, 1, 1, 1 };
  GdkRGBA color = { 0.9f, 0.65f, 0.04f, 1 };

  gtk_style_context_lookup_color (context, "view_bg_color", &background);
  gtk_style_context_lookup_color (context, "warning_bg_color", &color);
  return kutip_ink_fit (&color, &background, MARK_CONTRAST);
}

void
kutip_hits_paint (const KutipRange *hits,
                  guint n_hits,
                  KutipRange selection,
                  KutipPageLines *lines,
                  GtkSnapshot *snapshot)
{
  g_autoptr (GArray) extents = g_array_new (FALSE, FALSE, sizeof (KutipExtent));
  Work work = { .lines = lines, .snapshot = snapshot, .extents = extents };

  if (n_hits == 0)
    return;
  work.color = choose_color (GTK_WIDGET (lines->view));
  for (guint i = 0; i < lines->lines->len; i++)
    {
      KutipRange line = g_array_index (lines->lines, KutipTextLine, i).range;

      for (guint j = kutip_hits_find (hits, n_hits, line.start);
           j < n_hits && hits[j].start < line.end; j++)
        {
          KutipRange part = { MAX (hits[j].start, line.start),
                              MIN (hits[j].end, line.end) };

          paint_part (&work, i, part, kutip_range_equal (hits[j], selection));
        }
    }
}
