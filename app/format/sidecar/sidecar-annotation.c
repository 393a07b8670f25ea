/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar-parts.h"

#include <glib/gi18n.h>
#include <string.h>

const char *const kutip_span_members[] = {
  "id",   "label",  "ranges", "text", "prefix", "suffix",  "attributes", "links",
  "note", "unsure", "review", "was",  "origin", "created", "modified",   NULL,
};
const char *const kutip_link_members[] = { "base", "id", "title", NULL };
const char *const kutip_origin_members[] = { "by", "score", NULL };
const char *const kutip_relation_members[] = {
  "id",   "label",  "from",   "to",      "event",    "attributes",
  "note", "unsure", "origin", "created", "modified", NULL,
};

void
kutip_sidecar_room_init (KutipSidecarRoom *self)
{
  self->strings = g_string_chunk_new (4096);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  self->texts = g_ptr_array_new ();
  self->was = g_ptr_array_new ();
  self->links = g_array_new (FALSE, FALSE, sizeof (KutipSpanLink));
  self->attributes = g_array_new (FALSE, FALSE, sizeof (KutipAttribute));
  self->values = g_ptr_array_new ();
  self->unknown = (KutipUnknown){ NULL };
  self->n_known = 0;
}

void
kutip_sidecar_room_clear (KutipSidecarRoom *self)
{
  g_string_chunk_free (self->strings);
  g_array_unref (self->ranges);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->was);
  g_array_unref (self->links);
  g_array_unref (self->attributes);
  g_ptr_array_unref (self->values);
  kutip_unknown_clear (&self->unknown);
  for (guint i = 0; i < MIN (self->n_known, KUTIP_SIDECAR_KNOWN); i++)
    kutip_attributes_unref (self->known[i]);
}

/* Makes room for the next span or relation. */
static void
empty_room (KutipSidecarRoom *self)
{
  g_string_chunk_clear (self->strings);
  g_array_set_size (self->ranges, 0);
  g_ptr_array_set_size (self->texts, 0);
  g_ptr_array_set_size (self->was, 0);
  g_array_set_size (self->links, 0);
  kutip_unknown_clear (&self->unknown);
}

const char *
kutip_sidecar_read_text (KutipSidecarRoom *room, KutipJsonReader *reader)
{
  const char *string = kutip_json_reader_read_string (reader);

  return string != NULL ? g_string_chunk_insert (room->strings, string) : NULL;
}

/* A text that says something: an id, a label. */
static const char *
read_word (KutipSidecarRoom *room, KutipJsonReader *reader)
{
  const char *word = kutip_sidecar_read_text (room, reader);

  if (word != NULL && *word == '\0')
    kutip_json_reader_fail (reader, _ ("this must not be empty"));
  return word;
}

static gboolean
read_boolean (KutipJsonReader *reader)
{
  gboolean value = FALSE;

  kutip_json_reader_read_boolean (reader, &value);
  return value;
}

static const char *const reviews[] = {
  [KUTIP_REVIEW_MOVED] = "moved",
  [KUTIP_REVIEW_APPROXIMATE] = "approximate",
  [KUTIP_REVIEW_ORPHAN] = "orphan",
};

const char *
kutip_sidecar_review_to_string (KutipReview review)
{
  return reviews[review];
}

KutipReview
kutip_sidecar_read_review (KutipJsonReader *reader)
{
  const char *word = kutip_json_reader_read_string (reader);

  for (guint i = KUTIP_REVIEW_MOVED; word != NULL && i < G_N_ELEMENTS (reviews); i++)
    if (strcmp (word, reviews[i]) == 0)
      return (KutipReview) i;
  if (word != NULL)
    kutip_json_reader_fail (
        reader,
        /* Translators: the words in quotes are those of the file and stay as they are. */
        _ ("“moved”, “approximate” or “orphan” was expected here"));
  return KUTIP_REVIEW_NONE;
}

KutipStatus
kutip_sidecar_read_status (KutipJsonReader *reader)
{
  KutipStatus status = KUTIP_STATUS_IN_PROGRESS;
  const char *word = kutip_json_reader_read_string (reader);

  if (word != NULL && !kutip_status_from_string (word, &status))
    kutip_json_reader_fail (
        reader,
        /* Translators: the words in quotes are those of the file and stay as they are. */
        _ ("“new”, “in-progress” or “done” was expected here"));
  return status;
}

/* Reads one attribute's value. Its strings go to @room->values; how many, to
 * @attribute->type's taste, is told by the NULL behind them. */
static void
read_value (KutipSidecarRoom *room, KutipJsonReader *reader, KutipAttribute *attribute)
{
  switch (kutip_json_reader_peek (reader))
    {
    case KUTIP_JSON_TRUE:
      attribute->type = KUTIP_VALUE_FLAG;
      kutip_json_reader_next (reader);
      break;
    case KUTIP_JSON_STRING:
      attribute->type = KUTIP_VALUE_STRING;
      g_ptr_array_add (room->values, (char *) kutip_sidecar_read_text (room, reader));
      break;
    case KUTIP_JSON_ARRAY_START:
      attribute->type = KUTIP_VALUE_LIST;
      kutip_json_reader_read_array (reader);
      while (kutip_json_reader_read_element (reader))
        g_ptr_array_add (room->values, (char *) kutip_sidecar_read_text (room, reader));
      break;
    case KUTIP_JSON_OBJECT_START:
    case KUTIP_JSON_OBJECT_END:
    case KUTIP_JSON_ARRAY_END:
    case KUTIP_JSON_NAME:
    case KUTIP_JSON_NUMBER:
    case KUTIP_JSON_FALSE:
    case KUTIP_JSON_NULL:
    case KUTIP_JSON_END:
    case KUTIP_JSON_ERROR:
    default:
      kutip_json_reader_fail (reader,
                              _ ("an attribute is a text, a list of texts, or true"));
      break;
    }
  g_ptr_array_add (room->values, NULL);
}

/* Takes @attributes, and returns what is equal to it and perhaps known already. */
static KutipAttributes *
share_attributes (KutipSidecarRoom *room, KutipAttributes *attributes)
{
  KutipAttributes **place = &room->known[room->n_known % KUTIP_SIDECAR_KNOWN];

  if (attributes == NULL)
    return NULL;
  for (guint i = 0; i < MIN (room->n_known, KUTIP_SIDECAR_KNOWN); i++)
    if (kutip_attributes_equal (room->known[i], attributes))
      {
        kutip_attributes_unref (attributes);
        return kutip_attributes_ref (room->known[i]);
      }
  if (room->n_known >= KUTIP_SIDECAR_KNOWN)
    kutip_attributes_unref (*place);
  *place = kutip_attributes_ref (attributes);
  room->n_known++;
  return attributes;
}

KutipAttributes *
kutip_sidecar_read_attributes (KutipSidecarRoom *room, KutipJsonReader *reader)
{
  const char *name;
  guint value = 0;

  g_array_set_size (room->attributes, 0);
  g_ptr_array_set_size (room->values, 0);
  if (!kutip_json_reader_read_object (reader))
    return NULL;
  while ((name = kutip_json_reader_read_member (reader)) != NULL)
    {
      KutipAttribute attribute = { g_string_chunk_insert (room->strings, name),
                                   KUTIP_VALUE_FLAG, NULL };

      read_value (room, reader, &attribute);
      g_array_append_val (room->attributes, attribute);
    }
  if (kutip_json_reader_failed (reader))
    return NULL;
  for (guint i = 0; i < room->attributes->len; i++)
    {
      KutipAttribute *attribute = &g_array_index (room->attributes, KutipAttribute, i);

      attribute->values = (const char *const *) &room->values->pdata[value];
      while (room->values->pdata[value++] != NULL)
        ;
    }
  return share_attributes (
      room,
      kutip_attributes_new ((const KutipAttribute *) (gpointer) room->attributes->data,
                            room->attributes->len));
}

static void
read_origin (KutipSidecarRoom *room,
             KutipJsonReader *reader,
             const char **by,
             double *score)
{
  KutipMembers members;
  int member;

  if (!kutip_members_open (&members, reader, kutip_origin_members, &room->unknown,
                           KUTIP_SIDECAR_ORIGIN_PATH))
    return;
  while ((member = kutip_members_next (&members)) >= 0)
    if (member == KUTIP_ORIGIN_MEMBER_BY)
      *by = read_word (room, reader);
    else
      kutip_json_reader_read_double (reader, score);
  kutip_members_require (&members, KUTIP_ORIGIN_MEMBER_BY);
}

static void
read_link (KutipSidecarRoom *room, KutipJsonReader *reader, const char *path)
{
  KutipMembers members;
  KutipSpanLink link = { NULL, NULL, NULL };
  int member;

  if (!kutip_members_open (&members, reader, kutip_link_members, &room->unknown, path))
    return;
  while ((member = kutip_members_next (&members)) >= 0)
    {
      const char *string = kutip_sidecar_read_text (room, reader);

      if (member == KUTIP_LINK_MEMBER_BASE)
        link.base = string;
      else if (member == KUTIP_LINK_MEMBER_ID)
        link.id = string;
      else
        link.title = string;
    }
  kutip_members_require (&members, KUTIP_LINK_MEMBER_BASE);
  kutip_members_require (&members, KUTIP_LINK_MEMBER_ID);
  g_array_append_val (room->links, link);
}

static void
read_links (KutipSidecarRoom *room, KutipJsonReader *reader)
{
  if (!kutip_json_reader_read_array (reader))
    return;
  while (kutip_json_reader_read_element (reader))
    {
      char path[KUTIP_MEMBERS_MAX_PATH];

      g_snprintf (path, sizeof path, KUTIP_SIDECAR_LINK_PATH, room->links->len);
      read_link (room, reader, path);
    }
}

/* One "[start, end]", which must stand behind those before it. */
static void
read_range (KutipSidecarRoom *room, KutipJsonReader *reader)
{
  KutipRange range = { 0, 0 };
  guint n = room->ranges->len;

  if (!kutip_json_reader_read_array (reader) ||
      !kutip_json_reader_read_uint (reader, G_MAXINT, &range.start) ||
      !kutip_json_reader_read_uint (reader, G_MAXINT, &range.end))
    return;
  if (range.start >= range.end)
    kutip_json_reader_fail (reader, _ ("the end of a range must be behind its start"));
  else if (n > 0 && range.start <= g_array_index (room->ranges, KutipRange, n - 1).end)
    kutip_json_reader_fail (reader,
                            _ ("ranges must be in order and must not touch one another"));
  else if (kutip_json_reader_read_element (reader))
    kutip_json_reader_fail (reader, _ ("a range has two numbers: its start and its end"));
  g_array_append_val (room->ranges, range);
}

static void
read_ranges (KutipSidecarRoom *room, KutipJsonReader *reader)
{
  if (!kutip_json_reader_read_array (reader))
    return;
  while (kutip_json_reader_read_element (reader))
    read_range (room, reader);
  if (room->ranges->len == 0)
    kutip_json_reader_fail (reader, _ ("a span has at least one range"));
}

static void
read_texts (KutipSidecarRoom *room, KutipJsonReader *reader, GPtrArray *texts)
{
  if (!kutip_json_reader_read_array (reader))
    return;
  while (kutip_json_reader_read_element (reader))
    g_ptr_array_add (texts, (char *) kutip_sidecar_read_text (room, reader));
}

/* Whether the texts stand at the ranges. */
static gboolean
stands_in (const KutipSidecarRoom *room, KutipText *text)
{
  for (guint i = 0; i < room->ranges->len; i++)
    {
      KutipRange range = g_array_index (room->ranges, KutipRange, i);
      const char *said = room->texts->pdata[i];
      const char *there;
      gsize n_bytes;

      if (range.end > kutip_text_get_length (text))
        return FALSE;
      there = kutip_text_peek_range (text, range, &n_bytes);
      if (strlen (said) != n_bytes || memcmp (said, there, n_bytes) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Reads the value of one member of a span. */
static void
read_span_member (KutipSidecarRoom *room,
                  KutipJsonReader *reader,
                  KutipSpanMember member,
                  KutipSpanFields *fields)
{
  switch (member)
    {
    case KUTIP_SPAN_MEMBER_ID:
      fields->id = read_word (room, reader);
      break;
    case KUTIP_SPAN_MEMBER_LABEL:
      fields->label = read_word (room, reader);
      break;
    case KUTIP_SPAN_MEMBER_RANGES:
      read_ranges (room, reader);
      break;
    case KUTIP_SPAN_MEMBER_TEXT:
      read_texts (room, reader, room->texts);
      break;
    case KUTIP_SPAN_MEMBER_PREFIX:
      fields->prefix = kutip_sidecar_read_text (room, reader);
      break;
    case KUTIP_SPAN_MEMBER_SUFFIX:
      fields->suffix = kutip_sidecar_read_text (room, reader);
      break;
    case KUTIP_SPAN_MEMBER_ATTRIBUTES:
      fields->attributes = kutip_sidecar_read_attributes (room, reader);
      break;
    case KUTIP_SPAN_MEMBER_LINKS:
      read_links (room, reader);
      break;
    case KUTIP_SPAN_MEMBER_NOTE:
      fields->note = kutip_sidecar_read_text (room, reader);
      break;
    case KUTIP_SPAN_MEMBER_UNSURE:
      fields->unsure = read_boolean (reader);
      break;
    case KUTIP_SPAN_MEMBER_REVIEW:
      fields->review = kutip_sidecar_read_review (reader);
      break;
    case KUTIP_SPAN_MEMBER_WAS:
      read_texts (room, reader, room->was);
      break;
    case KUTIP_SPAN_MEMBER_ORIGIN:
      read_origin (room, reader, &fields->origin_by, &fields->origin_score);
      break;
    case KUTIP_SPAN_MEMBER_CREATED:
      fields->created = kutip_sidecar_read_text (room, reader);
      break;
    case KUTIP_SPAN_MEMBER_MODIFIED:
    default:
      fields->modified = kutip_sidecar_read_text (room, reader);
      break;
    }
}

/* Puts the room's lists into @fields: the texts too when the span is an orphan. One that
 * was not found stays one even if its words happen to stand where it once was. */
static void
complete_span (KutipSidecarRoom *room, KutipText *text, KutipSpanFields *fields)
{
  fields->ranges = (const KutipRange *) (gpointer) room->ranges->data;
  fields->n_ranges = room->ranges->len;
  fields->links = (const KutipSpanLink *) (gpointer) room->links->data;
  fields->n_links = room->links->len;
  if (room->was->len > 0)
    {
      g_ptr_array_add (room->was, NULL);
      fields->was = (const char *const *) room->was->pdata;
    }
  if (text == NULL || (fields->review != KUTIP_REVIEW_ORPHAN && stands_in (room, text)))
    {
      fields->prefix = NULL;
      fields->suffix = NULL;
      return;
    }
  g_ptr_array_add (room->texts, NULL);
  fields->texts = (const char *const *) room->texts->pdata;
}

KutipSpan *
kutip_sidecar_read_span_into (KutipSidecarRoom *room,
                              KutipJsonReader *reader,
                              KutipText *text)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipForeign) foreign = NULL;
  KutipMembers members;
  int member;

  empty_room (room);
  if (!kutip_members_open (&members, reader, kutip_span_members, &room->unknown, ""))
    return NULL;
  while ((member = kutip_members_next (&members)) >= 0)
    read_span_member (room, reader, member, &fields);
  attributes = fields.attributes;
  for (int i = KUTIP_SPAN_MEMBER_ID; i <= KUTIP_SPAN_MEMBER_TEXT; i++)
    kutip_members_require (&members, i);
  if (room->texts->len != room->ranges->len)
    kutip_json_reader_fail_at (reader, members.offset,
                               _ ("this span has not as many texts as ranges"));
  if (kutip_json_reader_failed (reader))
    return NULL;
  foreign = kutip_unknown_take (&room->unknown);
  fields.foreign = foreign;
  complete_span (room, text, &fields);
  return kutip_span_new (&fields);
}

/* Reads the value of one member of a relation. */
static void
read_relation_member (KutipSidecarRoom *room,
                      KutipJsonReader *reader,
                      KutipRelationMember member,
                      KutipRelationFields *fields)
{
  switch (member)
    {
    case KUTIP_RELATION_MEMBER_ID:
      fields->id = read_word (room, reader);
      break;
    case KUTIP_RELATION_MEMBER_LABEL:
      fields->label = read_word (room, reader);
      break;
    case KUTIP_RELATION_MEMBER_FROM:
      fields->from = read_word (room, reader);
      break;
    case KUTIP_RELATION_MEMBER_TO:
      fields->to = read_word (room, reader);
      break;
    case KUTIP_RELATION_MEMBER_EVENT:
      fields->event = kutip_sidecar_read_text (room, reader);
      break;
    case KUTIP_RELATION_MEMBER_ATTRIBUTES:
      fields->attributes = kutip_sidecar_read_attributes (room, reader);
      break;
    case KUTIP_RELATION_MEMBER_NOTE:
      fields->note = kutip_sidecar_read_text (room, reader);
      break;
    case KUTIP_RELATION_MEMBER_UNSURE:
      fields->unsure = read_boolean (reader);
      break;
    case KUTIP_RELATION_MEMBER_ORIGIN:
      read_origin (room, reader, &fields->origin_by, &fields->origin_score);
      break;
    case KUTIP_RELATION_MEMBER_CREATED:
      fields->created = kutip_sidecar_read_text (room, reader);
      break;
    case KUTIP_RELATION_MEMBER_MODIFIED:
    default:
      fields->modified = kutip_sidecar_read_text (room, reader);
      break;
    }
}

KutipRelation *
kutip_sidecar_read_relation_into (KutipSidecarRoom *room, KutipJsonReader *reader)
{
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipForeign) foreign = NULL;
  KutipMembers members;
  int member;

  empty_room (room);
  if (!kutip_members_open (&members, reader, kutip_relation_members, &room->unknown, ""))
    return NULL;
  while ((member = kutip_members_next (&members)) >= 0)
    read_relation_member (room, reader, member, &fields);
  attributes = fields.attributes;
  for (int i = KUTIP_RELATION_MEMBER_ID; i <= KUTIP_RELATION_MEMBER_TO; i++)
    kutip_members_require (&members, i);
  if (kutip_json_reader_failed (reader))
    return NULL;
  foreign = kutip_unknown_take (&room->unknown);
  fields.foreign = foreign;
  return kutip_relation_new (&fields);
}

KutipSpan *
kutip_sidecar_read_span (KutipJsonReader *reader, KutipText *text)
{
  g_auto (KutipSidecarRoom) room;

  kutip_sidecar_room_init (&room);
  return kutip_sidecar_read_span_into (&room, reader, text);
}

KutipRelation *
kutip_sidecar_read_relation (KutipJsonReader *reader)
{
  g_auto (KutipSidecarRoom) room;

  kutip_sidecar_room_init (&room);
  return kutip_sidecar_read_relation_into (&room, reader);
}
