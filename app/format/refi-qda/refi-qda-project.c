/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda-join.h"

#include <glib/gi18n.h>
#include <string.h>

static void
free_selection (gpointer data)
{
  KutipRefiSelection *self = data;

  g_free (self->guid);
  g_free (self->name);
  g_free (self->description);
  g_free (self->user);
  g_free (self->created);
  g_free (self->modified);
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->codings);
  g_ptr_array_unref (self->coded);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static void
clear_value (gpointer data)
{
  KutipRefiValue *value = data;

  g_free (value->variable);
  g_free (value->value);
}

static void
free_source (gpointer data)
{
  KutipRefiSource *self = data;

  g_free (self->guid);
  g_free (self->name);
  g_free (self->path);
  g_free (self->content);
  g_free (self->user);
  g_free (self->created);
  g_free (self->modified);
  g_free (self->description);
  g_ptr_array_unref (self->selections);
  g_ptr_array_unref (self->notes);
  g_array_unref (self->values);
  g_free (self);
}

void
kutip_refi_project_free (KutipRefiProject *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->note);
  kutip_refi_codes_free (self->codes);
  g_ptr_array_unref (self->others);
  g_ptr_array_unref (self->unread);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->variables);
  g_hash_table_unref (self->used);
  kutip_refi_join_free (self->join);
  kutip_refi_paths_free (self->paths);
  g_clear_error (&self->failure);
  g_free (self);
}

static KutipRefiProject *
project_new (KutipSpillFunc open)
{
  KutipRefiProject *self = g_new0 (KutipRefiProject, 1);

  self->codes = kutip_refi_codes_new ();
  self->others = g_ptr_array_new_with_free_func (g_free);
  self->unread = g_ptr_array_new_with_free_func (g_free);
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->used = g_hash_table_new (g_str_hash, g_str_equal);
  self->join = kutip_refi_join_new (open);
  self->paths = kutip_refi_paths_new (open);
  return self;
}

/* --- attributes --- */

static char *
dup_guid (KutipXmlReader *reader, const char *name)
{
  g_autofree char *guid = kutip_xml_reader_dup_attribute (reader, name);

  return guid == NULL ? NULL : kutip_refi_normalize_guid (guid);
}

/* The id of an element, which must have one. */
static char *
dup_needed_guid (KutipXmlReader *reader)
{
  char *guid = dup_guid (reader, "guid");

  if (guid == NULL)
    kutip_xml_reader_fail (reader, _ ("“%s” has no “guid”"),
                           kutip_xml_reader_get_name (reader));
  return guid;
}

/* The same, which is nothing else's. */
static char *
dup_own_guid (KutipRefiProject *self, KutipXmlReader *reader)
{
  char *guid = dup_needed_guid (reader);

  if (guid != NULL && self->each == NULL)
    kutip_refi_join_add_element (self->join, guid, kutip_xml_reader_get_line (reader));
  return guid;
}

static void
take_target (KutipXmlReader *reader, GPtrArray *list)
{
  char *guid = dup_guid (reader, "targetGUID");

  if (guid == NULL)
    kutip_xml_reader_fail (reader, _ ("“%s” has no “targetGUID”"),
                           kutip_xml_reader_get_name (reader));
  else
    g_ptr_array_add (list, guid);
  kutip_xml_reader_skip (reader);
}

static gint64
read_position (KutipXmlReader *reader, const char *name)
{
  g_autofree char *value = kutip_xml_reader_dup_attribute (reader, name);
  const char *digits = value == NULL ? "" : g_strstrip (value);
  gint64 number = 0;
  gboolean good = *digits != '\0';

  for (const char *c = digits; good && *c != '\0'; c++)
    {
      good = g_ascii_isdigit (*c) && number <= (G_MAXINT - 9) / 10;
      number = number * 10 + g_ascii_digit_value (*c);
    }
  if (good)
    return number;
  kutip_xml_reader_fail (reader, _ ("“%1$s” is “%2$s”, which is no place in a text"),
                         name, digits);
  return 0;
}

/* --- selections --- */

/* A coding is of the one who made the selection. */
static void
read_coding (KutipRefiProject *self,
             KutipXmlReader *reader,
             KutipRefiSelection *selection)
{
  static const char *const known[] = { "guid", "creatingUser", "creationDateTime", NULL };
  guint depth = kutip_xml_reader_get_depth (reader);
  g_autofree char *guid = dup_guid (reader, "guid");
  g_autofree char *user = dup_guid (reader, "creatingUser");
  g_autofree char *time = kutip_xml_reader_dup_attribute (reader, "creationDateTime");

  kutip_refi_rest_look (&self->rest, reader, known);
  if (user != NULL && g_strcmp0 (user, selection->user) != 0)
    kutip_refi_rest_tell (&self->rest, guid, kutip_xml_reader_get_line (reader), "Coding",
                          "creatingUser");
  while (kutip_xml_reader_next_child (reader, depth))
    if (strcmp (kutip_xml_reader_get_name (reader), "CodeRef") == 0)
      {
        take_target (reader, selection->codes);
        if (selection->codings->len == selection->codes->len)
          continue;
        g_ptr_array_add (selection->codings, g_strdup (guid));
        g_ptr_array_add (selection->coded, g_strdup (time));
      }
    else
      kutip_refi_rest_skip (&self->rest, reader, "Coding", guid);
}

static void
read_selection (KutipRefiProject *self, KutipXmlReader *reader, KutipRefiSource *source)
{
  static const char *const known[] = { "guid",
                                       "name",
                                       "startPosition",
                                       "endPosition",
                                       "creatingUser",
                                       "creationDateTime",
                                       "modifiedDateTime",
                                       NULL };
  KutipRefiSelection *selection = g_new0 (KutipRefiSelection, 1);
  guint depth = kutip_xml_reader_get_depth (reader);

  selection->line = kutip_xml_reader_get_line (reader);
  selection->codes = g_ptr_array_new_with_free_func (g_free);
  selection->codings = g_ptr_array_new_with_free_func (g_free);
  selection->coded = g_ptr_array_new_with_free_func (g_free);
  selection->notes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (source->selections, selection);
  selection->guid = dup_needed_guid (reader);
  if (selection->guid != NULL && self->each == NULL)
    kutip_refi_join_add_selection (self->join, selection->guid, selection->line,
                                   source->number, source->selections->len);
  selection->name = kutip_xml_reader_dup_attribute (reader, "name");
  selection->user = dup_guid (reader, "creatingUser");
  selection->created = kutip_xml_reader_dup_attribute (reader, "creationDateTime");
  selection->modified = kutip_xml_reader_dup_attribute (reader, "modifiedDateTime");
  selection->start = read_position (reader, "startPosition");
  selection->end = read_position (reader, "endPosition");
  kutip_refi_rest_look (&self->rest, reader, known);
  while (kutip_xml_reader_next_child (reader, depth))
    {
      const char *name = kutip_xml_reader_get_name (reader);

      if (strcmp (name, "Coding") == 0)
        read_coding (self, reader, selection);
      else if (strcmp (name, "NoteRef") == 0)
        take_target (reader, selection->notes);
      else if (strcmp (name, "Description") == 0)
        {
          g_free (selection->description);
          selection->description = kutip_xml_reader_read_content (reader);
        }
      else
        kutip_refi_rest_skip (&self->rest, reader, "PlainTextSelection", selection->guid);
    }
}

/* --- sources and notes --- */

static void
read_value (KutipRefiProject *self, KutipXmlReader *reader, KutipRefiSource *source)
{
  KutipRefiValue value = { NULL, NULL };
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    if (strcmp (kutip_xml_reader_get_name (reader), "VariableRef") == 0)
      {
        g_free (value.variable);
        value.variable = dup_guid (reader, "targetGUID");
        kutip_xml_reader_skip (reader);
      }
    else
      {
        g_free (value.value);
        value.value = kutip_xml_reader_read_content (reader);
      }
  g_array_append_val (source->values, value);
}

/* What a note says beside its text; what Kutip writes of one is made anew. */
static void
look_at_note (KutipRefiProject *self, KutipXmlReader *reader, const KutipRefiSource *note)
{
  static const char *const names[] = { "span", "relation", "article", NULL };
  static const char *const known[] = { "guid", "plainTextPath", NULL };
  static const char *const known_of_own[] = { "guid", "name", "creatingUser",
                                              "plainTextPath", NULL };
  gboolean is_own = note->name != NULL && g_strv_contains (names, note->name);

  kutip_refi_rest_look (&self->rest, reader, is_own ? known_of_own : known);
}

static void
read_source_part (KutipRefiProject *self, KutipXmlReader *reader, KutipRefiSource *source)
{
  const char *name = kutip_xml_reader_get_name (reader);
  gboolean is_note = source->number == 0;
  char **text = strcmp (name, "PlainTextContent") == 0          ? &source->content
                : !is_note && strcmp (name, "Description") == 0 ? &source->description
                                                                : NULL;

  if (text != NULL)
    {
      g_free (*text);
      *text = kutip_xml_reader_read_content (reader);
    }
  else if (!is_note && strcmp (name, "PlainTextSelection") == 0)
    read_selection (self, reader, source);
  else if (!is_note && strcmp (name, "NoteRef") == 0)
    take_target (reader, source->notes);
  else if (!is_note && strcmp (name, "VariableValue") == 0)
    read_value (self, reader, source);
  else
    kutip_refi_rest_skip (&self->rest, reader, is_note ? "Note" : "TextSource",
                          source->guid);
}

/* @number 0: a note, whose id is told with what it says. */
static KutipRefiSource *
read_source (KutipRefiProject *self, KutipXmlReader *reader, guint number)
{
  static const char *const known[] = { "guid",
                                       "name",
                                       "plainTextPath",
                                       "creatingUser",
                                       "creationDateTime",
                                       "modifiedDateTime",
                                       NULL };
  KutipRefiSource *source = g_new0 (KutipRefiSource, 1);
  guint depth = kutip_xml_reader_get_depth (reader);

  source->line = kutip_xml_reader_get_line (reader);
  source->selections = g_ptr_array_new_with_free_func (free_selection);
  source->notes = g_ptr_array_new_with_free_func (g_free);
  source->values = g_array_new (FALSE, TRUE, sizeof (KutipRefiValue));
  g_array_set_clear_func (source->values, clear_value);
  source->number = number;
  source->guid = number == 0 ? dup_needed_guid (reader) : dup_own_guid (self, reader);
  source->name = kutip_xml_reader_dup_attribute (reader, "name");
  source->path = kutip_xml_reader_dup_attribute (reader, "plainTextPath");
  source->user = dup_guid (reader, "creatingUser");
  source->created = kutip_xml_reader_dup_attribute (reader, "creationDateTime");
  source->modified = kutip_xml_reader_dup_attribute (reader, "modifiedDateTime");
  if (number == 0)
    look_at_note (self, reader, source);
  else
    kutip_refi_rest_look (&self->rest, reader, known);
  while (kutip_xml_reader_next_child (reader, depth))
    read_source_part (self, reader, source);
  return source;
}

/* What it refers to may come later. */
static void
note_references (KutipRefiProject *self,
                 const KutipRefiSource *source,
                 GPtrArray *guids,
                 guint line,
                 KutipRefiWhat what,
                 guint nth)
{
  for (guint i = 0; i < guids->len; i++)
    {
      const char *guid = g_ptr_array_index (guids, i);

      if (kutip_refi_codes_find (self->codes, guid) == NULL)
        kutip_refi_join_add_reference (self->join, guid, line, source->number, what, nth);
    }
}

static void
note_source (KutipRefiProject *self,
             KutipXmlReader *reader,
             const KutipRefiSource *source)
{
  note_references (self, source, source->notes, source->line, KUTIP_REFI_NOTES_OF_SOURCE,
                   0);
  for (guint i = 0; i < source->selections->len; i++)
    {
      const KutipRefiSelection *selection = g_ptr_array_index (source->selections, i);

      note_references (self, source, selection->codes, selection->line, KUTIP_REFI_CODES,
                       i + 1);
      note_references (self, source, selection->notes, selection->line,
                       KUTIP_REFI_NOTES_OF_SELECTION, i + 1);
    }
  if (!kutip_xml_reader_failed (reader) &&
      (kutip_refi_join_failed (self->join) ||
       !kutip_refi_paths_add (self->paths, source, &self->failure)))
    kutip_xml_reader_fail (reader, "%s", "");
}

/* Sources are not held: the first time one is read only what it refers to is noted, the
 * second time it is handed out. Takes @source. */
static void
pass_on (KutipRefiProject *self, KutipXmlReader *reader, KutipRefiSource *source)
{
  if (self->each == NULL)
    note_source (self, reader, source);
  else if (!kutip_xml_reader_failed (reader) &&
           !self->each (source, self->each_data, &self->failure))
    kutip_xml_reader_fail (reader, "%s", "");
  free_source (source);
}

/* Of what is no text, its text, if it has one. */
static void
read_other (KutipRefiProject *self, KutipXmlReader *reader)
{
  static const char *const known[] = { "name", NULL };
  guint depth = kutip_xml_reader_get_depth (reader);
  g_autofree char *name = kutip_xml_reader_dup_attribute (reader, "name");
  gboolean is_pdf = strcmp (kutip_xml_reader_get_name (reader), "PDFSource") == 0;
  gboolean any = FALSE;

  g_autofree char *guid = dup_own_guid (self, reader);

  if (is_pdf)
    kutip_refi_rest_look (&self->rest, reader, known);
  while (kutip_xml_reader_next_child (reader, depth))
    if (is_pdf && strcmp (kutip_xml_reader_get_name (reader), "Representation") == 0)
      {
        KutipRefiSource *source = read_source (self, reader, ++self->n_sources);

        if (source->name == NULL)
          source->name = g_strdup (name);
        else if (name != NULL && strcmp (name, source->name) != 0)
          kutip_refi_rest_tell (&self->rest, guid, source->line, "PDFSource", "name");
        pass_on (self, reader, source);
        any = TRUE;
      }
    else if (is_pdf)
      kutip_refi_rest_skip (&self->rest, reader, "PDFSource", guid);
    else
      kutip_xml_reader_skip (reader);
  if (!any && self->each == NULL)
    g_ptr_array_add (self->others, name == NULL ? g_strdup ("") : g_strdup (name));
}

static void
read_sources (KutipRefiProject *self, KutipXmlReader *reader)
{
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    if (strcmp (kutip_xml_reader_get_name (reader), "TextSource") == 0)
      pass_on (self, reader, read_source (self, reader, ++self->n_sources));
    else
      read_other (self, reader);
}

static void
read_notes (KutipRefiProject *self, KutipXmlReader *reader)
{
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    {
      KutipRefiSource *source = read_source (self, reader, 0);
      KutipRefiNote note = { source->guid, source->content, source->path, source->line };

      if (source->guid != NULL)
        kutip_refi_join_add_note (self->join, &note);
      if (kutip_refi_join_failed (self->join))
        kutip_xml_reader_fail (reader, "%s", "");
      free_source (source);
    }
}

/* --- the other parts --- */

/* Users and variables: an id and a name; values are texts. */
static void
read_names (KutipRefiProject *self, KutipXmlReader *reader, GHashTable *names)
{
  static const char *const known[] = { "guid", "name", NULL };
  static const char *const known_of_text[] = { "guid", "name", "typeOfVariable", NULL };
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    {
      g_autofree char *type = kutip_xml_reader_dup_attribute (reader, "typeOfVariable");
      g_autofree char *id = kutip_xml_reader_dup_attribute (reader, "guid");
      char *guid = dup_own_guid (self, reader);
      char *name = kutip_xml_reader_dup_attribute (reader, "name");

      if (guid != NULL)
        g_hash_table_replace (names, guid, name == NULL ? g_strdup ("") : name);
      else
        g_free (name);
      kutip_refi_rest_look (&self->rest, reader,
                            g_strcmp0 (type, "Text") == 0 ? known_of_text : known);
      while (kutip_xml_reader_next_child (reader, depth + 1))
        kutip_refi_rest_skip (&self->rest, reader,
                              names == self->users ? "User" : "Variable", id);
    }
}

static void
read_link (KutipRefiProject *self, KutipXmlReader *reader)
{
  static const char *const known[] = { "guid",       "name",       "direction", "color",
                                       "originGUID", "targetGUID", NULL };
  guint depth = kutip_xml_reader_get_depth (reader);
  g_autofree char *guid = dup_own_guid (self, reader);
  g_autofree char *name = kutip_xml_reader_dup_attribute (reader, "name");
  g_autofree char *origin = dup_guid (reader, "originGUID");
  g_autofree char *target = dup_guid (reader, "targetGUID");
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *direction = kutip_xml_reader_dup_attribute (reader, "direction");
  g_autofree char *color = kutip_xml_reader_dup_attribute (reader, "color");
  KutipRefiLink link = { guid, name, origin, target, direction, color };

  kutip_refi_rest_look (&self->rest, reader, known);
  while (kutip_xml_reader_next_child (reader, depth))
    if (strcmp (kutip_xml_reader_get_name (reader), "NoteRef") == 0)
      take_target (reader, notes);
    else
      kutip_refi_rest_skip (&self->rest, reader, "Link", guid);
  kutip_refi_join_add_link (self->join, &link, notes);
}

static void
read_links (KutipRefiProject *self, KutipXmlReader *reader)
{
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    {
      read_link (self, reader);
      if (kutip_refi_join_failed (self->join))
        kutip_xml_reader_fail (reader, "%s", "");
    }
}

static void
read_part (KutipRefiProject *self, KutipXmlReader *reader)
{
  const char *name = kutip_xml_reader_get_name (reader);

  if (strcmp (name, "Users") == 0)
    read_names (self, reader, self->users);
  else if (strcmp (name, "CodeBook") == 0)
    kutip_refi_codes_read_book (self->codes, reader);
  else if (strcmp (name, "Variables") == 0)
    read_names (self, reader, self->variables);
  else if (strcmp (name, "Sources") == 0)
    read_sources (self, reader);
  else if (strcmp (name, "Notes") == 0)
    read_notes (self, reader);
  else if (strcmp (name, "Links") == 0)
    read_links (self, reader);
  else
    {
      /* Cases, sets and graphs: of the project, not of a text. */
      g_ptr_array_add (self->unread, g_strdup (name));
      kutip_xml_reader_skip (reader);
    }
}

/* --- all of it --- */

/* Of what is wrong the first is told: an id that is there twice is known only now. */
static gboolean
finish (KutipRefiProject *self, KutipXmlReader *reader, GError **error)
{
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  if (kutip_xml_reader_failed (reader))
    return kutip_refi_join_finish (self->join, NULL, error) &&
           kutip_xml_reader_finish (reader, error);
  return kutip_refi_join_finish (self->join, self->codes, error) &&
         kutip_refi_paths_finish (self->paths, error);
}

KutipRefiProject *
kutip_refi_project_read (KutipXmlReader *reader,
                         KutipSpillFunc open,
                         const KutipRefiRest *rest,
                         GError **error)
{
  /* Who wrote it last is somebody else. */
  static const char *const known[] = { "name", "origin", NULL };
  g_autoptr (KutipRefiProject) self = project_new (open);

  self->rest = self->codes->rest = *rest;
  if (kutip_xml_reader_next (reader) == KUTIP_XML_START)
    {
      if (strcmp (kutip_xml_reader_get_name (reader), "Project") != 0)
        kutip_xml_reader_fail (reader, _ ("it is no REFI-QDA project"));
      self->name = kutip_xml_reader_dup_attribute (reader, "name");
      kutip_refi_rest_look (&self->rest, reader, known);
      while (!kutip_xml_reader_failed (reader) && kutip_xml_reader_next_child (reader, 1))
        read_part (self, reader);
      self->note = g_strdup (kutip_xml_reader_get_note (reader));
    }
  return finish (self, reader, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
kutip_refi_project_foreach_source (KutipRefiProject *self,
                                   KutipXmlReader *reader,
                                   KutipRefiSourceFunc each,
                                   gpointer data,
                                   GError **error)
{
  self->each = each;
  self->each_data = data;
  self->rest.report = NULL;
  self->n_sources = 0;
  /* The element of all others is known. */
  kutip_xml_reader_next (reader);
  while (!kutip_xml_reader_failed (reader) && kutip_xml_reader_next_child (reader, 1))
    if (strcmp (kutip_xml_reader_get_name (reader), "Sources") == 0)
      read_sources (self, reader);
    else
      kutip_xml_reader_skip (reader);
  self->each = NULL;
  if (self->failure == NULL)
    return kutip_xml_reader_finish (reader, error);
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

/* --- at the end --- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
tell_unused (KutipRefiProject *self,
             const KutipRefiRest *rest,
             GHashTable *names,
             const char *list,
             const char *element)
{
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (names), compare_ids);

  for (const GList *id = ids; id != NULL; id = id->next)
    {
      const char *name = g_hash_table_lookup (names, id->data);

      if (g_hash_table_lookup (self->used, name) != name)
        kutip_refi_rest_tell (rest, id->data, 0, list, element);
    }
}

void
kutip_refi_project_tell_unused (KutipRefiProject *self, const KutipRefiRest *rest)
{
  tell_unused (self, rest, self->users, "Users", "User");
  tell_unused (self, rest, self->variables, "Variables", "Variable");
}
