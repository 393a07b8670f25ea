/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/members.h"

#include <glib/gi18n.h>
#include <string.h>

const KutipMembersLayout kutip_members_on_one_line = { "{", ", ", "}", "[", ", ", "]" };
const KutipMembersLayout kutip_members_one_a_line = {
  "{\n  ", ",\n  ", "\n}\n", "[\n    ", ",\n    ", "\n  ]",
};

static void
clear_member (gpointer data)
{
  KutipForeignMember *member = data;

  g_free ((char *) member->after);
  g_free ((char *) member->name);
  g_free ((char *) member->json);
}

KutipForeign *
kutip_unknown_take (KutipUnknown *self)
{
  KutipForeign *foreign;

  if (self->found == NULL)
    return NULL;
  foreign = kutip_foreign_new ((const KutipForeignMember *) (gpointer) self->found->data,
                               self->found->len);
  kutip_unknown_clear (self);
  return foreign;
}

void
kutip_unknown_clear (KutipUnknown *self)
{
  g_clear_pointer (&self->found, g_array_unref);
}

/* Reads the value of the member @name, which is the reader's string. */
static void
keep_unknown (KutipMembers *self, const char *name)
{
  g_autofree char *kept_name = g_strdup (name);
  g_autofree char *json = kutip_json_reader_read_raw (self->reader);
  KutipForeignMember member;

  if (json == NULL)
    return;
  if (self->unknown->found == NULL)
    {
      self->unknown->found = g_array_new (FALSE, FALSE, sizeof member);
      g_array_set_clear_func (self->unknown->found, clear_member);
    }
  member.after =
      g_strconcat (self->path, self->last >= 0 ? self->names[self->last] : "", NULL);
  member.name = g_steal_pointer (&kept_name);
  member.json = g_steal_pointer (&json);
  g_array_append_val (self->unknown->found, member);
}

static gboolean
is_name (const char *known, const char *name, gsize n_bytes)
{
  return strncmp (known, name, n_bytes) == 0 && known[n_bytes] == '\0';
}

/* Looks first where the order of the table makes it likely. */
static int
find_name (const char *const *names, const char *name, gsize n_bytes, int likely)
{
  if (names[likely] != NULL && is_name (names[likely], name, n_bytes))
    return likely;
  for (int i = 0; names[i] != NULL; i++)
    if (is_name (names[i], name, n_bytes))
      return i;
  return -1;
}

gboolean
kutip_members_open (KutipMembers *self,
                    KutipJsonReader *reader,
                    const char *const *names,
                    KutipUnknown *unknown,
                    const char *path)
{
  self->reader = reader;
  self->names = names;
  self->seen = 0;
  self->last = -1;
  self->unknown = unknown;
  g_strlcpy (self->path, path, sizeof self->path);
  if (!kutip_json_reader_read_object (reader))
    return FALSE;
  self->offset = kutip_json_reader_get_offset (reader);
  return TRUE;
}

int
kutip_members_next (KutipMembers *self)
{
  while (kutip_json_reader_enter_member (self->reader))
    {
      gsize n_bytes;
      const char *name = kutip_json_reader_peek_string (self->reader, &n_bytes);
      int member = find_name (self->names, name, n_bytes, self->last + 1);

      if (member >= 0)
        {
          self->seen |= 1u << member;
          self->last = member;
          return member;
        }
      keep_unknown (self, kutip_json_reader_get_string (self->reader, NULL));
    }
  return -1;
}

gboolean
kutip_members_has (const KutipMembers *self, int member)
{
  return (self->seen & 1u << member) != 0;
}

void
kutip_members_require (const KutipMembers *self, int member)
{
  if (!kutip_members_has (self, member))
    kutip_json_reader_fail_at (
        self->reader, self->offset,
        /* Translators: %s is the name of a member of a JSON object. */
        _ ("this object lacks “%s”"), self->names[member]);
}

/* The place within this object that an unknown member stands behind: a known member's
 * index, -1 for the beginning, KUTIP_MEMBERS_MOST for one not in the table; FALSE when it
 * belongs to another object. */
static gboolean
find_place (KutipMembersWriter *self, const char *after, int *place)
{
  gsize n_path = strlen (self->path);

  if (strncmp (after, self->path, n_path) != 0 || strchr (after + n_path, '/') != NULL)
    return FALSE;
  *place = -1;
  if (after[n_path] != '\0')
    *place = find_name (self->names, after + n_path, strlen (after + n_path), 0);
  if (*place < 0 && after[n_path] != '\0')
    *place = KUTIP_MEMBERS_MOST;
  return TRUE;
}

static void
append (GString *out, const char *string)
{
  kutip_json_append_raw (out, string, strlen (string));
}

static void
put_name (KutipMembersWriter *self, const char *name)
{
  append (self->out, self->is_empty ? self->layout->open : self->layout->separator);
  self->is_empty = FALSE;
  kutip_json_append_string (self->out, name);
  kutip_json_append_raw (self->out, ": ", 2);
}

/* A name of a table with all that stands around it takes less. */
#define MOST_OF_NAME 64

/* The same for a name of a table, in which nothing has to be escaped. */
static void
put_known_name (KutipMembersWriter *self, const char *name)
{
  char *to = kutip_json_make_room (self->out, MOST_OF_NAME);

  to = stpcpy (to, self->is_empty ? self->layout->open : self->layout->separator);
  *to++ = '"';
  to = stpcpy (to, name);
  memcpy (to, "\": ", sizeof "\": ");
  self->out->len = (gsize) (to - self->out->str) + 3;
  self->is_empty = FALSE;
}

/* Writes the unknown members that stand behind the known one @place; returns the next
 * place that others stand behind. */
static int
put_unknown_behind (KutipMembersWriter *self, int place)
{
  int next = G_MAXINT;

  for (guint i = self->first_foreign; i < self->end_foreign; i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (self->foreign, i);
      int found;

      if (!find_place (self, member.after, &found) || found < place)
        continue;
      if (found > place)
        {
          next = MIN (next, found);
          continue;
        }
      put_name (self, member.name);
      g_string_append (self->out, member.json);
    }
  return next;
}

/* Writes the unknown members that stand before, not behind, @end. */
static void
put_unknown (KutipMembersWriter *self, int end)
{
  if (self->first_foreign == self->end_foreign)
    return;
  while (self->next_unknown < end)
    self->next_unknown = put_unknown_behind (self, self->next_unknown);
}

void
kutip_members_begin (KutipMembersWriter *self,
                     GString *out,
                     const char *const *names,
                     KutipForeign *foreign,
                     const char *path,
                     const KutipMembersLayout *layout)
{
  *self = (KutipMembersWriter){
    .out = out,
    .names = names,
    .foreign = foreign,
    .end_foreign = kutip_foreign_get_n (foreign),
    .path = path,
    .layout = layout,
    .last = -1,
    .next_unknown = -1,
    .is_empty = TRUE,
  };
}

void
kutip_members_continue (KutipMembersWriter *self, int last)
{
  g_assert (last > self->last && self->first_foreign == self->end_foreign);
  self->last = last;
  self->is_empty = FALSE;
}

void
kutip_members_take_run (KutipMembersWriter *self, guint *cursor)
{
  guint n = kutip_foreign_get_n (self->foreign);

  self->first_foreign = *cursor;
  while (
      *cursor < n &&
      g_str_has_prefix (kutip_foreign_get_nth (self->foreign, *cursor).after, self->path))
    (*cursor)++;
  self->end_foreign = *cursor;
}

void
kutip_members_put (KutipMembersWriter *self, int member)
{
  g_assert (member > self->last);
  put_unknown (self, member);
  self->last = member;
  put_known_name (self, self->names[member]);
}

void
kutip_members_put_string (KutipMembersWriter *self, int member, const char *string)
{
  if (string == NULL)
    return;
  kutip_members_put (self, member);
  kutip_json_append_string (self->out, string);
}

void
kutip_members_put_uint (KutipMembersWriter *self, int member, guint value)
{
  kutip_members_put (self, member);
  kutip_json_append_uint (self->out, value);
}

void
kutip_members_end (KutipMembersWriter *self)
{
  put_unknown (self, KUTIP_MEMBERS_MOST + 1);
  append (self->out, self->is_empty ? "{}" : self->layout->close);
}

void
kutip_members_put_true (KutipMembersWriter *self, int member, gboolean value)
{
  if (!value)
    return;
  kutip_members_put (self, member);
  g_string_append (self->out, "true");
}

void
kutip_members_begin_line (GString *out,
                          const KutipMembersLayout *layout,
                          gboolean is_first)
{
  append (out, is_first ? layout->list_open : layout->list_separator);
}

void
kutip_members_end_lines (GString *out,
                         const KutipMembersLayout *layout,
                         gboolean is_empty)
{
  append (out, is_empty ? "[]" : layout->list_close);
}
