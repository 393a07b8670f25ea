/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/web-annotation/web-annotation.h"

#include "format/formats.h"
#include "format/json/json-head.h"
#include "format/json/json.h"
#include "format/pour.h"
#include "format/sidecar/annotation-json.h"
#include "format/web-annotation/web-annotation-kept.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  KutipPour *pour;
  GString *out; /* its buffer */
  KutipRecord *record;
  KutipLayer *layer;
  const char *annotator;
  KutipReport *report;
  guint n;
} Writing;

static char *
make_urn (Writing *self, const char *kind, const char *id)
{
  return kutip_web_annotation_make_urn (self->record->path, self->annotator, kind, id);
}

static char *
make_iri (Writing *self, KutipForeign *foreign, const char *kind, const char *id)
{
  return kutip_web_annotation_make_iri (self->record->path, self->annotator, foreign,
                                        kind, id);
}

/* What is kept of it, by its name; FALSE: nothing. */
static gboolean
append_kept (Writing *self, const KutipJsonNode *kept)
{
  if (kept == NULL)
    return FALSE;
  g_string_append_printf (self->out, ", \"%s\": ", kept->name);
  kutip_json_node_append (self->out, kept);
  return TRUE;
}

static void
begin_annotation (Writing *self,
                  const char *id,
                  const char *iri,
                  const char *motivation,
                  const KutipWebKept *kept)
{
  if (kept->is_changed)
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "unknown-members",
                      self->record->path, id, 0, KUTIP_WEB_ANNOTATION);
  g_string_append (self->out, self->n++ == 0 ? "\n  {\"id\": " : ",\n  {\"id\": ");
  kutip_json_append_string (self->out, iri);
  g_string_append (self->out, ", \"type\": \"Annotation\"");
  if (!append_kept (self, kept->motivation))
    kutip_annotation_append_string (self->out, "motivation", motivation);
}

static void
append_agents (Writing *self,
               const KutipWebKept *kept,
               const char *origin_by,
               const char *created,
               const char *modified)
{
  if (!append_kept (self, kept->creator) && *self->annotator != '\0')
    {
      g_string_append (self->out, ", \"creator\": {\"type\": \"Person\"");
      kutip_annotation_append_string (self->out, "name", self->annotator);
      g_string_append_c (self->out, '}');
    }
  if (!append_kept (self, kept->generator) && origin_by != NULL)
    {
      g_string_append (self->out, ", \"generator\": {\"type\": \"Software\"");
      kutip_annotation_append_string (self->out, "name", origin_by);
      g_string_append_c (self->out, '}');
    }
  kutip_annotation_append_string (self->out, "created", created);
  kutip_annotation_append_string (self->out, "modified", modified);
}

/* --- bodies --- */

/* @label: of an attribute; @kind: what it is besides a string. Each may be NULL. */
static void
append_body (GString *out,
             const char *purpose,
             const char *label,
             const char *value,
             const char *kind)
{
  g_string_append_printf (out,
                          "%s{\"type\": \"TextualBody\", \"purpose\": \"%s\", "
                          "\"value\": ",
                          out->str[out->len - 1] == '[' ? "" : ", ", purpose);
  kutip_json_append_string (out, value);
  kutip_annotation_append_string (out, "label", label);
  kutip_annotation_append_string (out, KUTIP_WEB_ANNOTATION_OWN, kind);
  g_string_append_c (out, '}');
}

static void
append_attributes (GString *out, KutipAttributes *attributes)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);

      if (attribute.type == KUTIP_VALUE_FLAG)
        append_body (out, "classifying", attribute.name, "true", "flag");
      else if (attribute.type == KUTIP_VALUE_LIST && attribute.values[0] == NULL)
        append_body (out, "classifying", attribute.name, "", "empty");
      else
        for (guint j = 0; attribute.values[j] != NULL; j++)
          append_body (out, "classifying", attribute.name, attribute.values[j],
                       attribute.type == KUTIP_VALUE_LIST ? "list" : NULL);
    }
}

/* @to: where a link leads, or NULL. */
static void
append_bodies (Writing *self,
               const KutipWebKept *kept,
               const char *label,
               KutipAttributes *attributes,
               const char *note,
               const char *to)
{
  gboolean is_kept = append_kept (self, kept->body);
  GString *out = self->out;

  if (append_kept (self, kept->body_value) || is_kept)
    return;
  g_string_append (out, ", \"body\": [");
  append_body (out, "tagging", NULL, label, NULL);
  append_attributes (out, attributes);
  if (note != NULL)
    append_body (out, "commenting", NULL, note, NULL);
  if (to != NULL)
    {
      g_string_append (out, ", {\"type\": \"SpecificResource\", \"purpose\": "
                            "\"linking\"");
      kutip_annotation_append_string (out, "source", to);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
append_foreign_id (GString *members, KutipForeign *foreign)
{
  g_autofree char *iri = kutip_web_annotation_dup_foreign_iri (foreign);

  if (iri != NULL)
    g_string_append (members, ", \"" KUTIP_WEB_ANNOTATION_FOREIGN_ID "\": true");
}

/* What has no place elsewhere; @members: as kutip_annotation_append_span() writes them.
 */
static void
append_own (GString *out, const GString *members)
{
  g_string_append_printf (out, ", \"" KUTIP_WEB_ANNOTATION_OWN "\": {%s}",
                          members->len > 2 ? members->str + 2 : "");
}

/* --- spans --- */

static void
append_context (Writing *self, const char *name, guint start, guint end)
{
  KutipText *text = kutip_article_get_text (self->record->article);
  g_autofree char *content = NULL;

  if (start >= end)
    return;
  content = kutip_text_dup_range (text, (KutipRange){ start, end });
  kutip_annotation_append_string (self->out, name, content);
}

static void
append_target (Writing *self, KutipRange range)
{
  KutipText *text = kutip_article_get_text (self->record->article);
  guint length = kutip_text_get_length (text);
  guint before = MIN (range.start, KUTIP_WEB_ANNOTATION_CONTEXT_LENGTH);
  guint after = MIN (length - range.end, KUTIP_WEB_ANNOTATION_CONTEXT_LENGTH);
  g_autofree char *exact = kutip_text_dup_range (text, range);
  g_autofree char *source = g_uri_escape_string (self->record->path, "/", FALSE);

  g_string_append (self->out, "{\"type\": \"SpecificResource\", \"source\": ");
  kutip_json_append_string (self->out, source);
  g_string_append (self->out, ", \"selector\": [{\"type\": \"TextQuoteSelector\"");
  kutip_annotation_append_string (self->out, "exact", exact);
  append_context (self, "prefix", range.start - before, range.start);
  append_context (self, "suffix", range.end, range.end + after);
  g_string_append_printf (
      self->out, "}, {\"type\": \"TextPositionSelector\", \"start\": %u, \"end\": %u}]}",
      range.start, range.end);
}

static void
append_targets (Writing *self, const KutipWebKept *kept, const KutipSpanFields *fields)
{
  if (append_kept (self, kept->target))
    return;
  g_string_append_printf (self->out, ", \"target\": %s", fields->n_ranges > 1 ? "[" : "");
  for (guint i = 0; i < fields->n_ranges; i++)
    {
      if (i > 0)
        g_string_append (self->out, ", ");
      append_target (self, fields->ranges[i]);
    }
  if (fields->n_ranges > 1)
    g_string_append_c (self->out, ']');
}

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  KutipSpanFields fields;
  g_autofree char *iri = NULL;
  g_autoptr (GString) own = g_string_new (NULL);
  g_auto (KutipWebKept) kept = { NULL };

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  kutip_pour_check (self->pour);
  iri = make_iri (self, fields.foreign, "span", fields.id);
  kutip_web_kept_init_of_span (
      &kept, &fields, kutip_article_get_text (self->record->article), self->annotator);
  begin_annotation (self, fields.id, iri, "classifying", &kept);
  append_agents (self, &kept, fields.origin_by, fields.created, fields.modified);
  append_bodies (self, &kept, fields.label, fields.attributes, fields.note, NULL);
  append_targets (self, &kept, &fields);
  kutip_annotation_append_unknown (self->out, fields.foreign, KUTIP_WEB_ANNOTATION,
                                   kutip_web_annotation_members);
  fields.attributes = NULL;
  fields.note = fields.created = fields.modified = NULL;
  kutip_annotation_append_span (own, &fields);
  append_foreign_id (own, fields.foreign);
  append_own (self->out, own);
  g_string_append_c (self->out, '}');
  return TRUE;
}

/* --- relations --- */

static char *
make_span_iri (Writing *self, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);
  KutipSpanFields fields;

  if (span == NULL || kutip_span_is_orphan (span))
    return NULL;
  kutip_span_get_fields (span, &fields);
  return make_iri (self, fields.foreign, "span", id);
}

static gboolean
append_relation (KutipRelation *relation, gpointer data)
{
  Writing *self = data;
  KutipRelationFields fields;
  g_autofree char *iri = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autoptr (GString) own = g_string_new (NULL);
  g_auto (KutipWebKept) kept = { NULL };

  kutip_relation_get_fields (relation, &fields);
  from = make_span_iri (self, fields.from);
  to = make_span_iri (self, fields.to);
  if (from == NULL || to == NULL)
    {
      kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations", self->record->path,
                        fields.id, 0, NULL);
      return TRUE;
    }
  kutip_pour_check (self->pour);
  iri = make_iri (self, fields.foreign, "relation", fields.id);
  kutip_web_kept_init_of_relation (&kept, &fields,
                                   kutip_article_get_text (self->record->article),
                                   self->annotator, from, to);
  begin_annotation (self, fields.id, iri, "linking", &kept);
  append_agents (self, &kept, fields.origin_by, fields.created, fields.modified);
  append_bodies (self, &kept, fields.label, fields.attributes, fields.note, to);
  if (!append_kept (self, kept.target))
    kutip_annotation_append_string (self->out, "target", from);
  kutip_annotation_append_unknown (self->out, fields.foreign, KUTIP_WEB_ANNOTATION,
                                   kutip_web_annotation_members);
  fields.attributes = NULL;
  fields.note = fields.created = fields.modified = NULL;
  kutip_annotation_append_relation (own, &fields);
  append_foreign_id (own, fields.foreign);
  append_own (self->out, own);
  g_string_append_c (self->out, '}');
  return TRUE;
}

/* --- pages --- */

static void
append_layer (Writing *self)
{
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (self->layer));
  g_autofree char *page = make_urn (self, "page", NULL);
  g_autofree char *collection = make_urn (self, "collection", NULL);
  g_autoptr (GString) own = g_string_new (NULL);

  g_string_append (self->out, "{\"@context\": \"" KUTIP_WEB_ANNOTATION_CONTEXT "\"");
  kutip_annotation_append_string (self->out, "id", page);
  g_string_append (self->out, ", \"type\": \"AnnotationPage\", \"partOf\": {\"type\": "
                              "\"AnnotationCollection\"");
  kutip_annotation_append_string (self->out, "id", collection);
  kutip_annotation_append_string (
      self->out, "label", header->title != NULL ? header->title : self->record->path);
  kutip_annotation_append_string (own, "path", self->record->path);
  kutip_annotation_append_string (own, "annotator", self->annotator);
  kutip_annotation_append_header (own, header, KUTIP_STATUS_IN_PROGRESS);
  kutip_annotation_append_unknown (own, header->foreign, KUTIP_WEB_ANNOTATION,
                                   kutip_web_annotation_members);
  g_string_append_c (self->out, '}');
  append_own (self->out, own);
  g_string_append (self->out, ", \"startIndex\": 0, \"items\": [");
  self->n = 0;
  kutip_layer_foreach_span (self->layer, append_span, self);
  kutip_layer_foreach_relation (self->layer, append_relation, self);
  g_string_append (self->out, "]");
  g_string_append_c (self->out, '}');
}

static gboolean
write_pages (KutipRecord *record,
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
      Writing writing = { .pour = &pour,
                          .out = pour.buffer,
                          .record = record,
                          .layer = layer,
                          .annotator = kutip_web_annotation_get_annotator (layer),
                          .report = report };

      if (i > 0)
        g_string_append (pour.buffer, ",\n");
      append_layer (&writing);
    }
  return kutip_pour_finish (&pour, error);
}

static gboolean
begin (KutipTagset *tagset,
       const KutipFormatOptions *options,
       KutipSink *sink,
       GError **error)
{
  return sink->append (sink, "", "[\n", 2, error);
}

static gboolean
end (KutipTagset *tagset,
     const KutipFormatOptions *options,
     guint64 n_records,
     KutipSink *sink,
     GError **error)
{
  return sink->append (sink, "", "\n]\n", 3, error);
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  if (kutip_json_head_has_value (head, n_head, "@context", KUTIP_WEB_ANNOTATION_CONTEXT))
    return KUTIP_MATCH_YES;
  return g_str_has_suffix (name, ".jsonld") ? KUTIP_MATCH_MAYBE : KUTIP_MATCH_NO;
}

const KutipFormat kutip_format_web_annotation = {
  .name = KUTIP_WEB_ANNOTATION,
  .title = N_ ("W3C Web Annotation, JSON-LD"),
  .suffix = ".jsonld",
  .keeps =
      KUTIP_KEEPS_ALL & ~(KUTIP_KEEPS_TAGSET | KUTIP_KEEPS_ORPHANS | KUTIP_KEEPS_REVIEWS),
  .foreign = KUTIP_WEB_ANNOTATION,
  .apart = TRUE,
  .many = TRUE,
  .separator = ",\n",
  .recognise = recognise,
  .read = kutip_web_annotation_read,
  .write = write_pages,
  .compare = kutip_web_annotation_compare,
  .begin = begin,
  .end = end,
};
