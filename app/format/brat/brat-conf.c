/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-conf-others.h"
#include "format/brat/brat.h"

#include "format/json/json.h"
#include "text/charset.h"

#include <glib/gi18n.h>
#include <string.h>

/* Sections of annotation.conf as a tag set. Entities and event types become labels, roles
 * and relations become relation types, attributes stay attributes; macros are put in. */

/* More names in lists of all types than a tag set is made of. */
#define MOST_NAMES (1 << 20)
#define MOST_DEPTH 16
/* Stands for all labels in the set of a list. */
#define ALL "<>"

/* Strings in order, none twice. */
typedef struct
{
  GPtrArray *list;
  GHashTable *set; /* of these, and of what was put in by a name: macros, <EVENT>, ALL */
} Names;

typedef struct
{
  const char *path;
  KutipReport *report;
  GStringChunk *strings;  /* each once, so that a pointer is as good as the string */
  GPtrArray *names;       /* Names, kept until the end */
  guint n_names;          /* in all of them */
  GHashTable *macros;     /* "<POG>" -> "Person|Org" */
  Names *labels, *events; /* all of [entities] and [events]; of [events] alone */
  GPtrArray *relation_lines, *event_lines,
      *attribute_lines;          /* char **: name, arguments */
  GArray *relations;             /* KutipRelationType */
  GHashTable *relation_of_name;  /* its index + 1 */
  GArray *attributes;            /* KutipAttributeType */
  GHashTable *attribute_of_name; /* its index + 1 */
  GPtrArray *attribute_targets;  /* Names of labels, by attribute */
  GHashTable *roles;             /* event -> GString: its roles, a list that has no end */
  GHashTable *role_names, *relation_names;
  GPtrArray *above;  /* of char: the types that the next line can stand below */
  GHashTable *below; /* key of a type -> those that it stands below, a list as JSON */
  GHashTable *more;  /* the same -> GString: KUTIP_BRAT_MORE, a list that has no end */
  KutipBratOthers others;
  const char *section;
  GHashTable *arguments, *relation_types; /* relation -> JSON, where it is of its own */
  GPtrArray *foreign;                     /* KutipForeign, of the tag set's parts */
} Conf;

static void
free_names (gpointer data)
{
  Names *names = data;

  g_ptr_array_unref (names->list);
  g_hash_table_unref (names->set);
  g_free (names);
}

static Names *
new_names (Conf *self)
{
  Names *names = g_new (Names, 1);

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

static void
init_conf (Conf *self, const char *path, KutipReport *report)
{
  *self = (Conf){ .path = path, .report = report };
  self->strings = g_string_chunk_new (1024);
  self->names = g_ptr_array_new_with_free_func (free_names);
  self->macros = g_hash_table_new (NULL, NULL);
  self->labels = new_names (self);
  self->events = new_names (self);
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

static void
clear_conf (Conf *self)
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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Conf, clear_conf)

static const char *
keep (Conf *self, const char *string)
{
  return g_string_chunk_insert_const (self->strings, string);
}

/* FALSE when it is there already; @name has been kept. */
static gboolean
add_name (Conf *self, Names *names, const char *name)
{
  if (self->n_names >= MOST_NAMES || !g_hash_table_add (names->set, (gpointer) name))
    return FALSE;
  g_ptr_array_add (names->list, (gpointer) name);
  self->n_names++;
  return TRUE;
}

static void
add_all (Conf *self, Names *names, Names *others)
{
  for (guint i = 0; i < others->list->len; i++)
    add_name (self, names, g_ptr_array_index (others->list, i));
}

/* "Person|<ORG>|<ENTITY>" as label names; an unknown <…> stands for all. What was put in
 * once is not looked at again: macros of macros would take for ever. */
static void
expand (Conf *self, const char *types, guint depth, Names *names)
{
  g_auto (GStrv) words = g_strsplit (types, "|", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = keep (self, g_strstrip (words[i]));
      const char *macro = g_hash_table_lookup (self->macros, word);

      if (macro != NULL && depth < MOST_DEPTH)
        {
          if (g_hash_table_add (names->set, (gpointer) word))
            expand (self, macro, depth + 1, names);
        }
      else if (strcmp (word, "<EVENT>") == 0)
        {
          if (g_hash_table_add (names->set, (gpointer) word))
            add_all (self, names, self->events);
        }
      else if (*word == '<' || *word == '\0')
        {
          if (g_hash_table_add (names->set, (gpointer) keep (self, ALL)))
            add_all (self, names, self->labels);
        }
      else
        add_name (self, names, word);
    }
}

static const char *const *
end_names (Names *names)
{
  g_ptr_array_add (names->list, NULL);
  return (const char *const *) names->list->pdata;
}

/* Of what several sections may call by one name. */
static const char *
get_key (Conf *self, const char *section, const char *name)
{
  g_autofree char *key = g_strconcat (section, " ", name, NULL);

  return keep (self, key);
}

static const char *
get_type_key (Conf *self, const char *name)
{
  const char *section = g_str_equal (self->section, "attributes") ||
                                g_str_equal (self->section, "relations")
                            ? self->section
                            : "labels";

  return get_key (self, section, name);
}

/* Types stand below the last one with fewer TABs before it; notes that of @name, and that
 * others may stand below it. */
static void
note_place (Conf *self, const char *name, gsize n_tabs)
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

/* What a line says of @key besides; @colon was cut out of @word, or is NULL. */
static void
add_more (Conf *self, const char *key, const char *word, const char *colon)
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

/* Ends the list; NULL when there is none. */
static const char *
get_more (Conf *self, const char *key)
{
  GString *more = g_hash_table_lookup (self->more, key);

  if (more != NULL)
    g_string_append_c (more, ']');
  return more == NULL ? NULL : more->str;
}

/* A line of a section: "Name<white>arguments". A leading "!" marks a type that only
 * groups others. */
static void
read_conf_line (Conf *self, const char *section, char *line, gsize n_tabs, guint64 number)
{
  gsize n_name;
  char *rest;
  char **pair;
  gboolean is_other;

  if (g_str_has_prefix (line, "<") && strchr (line, '=') != NULL)
    {
      char *equals = strchr (line, '=');

      *equals = '\0';
      g_hash_table_insert (self->macros, (gpointer) keep (self, g_strstrip (line)),
                           (gpointer) keep (self, g_strstrip (equals + 1)));
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
        add_more (self, get_type_key (self, pair[0]), g_strstrip (words[i]), NULL);
      add_name (self, self->labels, keep (self, pair[0]));
    }
  else if (g_str_equal (section, "events"))
    {
      add_name (self, self->labels, keep (self, pair[0]));
      add_name (self, self->events, keep (self, pair[0]));
      g_ptr_array_add (self->event_lines, g_steal_pointer (&pair));
    }
  else if (g_str_equal (section, "relations"))
    g_ptr_array_add (self->relation_lines, g_steal_pointer (&pair));
  else
    g_ptr_array_add (self->attribute_lines, g_steal_pointer (&pair));
  g_strfreev (pair);
}

static void
read_sections (Conf *self, const char *bytes)
{
  g_auto (GStrv) lines = g_strsplit (bytes, "\n", -1);
  g_autofree char *section = g_strdup ("");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize n_tabs = strspn (lines[i], "\t");
      char *line = g_strstrip (lines[i]);
      gsize n = strlen (line);

      if (*line == '\0' || *line == '#' || g_str_has_prefix (line, "---"))
        continue;
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

static KutipRelationType *
get_relation (Conf *self, const char *name, Names **from, Names **to)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->relation_of_name, name));
  KutipRelationType *type;

  if (known == 0)
    {
      g_array_set_size (self->relations, self->relations->len + 1);
      known = self->relations->len;
      g_hash_table_insert (self->relation_of_name, (gpointer) name,
                           GUINT_TO_POINTER (known));
      type = &g_array_index (self->relations, KutipRelationType, known - 1);
      type->name = type->title = name;
      /* Until the end these hold the growing lists. */
      type->from = (gpointer) new_names (self);
      type->to = (gpointer) new_names (self);
    }
  type = &g_array_index (self->relations, KutipRelationType, known - 1);
  *from = (Names *) type->from;
  *to = (Names *) type->to;
  return type;
}

/* What is more than symmetric is kept as it is. */
static void
note_relation_type (Conf *self, const char *relation, const char *word)
{
  GString *json = g_string_new (NULL);

  if (strcmp (word, "symmetric") == 0)
    {
      g_string_free (json, TRUE);
      return;
    }
  kutip_json_append_string (json, word);
  g_hash_table_insert (self->relation_types, (gpointer) relation,
                       g_string_free (json, FALSE));
}

/* "Arg1:A|B, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive" */
static void
build_relation (Conf *self, char **line)
{
  g_auto (GStrv) arguments = g_strsplit (line[1], ",", -1);
  Names *ends[2];
  const char *names[2] = { "Arg1", "Arg2" };
  KutipRelationType *type = get_relation (self, keep (self, line[0]), &ends[0], &ends[1]);
  const char *key = get_key (self, "relations", type->name);
  guint n = 0;

  g_hash_table_add (self->relation_names, (gpointer) type->name);
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      char *word = g_strstrip (arguments[i]);
      char *colon = strchr (word, ':');

      if (colon != NULL)
        *colon = '\0';
      if (colon != NULL && g_str_has_prefix (word, "<REL-TYPE>"))
        {
          type->symmetric = g_str_has_prefix (colon + 1, "symmetric");
          note_relation_type (self, type->name, colon + 1);
        }
      else if (colon != NULL && *word != '<' && n < 2)
        {
          names[n] = word;
          expand (self, colon + 1, 0, ends[n++]);
        }
      else
        add_more (self, key, word, colon);
    }
  if (strcmp (names[0], "Arg1") != 0 || strcmp (names[1], "Arg2") != 0)
    g_hash_table_insert (self->arguments, (gpointer) type->name,
                         kutip_brat_list_as_json (names, 2));
}

/* "Role:Type, Role?:Type, Role{2}:Type": each role is a relation from the event's
 * trigger. How often it may occur is kept for the way back. */
static void
build_event (Conf *self, char **line)
{
  g_auto (GStrv) arguments = g_strsplit (line[1], ",", -1);
  const char *name = keep (self, line[0]);
  GString *roles = g_hash_table_lookup (self->roles, name);

  if (roles == NULL)
    {
      roles = g_string_new ("[");
      g_hash_table_insert (self->roles, (gpointer) name, roles);
    }
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      char *word = g_strstrip (arguments[i]);
      char *colon = strchr (word, ':');
      Names *from, *to;

      if (colon == NULL || *word == '<')
        {
          add_more (self, get_key (self, "labels", name), word, NULL);
          continue;
        }
      *colon = '\0';
      if (roles->len > 1)
        g_string_append (roles, ", ");
      kutip_json_append_string (roles, word);
      word[strcspn (word, "?*+{")] = '\0';
      g_hash_table_add (self->role_names, (gpointer) keep (self, word));
      get_relation (self, keep (self, word), &from, &to);
      add_name (self, from, name);
      expand (self, colon + 1, 0, to);
    }
}

/* What several lines say of one attribute is true together. */
static KutipAttributeType *
get_attribute (Conf *self, const char *name, Names **targets)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->attribute_of_name, name));
  KutipAttributeType *type;

  if (known == 0)
    {
      g_array_set_size (self->attributes, self->attributes->len + 1);
      known = self->attributes->len;
      g_hash_table_insert (self->attribute_of_name, (gpointer) name,
                           GUINT_TO_POINTER (known));
      type = &g_array_index (self->attributes, KutipAttributeType, known - 1);
      type->name = type->title = name;
      type->kind = KUTIP_ATTRIBUTE_FLAG;
      /* Until the end it holds the growing list. */
      type->values = (gpointer) new_names (self);
      g_ptr_array_add (self->attribute_targets, new_names (self));
    }
  *targets = g_ptr_array_index (self->attribute_targets, known - 1);
  return &g_array_index (self->attributes, KutipAttributeType, known - 1);
}

/* "Arg:<EVENT>, Value:a|b|c"; without values it is a flag. */
static void
build_attribute (Conf *self, char **line)
{
  Names *targets;
  KutipAttributeType *type = get_attribute (self, keep (self, line[0]), &targets);
  g_auto (GStrv) arguments = g_strsplit (line[1], ",", -1);

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      char *word = g_strstrip (arguments[i]);

      if (g_str_has_prefix (word, "Value:"))
        {
          g_auto (GStrv) words = g_strsplit (word + strlen ("Value:"), "|", -1);

          type->kind = KUTIP_ATTRIBUTE_CHOICE;
          for (guint j = 0; words[j] != NULL; j++)
            add_name (self, (Names *) type->values, keep (self, g_strstrip (words[j])));
        }
      else if (g_str_has_prefix (word, "Arg:"))
        expand (self, word + strlen ("Arg:"), 0, targets);
      else
        add_more (self, get_key (self, "attributes", type->name), word, NULL);
    }
}

/* Label -> Names of its attributes, in their order. */
static GHashTable *
turn_targets (Conf *self)
{
  GHashTable *attributes = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->labels->list->len; i++)
    g_hash_table_insert (attributes, g_ptr_array_index (self->labels->list, i),
                         new_names (self));
  for (guint i = 0; i < self->attributes->len; i++)
    {
      Names *targets = g_ptr_array_index (self->attribute_targets, i);

      for (guint j = 0; j < targets->list->len; j++)
        {
          Names *names =
              g_hash_table_lookup (attributes, g_ptr_array_index (targets->list, j));

          if (names != NULL)
            add_name (self, names,
                      g_array_index (self->attributes, KutipAttributeType, i).name);
        }
    }
  return attributes;
}

/* What is kept of a part of the tag set, behind its member @after: names and JSON; that
 * is NULL for what there is none of. NULL when there is none at all. */
static KutipForeign *
make_foreign (Conf *self, const char *after, const char *const *names_and_json, guint n)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (KutipForeignMember));
  KutipForeign *foreign;

  for (guint i = 0; i < n; i++)
    {
      KutipForeignMember member = { after, names_and_json[2 * i],
                                    names_and_json[2 * i + 1] };

      if (member.json != NULL)
        g_array_append_val (members, member);
    }
  if (members->len == 0)
    return NULL;
  foreign = kutip_foreign_new ((const KutipForeignMember *) (gpointer) members->data,
                               members->len);
  g_ptr_array_add (self->foreign, foreign);
  return foreign;
}

static GArray *
build_labels (Conf *self, gboolean with_keys)
{
  static const char *const none[] = { NULL };
  GArray *labels = g_array_new (FALSE, TRUE, sizeof (KutipLabelType));
  g_autoptr (GHashTable) attributes = turn_targets (self);

  for (guint i = 0; i < self->labels->list->len; i++)
    {
      const char *name = g_ptr_array_index (self->labels->list, i);
      const char *key = get_key (self, "labels", name);
      gunichar digit = with_keys && i < 9 ? '1' + i : 0;
      KutipLabelType label = { .name = name, .title = name, .key = digit };
      GString *roles = g_hash_table_lookup (self->roles, name);

      if (roles != NULL)
        g_string_append_c (roles, ']');
      label.foreign = make_foreign (
          self, "requires",
          (const char *const[]){ KUTIP_BRAT_ROLES, roles == NULL ? NULL : roles->str,
                                 KUTIP_BRAT_BELOW, g_hash_table_lookup (self->below, key),
                                 KUTIP_BRAT_MORE, get_more (self, key) },
          3);
      label.attributes = end_names (g_hash_table_lookup (attributes, name));
      label.requires = none;
      g_array_append_val (labels, label);
    }
  return labels;
}

static KutipForeign *
make_attribute_foreign (Conf *self, const char *name)
{
  const char *key = get_key (self, "attributes", name);

  return make_foreign (self, "values",
                       (const char *const[]){ KUTIP_BRAT_BELOW,
                                              g_hash_table_lookup (self->below, key),
                                              KUTIP_BRAT_MORE, get_more (self, key) },
                       2);
}

static KutipForeign *
make_relation_foreign (Conf *self, const char *name)
{
  gboolean is_both = g_hash_table_contains (self->role_names, name) &&
                     g_hash_table_contains (self->relation_names, name);
  const char *key = get_key (self, "relations", name);
  const char *const kept[] = {
    KUTIP_BRAT_RELATION,      is_both ? "true" : NULL,
    KUTIP_BRAT_ARGUMENTS,     g_hash_table_lookup (self->arguments, name),
    KUTIP_BRAT_RELATION_TYPE, g_hash_table_lookup (self->relation_types, name),
    KUTIP_BRAT_BELOW,         g_hash_table_lookup (self->below, key),
    KUTIP_BRAT_MORE,          get_more (self, key)
  };

  return make_foreign (self, "symmetric", kept, G_N_ELEMENTS (kept) / 2);
}

KutipTagset *
kutip_brat_read_sections (const char *bytes,
                          gsize n_bytes,
                          gboolean with_keys,
                          const char *path,
                          KutipReport *report,
                          GError **error)
{
  static const char *const none[] = { NULL };
  g_autofree char *copy = NULL;
  g_autofree char *others = NULL;
  g_autoptr (GArray) labels = NULL;
  g_auto (Conf) conf;

  init_conf (&conf, path, report);
  if (!kutip_charset_check_utf8 (bytes, n_bytes, 1, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  copy = g_strndup (n_bytes > 0 ? bytes : "", n_bytes);
  read_sections (&conf, copy);
  for (guint i = 0; i < conf.relation_lines->len; i++)
    build_relation (&conf, g_ptr_array_index (conf.relation_lines, i));
  for (guint i = 0; i < conf.event_lines->len; i++)
    build_event (&conf, g_ptr_array_index (conf.event_lines, i));
  for (guint i = 0; i < conf.attribute_lines->len; i++)
    build_attribute (&conf, g_ptr_array_index (conf.attribute_lines, i));
  labels = build_labels (&conf, with_keys);
  if (conf.n_names >= MOST_NAMES)
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   /* Translators: a file name */
                   _ ("%s: its types stand for too many others"), path);
      return NULL;
    }
  for (guint i = 0; i < conf.relations->len; i++)
    {
      KutipRelationType *type = &g_array_index (conf.relations, KutipRelationType, i);

      type->from = end_names ((Names *) type->from);
      type->to = end_names ((Names *) type->to);
      type->attributes = none;
      type->foreign = make_relation_foreign (&conf, type->name);
    }
  for (guint i = 0; i < conf.attributes->len; i++)
    {
      KutipAttributeType *type = &g_array_index (conf.attributes, KutipAttributeType, i);

      type->values = end_names ((Names *) type->values);
      type->foreign = make_attribute_foreign (&conf, type->name);
    }
  others = kutip_brat_others_list (&conf.others);
  return kutip_tagset_new (
      &(KutipTagsetFields){
          .name = "brat",
          .version = "1",
          .labels = (const KutipLabelType *) (gpointer) labels->data,
          .n_labels = labels->len,
          .attributes = (const KutipAttributeType *) (gpointer) conf.attributes->data,
          .n_attributes = conf.attributes->len,
          .relations = (const KutipRelationType *) (gpointer) conf.relations->data,
          .n_relations = conf.relations->len,
          .article_attributes = none,
          .foreign = make_foreign (&conf, "article_attributes",
                                   (const char *const[]){ KUTIP_BRAT_CONF, others }, 1),
      },
      error);
}
