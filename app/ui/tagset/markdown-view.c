/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/markdown-view.h"

#include <glib/gi18n.h>
#include <string.h>

/* Lists and quotes within one another are indented up to here; deeper ones stand there,
 * too. */
#define MAX_DEPTH 8
#define INDENT 22

enum
{
  LINK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

struct _KutipMarkdownView
{
  GtkWidget parent_instance;

  GtkTextView *view;
  GHashTable *places; /* name -> GtkTextMark, which the buffer owns */
};

G_DEFINE_FINAL_TYPE (KutipMarkdownView, kutip_markdown_view, GTK_TYPE_WIDGET)

/* A text while it is put into the buffer. */
typedef struct
{
  KutipMarkdownView *self;
  GtkTextBuffer *buffer;
  GPtrArray *tags; /* of GtkTextTag: those in effect */
  guint depth;     /* of lists and quotes */
  GArray *numbers; /* of int, one a list: the next item's, 0 for bullets */
  gboolean at_start;
  gboolean tight; /* the next block follows a bullet on its line */
} Writing;

static GtkTextTag *
get_tag (Writing *self, const char *name, const char *first, ...)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (self->buffer);
  GtkTextTag *tag = gtk_text_tag_table_lookup (table, name);
  va_list arguments;

  if (tag != NULL)
    return tag;
  tag = gtk_text_tag_new (name);
  va_start (arguments, first);
  g_object_set_valist (G_OBJECT (tag), first, arguments);
  va_end (arguments);
  gtk_text_tag_table_add (table, tag);
  g_object_unref (tag);
  return tag;
}

static GtkTextTag *
get_indent_tag (Writing *self)
{
  guint depth = MIN (self->depth, MAX_DEPTH);
  g_autofree char *name = g_strdup_printf ("indent-%u", depth);

  return get_tag (self, name, "left-margin", (int) (12 + depth * INDENT), NULL);
}

static void
write_text (Writing *self, const char *text)
{
  GtkTextIter end, start;
  int offset;

  if (text == NULL || *text == '\0')
    return;
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  offset = gtk_text_iter_get_offset (&end);
  gtk_text_buffer_insert (self->buffer, &end, text, -1);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, offset);
  gtk_text_buffer_apply_tag (self->buffer, get_indent_tag (self), &start, &end);
  for (guint i = 0; i < self->tags->len; i++)
    gtk_text_buffer_apply_tag (self->buffer, g_ptr_array_index (self->tags, i), &start,
                               &end);
  self->at_start = FALSE;
}

static void
push (Writing *self, GtkTextTag *tag)
{
  g_ptr_array_add (self->tags, tag);
}

static void
pop (Writing *self)
{
  g_ptr_array_set_size (self->tags, (gint) self->tags->len - 1);
}

static void
begin_block (Writing *self)
{
  if (!self->at_start && !self->tight)
    write_text (self, "\n");
  self->tight = FALSE;
}

static void
push_heading (Writing *self, cmark_node *node)
{
  static const double scales[] = { 1.45, 1.25, 1.1 };
  int level = CLAMP (cmark_node_get_heading_level (node), 1, 3);
  g_autofree char *name = g_strdup_printf ("heading-%d", level);
  const char *place = cmark_node_get_user_data (node);
  GtkTextIter end;

  begin_block (self);
  if (place != NULL)
    {
      gtk_text_buffer_get_end_iter (self->buffer, &end);
      g_hash_table_insert (self->self->places, g_strdup (place),
                           gtk_text_buffer_create_mark (self->buffer, NULL, &end, TRUE));
    }
  push (self, get_tag (self, name, "weight", PANGO_WEIGHT_BOLD, "scale",
                       scales[level - 1], "pixels-above-lines", level < 3 ? 16 : 10,
                       "pixels-below-lines", level < 3 ? 8 : 5, NULL));
}

/* So that the lines of an item begin below its words, not below its bullet. */
static GtkTextTag *
get_hanging_tag (Writing *self, const char *bullet)
{
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (GTK_WIDGET (self->self->view), bullet);
  g_autofree char *name = NULL;
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  name = g_strdup_printf ("hanging-%d", width);
  return get_tag (self, name, "indent", -width, NULL);
}

static void
begin_item (Writing *self)
{
  int *number = &g_array_index (self->numbers, int, self->numbers->len - 1);
  g_autofree char *bullet =
      *number > 0 ? g_strdup_printf ("%d. ", (*number)++) : g_strdup ("•\u2002");

  begin_block (self);
  push (self, get_hanging_tag (self, bullet));
  write_text (self, bullet);
  pop (self);
  self->tight = TRUE;
}

static void
begin_list (Writing *self, cmark_node *node)
{
  int number = cmark_node_get_list_type (node) == CMARK_ORDERED_LIST
                   ? MAX (cmark_node_get_list_start (node), 1)
                   : 0;

  self->depth++;
  g_array_append_val (self->numbers, number);
}

static GtkTextTag *
new_link_tag (Writing *self, const char *url)
{
  /* Each is a tag of its own, as it leads elsewhere. */
  GtkTextTag *tag = gtk_text_buffer_create_tag (self->buffer, NULL, "underline",
                                                PANGO_UNDERLINE_SINGLE, NULL);

  g_object_set_data_full (G_OBJECT (tag), "url", g_strdup (url), g_free);
  return tag;
}

static void
push_code (Writing *self)
{
  push (self, get_tag (self, "code", "family", "monospace", "scale", 0.95, NULL));
}

static void
write_code_block (Writing *self, const char *text)
{
  g_autofree char *code = g_strdup (text != NULL ? text : "");

  g_strchomp (code);
  begin_block (self);
  push_code (self);
  self->depth++;
  write_text (self, code);
  self->depth--;
  pop (self);
}

static void
enter_inline (Writing *self, cmark_node *node)
{
  switch ((int) cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
      write_text (self, cmark_node_get_literal (node));
      break;
    case CMARK_NODE_SOFTBREAK:
      write_text (self, " ");
      break;
    case CMARK_NODE_LINEBREAK:
      /* Within the paragraph. */
      write_text (self, "\u2028");
      break;
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_CUSTOM_INLINE:
      push_code (self);
      write_text (self, cmark_node_get_literal (node));
      pop (self);
      break;
    case CMARK_NODE_EMPH:
    case CMARK_NODE_IMAGE:
      push (self, get_tag (self, "emphasis", "style", PANGO_STYLE_ITALIC, NULL));
      break;
    case CMARK_NODE_STRONG:
      push (self, get_tag (self, "strong", "weight", PANGO_WEIGHT_BOLD, NULL));
      break;
    case CMARK_NODE_LINK:
      push (self, new_link_tag (self, cmark_node_get_url (node)));
      break;
    default:
      break;
    }
}

static void
enter (Writing *self, cmark_node *node)
{
  switch ((int) cmark_node_get_type (node))
    {
    case CMARK_NODE_HEADING:
      push_heading (self, node);
      break;
    case CMARK_NODE_PARAGRAPH:
      begin_block (self);
      break;
    case CMARK_NODE_LIST:
      begin_list (self, node);
      break;
    case CMARK_NODE_ITEM:
      begin_item (self);
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      self->depth++;
      push (self, get_tag (self, "quote", "style", PANGO_STYLE_ITALIC, NULL));
      break;
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_CUSTOM_BLOCK:
      write_code_block (self, cmark_node_get_literal (node));
      break;
    case CMARK_NODE_THEMATIC_BREAK:
      begin_block (self);
      write_text (self, "⁂");
      break;
    default:
      enter_inline (self, node);
      break;
    }
}

static void
leave (Writing *self, cmark_node *node)
{
  switch ((int) cmark_node_get_type (node))
    {
    case CMARK_NODE_HEADING:
    case CMARK_NODE_EMPH:
    case CMARK_NODE_IMAGE:
    case CMARK_NODE_STRONG:
    case CMARK_NODE_LINK:
      pop (self);
      break;
    case CMARK_NODE_LIST:
      self->depth--;
      g_array_set_size (self->numbers, self->numbers->len - 1);
      break;
    case CMARK_NODE_ITEM:
      self->tight = FALSE;
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      self->depth--;
      pop (self);
      break;
    default:
      break;
    }
}

static const char *
find_url (const GtkTextIter *at)
{
  GSList *tags = gtk_text_iter_get_tags (at);
  const char *url = NULL;

  for (GSList *item = tags; item != NULL && url == NULL; item = item->next)
    url = g_object_get_data (G_OBJECT (item->data), "url");
  g_slist_free (tags);
  return url;
}

static gboolean
is_safe (const char *url)
{
  const char *scheme = g_uri_peek_scheme (url);

  return g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0 ||
         g_strcmp0 (scheme, "mailto") == 0;
}

static gboolean
open_link (KutipMarkdownView *self, const GtkTextIter *at)
{
  const char *url = find_url (at);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean is_followed = FALSE;

  if (url == NULL)
    return FALSE;
  if (!is_safe (url))
    {
      /* What follows may replace the text that the address belongs to. */
      g_autofree char *link = g_strdup (url);

      g_signal_emit (self, signals[LINK], 0, link, &is_followed);
      return is_followed;
    }
  gtk_show_uri (GTK_WINDOW (root), url, GDK_CURRENT_TIME);
  return TRUE;
}

static void
get_iter_at (KutipMarkdownView *self, double x, double y, GtkTextIter *at)
{
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int) x,
                                         (int) y, &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (self->view, at, buffer_x, buffer_y);
}

static void
on_released (
    GtkGestureClick *click, int n_press, double x, double y, KutipMarkdownView *self)
{
  GtkTextIter at;

  if (gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (self->view)))
    return;
  get_iter_at (self, x, y, &at);
  open_link (self, &at);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KutipMarkdownView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter at;

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
  return open_link (self, &at);
}

static void
on_moved (GtkEventControllerMotion *motion, double x, double y, KutipMarkdownView *self)
{
  GtkTextIter at;

  get_iter_at (self, x, y, &at);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->view),
                                   find_url (&at) != NULL ? "pointer" : "text");
}

static gboolean
on_query_tooltip (
    KutipMarkdownView *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  GtkTextIter at;
  const char *url;

  get_iter_at (self, x, y, &at);
  url = find_url (&at);
  gtk_tooltip_set_text (tooltip, url);
  return url != NULL;
}

static void
kutip_markdown_view_dispose (GObject *object)
{
  KutipMarkdownView *self = KUTIP_MARKDOWN_VIEW (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_pointer (&self->places, g_hash_table_unref);
  G_OBJECT_CLASS (kutip_markdown_view_parent_class)->dispose (object);
}

static void
kutip_markdown_view_class_init (KutipMarkdownViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kutip_markdown_view_dispose;
  signals[LINK] = g_signal_new ("link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                g_signal_accumulator_true_handled, NULL, NULL,
                                G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
}

static void
add_controllers (KutipMarkdownView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (motion, "motion", G_CALLBACK (on_moved), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), motion);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->view), TRUE);
  g_signal_connect_swapped (self->view, "query-tooltip", G_CALLBACK (on_query_tooltip),
                            self);
}

static void
kutip_markdown_view_init (KutipMarkdownView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_editable (self->view, FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (self->view, 12);
  gtk_text_view_set_right_margin (self->view, 12);
  gtk_text_view_set_top_margin (self->view, 9);
  gtk_text_view_set_bottom_margin (self->view, 18);
  gtk_text_view_set_pixels_below_lines (self->view, 5);
  gtk_text_view_set_pixels_inside_wrap (self->view, 2);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "markdown");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Guidelines"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
  add_controllers (self);
}

GtkWidget *
kutip_markdown_view_new (void)
{
  return g_object_new (KUTIP_TYPE_MARKDOWN_VIEW, NULL);
}

void
kutip_markdown_view_set_label (KutipMarkdownView *self, const char *label)
{
  g_return_if_fail (KUTIP_IS_MARKDOWN_VIEW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
kutip_markdown_view_show (KutipMarkdownView *self, cmark_node *document)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int));
  Writing writing = { self, buffer, tags, 0, numbers, TRUE, FALSE };
  cmark_iter *iter = cmark_iter_new (document);
  cmark_event_type event;
  GtkTextIter start;

  g_return_if_fail (KUTIP_IS_MARKDOWN_VIEW (self));

  g_hash_table_remove_all (self->places);
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    if (event == CMARK_EVENT_ENTER)
      enter (&writing, cmark_iter_get_node (iter));
    else
      leave (&writing, cmark_iter_get_node (iter));
  cmark_iter_free (iter);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_set_buffer (self->view, buffer);
}

gboolean
kutip_markdown_view_go_to (KutipMarkdownView *self, const char *name)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextMark *mark;
  GtkTextIter at;

  g_return_val_if_fail (KUTIP_IS_MARKDOWN_VIEW (self), FALSE);

  mark = g_hash_table_lookup (self->places, name);
  if (mark == NULL)
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (buffer, &at, mark);
  gtk_text_buffer_place_cursor (buffer, &at);
  gtk_text_view_scroll_to_mark (self->view, mark, 0, TRUE, 0, 0);
  return TRUE;
}

GtkTextBuffer *
kutip_markdown_view_get_buffer (KutipMarkdownView *self)
{
  return gtk_text_view_get_buffer (self->view);
}
