/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/label/label-badge.h"

#include "ui/label/ink.h"
#include "ui/line-metrics.h"

#include <adwaita.h>
#include <string.h>

/* WCAG 2.1 (1.4.11): what a shape needs to stand out from what it lies on. */
#define SHAPE_CONTRAST 3.0
#define HIGH_SHAPE_CONTRAST 4.5

/* The bars and rows that badges lie on: of all, those nearest to the labels' colours. */
static const GdkRGBA light_ground = { 0.92f, 0.92f, 0.92f, 1 };
static const GdkRGBA dark_ground = { 0.19f, 0.19f, 0.19f, 1 };

struct _KutipLabelBadge
{
  GtkWidget parent_instance;

  KutipLabelLook look; /* letter and colours only */
};

G_DEFINE_FINAL_TYPE (KutipLabelBadge, kutip_label_badge, GTK_TYPE_WIDGET)

static PangoLayout *
create_layout (PangoContext *context, const char *letter)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.8));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, letter, -1);
  pango_attr_list_unref (attributes);
  return layout;
}

/* A square as high as a line of the interface's font, so that badges of all letters line
 * up and grow with the text size. */
static void
kutip_label_badge_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  KutipLineMetrics metrics =
      kutip_line_metrics_get (gtk_widget_get_pango_context (widget));

  *minimum = *natural = MAX (PANGO_PIXELS_CEIL (metrics.height), 14);
}

static void
kutip_label_badge_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KutipLabelBadge *self = KUTIP_LABEL_BADGE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int side = MIN (width, height);

  if (self->look.letter[0] == '\0')
    return;
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (width - side) / 2,
                                                          (float) (height - side) / 2));
  kutip_label_badge_draw (snapshot, gtk_widget_get_pango_context (widget), &self->look,
                          side);
}

static void
kutip_label_badge_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kutip_label_badge_parent_class)->css_changed (widget, change);
  gtk_widget_queue_resize (widget);
}

static void
kutip_label_badge_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (kutip_label_badge_parent_class)
      ->system_setting_changed (widget, setting);
  gtk_widget_queue_resize (widget);
}

static void
kutip_label_badge_class_init (KutipLabelBadgeClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->measure = kutip_label_badge_measure;
  widget_class->snapshot = kutip_label_badge_snapshot;
  widget_class->css_changed = kutip_label_badge_css_changed;
  widget_class->system_setting_changed = kutip_label_badge_system_setting_changed;

  gtk_widget_class_set_css_name (widget_class, "labelbadge");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kutip_label_badge_init (KutipLabelBadge *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
kutip_label_badge_new (void)
{
  return g_object_new (KUTIP_TYPE_LABEL_BADGE, NULL);
}

void
kutip_label_badge_set_look (KutipLabelBadge *self, const KutipLabelLook *look)
{
  g_return_if_fail (KUTIP_IS_LABEL_BADGE (self));

  self->look = (KutipLabelLook){ 0 };
  if (look != NULL)
    {
      memcpy (self->look.letter, look->letter, sizeof self->look.letter);
      self->look.color = look->color;
      self->look.ink = look->ink;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GdkRGBA
kutip_label_badge_get_edge (const GdkRGBA *color, gboolean dark, gboolean high_contrast)
{
  return kutip_ink_fit (color, dark ? &dark_ground : &light_ground,
                        high_contrast ? HIGH_SHAPE_CONTRAST : SHAPE_CONTRAST);
}

/* A light colour on a light ground, or a dark one on a dark, has a line around it. */
static void
draw_edge (GtkSnapshot *snapshot, const GskRoundedRect *outline, const GdkRGBA *color)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GdkRGBA edge = kutip_label_badge_get_edge (color, adw_style_manager_get_dark (style),
                                             adw_style_manager_get_high_contrast (style));
  const float widths[] = { 1, 1, 1, 1 };
  const GdkRGBA edges[] = { edge, edge, edge, edge };

  if (!gdk_rgba_equal (&edge, color))
    gtk_snapshot_append_border (snapshot, outline, widths, edges);
}

void
kutip_label_badge_draw (GtkSnapshot *snapshot,
                        PangoContext *context,
                        const KutipLabelLook *look,
                        int side)
{
  graphene_rect_t square = GRAPHENE_RECT_INIT (0, 0, (float) side, (float) side);
  g_autoptr (PangoLayout) layout = create_layout (context, look->letter);
  GskRoundedRect outline;
  int width, height;

  gsk_rounded_rect_init_from_rect (&outline, &square, 4);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &look->color, &square);
  gtk_snapshot_pop (snapshot);
  draw_edge (snapshot, &outline, &look->color);

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) ((side - width) / 2),
                                                          (float) ((side - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &look->ink);
  gtk_snapshot_restore (snapshot);
}
