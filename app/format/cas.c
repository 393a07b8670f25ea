/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/cas.h"

#include <glib/gi18n.h>
#include <string.h>

/* Deeper than any type system; against types that are their own ancestors. */
#define MAX_ANCESTORS 100

static void
free_structure (gpointer data)
{
  KutipCasStructure *structure = data;

  g_array_unref (structure->values);
  g_free (structure);
}

static void
free_type (gpointer data)
{
  KutipCasType *type = data;

  g_array_unref (type->features);
  g_free (type);
}

KutipCas *
kutip_cas_new (void)
{
  KutipCas *self = g_new0 (KutipCas, 1);

  self->strings = g_string_chunk_new (4096);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->structures = g_ptr_array_new_with_free_func (free_structure);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->types = g_ptr_array_new_with_free_func (free_type);
  self->type_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
kutip_cas_free (KutipCas *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->type_by_name);
  g_ptr_array_unref (self->structures);
  g_ptr_array_unref (self->types);
  g_ptr_array_unref (self->blocks);
  g_string_chunk_free (self->strings);
  g_free (self);
}

const char *
kutip_cas_intern (KutipCas *self, const char *string)
{
  return g_string_chunk_insert_const (self->strings, string);
}

const char *
kutip_cas_insert (KutipCas *self, const char *string)
{
  return g_string_chunk_insert (self->strings, string);
}

/* --- structures --- */

KutipCasStructure *
kutip_cas_find (KutipCas *self, guint64 id)
{
  return g_hash_table_lookup (self->by_id, &id);
}

KutipCasStructure *
kutip_cas_add (KutipCas *self, guint64 id, const char *type, GError **error)
{
  KutipCasStructure *structure;

  if (id == 0)
    id = self->structures->len + 1;
  if (kutip_cas_find (self, id) != NULL)
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   _ ("the id %lu is there twice"), (gulong) id);
      return NULL;
    }
  structure = g_new0 (KutipCasStructure, 1);
  structure->id = id;
  structure->type = kutip_cas_intern (self, type);
  structure->values = g_array_new (FALSE, TRUE, sizeof (KutipCasValue));
  g_ptr_array_add (self->structures, structure);
  g_hash_table_insert (self->by_id, &structure->id, structure);
  return structure;
}

gboolean
kutip_cas_parse_number (const char *string, guint64 *number)
{
  guint64 value = 0;

  /* Not g_ascii_string_to_unsigned(): it goes by errno, which waiting for another
   * thread's first call sets. */
  for (const char *c = string; *c != '\0'; c++)
    {
      if (!g_ascii_isdigit (*c) || value > ((guint64) G_MAXINT64 - 9) / 10)
        return FALSE;
      value = value * 10 + (guint64) g_ascii_digit_value (*c);
    }
  *number = value;
  return *string != '\0';
}

void
kutip_cas_set_string (KutipCas *self,
                      KutipCasStructure *structure,
                      const char *name,
                      KutipCasKind kind,
                      const char *string)
{
  KutipCasValue value = { .name = kutip_cas_intern (self, name), .kind = kind };

  value.string = kutip_cas_insert (self, string);
  g_array_append_val (structure->values, value);
}

void
kutip_cas_set_strings (KutipCas *self,
                       KutipCasStructure *structure,
                       const char *name,
                       const char *const *strings)
{
  KutipCasValue value = { .name = kutip_cas_intern (self, name),
                          .kind = KUTIP_CAS_STRINGS };
  guint n = g_strv_length ((char **) strings);
  const char **copy = g_new0 (const char *, n + 1);

  g_ptr_array_add (self->blocks, copy);
  for (guint i = 0; i < n; i++)
    copy[i] = kutip_cas_insert (self, strings[i]);
  value.strings = copy;
  g_array_append_val (structure->values, value);
}

void
kutip_cas_set_references (KutipCas *self,
                          KutipCasStructure *structure,
                          const char *name,
                          KutipCasKind kind,
                          const guint64 *references,
                          guint n)
{
  KutipCasValue value = { .name = kutip_cas_intern (self, name),
                          .kind = kind,
                          .n_references = n };
  guint64 *copy = g_memdup2 (references, n * sizeof *references);

  g_ptr_array_add (self->blocks, copy);
  value.references = copy;
  g_array_append_val (structure->values, value);
}

const KutipCasValue *
kutip_cas_get (const KutipCasStructure *structure, const char *name)
{
  for (guint i = 0; i < structure->values->len; i++)
    {
      const KutipCasValue *value = &g_array_index (structure->values, KutipCasValue, i);

      if (strcmp (value->name, name) == 0)
        return value;
    }
  return NULL;
}

const char *
kutip_cas_get_string (const KutipCasStructure *structure, const char *name)
{
  const KutipCasValue *value = kutip_cas_get (structure, name);

  return value == NULL ? NULL : value->string;
}

guint64
kutip_cas_get_reference (const KutipCasStructure *structure, const char *name)
{
  const KutipCasValue *value = kutip_cas_get (structure, name);

  return value == NULL || value->kind != KUTIP_CAS_REFERENCE || value->n_references == 0
             ? 0
             : value->references[0];
}

/* --- types --- */

KutipCasType *
kutip_cas_declare (KutipCas *self, const char *type, const char *super)
{
  KutipCasType *found = g_hash_table_lookup (self->type_by_name, type);

  if (found != NULL)
    return found;
  found = g_new0 (KutipCasType, 1);
  found->name = kutip_cas_intern (self, type);
  found->super = kutip_cas_intern (self, super);
  found->features = g_array_new (FALSE, TRUE, sizeof (KutipCasFeature));
  g_ptr_array_add (self->types, found);
  g_hash_table_insert (self->type_by_name, (gpointer) found->name, found);
  return found;
}

static const KutipCasFeature *
find_own_feature (const KutipCasType *type, const char *name)
{
  for (guint i = 0; i < type->features->len; i++)
    {
      const KutipCasFeature *feature =
          &g_array_index (type->features, KutipCasFeature, i);

      if (strcmp (feature->name, name) == 0)
        return feature;
    }
  return NULL;
}

void
kutip_cas_declare_feature (KutipCas *self,
                           const char *type,
                           const char *feature,
                           KutipCasKind kind,
                           const char *range)
{
  KutipCasType *declared = kutip_cas_declare (self, type, KUTIP_CAS_TOP);
  KutipCasFeature new_feature = { .name = kutip_cas_intern (self, feature),
                                  .kind = kind };

  if (find_own_feature (declared, feature) != NULL)
    return;
  new_feature.range = kutip_cas_intern (self, range);
  g_array_append_val (declared->features, new_feature);
}

const KutipCasFeature *
kutip_cas_find_feature (KutipCas *self, const char *type, const char *feature)
{
  for (guint i = 0; type != NULL && i < MAX_ANCESTORS; i++)
    {
      const KutipCasType *declared = g_hash_table_lookup (self->type_by_name, type);
      const KutipCasFeature *found =
          declared == NULL ? NULL : find_own_feature (declared, feature);

      if (found != NULL)
        return found;
      type = declared == NULL ? NULL : declared->super;
    }
  return NULL;
}

static gboolean
is_string_type (KutipCas *self, const char *type)
{
  for (guint i = 0; type != NULL && i < MAX_ANCESTORS; i++)
    {
      const KutipCasType *declared = g_hash_table_lookup (self->type_by_name, type);

      if (strcmp (type, "uima.cas.String") == 0)
        return TRUE;
      type = declared == NULL ? NULL : declared->super;
    }
  return FALSE;
}

static const struct
{
  const char *range;
  KutipCasKind kind;
} built_in[] = {
  { "uima.cas.String", KUTIP_CAS_STRING },
  { "uima.cas.Boolean", KUTIP_CAS_BOOLEAN },
  { "uima.cas.Byte", KUTIP_CAS_NUMBER },
  { "uima.cas.Short", KUTIP_CAS_NUMBER },
  { "uima.cas.Integer", KUTIP_CAS_NUMBER },
  { "uima.cas.Long", KUTIP_CAS_NUMBER },
  { "uima.cas.Float", KUTIP_CAS_NUMBER },
  { "uima.cas.Double", KUTIP_CAS_NUMBER },
  { "uima.cas.StringArray", KUTIP_CAS_STRINGS },
  { "uima.cas.StringList", KUTIP_CAS_STRINGS },
  { "uima.cas.BooleanArray", KUTIP_CAS_STRINGS },
  { "uima.cas.ByteArray", KUTIP_CAS_STRINGS },
  { "uima.cas.ShortArray", KUTIP_CAS_STRINGS },
  { "uima.cas.IntegerArray", KUTIP_CAS_STRINGS },
  { "uima.cas.LongArray", KUTIP_CAS_STRINGS },
  { "uima.cas.FloatArray", KUTIP_CAS_STRINGS },
  { "uima.cas.DoubleArray", KUTIP_CAS_STRINGS },
  { "uima.cas.IntegerList", KUTIP_CAS_STRINGS },
  { "uima.cas.FloatList", KUTIP_CAS_STRINGS },
  { "uima.cas.FSArray", KUTIP_CAS_REFERENCES },
  { "uima.cas.FSList", KUTIP_CAS_REFERENCES },
};

KutipCasKind
kutip_cas_find_kind (KutipCas *self, const char *range, const char *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (built_in); i++)
    if (strcmp (range, built_in[i].range) == 0)
      return built_in[i].kind;
  if (g_str_has_suffix (range, "[]"))
    return KUTIP_CAS_REFERENCES;
  return is_string_type (self, range) ? KUTIP_CAS_STRING : KUTIP_CAS_REFERENCE;
}

const char *
kutip_cas_get_short_name (const char *type)
{
  const char *dot = strrchr (type, '.');

  return dot == NULL || dot[1] == '\0' ? type : dot + 1;
}

/* --- references --- */

static gboolean
is_array (const KutipCasStructure *structure)
{
  return g_str_has_suffix (structure->type, "[]") ||
         (g_str_has_prefix (structure->type, "uima.cas.") &&
          g_str_has_suffix (structure->type, "Array"));
}

/* What the array @id holds becomes the value. */
static void
take_array (KutipCas *self, KutipCasValue *value, guint64 id)
{
  const KutipCasStructure *array = kutip_cas_find (self, id);
  const KutipCasValue *elements;

  if (array == NULL || !is_array (array))
    return;
  elements = kutip_cas_get (array, "elements");
  if (elements == NULL)
    {
      static const char *const none[] = { NULL };

      value->kind = KUTIP_CAS_STRINGS;
      value->strings = none;
      return;
    }
  value->kind = elements->kind;
  value->string = elements->string;
  value->strings = elements->strings;
  value->references = elements->references;
  value->n_references = elements->n_references;
}

/* The ids in a list of them, or NULL. */
static GArray *
parse_ids (const char *string)
{
  g_auto (GStrv) words = g_strsplit (string, " ", -1);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint64 id;

      if (*words[i] == '\0')
        continue;
      if (!kutip_cas_parse_number (words[i], &id))
        return NULL;
      g_array_append_val (ids, id);
    }
  return ids->len == 0 ? NULL : g_steal_pointer (&ids);
}

static gboolean
are_links (KutipCas *self, const GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      const KutipCasStructure *link =
          kutip_cas_find (self, g_array_index (ids, guint64, i));

      if (link == NULL || link->placed || kutip_cas_get (link, "target") == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Without its type, a number and a reference look alike. */
static void
guess_kind (KutipCas *self, KutipCasValue *value)
{
  static const char *const references[] = { "Governor", "Dependent", "first",
                                            "next",     "target",    NULL };
  g_autoptr (GArray) ids = parse_ids (value->string);

  value->kind = KUTIP_CAS_STRING;
  if (ids == NULL)
    return;
  if (ids->len == 1 && g_strv_contains (references, value->name))
    value->kind = KUTIP_CAS_REFERENCE;
  else if (are_links (self, ids))
    value->kind = KUTIP_CAS_REFERENCES;
  if (value->kind == KUTIP_CAS_STRING)
    return;
  value->n_references = ids->len;
  value->references = (const guint64 *) (gpointer) g_array_free (ids, FALSE);
  ids = NULL;
  g_ptr_array_add (self->blocks, (gpointer) value->references);
}

static void
resolve_value (KutipCas *self, KutipCasValue *value)
{
  guint64 id;

  if (value->kind == KUTIP_CAS_UNKNOWN)
    guess_kind (self, value);
  if ((value->kind == KUTIP_CAS_REFERENCE || value->kind == KUTIP_CAS_REFERENCES) &&
      value->n_references == 1)
    take_array (self, value, value->references[0]);
  else if (value->kind == KUTIP_CAS_STRINGS && value->strings[0] != NULL &&
           value->strings[1] == NULL && kutip_cas_parse_number (value->strings[0], &id))
    take_array (self, value, id);
}

static gboolean
check_value (KutipCas *self,
             const KutipCasStructure *structure,
             const KutipCasValue *value,
             GError **error)
{
  if (value->kind != KUTIP_CAS_REFERENCE && value->kind != KUTIP_CAS_REFERENCES)
    return TRUE;
  for (guint i = 0; i < value->n_references; i++)
    if (value->references[i] != 0 && kutip_cas_find (self, value->references[i]) == NULL)
      {
        g_set_error (
            error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
            /* Translators: an id, a feature's name and an id in a foreign file */
            _ ("structure %1$lu: its “%2$s” is %3$lu, and there is none"),
            (gulong) structure->id, value->name, (gulong) value->references[i]);
        if (structure->line > 0)
          g_prefix_error (error, _ ("line %lu: "), (gulong) structure->line);
        return FALSE;
      }
  return TRUE;
}

gboolean
kutip_cas_resolve (KutipCas *self, GError **error)
{
  for (guint i = 0; i < self->structures->len; i++)
    {
      KutipCasStructure *structure = g_ptr_array_index (self->structures, i);

      for (guint j = 0; j < structure->values->len; j++)
        {
          KutipCasValue *value = &g_array_index (structure->values, KutipCasValue, j);

          resolve_value (self, value);
          if (!check_value (self, structure, value, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* --- the text --- */

KutipCasStructure *
kutip_cas_find_sofa (KutipCas *self)
{
  KutipCasStructure *best = NULL;

  for (guint i = 0; i < self->structures->len; i++)
    {
      KutipCasStructure *structure = g_ptr_array_index (self->structures, i);

      if (strcmp (structure->type, KUTIP_CAS_SOFA) != 0 ||
          kutip_cas_get_string (structure, "sofaString") == NULL)
        continue;
      if (g_strcmp0 (kutip_cas_get_string (structure, "sofaID"), KUTIP_CAS_VIEW) == 0)
        return structure;
      if (best == NULL)
        best = structure;
    }
  return best;
}

KutipCasStructure *
kutip_cas_find_first (KutipCas *self, const char *type)
{
  for (guint i = 0; i < self->structures->len; i++)
    {
      KutipCasStructure *structure = g_ptr_array_index (self->structures, i);

      if (strcmp (structure->type, type) == 0)
        return structure;
    }
  return NULL;
}

KutipCasStructure *
kutip_cas_find_header (KutipCas *self)
{
  return kutip_cas_find_first (self, KUTIP_CAS_HEADER);
}
