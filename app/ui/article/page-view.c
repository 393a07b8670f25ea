/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page-view-private.h"

#include "ui/article/reading.h"

#include <glib/gi18n.h>

enum
{
  SELECTED,
  MOVED,
  RESTYLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipPageView, kutip_page_view, GTK_TYPE_TEXT_VIEW)

static GtkTextBuffer *
get_buffer (KutipPageView *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

static void
on_adjustment_changed (KutipPageView *self)
{
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self));

  if (self->vertical == vertical)
    return;
  if (self->vertical != NULL)
    g_signal_handler_disconnect (self->vertical, self->on_scrolled);
  g_set_object (&self->vertical, vertical);
  if (vertical != NULL)
    self->on_scrolled = g_signal_connect_swapped (
        vertical, "value-changed", G_CALLBACK (kutip_page_view_on_scrolled), self);
}

/* Somebody else has moved the buffer's marks: a screen reader, or fingers on a touch
 * screen. */
static gboolean
adopt_marks (gpointer data)
{
  KutipPageView *self = data;
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter insert, bound;

  self->adoption = 0;
  if (self->page == NULL)
    return G_SOURCE_REMOVE;
  gtk_text_buffer_get_iter_at_mark (buffer, &insert, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_mark (buffer, &bound,
                                    gtk_text_buffer_get_selection_bound (buffer));
  self->caret = kutip_page_view_get_offset (self, &insert);
  self->anchor = kutip_page_view_get_offset (self, &bound);
  g_signal_emit (self, signals[SELECTED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_mark_set (GtkTextBuffer *buffer,
             GtkTextIter *location,
             GtkTextMark *mark,
             KutipPageView *self)
{
  if (self->n_setting_marks > 0 || self->adoption != 0 ||
      (mark != gtk_text_buffer_get_insert (buffer) &&
       mark != gtk_text_buffer_get_selection_bound (buffer)))
    return;
  self->adoption = g_idle_add_full (G_PRIORITY_DEFAULT, adopt_marks, self, NULL);
}

static void
fit_margins (KutipPageView *self, int width)
{
  KutipMargins margins = kutip_reading_fit_margins (width, self->measure);
  GtkTextView *view = GTK_TEXT_VIEW (self);

  gtk_text_view_set_left_margin (view, self->right_to_left ? margins.end : margins.start);
  gtk_text_view_set_right_margin (view,
                                  self->right_to_left ? margins.start : margins.end);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KutipPageView *self = KUTIP_PAGE_VIEW (widget);

  fit_margins (self, width);
  GTK_WIDGET_CLASS (kutip_page_view_parent_class)
      ->size_allocate (widget, width, height, baseline);
  if (!kutip_page_view_has_size (self) || self->page == NULL)
    return;
  if (self->needs_fill && !self->has_pending)
    kutip_page_view_fill (self);
  if (!self->has_pending)
    return;
  self->has_pending = FALSE;
  kutip_page_view_load (self, self->pending_offset, self->pending_align);
  kutip_page_view_show (self, self->pending_offset, self->pending_align);
}

static void
css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kutip_page_view_parent_class)->css_changed (widget, change);
  g_signal_emit (widget, signals[RESTYLED], 0);
}

static void
show_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "article.menu", NULL);
}

static void
snapshot_layer (GtkTextView *text_view, GtkTextViewLayer layer, GtkSnapshot *snapshot)
{
  KutipPageView *self = KUTIP_PAGE_VIEW (text_view);

  if (layer == GTK_TEXT_VIEW_LAYER_BELOW_TEXT && self->paint != NULL &&
      self->page != NULL)
    self->paint (self, snapshot, self->paint_data);
}

static KutipRange
get_selection (KutipPageView *self)
{
  return (KutipRange){ MIN (self->anchor, self->caret), MAX (self->anchor, self->caret) };
}

static void
copy_clipboard (GtkTextView *text_view)
{
  KutipPageView *self = KUTIP_PAGE_VIEW (text_view);
  KutipRange range = get_selection (self);
  g_autoptr (GdkContentProvider) provider = NULL;

  if (self->page == NULL || range.start == range.end)
    return;
  provider = kutip_text_provider_new (kutip_page_get_text (self->page), range);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), provider);
}

void
kutip_page_view_offer_primary (KutipPageView *self)
{
  GdkClipboard *primary = gtk_widget_get_primary_clipboard (GTK_WIDGET (self));
  KutipRange range = get_selection (self);

  if (self->page == NULL || range.start == range.end ||
      !gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  if (self->primary != NULL && gdk_clipboard_get_content (primary) == self->primary)
    {
      kutip_text_provider_set_range (KUTIP_TEXT_PROVIDER (self->primary), range);
      return;
    }
  g_clear_object (&self->primary);
  self->primary = kutip_text_provider_new (kutip_page_get_text (self->page), range);
  gdk_clipboard_set_content (primary, self->primary);
}

/* The text view would offer its buffer, which is not the article. */
static void
realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kutip_page_view_parent_class)->realize (widget);
  gtk_text_buffer_remove_selection_clipboard (get_buffer (KUTIP_PAGE_VIEW (widget)),
                                              gtk_widget_get_primary_clipboard (widget));
}

static void
unrealize (GtkWidget *widget)
{
  gtk_text_buffer_add_selection_clipboard (get_buffer (KUTIP_PAGE_VIEW (widget)),
                                           gtk_widget_get_primary_clipboard (widget));
  GTK_WIDGET_CLASS (kutip_page_view_parent_class)->unrealize (widget);
}

static void
select_all (GtkTextView *text_view, gboolean select)
{
  KutipPageView *self = KUTIP_PAGE_VIEW (text_view);

  if (self->page == NULL)
    return;
  kutip_page_view_select (
      self, select ? 0 : self->caret,
      select ? kutip_text_get_length (kutip_page_get_text (self->page)) : self->caret);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_select_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_all (GTK_TEXT_VIEW (widget), TRUE);
}

/* For what edits text or changes the caret: the article is only read. */
static void
do_nothing (GtkTextView *text_view)
{
}

/* Delete takes the current annotation away, not the article's text. */
static void
delete_annotation (GtkTextView *text_view)
{
  gtk_widget_activate_action (GTK_WIDGET (text_view), "annotation.delete", NULL);
}

static void
delete_from_cursor (GtkTextView *text_view, GtkDeleteType type, int count)
{
  delete_annotation (text_view);
}

static void
dispose (GObject *object)
{
  KutipPageView *self = KUTIP_PAGE_VIEW (object);

  g_clear_handle_id (&self->upkeep, g_source_remove);
  g_clear_handle_id (&self->adoption, g_source_remove);
  if (self->vertical != NULL)
    g_signal_handler_disconnect (self->vertical, self->on_scrolled);
  g_clear_object (&self->vertical);
  g_clear_object (&self->primary);
  g_clear_pointer (&self->page, kutip_page_free);
  kutip_page_view_forget_layout (self);
  G_OBJECT_CLASS (kutip_page_view_parent_class)->dispose (object);
}

static void
kutip_page_view_class_init (KutipPageViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GtkTextViewClass *text_view_class = GTK_TEXT_VIEW_CLASS (class);
  GType type = G_TYPE_FROM_CLASS (class);

  object_class->dispose = dispose;
  widget_class->size_allocate = size_allocate;
  widget_class->css_changed = css_changed;
  widget_class->realize = realize;
  widget_class->unrealize = unrealize;
  text_view_class->snapshot_layer = snapshot_layer;
  text_view_class->move_cursor = kutip_page_view_move_cursor;
  text_view_class->copy_clipboard = copy_clipboard;
  text_view_class->cut_clipboard = copy_clipboard;
  text_view_class->paste_clipboard = do_nothing;
  text_view_class->toggle_overwrite = do_nothing;
  text_view_class->insert_emoji = do_nothing;
  text_view_class->backspace = delete_annotation;
  text_view_class->delete_from_cursor = delete_from_cursor;
  g_signal_override_class_handler ("select-all", type, G_CALLBACK (select_all));
  g_signal_override_class_handler ("toggle-cursor-visible", type,
                                   G_CALLBACK (do_nothing));

  /* In place of the text view's menu, which is for editing. */
  gtk_widget_class_install_action (widget_class, "menu.popup", NULL, show_menu);
  gtk_widget_class_install_action (widget_class, "selection.select-all", NULL,
                                   on_select_all);

  signals[SELECTED] = g_signal_new_class_handler (
      "selected", type, G_SIGNAL_RUN_FIRST, G_CALLBACK (kutip_page_view_offer_primary),
      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTYLED] = g_signal_new ("restyled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
kutip_page_view_init (KutipPageView *self)
{
  GtkTextBuffer *buffer = get_buffer (self);

  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  self->title_tag = gtk_text_buffer_create_tag (buffer, NULL, "scale", 1.4, "weight",
                                                PANGO_WEIGHT_BOLD, NULL);
  self->broken_tag =
      gtk_text_buffer_create_tag (buffer, NULL, "pixels-below-lines", 0, NULL);
  g_object_set (self, "editable", FALSE, "accepts-tab", FALSE, "wrap-mode",
                GTK_WRAP_WORD_CHAR, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Article text"), -1);
  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (on_mark_set), self, 0);
  g_signal_connect (self, "notify::vadjustment", G_CALLBACK (on_adjustment_changed),
                    NULL);
}

GtkWidget *
kutip_page_view_new (void)
{
  return g_object_new (KUTIP_TYPE_PAGE_VIEW, NULL);
}

void
kutip_page_view_chain_move_cursor (KutipPageView *self,
                                   GtkMovementStep step,
                                   int count,
                                   gboolean extend)
{
  self->n_setting_marks++;
  GTK_TEXT_VIEW_CLASS (kutip_page_view_parent_class)
      ->move_cursor (GTK_TEXT_VIEW (self), step, count, extend);
  self->n_setting_marks--;
}

void
kutip_page_view_chain_size_allocate (KutipPageView *self, int width, int height)
{
  GTK_WIDGET_CLASS (kutip_page_view_parent_class)
      ->size_allocate (GTK_WIDGET (self), width, height, -1);
}

void
kutip_page_view_set_text (KutipPageView *self, KutipText *text, guint offset)
{
  double align;

  g_return_if_fail (KUTIP_IS_PAGE_VIEW (self));

  g_clear_pointer (&self->page, kutip_page_free);
  g_clear_object (&self->primary);
  g_clear_handle_id (&self->upkeep, g_source_remove);
  self->anchor = self->caret = 0;
  if (text == NULL)
    {
      self->n_setting_marks++;
      gtk_text_buffer_set_text (get_buffer (self), "", 0);
      self->n_setting_marks--;
      return;
    }
  self->page = kutip_page_new (text);
  self->anchor = self->caret = MIN (offset, kutip_text_get_length (text));
  align = self->caret == 0 ? 0 : 0.3;
  if (kutip_page_view_has_size (self))
    kutip_page_view_load (self, self->caret, align);
  kutip_page_view_show (self, self->caret, align);
}

KutipText *
kutip_page_view_get_text (KutipPageView *self)
{
  return self->page != NULL ? kutip_page_get_text (self->page) : NULL;
}

KutipPage *
kutip_page_view_get_page (KutipPageView *self)
{
  return self->page;
}

gboolean
kutip_page_view_is_whole (KutipPageView *self)
{
  return self->page == NULL || kutip_page_is_whole (self->page);
}

guint
kutip_page_view_get_place (KutipPageView *self, guint offset)
{
  KutipRange page = kutip_page_get_range (self->page);
  KutipText *text = kutip_page_get_text (self->page);

  /* A text view has no place between CR and LF, and warns when it is asked for one. */
  if (offset > page.start && offset < page.end &&
      kutip_text_get_char (text, offset) == '\n' &&
      kutip_text_get_char (text, offset - 1) == '\r')
    offset--;
  return kutip_page_to_place (self->page, offset);
}

void
kutip_page_view_get_iter (KutipPageView *self, guint offset, GtkTextIter *iter)
{
  guint place = self->page != NULL ? kutip_page_view_get_place (self, offset) : 0;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), iter, (int) place);
}

guint
kutip_page_view_get_offset (KutipPageView *self, const GtkTextIter *iter)
{
  if (self->page == NULL)
    return 0;
  return kutip_page_to_offset (self->page, (guint) gtk_text_iter_get_offset (iter));
}

void
kutip_page_view_set_paint (KutipPageView *self, KutipPageViewPaint paint, gpointer data)
{
  self->paint = paint;
  self->paint_data = data;
}

void
kutip_page_view_set_has_title (KutipPageView *self, gboolean has_title)
{
  GtkTextIter start, end;

  if (self->has_title == has_title)
    return;
  self->has_title = has_title;
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  gtk_text_buffer_remove_tag (get_buffer (self), self->title_tag, &start, &end);
  kutip_page_view_tag_title (self);
}

void
kutip_page_view_set_spacing (KutipPageView *self, int lines, int paragraphs)
{
  if (self->line_gap == lines && self->paragraph_gap == paragraphs)
    return;
  self->line_gap = lines;
  self->paragraph_gap = paragraphs;
  g_object_set (self, "pixels-inside-wrap", lines, "pixels-below-lines",
                lines + paragraphs, NULL);
  g_object_set (self->broken_tag, "pixels-below-lines", lines, NULL);
}

int
kutip_page_view_get_line_gap (KutipPageView *self)
{
  return self->line_gap;
}

void
kutip_page_view_set_measure (KutipPageView *self, int measure)
{
  if (self->measure == measure)
    return;
  self->measure = measure;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
kutip_page_view_set_right_to_left (KutipPageView *self, gboolean right_to_left)
{
  if (self->right_to_left == right_to_left)
    return;
  self->right_to_left = right_to_left;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
kutip_page_view_is_right_to_left (KutipPageView *self)
{
  return self->right_to_left;
}
