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

static void
read_coding (KutipXmlReader *reader, GPtrArray *codes)
{
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    if (strcmp (kutip_xml_reader_get_name (reader), "CodeRef") == 0)
      take_target (reader, codes);
    else
      kutip_xml_reader_skip (reader);
}

static void
read_selection (KutipRefiProject *self, KutipXmlReader *reader, KutipRefiSource *source)
{
  KutipRefiSelection *selection = g_new0 (KutipRefiSelection, 1);
  guint depth = kutip_xml_reader_get_depth (reader);

  selection->line = kutip_xml_reader_get_line (reader);
  selection->codes = g_ptr_array_new_with_free_func (g_free);
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
  while (kutip_xml_reader_next_child (reader, depth))
    {
      const char *name = kutip_xml_reader_get_name (reader);

      if (strcmp (name, "Coding") == 0)
        read_coding (reader, selection->codes);
      else if (strcmp (name, "NoteRef") == 0)
        take_target (reader, selection->notes);
      else if (strcmp (name, "Description") == 0)
        {
          g_free (selection->description);
          selection->description = kutip_xml_reader_read_content (reader);
        }
      else
        kutip_xml_reader_skip (reader);
    }
}

/* --- sources and notes --- */

static void
read_value (KutipXmlReader *reader, KutipRefiSource *source)
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

/* @number 0: a note, whose id is told with what it says. */
static KutipRefiSource *
read_source (KutipRefiProject *self, KutipXmlReader *reader, guint number)
{
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
  while (kutip_xml_reader_next_child (reader, depth))
    {
      const char *name = kutip_xml_reader_get_name (reader);

      if (strcmp (name, "PlainTextSelection") == 0)
        read_selection (self, reader, source);
      else if (strcmp (name, "NoteRef") == 0)
        take_target (reader, source->notes);
      else if (strcmp (name, "VariableValue") == 0)
        read_value (reader, source);
      else if (strcmp (name, "PlainTextContent") == 0)
        {
          g_free (source->content);
          source->content = kutip_xml_reader_read_content (reader);
        }
      else
        kutip_xml_reader_skip (reader);
    }
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
  guint depth = kutip_xml_reader_get_depth (reader);
  g_autofree char *name = kutip_xml_reader_dup_attribute (reader, "name");
  gboolean is_pdf = strcmp (kutip_xml_reader_get_name (reader), "PDFSource") == 0;
  gboolean any = FALSE;

  g_free (dup_own_guid (self, reader));
  while (kutip_xml_reader_next_child (reader, depth))
    if (is_pdf && strcmp (kutip_xml_reader_get_name (reader), "Representation") == 0)
      {
        KutipRefiSource *source = read_source (self, reader, ++self->n_sources);

        if (source->name == NULL)
          source->name = g_strdup (name);
        pass_on (self, reader, source);
        any = TRUE;
      }
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

/* Users and variables: an id and a name. */
static void
read_names (KutipRefiProject *self, KutipXmlReader *reader, GHashTable *names)
{
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    {
      char *guid = dup_own_guid (self, reader);
      char *name = kutip_xml_reader_dup_attribute (reader, "name");

      if (guid != NULL)
        g_hash_table_replace (names, guid, name == NULL ? g_strdup ("") : name);
      else
        g_free (name);
      kutip_xml_reader_skip (reader);
    }
}

static void
read_link (KutipRefiProject *self, KutipXmlReader *reader)
{
  guint depth = kutip_xml_reader_get_depth (reader);
  g_autofree char *guid = dup_own_guid (self, reader);
  g_autofree char *name = kutip_xml_reader_dup_attribute (reader, "name");
  g_autofree char *origin = dup_guid (reader, "originGUID");
  g_autofree char *target = dup_guid (reader, "targetGUID");
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  KutipRefiLink link = { guid, name, origin, target };

  while (kutip_xml_reader_next_child (reader, depth))
    if (strcmp (kutip_xml_reader_get_name (reader), "NoteRef") == 0)
      take_target (reader, notes);
    else
      kutip_xml_reader_skip (reader);
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
kutip_refi_project_read (KutipXmlReader *reader, KutipSpillFunc open, GError **error)
{
  g_autoptr (KutipRefiProject) self = project_new (open);

  if (kutip_xml_reader_next (reader) == KUTIP_XML_START)
    {
      if (strcmp (kutip_xml_reader_get_name (reader), "Project") != 0)
        kutip_xml_reader_fail (reader, _ ("it is no REFI-QDA project"));
      self->name = kutip_xml_reader_dup_attribute (reader, "name");
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
