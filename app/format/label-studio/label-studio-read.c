/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/draft.h"
#include "format/elements.h"
#include "format/label-studio/label-studio-kept.h"
#include "format/label-studio/label-studio-naming.h"
#include "format/label-studio/label-studio-texts.h"
#include "format/label-studio/label-studio.h"
#include "format/lines.h"
#include "format/offsets.h"

#include <glib/gi18n.h>
#include <string.h>

const char *const kutip_label_studio_task_members[] = {
  "annotations", "completions", "predictions", "data", NULL,
};
const char *const kutip_label_studio_data_members[] = {
  "path",      "text",   "language",
  "title",     "author", "date",
  "publisher", "url",    KUTIP_LABEL_STUDIO_TEXT_KEY,
  NULL,
};
const char *const kutip_label_studio_annotation_members[] = {
  "result", "completed_by", "model_version", "language", "title", "author",
  "date",   "publisher",    "url",           "status",   "note",  NULL,
};
/* Of a region; what its "meta" has beside is taken for it. */
const char *const kutip_label_studio_region_members[] = {
  "id", "from_name", "to_name", "type", "origin", "value", "score", "meta", NULL,
};
const char *const kutip_label_studio_relation_members[] = {
  "type", "from_id", "to_id",  "labels",  "id",       "event", "attributes",
  "note", "unsure",  "origin", "created", "modified", NULL,
};

typedef struct
{
  KutipSource *source;
  const KutipFormatOptions *options;
  KutipJsonTree *tree;
  KutipReport *report;
  const KutipJsonNode *task;
  const char *path;
  KutipText *text;
  const char *text_key;
  /* Of the annotation that is read. */
  KutipDraft *draft;
  gboolean is_prediction;
  KutipOffsetUnit unit;
  KutipLabelStudioNaming *naming;
  GString *others;     /* results that nobody here understands */
  GHashTable *regions; /* id and control of each that was read, owned */
  KutipLabelStudioTexts *texts;
} Reading;

static void
warn (Reading *self, const char *what, const char *id, const KutipJsonNode *node)
{
  kutip_report_add (self->report, KUTIP_REPORT_WARNING, what, self->source->name, id,
                    kutip_json_tree_get_line (self->tree, node), NULL);
}

/* --- regions --- */

static gboolean
is_region_here (Reading *self, const KutipJsonNode *result)
{
  return kutip_label_studio_is_region (result) &&
         !kutip_label_studio_texts_is_elsewhere (self->texts, result);
}

/* Label Studio counts code points, and UTF-16 units in what some of its versions export:
 * only what is quoted can tell that. */
static KutipOffsetUnit
find_unit (Reading *self, const KutipJsonNode *results)
{
  KutipOffsetsRating rating = { 0 };
  g_auto (KutipJsonElements) elements = { NULL };
  const KutipJsonNode *child;

  if (self->options->offset_unit != KUTIP_OFFSETS_AUTO)
    return self->options->offset_unit;
  kutip_json_elements_init (&elements, self->tree, results);
  while ((child = kutip_json_elements_next (&elements)) != NULL)
    {
      const KutipJsonNode *value = kutip_json_node_get (child, "value");
      g_autofree char *covered =
          is_region_here (self, child) ? kutip_label_studio_dup_covered (child) : NULL;
      guint start, end;

      if (covered != NULL &&
          kutip_json_node_get_uint (kutip_json_node_get (value, "start"), &start) &&
          kutip_json_node_get_uint (kutip_json_node_get (value, "end"), &end))
        kutip_offsets_rate (&rating, self->text, &(KutipOffsets){ start, end, covered });
    }
  rating.bytes = 0;
  return kutip_offsets_rating_get_best (&rating);
}

/* What a region covers may have moved since: then its text is to be found again. Line
 * ends are compared as the browser writes them, which cannot be told from a backslash and
 * an "n" that stand in the text. */
static gboolean
has_moved (Reading *self, const KutipJsonNode *region, KutipDraftSpan *span)
{
  const char *raw =
      kutip_json_node_get_member (kutip_json_node_get (region, "value"), "text");
  g_autoptr (GString) said = NULL;
  g_autoptr (GString) written = NULL;
  KutipRange *range = &g_array_index (span->ranges, KutipRange, span->ranges->len - 1);
  gsize n;
  const char *there = kutip_text_peek_range (self->text, *range, &n);

  if (raw == NULL || (strlen (raw) == n && memcmp (raw, there, n) == 0))
    return FALSE;
  said = g_string_new (raw);
  written = g_string_new_len (there, (gssize) n);
  g_string_replace (said, "\n", "\\n", 0);
  g_string_replace (written, "\n", "\\n", 0);
  return !g_string_equal (said, written);
}

static gboolean
add_place (Reading *self,
           const KutipJsonNode *region,
           KutipDraftSpan *span,
           GError **error)
{
  const KutipJsonNode *value = kutip_json_node_get (region, "value");
  const KutipJsonNode *at = kutip_json_node_get (value, "start");
  guint start, end;

  if (!kutip_json_node_get_uint (at, &start) ||
      !kutip_json_node_get_uint (kutip_json_node_get (value, "end"), &end))
    return kutip_json_tree_fail (self->tree, at, error,
                                 _ ("a whole number was expected here"));
  if (!kutip_draft_add_range (self->draft, span, at, self->unit, start, end, error))
    return FALSE;
  if (span->ranges->len == 1 && has_moved (self, region, span))
    {
      g_autofree char *covered = kutip_label_studio_dup_covered (region);
      guint near = g_array_index (span->ranges, KutipRange, 0).start;

      warn (self, "other-text", kutip_json_node_get_member (region, "id"), at);
      g_array_set_size (span->ranges, 0);
      g_ptr_array_set_size (span->texts, 0);
      kutip_draft_add_text (self->draft, span, covered, near);
    }
  return TRUE;
}

/* A note, what Kutip itself says, and what is kept as it is. */
static void
take_meta (Reading *self, const KutipJsonNode *meta, KutipDraftSpan *span)
{
  const KutipJsonNode *text = kutip_json_node_get (meta, "text");
  const KutipJsonNode *note = text;
  GString *others = NULL;

  if (kutip_json_node_is_array (note) && note->n_children == 1)
    note = note->first;
  span->fields.note = kutip_draft_keep (self->draft, kutip_json_node_get_string (note));
  for (const KutipJsonNode *child = kutip_json_node_is_object (meta) ? meta->first : NULL;
       child != NULL; child = child->next)
    if (strcmp (child->name, "group") != 0 &&
        (child != text || span->fields.note == NULL) &&
        (child == text || !kutip_draft_take_span_member (self->draft, span, child)))
      kutip_draft_keep_unknown (&others, child);
  if (others == NULL)
    return;
  g_string_append_c (others, '}');
  kutip_draft_keep_json (&span->unknown, "meta", others->str);
  g_string_free (others, TRUE);
}

/* What stands beside the place and the labels. */
static void
take_rest (Reading *self, const KutipJsonNode *region, KutipDraftSpan *span)
{
  const KutipJsonNode *score = kutip_json_node_get (region, "score");

  take_meta (self, kutip_json_node_get (region, "meta"), span);
  /* A score is of whoever found the span. */
  if (!isnan (kutip_json_node_get_double (score)) &&
      (self->is_prediction || span->fields.origin_by != NULL))
    span->fields.origin_score = kutip_json_node_get_double (score);
  else if (score != NULL)
    kutip_draft_keep_unknown (&span->unknown, score);
  for (const KutipJsonNode *child = region->first; child != NULL; child = child->next)
    if (!g_strv_contains (kutip_label_studio_region_members, child->name))
      kutip_draft_keep_unknown (&span->unknown, child);
}

/* A region has a result for each of its controls, and one alone. */
static gboolean
check_id (Reading *self, const KutipJsonNode *region, const char *id, GError **error)
{
  const char *control = kutip_json_node_get_member (region, "from_name");

  return id == NULL ||
         g_hash_table_add (
             self->regions,
             g_strdup_printf ("%s\n%s", id, control == NULL ? "" : control)) ||
         kutip_json_tree_fail (self->tree, region, error, _ ("the id “%s” occurs twice"),
                               id);
}

/* A region with several labels is as many spans. */
static gboolean
read_region (Reading *self, const KutipJsonNode *region, GError **error)
{
  const KutipJsonNode *meta = kutip_json_node_get (region, "meta");
  const KutipJsonNode *labels =
      kutip_json_node_get (kutip_json_node_get (region, "value"), "labels");
  const KutipJsonNode *label = kutip_json_node_is_array (labels) ? labels->first : NULL;
  const char *id = kutip_json_node_get_word (kutip_json_node_get (region, "id"));
  const char *group = kutip_json_node_get_member (meta, "group");
  const char *key = group != NULL ? group : id;
  gboolean first = TRUE;

  if (!check_id (self, region, id, error))
    return FALSE;
  do
    {
      gboolean known = kutip_draft_find_span (self->draft, key) != NULL;
      KutipDraftSpan *span = kutip_draft_get_span (
          self->draft, first && (group != NULL || !known) ? key : NULL, region);

      if (!add_place (self, region, span, error))
        return FALSE;
      if (span->fields.label == NULL)
        {
          const char *name = kutip_json_node_get_string (label);

          if (name == NULL)
            name = kutip_json_node_get_member (region, "from_name");
          span->fields.label = kutip_draft_keep (self->draft, name);
          if (first && !known)
            span->fields.id = kutip_draft_keep (self->draft, key);
          kutip_label_studio_naming_take_region (self->naming, region, &span->unknown);
          if (first)
            take_rest (self, region, span);
        }
      first = FALSE;
      label = label == NULL ? NULL : label->next;
    }
  while (label != NULL);
  return TRUE;
}

/* --- relations --- */

static gboolean
read_relation (Reading *self, const KutipJsonNode *node, GError **error)
{
  const KutipJsonNode *labels = kutip_json_node_get (node, "labels");
  const KutipJsonNode *label = kutip_json_node_is_array (labels) ? labels->first : NULL;
  const char *direction = kutip_json_node_get_member (node, "direction");
  gboolean left = g_strcmp0 (direction, "left") == 0;
  const char *from = kutip_json_node_get_word (kutip_json_node_get (node, "from_id"));
  const char *to = kutip_json_node_get_word (kutip_json_node_get (node, "to_id"));
  gboolean first = TRUE;

  do
    {
      KutipDraftRelation *relation = kutip_draft_add_relation (self->draft, node);
      const char *name = kutip_json_node_get_string (label);

      relation->from = kutip_draft_keep (self->draft, left ? to : from);
      relation->to = kutip_draft_keep (self->draft, left ? from : to);
      relation->fields.label =
          kutip_draft_keep (self->draft, name != NULL ? name : "related");
      for (const KutipJsonNode *child = node->first; child != NULL && first;
           child = child->next)
        if (!kutip_draft_take_relation_member (self->draft, relation, child) &&
            !g_strv_contains (kutip_label_studio_relation_members, child->name) &&
            (strcmp (child->name, "direction") != 0 || g_strcmp0 (direction, "bi") == 0))
          kutip_draft_keep_unknown (&relation->unknown, child);
      first = FALSE;
      label = label == NULL ? NULL : label->next;
    }
  while (label != NULL);
  return TRUE;
}

/* --- attributes --- */

/* The attribute that a result's control is for. Owned. */
static char *
dup_attribute_name (const KutipJsonNode *result)
{
  const char *given = kutip_json_node_get_member (result, "attribute");
  char *name =
      g_strdup (given != NULL ? given : kutip_json_node_get_member (result, "from_name"));

  return given != NULL || name == NULL ? name : kutip_label_studio_strip_control (name);
}

/* Strings chosen or typed, or a number given; FALSE for anything else. */
static gboolean
collect_values (const KutipJsonNode *result, GPtrArray *values)
{
  const char *type = kutip_json_node_get_member (result, "type");
  const KutipJsonNode *value =
      type == NULL ? NULL
                   : kutip_json_node_get (kutip_json_node_get (result, "value"),
                                          strcmp (type, "textarea") == 0 ? "text" : type);

  if (kutip_json_node_get_word (value) != NULL)
    g_ptr_array_add (values, (gpointer) kutip_json_node_get_word (value));
  else if (!kutip_json_node_is_array (value))
    return FALSE;
  else
    for (const KutipJsonNode *child = value->first; child != NULL; child = child->next)
      {
        if (kutip_json_node_get_string (child) == NULL)
          return FALSE;
        g_ptr_array_add (values, (gpointer) child->string);
      }
  return TRUE;
}

/* Whether the result is of the place where the span is said to be. */
static gboolean
is_at (Reading *self, const KutipJsonNode *result, KutipDraftSpan *span)
{
  const KutipJsonNode *value = kutip_json_node_get (result, "value");
  KutipRange range;
  guint start, end;

  /* One that was looked for is elsewhere now. */
  if (span->texts->len > 0 && g_ptr_array_index (span->texts, 0) != NULL)
    return TRUE;
  return kutip_json_node_get_uint (kutip_json_node_get (value, "start"), &start) &&
         kutip_json_node_get_uint (kutip_json_node_get (value, "end"), &end) &&
         kutip_offsets_convert (kutip_draft_get_text (self->draft), self->unit, start,
                                end, &range) &&
         kutip_range_equal (range, g_array_index (span->ranges, KutipRange, 0));
}

/* FALSE when it is none. */
static gboolean
read_attribute (Reading *self, const KutipJsonNode *result)
{
  const char *id = kutip_json_node_get_word (kutip_json_node_get (result, "id"));
  const char *kind = kutip_json_node_get_member (result, "kind");
  gboolean has_place =
      kutip_json_node_get (kutip_json_node_get (result, "value"), "start") != NULL;
  KutipDraftSpan *span = kutip_draft_find_span (self->draft, id);
  g_autofree char *name = dup_attribute_name (result);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  KutipAttribute attribute = { name, KUTIP_VALUE_STRING, NULL };

  if (name == NULL || (has_place && (span == NULL || !is_at (self, result, span))) ||
      !collect_values (result, values) ||
      !kutip_label_studio_naming_take_attribute (self->naming, result, name,
                                                 has_place ? id : NULL))
    return FALSE;
  if (g_strcmp0 (kind, "flag") == 0)
    {
      attribute.type = KUTIP_VALUE_FLAG;
      g_ptr_array_set_size (values, 0);
    }
  else if (values->len != 1 || g_strcmp0 (kind, "list") == 0)
    attribute.type = KUTIP_VALUE_LIST;
  g_ptr_array_add (values, NULL);
  attribute.values = (const char *const *) values->pdata;
  kutip_draft_set_attribute (self->draft,
                             span != NULL && has_place
                                 ? &span->fields.attributes
                                 : &kutip_draft_get_header (self->draft)->attributes,
                             attribute);
  return TRUE;
}

static void
keep_result (Reading *self, const KutipJsonNode *result)
{
  g_string_append (self->others, self->others->len == 0 ? "[" : ", ");
  kutip_json_node_append (self->others, result);
  warn (self, "unknown-result",
        kutip_json_node_get_word (kutip_json_node_get (result, "id")), result);
}

/* --- annotations --- */

static gboolean
read_regions (Reading *self, const KutipJsonNode *results, GError **error)
{
  g_auto (KutipJsonElements) elements = { NULL };
  const KutipJsonNode *result;

  kutip_json_elements_init (&elements, self->tree, results);
  while ((result = kutip_json_elements_next (&elements)) != NULL)
    if (is_region_here (self, result) && !read_region (self, result, error))
      return FALSE;
  return TRUE;
}

/* What may say something of any region. */
static gboolean
read_others (Reading *self, const KutipJsonNode *results, GError **error)
{
  g_auto (KutipJsonElements) elements = { NULL };
  const KutipJsonNode *result;

  kutip_json_elements_init (&elements, self->tree, results);
  while ((result = kutip_json_elements_next (&elements)) != NULL)
    if (kutip_label_studio_texts_is_elsewhere (self->texts, result))
      keep_result (self, result);
    else if (g_strcmp0 (kutip_json_node_get_member (result, "type"), "relation") == 0)
      {
        if (!read_relation (self, result, error))
          return FALSE;
      }
    else if (!kutip_label_studio_is_region (result) && !read_attribute (self, result))
      keep_result (self, result);
  return TRUE;
}

static gboolean
read_results (Reading *self, const KutipJsonNode *results, GError **error)
{
  g_autoptr (KutipLabelStudioTexts) texts = NULL;

  if (results == NULL)
    return TRUE;
  if (!kutip_json_node_is_array (results))
    return kutip_json_tree_fail (self->tree, results, error,
                                 _ ("a list was expected here"));
  texts = kutip_label_studio_texts_new (self->tree, results,
                                        kutip_json_node_get (self->task, "data"),
                                        self->text_key, self->text);
  self->texts = texts;
  self->unit = find_unit (self, results);
  return read_regions (self, results, error) && read_others (self, results, error);
}

/* Members of @object that are not among @known, as one kept member. */
static void
keep_others (Reading *self,
             const char *name,
             const KutipJsonNode *object,
             const char *const *known)
{
  GString *kept = NULL;

  for (const KutipJsonNode *child = kutip_json_node_is_object (object) ? object->first
                                                                       : NULL;
       child != NULL; child = child->next)
    if (!g_strv_contains (known, child->name) &&
        g_strcmp0 (child->name, self->text_key) != 0)
      kutip_draft_keep_unknown (&kept, child);
  if (kept == NULL)
    return;
  g_string_append_c (kept, '}');
  kutip_draft_keep_json (kutip_draft_get_unknown (self->draft), name, kept->str);
  g_string_free (kept, TRUE);
}

static void
keep_text_key (Reading *self)
{
  g_autoptr (GString) json = g_string_new (NULL);

  kutip_json_append_string (json, self->text_key);
  kutip_draft_keep_json (kutip_draft_get_unknown (self->draft),
                         KUTIP_LABEL_STUDIO_TEXT_KEY, json->str);
}

static void
take_header (Reading *self, const KutipJsonNode *annotation, gboolean is_first)
{
  KutipHeaderFields *header = kutip_draft_get_header (self->draft);
  const KutipJsonNode *data = kutip_json_node_get (self->task, "data");
  /* Kutip's own says it all. */
  gboolean is_own = kutip_json_node_get_member (annotation, "status") != NULL;
  const KutipJsonNode *from = is_own ? annotation : data;
  g_autofree char *annotator = kutip_label_studio_dup_annotator (annotation);

  header->annotator = kutip_draft_keep (self->draft, annotator);
  if (!is_own)
    header->status =
        kutip_json_node_is_true (kutip_json_node_get (annotation, "was_cancelled"))
            ? KUTIP_STATUS_NEW
            : KUTIP_STATUS_DONE;
  for (const KutipJsonNode *child = kutip_json_node_is_object (from) ? from->first : NULL;
       child != NULL; child = child->next)
    if (strcmp (child->name, "attributes") != 0 &&
        (is_own || g_strcmp0 (child->name, self->text_key) != 0))
      kutip_draft_take_header_member (self->draft, child);
  keep_others (self, "annotation", annotation, kutip_label_studio_annotation_members);
  kutip_label_studio_keep_person (annotation, kutip_draft_get_unknown (self->draft));
  if (!is_first)
    return;
  keep_others (self, "data", data, kutip_label_studio_data_members);
  if (self->text_key != NULL && strcmp (self->text_key, KUTIP_LABEL_STUDIO_TEXT) != 0)
    keep_text_key (self);
  keep_others (self, "task", self->task, kutip_label_studio_task_members);
}

static KutipLayer *
read_annotation (Reading *self,
                 const KutipJsonNode *annotation,
                 gboolean is_prediction,
                 gboolean is_first,
                 GError **error)
{
  g_autoptr (KutipDraft) draft = kutip_draft_new (self->tree, self->text);
  g_autoptr (GString) others = g_string_new (NULL);
  g_autoptr (GHashTable) regions =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KutipLabelStudioNaming) naming = kutip_label_studio_naming_new ();

  self->regions = regions;
  self->draft = draft;
  self->naming = naming;
  self->is_prediction = is_prediction;
  self->others = others;
  take_header (self, annotation, is_first);
  if (is_prediction)
    kutip_draft_keep_json (kutip_draft_get_unknown (draft), "prediction", "true");
  if (!read_results (self, kutip_json_node_get (annotation, "result"), error))
    return NULL;
  kutip_label_studio_naming_keep (naming, kutip_draft_get_unknown (draft));
  if (others->len > 0)
    {
      g_string_append_c (others, ']');
      kutip_draft_keep_json (kutip_draft_get_unknown (draft), "result", others->str);
    }
  for (guint i = 0; is_prediction && i < kutip_draft_get_n_spans (draft); i++)
    {
      KutipSpanFields *fields = &kutip_draft_get_nth_span (draft, i)->fields;

      if (fields->origin_by == NULL)
        fields->origin_by = kutip_draft_get_header (draft)->annotator;
    }
  return kutip_draft_finish (draft, KUTIP_LABEL_STUDIO, error);
}

static gboolean
read_list (Reading *self, const char *name, KutipRecord *record, GError **error)
{
  const KutipJsonNode *list = kutip_json_node_get (self->task, name);

  if (list == NULL || list->type == KUTIP_JSON_NULL)
    return TRUE;
  if (!kutip_json_node_is_array (list))
    return kutip_json_tree_fail (self->tree, list, error, _ ("a list was expected here"));
  for (const KutipJsonNode *child = list->first; child != NULL; child = child->next)
    {
      KutipLayer *layer = read_annotation (self, child, strcmp (name, "predictions") == 0,
                                           record->layers->len == 0, error);

      if (layer == NULL)
        return FALSE;
      g_ptr_array_add (record->layers, layer);
    }
  return TRUE;
}

/* --- tasks --- */

/* The member of "data" that is the text: the one that is said to be, or called so, or the
 * longest. */
static const KutipJsonNode *
find_text (const KutipJsonNode *data)
{
  const char *key = kutip_json_node_get_member (data, KUTIP_LABEL_STUDIO_TEXT_KEY);
  const KutipJsonNode *best = kutip_json_node_get (
      data, key == NULL || !kutip_label_studio_can_be_text (key) ? KUTIP_LABEL_STUDIO_TEXT
                                                                 : key);

  if (kutip_json_node_get_string (best) != NULL || !kutip_json_node_is_object (data))
    return best;
  for (const KutipJsonNode *child = data->first; child != NULL; child = child->next)
    if (child->type == KUTIP_JSON_STRING &&
        kutip_label_studio_can_be_text (child->name) &&
        (best == NULL || best->type != KUTIP_JSON_STRING ||
         child->n_bytes > best->n_bytes))
      best = child;
  return best;
}

static char *
make_path (Reading *self)
{
  const KutipJsonNode *data = kutip_json_node_get (self->task, "data");
  const char *given = kutip_json_node_get_member (data, "path");

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  return kutip_lines_make_path (
      self->source, kutip_json_node_get_word (kutip_json_node_get (self->task, "id")),
      kutip_json_tree_get_line (self->tree, self->task));
}

static KutipRecord *
read_task (Reading *self, GError **error)
{
  const KutipJsonNode *content = find_text (kutip_json_node_get (self->task, "data"));
  g_autofree char *path = make_path (self);
  g_autoptr (KutipText) text = NULL;
  g_autoptr (KutipArticle) article = NULL;
  g_autoptr (KutipRecord) record = NULL;

  if (kutip_json_node_get_string (content) == NULL)
    {
      kutip_json_tree_fail (self->tree, self->task, error,
                            _ ("this task has no text in its “data”"));
      return NULL;
    }
  text = kutip_text_new (content->string);
  article = kutip_record_make_article (path, text);
  record = kutip_record_new (path, article);
  self->path = path;
  self->text = text;
  self->text_key = content->name;
  if (!read_list (self, "annotations", record, error) ||
      !read_list (self, "completions", record, error) ||
      !read_list (self, "predictions", record, error))
    return NULL;
  if (record->layers->len == 0)
    {
      KutipLayer *empty = read_annotation (self, NULL, FALSE, TRUE, error);

      g_ptr_array_add (record->layers, empty);
    }
  return g_steal_pointer (&record);
}

/* A KutipJsonChoose: results may be many, and are not held. */
static KutipJsonChoice
choose (guint n_objects, const char *owner, const char *name)
{
  static const char *const lists[] = { "annotations", "completions", "predictions",
                                       NULL };

  return n_objects == 2 && strcmp (name, "result") == 0 && owner != NULL &&
                 g_strv_contains (lists, owner)
             ? KUTIP_JSON_APART
             : KUTIP_JSON_KEEP;
}

gboolean
kutip_label_studio_read (KutipSource *source,
                         const KutipFormatOptions *options,
                         KutipRecordFunc emit,
                         gpointer data,
                         KutipReport *report,
                         GError **error)
{
  g_autoptr (GBytes) unit = kutip_elements_complete (source->bytes);
  g_autoptr (KutipJsonTree) tree = NULL;
  g_autoptr (KutipTagset) tagset = NULL;
  Reading reading = { .source = source, .options = options, .report = report };
  const KutipJsonNode *root;
  const char *json = "";
  gsize n_bytes = 0;

  /* White space behind the list; but not a file of nothing else. */
  if (unit == NULL && source->line > 1)
    return TRUE;
  if (unit != NULL)
    json = g_bytes_get_data (unit, &n_bytes);
  tree = kutip_json_tree_new_with_choice (json, n_bytes, source->line, choose, error);
  reading.tree = tree;
  if (tree == NULL)
    return FALSE;
  tagset = kutip_label_studio_find_tagset (source);
  root = kutip_json_tree_get_root (tree);
  reading.task = kutip_json_node_is_array (root) ? root->first : root;
  for (; reading.task != NULL; reading.task = reading.task->next)
    {
      KutipRecord *record = read_task (&reading, error);

      if (record == NULL)
        return FALSE;
      g_set_object (&record->tagset, tagset);
      if (!emit (record, data, error))
        return FALSE;
    }
  return TRUE;
}
