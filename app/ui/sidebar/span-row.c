/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-row.h"

#include "ui/foreign-words.h"
#include "ui/label-badge.h"
#include "ui/sidebar/span-excerpt.h"
#include "ui/sidebar/span-hints.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* About what a wide pane shows on one line, and what a tooltip can hold. */
#define MAX_EXCERPT_CHARS 100
#define MAX_TOOLTIP_CHARS 400
#define MAX_NOTE_CHARS 600

#define TITLE_SCALE 0.82
#define SPACING 9
#define SIGN_SPACING 6
#define ICON_SIZE 16
#define MIN_WIDTH 120

typedef enum
{
  TINT_DIM,
  TINT_ACCENT,
  TINT_WARNING,
} Tint;

typedef struct
{
  const char *icon;
  char *text;   /* what it means: in the tooltip, and for a screen reader */
  char *number; /* shown beside the icon, or NULL */
  Tint tint;
  int x, width; /* as drawn last */
} Sign;

struct _KutipSpanRow
{
  GtkWidget parent_instance;

  KutipAnnotator *annotator;
  GSignalGroup *item_signals;

  /* What is shown; made when the row comes near what is seen. */
  gboolean is_filled;
  gboolean is_skipped; /* it was not near when it was to be drawn */
  KutipLabelLook look;
  PangoLayout *words;
  PangoLayout *title;
  GArray *signs; /* Sign */
};

G_DEFINE_FINAL_TYPE (KutipSpanRow, kutip_span_row, GTK_TYPE_WIDGET)

static void
sign_clear (gpointer data)
{
  Sign *sign = data;

  g_free (sign->text);
  g_free (sign->number);
}

static KutipSpan *
get_span (KutipSpanRow *self)
{
  g_autoptr (KutipSpanItem) item = g_signal_group_dup_target (self->item_signals);

  /* The model, or whoever listens to it, keeps the item. */
  return item != NULL && self->annotator != NULL ? kutip_span_item_get_span (item) : NULL;
}

static void
empty (KutipSpanRow *self)
{
  self->is_filled = FALSE;
  g_clear_object (&self->words);
  g_clear_object (&self->title);
  g_array_set_size (self->signs, 0);
}

static PangoLayout *
create_line (KutipSpanRow *self, const char *text, double scale)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (scale < 1)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
    }
  /* A text of the other direction turns this round by itself. */
  pango_layout_set_alignment (layout, rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
add_sign (
    KutipSpanRow *self, const char *icon, Tint tint, const char *text, const char *number)
{
  Sign sign = { icon, g_strdup (text), g_strdup (number), tint, 0, 0 };

  g_array_append_val (self->signs, sign);
}

static void
add_links (KutipSpanRow *self, KutipLayer *layer, KutipSpan *span)
{
  g_autoptr (GPtrArray) links =
      kutip_layer_list_relations_of (layer, kutip_span_get_id (span));
  g_autofree char *number = g_strdup_printf ("%u", links->len);
  /* Translators: links between one marked stretch of text and others. */
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u link", "%u links", links->len), links->len);

  if (links->len > 0)
    add_sign (self, "kutip-link-symbolic", TINT_DIM, text, number);
}

static void
add_signs (KutipSpanRow *self, KutipSpan *span)
{
  g_autofree char *missing = kutip_span_hints_describe (self->annotator, span);
  g_autofree char *note =
      kutip_foreign_words (kutip_span_get_note (span), MAX_NOTE_CHARS);

  if (kutip_span_is_orphan (span))
    add_sign (self, "kutip-orphan-symbolic", TINT_WARNING,
              _ ("These words are not in the article any more"), NULL);
  if (missing != NULL)
    add_sign (self, "dialog-warning-symbolic", TINT_WARNING, missing, NULL);
  if (kutip_span_is_unsure (span))
    add_sign (self, "kutip-unsure-symbolic", TINT_ACCENT, _ ("Unsure"), NULL);
  if (note != NULL && *note != '\0')
    add_sign (self, "kutip-note-symbolic", TINT_DIM, note, NULL);
  add_links (self,
             kutip_document_get_layer (kutip_annotator_get_document (self->annotator)),
             span);
}

static void
tell_screen_reader (KutipSpanRow *self)
{
  g_autoptr (GString) spoken = g_string_new (NULL);

  g_string_printf (spoken, "%s: %s", pango_layout_get_text (self->title),
                   pango_layout_get_text (self->words));
  for (guint i = 0; i < self->signs->len; i++)
    g_string_append_printf (spoken, ", %s", g_array_index (self->signs, Sign, i).text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken->str, -1);
}

static void
fill (KutipSpanRow *self, KutipSpan *span)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);
  g_autofree char *words =
      kutip_span_excerpt (kutip_document_get_text (document), span, MAX_EXCERPT_CHARS);
  g_autofree char *title = NULL;

  self->is_filled = TRUE;
  self->look = *kutip_label_look_get (kutip_document_get_tagset (document),
                                      kutip_span_get_label (span));
  if (self->look.index < 0)
    /* Translators: %s is the name of a label, as it stands in a file. */
    title = g_strdup_printf (_ ("%s (not in the tag set)"), self->look.title);
  self->title = create_line (self, title != NULL ? title : self->look.title, TITLE_SCALE);
  /* The interface's own words, which stand where its lines begin. */
  pango_layout_set_auto_dir (self->title, FALSE);
  self->words = create_line (self, words, 1);
  add_signs (self, span);
  tell_screen_reader (self);
}

/* Of a line of text in the row's font. */
static int
get_line_height (GtkWidget *widget)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  return MAX (height, ICON_SIZE);
}

/* All rows have one size, whatever they hold: a list measures some 200 of them, also
 * those that are not seen. */
static void
kutip_span_row_measure (GtkWidget *widget,
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

/* Whether the row lies in what is seen of the list, or not farther away than that is
 * high. */
static gboolean
is_near (KutipSpanRow *self)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW);
  double x, y;
  int height;

  if (list == NULL ||
      !gtk_widget_translate_coordinates (GTK_WIDGET (self), list, 0, 0, &x, &y))
    return TRUE;
  height = gtk_widget_get_height (list);
  return y > -height && y < 2 * height;
}

static GdkRGBA
get_color (GtkWidget *widget)
{
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  return color;
}

static GdkRGBA
get_tint (GtkWidget *widget, Tint tint)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA color = get_color (widget);

  switch (tint)
    {
    case TINT_ACCENT:
      gtk_style_context_lookup_color (style, "accent_color", &color);
      break;
    case TINT_WARNING:
      gtk_style_context_lookup_color (style, "warning_color", &color);
      break;
    case TINT_DIM:
    default:
      if (!adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
        color.alpha *= 0.75f; /* as style.css has it */
    }
  return color;
}

/* @x counts from the side on which lines begin. */
static void
move_to (KutipSpanRow *self, GtkSnapshot *snapshot, int x, int y, int width)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

static void
draw_line (KutipSpanRow *self,
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
draw_icon (KutipSpanRow *self,
           GtkSnapshot *snapshot,
           const char *name,
           const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
      gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), name, NULL,
      ICON_SIZE, gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget),
      GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  const GdkRGBA colors[] = { *color, *color, *color, *color };

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot,
                                            ICON_SIZE, ICON_SIZE, colors,
                                            G_N_ELEMENTS (colors));
}

/* Draws a sign so that it ends at @end; returns where it begins. */
static int
draw_sign (KutipSpanRow *self, GtkSnapshot *snapshot, Sign *sign, int end)
{
  GdkRGBA color = get_tint (GTK_WIDGET (self), sign->tint);
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int start = end;

  if (sign->number != NULL)
    {
      g_autoptr (PangoLayout) number = create_line (self, sign->number, TITLE_SCALE);
      int number_width, number_height;

      pango_layout_get_pixel_size (number, &number_width, &number_height);
      start -= number_width;
      draw_line (self, snapshot, number, &color, start, (height - number_height) / 2,
                 number_width);
      start -= 3;
    }
  start -= ICON_SIZE;
  gtk_snapshot_save (snapshot);
  move_to (self, snapshot, start, (height - ICON_SIZE) / 2, ICON_SIZE);
  draw_icon (self, snapshot, sign->icon, &color);
  gtk_snapshot_restore (snapshot);
  sign->x = start;
  sign->width = end - start;
  return start;
}

static void
kutip_span_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KutipSpanRow *self = KUTIP_SPAN_ROW (widget);
  KutipSpan *span = get_span (self);
  int end = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int line = get_line_height (widget);
  int start = line + SPACING;
  int top, words_height, title_height;
  GdkRGBA color = get_color (widget);
  GdkRGBA dim = get_tint (widget, TINT_DIM);

  self->is_skipped = span == NULL || !is_near (self);
  if (self->is_skipped)
    return;
  if (!self->is_filled)
    fill (self, span);

  gtk_snapshot_save (snapshot);
  move_to (self, snapshot, 0, (height - line) / 2, line);
  kutip_label_badge_draw (snapshot, gtk_widget_get_pango_context (widget), &self->look,
                          line);
  gtk_snapshot_restore (snapshot);

  for (guint i = self->signs->len; i > 0; i--)
    end = draw_sign (self, snapshot, &g_array_index (self->signs, Sign, i - 1), end) -
          SIGN_SPACING;
  pango_layout_get_pixel_size (self->words, NULL, &words_height);
  pango_layout_get_pixel_size (self->title, NULL, &title_height);
  top = (height - words_height - title_height) / 2;
  draw_line (self, snapshot, self->words, &color, start, top, end - start);
  draw_line (self, snapshot, self->title, &dim, start, top + words_height, end - start);
}

/* The words in full where they are cut off, and what the signs mean. */
static gboolean
on_query_tooltip (
    KutipSpanRow *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  GtkWidget *widget = GTK_WIDGET (self);
  KutipSpan *span = get_span (self);
  g_autofree char *words = NULL;

  if (!self->is_filled || span == NULL || by_keyboard)
    return FALSE;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - x;
  for (guint i = 0; i < self->signs->len; i++)
    {
      Sign *sign = &g_array_index (self->signs, Sign, i);

      if (x >= sign->x && x < sign->x + sign->width)
        {
          gtk_tooltip_set_text (tooltip, sign->text);
          return TRUE;
        }
    }
  if (!pango_layout_is_ellipsized (self->words))
    return FALSE;
  words = kutip_span_excerpt (
      kutip_document_get_text (kutip_annotator_get_document (self->annotator)), span,
      MAX_TOOLTIP_CHARS);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
on_item_changed (KutipSpanItem *item, gpointer data)
{
  empty (data);
  gtk_widget_queue_draw (data);
}

/* While a link is being drawn a click picks the target: selecting rows does nothing then.
 */
static void
on_click_released (
    GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  KutipSpanRow *self = data;
  KutipSpan *span = get_span (self);

  if (span != NULL && kutip_annotator_is_linking (self->annotator))
    kutip_annotator_set_current (self->annotator, span, FALSE);
}

static void
kutip_span_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kutip_span_row_parent_class)->css_changed (widget, change);
  empty (KUTIP_SPAN_ROW (widget));
  gtk_widget_queue_resize (widget);
}

static void
kutip_span_row_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (kutip_span_row_parent_class)
      ->system_setting_changed (widget, setting);
  empty (KUTIP_SPAN_ROW (widget));
  gtk_widget_queue_resize (widget);
}

static void
kutip_span_row_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (kutip_span_row_parent_class)->direction_changed (widget, previous);
  empty (KUTIP_SPAN_ROW (widget));
}

static void
kutip_span_row_dispose (GObject *object)
{
  KutipSpanRow *self = KUTIP_SPAN_ROW (object);

  empty (self);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->annotator);
  G_OBJECT_CLASS (kutip_span_row_parent_class)->dispose (object);
}

static void
kutip_span_row_finalize (GObject *object)
{
  g_array_unref (KUTIP_SPAN_ROW (object)->signs);
  G_OBJECT_CLASS (kutip_span_row_parent_class)->finalize (object);
}

static void
kutip_span_row_class_init (KutipSpanRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = kutip_span_row_dispose;
  object_class->finalize = kutip_span_row_finalize;
  widget_class->measure = kutip_span_row_measure;
  widget_class->snapshot = kutip_span_row_snapshot;
  widget_class->css_changed = kutip_span_row_css_changed;
  widget_class->system_setting_changed = kutip_span_row_system_setting_changed;
  widget_class->direction_changed = kutip_span_row_direction_changed;

  gtk_widget_class_set_css_name (widget_class, "spanrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
kutip_span_row_init (KutipSpanRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->signs = g_array_new (FALSE, FALSE, sizeof (Sign));
  g_array_set_clear_func (self->signs, sign_clear);
  self->item_signals = g_signal_group_new (KUTIP_TYPE_SPAN_ITEM);
  g_signal_group_connect (self->item_signals, "changed", G_CALLBACK (on_item_changed),
                          self);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (click, "released", G_CALLBACK (on_click_released), self,
                           G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
kutip_span_row_new (void)
{
  return g_object_new (KUTIP_TYPE_SPAN_ROW, NULL);
}

void
kutip_span_row_bind (KutipSpanRow *self, KutipAnnotator *annotator, KutipSpanItem *item)
{
  g_return_if_fail (KUTIP_IS_SPAN_ROW (self));

  empty (self);
  g_set_object (&self->annotator, annotator);
  g_signal_group_set_target (self->item_signals, annotator != NULL ? item : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kutip_span_row_come_near (KutipSpanRow *self)
{
  g_return_if_fail (KUTIP_IS_SPAN_ROW (self));

  if (self->is_skipped && is_near (self))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
