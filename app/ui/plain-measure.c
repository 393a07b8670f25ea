/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plain-measure.h"

/* What a class had before; the parents of our windows are classes of a library. */
static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidgetClass *parent = g_type_class_peek_parent (GTK_WIDGET_GET_CLASS (widget));

  parent->measure (widget, orientation,
                   orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum,
                   natural, minimum_baseline, natural_baseline);
}

void
kutip_plain_measure_init (GtkWidgetClass *klass)
{
  klass->measure = measure;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_only_child (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation,
                      orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum,
                      natural, NULL, NULL);
}

static void
allocate_only_child (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, -1, NULL);
}

/* What is centred in the page, in a scrolled window and its viewport. */
static GtkWidget *
get_centred (AdwStatusPage *page)
{
  GtkWidget *found = gtk_widget_get_first_child (GTK_WIDGET (page));

  if (GTK_IS_SCROLLED_WINDOW (found))
    found = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (found));
  if (GTK_IS_VIEWPORT (found))
    found = gtk_viewport_get_child (GTK_VIEWPORT (found));
  return GTK_IS_BOX (found) ? found : NULL;
}

void
kutip_plain_measure_page (AdwStatusPage *page)
{
  GtkWidget *centred, *clamp, *words;

  g_return_if_fail (ADW_IS_STATUS_PAGE (page));

  centred = get_centred (page);
  clamp = centred != NULL ? gtk_widget_get_first_child (centred) : NULL;
  words = ADW_IS_CLAMP (clamp) ? adw_clamp_get_child (ADW_CLAMP (clamp)) : NULL;
  if (words == NULL || gtk_widget_get_next_sibling (clamp) != NULL)
    return;
  /* Centred in what is as high as they are. */
  gtk_widget_set_valign (words, GTK_ALIGN_FILL);
  gtk_widget_set_layout_manager (
      centred,
      gtk_custom_layout_new (get_request_mode, measure_only_child, allocate_only_child));
}
