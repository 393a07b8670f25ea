/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

#include <glib/gi18n.h>

/* Below this the header has no room for a word and two more buttons; pixels, where text
 * has its ordinary size. */
#define NARROW_WIDTH 560
#define ORDINARY_DPI 96

/* What a wide window says it needs at least; a narrow one says what it does need. */
#define LEAST_WIDTH 280

static void
set_pane (KutipWindow *self, AdwFlap *flap, const char *preference, gboolean show)
{
  /* On a narrow window a pane covers the text: that says nothing about a wide one. */
  if (!adw_flap_get_folded (flap))
    g_object_set (self->preferences, preference, show, NULL);
  adw_flap_set_reveal_flap (flap, show);
}

void
kutip_window_show_articles (KutipWindow *self, gboolean show)
{
  if (show && self->corpus == NULL && self->article_file != NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (self->article_file);

      if (folder != NULL)
        {
          g_autoptr (KutipCorpus) corpus = kutip_corpus_new_for_folder (
              folder, kutip_preferences_get_annotator (self->preferences));

          kutip_window_set_corpus (self, corpus);
        }
    }
  set_pane (self, self->articles_flap, "show-articles", show);
  if (show)
    gtk_widget_grab_focus (GTK_WIDGET (self->corpus_pane));
  else
    kutip_window_focus_article (self);
}

void
kutip_window_show_annotations (KutipWindow *self, gboolean show)
{
  set_pane (self, self->annotations_flap, "show-annotations", show);
  if (!show)
    kutip_window_focus_article (self);
}

/* AdwFlap 1.2 divides by the size of its pane to animate it: on the screen, but not laid
 * out yet, that is zero, and its children are given sizes that are no numbers. */
static gboolean
is_laid_out (KutipWindow *self)
{
  GtkWidget *flap = GTK_WIDGET (self->articles_flap);

  return !gtk_widget_get_mapped (flap) || gtk_widget_get_width (flap) > 0;
}

void
kutip_window_restore_panes (KutipWindow *self)
{
  gboolean articles, annotations;

  self->panes_wait = !is_laid_out (self);
  if (self->panes_wait)
    return;
  g_object_get (self->preferences, "show-articles", &articles, "show-annotations",
                &annotations, NULL);
  adw_flap_set_reveal_flap (self->articles_flap,
                            articles && self->corpus != NULL &&
                                !adw_flap_get_folded (self->articles_flap));
  adw_flap_set_reveal_flap (self->annotations_flap,
                            annotations && (self->annotator != NULL || self->has_text) &&
                                !adw_flap_get_folded (self->annotations_flap));
}

static gboolean
is_reachable (GtkWidget *pane)
{
  return gtk_widget_get_mapped (pane) && gtk_widget_get_child_visible (pane);
}

void
kutip_window_step_pane (KutipWindow *self, gboolean forward)
{
  GtkWidget *panes[] = {
    GTK_WIDGET (self->corpus_pane), GTK_WIDGET (self->pages),  GTK_WIDGET (self->sidebar),
    GTK_WIDGET (self->status_bar),  GTK_WIDGET (self->header),
  };
  const int n = G_N_ELEMENTS (panes);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  int at = forward ? n - 1 : 0;

  for (int i = 0; i < n; i++)
    if (focus != NULL && (focus == panes[i] || gtk_widget_is_ancestor (focus, panes[i])))
      at = i;
  for (int step = 1; step <= n; step++)
    {
      GtkWidget *pane = panes[(at + (forward ? step : n - step)) % n];

      if (!is_reachable (pane))
        continue;
      if (pane == GTK_WIDGET (self->pages) && self->annotator != NULL)
        {
          kutip_window_focus_article (self);
          return;
        }
      if (gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD))
        return;
    }
}

void
kutip_window_place_title (KutipWindow *self)
{
  gboolean is_below = gtk_widget_has_css_class (GTK_WIDGET (self), "narrow") &&
                      *adw_window_title_get_title (self->title) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->title), !is_below);
  gtk_widget_set_visible (GTK_WIDGET (self->narrow_title), is_below);
}

static void
set_narrow (KutipWindow *self, gboolean narrow)
{
  if (narrow)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
      adw_split_button_set_icon_name (self->open_button, "document-open-symbolic");
      g_menu_append (self->narrow_section, _ ("_Undo"), "annotation.undo");
      g_menu_append (self->narrow_section, _ ("_Redo"), "annotation.redo");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
      adw_split_button_set_label (self->open_button, _ ("_Open"));
      adw_split_button_set_use_underline (self->open_button, TRUE);
      g_menu_remove_all (self->narrow_section);
    }
  kutip_window_place_title (self);
  gtk_widget_set_visible (self->history_buttons, !narrow && self->annotator != NULL);
  g_object_set (self->status_bar, "narrow", narrow, NULL);
}

static gboolean
apply_size (gpointer data)
{
  KutipWindow *self = data;
  gboolean is_narrow;

  self->fitting = 0;
  g_object_get (self->status_bar, "narrow", &is_narrow, NULL);
  if (self->narrow != is_narrow)
    set_narrow (self, self->narrow);
  kutip_status_bar_fit (self->status_bar, self->width);
  kutip_window_fit_panes (self);
  if (self->panes_wait)
    kutip_window_restore_panes (self);
  return G_SOURCE_REMOVE;
}

static int
get_narrow_width (KutipWindow *self)
{
  int dpi; /* in 1024ths; -1: not told */

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return MAX (NARROW_WIDTH, NARROW_WIDTH * (dpi / 1024) / ORDINARY_DPI);
}

/* Called when the window is being allocated, when nothing may ask for another size. */
void
kutip_window_fit (KutipWindow *self, int width)
{
  gboolean narrow = width < get_narrow_width (self);

  if (width == self->width && narrow == self->narrow && !self->panes_wait)
    return;
  self->width = width;
  self->narrow = narrow;
  if (self->fitting == 0)
    self->fitting = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_size, self, NULL);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *room)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
get_least (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int least;

  gtk_widget_measure (widget, orientation, for_size, &least, NULL, NULL, NULL);
  return least;
}

static void
measure_room (GtkWidget *room,
              GtkOrientation orientation,
              int for_size,
              int *minimum,
              int *natural,
              int *minimum_baseline,
              int *natural_baseline)
{
  GtkWidget *content = gtk_widget_get_first_child (room);
  GtkRoot *window = gtk_widget_get_root (room);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      if (for_size >= 0)
        for_size = MAX (for_size, get_least (content, GTK_ORIENTATION_HORIZONTAL, -1));
      gtk_widget_measure (content, orientation, for_size, minimum, natural, NULL, NULL);
      return;
    }
  gtk_widget_measure (content, orientation, -1, minimum, natural, NULL, NULL);
  if (window != NULL && !gtk_widget_has_css_class (GTK_WIDGET (window), "narrow"))
    *minimum = MIN (*minimum, LEAST_WIDTH);
}

/* Until it has become a narrow one, the end of what is wide is cut off. */
static void
allocate_room (GtkWidget *room, int width, int height, int baseline)
{
  GtkWidget *content = gtk_widget_get_first_child (room);

  width = MAX (width, get_least (content, GTK_ORIENTATION_HORIZONTAL, -1));
  height = MAX (height, get_least (content, GTK_ORIENTATION_VERTICAL, width));
  gtk_widget_allocate (content, width, height, -1, NULL);
}

void
kutip_window_let_shrink (KutipWindow *self)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (self);
  g_autoptr (GtkWidget) content =
      g_object_ref (adw_application_window_get_content (window));
  GtkWidget *room = adw_bin_new ();

  adw_application_window_set_content (window, NULL);
  gtk_widget_set_overflow (room, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_layout_manager (
      room, gtk_custom_layout_new (get_request_mode, measure_room, allocate_room));
  adw_bin_set_child (ADW_BIN (room), content);
  adw_application_window_set_content (window, room);
}
