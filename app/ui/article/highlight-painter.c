/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/highlight-painter.h"

#include "ui/article/levels.h"
#include "ui/label/ink.h"
#include "ui/label/label-look.h"

#include <adwaita.h>
#include <math.h>

/* Spans drawn on one line: more than anybody can tell apart. */
#define MOST_ON_LINE 256
/* WCAG 2.1: text on its background (1.4.3, 1.4.6), and marks that carry meaning (1.4.11).
 */
#define TEXT_CONTRAST 4.5
#define HIGH_TEXT_CONTRAST 7.0
#define MARK_CONTRAST 3.0
#define HIGH_MARK_CONTRAST 4.5

struct _KutipHighlightPainter
{
  KutipLevels *levels;
  GHashTable *colors;  /* interned label -> KutipHighlightColors */
  GHashTable *letters; /* text -> PangoLayout */
  GArray *badges;      /* Handle: where they were last drawn */
  gboolean has_style;
  GdkRGBA text, background, accent;
  gboolean dark;
  gboolean high_contrast;
};

/* A badge on the screen, to be pressed on. */
typedef struct
{
  graphene_rect_t area;
  char *span; /* id */
} Handle;

/* One drawing. */
typedef struct
{
  KutipHighlightPainter *painter;
  KutipAnnotator *annotator;
  KutipDocument *document;
  GtkWidget *widget;
  GtkSnapshot *snapshot;
  GArray *highlights; /* KutipHighlight */
  GHashTable *seen;   /* KutipSpan */
  GHashTable *linked; /* ids of spans that the current one is linked to; borrowed from the
                         layer */
  guint n_on_line;
  float unit; /* a sixteenth of the font's size */
} Work;

static void
clear_handle (gpointer data)
{
  g_free (((Handle *) data)->span);
}

KutipHighlightPainter *
kutip_highlight_painter_new (void)
{
  KutipHighlightPainter *self = g_new0 (KutipHighlightPainter, 1);

  self->levels = kutip_levels_new ();
  self->colors = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->badges = g_array_new (FALSE, FALSE, sizeof (Handle));
  g_array_set_clear_func (self->badges, clear_handle);
  self->letters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

void
kutip_highlight_painter_free (KutipHighlightPainter *self)
{
  kutip_levels_free (self->levels);
  g_hash_table_unref (self->colors);
  g_hash_table_unref (self->letters);
  g_array_unref (self->badges);
  g_free (self);
}

void
kutip_highlight_painter_forget_spans (KutipHighlightPainter *self)
{
  kutip_levels_forget (self->levels);
  g_hash_table_remove_all (self->colors);
}

void
kutip_highlight_painter_forget_style (KutipHighlightPainter *self)
{
  self->has_style = FALSE;
  g_hash_table_remove_all (self->colors);
  g_hash_table_remove_all (self->letters);
}

int
kutip_highlight_painter_get_gap (double font_size)
{
  return (int) ceil (font_size * 12.0 / 16.0);
}

static void
learn_style (KutipHighlightPainter *self, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  GdkRGBA color;

  if (self->has_style)
    return;
  self->has_style = TRUE;
  self->dark = adw_style_manager_get_dark (style);
  self->high_contrast = adw_style_manager_get_high_contrast (style);
  if (!gtk_style_context_lookup_color (context, "view_bg_color", &self->background))
    self->background =
        self->dark ? (GdkRGBA){ 0.12f, 0.12f, 0.12f, 1 } : (GdkRGBA){ 1, 1, 1, 1 };
  if (!gtk_style_context_lookup_color (context, "accent_color", &self->accent))
    self->accent = (GdkRGBA){ 0.21f, 0.52f, 0.89f, 1 };
  gtk_style_context_get_color (context, &color);
  self->text = kutip_ink_blend (&self->background, &color, color.alpha);
}

const KutipHighlightColors *
kutip_highlight_painter_get_colors (KutipHighlightPainter *self,
                                    GtkWidget *widget,
                                    KutipTagset *tagset,
                                    const char *label)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };
  KutipHighlightColors *colors = g_hash_table_lookup (self->colors, label);

  if (colors != NULL)
    return colors;
  learn_style (self, widget);
  colors = g_new0 (KutipHighlightColors, 1);
  colors->color = kutip_label_look_get (tagset, label)->color;
  colors->line = kutip_ink_fit (&colors->color, &self->background,
                                self->high_contrast ? HIGH_MARK_CONTRAST : MARK_CONTRAST);
  colors->text = kutip_ink_fit (&colors->color, &self->background,
                                self->high_contrast ? HIGH_TEXT_CONTRAST : TEXT_CONTRAST);
  colors->ink = kutip_ink_contrast (&colors->line, &white) >= TEXT_CONTRAST ||
                        kutip_ink_contrast (&colors->line, &white) >
                            kutip_ink_contrast (&colors->line, &black)
                    ? white
                    : black;
  g_hash_table_insert (self->colors, (gpointer) label, colors);
  return colors;
}

static const char *
get_label (Work *work, guint highlight)
{
  return kutip_span_get_label (
      g_array_index (work->highlights, KutipHighlight, highlight).span);
}

static const KutipHighlightColors *
get_colors (Work *work, guint highlight)
{
  return kutip_highlight_painter_get_colors (work->painter, work->widget,
                                             kutip_document_get_tagset (work->document),
                                             get_label (work, highlight));
}

static gboolean
is_faint (Work *work, guint highlight)
{
  KutipHighlightFlags flags =
      g_array_index (work->highlights, KutipHighlight, highlight).flags;

  return (flags & KUTIP_HIGHLIGHT_FAINT) != 0;
}

static GdkRGBA
with_alpha (GdkRGBA color, double alpha)
{
  color.alpha = (float) alpha;
  return color;
}

static KutipHighlightFlags
get_flags (Work *work, KutipSpan *span)
{
  KutipHighlightFlags flags = 0;

  if (kutip_span_is_unsure (span))
    flags |= KUTIP_HIGHLIGHT_UNSURE;
  if (span == kutip_annotator_get_current (work->annotator))
    flags |= KUTIP_HIGHLIGHT_CURRENT;
  if (!kutip_annotator_is_linking (work->annotator))
    {
      if (g_hash_table_contains (work->linked, kutip_span_get_id (span)))
        flags |= KUTIP_HIGHLIGHT_LINKED;
      return flags;
    }
  if (span == kutip_annotator_get_link_candidate (work->annotator))
    return flags | KUTIP_HIGHLIGHT_CANDIDATE;
  if (span == kutip_annotator_get_link_from (work->annotator))
    return flags | KUTIP_HIGHLIGHT_CURRENT;
  if (kutip_annotator_is_link_target (work->annotator, span))
    return flags | KUTIP_HIGHLIGHT_TARGET;
  return flags | KUTIP_HIGHLIGHT_FAINT;
}

/* While an edge is dragged, what the span would be. */
static KutipSpan *
get_shown (Work *work, KutipSpan *span)
{
  KutipSpan *draft = kutip_annotator_get_draft (work->annotator);

  return draft != NULL && span == kutip_annotator_get_current (work->annotator) ? draft
                                                                                : span;
}

static void
add_highlight (Work *work, KutipSpan *span)
{
  KutipHighlight highlight;

  if (!g_hash_table_add (work->seen, span))
    return;
  highlight.span = get_shown (work, span);
  highlight.level = kutip_levels_get (work->painter->levels,
                                      kutip_document_get_layer (work->document), span);
  highlight.flags = get_flags (work, span);
  g_array_append_val (work->highlights, highlight);
}

static gboolean
on_span (KutipSpan *span, gpointer data)
{
  Work *work = data;

  add_highlight (work, span);
  return ++work->n_on_line < MOST_ON_LINE;
}

static int
compare_highlights (gconstpointer a, gconstpointer b)
{
  KutipSpan *x = ((const KutipHighlight *) a)->span;
  KutipSpan *y = ((const KutipHighlight *) b)->span;
  int order =
      kutip_range_compare (kutip_span_get_ranges (x)[0], kutip_span_get_ranges (y)[0]);

  return order != 0 ? order : g_strcmp0 (kutip_span_get_id (x), kutip_span_get_id (y));
}

static void
collect_linked (Work *work)
{
  KutipSpan *current = kutip_annotator_get_current (work->annotator);
  g_autoptr (GPtrArray) relations = NULL;

  if (current == NULL)
    return;
  relations = kutip_layer_list_relations_of (kutip_document_get_layer (work->document),
                                             kutip_span_get_id (current));
  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);

      g_hash_table_add (work->linked, (gpointer) kutip_relation_get_from (relation));
      g_hash_table_add (work->linked, (gpointer) kutip_relation_get_to (relation));
    }
  g_hash_table_remove (work->linked, kutip_span_get_id (current));
}

static void
collect (Work *work, KutipPageLines *lines)
{
  KutipSpan *current = kutip_annotator_get_current (work->annotator);
  KutipLayer *layer = kutip_document_get_layer (work->document);

  collect_linked (work);
  /* However many there are: the one at hand is seen. */
  if (current != NULL && !kutip_span_is_orphan (current))
    add_highlight (work, current);
  for (guint i = 0; i < lines->lines->len; i++)
    {
      work->n_on_line = 0;
      kutip_layer_foreach_span_in (
          layer, g_array_index (lines->lines, KutipTextLine, i).range, on_span, work);
    }
  g_array_sort (work->highlights, compare_highlights);
}

static void
paint_tint (Work *work, const KutipTint *tint)
{
  KutipHighlightPainter *painter = work->painter;
  gboolean strong =
      (tint->flags & (KUTIP_HIGHLIGHT_CURRENT | KUTIP_HIGHLIGHT_CANDIDATE)) != 0;
  gboolean faint = tint->n == 1 && is_faint (work, tint->top);
  double wanted = (painter->dark ? 0.26 : 0.20) + 0.05 * MIN (tint->n - 1, 3);
  GdkRGBA color = kutip_ink_blend (&get_colors (work, tint->below)->color,
                                   &get_colors (work, tint->top)->color, 0.7);

  if (strong)
    wanted += 0.16;
  if (faint)
    wanted *= 0.4;
  color.alpha = (float) kutip_ink_tint (
      &color, &painter->background, &painter->text, wanted,
      painter->high_contrast ? HIGH_TEXT_CONTRAST : TEXT_CONTRAST);
  gtk_snapshot_append_color (work->snapshot, &color, &tint->area);
}

static void
paint_dashes (
    Work *work, const graphene_rect_t *area, const GdkRGBA *color, float on, float off)
{
  float share = on / (on + off);
  const GdkRGBA clear = with_alpha (*color, 0);
  const GskColorStop stops[] = {
    { 0, *color }, { share, *color }, { share, clear }, { 1, clear }
  };
  graphene_point_t from = GRAPHENE_POINT_INIT (area->origin.x, area->origin.y);
  graphene_point_t to = GRAPHENE_POINT_INIT (area->origin.x + on + off, area->origin.y);

  gtk_snapshot_append_repeating_linear_gradient (work->snapshot, area, &from, &to, stops,
                                                 G_N_ELEMENTS (stops));
}

/* The styles, by the label's position in the tag set: solid, dashed, dotted, double, long
 * dashes, fine. */
static void
paint_line (Work *work, int style, graphene_rect_t area, const GdkRGBA *color)
{
  float unit = work->unit;

  switch (style < 0 ? 5 : style % 5)
    {
    case 0:
      gtk_snapshot_append_color (work->snapshot, color, &area);
      break;
    case 1:
      paint_dashes (work, &area, color, 5 * unit, 2.5f * unit);
      break;
    case 2:
      paint_dashes (work, &area, color, 2 * unit, 2 * unit);
      break;
    case 3:
      area.size.height = MAX (1, roundf (0.8f * unit));
      gtk_snapshot_append_color (work->snapshot, color, &area);
      area.origin.y += area.size.height + 1;
      gtk_snapshot_append_color (work->snapshot, color, &area);
      break;
    case 4:
      paint_dashes (work, &area, color, 12 * unit, 3 * unit);
      break;
    default:
      area.size.height = 1;
      paint_dashes (work, &area, color, 3 * unit, 2 * unit);
      break;
    }
}

static void
paint_rule (Work *work, const KutipRule *rule)
{
  GdkRGBA color = get_colors (work, rule->highlight)->line;
  float height = MAX (1, roundf (2 * work->unit));
  graphene_rect_t area =
      GRAPHENE_RECT_INIT (rule->x1, rule->y, rule->x2 - rule->x1, height);

  if (is_faint (work, rule->highlight))
    color.alpha = 0.4f;
  if (rule->level >= KUTIP_HIGHLIGHT_LEVELS)
    {
      area.size.height = 1;
      gtk_snapshot_append_color (work->snapshot, &color, &area);
      return;
    }
  paint_line (work,
              kutip_label_look_get (kutip_document_get_tagset (work->document),
                                    get_label (work, rule->highlight))
                  ->index,
              area, &color);
}

static void
paint_tie (Work *work, const KutipTie *tie)
{
  GdkRGBA color = get_colors (work, tie->highlight)->line;
  graphene_rect_t area = GRAPHENE_RECT_INIT (tie->x1, tie->y, tie->x2 - tie->x1,
                                             MAX (1, roundf (work->unit)));

  if (is_faint (work, tie->highlight))
    color.alpha = 0.4f;
  paint_dashes (work, &area, &color, 1.5f * work->unit, 2.5f * work->unit);
}

static PangoLayout *
get_letter (Work *work, const char *text)
{
  PangoLayout *layout = g_hash_table_lookup (work->painter->letters, text);
  g_autoptr (PangoFontDescription) font = NULL;

  if (layout != NULL)
    return layout;
  layout = gtk_widget_create_pango_layout (work->widget, text);
  font = pango_font_description_from_string ("Sans Bold");
  pango_font_description_set_absolute_size (font, 8.5 * work->unit * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  g_hash_table_insert (work->painter->letters, g_strdup (text), layout);
  return layout;
}

static void
paint_badge (Work *work, const KutipBadge *badge)
{
  const KutipHighlight *highlight =
      &g_array_index (work->highlights, KutipHighlight, badge->highlight);
  const KutipHighlightColors *colors = get_colors (work, badge->highlight);
  const KutipLabelLook *look = kutip_label_look_get (
      kutip_document_get_tagset (work->document), get_label (work, badge->highlight));
  g_autofree char *text = g_strconcat (
      look->letter, (highlight->flags & KUTIP_HIGHLIGHT_UNSURE) != 0 ? "?" : NULL, NULL);
  PangoLayout *layout = get_letter (work, text);
  double alpha = is_faint (work, badge->highlight) ? 0.4 : 1;
  const GdkRGBA fill = with_alpha (colors->line, alpha);
  const GdkRGBA ink = with_alpha (colors->ink, alpha);
  GskRoundedRect shape;
  PangoRectangle extents;

  gsk_rounded_rect_init_from_rect (&shape, &badge->area, 2 * work->unit);
  gtk_snapshot_push_rounded_clip (work->snapshot, &shape);
  gtk_snapshot_append_color (work->snapshot, &fill, &badge->area);
  gtk_snapshot_pop (work->snapshot);
  pango_layout_get_pixel_extents (layout, &extents, NULL);
  gtk_snapshot_save (work->snapshot);
  gtk_snapshot_translate (
      work->snapshot,
      &GRAPHENE_POINT_INIT (badge->area.origin.x - (float) extents.x +
                                (badge->area.size.width - (float) extents.width) / 2,
                            badge->area.origin.y - (float) extents.y +
                                (badge->area.size.height - (float) extents.height) / 2));
  gtk_snapshot_append_layout (work->snapshot, layout, &ink);
  gtk_snapshot_restore (work->snapshot);
}

/* A badge is small, so that what is a little beside it counts too. */
static void
note_badge (Work *work, const KutipBadge *badge)
{
  KutipSpan *span =
      g_array_index (work->highlights, KutipHighlight, badge->highlight).span;
  Handle handle = { badge->area, g_strdup (kutip_span_get_id (span)) };

  graphene_rect_inset (&handle.area, -2 * work->unit, -2 * work->unit);
  g_array_append_val (work->painter->badges, handle);
}

static void
paint_outline (Work *work, const KutipOutline *outline)
{
  KutipHighlightFlags flags =
      g_array_index (work->highlights, KutipHighlight, outline->highlight).flags;
  gboolean candidate = (flags & KUTIP_HIGHLIGHT_CANDIDATE) != 0;
  gboolean current = (flags & KUTIP_HIGHLIGHT_CURRENT) != 0;
  float width = MAX (1, roundf (work->unit * (candidate ? 2.5f : current ? 1.5f : 1.0f)));
  float radius = 3 * work->unit;
  GdkRGBA color =
      candidate ? work->painter->accent : get_colors (work, outline->highlight)->line;
  const GdkRGBA colors[] = { color, color, color, color };
  const float widths[] = { width, outline->open_right ? 0 : width, width,
                           outline->open_left ? 0 : width };
  GskRoundedRect shape;
  graphene_rect_t area;
  graphene_size_t left = outline->open_left ? GRAPHENE_SIZE_INIT (0, 0)
                                            : GRAPHENE_SIZE_INIT (radius, radius);
  graphene_size_t right = outline->open_right ? GRAPHENE_SIZE_INIT (0, 0)
                                              : GRAPHENE_SIZE_INIT (radius, radius);

  graphene_rect_inset_r (&outline->area,
                         outline->open_left && outline->open_right ? 0 : -width, -width,
                         &area);
  gsk_rounded_rect_init (&shape, &area, &left, &right, &right, &left);
  gtk_snapshot_append_border (work->snapshot, &shape, widths, colors);
}

static void
paint_layout (Work *work, KutipHighlightLayout *layout)
{
  for (guint i = 0; i < layout->tints->len; i++)
    paint_tint (work, &g_array_index (layout->tints, KutipTint, i));
  for (guint i = 0; i < layout->rules->len; i++)
    paint_rule (work, &g_array_index (layout->rules, KutipRule, i));
  for (guint i = 0; i < layout->ties->len; i++)
    paint_tie (work, &g_array_index (layout->ties, KutipTie, i));
  for (guint i = 0; i < layout->outlines->len; i++)
    paint_outline (work, &g_array_index (layout->outlines, KutipOutline, i));
  g_array_set_size (work->painter->badges, 0);
  for (guint i = 0; i < layout->badges->len; i++)
    {
      paint_badge (work, &g_array_index (layout->badges, KutipBadge, i));
      note_badge (work, &g_array_index (layout->badges, KutipBadge, i));
    }
}

double
kutip_highlight_painter_get_font_size (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * pango_cairo_context_get_resolution (context) / 72.0;
}

void
kutip_highlight_painter_paint (KutipHighlightPainter *self,
                               KutipAnnotator *annotator,
                               KutipPageLines *lines,
                               GtkSnapshot *snapshot)
{
  g_autoptr (GArray) highlights = g_array_new (FALSE, FALSE, sizeof (KutipHighlight));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) linked = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (KutipHighlightLayout) layout = NULL;
  KutipTextLines text_lines = { (const KutipTextLine *) (gpointer) lines->lines->data,
                                lines->lines->len, kutip_page_lines_get_extents, lines };
  Work work = { .painter = self,
                .annotator = annotator,
                .document = kutip_annotator_get_document (annotator),
                .widget = GTK_WIDGET (lines->view),
                .snapshot = snapshot,
                .highlights = highlights,
                .seen = seen,
                .linked = linked };
  KutipHighlightSizes sizes;

  learn_style (self, work.widget);
  work.unit = (float) (kutip_highlight_painter_get_font_size (work.widget) / 16);
  sizes.pitch =
      (float) kutip_page_view_get_line_gap (lines->view) / KUTIP_HIGHLIGHT_LEVELS;
  sizes.badge_width = roundf (10 * work.unit);
  sizes.badge_height = roundf (10 * work.unit);
  sizes.tie = 14 * work.unit;
  collect (&work, lines);
  layout = kutip_highlights_lay_out ((const KutipHighlight *) (gpointer) highlights->data,
                                     highlights->len, &text_lines, &sizes);
  paint_layout (&work, layout);
}

const char *
kutip_highlight_painter_find_badge (KutipHighlightPainter *self, double x, double y)
{
  for (guint i = 0; i < self->badges->len; i++)
    {
      const Handle *handle = &g_array_index (self->badges, Handle, i);

      if (graphene_rect_contains_point (&handle->area,
                                        &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        return handle->span;
    }
  return NULL;
}
