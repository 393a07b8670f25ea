/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/migration.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KutipMigration
{
  char *tagset_name, *tagset_version;
  GStringChunk *strings;
  GArray *steps; /* of KutipMigrationStep */
  /* Old name -> index of its step, from 1. Values: attribute -> such a table. */
  GHashTable *labels, *relations, *attributes, *values;
};

KutipMigration *
kutip_migration_new (const char *tagset_name, const char *tagset_version)
{
  KutipMigration *self = g_new0 (KutipMigration, 1);

  self->tagset_name = g_strdup (tagset_name);
  self->tagset_version = g_strdup (tagset_version);
  self->strings = g_string_chunk_new (256);
  self->steps = g_array_new (FALSE, FALSE, sizeof (KutipMigrationStep));
  self->labels = g_hash_table_new (g_str_hash, g_str_equal);
  self->relations = g_hash_table_new (g_str_hash, g_str_equal);
  self->attributes = g_hash_table_new (g_str_hash, g_str_equal);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify) g_hash_table_unref);
  return self;
}

void
kutip_migration_free (KutipMigration *self)
{
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->relations);
  g_hash_table_unref (self->attributes);
  g_hash_table_unref (self->values);
  g_array_unref (self->steps);
  g_string_chunk_free (self->strings);
  g_free (self->tagset_name);
  g_free (self->tagset_version);
  g_free (self);
}

static const char *
copy (KutipMigration *self, const char *string)
{
  return string != NULL ? g_string_chunk_insert_const (self->strings, string) : NULL;
}

/* Where the step for a term is looked up; made when there is none yet. */
static GHashTable *
get_table (KutipMigration *self, KutipTerm term, const char *attribute)
{
  GHashTable *values;

  switch (term)
    {
    case KUTIP_TERM_LABEL:
      return self->labels;
    case KUTIP_TERM_ATTRIBUTE:
      return self->attributes;
    case KUTIP_TERM_RELATION:
      return self->relations;
    case KUTIP_TERM_VALUE:
    default:
      values = g_hash_table_lookup (self->values, attribute);
      if (values == NULL)
        {
          values = g_hash_table_new (g_str_hash, g_str_equal);
          g_hash_table_insert (self->values, (gpointer) attribute, values);
        }
      return values;
    }
}

void
kutip_migration_add (KutipMigration *self, const KutipMigrationStep *step)
{
  KutipMigrationStep own = { step->term, copy (self, step->attribute),
                             copy (self, step->from), step->fate, copy (self, step->to) };

  g_return_if_fail (step->from != NULL);
  g_return_if_fail ((step->fate == KUTIP_FATE_RENAME) == (step->to != NULL));
  g_return_if_fail ((step->term == KUTIP_TERM_VALUE) == (step->attribute != NULL));

  g_array_append_val (self->steps, own);
  g_hash_table_insert (get_table (self, own.term, own.attribute), (gpointer) own.from,
                       GUINT_TO_POINTER (self->steps->len));
}

guint
kutip_migration_get_n_steps (KutipMigration *self)
{
  return self->steps->len;
}

const KutipMigrationStep *
kutip_migration_get_nth_step (KutipMigration *self, guint i)
{
  return i < self->steps->len ? &g_array_index (self->steps, KutipMigrationStep, i)
                              : NULL;
}

const char *
kutip_migration_get_version (KutipMigration *self)
{
  return self->tagset_version;
}

/* A layer's change in the making. */
typedef struct
{
  KutipMigration *migration;
  KutipLayer *layer;
  KutipChange *change;
  guint *counts;
} Making;

/* NULL when the term stays what it is; counted otherwise. */
static const KutipMigrationStep *
find_step (Making *self, GHashTable *table, const char *name)
{
  guint i = table != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (table, name)) : 0;

  if (i == 0)
    return NULL;
  self->counts[i - 1]++;
  return kutip_migration_get_nth_step (self->migration, i - 1);
}

/* Whether spans of that label go; not counted. */
static gboolean
is_deleted (Making *self, const char *label)
{
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (self->migration->labels, label));

  return i > 0 &&
         kutip_migration_get_nth_step (self->migration, i - 1)->fate == KUTIP_FATE_DELETE;
}

/* An attribute's values as they are afterwards, each once; borrowed strings. */
static GPtrArray *
migrate_values (Making *self, const KutipAttribute *attribute, gboolean *changed)
{
  GHashTable *table = g_hash_table_lookup (self->migration->values, attribute->name);
  GPtrArray *values = g_ptr_array_new ();
  gboolean renamed = FALSE;

  for (guint i = 0; attribute->values[i] != NULL; i++)
    {
      const char *value = attribute->values[i];
      const KutipMigrationStep *step = find_step (self, table, value);

      if (step != NULL && step->fate != KUTIP_FATE_KEEP)
        {
          renamed = TRUE;
          value = step->to;
        }
      if (value == NULL || (renamed && g_ptr_array_find_with_equal_func (
                                           values, value, g_str_equal, NULL)))
        continue;
      g_ptr_array_add (values, (gpointer) value);
    }
  *changed = *changed || renamed;
  return values;
}

/* What an attribute of that name that came before has, too: nothing is lost when two
 * become one. */
static void
join_values (KutipAttributes *before,
             const char *name,
             GPtrArray *values,
             KutipValueType *type)
{
  KutipAttribute other;
  guint n = 0;

  if (!kutip_attributes_lookup (before, name, &other))
    return;
  for (guint i = 0; other.values[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (values, other.values[i], g_str_equal, NULL))
      g_ptr_array_insert (values, (int) n++, (gpointer) other.values[i]);
  if (values->len > 1 || other.type == KUTIP_VALUE_LIST)
    *type = KUTIP_VALUE_LIST;
  else if (values->len == 1)
    *type = KUTIP_VALUE_STRING;
}

/* FALSE when nothing changes; @after may be NULL. */
static gboolean
migrate_attributes (Making *self, KutipAttributes *before, KutipAttributes **after)
{
  g_autoptr (KutipAttributes) result = NULL;
  gboolean changed = FALSE;

  for (guint i = 0; i < kutip_attributes_get_n (before); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (before, i);
      const KutipMigrationStep *step =
          find_step (self, self->migration->attributes, attribute.name);
      g_autoptr (GPtrArray) values = migrate_values (self, &attribute, &changed);
      gboolean was_empty = attribute.values[0] == NULL;
      KutipAttributes *longer;

      if (step != NULL && step->fate != KUTIP_FATE_KEEP)
        {
          changed = TRUE;
          if (step->fate == KUTIP_FATE_DELETE)
            continue;
          attribute.name = step->to;
        }
      if (values->len == 0 && !was_empty)
        continue;
      join_values (result, attribute.name, values, &attribute.type);
      g_ptr_array_add (values, NULL);
      attribute.values = (const char *const *) values->pdata;
      longer = kutip_attributes_with (result, attribute);
      g_clear_pointer (&result, kutip_attributes_unref);
      result = longer;
    }
  *after = changed ? g_steal_pointer (&result) : NULL;
  return changed;
}

static gboolean
migrate_relation (KutipRelation *relation, gpointer data)
{
  Making *self = data;
  KutipSpan *from =
      kutip_layer_get_span (self->layer, kutip_relation_get_from (relation));
  KutipSpan *to = kutip_layer_get_span (self->layer, kutip_relation_get_to (relation));
  const KutipMigrationStep *step =
      find_step (self, self->migration->relations, kutip_relation_get_label (relation));
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipRelation) after = NULL;
  KutipRelationFields fields;
  gboolean changed;

  if (is_deleted (self, kutip_span_get_label (from)) ||
      is_deleted (self, kutip_span_get_label (to)) ||
      (step != NULL && step->fate == KUTIP_FATE_DELETE))
    {
      kutip_change_add_relation (self->change, relation, NULL);
      return TRUE;
    }
  kutip_relation_get_fields (relation, &fields);
  changed = migrate_attributes (self, fields.attributes, &attributes);
  if (changed)
    fields.attributes = attributes;
  if (step != NULL && step->fate == KUTIP_FATE_RENAME)
    {
      fields.label = step->to;
      changed = TRUE;
    }
  if (!changed)
    return TRUE;
  after = kutip_relation_new (&fields);
  kutip_change_add_relation (self->change, relation, after);
  return TRUE;
}

static gboolean
migrate_span (KutipSpan *span, gpointer data)
{
  Making *self = data;
  const KutipMigrationStep *step =
      find_step (self, self->migration->labels, kutip_span_get_label (span));
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipSpan) after = NULL;
  KutipSpanFields fields;
  gboolean changed;

  if (step != NULL && step->fate == KUTIP_FATE_DELETE)
    {
      kutip_change_add_span (self->change, span, NULL);
      return TRUE;
    }
  kutip_span_get_fields (span, &fields);
  changed = migrate_attributes (self, fields.attributes, &attributes);
  if (changed)
    fields.attributes = attributes;
  if (step != NULL && step->fate == KUTIP_FATE_RENAME)
    {
      fields.label = step->to;
      changed = TRUE;
    }
  if (!changed)
    return TRUE;
  after = kutip_span_new (&fields);
  kutip_change_add_span (self->change, span, after);
  return TRUE;
}

/* Says which tag set it is for now, when anything is another. */
static void
migrate_header (Making *self)
{
  KutipHeader *before = kutip_layer_get_header (self->layer);
  KutipHeaderFields fields = *kutip_header_get_fields (before);
  g_autoptr (KutipAttributes) attributes = NULL;
  g_autoptr (KutipHeader) after = NULL;

  if (migrate_attributes (self, fields.attributes, &attributes))
    fields.attributes = attributes;
  else if (kutip_change_get_n_edits (self->change) == 0)
    return;
  fields.tagset_name = self->migration->tagset_name;
  fields.tagset_version = self->migration->tagset_version;
  after = kutip_header_new (&fields);
  if (!kutip_header_equal (before, after))
    kutip_change_add_header (self->change, before, after);
}

KutipChange *
kutip_migration_make_change (KutipMigration *self, KutipLayer *layer, guint *counts)
{
  g_autoptr (KutipChange) change = NULL;
  Making making = { .migration = self, .layer = layer, .counts = counts };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (KUTIP_IS_LAYER (layer), NULL);
  g_return_val_if_fail (counts != NULL, NULL);

  memset (counts, 0, self->steps->len * sizeof *counts);
  change = making.change = kutip_change_new (_ ("Migrate to the New Tag Set"));
  /* A relation goes before the spans it hangs on. */
  kutip_layer_foreach_relation (layer, migrate_relation, &making);
  kutip_layer_foreach_span (layer, migrate_span, &making);
  migrate_header (&making);
  return kutip_change_get_n_edits (change) > 0 ? g_steal_pointer (&change) : NULL;
}
