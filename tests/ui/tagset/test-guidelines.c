/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markdown to read, and what a tag set says of itself. */
#include "../sidebar/find-widget.h"
#include "format/tagset/tagset-json.h"
#include "ui/tagset/codebook.h"
#include "ui/tagset/markdown-view.h"

#include <adwaita.h>

#include <string.h>

typedef struct
{
  GtkWidget *window;
  KutipMarkdownView *view;
} Shown;

static Shown
show (cmark_node *document)
{
  Shown shown = { gtk_window_new (), KUTIP_MARKDOWN_VIEW (kutip_markdown_view_new ()) };

  gtk_window_set_child (GTK_WINDOW (shown.window), GTK_WIDGET (shown.view));
  gtk_window_present (GTK_WINDOW (shown.window));
  kutip_markdown_view_show (shown.view, document);
  cmark_node_free (document);
  return shown;
}

static char *
dup_text (Shown *shown)
{
  GtkTextBuffer *buffer = kutip_markdown_view_get_buffer (shown->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
close_window (Shown *shown)
{
  g_object_add_weak_pointer (G_OBJECT (shown->view), (gpointer *) &shown->view);
  gtk_window_destroy (GTK_WINDOW (shown->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (shown->view);
}

static Shown
show_markdown (const char *markdown)
{
  return show (cmark_parse_document (markdown, strlen (markdown), CMARK_OPT_DEFAULT));
}

static void
test_text (void)
{
  static const struct
  {
    const char *reason;
    const char *markdown;
    const char *text;
  } rows[] = {
    { "nothing", "", "" },
    { "headings and paragraphs", "# One\n\ntwo\nlines\n\n## Three",
      "One\ntwo lines\nThree" },
    { "lists", "- a\n- b\n  - c\n\n1. d\n2. e",
      "•\u2002a\n•\u2002b\n•\u2002c\n1. d\n2. e" },
    { "a list that starts elsewhere", "7. a\n8. b", "7. a\n8. b" },
    { "emphasis has no signs", "*a* **b** `c`", "a b c" },
    { "quotes", "> a\n>\n> b", "a\nb" },
    { "code keeps its lines", "```\na\n  b\n```\nc", "a\n  b\nc" },
    { "of an image its words", "![a *map*](http://192.0.2.1/x.png)", "a map" },
    { "HTML is text", "a <b onclick=\"x\">c</b>", "a <b onclick=\"x\">c</b>" },
    { "blocks of it, too", "<script>\nalert(1)\n</script>",
      "<script>\nalert(1)\n</script>" },
    { "links show their words", "[here](https://example.org)", "here" },
    { "lines broken by hand", "a  \nb", "a\u2028b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Shown shown = show_markdown (rows[i].markdown);
      g_autofree char *text = dup_text (&shown);

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpstr (text, ==, rows[i].text);
      close_window (&shown);
    }
}

/* Deep nesting, and much of everything. */
static void
test_hostile (void)
{
  GString *markdown = g_string_new (NULL);
  Shown shown;

  for (guint i = 0; i < 5000; i++)
    g_string_append (markdown, "> ");
  g_string_append (markdown, "deep\n\n");
  for (guint i = 0; i < 5000; i++)
    g_string_append (markdown, "[a](");
  g_string_append (markdown, "\n\n");
  for (guint i = 0; i < 5000; i++)
    g_string_append (markdown, "*a ");
  shown = show_markdown (markdown->str);
  g_string_free (markdown, TRUE);
  {
    g_autofree char *text = dup_text (&shown);

    g_assert_nonnull (strstr (text, "deep"));
  }
  close_window (&shown);
}

static void
test_codebook (void)
{
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin ("news-attribution");
  Shown shown = show (kutip_codebook_new (tagset, "# Before all\n\nRead *this*.\n"));
  g_autofree char *text = dup_text (&shown);
  GtkTextBuffer *buffer = kutip_markdown_view_get_buffer (shown.view);
  GtkTextIter caret;
  g_autofree char *line = NULL;
  GtkTextIter end;

  g_assert_true (
      g_str_has_prefix (text, "News attribution, version 1\nBefore all\nRead this."));
  g_assert_nonnull (strstr (text, "Quote (key 2)\nWords, thoughts or writing"));
  g_assert_nonnull (
      strstr (text, "Form: indirect, direct, mixed, free-indirect. Whether"));
  g_assert_nonnull (strstr (text, "Attributed to: Quote, Claim → Source."));
  g_assert_false (kutip_markdown_view_go_to (shown.view, "nonsense"));
  g_assert_true (kutip_markdown_view_go_to (shown.view, "source"));
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  gtk_text_iter_set_line_offset (&caret, 0);
  end = caret;
  gtk_text_iter_forward_to_line_end (&end);
  line = gtk_text_buffer_get_text (buffer, &caret, &end, TRUE);
  g_assert_cmpstr (line, ==, "Source (key 3)");
  close_window (&shown);
}

/* Headings of a label's own guidelines are below the label's. */
static void
test_own_guidelines (void)
{
  const KutipLabelType labels[] = {
    { .name = "a", .title = "A", .guidelines = "# Sub\n\n- x\n" },
  };
  g_autoptr (KutipTagset) tagset = kutip_tagset_new (
      &(KutipTagsetFields){
          .name = "T", .version = "3", .labels = labels, .n_labels = 1 },
      NULL);
  cmark_node *document = kutip_codebook_new (tagset, NULL);
  cmark_node *own = cmark_node_next (cmark_node_next (cmark_node_first_child (document)));

  g_assert_cmpint (cmark_node_get_type (own), ==, CMARK_NODE_HEADING);
  g_assert_cmpint (cmark_node_get_heading_level (own), ==, 3);
  cmark_node_free (document);
}

static void
test_tip (void)
{
  g_autofree char *many = g_strnfill (1000, 'x');
  const KutipLabelType labels[] = {
    { .name = "a", .description = "When.", .guidelines = "# How\n\n*All*  \n- x\n- `y`" },
    { .name = "b", .description = "When." },
    { .name = "c" },
    { .name = "d", .guidelines = many },
  };
  static const char *const tips[] = { "When.\n\nHow\nAll\n• x\n• y", "When.", NULL };
  g_autoptr (KutipTagset) tagset = kutip_tagset_new (
      &(KutipTagsetFields){ .name = "T", .labels = labels, .n_labels = 4 }, NULL);
  g_autofree char *cut = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tips); i++)
    {
      g_autofree char *tip =
          kutip_codebook_describe_label (tagset, kutip_tagset_get_nth_label (tagset, i));

      g_assert_cmpstr (tip, ==, tips[i]);
    }
  cut = kutip_codebook_describe_label (tagset, kutip_tagset_get_nth_label (tagset, 3));
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 401);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/guidelines/text", test_text);
  g_test_add_func ("/guidelines/hostile", test_hostile);
  g_test_add_func ("/guidelines/codebook", test_codebook);
  g_test_add_func ("/guidelines/own", test_own_guidelines);
  g_test_add_func ("/guidelines/tip", test_tip);
  return g_test_run ();
}
