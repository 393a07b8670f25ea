/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/huggingface/huggingface.h"
#include "format/json/json.h"
#include "format/lines.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* One row, and room for what one span or relation of it says. */
typedef struct
{
  KutipHuggingfacePlace at;
  char *id;
  gboolean is_ours; /* it has a column that others do not need */
  KutipText *text;
  const char *status;
  KutipHeaderFields header;
  GPtrArray *spans;     /* KutipSpan */
  GPtrArray *relations; /* KutipRelation */
  GArray *ranges;       /* KutipRange */
  GArray *links;        /* KutipSpanLink */
  guint n_made;         /* ids made for what has none */
  GHashTable *nameless; /* the spans and relations that have them */
} Row;

/* What a span or relation says beside its fields. Rows of others have columns of their
 * own for attributes, and no lists of ranges. */
typedef struct
{
  KutipAttributes *attributes;
  guint start, end; /* G_MAXUINT: not said */
  const char *text;
} Extra;

static void
clear_row (Row *row)
{
  g_string_chunk_free (row->at.strings);
  g_free (row->id);
  g_clear_pointer (&row->text, kutip_text_unref);
  g_clear_pointer (&row->header.attributes, kutip_attributes_unref);
  g_ptr_array_unref (row->spans);
  g_ptr_array_unref (row->relations);
  g_array_unref (row->ranges);
  g_array_unref (row->links);
  g_hash_table_unref (row->nameless);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, clear_row)

/* NULL for "" too, and after an error. */
static const char *
read_string (Row *row)
{
  const char *string;

  if (kutip_json_reader_peek (row->at.reader) == KUTIP_JSON_NULL)
    {
      kutip_json_reader_skip (row->at.reader);
      return NULL;
    }
  string = kutip_json_reader_read_string (row->at.reader);
  return string == NULL || *string == '\0'
             ? NULL
             : g_string_chunk_insert (row->at.strings, string);
}

static double
read_score (Row *row)
{
  double score = NAN;

  if (kutip_json_reader_peek (row->at.reader) == KUTIP_JSON_NULL)
    kutip_json_reader_skip (row->at.reader);
  else
    kutip_json_reader_read_double (row->at.reader, &score);
  return score;
}

static void
read_range (Row *row)
{
  KutipRange range = { G_MAXUINT, G_MAXUINT };
  guint length = kutip_text_get_length (row->text);
  const char *member;

  if (!kutip_json_reader_read_object (row->at.reader))
    return;
  while ((member = kutip_json_reader_read_member (row->at.reader)) != NULL)
    if (strcmp (member, "start") == 0)
      kutip_json_reader_read_uint (row->at.reader, length, &range.start);
    else if (strcmp (member, "end") == 0)
      kutip_json_reader_read_uint (row->at.reader, length, &range.end);
    else
      kutip_huggingface_leave_out (&row->at, member);
  if (range.end == G_MAXUINT || range.start >= range.end)
    kutip_json_reader_fail (row->at.reader,
                            _ ("a range needs a “start”, and an “end” behind it"));
  else
    g_array_append_val (row->ranges, range);
}

static void
read_link (Row *row)
{
  KutipSpanLink link = { .base = "", .id = "" };
  const char *member;

  if (!kutip_json_reader_read_object (row->at.reader))
    return;
  while ((member = kutip_json_reader_read_member (row->at.reader)) != NULL)
    if (strcmp (member, "base") == 0)
      link.base = kutip_huggingface_read_string (&row->at);
    else if (strcmp (member, "id") == 0)
      link.id = kutip_huggingface_read_string (&row->at);
    else if (strcmp (member, "title") == 0)
      link.title = read_string (row);
    else
      kutip_huggingface_leave_out (&row->at, member);
  g_array_append_val (row->links, link);
}

static void
read_each (Row *row, void (*read) (Row *row))
{
  if (kutip_json_reader_read_array (row->at.reader))
    while (kutip_json_reader_read_element (row->at.reader))
      read (row);
}

/* A column that this format does not know is an attribute. */
static void
read_other (Row *row, KutipAttributes **attributes, const char *member)
{
  g_autofree char *name = g_strdup (member);

  if (!kutip_huggingface_read_attribute (row->at.reader, name, attributes))
    kutip_report_add_left_out (row->at.report, "unknown-member", row->at.file, NULL,
                               row->at.line, name);
}

/* The column of attributes, and columns of their own before it. */
static void
take_attributes (Row *row, KutipAttributes **attributes)
{
  g_autoptr (KutipAttributes) found = kutip_huggingface_read_attributes (&row->at);

  for (guint i = 0; i < kutip_attributes_get_n (found); i++)
    {
      KutipAttributes *changed =
          kutip_attributes_with (*attributes, kutip_attributes_get_nth (found, i));

      kutip_attributes_unref (*attributes);
      *attributes = changed;
    }
}

static void
read_offset (Row *row, guint *offset)
{
  kutip_json_reader_read_uint (row->at.reader, kutip_text_get_length (row->text), offset);
}

/* What spans and relations have in common; FALSE for another member. */
static gboolean
read_common (Row *row,
             Extra *extra,
             const char *member,
             const char **note,
             gboolean *unsure,
             const char **origin,
             double *score)
{
  if (strcmp (member, "attributes") == 0)
    take_attributes (row, &extra->attributes);
  else if (strcmp (member, "note") == 0)
    *note = read_string (row);
  else if (strcmp (member, "unsure") == 0)
    kutip_json_reader_read_boolean (row->at.reader, unsure);
  else if (strcmp (member, "origin") == 0)
    *origin = read_string (row);
  else if (strcmp (member, "score") == 0)
    *score = read_score (row);
  else
    return FALSE;
  return TRUE;
}

static void
read_span_member (Row *row, KutipSpanFields *fields, Extra *extra, const char *member)
{
  if (strcmp (member, "id") == 0)
    fields->id = read_string (row);
  else if (strcmp (member, "label") == 0)
    fields->label = read_string (row);
  else if (strcmp (member, "start") == 0)
    read_offset (row, &extra->start);
  else if (strcmp (member, "end") == 0)
    read_offset (row, &extra->end);
  else if (strcmp (member, "text") == 0)
    extra->text = read_string (row);
  else if (strcmp (member, "ranges") == 0)
    read_each (row, read_range);
  else if (strcmp (member, "links") == 0)
    read_each (row, read_link);
  else if (strcmp (member, "created") == 0)
    fields->created = read_string (row);
  else if (strcmp (member, "modified") == 0)
    fields->modified = read_string (row);
  else if (!read_common (row, extra, member, &fields->note, &fields->unsure,
                         &fields->origin_by, &fields->origin_score))
    read_other (row, &extra->attributes, member);
}

/* Where there are no ranges, from start to end. */
static void
complete_ranges (Row *row, const Extra *extra)
{
  KutipRange range = { extra->start, extra->end };

  if (row->ranges->len == 0 && extra->end != G_MAXUINT && extra->start < extra->end)
    g_array_append_val (row->ranges, range);
}

/* Its pieces, as they are quoted. */
static char *
join_pieces (Row *row, const KutipSpanFields *fields)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < fields->n_ranges; i++)
    {
      gsize n;
      const char *bytes = kutip_text_peek_range (row->text, fields->ranges[i], &n);

      if (i > 0)
        g_string_append_c (joined, ' ');
      g_string_append_len (joined, bytes, (gssize) n);
    }
  return g_string_free (joined, FALSE);
}

static void
check_text (Row *row, const KutipSpanFields *fields, const char *said)
{
  g_autofree char *there = said == NULL ? NULL : join_pieces (row, fields);

  if (said != NULL && strcmp (said, there) != 0)
    kutip_report_add (row->at.report, KUTIP_REPORT_WARNING, "other-text", row->at.file,
                      fields->id, row->at.line, said);
}

static const char *
make_id (Row *row, const char *prefix)
{
  char id[16];

  g_snprintf (id, sizeof id, "%s%u", prefix, ++row->n_made);
  return g_string_chunk_insert (row->at.strings, id);
}

static void
add_span (Row *row, KutipSpanFields *fields, const Extra *extra)
{
  gboolean nameless = fields->id == NULL || *fields->id == '\0';
  KutipSpan *span;

  if (nameless)
    fields->id = make_id (row, "s");
  fields->ranges = (const KutipRange *) (gpointer) row->ranges->data;
  fields->n_ranges = kutip_ranges_normalize ((KutipRange *) (gpointer) row->ranges->data,
                                             row->ranges->len);
  fields->links = (const KutipSpanLink *) (gpointer) row->links->data;
  fields->n_links = row->links->len;
  fields->attributes = extra->attributes;
  check_text (row, fields, extra->text);
  span = kutip_span_new (fields);
  g_ptr_array_add (row->spans, span);
  if (nameless)
    g_hash_table_add (row->nameless, span);
}

static void
read_span (Row *row)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  Extra extra = { .start = G_MAXUINT, .end = G_MAXUINT };
  const char *member;

  g_array_set_size (row->ranges, 0);
  g_array_set_size (row->links, 0);
  if (kutip_json_reader_read_object (row->at.reader))
    while ((member = kutip_json_reader_read_member (row->at.reader)) != NULL)
      read_span_member (row, &fields, &extra, member);
  complete_ranges (row, &extra);
  if (fields.label == NULL || *fields.label == '\0' || row->ranges->len == 0)
    kutip_json_reader_fail (row->at.reader,
                            _ ("a span needs a “label”, and “ranges” or a “start” and an "
                               "“end” behind it"));
  if (!kutip_json_reader_failed (row->at.reader))
    add_span (row, &fields, &extra);
  kutip_attributes_unref (extra.attributes);
}

static void
read_relation_member (Row *row,
                      KutipRelationFields *fields,
                      Extra *extra,
                      const char *member)
{
  if (strcmp (member, "id") == 0)
    fields->id = read_string (row);
  else if (strcmp (member, "label") == 0)
    fields->label = read_string (row);
  else if (strcmp (member, "from") == 0 || strcmp (member, "head") == 0)
    fields->from = read_string (row);
  else if (strcmp (member, "to") == 0 || strcmp (member, "tail") == 0)
    fields->to = read_string (row);
  else if (strcmp (member, "event") == 0)
    fields->event = read_string (row);
  else if (strcmp (member, "created") == 0)
    fields->created = read_string (row);
  else if (strcmp (member, "modified") == 0)
    fields->modified = read_string (row);
  else if (!read_common (row, extra, member, &fields->note, &fields->unsure,
                         &fields->origin_by, &fields->origin_score))
    read_other (row, &extra->attributes, member);
}

static void
read_relation (Row *row)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  Extra extra = { .attributes = NULL };
  const char *member;

  if (kutip_json_reader_read_object (row->at.reader))
    while ((member = kutip_json_reader_read_member (row->at.reader)) != NULL)
      read_relation_member (row, &fields, &extra, member);
  if (fields.label == NULL || *fields.label == '\0' || fields.from == NULL ||
      fields.to == NULL)
    kutip_json_reader_fail (row->at.reader,
                            _ ("a relation needs a “label”, “from” and “to”"));
  if (!kutip_json_reader_failed (row->at.reader))
    {
      gboolean nameless = fields.id == NULL || *fields.id == '\0';
      KutipRelation *relation;

      fields.attributes = extra.attributes;
      if (nameless)
        fields.id = make_id (row, "r");
      relation = kutip_relation_new (&fields);
      g_ptr_array_add (row->relations, relation);
      if (nameless)
        g_hash_table_add (row->nameless, relation);
    }
  kutip_attributes_unref (extra.attributes);
}

static void
read_metadata (Row *row, const char *member)
{
  for (guint i = 0; i < KUTIP_HUGGINGFACE_N_METADATA; i++)
    if (strcmp (kutip_huggingface_metadata[i].name, member) == 0)
      {
        G_STRUCT_MEMBER (const char *, &row->header,
                         kutip_huggingface_metadata[i].offset) = read_string (row);
        return;
      }
  read_other (row, &row->header.attributes, member);
}

static void
read_text (Row *row)
{
  const char *text = kutip_json_reader_read_string (row->at.reader);

  if (text != NULL)
    row->text = kutip_text_new (text);
}

static void
read_row_member (Row *row, const char *member)
{
  gboolean places = strcmp (member, "spans") == 0 || strcmp (member, "relations") == 0;

  if (places && row->text == NULL)
    kutip_json_reader_fail (row->at.reader, _ ("“text” has to stand before “%s”"),
                            member);
  else if (strcmp (member, "spans") == 0)
    read_each (row, read_span);
  else if (places)
    read_each (row, read_relation);
  else if (strcmp (member, "id") == 0)
    row->id = g_strdup (kutip_json_reader_read_string (row->at.reader));
  else if (strcmp (member, "text") == 0)
    read_text (row);
  else if (strcmp (member, "annotator") == 0)
    {
      row->is_ours = TRUE;
      row->header.annotator = read_string (row);
    }
  else if (strcmp (member, "status") == 0)
    row->status = read_string (row);
  else if (strcmp (member, "attributes") == 0)
    take_attributes (row, &row->header.attributes);
  else
    read_metadata (row, member);
}

static gboolean
read_row (Row *row, GError **error)
{
  const char *member;

  if (kutip_json_reader_read_object (row->at.reader))
    while ((member = kutip_json_reader_read_member (row->at.reader)) != NULL)
      read_row_member (row, member);
  row->header.status = KUTIP_STATUS_IN_PROGRESS;
  if (!kutip_json_reader_failed (row->at.reader) &&
      (row->id == NULL || *row->id == '\0' || row->text == NULL))
    kutip_json_reader_fail (row->at.reader, _ ("a row needs an “id” and a “text”"));
  else if (row->status != NULL &&
           !kutip_status_from_string (row->status, &row->header.status))
    kutip_json_reader_fail (row->at.reader, _ ("“%s” is no status"), row->status);
  return kutip_json_reader_finish (row->at.reader, error);
}

/* @reason has a place for @id. */
static gboolean
fail_at (Row *row, const char *reason, const char *id, GError **error)
{
  g_autoptr (GString) said = g_string_new (reason);

  g_string_replace (said, "%s", id, 1);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: a line of a file, and what is wrong there */
               _ ("line %1$lu: %2$s"), (gulong) row->at.line, said->str);
  return FALSE;
}

/* An id that was made may be that of another, which keeps it. */
static void
add_nameless_span (KutipLayer *layer, KutipSpan *span)
{
  g_autofree char *id = NULL;
  g_autoptr (KutipSpan) renamed = NULL;
  KutipSpanFields fields;

  if (kutip_layer_add_span (layer, span))
    return;
  id = kutip_layer_make_id (layer, "s");
  kutip_span_get_fields (span, &fields);
  fields.id = id;
  renamed = kutip_span_new (&fields);
  kutip_layer_add_span (layer, renamed);
}

static void
add_nameless_relation (KutipLayer *layer, KutipRelation *relation)
{
  g_autofree char *id = NULL;
  g_autoptr (KutipRelation) renamed = NULL;
  KutipRelationFields fields;

  if (kutip_layer_add_relation (layer, relation))
    return;
  id = kutip_layer_make_id (layer, "r");
  kutip_relation_get_fields (relation, &fields);
  fields.id = id;
  renamed = kutip_relation_new (&fields);
  kutip_layer_add_relation (layer, renamed);
}

static gboolean
add_spans (Row *row, KutipLayer *layer, GError **error)
{
  for (int nameless = 0; nameless <= 1; nameless++)
    for (guint i = 0; i < row->spans->len; i++)
      {
        KutipSpan *span = g_ptr_array_index (row->spans, i);

        if (g_hash_table_contains (row->nameless, span) != nameless)
          continue;
        if (nameless)
          add_nameless_span (layer, span);
        else if (!kutip_layer_add_span (layer, span))
          return fail_at (row, _ ("the id “%s” occurs twice"), kutip_span_get_id (span),
                          error);
      }
  return TRUE;
}

static gboolean
check_ends (Row *row, KutipLayer *layer, KutipRelation *relation, GError **error)
{
  const char *const ends[] = { kutip_relation_get_from (relation),
                               kutip_relation_get_to (relation) };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (kutip_layer_get_span (layer, ends[i]) == NULL)
      return fail_at (row, _ ("there is no span “%s”"), ends[i], error);
  return TRUE;
}

static gboolean
add_relations (Row *row, KutipLayer *layer, GError **error)
{
  for (int nameless = 0; nameless <= 1; nameless++)
    for (guint i = 0; i < row->relations->len; i++)
      {
        KutipRelation *relation = g_ptr_array_index (row->relations, i);

        if (g_hash_table_contains (row->nameless, relation) != nameless)
          continue;
        if (!check_ends (row, layer, relation, error))
          return FALSE;
        if (nameless)
          add_nameless_relation (layer, relation);
        else if (!kutip_layer_add_relation (layer, relation))
          return fail_at (row, _ ("the id “%s” occurs twice"),
                          kutip_relation_get_id (relation), error);
      }
  return TRUE;
}

static KutipLayer *
make_layer (Row *row, GError **error)
{
  g_autoptr (KutipHeader) header = kutip_header_new (&row->header);
  g_autoptr (KutipLayer) layer = kutip_layer_new (header);

  return add_spans (row, layer, error) && add_relations (row, layer, error)
             ? g_steal_pointer (&layer)
             : NULL;
}

static gboolean
is_same_article (KutipRecord *record, Row *row)
{
  return record != NULL && strcmp (record->path, row->id) == 0 &&
         strcmp (kutip_text_get_utf8 (kutip_article_get_text (record->article), NULL),
                 kutip_text_get_utf8 (row->text, NULL)) == 0;
}

/* Others number the rows of each split anew, so that in a folder the same id is in many
 * files. */
static void
complete_id (Row *row, KutipSource *source)
{
  g_autofree char *id = row->id;
  g_autofree char *stem = kutip_lines_dup_stem (source);

  row->id = source->named || row->is_ours ? g_steal_pointer (&id)
                                          : g_strconcat (stem, "/", id, NULL);
}

/* Adds the row to @record, or hands that on and begins another. */
static gboolean
take_row (
    Row *row, KutipRecord **record, KutipRecordFunc emit, gpointer data, GError **error)
{
  g_autoptr (KutipLayer) layer = make_layer (row, error);

  if (layer == NULL)
    return FALSE;
  if (!is_same_article (*record, row))
    {
      g_autoptr (KutipArticle) article = kutip_record_make_article (row->id, row->text);

      if (*record != NULL && !emit (g_steal_pointer (record), data, error))
        return FALSE;
      *record = kutip_record_new (row->id, article);
    }
  g_ptr_array_add ((*record)->layers, g_steal_pointer (&layer));
  return TRUE;
}

static gboolean
read_line (const char *line,
           gsize n,
           KutipSource *source,
           guint64 number,
           KutipRecord **record,
           KutipRecordFunc emit,
           gpointer data,
           KutipReport *report,
           GError **error)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (line, n);
  g_auto (Row) row = {
    .at = { reader, g_string_chunk_new (1024), source->name, number, report },
    .spans = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_span_unref),
    .relations = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_relation_unref),
    .ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange)),
    .links = g_array_new (FALSE, FALSE, sizeof (KutipSpanLink)),
    .nameless = g_hash_table_new (NULL, NULL),
  };

  kutip_json_reader_set_first_line (reader, number);
  if (!read_row (&row, error))
    return FALSE;
  complete_id (&row, source);
  return take_row (&row, record, emit, data, error);
}

static gboolean
is_blank (const char *line, gsize n)
{
  while (n > 0 && g_ascii_isspace (line[n - 1]))
    n--;
  return n == 0;
}

gboolean
kutip_huggingface_read (KutipSource *source,
                        const KutipFormatOptions *options,
                        KutipRecordFunc emit,
                        gpointer data,
                        KutipReport *report,
                        GError **error)
{
  gsize n_bytes;
  const char *line = g_bytes_get_data (source->bytes, &n_bytes);
  const char *end = n_bytes == 0 ? line : line + n_bytes;
  g_autoptr (KutipRecord) record = NULL;
  guint64 number = source->line;

  while (line < end)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));
      gsize n = (gsize) ((newline != NULL ? newline : end) - line);

      if (!is_blank (line, n) &&
          !read_line (line, n, source, number, &record, emit, data, report, error))
        return FALSE;
      line += n + (newline != NULL ? 1 : 0);
      number++;
    }
  return record == NULL || emit (g_steal_pointer (&record), data, error);
}
