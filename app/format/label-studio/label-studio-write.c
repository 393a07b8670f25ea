/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json-tree.h"
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
  GHashTable *controls; /* words of those that are named */
} Writing;

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

static void
append_control (Writing *self, const char *type, const char *control)
{
  g_string_append (self->out, "\"from_name\": ");
  kutip_json_append_string (self->out, control);
  g_string_append_printf (self->out,
                          ", \"to_name\": \"" KUTIP_LABEL_STUDIO_TEXT
                          "\", \"type\": \"%s\", \"origin\": \"manual\"",
                          type);
}

/* A region's "meta" outlives Label Studio; it shows "text" there. */
static void
append_meta (Writing *self, const KutipSpanFields *fields)
{
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
  if (meta->len > 0)
    g_string_append_printf (self->out, ", \"meta\": {%s}", meta->str + 2);
}

static void
note_control (Writing *self,
              const char *attribute,
              gboolean per_article,
              gboolean is_multiple,
              const char *value)
{
  g_autoptr (GString) word = g_string_new (NULL);

  kutip_label_studio_append_use (word, attribute, per_article, is_multiple, value);
  if (!g_hash_table_contains (self->controls, word->str))
    g_hash_table_add (self->controls, g_strdup (word->str));
}

static void
note_controls (Writing *self,
               const char *attribute,
               gboolean is_choice,
               gboolean per_article,
               const char *const *values)
{
  gboolean is_multiple = values[0] != NULL && values[1] != NULL;

  if (!is_choice || values[0] == NULL)
    note_control (self, attribute, per_article, is_multiple, is_choice ? "" : NULL);
  for (guint i = 0; is_choice && values[i] != NULL; i++)
    note_control (self, attribute, per_article, is_multiple, values[i]);
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

/* An attribute, of a region or with @range NULL of the article. */
static void
append_value (Writing *self,
              const char *id,
              const KutipRange *range,
              const KutipAttribute *attribute)
{
  const char *const flag[] = { attribute->name, NULL };
  const char *const *values =
      attribute->type == KUTIP_VALUE_FLAG ? flag : attribute->values;
  gboolean is_choice = TRUE;
  g_autofree char *control = NULL;

  for (guint i = 0; values[i] != NULL; i++)
    is_choice &= kutip_label_studio_is_choice (self->tagset, attribute->name, values[i]);
  control = kutip_label_studio_make_control (attribute->name, is_choice, range == NULL);
  note_controls (self, attribute->name, is_choice, range == NULL, values);
  begin_result (self, id);
  append_control (self, is_choice ? "choices" : "textarea", control);
  g_string_append (self->out, ", \"value\": {");
  /* What was typed stands where a region's own text otherwise does. */
  if (range != NULL && is_choice)
    append_covered (self, *range);
  else if (range != NULL)
    g_string_append_printf (self->out, "\"start\": %u, \"end\": %u", range->start,
                            range->end);
  g_string_append_printf (self->out, "%s\"%s\": ", range == NULL ? "" : ", ",
                          is_choice ? "choices" : "text");
  kutip_json_append_strings (self->out, values);
  g_string_append_c (self->out, '}');
  kutip_annotation_append_string (self->out, "attribute", attribute->name);
  kutip_annotation_append_string (self->out, "kind",
                                  attribute->type == KUTIP_VALUE_FLAG   ? "flag"
                                  : attribute->type == KUTIP_VALUE_LIST ? "list"
                                                                        : "string");
  g_string_append_c (self->out, '}');
}

static void
append_region (Writing *self, const KutipSpanFields *fields, guint piece)
{
  g_autofree char *id = piece == 0 ? g_strdup (fields->id)
                                   : g_strdup_printf ("%s.%u", fields->id, piece + 1);

  begin_result (self, id);
  append_control (self, "labels", KUTIP_LABEL_STUDIO_LABELS);
  g_string_append (self->out, ", \"value\": {");
  append_covered (self, fields->ranges[piece]);
  g_string_append (self->out, ", \"labels\": [");
  kutip_json_append_string (self->out, fields->label);
  g_string_append (self->out, "]}");
  if (piece == 0)
    append_meta (self, fields);
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
  if (piece == 0)
    kutip_annotation_append_unknown (self->out, fields->foreign, KUTIP_LABEL_STUDIO,
                                     kutip_label_studio_region_members);
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

/* What a layer keeps of the parts of its task, by name; NULL when there is none. Owned by
 * @tree. */
static const KutipJsonNode *
find_kept (KutipLayer *layer, const char *name, KutipJsonTree **tree)
{
  KutipForeign *foreign =
      kutip_header_get_fields (kutip_layer_get_header (layer))->foreign;

  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember kept = kutip_foreign_get_nth (foreign, i);

      if (strcmp (kept.name, KUTIP_LABEL_STUDIO) != 0 || *tree != NULL)
        continue;
      *tree = kutip_json_tree_new (kept.json, strlen (kept.json), 1, NULL);
    }
  return *tree == NULL ? NULL
                       : kutip_json_node_get (kutip_json_tree_get_root (*tree), name);
}

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

/* What is kept of the task itself: one layer has it, whichever annotator that is. */
static void
append_kept_of_task (Writing *self, const char *name, const char *const *known)
{
  for (guint i = 0; i < self->record->layers->len; i++)
    {
      g_autoptr (KutipJsonTree) tree = NULL;
      const KutipJsonNode *kept =
          find_kept (g_ptr_array_index (self->record->layers, i), name, &tree);

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

/* By number, as exports have it, where that is all that is known; else as an address. */
static void
append_person (GString *out, const char *annotator)
{
  guint64 number;

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

/* An annotation, or what a model predicted. */
static void
append_annotation (Writing *self, gboolean is_prediction)
{
  g_autoptr (KutipJsonTree) tree = NULL;
  KutipHeaderFields header =
      *kutip_header_get_fields (kutip_layer_get_header (self->layer));
  const KutipJsonNode *results = find_kept (self->layer, "result", &tree);

  g_string_append (self->out, "{");
  append_results (self, results);
  if (is_prediction)
    kutip_annotation_append_string (self->out, "model_version", header.annotator);
  else if (header.annotator != NULL)
    append_person (self->out, header.annotator);
  kutip_annotation_append_string (self->out, "status",
                                  kutip_status_to_string (header.status));
  header.attributes = NULL;
  kutip_annotation_append_header (self->out, &header, header.status);
  append_kept_members (self->out, find_kept (self->layer, "annotation", &tree),
                       kutip_label_studio_annotation_members);
  g_string_append_c (self->out, '}');
}

gboolean
kutip_label_studio_is_prediction (KutipLayer *layer)
{
  g_autoptr (KutipJsonTree) tree = NULL;

  return kutip_json_node_is_true (find_kept (layer, "prediction", &tree));
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

/* What the project shows: the text, and what is known of it. */
static void
append_data (Writing *self)
{
  KutipLayer *first = g_ptr_array_index (self->record->layers, 0);
  KutipHeaderFields header = *kutip_header_get_fields (kutip_layer_get_header (first));
  gsize n;
  const char *utf8 =
      kutip_text_get_utf8 (kutip_article_get_text (self->record->article), &n);

  g_string_append (self->out, "\"data\": {\"path\": ");
  kutip_json_append_string (self->out, self->record->path);
  header.note = NULL;
  header.attributes = NULL;
  kutip_annotation_append_header (self->out, &header, header.status);
  g_string_append (self->out, ", \"text\": ");
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
  Writing writing = {
    .pour = &pour,
    .record = record,
    .tagset = options->tagset != NULL ? options->tagset : record->tagset,
    .report = report,
    .controls = controls,
  };

  kutip_pour_init_for_sink (&pour, sink, "");
  writing.out = pour.buffer;
  g_string_append_c (pour.buffer, '{');
  append_annotations (&writing, "annotations", FALSE);
  g_string_append (pour.buffer, ",\n  ");
  append_annotations (&writing, "predictions", TRUE);
  g_string_append (pour.buffer, ",\n  ");
  append_data (&writing);
  g_string_append_c (pour.buffer, '}');
  return kutip_pour_finish (&pour, error) && keep_controls (&writing, sink, error);
}
