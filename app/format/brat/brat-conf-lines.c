/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-conf-parts.h"

#include "format/json/json.h"

#include <string.h>

/* The lines of annotation.conf, cut into what they say. */

#define MOST_DEPTH 16
/* Stands for all labels in the set of a list. */
#define ALL "<>"

static void
free_names (gpointer data)
{
  KutipBratNames *names = data;

  g_ptr_array_unref (names->list);
  g_hash_table_unref (names->set);
  g_free (names);
}

KutipBratNames *
kutip_brat_conf_new_names (KutipBratConf *self)
{
  KutipBratNames *names = g_new (KutipBratNames, 1);

  names->list = g_ptr_array_new ();
  names->set = g_hash_table_new (NULL, NULL);
  g_ptr_array_add (self->names, names);
  return names;
}

static void
free_string (gpointer string)
{
  g_string_free (string, TRUE);
}

void
kutip_brat_conf_init (KutipBratConf *self, const char *path, KutipReport *report)
{
  *self = (KutipBratConf){ .path = path, .report = report };
  self->strings = g_string_chunk_new (1024);
  self->names = g_ptr_array_new_with_free_func (free_names);
  self->macros = g_hash_table_new (NULL, NULL);
  self->labels = kutip_brat_conf_new_names (self);
  self->events = kutip_brat_conf_new_names (self);
  self->relation_lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->event_lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->attribute_lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->relations = g_array_new (FALSE, TRUE, sizeof (KutipRelationType));
  self->relation_of_name = g_hash_table_new (NULL, NULL);
  self->attributes = g_array_new (FALSE, TRUE, sizeof (KutipAttributeType));
  self->attribute_of_name = g_hash_table_new (NULL, NULL);
  self->attribute_targets = g_ptr_array_new ();
  self->roles = g_hash_table_new_full (NULL, NULL, NULL, free_string);
  self->role_names = g_hash_table_new (NULL, NULL);
  self->relation_names = g_hash_table_new (NULL, NULL);
  self->above = g_ptr_array_new_with_free_func (g_free);
  self->below = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->more = g_hash_table_new_full (NULL, NULL, NULL, free_string);
  kutip_brat_others_init (&self->others);
  self->arguments = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->relation_types = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->foreign = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_foreign_unref);
}

void
kutip_brat_conf_clear (KutipBratConf *self)
{
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->macros);
  g_ptr_array_unref (self->relation_lines);
  g_ptr_array_unref (self->event_lines);
  g_ptr_array_unref (self->attribute_lines);
  g_array_unref (self->relations);
  g_hash_table_unref (self->relation_of_name);
  g_array_unref (self->attributes);
  g_ptr_array_unref (self->attribute_targets);
  g_hash_table_unref (self->attribute_of_name);
  g_hash_table_unref (self->roles);
  g_hash_table_unref (self->role_names);
  g_hash_table_unref (self->relation_names);
  g_ptr_array_unref (self->above);
  g_hash_table_unref (self->below);
  g_hash_table_unref (self->more);
  kutip_brat_others_clear (&self->others);
  g_hash_table_unref (self->arguments);
  g_hash_table_unref (self->relation_types);
  g_ptr_array_unref (self->foreign);
}

const char *
kutip_brat_conf_keep (KutipBratConf *self, const char *string)
{
  return g_string_chunk_insert_const (self->strings, string);
}

gboolean
kutip_brat_conf_add_name (KutipBratConf *self, KutipBratNames *names, const char *name)
{
  if (self->n_names >= KUTIP_BRAT_CONF_MOST_NAMES ||
      !g_hash_table_add (names->set, (gpointer) name))
    return FALSE;
  g_ptr_array_add (names->list, (gpointer) name);
  self->n_names++;
  return TRUE;
}

static void
add_all (KutipBratConf *self, KutipBratNames *names, KutipBratNames *others)
{
  for (guint i = 0; i < others->list->len; i++)
    kutip_brat_conf_add_name (self, names, g_ptr_array_index (others->list, i));
}

/* A name that brat gives no meaning, or what stands behind one, means nothing here. */
static gboolean
is_of_all (const char *word)
{
  static const char *const names[] = { "", "<ENTITY>", "<ANY>", NULL };

  return g_strv_contains (names, word);
}

/* What was put in once is not looked at again: macros of macros would take for ever. */
void
kutip_brat_conf_expand (KutipBratConf *self,
                        const char *types,
                        guint depth,
                        KutipBratNames *names)
{
  g_auto (GStrv) words = g_strsplit (types, "|", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = kutip_brat_conf_keep (self, g_strstrip (words[i]));
      const char *macro = g_hash_table_lookup (self->macros, word);

      if (macro != NULL && depth < MOST_DEPTH)
        {
          if (g_hash_table_add (names->set, (gpointer) word))
            kutip_brat_conf_expand (self, macro, depth + 1, names);
        }
      else if (strcmp (word, "<EVENT>") == 0)
        {
          if (g_hash_table_add (names->set, (gpointer) word))
            add_all (self, names, self->events);
        }
      else if (*word == '<' || *word == '\0')
        {
          if (!is_of_all (word))
            kutip_report_add_left_out (self->report, "unknown-member", self->path, NULL,
                                       0, word);
          if (g_hash_table_add (names->set, (gpointer) kutip_brat_conf_keep (self, ALL)))
            add_all (self, names, self->labels);
        }
      else
        kutip_brat_conf_add_name (self, names, word);
    }
}

const char *const *
kutip_brat_conf_end_names (KutipBratNames *names)
{
  g_ptr_array_add (names->list, NULL);
  return (const char *const *) names->list->pdata;
}

const char *
kutip_brat_conf_get_key (KutipBratConf *self, const char *section, const char *name)
{
  g_autofree char *key = g_strconcat (section, " ", name, NULL);

  return kutip_brat_conf_keep (self, key);
}

static const char *
get_type_key (KutipBratConf *self, const char *name)
{
  const char *section = g_str_equal (self->section, "attributes") ||
                                g_str_equal (self->section, "relations")
                            ? self->section
                            : "labels";

  return kutip_brat_conf_get_key (self, section, name);
}

/* Types stand below the last one with fewer TABs before it; notes that of @name, and that
 * others may stand below it. */
static void
note_place (KutipBratConf *self, const char *name, gsize n_tabs)
{
  const char *key = get_type_key (self, name);

  if (n_tabs < self->above->len)
    g_ptr_array_set_size (self->above, (int) n_tabs);
  if (*name != '!' && self->above->len > 0 && self->above->len < MOST_DEPTH)
    {
      for (guint i = 0; i < self->above->len; i++)
        kutip_brat_others_fill (&self->others, self->section,
                                g_ptr_array_index (self->above, i));
      if (!g_hash_table_contains (self->below, key))
        g_hash_table_insert (
            self->below, (gpointer) key,
            kutip_brat_list_as_json ((const char *const *) self->above->pdata,
                                     self->above->len));
    }
  g_ptr_array_add (self->above, g_strdup (name));
}

void
kutip_brat_conf_add_more (KutipBratConf *self,
                          const char *key,
                          const char *word,
                          const char *colon)
{
  GString *more = g_hash_table_lookup (self->more, key);
  g_autofree char *whole =
      g_strconcat (word, colon == NULL ? "" : ":", colon == NULL ? "" : colon + 1, NULL);

  if (*whole == '\0')
    return;
  if (more == NULL)
    {
      more = g_string_new ("[");
      g_hash_table_insert (self->more, (gpointer) key, more);
    }
  g_string_append (more, more->len > 1 ? ", " : "");
  kutip_json_append_string (more, whole);
}

const char *
kutip_brat_conf_get_more (KutipBratConf *self, const char *key)
{
  GString *more = g_hash_table_lookup (self->more, key);

  if (more != NULL)
    g_string_append_c (more, ']');
  return more == NULL ? NULL : more->str;
}

/* A line of a section: "Name<white>arguments". A leading "!" marks a type that only
 * groups others. */
static void
read_conf_line (
    KutipBratConf *self, const char *section, char *line, gsize n_tabs, guint64 number)
{
  gsize n_name;
  char *rest;
  char **pair;
  gboolean is_other;
  char *equals = *line == '<' ? strchr (line, '=') : NULL;

  if (equals != NULL)
    {
      *equals = '\0';
      g_hash_table_insert (
          self->macros, (gpointer) kutip_brat_conf_keep (self, g_strstrip (line)),
          (gpointer) kutip_brat_conf_keep (self, g_strstrip (equals + 1)));
      return;
    }
  self->section = section;
  n_name = strcspn (line, " \t");
  rest = line + n_name + strspn (line + n_name, " \t");
  pair = g_new0 (char *, 3);
  pair[0] = g_strndup (line, n_name);
  pair[1] = g_strdup (rest);
  is_other = !kutip_brat_is_section_of_types (section) || *line == '<';
  if (!is_other)
    note_place (self, pair[0], n_tabs);
  if (is_other || *line == '!')
    {
      kutip_brat_others_add (&self->others, section, line);
      if (!kutip_brat_is_section_of_types (section) && !g_str_equal (section, "drawing"))
        kutip_report_add (self->report, KUTIP_REPORT_WARNING, "unknown-line", self->path,
                          NULL, number, line);
      g_strfreev (pair);
      return;
    }
  if (g_str_equal (section, "entities") || g_str_equal (section, "spans"))
    {
      g_auto (GStrv) words = g_strsplit (pair[1], ",", -1);

      for (guint i = 0; words[i] != NULL; i++)
        kutip_brat_conf_add_more (self, get_type_key (self, pair[0]),
                                  g_strstrip (words[i]), NULL);
      kutip_brat_conf_add_name (self, self->labels, kutip_brat_conf_keep (self, pair[0]));
    }
  else if (g_str_equal (section, "events"))
    {
      kutip_brat_conf_add_name (self, self->labels, kutip_brat_conf_keep (self, pair[0]));
      kutip_brat_conf_add_name (self, self->events, kutip_brat_conf_keep (self, pair[0]));
      g_ptr_array_add (self->event_lines, g_steal_pointer (&pair));
    }
  else if (g_str_equal (section, "relations"))
    g_ptr_array_add (self->relation_lines, g_steal_pointer (&pair));
  else
    g_ptr_array_add (self->attribute_lines, g_steal_pointer (&pair));
  g_strfreev (pair);
}

void
kutip_brat_conf_read (KutipBratConf *self, const char *bytes)
{
  g_auto (GStrv) lines = g_strsplit (bytes, "\n", -1);
  g_autofree char *section = g_strdup ("");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize n_tabs = strspn (lines[i], "\t");
      char *line = g_strstrip (lines[i]);
      gsize n = strlen (line);

      if (*line == '\0' || g_str_has_prefix (line, KUTIP_BRAT_NOTE))
        continue;
      if (*line == '#' || g_str_has_prefix (line, "---"))
        {
          kutip_brat_others_add (&self->others, section, line);
          continue;
        }
      if (*line == '[' && line[n - 1] == ']')
        {
          g_free (section);
          section = g_strndup (line + 1, n - 2);
          g_ptr_array_set_size (self->above, 0);
        }
      else
        read_conf_line (self, section, line, n_tabs, i + 1);
    }
}
