/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-conf-others.h"
#include "format/brat/brat-write-parts.h"
#include "format/brat/brat.h"

#include <string.h>

/* A tag set as annotation.conf. Labels that were types of events are so again, with the
 * relations that were their roles. */

/* A role of one type of events. */
typedef struct
{
  char *word;                    /* "Content+" */
  const KutipRelationType *type; /* NULL: the tag set does not allow it any more */
} Role;

typedef struct
{
  const KutipTagsetFields *fields;
  GString *out;
  GHashTable *events; /* label -> GPtrArray of Role */
  GHashTable *roles;  /* "label<TAB>relation" -> its Role */
  GHashTable *n_uses; /* KutipRelationType -> of how many events it is a role */
  GPtrArray *above;   /* of char: the types that the next line can stand below */
  GHashTable *groups; /* those of them that only group others, of the whole section */
  GPtrArray *others;  /* of char: KUTIP_BRAT_CONF */
} Writer;

static void
free_role (gpointer data)
{
  Role *role = data;

  g_free (role->word);
  g_free (role);
}

/* What begins a line of another kind, or stands for other names. */
static gboolean
is_special (const char *word)
{
  return strchr ("<!#[", *word) != NULL || g_str_has_prefix (word, "---");
}

/* Appends the names as a list, @before the first. One that a list cannot hold is left
 * out: brat takes what it does not know as it is. FALSE when there is nothing. */
static gboolean
append_list (GString *out, const char *before, const char *const *names)
{
  const char *separator = before;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *word = kutip_brat_make_word (names[i]);

      if (is_special (word) || strpbrk (word, ",|") != NULL)
        continue;
      g_string_append_printf (out, "%s%s", separator, word);
      separator = "|";
    }
  return separator != before;
}

static void
append_types (GString *out, const char *before, const char *const *names)
{
  if (!append_list (out, before, names))
    g_string_append_printf (out, "%s<ENTITY>", before);
}

static void
append_tabs (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, '\t');
}

/* What brat reads as a part of a line. */
static gboolean
is_part (const char *word)
{
  return *word != '\0' && strpbrk (word, ",\t\r\n") == NULL;
}

/* What else its line said, behind @before and with commas between. FALSE for nothing. */
static gboolean
append_more (GString *out, KutipForeign *foreign, const char *before)
{
  g_autoptr (GPtrArray) more = kutip_brat_list_kept (foreign, KUTIP_BRAT_MORE);
  const char *separator = before;

  for (guint i = 0; i < more->len; i++)
    if (is_part (g_ptr_array_index (more, i)))
      {
        g_string_append_printf (out, "%s%s", separator,
                                (char *) g_ptr_array_index (more, i));
        separator = ", ";
      }
  return separator != before;
}

/* A type at the place that it had below others, as far as these stand right before it;
 * those that only group others are there once. FALSE for what brat cannot define. */
static gboolean
append_type (Writer *self, const char *name, KutipForeign *foreign)
{
  g_autoptr (GPtrArray) below = kutip_brat_list_kept (foreign, KUTIP_BRAT_BELOW);
  g_autofree char *word = kutip_brat_make_word (name);
  guint n = 0;

  if (is_special (word))
    return FALSE;
  while (n < below->len && n < self->above->len &&
         strcmp (g_ptr_array_index (below, n), g_ptr_array_index (self->above, n)) == 0)
    n++;
  g_ptr_array_set_size (self->above, (int) n);
  for (; n < below->len; n++)
    {
      const char *group = g_ptr_array_index (below, n);

      if (*group != '!' || strpbrk (group, " \t\r\n") != NULL ||
          !g_hash_table_add (self->groups, g_strdup (group)))
        break;
      append_tabs (self->out, n);
      g_string_append_printf (self->out, "%s\n", group);
      g_ptr_array_add (self->above, g_strdup (group));
    }
  append_tabs (self->out, self->above->len);
  g_string_append (self->out, word);
  g_ptr_array_add (self->above, g_steal_pointer (&word));
  return TRUE;
}

static void
begin_types (Writer *self, const char *section)
{
  g_string_append (self->out, section);
  g_ptr_array_set_size (self->above, 0);
  g_hash_table_remove_all (self->groups);
}

static void
append_attribute (Writer *self, guint nth)
{
  const KutipTagsetFields *fields = self->fields;
  const KutipAttributeType *type = &fields->attributes[nth];
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GString *out = self->out;

  if (!append_type (self, type->name, type->foreign))
    return;
  for (guint i = 0; i < fields->n_labels; i++)
    if (g_strv_contains (fields->labels[i].attributes, type->name))
      g_ptr_array_add (labels, (gpointer) fields->labels[i].name);
  g_ptr_array_add (labels, NULL);
  append_types (out, "\tArg:", (const char *const *) labels->pdata);
  append_list (out, ", Value:", type->values);
  append_more (out, type->foreign, ", ");
  g_string_append_c (out, '\n');
}

/* --- events --- */

static char *
make_key (const char *label, const char *relation)
{
  return g_strconcat (label, "\t", relation, NULL);
}

static void
gather_event (Writer *self, const KutipLabelType *label)
{
  g_autofree char *kept = kutip_brat_dup_kept (label->foreign, KUTIP_BRAT_ROLES);
  g_autoptr (GPtrArray) words = NULL;
  GPtrArray *roles;

  if (kept == NULL)
    return;
  words = kutip_brat_list_kept (label->foreign, KUTIP_BRAT_ROLES);
  roles = g_ptr_array_new_with_free_func (free_role);
  g_hash_table_insert (self->events, (gpointer) label->name, roles);
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      g_autofree char *name = g_strndup (word, strcspn (word, "?*+{"));
      g_autofree char *key = make_key (label->name, name);
      Role *role;

      if (g_hash_table_contains (self->roles, key))
        continue;
      role = g_new0 (Role, 1);
      role->word = g_strdup (word);
      g_ptr_array_add (roles, role);
      g_hash_table_insert (self->roles, g_steal_pointer (&key), role);
    }
}

static Role *
find_role (Writer *self, const char *label, const KutipRelationType *type)
{
  g_autofree char *key = make_key (label, type->name);

  return g_hash_table_lookup (self->roles, key);
}

/* Whether a line of events can hold it. */
static gboolean
is_role (const char *name)
{
  return !is_special (name) && strpbrk (name, ",:?*+{ \t\r\n") == NULL;
}

static guint
note_role (Writer *self, const char *label, const KutipRelationType *type)
{
  Role *role = find_role (self, label, type);

  if (role != NULL)
    role->type = type;
  return role == NULL ? 0 : 1;
}

/* What the relation is a role of. */
static void
gather_roles (Writer *self, const KutipRelationType *type)
{
  gboolean is_any = type->from == NULL || type->from[0] == NULL;
  guint n_uses = 0;

  if (!is_role (type->name))
    return;
  for (guint i = 0; !is_any && type->from[i] != NULL; i++)
    n_uses += note_role (self, type->from[i], type);
  for (guint i = 0; is_any && i < self->fields->n_labels; i++)
    n_uses += note_role (self, self->fields->labels[i].name, type);
  g_hash_table_insert (self->n_uses, (gpointer) type, GUINT_TO_POINTER (n_uses));
}

/* "<ROLE-BA>", the macro for the types that a role of several events takes: brat allows
 * no digits in it. */
static void
append_macro (Writer *self, const KutipRelationType *type)
{
  gsize n = (gsize) (type - self->fields->relations);

  g_string_append (self->out, "<ROLE-");
  do
    {
      g_string_append_c (self->out, (char) ('A' + n % 26));
      n /= 26;
    }
  while (n > 0);
  g_string_append_c (self->out, '>');
}

static gboolean
has_macro (Writer *self, const KutipRelationType *type)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->n_uses, type)) > 1;
}

static void
append_event (Writer *self, const KutipLabelType *label, GPtrArray *roles)
{
  const char *separator = "\t";

  if (!append_type (self, label->name, label->foreign))
    return;
  for (guint i = 0; i < roles->len; i++)
    {
      const Role *role = g_ptr_array_index (roles, i);

      if (role->type == NULL)
        continue;
      g_string_append_printf (self->out, "%s%s", separator, role->word);
      if (has_macro (self, role->type))
        {
          g_string_append_c (self->out, ':');
          append_macro (self, role->type);
        }
      else
        append_types (self->out, ":", role->type->to);
      separator = ", ";
    }
  append_more (self->out, label->foreign, separator);
  g_string_append_c (self->out, '\n');
}

static void
append_events (Writer *self)
{
  const KutipTagsetFields *fields = self->fields;

  for (guint i = 0; i < fields->n_relations; i++)
    if (has_macro (self, &fields->relations[i]))
      {
        append_macro (self, &fields->relations[i]);
        append_types (self->out, "=", fields->relations[i].to);
        g_string_append_c (self->out, '\n');
      }
  for (guint i = 0; i < fields->n_labels; i++)
    {
      GPtrArray *roles = g_hash_table_lookup (self->events, fields->labels[i].name);

      if (roles != NULL)
        append_event (self, &fields->labels[i], roles);
    }
}

/* --- relations --- */

/* The labels from which it is a relation, and no role. */
static GPtrArray *
list_from (Writer *self, const KutipRelationType *type)
{
  g_autofree char *both = kutip_brat_dup_kept (type->foreign, KUTIP_BRAT_RELATION);
  GPtrArray *from = g_ptr_array_new ();

  for (guint i = 0; type->from != NULL && type->from[i] != NULL; i++)
    {
      const Role *role = find_role (self, type->from[i], type);

      if (both != NULL || role == NULL || role->type == NULL)
        g_ptr_array_add (from, (gpointer) type->from[i]);
    }
  g_ptr_array_add (from, NULL);
  return from;
}

static char *
make_argument (const char *before, const char *name)
{
  return g_strconcat (before, name, ":", NULL);
}

static gboolean
is_word (const char *string)
{
  return *string != '\0' && strpbrk (string, ",:| \t\r\n") == NULL;
}

static void
append_relation (Writer *self, const KutipRelationType *type)
{
  g_autoptr (GPtrArray) from = list_from (self, type);
  g_autoptr (GPtrArray) names =
      kutip_brat_list_kept (type->foreign, KUTIP_BRAT_ARGUMENTS);
  g_autofree char *kind = kutip_brat_dup_kept (type->foreign, KUTIP_BRAT_RELATION_TYPE);
  gboolean is_any = type->from == NULL || type->from[0] == NULL;
  g_autofree char *first = make_argument ("\t", kutip_brat_get_argument (names, 0));
  g_autofree char *second = make_argument (", ", kutip_brat_get_argument (names, 1));

  if ((from->len == 1 && !is_any) || !append_type (self, type->name, type->foreign))
    return;
  append_types (self->out, first, (const char *const *) from->pdata);
  append_types (self->out, second, type->to);
  /* What the tag set says now is truer than what was kept. */
  if (kind != NULL && type->symmetric == g_str_has_prefix (kind, "symmetric") &&
      is_word (kind))
    g_string_append_printf (self->out, ", <REL-TYPE>:%s", kind);
  else if (type->symmetric)
    g_string_append (self->out, ", <REL-TYPE>:symmetric");
  append_more (self->out, type->foreign, ", ");
  g_string_append_c (self->out, '\n');
}

/* --- what is of no type --- */

/* The lines that were kept of a section of brat's; how many of them say what overlaps. */
static guint
append_others (Writer *self, const char *section)
{
  gboolean is_here = FALSE;
  guint n_overlaps = 0;

  for (guint i = 0; i < self->others->len; i++)
    {
      const char *line = g_ptr_array_index (self->others, i);

      if (*line == '[')
        is_here = strcmp (line, section) == 0 ||
                  (strcmp (line, "[spans]") == 0 && strcmp (section, "[entities]") == 0);
      else if (is_here && is_special (line) && strpbrk (line, "\r\n") == NULL)
        {
          g_string_append_printf (self->out, "%s\n", line);
          n_overlaps += g_str_has_prefix (line, "<OVERLAP>") ? 1 : 0;
        }
    }
  return n_overlaps;
}

/* Sections that brat's configuration has besides, and others. */
static void
append_other_sections (Writer *self)
{
  gboolean is_here = FALSE;

  for (guint i = 0; i < self->others->len; i++)
    {
      const char *line = g_ptr_array_index (self->others, i);

      if (*line == '[')
        {
          g_autofree char *section = g_strndup (line + 1, strcspn (line + 1, "]"));

          is_here = *section != '\0' && !kutip_brat_is_section_of_types (section);
        }
      if (is_here && strpbrk (line, "\r\n") == NULL)
        g_string_append_printf (self->out, "%s%s\n", *line == '[' ? "\n" : "", line);
    }
}

GString *
kutip_brat_write_sections (KutipTagset *tagset)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GPtrArray) above = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) events = g_hash_table_new_full (
      g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) roles =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) n_uses = g_hash_table_new (NULL, NULL);
  KutipTagsetFields fields;
  g_autoptr (GPtrArray) others = NULL;
  Writer self = { &fields, out, events, roles, n_uses, above, groups, NULL };

  kutip_tagset_get_fields (tagset, &fields);
  self.others = others = kutip_brat_list_kept (fields.foreign, KUTIP_BRAT_CONF);
  for (guint i = 0; i < fields.n_labels; i++)
    gather_event (&self, &fields.labels[i]);
  for (guint i = 0; i < fields.n_relations; i++)
    gather_roles (&self, &fields.relations[i]);
  append_others (&self, "[]");
  begin_types (&self, "[entities]\n");
  for (guint i = 0; i < fields.n_labels; i++)
    if (!g_hash_table_contains (events, fields.labels[i].name) &&
        append_type (&self, fields.labels[i].name, fields.labels[i].foreign))
      {
        append_more (out, fields.labels[i].foreign, "\t");
        g_string_append_c (out, '\n');
      }
  append_others (&self, "[entities]");
  begin_types (&self, "\n[relations]\n");
  for (guint i = 0; i < fields.n_relations; i++)
    append_relation (&self, &fields.relations[i]);
  if (append_others (&self, "[relations]") == 0)
    g_string_append (out, KUTIP_BRAT_OVERLAP "\n");
  begin_types (&self, "\n[events]\n");
  append_events (&self);
  append_others (&self, "[events]");
  begin_types (&self, "\n[attributes]\n");
  for (guint i = 0; i < fields.n_attributes; i++)
    append_attribute (&self, i);
  append_others (&self, "[attributes]");
  append_other_sections (&self);
  return out;
}
