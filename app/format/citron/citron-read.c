/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/citron/citron.h"

#include "format/draft.h"
#include "format/web-annotation/selector.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

const char *const kutip_citron_members[] = {
  "quotes", "text", "coreference_groups", "path", "annotator", NULL,
};
const char *const kutip_citron_quote_members[] = {
  "cue", "sources", "contents", "coreferences", "confidence", "id", NULL,
};

const char *const kutip_citron_place_members[] = {
  "start", "end", "text", "id", NULL,
};

typedef struct
{
  KutipSource *source;
  const KutipFormatOptions *options;
  KutipReport *report;
  KutipJsonTree *tree;
  const KutipJsonNode *root;
  const char *path;
  KutipDraft *draft;
  KutipOffsetUnit unit;
} Reading;

static gboolean
read_selector (Reading *self,
               const KutipJsonNode *node,
               KutipSelector *selector,
               GError **error)
{
  *selector = (KutipSelector){ .position = node };
  if (!kutip_json_node_get_uint (kutip_json_node_get (node, "start"), &selector->start) ||
      !kutip_json_node_get_uint (kutip_json_node_get (node, "end"), &selector->end))
    return kutip_json_tree_fail (
        self->tree, node, error,
        _ ("a span needs a “start” and an “end”, whole numbers"));
  if (selector->end <= selector->start)
    return kutip_json_tree_fail (self->tree, node, error,
                                 _ ("the end is not behind the start"));
  selector->exact = kutip_json_node_get_member (node, "text");
  return TRUE;
}

static gboolean
add_place (Reading *self, KutipDraftSpan *span, const KutipJsonNode *node, GError **error)
{
  KutipSelector selector;
  gboolean moved = FALSE;

  if (!read_selector (self, node, &selector, error) ||
      !kutip_selector_apply (&selector, self->draft, span, self->unit, &moved, error))
    return FALSE;
  if (moved)
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, "other-text",
                      self->source->name, NULL,
                      kutip_json_tree_get_line (self->tree, node), selector.exact);
  return TRUE;
}

static void
leave_out (Reading *self, const KutipJsonNode *member)
{
  kutip_report_add_left_out (self->report, "unknown-member", self->source->name, NULL,
                             kutip_json_tree_get_line (self->tree, member), member->name);
}

/* What is not understood of a source or cue, which may be said at each quote: kept once,
 * as it is said first. */
static void
keep_others (Reading *self,
             const KutipJsonNode *node,
             KutipDraftSpan *span,
             gboolean is_new)
{
  GString *others = NULL;

  for (const KutipJsonNode *child = node->first; child != NULL; child = child->next)
    if (!g_strv_contains (kutip_citron_place_members, child->name))
      kutip_draft_keep_unknown (&others, child);
  if (others == NULL)
    return;
  if (is_new)
    {
      span->unknown = others;
      return;
    }
  for (const KutipJsonNode *child = node->first; child != NULL; child = child->next)
    if (!g_strv_contains (kutip_citron_place_members, child->name) &&
        (span->unknown == NULL || !g_string_equal (span->unknown, others)))
      leave_out (self, child);
  g_string_free (others, TRUE);
}

/* What a span is known by: its id, or its role and place. */
static KutipDraftSpan *
get_role (Reading *self, const KutipJsonNode *node, const char *label, GError **error)
{
  const char *id = kutip_json_node_get_word (kutip_json_node_get (node, "id"));
  g_autofree char *key = NULL;
  KutipSelector selector;
  KutipDraftSpan *span;

  if (!read_selector (self, node, &selector, error))
    return NULL;
  key = id != NULL ? g_strdup_printf ("id %s", id)
                   : g_strdup_printf ("%s %u %u", label, selector.start, selector.end);
  span = kutip_draft_find_span (self->draft, key);
  if (span != NULL)
    {
      keep_others (self, node, span, FALSE);
      return span;
    }
  span = kutip_draft_get_span (self->draft, key, node);
  keep_others (self, node, span, TRUE);
  span->fields.label = label;
  span->fields.id = kutip_draft_keep (self->draft, id);
  return add_place (self, span, node, error) ? span : NULL;
}

static void
link_spans (Reading *self,
            KutipDraftSpan *from,
            KutipDraftSpan *to,
            const char *label,
            const KutipJsonNode *node)
{
  KutipDraftRelation *relation = kutip_draft_add_relation (self->draft, node);

  relation->from_span = from;
  relation->to_span = to;
  relation->fields.label = label;
}

/* Each span of a list, linked from @from. */
static gboolean
link_list (Reading *self,
           const KutipJsonNode *list,
           KutipDraftSpan *from,
           const char *role,
           const char *label,
           GError **error)
{
  if (list != NULL && !kutip_json_node_is_array (list))
    return kutip_json_tree_fail (self->tree, list, error, _ ("a list was expected here"));
  for (const KutipJsonNode *child = list == NULL ? NULL : list->first; child != NULL;
       child = child->next)
    {
      KutipDraftSpan *span = get_role (self, child, role, error);

      if (span == NULL)
        return FALSE;
      link_spans (self, from, span, label, child);
    }
  return TRUE;
}

/* Other mentions of the source: linked from the first of its own. */
static gboolean
read_mentions (Reading *self, const KutipJsonNode *quote, GError **error)
{
  const KutipJsonNode *list = kutip_json_node_get (quote, "coreferences");
  const KutipJsonNode *sources = kutip_json_node_get (quote, "sources");
  KutipDraftSpan *source;

  if (list == NULL || list->n_children == 0 || sources == NULL || sources->first == NULL)
    return TRUE;
  source = get_role (self, sources->first, KUTIP_CITRON_SOURCE, error);
  return source != NULL &&
         link_list (self, list, source, KUTIP_CITRON_SOURCE, KUTIP_CITRON_SAME_AS, error);
}

static void
take_rest (Reading *self, const KutipJsonNode *quote, KutipDraftSpan *span)
{
  double confidence =
      kutip_json_node_get_double (kutip_json_node_get (quote, "confidence"));

  if (!isnan (confidence))
    {
      span->fields.origin_by = KUTIP_CITRON;
      span->fields.origin_score = confidence;
    }
  for (const KutipJsonNode *child = quote->first; child != NULL; child = child->next)
    if (!g_strv_contains (kutip_citron_quote_members, child->name))
      kutip_draft_keep_unknown (&span->unknown, child);
}

static gboolean
read_quote (Reading *self, const KutipJsonNode *quote, GError **error)
{
  const KutipJsonNode *contents = kutip_json_node_get (quote, "contents");
  const KutipJsonNode *cue = kutip_json_node_get (quote, "cue");
  const char *id = kutip_json_node_get_word (kutip_json_node_get (quote, "id"));
  g_autofree char *key = id == NULL ? NULL : g_strdup_printf ("id %s", id);
  KutipDraftSpan *span, *cue_span;

  if (!kutip_json_node_is_array (contents) || contents->first == NULL)
    return kutip_json_tree_fail (self->tree, quote, error,
                                 /* Translators: the word in quotes stays as it is. */
                                 _ ("a quote needs “contents”"));
  span = kutip_draft_find_span (self->draft, key);
  if (span != NULL && strcmp (span->fields.label, KUTIP_CITRON_QUOTE) == 0)
    return kutip_json_tree_fail (self->tree, quote, error, _ ("the id “%s” occurs twice"),
                                 id);
  /* It may have been met as the source of another quote, of which that has one piece. */
  span = kutip_draft_get_span (self->draft, key, quote);
  g_array_set_size (span->ranges, 0);
  g_ptr_array_set_size (span->texts, 0);
  for (const KutipJsonNode *one = contents->first; one != NULL; one = one->next)
    {
      if (!add_place (self, span, one, error))
        return FALSE;
      for (const KutipJsonNode *child = one->first; child != NULL; child = child->next)
        if (!g_strv_contains (kutip_citron_place_members, child->name))
          leave_out (self, child);
    }
  /* What was said of it there is another's. */
  if (span->unknown != NULL)
    {
      kutip_report_add_left_out (self->report, "unknown-member", self->source->name, id,
                                 kutip_json_tree_get_line (self->tree, quote), NULL);
      g_string_free (g_steal_pointer (&span->unknown), TRUE);
    }
  span->fields.label = KUTIP_CITRON_QUOTE;
  span->fields.id = kutip_draft_keep (self->draft, id);
  take_rest (self, quote, span);
  if (!link_list (self, kutip_json_node_get (quote, "sources"), span, KUTIP_CITRON_SOURCE,
                  KUTIP_CITRON_ATTRIBUTED_TO, error))
    return FALSE;
  if (kutip_json_node_is_object (cue))
    {
      cue_span = get_role (self, cue, KUTIP_CITRON_CUE, error);
      if (cue_span == NULL)
        return FALSE;
      link_spans (self, span, cue_span, KUTIP_CITRON_INTRODUCED_BY, cue);
    }
  return read_mentions (self, quote, error);
}

/* The members of a group are linked from its first. */
static gboolean
read_group (Reading *self, const KutipJsonNode *group, GError **error)
{
  KutipDraftSpan *first = NULL;

  if (!kutip_json_node_is_array (group))
    return kutip_json_tree_fail (self->tree, group, error,
                                 _ ("a list was expected here"));
  for (const KutipJsonNode *child = group->first; child != NULL; child = child->next)
    {
      KutipDraftSpan *span = get_role (self, child, KUTIP_CITRON_SOURCE, error);

      if (span == NULL)
        return FALSE;
      if (first != NULL && span != first)
        link_spans (self, first, span, KUTIP_CITRON_SAME_AS, child);
      first = first == NULL ? span : first;
    }
  return TRUE;
}

static gboolean
read_list (Reading *self,
           const char *name,
           gboolean (*read) (Reading *, const KutipJsonNode *, GError **),
           GError **error)
{
  const KutipJsonNode *list = kutip_json_node_get (self->root, name);

  if (list != NULL && !kutip_json_node_is_array (list))
    return kutip_json_tree_fail (self->tree, list, error, _ ("a list was expected here"));
  for (const KutipJsonNode *child = list == NULL ? NULL : list->first; child != NULL;
       child = child->next)
    if (!read (self, child, error))
      return FALSE;
  return TRUE;
}

/* Every object with a place in it, however deep. */
static void
collect_places (const KutipJsonNode *node, GArray *selectors)
{
  KutipSelector selector = { .position = node };

  if (kutip_json_node_get_uint (kutip_json_node_get (node, "start"), &selector.start) &&
      kutip_json_node_get_uint (kutip_json_node_get (node, "end"), &selector.end))
    {
      selector.exact = kutip_json_node_get_member (node, "text");
      g_array_append_val (selectors, selector);
      return;
    }
  for (const KutipJsonNode *child = node->first; child != NULL; child = child->next)
    collect_places (child, selectors);
}

static void
find_unit (Reading *self, KutipText *text)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (KutipSelector));
  const KutipJsonNode *quotes = kutip_json_node_get (self->root, "quotes");

  self->unit = self->options->offset_unit;
  if (self->unit != KUTIP_OFFSETS_AUTO || quotes == NULL)
    return;
  collect_places (quotes, all);
  self->unit = kutip_selector_find_unit (text, all);
}

static KutipLayer *
read_layer (Reading *self, KutipText *text, GError **error)
{
  g_autoptr (KutipDraft) draft = kutip_draft_new (self->tree, text);
  const char *annotator = kutip_json_node_get_member (self->root, "annotator");

  self->draft = draft;
  kutip_draft_get_header (draft)->annotator = annotator;
  find_unit (self, text);
  for (const KutipJsonNode *child = self->root->first; child != NULL; child = child->next)
    if (!g_strv_contains (kutip_citron_members, child->name))
      kutip_draft_keep_unknown (kutip_draft_get_unknown (draft), child);
  if (!read_list (self, "quotes", read_quote, error) ||
      !read_list (self, "coreference_groups", read_group, error))
    return NULL;
  return kutip_draft_finish (draft, KUTIP_CITRON, error);
}

/* "folder/name.json" is of "folder/name.txt". */
static char *
dup_path (KutipSource *source, const KutipJsonNode *root)
{
  const char *own = kutip_json_node_get_member (root, "path");
  gsize n = strlen (source->name);
  g_autofree char *stem = NULL;

  if (own != NULL && *own != '\0')
    return g_strdup (own);
  stem = g_strndup (source->name, g_str_has_suffix (source->name, ".json") ? n - 5 : n);
  return g_strconcat (stem, ".txt", NULL);
}

/* One file, added to @record, which is made by the first. */
static gboolean
read_file (Reading *self, GBytes *content, KutipRecord **record, GError **error)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (content, &n_bytes);
  g_autoptr (KutipJsonTree) tree = kutip_json_tree_new (bytes, n_bytes, 1, error);
  g_autofree char *path = NULL;
  g_autoptr (KutipText) text = NULL;
  KutipLayer *layer;
  const char *words;

  if (tree == NULL)
    return FALSE;
  self->tree = tree;
  self->root = kutip_json_tree_get_root (tree);
  words = kutip_json_node_get_member (self->root, "text");
  if (words == NULL)
    return kutip_json_tree_fail (tree, self->root, error, _ ("there is no “text”"));
  path = dup_path (self->source, self->root);
  self->path = path;
  text = kutip_text_new (words);
  layer = read_layer (self, text, error);
  if (layer == NULL)
    return FALSE;
  if (*record == NULL)
    {
      g_autoptr (KutipArticle) article = kutip_record_make_article (path, text);

      *record = kutip_record_new (path, article);
    }
  g_ptr_array_add ((*record)->layers, layer);
  return TRUE;
}

/* The files of the annotators of one article, as Kutip writes them: "name.json" and
 * "name_ANNOTATOR.json"; sorted. Only that file itself for one that another wrote. */
static char **
list_files (KutipSource *source)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (source->bytes, &n_bytes);
  g_autoptr (KutipJsonTree) tree =
      source->named ? NULL : kutip_json_tree_new (bytes, n_bytes, 1, NULL);
  const char *own =
      tree == NULL ? NULL
                   : kutip_json_node_get_member (kutip_json_tree_get_root (tree), "path");
  g_autofree char *base = g_path_get_basename (source->name);
  g_autofree char *stem = NULL;
  g_auto (GStrv) names = NULL;
  GPtrArray *found = g_ptr_array_new ();

  if (own != NULL)
    {
      stem = g_path_get_basename (own);
      if (g_str_has_suffix (stem, ".txt") && strlen (stem) > 4)
        stem[strlen (stem) - 4] = '\0';
      names = source->list (source, stem);
    }
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], ".json") &&
        (names[i][strlen (stem)] == '_' ||
         strcmp (names[i] + strlen (stem), ".json") == 0))
      g_ptr_array_add (found, g_strdup (names[i]));
  if (found->len == 0)
    g_ptr_array_add (found, g_steal_pointer (&base));
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (found, FALSE);
}

/* Whether @content is of the article at @path. */
static gboolean
is_of (GBytes *content, const char *path)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (content, &n_bytes);
  g_autoptr (KutipJsonTree) tree = kutip_json_tree_new (bytes, n_bytes, 1, NULL);

  return tree != NULL &&
         g_strcmp0 (kutip_json_node_get_member (kutip_json_tree_get_root (tree), "path"),
                    path) == 0;
}

/* The files beside this one of the same article; nothing when this is not the first of
 * them, which brings them all. */
static gboolean
read_others (Reading *self, char *const *names, KutipRecord **record, GError **error)
{
  g_autofree char *base = g_path_get_basename (self->source->name);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GBytes) content = NULL;
      g_autoptr (GError) local = NULL;

      if (strcmp (names[i], base) == 0)
        continue;
      content = self->source->fetch (self->source, names[i], &local);
      if (content == NULL || !is_of (content, (*record)->path))
        continue;
      if (strcmp (names[i], base) < 0)
        {
          g_clear_pointer (record, kutip_record_free);
          return TRUE;
        }
      if (!read_file (self, content, record, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kutip_citron_read (KutipSource *source,
                   const KutipFormatOptions *options,
                   KutipRecordFunc emit,
                   gpointer data,
                   KutipReport *report,
                   GError **error)
{
  Reading reading = { .source = source, .options = options, .report = report };
  g_auto (GStrv) names = list_files (source);
  g_autoptr (KutipRecord) record = NULL;

  if (!read_file (&reading, source->bytes, &record, error) ||
      !read_others (&reading, names, &record, error))
    return FALSE;
  return record == NULL || emit (g_steal_pointer (&record), data, error);
}
