/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/difference.h"
#include "format/json/json-cursor.h"
#include "format/sidecar/members.h"
#include "format/sidecar/sidecar.h"

G_BEGIN_DECLS

/* What the files of this folder that deal with sidecars share. */

/* Sets of attributes that are remembered while a file is read. */
#define KUTIP_SIDECAR_KNOWN 32

/* Room for what one span or relation says while it is read; used again for the next. */
typedef struct
{
  GStringChunk *strings;
  GArray *ranges;     /* of KutipRange */
  GPtrArray *texts;   /* of strings, NULL-terminated */
  GPtrArray *was;     /* the same */
  GArray *links;      /* of KutipSpanLink */
  GArray *attributes; /* of KutipAttribute, whose values are in: */
  GPtrArray *values;  /* of strings, NULL after those of each attribute */
  /* The latest sets of attributes that were read: most spans have one of a few, and share
   * it. */
  KutipAttributes *known[KUTIP_SIDECAR_KNOWN];
  guint n_known;        /* ever; the n-th is at n % KUTIP_SIDECAR_KNOWN */
  KutipUnknown unknown; /* of the span or relation */
} KutipSidecarRoom;

void kutip_sidecar_room_init (KutipSidecarRoom *self);
void kutip_sidecar_room_clear (KutipSidecarRoom *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipSidecarRoom, kutip_sidecar_room_clear)

KutipSpan *kutip_sidecar_read_span_into (KutipSidecarRoom *room,
                                         KutipJsonReader *reader,
                                         KutipText *text);
KutipRelation *kutip_sidecar_read_relation_into (KutipSidecarRoom *room,
                                                 KutipJsonReader *reader);
/* A sidecar that is a value within another document; NULL with the reader failed. */
KutipLayer *kutip_sidecar_read_value (KutipJsonReader *reader,
                                      KutipText *text,
                                      KutipSidecarInfo *info);
/* The sidecar that is the next value, beside @layer, from which it was written: what
 * differs in ids, labels, ranges and texts of spans, and in relations, goes to
 * @difference. */
void kutip_sidecar_compare (KutipJsonCursor *cursor,
                            KutipText *text,
                            KutipLayer *layer,
                            KutipDifference *difference);
/* NULL for an empty object, and after an error. */
KutipAttributes *kutip_sidecar_read_attributes (KutipSidecarRoom *room,
                                                KutipJsonReader *reader);
/* NULL after an error. */
const char *kutip_sidecar_read_text (KutipSidecarRoom *room, KutipJsonReader *reader);
KutipReview kutip_sidecar_read_review (KutipJsonReader *reader);
const char *kutip_sidecar_review_to_string (KutipReview review);
KutipStatus kutip_sidecar_read_status (KutipJsonReader *reader);

void kutip_sidecar_append_attributes (GString *out, KutipAttributes *attributes);

/* Members in the order in which they are written. */
typedef enum
{
  KUTIP_SPAN_MEMBER_ID,
  KUTIP_SPAN_MEMBER_LABEL,
  KUTIP_SPAN_MEMBER_RANGES,
  KUTIP_SPAN_MEMBER_TEXT,
  KUTIP_SPAN_MEMBER_PREFIX,
  KUTIP_SPAN_MEMBER_SUFFIX,
  KUTIP_SPAN_MEMBER_ATTRIBUTES,
  KUTIP_SPAN_MEMBER_LINKS,
  KUTIP_SPAN_MEMBER_NOTE,
  KUTIP_SPAN_MEMBER_UNSURE,
  KUTIP_SPAN_MEMBER_REVIEW,
  KUTIP_SPAN_MEMBER_WAS,
  KUTIP_SPAN_MEMBER_ORIGIN,
  KUTIP_SPAN_MEMBER_CREATED,
  KUTIP_SPAN_MEMBER_MODIFIED,
} KutipSpanMember;

typedef enum
{
  KUTIP_LINK_MEMBER_BASE,
  KUTIP_LINK_MEMBER_ID,
  KUTIP_LINK_MEMBER_TITLE,
} KutipLinkMember;

typedef enum
{
  KUTIP_ORIGIN_MEMBER_BY,
  KUTIP_ORIGIN_MEMBER_SCORE,
} KutipOriginMember;

typedef enum
{
  KUTIP_RELATION_MEMBER_ID,
  KUTIP_RELATION_MEMBER_LABEL,
  KUTIP_RELATION_MEMBER_FROM,
  KUTIP_RELATION_MEMBER_TO,
  KUTIP_RELATION_MEMBER_EVENT,
  KUTIP_RELATION_MEMBER_ATTRIBUTES,
  KUTIP_RELATION_MEMBER_NOTE,
  KUTIP_RELATION_MEMBER_UNSURE,
  KUTIP_RELATION_MEMBER_ORIGIN,
  KUTIP_RELATION_MEMBER_CREATED,
  KUTIP_RELATION_MEMBER_MODIFIED,
} KutipRelationMember;

typedef enum
{
  KUTIP_SIDECAR_MEMBER_FORMAT,
  KUTIP_SIDECAR_MEMBER_ARTICLE,
  KUTIP_SIDECAR_MEMBER_OFFSETS,
  KUTIP_SIDECAR_MEMBER_TAGSET,
  KUTIP_SIDECAR_MEMBER_ANNOTATOR,
  KUTIP_SIDECAR_MEMBER_STATUS,
  KUTIP_SIDECAR_MEMBER_ATTRIBUTES,
  KUTIP_SIDECAR_MEMBER_NOTE,
  KUTIP_SIDECAR_MEMBER_LAST_ID,
  KUTIP_SIDECAR_MEMBER_SPANS,
  KUTIP_SIDECAR_MEMBER_RELATIONS,
} KutipSidecarMember;

typedef enum
{
  KUTIP_ARTICLE_MEMBER_FILE,
  KUTIP_ARTICLE_MEMBER_SHA256,
  KUTIP_ARTICLE_MEMBER_LENGTH,
  KUTIP_ARTICLE_MEMBER_LANGUAGE,
  KUTIP_ARTICLE_MEMBER_TITLE,
  KUTIP_ARTICLE_MEMBER_AUTHOR,
  KUTIP_ARTICLE_MEMBER_DATE,
  KUTIP_ARTICLE_MEMBER_PUBLISHER,
  KUTIP_ARTICLE_MEMBER_URL,
  KUTIP_ARTICLE_MEMBER_ENCODING,
} KutipArticleMember;

typedef enum
{
  KUTIP_TAGSET_NAME_MEMBER,
  KUTIP_TAGSET_VERSION_MEMBER,
} KutipTagsetMember;

extern const char *const kutip_span_members[];
extern const char *const kutip_link_members[];
extern const char *const kutip_origin_members[];
extern const char *const kutip_relation_members[];
extern const char *const kutip_sidecar_members[];
extern const char *const kutip_article_members[];
extern const char *const kutip_sidecar_tagset_members[];

/* The highest number that kutip_id_get_number() finds. */
#define KUTIP_SIDECAR_MAX_LAST_ID 999999999
#define KUTIP_SIDECAR_OFFSETS "unicode code points"
/* How much of the text around a span is written, in code points. */
#define KUTIP_SIDECAR_CONTEXT 32
/* Unknown members of a span's links and origin stand in its KutipForeign at places that
 * begin so. */
#define KUTIP_SIDECAR_LINK_PATH "links/%u/"
#define KUTIP_SIDECAR_ORIGIN_PATH "origin/"

G_END_DECLS
