/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/rename.h"

#include "corpus/builtin-maps.h"
#include "corpus/rename-events.h"
#include "format/json/json.h"
#include "format/tagset/tagset-json.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const builtin_names[] = { "polnear-to-kutip", "kutip-to-polnear",
                                             NULL };

struct _KutipRenaming
{
  GHashTable *labels, *attributes, *relations; /* old name -> new name */
  GHashTable *values;                          /* attribute -> GHashTable of values */
  GPtrArray *unfold;                           /* KutipEventRule */
  KutipEventRule *fold;
  KutipTagset *tagset;
};

static GHashTable *
new_names (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
kutip_renaming_free (KutipRenaming *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->attributes);
  g_hash_table_unref (self->relations);
  g_hash_table_unref (self->values);
  g_ptr_array_unref (self->unfold);
  kutip_event_rule_free (self->fold);
  g_clear_object (&self->tagset);
  g_free (self);
}

KutipTagset *
kutip_renaming_get_tagset (KutipRenaming *self)
{
  return self->tagset;
}

/* --- reading --- */

static void
read_names (KutipJsonReader *reader, GHashTable *names, gboolean may_be_empty)
{
  const char *name;

  if (!kutip_json_reader_read_object (reader))
    return;
  while ((name = kutip_json_reader_read_member (reader)) != NULL)
    {
      char *old = g_strdup (name);
      const char *new = kutip_json_reader_read_string (reader);

      if (new != NULL &&*new == '\0' && !may_be_empty)
        kutip_json_reader_fail (reader, _ ("“%s” needs a new name"), old);
      g_hash_table_replace (names, old, g_strdup (new));
    }
}

static void
read_values (KutipJsonReader *reader, GHashTable *values)
{
  const char *name;

  if (!kutip_json_reader_read_object (reader))
    return;
  while ((name = kutip_json_reader_read_member (reader)) != NULL)
    {
      GHashTable *names = new_names ();

      g_hash_table_replace (values, g_strdup (name), names);
      read_names (reader, names, TRUE);
    }
}

static KutipEventRule *
read_rule (KutipJsonReader *reader)
{
  KutipEventRule *rule = kutip_event_rule_new ();
  const char *name;

  if (!kutip_json_reader_read_object (reader))
    return rule;
  while ((name = kutip_json_reader_read_member (reader)) != NULL)
    {
      char **string = strcmp (name, "trigger") == 0 ? &rule->trigger
                      : strcmp (name, "from") == 0  ? &rule->from
                      : strcmp (name, "at") == 0    ? &rule->at
                      : strcmp (name, "keep") == 0  ? &rule->keep
                                                    : NULL;

      if (string != NULL)
        {
          g_free (*string);
          *string = g_strdup (kutip_json_reader_read_string (reader));
          if (g_strcmp0 (*string, "") == 0)
            kutip_json_reader_fail (reader, _ ("this must not be empty"));
        }
      else if (strcmp (name, "relations") == 0)
        read_names (reader, rule->relations, FALSE);
      else if (strcmp (name, "without") == 0)
        read_names (reader, rule->without, FALSE);
      else
        kutip_json_reader_fail (reader, _ ("“%s” is not known in a map"), name);
    }
  if (!kutip_json_reader_failed (reader) && (rule->trigger == NULL || rule->from == NULL))
    /* Translators: the words in quotes are those of the file and stay as they are. */
    kutip_json_reader_fail (reader, _ ("“trigger” and “from” are needed here"));
  return rule;
}

static void
read_rules (KutipJsonReader *reader, GPtrArray *rules)
{
  if (kutip_json_reader_peek (reader) == KUTIP_JSON_OBJECT_START)
    g_ptr_array_add (rules, read_rule (reader));
  else if (kutip_json_reader_read_array (reader))
    while (kutip_json_reader_read_element (reader))
      g_ptr_array_add (rules, read_rule (reader));
}

static void
read_tagset (KutipRenaming *self, KutipJsonReader *reader)
{
  const char *name = kutip_json_reader_read_string (reader);

  if (name == NULL)
    return;
  if (g_strv_contains (kutip_tagset_list_builtin (), name))
    self->tagset = kutip_tagset_load_builtin (name);
  else
    kutip_json_reader_fail (reader, _ ("there is no tag set “%s” in Kutip"), name);
}

static void
read_member (KutipRenaming *self, KutipJsonReader *reader, const char *name)
{
  guint format = 1;

  if (strcmp (name, "format") == 0)
    {
      kutip_json_reader_read_uint (reader, G_MAXINT, &format);
      if (format != 1)
        kutip_json_reader_fail (reader, _ ("this map is for a newer version of Kutip"));
    }
  else if (strcmp (name, "labels") == 0)
    read_names (reader, self->labels, FALSE);
  else if (strcmp (name, "attributes") == 0)
    read_names (reader, self->attributes, FALSE);
  else if (strcmp (name, "relations") == 0)
    read_names (reader, self->relations, FALSE);
  else if (strcmp (name, "values") == 0)
    read_values (reader, self->values);
  else if (strcmp (name, "unfold") == 0)
    read_rules (reader, self->unfold);
  else if (strcmp (name, "fold") == 0)
    self->fold = read_rule (reader);
  else if (strcmp (name, "tagset") == 0)
    read_tagset (self, reader);
  else
    kutip_json_reader_fail (reader, _ ("“%s” is not known in a map"), name);
}

KutipRenaming *
kutip_renaming_new_from_json (const char *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);
  g_autoptr (KutipRenaming) self = g_new0 (KutipRenaming, 1);
  const char *name;

  self->labels = new_names ();
  self->attributes = new_names ();
  self->relations = new_names ();
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_hash_table_unref);
  self->unfold = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_event_rule_free);
  if (kutip_json_reader_read_object (reader))
    while ((name = kutip_json_reader_read_member (reader)) != NULL)
      {
        g_autofree char *member = g_strdup (name);

        read_member (self, reader, member);
      }
  return kutip_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

const char *const *
kutip_renaming_list_builtin (void)
{
  return builtin_names;
}

KutipRenaming *
kutip_renaming_load_builtin (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/org/kutip/maps/%s.json", name);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      kutip_builtin_maps_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  KutipRenaming *self;

  if (bytes == NULL)
    return NULL;
  self = kutip_renaming_new_from_json (g_bytes_get_data (bytes, NULL),
                                       g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  return self;
}

/* --- renaming --- */

static const char *
rename_name (GHashTable *names, const char *name)
{
  const char *renamed = g_hash_table_lookup (names, name);

  return renamed != NULL ? renamed : name;
}

/* Owned. */
static KutipAttributes *
rename_attributes (KutipRenaming *self, KutipAttributes *attributes)
{
  guint n = kutip_attributes_get_n (attributes);
  g_autofree KutipAttribute *renamed = g_new (KutipAttribute, n);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      GHashTable *values;
      const char **list;
      guint n_values;

      renamed[i] = kutip_attributes_get_nth (attributes, i);
      renamed[i].name = rename_name (self->attributes, renamed[i].name);
      values = g_hash_table_lookup (self->values, renamed[i].name);
      if (values == NULL)
        continue;
      n_values = g_strv_length ((char **) renamed[i].values);
      list = g_new0 (const char *, n_values + 1);
      g_ptr_array_add (lists, list);
      for (guint j = 0; j < n_values; j++)
        list[j] = rename_name (values, renamed[i].values[j]);
      renamed[i].values = list;
    }
  return kutip_attributes_new (renamed, n);
}

/* A layer and what becomes of it. */
typedef struct
{
  KutipRenaming *renaming;
  KutipLayer *old, *new;
  KutipEventChange *change;
} Applying;

static gboolean
apply_to_span (KutipSpan *span, gpointer data)
{
  Applying *self = data;
  KutipSpanFields fields;
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipSpan) renamed = NULL;

  if (g_hash_table_contains (self->change->gone, kutip_span_get_id (span)))
    return TRUE;
  kutip_span_get_fields (span, &fields);
  attributes = rename_attributes (self->renaming, fields.attributes);
  fields.attributes = attributes;
  fields.label = rename_name (self->renaming->labels, fields.label);
  renamed = kutip_span_new (&fields);
  kutip_layer_add_span (self->new, renamed);
  return TRUE;
}

static gboolean
apply_to_relation (KutipRelation *relation, gpointer data)
{
  Applying *self = data;
  KutipRelationFields fields;
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipRelation) renamed = NULL;

  if (g_hash_table_contains (self->change->gone, kutip_relation_get_id (relation)))
    return TRUE;
  kutip_relation_get_fields (relation, &fields);
  attributes = rename_attributes (self->renaming, fields.attributes);
  fields.attributes = attributes;
  fields.label = rename_name (self->renaming->relations, fields.label);
  fields.from = kutip_event_change_resolve (self->change, fields.from);
  fields.to = kutip_event_change_resolve (self->change, fields.to);
  renamed = kutip_relation_new (&fields);
  kutip_layer_add_relation (self->new, renamed);
  return TRUE;
}

static KutipLayer *
apply_to_layer (KutipRenaming *self,
                KutipLayer *layer,
                const char *path,
                KutipReport *report)
{
  g_autoptr (KutipLayer) new = kutip_layer_new (kutip_layer_get_header (layer));
  g_auto (KutipEventChange) change;
  Applying applying = { self, layer, new, &change };

  kutip_event_change_init (&change, path, report);
  for (guint i = 0; i < self->unfold->len; i++)
    kutip_event_change_unfold (&change, g_ptr_array_index (self->unfold, i), layer);
  if (self->fold != NULL)
    kutip_event_change_fold (&change, self->fold, layer);
  kutip_layer_foreach_span (layer, apply_to_span, &applying);
  for (guint i = 0; i < change.spans->len; i++)
    kutip_layer_add_span (new, g_ptr_array_index (change.spans, i));
  kutip_layer_foreach_relation (layer, apply_to_relation, &applying);
  for (guint i = 0; i < change.relations->len; i++)
    kutip_layer_add_relation (new, g_ptr_array_index (change.relations, i));
  return g_steal_pointer (&new);
}

void
kutip_renaming_apply (KutipRenaming *self, KutipRecord *record, KutipReport *report)
{
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *old = g_ptr_array_index (record->layers, i);

      record->layers->pdata[i] = apply_to_layer (self, old, record->path, report);
      g_object_unref (old);
    }
}
