/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"
#include "format/json.h"
#include "format/sidecar-parts.h"
#include "format/token-cover.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* spaCy's Doc as JSON, one document a line: what Doc.from_json() takes. All spans stand
 * in one group, "sc", which may overlap; "ents" has those that do not, as spaCy allows no
 * others there. What spaCy has no place for stands in custom attributes ("_" of the
 * document, "underscore_span"); from_json() wants tokens that end where spans do. */

#define GROUP "sc"

typedef struct
{
  GString *out, *ents;
  KutipRecord *record;
  KutipLayer *layer;
  KutipReport *report;
  GHashTable *numbers; /* span id -> 1 + its first place in the group */
  GHashTable *values;  /* custom attribute -> GString */
  guint n;
  guint reach; /* the end of the last of "ents" */
} Writing;

static void
append_comma (GString *out, guint *n)
{
  if ((*n)++ > 0)
    g_string_append (out, ", ");
}

static void
append_tokens (Writing *self)
{
  g_autoptr (KutipTokenCover) cover =
      kutip_token_cover_new (kutip_article_get_text (self->record->article), self->layer);
  g_autoptr (GString) sents = g_string_new (NULL);
  guint start = 0, n = 0;

  g_string_append (self->out, ", \"tokens\": [");
  for (guint i = 0; i < cover->tokens->len; i++)
    {
      const KutipToken *token = kutip_token_cover_get (cover, i);

      g_string_append_printf (self->out, "%s{\"id\": %u, \"start\": %u, \"end\": %u}",
                              i == 0 ? "" : ", ", i, token->range.start,
                              token->range.end);
      if (i + 1 == cover->tokens->len ||
          kutip_token_cover_get (cover, i + 1)->begins_sentence)
        {
          append_comma (sents, &n);
          g_string_append_printf (sents, "{\"start\": %u, \"end\": %u}", start,
                                  token->range.end);
          start = i + 1 < cover->tokens->len
                      ? kutip_token_cover_get (cover, i + 1)->range.start
                      : 0;
        }
    }
  g_string_append_printf (self->out, "], \"sents\": [%s]", sents->str);
}

/* A custom attribute of a range. */
static GString *
begin_value (Writing *self, const char *name, KutipRange range)
{
  GString *list = g_hash_table_lookup (self->values, name);

  if (list == NULL)
    {
      list = g_string_new (NULL);
      g_hash_table_insert (self->values, g_strdup (name), list);
    }
  if (list->len > 0)
    g_string_append (list, ", ");
  g_string_append_printf (list, "{\"start\": %u, \"end\": %u, \"value\": ", range.start,
                          range.end);
  return list;
}

static void
put_string (Writing *self, const char *name, KutipRange range, const char *value)
{
  GString *list;

  if (value == NULL)
    return;
  list = begin_value (self, name, range);
  kutip_json_append_string (list, value);
  g_string_append_c (list, '}');
}

static void
put_attribute (Writing *self, const KutipAttribute *attribute, KutipRange range)
{
  GString *list = begin_value (self, attribute->name, range);

  if (attribute->type == KUTIP_VALUE_FLAG)
    g_string_append (list, "true");
  else if (attribute->type == KUTIP_VALUE_LIST)
    kutip_json_append_strings (list, attribute->values);
  else
    kutip_json_append_string (list, attribute->values[0]);
  g_string_append_c (list, '}');
}

/* What a span says, at its first piece. */
static void
put_values (Writing *self, const KutipSpanFields *fields)
{
  static const char *const taken[] = { "id", "note", "unsure", NULL };
  KutipRange range = fields->ranges[0];

  put_string (self, "id", range, fields->id);
  put_string (self, "note", range, fields->note);
  if (fields->unsure)
    g_string_append (begin_value (self, "unsure", range), "true}");
  for (guint i = 0; i < kutip_attributes_get_n (fields->attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (fields->attributes, i);

      if (g_strv_contains (taken, attribute.name))
        kutip_report_add (self->report, KUTIP_REPORT_LOSS, "attributes",
                          self->record->path, fields->id, 0, attribute.name);
      else
        put_attribute (self, &attribute, range);
    }
}

static void
append_place (GString *out, KutipRange range, const KutipSpanFields *fields)
{
  g_string_append_printf (out, "{\"start\": %u, \"end\": %u, \"label\": ", range.start,
                          range.end);
  kutip_json_append_string (out, fields->label);
  g_string_append (out, ", \"kb_id\": ");
  kutip_json_append_string (out, fields->n_links > 0 ? fields->links[0].id : "");
  g_string_append_c (out, '}');
}

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  g_hash_table_insert (self->numbers, (gpointer) fields.id,
                       GUINT_TO_POINTER (self->n + 1));
  for (guint i = 0; i < fields.n_ranges; i++)
    {
      append_comma (self->out, &self->n);
      append_place (self->out, fields.ranges[i], &fields);
      if (fields.ranges[i].start < self->reach)
        continue;
      if (self->ents->len > 0)
        g_string_append (self->ents, ", ");
      append_place (self->ents, fields.ranges[i], &fields);
      self->reach = fields.ranges[i].end;
    }
  put_values (self, &fields);
  return TRUE;
}

static gboolean
append_relation (KutipRelation *relation, gpointer data)
{
  Writing *self = data;
  KutipRelationFields fields;
  guint from, to;

  kutip_relation_get_fields (relation, &fields);
  from = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, fields.from));
  to = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, fields.to));
  if (from == 0 || to == 0)
    {
      kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations", self->record->path,
                        fields.id, 0, NULL);
      return TRUE;
    }
  append_comma (self->out, &self->n);
  g_string_append_printf (self->out,
                          "{\"head\": %u, \"child\": %u, \"label\": ", from - 1, to - 1);
  kutip_json_append_string (self->out, fields.label);
  if (fields.event != NULL)
    {
      g_string_append (self->out, ", \"event\": ");
      kutip_json_append_string (self->out, fields.event);
    }
  if (fields.attributes != NULL)
    {
      g_string_append (self->out, ", \"attributes\": ");
      kutip_sidecar_append_attributes (self->out, fields.attributes);
    }
  g_string_append_c (self->out, '}');
  return TRUE;
}

static void
append_custom (GString *out, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append_printf (out, ", \"%s\": ", name);
  kutip_json_append_string (out, value);
}

/* The document's own custom attributes. */
static void
append_document (Writing *self)
{
  const KutipHeaderFields *fields =
      kutip_header_get_fields (kutip_layer_get_header (self->layer));

  g_string_append (self->out, ", \"_\": {\"path\": ");
  kutip_json_append_string (self->out, self->record->path);
  append_custom (self->out, "annotator", fields->annotator);
  append_custom (self->out, "language", fields->language);
  append_custom (self->out, "title", fields->title);
  append_custom (self->out, "author", fields->author);
  append_custom (self->out, "date", fields->date);
  append_custom (self->out, "publisher", fields->publisher);
  append_custom (self->out, "url", fields->url);
  append_custom (self->out, "note", fields->note);
  append_custom (self->out, "status", kutip_status_to_string (fields->status));
  g_string_append (self->out, ", \"relations\": [");
  self->n = 0;
  kutip_layer_foreach_relation (self->layer, append_relation, self);
  g_string_append (self->out, "]}");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
append_underscore (Writing *self)
{
  GList *names = g_list_sort (g_hash_table_get_keys (self->values), compare_names);
  guint n = 0;

  g_string_append (self->out, ", \"underscore_span\": {");
  for (GList *item = names; item != NULL; item = item->next)
    {
      append_comma (self->out, &n);
      kutip_json_append_string (self->out, item->data);
      g_string_append_printf (
          self->out, ": [%s]",
          ((GString *) g_hash_table_lookup (self->values, item->data))->str);
    }
  g_string_append_c (self->out, '}');
  g_list_free (names);
}

static void
free_string (gpointer string)
{
  g_string_free (string, TRUE);
}

static void
append_layer (GString *out, KutipRecord *record, KutipLayer *layer, KutipReport *report)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_string);
  g_autoptr (GString) ents = g_string_new (NULL);
  Writing writing = {
    .out = out,
    .ents = ents,
    .record = record,
    .layer = layer,
    .report = report,
    .numbers = numbers,
    .values = values,
  };
  gsize n;
  const char *utf8 = kutip_text_get_utf8 (kutip_article_get_text (record->article), &n);

  g_string_append (out, "{\"text\": ");
  kutip_json_append_bytes (out, utf8, n);
  append_tokens (&writing);
  g_string_append (out, ", \"spans\": {\"" GROUP "\": [");
  kutip_layer_foreach_span (layer, append_span, &writing);
  g_string_append_printf (out, "]}, \"ents\": [%s]", ents->str);
  append_document (&writing);
  append_underscore (&writing);
  g_string_append (out, "}\n");
}

static gboolean
write_spacy (KutipRecord *record,
             const KutipFormatOptions *options,
             KutipSink *sink,
             KutipReport *report,
             GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < record->layers->len; i++)
    append_layer (lines, record, g_ptr_array_index (record->layers, i), report);
  return sink->append (sink, "", lines->str, lines->len, error);
}

const KutipFormat kutip_format_spacy_doc = {
  .name = "spacy-doc",
  .title = N_ ("spaCy documents (Doc), JSON Lines"),
  .suffix = ".spacy.jsonl",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_SUB_TOKEN |
           KUTIP_KEEPS_IDS | KUTIP_KEEPS_ATTRIBUTES | KUTIP_KEEPS_LISTS |
           KUTIP_KEEPS_NOTES | KUTIP_KEEPS_UNSURE | KUTIP_KEEPS_RELATIONS |
           KUTIP_KEEPS_EVENTS | KUTIP_KEEPS_RELATION_ATTRIBUTES | KUTIP_KEEPS_METADATA |
           KUTIP_KEEPS_STATUS | KUTIP_KEEPS_ARTICLE_NOTE | KUTIP_KEEPS_ANNOTATORS,
  .write = write_spacy,
};
