/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas-ranges.h"

#include "format/json/json.h"

#include <string.h>

typedef enum
{
  RANGE_BOOLEAN,
  RANGE_WHOLE,
  RANGE_REAL,
} RangeKind;

static const struct
{
  const char *range, *array;
  RangeKind kind;
} ranges_known[] = {
  { "uima.cas.Boolean", "uima.cas.BooleanArray", RANGE_BOOLEAN },
  { "uima.cas.Byte", NULL, RANGE_WHOLE },
  { "uima.cas.Short", "uima.cas.ShortArray", RANGE_WHOLE },
  { "uima.cas.Integer", "uima.cas.IntegerArray", RANGE_WHOLE },
  { "uima.cas.Long", "uima.cas.LongArray", RANGE_WHOLE },
  { "uima.cas.Float", "uima.cas.FloatArray", RANGE_REAL },
  { "uima.cas.Double", "uima.cas.DoubleArray", RANGE_REAL },
};

/* The array among them that is called so, or NULL. */
static const char *
find_array (const char *range)
{
  for (guint i = 0; range != NULL && i < G_N_ELEMENTS (ranges_known); i++)
    if (g_strcmp0 (range, ranges_known[i].array) == 0)
      return ranges_known[i].array;
  return NULL;
}

gboolean
kutip_cas_is_kept_range (const char *range)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranges_known); i++)
    if (strcmp (range, ranges_known[i].range) == 0)
      return TRUE;
  return find_array (range) != NULL;
}

/* --- reading --- */

/* What the type system tells, or else what the number looks like. */
static const char *
find_range (KutipCas *cas, const KutipCasStructure *structure, const KutipCasValue *value)
{
  const KutipCasFeature *feature =
      kutip_cas_find_feature (cas, structure->type, value->name);

  if (value->kind == KUTIP_CAS_STRINGS)
    return feature == NULL ? NULL : find_array (feature->range);
  if (value->kind != KUTIP_CAS_NUMBER && value->kind != KUTIP_CAS_BOOLEAN &&
      (value->kind != KUTIP_CAS_STRING || feature == NULL))
    return NULL;
  for (guint i = 0; feature != NULL && i < G_N_ELEMENTS (ranges_known); i++)
    if (strcmp (feature->range, ranges_known[i].range) == 0)
      return ranges_known[i].range;
  if (feature != NULL)
    return NULL;
  return value->kind == KUTIP_CAS_BOOLEAN         ? "uima.cas.Boolean"
         : strpbrk (value->string, ".eE") == NULL ? "uima.cas.Integer"
                                                  : "uima.cas.Double";
}

void
kutip_cas_ranges_note (GHashTable *ranges,
                       KutipCas *cas,
                       const KutipCasStructure *structure)
{
  for (guint i = 0; i < structure->n_values; i++)
    {
      const char *range = find_range (cas, structure, &structure->values[i]);

      if (range != NULL)
        g_hash_table_insert (
            ranges, g_strconcat (structure->type, "\t", structure->values[i].name, NULL),
            g_strdup (range));
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

KutipForeign *
kutip_cas_ranges_keep (GHashTable *ranges, const char *rest, KutipForeign *foreign)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (KutipForeignMember));
  g_autofree const char **keys = NULL;
  KutipForeignMember own = { "note", KUTIP_CAS_FOREIGN, NULL };
  const char *last = NULL;
  guint n;

  keys = (const char **) g_hash_table_get_keys_as_array (ranges, &n);
  qsort (keys, n, sizeof *keys, compare_keys);
  for (guint i = 0; i < n; i++)
    {
      const char *tab = strchr (keys[i], '\t');
      gsize n_type = (gsize) (tab - keys[i]) + 1;
      g_autofree char *type = g_strndup (keys[i], n_type - 1);

      if (last == NULL || strncmp (last, keys[i], n_type) != 0)
        {
          g_string_append (json, last == NULL ? "\"ranges\": {" : "}, ");
          kutip_json_append_string (json, type);
          g_string_append (json, ": {");
        }
      else
        g_string_append (json, ", ");
      kutip_json_append_string (json, tab + 1);
      g_string_append (json, ": ");
      kutip_json_append_string (json, g_hash_table_lookup (ranges, keys[i]));
      last = keys[i];
    }
  if (last != NULL)
    g_string_append (json, "}}");
  /* Without what the comma would be behind. */
  if (rest != NULL)
    g_string_append (json, rest + (last == NULL ? 2 : 0));
  g_string_append_c (json, '}');
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);

      if (strcmp (member.name, KUTIP_CAS_FOREIGN) != 0)
        g_array_append_val (members, member);
    }
  own.json = json->str;
  if (json->len > 2)
    g_array_append_val (members, own);
  return kutip_foreign_new ((const KutipForeignMember *) (gpointer) members->data,
                            members->len);
}

/* --- writing --- */

const KutipJsonNode *
kutip_cas_ranges_find (KutipForeign *foreign, KutipJsonTree **tree)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign) && *tree == NULL; i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);

      if (strcmp (member.name, KUTIP_CAS_FOREIGN) == 0)
        *tree = kutip_json_tree_new (member.json, strlen (member.json), 1, NULL);
    }
  return *tree == NULL ? NULL
                       : kutip_json_node_get (kutip_json_tree_get_root (*tree), "ranges");
}

void
kutip_cas_ranges_load (GHashTable *ranges, KutipForeign *foreign)
{
  g_autoptr (KutipJsonTree) tree = NULL;
  const KutipJsonNode *types = kutip_cas_ranges_find (foreign, &tree);

  g_hash_table_remove_all (ranges);
  if (types == NULL || !kutip_json_node_is_object (types))
    return;
  for (const KutipJsonNode *type = types->first; type != NULL; type = type->next)
    for (const KutipJsonNode *feature = kutip_json_node_is_object (type) ? type->first
                                                                         : NULL;
         feature != NULL; feature = feature->next)
      if (kutip_json_node_get_string (feature) != NULL)
        g_hash_table_insert (ranges, g_strconcat (type->name, "\t", feature->name, NULL),
                             g_strdup (feature->string));
}

gboolean
kutip_cas_is_json_word (const char *word)
{
  g_autoptr (KutipJsonTree) tree = kutip_json_tree_new (word, strlen (word), 1, NULL);
  KutipJsonToken type =
      tree == NULL ? KUTIP_JSON_NULL : kutip_json_tree_get_root (tree)->type;

  return type == KUTIP_JSON_NUMBER || type == KUTIP_JSON_TRUE || type == KUTIP_JSON_FALSE;
}

static gboolean
is_word_of (RangeKind kind, const char *word)
{
  static const char *const specials[] = { "NaN", "Infinity", "-Infinity", NULL };
  static const char *const truths[] = { "true", "false", NULL };
  gsize n = strspn (word, "-0123456789");

  if (kind == RANGE_BOOLEAN)
    return g_strv_contains (truths, word);
  if (kind == RANGE_REAL && g_strv_contains (specials, word))
    return TRUE;
  return (kind == RANGE_REAL || word[n] == '\0') &&
         strchr ("-0123456789", *word) != NULL && *word != '\0' &&
         kutip_cas_is_json_word (word);
}

gboolean
kutip_cas_range_fits (const char *range, const KutipAttribute *attribute)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranges_known); i++)
    {
      gboolean is_array = g_strcmp0 (range, ranges_known[i].array) == 0;
      RangeKind kind = ranges_known[i].kind;

      if (!is_array && strcmp (range, ranges_known[i].range) != 0)
        continue;
      if (!is_array && kind == RANGE_BOOLEAN)
        return attribute->type == KUTIP_VALUE_FLAG;
      if (attribute->type != (is_array ? KUTIP_VALUE_LIST : KUTIP_VALUE_STRING))
        return FALSE;
      for (guint j = 0; attribute->values[j] != NULL; j++)
        if (!is_word_of (kind, attribute->values[j]))
          return FALSE;
      return TRUE;
    }
  return FALSE;
}

const char *
kutip_cas_get_array (KutipCas *cas,
                     const KutipCasStructure *structure,
                     const KutipCasValue *value)
{
  const KutipCasFeature *feature =
      value->kind == KUTIP_CAS_STRINGS
          ? kutip_cas_find_feature (cas, structure->type, value->name)
          : NULL;

  return feature == NULL ? NULL : find_array (feature->range);
}
