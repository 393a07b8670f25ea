/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"
#include "format/json/json.h"
#include "format/pour.h"
#include "format/sidecar/sidecar-parts.h"
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
  KutipPour *pour;
  GString *out; /* its buffer */
  KutipRecord *record;
  KutipLayer *layer;
  KutipReport *report;
  GHashTable *numbers; /* span id -> 1 + its first place in the group */
  GHashTable *bearers; /* custom attribute -> GPtrArray of KutipSpan that have it */
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
append_sentences (Writing *self, const KutipTokenCover *cover)
{
  guint start = 0, n = 0;

  for (guint i = 0; i < cover->tokens->len; i++)
    {
      const KutipToken *next =
          i + 1 < cover->tokens->len ? kutip_token_cover_get (cover, i + 1) : NULL;

      if (next != NULL && !next->begins_sentence)
        continue;
      kutip_pour_check (self->pour);
      append_comma (self->out, &n);
      g_string_append_printf (self->out, "{\"start\": %u, \"end\": %u}", start,
                              kutip_token_cover_get (cover, i)->range.end);
      start = next == NULL ? 0 : next->range.start;
    }
}

static void
append_tokens (Writing *self)
{
  g_autoptr (KutipTokenCover) cover =
      kutip_token_cover_new (kutip_article_get_text (self->record->article), self->layer);

  g_string_append (self->out, ", \"tokens\": [");
  for (guint i = 0; i < cover->tokens->len; i++)
    {
      const KutipToken *token = kutip_token_cover_get (cover, i);

      kutip_pour_check (self->pour);
      g_string_append_printf (self->out, "%s{\"id\": %u, \"start\": %u, \"end\": %u}",
                              i == 0 ? "" : ", ", i, token->range.start,
                              token->range.end);
    }
  g_string_append (self->out, "], \"sents\": [");
  append_sentences (self, cover);
  g_string_append_c (self->out, ']');
}

/* --- custom attributes --- */

static void
note_bearer (Writing *self, const char *name, KutipSpan *span)
{
  GPtrArray *spans = g_hash_table_lookup (self->bearers, name);

  if (spans == NULL)
    {
      spans = g_ptr_array_new ();
      g_hash_table_insert (self->bearers, g_strdup (name), spans);
    }
  g_ptr_array_add (spans, span);
}

/* What @span says besides its place and label. */
static void
note_values (Writing *self, KutipSpan *span, const KutipSpanFields *fields)
{
  static const char *const taken[] = { "id", "note", "unsure", NULL };

  note_bearer (self, "id", span);
  if (fields->note != NULL)
    note_bearer (self, "note", span);
  if (fields->unsure)
    note_bearer (self, "unsure", span);
  for (guint i = 0; i < kutip_attributes_get_n (fields->attributes); i++)
    {
      const char *name = kutip_attributes_get_nth (fields->attributes, i).name;

      if (g_strv_contains (taken, name))
        kutip_report_add (self->report, KUTIP_REPORT_LOSS, "attributes",
                          self->record->path, fields->id, 0, name);
      else
        note_bearer (self, name, span);
    }
}

static void
append_attribute (GString *out, KutipAttributes *attributes, const char *name)
{
  KutipAttribute attribute = { name, KUTIP_VALUE_FLAG, NULL };

  kutip_attributes_lookup (attributes, name, &attribute);
  if (attribute.type == KUTIP_VALUE_FLAG)
    g_string_append (out, "true");
  else if (attribute.type == KUTIP_VALUE_LIST)
    kutip_json_append_strings (out, attribute.values);
  else
    kutip_json_append_string (out, attribute.values[0]);
}

/* At the span's first piece. */
static void
append_value (GString *out, KutipSpan *span, const char *name)
{
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  g_string_append_printf (out, "{\"start\": %u, \"end\": %u, \"value\": ",
                          fields.ranges[0].start, fields.ranges[0].end);
  if (strcmp (name, "id") == 0)
    kutip_json_append_string (out, fields.id);
  else if (strcmp (name, "note") == 0)
    kutip_json_append_string (out, fields.note);
  else if (strcmp (name, "unsure") == 0)
    g_string_append (out, "true");
  else
    append_attribute (out, fields.attributes, name);
  g_string_append_c (out, '}');
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
append_underscore (Writing *self)
{
  GList *names = g_list_sort (g_hash_table_get_keys (self->bearers), compare_names);
  guint n = 0;

  g_string_append (self->out, ", \"underscore_span\": {");
  for (GList *item = names; item != NULL; item = item->next)
    {
      GPtrArray *spans = g_hash_table_lookup (self->bearers, item->data);

      append_comma (self->out, &n);
      kutip_json_append_string (self->out, item->data);
      g_string_append (self->out, ": [");
      for (guint i = 0; i < spans->len; i++)
        {
          kutip_pour_check (self->pour);
          g_string_append (self->out, i == 0 ? "" : ", ");
          append_value (self->out, g_ptr_array_index (spans, i), item->data);
        }
      g_string_append_c (self->out, ']');
    }
  g_string_append_c (self->out, '}');
  g_list_free (names);
}

/* --- spans and relations --- */

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
      kutip_pour_check (self->pour);
      append_comma (self->out, &self->n);
      append_place (self->out, fields.ranges[i], &fields);
    }
  note_values (self, span, &fields);
  return TRUE;
}

/* Its pieces that nothing in "ents" reaches into. */
static gboolean
append_entity (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  for (guint i = 0; i < fields.n_ranges && fields.texts == NULL; i++)
    {
      if (fields.ranges[i].start < self->reach)
        continue;
      kutip_pour_check (self->pour);
      append_comma (self->out, &self->n);
      append_place (self->out, fields.ranges[i], &fields);
      self->reach = fields.ranges[i].end;
    }
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
  kutip_pour_check (self->pour);
  append_comma (self->out, &self->n);
  g_string_append_printf (self->out,
                          "{\"head\": %u, \"child\": %u, \"label\": ", from - 1, to - 1);
  kutip_json_append_string (self->out, fields.label);
  g_string_append (self->out, ", \"id\": ");
  kutip_json_append_string (self->out, fields.id);
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

static void
append_layer (KutipPour *pour,
              KutipRecord *record,
              KutipLayer *layer,
              KutipReport *report)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) bearers = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  Writing writing = {
    .pour = pour,
    .out = pour->buffer,
    .record = record,
    .layer = layer,
    .report = report,
    .numbers = numbers,
    .bearers = bearers,
  };
  gsize n;
  const char *utf8 = kutip_text_get_utf8 (kutip_article_get_text (record->article), &n);

  g_string_append (writing.out, "{\"text\": ");
  kutip_json_append_bytes (writing.out, utf8, n);
  append_tokens (&writing);
  g_string_append (writing.out, ", \"spans\": {\"" GROUP "\": [");
  kutip_layer_foreach_span (layer, append_span, &writing);
  g_string_append (writing.out, "]}, \"ents\": [");
  writing.n = 0;
  kutip_layer_foreach_span (layer, append_entity, &writing);
  g_string_append_c (writing.out, ']');
  append_document (&writing);
  append_underscore (&writing);
  g_string_append (writing.out, "}\n");
}

static gboolean
write_spacy (KutipRecord *record,
             const KutipFormatOptions *options,
             KutipSink *sink,
             KutipReport *report,
             GError **error)
{
  g_auto (KutipPour) pour;

  kutip_pour_init_for_sink (&pour, sink, "");
  for (guint i = 0; i < record->layers->len; i++)
    append_layer (&pour, record, kutip_record_begin_layer (record, i, report), report);
  return kutip_pour_finish (&pour, error);
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
