/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/color-row.h"

#include "ui/label/ink.h"
#include "ui/tagset/tagset-rows.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

#define SIDE 26
/* How marked words look in the article: its ground, its ink, and how strong the tint is
 * at most. */
#define TINT 0.35
#define CONTRAST 7.0

typedef struct
{
  const char *ground, *ink;
} Paper;

static const Paper day = { "#ffffff", "#1e1e1e" };
static const Paper night = { "#1e1e1e", "#ffffff" };

/* A square of one colour, or words on it as in the article. */
static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const GdkRGBA *color = g_object_get_data (G_OBJECT (area), "color");

  gdk_cairo_set_source_rgba (cr, color);
  cairo_arc (cr, width / 2.0, height / 2.0, MIN (width, height) / 2.0, 0, 2 * G_PI);
  cairo_fill (cr);
}

static GtkWidget *
new_swatch (const char *color)
{
  GtkWidget *area = gtk_drawing_area_new ();
  GdkRGBA rgba = { 0.5f, 0.5f, 0.5f, 1.0f };

  gdk_rgba_parse (&rgba, color);
  g_object_set_data_full (G_OBJECT (area), "color", g_memdup2 (&rgba, sizeof rgba),
                          g_free);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SIDE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SIDE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_swatch, NULL, NULL);
  return area;
}

/* Names of the palette's colours, in its order. */
static const char *const names[] = {
  N_ ("Blue"),   N_ ("Vermilion"), N_ ("Green"),  N_ ("Purple"),
  N_ ("Orange"), N_ ("Sky blue"),  N_ ("Yellow"),
};

typedef struct
{
  KutipTagsetDraft *draft;
  guint id;
  char *shown; /* the colour, or NULL */
  GtkWidget *entry;
  GtkLabel *samples[2];
  GtkWidget *palette;
} ColorRows;

static void
free_rows (gpointer data)
{
  ColorRows *self = data;

  g_free (self->shown);
  g_free (self);
}

static const char *
get_color (ColorRows *self)
{
  const KutipDraftItem *item = kutip_tagset_draft_get (self->draft, self->id);

  return item != NULL ? item->color : "";
}

static char *
print_color (const GdkRGBA *color)
{
  return g_strdup_printf ("#%02x%02x%02x", (guint) (color->red * 255 + 0.5f),
                          (guint) (color->green * 255 + 0.5f),
                          (guint) (color->blue * 255 + 0.5f));
}

static void
show_sample (GtkLabel *label, const Paper *paper, const GdkRGBA *color)
{
  GdkRGBA ground, ink, tinted;
  g_autofree char *background = NULL;
  g_autofree char *text = NULL;
  double alpha;

  gdk_rgba_parse (&ground, paper->ground);
  gdk_rgba_parse (&ink, paper->ink);
  alpha = kutip_ink_tint (color, &ground, &ink, TINT, CONTRAST);
  tinted = kutip_ink_blend (&ground, color, alpha);
  background = print_color (&tinted);
  text = g_markup_printf_escaped (
      "<span foreground=\"%s\" background=\"%s\">\u00a0%s\u00a0"
      "<span background=\"%s\">\u00a0%s\u00a0</span></span>",
      paper->ink, paper->ground,
      /* Translators: sample text, to see a colour beneath words. */
      _ ("as it looks"), background,
      /* Translators: sample text, to see a colour beneath words. */
      _ ("beneath words"));
  gtk_label_set_markup (label, text);
}

static void
show (ColorRows *self)
{
  const char *color = get_color (self);
  GdkRGBA rgba = { 0.5f, 0.5f, 0.5f, 1.0f };
  guint i = 0;

  gdk_rgba_parse (&rgba, color);
  if (g_strcmp0 (self->shown, color) != 0)
    {
      show_sample (self->samples[0], &day, &rgba);
      show_sample (self->samples[1], &night, &rgba);
      kutip_tagset_row_show (self->entry);
      g_free (self->shown);
      self->shown = g_strdup (color);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (self->palette); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (child),
        g_ascii_strcasecmp (kutip_tagset_get_palette ()[i], color) == 0);
}

static void
on_draft_changed (KutipTagsetDraft *draft, gboolean shape, GtkWidget *box)
{
  show (g_object_get_data (G_OBJECT (box), "rows"));
}

static void
on_clicked (GtkButton *button, gpointer data)
{
  ColorRows *self = data;
  const char *color = g_object_get_data (G_OBJECT (button), "palette-color");
  KutipDraftItem *item;

  if (g_ascii_strcasecmp (get_color (self), color) == 0)
    {
      show (self);
      return;
    }
  item = kutip_tagset_draft_begin (self->draft, self->id, NULL);
  kutip_draft_item_set (&item->color, color);
  kutip_tagset_draft_end (self->draft);
}

/* Who has the colour already, so that one does not take it twice unknowingly. */
static char *
describe_color (ColorRows *self, guint i)
{
  const char *color = kutip_tagset_get_palette ()[i];

  for (guint j = 0; j < kutip_tagset_draft_get_n (self->draft, KUTIP_DRAFT_LABEL); j++)
    {
      const KutipDraftItem *item =
          kutip_tagset_draft_get_nth (self->draft, KUTIP_DRAFT_LABEL, j);

      if (item->id != self->id && g_ascii_strcasecmp (item->color, color) == 0)
        /* Translators: %1$s is a colour, %2$s the title of a label. */
        return g_strdup_printf (_ ("%1$s, as “%2$s”"), _ (names[i]),
                                kutip_tagset_item_title (item));
    }
  return g_strdup (_ (names[i]));
}

static void
name_colors (ColorRows *self)
{
  guint i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->palette); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      g_autofree char *name = describe_color (self, i);

      kutip_tooltip_set (child, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (child),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static GtkWidget *
new_palette (ColorRows *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *const *palette = kutip_tagset_get_palette ();

  gtk_widget_set_halign (box, GTK_ALIGN_START);
  for (guint i = 0; palette[i] != NULL; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), new_swatch (palette[i]));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "color-swatch");
      g_object_set_data (G_OBJECT (button), "palette-color", (gpointer) palette[i]);
      g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

GtkWidget *
kutip_color_rows_new (KutipTagsetDraft *draft, guint id)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *samples = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  ColorRows *self = g_new0 (ColorRows, 1);

  *self = (ColorRows){ .draft = draft, .id = id };
  g_object_set_data_full (G_OBJECT (group), "rows", self, free_rows);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Colour"));
  self->palette = new_palette (self);
  name_colors (self);
  gtk_box_append (GTK_BOX (box), self->palette);
  for (guint i = 0; i < 2; i++)
    {
      self->samples[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_widget_set_halign (GTK_WIDGET (self->samples[i]), GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (samples), GTK_WIDGET (self->samples[i]));
    }
  gtk_box_append (GTK_BOX (box), samples);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 9);
  gtk_widget_set_margin_end (box, 9);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  self->entry = kutip_tagset_row_entry (draft, id, "color", KUTIP_ITEM (color),
                                        _ ("Colour, as “#” and six digits"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entry);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), group, 0);
  show (self);
  return group;
}

void
kutip_color_rows_move (GtkWidget *rows, guint id)
{
  ColorRows *self = g_object_get_data (G_OBJECT (rows), "rows");

  g_return_if_fail (self != NULL);

  kutip_tagset_rows_move (self->entry, self->id, id);
  self->id = id;
  name_colors (self);
  show (self);
}
