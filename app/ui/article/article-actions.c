/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/article-view-private.h"

#include "text/clause.h"

#include <glib/gi18n.h>

/* Moves by a unit of the text, and how its action is called. */
typedef struct
{
  const char *action;
  KutipUnit unit;
  gboolean forward;
  gboolean extend;
} Move;

/* The other moves know units; parts of sentences are none. */
static const char *const clause_moves[] = { "article.next-part",
                                            "article.previous-part" };

static const Move moves[] = {
  { "article.next-sentence", KUTIP_UNIT_SENTENCE, TRUE, FALSE },
  { "article.previous-sentence", KUTIP_UNIT_SENTENCE, FALSE, FALSE },
  { "article.next-paragraph", KUTIP_UNIT_PARAGRAPH, TRUE, FALSE },
  { "article.previous-paragraph", KUTIP_UNIT_PARAGRAPH, FALSE, FALSE },
  { "article.extend-by-sentence", KUTIP_UNIT_SENTENCE, TRUE, TRUE },
  { "article.extend-back-by-sentence", KUTIP_UNIT_SENTENCE, FALSE, TRUE },
  { "article.extend-by-paragraph", KUTIP_UNIT_PARAGRAPH, TRUE, TRUE },
  { "article.extend-back-by-paragraph", KUTIP_UNIT_PARAGRAPH, FALSE, TRUE },
};

static const KutipArticleKey keys[] = {
  { "article.next-sentence", "<Alt>Right", N_ ("Next sentence") },
  { "article.previous-sentence", "<Alt>Left", N_ ("Previous sentence") },
  { "article.extend-by-sentence", "<Shift><Alt>Right",
    N_ ("Extend the selection to the end of the sentence") },
  { "article.extend-back-by-sentence", "<Shift><Alt>Left",
    N_ ("Extend the selection to the start of the sentence") },
  { "article.next-part", "c",
    N_ ("Next part of the sentence, behind a comma or the like") },
  { "article.previous-part", "<Shift>c", N_ ("Previous part of the sentence") },
  { "article.next-paragraph", "<Control>Down", N_ ("Next paragraph") },
  { "article.previous-paragraph", "<Control>Up", N_ ("Previous paragraph") },
  { "article.extend-by-paragraph", "<Shift><Control>Down",
    N_ ("Extend the selection to the end of the paragraph") },
  { "article.extend-back-by-paragraph", "<Shift><Control>Up",
    N_ ("Extend the selection to the start of the paragraph") },
  { "article.select-word", "w", N_ ("Select the word, and once more the next one too") },
  { "article.select-sentence", "s",
    N_ ("Select the sentence, and once more the next one too") },
  { "article.select-part", "v",
    N_ ("Select to the end of the sentence’s part, and once more the next one too") },
  { "article.select-paragraph", "p",
    N_ ("Select the paragraph, and once more the next one too") },
  { "article.menu", "Menu <Shift>F10", N_ ("Menu of the selection") },
  { NULL, NULL, NULL },
};

const KutipArticleKey *
kutip_article_view_list_keys (void)
{
  return keys;
}

static void
on_move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KutipArticleView *self = KUTIP_ARTICLE_VIEW (widget);
  KutipText *text = kutip_page_view_get_text (self->page_view);
  guint caret = kutip_page_view_get_caret (self->page_view);

  if (text == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      const Move *move = &moves[i];

      if (!g_str_equal (move->action, action))
        continue;
      if (!move->forward)
        caret = kutip_segment_previous (text, move->unit, caret);
      else if (move->extend)
        caret = kutip_segment_next_end (text, move->unit, caret);
      else
        caret = kutip_segment_next (text, move->unit, caret);
      kutip_page_view_move_to (self->page_view, caret, move->extend);
    }
}

static void
on_clause_move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KutipArticleView *self = KUTIP_ARTICLE_VIEW (widget);
  KutipText *text = kutip_page_view_get_text (self->page_view);
  guint caret = kutip_page_view_get_caret (self->page_view);

  if (text == NULL)
    return;
  caret = g_str_equal (action, clause_moves[0]) ? kutip_clause_next (text, caret)
                                                : kutip_clause_previous (text, caret);
  kutip_page_view_move_to (self->page_view, caret, FALSE);
}

static KutipRange
get_unit (KutipText *text, KutipUnit unit, guint offset)
{
  return kutip_segment_trim (text, kutip_segment_at (text, unit, offset));
}

/* The unit at the caret; when the selection is whole units already, the one after it too.
 */
static void
select_unit (KutipArticleView *self, KutipUnit unit)
{
  KutipText *text = kutip_page_view_get_text (self->page_view);
  guint anchor = kutip_page_view_get_anchor (self->page_view);
  guint caret = kutip_page_view_get_caret (self->page_view);
  KutipRange selection = { MIN (anchor, caret), MAX (anchor, caret) };
  KutipRange first, last;

  if (text == NULL)
    return;
  first = get_unit (text, unit, selection.start);
  if (first.start == first.end)
    first = get_unit (text, unit, kutip_segment_next (text, unit, selection.start));
  last = first;
  if (selection.start != selection.end)
    last = get_unit (text, unit, selection.end - 1);
  if (selection.start == first.start && selection.end == last.end &&
      selection.start != selection.end)
    last = get_unit (text, unit, kutip_segment_next (text, unit, selection.end - 1));
  kutip_page_view_select (self->page_view, first.start, MAX (first.end, last.end));
  g_signal_emit_by_name (self->page_view, "selected");
  kutip_page_view_reveal (self->page_view,
                          (KutipRange){ first.start, MAX (first.end, last.end) });
}

/* From the word at the caret, or the next one, to the end of the part of the sentence;
 * when that is selected already, of the part after it too. */
static void
on_select_part (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KutipArticleView *self = KUTIP_ARTICLE_VIEW (widget);
  KutipText *text = kutip_page_view_get_text (self->page_view);
  guint anchor = kutip_page_view_get_anchor (self->page_view);
  guint caret = kutip_page_view_get_caret (self->page_view);
  KutipRange part = { MIN (anchor, caret), MAX (anchor, caret) };
  guint selected = part.end;
  guint end = selected;

  if (text == NULL)
    return;
  /* A mark that opened the first part may be closed in the next one. */
  while (part.start > 0 && part.start < part.end &&
         g_unichar_ispunct (kutip_text_get_char (text, part.start - 1)))
    part.start--;
  anchor = part.start;
  while (part.end <= selected && end < kutip_text_get_length (text))
    {
      end = kutip_clause_next (text, end);
      part = kutip_segment_snap (text, (KutipRange){ anchor, end });
    }
  kutip_page_view_select (self->page_view, part.start, part.end);
  g_signal_emit_by_name (self->page_view, "selected");
  kutip_page_view_reveal (self->page_view, part);
}

static void
on_select_unit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KutipUnit unit = KUTIP_UNIT_WORD;

  if (g_str_equal (action, "article.select-sentence"))
    unit = KUTIP_UNIT_SENTENCE;
  else if (g_str_equal (action, "article.select-paragraph"))
    unit = KUTIP_UNIT_PARAGRAPH;
  select_unit (KUTIP_ARTICLE_VIEW (widget), unit);
}

static void
on_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kutip_article_view_show_menu_at_caret (KUTIP_ARTICLE_VIEW (widget));
}

static void
bind_keys (GtkWidgetClass *class)
{
  for (const KutipArticleKey *key = keys; key->action != NULL; key++)
    {
      g_auto (GStrv) words = g_strsplit (key->keys, " ", -1);

      for (guint i = 0; words[i] != NULL; i++)
        {
          g_autoptr (GtkShortcut) shortcut =
              gtk_shortcut_new (gtk_shortcut_trigger_parse_string (words[i]),
                                gtk_named_action_new (key->action));

          gtk_widget_class_add_shortcut (class, shortcut);
        }
    }
}

void
kutip_article_view_install_actions (GtkWidgetClass *class)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_install_action (class, moves[i].action, NULL, on_move);
  for (guint i = 0; i < G_N_ELEMENTS (clause_moves); i++)
    gtk_widget_class_install_action (class, clause_moves[i], NULL, on_clause_move);
  gtk_widget_class_install_action (class, "article.select-word", NULL, on_select_unit);
  gtk_widget_class_install_action (class, "article.select-part", NULL, on_select_part);
  gtk_widget_class_install_action (class, "article.select-sentence", NULL,
                                   on_select_unit);
  gtk_widget_class_install_action (class, "article.select-paragraph", NULL,
                                   on_select_unit);
  gtk_widget_class_install_action (class, "article.menu", NULL, on_menu);
  gtk_widget_class_install_property_action (class, "article.show-all-links",
                                            "show-all-links");
  bind_keys (class);
}
