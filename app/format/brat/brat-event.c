/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-lines.h"
#include "format/brat/brat-write-parts.h"
#include "format/brat/brat.h"
#include "format/json/json.h"

#include <string.h>

static const KutipForeignMember *
find_kept (KutipForeign *foreign, const char *name, KutipForeignMember *member)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      *member = kutip_foreign_get_nth (foreign, i);
      if (strcmp (member->name, name) == 0)
        return member;
    }
  return NULL;
}

char *
kutip_brat_dup_kept (KutipForeign *foreign, const char *name)
{
  KutipForeignMember member;
  g_autoptr (KutipJsonReader) reader = NULL;

  if (find_kept (foreign, name, &member) == NULL)
    return NULL;
  if (*member.json != '"')
    return g_strdup (member.json);
  reader = kutip_json_reader_new (member.json, strlen (member.json));
  return g_strdup (kutip_json_reader_read_string (reader));
}

GPtrArray *
kutip_brat_list_kept (KutipForeign *foreign, const char *name)
{
  GPtrArray *strings = g_ptr_array_new_with_free_func (g_free);
  KutipForeignMember member;
  g_autoptr (KutipJsonReader) reader = NULL;

  if (find_kept (foreign, name, &member) == NULL)
    return strings;
  reader = kutip_json_reader_new (member.json, strlen (member.json));
  if (!kutip_json_reader_read_array (reader))
    return strings;
  while (kutip_json_reader_read_element (reader))
    {
      const char *string = kutip_json_reader_read_string (reader);

      if (string != NULL)
        g_ptr_array_add (strings, g_strdup (string));
    }
  return strings;
}

const char *
kutip_brat_get_argument (GPtrArray *names, guint nth)
{
  const char *name = names->len == 2 ? g_ptr_array_index (names, nth) : "";

  if (*name == '\0' || *name == '<' || strpbrk (name, ",:| \t\r\n") != NULL)
    return nth == 0 ? "Arg1" : "Arg2";
  return name;
}

const char *
kutip_brat_writer_get_event (KutipBratWriter *self, const char *id)
{
  const char *event = g_hash_table_lookup (self->event_of, id);

  return event == NULL || *event == '\0' ? NULL : event;
}

static gboolean
is_orphan (KutipBratWriter *self, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);

  return span == NULL || kutip_span_is_orphan (span);
}

/* --- which events there are --- */

static gboolean
gather_relation (KutipRelation *relation, gpointer data)
{
  KutipBratWriter *self = data;
  KutipRelationFields fields;
  GPtrArray *members;

  kutip_relation_get_fields (relation, &fields);
  kutip_brat_writer_note_number (self, fields.id, 'R');
  if (fields.event == NULL || is_orphan (self, fields.from) ||
      is_orphan (self, fields.to))
    return TRUE;
  members = g_hash_table_lookup (self->events, fields.event);
  if (members == NULL)
    {
      members = g_ptr_array_new ();
      g_hash_table_insert (self->events, (gpointer) fields.event, members);
      kutip_brat_writer_note_number (self, fields.event, 'E');
    }
  g_ptr_array_add (members, relation);
  return TRUE;
}

static const char *
get_trigger (GPtrArray *members)
{
  return kutip_relation_get_from (g_ptr_array_index (members, 0));
}

/* Whether all arguments leave one trigger, so that the event can be written as one line.
 */
static gboolean
has_one_trigger (GPtrArray *members)
{
  const char *from = get_trigger (members);

  for (guint i = 1; i < members->len; i++)
    if (strcmp (kutip_relation_get_from (g_ptr_array_index (members, i)), from) != 0)
      return FALSE;
  return TRUE;
}

static void
note_event (KutipBratWriter *self, const char *event, const char *trigger)
{
  const char *other = g_hash_table_lookup (self->event_of, trigger);

  g_hash_table_insert (self->trigger_of, g_strdup (event), g_strdup (trigger));
  g_hash_table_insert (self->event_of, g_strdup (trigger),
                       g_strdup (other == NULL ? event : ""));
}

/* An E line that was kept as it was: one without arguments, or with a broken one. */
static void
note_kept_event (KutipBratWriter *self, const char *id, const char *rest)
{
  g_auto (GStrv) words = g_strsplit (rest, " ", -1);
  const char *colon = kutip_brat_find_trigger (words);

  if (colon == NULL || is_orphan (self, colon + 1) ||
      g_hash_table_contains (self->trigger_of, id))
    return;
  note_event (self, id, colon + 1);
  g_hash_table_insert (self->brat_ids, g_strdup (id), g_strdup (id));
}

static void
gather_kept (KutipBratWriter *self)
{
  KutipForeign *foreign =
      kutip_header_get_fields (kutip_layer_get_header (self->layer))->foreign;

  g_ptr_array_unref (self->kept);
  self->kept = kutip_brat_list_kept (foreign, KUTIP_BRAT_LINES);
  for (guint i = 0; i < self->kept->len; i++)
    {
      const char *line = g_ptr_array_index (self->kept, i);
      const char *tab = strchr (line, '\t');
      g_autofree char *id = tab == NULL ? NULL : g_strndup (line, (gsize) (tab - line));

      if (id == NULL || !g_ascii_isprint (*id))
        continue;
      kutip_brat_writer_note_number (self, id, *id);
      if (*id == 'E')
        note_kept_event (self, id, tab + 1);
    }
}

void
kutip_brat_writer_gather_events (KutipBratWriter *self)
{
  GHashTableIter iter;
  gpointer event, members;

  kutip_layer_foreach_relation (self->layer, gather_relation, self);
  g_hash_table_iter_init (&iter, self->events);
  while (g_hash_table_iter_next (&iter, &event, &members))
    if (*(const char *) event != '*' && has_one_trigger (members))
      note_event (self, event, get_trigger (members));
  gather_kept (self);
  kutip_brat_writer_find_circular (self);
}

/* --- lines --- */

/* What is written for the end @span of a relation: the span, or the event that it
 * triggers. @kept: what was read there. */
static const char *
get_end (KutipBratWriter *self,
         KutipRelation *relation,
         const char *kept,
         const char *span,
         gboolean is_argument)
{
  KutipRelationFields fields;
  const char *trigger = kutip_brat_writer_get_id (self, span, 'T');
  const char *event = is_argument ? kutip_brat_writer_get_event (self, span) : NULL;
  g_autofree char *id = NULL;

  kutip_relation_get_fields (relation, &fields);
  id = kutip_brat_dup_kept (fields.foreign, kept);
  if ((id != NULL && strcmp (id, trigger) == 0) ||
      (is_argument && g_hash_table_contains (self->circular, relation)))
    return trigger;
  if (id != NULL && g_strcmp0 (g_hash_table_lookup (self->trigger_of, id), span) == 0)
    return kutip_brat_writer_get_id (self, id, 'E');
  return event != NULL ? kutip_brat_writer_get_id (self, event, 'E') : trigger;
}

/* Appends " Role2:"; as it was read, while the relation still has that role. */
static void
append_role (KutipBratWriter *self, const KutipRelationFields *fields, guint n)
{
  g_autofree char *kept = kutip_brat_dup_kept (fields->foreign, KUTIP_BRAT_ROLE);
  g_autofree char *role = NULL;
  gsize n_bytes = strlen (fields->label);

  if (kept != NULL && g_str_has_prefix (kept, fields->label) &&
      kept[n_bytes + strspn (kept + n_bytes, "0123456789")] == '\0')
    {
      role = kutip_brat_writer_make_word (self, kept, fields->id);
      g_string_append_printf (self->out, " %s:", role);
      return;
    }
  role = kutip_brat_writer_make_word (self, fields->label, fields->id);
  n_bytes = strlen (role);
  /* It is read without them. */
  if (n_bytes > 1 && g_ascii_isdigit (role[n_bytes - 1]))
    kutip_report_add (self->report, KUTIP_REPORT_LOSS, "names", self->path, fields->id, 0,
                      fields->label);
  g_string_append_printf (self->out, " %s", role);
  if (n > 1)
    g_string_append_printf (self->out, "%u", n);
  g_string_append_c (self->out, ':');
}

/* An event's attributes are its trigger's, or the first argument's where the trigger has
 * several events; a line has no place for the others'. */
static void
append_details (KutipBratWriter *self, GPtrArray *members, const char *event)
{
  for (guint i = 0; i < members->len; i++)
    {
      KutipRelationFields fields;

      kutip_relation_get_fields (g_ptr_array_index (members, i), &fields);
      if (i == 0 && event != NULL &&
          kutip_brat_writer_get_event (self, fields.from) == NULL)
        {
          kutip_brat_writer_append_attributes (self, fields.attributes, event, fields.id);
          kutip_brat_writer_append_note (self, fields.note, event, fields.id);
          continue;
        }
      if (kutip_attributes_get_n (fields.attributes) > 0)
        kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relation-attributes",
                          self->path, fields.id, 0, NULL);
      if (fields.note != NULL && *fields.note != '\0')
        kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relation-notes", self->path,
                          fields.id, 0, NULL);
    }
}

/* The type that was read, as long as no argument says otherwise; else what the trigger
 * is. */
static char *
make_type (KutipBratWriter *self, const KutipRelationFields *fields)
{
  KutipSpan *trigger = kutip_layer_get_span (self->layer, fields->from);
  g_autofree char *kept = kutip_brat_dup_kept (fields->foreign, KUTIP_BRAT_EVENT);

  return kutip_brat_writer_make_word (
      self, kept != NULL ? kept : kutip_span_get_label (trigger),
      kept != NULL ? fields->id : kutip_span_get_id (trigger));
}

static void
append_event (KutipBratWriter *self, const char *event, GPtrArray *members)
{
  g_autoptr (GHashTable) n_of_role = g_hash_table_new (g_str_hash, g_str_equal);
  const char *id = kutip_brat_writer_get_id (self, event, 'E');
  KutipRelationFields first;
  g_autofree char *type = NULL;

  kutip_relation_get_fields (g_ptr_array_index (members, 0), &first);
  type = make_type (self, &first);
  g_string_append_printf (self->out, "%s\t%s:%s", id, type,
                          kutip_brat_writer_get_id (self, first.from, 'T'));
  for (guint i = 0; i < members->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (members, i);
      KutipRelationFields fields;
      guint n;

      kutip_relation_get_fields (relation, &fields);
      n = GPOINTER_TO_UINT (g_hash_table_lookup (n_of_role, fields.label)) + 1;
      g_hash_table_insert (n_of_role, (gpointer) fields.label, GUINT_TO_POINTER (n));
      append_role (self, &fields, n);
      g_string_append (self->out,
                       get_end (self, relation, KUTIP_BRAT_TO, fields.to, TRUE));
    }
  g_string_append_c (self->out, '\n');
  append_details (self, members, id);
}

/* "*<TAB>Alias T1 T2 T3" */
static void
append_equivalence (KutipBratWriter *self, GPtrArray *members)
{
  KutipRelation *first = g_ptr_array_index (members, 0);
  g_autofree char *type = kutip_brat_writer_make_word (
      self, kutip_relation_get_label (first), kutip_relation_get_id (first));

  g_string_append_printf (
      self->out, "*\t%s %s", type,
      get_end (self, first, KUTIP_BRAT_FROM, kutip_relation_get_from (first), FALSE));
  for (guint i = 0; i < members->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (members, i);

      g_string_append_printf (self->out, " %s",
                              get_end (self, relation, KUTIP_BRAT_TO,
                                       kutip_relation_get_to (relation), FALSE));
    }
  g_string_append_c (self->out, '\n');
  append_details (self, members, NULL);
}

/* Those that were read, or that its type has. */
static GPtrArray *
list_arguments (KutipBratWriter *self, const KutipRelationFields *fields)
{
  KutipForeignMember kept;
  const KutipRelationType *type;

  if (self->tagset == NULL ||
      find_kept (fields->foreign, KUTIP_BRAT_ARGUMENTS, &kept) != NULL)
    return kutip_brat_list_kept (fields->foreign, KUTIP_BRAT_ARGUMENTS);
  type = kutip_tagset_get_relation (self->tagset, fields->label);
  return kutip_brat_list_kept (type == NULL ? NULL : type->foreign, KUTIP_BRAT_ARGUMENTS);
}

static void
append_relation (KutipBratWriter *self, KutipRelation *relation)
{
  KutipRelationFields fields;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *type = NULL;
  const char *brat_id;

  kutip_relation_get_fields (relation, &fields);
  names = list_arguments (self, &fields);
  type = kutip_brat_writer_make_word (self, fields.label, fields.id);
  brat_id = kutip_brat_writer_get_id (self, fields.id, 'R');
  g_string_append_printf (self->out, "%s\t%s %s:%s %s:%s\t\n", brat_id, type,
                          kutip_brat_get_argument (names, 0),
                          get_end (self, relation, KUTIP_BRAT_FROM, fields.from, FALSE),
                          kutip_brat_get_argument (names, 1),
                          get_end (self, relation, KUTIP_BRAT_TO, fields.to, FALSE));
  kutip_brat_writer_append_attributes (self, fields.attributes, brat_id, fields.id);
  kutip_brat_writer_append_note (self, fields.note, brat_id, fields.id);
}

static gboolean
write_relation (KutipRelation *relation, gpointer data)
{
  KutipBratWriter *self = data;
  KutipRelationFields fields;
  GPtrArray *members;

  kutip_relation_get_fields (relation, &fields);
  if (is_orphan (self, fields.from) || is_orphan (self, fields.to))
    {
      kutip_report_add (self->report, KUTIP_REPORT_LOSS, "relations", self->path,
                        fields.id, 0, NULL);
      return TRUE;
    }
  members =
      fields.event == NULL ? NULL : g_hash_table_lookup (self->events, fields.event);
  if (members == NULL)
    append_relation (self, relation);
  else if (members->len > 0)
    {
      if (*fields.event == '*')
        append_equivalence (self, members);
      else if (has_one_trigger (members))
        append_event (self, fields.event, members);
      else
        {
          append_relation (self, relation);
          return TRUE;
        }
      g_ptr_array_set_size (members, 0);
    }
  return TRUE;
}

void
kutip_brat_writer_append_relations (KutipBratWriter *self)
{
  kutip_layer_foreach_relation (self->layer, write_relation, self);
}
