/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json-tree.h"
#include "format/label-studio/label-studio-kept.h"
#include "format/label-studio/label-studio-naming.h"
#include "format/label-studio/label-studio.h"
#include "format/pour.h"
#include "format/sidecar/annotation-json.h"

#include <math.h>
#include <string.h>

typedef struct
{
  KutipPour *pour;
  GString *out; /* its buffer */
  KutipRecord *record;
  KutipLayer *layer;
  KutipTagset *tagset; /* or NULL */
  KutipReport *report;
  guint n_results;
  GHashTable *controls;            /* words of those that are named */
  const char *labels, *text, *key; /* of the regions' control, the text, its member */
  /* Of the layer: what is kept of it, or NULL; and "extras" in that, by key. */
  const KutipJsonNode *kept;
  GHashTable *extras;
} Writing;

static void
append_kept_members (GString *out, const KutipJsonNode *object, const char *const *known)
{
  if (!kutip_json_node_is_object (object))
    return;
  for (const KutipJsonNode *child = object->first; child != NULL; child = child->next)
    {
      if (g_strv_contains (known, child->name))
        continue;
      g_string_append (out, ", ");
      kutip_json_append_string (out, child->name);
      g_string_append (out, ": ");
      kutip_json_node_append (out, child);
    }
}

/* What stood beside the place of a region, with the place that it has now. */
static void
append_kept_value (GString *out, const KutipJsonNode *kept, const KutipRange *range)
{
  static const char *const places[] = { "globalOffsets", NULL };
  const KutipJsonNode *value = kutip_json_node_get (kept, "value");

  append_kept_members (out, value, places);
  if (range != NULL && kutip_json_node_get (value, places[0]) != NULL)
    g_string_append_printf (out, ", \"globalOffsets\": {\"start\": %u, \"end\": %u}",
                            range->start, range->end);
}

static void
begin_result (Writing *self, const char *id)
{
  g_string_append (self->out, self->n_results++ == 0 ? "\n    {" : ",\n    {");
  if (id != NULL)
    {
      g_string_append (self->out, "\"id\": ");
      kutip_json_append_string (self->out, id);
      g_string_append (self->out, ", ");
    }
}

/* Label Studio writes a line's end in a region's text as two characters. */
static void
append_covered (Writing *self, KutipRange range)
{
  KutipText *text = kutip_article_get_text (self->record->article);
  g_autofree char *covered = kutip_text_dup_range (text, range);
  g_auto (GStrv) lines = g_strsplit (covered, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\\n", lines);

  g_string_append_printf (self->out, "\"start\": %u, \"end\": %u", range.start,
                          range.end);
  kutip_annotation_append_string (self->out, "text", joined);
}

/* @kept: what was read of this result, or NULL. */
static void
append_control (Writing *self,
                const char *type,
                const char *control,
                const char *to,
                const KutipJsonNode *kept)
{
  g_string_append (self->out, "\"from_name\": ");
  kutip_json_append_string (self->out, control);
  kutip_annotation_append_string (self->out, "to_name", to);
  kutip_annotation_append_string (self->out, "type", type);
  if (kutip_json_node_get (kept, "origin") == NULL)
    kutip_annotation_append_string (self->out, "origin", "manual");
  else
    {
      g_string_append (self->out, ", \"origin\": ");
      kutip_json_node_append (self->out, kutip_json_node_get (kept, "origin"));
    }
}

/* A region's "meta" outlives Label Studio; it shows "text" there. */
static void
append_meta (Writing *self, const KutipSpanFields *fields, const KutipJsonNode *kept)
{
  /* A note that was written since then stands for what there was. */
  static const char *const note[] = { "text", NULL };
  static const char *const none[] = { NULL };
  KutipSpanFields others = *fields;
  g_autoptr (GString) meta = g_string_new (NULL);

  others.id = NULL;
  others.note = NULL;
  others.attributes = NULL;
  if (fields->note != NULL)
    {
      g_string_append (meta, ", \"text\": [");
      kutip_json_append_string (meta, fields->note);
      g_string_append_c (meta, ']');
    }
  if (fields->n_ranges > 1)
    kutip_annotation_append_string (meta, "group", fields->id);
  kutip_annotation_append_span (meta, &others);
  append_kept_members (meta, kutip_json_node_get (kept, "meta"),
                       fields->note != NULL ? note : none);
  if (meta->len > 0)
    g_string_append_printf (self->out, ", \"meta\": {%s}", meta->str + 2);
}

static void
note_use (Writing *self,
          const KutipLabelStudioUse *use,
          const char *control,
          const char *value)
{
  g_autoptr (GString) word = g_string_new (NULL);

  kutip_label_studio_append_use (word, use, control, value);
  if (!g_hash_table_contains (self->controls, word->str))
    g_hash_table_add (self->controls, g_strdup (word->str));
}

static void
note_text (Writing *self, const char *name)
{
  const KutipLabelStudioUse use = { .attribute = (char *) self->key,
                                    .type = KUTIP_LABEL_STUDIO_OBJECT };

  note_use (self, &use, name, NULL);
}

static void
note_region (Writing *self, const char *control, const char *to, const char *label)
{
  const KutipLabelStudioUse use = { .attribute = (char *) to,
                                    .type = KUTIP_LABEL_STUDIO_REGIONS };

  note_use (self, &use, control, label);
  if (to != self->text)
    note_text (self, to);
}

/* A result of an attribute, as it is to be written. */
typedef struct
{
  const KutipAttribute *attribute;
  const char *const *values;
  const KutipRange *range; /* NULL: it is of the article */
  const char *type, *control, *to, *form;
  gboolean is_kept;  /* as it was read, without what Kutip says of it */
  gboolean is_named; /* it says the attribute's name */
  const KutipJsonNode *extras;
} Result;

static void
note_result (Writing *self, const Result *result)
{
  const KutipLabelStudioUse use = {
    .attribute = (char *) result->attribute->name,
    .type = kutip_label_studio_type_from_string (result->type),
    .per_article = result->range == NULL,
    .is_multiple = result->values[0] != NULL && result->values[1] != NULL,
  };
  gboolean is_choice = use.type == KUTIP_LABEL_STUDIO_CHOICES;

  if (!is_choice || result->values[0] == NULL)
    note_use (self, &use, result->control, is_choice ? "" : NULL);
  for (guint i = 0; is_choice && result->values[i] != NULL; i++)
    note_use (self, &use, result->control, result->values[i]);
}

/* For the configuration, which is written at the end. */
static gboolean
keep_controls (Writing *self, KutipSink *sink, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GHashTableIter iter;
  gpointer word;

  g_hash_table_iter_init (&iter, self->controls);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    g_string_append_len (words, word, (gssize) strlen (word) + 1);
  return words->len == 0 || sink->append (sink, KUTIP_LABEL_STUDIO_KEPT_CONTROLS,
                                          words->str, words->len, error);
}

static gboolean
is_number (const char *value)
{
  g_autoptr (KutipJsonTree) tree = kutip_json_tree_new (value, strlen (value), 1, NULL);

  return tree != NULL && kutip_json_tree_get_root (tree)->type == KUTIP_JSON_NUMBER;
}

/* As it was given, if what it is now can be given so. */
static void
append_values (GString *out, const Result *result)
{
  gboolean is_one = result->values[0] != NULL && result->values[1] == NULL;

  if (is_one && strcmp (result->form, "number") == 0 && is_number (result->values[0]))
    g_string_append (out, result->values[0]);
  else if (is_one && strcmp (result->form, "string") == 0)
    kutip_json_append_string (out, result->values[0]);
  else
    kutip_json_append_strings (out, result->values);
}

/* What Kutip says of it, where the control does not. */
static void
append_kind (GString *out, const Result *result)
{
  const KutipAttribute *attribute = result->attribute;
  gboolean is_plain = attribute->type == KUTIP_VALUE_STRING ||
                      (attribute->type == KUTIP_VALUE_LIST && result->values[0] != NULL &&
                       result->values[1] != NULL);

  if (result->is_named)
    kutip_annotation_append_string (out, "attribute", attribute->name);
  if (!result->is_kept || !is_plain)
    kutip_annotation_append_string (out, "kind",
                                    attribute->type == KUTIP_VALUE_FLAG   ? "flag"
                                    : attribute->type == KUTIP_VALUE_LIST ? "list"
                                                                          : "string");
}

static void
append_result (Writing *self, const char *id, const Result *result)
{
  static const char *const known[] = { "id", "origin", "value", NULL };
  gboolean is_typed = strcmp (result->type, "textarea") == 0;
  const KutipRange *range = result->range;

  note_result (self, result);
  begin_result (self, kutip_label_studio_get_kept (result->extras, "id", id));
  append_control (self, result->type, result->control, result->to, result->extras);
  g_string_append (self->out, ", \"value\": {");
  /* What was typed stands where a region's own text otherwise does. */
  if (range != NULL && !is_typed)
    append_covered (self, *range);
  else if (range != NULL)
    g_string_append_printf (self->out, "\"start\": %u, \"end\": %u", range->start,
                            range->end);
  g_string_append_printf (self->out, "%s\"%s\": ", range == NULL ? "" : ", ",
                          is_typed ? "text" : result->type);
  append_values (self->out, result);
  append_kept_value (self->out, result->extras, range);
  g_string_append_c (self->out, '}');
  append_kept_members (self->out, result->extras, known);
  append_kind (self->out, result);
  g_string_append_c (self->out, '}');
}

/* An attribute, of a region or with @range NULL of the article. */
static void
append_value (Writing *self,
              const char *id,
              const KutipRange *range,
              const KutipAttribute *attribute)
{
  const char *const flag[] = { attribute->name, NULL };
  const KutipJsonNode *control =
      kutip_label_studio_find_control (self->kept, attribute->name, range == NULL);
  g_autofree char *key =
      kutip_label_studio_make_key (range == NULL ? NULL : id, attribute->name);
  g_autofree char *name = NULL;
  gboolean is_choice = TRUE;
  Result result = {
    .attribute = attribute,
    .values = attribute->type == KUTIP_VALUE_FLAG ? flag : attribute->values,
    .range = range,
    .is_kept = control != NULL,
    .is_named = control == NULL || kutip_json_node_get (control, "from_name") != NULL,
    .extras = g_hash_table_lookup (self->extras, key),
  };

  for (guint i = 0; result.values[i] != NULL; i++)
    is_choice &=
        kutip_label_studio_is_choice (self->tagset, attribute->name, result.values[i]);
  name = kutip_label_studio_make_control (attribute->name, is_choice, range == NULL);
  result.type =
      kutip_label_studio_get_kept (control, "type", is_choice ? "choices" : "textarea");
  result.control = kutip_label_studio_get_kept (control, "from_name",
                                                control != NULL ? attribute->name : name);
  result.to = kutip_label_studio_get_kept (control, "to_name", self->text);
  result.form = kutip_label_studio_get_kept (control, "form", "list");
  append_result (self, id, &result);
}

static void
append_region (Writing *self, const KutipSpanFields *fields, guint piece)
{
  g_autofree char *id = piece == 0 ? g_strdup (fields->id)
                                   : g_strdup_printf ("%s.%u", fields->id, piece + 1);
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *kept = kutip_label_studio_find_kept_of (fields->foreign, &tree);
  const char *control = kutip_label_studio_get_kept (kept, "from_name", self->labels);
  const char *to = kutip_label_studio_get_kept (kept, "to_name", self->text);

  note_region (self, control, to, fields->label);
  begin_result (self, id);
  append_control (self, "labels", control, to, kept);
  g_string_append (self->out, ", \"value\": {");
  append_covered (self, fields->ranges[piece]);
  g_string_append (self->out, ", \"labels\": [");
  kutip_json_append_string (self->out, fields->label);
  g_string_append_c (self->out, ']');
  append_kept_value (self->out, kept, &fields->ranges[piece]);
  g_string_append_c (self->out, '}');
  if (piece == 0)
    append_meta (self, fields, kept);
  else
    {
      g_string_append (self->out, ", \"meta\": {\"group\": ");
      kutip_json_append_string (self->out, fields->id);
      g_string_append_c (self->out, '}');
    }
  if (piece == 0 && !isnan (fields->origin_score))
    {
      g_string_append (self->out, ", \"score\": ");
      kutip_json_append_double (self->out, fields->origin_score);
    }
  else if (piece == 0 && kutip_json_node_get (kept, "score") != NULL)
    {
      g_string_append (self->out, ", \"score\": ");
      kutip_json_node_append (self->out, kutip_json_node_get (kept, "score"));
    }
  if (piece == 0)
    append_kept_members (self->out, kept, kutip_label_studio_region_members);
  g_string_append_c (self->out, '}');
}

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  kutip_pour_check (self->pour);
  for (guint i = 0; i < fields.n_ranges; i++)
    append_region (self, &fields, i);
  for (guint i = 0; i < kutip_attributes_get_n (fields.attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (fields.attributes, i);

      append_value (self, fields.id, &fields.ranges[0], &attribute);
    }
  return TRUE;
}

static gboolean
is_there (Writing *self, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);

  return span != NULL && !kutip_span_is_orphan (span);
}

static gboolean
append_relation (KutipRelation *relation, gpointer data)
{
  Writing *self = data;
  KutipRelationFields fields;
  g_autoptr (GString) unknown = g_string_new (NULL);

  kutip_relation_get_fields (relation, &fields);
  if (!is_there (self, fields.from) || !is_there (self, fields.to))
    {
      kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations", self->record->path,
                        fields.id, 0, NULL);
      return TRUE;
    }
  kutip_pour_check (self->pour);
  begin_result (self, NULL);
  g_string_append (self->out, "\"type\": \"relation\", \"from_id\": ");
  kutip_json_append_string (self->out, fields.from);
  kutip_annotation_append_string (self->out, "to_id", fields.to);
  g_string_append (self->out, ", \"labels\": [");
  kutip_json_append_string (self->out, fields.label);
  g_string_append_c (self->out, ']');
  kutip_annotation_append_unknown (unknown, fields.foreign, KUTIP_LABEL_STUDIO,
                                   kutip_label_studio_relation_members);
  if (strstr (unknown->str, ", \"direction\": ") == NULL)
    g_string_append (self->out, ", \"direction\": \"right\"");
  g_string_append (self->out, unknown->str);
  kutip_annotation_append_relation (self->out, &fields);
  g_string_append_c (self->out, '}');
  return TRUE;
}

/* What is kept of the task itself: one layer has it, whichever annotator that is. */
static void
append_kept_of_task (Writing *self, const char *name, const char *const *known)
{
  for (guint i = 0; i < self->record->layers->len; i++)
    {
      g_autoptr (KutipJsonTree) tree = NULL;
      const KutipJsonNode *kept =
          kutip_json_node_get (kutip_label_studio_find_kept (
                                   g_ptr_array_index (self->record->layers, i), &tree),
                               name);

      if (kept == NULL)
        continue;
      append_kept_members (self->out, kept, known);
      return;
    }
}

static void
append_results (Writing *self, const KutipJsonNode *kept)
{
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (self->layer));

  self->n_results = 0;
  g_string_append (self->out, "\"result\": [");
  kutip_layer_foreach_span (self->layer, append_span, self);
  kutip_layer_foreach_relation (self->layer, append_relation, self);
  for (guint i = 0; i < kutip_attributes_get_n (header->attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (header->attributes, i);
      g_autofree char *id = g_strdup_printf ("article-%u", i + 1);

      append_value (self, id, NULL, &attribute);
    }
  for (const KutipJsonNode *child = kutip_json_node_is_array (kept) ? kept->first : NULL;
       child != NULL; child = child->next)
    {
      g_string_append (self->out, self->n_results++ == 0 ? "\n    " : ",\n    ");
      kutip_json_node_append (self->out, child);
    }
  g_string_append_c (self->out, ']');
}

/* Whether that is the person's name, or what it became as part of a file's name. */
static gboolean
is_person (const KutipJsonNode *kept, const char *annotator)
{
  g_autofree char *name = kutip_label_studio_dup_annotator (kept);

  if (name == NULL || strcmp (name, annotator) == 0)
    return name != NULL;
  g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", '_');
  return strcmp (name, annotator) == 0;
}

/* As it was read; else by number, as exports have it, where that is all that is known;
 * else as an address. */
static void
append_person (GString *out, const KutipJsonNode *kept, const char *annotator)
{
  guint64 number;

  if (kutip_json_node_get (kept, "completed_by") != NULL && is_person (kept, annotator))
    {
      g_string_append (out, ", \"completed_by\": ");
      kutip_json_node_append (out, kutip_json_node_get (kept, "completed_by"));
      return;
    }
  if (*annotator != '0' &&
      g_ascii_string_to_unsigned (annotator, 10, 1, G_MAXINT, &number, NULL))
    {
      g_string_append_printf (out, ", \"completed_by\": %s", annotator);
      return;
    }
  g_string_append (out, ", \"completed_by\": {\"email\": ");
  kutip_json_append_string (out, annotator);
  g_string_append_c (out, '}');
}

/* What is kept of the layer, until the next one. */
static void
take_kept (Writing *self, const KutipJsonNode *kept)
{
  const KutipJsonNode *extras = kutip_json_node_get (kept, "extras");

  self->kept = kept;
  g_hash_table_remove_all (self->extras);
  for (const KutipJsonNode *child = kutip_json_node_is_object (extras) ? extras->first
                                                                       : NULL;
       child != NULL; child = child->next)
    g_hash_table_insert (self->extras, (gpointer) child->name, (gpointer) child);
}

static void
append_annotation (Writing *self, gboolean is_prediction)
{
  g_autoptr (KutipJsonTree) tree = NULL;
  KutipHeaderFields header =
      *kutip_header_get_fields (kutip_layer_get_header (self->layer));

  take_kept (self, kutip_label_studio_find_kept (self->layer, &tree));
  g_string_append (self->out, "{");
  append_results (self, kutip_json_node_get (self->kept, "result"));
  if (is_prediction)
    kutip_annotation_append_string (self->out, "model_version", header.annotator);
  else if (header.annotator != NULL)
    append_person (self->out, self->kept, header.annotator);
  kutip_annotation_append_string (self->out, "status",
                                  kutip_status_to_string (header.status));
  header.attributes = NULL;
  kutip_annotation_append_header (self->out, &header, header.status);
  append_kept_members (self->out, kutip_json_node_get (self->kept, "annotation"),
                       kutip_label_studio_annotation_members);
  g_string_append_c (self->out, '}');
}

static void
append_annotations (Writing *self, const char *name, gboolean predictions)
{
  guint n = 0;

  g_string_append_printf (self->out, "\"%s\": [", name);
  for (guint i = 0; i < self->record->layers->len; i++)
    {
      self->layer = kutip_record_begin_layer (self->record, i, self->report);
      if (kutip_label_studio_is_prediction (self->layer) != predictions)
        continue;
      g_string_append (self->out, n++ == 0 ? "\n   " : ",\n   ");
      append_annotation (self, predictions);
    }
  g_string_append_c (self->out, ']');
}

/* What the project shows of the header beside the text: a title that is the text itself
 * is said once. */
static void
append_shown_header (Writing *self)
{
  KutipLayer *first = g_ptr_array_index (self->record->layers, 0);
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (first));
  const struct
  {
    const char *name, *value;
  } members[] = {
    { "language", header->language },   { "title", header->title },
    { "author", header->author },       { "date", header->date },
    { "publisher", header->publisher }, { "url", header->url },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (members[i].name, self->key) != 0)
      kutip_annotation_append_string (self->out, members[i].name, members[i].value);
}

/* What the project shows: the text, and what is known of it. */
static void
append_data (Writing *self)
{
  const char *key = self->key;
  gsize n;
  const char *utf8 =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), &n);

  g_string_append (self->out, "\"data\": {\"path\": ");
  kutip_json_append_string (self->out, self->record->path);
  append_shown_header (self);
  if (strcmp (key, KUTIP_LABEL_STUDIO_TEXT) != 0)
    kutip_annotation_append_string (self->out, KUTIP_LABEL_STUDIO_TEXT_KEY, key);
  g_string_append (self->out, ", ");
  kutip_json_append_string (self->out, key);
  g_string_append (self->out, ": ");
  kutip_json_append_bytes (self->out, utf8, n);
  append_kept_of_task (self, "data", kutip_label_studio_data_members);
  g_string_append_c (self->out, '}');
  append_kept_of_task (self, "task", kutip_label_studio_task_members);
}

gboolean
kutip_label_studio_write (KutipRecord *record,
                          const KutipFormatOptions *options,
                          KutipSink *sink,
                          KutipReport *report,
                          GError **error)
{
  g_auto (KutipPour) pour;
  g_autoptr (GHashTable) controls =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) extras = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *labels =
      kutip_label_studio_dup_name (record, "labels", KUTIP_LABEL_STUDIO_LABELS);
  g_autofree char *text =
      kutip_label_studio_dup_name (record, "text", KUTIP_LABEL_STUDIO_TEXT);
  g_autofree char *key = kutip_label_studio_dup_text_key (record);
  Writing writing = {
    .pour = &pour,
    .record = record,
    .tagset = options->tagset != NULL ? options->tagset : record->tagset,
    .report = report,
    .controls = controls,
    .labels = labels,
    .text = text,
    .key = key,
    .extras = extras,
  };

  kutip_pour_init_for_sink (&pour, sink, "");
  writing.out = pour.buffer;
  g_string_append_c (pour.buffer, '{');
  append_annotations (&writing, "annotations", FALSE);
  g_string_append (pour.buffer, ",\n  ");
  append_annotations (&writing, "predictions", TRUE);
  g_string_append (pour.buffer, ",\n  ");
  append_data (&writing);
  note_text (&writing, text);
  g_string_append_c (pour.buffer, '}');
  return kutip_pour_finish (&pour, error) && keep_controls (&writing, sink, error);
}
