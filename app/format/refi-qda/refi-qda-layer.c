/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json.h"
#include "format/refi-qda/refi-qda-join.h"

#include <glib/gi18n.h>
#include <string.h>

const KutipRefiVariable kutip_refi_variables[] = {
  { "language", G_STRUCT_OFFSET (KutipHeaderFields, language) },
  { "title", G_STRUCT_OFFSET (KutipHeaderFields, title) },
  { "author", G_STRUCT_OFFSET (KutipHeaderFields, author) },
  { "date", G_STRUCT_OFFSET (KutipHeaderFields, date) },
  { "publisher", G_STRUCT_OFFSET (KutipHeaderFields, publisher) },
  { "url", G_STRUCT_OFFSET (KutipHeaderFields, url) },
  { NULL, 0 },
};

/* Where a selection has become a span. */
typedef struct
{
  KutipLayer *layer;
  const char *id;
} Place;

typedef struct
{
  KutipRefiProject *project;
  KutipZip *zip;
  KutipSource *source;
  KutipReport *report;
  KutipRecordFunc emit;
  gpointer emit_data;
  gboolean refused; /* what was read; nothing is wrong with the project */
  guint n_linked;
  KutipTagset *tagset; /* or NULL */
  /* The source that is read. */
  const KutipRefiSource *text_source;
  const char *path; /* of the article */
  KutipText *text;
  GArray *crlf;       /* offset of each, when the file counts it as one; or NULL */
  GHashTable *layers; /* user's guid or "" -> KutipLayer */
  GPtrArray *order;   /* KutipLayer */
  GHashTable *places; /* selection's guid -> Place */
} Emitting;

static void
warn (Emitting *self, const char *what, const char *id, guint line, const char *detail)
{
  kutip_report_add_left_out (self->report, what, self->source->name, id, line, detail);
}

/* --- notes --- */

/* Behind what was joined before. */
static gboolean
append_note (Emitting *self, GString **joined, const KutipRefiNote *note, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KutipText) text = kutip_refi_load_text (
      self->zip, self->source, note->content, note->path, note->line, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (text == NULL)
    return TRUE;
  if (*joined == NULL)
    *joined = g_string_new (NULL);
  else
    g_string_append_c (*joined, '\n');
  g_string_append (*joined, kutip_text_get_utf8 (text, NULL));
  return TRUE;
}

/* All notes that the fields name. */
static gboolean
append_notes (Emitting *self, GString **joined, KutipFields *fields, GError **error)
{
  g_autoptr (GError) local = NULL;
  KutipRefiNote note;

  while (kutip_refi_join_take_note (self->project->join, fields, &note, &local) &&
         append_note (self, joined, &note, &local))
    continue;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static char *
end_note (GString *joined)
{
  return joined == NULL ? NULL : g_string_free (joined, FALSE);
}

/* NULL without an error when there is none. */
static char *
load_note (Emitting *self, KutipRefiWhat what, guint nth, GError **error)
{
  GString *joined = NULL;
  g_autoptr (GError) local = NULL;
  KutipFields fields;

  while (kutip_refi_join_next (self->project->join, self->text_source->number, what, nth,
                               &fields, &local) &&
         append_notes (self, &joined, &fields, &local))
    continue;
  if (local == NULL)
    return end_note (joined);
  g_free (end_note (joined));
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* --- spans --- */

/* What the codes of a selection say. */
typedef struct
{
  GPtrArray *labels;  /* KutipRefiCode */
  GPtrArray *names;   /* of attributes, in order */
  GHashTable *values; /* name -> GPtrArray of values */
} Said;

static void
init_said (Said *said, KutipRefiCodes *codes, GPtrArray *guids)
{
  said->labels = g_ptr_array_new ();
  said->names = g_ptr_array_new ();
  said->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < guids->len; i++)
    {
      const KutipRefiCode *code =
          kutip_refi_codes_find (codes, g_ptr_array_index (guids, i));
      const KutipRefiCode *attribute =
          code == NULL ? NULL : kutip_refi_codes_get_attribute (codes, code);
      GPtrArray *values;

      if (code == NULL)
        continue;
      if (attribute == NULL)
        {
          g_ptr_array_add (said->labels, (gpointer) code);
          continue;
        }
      values = g_hash_table_lookup (said->values, attribute->name);
      if (values == NULL)
        {
          values = g_ptr_array_new ();
          g_ptr_array_add (said->names, attribute->name);
          g_hash_table_insert (said->values, attribute->name, values);
        }
      g_ptr_array_add (values, code->name);
    }
}

static void
clear_said (Said *said)
{
  g_ptr_array_unref (said->labels);
  g_ptr_array_unref (said->names);
  g_hash_table_unref (said->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Said, clear_said)

/* The value of an attribute that is called as itself is a flag. */
static KutipAttribute
make_attribute (const char *name, GPtrArray *values)
{
  KutipAttribute attribute = { .name = name };
  gboolean is_flag =
      values->len == 1 && strcmp (g_ptr_array_index (values, 0), name) == 0;

  if (is_flag)
    g_ptr_array_set_size (values, 0);
  attribute.type = is_flag           ? KUTIP_VALUE_FLAG
                   : values->len > 1 ? KUTIP_VALUE_LIST
                                     : KUTIP_VALUE_STRING;
  g_ptr_array_add (values, NULL);
  attribute.values = (const char *const *) values->pdata;
  return attribute;
}

static KutipAttributes *
make_attributes (const Said *said)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (KutipAttribute));

  for (guint i = 0; i < said->names->len; i++)
    {
      const char *name = g_ptr_array_index (said->names, i);
      KutipAttribute attribute =
          make_attribute (name, g_hash_table_lookup (said->values, name));

      g_array_append_val (list, attribute);
    }
  return kutip_attributes_new ((const KutipAttribute *) (gpointer) list->data, list->len);
}

/* What of the coding with @code, or NULL, goes back as it was. @note: of the span. */
static KutipForeign *
make_foreign (Emitting *self,
              const KutipRefiSelection *selection,
              KutipRange range,
              const KutipRefiCode *code,
              const char *label,
              const char *note)
{
  g_autofree char *words = kutip_refi_make_name (self->text, range);
  g_autofree char *place = g_strdup_printf ("%u %u", range.start, range.end);
  gboolean is_named = selection->name != NULL && strcmp (selection->name, words) != 0;
  guint nth = 0;

  while (code != NULL &&
         strcmp (g_ptr_array_index (selection->codes, nth), code->guid) != 0)
    nth++;
  return kutip_refi_make_trace (
      (const char *const[]){
          "guid",
          selection->guid,
          "code",
          code == NULL ? NULL : code->guid,
          "label",
          code == NULL ? NULL : label,
          "coding",
          code == NULL ? NULL : g_ptr_array_index (selection->codings, nth),
          "coded",
          code == NULL ? NULL : g_ptr_array_index (selection->coded, nth),
          "name",
          is_named ? selection->name : NULL,
          "place",
          is_named ? place : NULL,
          "description",
          selection->description,
          NULL,
      },
      "label");
}

static void
note_used (Emitting *self, const char *name)
{
  if (name != NULL)
    g_hash_table_add (self->project->used, (gpointer) name);
}

static KutipLayer *
get_layer (Emitting *self, const char *user)
{
  const char *key = user == NULL ? "" : user;
  KutipLayer *layer = g_hash_table_lookup (self->layers, key);
  const char *name =
      user == NULL ? NULL : g_hash_table_lookup (self->project->users, user);
  KutipHeaderFields fields = { .annotator = name == NULL || *name == '\0' ? NULL : name,
                               .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipForeign) foreign = NULL;
  g_autoptr (KutipHeader) header = NULL;

  if (layer != NULL)
    return layer;
  note_used (self, name);
  if (fields.annotator != NULL)
    fields.foreign = foreign = kutip_refi_make_trace (
        (const char *const[]){ "user", user, "annotator", name, NULL }, "note");
  header = kutip_header_new (&fields);
  layer = kutip_layer_new (header);
  g_hash_table_insert (self->layers, (gpointer) key, layer);
  g_ptr_array_add (self->order, layer);
  return layer;
}

static void
add_span (Emitting *self,
          const KutipRefiSelection *selection,
          KutipRange range,
          const KutipRefiCode *code,
          KutipAttributes *attributes,
          const char *note)
{
  KutipLayer *layer = get_layer (self, selection->user);
  g_autofree char *id = kutip_layer_make_id (layer, "s");
  g_autofree char *label = code == NULL
                               ? g_strdup (KUTIP_REFI_QUOTATION)
                               : kutip_refi_codes_make_label (self->project->codes, code);
  g_autoptr (KutipForeign) foreign =
      make_foreign (self, selection, range, code, label, note);
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  g_autoptr (KutipSpan) span = NULL;
  Place *place;

  fields.id = id;
  fields.label = label;
  fields.ranges = &range;
  fields.n_ranges = 1;
  fields.attributes = attributes;
  fields.note = note;
  fields.created = selection->created;
  fields.modified = selection->modified;
  fields.foreign = foreign;
  span = kutip_span_new (&fields);
  kutip_layer_add_span (layer, span);
  if (g_hash_table_contains (self->places, selection->guid))
    return;
  place = g_new0 (Place, 1);
  *place = (Place){ layer, kutip_span_get_id (span) };
  g_hash_table_insert (self->places, selection->guid, place);
}

/* When a value was given is kept nowhere: only when the label was. */
static void
report_times (Emitting *self, const KutipRefiSelection *selection)
{
  const KutipRefiRest rest = { self->report, self->source->name };

  for (guint i = 0; i < selection->codes->len; i++)
    {
      const KutipRefiCode *code = kutip_refi_codes_find (
          self->project->codes, g_ptr_array_index (selection->codes, i));

      if (code != NULL && g_ptr_array_index (selection->coded, i) != NULL &&
          kutip_refi_codes_get_attribute (self->project->codes, code) != NULL)
        kutip_refi_rest_tell (&rest, g_ptr_array_index (selection->codings, i),
                              selection->line, "Coding", "creationDateTime");
    }
}

static gboolean
add_selection (Emitting *self, guint nth, GError **error)
{
  const KutipRefiSelection *selection =
      g_ptr_array_index (self->text_source->selections, nth);
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *note = NULL;
  g_auto (Said) said;
  KutipRange range;

  init_said (&said, self->project->codes, selection->codes);
  if (!kutip_refi_convert_range (self->text, self->crlf, selection, &range, error))
    return FALSE;
  if (range.start == range.end)
    {
      warn (self, "empty-span", selection->guid, selection->line, selection->name);
      return TRUE;
    }
  if (kutip_refi_names_other (self->text, selection, range))
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, "other-text",
                      self->source->name, selection->guid, selection->line,
                      selection->name);
  note = load_note (self, KUTIP_REFI_NOTES_OF_SELECTION, nth + 1, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (note == NULL && selection->description != NULL && *selection->description != '\0')
    note = g_strdup (selection->description);
  report_times (self, selection);
  attributes = make_attributes (&said);
  for (guint i = 0; i < said.labels->len; i++)
    add_span (self, selection, range, g_ptr_array_index (said.labels, i), attributes,
              note);
  if (said.labels->len == 0)
    add_span (self, selection, range, NULL, attributes, note);
  return TRUE;
}

/* --- links --- */

static gboolean
add_link (Emitting *self, KutipFields *fields, const Place *from, GError **error)
{
  KutipRefiLink read = { NULL };
  const KutipRefiLink *link = &read;
  g_autofree char *id = NULL;
  g_autofree char *note = NULL;
  GString *joined = NULL;
  KutipRelationFields relation_fields = KUTIP_RELATION_FIELDS_INIT;
  g_autoptr (KutipForeign) foreign = NULL;
  g_autoptr (KutipRelation) relation = NULL;
  gboolean is_named;
  const Place *to;

  kutip_refi_join_take_link (fields, &read);
  if (!append_notes (self, &joined, fields, error))
    {
      g_free (end_note (joined));
      return FALSE;
    }
  note = end_note (joined);
  id = kutip_layer_make_id (from->layer, "r");
  to = link->target == NULL ? NULL : g_hash_table_lookup (self->places, link->target);
  if (to == NULL || to->layer != from->layer)
    {
      warn (self, "other-link", link->guid, 0, link->name);
      return TRUE;
    }
  relation_fields.id = id;
  is_named = link->name != NULL && *link->name != '\0';
  relation_fields.label = is_named ? link->name : "related";
  relation_fields.foreign = foreign = kutip_refi_make_trace (
      (const char *const[]){ "guid", link->guid, "direction", link->direction, "color",
                             link->color, "name", is_named ? NULL : "", NULL },
      "label");
  relation_fields.from = from->id;
  relation_fields.to = to->id;
  relation_fields.note = note;
  relation = kutip_relation_new (&relation_fields);
  kutip_layer_add_relation (from->layer, relation);
  return TRUE;
}

static gboolean
add_links (Emitting *self, GError **error)
{
  for (guint i = 0; i < self->text_source->selections->len; i++)
    {
      const KutipRefiSelection *selection =
          g_ptr_array_index (self->text_source->selections, i);
      const Place *from = g_hash_table_lookup (self->places, selection->guid);
      g_autoptr (GError) local = NULL;
      KutipFields fields;

      while (from != NULL &&
             kutip_refi_join_next (self->project->join, self->text_source->number,
                                   KUTIP_REFI_LINKS, i + 1, &fields, &local))
        {
          self->n_linked++;
          if (!add_link (self, &fields, from, &local))
            break;
        }
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

/* --- the article --- */

static void
tell_value (Emitting *self, const char *name)
{
  const KutipRefiRest rest = { self->report, self->source->name };

  kutip_refi_rest_tell (&rest, self->text_source->guid, self->text_source->line,
                        "TextSource", name);
}

/* What the variables of the source say of the article. */
static void
read_values (Emitting *self, KutipHeaderFields *fields, Said *said)
{
  for (guint i = 0; i < self->text_source->values->len; i++)
    {
      const KutipRefiValue *value =
          &g_array_index (self->text_source->values, KutipRefiValue, i);
      const char *name =
          value->variable == NULL
              ? NULL
              : g_hash_table_lookup (self->project->variables, value->variable);
      const KutipRefiVariable *known = kutip_refi_variables;
      GPtrArray *values;

      note_used (self, name);
      if (name == NULL || value->value == NULL)
        {
          tell_value (self, name == NULL ? "VariableRef" : "VariableValue");
          continue;
        }
      while (known->name != NULL && strcmp (known->name, name) != 0)
        known++;
      if (known->name != NULL &&
          G_STRUCT_MEMBER (const char *, fields, known->offset) != NULL)
        tell_value (self, name);
      if (known->name != NULL)
        G_STRUCT_MEMBER (const char *, fields, known->offset) = value->value;
      else if (strcmp (name, KUTIP_REFI_STATUS) != 0 ||
               !kutip_status_from_string (value->value, &fields->status))
        {
          values = g_hash_table_lookup (said->values, name);
          if (values == NULL)
            {
              values = g_ptr_array_new ();
              g_ptr_array_add (said->names, (gpointer) name);
              g_hash_table_insert (said->values, (gpointer) name, values);
            }
          g_ptr_array_add (values, value->value);
        }
    }
}

/* What the source says of itself, beside whose the first layer is. */
static KutipForeign *
make_foreign_of_source (Emitting *self, KutipForeign *of_layer)
{
  const KutipRefiSource *source = self->text_source;
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *trace = kutip_refi_find_trace (of_layer, &tree);

  return kutip_refi_make_trace (
      (const char *const[]){
          "user",
          kutip_json_node_get_member (trace, "user"),
          "annotator",
          kutip_json_node_get_member (trace, "annotator"),
          "source",
          source->guid,
          "path",
          self->path,
          "created",
          source->created,
          "modified",
          source->modified,
          "description",
          source->description,
          NULL,
      },
      "note");
}

static gboolean
set_header (Emitting *self, GError **error)
{
  KutipLayer *layer = self->order->len > 0 ? g_ptr_array_index (self->order, 0)
                                           : get_layer (self, self->text_source->user);
  KutipHeaderFields fields = *kutip_header_get_fields (kutip_layer_get_header (layer));
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipForeign) foreign = make_foreign_of_source (self, fields.foreign);
  g_autoptr (KutipHeader) header = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *note = load_note (self, KUTIP_REFI_NOTES_OF_SOURCE, 0, &local);
  g_auto (Said) said;

  init_said (&said, self->project->codes, none);
  if (self->text_source->user != NULL &&
      layer != g_hash_table_lookup (self->layers, self->text_source->user))
    tell_value (self, "creatingUser");
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  read_values (self, &fields, &said);
  attributes = make_attributes (&said);
  fields.attributes = attributes;
  fields.note = note;
  fields.foreign = foreign;
  header = kutip_header_new (&fields);
  kutip_layer_set_header (layer, header);
  return TRUE;
}

static gboolean
fill_layers (Emitting *self, GError **error)
{
  self->crlf = kutip_refi_find_crlf (self->text, self->text_source);
  for (guint i = 0; i < self->text_source->selections->len; i++)
    if (!add_selection (self, i, error))
      return FALSE;
  return add_links (self, error) && set_header (self, error);
}

static KutipRecord *
make_record (Emitting *self,
             const KutipRefiSource *source,
             KutipText *text,
             GError **error)
{
  g_autofree char *path = kutip_refi_paths_make (self->project->paths, source);
  g_autoptr (GHashTable) layers =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GHashTable) places =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (KutipArticle) article = NULL;
  KutipRecord *record = NULL;
  gboolean filled;

  self->text_source = source;
  self->path = path;
  self->text = text;
  self->layers = layers;
  self->order = order;
  self->places = places;
  filled = fill_layers (self, error);
  g_clear_pointer (&self->crlf, g_array_unref);
  if (filled)
    {
      article = kutip_record_make_article (path, text);
      record = kutip_record_new (path, article);
      for (guint i = 0; i < order->len; i++)
        g_ptr_array_add (record->layers, g_object_ref (g_ptr_array_index (order, i)));
      g_set_object (&record->tagset, self->tagset);
    }
  return record;
}

static void
report_unread (Emitting *self)
{
  for (guint i = 0; i < self->project->unread->len; i++)
    warn (self, "other-part", NULL, 0, g_ptr_array_index (self->project->unread, i));
  for (guint i = 0; i < self->project->others->len; i++)
    warn (self, "other-source", NULL, 0, g_ptr_array_index (self->project->others, i));
}

/* A KutipRefiSourceFunc. */
static gboolean
emit_source (const KutipRefiSource *text_source, gpointer data, GError **error)
{
  Emitting *self = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (KutipText) text =
      kutip_refi_load_text (self->zip, self->source, text_source->content,
                            text_source->path, text_source->line, &local);
  KutipRecord *record;

  kutip_source_let_go (self->source);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (text == NULL && text_source->selections->len > 0)
    {
      const char *name =
          text_source->name != NULL ? text_source->name : text_source->guid;

      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   /* Translators: what an article is called */
                   _ ("“%s” is annotated, and its text is not in the project"),
                   name != NULL ? name : "");
      g_prefix_error (error, _ ("line %u: "), text_source->line);
      return FALSE;
    }
  if (text == NULL)
    {
      warn (self, "no-text", text_source->guid, text_source->line, text_source->name);
      return TRUE;
    }
  record = make_record (self, text_source, text, error);
  self->refused = record != NULL && !self->emit (record, self->emit_data, error);
  return record != NULL && !self->refused;
}

gboolean
kutip_refi_project_emit (KutipRefiProject *project,
                         KutipXmlReader *again,
                         KutipZip *zip,
                         KutipSource *source,
                         KutipRecordFunc emit,
                         gpointer data,
                         KutipReport *report,
                         GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KutipTagset) tagset =
      kutip_refi_make_tagset (project->codes, project->name, project->note, &local);
  Emitting self = { .project = project,
                    .tagset = tagset,
                    .zip = zip,
                    .source = source,
                    .report = report,
                    .emit = emit,
                    .emit_data = data };
  guint n_links = kutip_refi_join_get_n_links (project->join);

  report_unread (&self);
  if (local != NULL)
    warn (&self, "tagset", NULL, 0, local->message);
  if (!kutip_refi_project_foreach_source (project, again, emit_source, &self, error))
    {
      if (!self.refused)
        g_prefix_error (error, "%s: ", KUTIP_REFI_FILE);
      return FALSE;
    }
  kutip_refi_project_tell_unused (project, &(KutipRefiRest){ report, source->name });
  if (self.n_linked < n_links)
    {
      g_autofree char *n = g_strdup_printf ("%u", n_links - self.n_linked);

      warn (&self, "other-link", NULL, 0, n);
    }
  return TRUE;
}
