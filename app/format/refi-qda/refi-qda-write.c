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

static void
add_named (GString *words, const char *guid, const char *name)
{
  g_string_append_printf (words, "%s\n", guid);
  add_word (words, name);
}

/* An id that is the same in each run; @rest tells it from others in the article. */
static char *
make_guid (Writing *self, const char *kind, const char *rest)
{
  g_autofree char *name =
      g_strdup_printf ("%s\n%u\n%s", self->record->path, self->nth, rest);

  return kutip_refi_make_guid (kind, name);
}

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

/* --- codes --- */

static const char *
add_code (Writing *self, const char *guid, const char *parent, const char *name)
{
  g_string_append_printf (self->codes, "%s\n%s\n", guid, parent);
  add_word (self->codes, name);
  return guid;
}

/* One that was given before, unless it has become another's. Owned, or NULL. */
static char *
take_guid (Writing *self, const char *kept)
{
  return kept != NULL && kutip_refi_is_guid (kept) &&
                 !g_hash_table_contains (self->guids, kept)
             ? g_strdup (kept)
             : NULL;
}

/* @kept and @time: its id and time as they were, or NULL; @id: of the span. */
static void
append_coding (Writing *self,
               const char *selection,
               const char *code,
               const char *kept,
               const char *time,
               const char *id)
{
  g_autofree char *key = g_strconcat (selection, "\n", code, NULL);
  char *guid = take_guid (self, kept);

  if (guid == NULL)
    guid = make_guid (self, "coding", key);
  g_hash_table_add (self->guids, guid);
  g_string_append_printf (self->sources, "<Coding guid=\"%s\"", guid);
  if (self->user != NULL)
    g_string_append_printf (self->sources, " creatingUser=\"%s\"", self->user);
  put_time (self, "creationDateTime", time, id);
  g_string_append_printf (self->sources, "><CodeRef targetGUID=\"%s\"/></Coding>", code);
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
      append_coding (self, selection, add_code (self, code, parent, values[i]), NULL,
                     NULL, id);
    }
}

static void
append_codings (Writing *self,
                const char *selection,
                const KutipSpanFields *fields,
                const KutipJsonNode *trace)
{
  const char *kept = kutip_json_node_get_member (trace, "code");
  gboolean same =
      kept != NULL && kutip_refi_is_guid (kept) &&
      g_strcmp0 (kutip_json_node_get_member (trace, "label"), fields->label) == 0;
  g_autofree char *code =
      same ? g_strdup (kept) : kutip_refi_make_guid ("code", fields->label);

  if (!kutip_xml_is_clean (fields->label))
    lose (self, "characters", fields->id);
  append_coding (self, selection, add_code (self, code, "", fields->label),
                 same ? kutip_json_node_get_member (trace, "coding") : NULL,
                 same ? kutip_json_node_get_member (trace, "coded") : NULL, fields->id);
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

/* What it was called, where it still is; else its first words, as other programs show
 * them. */
static void
put_name (Writing *self, KutipRange range, const KutipJsonNode *trace, const char *id)
{
  KutipText *text = kutip_article_get_text (self->record->article);
  g_autofree char *words = kutip_refi_make_name (text, range);
  g_autofree char *place = g_strdup_printf ("%u %u", range.start, range.end);
  const char *name = kutip_json_node_get_member (trace, "name");
  gboolean same =
      name != NULL && g_strcmp0 (kutip_json_node_get_member (trace, "place"), place) == 0;

  if (same)
    put (self, self->sources, "name", name, id);
  else
    kutip_xml_append_attribute (self->sources, "name", words);
}

static void
append_description (Writing *self, const char *description, const char *id)
{
  if (description == NULL)
    return;
  g_string_append (self->sources, "<Description>");
  if (kutip_xml_append_text (self->sources, description))
    lose (self, "characters", id);
  g_string_append (self->sources, "</Description>");
}

static void
append_piece (Writing *self,
              const KutipSpanFields *fields,
              const KutipJsonNode *trace,
              guint piece)
{
  KutipRange range = fields->ranges[piece];
  g_autofree char *key = g_strdup_printf ("%s\n%u", fields->id, piece);
  const KutipJsonNode *own = piece == 0 ? trace : NULL;
  const char *description = kutip_json_node_get_member (own, "description");
  char *guid = take_guid (self, kutip_json_node_get_member (own, "guid"));

  if (guid == NULL)
    guid = make_guid (self, "selection", key);
  g_hash_table_add (self->guids, guid);
  if (piece == 0)
    g_hash_table_insert (self->guid_of, (gpointer) fields->id, guid);
  g_string_append_printf (self->sources, "<PlainTextSelection guid=\"%s\"", guid);
  put_name (self, range, own, fields->id);
  g_string_append_printf (self->sources, " startPosition=\"%u\" endPosition=\"%u\"",
                          range.start, range.end);
  if (self->user != NULL)
    g_string_append_printf (self->sources, " creatingUser=\"%s\"", self->user);
  put_time (self, "creationDateTime", fields->created, fields->id);
  put_time (self, "modifiedDateTime", fields->modified, fields->id);
  g_string_append_c (self->sources, '>');
  append_description (self, description, fields->id);
  append_codings (self, guid, fields, trace);
  /* Where there was no note, what was described has become one. */
  if (piece == 0 && g_strcmp0 (description, fields->note) != 0)
    append_note (self, self->sources, fields->note, "span", fields->id);
  g_string_append (self->sources, "</PlainTextSelection>\n");
}

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  KutipSpanFields fields;
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *trace;

  kutip_span_get_fields (span, &fields);
  if (fields.texts != NULL)
    return TRUE;
  flow_out (data);
  trace = kutip_refi_find_trace (fields.foreign, &tree);
  for (guint i = 0; i < fields.n_ranges; i++)
    append_piece (data, &fields, trace, i);
  return TRUE;
}

static gboolean
append_relation (KutipRelation *relation, gpointer data)
{
  Writing *self = data;
  KutipRelationFields fields;
  g_autofree char *guid = NULL;
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *trace;
  const char *from, *to, *direction;

  flow_out (self);
  kutip_relation_get_fields (relation, &fields);
  trace = kutip_refi_find_trace (fields.foreign, &tree);
  from = g_hash_table_lookup (self->guid_of, fields.from);
  to = g_hash_table_lookup (self->guid_of, fields.to);
  if (from == NULL || to == NULL)
    {
      lose (self, "relations", fields.id);
      return TRUE;
    }
  if (fields.created != NULL || fields.modified != NULL)
    lose (self, "times", fields.id);
  guid = take_guid (self, kutip_json_node_get_member (trace, "guid"));
  if (guid == NULL)
    guid = make_guid (self, "link", fields.id);
  direction = kutip_json_node_get_member (trace, "direction");
  g_string_append_printf (self->links, "<Link guid=\"%s\"", guid);
  put (self, self->links, "name", fields.label, fields.id);
  put (self, self->links, "direction", direction == NULL ? "OneWay" : direction,
       fields.id);
  put (self, self->links, "color", kutip_json_node_get_member (trace, "color"),
       fields.id);
  g_string_append_printf (self->links, " originGUID=\"%s\" targetGUID=\"%s\">", from, to);
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
  add_named (self->variables, guid, name);
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
  const KutipHeaderFields *header = get_header (self, nth);
  const char *annotator = header->annotator;
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *trace = kutip_refi_find_trace (header->foreign, &tree);
  const char *user = kutip_json_node_get_member (trace, "user");
  gboolean same =
      user != NULL && kutip_refi_is_guid (user) &&
      g_strcmp0 (kutip_json_node_get_member (trace, "annotator"), annotator) == 0;

  self->nth = nth;
  self->layer = kutip_record_begin_layer (self->record, nth, self->report);
  g_clear_pointer (&self->user, g_free);
  if (annotator == NULL || *annotator == '\0')
    return;
  self->user = same ? g_strdup (user) : kutip_refi_make_guid ("user", annotator);
  add_named (self->users, self->user, annotator);
  if (!kutip_xml_is_clean (annotator))
    lose (self, "characters", NULL);
}

/* Whether a layer says of the article what the first one says otherwise, or not at all.
 */
static gboolean
has_other_values (const KutipHeaderFields *fields, const KutipHeaderFields *first)
{
  for (const KutipRefiVariable *one = kutip_refi_variables; one->name != NULL; one++)
    {
      const char *value = G_STRUCT_MEMBER (const char *, fields, one->offset);

      if (value != NULL && *value != '\0' &&
          g_strcmp0 (value, G_STRUCT_MEMBER (const char *, first, one->offset)) != 0)
        return TRUE;
    }
  return FALSE;
}

/* What layers say of the article is said once. */
static void
report_headers (Writing *self)
{
  for (guint i = 1; i < self->record->layers->len; i++)
    {
      const KutipHeaderFields *fields = get_header (self, i);

      kutip_record_begin_layer (self->record, i, self->report);
      if (fields->attributes != NULL)
        lose (self, "article-attributes", NULL);
      if (fields->note != NULL && *fields->note != '\0')
        lose (self, "article-note", NULL);
      if (fields->status != get_header (self, 0)->status)
        lose (self, "status", NULL);
      if (has_other_values (fields, get_header (self, 0)))
        lose (self, "metadata", NULL);
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
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *trace = kutip_refi_find_trace (header->foreign, &tree);

  select_layer (self, 0);
  g_string_append_printf (self->sources, "<TextSource guid=\"%s\"", guid);
  put (self, self->sources, "name", self->record->path, NULL);
  if (changes_path (self->record->path))
    lose (self, "file-name", NULL);
  g_string_append_printf (self->sources,
                          " plainTextPath=\"" KUTIP_REFI_INTERNAL "%s.txt\"", guid);
  if (self->user != NULL)
    g_string_append_printf (self->sources, " creatingUser=\"%s\"", self->user);
  put_time (self, "creationDateTime", kutip_json_node_get_member (trace, "created"),
            NULL);
  put_time (self, "modifiedDateTime", kutip_json_node_get_member (trace, "modified"),
            NULL);
  g_string_append (self->sources, ">\n");
  append_description (self, kutip_json_node_get_member (trace, "description"), NULL);
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

/* That of the source that it was, unless it is a copy of that. */
static char *
make_source_guid (KutipRecord *record)
{
  KutipLayer *first = g_ptr_array_index (record->layers, 0);
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *trace = kutip_refi_find_trace (
      kutip_header_get_fields (kutip_layer_get_header (first))->foreign, &tree);
  const char *guid = kutip_json_node_get_member (trace, "source");

  if (guid != NULL && kutip_refi_is_guid (guid) &&
      g_strcmp0 (kutip_json_node_get_member (trace, "path"), record->path) == 0)
    return g_strdup (guid);
  return kutip_refi_make_guid ("source", record->path);
}

gboolean
kutip_refi_write (KutipRecord *record,
                  const KutipFormatOptions *options,
                  KutipSink *sink,
                  KutipReport *report,
                  GError **error)
{
  g_autofree char *guid = make_source_guid (record);
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
