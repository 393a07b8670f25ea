/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-conf-parts.h"

#include "format/json/json.h"
#include "text/charset.h"

#include <glib/gi18n.h>
#include <string.h>

/* Sections of annotation.conf as a tag set. Entities and event types become labels, roles
 * and relations become relation types, attributes stay attributes; macros are put in. */

static KutipRelationType *
get_relation (KutipBratConf *self,
              const char *name,
              KutipBratNames **from,
              KutipBratNames **to)
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
      type->from = (gpointer) kutip_brat_conf_new_names (self);
      type->to = (gpointer) kutip_brat_conf_new_names (self);
    }
  type = &g_array_index (self->relations, KutipRelationType, known - 1);
  *from = (KutipBratNames *) type->from;
  *to = (KutipBratNames *) type->to;
  return type;
}

/* What is more than symmetric is kept as it is. */
static void
note_relation_type (KutipBratConf *self, const char *relation, const char *word)
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
build_relation (KutipBratConf *self, char **line)
{
  g_auto (GStrv) arguments = g_strsplit (line[1], ",", -1);
  KutipBratNames *ends[2];
  const char *names[2] = { "Arg1", "Arg2" };
  KutipRelationType *type =
      get_relation (self, kutip_brat_conf_keep (self, line[0]), &ends[0], &ends[1]);
  const char *key = kutip_brat_conf_get_key (self, "relations", type->name);
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
          kutip_brat_conf_expand (self, colon + 1, 0, ends[n++]);
        }
      else
        kutip_brat_conf_add_more (self, key, word, colon);
    }
  if (strcmp (names[0], "Arg1") != 0 || strcmp (names[1], "Arg2") != 0)
    g_hash_table_insert (self->arguments, (gpointer) type->name,
                         kutip_brat_list_as_json (names, 2));
}

/* "Role:Type, Role?:Type, Role{2}:Type": each role is a relation from the event's
 * trigger. How often it may occur is kept for the way back. */
static void
build_event (KutipBratConf *self, char **line)
{
  g_auto (GStrv) arguments = g_strsplit (line[1], ",", -1);
  const char *name = kutip_brat_conf_keep (self, line[0]);
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
      KutipBratNames *from, *to;

      if (colon == NULL || *word == '<')
        {
          kutip_brat_conf_add_more (self, kutip_brat_conf_get_key (self, "labels", name),
                                    word, NULL);
          continue;
        }
      *colon = '\0';
      if (roles->len > 1)
        g_string_append (roles, ", ");
      kutip_json_append_string (roles, word);
      word[strcspn (word, "?*+{")] = '\0';
      g_hash_table_add (self->role_names, (gpointer) kutip_brat_conf_keep (self, word));
      get_relation (self, kutip_brat_conf_keep (self, word), &from, &to);
      kutip_brat_conf_add_name (self, from, name);
      kutip_brat_conf_expand (self, colon + 1, 0, to);
    }
}

/* What several lines say of one attribute is true together. */
static KutipAttributeType *
get_attribute (KutipBratConf *self, const char *name, KutipBratNames **targets)
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
      type->values = (gpointer) kutip_brat_conf_new_names (self);
      g_ptr_array_add (self->attribute_targets, kutip_brat_conf_new_names (self));
    }
  *targets = g_ptr_array_index (self->attribute_targets, known - 1);
  return &g_array_index (self->attributes, KutipAttributeType, known - 1);
}

/* "Arg:<EVENT>, Value:a|b|c"; without values it is a flag. */
static void
build_attribute (KutipBratConf *self, char **line)
{
  KutipBratNames *targets;
  KutipAttributeType *type =
      get_attribute (self, kutip_brat_conf_keep (self, line[0]), &targets);
  g_auto (GStrv) arguments = g_strsplit (line[1], ",", -1);

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      char *word = g_strstrip (arguments[i]);

      if (g_str_has_prefix (word, "Value:"))
        {
          g_auto (GStrv) words = g_strsplit (word + strlen ("Value:"), "|", -1);

          type->kind = KUTIP_ATTRIBUTE_CHOICE;
          for (guint j = 0; words[j] != NULL; j++)
            kutip_brat_conf_add_name (self, (KutipBratNames *) type->values,
                                      kutip_brat_conf_keep (self, g_strstrip (words[j])));
        }
      else if (g_str_has_prefix (word, "Arg:"))
        kutip_brat_conf_expand (self, word + strlen ("Arg:"), 0, targets);
      else
        kutip_brat_conf_add_more (
            self, kutip_brat_conf_get_key (self, "attributes", type->name), word, NULL);
    }
}

/* Label -> KutipBratNames of its attributes, in their order. */
static GHashTable *
turn_targets (KutipBratConf *self)
{
  GHashTable *attributes = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->labels->list->len; i++)
    g_hash_table_insert (attributes, g_ptr_array_index (self->labels->list, i),
                         kutip_brat_conf_new_names (self));
  for (guint i = 0; i < self->attributes->len; i++)
    {
      KutipBratNames *targets = g_ptr_array_index (self->attribute_targets, i);

      for (guint j = 0; j < targets->list->len; j++)
        {
          KutipBratNames *names =
              g_hash_table_lookup (attributes, g_ptr_array_index (targets->list, j));

          const char *attribute =
              g_array_index (self->attributes, KutipAttributeType, i).name;

          if (names != NULL)
            kutip_brat_conf_add_name (self, names, attribute);
          else
            kutip_report_add_left_out (self->report, "unknown-member", self->path,
                                       attribute, 0,
                                       g_ptr_array_index (targets->list, j));
        }
    }
  return attributes;
}

/* What is kept of a part of the tag set, behind its member @after: names and JSON; that
 * is NULL for what there is none of. NULL when there is none at all. */
static KutipForeign *
make_foreign (KutipBratConf *self,
              const char *after,
              const char *const *names_and_json,
              guint n)
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
build_labels (KutipBratConf *self, gboolean with_keys)
{
  static const char *const none[] = { NULL };
  GArray *labels = g_array_new (FALSE, TRUE, sizeof (KutipLabelType));
  g_autoptr (GHashTable) attributes = turn_targets (self);

  for (guint i = 0; i < self->labels->list->len; i++)
    {
      const char *name = g_ptr_array_index (self->labels->list, i);
      const char *key = kutip_brat_conf_get_key (self, "labels", name);
      gunichar digit = with_keys && i < 9 ? '1' + i : 0;
      KutipLabelType label = { .name = name, .title = name, .key = digit };
      GString *roles = g_hash_table_lookup (self->roles, name);

      if (roles != NULL)
        g_string_append_c (roles, ']');
      label.foreign = make_foreign (
          self, "requires",
          (const char *const[]){ KUTIP_BRAT_ROLES, roles == NULL ? NULL : roles->str,
                                 KUTIP_BRAT_BELOW, g_hash_table_lookup (self->below, key),
                                 KUTIP_BRAT_MORE, kutip_brat_conf_get_more (self, key) },
          3);
      label.attributes =
          kutip_brat_conf_end_names (g_hash_table_lookup (attributes, name));
      label.requires = none;
      g_array_append_val (labels, label);
    }
  return labels;
}

static KutipForeign *
make_attribute_foreign (KutipBratConf *self, const char *name)
{
  const char *key = kutip_brat_conf_get_key (self, "attributes", name);

  return make_foreign (
      self, "values",
      (const char *const[]){ KUTIP_BRAT_BELOW, g_hash_table_lookup (self->below, key),
                             KUTIP_BRAT_MORE, kutip_brat_conf_get_more (self, key) },
      2);
}

static KutipForeign *
make_relation_foreign (KutipBratConf *self, const char *name)
{
  gboolean is_both = g_hash_table_contains (self->role_names, name) &&
                     g_hash_table_contains (self->relation_names, name);
  const char *key = kutip_brat_conf_get_key (self, "relations", name);
  const char *const kept[] = {
    KUTIP_BRAT_RELATION,      is_both ? "true" : NULL,
    KUTIP_BRAT_ARGUMENTS,     g_hash_table_lookup (self->arguments, name),
    KUTIP_BRAT_RELATION_TYPE, g_hash_table_lookup (self->relation_types, name),
    KUTIP_BRAT_BELOW,         g_hash_table_lookup (self->below, key),
    KUTIP_BRAT_MORE,          kutip_brat_conf_get_more (self, key)
  };

  return make_foreign (self, "symmetric", kept, G_N_ELEMENTS (kept) / 2);
}

/* The labels at an end of @relation, without those that no section defines: they are
 * told. */
static const char *const *
end_labels (KutipBratConf *self, const char *relation, KutipBratNames *labels)
{
  for (guint i = labels->list->len; i > 0; i--)
    {
      const char *label = g_ptr_array_index (labels->list, i - 1);

      if (g_hash_table_contains (self->labels->set, label))
        continue;
      kutip_report_add_left_out (self->report, "unknown-member", self->path, relation, 0,
                                 label);
      g_ptr_array_remove_index (labels->list, i - 1);
    }
  return kutip_brat_conf_end_names (labels);
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
  g_auto (KutipBratConf) conf;

  kutip_brat_conf_init (&conf, path, report);
  if (!kutip_charset_check_utf8 (bytes, n_bytes, 1, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  copy = g_strndup (n_bytes > 0 ? bytes : "", n_bytes);
  kutip_brat_conf_read (&conf, copy);
  for (guint i = 0; i < conf.relation_lines->len; i++)
    build_relation (&conf, g_ptr_array_index (conf.relation_lines, i));
  for (guint i = 0; i < conf.event_lines->len; i++)
    build_event (&conf, g_ptr_array_index (conf.event_lines, i));
  for (guint i = 0; i < conf.attribute_lines->len; i++)
    build_attribute (&conf, g_ptr_array_index (conf.attribute_lines, i));
  labels = build_labels (&conf, with_keys);
  if (conf.n_names >= KUTIP_BRAT_CONF_MOST_NAMES)
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   /* Translators: a file name */
                   _ ("%s: its types stand for too many others"), path);
      return NULL;
    }
  for (guint i = 0; i < conf.relations->len; i++)
    {
      KutipRelationType *type = &g_array_index (conf.relations, KutipRelationType, i);

      type->from = end_labels (&conf, type->name, (KutipBratNames *) type->from);
      type->to = end_labels (&conf, type->name, (KutipBratNames *) type->to);
      type->attributes = none;
      type->foreign = make_relation_foreign (&conf, type->name);
    }
  for (guint i = 0; i < conf.attributes->len; i++)
    {
      KutipAttributeType *type = &g_array_index (conf.attributes, KutipAttributeType, i);

      type->values = kutip_brat_conf_end_names ((KutipBratNames *) type->values);
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
