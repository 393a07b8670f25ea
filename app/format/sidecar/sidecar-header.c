/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar-parts.h"

#include <glib/gi18n.h>
#include <string.h>

/* A header as one object of its own, the way the journal holds it. In a sidecar it is
 * spread over the file; here unknown members, which have their places there, are listed
 * with their places. */

enum
{
  MEMBER_LANGUAGE,
  MEMBER_TITLE,
  MEMBER_AUTHOR,
  MEMBER_DATE,
  MEMBER_PUBLISHER,
  MEMBER_URL,
  MEMBER_ENCODING,
  MEMBER_TAGSET_NAME,
  MEMBER_TAGSET_VERSION,
  MEMBER_ANNOTATOR,
  MEMBER_NOTE,
  N_STRINGS,
  MEMBER_STATUS = N_STRINGS,
  MEMBER_ATTRIBUTES,
  MEMBER_LAST_ID,
  MEMBER_FOREIGN,
  MEMBER_ARTICLE_FOREIGN,
  MEMBER_TAGSET_FOREIGN,
};

static const char *const header_members[] = {
  "language",       "title",     "author",   "date",
  "publisher",      "url",       "encoding", "tagset_name",
  "tagset_version", "annotator", "note",     "status",
  "attributes",     "last_id",   "foreign",  "article_foreign",
  "tagset_foreign", NULL,
};

/* By member, below N_STRINGS. */
static const gsize string_offsets[N_STRINGS] = {
  G_STRUCT_OFFSET (KutipHeaderFields, language),
  G_STRUCT_OFFSET (KutipHeaderFields, title),
  G_STRUCT_OFFSET (KutipHeaderFields, author),
  G_STRUCT_OFFSET (KutipHeaderFields, date),
  G_STRUCT_OFFSET (KutipHeaderFields, publisher),
  G_STRUCT_OFFSET (KutipHeaderFields, url),
  G_STRUCT_OFFSET (KutipHeaderFields, encoding),
  G_STRUCT_OFFSET (KutipHeaderFields, tagset_name),
  G_STRUCT_OFFSET (KutipHeaderFields, tagset_version),
  G_STRUCT_OFFSET (KutipHeaderFields, annotator),
  G_STRUCT_OFFSET (KutipHeaderFields, note),
};

static void
put_foreign (KutipMembersWriter *writer, int member, KutipForeign *foreign)
{
  if (foreign == NULL)
    return;
  kutip_members_put (writer, member);
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember unknown = kutip_foreign_get_nth (foreign, i);

      g_string_append (writer->out, i == 0 ? "[[" : ", [");
      kutip_json_append_string (writer->out, unknown.after);
      g_string_append (writer->out, ", ");
      kutip_json_append_string (writer->out, unknown.name);
      g_string_append_printf (writer->out, ", %s]", unknown.json);
    }
  g_string_append_c (writer->out, ']');
}

void
kutip_sidecar_append_header (GString *out, KutipHeader *header)
{
  const KutipHeaderFields *fields = kutip_header_get_fields (header);
  KutipMembersWriter writer;

  kutip_members_begin (&writer, out, header_members, NULL, "",
                       &kutip_members_on_one_line);
  for (int i = 0; i < N_STRINGS; i++)
    kutip_members_put_string (&writer, i,
                              G_STRUCT_MEMBER (const char *, fields, string_offsets[i]));
  kutip_members_put_string (&writer, MEMBER_STATUS,
                            kutip_status_to_string (fields->status));
  if (fields->attributes != NULL)
    {
      kutip_members_put (&writer, MEMBER_ATTRIBUTES);
      kutip_sidecar_append_attributes (out, fields->attributes);
    }
  if (fields->last_id > 0)
    kutip_members_put_uint (&writer, MEMBER_LAST_ID, fields->last_id);
  put_foreign (&writer, MEMBER_FOREIGN, fields->foreign);
  put_foreign (&writer, MEMBER_ARTICLE_FOREIGN, fields->article_foreign);
  put_foreign (&writer, MEMBER_TAGSET_FOREIGN, fields->tagset_foreign);
  kutip_members_end (&writer);
}

/* One "[after, name, value]". */
static void
read_foreign_member (KutipSidecarRoom *room, KutipJsonReader *reader, GArray *members)
{
  KutipForeignMember member;
  g_autofree char *json = NULL;

  if (!kutip_json_reader_read_array (reader))
    return;
  member.after = kutip_sidecar_read_text (room, reader);
  member.name = kutip_sidecar_read_text (room, reader);
  json = kutip_json_reader_read_raw (reader);
  if (json == NULL)
    return;
  member.json = g_string_chunk_insert (room->strings, json);
  if (kutip_json_reader_read_element (reader))
    kutip_json_reader_fail (reader, _ ("nothing more was expected here"));
  g_array_append_val (members, member);
}

static KutipForeign *
read_foreign (KutipSidecarRoom *room, KutipJsonReader *reader)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (KutipForeignMember));

  if (!kutip_json_reader_read_array (reader))
    return NULL;
  while (kutip_json_reader_read_element (reader))
    read_foreign_member (room, reader, members);
  return kutip_foreign_new ((const KutipForeignMember *) (gpointer) members->data,
                            members->len);
}

static void
read_header_member (KutipSidecarRoom *room,
                    KutipJsonReader *reader,
                    int member,
                    KutipHeaderFields *fields)
{
  if (member < N_STRINGS)
    G_STRUCT_MEMBER (const char *, fields, string_offsets[member]) =
        kutip_sidecar_read_text (room, reader);
  else if (member == MEMBER_STATUS)
    fields->status = kutip_sidecar_read_status (reader);
  else if (member == MEMBER_ATTRIBUTES)
    fields->attributes = kutip_sidecar_read_attributes (room, reader);
  else if (member == MEMBER_LAST_ID)
    kutip_json_reader_read_uint (reader, KUTIP_SIDECAR_MAX_LAST_ID, &fields->last_id);
  else if (member == MEMBER_FOREIGN)
    fields->foreign = read_foreign (room, reader);
  else if (member == MEMBER_ARTICLE_FOREIGN)
    fields->article_foreign = read_foreign (room, reader);
  else
    fields->tagset_foreign = read_foreign (room, reader);
}

KutipHeader *
kutip_sidecar_read_header_object (KutipJsonReader *reader)
{
  KutipHeaderFields fields = { .status = KUTIP_STATUS_IN_PROGRESS };
  g_auto (KutipSidecarRoom) room;
  g_auto (KutipUnknown) unknown = { NULL };
  KutipHeader *header = NULL;
  KutipMembers members;
  int member;

  kutip_sidecar_room_init (&room);
  if (kutip_members_open (&members, reader, header_members, &unknown, ""))
    while ((member = kutip_members_next (&members)) >= 0)
      read_header_member (&room, reader, member, &fields);
  if (!kutip_json_reader_failed (reader))
    header = kutip_header_new (&fields);
  kutip_attributes_unref (fields.attributes);
  kutip_foreign_unref (fields.foreign);
  kutip_foreign_unref (fields.article_foreign);
  kutip_foreign_unref (fields.tagset_foreign);
  return header;
}
