/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas.h"

#include <glib/gi18n.h>
#include <string.h>

/* Deeper than any type system; against types that are their own ancestors. */
#define MAX_ANCESTORS 100

/* Bytes of memory that are taken at once, and of what is taken by itself. */
#define BLOCK ((gsize) 1 << 16)
#define LARGE ((gsize) 1 << 12)

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

  self->names = g_string_chunk_new (4096);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->structures = g_ptr_array_new ();
  self->segments = kutip_cas_segments_new ();
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
  g_clear_pointer (&self->rest, g_array_unref);
  g_clear_pointer (&self->left, g_hash_table_unref);
  g_ptr_array_unref (self->structures);
  g_ptr_array_unref (self->types);
  g_ptr_array_unref (self->blocks);
  g_string_chunk_free (self->names);
  kutip_cas_segments_free (self->segments);
  if (self->free_make_data != NULL)
    self->free_make_data (self->make_data);
  g_free (self);
}

/* --- memory --- */

/* Everything goes at once, but for large things, which have blocks of their own. */
static gpointer
allocate (KutipCas *self, gsize n)
{
  char *memory;

  n = (n + 7) & ~(gsize) 7;
  if (n > LARGE)
    {
      memory = g_malloc (n);
      g_ptr_array_add (self->blocks, memory);
      return memory;
    }
  if (n > self->n_room)
    {
      self->room = g_malloc (BLOCK);
      self->n_room = BLOCK;
      g_ptr_array_add (self->blocks, self->room);
    }
  memory = self->room;
  self->room += n;
  self->n_room -= n;
  return memory;
}

const char *
kutip_cas_intern (KutipCas *self, const char *string)
{
  return g_string_chunk_insert_const (self->names, string);
}

const char *
kutip_cas_insert (KutipCas *self, const char *string)
{
  gsize n = strlen (string) + 1;

  return memcpy (allocate (self, n), string, n);
}

/* --- structures --- */

static KutipCasStructure *
add_structure (KutipCas *self, guint64 id, const char *type)
{
  KutipCasStructure *structure = allocate (self, sizeof *structure);

  *structure = (KutipCasStructure){ .id = id, .type = type };
  g_ptr_array_add (self->structures, structure);
  g_hash_table_insert (self->by_id, &structure->id, structure);
  return structure;
}

static KutipCasStructure *
find_structure (KutipCas *self, guint64 id)
{
  return g_hash_table_lookup (self->by_id, &id);
}

KutipCasStructure *
kutip_cas_find (KutipCas *self, guint64 id)
{
  KutipCasStructure *structure = find_structure (self, id);
  KutipCasSegment segment;

  if (structure != NULL || !kutip_cas_segments_find (self->segments, id, &segment))
    return structure;
  structure = add_structure (self, id, segment.type);
  structure->sofa = self->segment_sofa;
  structure->placed = TRUE;
  structure->begin = segment.begin;
  structure->end = segment.end;
  return structure;
}

gboolean
kutip_cas_has (KutipCas *self, guint64 id)
{
  KutipCasSegment segment;

  return find_structure (self, id) != NULL ||
         kutip_cas_segments_find (self->segments, id, &segment);
}

KutipCasStructure *
kutip_cas_add (KutipCas *self, guint64 id, const char *type, GError **error)
{
  if (id == 0)
    id = ++self->last_id;
  if (kutip_cas_has (self, id))
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   _ ("the id %lu is there twice"), (gulong) id);
      return NULL;
    }
  return add_structure (self, id, kutip_cas_intern (self, type));
}

gboolean
kutip_cas_is_segment_type (const char *type)
{
  return strcmp (type, KUTIP_CAS_TOKEN) == 0 || strcmp (type, KUTIP_CAS_SENTENCE) == 0;
}

gboolean
kutip_cas_add_segment (KutipCas *self, const KutipCasSegment *segment, guint64 sofa)
{
  KutipCasSegment own = *segment;

  if (sofa == 0 || (self->segment_sofa != 0 && self->segment_sofa != sofa) ||
      find_structure (self, segment->id) != NULL)
    return FALSE;
  own.type = kutip_cas_intern (self, segment->type);
  if (!kutip_cas_segments_add (self->segments, &own))
    return FALSE;
  self->segment_sofa = sofa;
  return TRUE;
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

/* The next value, with its name and kind. */
static KutipCasValue *
add_value (KutipCas *self,
           KutipCasStructure *structure,
           const char *name,
           KutipCasKind kind)
{
  KutipCasValue *value;

  if (structure->n_values == structure->n_room)
    {
      KutipCasValue *old = structure->values;

      structure->n_room = MAX (4, 2 * structure->n_room);
      structure->values = allocate (self, structure->n_room * sizeof *old);
      if (old != NULL)
        memcpy (structure->values, old, structure->n_values * sizeof *old);
    }
  value = &structure->values[structure->n_values++];
  *value = (KutipCasValue){ .name = kutip_cas_intern (self, name), .kind = kind };
  return value;
}

void
kutip_cas_set_string (KutipCas *self,
                      KutipCasStructure *structure,
                      const char *name,
                      KutipCasKind kind,
                      const char *string)
{
  add_value (self, structure, name, kind)->string = kutip_cas_insert (self, string);
}

void
kutip_cas_take_string (KutipCas *self,
                       KutipCasStructure *structure,
                       const char *name,
                       char *string)
{
  g_ptr_array_add (self->blocks, string);
  kutip_cas_lend_string (self, structure, name, string);
}

void
kutip_cas_lend_string (KutipCas *self,
                       KutipCasStructure *structure,
                       const char *name,
                       const char *string)
{
  add_value (self, structure, name, KUTIP_CAS_STRING)->string = string;
}

void
kutip_cas_set_strings (KutipCas *self,
                       KutipCasStructure *structure,
                       const char *name,
                       const char *const *strings)
{
  guint n = g_strv_length ((char **) strings);
  const char **copy = allocate (self, (n + 1) * sizeof *copy);

  for (guint i = 0; i < n; i++)
    copy[i] = kutip_cas_insert (self, strings[i]);
  copy[n] = NULL;
  add_value (self, structure, name, KUTIP_CAS_STRINGS)->strings = copy;
}

void
kutip_cas_set_references (KutipCas *self,
                          KutipCasStructure *structure,
                          const char *name,
                          KutipCasKind kind,
                          const guint64 *references,
                          guint n)
{
  KutipCasValue *value = add_value (self, structure, name, kind);
  guint64 *copy = allocate (self, n * sizeof *references);

  if (n > 0)
    memcpy (copy, references, n * sizeof *references);
  value->references = copy;
  value->n_references = n;
}

void
kutip_cas_set_made (KutipCas *self,
                    KutipCasStructure *structure,
                    const char *name,
                    guint what,
                    gpointer object)
{
  KutipCasValue *value = add_value (self, structure, name, KUTIP_CAS_MADE);

  value->n_references = what;
  value->object = object;
}

const char *
kutip_cas_value_get_string (const KutipCasValue *self)
{
  return self->kind == KUTIP_CAS_STRING || self->kind == KUTIP_CAS_BOOLEAN ||
                 self->kind == KUTIP_CAS_NUMBER || self->kind == KUTIP_CAS_UNKNOWN
             ? self->string
             : NULL;
}

const KutipCasValue *
kutip_cas_get (const KutipCasStructure *structure, const char *name)
{
  for (guint i = 0; i < structure->n_values; i++)
    if (strcmp (structure->values[i].name, name) == 0)
      return &structure->values[i];
  return NULL;
}

const char *
kutip_cas_get_string (const KutipCasStructure *structure, const char *name)
{
  const KutipCasValue *value = kutip_cas_get (structure, name);

  return value == NULL ? NULL : kutip_cas_value_get_string (value);
}

char *
kutip_cas_steal_string (KutipCas *self, KutipCasStructure *structure, const char *name)
{
  KutipCasValue *value = (KutipCasValue *) kutip_cas_get (structure, name);
  const char *string = value == NULL ? NULL : kutip_cas_value_get_string (value);
  guint at;

  if (string == NULL)
    return NULL;
  value->string = "";
  /* What is large is a block by itself. */
  if (strlen (string) >= LARGE && g_ptr_array_find (self->blocks, string, &at))
    return g_ptr_array_steal_index_fast (self->blocks, at);
  return g_strdup (string);
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
  static const char *const none[] = { NULL };
  KutipCasStructure *array = find_structure (self, id);
  const KutipCasValue *elements;
  const char *name = value->name;

  if (array == NULL || !is_array (array))
    return;
  array->taken = TRUE;
  elements = kutip_cas_get (array, "elements");
  if (elements != NULL)
    *value = *elements;
  else
    *value = (KutipCasValue){ .kind = KUTIP_CAS_STRINGS, .strings = none };
  value->name = name;
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
          find_structure (self, g_array_index (ids, guint64, i));

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
  guint64 *copy;

  value->kind = KUTIP_CAS_STRING;
  if (ids == NULL)
    return;
  if (ids->len == 1 && g_strv_contains (references, value->name))
    value->kind = KUTIP_CAS_REFERENCE;
  else if (are_links (self, ids))
    value->kind = KUTIP_CAS_REFERENCES;
  if (value->kind == KUTIP_CAS_STRING)
    return;
  copy = allocate (self, ids->len * sizeof *copy);
  memcpy (copy, ids->data, ids->len * sizeof *copy);
  value->n_references = ids->len;
  value->references = copy;
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
    if (value->references[i] != 0 && !kutip_cas_has (self, value->references[i]))
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

      for (guint j = 0; j < structure->n_values; j++)
        {
          KutipCasValue *value = &structure->values[j];

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

static void
tell_cuts (KutipCas *self, void (*each) (guint64 id, gpointer data), gpointer data)
{
  const KutipCasCutting *cutting = &self->cutting;

  for (guint i = 0; i < cutting->n_sentences + cutting->n_tokens; i++)
    each (cutting->first_id + i, data);
}

void
kutip_cas_foreach_member (KutipCas *self,
                          guint64 sofa,
                          void (*each) (guint64 id, gpointer data),
                          gpointer data)
{
  for (guint i = 0; i <= self->structures->len; i++)
    {
      const KutipCasStructure *structure =
          i < self->structures->len ? g_ptr_array_index (self->structures, i) : NULL;

      if (self->cutting.text != NULL && i == self->cutting.n_before)
        tell_cuts (self, each, data);
      if (structure != NULL && structure->sofa == sofa)
        each (structure->id, data);
    }
}
