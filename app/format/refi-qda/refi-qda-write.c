/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json.h"
#include "format/pour.h"
#include "format/refi-qda/refi-qda-kept.h"
#include "format/refi-qda/refi-qda.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  KutipRecord *record;
  KutipReport *report;
  guint nth; /* layer */
  KutipLayer *layer;
  char *user;                       /* guid or NULL */
  KutipPour pours[3];               /* of these: */
  GString *sources, *notes, *links; /* long ones, which flow out */
  GString *codes, *users, *variables;
  GHashTable *guids;   /* of selections that are given */
  GHashTable *guid_of; /* span id -> guid of its first piece */
} Writing;

static void
lose (Writing *self, const char *what, const char *id)
{
  kutip_report_add (self->report, KUTIP_REPORT_LOSS, what, self->record->path, id, 0,
                    NULL);
}

static void
put (Writing *self, GString *out, const char *name, const char *value, const char *id)
{
  if (value != NULL && kutip_xml_append_attribute (out, name, value))
    lose (self, "characters", id);
}

static void
add_word (GString *words, const char *word)
{
  g_string_append_len (words, word, (gssize) strlen (word) + 1);
}

/* An id that is the same in each run; @rest tells it from others in the article. */
static char *
make_guid (Writing *self, const char *kind, const char *rest)
{
  g_autofree char *name =
      g_strdup_printf ("%s\n%u\n%s", self->record->path, self->nth, rest);

  return kutip_refi_make_guid (kind, name);
}

/* --- codes --- */

static const char *
add_code (Writing *self, const char *guid, const char *parent, const char *name)
{
  g_string_append_printf (self->codes, "%s\n%s\n", guid, parent);
  add_word (self->codes, name);
  return guid;
}

static void
append_coding (Writing *self, const char *selection, const char *code)
{
  g_autofree char *key = g_strconcat (selection, "\n", code, NULL);
  g_autofree char *guid = make_guid (self, "coding", key);

  g_string_append_printf (self->sources, "<Coding guid=\"%s\"", guid);
  if (self->user != NULL)
    g_string_append_printf (self->sources, " creatingUser=\"%s\"", self->user);
  g_string_append_printf (self->sources, "><CodeRef targetGUID=\"%s\"/></Coding>", code);
}

/* What the span remembers of the project it came from. */
typedef struct
{
  char *guid, *code, *label;
} Trace;

static void
clear_trace (Trace *self)
{
  g_free (self->guid);
  g_free (self->code);
  g_free (self->label);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trace, clear_trace)

static void
read_trace (Trace *self, KutipForeign *foreign)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);
      g_autoptr (KutipJsonReader) reader = NULL;
      const char *name;

      if (strcmp (member.name, KUTIP_REFI_FOREIGN) != 0)
        continue;
      reader = kutip_json_reader_new (member.json, strlen (member.json));
      if (!kutip_json_reader_read_object (reader))
        continue;
      while ((name = kutip_json_reader_read_member (reader)) != NULL)
        {
          char **place = strcmp (name, "guid") == 0    ? &self->guid
                         : strcmp (name, "code") == 0  ? &self->code
                         : strcmp (name, "label") == 0 ? &self->label
                                                       : NULL;

          if (place == NULL)
            kutip_json_reader_skip (reader);
          else
            {
              g_free (*place);
              *place = g_strdup (kutip_json_reader_read_string (reader));
            }
        }
    }
}

static void
flow_out (Writing *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->pours); i++)
    kutip_pour_check (&self->pours[i]);
}

/* One a value; TRUE when lists of one and none had to become something else. */
static void
append_values (Writing *self,
               const char *selection,
               KutipAttribute attribute,
               const char *id)
{
  const char *const flag[] = { attribute.name, NULL };
  const char *const *values =
      attribute.type == KUTIP_VALUE_FLAG ? flag : attribute.values;
  g_autofree char *parent = kutip_refi_make_guid ("attribute", attribute.name);

  if (attribute.type == KUTIP_VALUE_LIST && (values[0] == NULL || values[1] == NULL))
    lose (self, "attribute-lists", id);
  if (!kutip_xml_is_clean (attribute.name))
    lose (self, "characters", id);
  add_code (self, parent, "", attribute.name);
  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat (attribute.name, "\n", values[i], NULL);
      g_autofree char *code = kutip_refi_make_guid ("value", key);

      if (!kutip_xml_is_clean (values[i]))
        lose (self, "characters", id);
      append_coding (self, selection, add_code (self, code, parent, values[i]));
    }
}

static void
append_codings (Writing *self,
                const char *selection,
                const KutipSpanFields *fields,
                const Trace *trace)
{
  gboolean same = trace->code != NULL && g_strcmp0 (trace->label, fields->label) == 0 &&
                  kutip_refi_is_guid (trace->code);
  g_autofree char *code =
      same ? g_strdup (trace->code) : kutip_refi_make_guid ("code", fields->label);

  if (!kutip_xml_is_clean (fields->label))
    lose (self, "characters", fields->id);
  append_coding (self, selection, add_code (self, code, "", fields->label));
  for (guint i = 0; i < kutip_attributes_get_n (fields->attributes); i++)
    append_values (self, selection, kutip_attributes_get_nth (fields->attributes, i),
                   fields->id);
}

/* --- notes --- */

static void
append_note (
    Writing *self, GString *out, const char *note, const char *kind, const char *id)
{
  g_autofree char *key = NULL;
  g_autofree char *guid = NULL;

  if (note == NULL || *note == '\0')
    return;
  key = g_strconcat (kind, "\n", id, NULL);
  guid = make_guid (self, "note", key);
  g_string_append_printf (out, "<NoteRef targetGUID=\"%s\"/>", guid);
  g_string_append_printf (self->notes, "<Note guid=\"%s\" name=\"%s\"", guid, kind);
  if (self->user != NULL)
    g_string_append_printf (self->notes, " creatingUser=\"%s\"", self->user);
  g_string_append (self->notes, "><PlainTextContent>");
  if (kutip_xml_append_text (self->notes, note))
    lose (self, "characters", *id == '\0' ? NULL : id);
  g_string_append (self->notes, "</PlainTextContent></Note>\n");
}

/* --- selections --- */

/* An instant as XML Schema has it; others cannot be said. */
static void
put_time (Writing *self, const char *name, const char *time, const char *id)
{
  static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
  gboolean valid = time != NULL && strlen (time) == strlen (form);
  g_autoptr (GDateTime) instant = NULL;

  for (guint i = 0; valid && form[i] != '\0'; i++)
    valid = form[i] == 'd' ? g_ascii_isdigit (time[i]) : time[i] == form[i];
  if (valid)
    instant = g_date_time_new_from_iso8601 (time, NULL);
  if (instant != NULL)
    put (self, self->sources, name, time, id);
  else if (time != NULL && *time != '\0')
    lose (self, "times", id);
}

/* Its first words, as other programs show them. */
static void
put_words (Writing *self, KutipRange range)
{
  KutipText *text = kutip_article_get_text (self->record->article);
  guint n = range.end - range.start;
  KutipRange first = { range.start, range.start + MIN (n, 60) };
  g_autofree char *words = kutip_text_dup_range (text, first);
  g_autofree char *name = n > 60 ? g_strconcat (words, "…", NULL) : g_strdup (words);

  kutip_xml_append_attribute (self->sources, "name", name);
}

static char *
choose_guid (Writing *self, const Trace *trace, const char *id, guint piece)
{
  g_autofree char *key = g_strdup_printf ("%s\n%u", id, piece);

  if (piece == 0 && trace->guid != NULL && kutip_refi_is_guid (trace->guid) &&
      !g_hash_table_contains (self->guids, trace->guid))
    return g_strdup (trace->guid);
  return make_guid (self, "selection", key);
}

static void
append_piece (Writing *self,
              const KutipSpanFields *fields,
              const Trace *trace,
              guint piece)
{
  KutipRange range = fields->ranges[piece];
  char *guid = choose_guid (self, trace, fields->id, piece);

  g_hash_table_add (self->guids, guid);
  if (piece == 0)
    g_hash_table_insert (self->guid_of, (gpointer) fields->id, guid);
  g_string_append_printf (self->sources, "<PlainTextSelection guid=\"%s\"", guid);
  put_words (self, range);
  g_string_append_printf (self->sources, " startPosition=\"%u\" endPosition=\"%u\"",
                          range.start, range.end);
  if (self->user != NULL)
    g_string_append_printf (self->sources, " creatingUser=\"%s\"", self->user);
  put_time (self, "creationDateTime", fields->created, fields->id);
  put_time (self, "modifiedDateTime", fields->modified, fields->id);
  g_string_append_c (self->sources, '>');
  append_codings (self, guid, fields, trace);
  if (piece == 0)
    append_note (self, self->sources, fields->note, "span", fields->id);
  g_string_append (self->sources, "</PlainTextSelection>\n");
}

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  KutipSpanFields fields;
  g_auto (Trace) trace = { NULL };

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  flow_out (data);
  read_trace (&trace, fields.foreign);
  for (guint i = 0; i < fields.n_ranges; i++)
    append_piece (data, &fields, &trace, i);
  return TRUE;
}

static gboolean
append_relation (KutipRelation *relation, gpointer data)
{
  Writing *self = data;
  KutipRelationFields fields;
  g_autofree char *guid = NULL;
  const char *from, *to;

  flow_out (self);
  kutip_relation_get_fields (relation, &fields);
  from = g_hash_table_lookup (self->guid_of, fields.from);
  to = g_hash_table_lookup (self->guid_of, fields.to);
  if (from == NULL || to == NULL)
    {
      lose (self, "relations", fields.id);
      return TRUE;
    }
  if (fields.created != NULL || fields.modified != NULL)
    lose (self, "times", fields.id);
  guid = make_guid (self, "link", fields.id);
  g_string_append_printf (self->links, "<Link guid=\"%s\"", guid);
  put (self, self->links, "name", fields.label, fields.id);
  g_string_append_printf (self->links,
                          " direction=\"OneWay\" originGUID=\"%s\" targetGUID=\"%s\">",
                          from, to);
  append_note (self, self->links, fields.note, "relation", fields.id);
  g_string_append (self->links, "</Link>\n");
  return TRUE;
}

/* --- the source --- */

static void
append_value (Writing *self, const char *name, const char *value, gboolean is_flag)
{
  g_autofree char *guid = kutip_refi_make_guid ("variable", name);

  if (value == NULL || *value == '\0')
    return;
  add_word (self->variables, name);
  g_string_append_printf (
      self->sources, "<VariableValue><VariableRef targetGUID=\"%s\"/><TextValue>", guid);
  if (kutip_xml_append_text (self->sources, is_flag ? name : value) ||
      !kutip_xml_is_clean (name))
    lose (self, "characters", NULL);
  g_string_append (self->sources, "</TextValue></VariableValue>");
}

/* Whether an attribute of the article is called as something that has a variable. */
static gboolean
is_reserved (const char *name)
{
  for (guint i = 0; kutip_refi_variables[i].name != NULL; i++)
    if (strcmp (kutip_refi_variables[i].name, name) == 0)
      return TRUE;
  return strcmp (name, KUTIP_REFI_STATUS) == 0;
}

static void
append_article_attribute (Writing *self, KutipAttribute attribute)
{
  if (is_reserved (attribute.name))
    {
      lose (self, "article-attributes", NULL);
      return;
    }
  if (attribute.type == KUTIP_VALUE_FLAG)
    append_value (self, attribute.name, attribute.name, TRUE);
  else if (attribute.values[0] == NULL || *attribute.values[0] == '\0' ||
           (attribute.type == KUTIP_VALUE_LIST && attribute.values[1] == NULL))
    lose (self, "article-attributes", NULL);
  for (guint i = 0; attribute.values[i] != NULL; i++)
    append_value (self, attribute.name, attribute.values[i], FALSE);
}

static void
append_values_of (Writing *self, const KutipHeaderFields *fields)
{
  for (guint i = 0; kutip_refi_variables[i].name != NULL; i++)
    append_value (self, kutip_refi_variables[i].name,
                  G_STRUCT_MEMBER (const char *, fields, kutip_refi_variables[i].offset),
                  FALSE);
  if (fields->status != KUTIP_STATUS_IN_PROGRESS)
    append_value (self, KUTIP_REFI_STATUS, kutip_status_to_string (fields->status),
                  FALSE);
  for (guint i = 0; i < kutip_attributes_get_n (fields->attributes); i++)
    append_article_attribute (self, kutip_attributes_get_nth (fields->attributes, i));
}

static const KutipHeaderFields *
get_header (Writing *self, guint nth)
{
  KutipLayer *layer = g_ptr_array_index (self->record->layers, nth);

  return kutip_header_get_fields (kutip_layer_get_header (layer));
}

static void
select_layer (Writing *self, guint nth)
{
  const char *annotator = get_header (self, nth)->annotator;

  self->nth = nth;
  self->layer = kutip_record_begin_layer (self->record, nth, self->report);
  g_clear_pointer (&self->user, g_free);
  if (annotator == NULL || *annotator == '\0')
    return;
  self->user = kutip_refi_make_guid ("user", annotator);
  add_word (self->users, annotator);
  if (!kutip_xml_is_clean (annotator))
    lose (self, "characters", NULL);
}

/* What layers say of the article is said once. */
static void
report_headers (Writing *self)
{
  for (guint i = 1; i < self->record->layers->len; i++)
    {
      const KutipHeaderFields *fields = get_header (self, i);

      if (fields->attributes != NULL)
        lose (self, "article-attributes", NULL);
      if (fields->note != NULL && *fields->note != '\0')
        lose (self, "article-note", NULL);
      if (fields->status != get_header (self, 0)->status)
        lose (self, "status", NULL);
    }
}

/* Whether a reader would call the article otherwise: a name there is any string. */
static gboolean
changes_path (const char *path)
{
  for (const char *p = path; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || *p == '\\')
      return TRUE;
  return !g_str_has_suffix (path, ".txt");
}

static void
append_source (Writing *self, const char *guid)
{
  const KutipHeaderFields *header = get_header (self, 0);

  select_layer (self, 0);
  g_string_append_printf (self->sources, "<TextSource guid=\"%s\"", guid);
  put (self, self->sources, "name", self->record->path, NULL);
  if (changes_path (self->record->path))
    lose (self, "file-name", NULL);
  g_string_append_printf (self->sources,
                          " plainTextPath=\"" KUTIP_REFI_INTERNAL "%s.txt\"", guid);
  if (self->user != NULL)
    g_string_append_printf (self->sources, " creatingUser=\"%s\"", self->user);
  g_string_append (self->sources, ">\n");
  for (guint i = 0; i < self->record->layers->len; i++)
    {
      if (i > 0)
        select_layer (self, i);
      g_hash_table_remove_all (self->guid_of);
      kutip_layer_foreach_span (self->layer, append_span, self);
      kutip_layer_foreach_relation (self->layer, append_relation, self);
    }
  select_layer (self, 0);
  append_note (self, self->sources, header->note, "article", "");
  append_values_of (self, header);
  g_string_append (self->sources, "</TextSource>\n");
  report_headers (self);
}

static gboolean
put_text (KutipRecord *record, const char *guid, KutipSink *sink, GError **error)
{
  g_autofree char *name = g_strconcat (KUTIP_REFI_SOURCES, guid, ".txt", NULL);
  g_autoptr (GString) entry = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *marked = NULL;
  gsize n;
  const char *utf8 = kutip_text_get_utf8 (kutip_article_get_text (record->article), &n);

  /* One byte order mark is dropped on the way back. */
  if (g_str_has_prefix (utf8, "\xef\xbb\xbf"))
    {
      utf8 = marked = g_strconcat ("\xef\xbb\xbf", utf8, NULL);
      n += 3;
    }
  kutip_zip_append_entry (entry, line, name, utf8, n);
  return sink->append (sink, "", entry->str, entry->len, error) &&
         sink->append (sink, KUTIP_REFI_KEPT_DIRECTORY, line->str, line->len, error);
}

gboolean
kutip_refi_write (KutipRecord *record,
                  const KutipFormatOptions *options,
                  KutipSink *sink,
                  KutipReport *report,
                  GError **error)
{
  g_autofree char *guid = kutip_refi_make_guid ("source", record->path);
  GString *parts[3];
  static const char *const names[] = { KUTIP_REFI_KEPT_CODES, KUTIP_REFI_KEPT_USERS,
                                       KUTIP_REFI_KEPT_VARIABLES };
  static const char *const long_names[] = { KUTIP_REFI_KEPT_SOURCES,
                                            KUTIP_REFI_KEPT_NOTES,
                                            KUTIP_REFI_KEPT_LINKS };
  Writing self = { .record = record, .report = report };
  gboolean written = put_text (record, guid, sink, error);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i] = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self.pours); i++)
    kutip_pour_init_for_sink (&self.pours[i], sink, long_names[i]);
  self.sources = self.pours[0].buffer;
  self.notes = self.pours[1].buffer;
  self.links = self.pours[2].buffer;
  self.codes = parts[0];
  self.users = parts[1];
  self.variables = parts[2];
  self.guids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.guid_of = g_hash_table_new (g_str_hash, g_str_equal);
  append_source (&self, guid);
  for (guint i = 0; i < G_N_ELEMENTS (self.pours); i++)
    {
      written = kutip_pour_finish (&self.pours[i], written ? error : NULL) && written;
      kutip_pour_clear (&self.pours[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      written =
          written && (parts[i]->len == 0 ||
                      sink->append (sink, names[i], parts[i]->str, parts[i]->len, error));
      g_string_free (parts[i], TRUE);
    }
  g_hash_table_unref (self.guid_of);
  g_hash_table_unref (self.guids);
  g_free (self.user);
  return written;
}
