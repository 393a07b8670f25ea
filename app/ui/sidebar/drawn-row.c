/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/drawn-row.h"

#include "ui/label/label-badge.h"
#include "ui/line-metrics.h"
#include "ui/sidebar/near-rows.h"
#include "ui/sidebar/span-excerpt.h"

#include <adwaita.h>

/* What a tooltip can hold. */
#define MAX_TOOLTIP_CHARS 400

#define TITLE_SCALE 0.82
#define SPACING 9
#define SIGN_SPACING 6
#define ICON_SPACING 5
#define NUMBER_SPACING 3
#define ICON_SIZE 16
#define MIN_WIDTH 120

typedef struct
{
  const char *icon;
  char *text;   /* what it means: in the tooltip, and for a screen reader */
  char *number; /* shown beside the icon, or NULL */
  KutipTint tint;
  int x, width; /* as drawn last */
} Sign;

/* What is shown; made when the row comes near what is seen. */
typedef struct
{
  KutipLabelLook look;
  PangoLayout *words; /* NULL: nothing is shown */
  PangoLayout *title;
  char *icon;
  PangoLayout *place; /* or NULL */
  GArray *signs;      /* Sign */
} KutipDrawnRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KutipDrawnRow, kutip_drawn_row, GTK_TYPE_WIDGET)

static KutipDrawnRowPrivate *
get_private (gpointer self)
{
  return kutip_drawn_row_get_instance_private (self);
}

static void
sign_clear (gpointer data)
{
  Sign *sign = data;

  g_free (sign->text);
  g_free (sign->number);
}

static void
empty (KutipDrawnRow *self)
{
  KutipDrawnRowPrivate *own = get_private (self);

  g_clear_object (&own->words);
  g_clear_object (&own->title);
  g_clear_object (&own->place);
  g_clear_pointer (&own->icon, g_free);
  g_array_set_size (own->signs, 0);
}

/* Lines begin where the window's do, whatever direction their words have: Pango turns the
 * alignment of a text of the other direction round, so that it is turned round before. */
static void
align_line (PangoLayout *layout, gboolean rtl)
{
  GtkTextDirection other = rtl ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL;
  gboolean turns = pango_layout_get_auto_dir (layout) &&
                   kutip_span_excerpt_direction (pango_layout_get_text (layout)) == other;

  pango_layout_set_alignment (layout,
                              rtl != turns ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static PangoLayout *
create_line (KutipDrawnRow *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  align_line (layout, rtl);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

/* The interface's own words, which stand where its lines begin. */
static PangoLayout *
create_small_line (KutipDrawnRow *self, const char *text)
{
  PangoLayout *layout = create_line (self, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (TITLE_SCALE));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_auto_dir (layout, FALSE);
  align_line (layout, gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL);
  pango_attr_list_unref (attributes);
  return layout;
}

/* Of a line of text in the row's font. */
static int
get_line_height (GtkWidget *widget)
{
  KutipLineMetrics metrics =
      kutip_line_metrics_get (gtk_widget_get_pango_context (widget));

  return MAX (PANGO_PIXELS_CEIL (metrics.height), ICON_SIZE);
}

/* As big as the small line beside it, but not smaller than it was made for. */
static int
get_icon_size (int line)
{
  return MAX (ICON_SIZE, (int) (line * TITLE_SCALE));
}

/* All rows have one size, whatever they hold: a list measures some 200 of them, also
 * those that are not seen. */
static void
kutip_drawn_row_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MIN_WIDTH;
  else
    *minimum = *natural = (int) (get_line_height (widget) * (1 + TITLE_SCALE) + 0.5);
}

static GdkRGBA
get_color (GtkWidget *widget)
{
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  return color;
}

static GdkRGBA
get_tint (GtkWidget *widget, KutipTint tint)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA color = get_color (widget);

  switch (tint)
    {
    case KUTIP_TINT_ACCENT:
      gtk_style_context_lookup_color (style, "accent_color", &color);
      break;
    case KUTIP_TINT_WARNING:
      gtk_style_context_lookup_color (style, "warning_color", &color);
      break;
    case KUTIP_TINT_DIM:
    default:
      if (!adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
        color.alpha *= 0.75f; /* as style.css has it */
    }
  return color;
}

/* @x counts from the side on which lines begin. */
static void
move_to (KutipDrawnRow *self, GtkSnapshot *snapshot, int x, int y, int width)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

static void
draw_line (KutipDrawnRow *self,
           GtkSnapshot *snapshot,
           PangoLayout *line,
           const GdkRGBA *color,
           int x,
           int y,
           int width)
{
  pango_layout_set_width (line, MAX (width, 1) * PANGO_SCALE);
  gtk_snapshot_save (snapshot);
  move_to (self, snapshot, x, y, width);
  gtk_snapshot_append_layout (snapshot, line, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_icon (KutipDrawnRow *self,
           GtkSnapshot *snapshot,
           const char *name,
           const GdkRGBA *color,
           int x,
           int y,
           int size)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
      gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), name, NULL, size,
      gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget),
      GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  const GdkRGBA colors[] = { *color, *color, *color, *color };

  gtk_snapshot_save (snapshot);
  move_to (self, snapshot, x, y, size);
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size,
                                            size, colors, G_N_ELEMENTS (colors));
  gtk_snapshot_restore (snapshot);
}

/* Draws a sign so that it ends at @end; returns where it begins. */
static int
draw_sign (KutipDrawnRow *self, GtkSnapshot *snapshot, Sign *sign, int end, int size)
{
  GdkRGBA color = get_tint (GTK_WIDGET (self), sign->tint);
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int start = end;

  if (sign->number != NULL)
    {
      g_autoptr (PangoLayout) number = create_small_line (self, sign->number);
      int number_width, number_height;

      pango_layout_get_pixel_size (number, &number_width, &number_height);
      start -= number_width;
      draw_line (self, snapshot, number, &color, start, (height - number_height) / 2,
                 number_width);
      start -= NUMBER_SPACING;
    }
  start -= size;
  draw_icon (self, snapshot, sign->icon, &color, start, (height - size) / 2, size);
  sign->x = start;
  sign->width = end - start;
  return start;
}

/* The title between what stands before and after it. */
static void
draw_title (KutipDrawnRow *self, GtkSnapshot *snapshot, int start, int top, int end)
{
  KutipDrawnRowPrivate *own = get_private (self);
  GdkRGBA dim = get_tint (GTK_WIDGET (self), KUTIP_TINT_DIM);
  int height;

  pango_layout_get_pixel_size (own->title, NULL, &height);
  if (own->icon != NULL)
    {
      GdkRGBA color = get_color (GTK_WIDGET (self));
      int size = get_icon_size (get_line_height (GTK_WIDGET (self)));

      draw_icon (self, snapshot, own->icon, &color, start, top + (height - size) / 2,
                 size);
      start += size + ICON_SPACING;
    }
  if (own->place != NULL)
    {
      int width;

      pango_layout_set_width (own->place, -1);
      pango_layout_get_pixel_size (own->place, &width, NULL);
      draw_line (self, snapshot, own->place, &dim, end - width, top, width);
      end -= width + ICON_SPACING;
    }
  draw_line (self, snapshot, own->title, &dim, start, top, end - start);
}

static void
draw (KutipDrawnRow *self, GtkSnapshot *snapshot)
{
  KutipDrawnRowPrivate *own = get_private (self);
  GtkWidget *widget = GTK_WIDGET (self);
  int end = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int line = get_line_height (widget);
  int start = line + SPACING;
  int top, words_height, title_height;
  GdkRGBA color = get_color (widget);

  gtk_snapshot_save (snapshot);
  move_to (self, snapshot, 0, (height - line) / 2, line);
  kutip_label_badge_draw (snapshot, gtk_widget_get_pango_context (widget), &own->look,
                          line);
  gtk_snapshot_restore (snapshot);

  for (guint i = own->signs->len; i > 0; i--)
    end = draw_sign (self, snapshot, &g_array_index (own->signs, Sign, i - 1), end,
                     get_icon_size (line)) -
          SIGN_SPACING;
  pango_layout_get_pixel_size (own->words, NULL, &words_height);
  pango_layout_get_pixel_size (own->title, NULL, &title_height);
  top = (height - words_height - title_height) / 2;
  draw_line (self, snapshot, own->words, &color, start, top, end - start);
  draw_title (self, snapshot, start, top + words_height, end);
}

static void
kutip_drawn_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KutipDrawnRow *self = KUTIP_DRAWN_ROW (widget);
  KutipDrawnRowPrivate *own = get_private (self);

  if (!kutip_near_rows_should_draw (widget))
    return;
  if (own->words == NULL)
    KUTIP_DRAWN_ROW_GET_CLASS (self)->fill (self);
  if (own->words != NULL)
    draw (self, snapshot);
}

/* What is cut off, in full; NULL when nothing is. */
static char *
dup_cut_off (KutipDrawnRow *self)
{
  KutipDrawnRowPrivate *own = get_private (self);
  gboolean cut = pango_layout_is_ellipsized (own->title);
  g_autofree char *words = NULL;

  if (!cut && !pango_layout_is_ellipsized (own->words))
    return NULL;
  words = KUTIP_DRAWN_ROW_GET_CLASS (self)->dup_words (self, MAX_TOOLTIP_CHARS);
  if (words == NULL || !cut)
    return g_steal_pointer (&words);
  return g_strdup_printf ("%s\n%s", words, pango_layout_get_text (own->title));
}

/* What is cut off, and what the signs mean. */
static gboolean
on_query_tooltip (
    KutipDrawnRow *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  KutipDrawnRowPrivate *own = get_private (self);
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *text = NULL;

  if (own->words == NULL || by_keyboard)
    return FALSE;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - x;
  for (guint i = 0; i < own->signs->len; i++)
    {
      Sign *sign = &g_array_index (own->signs, Sign, i);

      if (x >= sign->x && x < sign->x + sign->width)
        {
          gtk_tooltip_set_text (tooltip, sign->text);
          return TRUE;
        }
    }
  text = dup_cut_off (self);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/* Fonts; a style's are followed by the lines themselves, and its colours when drawing. */
static void
kutip_drawn_row_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (kutip_drawn_row_parent_class)
      ->system_setting_changed (widget, setting);
  empty (KUTIP_DRAWN_ROW (widget));
  gtk_widget_queue_resize (widget);
}

static void
kutip_drawn_row_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (kutip_drawn_row_parent_class)->direction_changed (widget, previous);
  empty (KUTIP_DRAWN_ROW (widget));
}

static void
kutip_drawn_row_dispose (GObject *object)
{
  empty (KUTIP_DRAWN_ROW (object));
  G_OBJECT_CLASS (kutip_drawn_row_parent_class)->dispose (object);
}

static void
kutip_drawn_row_finalize (GObject *object)
{
  g_array_unref (get_private (object)->signs);
  G_OBJECT_CLASS (kutip_drawn_row_parent_class)->finalize (object);
}

static void
kutip_drawn_row_class_init (KutipDrawnRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_drawn_row_dispose;
  object_class->finalize = kutip_drawn_row_finalize;
  widget_class->measure = kutip_drawn_row_measure;
  widget_class->snapshot = kutip_drawn_row_snapshot;
  widget_class->system_setting_changed = kutip_drawn_row_system_setting_changed;
  widget_class->direction_changed = kutip_drawn_row_direction_changed;

  gtk_widget_class_set_css_name (widget_class, "drawnrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
kutip_drawn_row_init (KutipDrawnRow *self)
{
  KutipDrawnRowPrivate *own = get_private (self);

  own->signs = g_array_new (FALSE, FALSE, sizeof (Sign));
  g_array_set_clear_func (own->signs, sign_clear);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
kutip_drawn_row_show (KutipDrawnRow *self, const KutipDrawnContent *content)
{
  KutipDrawnRowPrivate *own;

  g_return_if_fail (KUTIP_IS_DRAWN_ROW (self));

  own = get_private (self);
  empty (self);
  own->look = *content->look;
  own->words = create_line (self, content->words);
  own->title = create_small_line (self, content->title);
  own->icon = g_strdup (content->icon);
  if (content->place != NULL)
    own->place = create_small_line (self, content->place);
}

void
kutip_drawn_row_add_sign (KutipDrawnRow *self,
                          const char *icon,
                          KutipTint tint,
                          const char *text,
                          const char *number)
{
  Sign sign = { icon, g_strdup (text), g_strdup (number), tint, 0, 0 };

  g_return_if_fail (KUTIP_IS_DRAWN_ROW (self));

  g_array_append_val (get_private (self)->signs, sign);
}

void
kutip_drawn_row_speak (KutipDrawnRow *self, const char *text)
{
  KutipDrawnRowPrivate *own;
  g_autoptr (GString) spoken = NULL;

  g_return_if_fail (KUTIP_IS_DRAWN_ROW (self));

  own = get_private (self);
  spoken = g_string_new (text);
  for (guint i = 0; i < own->signs->len; i++)
    g_string_append_printf (spoken, ", %s", g_array_index (own->signs, Sign, i).text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken->str, -1);
}

void
kutip_drawn_row_forget (KutipDrawnRow *self)
{
  g_return_if_fail (KUTIP_IS_DRAWN_ROW (self));

  empty (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
kutip_drawn_row_get_words (KutipDrawnRow *self)
{
  KutipDrawnRowPrivate *own;

  g_return_val_if_fail (KUTIP_IS_DRAWN_ROW (self), NULL);

  own = get_private (self);
  return own->words != NULL ? pango_layout_get_text (own->words) : NULL;
}

const char *
kutip_drawn_row_get_title (KutipDrawnRow *self)
{
  KutipDrawnRowPrivate *own;

  g_return_val_if_fail (KUTIP_IS_DRAWN_ROW (self), NULL);

  own = get_private (self);
  return own->title != NULL ? pango_layout_get_text (own->title) : NULL;
}
