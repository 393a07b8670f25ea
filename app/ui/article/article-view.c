/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/article-view-private.h"

#include "ui/article/hits.h"
#include "ui/article/reading.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define DEFAULT_TEXT_SIZE 12
#define DEFAULT_LINE_HEIGHT 1.5
#define DEFAULT_MEASURE 70

enum
{
  PROP_ANNOTATOR = 1,
  PROP_FONT,
  PROP_TEXT_SIZE,
  PROP_LINE_HEIGHT,
  PROP_MEASURE,
  PROP_SHOW_ALL_LINKS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipArticleView, kutip_article_view, GTK_TYPE_WIDGET)

static void
redraw (KutipArticleView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->page_view));
}

/* The first line is set as a title when the header says that it is one. */
static void
update_title (KutipArticleView *self)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  const char *title = kutip_header_get_fields (kutip_layer_get_header (layer))->title;
  const char *text = kutip_text_get_utf8 (kutip_document_get_text (document), NULL);
  gsize length = title != NULL ? strlen (title) : 0;

  while (g_ascii_isspace (*text))
    text++;
  kutip_page_view_set_has_title (
      self->page_view, length > 0 && strncmp (text, title, length) == 0 &&
                           (text[length] == '\0' || g_ascii_isspace (text[length])));
}

static void
on_changed (KutipArticleView *self)
{
  kutip_label_popover_hide (self->popover);
  kutip_highlight_painter_forget_spans (self->painter);
  update_title (self);
  redraw (self);
}

static void
on_selection_changed (KutipArticleView *self)
{
  KutipRange selection = kutip_annotator_get_selection (self->annotator);
  guint anchor = kutip_page_view_get_anchor (self->page_view);
  guint caret = kutip_page_view_get_caret (self->page_view);

  if (MIN (anchor, caret) != selection.start || MAX (anchor, caret) != selection.end)
    kutip_page_view_select (self->page_view, selection.start, selection.end);
}

static void
on_reveal (KutipArticleView *self, guint start, guint end)
{
  kutip_page_view_reveal (self->page_view, (KutipRange){ start, end });
}

static void
on_selected (KutipArticleView *self)
{
  guint anchor = kutip_page_view_get_anchor (self->page_view);
  guint caret = kutip_page_view_get_caret (self->page_view);

  kutip_label_popover_hide (self->popover);
  if (self->annotator != NULL)
    kutip_annotator_set_selection (self->annotator, MIN (anchor, caret),
                                   MAX (anchor, caret), TRUE);
}

/* Any key sends the labels away and does what it does; Escape does no more than that. */
static gboolean
on_key_pressed (KutipArticleView *self,
                guint keyval,
                guint code,
                GdkModifierType state,
                GtkEventController *keys)
{
  GdkEvent *event = gtk_event_controller_get_current_event (keys);

  if (keyval == GDK_KEY_Escape && kutip_article_view_cancel_edge (self))
    return GDK_EVENT_STOP;
  if (!kutip_label_popover_is_shown (self->popover) ||
      (event != NULL && gdk_key_event_is_modifier (event)))
    return GDK_EVENT_PROPAGATE;
  kutip_label_popover_hide (self->popover);
  return keyval == GDK_KEY_Escape ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
on_other_active (GtkWindow *window, GParamSpec *pspec, gpointer data)
{
  KutipArticleView *self = data;

  if (gtk_window_is_active (window))
    kutip_label_popover_hide (self->popover);
  g_signal_handlers_disconnect_by_func (window, on_other_active, self);
}

/* Over another window that the focus goes to, which is there by now, they would lie. */
static void
hide_for_others (KutipArticleView *self, GtkRoot *root)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (l->data == root || !gtk_widget_get_mapped (l->data))
        continue;
      if (gtk_window_get_modal (l->data) || gtk_window_is_active (l->data))
        kutip_label_popover_hide (self->popover);
      g_signal_handlers_disconnect_by_func (l->data, on_other_active, self);
      g_signal_connect_object (l->data, "notify::is-active", G_CALLBACK (on_other_active),
                               self, G_CONNECT_DEFAULT);
    }
}

/* Where the window is a page in a browser, a press on the labels takes the focus from the
 * window before it arrives. */
static void
on_left (KutipArticleView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean is_active = GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));
  gboolean is_pointed_at = (gtk_widget_get_state_flags (GTK_WIDGET (self->popover)) &
                            GTK_STATE_FLAG_PRELIGHT) != 0;

  if (is_active || !is_pointed_at)
    kutip_label_popover_hide (self->popover);
  else
    hide_for_others (self, root);
}

/* As an overlay scroll bar of a scrolled window: slender until it is wanted. */
static void
on_scrollbar_entered (KutipArticleView *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->scrollbar), "hovering");
}

static void
on_scrollbar_left (KutipArticleView *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->scrollbar), "hovering");
}

/* The labels do not follow when what they belong to scrolls away. */
static void
on_moved (KutipArticleView *self)
{
  if (kutip_label_popover_is_shown (self->popover) &&
      kutip_article_view_locate_caret (self).y != self->popover_y)
    kutip_label_popover_hide (self->popover);
}

static void
paint (KutipPageView *view, GtkSnapshot *snapshot, gpointer data)
{
  KutipArticleView *self = data;
  g_autoptr (KutipPageLines) lines = NULL;
  KutipLayer *layer;

  if (self->annotator == NULL)
    return;
  layer = kutip_document_get_layer (kutip_annotator_get_document (self->annotator));
  lines = kutip_layer_get_n_spans (layer) > 0 || self->hits != NULL
              ? kutip_page_lines_new (view)
              : kutip_page_lines_new_empty (view);
  kutip_highlight_painter_paint (self->painter, self->annotator, lines, snapshot);
  if (self->hits != NULL)
    kutip_hits_paint ((const KutipRange *) (gpointer) self->hits->data, self->hits->len,
                      kutip_annotator_get_selection (self->annotator), lines, snapshot);
  kutip_link_painter_paint (self->links, self->annotator, lines, self->show_all_links,
                            snapshot);
  kutip_article_view_paint_grips (self, lines, snapshot);
}

static void
watch_annotator (KutipArticleView *self)
{
  KutipDocument *document = kutip_annotator_get_document (self->annotator);

  g_signal_connect_object (self->annotator, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->annotator, "reveal", G_CALLBACK (on_reveal), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->annotator, "notify::selection-start",
                           G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->annotator, "notify::selection-end",
                           G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->annotator, "notify::current", G_CALLBACK (redraw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->annotator, "notify::linking", G_CALLBACK (redraw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->annotator, "notify::link-candidate", G_CALLBACK (redraw),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->annotator, "notify::relation", G_CALLBACK (redraw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->annotator, "notify::draft", G_CALLBACK (redraw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->annotator, "notify::choosing",
                           G_CALLBACK (kutip_article_view_on_choosing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::tagset", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
unwatch_annotator (KutipArticleView *self)
{
  g_signal_handlers_disconnect_by_data (self->annotator, self);
  g_signal_handlers_disconnect_by_data (kutip_annotator_get_document (self->annotator),
                                        self);
}

static void
show_text (KutipArticleView *self, KutipText *text, guint offset)
{
  KutipRange beginning = { 0, MIN (kutip_text_get_length (text), 4096) };
  gsize n_bytes;
  const char *utf8 = kutip_text_peek_range (text, beginning, &n_bytes);

  kutip_page_view_set_right_to_left (self->page_view,
                                     kutip_reading_is_right_to_left (utf8, n_bytes));
  kutip_page_view_set_text (self->page_view, text, offset);
}

static void
show_document (KutipArticleView *self)
{
  KutipText *text =
      kutip_document_get_text (kutip_annotator_get_document (self->annotator));
  KutipRange selection = kutip_annotator_get_selection (self->annotator);

  if (kutip_page_view_get_text (self->page_view) == text)
    {
      /* The reader has been here already. */
      update_title (self);
      on_selected (self);
      redraw (self);
      return;
    }
  update_title (self);
  show_text (self, text, selection.end);
  kutip_page_view_select (self->page_view, selection.start, selection.end);
}

/* What was drawn for the one before is of no use any more. */
static void
change_annotator (KutipArticleView *self, KutipAnnotator *annotator)
{
  kutip_label_popover_hide (self->popover);
  if (self->annotator != NULL)
    unwatch_annotator (self);
  g_set_object (&self->annotator, annotator);
  g_clear_pointer (&self->hits, g_array_unref);
  kutip_highlight_painter_forget_spans (self->painter);
}

void
kutip_article_view_set_annotator (KutipArticleView *self, KutipAnnotator *annotator)
{
  g_return_if_fail (KUTIP_IS_ARTICLE_VIEW (self));

  if (self->annotator == annotator)
    return;
  change_annotator (self, annotator);
  if (annotator != NULL)
    {
      watch_annotator (self);
      show_document (self);
    }
  else
    kutip_page_view_set_text (self->page_view, NULL, 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ANNOTATOR]);
}

void
kutip_article_view_set_article (KutipArticleView *self, KutipArticle *article)
{
  gboolean had_annotator;

  g_return_if_fail (KUTIP_IS_ARTICLE_VIEW (self));

  had_annotator = self->annotator != NULL;
  change_annotator (self, NULL);
  if (article != NULL)
    show_text (self, kutip_article_get_text (article), 0);
  else
    kutip_page_view_set_text (self->page_view, NULL, 0);
  if (had_annotator)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ANNOTATOR]);
}

KutipAnnotator *
kutip_article_view_get_annotator (KutipArticleView *self)
{
  return self->annotator;
}

void
kutip_article_view_set_hits (KutipArticleView *self, GArray *hits)
{
  g_return_if_fail (KUTIP_IS_ARTICLE_VIEW (self));

  if (self->hits == hits)
    return;
  g_clear_pointer (&self->hits, g_array_unref);
  if (hits != NULL)
    self->hits = g_array_ref (hits);
  redraw (self);
}

void
kutip_article_view_grab_focus (KutipArticleView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->page_view));
}

GdkRectangle
kutip_article_view_locate_caret (KutipArticleView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->page_view);
  GtkTextIter iter;
  GdkRectangle caret;

  kutip_page_view_get_iter (self->page_view, kutip_page_view_get_caret (self->page_view),
                            &iter);
  gtk_text_view_get_iter_location (view, &iter, &caret);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, caret.x, caret.y,
                                         &caret.x, &caret.y);
  return caret;
}

void
kutip_article_view_put_off (KutipArticleView *self)
{
  g_return_if_fail (KUTIP_IS_ARTICLE_VIEW (self));

  kutip_page_view_put_off (self->page_view);
}

KutipRange
kutip_article_view_get_visible (KutipArticleView *self)
{
  return kutip_page_view_get_visible (self->page_view);
}

/* Line and column in pixels, from the font at hand. */
static void
update_measure (KutipArticleView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->page_view));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  double height = (double) pango_font_metrics_get_height (metrics) / PANGO_SCALE;
  double width =
      (double) pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE;
  int gap = kutip_reading_get_line_gap (
      self->line_height, height,
      kutip_highlight_painter_get_gap (
          kutip_highlight_painter_get_font_size (GTK_WIDGET (self->page_view))));

  pango_font_metrics_unref (metrics);
  kutip_page_view_set_spacing (self->page_view, gap, (int) lround (height * 0.5));
  kutip_page_view_set_measure (self->page_view, (int) lround (self->measure * width));
}

static void
on_restyled (KutipArticleView *self)
{
  kutip_highlight_painter_forget_style (self->painter);
  update_measure (self);
}

static void
update_font (KutipArticleView *self)
{
  g_autofree char *css = kutip_reading_dup_css (self->font, self->text_size);

  gtk_css_provider_load_from_data (self->provider, css, -1);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KutipArticleView *self = KUTIP_ARTICLE_VIEW (object);

  switch (id)
    {
    case PROP_ANNOTATOR:
      kutip_article_view_set_annotator (self, g_value_get_object (value));
      return;
    case PROP_FONT:
      g_free (self->font);
      self->font = g_value_dup_string (value);
      update_font (self);
      break;
    case PROP_TEXT_SIZE:
      self->text_size = g_value_get_uint (value);
      update_font (self);
      break;
    case PROP_LINE_HEIGHT:
      self->line_height = g_value_get_double (value);
      update_measure (self);
      break;
    case PROP_MEASURE:
      self->measure = g_value_get_uint (value);
      update_measure (self);
      break;
    case PROP_SHOW_ALL_LINKS:
      self->show_all_links = g_value_get_boolean (value);
      redraw (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipArticleView *self = KUTIP_ARTICLE_VIEW (object);

  switch (id)
    {
    case PROP_ANNOTATOR:
      g_value_set_object (value, self->annotator);
      break;
    case PROP_FONT:
      g_value_set_string (value, self->font);
      break;
    case PROP_TEXT_SIZE:
      g_value_set_uint (value, self->text_size);
      break;
    case PROP_LINE_HEIGHT:
      g_value_set_double (value, self->line_height);
      break;
    case PROP_MEASURE:
      g_value_set_uint (value, self->measure);
      break;
    case PROP_SHOW_ALL_LINKS:
      g_value_set_boolean (value, self->show_all_links);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KUTIP_ARTICLE_VIEW (widget)->page_view));
}

static void
dispose (GObject *object)
{
  KutipArticleView *self = KUTIP_ARTICLE_VIEW (object);
  GtkWidget *child;

  if (self->annotator != NULL)
    unwatch_annotator (self);
  g_clear_object (&self->annotator);
  g_clear_object (&self->scroll);
  kutip_article_view_forget_menus (self);
  g_clear_pointer (&self->chooser, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_article_view_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  KutipArticleView *self = KUTIP_ARTICLE_VIEW (object);

  kutip_grips_free (self->grips);
  kutip_link_painter_free (self->links);
  kutip_highlight_painter_free (self->painter);
  g_object_unref (self->provider);
  g_clear_pointer (&self->hits, g_array_unref);
  g_free (self->font);
  G_OBJECT_CLASS (kutip_article_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *class)
{
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_ANNOTATOR] =
      g_param_spec_object ("annotator", NULL, NULL, KUTIP_TYPE_ANNOTATOR, flags);
  props[PROP_FONT] = g_param_spec_string ("font", NULL, NULL, NULL, flags);
  props[PROP_TEXT_SIZE] =
      g_param_spec_uint ("text-size", NULL, NULL, 4, 144, DEFAULT_TEXT_SIZE, flags);
  props[PROP_LINE_HEIGHT] =
      g_param_spec_double ("line-height", NULL, NULL, 1, 4, DEFAULT_LINE_HEIGHT, flags);
  props[PROP_MEASURE] =
      g_param_spec_uint ("measure", NULL, NULL, 0, 1000, DEFAULT_MEASURE, flags);
  props[PROP_SHOW_ALL_LINKS] =
      g_param_spec_boolean ("show-all-links", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (class, N_PROPS, props);
}

static void
kutip_article_view_class_init (KutipArticleViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->set_property = set_property;
  object_class->get_property = get_property;
  object_class->dispose = dispose;
  object_class->finalize = finalize;
  widget_class->grab_focus = grab_focus;
  install_properties (object_class);
  kutip_article_view_install_actions (widget_class);

  g_type_ensure (KUTIP_TYPE_PAGE_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kutip/Kutip/article/article-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipArticleView, page_view);
  gtk_widget_class_bind_template_child (widget_class, KutipArticleView, scrollbar);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_restyled);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_left);
  gtk_widget_class_bind_template_callback (widget_class, on_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_scrollbar_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_scrollbar_left);
}

static void
kutip_article_view_init (KutipArticleView *self)
{
  self->text_size = DEFAULT_TEXT_SIZE;
  self->line_height = DEFAULT_LINE_HEIGHT;
  self->measure = DEFAULT_MEASURE;
  self->painter = kutip_highlight_painter_new ();
  self->links = kutip_link_painter_new (self->painter);
  self->grips = kutip_grips_new (self->painter);
  self->provider = gtk_css_provider_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_style_context_add_provider (
      gtk_widget_get_style_context (GTK_WIDGET (self->page_view)),
      GTK_STYLE_PROVIDER (self->provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  self->scroll = kutip_page_scroll_new (self->page_view, self->scrollbar);
  self->popover = KUTIP_LABEL_POPOVER (kutip_label_popover_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  kutip_page_view_set_paint (self->page_view, paint, self);
  kutip_article_view_attach_pointing (self);
  kutip_article_view_attach_handles (self);
  kutip_article_view_attach_edges (self);
  /* Hears of a finger before the others, as what is added last is asked first. */
  kutip_article_view_attach_touch (self);
  update_font (self);
  update_measure (self);
}

GtkWidget *
kutip_article_view_new (void)
{
  return g_object_new (KUTIP_TYPE_ARTICLE_VIEW, NULL);
}
