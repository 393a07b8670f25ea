/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar-parts.h"

#include <string.h>

void
kutip_sidecar_append_attributes (GString *out, KutipAttributes *attributes)
{
  g_string_append_c (out, '{');
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);

      if (i > 0)
        kutip_json_append_raw (out, ", ", 2);
      kutip_json_append_string (out, attribute.name);
      kutip_json_append_raw (out, ": ", 2);
      if (attribute.type == KUTIP_VALUE_FLAG)
        g_string_append (out, "true");
      else if (attribute.type == KUTIP_VALUE_STRING)
        kutip_json_append_string (out, attribute.values[0]);
      else
        kutip_json_append_strings (out, attribute.values);
    }
  g_string_append_c (out, '}');
}

static void
put_attributes (KutipMembersWriter *writer, int member, KutipAttributes *attributes)
{
  if (attributes == NULL)
    return;
  kutip_members_put (writer, member);
  kutip_sidecar_append_attributes (writer->out, attributes);
}

static void
put_origin (KutipMembersWriter *writer, int member, const char *by, double score)
{
  KutipMembersWriter origin;

  if (by == NULL)
    return;
  kutip_members_put (writer, member);
  kutip_members_begin (&origin, writer->out, kutip_origin_members, writer->foreign,
                       KUTIP_SIDECAR_ORIGIN_PATH, &kutip_members_on_one_line);
  kutip_members_put_string (&origin, KUTIP_ORIGIN_MEMBER_BY, by);
  if (isfinite (score))
    {
      kutip_members_put (&origin, KUTIP_ORIGIN_MEMBER_SCORE);
      kutip_json_append_double (writer->out, score);
    }
  kutip_members_end (&origin);
}

/* Where the unknown members of the links begin. */
static guint
find_links (KutipForeign *foreign)
{
  guint n = kutip_foreign_get_n (foreign);
  guint i = 0;

  while (i < n && !g_str_has_prefix (kutip_foreign_get_nth (foreign, i).after, "links/"))
    i++;
  return i;
}

static void
put_links (KutipMembersWriter *writer, const KutipSpanFields *fields)
{
  guint cursor;

  if (fields->n_links == 0)
    return;
  cursor = find_links (fields->foreign);
  kutip_members_put (writer, KUTIP_SPAN_MEMBER_LINKS);
  for (guint i = 0; i < fields->n_links; i++)
    {
      KutipMembersWriter link;
      char path[KUTIP_MEMBERS_MAX_PATH];

      g_string_append (writer->out, i == 0 ? "[" : ", ");
      g_snprintf (path, sizeof path, KUTIP_SIDECAR_LINK_PATH, i);
      kutip_members_begin (&link, writer->out, kutip_link_members, fields->foreign, path,
                           &kutip_members_on_one_line);
      kutip_members_take_run (&link, &cursor);
      kutip_members_put_string (&link, KUTIP_LINK_MEMBER_BASE, fields->links[i].base);
      kutip_members_put_string (&link, KUTIP_LINK_MEMBER_ID, fields->links[i].id);
      kutip_members_put_string (&link, KUTIP_LINK_MEMBER_TITLE, fields->links[i].title);
      kutip_members_end (&link);
    }
  g_string_append_c (writer->out, ']');
}

static void
put_ranges (KutipMembersWriter *writer, const KutipSpanFields *fields)
{
  kutip_members_put (writer, KUTIP_SPAN_MEMBER_RANGES);
  for (guint i = 0; i < fields->n_ranges; i++)
    {
      kutip_json_append_raw (writer->out, i == 0 ? "[[" : ", [", i == 0 ? 2 : 3);
      kutip_json_append_uint (writer->out, fields->ranges[i].start);
      kutip_json_append_raw (writer->out, ", ", 2);
      kutip_json_append_uint (writer->out, fields->ranges[i].end);
      g_string_append_c (writer->out, ']');
    }
  g_string_append_c (writer->out, ']');
}

static void
put_context (KutipMembersWriter *writer, int member, const char *start, const char *end)
{
  if (start == end)
    return;
  kutip_members_put (writer, member);
  kutip_json_append_bytes (writer->out, start, (gsize) (end - start));
}

/* What the text says at the ranges and around them. */
static void
put_texts (KutipMembersWriter *writer, const KutipSpanFields *fields, KutipText *text)
{
  const char *start = NULL, *end = NULL;

  kutip_members_put (writer, KUTIP_SPAN_MEMBER_TEXT);
  for (guint i = 0; i < fields->n_ranges; i++)
    {
      gsize n_bytes;
      const char *bytes = kutip_text_peek_range (text, fields->ranges[i], &n_bytes);

      kutip_json_append_raw (writer->out, i == 0 ? "[" : ", ", i == 0 ? 1 : 2);
      kutip_json_append_bytes (writer->out, bytes, n_bytes);
      start = i == 0 ? bytes : start;
      end = bytes + n_bytes;
    }
  g_string_append_c (writer->out, ']');
  put_context (writer, KUTIP_SPAN_MEMBER_PREFIX,
               kutip_text_walk (text, start, -KUTIP_SIDECAR_CONTEXT), start);
  put_context (writer, KUTIP_SPAN_MEMBER_SUFFIX, end,
               kutip_text_walk (text, end, KUTIP_SIDECAR_CONTEXT));
}

/* What an orphan once said. */
static void
put_kept_texts (KutipMembersWriter *writer, const KutipSpanFields *fields)
{
  kutip_members_put (writer, KUTIP_SPAN_MEMBER_TEXT);
  kutip_json_append_strings (writer->out, fields->texts);
  if (fields->prefix != NULL && *fields->prefix != '\0')
    kutip_members_put_string (writer, KUTIP_SPAN_MEMBER_PREFIX, fields->prefix);
  if (fields->suffix != NULL && *fields->suffix != '\0')
    kutip_members_put_string (writer, KUTIP_SPAN_MEMBER_SUFFIX, fields->suffix);
}

/* --- nearly all spans and relations: their first members, without the tables --- */

/* Names of members, with what stands between them. */
#define SPAN_ID "{\"id\": "
#define SPAN_LABEL ", \"label\": "
#define SPAN_RANGES ", \"ranges\": [["
#define SPAN_TEXT "]], \"text\": ["
#define SPAN_PREFIX "], \"prefix\": "
#define SPAN_SUFFIX ", \"suffix\": "
#define RELATION_FROM ", \"from\": "
#define RELATION_TO ", \"to\": "
/* All of them, and the numbers of a range. */
#define MOST_AROUND 128
/* Longer texts are written piece by piece: the room would be six times as large. */
#define MOST_OF_QUICK 4096

#define PUT(to, literal)                                                                 \
  (memcpy ((to), (literal), sizeof (literal) - 1), (to) + sizeof (literal) - 1)

static void
end_quick (GString *out, char *to)
{
  *to = '\0';
  out->len = (gsize) (to - out->str);
}

/* The members of a span up to its suffix; FALSE when it is not as simple as most are. */
static gboolean
append_simple_span (GString *out, const KutipSpanFields *fields, KutipText *text)
{
  gsize n_id = strlen (fields->id), n_label = strlen (fields->label), n_text;
  const char *start, *end, *before, *after;
  char *to;

  if (fields->n_ranges != 1 || fields->texts != NULL || fields->foreign != NULL)
    return FALSE;
  start = kutip_text_peek_range (text, fields->ranges[0], &n_text);
  end = start + n_text;
  before = kutip_text_walk (text, start, -KUTIP_SIDECAR_CONTEXT);
  after = kutip_text_walk (text, end, KUTIP_SIDECAR_CONTEXT);
  if (before == start || after == end || n_id + n_label + n_text > MOST_OF_QUICK)
    return FALSE;

  to = kutip_json_make_room (
      out, kutip_json_measure_most (n_id) + kutip_json_measure_most (n_label) +
               kutip_json_measure_most (n_text) +
               kutip_json_measure_most ((gsize) (start - before)) +
               kutip_json_measure_most ((gsize) (after - end)) + MOST_AROUND);
  to = kutip_json_put_bytes (PUT (to, SPAN_ID), fields->id, n_id);
  to = kutip_json_put_bytes (PUT (to, SPAN_LABEL), fields->label, n_label);
  to = kutip_json_put_uint (PUT (to, SPAN_RANGES), fields->ranges[0].start);
  to = kutip_json_put_uint (PUT (to, ", "), fields->ranges[0].end);
  to = kutip_json_put_bytes (PUT (to, SPAN_TEXT), start, n_text);
  to = kutip_json_put_bytes (PUT (to, SPAN_PREFIX), before, (gsize) (start - before));
  to = kutip_json_put_bytes (PUT (to, SPAN_SUFFIX), end, (gsize) (after - end));
  end_quick (out, to);
  return TRUE;
}

/* The same for a relation, up to where it ends. */
static gboolean
append_simple_relation (GString *out, const KutipRelationFields *fields)
{
  gsize n_id = strlen (fields->id), n_label = strlen (fields->label);
  gsize n_from = strlen (fields->from), n_to = strlen (fields->to);
  char *to;

  if (fields->foreign != NULL || n_id + n_label + n_from + n_to > MOST_OF_QUICK)
    return FALSE;
  to = kutip_json_make_room (out, kutip_json_measure_most (n_id) +
                                      kutip_json_measure_most (n_label) +
                                      kutip_json_measure_most (n_from) +
                                      kutip_json_measure_most (n_to) + MOST_AROUND);
  to = kutip_json_put_bytes (PUT (to, SPAN_ID), fields->id, n_id);
  to = kutip_json_put_bytes (PUT (to, SPAN_LABEL), fields->label, n_label);
  to = kutip_json_put_bytes (PUT (to, RELATION_FROM), fields->from, n_from);
  to = kutip_json_put_bytes (PUT (to, RELATION_TO), fields->to, n_to);
  end_quick (out, to);
  return TRUE;
}

static void
put_review (KutipMembersWriter *writer, const KutipSpanFields *fields)
{
  if (fields->review != KUTIP_REVIEW_NONE)
    kutip_members_put_string (writer, KUTIP_SPAN_MEMBER_REVIEW,
                              kutip_sidecar_review_to_string (fields->review));
  if (fields->was == NULL)
    return;
  kutip_members_put (writer, KUTIP_SPAN_MEMBER_WAS);
  kutip_json_append_strings (writer->out, fields->was);
}

/* Whether there is anything behind the suffix. */
static gboolean
says_more (const KutipSpanFields *fields)
{
  return fields->attributes != NULL || fields->n_links > 0 || fields->note != NULL ||
         fields->unsure || fields->review != KUTIP_REVIEW_NONE || fields->was != NULL ||
         fields->origin_by != NULL || fields->created != NULL || fields->modified != NULL;
}

static void
put_place (KutipMembersWriter *writer, const KutipSpanFields *fields, KutipText *text)
{
  kutip_members_put_string (writer, KUTIP_SPAN_MEMBER_ID, fields->id);
  kutip_members_put_string (writer, KUTIP_SPAN_MEMBER_LABEL, fields->label);
  put_ranges (writer, fields);
  if (fields->texts != NULL)
    put_kept_texts (writer, fields);
  else
    put_texts (writer, fields, text);
}

void
kutip_sidecar_append_span (GString *out, KutipSpan *span, KutipText *text)
{
  KutipMembersWriter writer;
  KutipSpanFields fields;
  gboolean is_simple;

  g_return_if_fail (kutip_span_is_orphan (span) ||
                    kutip_span_get_hull (span).end <= kutip_text_get_length (text));

  kutip_span_get_fields (span, &fields);
  is_simple = append_simple_span (out, &fields, text);
  if (is_simple && !says_more (&fields))
    {
      kutip_json_append_raw (out, "}", 1);
      return;
    }
  kutip_members_begin (&writer, out, kutip_span_members, fields.foreign, "",
                       &kutip_members_on_one_line);
  if (is_simple)
    kutip_members_continue (&writer, KUTIP_SPAN_MEMBER_SUFFIX);
  else
    put_place (&writer, &fields, text);
  put_attributes (&writer, KUTIP_SPAN_MEMBER_ATTRIBUTES, fields.attributes);
  put_links (&writer, &fields);
  kutip_members_put_string (&writer, KUTIP_SPAN_MEMBER_NOTE, fields.note);
  kutip_members_put_true (&writer, KUTIP_SPAN_MEMBER_UNSURE, fields.unsure);
  put_review (&writer, &fields);
  put_origin (&writer, KUTIP_SPAN_MEMBER_ORIGIN, fields.origin_by, fields.origin_score);
  kutip_members_put_string (&writer, KUTIP_SPAN_MEMBER_CREATED, fields.created);
  kutip_members_put_string (&writer, KUTIP_SPAN_MEMBER_MODIFIED, fields.modified);
  kutip_members_end (&writer);
}

void
kutip_sidecar_append_relation (GString *out, KutipRelation *relation)
{
  KutipMembersWriter writer;
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  kutip_members_begin (&writer, out, kutip_relation_members, fields.foreign, "",
                       &kutip_members_on_one_line);
  if (append_simple_relation (out, &fields))
    kutip_members_continue (&writer, KUTIP_RELATION_MEMBER_TO);
  else
    {
      kutip_members_put_string (&writer, KUTIP_RELATION_MEMBER_ID, fields.id);
      kutip_members_put_string (&writer, KUTIP_RELATION_MEMBER_LABEL, fields.label);
      kutip_members_put_string (&writer, KUTIP_RELATION_MEMBER_FROM, fields.from);
      kutip_members_put_string (&writer, KUTIP_RELATION_MEMBER_TO, fields.to);
    }
  kutip_members_put_string (&writer, KUTIP_RELATION_MEMBER_EVENT, fields.event);
  put_attributes (&writer, KUTIP_RELATION_MEMBER_ATTRIBUTES, fields.attributes);
  kutip_members_put_string (&writer, KUTIP_RELATION_MEMBER_NOTE, fields.note);
  kutip_members_put_true (&writer, KUTIP_RELATION_MEMBER_UNSURE, fields.unsure);
  put_origin (&writer, KUTIP_RELATION_MEMBER_ORIGIN, fields.origin_by,
              fields.origin_score);
  kutip_members_put_string (&writer, KUTIP_RELATION_MEMBER_CREATED, fields.created);
  kutip_members_put_string (&writer, KUTIP_RELATION_MEMBER_MODIFIED, fields.modified);
  kutip_members_end (&writer);
}

static void
put_article (KutipMembersWriter *writer,
             const KutipSidecarInfo *article,
             const KutipHeaderFields *header)
{
  KutipMembersWriter members;

  kutip_members_put (writer, KUTIP_SIDECAR_MEMBER_ARTICLE);
  kutip_members_begin (&members, writer->out, kutip_article_members,
                       header->article_foreign, "", &kutip_members_on_one_line);
  kutip_members_put_string (&members, KUTIP_ARTICLE_MEMBER_FILE, article->file);
  kutip_members_put_string (&members, KUTIP_ARTICLE_MEMBER_SHA256, article->sha256);
  kutip_members_put_uint (&members, KUTIP_ARTICLE_MEMBER_LENGTH, article->length);
  kutip_members_put_string (&members, KUTIP_ARTICLE_MEMBER_LANGUAGE, header->language);
  kutip_members_put_string (&members, KUTIP_ARTICLE_MEMBER_TITLE, header->title);
  kutip_members_put_string (&members, KUTIP_ARTICLE_MEMBER_AUTHOR, header->author);
  kutip_members_put_string (&members, KUTIP_ARTICLE_MEMBER_DATE, header->date);
  kutip_members_put_string (&members, KUTIP_ARTICLE_MEMBER_PUBLISHER, header->publisher);
  kutip_members_put_string (&members, KUTIP_ARTICLE_MEMBER_URL, header->url);
  kutip_members_put_string (&members, KUTIP_ARTICLE_MEMBER_ENCODING, header->encoding);
  kutip_members_end (&members);
}

static void
put_tagset (KutipMembersWriter *writer, const KutipHeaderFields *header)
{
  KutipMembersWriter members;

  if (header->tagset_name == NULL && header->tagset_version == NULL &&
      header->tagset_foreign == NULL)
    return;
  kutip_members_put (writer, KUTIP_SIDECAR_MEMBER_TAGSET);
  kutip_members_begin (&members, writer->out, kutip_sidecar_tagset_members,
                       header->tagset_foreign, "", &kutip_members_on_one_line);
  kutip_members_put_string (&members, KUTIP_TAGSET_NAME_MEMBER, header->tagset_name);
  kutip_members_put_string (&members, KUTIP_TAGSET_VERSION_MEMBER,
                            header->tagset_version);
  kutip_members_end (&members);
}

/* Where lines of spans or relations go. */
typedef struct
{
  KutipPour *pour; /* where @out goes on to, or NULL: it keeps all */
  GString *out;
  KutipText *text;
  const KutipMembersLayout *layout;
  gboolean is_empty;
} Lines;

static gboolean
append_span_line (KutipSpan *span, gpointer data)
{
  Lines *lines = data;

  if (lines->pour != NULL)
    kutip_pour_check (lines->pour);
  kutip_members_begin_line (lines->out, lines->layout, lines->is_empty);
  lines->is_empty = FALSE;
  kutip_sidecar_append_span (lines->out, span, lines->text);
  return TRUE;
}

static gboolean
append_relation_line (KutipRelation *relation, gpointer data)
{
  Lines *lines = data;

  if (lines->pour != NULL)
    kutip_pour_check (lines->pour);
  kutip_members_begin_line (lines->out, lines->layout, lines->is_empty);
  lines->is_empty = FALSE;
  kutip_sidecar_append_relation (lines->out, relation);
  return TRUE;
}

/* The highest number ever used in an id, where the ids that are left do not tell. */
static void
put_last_id (KutipMembersWriter *writer, KutipLayer *layer)
{
  guint last = kutip_layer_get_last_id (layer);

  if (last > kutip_layer_get_highest_live_id (layer))
    kutip_members_put_uint (writer, KUTIP_SIDECAR_MEMBER_LAST_ID, last);
}

static void
append_layer (GString *out,
              KutipPour *pour,
              const KutipMembersLayout *layout,
              const KutipSidecarInfo *article,
              KutipText *text,
              KutipLayer *layer)
{
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (layer));
  Lines spans = { pour, out, text, layout, TRUE };
  Lines relations = { pour, out, NULL, layout, TRUE };
  KutipMembersWriter writer;

  kutip_members_begin (&writer, out, kutip_sidecar_members, header->foreign, "", layout);
  kutip_members_put_uint (&writer, KUTIP_SIDECAR_MEMBER_FORMAT, KUTIP_SIDECAR_FORMAT);
  put_article (&writer, article, header);
  kutip_members_put_string (&writer, KUTIP_SIDECAR_MEMBER_OFFSETS, KUTIP_SIDECAR_OFFSETS);
  put_tagset (&writer, header);
  kutip_members_put_string (&writer, KUTIP_SIDECAR_MEMBER_ANNOTATOR, header->annotator);
  kutip_members_put_string (&writer, KUTIP_SIDECAR_MEMBER_STATUS,
                            kutip_status_to_string (header->status));
  put_attributes (&writer, KUTIP_SIDECAR_MEMBER_ATTRIBUTES, header->attributes);
  kutip_members_put_string (&writer, KUTIP_SIDECAR_MEMBER_NOTE, header->note);
  put_last_id (&writer, layer);
  kutip_members_put (&writer, KUTIP_SIDECAR_MEMBER_SPANS);
  kutip_layer_foreach_span (layer, append_span_line, &spans);
  kutip_members_end_lines (out, layout, spans.is_empty);
  kutip_members_put (&writer, KUTIP_SIDECAR_MEMBER_RELATIONS);
  kutip_layer_foreach_relation (layer, append_relation_line, &relations);
  kutip_members_end_lines (out, layout, relations.is_empty);
  kutip_members_end (&writer);
}

static GString *
write_layer (const KutipSidecarInfo *article, KutipText *text, KutipLayer *layer)
{
  GString *out =
      g_string_sized_new (1024 + 256 * (gsize) kutip_layer_get_n_spans (layer));

  append_layer (out, NULL, &kutip_members_one_a_line, article, text, layer);
  return out;
}

static KutipSidecarInfo
describe_article (KutipArticle *article)
{
  return (KutipSidecarInfo){
    .file = (char *) kutip_article_get_file (article),
    .sha256 = (char *) kutip_article_get_sha256 (article),
    .length = kutip_article_get_length (article),
  };
}

GString *
kutip_sidecar_write (KutipArticle *article, KutipLayer *layer)
{
  const KutipSidecarInfo info = describe_article (article);

  return write_layer (&info, kutip_article_get_text (article), layer);
}

void
kutip_sidecar_pour (KutipPour *pour, KutipArticle *article, KutipLayer *layer)
{
  const KutipSidecarInfo info = describe_article (article);

  append_layer (pour->buffer, pour, &kutip_members_one_a_line, &info,
                kutip_article_get_text (article), layer);
}

void
kutip_sidecar_append_line (GString *out, KutipArticle *article, KutipLayer *layer)
{
  const KutipSidecarInfo info = describe_article (article);

  append_layer (out, NULL, &kutip_members_on_one_line, &info,
                kutip_article_get_text (article), layer);
}

GString *
kutip_sidecar_write_unread (const KutipSidecarInfo *info, KutipLayer *layer)
{
  g_autoptr (KutipText) no_text = kutip_text_new ("");

  g_return_val_if_fail (info != NULL, NULL);

  return write_layer (info, no_text, layer);
}
