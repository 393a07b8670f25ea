/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/occurrence-row.h"

#include "ui/find/kwic.h"
#include "ui/line-metrics.h"
#include "ui/sidebar/near-rows.h"
#include "ui/tooltip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Pixels. The check box is below the button for all of them. */
#define MARGIN_START 8
#define MARGIN_END 6
#define SPACING 9
#define MIN_WIDTH 120
/* What a name may take: characters, and a part of a narrow row. */
#define NAME_CHARS 16
#define NAME_PART 4
#define INSENSITIVE 0.5f /* libadwaita's; it dims the box only */

struct _KutipOccurrenceRow
{
  GtkCheckButton parent_instance;

  KutipConcordanceLine *line; /* or NULL */
  gboolean shows_name;
  PangoLayout *name; /* or NULL; made when it is drawn, as the words are */
  KutipKwic words;
};

G_DEFINE_FINAL_TYPE (KutipOccurrenceRow, kutip_occurrence_row, GTK_TYPE_CHECK_BUTTON)

static void
empty (KutipOccurrenceRow *self)
{
  g_clear_object (&self->name);
  kutip_kwic_clear (&self->words);
}

static void
fill (KutipOccurrenceRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  kutip_kwic_fill (&self->words, widget, kutip_concordance_line_get_context (self->line));
  if (!self->shows_name)
    return;
  self->name = gtk_widget_create_pango_layout (
      widget, kutip_concordance_line_get_name (self->line));
  pango_layout_set_single_paragraph_mode (self->name, TRUE);
  pango_layout_set_ellipsize (self->name, PANGO_ELLIPSIZE_MIDDLE);
}

/* Of the check box, which is the only child. */
static GtkWidget *
get_check (GtkWidget *widget)
{
  return gtk_widget_get_first_child (widget);
}

static KutipLineMetrics
get_metrics (GtkWidget *widget)
{
  return kutip_line_metrics_get (gtk_widget_get_pango_context (widget));
}

static GtkSizeRequestMode
kutip_occurrence_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* Whatever the words: a list measures some 200 rows. */
static void
kutip_occurrence_row_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  gtk_widget_measure (get_check (widget), orientation, -1, minimum, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MAX (*minimum + MARGIN_START + MARGIN_END, MIN_WIDTH);
  else
    *minimum = *natural = MAX (*minimum, PANGO_PIXELS_CEIL (get_metrics (widget).height));
}

static int
get_check_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (get_check (widget), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL,
                      NULL, NULL);
  return width;
}

/* @x counts from the side on which the window's lines begin. */
static int
mirror (GtkWidget *widget, int x, int width, int total)
{
  return gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? total - x - width : x;
}

static void
kutip_occurrence_row_size_allocate (GtkWidget *widget,
                                    int width,
                                    int height,
                                    int baseline)
{
  GtkWidget *check = get_check (widget);
  int side = get_check_width (widget);
  int minimum;

  gtk_widget_measure (check, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (check,
                            &(GtkAllocation){ mirror (widget, MARGIN_START, side, width),
                                              (height - minimum) / 2, side, minimum },
                            -1);
}

static GdkRGBA
get_dim (const GdkRGBA *color)
{
  GdkRGBA dim = *color;

  if (!adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    dim.alpha *= 0.75f; /* as style.css has it */
  return dim;
}

/* Returns its width. */
static int
draw_name (KutipOccurrenceRow *self, GtkSnapshot *snapshot, int x, const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int chars = NAME_CHARS * get_metrics (widget).char_width;
  int width = MIN (PANGO_PIXELS (chars), gtk_widget_get_width (widget) / NAME_PART);
  GdkRGBA dim = get_dim (color);
  PangoRectangle extents;
  int left = mirror (widget, x, width, gtk_widget_get_width (widget));

  pango_layout_set_width (self->name, width * PANGO_SCALE);
  pango_layout_get_pixel_extents (self->name, NULL, &extents);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    left += width - extents.width;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (
                    (float) (left - extents.x),
                    (float) ((gtk_widget_get_height (widget) - extents.height) / 2)));
  gtk_snapshot_append_layout (snapshot, self->name, &dim);
  gtk_snapshot_restore (snapshot);
  return width;
}

static void
kutip_occurrence_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KutipOccurrenceRow *self = KUTIP_OCCURRENCE_ROW (widget);
  int width = gtk_widget_get_width (widget);
  int start = MARGIN_START + get_check_width (widget) + SPACING;
  GdkRectangle area = { 0, 0, 0, gtk_widget_get_height (widget) };
  GdkRGBA color;

  if (self->line == NULL || !kutip_near_rows_should_draw (widget))
    return;
  GTK_WIDGET_CLASS (kutip_occurrence_row_parent_class)->snapshot (widget, snapshot);
  if (kutip_kwic_is_empty (&self->words))
    fill (self);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  if (!gtk_widget_is_sensitive (widget))
    color.alpha *= INSENSITIVE;
  if (self->name != NULL)
    start += draw_name (self, snapshot, start, &color) + SPACING;
  area.width = width - start - MARGIN_END;
  area.x = mirror (widget, start, area.width, width);
  kutip_kwic_draw (&self->words, snapshot, &area, &color);
}

/* Fonts. */
static void
kutip_occurrence_row_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (kutip_occurrence_row_parent_class)
      ->system_setting_changed (widget, setting);
  empty (KUTIP_OCCURRENCE_ROW (widget));
  gtk_widget_queue_resize (widget);
}

static void
kutip_occurrence_row_dispose (GObject *object)
{
  KutipOccurrenceRow *self = KUTIP_OCCURRENCE_ROW (object);

  empty (self);
  g_clear_object (&self->line);
  G_OBJECT_CLASS (kutip_occurrence_row_parent_class)->dispose (object);
}

static void
kutip_occurrence_row_class_init (KutipOccurrenceRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_occurrence_row_dispose;
  widget_class->get_request_mode = kutip_occurrence_row_get_request_mode;
  widget_class->measure = kutip_occurrence_row_measure;
  widget_class->size_allocate = kutip_occurrence_row_size_allocate;
  widget_class->snapshot = kutip_occurrence_row_snapshot;
  widget_class->system_setting_changed = kutip_occurrence_row_system_setting_changed;
}

static void
kutip_occurrence_row_init (KutipOccurrenceRow *self)
{
  /* The check button's would ask for no more room than the box takes. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
kutip_occurrence_row_new (void)
{
  return g_object_new (KUTIP_TYPE_OCCURRENCE_ROW, NULL);
}

static void
tell (KutipOccurrenceRow *self)
{
  const KutipContext *context = kutip_concordance_line_get_context (self->line);
  gboolean marked = kutip_concordance_line_is_covered (self->line);
  const char *name =
      self->shows_name ? kutip_concordance_line_get_name (self->line) : NULL;
  g_autofree char *words =
      g_strconcat (context->left, context->match, context->right, NULL);
  g_autofree char *more = NULL;

  if (name != NULL && marked)
    more = g_strconcat (name, "\n", _ ("Marked already"), NULL);
  else
    more = g_strdup (marked ? _ ("Marked already") : name);
  kutip_tooltip_set (GTK_WIDGET (self), more);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  more != NULL ? more : "", -1);
}

void
kutip_occurrence_row_set_line (KutipOccurrenceRow *self,
                               KutipConcordanceLine *line,
                               gboolean shows_name)
{
  g_return_if_fail (KUTIP_IS_OCCURRENCE_ROW (self));

  empty (self);
  g_set_object (&self->line, line);
  self->shows_name = shows_name;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (line == NULL)
    return;
  tell (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !kutip_concordance_line_is_covered (line));
}

KutipConcordanceLine *
kutip_occurrence_row_get_line (KutipOccurrenceRow *self)
{
  g_return_val_if_fail (KUTIP_IS_OCCURRENCE_ROW (self), NULL);
  return self->line;
}
