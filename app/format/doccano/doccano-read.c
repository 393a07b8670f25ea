/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/doccano/doccano-line.h"
#include "format/draft.h"
#include "format/json/json-tree.h"
#include "format/json/json.h"
#include "format/lines.h"
#include "format/offsets.h"

#include <glib/gi18n.h>
#include <string.h>

const KutipDoccanoMember kutip_doccano_metadata[KUTIP_DOCCANO_N_METADATA] = {
  { "language", G_STRUCT_OFFSET (KutipHeaderFields, language) },
  { "title", G_STRUCT_OFFSET (KutipHeaderFields, title) },
  { "author", G_STRUCT_OFFSET (KutipHeaderFields, author) },
  { "date", G_STRUCT_OFFSET (KutipHeaderFields, date) },
  { "publisher", G_STRUCT_OFFSET (KutipHeaderFields, publisher) },
  { "url", G_STRUCT_OFFSET (KutipHeaderFields, url) },
};

static void
free_unknown (GString *unknown)
{
  if (unknown != NULL)
    g_string_free (unknown, TRUE);
}

static void
clear_entity (gpointer data)
{
  KutipDoccanoEntity *entity = data;

  g_free (entity->id);
  g_free (entity->label);
  free_unknown (entity->unknown);
}

static void
clear_link (gpointer data)
{
  KutipDoccanoLink *link = data;

  g_free (link->id);
  g_free (link->from);
  g_free (link->to);
  g_free (link->label);
  free_unknown (link->unknown);
}

static void
init_line (KutipDoccanoLine *line)
{
  *line = (KutipDoccanoLine){
    .entities = g_array_new (FALSE, TRUE, sizeof (KutipDoccanoEntity)),
    .labels = g_array_new (FALSE, TRUE, sizeof (KutipDoccanoEntity)),
    .relations = g_array_new (FALSE, TRUE, sizeof (KutipDoccanoLink)),
    .categories = g_ptr_array_new_with_free_func (g_free),
    .comments = g_string_new (NULL)
  };
  g_array_set_clear_func (line->entities, clear_entity);
  g_array_set_clear_func (line->labels, clear_entity);
  g_array_set_clear_func (line->relations, clear_link);
}

static void
clear_line (KutipDoccanoLine *line)
{
  g_free (line->path);
  g_free (line->annotator);
  g_free (line->id);
  g_clear_pointer (&line->text, kutip_text_unref);
  g_array_unref (line->entities);
  g_array_unref (line->labels);
  g_array_unref (line->relations);
  g_ptr_array_unref (line->categories);
  g_string_free (line->comments, TRUE);
  free_unknown (line->unknown);
  for (guint i = 0; i < KUTIP_DOCCANO_N_METADATA; i++)
    g_free (line->metadata[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipDoccanoLine, clear_line)

static gboolean
is_empty (const char *word)
{
  return word == NULL || *word == '\0';
}

/* A string, or a number as it is written; NULL for anything else. */
static char *
read_word (KutipJsonReader *reader)
{
  KutipJsonToken token = kutip_json_reader_peek (reader);

  if (token != KUTIP_JSON_STRING && token != KUTIP_JSON_NUMBER)
    {
      kutip_json_reader_skip (reader);
      return NULL;
    }
  kutip_json_reader_next (reader);
  return g_strdup (kutip_json_reader_get_string (reader, NULL));
}

static guint64
read_offset (KutipJsonReader *reader)
{
  guint value = 0;

  kutip_json_reader_read_uint (reader, G_MAXUINT, &value);
  return value;
}

/* Nothing of what has no value is lost. */
static void
keep_unknown (KutipJsonReader *reader, GString **unknown, const char *member)
{
  g_autofree char *name = g_strdup (member);
  g_autofree char *json = kutip_json_reader_read_raw (reader);

  if (json != NULL && strcmp (json, "null") != 0)
    kutip_draft_keep_json (unknown, name, json);
}

static void
tell (KutipDoccanoLine *line, const char *member)
{
  kutip_report_add_left_out (line->report, "unknown-member", line->file, NULL,
                             line->number, member);
}

/* FALSE for none, which null is, too. */
static gboolean
begin_list (KutipJsonReader *reader)
{
  if (kutip_json_reader_peek (reader) != KUTIP_JSON_NULL)
    return kutip_json_reader_read_array (reader);
  kutip_json_reader_skip (reader);
  return FALSE;
}

/* What there is no way back for. */
static void
leave_out (KutipDoccanoLine *line, KutipJsonReader *reader, const char *member)
{
  if (kutip_json_reader_peek (reader) != KUTIP_JSON_NULL)
    tell (line, member);
  kutip_json_reader_skip (reader);
}

/* [start, end, "name"]; a plain string is the label of a whole text. */
static void
read_list_entity (KutipJsonReader *reader, KutipDoccanoLine *line, GArray *entities)
{
  KutipJsonToken token = kutip_json_reader_peek (reader);
  KutipDoccanoEntity entity = { NULL };
  guint i = 0;

  if (token == KUTIP_JSON_STRING || token == KUTIP_JSON_NUMBER)
    {
      g_ptr_array_add (line->categories, read_word (reader));
      return;
    }
  if (token != KUTIP_JSON_ARRAY_START)
    {
      leave_out (line, reader, "label");
      return;
    }
  kutip_json_reader_read_array (reader);
  for (; kutip_json_reader_read_element (reader); i++)
    if (i == 0)
      entity.offsets.start = read_offset (reader);
    else if (i == 1)
      entity.offsets.end = read_offset (reader);
    else if (i == 2)
      entity.label = read_word (reader);
    else
      leave_out (line, reader, "label");
  if (is_empty (entity.label) && !kutip_json_reader_failed (reader))
    kutip_json_reader_fail (reader, _ ("a start, an end and a label were expected here"));
  g_array_append_val (entities, entity);
}

static void
read_object_entity (KutipJsonReader *reader, GArray *entities)
{
  KutipDoccanoEntity entity = { NULL };
  const char *name;

  kutip_json_reader_read_object (reader);
  while ((name = kutip_json_reader_read_member (reader)) != NULL)
    {
      char **word = strcmp (name, "id") == 0      ? &entity.id
                    : strcmp (name, "label") == 0 ? &entity.label
                                                  : NULL;

      if (word == &entity.id)
        entity.is_string = kutip_json_reader_peek (reader) == KUTIP_JSON_STRING;
      if (word != NULL)
        {
          g_free (*word);
          *word = read_word (reader);
        }
      else if (strcmp (name, "start_offset") == 0)
        entity.offsets.start = read_offset (reader);
      else if (strcmp (name, "end_offset") == 0)
        entity.offsets.end = read_offset (reader);
      else
        keep_unknown (reader, &entity.unknown, name);
    }
  if (is_empty (entity.label) && !kutip_json_reader_failed (reader))
    kutip_json_reader_fail (reader, _ ("an entity needs a “label”"));
  g_array_append_val (entities, entity);
}

static void
read_entities (KutipJsonReader *reader, KutipDoccanoLine *line, GArray *entities)
{
  if (kutip_json_reader_peek (reader) != KUTIP_JSON_ARRAY_START)
    {
      read_list_entity (reader, line, entities);
      return;
    }
  kutip_json_reader_read_array (reader);
  while (kutip_json_reader_read_element (reader))
    if (kutip_json_reader_peek (reader) == KUTIP_JSON_OBJECT_START)
      read_object_entity (reader, entities);
    else
      read_list_entity (reader, line, entities);
}

/* Of the whole text; scores of them are kept as they are. */
static void
read_categories (KutipJsonReader *reader, KutipDoccanoLine *line)
{
  if (kutip_json_reader_peek (reader) != KUTIP_JSON_ARRAY_START)
    {
      keep_unknown (reader, &line->unknown, KUTIP_DOCCANO_CATEGORIES);
      return;
    }
  kutip_json_reader_read_array (reader);
  while (kutip_json_reader_read_element (reader))
    {
      KutipJsonToken token = kutip_json_reader_peek (reader);

      if (token == KUTIP_JSON_STRING || token == KUTIP_JSON_NUMBER)
        g_ptr_array_add (line->categories, read_word (reader));
      else
        leave_out (line, reader, KUTIP_DOCCANO_CATEGORIES);
    }
}

static void
read_relation (KutipJsonReader *reader, GArray *relations)
{
  KutipDoccanoLink link = { NULL };
  const char *name;

  if (!kutip_json_reader_read_object (reader))
    return;
  while ((name = kutip_json_reader_read_member (reader)) != NULL)
    {
      char **word = strcmp (name, "id") == 0        ? &link.id
                    : strcmp (name, "from_id") == 0 ? &link.from
                    : strcmp (name, "to_id") == 0   ? &link.to
                    : strcmp (name, "type") == 0    ? &link.label
                                                    : NULL;

      if (word == &link.id)
        link.is_string = kutip_json_reader_peek (reader) == KUTIP_JSON_STRING;
      if (word == NULL)
        keep_unknown (reader, &link.unknown, name);
      else
        {
          g_free (*word);
          *word = read_word (reader);
        }
    }
  g_array_append_val (relations, link);
  if ((link.from == NULL || link.to == NULL || is_empty (link.label)) &&
      !kutip_json_reader_failed (reader))
    kutip_json_reader_fail (reader,
                            _ ("a relation needs a “from_id”, a “to_id” and a “type”"));
}

/* As they are kept, they become the note; a second list of them has no place. */
static void
read_comments (KutipJsonReader *reader, KutipDoccanoLine *line, const char *member)
{
  g_autofree char *json = kutip_json_reader_read_raw (reader);
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *list;

  if (json == NULL || strcmp (json, "null") == 0)
    return;
  tree = kutip_json_tree_new (json, strlen (json), line->number, NULL);
  list = tree == NULL ? NULL : kutip_json_tree_get_root (tree);
  if (!kutip_json_node_is_array (list))
    kutip_json_reader_fail (reader, _ ("a list was expected here"));
  else if (line->has_comments)
    tell (line, member);
  else
    {
      line->has_comments = TRUE;
      kutip_doccano_join_comments (line->comments, list);
      /* One by itself is what is written of a note. */
      if (list->n_children > 1 ||
          (list->first != NULL && kutip_json_node_get_string (list->first) == NULL))
        kutip_draft_keep_json (&line->unknown, KUTIP_DOCCANO_COMMENTS, json);
    }
}

/* "data" is the text where nothing else is. */
static gboolean
is_text (KutipJsonReader *reader, KutipDoccanoLine *line)
{
  return line->text == NULL && kutip_json_reader_peek (reader) == KUTIP_JSON_STRING;
}

static void
read_text (KutipJsonReader *reader, KutipDoccanoLine *line, const char *name)
{
  gsize n;
  const char *text = kutip_json_reader_read_string (reader);

  if (text == NULL)
    return;
  if (line->text != NULL)
    tell (line, name);
  text = kutip_json_reader_get_string (reader, &n);
  g_clear_pointer (&line->text, kutip_text_unref);
  line->text = kutip_text_new_take (g_strndup (text, n), n);
}

static gboolean
read_metadata (KutipJsonReader *reader, KutipDoccanoLine *line, const char *name)
{
  for (guint i = 0; i < KUTIP_DOCCANO_N_METADATA; i++)
    if (strcmp (name, kutip_doccano_metadata[i].name) == 0)
      {
        KutipJsonToken token = kutip_json_reader_peek (reader);

        if (token != KUTIP_JSON_STRING && token != KUTIP_JSON_NUMBER)
          return FALSE;
        g_free (line->metadata[i]);
        line->metadata[i] = read_word (reader);
        return TRUE;
      }
  return FALSE;
}

static void
read_unit (KutipJsonReader *reader, KutipDoccanoLine *line)
{
  g_autofree char *unit = read_word (reader);

  if (unit != NULL && !kutip_offsets_parse_unit (unit, &line->unit))
    tell (line, "offset_unit");
}

/* What two members say differently, as "path" and "filename", the later one does. */
static void
read_line_word (KutipJsonReader *reader,
                KutipDoccanoLine *line,
                const char *name,
                char **word)
{
  g_autofree char *before = *word;

  if (word == &line->id)
    line->has_number = kutip_json_reader_peek (reader) == KUTIP_JSON_NUMBER;
  *word = read_word (reader);
  if (!is_empty (before) && g_strcmp0 (before, *word) != 0)
    tell (line, name);
}

static void
read_member (KutipJsonReader *reader, KutipDoccanoLine *line, const char *name)
{
  char **word = strcmp (name, "path") == 0 || strcmp (name, "filename") == 0 ? &line->path
                : strcmp (name, "annotator") == 0 || strcmp (name, "username") == 0
                    ? &line->annotator
                : strcmp (name, "id") == 0 ? &line->id
                                           : NULL;

  if (word != NULL)
    read_line_word (reader, line, name, word);
  else if (strcmp (name, "text") == 0 ||
           (strcmp (name, "data") == 0 && is_text (reader, line)))
    read_text (reader, line, name);
  else if (strcmp (name, "entities") == 0)
    read_entities (reader, line, line->entities);
  else if (strcmp (name, "label") == 0 || strcmp (name, "labels") == 0 ||
           strcmp (name, "annotations") == 0)
    read_entities (reader, line, line->labels);
  else if (strcmp (name, KUTIP_DOCCANO_CATEGORIES) == 0)
    read_categories (reader, line);
  else if (strcmp (name, "relations") == 0)
    {
      if (begin_list (reader))
        while (kutip_json_reader_read_element (reader))
          read_relation (reader, line->relations);
    }
  else if (strcmp (name, "Comments") == 0 || strcmp (name, "comments") == 0)
    {
      line->is_export = TRUE;
      read_comments (reader, line, name);
    }
  else if (strcmp (name, "offset_unit") == 0)
    read_unit (reader, line);
  else if (!read_metadata (reader, line, name))
    keep_unknown (reader, &line->unknown, name);
}

/* doccano exports a file for each annotator, called as they are, "unknown", or "all";
 * other names are not theirs, as users have only such characters. Their articles are
 * known by their ids in all of them. */
static void
take_file_name (KutipDoccanoLine *line, KutipSource *source)
{
  static const char *const nobody[] = { "all", "unknown", NULL };
  g_autofree char *base = g_path_get_basename (source->name);

  if (source->named || !g_str_has_suffix (base, ".jsonl") || line->id == NULL)
    return;
  base[strlen (base) - strlen (".jsonl")] = '\0';
  for (const char *c = base; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("_@+-", *c) == NULL)
      return;
  if (!g_strv_contains (nobody, base))
    line->annotator = g_strdup (base);
  if (strchr (line->id, '/') == NULL)
    line->path = g_strdup_printf (
        "%.*s%s.txt", (int) (strlen (source->name) - strlen (base) - strlen (".jsonl")),
        source->name, line->id);
}

static void
keep_id (KutipDoccanoLine *line)
{
  g_autoptr (GString) json = g_string_new (NULL);

  if (line->has_number)
    g_string_append (json, line->id);
  else
    kutip_json_append_string (json, line->id);
  kutip_draft_keep_json (&line->unknown, "id", json->str);
}

/* Reads one line into @record, which is made by the first. */
static gboolean
read_line (KutipSource *source,
           const char *bytes,
           gsize n_bytes,
           guint64 number,
           const KutipFormatOptions *options,
           KutipReport *report,
           KutipRecord **record,
           GError **error)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);
  g_auto (KutipDoccanoLine) line;
  KutipLayer *layer;
  const char *name;

  init_line (&line);
  line.file = source->name;
  line.number = number;
  line.report = report;
  kutip_json_reader_set_first_line (reader, number);
  if (kutip_json_reader_read_object (reader))
    while ((name = kutip_json_reader_read_member (reader)) != NULL)
      {
        g_autofree char *member = g_strdup (name);

        read_member (reader, &line, member);
      }
  if (!kutip_json_reader_failed (reader) && line.text == NULL)
    kutip_json_reader_fail (reader, _ ("there is no “text”"));
  if (!kutip_json_reader_finish (reader, error))
    return FALSE;
  /* One that the article is called by says nothing else. */
  if (line.id != NULL && !is_empty (line.path))
    keep_id (&line);
  if (line.is_export && line.annotator == NULL && line.path == NULL)
    take_file_name (&line, source);
  layer = kutip_doccano_build_layer (&line, options, error);
  if (layer == NULL)
    {
      /* Translators: the number of a line, before what is wrong there */
      g_prefix_error (error, _ ("line %lu: "), (gulong) number);
      return FALSE;
    }
  if (*record == NULL)
    {
      g_autofree char *path = line.path != NULL && *line.path != '\0'
                                  ? g_strdup (line.path)
                                  : kutip_lines_make_path (source, line.id, number);
      g_autoptr (KutipArticle) article = kutip_record_make_article (path, line.text);

      *record = kutip_record_new (path, article);
    }
  g_ptr_array_add ((*record)->layers, layer);
  return TRUE;
}

gboolean
kutip_doccano_read (KutipSource *source,
                    const KutipFormatOptions *options,
                    KutipRecordFunc emit,
                    gpointer data,
                    KutipReport *report,
                    GError **error)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (source->bytes, &n_bytes);
  const char *end = n_bytes == 0 ? bytes : bytes + n_bytes;
  gboolean spread = n_bytes > 0 && kutip_lines_is_spread (bytes, end);
  g_autoptr (KutipRecord) record = NULL;
  guint64 number = source->line;

  while (bytes < end)
    {
      const char *next = spread ? end : kutip_lines_find_end (bytes, end);

      if (!kutip_lines_is_blank (bytes, next) &&
          !read_line (source, bytes, (gsize) (next - bytes), number, options, report,
                      &record, error))
        return FALSE;
      bytes = next;
      number++;
    }
  return record == NULL || emit (g_steal_pointer (&record), data, error);
}
