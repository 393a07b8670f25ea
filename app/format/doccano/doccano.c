/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/doccano/doccano.h"

#include "format/doccano/doccano-ids.h"
#include "format/formats.h"
#include "format/json/json-head.h"
#include "format/json/json.h"
#include "format/lines.h"
#include "format/sidecar/annotation-json.h"

#include <glib/gi18n.h>
#include <string.h>

#define PATH_START "{\"path\": "
#define ANNOTATOR_START ", \"annotator\": "

const char *const kutip_doccano_row_members[] = {
  KUTIP_DOCCANO_CATEGORIES,
  "path",
  "annotator",
  "text",
  "offset_unit",
  "label",
  "entities",
  "relations",
  KUTIP_DOCCANO_COMMENTS,
  NULL,
};
const char *const kutip_doccano_entity_members[] = {
  "id", "label", "start_offset", "end_offset", NULL,
};
const char *const kutip_doccano_relation_members[] = {
  "id", "from_id", "to_id", "type", NULL,
};

typedef struct
{
  KutipText *text;
  KutipOffsetUnit unit;
  GString *labels, *entities;
  KutipDoccanoIds *ids;
  guint n;
} Writing;

static gsize
count (Writing *self, guint offset)
{
  if (self->unit == KUTIP_OFFSETS_CODE_POINTS)
    return offset;
  return self->unit == KUTIP_OFFSETS_BYTES ? kutip_text_to_byte (self->text, offset)
                                           : kutip_text_to_utf16 (self->text, offset);
}

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  KutipSpanFields fields;
  const KutipRange *ranges = kutip_span_get_ranges (span);

  if (kutip_span_is_orphan (span))
    return TRUE;
  kutip_span_get_fields (span, &fields);
  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    {
      gsize start = count (self, ranges[i].start);
      gsize end = count (self, ranges[i].end);
      const char *comma = self->n++ == 0 ? "" : ", ";

      g_string_append_printf (self->labels,
                              "%s[%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ", ", comma,
                              start, end);
      kutip_json_append_string (self->labels, kutip_span_get_label (span));
      g_string_append_c (self->labels, ']');
      g_string_append_printf (self->entities, "%s{\"id\": ", comma);
      kutip_doccano_ids_append (self->ids, i == 0 ? fields.id : NULL, self->entities);
      g_string_append (self->entities, ", \"label\": ");
      kutip_json_append_string (self->entities, kutip_span_get_label (span));
      g_string_append_printf (self->entities,
                              ", \"start_offset\": %" G_GSIZE_FORMAT
                              ", \"end_offset\": %" G_GSIZE_FORMAT,
                              start, end);
      if (i == 0)
        kutip_annotation_append_unknown (self->entities, fields.foreign, KUTIP_DOCCANO,
                                         kutip_doccano_entity_members);
      g_string_append_c (self->entities, '}');
    }
  return TRUE;
}

typedef struct
{
  Writing *writing;
  GString *out;
  const char *path;
  KutipReport *report;
  KutipDoccanoIds *ids; /* of relations */
  guint n;
} RelationWriting;

static gboolean
append_relation (KutipRelation *relation, gpointer data)
{
  RelationWriting *self = data;
  KutipDoccanoIds *spans = self->writing->ids;
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  if (!kutip_doccano_ids_has (spans, fields.from) ||
      !kutip_doccano_ids_has (spans, fields.to))
    {
      kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations", self->path,
                        fields.id, 0, NULL);
      return TRUE;
    }
  g_string_append (self->out, self->n++ == 0 ? "{\"id\": " : ", {\"id\": ");
  kutip_doccano_ids_append (self->ids, fields.id, self->out);
  g_string_append (self->out, ", \"from_id\": ");
  kutip_doccano_ids_append (spans, fields.from, self->out);
  g_string_append (self->out, ", \"to_id\": ");
  kutip_doccano_ids_append (spans, fields.to, self->out);
  g_string_append (self->out, ", \"type\": ");
  kutip_json_append_string (self->out, kutip_relation_get_label (relation));
  kutip_annotation_append_unknown (self->out, fields.foreign, KUTIP_DOCCANO,
                                   kutip_doccano_relation_members);
  g_string_append_c (self->out, '}');
  return TRUE;
}

/* Labels of the whole text; FALSE when there are none. */
static gboolean
append_categories (GString *line, KutipAttributes *attributes)
{
  KutipAttribute found;

  if (!kutip_attributes_lookup (attributes, KUTIP_DOCCANO_CATEGORIES, &found) ||
      found.type != KUTIP_VALUE_LIST || found.values[0] == NULL)
    return FALSE;
  for (guint i = 0; found.values[i] != NULL; i++)
    {
      g_string_append (line, i == 0 ? ", \"" KUTIP_DOCCANO_CATEGORIES "\": [" : ", ");
      kutip_json_append_string (line, found.values[i]);
    }
  g_string_append_c (line, ']');
  return TRUE;
}

void
kutip_doccano_join_comments (GString *out, const KutipJsonNode *list)
{
  gboolean is_first = TRUE;

  for (const KutipJsonNode *child = list->first; child != NULL; child = child->next)
    {
      const char *comment = kutip_json_node_is_object (child)
                                ? kutip_json_node_get_member (child, "comment")
                                : kutip_json_node_get_word (child);

      if (comment == NULL)
        continue;
      if (!is_first)
        g_string_append_c (out, '\n');
      g_string_append (out, comment);
      is_first = FALSE;
    }
}

/* As they came, where they still say what the note does. */
static void
append_comments (GString *line,
                 const KutipHeaderFields *fields,
                 const char *path,
                 KutipReport *report)
{
  const char *note = fields->note == NULL ? "" : fields->note;
  g_autoptr (KutipJsonTree) tree = NULL;
  g_autoptr (GString) joined = g_string_new (NULL);
  const KutipJsonNode *kept = kutip_json_node_get (
      kutip_annotation_find_unknown (fields->foreign, KUTIP_DOCCANO, &tree),
      KUTIP_DOCCANO_COMMENTS);

  g_string_append (line, ", \"" KUTIP_DOCCANO_COMMENTS "\": ");
  if (kutip_json_node_is_array (kept))
    kutip_doccano_join_comments (joined, kept);
  if (kutip_json_node_is_array (kept) && strcmp (joined->str, note) == 0)
    {
      kutip_json_node_append (line, kept);
      return;
    }
  if (kept != NULL)
    kutip_report_add (report, KUTIP_REPORT_LOSS, "unknown-members", path, NULL, 0,
                      KUTIP_DOCCANO_COMMENTS);
  g_string_append_c (line, '[');
  if (*note != '\0')
    kutip_json_append_string (line, note);
  g_string_append_c (line, ']');
}

static void
append_header (GString *line,
               const KutipHeaderFields *fields,
               const char *path,
               KutipReport *report)
{
  gboolean has_categories = append_categories (line, fields->attributes);

  if (kutip_attributes_get_n (fields->attributes) > (has_categories ? 1 : 0))
    kutip_report_add (report, KUTIP_REPORT_LOSS, "article-attributes", path, NULL, 0,
                      NULL);
  for (guint i = 0; i < KUTIP_DOCCANO_N_METADATA; i++)
    {
      const char *value =
          G_STRUCT_MEMBER (const char *, fields, kutip_doccano_metadata[i].offset);

      if (value == NULL || *value == '\0')
        continue;
      g_string_append_printf (line, ", \"%s\": ", kutip_doccano_metadata[i].name);
      kutip_json_append_string (line, value);
    }
  append_comments (line, fields, path, report);
  kutip_annotation_append_unknown (line, fields->foreign, KUTIP_DOCCANO,
                                   has_categories ? kutip_doccano_row_members
                                                  : kutip_doccano_row_members + 1);
  g_string_append (line, "}\n");
}

static void
append_layer (GString *line,
              KutipRecord *record,
              KutipLayer *layer,
              KutipOffsetUnit unit,
              KutipReport *report)
{
  static const char *const units[] = { "utf-16", "code-points", "utf-16", "bytes" };
  g_autoptr (KutipDoccanoIds) ids = kutip_doccano_ids_new_of_spans (layer, KUTIP_DOCCANO);
  g_autoptr (KutipDoccanoIds) own_ids =
      kutip_doccano_ids_new_of_relations (layer, KUTIP_DOCCANO);
  g_autoptr (GString) labels = g_string_new (NULL);
  g_autoptr (GString) entities = g_string_new (NULL);
  const KutipHeaderFields *fields =
      kutip_header_get_fields (kutip_layer_get_header (layer));
  KutipText *text = kutip_article_get_text (record->article);
  Writing writing = { text, unit, labels, entities, ids, 0 };
  RelationWriting relations = { &writing, line, record->path, report, own_ids, 0 };
  gsize n;
  const char *utf8 = kutip_text_get_utf8 (text, &n);

  g_string_append (line, PATH_START);
  kutip_json_append_string (line, record->path);
  g_string_append (line, ANNOTATOR_START);
  kutip_json_append_string (line, fields->annotator == NULL ? "" : fields->annotator);
  g_string_append (line, ", \"text\": ");
  kutip_json_append_bytes (line, utf8, n);
  g_string_append_printf (line, ", \"offset_unit\": \"%s\"", units[unit]);
  kutip_layer_foreach_span (layer, append_span, &writing);
  g_string_append_printf (line, ", \"label\": [%s]", labels->str);
  g_string_append_printf (line, ", \"entities\": [%s], \"relations\": [", entities->str);
  kutip_layer_foreach_relation (layer, append_relation, &relations);
  g_string_append (line, "]");
  append_header (line, fields, record->path, report);
}

/* As doccano calls the files of its export: by the annotator, or "all". */
static char *
make_file_name (KutipLayer *layer)
{
  const char *annotator =
      kutip_header_get_fields (kutip_layer_get_header (layer))->annotator;
  GString *name = g_string_new (NULL);

  for (const char *c = annotator; c != NULL && *c != '\0' && name->len < 200; c++)
    g_string_append_c (name,
                       g_ascii_isalnum (*c) || strchr ("_-@+.", *c) != NULL ? *c : '_');
  if (name->len == 0 || *name->str == '.')
    g_string_prepend (name, "all");
  g_string_append (name, ".jsonl");
  return g_string_free (name, FALSE);
}

static gboolean
write_doccano (KutipRecord *record,
               const KutipFormatOptions *options,
               KutipSink *sink,
               KutipReport *report,
               GError **error)
{
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = kutip_record_begin_layer (record, i, report);
      g_autofree char *name = options->annotator_files ? make_file_name (layer) : NULL;
      g_autoptr (GString) line = g_string_new (NULL);

      append_layer (line, record, layer, options->offset_unit, report);
      if (!sink->append (sink, name == NULL ? "" : name, line->str, line->len, error))
        return FALSE;
    }
  return TRUE;
}

/* A line, and the following ones of other annotators of the same article. */
static gsize
next_unit (const char *bytes, gsize n_bytes, gboolean at_end)
{
  return kutip_lines_next_unit (bytes, n_bytes, at_end, PATH_START, ANNOTATOR_START);
}

static KutipMatch
recognise_doccano (const char *name, const char *head, gsize n_head)
{
  static const char *const members[] = { "label", "entities", "Comments", "labels",
                                         NULL };
  static const char *const of_others[] = { "layers", "spans", "tokens", NULL };

  if (kutip_format_names_text (name))
    return KUTIP_MATCH_NO;
  return kutip_json_head_has (head, n_head, "text", 1) &&
                 kutip_json_head_has_one_of (head, n_head, members, 1) &&
                 !kutip_json_head_has_one_of (head, n_head, of_others, 1)
             ? KUTIP_MATCH_YES
             : KUTIP_MATCH_NO;
}

const KutipFormat kutip_format_doccano = {
  .name = KUTIP_DOCCANO,
  .title = N_ ("doccano, JSON Lines"),
  .suffix = ".jsonl",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_SUB_TOKEN |
           KUTIP_KEEPS_RELATIONS | KUTIP_KEEPS_METADATA | KUTIP_KEEPS_ARTICLE_NOTE |
           KUTIP_KEEPS_ANNOTATORS,
  /* Labels of a whole text. */
  .counts = KUTIP_KEEPS_ARTICLE_ATTRIBUTES,
  .foreign = KUTIP_DOCCANO,
  .by_annotator = TRUE,
  .recognise = recognise_doccano,
  .next_unit = next_unit,
  .read = kutip_doccano_read,
  .write = write_doccano,
};
