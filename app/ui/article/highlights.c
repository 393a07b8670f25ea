/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/highlights.h"

/* What lies on the line at hand. */
typedef struct
{
  KutipRange range;
  guint highlight;
  guint piece; /* which of the span's ranges */
} Part;

/* Where a part begins and ends: asking the text view for a place takes long. */
typedef struct
{
  KutipExtent first, last;
} Ends;

typedef struct
{
  const KutipHighlight *highlights;
  guint n_highlights;
  const KutipTextLines *lines;
  const KutipHighlightSizes *sizes;
  KutipHighlightLayout *layout;

  guint line;             /* index */
  GArray *parts;          /* Part */
  GArray *borders;        /* guint */
  GArray *extents;        /* KutipExtent, scratch */
  float last_start_right; /* on this line, of the last span that runs left to right */
  float last_badge_right; /* … and of its badge */
  float last_start_left;  /* the same from right to left */
  float last_badge_left;
} Work;

static const KutipTextLine *
get_line (Work *work)
{
  return &work->lines->lines[work->line];
}

static GArray *
get_extents (Work *work, KutipRange part)
{
  g_array_set_size (work->extents, 0);
  work->lines->get_extents (work->line, part, work->extents, work->lines->data);
  return work->extents;
}

/* The extent of the character at @offset. */
static gboolean
get_character (Work *work, guint offset, KutipExtent *extent)
{
  GArray *extents = get_extents (work, (KutipRange){ offset, offset + 1 });

  if (extents->len == 0)
    return FALSE;
  *extent = g_array_index (extents, KutipExtent, 0);
  return TRUE;
}

static void
collect_parts (Work *work)
{
  KutipRange line = get_line (work)->range;

  g_array_set_size (work->parts, 0);
  for (guint i = 0; i < work->n_highlights; i++)
    {
      KutipSpan *span = work->highlights[i].span;
      const KutipRange *ranges = kutip_span_get_ranges (span);

      for (guint piece = 0; piece < kutip_span_get_n_ranges (span); piece++)
        {
          Part part = { { MAX (ranges[piece].start, line.start),
                          MIN (ranges[piece].end, line.end) },
                        i,
                        piece };

          if (part.range.start < part.range.end)
            g_array_append_val (work->parts, part);
        }
    }
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

static guint
get_span_length (Work *work, guint highlight)
{
  KutipRange hull = kutip_span_get_hull (work->highlights[highlight].span);

  return hull.end - hull.start;
}

/* What covers @cell, a stretch in which no part begins or ends. */
static KutipTint
look_through (Work *work, KutipRange cell)
{
  KutipTint tint = { 0 };

  for (guint i = 0; i < work->parts->len; i++)
    {
      const Part *part = &g_array_index (work->parts, Part, i);

      if (part->range.start > cell.start || part->range.end < cell.end)
        continue;
      if (tint.n == 0)
        tint.top = tint.below = part->highlight;
      else if (get_span_length (work, part->highlight) <=
               get_span_length (work, tint.top))
        {
          tint.below = tint.top;
          tint.top = part->highlight;
        }
      else if (tint.below == tint.top || get_span_length (work, part->highlight) <=
                                             get_span_length (work, tint.below))
        tint.below = part->highlight;
      tint.flags |= work->highlights[part->highlight].flags;
      tint.n++;
    }
  return tint;
}

/* Each stretch of text gets one tint, however many spans lie on it: so nothing is painted
 * twice, and the colour stays light enough to read on. */
static void
add_tints (Work *work)
{
  g_array_set_size (work->borders, 0);
  for (guint i = 0; i < work->parts->len; i++)
    {
      const Part *part = &g_array_index (work->parts, Part, i);

      g_array_append_val (work->borders, part->range.start);
      g_array_append_val (work->borders, part->range.end);
    }
  g_array_sort (work->borders, compare_offsets);
  for (guint i = 0; i + 1 < work->borders->len; i++)
    {
      KutipRange cell = { g_array_index (work->borders, guint, i),
                          g_array_index (work->borders, guint, i + 1) };
      KutipTint tint;
      GArray *extents;

      if (cell.start == cell.end)
        continue;
      tint = look_through (work, cell);
      if (tint.n == 0)
        continue;
      extents = get_extents (work, cell);
      for (guint k = 0; k < extents->len; k++)
        {
          const KutipExtent *extent = &g_array_index (extents, KutipExtent, k);

          tint.area =
              GRAPHENE_RECT_INIT (extent->x1, get_line (work)->y, extent->x2 - extent->x1,
                                  get_line (work)->height);
          g_array_append_val (work->layout->tints, tint);
        }
    }
}

static float
get_rule_y (Work *work, guint level)
{
  const KutipTextLine *line = get_line (work);

  return line->y + line->height +
         work->sizes->pitch * (float) MIN (level, KUTIP_HIGHLIGHT_LEVELS);
}

static void
add_rules (Work *work, const Part *part, GArray *extents)
{
  const KutipHighlight *highlight = &work->highlights[part->highlight];

  for (guint i = 0; i < extents->len; i++)
    {
      const KutipExtent *extent = &g_array_index (extents, KutipExtent, i);
      KutipRule rule = { part->highlight, MIN (highlight->level, KUTIP_HIGHLIGHT_LEVELS),
                         extent->x1, extent->x2, get_rule_y (work, highlight->level) };

      g_array_append_val (work->layout->rules, rule);
    }
}

static void
add_outlines (Work *work, const Part *part, GArray *extents)
{
  const KutipHighlight *highlight = &work->highlights[part->highlight];
  const KutipRange *piece = &kutip_span_get_ranges (highlight->span)[part->piece];
  const KutipTextLine *line = get_line (work);
  gboolean before = piece->start < part->range.start;
  gboolean after = piece->end > part->range.end;

  if ((highlight->flags & (KUTIP_HIGHLIGHT_CURRENT | KUTIP_HIGHLIGHT_LINKED |
                           KUTIP_HIGHLIGHT_TARGET | KUTIP_HIGHLIGHT_CANDIDATE)) == 0)
    return;
  for (guint i = 0; i < extents->len; i++)
    {
      const KutipExtent *extent = &g_array_index (extents, KutipExtent, i);
      gboolean open_start = i > 0 || before;
      gboolean open_end = i + 1 < extents->len || after;
      KutipOutline outline = {
        part->highlight,
        GRAPHENE_RECT_INIT (extent->x1, line->y, extent->x2 - extent->x1, line->height),
        extent->rtl ? open_end : open_start,
        extent->rtl ? open_start : open_end,
      };

      g_array_append_val (work->layout->outlines, outline);
    }
}

static void
add_tie (Work *work, const Part *part, float from, float to)
{
  KutipTie tie = { part->highlight, MIN (from, to), MAX (from, to),
                   get_rule_y (work, work->highlights[part->highlight].level) };

  g_array_append_val (work->layout->ties, tie);
}

/* From the end of a piece to the next one: all the way on one line, else a stub at both
 * ends. */
static void
add_ties (Work *work, const Part *part, const Ends *ends)
{
  KutipSpan *span = work->highlights[part->highlight].span;
  const KutipRange *ranges = kutip_span_get_ranges (span);
  guint n = kutip_span_get_n_ranges (span);
  KutipRange line = get_line (work)->range;
  KutipExtent next;

  if (part->piece + 1 < n && ranges[part->piece].end == part->range.end)
    {
      gboolean rtl = ends->last.rtl;
      float x = rtl ? ends->last.x1 : ends->last.x2;

      if (ranges[part->piece + 1].start < line.end &&
          get_character (work, ranges[part->piece + 1].start, &next))
        add_tie (work, part, x, next.rtl ? next.x2 : next.x1);
      else
        add_tie (work, part, x, rtl ? x - work->sizes->tie : x + work->sizes->tie);
    }
  if (part->piece > 0 && ranges[part->piece].start == part->range.start &&
      ranges[part->piece - 1].end <= line.start)
    {
      gboolean rtl = ends->first.rtl;
      float x = rtl ? ends->first.x2 : ends->first.x1;

      add_tie (work, part, x, rtl ? x + work->sizes->tie : x - work->sizes->tie);
    }
}

/* The label's letter stands above the span's first character, or beside the one that is
 * there already. */
static void
add_badge (Work *work, const Part *part, const KutipExtent *start)
{
  const KutipHighlight *highlight = &work->highlights[part->highlight];
  const KutipTextLine *line = get_line (work);
  float width = work->sizes->badge_width *
                ((highlight->flags & KUTIP_HIGHLIGHT_UNSURE) != 0 ? 1.6f : 1.0f);
  KutipBadge badge;
  float x;

  if (part->piece > 0 ||
      kutip_span_get_ranges (highlight->span)[0].start != part->range.start)
    return;
  /* What starts before the last one, as one sees it, lies in another stretch of a line
   * that runs the other way. */
  if (start->rtl)
    {
      x = start->x2 > work->last_start_left ? start->x2
                                            : MIN (start->x2, work->last_badge_left);
      x -= width;
      work->last_start_left = start->x2;
      work->last_badge_left = x - 1;
    }
  else
    {
      x = start->x1 < work->last_start_right ? start->x1
                                             : MAX (start->x1, work->last_badge_right);
      work->last_start_right = start->x1;
      work->last_badge_right = x + width + 1;
    }
  badge.highlight = part->highlight;
  badge.area = GRAPHENE_RECT_INIT (x, line->y - work->sizes->badge_height, width,
                                   work->sizes->badge_height);
  g_array_append_val (work->layout->badges, badge);
}

static void
lay_out_part (Work *work, const Part *part)
{
  GArray *extents = get_extents (work, part->range);
  Ends ends;

  if (extents->len == 0)
    return;
  ends.first = g_array_index (extents, KutipExtent, 0);
  ends.last = g_array_index (extents, KutipExtent, extents->len - 1);
  add_rules (work, part, extents);
  add_outlines (work, part, extents);
  add_ties (work, part, &ends);
  add_badge (work, part, &ends.first);
}

static void
lay_out_line (Work *work)
{
  work->last_start_right = work->last_badge_right = -G_MAXFLOAT;
  work->last_start_left = work->last_badge_left = G_MAXFLOAT;
  collect_parts (work);
  add_tints (work);
  for (guint i = 0; i < work->parts->len; i++)
    lay_out_part (work, &g_array_index (work->parts, Part, i));
}

KutipHighlightLayout *
kutip_highlights_lay_out (const KutipHighlight *highlights,
                          guint n_highlights,
                          const KutipTextLines *lines,
                          const KutipHighlightSizes *sizes)
{
  KutipHighlightLayout *layout = g_new0 (KutipHighlightLayout, 1);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GArray) borders = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) extents = g_array_new (FALSE, FALSE, sizeof (KutipExtent));
  Work work = { .highlights = highlights,
                .n_highlights = n_highlights,
                .lines = lines,
                .sizes = sizes,
                .layout = layout,
                .parts = parts,
                .borders = borders,
                .extents = extents };

  layout->tints = g_array_new (FALSE, FALSE, sizeof (KutipTint));
  layout->rules = g_array_new (FALSE, FALSE, sizeof (KutipRule));
  layout->ties = g_array_new (FALSE, FALSE, sizeof (KutipTie));
  layout->badges = g_array_new (FALSE, FALSE, sizeof (KutipBadge));
  layout->outlines = g_array_new (FALSE, FALSE, sizeof (KutipOutline));
  for (work.line = 0; work.line < lines->n_lines; work.line++)
    lay_out_line (&work);
  return layout;
}

void
kutip_highlight_layout_free (KutipHighlightLayout *self)
{
  g_array_unref (self->tints);
  g_array_unref (self->rules);
  g_array_unref (self->ties);
  g_array_unref (self->badges);
  g_array_unref (self->outlines);
  g_free (self);
}
