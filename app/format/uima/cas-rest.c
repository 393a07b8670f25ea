/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas-rest.h"
#include "format/uima/cas-document.h"
#include "format/uima/cas-foreign.h"
#include "format/uima/cas-ranges.h"

#include <string.h>

typedef struct
{
  const char *type; /* or NULL */
  guint64 line;
  const char *detail;
} Rest;

void
kutip_cas_leave (KutipCas *self, const char *type, guint64 line, const char *detail)
{
  Rest rest = { type == NULL ? NULL : kutip_cas_intern (self, type), line, NULL };
  g_autofree char *key = g_strconcat (type == NULL ? "" : type, "\t", detail, NULL);

  if (self->rest == NULL)
    {
      self->rest = g_array_new (FALSE, FALSE, sizeof (Rest));
      self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  if (!g_hash_table_add (self->left, g_steal_pointer (&key)))
    return;
  rest.detail = kutip_cas_insert (self, detail);
  g_array_append_val (self->rest, rest);
}

char *
kutip_cas_make_range (const char *range, const char *element)
{
  return element != NULL && *element != '\0' && g_strcmp0 (range, "uima.cas.FSArray") == 0
             ? g_strconcat (element, "[]", NULL)
             : g_strdup (range);
}

/* Interned words, so that they are the same where their places are. */
typedef struct
{
  const char *type, *name;
} Said;

typedef struct
{
  KutipCasReading *reading;
  GHashTable *said;     /* Said */
  GHashTable *used;     /* names of types, with their ancestors */
  GHashTable *features; /* KutipCasFeature that some structure has */
  GHashTable *loose;    /* names of types without a place */
  const char *plain;    /* a type of which all that refers to nothing are spans */
} Telling;

static guint
hash_said (gconstpointer key)
{
  const Said *said = key;

  return g_direct_hash (said->type) * 31 + g_direct_hash (said->name);
}

static gboolean
equal_said (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Said)) == 0;
}

static void
clear_telling (Telling *self)
{
  g_clear_pointer (&self->said, g_hash_table_unref);
  g_clear_pointer (&self->used, g_hash_table_unref);
  g_clear_pointer (&self->features, g_hash_table_unref);
  g_clear_pointer (&self->loose, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Telling, clear_telling)

static const char *
get_file (const Telling *self)
{
  const KutipCasOrigin *origin = self->reading->origin;

  return origin->file != NULL ? origin->file : origin->source->name;
}

static void
tell_detail (Telling *self, guint64 line, const char *detail)
{
  kutip_report_add_left_out (self->reading->origin->report, "unknown-member",
                             get_file (self), NULL, line, detail);
}

/* A declaration of what nothing has: its name alone is lost. */
static void
tell_unused (Telling *self, const char *type, const char *feature)
{
  g_autofree char *detail =
      feature == NULL ? NULL : g_strconcat (type, ": ", feature, NULL);

  kutip_report_add (self->reading->origin->report, KUTIP_REPORT_WARNING, "unknown-member",
                    get_file (self), NULL, 0, feature == NULL ? type : detail);
}

/* @name: of its feature; NULL: the structure itself. */
static void
tell (Telling *self, const KutipCasStructure *structure, const char *name)
{
  Said said = { structure->type, name };
  g_autofree char *id = NULL;
  g_autofree char *detail = NULL;

  if (g_hash_table_contains (self->said, &said))
    return;
  g_hash_table_add (self->said, g_memdup2 (&said, sizeof said));
  if (name == NULL)
    {
      kutip_cas_reading_warn (self->reading, "unknown-structure", structure);
      return;
    }
  id = g_strdup_printf ("%" G_GUINT64_FORMAT, structure->id);
  detail = g_strconcat (structure->type, ": ", name, NULL);
  kutip_report_add_left_out (self->reading->origin->report, "unknown-member",
                             get_file (self), id, structure->line, detail);
}

/* --- structures --- */

static gboolean
is_reference (const KutipCasValue *value)
{
  return value->kind == KUTIP_CAS_REFERENCE || value->kind == KUTIP_CAS_REFERENCES;
}

/* Features of tokens and documents that nobody set: UIMA writes them all the same. */
static gboolean
is_unset (const Telling *self,
          const KutipCasStructure *structure,
          const KutipCasValue *value)
{
  static const char *const unset[] = { "false", "0", "0.0", NULL };
  const char *word = kutip_cas_value_get_string (value);

  return word != NULL && g_strv_contains (unset, word) &&
         (value->kind != KUTIP_CAS_STRING ||
          kutip_cas_find_feature (self->reading->cas, structure->type, value->name) ==
              NULL);
}

/* All features but those of @names; of references alone. */
static void
tell_values (Telling *self,
             const KutipCasStructure *structure,
             gboolean references,
             const char *const *names)
{
  for (guint i = 0; i < structure->n_values; i++)
    {
      const KutipCasValue *value = &structure->values[i];

      if ((!references || is_reference (value)) &&
          !g_strv_contains (names, value->name) && !is_unset (self, structure, value))
        tell (self, structure, value->name);
    }
}

static void
tell_document (Telling *self, const KutipCasStructure *structure)
{
  if (strcmp (structure->type, KUTIP_CAS_SOFA) == 0 && structure != self->reading->sofa)
    {
      kutip_cas_reading_warn (self->reading, "other-view", structure);
      return;
    }
  for (guint i = 0; i < structure->n_values; i++)
    {
      const KutipCasValue *value = &structure->values[i];

      if (!kutip_cas_document_has (self->reading, structure, value) &&
          !is_unset (self, structure, value))
        tell (self, structure, value->name);
    }
}

/* Tokens and sentences are cut anew; nothing else of their kind is. */
static void
tell_segment (Telling *self, const KutipCasStructure *structure)
{
  static const char *const none[] = { NULL };
  gboolean is_span = g_hash_table_lookup (self->reading->span_of, structure) != NULL;

  if (!is_span && !kutip_cas_is_segment_type (structure->type))
    tell (self, structure, NULL);
  tell_values (self, structure, is_span, none);
}

static void
tell_relation (Telling *self, const KutipCasStructure *structure)
{
  static const char *const ends[] = { "Governor", "Dependent", NULL };
  const KutipCasStructure *to = kutip_cas_find (
      self->reading->cas, kutip_cas_get_reference (structure, "Dependent"));

  tell_values (self, structure, TRUE, ends);
  if (structure->placed && to != NULL && to->placed &&
      (structure->begin != to->begin || structure->end != to->end))
    tell (self, structure, kutip_cas_intern (self->reading->cas, "begin"));
}

static void
tell_link (Telling *self, const KutipCasStructure *structure)
{
  static const char *const ends[] = { "target", NULL };

  if (!g_hash_table_contains (self->reading->links, structure))
    tell (self, structure, NULL);
  tell_values (self, structure, TRUE, ends);
}

static void
tell_chain (Telling *self, const KutipCasStructure *structure)
{
  static const char *const ends[] = { "first", NULL };
  const KutipCasStructure *first =
      kutip_cas_find (self->reading->cas, kutip_cas_get_reference (structure, "first"));

  /* Of a chain with one link only the link is there. */
  if (first == NULL || kutip_cas_get_reference (first, "next") == 0)
    tell (self, structure, NULL);
  tell_values (self, structure, FALSE, ends);
}

/* Most are, and of the type of the one before. */
static gboolean
is_plain (const Telling *self, const KutipCasStructure *structure)
{
  if (structure->type != self->plain || !structure->placed)
    return FALSE;
  for (guint i = 0; i < structure->n_values; i++)
    if (is_reference (&structure->values[i]))
      return FALSE;
  return TRUE;
}

static void
tell_structure (Telling *self, const KutipCasStructure *structure)
{
  if (is_plain (self, structure))
    return;
  if (strcmp (structure->type, KUTIP_CAS_SOFA) == 0)
    tell_document (self, structure);
  else if (structure->sofa != 0 && structure->sofa != self->reading->sofa->id)
    return;
  switch (kutip_cas_find_part (structure))
    {
    case KUTIP_CAS_PART_DOCUMENT:
      tell_document (self, structure);
      break;
    case KUTIP_CAS_PART_SEGMENT:
      tell_segment (self, structure);
      break;
    case KUTIP_CAS_PART_RELATION:
      tell_relation (self, structure);
      break;
    case KUTIP_CAS_PART_LINK:
      tell_link (self, structure);
      break;
    case KUTIP_CAS_PART_CHAIN:
      tell_chain (self, structure);
      break;
    case KUTIP_CAS_PART_LIST:
      if (!structure->taken)
        tell (self, structure, NULL);
      break;
    case KUTIP_CAS_PART_OTHER:
    default:
      /* With Kutip's own feature tokens are spans, too. */
      if (structure->placed && kutip_cas_get (structure, KUTIP_CAS_FEATURE_JSON) == NULL)
        self->plain = structure->type;
      break;
    }
}

/* --- types --- */

static void
use_type (Telling *self, const char *type)
{
  while (type != NULL && g_hash_table_add (self->used, (gpointer) type))
    {
      const KutipCasType *declared =
          g_hash_table_lookup (self->reading->cas->type_by_name, type);

      type = declared == NULL ? NULL : declared->super;
    }
}

static gboolean
has_same_features (const KutipCasStructure *a, const KutipCasStructure *b)
{
  guint i = 0;

  if (a == NULL || a->type != b->type || a->n_values != b->n_values)
    return FALSE;
  while (i < a->n_values && a->values[i].name == b->values[i].name)
    i++;
  return i == a->n_values;
}

static void
use_types (Telling *self)
{
  KutipCas *cas = self->reading->cas;
  const KutipCasStructure *last = NULL;

  if (kutip_cas_segments_get_n (cas->segments) > 0)
    {
      use_type (self, kutip_cas_intern (cas, KUTIP_CAS_TOKEN));
      use_type (self, kutip_cas_intern (cas, KUTIP_CAS_SENTENCE));
    }
  for (guint i = 0; i < cas->structures->len; i++)
    {
      const KutipCasStructure *structure = g_ptr_array_index (cas->structures, i);

      if (has_same_features (last, structure) && last->placed == structure->placed)
        continue;
      last = structure;
      use_type (self, structure->type);
      if (!structure->placed && !g_str_has_prefix (structure->type, "uima."))
        g_hash_table_add (self->loose, (gpointer) structure->type);
      for (guint j = 0; j < structure->n_values; j++)
        {
          const KutipCasFeature *feature =
              kutip_cas_find_feature (cas, structure->type, structure->values[j].name);

          if (feature != NULL && g_hash_table_add (self->features, (gpointer) feature))
            use_type (self, feature->range);
        }
    }
}

/* Whether a feature is written with this range. */
static gboolean
is_written (const Telling *self, const char *range)
{
  static const char *const written[] = {
    KUTIP_CAS_ANNOTATION, KUTIP_CAS_TOP,          "uima.cas.FSArray",
    "uima.cas.String",    "uima.cas.StringArray", NULL,
  };
  g_autofree char *element = g_str_has_suffix (range, "[]")
                                 ? g_strndup (range, strlen (range) - 2)
                                 : g_strdup (range);

  return g_strv_contains (written, element) || kutip_cas_is_kept_range (range) ||
         g_hash_table_contains (self->loose,
                                kutip_cas_intern (self->reading->cas, element));
}

static void
tell_feature (Telling *self, const KutipCasType *type, const KutipCasFeature *feature)
{
  g_autofree char *detail = NULL;

  if (!g_hash_table_contains (self->features, feature))
    {
      tell_unused (self, type->name, feature->name);
      return;
    }
  if (is_written (self, feature->range))
    return;
  detail = g_strconcat (type->name, ": ", feature->name, ": ", feature->range, NULL);
  tell_detail (self, 0, detail);
}

static void
tell_type (Telling *self, const KutipCasType *type)
{
  static const char *const supers[] = {
    KUTIP_CAS_ANNOTATION,      KUTIP_CAS_DOCUMENT_ANNOTATION,
    KUTIP_CAS_ANNOTATION_BASE, KUTIP_CAS_TOP,
    "uima.cas.String",         NULL,
  };

  if (g_str_has_prefix (type->name, "uima.") ||
      strcmp (type->name, KUTIP_CAS_HEADER) == 0)
    return;
  if (!g_hash_table_contains (self->used, type->name))
    {
      tell_unused (self, type->name, NULL);
      return;
    }
  if (!g_strv_contains (supers, type->super))
    {
      g_autofree char *detail = g_strconcat (type->name, ": ", type->super, NULL);

      tell_detail (self, 0, detail);
    }
  for (guint i = 0; i < type->features->len; i++)
    tell_feature (self, type, &g_array_index (type->features, KutipCasFeature, i));
}

static void
tell_left (Telling *self)
{
  const GArray *rest = self->reading->cas->rest;

  for (guint i = 0; rest != NULL && i < rest->len; i++)
    {
      const Rest *left = &g_array_index (rest, Rest, i);
      g_autofree char *detail =
          left->type == NULL ? NULL : g_strconcat (left->type, ": ", left->detail, NULL);

      if (left->type == NULL)
        tell_detail (self, left->line, left->detail);
      else if (g_hash_table_contains (self->used, left->type))
        tell_detail (self, left->line, detail);
    }
}

void
kutip_cas_reading_tell_rest (KutipCasReading *reading)
{
  const KutipCas *cas = reading->cas;
  g_auto (Telling) self = {
    .reading = reading,
    .said = g_hash_table_new_full (hash_said, equal_said, g_free, NULL),
    .used = g_hash_table_new (NULL, NULL),
    .features = g_hash_table_new (NULL, NULL),
    .loose = g_hash_table_new (NULL, NULL),
  };

  for (guint i = 0; i < cas->structures->len; i++)
    tell_structure (&self, g_ptr_array_index (cas->structures, i));
  if (cas->types->len > 0)
    use_types (&self);
  for (guint i = 0; i < cas->types->len; i++)
    tell_type (&self, g_ptr_array_index (cas->types, i));
  tell_left (&self);
}
