/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/article-view-private.h"

#include "ui/article/link-chooser.h"

/* Where an offset is drawn, in coordinates of the page view; the nearest edge of the view
 * when it is out of sight. */
static GdkRectangle
locate (KutipArticleView *self, guint offset)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->page_view);
  KutipRange visible = kutip_page_view_get_visible (self->page_view);
  int height = gtk_widget_get_height (GTK_WIDGET (self->page_view));
  GdkRectangle place;
  GtkTextIter iter;

  kutip_page_view_get_iter (self->page_view, CLAMP (offset, visible.start, visible.end),
                            &iter);
  gtk_text_view_get_iter_location (view, &iter, &place);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y,
                                         &place.x, &place.y);
  place.width = 1;
  place.height = CLAMP (place.height, 1, MAX (height, 1));
  place.y = CLAMP (place.y, 0, MAX (height - place.height, 0));
  return place;
}

static gboolean
is_in_view (KutipArticleView *self, KutipSpan *span)
{
  return span != NULL && !kutip_span_is_orphan (span) &&
         kutip_range_overlaps (kutip_span_get_hull (span),
                               kutip_page_view_get_visible (self->page_view));
}

/* Beside the end that the person looks at: the target that was picked, if it can be seen,
 * else the span that is linked from. */
static GdkRectangle
find_place (KutipArticleView *self)
{
  KutipSpan *to = kutip_annotator_get_choice_end (self->annotator, FALSE);
  KutipSpan *from = kutip_annotator_get_choice_end (self->annotator, TRUE);
  KutipSpan *span = is_in_view (self, to) ? to : from;

  if (span == NULL)
    return kutip_article_view_locate_caret (self);
  return locate (self, kutip_span_get_hull (span).start);
}

static void
on_closed (KutipArticleView *self)
{
  kutip_article_view_grab_focus (self);
}

void
kutip_article_view_on_choosing (KutipArticleView *self)
{
  GdkRectangle place;

  if (kutip_annotator_get_choices (self->annotator) == NULL)
    return;
  if (self->chooser == NULL)
    {
      self->chooser = kutip_link_chooser_new ();
      gtk_widget_set_parent (self->chooser, GTK_WIDGET (self->page_view));
      g_signal_connect_object (self->chooser, "closed", G_CALLBACK (on_closed), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  kutip_label_popover_hide (self->popover);
  place = find_place (self);
  kutip_link_chooser_show (KUTIP_LINK_CHOOSER (self->chooser), self->annotator, &place);
}
