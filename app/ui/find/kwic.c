/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/kwic.h"

#include "ui/article/reading.h"
#include "ui/line-metrics.h"

#include <string.h>

/* Between the match and what is around it; pixels. */
#define SPACING 6
/* That the match may take. */
#define MAX_MATCH_CHARS 40

/* Where a line ends up that is narrower than its place. */
typedef enum
{
  AT_LEFT,
  AT_CENTER,
  AT_RIGHT,
} Side;

static PangoLayout *
create_line (GtkWidget *widget, const char *text, PangoEllipsizeMode ellipsize)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, ellipsize);
  return layout;
}

GtkTextDirection
kutip_kwic_get_direction (const KutipContext *context)
{
  g_autofree char *words =
      g_strconcat (context->left, context->match, context->right, NULL);

  return kutip_reading_is_right_to_left (words, strlen (words)) ? GTK_TEXT_DIR_RTL
                                                                : GTK_TEXT_DIR_LTR;
}

void
kutip_kwic_clear (KutipKwic *self)
{
  g_clear_object (&self->left);
  g_clear_object (&self->match);
  g_clear_object (&self->right);
}

gboolean
kutip_kwic_is_empty (const KutipKwic *self)
{
  return self->match == NULL;
}

void
kutip_kwic_fill (KutipKwic *self, GtkWidget *widget, const KutipContext *context)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  kutip_kwic_clear (self);
  self->direction = kutip_kwic_get_direction (context);
  self->left = create_line (widget, context->left, PANGO_ELLIPSIZE_START);
  self->match = create_line (widget, context->match, PANGO_ELLIPSIZE_MIDDLE);
  self->right = create_line (widget, context->right, PANGO_ELLIPSIZE_END);
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (self->match, attributes);
  pango_attr_list_unref (attributes);
}

static int
get_match_width (KutipKwic *self, int most)
{
  KutipLineMetrics metrics =
      kutip_line_metrics_get (pango_layout_get_context (self->match));
  int chars = MAX_MATCH_CHARS * metrics.char_width;
  int width;

  pango_layout_set_width (self->match, -1);
  pango_layout_get_pixel_size (self->match, &width, NULL);
  return MIN (MIN (width, PANGO_PIXELS (chars)), most);
}

static void
draw_line (GtkSnapshot *snapshot,
           PangoLayout *line,
           const GdkRectangle *place,
           Side side,
           const GdkRGBA *color)
{
  PangoRectangle extents;
  int x = place->x;

  if (place->width <= 0)
    return;
  pango_layout_set_width (line, place->width * PANGO_SCALE);
  /* Whatever side Pango puts it on. */
  pango_layout_get_pixel_extents (line, NULL, &extents);
  if (side != AT_LEFT)
    x += (place->width - extents.width) / (side == AT_CENTER ? 2 : 1);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) (x - extents.x),
                            (float) (place->y + (place->height - extents.height) / 2)));
  gtk_snapshot_append_layout (snapshot, line, color);
  gtk_snapshot_restore (snapshot);
}

void
kutip_kwic_draw (KutipKwic *self,
                 GtkSnapshot *snapshot,
                 const GdkRectangle *area,
                 const GdkRGBA *color)
{
  gboolean rtl = self->direction == GTK_TEXT_DIR_RTL;
  GdkRectangle match = *area, first = *area, last = *area;

  match.width = get_match_width (self, MAX (area->width - 2 * SPACING, 0));
  match.x += (area->width - match.width) / 2;
  first.width = match.x - SPACING - area->x;
  last.x = match.x + match.width + SPACING;
  last.width = area->x + area->width - last.x;

  draw_line (snapshot, rtl ? self->right : self->left, &first, AT_RIGHT, color);
  draw_line (snapshot, self->match, &match, AT_CENTER, color);
  draw_line (snapshot, rtl ? self->left : self->right, &last, AT_LEFT, color);
}
