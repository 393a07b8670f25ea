/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/draft.h"

#include "format/gathering.h"
#include "format/offsets.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KutipDraft
{
  KutipJsonTree *tree;
  KutipText *text;
  GPtrArray *spans, *relations;
  GHashTable *keys; /* -> KutipDraftSpan */
  KutipGathering *gathering;
  GHashTable *notes; /* where they go, const char ** -> GString */
  KutipHeaderFields header;
  GString *unknown;
  GStringChunk *strings;
};

static void
free_unknown (GString *unknown)
{
  if (unknown != NULL)
    g_string_free (unknown, TRUE);
}

static void
free_note (gpointer note)
{
  g_string_free (note, TRUE);
}

static void
free_span (gpointer data)
{
  KutipDraftSpan *span = data;

  g_clear_pointer (&span->fields.attributes, kutip_attributes_unref);
  g_array_unref (span->ranges);
  g_ptr_array_unref (span->texts);
  g_array_unref (span->links);
  free_unknown (span->unknown);
  g_free (span);
}

static void
free_relation (gpointer data)
{
  KutipDraftRelation *relation = data;

  g_clear_pointer (&relation->fields.attributes, kutip_attributes_unref);
  free_unknown (relation->unknown);
  g_free (relation);
}

KutipDraft *
kutip_draft_new (KutipJsonTree *tree, KutipText *text)
{
  KutipDraft *self = g_new0 (KutipDraft, 1);

  self->tree = tree;
  self->text = text;
  self->spans = g_ptr_array_new_with_free_func (free_span);
  self->relations = g_ptr_array_new_with_free_func (free_relation);
  self->keys = g_hash_table_new (g_str_hash, g_str_equal);
  self->gathering = kutip_gathering_new ();
  self->notes = g_hash_table_new_full (NULL, NULL, NULL, free_note);
  self->header.status = KUTIP_STATUS_IN_PROGRESS;
  self->strings = g_string_chunk_new (4096);
  return self;
}

void
kutip_draft_free (KutipDraft *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->spans);
  g_ptr_array_unref (self->relations);
  g_hash_table_unref (self->keys);
  kutip_gathering_free (self->gathering);
  g_hash_table_unref (self->notes);
  g_clear_pointer (&self->header.attributes, kutip_attributes_unref);
  free_unknown (self->unknown);
  g_string_chunk_free (self->strings);
  g_free (self);
}

KutipText *
kutip_draft_get_text (KutipDraft *self)
{
  return self->text;
}

const char *
kutip_draft_keep (KutipDraft *self, const char *string)
{
  return string == NULL ? NULL : g_string_chunk_insert (self->strings, string);
}

KutipDraftSpan *
kutip_draft_find_span (KutipDraft *self, const char *key)
{
  return key == NULL ? NULL : g_hash_table_lookup (self->keys, key);
}

KutipDraftSpan *
kutip_draft_get_span (KutipDraft *self, const char *key, const KutipJsonNode *node)
{
  KutipDraftSpan *span = kutip_draft_find_span (self, key);

  if (span != NULL)
    return span;
  span = g_new0 (KutipDraftSpan, 1);
  span->offset = node->offset;
  span->fields = (KutipSpanFields) KUTIP_SPAN_FIELDS_INIT;
  span->ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  span->texts = g_ptr_array_new ();
  span->links = g_array_new (FALSE, FALSE, sizeof (KutipSpanLink));
  span->has_key = key != NULL;
  g_ptr_array_add (self->spans, span);
  if (key != NULL)
    g_hash_table_insert (self->keys, (gpointer) kutip_draft_keep (self, key), span);
  return span;
}

KutipDraftRelation *
kutip_draft_add_relation (KutipDraft *self, const KutipJsonNode *node)
{
  KutipDraftRelation *relation = g_new0 (KutipDraftRelation, 1);

  relation->offset = node->offset;
  relation->fields = (KutipRelationFields) KUTIP_RELATION_FIELDS_INIT;
  g_ptr_array_add (self->relations, relation);
  return relation;
}

guint
kutip_draft_get_n_spans (KutipDraft *self)
{
  return self->spans->len;
}

KutipDraftSpan *
kutip_draft_get_nth_span (KutipDraft *self, guint i)
{
  return g_ptr_array_index (self->spans, i);
}

/* --- places --- */

gboolean
kutip_draft_add_range (KutipDraft *self,
                       KutipDraftSpan *span,
                       const KutipJsonNode *node,
                       KutipOffsetUnit unit,
                       guint start,
                       guint end,
                       GError **error)
{
  KutipRange range;

  if (!kutip_offsets_convert (self->text, unit, start, end, &range))
    return kutip_json_tree_fail (self->tree, node, error,
                                 _ ("%1$lu to %2$lu is no place in the text"),
                                 (gulong) start, (gulong) end);
  g_array_append_val (span->ranges, range);
  g_ptr_array_add (span->texts, NULL);
  return TRUE;
}

void
kutip_draft_add_text (KutipDraft *self,
                      KutipDraftSpan *span,
                      const char *text,
                      guint near)
{
  guint length = (guint) MAX (g_utf8_strlen (text, -1), 1);
  guint limit = G_MAXUINT - length - 1;
  KutipRange range = { MIN (near, limit), MIN (near, limit) + length };

  g_array_append_val (span->ranges, range);
  g_ptr_array_add (span->texts, (gpointer) kutip_draft_keep (self, text));
}

/* --- members --- */

void
kutip_draft_set_attribute (KutipDraft *self,
                           KutipAttributes **attributes,
                           KutipAttribute attribute)
{
  kutip_gathering_set (self->gathering, attributes, &attribute);
}

void
kutip_draft_add_value (KutipDraft *self,
                       KutipAttributes **attributes,
                       const char *name,
                       const char *value,
                       KutipValueType alone)
{
  kutip_gathering_add (self->gathering, attributes, name, value, alone);
}

void
kutip_draft_add_note (KutipDraft *self, const char **note, const char *text)
{
  GString *all = g_hash_table_lookup (self->notes, note);

  if (*note == NULL)
    {
      *note = kutip_draft_keep (self, text);
      return;
    }
  if (all == NULL || all->str != *note)
    {
      all = g_string_new (*note);
      g_hash_table_insert (self->notes, note, all);
    }
  g_string_append_c (all, '\n');
  g_string_append (all, text);
  *note = all->str;
}

static gboolean
is_list_of_strings (const KutipJsonNode *node)
{
  if (!kutip_json_node_is_array (node))
    return FALSE;
  for (const KutipJsonNode *child = node->first; child != NULL; child = child->next)
    if (kutip_json_node_get_string (child) == NULL)
      return FALSE;
  return TRUE;
}

void
kutip_draft_take_attribute (KutipDraft *self,
                            KutipAttributes **attributes,
                            const KutipJsonNode *member)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GString) raw = g_string_new (NULL);
  KutipAttribute attribute = { member->name, KUTIP_VALUE_STRING, NULL };

  if (member->type == KUTIP_JSON_TRUE)
    attribute.type = KUTIP_VALUE_FLAG;
  else if (is_list_of_strings (member))
    {
      attribute.type = KUTIP_VALUE_LIST;
      for (KutipJsonNode *child = member->first; child != NULL; child = child->next)
        g_ptr_array_add (values, (gpointer) child->string);
    }
  else if (member->type == KUTIP_JSON_STRING)
    g_ptr_array_add (values, (gpointer) member->string);
  else
    {
      kutip_json_node_append (raw, member);
      g_ptr_array_add (values, raw->str);
    }
  g_ptr_array_add (values, NULL);
  attribute.values = (const char *const *) values->pdata;
  kutip_draft_set_attribute (self, attributes, attribute);
}

void
kutip_draft_take_attributes (KutipDraft *self,
                             KutipAttributes **attributes,
                             const KutipJsonNode *object)
{
  if (!kutip_json_node_is_object (object))
    return;
  for (const KutipJsonNode *child = object->first; child != NULL; child = child->next)
    kutip_draft_take_attribute (self, attributes, child);
}

/* An object that says these strings, a number called "score", and nothing else. */
static gboolean
has_no_others (const KutipJsonNode *object, const char *const *names)
{
  if (!kutip_json_node_is_object (object))
    return FALSE;
  for (const KutipJsonNode *child = object->first; child != NULL; child = child->next)
    if (!(g_strv_contains (names, child->name) && child->type == KUTIP_JSON_STRING) &&
        !(strcmp (child->name, "score") == 0 && child->type == KUTIP_JSON_NUMBER))
      return FALSE;
  return TRUE;
}

/* FALSE when one of them says less or more. */
static gboolean
take_links (KutipDraft *self, KutipDraftSpan *span, const KutipJsonNode *list)
{
  static const char *const names[] = { "base", "id", "title", NULL };

  for (const KutipJsonNode *child = list->first; child != NULL; child = child->next)
    if (!has_no_others (child, names) || kutip_json_node_get (child, "base") == NULL ||
        kutip_json_node_get (child, "id") == NULL ||
        kutip_json_node_get (child, "score") != NULL)
      return FALSE;
  for (const KutipJsonNode *child = list->first; child != NULL; child = child->next)
    {
      KutipSpanLink link = {
        kutip_draft_keep (self, kutip_json_node_get_member (child, "base")),
        kutip_draft_keep (self, kutip_json_node_get_member (child, "id")),
        kutip_draft_keep (self, kutip_json_node_get_member (child, "title")),
      };

      g_array_append_val (span->links, link);
    }
  return TRUE;
}

/* What spans and relations have in common. */
typedef struct
{
  const char **id, **note, **origin_by, **created, **modified;
  double *origin_score;
  gboolean *unsure;
  KutipAttributes **attributes;
} Common;

static gboolean
take_common (KutipDraft *self, const Common *common, const KutipJsonNode *member)
{
  static const char *const of_origin[] = { "by", NULL };
  const struct
  {
    const char *name;
    const char **string;
  } strings[] = {
    { "id", common->id },
    { "note", common->note },
    { "created", common->created },
    { "modified", common->modified },
  };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    if (strcmp (member->name, strings[i].name) == 0)
      {
        const char *word = kutip_json_node_get_word (member);

        if (word == NULL)
          return FALSE;
        *strings[i].string = kutip_draft_keep (self, word);
        return TRUE;
      }
  if (strcmp (member->name, "unsure") == 0 &&
      (kutip_json_node_is_true (member) || member->type == KUTIP_JSON_FALSE))
    *common->unsure = kutip_json_node_is_true (member);
  else if (strcmp (member->name, "attributes") == 0 && kutip_json_node_is_object (member))
    kutip_draft_take_attributes (self, common->attributes, member);
  else if (strcmp (member->name, "origin") == 0 && has_no_others (member, of_origin) &&
           kutip_json_node_get_member (member, "by") != NULL)
    {
      *common->origin_by =
          kutip_draft_keep (self, kutip_json_node_get_member (member, "by"));
      *common->origin_score =
          kutip_json_node_get_double (kutip_json_node_get (member, "score"));
    }
  else
    return FALSE;
  return TRUE;
}

gboolean
kutip_draft_take_span_member (KutipDraft *self,
                              KutipDraftSpan *span,
                              const KutipJsonNode *member)
{
  KutipSpanFields *fields = &span->fields;
  const Common common = {
    &fields->id,       &fields->note,         &fields->origin_by, &fields->created,
    &fields->modified, &fields->origin_score, &fields->unsure,    &fields->attributes,
  };

  if (take_common (self, &common, member))
    return TRUE;
  if (strcmp (member->name, "links") != 0 || !kutip_json_node_is_array (member))
    return FALSE;
  return take_links (self, span, member);
}

gboolean
kutip_draft_take_relation_member (KutipDraft *self,
                                  KutipDraftRelation *relation,
                                  const KutipJsonNode *member)
{
  KutipRelationFields *fields = &relation->fields;
  const Common common = {
    &fields->id,       &fields->note,         &fields->origin_by, &fields->created,
    &fields->modified, &fields->origin_score, &fields->unsure,    &fields->attributes,
  };

  if (take_common (self, &common, member))
    return TRUE;
  if (strcmp (member->name, "event") != 0 || kutip_json_node_get_word (member) == NULL)
    return FALSE;
  fields->event = kutip_draft_keep (self, kutip_json_node_get_word (member));
  return TRUE;
}

gboolean
kutip_draft_take_header_member (KutipDraft *self, const KutipJsonNode *member)
{
  const struct
  {
    const char *name;
    const char **string;
  } strings[] = {
    { "language", &self->header.language },   { "title", &self->header.title },
    { "author", &self->header.author },       { "date", &self->header.date },
    { "publisher", &self->header.publisher }, { "url", &self->header.url },
    { "note", &self->header.note },
  };
  const char *word = kutip_json_node_get_word (member);

  for (guint i = 0; i < G_N_ELEMENTS (strings) && word != NULL; i++)
    if (strcmp (member->name, strings[i].name) == 0)
      {
        *strings[i].string = kutip_draft_keep (self, word);
        return TRUE;
      }
  if (strcmp (member->name, "status") == 0)
    return word != NULL && kutip_status_from_string (word, &self->header.status);
  if (strcmp (member->name, "attributes") != 0 || !kutip_json_node_is_object (member))
    return FALSE;
  kutip_draft_take_attributes (self, &self->header.attributes, member);
  return TRUE;
}

KutipHeaderFields *
kutip_draft_get_header (KutipDraft *self)
{
  return &self->header;
}

void
kutip_draft_keep_json (GString **unknown, const char *name, const char *json)
{
  if (*unknown == NULL)
    *unknown = g_string_new ("{");
  else
    g_string_append (*unknown, ", ");
  kutip_json_append_string (*unknown, name);
  g_string_append (*unknown, ": ");
  g_string_append (*unknown, json);
}

void
kutip_draft_keep_unknown (GString **unknown, const KutipJsonNode *member)
{
  g_autoptr (GString) json = g_string_new (NULL);

  kutip_json_node_append (json, member);
  kutip_draft_keep_json (unknown, member->name, json->str);
}

GString **
kutip_draft_get_unknown (KutipDraft *self)
{
  return &self->unknown;
}

/* --- the layer --- */

KutipForeign *
kutip_draft_make_foreign (GString *unknown, const char *after, const char *name)
{
  KutipForeignMember member = { after, name, NULL };

  if (unknown == NULL)
    return NULL;
  g_string_append_c (unknown, '}');
  member.json = unknown->str;
  return kutip_foreign_new (&member, 1);
}

static gboolean
check_annotation (KutipDraft *self,
                  gsize offset,
                  const char *id,
                  const char *label,
                  gboolean added,
                  GError **error)
{
  if (id != NULL && *id == '\0')
    return kutip_json_tree_fail_at (self->tree, offset, error,
                                    _ ("an id must not be empty"));
  if (label == NULL || *label == '\0')
    return kutip_json_tree_fail_at (self->tree, offset, error,
                                    _ ("a label is missing here"));
  return added || kutip_json_tree_fail_at (self->tree, offset, error,
                                           _ ("the id “%s” occurs twice"), id);
}

/* An orphan has a text for each of its ranges, which are in order and do not touch; they
 * only tell where it may once have been. */
static gboolean
complete_texts (KutipDraft *self, KutipDraftSpan *draft)
{
  guint behind = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < draft->texts->len; i++)
    any |= g_ptr_array_index (draft->texts, i) != NULL;
  for (guint i = 0; any && i < draft->ranges->len; i++)
    {
      KutipRange *range = &g_array_index (draft->ranges, KutipRange, i);
      guint length = range->end - range->start;

      if (g_ptr_array_index (draft->texts, i) == NULL)
        {
          g_autofree char *there = kutip_text_dup_range (self->text, *range);

          g_ptr_array_index (draft->texts, i) = (gpointer) kutip_draft_keep (self, there);
        }
      range->start = MIN (MAX (range->start, behind), G_MAXUINT - length - 1);
      range->end = range->start + length;
      behind = range->end + 1;
    }
  return any;
}

static gboolean
add_span (KutipDraft *self,
          KutipLayer *layer,
          KutipDraftSpan *draft,
          const char *foreign_name,
          GError **error)
{
  KutipSpanFields *fields = &draft->fields;
  g_autoptr (KutipForeign) foreign =
      kutip_draft_make_foreign (draft->unknown, "modified", foreign_name);
  g_autoptr (KutipSpan) span = NULL;
  gboolean is_orphan;

  if (fields->id == NULL)
    {
      g_autofree char *id = kutip_layer_make_id (layer, "s");

      fields->id = kutip_draft_keep (self, id);
    }
  if (!check_annotation (self, draft->offset, fields->id, fields->label, TRUE, error))
    return FALSE;
  if (draft->ranges->len == 0)
    return kutip_json_tree_fail_at (self->tree, draft->offset, error,
                                    _ ("it has no place in the text"));
  is_orphan = complete_texts (self, draft);
  g_ptr_array_add (draft->texts, NULL);
  fields->ranges = (const KutipRange *) (gpointer) draft->ranges->data;
  fields->n_ranges = draft->ranges->len;
  if (is_orphan)
    fields->texts = (const char *const *) draft->texts->pdata;
  else
    fields->n_ranges = kutip_ranges_normalize (
        (KutipRange *) (gpointer) draft->ranges->data, draft->ranges->len);
  fields->links = (const KutipSpanLink *) (gpointer) draft->links->data;
  fields->n_links = draft->links->len;
  fields->foreign = foreign;
  span = kutip_span_new (fields);
  return check_annotation (self, draft->offset, fields->id, fields->label,
                           kutip_layer_add_span (layer, span), error);
}

/* The id of the span at an end of a relation, which has it, or its id, or its key. */
static const char *
find_end (KutipDraft *self,
          KutipLayer *layer,
          KutipDraftSpan *span,
          const char *id,
          const char *key)
{
  if (span == NULL)
    span = kutip_draft_find_span (self, key);
  if (span != NULL)
    return span->fields.id;
  return id != NULL && kutip_layer_get_span (layer, id) != NULL ? id : NULL;
}

static gboolean
add_relation (KutipDraft *self,
              KutipLayer *layer,
              KutipDraftRelation *draft,
              const char *foreign_name,
              GError **error)
{
  KutipRelationFields *fields = &draft->fields;
  const char *from = find_end (self, layer, draft->from_span, fields->from, draft->from);
  const char *to = find_end (self, layer, draft->to_span, fields->to, draft->to);
  g_autoptr (KutipForeign) foreign =
      kutip_draft_make_foreign (draft->unknown, "modified", foreign_name);
  g_autoptr (KutipRelation) relation = NULL;

  if (from == NULL || to == NULL)
    {
      const char *id = from == NULL ? fields->from : fields->to;
      const char *key = from == NULL ? draft->from : draft->to;

      return kutip_json_tree_fail_at (self->tree, draft->offset, error,
                                      _ ("there is no span “%s”"),
                                      id != NULL    ? id
                                      : key != NULL ? key
                                                    : "");
    }
  fields->from = from;
  fields->to = to;
  if (fields->id == NULL)
    {
      g_autofree char *id = kutip_layer_make_id (layer, "r");

      fields->id = kutip_draft_keep (self, id);
    }
  if (!check_annotation (self, draft->offset, fields->id, fields->label, TRUE, error))
    return FALSE;
  fields->foreign = foreign;
  relation = kutip_relation_new (fields);
  return check_annotation (self, draft->offset, fields->id, fields->label,
                           kutip_layer_add_relation (layer, relation), error);
}

/* Those that have an id come first, so that no id made here is one of theirs. */
static gboolean
add_spans (KutipDraft *self, KutipLayer *layer, const char *foreign, GError **error)
{
  for (int named = 1; named >= 0; named--)
    for (guint i = 0; i < self->spans->len; i++)
      {
        KutipDraftSpan *span = g_ptr_array_index (self->spans, i);

        if (span->fields.ranges == NULL && (span->fields.id != NULL) == named &&
            !add_span (self, layer, span, foreign, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
add_relations (KutipDraft *self, KutipLayer *layer, const char *foreign, GError **error)
{
  for (guint i = 0; i < self->relations->len; i++)
    if (!add_relation (self, layer, g_ptr_array_index (self->relations, i), foreign,
                       error))
      return FALSE;
  return TRUE;
}

KutipLayer *
kutip_draft_finish (KutipDraft *self, const char *foreign, GError **error)
{
  g_autoptr (KutipForeign) kept =
      kutip_draft_make_foreign (self->unknown, "note", foreign);
  g_autoptr (KutipHeader) header = NULL;
  g_autoptr (KutipLayer) layer = NULL;

  kutip_gathering_finish (self->gathering);
  self->header.foreign = kept;
  header = kutip_header_new (&self->header);
  layer = kutip_layer_new (header);
  self->header.foreign = NULL;
  if (!add_spans (self, layer, foreign, error) ||
      !add_relations (self, layer, foreign, error))
    return NULL;
  return g_steal_pointer (&layer);
}
