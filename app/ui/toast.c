/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/toast.h"

/* Some errors quote whole lines of files. */
#define MOST_LINES 6
/* What is beside the words: the toast's margins and padding, and the button that closes
 * it; pixels. */
#define AROUND 124
#define BUTTON_PADDING 34
/* Where the button leaves nothing. */
#define LEAST_WIDTH 60

static PangoLayout *
create_layout (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static int
measure_button (GtkWidget *overlay, const char *button)
{
  g_autoptr (PangoLayout) layout = create_layout (overlay, button);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + BUTTON_PADDING;
}

/* libadwaita 1.2 asks a toast how high it is before it says how wide it may be: the lines
 * are broken here. */
static char *
break_lines (GtkWidget *overlay, const char *text, int width)
{
  g_autoptr (PangoLayout) layout = create_layout (overlay, text);
  g_autoptr (GString) lines = g_string_new (NULL);
  int n;

  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  n = MIN (pango_layout_get_line_count (layout), MOST_LINES);
  for (int i = 0; i < n; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      int end = i + 1 < n ? line->start_index + line->length : (int) strlen (text);
      g_autofree char *words =
          g_strndup (text + line->start_index, (gsize) (end - line->start_index));

      g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", g_strstrip (words));
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

AdwToast *
kutip_toast_new (AdwToastOverlay *overlay, const char *text, const char *button)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (NULL);
  int width = gtk_widget_get_width (GTK_WIDGET (overlay)) - AROUND;
  g_autofree char *lines = NULL;

  if (button != NULL)
    {
      width -= measure_button (GTK_WIDGET (overlay), button);
      adw_toast_set_button_label (toast, button);
    }
  lines = break_lines (GTK_WIDGET (overlay), text, MAX (width, LEAST_WIDTH));
  gtk_label_set_text (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 4);
  gtk_widget_set_margin_bottom (label, 4);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  return toast;
}
