/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json.h"
#include "model/foreign.h"

G_BEGIN_DECLS

/* Objects whose members are known by a table of names, in the order in which they are
 * written; the members that the table lacks are kept on the way in and put back in their
 * places on the way out.
 *
 * A KutipForeignMember's "after" is a name of that table. Unknown members of an object
 * within, such as a span's origin, are kept with those of the span: "origin/by" is then
 * the place behind "by", "origin/" the beginning. */

/* Unknown members as they are found; zero before the first. */
typedef struct
{
  GArray *found;
} KutipUnknown;

/* NULL when there were none; forgets them. */
KutipForeign *kutip_unknown_take (KutipUnknown *self);
void kutip_unknown_clear (KutipUnknown *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipUnknown, kutip_unknown_clear)

#define KUTIP_MEMBERS_MAX_PATH 32
/* Names in a table. */
#define KUTIP_MEMBERS_MOST 32

/* An object while it is read. */
typedef struct
{
  KutipJsonReader *reader;
  const char *const *names; /* NULL-terminated, at most KUTIP_MEMBERS_MOST */
  guint32 seen;             /* bit i: names[i] was there */
  int last;                 /* the known member last read, or -1 */
  gsize offset;             /* where the object begins */
  KutipUnknown *unknown;
  char path[KUTIP_MEMBERS_MAX_PATH]; /* "" or "origin/" or "links/2/" */
} KutipMembers;

/* FALSE when the next value is no object. @unknown belongs to the caller. */
gboolean kutip_members_open (KutipMembers *self,
                             KutipJsonReader *reader,
                             const char *const *names,
                             KutipUnknown *unknown,
                             const char *path);
/* The index of the next known member, whose value is to be read next; -1 at the end or
 * after an error. */
int kutip_members_next (KutipMembers *self);
gboolean kutip_members_has (const KutipMembers *self, int member);
/* Fails the reader, at the object's beginning, unless @member was there. */
void kutip_members_require (const KutipMembers *self, int member);

/* How an object is laid out, and the lists in it that have an element a line. */
typedef struct
{
  const char *open;
  const char *separator;
  const char *close;
  const char *list_open;
  const char *list_separator;
  const char *list_close;
} KutipMembersLayout;

extern const KutipMembersLayout kutip_members_on_one_line;
/* For the outermost object of a file. */
extern const KutipMembersLayout kutip_members_one_a_line;

/* An object while it is written: members in the order of the table. */
typedef struct
{
  GString *out;
  const char *const *names;
  KutipForeign *foreign;
  guint first_foreign, end_foreign; /* those that may belong to this object */
  const char *path;
  const KutipMembersLayout *layout;
  int last;
  int next_unknown; /* the known member that the next of the unknown stand behind, or
                       before it */
  gboolean is_empty;
} KutipMembersWriter;

/* All pointers must outlive the writer. */
void kutip_members_begin (KutipMembersWriter *self,
                          GString *out,
                          const char *const *names,
                          KutipForeign *foreign,
                          const char *path,
                          const KutipMembersLayout *layout);
/* Unless begun so, all of @foreign is looked at for each object; here only the run of
 * members at
 * *@cursor whose place is within @path, behind which the cursor is moved. For lists of
 * objects: their unknown members stand in the order of the list. */
void kutip_members_take_run (KutipMembersWriter *self, guint *cursor);
/* The caller has written the object up to the member @last by itself, which it may where
 * there is nothing foreign. */
void kutip_members_continue (KutipMembersWriter *self, int last);
/* Writes the name; the caller appends the value. @member must be behind those written
 * before. */
void kutip_members_put (KutipMembersWriter *self, int member);
/* Leaves the member out when @string is NULL. */
void kutip_members_put_string (KutipMembersWriter *self, int member, const char *string);
void kutip_members_put_uint (KutipMembersWriter *self, int member, guint value);
/* Leaves the member out when @value is FALSE. */
void kutip_members_put_true (KutipMembersWriter *self, int member, gboolean value);
void kutip_members_end (KutipMembersWriter *self);

/* A list in the outermost object, with one element a line if @layout has lines: before
 * each element, and behind all. */
void kutip_members_begin_line (GString *out,
                               const KutipMembersLayout *layout,
                               gboolean is_first);
void kutip_members_end_lines (GString *out,
                              const KutipMembersLayout *layout,
                              gboolean is_empty);

G_END_DECLS
