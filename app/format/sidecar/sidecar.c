/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar-parts.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHA256_DIGITS 64

const char *const kutip_sidecar_members[] = {
  "format",     "article", "offsets", "tagset", "annotator", "status",
  "attributes", "note",    "last_id", "spans",  "relations", NULL,
};
const char *const kutip_article_members[] = {
  "file", "sha256",    "length", "language", "title", "author",
  "date", "publisher", "url",    "encoding", NULL,
};
const char *const kutip_sidecar_tagset_members[] = { "name", "version", NULL };

G_DEFINE_QUARK (kutip_sidecar_error, kutip_sidecar_error)

/* A sidecar while it is read. */
typedef struct
{
  KutipText *text;
  gboolean is_header_only;
  KutipSidecarInfo info;
  KutipSidecarRoom room; /* of one span or relation at a time */
  KutipSidecarRoom header_room;
  KutipHeaderFields header;
  KutipLayer *layer;
  GPtrArray *relations; /* until all spans are there */
  GArray *offsets;      /* of gsize: where each relation stands */
  KutipRange hull;      /* of the span that ends last */
  gsize hull_offset;    /* where it stands */
} Reading;

static void
reading_init (Reading *self, KutipText *text)
{
  KutipHeaderFields fields = { .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&fields);

  *self = (Reading){ .text = text, .header = fields };
  kutip_sidecar_room_init (&self->room);
  kutip_sidecar_room_init (&self->header_room);
  self->layer = kutip_layer_new (header);
  self->relations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_relation_unref);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
}

static void
reading_clear (Reading *self)
{
  kutip_sidecar_info_clear (&self->info);
  kutip_sidecar_room_clear (&self->room);
  kutip_sidecar_room_clear (&self->header_room);
  kutip_attributes_unref (self->header.attributes);
  kutip_foreign_unref (self->header.foreign);
  kutip_foreign_unref (self->header.article_foreign);
  kutip_foreign_unref (self->header.tagset_foreign);
  g_clear_object (&self->layer);
  g_ptr_array_unref (self->relations);
  g_array_unref (self->offsets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
read_format (Reading *self, KutipJsonReader *reader)
{
  if (kutip_json_reader_read_uint (reader, G_MAXINT, &self->info.format) &&
      self->info.format == 0)
    kutip_json_reader_fail (reader, _ ("the first format is number 1"));
}

static char *
read_file_name (KutipJsonReader *reader)
{
  const char *name = kutip_json_reader_read_string (reader);

  if (name != NULL && (*name == '\0' || strchr (name, '/') != NULL))
    kutip_json_reader_fail (reader,
                            _ ("the name of a file without a folder was expected here"));
  return g_strdup (name);
}

static char *
read_sha256 (KutipJsonReader *reader)
{
  const char *digest = kutip_json_reader_read_string (reader);

  if (digest != NULL && (strlen (digest) != SHA256_DIGITS ||
                         strspn (digest, "0123456789abcdef") != SHA256_DIGITS))
    kutip_json_reader_fail (reader,
                            /* Translators: %d is how many digits. */
                            _ ("%d hexadecimal digits in lower case were expected here"),
                            SHA256_DIGITS);
  return g_strdup (digest);
}

/* Where a text member of "article" goes, or NULL for the others. */
static const char **
get_article_field (KutipHeaderFields *header, KutipArticleMember member)
{
  switch (member)
    {
    case KUTIP_ARTICLE_MEMBER_LANGUAGE:
      return &header->language;
    case KUTIP_ARTICLE_MEMBER_TITLE:
      return &header->title;
    case KUTIP_ARTICLE_MEMBER_AUTHOR:
      return &header->author;
    case KUTIP_ARTICLE_MEMBER_DATE:
      return &header->date;
    case KUTIP_ARTICLE_MEMBER_PUBLISHER:
      return &header->publisher;
    case KUTIP_ARTICLE_MEMBER_URL:
      return &header->url;
    case KUTIP_ARTICLE_MEMBER_ENCODING:
      return &header->encoding;
    case KUTIP_ARTICLE_MEMBER_FILE:
    case KUTIP_ARTICLE_MEMBER_SHA256:
    case KUTIP_ARTICLE_MEMBER_LENGTH:
    default:
      return NULL;
    }
}

static void
read_article (Reading *self, KutipJsonReader *reader)
{
  g_auto (KutipUnknown) unknown = { NULL };
  KutipMembers members;
  int member;

  if (!kutip_members_open (&members, reader, kutip_article_members, &unknown, ""))
    return;
  while ((member = kutip_members_next (&members)) >= 0)
    {
      const char **field = get_article_field (&self->header, member);

      if (field != NULL)
        *field = kutip_sidecar_read_text (&self->header_room, reader);
      else if (member == KUTIP_ARTICLE_MEMBER_FILE)
        self->info.file = read_file_name (reader);
      else if (member == KUTIP_ARTICLE_MEMBER_SHA256)
        self->info.sha256 = read_sha256 (reader);
      else
        kutip_json_reader_read_uint (reader, G_MAXINT, &self->info.length);
    }
  for (int i = KUTIP_ARTICLE_MEMBER_FILE; i <= KUTIP_ARTICLE_MEMBER_LENGTH; i++)
    kutip_members_require (&members, i);
  self->header.article_foreign = kutip_unknown_take (&unknown);
}

/* The unit is stated so that nobody has to guess it; another one would shift every span.
 */
static void
read_offsets (Reading *self, KutipJsonReader *reader)
{
  const char *unit = kutip_json_reader_read_string (reader);

  if (unit != NULL && strcmp (unit, KUTIP_SIDECAR_OFFSETS) != 0)
    kutip_json_reader_fail (reader,
                            /* Translators: %s is a text that the file should have. */
                            _ ("“%s” was expected here"), KUTIP_SIDECAR_OFFSETS);
}

static void
read_tagset (Reading *self, KutipJsonReader *reader)
{
  g_auto (KutipUnknown) unknown = { NULL };
  KutipMembers members;
  int member;

  if (!kutip_members_open (&members, reader, kutip_sidecar_tagset_members, &unknown, ""))
    return;
  while ((member = kutip_members_next (&members)) >= 0)
    {
      const char *string = kutip_sidecar_read_text (&self->header_room, reader);

      if (member == KUTIP_TAGSET_NAME_MEMBER)
        self->header.tagset_name = string;
      else
        self->header.tagset_version = string;
    }
  self->header.tagset_foreign = kutip_unknown_take (&unknown);
}

static gboolean
is_newer (Reading *self)
{
  return self->info.format > KUTIP_SIDECAR_FORMAT;
}

typedef void (*ReadFunc) (Reading *self, KutipJsonReader *reader);

/* Reads a value; of a newer format whatever part of it can be understood, since it will
 * not be written. */
static void
read_part (Reading *self, KutipJsonReader *reader, ReadFunc read)
{
  g_autofree char *raw = NULL;
  g_autoptr (KutipJsonReader) part = NULL;

  if (!is_newer (self))
    {
      read (self, reader);
      return;
    }
  raw = kutip_json_reader_read_raw (reader);
  if (raw == NULL)
    return;
  part = kutip_json_reader_new (raw, strlen (raw));
  read (self, part);
}

static void
fail_duplicate (KutipJsonReader *reader, gsize offset, const char *id)
{
  kutip_json_reader_fail_at (
      reader, offset,
      /* Translators: %s is the id of a span or relation, such as s12. */
      _ ("the id “%s” is used twice"), id);
}

static void
fail_outside (KutipJsonReader *reader, gsize offset, guint end, guint length)
{
  kutip_json_reader_fail_at (
      reader, offset,
      /* Translators: both are places in the article's text, counted in characters. */
      _ ("this span ends at %1$u, but the text ends at %2$u"), end, length);
}

/* With no text to tell an orphan by, all must lie within the length that the file names.
 */
static void
note_hull (Reading *self, KutipRange hull, gsize offset)
{
  if (self->text != NULL || hull.end <= self->hull.end)
    return;
  self->hull = hull;
  self->hull_offset = offset;
}

static void
read_one_span (Reading *self, KutipJsonReader *reader)
{
  g_autoptr (KutipSpan) span = NULL;
  gsize offset;

  kutip_json_reader_peek (reader);
  offset = kutip_json_reader_get_offset (reader);
  span = kutip_sidecar_read_span_into (&self->room, reader, self->text);
  if (span == NULL)
    return;
  if (!kutip_layer_add_span (self->layer, span))
    fail_duplicate (reader, offset, kutip_span_get_id (span));
  note_hull (self, kutip_span_get_hull (span), offset);
}

static void
read_spans (Reading *self, KutipJsonReader *reader)
{
  if (!kutip_json_reader_read_array (reader))
    return;
  while (kutip_json_reader_read_element (reader))
    read_part (self, reader, read_one_span);
}

static void
read_one_relation (Reading *self, KutipJsonReader *reader)
{
  KutipRelation *relation;
  gsize offset;

  kutip_json_reader_peek (reader);
  offset = kutip_json_reader_get_offset (reader);
  relation = kutip_sidecar_read_relation_into (&self->room, reader);
  if (relation == NULL)
    return;
  g_ptr_array_add (self->relations, relation);
  g_array_append_val (self->offsets, offset);
}

static void
read_relations (Reading *self, KutipJsonReader *reader)
{
  if (!kutip_json_reader_read_array (reader))
    return;
  while (kutip_json_reader_read_element (reader))
    read_part (self, reader, read_one_relation);
}

static void
read_annotator (Reading *self, KutipJsonReader *reader)
{
  self->header.annotator = kutip_sidecar_read_text (&self->header_room, reader);
}

static void
read_status (Reading *self, KutipJsonReader *reader)
{
  self->header.status = kutip_sidecar_read_status (reader);
}

static void
read_attributes (Reading *self, KutipJsonReader *reader)
{
  self->header.attributes = kutip_sidecar_read_attributes (&self->header_room, reader);
}

static void
read_note (Reading *self, KutipJsonReader *reader)
{
  self->header.note = kutip_sidecar_read_text (&self->header_room, reader);
}

static void
read_last_id (Reading *self, KutipJsonReader *reader)
{
  kutip_json_reader_read_uint (reader, KUTIP_SIDECAR_MAX_LAST_ID, &self->header.last_id);
}

/* By KutipSidecarMember. */
static const ReadFunc read_funcs[] = {
  read_format,     read_article, read_offsets, read_tagset, read_annotator, read_status,
  read_attributes, read_note,    read_last_id, read_spans,  read_relations,
};

static gboolean
is_list (int member)
{
  return member == KUTIP_SIDECAR_MEMBER_SPANS || member == KUTIP_SIDECAR_MEMBER_RELATIONS;
}

/* Whether all has been read that a list of articles shows; Kutip writes it before the
 * spans. */
static gboolean
has_header (const KutipMembers *members)
{
  return kutip_members_has (members, KUTIP_SIDECAR_MEMBER_FORMAT) &&
         kutip_members_has (members, KUTIP_SIDECAR_MEMBER_ARTICLE) &&
         kutip_members_has (members, KUTIP_SIDECAR_MEMBER_OFFSETS) &&
         kutip_members_has (members, KUTIP_SIDECAR_MEMBER_STATUS);
}

/* Reads the value of one member; FALSE when no more is needed. */
static gboolean
read_sidecar_member (Reading *self, KutipMembers *members, int member)
{
  if (self->is_header_only && is_list (member))
    {
      if (has_header (members))
        return FALSE;
      kutip_json_reader_skip (members->reader);
      return TRUE;
    }
  if (is_list (member) || member == KUTIP_SIDECAR_MEMBER_FORMAT ||
      member == KUTIP_SIDECAR_MEMBER_OFFSETS)
    read_funcs[member](self, members->reader);
  else
    read_part (self, members->reader, read_funcs[member]);
  return TRUE;
}

/* @offset: where the relation stands. */
static void
add_relation (Reading *self,
              KutipJsonReader *reader,
              KutipRelation *relation,
              gsize offset)
{
  const char *from = kutip_relation_get_from (relation);
  const char *to = kutip_relation_get_to (relation);
  gboolean has_from = kutip_layer_get_span (self->layer, from) != NULL;

  if (!has_from || kutip_layer_get_span (self->layer, to) == NULL)
    kutip_json_reader_fail_at (reader, offset,
                               /* Translators: %s is the id of a span, such as s12. */
                               _ ("there is no span “%s”"), has_from ? to : from);
  else if (!kutip_layer_add_relation (self->layer, relation))
    fail_duplicate (reader, offset, kutip_relation_get_id (relation));
}

/* Adds the relations, now that all spans are known. */
static void
add_relations (Reading *self, KutipJsonReader *reader)
{
  g_autoptr (KutipJsonReader) unheard = kutip_json_reader_new ("", 0);

  for (guint i = 0; i < self->relations->len && !kutip_json_reader_failed (reader); i++)
    if (is_newer (self))
      add_relation (self, unheard, self->relations->pdata[i], 0);
    else
      add_relation (self, reader, self->relations->pdata[i],
                    g_array_index (self->offsets, gsize, i));
}

/* Checks what takes the whole file to check. */
static void
complete (Reading *self, const KutipMembers *members)
{
  KutipJsonReader *reader = members->reader;
  g_autoptr (KutipHeader) header = NULL;

  kutip_members_require (members, KUTIP_SIDECAR_MEMBER_FORMAT);
  kutip_members_require (members, KUTIP_SIDECAR_MEMBER_ARTICLE);
  kutip_members_require (members, KUTIP_SIDECAR_MEMBER_OFFSETS);
  if (self->is_header_only)
    return;
  kutip_members_require (members, KUTIP_SIDECAR_MEMBER_SPANS);
  if (self->hull.end > self->info.length && !is_newer (self))
    fail_outside (reader, self->hull_offset, self->hull.end, self->info.length);
  add_relations (self, reader);
  header = kutip_header_new (&self->header);
  kutip_layer_set_header (self->layer, header);
}

/* Reads the object that comes next. FALSE when its end was not asked for. */
static gboolean
read_object (Reading *self, KutipJsonReader *reader)
{
  g_auto (KutipUnknown) unknown = { NULL };
  KutipMembers members;
  gboolean more = TRUE;
  int member;

  if (kutip_members_open (&members, reader, kutip_sidecar_members, &unknown, ""))
    {
      while (more && (member = kutip_members_next (&members)) >= 0)
        more = read_sidecar_member (self, &members, member);
      self->header.foreign = kutip_unknown_take (&unknown);
      complete (self, &members);
    }
  return more;
}

/* FALSE with the reader failed. */
static gboolean
read_sidecar (Reading *self, KutipJsonReader *reader, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gboolean more = read_object (self, reader);

  if (!more && !kutip_json_reader_failed (reader))
    return TRUE;
  if (kutip_json_reader_finish (reader, &reason))
    return TRUE;
  if (g_error_matches (reason, KUTIP_JSON_ERROR_DOMAIN, KUTIP_JSON_ERROR_VALUE))
    g_set_error_literal (error, KUTIP_SIDECAR_ERROR, KUTIP_SIDECAR_ERROR_INVALID,
                         reason->message);
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

void
kutip_sidecar_info_clear (KutipSidecarInfo *info)
{
  g_clear_pointer (&info->file, g_free);
  g_clear_pointer (&info->sha256, g_free);
}

KutipLayer *
kutip_sidecar_read (const char *bytes,
                    gsize n_bytes,
                    KutipText *text,
                    KutipSidecarInfo *info,
                    GError **error)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);
  g_auto (Reading) reading;

  if (info != NULL)
    *info = (KutipSidecarInfo){ 0 };
  reading_init (&reading, text);
  if (!read_sidecar (&reading, reader, error))
    return NULL;
  if (info != NULL)
    {
      *info = reading.info;
      reading.info = (KutipSidecarInfo){ 0 };
    }
  return g_steal_pointer (&reading.layer);
}

KutipLayer *
kutip_sidecar_read_value (KutipJsonReader *reader,
                          KutipText *text,
                          KutipSidecarInfo *info)
{
  g_auto (Reading) reading;

  *info = (KutipSidecarInfo){ 0 };
  reading_init (&reading, text);
  read_object (&reading, reader);
  if (kutip_json_reader_failed (reader))
    return NULL;
  *info = reading.info;
  reading.info = (KutipSidecarInfo){ 0 };
  return g_steal_pointer (&reading.layer);
}

typedef struct
{
  const char *path;
  guint64 line;
  KutipReport *report;
} Telling;

static gboolean
report_span (KutipSpan *span, gpointer data)
{
  const Telling *self = data;
  KutipRange hull = kutip_span_get_hull (span);
  KutipSpanFields fields;
  g_autofree char *detail = NULL;

  if (!kutip_span_is_orphan (span) || kutip_span_get_review (span) == KUTIP_REVIEW_ORPHAN)
    return TRUE;
  kutip_span_get_fields (span, &fields);
  /* Translators: both are places in the article's text, counted in characters; the third
   * is what should stand there. */
  detail = g_strdup_printf (_ ("%1$u to %2$u is not “%3$s”"), hull.start, hull.end,
                            fields.texts[0]);
  kutip_report_add (self->report, KUTIP_REPORT_WARNING, "other-text", self->path,
                    fields.id, self->line, detail);
  return TRUE;
}

void
kutip_sidecar_report_moved (KutipLayer *layer,
                            const char *path,
                            guint64 line,
                            KutipReport *report)
{
  Telling telling = { path, line, report };

  kutip_layer_foreach_span (layer, report_span, &telling);
}

KutipHeader *
kutip_sidecar_read_header (const char *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);
  g_auto (Reading) reading;

  reading_init (&reading, NULL);
  reading.is_header_only = TRUE;
  if (!read_sidecar (&reading, reader, error))
    return NULL;
  return kutip_header_new (&reading.header);
}
