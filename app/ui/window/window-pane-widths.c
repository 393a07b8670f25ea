/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/window-private.h"

/* Pixels: what the text keeps beside panes that are made wider, and by how much a key
 * makes one wider. */
#define READING_WIDTH 400
#define STEP 40

/* Wide windows give a pane its share, which is rounded so that it does not follow every
 * pixel. */
#define ROUNDED_TO 8

/* How wide a pane is as long as nobody has said so. */
typedef struct
{
  const char *preference; /* a width in pixels; 0: nobody has */
  int percent;            /* of the window */
  int most;               /* pixels */
} Share;

static const Share articles = { "articles-width", 18, 380 };
static const Share annotations = { "annotations-width", 22, 460 };

static gboolean
is_beside_text (AdwFlap *flap)
{
  return adw_flap_get_reveal_flap (flap) && !adw_flap_get_folded (flap);
}

/* Wider, and the panes would fold away. */
static int
get_most (KutipWindow *self, KutipSidePane *pane)
{
  const gboolean is_first = pane == self->articles_side;
  AdwFlap *other = is_first ? self->annotations_flap : self->articles_flap;
  GtkWidget *beside =
      GTK_WIDGET (is_first ? self->annotations_side : self->articles_side);

  return self->width - READING_WIDTH -
         (is_beside_text (other) ? gtk_widget_get_width (beside) : 0);
}

static AdwFlap *
get_flap (KutipWindow *self, KutipSidePane *pane)
{
  return pane == self->articles_side ? self->articles_flap : self->annotations_flap;
}

static void
fit_pane (KutipWindow *self, KutipSidePane *pane, const Share *share)
{
  int chosen, least, liked, width;

  /* Over the text it needs as much room as its content. */
  if (adw_flap_get_folded (get_flap (self, pane)))
    {
      kutip_side_pane_set_wanted_width (pane, 0);
      return;
    }

  gtk_widget_measure (kutip_side_pane_get_child (pane), GTK_ORIENTATION_HORIZONTAL, -1,
                      &least, &liked, NULL, NULL);
  g_object_get (self->preferences, share->preference, &chosen, NULL);
  if (chosen > 0)
    width = MAX (least, MIN (chosen, MAX (liked, get_most (self, pane))));
  else
    width = MAX (liked, MIN (self->width * share->percent / 100 / ROUNDED_TO * ROUNDED_TO,
                             share->most));
  kutip_side_pane_set_wanted_width (pane, width);
}

void
kutip_window_fit_panes (KutipWindow *self)
{
  fit_pane (self, self->annotations_side, &annotations);
  fit_pane (self, self->articles_side, &articles);
}

static const Share *
get_share (KutipWindow *self, KutipSidePane *pane)
{
  return pane == self->articles_side ? &articles : &annotations;
}

static void
choose_width (KutipWindow *self, KutipSidePane *pane, int width)
{
  const Share *share = get_share (self, pane);

  g_object_set (self->preferences, share->preference, width, NULL);
  fit_pane (self, pane, share);
}

/* Not kept before it is let go: that would be written to the disk at each pixel. */
void
kutip_window_on_pane_dragged (KutipWindow *self, int width, KutipSidePane *pane)
{
  int least;

  if (adw_flap_get_folded (get_flap (self, pane)))
    return;
  gtk_widget_measure (kutip_side_pane_get_child (pane), GTK_ORIENTATION_HORIZONTAL, -1,
                      &least, NULL, NULL, NULL);
  width = MAX (least, MIN (width, get_most (self, pane)));
  kutip_side_pane_set_wanted_width (pane, width);
}

void
kutip_window_on_pane_dropped (KutipWindow *self, KutipSidePane *pane)
{
  choose_width (self, pane, kutip_side_pane_get_wanted_width (pane));
}

void
kutip_window_on_pane_reset (KutipWindow *self, KutipSidePane *pane)
{
  choose_width (self, pane, 0);
}

/* The one with the focus, or the one that is there. */
static KutipSidePane *
find_pane (KutipWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!is_beside_text (self->annotations_flap))
    return is_beside_text (self->articles_flap) ? self->articles_side : NULL;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->articles_side)))
    return self->articles_side;
  return self->annotations_side;
}

void
kutip_window_widen_pane (KutipWindow *self, gboolean wider)
{
  KutipSidePane *pane = find_pane (self);
  int least, width;

  if (pane == NULL)
    return;
  gtk_widget_measure (kutip_side_pane_get_child (pane), GTK_ORIENTATION_HORIZONTAL, -1,
                      &least, NULL, NULL, NULL);
  width = gtk_widget_get_width (GTK_WIDGET (pane)) + (wider ? STEP : -STEP);
  choose_width (self, pane, MAX (least, MIN (width, get_most (self, pane))));
}
