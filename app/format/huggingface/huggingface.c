/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/huggingface/huggingface.h"

#include "format/formats.h"
#include "format/json/json.h"
#include "format/pour.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

const KutipHuggingfaceColumn kutip_huggingface_metadata[KUTIP_HUGGINGFACE_N_METADATA] = {
  { "language", G_STRUCT_OFFSET (KutipHeaderFields, language) },
  { "title", G_STRUCT_OFFSET (KutipHeaderFields, title) },
  { "author", G_STRUCT_OFFSET (KutipHeaderFields, author) },
  { "date", G_STRUCT_OFFSET (KutipHeaderFields, date) },
  { "publisher", G_STRUCT_OFFSET (KutipHeaderFields, publisher) },
  { "url", G_STRUCT_OFFSET (KutipHeaderFields, url) },
  { "note", G_STRUCT_OFFSET (KutipHeaderFields, note) },
};

/* Members begin with ", ", but the first of an object. */
static void
append_name (GString *out, const char *name)
{
  if (out->str[out->len - 1] != '{')
    g_string_append (out, ", ");
  kutip_json_append_string (out, name);
  g_string_append (out, ": ");
}

/* "\"start\": 3, \"end\": 9" */
static void
append_range (GString *out, KutipRange range)
{
  g_string_append (out, "\"start\": ");
  kutip_json_append_uint (out, range.start);
  g_string_append (out, ", \"end\": ");
  kutip_json_append_uint (out, range.end);
}

static void
append_string (GString *out, const char *name, const char *value)
{
  append_name (out, name);
  kutip_json_append_string (out, value == NULL ? "" : value);
}

static void
append_flag (GString *out, const char *name, gboolean value)
{
  append_name (out, name);
  g_string_append (out, value ? "true" : "false");
}

static void
append_score (GString *out, double score)
{
  append_name (out, "score");
  if (isfinite (score))
    kutip_json_append_double (out, score);
  else
    g_string_append (out, "null");
}

static void
append_attributes (GString *out, KutipAttributes *attributes)
{
  static const char *const types[] = { "flag", "string", "list" };

  append_name (out, "attributes");
  g_string_append_c (out, '[');
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);

      g_string_append (out, i == 0 ? "{" : ", {");
      append_string (out, "name", attribute.name);
      append_string (out, "type", types[attribute.type]);
      append_name (out, "values");
      kutip_json_append_strings (out, attribute.values);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
append_links (GString *out, const KutipSpanFields *fields)
{
  append_name (out, "links");
  g_string_append_c (out, '[');
  for (guint i = 0; i < fields->n_links; i++)
    {
      g_string_append (out, i == 0 ? "{" : ", {");
      append_string (out, "base", fields->links[i].base);
      append_string (out, "id", fields->links[i].id);
      append_string (out, "title", fields->links[i].title);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

/* The whole stretch, and the pieces in it; the text of the pieces is joined by spaces. */
static void
append_place (GString *out, KutipText *text, KutipSpan *span)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);
  guint n = kutip_span_get_n_ranges (span);
  g_autoptr (GString) quoted = g_string_new (NULL);

  g_string_append (out, ", ");
  append_range (out, kutip_span_get_hull (span));
  g_string_append (out, ", \"ranges\": [");
  for (guint i = 0; i < n; i++)
    {
      gsize n_bytes;
      const char *bytes = kutip_text_peek_range (text, ranges[i], &n_bytes);

      g_string_append (out, i == 0 ? "{" : ", {");
      append_range (out, ranges[i]);
      g_string_append_c (out, '}');
      if (i > 0)
        g_string_append_c (quoted, ' ');
      g_string_append_len (quoted, bytes, (gssize) n_bytes);
    }
  g_string_append (out, "], \"text\": ");
  kutip_json_append_bytes (out, quoted->str, quoted->len);
}

typedef struct
{
  KutipPour *pour;
  GString *out; /* its buffer */
  KutipText *text;
  gboolean any;
} Writing;

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  Writing *self = data;
  KutipSpanFields fields;

  if (kutip_span_is_orphan (span))
    return TRUE;
  kutip_span_get_fields (span, &fields);
  /* Never behind it: names look at what stands before them. */
  kutip_pour_check (self->pour);
  g_string_append (self->out, self->any ? ", {" : "{");
  self->any = TRUE;
  append_string (self->out, "id", fields.id);
  append_string (self->out, "label", fields.label);
  append_place (self->out, self->text, span);
  append_attributes (self->out, fields.attributes);
  append_links (self->out, &fields);
  append_string (self->out, "note", fields.note);
  append_flag (self->out, "unsure", fields.unsure);
  append_string (self->out, "origin", fields.origin_by);
  append_score (self->out, fields.origin_score);
  append_string (self->out, "created", fields.created);
  append_string (self->out, "modified", fields.modified);
  g_string_append_c (self->out, '}');
  return TRUE;
}

static gboolean
append_relation (KutipRelation *relation, gpointer data)
{
  Writing *self = data;
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  kutip_pour_check (self->pour);
  g_string_append (self->out, self->any ? ", {" : "{");
  self->any = TRUE;
  append_string (self->out, "id", fields.id);
  append_string (self->out, "label", fields.label);
  append_string (self->out, "from", fields.from);
  append_string (self->out, "to", fields.to);
  append_string (self->out, "event", fields.event);
  append_attributes (self->out, fields.attributes);
  append_string (self->out, "note", fields.note);
  append_flag (self->out, "unsure", fields.unsure);
  append_string (self->out, "origin", fields.origin_by);
  append_score (self->out, fields.origin_score);
  append_string (self->out, "created", fields.created);
  append_string (self->out, "modified", fields.modified);
  g_string_append_c (self->out, '}');
  return TRUE;
}

/* Whether both ends of @relation stay. */
typedef struct
{
  KutipLayer *layer;
  Writing *writing;
  const char *path;
  KutipReport *report;
} Relations;

static gboolean
is_kept (KutipLayer *layer, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (layer, id);

  return span != NULL && !kutip_span_is_orphan (span);
}

static gboolean
append_kept_relation (KutipRelation *relation, gpointer data)
{
  Relations *self = data;

  if (is_kept (self->layer, kutip_relation_get_from (relation)) &&
      is_kept (self->layer, kutip_relation_get_to (relation)))
    return append_relation (relation, self->writing);
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations", self->path,
                    kutip_relation_get_id (relation), 0, _ ("one of its ends is lost"));
  return TRUE;
}

static void
append_row (KutipPour *pour, KutipRecord *record, KutipLayer *layer, KutipReport *report)
{
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (layer));
  GString *out = pour->buffer;
  Writing writing = { pour, out, kutip_article_get_text (record->article), FALSE };
  Relations relations = { layer, &writing, record->path, report };
  gsize n_text;
  const char *text = kutip_text_get_utf8 (writing.text, &n_text);

  g_string_append_c (out, '{');
  append_string (out, "id", record->path);
  append_string (out, "annotator", header->annotator);
  append_string (out, "status", kutip_status_to_string (header->status));
  for (guint i = 0; i < KUTIP_HUGGINGFACE_N_METADATA; i++)
    append_string (
        out, kutip_huggingface_metadata[i].name,
        G_STRUCT_MEMBER (const char *, header, kutip_huggingface_metadata[i].offset));
  append_attributes (out, header->attributes);
  append_name (out, "text");
  kutip_json_append_bytes (out, text, n_text);
  append_name (out, "spans");
  g_string_append_c (out, '[');
  kutip_layer_foreach_span (layer, append_span, &writing);
  g_string_append_c (out, ']');
  append_name (out, "relations");
  g_string_append_c (out, '[');
  writing.any = FALSE;
  kutip_layer_foreach_relation (layer, append_kept_relation, &relations);
  g_string_append (out, "]}\n");
}

static gboolean
write_huggingface (KutipRecord *record,
                   const KutipFormatOptions *options,
                   KutipSink *sink,
                   KutipReport *report,
                   GError **error)
{
  g_auto (KutipPour) pour;

  kutip_pour_init_for_sink (&pour, sink, "");
  for (guint i = 0; i < record->layers->len; i++)
    append_row (&pour, record, kutip_record_begin_layer (record, i, report), report);
  return kutip_pour_finish (&pour, error);
}

static const char start[] = "{\"id\": \"";
static const char second[] = "\", \"annotator\": \"";

/* Behind the id with which a row begins, or NULL. */
static const char *
find_second (const char *row, const char *end)
{
  const char *p = row + sizeof start - 1;

  if (end - row < (gssize) sizeof start || memcmp (row, start, sizeof start - 1) != 0)
    return NULL;
  while (p < end && *p != '"' && *p != '\n')
    p += *p == '\\' ? 2 : 1;
  return p < end && *p == '"' ? p : NULL;
}

/* The rows of one article, which begin alike. */
static gsize
next_article (const char *bytes, gsize n_bytes, gboolean at_end)
{
  const char *end = bytes + n_bytes;
  const char *id_end = find_second (bytes, end);
  const char *row = bytes;

  while (row < end)
    {
      const char *newline = memchr (row, '\n', (gsize) (end - row));

      if (newline == NULL)
        break;
      row = newline + 1;
      if (id_end == NULL)
        return (gsize) (row - bytes);
      /* With the quotation mark behind the id. */
      if (end - row > id_end - bytes)
        {
          if (memcmp (row, bytes, (gsize) (id_end - bytes) + 1) != 0)
            return (gsize) (row - bytes);
        }
      else if (at_end || row < end)
        {
          gsize n = (gsize) (end - row);

          if (at_end || memcmp (row, bytes, n) != 0)
            return (gsize) (row - bytes);
        }
    }
  return at_end ? n_bytes : 0;
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  const char *after = n_head == 0 ? NULL : find_second (head, head + n_head);

  if (after != NULL && head + n_head - after >= (gssize) sizeof second - 1 &&
      memcmp (after, second, sizeof second - 1) == 0)
    return KUTIP_MATCH_YES;
  /* Those of others. */
  return after != NULL && g_strstr_len (head, (gssize) n_head, "\"text\": ") != NULL &&
                 g_strstr_len (head, (gssize) n_head, "\"spans\": [") != NULL
             ? KUTIP_MATCH_MAYBE
             : KUTIP_MATCH_NO;
}

const KutipFormat kutip_format_huggingface = {
  .name = "huggingface",
  .title = N_ ("Hugging Face dataset"),
  .suffix = ".jsonl",
  .keeps =
      KUTIP_KEEPS_ALL & ~(KUTIP_KEEPS_TAGSET | KUTIP_KEEPS_ORPHANS | KUTIP_KEEPS_REVIEWS),
  .recognise = recognise,
  .next_unit = next_article,
  .read = kutip_huggingface_read,
  .write = write_huggingface,
};
