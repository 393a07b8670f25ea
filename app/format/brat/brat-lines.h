/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/brat/brat-ids.h"
#include "format/format.h"
#include "format/gathering.h"

G_BEGIN_DECLS

/* An .ann file taken apart, before it is known where its offsets lie in the text. */

/* A span while its file is being read: the T line, and what later lines add to it.
 * Strings are in the reader's copy of the file, or in its chunk. */
typedef struct
{
  const char *id;
  const char *label;
  guint first_range, n_ranges; /* of the reader's, as written */
  const char *covered;         /* the text column */
  guint64 line;
  KutipAttributes *attributes;
  GString *note;
  GArray *links; /* KutipSpanLink, or NULL */
  /* How many attributes and notes name it, and how many the one event that it triggers.
   */
  guint n_direct, n_by_event;
  gboolean is_dropped; /* it has no place */
} KutipBratMark;

typedef struct
{
  const char *id;
  const char *label;
  const char *from, *to; /* ids as written: of T or E lines */
  const char *event;
  const char *type; /* of the event, on its first argument; or NULL */
  const char *role; /* as written, where another would be written; or NULL */
  const char *arguments[2];
  const char *line; /* as it stands in the file; several links may share it */
  gsize n_bytes;
  guint64 number;
  KutipAttributes *attributes;
  GString *note;
  gboolean is_dropped; /* one of its line's targets is unknown */
} KutipBratLink;

/* A line that speaks of others, in its fields. */
typedef struct
{
  char *fields[3];  /* NULL where there are fewer */
  const char *line; /* as it stands in the file */
  gsize n_bytes;
  guint64 number;
  KutipBratMark *mark; /* where what it says went, or NULL */
  KutipBratLink *link;
  gboolean by_event; /* it names an event, not a span or relation */
} KutipBratLater;

/* A line for the way back. */
typedef struct
{
  char *line;     /* owned */
  guint64 number; /* in the file, from 1 */
} KutipBratKept;

typedef struct
{
  KutipText *text;
  gboolean bom; /* its file began with a byte order mark */
  const char *path;
  KutipReport *report;
  char *lines; /* the file, cut into strings in place */
  GStringChunk *strings;
  KutipRange *ranges; /* of all marks */
  guint n_ranges, room_for_ranges;
  gboolean all_fit; /* all marks cover what they say; known once the way of counting
                       is */
  GPtrArray *marks; /* KutipBratMark */
  GPtrArray *links; /* KutipBratLink */
  KutipBratIds mark_by_id;
  KutipBratIds link_by_id; /* of R lines, and the first of each E line */
  /* NULL until the first event. */
  GHashTable *trigger_of;    /* event id -> id of its trigger */
  GHashTable *event_of;      /* trigger -> its event, "" when it has several */
  KutipGathering *gathering; /* of what attributes say */
  GArray *later; /* KutipBratLater: attributes, notes, normalizations, for a second round
                  */
  GArray *kept;  /* KutipBratKept, as in the file once it is read: of two lines with one
                    id the first counts, then and on the way back */
} KutipBratReader;

/* How the file counted: brat counts code points, with CR LF as two, and a byte order mark
 * as one; but files exist that count CR LF as one, and others that do not count the byte
 * order mark, and brat's window counted UTF-16 units until April 2020. */
typedef enum
{
  KUTIP_BRAT_COUNT_CODE_POINTS,
  KUTIP_BRAT_COUNT_CRLF_AS_ONE,
  KUTIP_BRAT_COUNT_UTF16,
  KUTIP_BRAT_COUNT_BOM, /* as one; the text begins behind it */
  KUTIP_BRAT_N_COUNTS,
} KutipBratCount;

void kutip_brat_reader_init (KutipBratReader *self,
                             KutipText *text,
                             const char *path,
                             KutipReport *report);
void kutip_brat_reader_clear (KutipBratReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipBratReader, kutip_brat_reader_clear)

/* Fills marks, links and kept lines. */
void kutip_brat_reader_read (KutipBratReader *self, const char *bytes, gsize n_bytes);
/* FALSE with @error when events are arguments of one another in a circle. */
gboolean kutip_brat_reader_check_events (KutipBratReader *self, GError **error);
/* A line that is not understood stays for the way back, and is told; @number is 0 when
 * nobody knows where it stood. */
void kutip_brat_reader_keep_line (KutipBratReader *self,
                                  const char *line,
                                  guint64 number,
                                  const char *what);

/* The event whose one trigger is the span @id and no other's; NULL when there is none. */
const char *kutip_brat_reader_get_event (KutipBratReader *self, const char *id);
/* The colon before the trigger in the words of an E line; NULL when it is none. */
char *kutip_brat_find_trigger (char **words);
/* Keeps the lines that speak of marks and links which were dropped. */
void kutip_brat_reader_keep_later (KutipBratReader *self);

/* The way of counting under which most spans cover what they say. @crlf from
 * kutip_brat_list_crlf(). */
KutipBratCount kutip_brat_find_count (KutipBratReader *self, GArray *crlf);
/* The offset of each CR LF, as guint. */
GArray *kutip_brat_list_crlf (KutipText *text);
/* The mark's ranges as written to ranges in the text; FALSE when one lies outside. */
gboolean kutip_brat_convert_ranges (KutipBratReader *self,
                                    GArray *crlf,
                                    KutipBratCount count,
                                    const KutipBratMark *mark,
                                    GArray *out);
/* Whether readers of brat's files end a line or a column at @c, for which there is no
 * escape. */
gboolean kutip_brat_ends_line (gunichar c);
/* brat writes a span over a line break as one fragment a line; it is one range again.
 * Returns how many ranges remain. */
guint kutip_brat_join_lines (KutipText *text, KutipRange *ranges, guint n);
/* Whether the text column is what the ranges cover; white space, which brat changes, does
 * not count. */
gboolean kutip_brat_covers (KutipText *text, const GArray *ranges, const char *covered);

G_END_DECLS
