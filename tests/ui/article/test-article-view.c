/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"
#include "open-text.h"
#include "view-fixture.h"

#include "ui/article/article-view-private.h"

#include <adwaita.h>

static const char article[] =
    "Putin dan Kim Jong-un\n"
    "Pada suratnya, Putin mengatakan bahwa \"langkah ini dilakukan\" demi kebaikan kedua "
    "negara. "
    "Kim Jong-un menegaskan persahabatan kedua negara. Ini kalimat ketiga.\n"
    "Dikutip dari BBC, Senin. Cafe\xcc\x81 baru dibuka.\n"
    "Penutup.\n";

/* The offset of the @nth (from 0) @words. */
static guint
find (Fixture *fixture, const char *words, guint nth)
{
  KutipText *text =
      kutip_document_get_text (kutip_annotator_get_document (fixture->annotator));
  const char *base = kutip_text_get_utf8 (text, NULL);
  const char *p = strstr (base, words);
  guint offset;

  while (p != NULL && nth-- > 0)
    p = strstr (p + 1, words);
  g_assert_nonnull (p);
  g_assert_true (kutip_text_from_byte (text, (gsize) (p - base), &offset));
  return offset;
}

/* The middle of the character at @offset, in the text widget. */
static void
locate (Fixture *fixture, guint offset, double *x, double *y)
{
  GtkTextIter iter;
  GdkRectangle place;
  int left, top;

  kutip_page_view_get_iter (fixture->view->page_view, offset, &iter);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (fixture->text), &iter, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (fixture->text),
                                         GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &left,
                                         &top);
  *x = left + place.width / 2.0;
  *y = top + place.height / 2.0;
}

static void
click_on (Fixture *fixture, guint offset, guint n_clicks)
{
  double x, y;

  locate (fixture, offset, &x, &y);
  click_at (fixture->text, x, y, n_clicks);
}

static void
sweep_over (Fixture *fixture, guint from, guint to, const char *modifier)
{
  double x1, y1, x2, y2;

  locate (fixture, from, &x1, &y1);
  locate (fixture, to, &x2, &y2);
  sweep (fixture->text, x1, y1, x2, y2, modifier);
}

static void
assert_selected (Fixture *fixture, const char *expected)
{
  KutipRange selection = kutip_annotator_get_selection (fixture->annotator);
  g_autofree char *selected = kutip_text_dup_range (
      kutip_document_get_text (kutip_annotator_get_document (fixture->annotator)),
      selection);

  g_assert_cmpstr (selected, ==, expected);
}

static void
test_sweep_takes_words (Fixture *fixture, gconstpointer data)
{
  /* From the middle of a word to the middle of another, and back the other way. */
  sweep_over (fixture, find (fixture, "engatakan", 0), find (fixture, "ahwa", 0), NULL);
  assert_selected (fixture, "mengatakan bahwa");
  g_assert_true (kutip_label_popover_is_shown (fixture->view->popover));
  sweep_over (fixture, find (fixture, "aikan", 0), find (fixture, "emi", 0), NULL);
  assert_selected (fixture, "demi kebaikan");
  g_assert_cmpuint (kutip_page_view_get_caret (fixture->view->page_view), <,
                    kutip_page_view_get_anchor (fixture->view->page_view));
  /* Quotation marks that belong together stay. */
  sweep_over (fixture, find (fixture, "\"langkah", 0), find (fixture, "\" demi", 0) + 1,
              NULL);
  assert_selected (fixture, "\"langkah ini dilakukan\"");
}

static void
test_sweep_with_alt_is_exact (Fixture *fixture, gconstpointer data)
{
  sweep_over (fixture, find (fixture, "gatakan", 0), find (fixture, "hwa", 0), "Alt_L");
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->annotator).start, >=,
                    find (fixture, "gatakan", 0));
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->annotator).end, <=,
                    find (fixture, "wa \"", 0));
  /* But never half of a character: e and its accent go together. */
  sweep_over (fixture, find (fixture, "afe\xcc\x81", 0),
              find (fixture, "e\xcc\x81 baru", 0), "Alt_L");
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->annotator).end, !=,
                    find (fixture, "\xcc\x81 baru", 0));
}

static void
test_clicks (Fixture *fixture, gconstpointer data)
{
  fixture_let_count_be_lost (TRUE);
  click_on (fixture, find (fixture, "kebaikan", 0) + 3, 2);
  assert_selected (fixture, "kebaikan");
  g_assert_true (kutip_label_popover_is_shown (fixture->view->popover));
  click_on (fixture, find (fixture, "menegaskan", 0) + 3, 3);
  assert_selected (fixture, "Kim Jong-un menegaskan persahabatan kedua negara.");
  /* Above the labels that are offered: they may lie over all that is below the selection.
   */
  click_on (fixture, find (fixture, "Putin dan", 0), 1);
  assert_selected (fixture, "");
  g_assert_false (kutip_label_popover_is_shown (fixture->view->popover));
  fixture_let_count_be_lost (FALSE);
}

static void
test_click_picks_and_cycles (Fixture *fixture, gconstpointer data)
{
  KutipSpan *outer =
      mark_words (fixture->annotator, "quote", "Kim Jong-un menegaskan persahabatan", 0);
  KutipSpan *inner = mark_words (fixture->annotator, "source", "Kim Jong-un", 1);
  KutipSpan *innermost = mark_words (fixture->annotator, "cue", "Jong-un", 1);
  guint place = find (fixture, "Jong-un", 1) + 3;

  settle (fixture->window);
  click_on (fixture, place, 1);
  g_assert_true (kutip_annotator_get_current (fixture->annotator) == innermost);
  click_on (fixture, place, 1);
  g_assert_true (kutip_annotator_get_current (fixture->annotator) == inner);
  click_on (fixture, place, 1);
  g_assert_true (kutip_annotator_get_current (fixture->annotator) == outer);
  click_on (fixture, place, 1);
  g_assert_true (kutip_annotator_get_current (fixture->annotator) == innermost);
  click_on (fixture, find (fixture, "Penutup", 0) + 2, 1);
  g_assert_null (kutip_annotator_get_current (fixture->annotator));
}

static void
test_click_links (Fixture *fixture, gconstpointer data)
{
  KutipLayer *layer =
      kutip_document_get_layer (kutip_annotator_get_document (fixture->annotator));
  KutipSpan *quote =
      mark_words (fixture->annotator, "quote", "persahabatan kedua negara", 0);
  KutipSpan *source = mark_words (fixture->annotator, "source", "BBC", 0);
  KutipRelation *link;
  g_autoptr (GPtrArray) links = NULL;

  kutip_annotator_set_current (fixture->annotator, quote, FALSE);
  kutip_annotator_start_link (fixture->annotator, NULL);
  settle (fixture->window);
  /* A click on nothing changes nothing. */
  click_on (fixture, find (fixture, "Penutup", 0), 1);
  g_assert_true (kutip_annotator_is_linking (fixture->annotator));
  click_on (fixture, find (fixture, "BBC", 0) + 1, 1);
  g_assert_false (kutip_annotator_is_linking (fixture->annotator));
  links = kutip_layer_list_relations_of (layer, kutip_span_get_id (quote));
  g_assert_cmpuint (links->len, ==, 1);
  link = g_ptr_array_index (links, 0);
  g_assert_cmpstr (kutip_relation_get_to (link), ==, kutip_span_get_id (source));
}

/* A click on the title of a link goes to its other end. */
static void
test_follow_link (Fixture *fixture, gconstpointer data)
{
  KutipDocument *document = kutip_annotator_get_document (fixture->annotator);
  KutipSpan *quote =
      mark_words (fixture->annotator, "quote", "persahabatan kedua negara", 0);
  KutipSpan *source = mark_words (fixture->annotator, "source", "BBC", 0);
  const char *goal = NULL;
  int x = 0, y = 0;

  g_assert_nonnull (kutip_annotate_link (document, quote, source, NULL, NULL));
  kutip_annotator_set_current (fixture->annotator, quote, FALSE);
  settle (fixture->window);
  for (y = 0; y < 400 && goal == NULL; y += 4)
    for (x = 500; x < 800 && goal == NULL; x += 4)
      goal = kutip_link_painter_find (fixture->view->links, x, y);
  g_assert_cmpstr (goal, ==, kutip_span_get_id (source));
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (fixture->text),
                                         GTK_TEXT_WINDOW_WIDGET, x, y, &x, &y);
  click_at (fixture->text, x, y, 1);
  g_assert_true (kutip_annotator_get_current (fixture->annotator) == source);
}

/* Where the badge of @span is, in the text widget. */
static void
locate_badge (Fixture *fixture, KutipSpan *span, double *x, double *y)
{
  for (int top = 0; top < 480; top += 3)
    for (int left = 0; left < 800; left += 3)
      if (g_strcmp0 (
              kutip_highlight_painter_find_badge (fixture->view->painter, left, top),
              kutip_span_get_id (span)) == 0)
        {
          int window_x, window_y;

          gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (fixture->text),
                                                 GTK_TEXT_WINDOW_WIDGET, left + 3,
                                                 top + 3, &window_x, &window_y);
          *x = window_x;
          *y = window_y;
          return;
        }
  g_assert_not_reached ();
}

/* A badge picks its own span, whatever lies on top; dragged to another span it links the
 * two. */
static void
test_badges (Fixture *fixture, gconstpointer data)
{
  KutipLayer *layer =
      kutip_document_get_layer (kutip_annotator_get_document (fixture->annotator));
  KutipSpan *quote =
      mark_words (fixture->annotator, "quote", "persahabatan kedua negara", 0);
  KutipSpan *cue = mark_words (fixture->annotator, "cue", "persahabatan", 0);
  KutipSpan *source = mark_words (fixture->annotator, "source", "BBC", 0);
  g_autoptr (GPtrArray) links = NULL;
  double x1, y1, x2, y2;

  settle (fixture->window);
  locate_badge (fixture, quote, &x1, &y1);
  click_at (fixture->text, x1, y1, 1);
  g_assert_true (kutip_annotator_get_current (fixture->annotator) == quote);
  locate_badge (fixture, cue, &x1, &y1);
  click_at (fixture->text, x1, y1, 1);
  g_assert_true (kutip_annotator_get_current (fixture->annotator) == cue);
  locate_badge (fixture, quote, &x1, &y1);
  locate (fixture, find (fixture, "BBC", 0) + 1, &x2, &y2);
  sweep (fixture->text, x1, y1, x2, y2, NULL);
  links = kutip_layer_list_relations_of (layer, kutip_span_get_id (quote));
  g_assert_cmpuint (links->len, ==, 1);
  g_assert_cmpstr (kutip_relation_get_to (g_ptr_array_index (links, 0)), ==,
                   kutip_span_get_id (source));
  /* To nowhere: nothing. */
  locate (fixture, find (fixture, "Penutup", 0), &x2, &y2);
  sweep (fixture->text, x1, y1, x2, y2, NULL);
  g_assert_false (kutip_annotator_is_linking (fixture->annotator));
  g_assert_cmpuint (kutip_layer_get_n_relations (layer), ==, 1);
  assert_selected (fixture, "");
}

typedef struct
{
  const char *keys;
  const char *selected;
  const char *why;
} KeyCase;

static const KeyCase key_cases[] = {
  { "w", "suratnya", "the word at the caret" },
  { "w w", "suratnya, Putin", "and the next" },
  { "s",
    "Pada suratnya, Putin mengatakan bahwa \"langkah ini dilakukan\" demi kebaikan kedua "
    "negara.",
    "the sentence" },
  { "s s",
    "Pada suratnya, Putin mengatakan bahwa \"langkah ini dilakukan\" demi kebaikan kedua "
    "negara. "
    "Kim Jong-un menegaskan persahabatan kedua negara.",
    "and the next" },
  { "p",
    "Pada suratnya, Putin mengatakan bahwa \"langkah ini dilakukan\" demi kebaikan kedua "
    "negara. "
    "Kim Jong-un menegaskan persahabatan kedua negara. Ini kalimat ketiga.",
    "the paragraph" },
  { "alt+Right s", "Kim Jong-un menegaskan persahabatan kedua negara.",
    "the next sentence" },
  { "alt+Right alt+Right alt+Left s", "Kim Jong-un menegaskan persahabatan kedua negara.",
    "there and back" },
  { "ctrl+Down s", "Dikutip dari BBC, Senin.", "the next paragraph" },
  { "ctrl+Up ctrl+Up s", "Putin dan Kim Jong-un", "the paragraph before" },
  { "shift+ctrl+Right", "suratnya", "as in any text" },
  { "ctrl+Home shift+ctrl+Right shift+ctrl+Right", "Putin dan", "as in any text" },
  { "ctrl+a", article, "all" },
};

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  guint start = find (fixture, "suratnya", 0);

  for (guint i = 0; i < G_N_ELEMENTS (key_cases); i++)
    {
      g_test_message ("%s: %s", key_cases[i].keys, key_cases[i].why);
      kutip_annotator_set_selection (fixture->annotator, start, start, FALSE);
      press_keys (key_cases[i].keys);
      assert_selected (fixture, key_cases[i].selected);
      g_assert_false (kutip_label_popover_is_shown (fixture->view->popover));
    }
}

/* Keys that no command of the text has go on to the window, as a label's must. */
static void
count_key (GtkEventControllerKey *keys,
           guint keyval,
           guint code,
           GdkModifierType state,
           guint *n)
{
  if (keyval == GDK_KEY_1)
    ++*n;
}

static void
test_keys_reach_the_window (Fixture *fixture, gconstpointer data)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  guint n = 0;

  g_signal_connect (keys, "key-pressed", G_CALLBACK (count_key), &n);
  gtk_widget_add_controller (fixture->window, keys);
  press_keys ("1");
  g_assert_cmpuint (n, ==, 1);
  sweep_over (fixture, find (fixture, "demi", 0), find (fixture, "kebaikan", 0) + 2,
              NULL);
  g_assert_true (kutip_label_popover_is_shown (fixture->view->popover));
  press_keys ("1");
  g_assert_cmpuint (n, ==, 2);
  press_keys ("Delete");
  g_assert_cmpuint (fixture->n_deletes, ==, 1);
}

static void
test_popover_marks (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = GTK_WIDGET (fixture->view->popover);
  GtkWidget *button;
  KutipSpan *span;

  sweep_over (fixture, find (fixture, "demi", 0), find (fixture, "kebaikan", 0) + 2,
              NULL);
  g_assert_true (kutip_label_popover_is_shown (fixture->view->popover));
  button = gtk_widget_pick (popover, gtk_widget_get_width (popover) / 2.0,
                            gtk_widget_get_height (popover) / 2.0, GTK_PICK_DEFAULT);
  button = gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  click_at (button, gtk_widget_get_width (button) / 2.0,
            gtk_widget_get_height (button) / 2.0, 1);
  span = kutip_annotator_get_current (fixture->annotator);
  g_assert_nonnull (span);
  g_assert_cmpuint (kutip_span_get_hull (span).start, ==, find (fixture, "demi", 0));
  g_assert_false (kutip_label_popover_is_shown (fixture->view->popover));
  /* Keys still go to the text. */
  g_assert_true (gtk_widget_has_focus (fixture->text));
}

static void
test_popover_goes_away (Fixture *fixture, gconstpointer data)
{
  const char *const keys[] = { "Escape", "Right", "F9" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      sweep_over (fixture, find (fixture, "demi", 0), find (fixture, "kebaikan", 0) + 2,
                  NULL);
      g_assert_true (kutip_label_popover_is_shown (fixture->view->popover));
      press_keys (keys[i]);
      g_assert_false (kutip_label_popover_is_shown (fixture->view->popover));
    }
  /* Escape closes it and does nothing else. */
  sweep_over (fixture, find (fixture, "demi", 0), find (fixture, "kebaikan", 0) + 2,
              NULL);
  press_keys ("Escape");
  assert_selected (fixture, "demi kebaikan");
}

static guint
count_different (GdkTexture *a, GdkTexture *b)
{
  gsize width = (gsize) gdk_texture_get_width (a);
  gsize height = (gsize) gdk_texture_get_height (a);
  g_autofree guint32 *x = g_new0 (guint32, width * height);
  g_autofree guint32 *y = g_new0 (guint32, width * height);
  guint n = 0;

  g_assert_cmpint (gdk_texture_get_width (b), ==, width);
  g_assert_cmpint (gdk_texture_get_height (b), ==, height);
  gdk_texture_download (a, (guchar *) x, width * 4);
  gdk_texture_download (b, (guchar *) y, width * 4);
  for (gsize i = 0; i < width * height; i++)
    n += x[i] != y[i];
  return n;
}

static GdkTexture *
take_picture (Fixture *fixture)
{
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GdkTexture *texture;

  settle (fixture->window);
  gtk_widget_snapshot_child (gtk_widget_get_parent (fixture->text), fixture->text,
                             snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_true (gsk_renderer_realize (renderer, NULL, NULL));
  texture = gsk_renderer_render_texture (
      renderer, node,
      &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (fixture->text),
                           (float) gtk_widget_get_height (fixture->text)));
  gsk_renderer_unrealize (renderer);
  return texture;
}

/* Everything that happens to a span is seen. */
static void
test_painting (Fixture *fixture, gconstpointer data)
{
  KutipDocument *document = kutip_annotator_get_document (fixture->annotator);
  g_autoptr (GdkTexture) plain = NULL, marked = NULL, current = NULL, linking = NULL,
                         undone = NULL;
  KutipSpan *span;

  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (fixture->text), FALSE);
  plain = take_picture (fixture);
  span = mark_words (fixture->annotator, "quote", "persahabatan kedua negara", 0);
  mark_words (fixture->annotator, "source", "BBC", 0);
  marked = take_picture (fixture);
  g_assert_cmpuint (count_different (plain, marked), >, 500);
  kutip_annotator_set_current (fixture->annotator, span, FALSE);
  current = take_picture (fixture);
  g_assert_cmpuint (count_different (marked, current), >, 500);
  kutip_annotator_start_link (fixture->annotator, NULL);
  linking = take_picture (fixture);
  g_assert_cmpuint (count_different (current, linking), >, 20);
  kutip_annotator_cancel_link (fixture->annotator);
  kutip_annotator_set_current (fixture->annotator, NULL, FALSE);
  while (kutip_document_undo (document))
    ;
  undone = take_picture (fixture);
  g_assert_cmpuint (count_different (plain, undone), ==, 0);
}

static void
test_reveal (Fixture *fixture, gconstpointer data)
{
  guint length =
      kutip_text_get_length (kutip_page_view_get_text (fixture->view->page_view));

  for (guint i = 0; i < 20; i++)
    {
      guint offset = (i * 7919) % length;
      KutipRange visible;

      g_signal_emit_by_name (fixture->annotator, "reveal", offset,
                             MIN (offset + 20, length));
      visible = kutip_article_view_get_visible (fixture->view);
      g_assert_cmpuint (visible.start, <=, offset);
      g_assert_cmpuint (visible.end, >=, offset);
    }
}

/* The real wheel and the real keys in a text of many pages. */
static void
test_wheel_and_keys_in_long_text (Fixture *fixture, gconstpointer data)
{
  guint length =
      kutip_text_get_length (kutip_page_view_get_text (fixture->view->page_view));
  KutipRange before = kutip_article_view_get_visible (fixture->view);

  turn_wheel (fixture->text, TRUE, 100);
  g_assert_cmpuint (kutip_article_view_get_visible (fixture->view).start, >, before.end);
  turn_wheel (fixture->text, FALSE, 160);
  g_assert_cmpuint (kutip_article_view_get_visible (fixture->view).start, ==, 0);
  press_keys ("shift+ctrl+End");
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->annotator).end, ==, length);
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->annotator).start, ==, 0);
  g_assert_cmpuint (kutip_article_view_get_visible (fixture->view).end, ==, length);
  /* The wheel moves what is seen and not the caret; a key comes back to it. */
  press_keys ("Left");
  turn_wheel (fixture->text, TRUE, 300);
  press_keys ("Right");
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->annotator).start, ==, 1);
  g_assert_cmpuint (kutip_article_view_get_visible (fixture->view).start, ==, 0);
}

/* Many thousands of spans on one word, and as many links: what is drawn has an end. */
static void
test_heap_of_spans (Fixture *fixture, gconstpointer data)
{
  KutipLayer *layer =
      kutip_document_get_layer (kutip_annotator_get_document (fixture->annotator));
  guint start = find (fixture, "menegaskan", 0);
  gint64 before;
  g_autoptr (GdkTexture) picture = NULL;

  for (guint i = 0; i < 30000; i++)
    {
      const KutipRange range = { start, start + 10 };
      KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRelationFields link = KUTIP_RELATION_FIELDS_INIT;
      g_autofree char *id = kutip_layer_make_id (layer, "s");
      g_autofree char *link_id = kutip_layer_make_id (layer, "r");
      g_autoptr (KutipSpan) span = NULL;
      g_autoptr (KutipRelation) relation = NULL;

      fields.id = id;
      fields.label = i % 2 == 0 ? "quote" : "no-such-label";
      fields.ranges = &range;
      fields.n_ranges = 1;
      span = kutip_span_new (&fields);
      kutip_layer_add_span (layer, span);
      if (i == 0)
        continue;
      link.id = link_id;
      link.label = "no-such-relation";
      link.from = "s1";
      link.to = id;
      relation = kutip_relation_new (&link);
      kutip_layer_add_relation (layer, relation);
    }
  g_object_set (fixture->view, "show-all-links", TRUE, NULL);
  click_on (fixture, start + 3, 1);
  before = g_get_monotonic_time ();
  picture = take_picture (fixture);
  g_test_message ("%.0f ms", (double) (g_get_monotonic_time () - before) / 1000);
}

/* Texts that have brought other programs down. */
static const char *const hostile[] = {
  "\u202e\u202d\u2066\u2067\u2068abc\u2069\u202c def \u200b\u200d\ufeff ghi\n",
  "a\f\v\x01\x1b[31m\x7f\xc2\x85\xef\xbf\xbc\xe2\x80\xa8"
  "b\xe2\x80\xa9"
  "c\rd\r\ne",
  "<b>not bold</b> &amp; %s %n %d \\u0000",
  "\xef\xbf\xbf\xf4\x8f\xbf\xbf\xee\x80\x80",
};

static void
test_hostile_text (Fixture *fixture, gconstpointer data)
{
  guint length =
      kutip_text_get_length (kutip_page_view_get_text (fixture->view->page_view));
  g_autoptr (GdkTexture) picture = NULL;

  for (guint i = 0; i + 1 < MIN (length, 40); i++)
    {
      kutip_annotator_set_selection (fixture->annotator, i, i + 1, TRUE);
      kutip_annotator_mark (fixture->annotator, i % 2 == 0 ? "claim" : "quote");
    }
  picture = take_picture (fixture);
  press_keys ("ctrl+Home");
  for (guint i = 0; i < MIN (length, 60); i++)
    g_signal_emit_by_name (fixture->text, "move-cursor", GTK_MOVEMENT_LOGICAL_POSITIONS,
                           1, TRUE);
  press_keys ("ctrl+End");
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->annotator).end, ==, length);
}

static void
test_accessible_name (Fixture *fixture, gconstpointer data)
{
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->text),
                                   GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->text),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Article text");
}

static void
test_properties (Fixture *fixture, gconstpointer data)
{
  g_autofree char *font = NULL;
  guint size, measure;
  double line_height;
  int margin = gtk_text_view_get_left_margin (GTK_TEXT_VIEW (fixture->text));
  gboolean all;

  g_object_set (fixture->view, "font", "Serif", "text-size", 20, "line-height", 2.0,
                "measure", 30, "show-all-links", TRUE, NULL);
  settle (fixture->window);
  g_object_get (fixture->view, "font", &font, "text-size", &size, "line-height",
                &line_height, "measure", &measure, "show-all-links", &all, NULL);
  g_assert_cmpstr (font, ==, "Serif");
  g_assert_cmpuint (size, ==, 20);
  g_assert_cmpfloat_with_epsilon (line_height, 2.0, 0.001);
  g_assert_cmpuint (measure, ==, 30);
  g_assert_true (all);
  g_assert_cmpint (gtk_text_view_get_left_margin (GTK_TEXT_VIEW (fixture->text)), !=,
                   margin);
  g_object_set (fixture->view, "annotator", NULL, NULL);
  settle (fixture->window);
  g_assert_null (kutip_article_view_get_annotator (fixture->view));
  g_object_set (fixture->view, "annotator", fixture->annotator, NULL);
  settle (fixture->window);
}

/* The text stands there before its annotations: a person moves in it meanwhile, marks
 * nothing, and goes on where she is once they come. */
static void
test_text_first (Fixture *fixture, gconstpointer data)
{
  KutipArticle *read =
      kutip_document_get_article (kutip_annotator_get_document (fixture->annotator));
  guint word = find (fixture, "mengatakan", 0);
  double x, y;

  kutip_article_view_set_article (fixture->view, read);
  settle (fixture->window);
  g_assert_null (kutip_article_view_get_annotator (fixture->view));
  locate (fixture, word, &x, &y);
  click_at (fixture->text, x, y, 1);
  sweep_over (fixture, 2, 8, NULL);
  press_keys ("1");
  press_keys ("Menu");
  press_keys ("Escape");
  settle (fixture->window);
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->annotator).end, ==, 0);
  click_at (fixture->text, x, y, 1);
  press_keys ("shift+Right");
  g_object_set (fixture->view, "annotator", fixture->annotator, NULL);
  settle (fixture->window);
  g_assert_cmpuint (kutip_page_view_get_caret (fixture->view->page_view), >, word);
  g_assert_cmpuint (kutip_annotator_get_selection (fixture->annotator).end, ==,
                    kutip_page_view_get_caret (fixture->view->page_view));
  kutip_article_view_set_article (fixture->view, NULL);
  settle (fixture->window);
  g_assert_null (kutip_page_view_get_text (fixture->view->page_view));
  g_object_set (fixture->view, "annotator", fixture->annotator, NULL);
  settle (fixture->window);
}

#define ADD(path, text, test)                                                            \
  g_test_add ("/article-view/" path, Fixture, text, fixture_init, test, fixture_clear)

int
main (int argc, char **argv)
{
  g_autoptr (GString) long_text = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new ("e");

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (long_text,
                            "Paragraf %u. Putin mengatakan langkah ini dilakukan.\n", i);
  for (guint i = 0; i < 10000; i++)
    g_string_append (marks, "\u0301");
  fixture_watch_log ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE, "gtk-error-bell", FALSE, NULL);
  ADD ("sweep-takes-words", article, test_sweep_takes_words);
  ADD ("sweep-with-alt-is-exact", article, test_sweep_with_alt_is_exact);
  ADD ("clicks", article, test_clicks);
  ADD ("click-picks-and-cycles", article, test_click_picks_and_cycles);
  ADD ("click-links", article, test_click_links);
  ADD ("badges", article, test_badges);
  ADD ("follow-link", article, test_follow_link);
  ADD ("keys", article, test_keys);
  ADD ("keys-reach-the-window", article, test_keys_reach_the_window);
  ADD ("popover-marks", article, test_popover_marks);
  ADD ("popover-goes-away", article, test_popover_goes_away);
  ADD ("painting", article, test_painting);
  ADD ("reveal", long_text->str, test_reveal);
  ADD ("wheel-and-keys-in-long-text", long_text->str, test_wheel_and_keys_in_long_text);
  ADD ("heap-of-spans", article, test_heap_of_spans);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path = g_strdup_printf ("/article-view/hostile-text/%u", i);

      g_test_add (path, Fixture, hostile[i], fixture_init, test_hostile_text,
                  fixture_clear);
    }
  ADD ("ten-thousand-marks", marks->str, test_hostile_text);
  ADD ("accessible-name", article, test_accessible_name);
  ADD ("properties", article, test_properties);
  ADD ("text-first", article, test_text_first);
  return g_test_run ();
}
