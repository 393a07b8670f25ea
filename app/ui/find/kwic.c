/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/kwic.h"

#include "ui/article/reading.h"

#include <string.h>

static GtkWidget *
create_label (float xalign, PangoEllipsizeMode ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  return label;
}

GtkWidget *
kutip_kwic_new (void)
{
  GtkWidget *box = gtk_center_box_new ();
  GtkWidget *left = create_label (1, PANGO_ELLIPSIZE_START);
  GtkWidget *match = create_label (0.5, PANGO_ELLIPSIZE_MIDDLE);
  GtkWidget *right = create_label (0, PANGO_ELLIPSIZE_END);

  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_add_css_class (match, "kwic-match");
  gtk_label_set_max_width_chars (GTK_LABEL (match), 40);
  gtk_center_box_set_start_widget (GTK_CENTER_BOX (box), left);
  gtk_center_box_set_center_widget (GTK_CENTER_BOX (box), match);
  gtk_center_box_set_end_widget (GTK_CENTER_BOX (box), right);
  return box;
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
kutip_kwic_show (GtkWidget *kwic, const KutipContext *context)
{
  GtkCenterBox *box = GTK_CENTER_BOX (kwic);
  GtkWidget *labels[] = { gtk_center_box_get_start_widget (box),
                          gtk_center_box_get_center_widget (box),
                          gtk_center_box_get_end_widget (box) };
  const char *const parts[] = { context->left, context->match, context->right };
  GtkTextDirection direction = kutip_kwic_get_direction (context);

  gtk_widget_set_direction (kwic, direction);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_widget_set_direction (labels[i], direction);
      gtk_label_set_text (GTK_LABEL (labels[i]), parts[i]);
    }
}
