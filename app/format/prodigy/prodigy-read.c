/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/draft.h"
#include "format/lines.h"
#include "format/prodigy/prodigy-tokens.h"
#include "format/prodigy/prodigy.h"

#include <glib/gi18n.h>
#include <string.h>

/* "answer" is understood where it is the usual one. */
const char *const kutip_prodigy_task_members[] = {
  "_annotator_id", "_view_id", "meta",   "path", "relations",
  "spans",         "text",     "tokens", NULL,
};
const char *const kutip_prodigy_span_members[] = {
  "start", "end",  "token_start", "token_end", "label",   "group",    "id", "attributes",
  "links", "note", "unsure",      "origin",    "created", "modified", NULL,
};
const char *const kutip_prodigy_relation_members[] = {
  "head",  "child", "head_span", "child_span", "label",   "from",     "to",         "id",
  "event", "note",  "unsure",    "origin",     "created", "modified", "attributes", NULL,
};

typedef struct
{
  KutipSource *source;
  KutipJsonTree *tree;
  KutipDraft *draft;
  KutipReport *report;
  const KutipJsonNode *task;
  /* Which draft span stands so: "start-end-label" and, by its last token, "token"; and
   * which is called so: "id ID". */
  GHashTable *places;
  KutipProdigyTokens tokens;
  GString *relations; /* between tokens that are no spans */
} Reading;

/* What there is no way back for; null says nothing. */
static void
leave_out (Reading *self, const KutipJsonNode *member)
{
  if (member->type != KUTIP_JSON_NULL)
    kutip_report_add_left_out (self->report, "unknown-member", self->source->name, NULL,
                               kutip_json_tree_get_line (self->tree, member),
                               member->name);
}

/* Whether it is a number or string that is read where it stands. */
static gboolean
is_place (const KutipJsonNode *member)
{
  static const char *const names[] = { "start", "end",   "token_start", "token_end",
                                       "label", "group", "head",        "child",
                                       "from",  "to",    NULL };

  return g_strv_contains (names, member->name) &&
         kutip_json_node_get_word (member) != NULL;
}

static char *
describe_place (const KutipJsonNode *span)
{
  guint start, end;
  const char *label = kutip_json_node_get_member (span, "label");

  if (!kutip_json_node_get_uint (kutip_json_node_get (span, "start"), &start) ||
      !kutip_json_node_get_uint (kutip_json_node_get (span, "end"), &end))
    return NULL;
  return g_strdup_printf ("%u-%u-%s", start, end, label == NULL ? "" : label);
}

static void
note_place (Reading *self, const KutipJsonNode *node, KutipDraftSpan *span)
{
  char *place = describe_place (node);
  const char *id = kutip_json_node_get_member (node, "id");
  guint token;

  if (id != NULL)
    g_hash_table_insert (self->places, g_strconcat ("id ", id, NULL), span);
  if (place != NULL && !g_hash_table_contains (self->places, place))
    g_hash_table_insert (self->places, place, span);
  else
    g_free (place);
  if (!kutip_json_node_get_uint (kutip_json_node_get (node, "token_end"), &token))
    return;
  place = g_strdup_printf ("%u", token);
  if (g_hash_table_contains (self->places, place))
    g_free (place);
  else
    g_hash_table_insert (self->places, place, span);
}

/* Prodigy says the words of a span that a model found. */
static void
check_text (Reading *self, const KutipJsonNode *node, guint start, guint end)
{
  const char *said = kutip_json_node_get_member (node, "text");
  KutipRange range = { start, end };
  g_autofree char *there = NULL;

  if (said == NULL)
    return;
  there = kutip_text_dup_range (kutip_draft_get_text (self->draft), range);
  if (strcmp (there, said) != 0)
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, "other-text",
                      self->source->name, kutip_json_node_get_member (node, "id"),
                      kutip_json_tree_get_line (self->tree, node), said);
}

/* Tokens are counted anew when it is written. */
static void
check_token (Reading *self,
             const KutipJsonNode *node,
             const char *name,
             gboolean is_start)
{
  const KutipJsonNode *said = kutip_json_node_get (node, name);
  const KutipJsonNode *place = kutip_json_node_get (node, is_start ? "start" : "end");
  guint token, offset;

  if (self->tokens.are_whole && kutip_json_node_get_word (said) != NULL &&
      kutip_json_node_get_uint (place, &offset) &&
      !(kutip_json_node_get_uint (said, &token) &&
        kutip_prodigy_tokens_hold (&self->tokens, token, offset, is_start)))
    leave_out (self, said);
}

static void
check_tokens_of (Reading *self, const KutipJsonNode *node)
{
  check_token (self, node, "token_start", TRUE);
  check_token (self, node, "token_end", FALSE);
}

static gboolean
read_span (Reading *self, const KutipJsonNode *node, GError **error)
{
  const char *group = kutip_json_node_get_member (node, "group");
  g_autofree char *key = group == NULL ? NULL : g_strconcat ("group ", group, NULL);
  KutipDraftSpan *span = kutip_draft_get_span (self->draft, key, node);
  gboolean is_first = span->ranges->len == 0;
  guint start = 0, end = 0;

  if (!kutip_json_node_get_uint (kutip_json_node_get (node, "start"), &start) ||
      !kutip_json_node_get_uint (kutip_json_node_get (node, "end"), &end))
    return kutip_json_tree_fail (
        self->tree, node, error,
        _ ("a span needs a “start” and an “end”, whole numbers"));
  if (!kutip_draft_add_range (self->draft, span, node, KUTIP_OFFSETS_CODE_POINTS, start,
                              end, error))
    return FALSE;
  check_text (self, node, start, end);
  check_tokens_of (self, node);
  note_place (self, node, span);
  if (span->fields.label == NULL)
    span->fields.label =
        kutip_draft_keep (self->draft, kutip_json_node_get_member (node, "label"));
  for (const KutipJsonNode *child = node->first; child != NULL; child = child->next)
    {
      if (kutip_draft_take_span_member (self->draft, span, child) || is_place (child))
        continue;
      /* That of the first piece is kept: no object can say it twice. */
      if (is_first && !g_strv_contains (kutip_prodigy_span_members, child->name))
        kutip_draft_keep_unknown (&span->unknown, child);
      else
        leave_out (self, child);
    }
  return TRUE;
}

/* --- tokens --- */

/* What a token says of itself is what stands there; TRUE where it says too little. */
static gboolean
is_token_there (Reading *self, const KutipJsonNode *token)
{
  KutipText *text = kutip_draft_get_text (self->draft);
  const KutipJsonNode *said = kutip_json_node_get (token, "text");
  KutipRange range;
  const char *there;
  gsize n_bytes;

  if (kutip_json_node_get_string (said) == NULL ||
      !kutip_json_node_get_uint (kutip_json_node_get (token, "start"), &range.start) ||
      !kutip_json_node_get_uint (kutip_json_node_get (token, "end"), &range.end))
    return TRUE;
  if (range.start > range.end || range.end > kutip_text_get_length (text))
    return FALSE;
  there = kutip_text_peek_range (text, range, &n_bytes);
  return n_bytes == said->n_bytes && memcmp (there, said->string, n_bytes) == 0;
}

/* A model says more of some tokens: one of these is enough, too. */
static const KutipJsonNode *
find_other_member (const KutipJsonNode *token)
{
  static const char *const names[] = { "text", "start", "end", "id", "ws", NULL };

  for (const KutipJsonNode *child = kutip_json_node_is_object (token) ? token->first
                                                                      : NULL;
       child != NULL; child = child->next)
    if (!g_strv_contains (names, child->name) && child->type != KUTIP_JSON_NULL)
      return child;
  return NULL;
}

/* Spans are read by their offsets in the text, whatever the tokens are; but tokens of
 * another text tell that something happened to it. One is enough: the others behind it
 * would be told by the thousand. */
static gboolean
check_tokens (Reading *self, GError **error)
{
  const KutipJsonNode *list = kutip_json_node_get (self->task, "tokens");
  const KutipJsonNode *token, *other;
  KutipText *text = kutip_draft_get_text (self->draft);
  gboolean is_other = FALSE, has_more = FALSE;
  g_auto (KutipJsonElements) elements = { NULL };

  if (list == NULL || list->type == KUTIP_JSON_NULL)
    return TRUE;
  if (!kutip_json_node_is_array (list))
    return kutip_json_tree_fail (self->tree, list, error, _ ("a list was expected here"));
  kutip_json_elements_init (&elements, self->tree, list);
  self->tokens.are_whole = TRUE;
  while ((token = kutip_json_elements_next (&elements)) != NULL)
    {
      kutip_prodigy_tokens_add (&self->tokens, text, token);
      other = has_more ? NULL : find_other_member (token);
      if (other != NULL)
        leave_out (self, other);
      has_more |= other != NULL;
      if (is_other || is_token_there (self, token))
        continue;
      is_other = TRUE;
      kutip_report_add_left_out (
          self->report, "other-text", self->source->name,
          kutip_json_node_get_word (kutip_json_node_get (token, "id")),
          kutip_json_tree_get_line (self->tree, token),
          kutip_json_node_get_member (token, "text"));
    }
  kutip_prodigy_tokens_finish (&self->tokens, text);
  /* Of tokens that are not those of this text, none are kept. */
  if (!self->tokens.are_whole && self->tokens.n > 0 && !is_other)
    leave_out (self, list);
  return TRUE;
}

/* --- relations --- */

/* The span at an end of a relation, by its place or its last token. */
static KutipDraftSpan *
find_end (Reading *self, const KutipJsonNode *place, const KutipJsonNode *token)
{
  g_autofree char *described = describe_place (place);
  const char *word = kutip_json_node_get_word (token);
  KutipDraftSpan *span = NULL;

  if (described != NULL)
    span = g_hash_table_lookup (self->places, described);
  if (span == NULL && word != NULL)
    span = g_hash_table_lookup (self->places, word);
  return span;
}

/* Whether @member of an end is what is written of its span. */
static gboolean
is_of_span (Reading *self, const KutipJsonNode *member, const KutipDraftSpan *span)
{
  KutipRange range = g_array_index (span->ranges, KutipRange, 0);
  const char *word = kutip_json_node_get_word (member);
  g_autofree char *key = NULL;
  guint offset;

  if (strcmp (member->name, "label") == 0)
    return g_strcmp0 (word, span->fields.label) == 0;
  if (strcmp (member->name, "start") == 0 || strcmp (member->name, "end") == 0)
    return kutip_json_node_get_uint (member, &offset) &&
           offset == (strcmp (member->name, "start") == 0 ? range.start : range.end);
  if (strcmp (member->name, "group") != 0)
    return g_str_has_prefix (member->name, "token_") && word != NULL;
  key = g_strconcat ("group ", word, NULL);
  return word != NULL && kutip_draft_find_span (self->draft, key) == span;
}

/* What an end says that is not what is made anew from its span. */
static void
check_end (Reading *self,
           const KutipJsonNode *relation,
           const char *name,
           const char *token_name,
           const KutipDraftSpan *span)
{
  const KutipJsonNode *end = kutip_json_node_get (relation, name);
  const KutipJsonNode *token = kutip_json_node_get (relation, token_name);
  guint number;

  if (span == NULL)
    return;
  if (self->tokens.are_whole && kutip_json_node_get_uint (token, &number) &&
      !kutip_prodigy_tokens_hold (&self->tokens, number,
                                  g_array_index (span->ranges, KutipRange, 0).end, FALSE))
    leave_out (self, token);
  if (end != NULL && !kutip_json_node_is_object (end))
    leave_out (self, end);
  if (!kutip_json_node_is_object (end))
    return;
  check_tokens_of (self, end);
  for (const KutipJsonNode *child = end->first; child != NULL; child = child->next)
    if (!is_of_span (self, child, span))
      leave_out (self, child);
}

/* The span that an end of a relation is, by what it is called or where it stands; NULL:
 * there is none. */
static KutipDraftSpan *
resolve (Reading *self,
         const char *id,
         const KutipJsonNode *place,
         const KutipJsonNode *token)
{
  g_autofree char *key = g_strconcat ("id ", id, NULL);

  return id != NULL ? g_hash_table_lookup (self->places, key)
                    : find_end (self, place, token);
}

/* Whether it leads from token to token, and one of them is no span. */
static gboolean
is_of_tokens (Reading *self, const KutipJsonNode *node)
{
  static const char *const ends[][3] = { { "from", "head_span", "head" },
                                         { "to", "child_span", "child" } };
  gboolean of_tokens = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const KutipJsonNode *token = kutip_json_node_get (node, ends[i][2]);
      guint number;

      if (kutip_json_node_get_member (node, ends[i][0]) != NULL ||
          !kutip_json_node_get_uint (token, &number) || number >= self->tokens.n)
        return FALSE;
      of_tokens |= find_end (self, kutip_json_node_get (node, ends[i][1]), token) == NULL;
    }
  return of_tokens;
}

static void
keep_relation (Reading *self, const KutipJsonNode *node)
{
  kutip_report_add (self->report, KUTIP_REPORT_WARNING, "no-span", self->source->name,
                    NULL, kutip_json_tree_get_line (self->tree, node),
                    kutip_json_node_get_member (node, "label"));
  if (self->relations == NULL)
    self->relations = g_string_new (NULL);
  g_string_append (self->relations, self->relations->len == 0 ? "[" : ", ");
  kutip_json_node_append (self->relations, node);
}

static gboolean
read_relation (Reading *self, const KutipJsonNode *node, GError **error)
{
  KutipDraftRelation *relation;
  KutipRelationFields *fields;
  KutipDraftSpan *from, *to;
  const KutipJsonNode *head = kutip_json_node_get (node, "head");
  const KutipJsonNode *tail = kutip_json_node_get (node, "child");

  if (!kutip_json_node_is_object (node))
    return kutip_json_tree_fail (self->tree, node, error,
                                 _ ("an object was expected here"));
  if (is_of_tokens (self, node))
    {
      keep_relation (self, node);
      return TRUE;
    }
  relation = kutip_draft_add_relation (self->draft, node);
  fields = &relation->fields;
  fields->label =
      kutip_draft_keep (self->draft, kutip_json_node_get_member (node, "label"));
  fields->from =
      kutip_draft_keep (self->draft, kutip_json_node_get_member (node, "from"));
  fields->to = kutip_draft_keep (self->draft, kutip_json_node_get_member (node, "to"));
  from = resolve (self, fields->from, kutip_json_node_get (node, "head_span"), head);
  to = resolve (self, fields->to, kutip_json_node_get (node, "child_span"), tail);
  if (fields->from == NULL)
    relation->from_span = from;
  if (fields->to == NULL)
    relation->to_span = to;
  relation->from = kutip_draft_keep (self->draft, kutip_json_node_get_word (head));
  relation->to = kutip_draft_keep (self->draft, kutip_json_node_get_word (tail));
  for (const KutipJsonNode *child = node->first; child != NULL; child = child->next)
    if (kutip_draft_take_relation_member (self->draft, relation, child) ||
        is_place (child))
      continue;
    else if (!g_strv_contains (kutip_prodigy_relation_members, child->name))
      kutip_draft_keep_unknown (&relation->unknown, child);
    else if (!g_str_has_suffix (child->name, "_span"))
      leave_out (self, child);
  check_end (self, node, "head_span", "head", from);
  check_end (self, node, "child_span", "child", to);
  return TRUE;
}

static gboolean
read_list (Reading *self,
           const char *name,
           gboolean (*read) (Reading *, const KutipJsonNode *, GError **),
           GError **error)
{
  const KutipJsonNode *list = kutip_json_node_get (self->task, name);
  const KutipJsonNode *element;
  g_auto (KutipJsonElements) elements = { NULL };

  if (list == NULL || list->type == KUTIP_JSON_NULL)
    return TRUE;
  if (!kutip_json_node_is_array (list))
    return kutip_json_tree_fail (self->tree, list, error, _ ("a list was expected here"));
  kutip_json_elements_init (&elements, self->tree, list);
  while ((element = kutip_json_elements_next (&elements)) != NULL)
    if (!read (self, element, error))
      return FALSE;
  return TRUE;
}

/* What "meta" says and Kutip has no place for becomes an attribute of the article. */
static void
read_meta (Reading *self, const KutipJsonNode *meta)
{
  KutipHeaderFields *header = kutip_draft_get_header (self->draft);
  GString *kept = NULL;

  if (meta != NULL && !kutip_json_node_is_object (meta))
    leave_out (self, meta);
  if (!kutip_json_node_is_object (meta))
    return;
  for (const KutipJsonNode *child = meta->first; child != NULL; child = child->next)
    if (!kutip_draft_take_header_member (self->draft, child))
      {
        kutip_draft_take_attribute (self->draft, &header->attributes, child);
        kutip_draft_keep_unknown (&kept, child);
      }
  if (kept == NULL)
    return;
  g_string_append_c (kept, '}');
  kutip_draft_keep_json (kutip_draft_get_unknown (self->draft), "meta", kept->str);
  g_string_free (kept, TRUE);
}

/* Only what was accepted is good; anything else is kept and told. */
static void
read_answer (Reading *self, const KutipJsonNode *answer)
{
  const char *word = kutip_json_node_get_string (answer);

  if (g_strcmp0 (word, "accept") == 0)
    {
      kutip_draft_get_header (self->draft)->status = KUTIP_STATUS_DONE;
      return;
    }
  kutip_draft_keep_unknown (kutip_draft_get_unknown (self->draft), answer);
  kutip_report_add (self->report, KUTIP_REPORT_WARNING, "answer", self->source->name,
                    NULL, kutip_json_tree_get_line (self->tree, answer), word);
}

/* What is neither read nor the view that Kutip writes. */
static gboolean
is_kept (const KutipJsonNode *member, gboolean is_session)
{
  if (strcmp (member->name, "_view_id") == 0)
    return g_strcmp0 (kutip_json_node_get_string (member), KUTIP_PRODIGY_VIEW) != 0;
  return strcmp (member->name, "answer") != 0 &&
         !(is_session && strcmp (member->name, "_session_id") == 0) &&
         !g_strv_contains (kutip_prodigy_task_members, member->name);
}

static KutipLayer *
read_layer (Reading *self, GError **error)
{
  KutipHeaderFields *header = kutip_draft_get_header (self->draft);
  const char *annotator = kutip_json_node_get_member (self->task, "_annotator_id");
  const KutipJsonNode *answer = kutip_json_node_get (self->task, "answer");
  gboolean is_session = annotator == NULL;

  if (is_session)
    annotator = kutip_json_node_get_member (self->task, "_session_id");
  if (annotator != NULL && *annotator != '\0')
    header->annotator = kutip_draft_keep (self->draft, annotator);
  if (answer != NULL)
    read_answer (self, answer);
  read_meta (self, kutip_json_node_get (self->task, "meta"));
  for (const KutipJsonNode *child = self->task->first; child != NULL; child = child->next)
    if (is_kept (child, is_session))
      kutip_draft_keep_unknown (kutip_draft_get_unknown (self->draft), child);
  if (!check_tokens (self, error) || !read_list (self, "spans", read_span, error) ||
      !read_list (self, "relations", read_relation, error))
    return NULL;
  if (self->relations != NULL)
    {
      g_string_append_c (self->relations, ']');
      kutip_draft_keep_json (kutip_draft_get_unknown (self->draft), "relations",
                             self->relations->str);
    }
  return kutip_draft_finish (self->draft, KUTIP_PRODIGY, error);
}

/* Reads one task into @record, which is made by the first. */
static gboolean
read_task (KutipSource *source,
           KutipJsonTree *tree,
           guint64 line,
           KutipReport *report,
           KutipRecord **record,
           GError **error)
{
  const KutipJsonNode *task = kutip_json_tree_get_root (tree);
  const char *given = kutip_json_node_get_member (task, "path");
  const char *content = kutip_json_node_get_member (task, "text");
  g_autofree char *path = NULL;
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipDraft) draft = NULL;
  g_autoptr (GHashTable) places =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading;
  KutipLayer *layer;

  if (content == NULL)
    return kutip_json_tree_fail (tree, task, error, _ ("there is no “text”"));
  path = given != NULL && *given != '\0' ? g_strdup (given)
                                         : kutip_lines_make_path (source, NULL, line);
  text = kutip_text_new (content);
  draft = kutip_draft_new (tree, text);
  reading = (Reading){ .source = source,
                       .tree = tree,
                       .draft = draft,
                       .report = report,
                       .task = task,
                       .places = places };
  kutip_prodigy_tokens_init (&reading.tokens);
  layer = read_layer (&reading, error);
  if (layer != NULL)
    kutip_prodigy_tokens_keep (&reading.tokens, text, layer);
  kutip_prodigy_tokens_clear (&reading.tokens);
  if (reading.relations != NULL)
    g_string_free (reading.relations, TRUE);
  if (layer == NULL)
    return FALSE;
  if (*record != NULL &&
      strcmp (content, kutip_text_get_utf8 (kutip_article_get_text ((*record)->article),
                                            NULL)) != 0)
    {
      g_object_unref (layer);
      return kutip_json_tree_fail (tree, task, error,
                                   _ ("this is another text than on the line before"));
    }
  if (*record == NULL)
    {
      g_autoptr (KutipArticle) article = kutip_record_make_article (path, text);

      *record = kutip_record_new (path, article);
    }
  g_ptr_array_add ((*record)->layers, layer);
  return TRUE;
}

/* A KutipJsonChoose: what may be long is held an element at a time. */
static KutipJsonChoice
choose (guint n_objects, const char *owner, const char *name)
{
  if (n_objects != 1)
    return KUTIP_JSON_KEEP;
  return strcmp (name, "tokens") == 0 || strcmp (name, "spans") == 0 ||
                 strcmp (name, "relations") == 0
             ? KUTIP_JSON_APART
             : KUTIP_JSON_KEEP;
}

gboolean
kutip_prodigy_read (KutipSource *source,
                    const KutipFormatOptions *options,
                    KutipRecordFunc emit,
                    gpointer data,
                    KutipReport *report,
                    GError **error)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (source->bytes, &n_bytes);
  const char *end = n_bytes == 0 ? bytes : bytes + n_bytes;
  gboolean spread = n_bytes > 0 && kutip_lines_is_spread (bytes, end);
  g_autoptr (KutipRecord) record = NULL;
  guint64 number = source->line;

  for (const char *next; bytes < end; bytes = next, number++)
    {
      g_autoptr (KutipJsonTree) tree = NULL;

      next = spread ? end : kutip_lines_find_end (bytes, end);
      if (kutip_lines_is_blank (bytes, next))
        continue;
      tree = kutip_json_tree_new_with_choice (bytes, (gsize) (next - bytes), number,
                                              choose, error);
      if (tree == NULL || !read_task (source, tree, number, report, &record, error))
        return FALSE;
    }
  return record == NULL || emit (g_steal_pointer (&record), data, error);
}
