/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/rename.h"

#include "corpus/builtin-maps.h"
#include "corpus/rename-events.h"
#include "corpus/rename-tagset.h"
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
  /* The tag set that was renamed last, as most articles have the same. */
  GMutex lock;
  KutipTagset *old_tagset, *new_tagset;
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
  g_clear_object (&self->old_tagset);
  g_clear_object (&self->new_tagset);
  g_mutex_clear (&self->lock);
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

  g_mutex_init (&self->lock);
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

/* Attributes while they get their new names. */
typedef struct
{
  KutipRenaming *renaming;
  const char *id, *path; /* of whom; @id NULL: of the article */
  KutipReport *report;
  GArray *renamed;  /* KutipAttribute, each name once */
  GPtrArray *lists; /* GPtrArray of borrowed values, NULL-terminated */
} Attributes;

static void
add_values (GPtrArray *list, GHashTable *names, const char *const *values)
{
  for (guint i = 0; values[i] != NULL; i++)
    {
      const char *value =
          names == NULL ? values[i] : kutip_rename_name (names, values[i]);

      if (!g_ptr_array_find_with_equal_func (list, value, g_str_equal, NULL))
        g_ptr_array_add (list, (gpointer) value);
    }
}

/* Two that are called alike now are a list of what both say; a flag has no place in one.
 */
static void
join_attribute (Attributes *self, KutipAttribute *into, const KutipAttribute *other)
{
  GPtrArray *list;

  if (into->type == KUTIP_VALUE_FLAG && other->type == KUTIP_VALUE_FLAG)
    return;
  if (into->type == KUTIP_VALUE_FLAG || other->type == KUTIP_VALUE_FLAG)
    kutip_report_add (self->report, KUTIP_REPORT_LOSS,
                      self->id == NULL ? "article-attributes" : "attributes", self->path,
                      self->id, 0, into->name);
  if (into->type == KUTIP_VALUE_FLAG)
    *into = *other;
  if (other->type == KUTIP_VALUE_FLAG || into->values == other->values)
    return;
  list = g_ptr_array_new ();
  g_ptr_array_add (self->lists, list);
  add_values (list, NULL, into->values);
  add_values (list, NULL, other->values);
  if (list->len > 1)
    into->type = KUTIP_VALUE_LIST;
  g_ptr_array_add (list, NULL);
  into->values = (const char *const *) list->pdata;
}

static void
add_attribute (Attributes *self, KutipAttribute attribute)
{
  GHashTable *values;

  attribute.name = kutip_rename_name (self->renaming->attributes, attribute.name);
  values = g_hash_table_lookup (self->renaming->values, attribute.name);
  if (values != NULL)
    {
      GPtrArray *list = g_ptr_array_new ();

      g_ptr_array_add (self->lists, list);
      add_values (list, values, attribute.values);
      g_ptr_array_add (list, NULL);
      attribute.values = (const char *const *) list->pdata;
    }
  for (guint i = 0; i < self->renamed->len; i++)
    {
      KutipAttribute *same = &g_array_index (self->renamed, KutipAttribute, i);

      if (strcmp (same->name, attribute.name) == 0)
        {
          join_attribute (self, same, &attribute);
          return;
        }
    }
  g_array_append_val (self->renamed, attribute);
}

/* Owned. */
static KutipAttributes *
rename_attributes (KutipRenaming *renaming,
                   KutipAttributes *attributes,
                   const char *id,
                   const KutipEventChange *change)
{
  g_autoptr (GArray) renamed = g_array_new (FALSE, FALSE, sizeof (KutipAttribute));
  g_autoptr (GPtrArray) lists =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  Attributes self = { renaming, id, change->path, change->report, renamed, lists };

  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    add_attribute (&self, kutip_attributes_get_nth (attributes, i));
  return kutip_attributes_new ((const KutipAttribute *) (gpointer) renamed->data,
                               renamed->len);
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
  attributes =
      rename_attributes (self->renaming, fields.attributes, fields.id, self->change);
  fields.attributes = attributes;
  fields.label = kutip_rename_name (self->renaming->labels, fields.label);
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
  attributes =
      rename_attributes (self->renaming, fields.attributes, fields.id, self->change);
  fields.attributes = attributes;
  fields.label = kutip_rename_name (self->renaming->relations, fields.label);
  fields.from = kutip_event_change_resolve (self->change, fields.from);
  fields.to = kutip_event_change_resolve (self->change, fields.to);
  renamed = kutip_relation_new (&fields);
  kutip_layer_add_relation (self->new, renamed);
  return TRUE;
}

static KutipHeader *
rename_header (KutipRenaming *self, KutipHeader *header, const KutipEventChange *change)
{
  KutipHeaderFields fields = *kutip_header_get_fields (header);
  g_autoptr (KutipAttributes) attributes =
      rename_attributes (self, fields.attributes, NULL, change);

  fields.attributes = attributes;
  return kutip_header_new (&fields);
}

static KutipLayer *
apply_to_layer (KutipRenaming *self,
                KutipLayer *layer,
                const char *path,
                KutipReport *report)
{
  g_auto (KutipEventChange) change;
  g_autoptr (KutipHeader) header = NULL;
  g_autoptr (KutipLayer) new = NULL;
  Applying applying = { self, layer, NULL, &change };

  kutip_event_change_init (&change, path, report);
  header = rename_header (self, kutip_layer_get_header (layer), &change);
  applying.new = new = kutip_layer_new (header);
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

/* Owned; NULL with @error. */
static KutipTagset *
make_tagset (KutipRenaming *self, KutipTagset *old, GError **error)
{
  const KutipRenamedNames names = { self->labels, self->attributes, self->relations,
                                    self->values,
                                    self->fold == NULL ? NULL : self->fold->relations };
  KutipTagset *new;

  g_mutex_lock (&self->lock);
  new = self->old_tagset == old ? g_object_ref (self->new_tagset) : NULL;
  g_mutex_unlock (&self->lock);
  if (new != NULL)
    return new;
  new = kutip_rename_tagset (&names, old, error);
  if (new == NULL)
    return NULL;
  g_mutex_lock (&self->lock);
  g_set_object (&self->old_tagset, old);
  g_set_object (&self->new_tagset, new);
  g_mutex_unlock (&self->lock);
  return new;
}

KutipTagset *
kutip_renaming_rename_tagset (KutipRenaming *self,
                              KutipTagset *tagset,
                              const char *path,
                              KutipReport *report)
{
  g_autoptr (GError) local = NULL;
  KutipTagset *renamed;

  if (tagset == NULL || self->tagset != NULL)
    return tagset == NULL ? NULL : g_object_ref (tagset);
  renamed = make_tagset (self, tagset, &local);
  if (renamed != NULL)
    return renamed;
  kutip_report_add (report, KUTIP_REPORT_WARNING, "tagset", path, NULL, 0,
                    local->message);
  return g_object_ref (tagset);
}

void
kutip_renaming_apply (KutipRenaming *self, KutipRecord *record, KutipReport *report)
{
  g_autoptr (KutipTagset) tagset =
      kutip_renaming_rename_tagset (self, record->tagset, record->path, report);

  g_set_object (&record->tagset, tagset);
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *old = g_ptr_array_index (record->layers, i);

      record->layers->pdata[i] = apply_to_layer (self, old, record->path, report);
      g_object_unref (old);
    }
}
