/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/codebook.h"

#include "ui/foreign-words.h"
#include "ui/label/label-look.h"

#include <glib/gi18n.h>
#include <string.h>

/* Characters of a label's guidelines in a tip. */
#define MAX_TIP 400

static cmark_node *
append (cmark_node *parent, cmark_node_type type)
{
  cmark_node *node = cmark_node_new (type);

  cmark_node_append_child (parent, node);
  return node;
}

static void
append_text (cmark_node *parent, cmark_node_type type, const char *text)
{
  cmark_node *node = append (parent, type);

  if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
    cmark_node_set_literal (node, text);
  else
    append_text (node, CMARK_NODE_TEXT, text);
}

static cmark_node *
append_heading (cmark_node *parent, int level, const char *text)
{
  cmark_node *node = append (parent, CMARK_NODE_HEADING);

  cmark_node_set_heading_level (node, level);
  append_text (node, CMARK_NODE_TEXT, text);
  return node;
}

static void
append_paragraph (cmark_node *parent, const char *text)
{
  if (text != NULL && *text != '\0')
    append_text (append (parent, CMARK_NODE_PARAGRAPH), CMARK_NODE_TEXT, text);
}

/* The headings of a part are below that of the whole. */
static void
append_markdown (cmark_node *parent, const char *markdown, int below)
{
  cmark_node *part, *child;

  if (markdown == NULL)
    return;
  part = cmark_parse_document (markdown, strlen (markdown),
                               CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
  while ((child = cmark_node_first_child (part)) != NULL)
    {
      if (cmark_node_get_type (child) == CMARK_NODE_HEADING)
        cmark_node_set_heading_level (
            child, MIN (6, cmark_node_get_heading_level (child) + below));
      cmark_node_unlink (child);
      cmark_node_append_child (parent, child);
    }
  cmark_node_free (part);
}

static char *
join_values (KutipTagset *tagset, const KutipAttributeType *type)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; type->values[i] != NULL; i++)
    {
      g_autofree char *value =
          kutip_foreign_words (kutip_tagset_translate (tagset, type->values[i]), 0);

      g_string_append_printf (list, "%s%s", i > 0 ? _ (", ") : "", value);
    }
  return g_string_free (list, FALSE);
}

/* "Form: indirect, direct. Whether the words are …" */
static void
append_attribute (cmark_node *list, KutipTagset *tagset, const char *name)
{
  const KutipAttributeType *type = kutip_tagset_get_attribute (tagset, name);
  cmark_node *paragraph = append (append (list, CMARK_NODE_ITEM), CMARK_NODE_PARAGRAPH);
  g_autofree char *title =
      kutip_foreign_words (kutip_tagset_translate (tagset, type->title), 0);
  g_autofree char *values = join_values (tagset, type);
  g_autofree char *rest = NULL;
  const char *description = kutip_tagset_translate (tagset, type->description);

  append_text (paragraph, CMARK_NODE_STRONG, title);
  rest = g_strdup_printf ("%s%s%s%s", *values != '\0' ? ": " : "", values,
                          description != NULL ? ". " : "",
                          description != NULL ? description : "");
  append_text (paragraph, CMARK_NODE_TEXT, rest);
}

static void
append_attributes (cmark_node *parent, KutipTagset *tagset, const char *const *names)
{
  cmark_node *list;

  if (names[0] == NULL)
    return;
  list = append (parent, CMARK_NODE_LIST);
  cmark_node_set_list_type (list, CMARK_BULLET_LIST);
  for (guint i = 0; names[i] != NULL; i++)
    append_attribute (list, tagset, names[i]);
}

static void
append_label (cmark_node *document, KutipTagset *tagset, const KutipLabelType *label)
{
  g_autofree char *title =
      kutip_foreign_words (kutip_tagset_translate (tagset, label->title), 0);
  g_autofree char *with_key = NULL;
  char key[7] = { 0 };
  cmark_node *heading;

  if (label->key != 0)
    g_unichar_to_utf8 (label->key, key);
  /* Translators: %1$s is the title of a label, %2$s its key. */
  with_key = label->key != 0 ? g_strdup_printf (_ ("%1$s (key %2$s)"), title, key)
                             : g_strdup (title);
  heading = append_heading (document, 2, with_key);
  cmark_node_set_user_data (heading, (gpointer) label->name);
  append_paragraph (document, kutip_tagset_translate (tagset, label->description));
  append_markdown (document, label->guidelines, 2);
  append_attributes (document, tagset, label->attributes);
}

static char *
join_labels (KutipTagset *tagset, const char *const *names)
{
  GString *list = g_string_new (NULL);

  if (names[0] == NULL)
    g_string_append (list, _ ("any label"));
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? _ (", ") : "",
                            kutip_label_look_get (tagset, names[i])->title);
  return g_string_free (list, FALSE);
}

static void
append_relations (cmark_node *document, KutipTagset *tagset)
{
  cmark_node *list;

  if (kutip_tagset_get_n_relations (tagset) == 0)
    return;
  append_heading (document, 2, _ ("Links"));
  list = append (document, CMARK_NODE_LIST);
  cmark_node_set_list_type (list, CMARK_BULLET_LIST);
  for (guint i = 0; i < kutip_tagset_get_n_relations (tagset); i++)
    {
      const KutipRelationType *type = kutip_tagset_get_nth_relation (tagset, i);
      cmark_node *item = append (list, CMARK_NODE_ITEM);
      cmark_node *paragraph = append (item, CMARK_NODE_PARAGRAPH);
      g_autofree char *from = join_labels (tagset, type->from);
      g_autofree char *to = join_labels (tagset, type->to);
      g_autofree char *ends = g_strdup_printf (": %s → %s. ", from, to);
      const char *description = kutip_tagset_translate (tagset, type->description);
      g_autofree char *title =
          kutip_foreign_words (kutip_tagset_translate (tagset, type->title), 0);

      append_text (paragraph, CMARK_NODE_STRONG, title);
      append_text (paragraph, CMARK_NODE_TEXT, ends);
      if (description != NULL)
        append_text (paragraph, CMARK_NODE_TEXT, description);
    }
}

cmark_node *
kutip_codebook_new (KutipTagset *tagset, const char *guidelines)
{
  cmark_node *document = cmark_node_new (CMARK_NODE_DOCUMENT);
  const char *const *of_articles = kutip_tagset_get_article_attributes (tagset);
  g_autofree char *name = kutip_foreign_words (
      kutip_tagset_translate (tagset, kutip_tagset_get_name (tagset)), 0);
  g_autofree char *version = kutip_foreign_words (kutip_tagset_get_version (tagset), 0);
  g_autofree char *title = NULL;

  /* Translators: %1$s is the name of a tag set, %2$s its version. */
  title = g_strdup_printf (_ ("%1$s, version %2$s"), name, version);
  append_heading (document, 1, title);
  append_markdown (document, guidelines, 0);
  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    append_label (document, tagset, kutip_tagset_get_nth_label (tagset, i));
  append_relations (document, tagset);
  if (of_articles[0] != NULL)
    append_heading (document, 2, _ ("Whole Articles"));
  append_attributes (document, tagset, of_articles);
  return document;
}

static void
append_plain (GString *out, cmark_node *node, cmark_event_type event)
{
  switch ((int) cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_HTML_BLOCK:
      if (event == CMARK_EVENT_ENTER)
        g_string_append (out, cmark_node_get_literal (node));
      break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
      g_string_append_c (out, ' ');
      break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
      if (event == CMARK_EVENT_EXIT)
        g_string_append_c (out, '\n');
      break;
    case CMARK_NODE_ITEM:
      if (event == CMARK_EVENT_ENTER)
        g_string_append (out, "• ");
      break;
    default:
      break;
    }
}

static char *
make_plain (const char *markdown)
{
  cmark_node *document = cmark_parse_document (
      markdown, strlen (markdown), CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
  cmark_iter *iter = cmark_iter_new (document);
  GString *out = g_string_new (NULL);
  cmark_event_type event;
  char *cut;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    append_plain (out, cmark_iter_get_node (iter), event);
  cmark_iter_free (iter);
  cmark_node_free (document);
  g_strchomp (out->str);
  if (g_utf8_strlen (out->str, -1) <= MAX_TIP)
    return g_string_free (out, FALSE);
  cut = g_utf8_substring (out->str, 0, MAX_TIP);
  g_string_assign (out, cut);
  g_string_append (out, "…");
  g_free (cut);
  return g_string_free (out, FALSE);
}

char *
kutip_codebook_describe_label (KutipTagset *tagset, const KutipLabelType *label)
{
  const char *description = kutip_label_look_describe (tagset, label->description);
  g_autofree char *guidelines = NULL;

  if (label->guidelines == NULL || *label->guidelines == '\0')
    return g_strdup (description);
  guidelines = make_plain (label->guidelines);
  if (description == NULL)
    return g_steal_pointer (&guidelines);
  return g_strdup_printf ("%s\n\n%s", description, guidelines);
}
