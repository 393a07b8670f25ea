/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/draft.h"
#include "format/formats.h"
#include "format/json/json-head.h"
#include "format/text-apart.h"
#include "format/web-annotation/selector.h"

#include <glib/gi18n.h>
#include <string.h>

/* What Recogito's and Annotorious' text annotator export: annotations of one text, which
 * is a further input. Positions count UTF-16 units; several selectors are the pieces of a
 * span. What the same programs export by the W3C's model is "web-annotation". */

#define RECOGITO "recogito"
#define UNTAGGED "highlight"

typedef struct
{
  KutipSource *source;
  KutipReport *report;
  KutipJsonTree *tree;
  KutipDraft *draft;
  KutipOffsetUnit unit;
} Reading;

/* Of one person. */
typedef struct
{
  const char *name; /* "" for nobody known */
  GPtrArray *spans, *links;
} Creator;

static void
free_creator (gpointer data)
{
  Creator *creator = data;

  g_ptr_array_unref (creator->spans);
  g_ptr_array_unref (creator->links);
  g_free (creator);
}

static void
warn (Reading *self, const char *what, const KutipJsonNode *annotation)
{
  kutip_report_add (self->report, KUTIP_REPORT_WARNING, what, self->source->name,
                    kutip_json_node_get_member (annotation, "id"),
                    kutip_json_tree_get_line (self->tree, annotation), NULL);
}

static const char *
get_person (const KutipJsonNode *person)
{
  const char *name = kutip_json_node_get_member (person, "name");

  if (name == NULL)
    name = kutip_json_node_get_member (person, "id");
  return name != NULL ? name : kutip_json_node_get_string (person);
}

static const char *
get_creator (const KutipJsonNode *annotation)
{
  const char *name = get_person (
      kutip_json_node_get (kutip_json_node_get (annotation, "target"), "creator"));

  return name == NULL ? "" : name;
}

/* Each selector is a place of its own, but those of the W3C, which all say the same. */
static gboolean
read_places (Reading *self,
             const KutipJsonNode *annotation,
             KutipDraftSpan *span,
             GError **error)
{
  const KutipJsonNode *selectors =
      kutip_json_node_get (kutip_json_node_get (annotation, "target"), "selector");
  gboolean is_list = kutip_json_node_is_array (selectors) && selectors->first != NULL &&
                     kutip_json_node_get (selectors->first, "type") == NULL;
  gboolean moved = FALSE;

  for (const KutipJsonNode *one = is_list ? selectors->first : selectors; one != NULL;
       one = is_list ? one->next : NULL)
    {
      KutipSelector selector = { NULL };

      if (!kutip_selector_read (self->tree, one, &selector, error) ||
          (!kutip_selector_is_empty (&selector) &&
           !kutip_selector_apply (&selector, self->draft, span, self->unit, &moved,
                                  error)))
        return FALSE;
    }
  if (moved)
    warn (self, "other-text", annotation);
  return TRUE;
}

static void
add_tag (Reading *self, KutipDraftSpan *span, const char *tag)
{
  if (span->fields.label == NULL && *tag != '\0')
    {
      span->fields.label = kutip_draft_keep (self->draft, tag);
      return;
    }
  kutip_draft_add_value (self->draft, &span->fields.attributes, "tags", tag,
                         KUTIP_VALUE_LIST);
}

/* Whether @node is an object of no more than these. */
static gboolean
has_only (const KutipJsonNode *node, const char *const *names)
{
  for (const KutipJsonNode *child = kutip_json_node_is_object (node) ? node->first : NULL;
       child != NULL; child = child->next)
    if (!g_strv_contains (names, child->name) && child->type != KUTIP_JSON_NULL)
      return FALSE;
  return kutip_json_node_is_object (node);
}

/* Whether bodies say more than a tag and a comment. */
static gboolean
say_more (const KutipJsonNode *bodies)
{
  static const char *const known[] = { "purpose", "value", NULL };
  static const char *const purposes[] = { "tagging", "commenting" };
  guint next = 0;

  if (!kutip_json_node_is_array (bodies))
    return TRUE;
  for (const KutipJsonNode *body = bodies->first; body != NULL; body = body->next)
    {
      const char *purpose = kutip_json_node_get_member (body, "purpose");

      while (next < G_N_ELEMENTS (purposes) && g_strcmp0 (purpose, purposes[next]) != 0)
        next++;
      if (next++ >= G_N_ELEMENTS (purposes) || !has_only (body, known) ||
          kutip_json_node_get_member (body, "value") == NULL)
        return TRUE;
    }
  return FALSE;
}

/* Whether a target says more than its places, and who made it and when. */
static gboolean
says_more (const KutipJsonNode *target)
{
  static const char *const known[] = { "selector", "creator", "created", "updated",
                                       NULL };
  static const char *const of_place[] = { "start", "end", "quote", NULL };
  const KutipJsonNode *creator = kutip_json_node_get (target, "creator");
  const KutipJsonNode *selectors = kutip_json_node_get (target, "selector");
  gboolean is_list = kutip_json_node_is_array (selectors);
  const char *const times[] = { "created", "updated" };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (kutip_json_node_get (target, times[i]) != NULL &&
        kutip_json_node_get_member (target, times[i]) == NULL)
      return TRUE;
  for (const KutipJsonNode *one = is_list ? selectors->first : selectors; one != NULL;
       one = is_list ? one->next : NULL)
    if (!has_only (one, of_place))
      return TRUE;
  return !has_only (target, known) ||
         (creator != NULL && kutip_json_node_get_string (creator) == NULL &&
          creator->n_children != 1);
}

/* By the model of the W3C it is called "body", which is kept as it is, too, and may be
 * one that stands alone. What says more is kept. */
static void
read_bodies (Reading *self, const KutipJsonNode *annotation, KutipDraftSpan *span)
{
  const KutipJsonNode *own = kutip_json_node_get (annotation, "bodies");
  const KutipJsonNode *bodies =
      own != NULL ? own : kutip_json_node_get (annotation, "body");
  gboolean is_list = kutip_json_node_is_array (bodies);

  for (const KutipJsonNode *body = is_list       ? bodies->first
                                   : own == NULL ? bodies
                                                 : NULL;
       body != NULL; body = is_list ? body->next : NULL)
    {
      const char *purpose = kutip_json_node_get_member (body, "purpose");
      const char *value = kutip_json_node_get_member (body, "value");

      if (value != NULL && (g_strcmp0 (purpose, "tagging") == 0 ||
                            g_strcmp0 (purpose, "classifying") == 0))
        add_tag (self, span, value);
      else if (value != NULL)
        kutip_draft_add_note (self->draft, &span->fields.note, value);
    }
  if (span->fields.label == NULL)
    span->fields.label = UNTAGGED;
}

static gboolean
read_span (Reading *self, const KutipJsonNode *annotation, GError **error)
{
  static const char *const known[] = { "id", "bodies", "target", NULL };
  const KutipJsonNode *target = kutip_json_node_get (annotation, "target");
  const char *id = kutip_json_node_get_member (annotation, "id");
  KutipDraftSpan *span;

  if (id != NULL && kutip_draft_find_span (self->draft, id) != NULL)
    return kutip_json_tree_fail (self->tree, annotation, error,
                                 _ ("the id “%s” occurs twice"), id);
  span = kutip_draft_get_span (self->draft, id, annotation);
  if (!read_places (self, annotation, span, error))
    return FALSE;
  read_bodies (self, annotation, span);
  span->fields.id = kutip_draft_keep (self->draft, id);
  span->fields.created =
      kutip_draft_keep (self->draft, kutip_json_node_get_member (target, "created"));
  span->fields.modified =
      kutip_draft_keep (self->draft, kutip_json_node_get_member (target, "updated"));
  for (const KutipJsonNode *child = annotation->first; child != NULL; child = child->next)
    if (!g_strv_contains (known, child->name) ||
        (strcmp (child->name, "bodies") == 0 && say_more (child)) ||
        (child == target && says_more (child)))
      kutip_draft_keep_unknown (&span->unknown, child);
  return TRUE;
}

/* Links have ids at both ends instead of places. */
static gboolean
is_link (const KutipJsonNode *annotation)
{
  return kutip_json_node_get_member (annotation, "target") != NULL &&
         kutip_json_node_get_member (annotation, "body") != NULL;
}

static gboolean
read_link (Reading *self, const KutipJsonNode *annotation, GError **error)
{
  static const char *const known[] = { "id",         "body",   "bodies",
                                       "motivation", "target", NULL };
  const KutipJsonNode *bodies = kutip_json_node_get (annotation, "bodies");
  const char *label = kutip_json_node_get_member (
      kutip_json_node_is_array (bodies) ? bodies->first : NULL, "value");
  KutipDraftRelation *relation = kutip_draft_add_relation (self->draft, annotation);

  relation->from =
      kutip_draft_keep (self->draft, kutip_json_node_get_member (annotation, "target"));
  relation->to =
      kutip_draft_keep (self->draft, kutip_json_node_get_member (annotation, "body"));
  relation->fields.id =
      kutip_draft_keep (self->draft, kutip_json_node_get_member (annotation, "id"));
  relation->fields.label =
      kutip_draft_keep (self->draft, label == NULL ? "related" : label);
  for (const KutipJsonNode *child = annotation->first; child != NULL; child = child->next)
    if (!g_strv_contains (known, child->name) ||
        (child == bodies && (say_more (child) || child->n_children > 1)))
      kutip_draft_keep_unknown (&relation->unknown, child);
  return TRUE;
}

static KutipLayer *
read_layer (Reading *self, const Creator *creator, KutipText *text, GError **error)
{
  g_autoptr (KutipDraft) draft = kutip_draft_new (self->tree, text);

  self->draft = draft;
  kutip_draft_get_header (draft)->annotator =
      *creator->name == '\0' ? NULL : creator->name;
  for (guint i = 0; i < creator->spans->len; i++)
    if (!read_span (self, g_ptr_array_index (creator->spans, i), error))
      return NULL;
  for (guint i = 0; i < creator->links->len; i++)
    if (!read_link (self, g_ptr_array_index (creator->links, i), error))
      return NULL;
  return kutip_draft_finish (draft, RECOGITO, error);
}

static Creator *
add_creator (GPtrArray *creators, const char *name)
{
  Creator *creator = g_new0 (Creator, 1);

  creator->name = name;
  creator->spans = g_ptr_array_new ();
  creator->links = g_ptr_array_new ();
  g_ptr_array_add (creators, creator);
  return creator;
}

/* Who made them, in order; links go with what they begin at. FALSE with @error for what
 * is no annotation, or a link from nowhere. */
static gboolean
list_creators (Reading *self,
               const KutipJsonNode *list,
               GPtrArray *creators,
               GError **error)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (const KutipJsonNode *child = list->first; child != NULL; child = child->next)
    {
      const char *name = get_creator (child);
      Creator *creator = g_hash_table_lookup (by_name, name);
      const char *id = kutip_json_node_get_member (child, "id");

      if (kutip_json_node_get (child, "target") == NULL)
        return kutip_json_tree_fail (self->tree, child, error,
                                     _ ("an annotation with a “target” was expected "
                                        "here"));
      if (is_link (child))
        continue;
      if (creator == NULL)
        {
          creator = add_creator (creators, name);
          g_hash_table_insert (by_name, (gpointer) name, creator);
        }
      g_ptr_array_add (creator->spans, (gpointer) child);
      if (id != NULL)
        g_hash_table_insert (by_id, (gpointer) id, creator);
    }
  for (const KutipJsonNode *child = list->first; child != NULL; child = child->next)
    if (is_link (child))
      {
        const char *target = kutip_json_node_get_member (child, "target");
        Creator *creator = g_hash_table_lookup (by_id, target);

        if (creator == NULL)
          return kutip_json_tree_fail (self->tree, child, error,
                                       _ ("there is no span “%s”"), target);
        g_ptr_array_add (creator->links, (gpointer) child);
      }
  return TRUE;
}

/* The text is called as the file is, unless it is the only other input. */
static char *
dup_name (KutipSource *source)
{
  g_autofree char *base = g_path_get_basename (source->name);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_steal_pointer (&base);
}

static KutipRecord *
read_list (Reading *self, const KutipJsonNode *list, GError **error)
{
  g_autofree char *name = dup_name (self->source);
  g_autofree char *path = g_strdup (name);
  g_autoptr (GPtrArray) creators = g_ptr_array_new_with_free_func (free_creator);
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipArticle) article = NULL;
  g_autoptr (KutipRecord) record = NULL;

  if (!list_creators (self, list, creators, error))
    return NULL;
  text = kutip_text_apart_fetch (self->source, name, TRUE, &path, error);
  if (text == NULL)
    return NULL;
  kutip_text_apart_take_name (self->source, &path);
  if (creators->len == 0)
    add_creator (creators, "");
  article = kutip_record_make_article (path, text);
  record = kutip_record_new (path, article);
  for (guint i = 0; i < creators->len; i++)
    {
      KutipLayer *layer = read_layer (self, g_ptr_array_index (creators, i), text, error);

      if (layer == NULL)
        return NULL;
      g_ptr_array_add (record->layers, layer);
    }
  return g_steal_pointer (&record);
}

static gboolean
read_recogito (KutipSource *source,
               const KutipFormatOptions *options,
               KutipRecordFunc emit,
               gpointer data,
               KutipReport *report,
               GError **error)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (source->bytes, &n_bytes);
  g_autoptr (KutipJsonTree) tree =
      kutip_json_tree_new (bytes, n_bytes, source->line, error);
  Reading reading = { .source = source, .report = report, .tree = tree };
  const KutipJsonNode *root = tree == NULL ? NULL : kutip_json_tree_get_root (tree);
  KutipRecord *record;

  if (root == NULL)
    return FALSE;
  if (!kutip_json_node_is_array (root))
    return kutip_json_tree_fail (tree, root, error, _ ("a list was expected here"));
  reading.unit = options->offset_unit != KUTIP_OFFSETS_AUTO ? options->offset_unit
                                                            : KUTIP_OFFSETS_UTF16;
  record = read_list (&reading, root, error);
  return record != NULL && emit (record, data, error);
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  return kutip_json_head_has (head, n_head, "bodies", 0) &&
                 kutip_json_head_has (head, n_head, "target", 0)
             ? KUTIP_MATCH_YES
             : KUTIP_MATCH_NO;
}

const KutipFormat kutip_format_recogito = {
  .name = RECOGITO,
  .title = N_ ("Recogito and Annotorious annotations, JSON"),
  .suffix = ".json",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_PIECES |
           KUTIP_KEEPS_SUB_TOKEN | KUTIP_KEEPS_IDS | KUTIP_KEEPS_NOTES |
           KUTIP_KEEPS_TIMES | KUTIP_KEEPS_RELATIONS | KUTIP_KEEPS_ANNOTATORS,
  .apart = TRUE,
  .recognise = recognise,
  .read = read_recogito,
};
