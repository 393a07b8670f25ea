/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/prodigy/prodigy.h"

#include "format/formats.h"
#include "format/json/json-head.h"
#include "format/json/json-tree.h"
#include "format/json/json.h"
#include "format/lines.h"
#include "format/pour.h"
#include "format/sidecar/annotation-json.h"
#include "format/token-cover.h"

#include <glib/gi18n.h>
#include <string.h>

/* The name of a view is shorter. */
#define MOST_OF_START ((gsize) 200)

typedef struct
{
  KutipPour *pour;
  GString *out; /* its buffer */
  KutipRecord *record;
  KutipLayer *layer;
  const KutipTokenCover *cover;
  KutipReport *report;
  guint n;
} Writing;

static void
append_tokens (Writing *self)
{
  const char *utf8 =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), NULL);

  g_string_append (self->out, ", \"tokens\": [");
  for (guint i = 0; i < self->cover->tokens->len; i++)
    {
      const KutipToken *token = kutip_token_cover_get (self->cover, i);

      kutip_pour_check (self->pour);
      g_string_append (self->out, i == 0 ? "{\"text\": " : ", {\"text\": ");
      kutip_json_append_bytes (self->out, utf8 + token->byte, token->n_bytes);
      g_string_append_printf (
          self->out, ", \"start\": %u, \"end\": %u, \"id\": %u, \"ws\": %s}",
          token->range.start, token->range.end, i,
          kutip_token_cover_has_space (self->cover, i) ? "true" : "false");
    }
  g_string_append_c (self->out, ']');
}

/* An open object; the caller closes it. */
static guint
append_place (Writing *self, KutipRange range, const char *label)
{
  guint first, last;

  kutip_token_cover_find (self->cover, range, &first, &last);
  g_string_append_printf (
      self->out, "{\"start\": %u, \"end\": %u, \"token_start\": %u, \"token_end\": %u",
      range.start, range.end, first, last);
  kutip_annotation_append_string (self->out, "label", label);
  return last;
}

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  for (guint i = 0; i < fields.n_ranges && fields.texts == NULL; i++)
    {
      kutip_pour_check (self->pour);
      if (self->n++ > 0)
        g_string_append (self->out, ", ");
      append_place (self, fields.ranges[i], fields.label);
      if (fields.n_ranges > 1)
        kutip_annotation_append_string (self->out, "group", fields.id);
      if (i == 0)
        {
          kutip_annotation_append_span (self->out, &fields);
          kutip_annotation_append_unknown (self->out, fields.foreign, KUTIP_PRODIGY,
                                           kutip_prodigy_span_members);
        }
      g_string_append_c (self->out, '}');
    }
  return TRUE;
}

static guint
append_end (Writing *self, const char *name, KutipSpan *span)
{
  guint last;

  g_string_append_printf (self->out, ", \"%s\": ", name);
  last =
      append_place (self, kutip_span_get_ranges (span)[0], kutip_span_get_label (span));
  g_string_append_c (self->out, '}');
  return last;
}

static gboolean
append_relation (KutipRelation *relation, gpointer data)
{
  Writing *self = data;
  KutipRelationFields fields;
  KutipSpan *from, *to;
  guint head, child;

  kutip_relation_get_fields (relation, &fields);
  from = kutip_layer_get_span (self->layer, fields.from);
  to = kutip_layer_get_span (self->layer, fields.to);
  if (from == NULL || to == NULL || kutip_span_is_orphan (from) ||
      kutip_span_is_orphan (to))
    {
      kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations", self->record->path,
                        fields.id, 0, NULL);
      return TRUE;
    }
  kutip_pour_check (self->pour);
  g_string_append (self->out, self->n++ == 0 ? "{\"label\": " : ", {\"label\": ");
  kutip_json_append_string (self->out, fields.label);
  head = append_end (self, "head_span", from);
  child = append_end (self, "child_span", to);
  g_string_append_printf (self->out, ", \"head\": %u, \"child\": %u", head, child);
  kutip_annotation_append_string (self->out, "from", fields.from);
  kutip_annotation_append_string (self->out, "to", fields.to);
  kutip_annotation_append_relation (self->out, &fields);
  kutip_annotation_append_unknown (self->out, fields.foreign, KUTIP_PRODIGY,
                                   kutip_prodigy_relation_members);
  g_string_append_c (self->out, '}');
  return TRUE;
}

/* What the end of a kept relation says of its place, if anything. */
static gboolean
is_at_tokens (Writing *self,
              const KutipJsonNode *relation,
              const char *name,
              const char *span_name)
{
  const KutipJsonNode *span = kutip_json_node_get (relation, span_name);
  KutipRange range;
  guint first, last, said;

  if (!kutip_json_node_get_uint (kutip_json_node_get (relation, name), &said) ||
      said >= self->cover->tokens->len)
    return FALSE;
  if (!kutip_json_node_get_uint (kutip_json_node_get (span, "start"), &range.start) ||
      !kutip_json_node_get_uint (kutip_json_node_get (span, "end"), &range.end) ||
      range.start >= range.end ||
      range.end > kutip_text_get_length (kutip_article_get_text (self->record->article)))
    return TRUE;
  kutip_token_cover_find (self->cover, range, &first, &last);
  return last == said;
}

/* Relations between tokens, where these are still counted as they were. */
static void
append_token_relations (Writing *self, const KutipJsonNode *kept)
{
  const KutipJsonNode *list = kutip_json_node_get (kept, "relations");

  for (const KutipJsonNode *child = kutip_json_node_is_array (list) ? list->first : NULL;
       child != NULL; child = child->next)
    {
      if (!is_at_tokens (self, child, "head", "head_span") ||
          !is_at_tokens (self, child, "child", "child_span"))
        {
          kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations",
                            self->record->path, NULL, 0,
                            kutip_json_node_get_member (child, "label"));
          continue;
        }
      if (self->n++ > 0)
        g_string_append (self->out, ", ");
      kutip_json_node_append (self->out, child);
    }
}

/* Whether the attribute is what the reader made of the member. */
static gboolean
is_as_read (const KutipAttribute *attribute, const KutipJsonNode *member)
{
  const KutipJsonNode *child = member->first;
  g_autoptr (GString) json = g_string_new (NULL);

  if (attribute->type == KUTIP_VALUE_FLAG)
    return member->type == KUTIP_JSON_TRUE;
  if (attribute->type == KUTIP_VALUE_STRING && member->type != KUTIP_JSON_STRING)
    kutip_json_node_append (json, member);
  if (attribute->type == KUTIP_VALUE_STRING)
    return strcmp (attribute->values[0],
                   member->type == KUTIP_JSON_STRING ? member->string : json->str) == 0;
  for (guint i = 0; attribute->values[i] != NULL; i++, child = child->next)
    if (child == NULL ||
        g_strcmp0 (kutip_json_node_get_string (child), attribute->values[i]) != 0)
      return FALSE;
  return kutip_json_node_is_array (member) && child == NULL;
}

static void
append_value (GString *out, const KutipAttribute *attribute)
{
  if (attribute->type == KUTIP_VALUE_FLAG)
    g_string_append (out, "true");
  else if (attribute->type == KUTIP_VALUE_STRING)
    kutip_json_append_string (out, attribute->values[0]);
  else
    kutip_json_append_strings (out, attribute->values);
}

/* Attributes that came from "meta" go back to their places there; the others are owned by
 * the caller. */
static KutipAttributes *
append_kept_meta (GString *out, KutipAttributes *attributes, const KutipJsonNode *kept)
{
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (KutipAttribute));

  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      const KutipJsonNode *member = kutip_json_node_get (kept, attribute.name);

      if (member == NULL)
        {
          g_array_append_val (others, attribute);
          continue;
        }
      g_string_append (out, ", ");
      kutip_json_append_string (out, attribute.name);
      g_string_append (out, ": ");
      if (is_as_read (&attribute, member))
        kutip_json_node_append (out, member);
      else
        append_value (out, &attribute);
    }
  return kutip_attributes_new ((const KutipAttribute *) (gpointer) others->data,
                               others->len);
}

/* Prodigy shows what stands in "meta" below the text. */
static void
append_meta (GString *out, const KutipHeaderFields *fields, const KutipJsonNode *kept)
{
  g_autoptr (GString) meta = g_string_new (NULL);
  KutipHeaderFields others = *fields;
  g_autoptr (KutipAttributes) attributes =
      append_kept_meta (meta, fields->attributes, kutip_json_node_get (kept, "meta"));

  others.attributes = attributes;
  kutip_annotation_append_header (meta, &others, KUTIP_STATUS_DONE);
  /* Behind the first comma and space. */
  g_string_append_printf (out, ", \"meta\": {%s}", meta->len > 2 ? meta->str + 2 : "");
}

static void
append_view (GString *out, KutipForeign *foreign)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember kept = kutip_foreign_get_nth (foreign, i);
      g_autoptr (KutipJsonTree) tree = NULL;
      const KutipJsonNode *view;

      if (strcmp (kept.name, KUTIP_PRODIGY) != 0)
        continue;
      tree = kutip_json_tree_new (kept.json, strlen (kept.json), 1, NULL);
      view = tree == NULL
                 ? NULL
                 : kutip_json_node_get (kutip_json_tree_get_root (tree), "_view_id");
      if (view == NULL)
        continue;
      kutip_json_node_append (out, view);
      return;
    }
  g_string_append (out, "\"" KUTIP_PRODIGY_VIEW "\"");
}

/* Tokens as they came, or those that Kutip cuts. */
static KutipTokenCover *
make_cover (Writing *self, const KutipJsonNode *kept)
{
  KutipText *text = kutip_article_get_text (self->record->article);
  const char *lengths = kutip_json_node_get_member (kept, "tokens");
  KutipTokenCover *cover =
      lengths == NULL ? NULL : kutip_token_cover_new_of (text, self->layer, lengths);

  if (cover != NULL)
    return cover;
  if (lengths != NULL)
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "unknown-members",
                      self->record->path, NULL, 0, "tokens");
  return kutip_token_cover_new (text, self->layer);
}

static void
append_layer (Writing *self)
{
  const KutipHeaderFields *fields =
      kutip_header_get_fields (kutip_layer_get_header (self->layer));
  gsize n;
  const char *utf8 =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), &n);
  g_autoptr (GString) unknown = g_string_new (NULL);
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *kept =
      kutip_annotation_find_unknown (fields->foreign, KUTIP_PRODIGY, &tree);
  g_autoptr (KutipTokenCover) cover = make_cover (self, kept);

  self->cover = cover;
  g_string_append (self->out, KUTIP_PRODIGY_START);
  append_view (self->out, fields->foreign);
  g_string_append (self->out, KUTIP_PRODIGY_PATH);
  kutip_json_append_string (self->out, self->record->path);
  g_string_append (self->out, KUTIP_PRODIGY_ANNOTATOR);
  kutip_json_append_string (self->out,
                            fields->annotator == NULL ? "" : fields->annotator);
  g_string_append (self->out, ", \"text\": ");
  kutip_json_append_bytes (self->out, utf8, n);
  append_meta (self->out, fields, kept);
  append_tokens (self);
  g_string_append (self->out, ", \"spans\": [");
  kutip_layer_foreach_span (self->layer, append_span, self);
  g_string_append (self->out, "], \"relations\": [");
  self->n = 0;
  kutip_layer_foreach_relation (self->layer, append_relation, self);
  append_token_relations (self, kept);
  g_string_append (self->out, "]");
  kutip_annotation_append_unknown (unknown, fields->foreign, KUTIP_PRODIGY,
                                   kutip_prodigy_task_members);
  g_string_append (self->out, unknown->str);
  if (strstr (unknown->str, ", \"answer\": ") == NULL)
    g_string_append (self->out, ", \"answer\": \"accept\"");
  g_string_append (self->out, "}\n");
}

static gboolean
write_prodigy (KutipRecord *record,
               const KutipFormatOptions *options,
               KutipSink *sink,
               KutipReport *report,
               GError **error)
{
  g_auto (KutipPour) pour;

  kutip_pour_init_for_sink (&pour, sink, "");
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = kutip_record_begin_layer (record, i, report);
      Writing writing = { &pour, pour.buffer, record, layer, NULL, report, 0 };

      append_layer (&writing);
    }
  return kutip_pour_finish (&pour, error);
}

/* How the line begins, up to its path, when Kutip wrote it; else as no other does. Owned.
 */
static char *
dup_start (const char *bytes, gsize n_bytes)
{
  static const char start[] = KUTIP_PRODIGY_START "\"";
  const gsize n = sizeof start - 1;
  const char *end = bytes + MIN (n_bytes, MOST_OF_START);
  const char *view_end = end - bytes < (gssize) n || memcmp (bytes, start, n) != 0
                             ? NULL
                             : memchr (bytes + n, '"', (gsize) (end - bytes) - n);

  if (view_end == NULL || (gsize) (end - view_end) <= strlen (KUTIP_PRODIGY_PATH) ||
      memcmp (view_end + 1, KUTIP_PRODIGY_PATH, strlen (KUTIP_PRODIGY_PATH)) != 0)
    return g_strconcat (start, KUTIP_PRODIGY_VIEW "\"" KUTIP_PRODIGY_PATH, NULL);
  return g_strndup (bytes, (gsize) (view_end - bytes) + 1 + strlen (KUTIP_PRODIGY_PATH));
}

static gsize
next_unit (const char *bytes, gsize n_bytes, gboolean at_end)
{
  g_autofree char *start = dup_start (bytes, n_bytes);

  return kutip_lines_next_unit (bytes, n_bytes, at_end, start, KUTIP_PRODIGY_ANNOTATOR);
}

static KutipMatch
recognise_prodigy (const char *name, const char *head, gsize n_head)
{
  static const char *const members[] = { "_view_id", "_task_hash", "_input_hash",
                                         "answer", NULL };

  /* Tokens are numbered in spans, a list of objects. */
  return kutip_json_head_has (head, n_head, "text", 1) &&
                 (kutip_json_head_has_one_of (head, n_head, members, 1) ||
                  kutip_json_head_has (head, n_head, "token_start", 3))
             ? KUTIP_MATCH_YES
             : KUTIP_MATCH_NO;
}

const KutipFormat kutip_format_prodigy = {
  .name = KUTIP_PRODIGY,
  .title = N_ ("Prodigy, JSON Lines"),
  .suffix = ".jsonl",
  .keeps =
      KUTIP_KEEPS_ALL & ~(KUTIP_KEEPS_TAGSET | KUTIP_KEEPS_ORPHANS | KUTIP_KEEPS_REVIEWS),
  .foreign = KUTIP_PRODIGY,
  .recognise = recognise_prodigy,
  .next_unit = next_unit,
  .read = kutip_prodigy_read,
  .write = write_prodigy,
  .compare = kutip_prodigy_compare,
};
