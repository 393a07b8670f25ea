/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/links.h"

#include <math.h>

/* A link that is being placed. */
typedef struct
{
  KutipLinkShape shape;
  float top, bottom; /* of its vertical part */
  guint lane;
} Placed;

static gboolean
is_in_view (const KutipLink *link)
{
  return link->from.place == KUTIP_LINK_IN_VIEW || link->to.place == KUTIP_LINK_IN_VIEW;
}

static float
get_end_y (const KutipLinkEnd *end, const KutipLinkArea *area)
{
  switch (end->place)
    {
    case KUTIP_LINK_ABOVE:
      return area->top;
    case KUTIP_LINK_BELOW:
      return area->bottom;
    case KUTIP_LINK_IN_VIEW:
    default:
      return CLAMP ((end->top + end->bottom) / 2, area->top, area->bottom);
    }
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  const Placed *x = a;
  const Placed *y = b;
  float length_x = x->bottom - x->top;
  float length_y = y->bottom - y->top;

  if (length_x < length_y || length_x > length_y)
    return length_x < length_y ? -1 : 1;
  return x->shape.link < y->shape.link ? -1 : 1;
}

static gboolean
overlaps (const Placed *a, float top, float bottom)
{
  return a->top <= bottom && top <= a->bottom;
}

/* Short links stay near the text; a link that finds no free lane shares the outermost. */
static void
choose_lanes (GArray *placed, const KutipLinkArea *area)
{
  for (guint i = 0; i < placed->len; i++)
    {
      Placed *link = &g_array_index (placed, Placed, i);

      for (link->lane = 0; link->lane < area->n_lanes - 1; link->lane++)
        {
          gboolean free = TRUE;

          for (guint k = 0; k < i && free; k++)
            {
              const Placed *other = &g_array_index (placed, Placed, k);

              free =
                  other->lane != link->lane || !overlaps (other, link->top, link->bottom);
            }
          if (free)
            break;
        }
      link->shape.lane = area->first_lane + area->lane_pitch * (float) link->lane;
    }
}

/* The outermost lane in use between two heights. */
static guint
find_outermost (GArray *placed, float top, float bottom)
{
  guint outermost = 0;

  for (guint i = 0; i < placed->len; i++)
    {
      const Placed *link = &g_array_index (placed, Placed, i);

      if (overlaps (link, top, bottom))
        outermost = MAX (outermost, link->lane);
    }
  return outermost;
}

/* The nearest height to @y, or from there in the direction of @step (a title's height, up
 * or down), at which none of the first @n titles stands. */
static float
find_free_height (GArray *placed, guint n, float y, float step, const KutipLinkArea *area)
{
  for (guint tries = 0; tries < n + 1; tries++)
    {
      gboolean moved = FALSE;

      for (guint i = 0; i < n; i++)
        {
          float other = g_array_index (placed, Placed, i).shape.text_y;

          if (y < other + area->text_height && other < y + area->text_height)
            {
              y = other + step;
              moved = TRUE;
            }
        }
      if (!moved)
        break;
    }
  return y;
}

/* Below the titles that stand there; above them where there is no room below. */
static float
place_title (GArray *placed, guint n, float y, const KutipLinkArea *area)
{
  float below = find_free_height (placed, n, y, area->text_height, area);
  float above;

  if (below + area->text_height <= area->bottom)
    return below;
  above = find_free_height (placed, n, MIN (y, area->bottom - area->text_height),
                            -area->text_height, area);
  return above >= area->top ? above : below;
}

/* A title farther than this from its place, in its own heights, belongs to nothing that
 * one sees. */
#define FARTHEST 3

/* Titles stand at the middle of what is seen of a link; of one that leaves the view,
 * where it does. */
static void
place_titles (GArray *placed, const KutipLink *links, const KutipLinkArea *area)
{
  float half = area->text_height / 2;

  for (guint i = 0; i < placed->len; i++)
    {
      Placed *link = &g_array_index (placed, Placed, i);
      const KutipLink *source = &links[link->shape.link];
      float y = (link->top + link->bottom) / 2 - half;
      float wanted;
      guint outermost;

      if (source->from.place == KUTIP_LINK_ABOVE || source->to.place == KUTIP_LINK_ABOVE)
        y = area->top + 2;
      else if (source->from.place == KUTIP_LINK_BELOW ||
               source->to.place == KUTIP_LINK_BELOW)
        y = area->bottom - area->text_height - 2;
      wanted = y;
      y = place_title (placed, i, y, area);
      if (fabsf (y - wanted) > FARTHEST * area->text_height)
        {
          /* Out of the way of the others. */
          link->shape.text_y = area->top - 2 * area->text_height;
          link->shape.text = 0;
          continue;
        }
      link->shape.text_y = y;
      outermost = MAX (find_outermost (placed, y, y + area->text_height), link->lane);
      link->shape.text = area->first_lane + area->lane_pitch * ((float) outermost + 0.6f);
    }
}

GArray *
kutip_links_lay_out (const KutipLink *links, guint n_links, const KutipLinkArea *area)
{
  GArray *shapes = g_array_new (FALSE, FALSE, sizeof (KutipLinkShape));
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));

  for (guint i = 0; i < n_links; i++)
    {
      Placed link = { 0 };

      if (!is_in_view (&links[i]))
        continue;
      link.shape.link = i;
      link.shape.from_y = get_end_y (&links[i].from, area);
      link.shape.to_y = get_end_y (&links[i].to, area);
      link.top = MIN (link.shape.from_y, link.shape.to_y);
      link.bottom = MAX (link.shape.from_y, link.shape.to_y);
      g_array_append_val (placed, link);
    }
  g_array_sort (placed, compare_lengths);
  choose_lanes (placed, area);
  place_titles (placed, links, area);
  for (guint i = 0; i < placed->len; i++)
    g_array_append_val (shapes, g_array_index (placed, Placed, i).shape);
  return shapes;
}
