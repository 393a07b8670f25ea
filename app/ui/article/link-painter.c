/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/link-painter.h"

#include "ui/article/links.h"
#include "ui/foreign-words.h"
#include "ui/label/label-look.h"

#include <glib/gi18n.h>
#include <math.h>

/* Links drawn at once: more would be a grey mass. */
#define MOST_LINKS 64
/* Code points of a span's text that a title quotes. */
#define EXCERPT 24
/* A title narrower than this says nothing; in sixteenths of the font's size. */
#define LEAST_TITLE 44

/* A link of the document that is to be drawn. */
typedef struct
{
  KutipRelation *relation; /* NULL: the one that is proposed */
  KutipSpan *from, *to;    /* borrowed from the layer */
} Wanted;

/* A title on the screen, to be clicked on. */
typedef struct
{
  graphene_rect_t area;
  char *span; /* id of where it leads */
} Title;

struct _KutipLinkPainter
{
  KutipHighlightPainter *colors; /* borrowed */
  GArray *titles;                /* Title */
};

/* One drawing. */
typedef struct
{
  KutipLinkPainter *painter;
  KutipAnnotator *annotator;
  KutipDocument *document;
  KutipPageLines *lines;
  GtkWidget *widget;
  GtkSnapshot *snapshot;
  GArray *wanted;   /* Wanted */
  GHashTable *seen; /* KutipRelation */
  float unit;       /* a sixteenth of the font's size */
  float edge;       /* of the text, x */
  float direction;  /* 1 to the right of the text, -1 to the left */
  float room;       /* width of the margin */
} Work;

static void
clear_title (gpointer data)
{
  g_free (((Title *) data)->span);
}

KutipLinkPainter *
kutip_link_painter_new (KutipHighlightPainter *colors)
{
  KutipLinkPainter *self = g_new0 (KutipLinkPainter, 1);

  self->colors = colors;
  self->titles = g_array_new (FALSE, FALSE, sizeof (Title));
  g_array_set_clear_func (self->titles, clear_title);
  return self;
}

void
kutip_link_painter_free (KutipLinkPainter *self)
{
  g_array_unref (self->titles);
  g_free (self);
}

static void
add_relations_of (Work *work, KutipSpan *span)
{
  KutipLayer *layer = kutip_document_get_layer (work->document);
  g_autoptr (GPtrArray) relations =
      kutip_layer_list_relations_of (layer, kutip_span_get_id (span));

  for (guint i = 0; i < relations->len && work->wanted->len < MOST_LINKS; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);
      Wanted wanted = { relation,
                        kutip_layer_get_span (layer, kutip_relation_get_from (relation)),
                        kutip_layer_get_span (layer, kutip_relation_get_to (relation)) };

      if (wanted.from == NULL || wanted.to == NULL ||
          kutip_span_is_orphan (wanted.from) || kutip_span_is_orphan (wanted.to) ||
          !g_hash_table_add (work->seen, relation))
        continue;
      g_array_append_val (work->wanted, wanted);
    }
}

static gboolean
on_span (KutipSpan *span, gpointer data)
{
  Work *work = data;

  add_relations_of (work, span);
  return work->wanted->len < MOST_LINKS;
}

static KutipRange
get_range_in_view (Work *work)
{
  GArray *lines = work->lines->lines;

  if (lines->len == 0)
    return (KutipRange){ 0, 0 };
  return (KutipRange){ g_array_index (lines, KutipTextLine, 0).range.start,
                       g_array_index (lines, KutipTextLine, lines->len - 1).range.end };
}

static void
collect (Work *work, gboolean all)
{
  KutipSpan *current = kutip_annotator_get_current (work->annotator);
  KutipSpan *from = kutip_annotator_get_link_from (work->annotator);
  KutipSpan *candidate = kutip_annotator_get_link_candidate (work->annotator);

  if (from != NULL && candidate != NULL)
    {
      Wanted wanted = { NULL, from, candidate };

      g_array_append_val (work->wanted, wanted);
    }
  if (current != NULL)
    add_relations_of (work, current);
  if (all)
    kutip_layer_foreach_span_in (kutip_document_get_layer (work->document),
                                 get_range_in_view (work), on_span, work);
}

/* Which lines in view show the span. */
static KutipLinkEnd
find_end (Work *work, KutipSpan *span)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);
  KutipRange in_view = get_range_in_view (work);
  KutipLinkEnd end = { KUTIP_LINK_ABOVE, 0, 0 };

  for (guint i = 0; i < work->lines->lines->len; i++)
    {
      const KutipTextLine *line = &g_array_index (work->lines->lines, KutipTextLine, i);

      for (guint k = 0; k < kutip_span_get_n_ranges (span); k++)
        if (kutip_range_overlaps (ranges[k], line->range))
          {
            if (end.place != KUTIP_LINK_IN_VIEW)
              end.top = line->y;
            end.place = KUTIP_LINK_IN_VIEW;
            end.bottom = line->y + line->height;
          }
    }
  if (end.place != KUTIP_LINK_IN_VIEW && ranges[0].start >= in_view.end)
    end.place = KUTIP_LINK_BELOW;
  return end;
}

static float
get_x (Work *work, float distance)
{
  return work->edge + work->direction * distance;
}

static const KutipHighlightColors *
get_colors (Work *work, const Wanted *wanted)
{
  return kutip_highlight_painter_get_colors (work->painter->colors, work->widget,
                                             kutip_document_get_tagset (work->document),
                                             kutip_span_get_label (wanted->from));
}

/* A bracket beside the lines of an end in view. */
static void
draw_bracket (Work *work, cairo_t *cr, const KutipLinkEnd *end)
{
  float x = get_x (work, 3 * work->unit);
  float tip = get_x (work, 0);

  if (end->bottom - end->top < 30 * work->unit)
    return;
  cairo_move_to (cr, tip, end->top + 2);
  cairo_line_to (cr, x, end->top + 2);
  cairo_line_to (cr, x, end->bottom - 2);
  cairo_line_to (cr, tip, end->bottom - 2);
  cairo_stroke (cr);
}

/* An arrow head with its tip at (@x, @y), flying towards (@dx, @dy). */
static void
draw_head (Work *work, cairo_t *cr, double x, double y, double dx, double dy)
{
  double size = 5 * work->unit;

  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - size * (dx + dy * 0.6), y - size * (dy + dx * 0.6));
  cairo_line_to (cr, x - size * (dx - dy * 0.6), y - size * (dy - dx * 0.6));
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* Out from the text at @y0, along the lane, and back at @y1, with round corners; ends out
 * of view have no way back. */
static void
draw_path (Work *work, cairo_t *cr, const KutipLink *link, const KutipLinkShape *shape)
{
  float near = get_x (work, 5 * work->unit);
  float lane = get_x (work, shape->lane);
  float way = shape->to_y > shape->from_y ? 1 : -1;
  float radius = MIN (5 * work->unit, fabsf (shape->to_y - shape->from_y) / 2);
  float turn = work->direction * radius;

  if (link->from.place == KUTIP_LINK_IN_VIEW)
    {
      cairo_move_to (cr, near, shape->from_y);
      cairo_line_to (cr, lane - turn, shape->from_y);
      cairo_curve_to (cr, lane, shape->from_y, lane, shape->from_y, lane,
                      shape->from_y + way * radius);
    }
  else
    cairo_move_to (cr, lane, shape->from_y);
  if (link->to.place == KUTIP_LINK_IN_VIEW)
    {
      cairo_line_to (cr, lane, shape->to_y - way * radius);
      cairo_curve_to (cr, lane, shape->to_y, lane, shape->to_y, lane - turn, shape->to_y);
      cairo_line_to (cr, near + work->direction * 2 * work->unit, shape->to_y);
    }
  else
    cairo_line_to (cr, lane, shape->to_y);
  cairo_stroke (cr);
}

/* The link that keys are about is drawn bolder, where there are several. */
static gboolean
is_at_hand (Work *work, const Wanted *wanted)
{
  return wanted->relation != NULL && work->wanted->len > 1 &&
         wanted->relation == kutip_annotator_get_relation (work->annotator);
}

static void
draw_link (Work *work,
           cairo_t *cr,
           const Wanted *wanted,
           const KutipLink *link,
           const KutipLinkShape *shape)
{
  const GdkRGBA color = get_colors (work, wanted)->line;
  const double dashes[] = { 4 * work->unit, 3 * work->unit };

  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr,
                        MAX (1, (is_at_hand (work, wanted) ? 2.5 : 1.5) * work->unit));
  if (link->from.place == KUTIP_LINK_IN_VIEW)
    draw_bracket (work, cr, &link->from);
  if (link->to.place == KUTIP_LINK_IN_VIEW)
    draw_bracket (work, cr, &link->to);
  cairo_set_dash (cr, dashes, wanted->relation == NULL ? 2 : 0, 0);
  draw_path (work, cr, link, shape);
  cairo_set_dash (cr, NULL, 0, 0);
  if (link->to.place == KUTIP_LINK_IN_VIEW)
    draw_head (work, cr, get_x (work, 4 * work->unit), shape->to_y, -work->direction, 0);
  else
    draw_head (work, cr, get_x (work, shape->lane), shape->to_y, 0,
               link->to.place == KUTIP_LINK_ABOVE ? -1 : 1);
}

static char *
dup_excerpt (Work *work, KutipSpan *span)
{
  KutipRange range = kutip_span_get_ranges (span)[0];
  gboolean cut = range.end - range.start > EXCERPT;
  g_autofree char *text = NULL;

  range.end = MIN (range.end, range.start + EXCERPT);
  text = kutip_text_dup_range (kutip_document_get_text (work->document), range);
  g_strdelimit (text, "\n\r\t", ' ');
  return g_strconcat (text, cut ? "…" : "", NULL);
}

/* Of the link that is proposed: its kind, or that there is a choice. */
static char *
dup_proposed_title (Work *work, const Wanted *wanted)
{
  g_autoptr (GArray) choices =
      kutip_annotator_list_link_choices (work->annotator, wanted->from, wanted->to);
  const char *title;

  if (choices->len == 0)
    return g_strdup ("");
  title = kutip_label_look_get_relation_title (
      kutip_document_get_tagset (work->document),
      g_array_index (choices, KutipLinkChoice, 0).type->name);
  if (choices->len == 1)
    return g_strdup (title);
  /* Translators: the first kind of link of several that one may choose from: States or…
   */
  return g_strdup_printf (_ ("%s or…"), title);
}

/* What a link is called; of an end out of view, also what is there. */
static char *
dup_title (Work *work, const Wanted *wanted, const KutipLink *link)
{
  KutipTagset *tagset = kutip_document_get_tagset (work->document);
  g_autofree char *title = wanted->relation != NULL
                               ? g_strdup (kutip_label_look_get_relation_title (
                                     tagset, kutip_relation_get_label (wanted->relation)))
                               : dup_proposed_title (work, wanted);
  KutipSpan *hidden = link->from.place != KUTIP_LINK_IN_VIEW ? wanted->from
                      : link->to.place != KUTIP_LINK_IN_VIEW ? wanted->to
                                                             : NULL;
  g_autofree char *excerpt = NULL;
  g_autofree char *shown = NULL;

  if (hidden == NULL)
    return g_steal_pointer (&title);
  excerpt = dup_excerpt (work, hidden);
  shown = kutip_foreign_words (excerpt, 0);
  /* Translators: a link to a span that is not in view: the link's name, and the span's
   * text. */
  return g_strdup_printf (_ ("%1$s: %2$s"), title, shown);
}

static void
note_title (Work *work,
            const Wanted *wanted,
            const KutipLink *link,
            const graphene_rect_t *area)
{
  KutipSpan *current = kutip_annotator_get_current (work->annotator);
  KutipSpan *goal = wanted->to;
  Title title;

  if (link->from.place != KUTIP_LINK_IN_VIEW ||
      (link->to.place == KUTIP_LINK_IN_VIEW && wanted->to == current))
    goal = wanted->from;
  title.area = *area;
  title.span = g_strdup (kutip_span_get_id (goal));
  g_array_append_val (work->painter->titles, title);
}

static void
paint_title (Work *work,
             const Wanted *wanted,
             const KutipLink *link,
             const KutipLinkShape *shape)
{
  g_autofree char *text = dup_title (work, wanted, link);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (work->widget, text);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  const GdkRGBA color = get_colors (work, wanted)->text;
  float room = work->room - shape->text - 6 * work->unit;
  PangoRectangle place;
  graphene_rect_t area;

  if (shape->text <= 0 || room < LEAST_TITLE * work->unit)
    return;
  pango_font_description_set_absolute_size (font, 11 * work->unit * PANGO_SCALE);
  if (is_at_hand (work, wanted))
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) room * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_pixel_extents (layout, NULL, &place);
  area = GRAPHENE_RECT_INIT (get_x (work, shape->text) -
                                 (work->direction < 0 ? (float) place.width : 0),
                             shape->text_y, (float) place.width, (float) place.height);
  gtk_snapshot_save (work->snapshot);
  /* From right to left, the words are at the other end of the room that they have. */
  gtk_snapshot_translate (
      work->snapshot,
      &GRAPHENE_POINT_INIT (area.origin.x - (float) place.x, area.origin.y));
  gtk_snapshot_append_layout (work->snapshot, layout, &color);
  gtk_snapshot_restore (work->snapshot);
  note_title (work, wanted, link, &area);
}

static KutipLinkArea
measure_area (Work *work)
{
  KutipLinkArea area = { 0 };

  area.top = (float) work->lines->visible.y + 2;
  area.bottom = (float) (work->lines->visible.y + work->lines->visible.height) - 2;
  area.first_lane = 12 * work->unit;
  area.lane_pitch = 8 * work->unit;
  area.n_lanes =
      (guint) CLAMP ((work->room / 2 - area.first_lane) / area.lane_pitch, 1, 12);
  area.text_height = 15 * work->unit;
  return area;
}

static void
reach_end (const KutipLinkEnd *end, float *top, float *bottom)
{
  if (end->place != KUTIP_LINK_IN_VIEW)
    return;
  *top = MIN (*top, end->top);
  *bottom = MAX (*bottom, end->bottom);
}

/* Where the links are, not all of the margin: all of this is painted again whenever they
 * change. */
static graphene_rect_t
find_bounds (Work *work, const KutipLink *links, GArray *shapes)
{
  float pad = 8 * work->unit;
  float top = G_MAXFLOAT, bottom = -G_MAXFLOAT, width = 0;
  graphene_rect_t bounds, room;

  for (guint i = 0; i < shapes->len; i++)
    {
      const KutipLinkShape *shape = &g_array_index (shapes, KutipLinkShape, i);

      width = MAX (width, shape->lane);
      top = MIN (top, MIN (shape->from_y, shape->to_y));
      bottom = MAX (bottom, MAX (shape->from_y, shape->to_y));
      reach_end (&links[shape->link].from, &top, &bottom);
      reach_end (&links[shape->link].to, &top, &bottom);
    }
  width = ceilf (MIN (width + pad, work->room));
  top = floorf (top - pad);
  bounds = GRAPHENE_RECT_INIT (work->direction > 0 ? work->edge : work->edge - width, top,
                               width, ceilf (bottom + pad) - top);
  room = GRAPHENE_RECT_INIT (bounds.origin.x, (float) work->lines->visible.y, width,
                             (float) work->lines->visible.height);
  graphene_rect_intersection (&bounds, &room, &bounds);
  return bounds;
}

static void
paint_links (Work *work)
{
  const Wanted *wanted = (const Wanted *) (gpointer) work->wanted->data;
  KutipLinkArea area = measure_area (work);
  g_autofree KutipLink *links = g_new0 (KutipLink, work->wanted->len);
  g_autoptr (GArray) shapes = NULL;
  graphene_rect_t bounds;
  cairo_t *cr;

  for (guint i = 0; i < work->wanted->len; i++)
    {
      links[i].from = find_end (work, wanted[i].from);
      links[i].to = find_end (work, wanted[i].to);
    }
  shapes = kutip_links_lay_out (links, work->wanted->len, &area);
  if (shapes->len == 0)
    return;
  bounds = find_bounds (work, links, shapes);
  cr = gtk_snapshot_append_cairo (work->snapshot, &bounds);
  for (guint i = 0; i < shapes->len; i++)
    {
      const KutipLinkShape *shape = &g_array_index (shapes, KutipLinkShape, i);

      draw_link (work, cr, &wanted[shape->link], &links[shape->link], shape);
    }
  cairo_destroy (cr);
  for (guint i = 0; i < shapes->len; i++)
    {
      const KutipLinkShape *shape = &g_array_index (shapes, KutipLinkShape, i);

      paint_title (work, &wanted[shape->link], &links[shape->link], shape);
    }
}

void
kutip_link_painter_paint (KutipLinkPainter *self,
                          KutipAnnotator *annotator,
                          KutipPageLines *lines,
                          gboolean all,
                          GtkSnapshot *snapshot)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gboolean rtl = kutip_page_view_is_right_to_left (lines->view);
  GtkTextView *view = GTK_TEXT_VIEW (lines->view);
  Work work = { .painter = self,
                .annotator = annotator,
                .document = kutip_annotator_get_document (annotator),
                .lines = lines,
                .widget = GTK_WIDGET (lines->view),
                .snapshot = snapshot,
                .wanted = wanted,
                .seen = seen };

  g_array_set_size (self->titles, 0);
  work.unit = (float) (kutip_highlight_painter_get_font_size (work.widget) / 16);
  work.direction = rtl ? -1 : 1;
  work.room = (float) (rtl ? gtk_text_view_get_left_margin (view)
                           : gtk_text_view_get_right_margin (view)) -
              6 * work.unit;
  work.edge = rtl ? work.room : (float) lines->visible.width - work.room;
  collect (&work, all);
  if (work.wanted->len > 0)
    paint_links (&work);
}

const char *
kutip_link_painter_find (KutipLinkPainter *self, double x, double y)
{
  for (guint i = 0; i < self->titles->len; i++)
    {
      const Title *title = &g_array_index (self->titles, Title, i);

      if (graphene_rect_contains_point (&title->area,
                                        &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        return title->span;
    }
  return NULL;
}
