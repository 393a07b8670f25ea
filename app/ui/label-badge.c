/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/label-badge.h"

struct _KutipLabelBadge
{
  GtkWidget parent_instance;

  char letter[8];
  GdkRGBA color;
  GdkRGBA ink;
  PangoLayout *layout; /* NULL until it is measured */
};

G_DEFINE_FINAL_TYPE (KutipLabelBadge, kutip_label_badge, GTK_TYPE_WIDGET)

static PangoLayout *
get_layout (KutipLabelBadge *self)
{
  if (self->layout == NULL)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->letter);
      pango_attr_list_insert (attributes, pango_attr_scale_new (0.8));
      pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_layout_set_attributes (self->layout, attributes);
      pango_attr_list_unref (attributes);
    }
  return self->layout;
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
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int side = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  *minimum = *natural = MAX (side, 14);
}

static void
kutip_label_badge_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KutipLabelBadge *self = KUTIP_LABEL_BADGE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int side = MIN (width, height);
  graphene_rect_t square =
      GRAPHENE_RECT_INIT ((width - side) / 2, (height - side) / 2, side, side);
  GskRoundedRect outline;
  PangoRectangle logical;

  if (self->letter[0] == '\0')
    return;

  gsk_rounded_rect_init_from_rect (&outline, &square, 4);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &self->color, &square);
  gtk_snapshot_pop (snapshot);

  pango_layout_get_pixel_extents (get_layout (self), NULL, &logical);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((width - logical.width) / 2,
                                                          (height - logical.height) / 2));
  gtk_snapshot_append_layout (snapshot, get_layout (self), &self->ink);
  gtk_snapshot_restore (snapshot);
}

static void
kutip_label_badge_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  KutipLabelBadge *self = KUTIP_LABEL_BADGE (widget);

  GTK_WIDGET_CLASS (kutip_label_badge_parent_class)->css_changed (widget, change);
  g_clear_object (&self->layout);
  gtk_widget_queue_resize (widget);
}

static void
kutip_label_badge_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  KutipLabelBadge *self = KUTIP_LABEL_BADGE (widget);

  GTK_WIDGET_CLASS (kutip_label_badge_parent_class)
      ->system_setting_changed (widget, setting);
  g_clear_object (&self->layout);
  gtk_widget_queue_resize (widget);
}

static void
kutip_label_badge_dispose (GObject *object)
{
  KutipLabelBadge *self = KUTIP_LABEL_BADGE (object);

  g_clear_object (&self->layout);
  G_OBJECT_CLASS (kutip_label_badge_parent_class)->dispose (object);
}

static void
kutip_label_badge_class_init (KutipLabelBadgeClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_label_badge_dispose;
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

  if (look != NULL)
    {
      g_strlcpy (self->letter, look->letter, sizeof self->letter);
      self->color = look->color;
      self->ink = look->ink;
    }
  else
    self->letter[0] = '\0';

  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
