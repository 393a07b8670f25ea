/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat-lines.h"

#include <string.h>

static void
free_mark (gpointer data)
{
  KutipBratMark *mark = data;

  g_free (mark->id);
  g_free (mark->label);
  g_array_unref (mark->ranges);
  g_free (mark->covered);
  kutip_attributes_unref (mark->attributes);
  if (mark->note != NULL)
    g_string_free (mark->note, TRUE);
  g_array_unref (mark->links);
  g_free (mark);
}

static void
free_link (gpointer data)
{
  KutipBratLink *link = data;

  g_free (link->id);
  g_free (link->label);
  g_free (link->from);
  g_free (link->to);
  g_free (link->event);
  g_free (link->arguments[0]);
  g_free (link->arguments[1]);
  kutip_attributes_unref (link->attributes);
  if (link->note != NULL)
    g_string_free (link->note, TRUE);
  g_free (link);
}

void
kutip_brat_reader_clear (KutipBratReader *self)
{
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->marks);
  g_ptr_array_unref (self->links);
  g_hash_table_unref (self->mark_by_id);
  g_hash_table_unref (self->link_by_id);
  g_hash_table_unref (self->trigger_of);
  g_ptr_array_unref (self->later);
  g_array_unref (self->later_lines);
  g_ptr_array_unref (self->kept);
}

void
kutip_brat_reader_init (KutipBratReader *self,
                        KutipText *text,
                        const char *path,
                        KutipReport *report)
{
  self->text = text;
  self->path = path;
  self->report = report;
  self->strings = g_string_chunk_new (256);
  self->marks = g_ptr_array_new_with_free_func (free_mark);
  self->links = g_ptr_array_new_with_free_func (free_link);
  self->mark_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->link_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->trigger_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->later = g_ptr_array_new_with_free_func (g_free);
  self->later_lines = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->kept = g_ptr_array_new_with_free_func (g_free);
}

void
kutip_brat_reader_keep_line (KutipBratReader *self,
                             const char *line,
                             guint64 number,
                             const char *what)
{
  kutip_report_add (self->report, KUTIP_REPORT_WARNING, what, self->path, NULL, number,
                    line);
  g_ptr_array_add (self->kept, g_strdup (line));
}

static gboolean
parse_offset (const char *string, guint *value)
{
  return g_ascii_string_to_unsigned (string, 10, 0, G_MAXUINT - 1, (guint64[]){ 0 },
                                     NULL) &&
         (*value = (guint) g_ascii_strtoull (string, NULL, 10), TRUE);
}

/* "0 3;6 9" */
static gboolean
parse_ranges (const char *string, GArray *ranges)
{
  g_auto (GStrv) pieces = g_strsplit (string, ";", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_auto (GStrv) ends = g_strsplit (pieces[i], " ", -1);
      KutipRange range;

      if (g_strv_length (ends) != 2 || !parse_offset (ends[0], &range.start) ||
          !parse_offset (ends[1], &range.end) || range.start > range.end)
        return FALSE;
      g_array_append_val (ranges, range);
    }
  return ranges->len > 0;
}

static gboolean
is_new_id (KutipBratReader *self, const char *id)
{
  return !g_hash_table_contains (self->mark_by_id, id) &&
         !g_hash_table_contains (self->link_by_id, id) &&
         !g_hash_table_contains (self->trigger_of, id);
}

/* "T1<TAB>Type 0 3;6 9<TAB>text" */
static gboolean
read_mark (KutipBratReader *self, char **fields, guint64 number)
{
  const char *space = strchr (fields[1], ' ');
  KutipBratMark *mark;

  if (space == NULL || space == fields[1] || !is_new_id (self, fields[0]))
    return FALSE;
  mark = g_new0 (KutipBratMark, 1);
  mark->ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  mark->links = g_array_new (FALSE, FALSE, sizeof (KutipSpanLink));
  mark->line = number;
  if (!parse_ranges (space + 1, mark->ranges))
    {
      free_mark (mark);
      return FALSE;
    }
  mark->id = g_strdup (fields[0]);
  mark->label = g_strndup (fields[1], (gsize) (space - fields[1]));
  mark->covered = g_strdup (fields[2]);
  g_ptr_array_add (self->marks, mark);
  g_hash_table_insert (self->mark_by_id, mark->id, mark);
  return TRUE;
}

static KutipBratLink *
add_link (KutipBratReader *self,
          const char *id,
          const char *label,
          const char *from,
          const char *to)
{
  KutipBratLink *link = g_new0 (KutipBratLink, 1);

  link->id = g_strdup (id);
  link->label = g_strdup (label);
  link->from = g_strdup (from);
  link->to = g_strdup (to);
  g_ptr_array_add (self->links, link);
  return link;
}

/* "R1<TAB>Type Arg1:T1 Arg2:T2" */
static gboolean
read_relation (KutipBratReader *self, char **fields)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (fields[1]), " ", -1);
  const char *targets[2];
  KutipBratLink *link;

  if (g_strv_length (words) != 3 || !is_new_id (self, fields[0]))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      char *colon = strchr (words[i + 1], ':');

      if (colon == NULL)
        return FALSE;
      *colon = '\0';
      targets[i] = colon + 1;
    }
  link = add_link (self, fields[0], words[0], targets[0], targets[1]);
  g_hash_table_insert (self->link_by_id, link->id, link);
  if (strcmp (words[1], "Arg1") != 0 || strcmp (words[2], "Arg2") != 0)
    for (guint i = 0; i < 2; i++)
      link->arguments[i] = g_strdup (words[i + 1]);
  return TRUE;
}

/* "Content2" -> "Content": the second argument of one role. */
static void
strip_digits (char *role)
{
  gsize n = strlen (role);

  while (n > 1 && g_ascii_isdigit (role[n - 1]))
    role[--n] = '\0';
}

/* "E1<TAB>Type:T3 Role:T1 Role2:E5": each argument becomes a relation from the trigger.
 */
static gboolean
read_event (KutipBratReader *self, char **fields)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (fields[1]), " ", -1);
  char *trigger = strchr (words[0], ':');
  guint n_arguments = 0;

  if (trigger == NULL || !is_new_id (self, fields[0]))
    return FALSE;
  for (guint i = 1; words[i] != NULL; i++)
    if (*words[i] != '\0' && strchr (words[i], ':') == NULL)
      return FALSE;
  g_hash_table_insert (self->trigger_of, g_strdup (fields[0]), g_strdup (trigger + 1));
  for (guint i = 1; words[i] != NULL; i++)
    {
      char *colon = strchr (words[i], ':');
      g_autofree char *id = NULL;

      if (colon == NULL)
        continue;
      *colon = '\0';
      strip_digits (words[i]);
      id = g_strdup_printf ("%s.%u", fields[0], ++n_arguments);
      add_link (self, id, words[i], fields[0], colon + 1)->event = g_strdup (fields[0]);
    }
  return n_arguments > 0;
}

/* "*<TAB>Alias T1 T2 T3": a chain of links that share an event. */
static gboolean
read_equivalence (KutipBratReader *self, char **fields, guint64 number)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (fields[1]), " ", -1);

  if (g_strv_length (words) < 3)
    return FALSE;
  for (guint i = 1; words[i + 1] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("X%" G_GUINT64_FORMAT ".%u", number, i);
      KutipBratLink *link = add_link (self, id, words[0], words[i], words[i + 1]);

      link->event = g_strdup_printf ("*%" G_GUINT64_FORMAT, number);
    }
  return TRUE;
}

static gboolean
read_line (KutipBratReader *self, const char *line, guint64 number)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 3);

  if (fields[0] == NULL || fields[1] == NULL)
    return FALSE;
  switch (line[0])
    {
    case 'T':
      return fields[2] != NULL && read_mark (self, fields, number);
    case 'R':
      return read_relation (self, fields);
    case 'E':
      return read_event (self, fields);
    case '*':
      return read_equivalence (self, fields, number);
    case 'A':
    case 'M':
    case 'N':
    case '#':
      g_ptr_array_add (self->later, g_strdup (line));
      g_array_append_val (self->later_lines, number);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Where an attribute or note goes: a span, an event's trigger, or a relation. */
static gboolean
find_target (KutipBratReader *self,
             const char *id,
             KutipBratMark **mark,
             KutipBratLink **link)
{
  const char *trigger = g_hash_table_lookup (self->trigger_of, id);

  *mark = g_hash_table_lookup (self->mark_by_id, trigger != NULL ? trigger : id);
  *link = *mark == NULL ? g_hash_table_lookup (self->link_by_id, id) : NULL;
  return *mark != NULL || *link != NULL;
}

/* A second value under one name makes a list. */
static KutipAttributes *
add_value (KutipAttributes *attributes, const char *name, const char *value)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  KutipAttribute old;
  KutipAttribute new = { .name = name };

  if (value == NULL || *value == '\0')
    {
      new.type = KUTIP_VALUE_FLAG;
      g_ptr_array_add (values, NULL);
    }
  else
    {
      if (kutip_attributes_lookup (attributes, name, &old))
        for (guint i = 0; old.values[i] != NULL; i++)
          g_ptr_array_add (values, (gpointer) old.values[i]);
      g_ptr_array_add (values, (gpointer) value);
      new.type = values->len > 1 ? KUTIP_VALUE_LIST : KUTIP_VALUE_STRING;
      g_ptr_array_add (values, NULL);
    }
  new.values = (const char *const *) values->pdata;
  return kutip_attributes_with (attributes, new);
}

/* "A1<TAB>Negation T1" or "A2<TAB>Confidence T1 High" */
static gboolean
read_attribute (KutipBratReader *self, char **fields)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (fields[1]), " ", 3);
  KutipAttributes **place, *changed;
  KutipBratMark *mark;
  KutipBratLink *link;

  if (g_strv_length (words) < 2 || *words[0] == '\0' ||
      !find_target (self, words[1], &mark, &link))
    return FALSE;
  place = mark != NULL ? &mark->attributes : &link->attributes;
  changed = add_value (*place, words[0], words[2]);
  kutip_attributes_unref (*place);
  *place = changed;
  return TRUE;
}

/* "#1<TAB>AnnotatorNotes T1<TAB>text"; other kinds of notes belong to brat alone. */
static gboolean
read_note (KutipBratReader *self, char **fields)
{
  static const char kind[] = "AnnotatorNotes ";
  GString **place;
  KutipBratMark *mark;
  KutipBratLink *link;

  if (fields[2] == NULL || !g_str_has_prefix (fields[1], kind) ||
      !find_target (self, fields[1] + sizeof kind - 1, &mark, &link))
    return FALSE;
  place = mark != NULL ? &mark->note : &link->note;
  if (*place == NULL)
    *place = g_string_new (NULL);
  else
    g_string_append_c (*place, '\n');
  g_string_append (*place, fields[2]);
  return TRUE;
}

/* "N1<TAB>Reference T1 Wikipedia:64488<TAB>title" */
static gboolean
read_normalization (KutipBratReader *self, char **fields)
{
  g_auto (GStrv) words = g_strsplit (g_strchomp (fields[1]), " ", 3);
  KutipSpanLink entry;
  KutipBratMark *mark;
  KutipBratLink *link;
  char *colon;

  if (g_strv_length (words) != 3 || strcmp (words[0], "Reference") != 0 ||
      !find_target (self, words[1], &mark, &link) || mark == NULL)
    return FALSE;
  colon = strchr (words[2], ':');
  if (colon == NULL)
    return FALSE;
  *colon = '\0';
  entry.base = g_string_chunk_insert (self->strings, words[2]);
  entry.id = g_string_chunk_insert (self->strings, colon + 1);
  entry.title =
      fields[2] == NULL ? NULL : g_string_chunk_insert (self->strings, fields[2]);
  g_array_append_val (mark->links, entry);
  return TRUE;
}

/* The lines that speak of others, once all of those are known. */
static void
read_later (KutipBratReader *self)
{
  for (guint i = 0; i < self->later->len; i++)
    {
      const char *line = g_ptr_array_index (self->later, i);
      g_auto (GStrv) fields = g_strsplit (line, "\t", 3);
      gboolean read;

      if (line[0] == '#')
        read = read_note (self, fields);
      else if (line[0] == 'N')
        read = read_normalization (self, fields);
      else
        read = read_attribute (self, fields);
      if (!read)
        kutip_brat_reader_keep_line (
            self, line, g_array_index (self->later_lines, guint64, i), "unknown-line");
    }
}

/* An id and a tab: a line of its own, even if nobody knows what it says. */
static gboolean
begins_annotation (const char *line)
{
  const char *tab = strchr (line, '\t');

  return tab != NULL && tab > line && strcspn (line, " ") > (gsize) (tab - line);
}

/* A line without an id goes on with the span before it, whose text had a line break. */
static gboolean
continue_mark (KutipBratReader *self, const char *line)
{
  KutipBratMark *mark;
  char *joined;

  if (self->marks->len == 0)
    return FALSE;
  mark = g_ptr_array_index (self->marks, self->marks->len - 1);
  joined = g_strconcat (mark->covered, "\n", line, NULL);
  g_free (mark->covered);
  mark->covered = joined;
  return TRUE;
}

void
kutip_brat_reader_read (KutipBratReader *self, const char *bytes, gsize n_bytes)
{
  const char *end = bytes + n_bytes;
  gboolean after_mark = FALSE;

  for (guint64 number = 1; bytes < end; number++)
    {
      const char *newline = memchr (bytes, '\n', (gsize) (end - bytes));
      gsize n = (gsize) ((newline == NULL ? end : newline) - bytes);
      g_autofree char *line =
          g_strndup (bytes, n > 0 && bytes[n - 1] == '\r' ? n - 1 : n);

      bytes += newline == NULL ? n : n + 1;
      if (*line == '\0')
        continue;
      if (!begins_annotation (line) && after_mark && continue_mark (self, line))
        continue;
      if (!read_line (self, line, number))
        kutip_brat_reader_keep_line (self, line, number, "unknown-line");
      after_mark = line[0] == 'T';
    }
  read_later (self);
}
