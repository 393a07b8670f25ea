/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tagset-fields.h"

#include "model/iso-date.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK (kutip_tagset_error_quark, kutip_tagset_error)

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (KUTIP_TAGSET_ERROR, KUTIP_TAGSET_ERROR_INVALID, format,
                                 arguments);
  va_end (arguments);
  return FALSE;
}

static gboolean
is_color (const char *color)
{
  if (color[0] != '#' || strlen (color) != 7)
    return FALSE;
  for (guint i = 1; i < 7; i++)
    if (!g_ascii_isxdigit (color[i]))
      return FALSE;
  return TRUE;
}

/* The terms of a tag set by their names: there may be tens of thousands, and each may
 * name many others. */
typedef struct
{
  const KutipTagsetFields *fields;
  GHashTable *labels, *attributes; /* sets of names */
  GHashTable *relations;           /* name -> KutipRelationType */
  GHashTable *parties;             /* KutipRelationType -> set of names in its lists */
} Terms;

static GHashTable *
make_set (void)
{
  return g_hash_table_new (g_str_hash, g_str_equal);
}

/* Terms without a name are refused elsewhere. */
static void
add_term (GHashTable *table, const char *name, gconstpointer term)
{
  if (name != NULL && !g_hash_table_contains (table, name))
    g_hash_table_insert (table, (gpointer) name, (gpointer) term);
}

static void
init_terms (Terms *self, const KutipTagsetFields *fields)
{
  *self = (Terms){ fields, make_set (), make_set (), make_set (), NULL };
  self->parties =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; i < fields->n_labels; i++)
    add_term (self->labels, fields->labels[i].name, &fields->labels[i]);
  for (guint i = 0; i < fields->n_attributes; i++)
    add_term (self->attributes, fields->attributes[i].name, &fields->attributes[i]);
  for (guint i = 0; i < fields->n_relations; i++)
    add_term (self->relations, fields->relations[i].name, &fields->relations[i]);
}

static void
clear_terms (Terms *self)
{
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->attributes);
  g_hash_table_unref (self->relations);
  g_hash_table_unref (self->parties);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Terms, clear_terms)

static void
add_names (GHashTable *set, const char *const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_hash_table_add (set, (gpointer) names[i]);
}

/* Whether a NULL-terminated list, or NULL for an empty one, has @name. */
static gboolean
contains (const char *const *names, const char *name)
{
  return names != NULL && g_strv_contains (names, name);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A string that stands twice in a list, or NULL. */
static const char *
find_twice (const char *const *names)
{
  guint n = names != NULL ? g_strv_length ((char **) names) : 0;
  g_autofree const char **sorted = g_memdup2 (names, n * sizeof *names);

  if (n > 0)
    qsort (sorted, n, sizeof *sorted, compare_strings);
  for (guint i = 1; i < n; i++)
    if (strcmp (sorted[i - 1], sorted[i]) == 0)
      return sorted[i];
  return NULL;
}

static gboolean
check_name (
    GHashTable *seen, const char *section, guint i, const char *name, GError **error)
{
  if (name == NULL || *name == '\0')
    /* Translators: %1$s is a member of a tag set's file ("labels"), %2$u a position in
     * it. */
    return refuse (error, _ ("%1$s[%2$u] has no name"), section, i);
  if (!g_hash_table_add (seen, (gpointer) name))
    /* Translators: %1$s is a member of a tag set's file ("labels"), %2$u a position in
     * it, %3$s a name. */
    return refuse (error, _ ("%1$s[%2$u]: there is another one with the name “%3$s”"),
                   section, i, name);
  return TRUE;
}

static gboolean
check_key (
    GHashTable *keys, const char *section, gunichar key, const char *name, GError **error)
{
  gpointer id = GUINT_TO_POINTER (g_unichar_tolower (key));
  const char *other = g_hash_table_lookup (keys, id);
  char shown[7] = { 0 };

  if (key == 0)
    return TRUE;
  g_unichar_to_utf8 (key, shown);
  if (!g_unichar_isgraph (key))
    /* Translators: %1$s is a member of a tag set's file ("labels"), %2$s a name. */
    return refuse (error, _ ("%1$s “%2$s”: its key is no visible character"), section,
                   name);
  if (other != NULL)
    /* Translators: %1$s is a member of a tag set's file ("labels"), %2$s and %4$s are
     * names, %3$s a key on the keyboard. */
    return refuse (error, _ ("%1$s “%2$s”: its key “%3$s” is already that of “%4$s”"),
                   section, name, shown, other);
  g_hash_table_insert (keys, id, (gpointer) name);
  return TRUE;
}

/* Each of @names is an attribute that the tag set defines, and none stands twice. */
static gboolean
check_attribute_names (const Terms *terms,
                       const char *section,
                       const char *name,
                       const char *const *names,
                       GError **error)
{
  const char *twice = find_twice (names);

  if (twice != NULL)
    /* Translators: %1$s is a member of a tag set's file ("labels"), %2$s the name of one
     * of them, %3$s the name of an attribute. */
    return refuse (error, _ ("%1$s “%2$s” has the attribute “%3$s” twice"), section, name,
                   twice);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!g_hash_table_contains (terms->attributes, names[i]))
      /* Translators: %1$s is a member of a tag set's file ("labels"), %2$s the name of
       * one of them, %3$s the name of an attribute. */
      return refuse (
          error,
          _ ("%1$s “%2$s” has the attribute “%3$s”, which “attributes” does not "
             "define"),
          section, name, names[i]);
  return TRUE;
}

static gboolean
check_label_names (const Terms *terms,
                   const KutipRelationType *relation,
                   const char *member,
                   const char *const *names,
                   GError **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!g_hash_table_contains (terms->labels, names[i]))
      /* Translators: %1$s is the name of a relation, %2$s is "from" or "to", %3$s the
       * name of a label. */
      return refuse (error,
                     _ ("relations “%1$s”: “%2$s” names the label “%3$s”, which “labels” "
                        "does not define"),
                     relation->name, member, names[i]);
  return TRUE;
}

/* Whether spans of that label can take part in such a relation. */
static gboolean
can_take_part (const Terms *terms, const KutipRelationType *relation, const char *label)
{
  GHashTable *parties = g_hash_table_lookup (terms->parties, relation);

  if (relation->from == NULL || relation->from[0] == NULL || relation->to == NULL ||
      relation->to[0] == NULL)
    return TRUE;
  if (parties == NULL)
    {
      parties = make_set ();
      add_names (parties, relation->from);
      add_names (parties, relation->to);
      g_hash_table_insert (terms->parties, (gpointer) relation, parties);
    }
  return g_hash_table_contains (parties, label);
}

/* @own are the attributes of the label. */
static gboolean
check_requirement (const Terms *terms,
                   const KutipLabelType *label,
                   GHashTable *own,
                   const char *name,
                   GError **error)
{
  const KutipRelationType *relation = g_hash_table_lookup (terms->relations, name);
  gboolean is_attribute = g_hash_table_contains (own, name);

  if (relation != NULL && is_attribute)
    /* Translators: %1$s is the name of a label, %2$s that of an attribute and a relation.
     */
    return refuse (error,
                   _ ("labels “%1$s” requires “%2$s”, which is both an attribute and a "
                      "relation"),
                   label->name, name);
  if (relation == NULL && !is_attribute)
    /* Translators: %1$s is the name of a label, %2$s what it requires. */
    return refuse (
        error,
        _ ("labels “%1$s” requires “%2$s”, which is neither one of its attributes "
           "nor a relation"),
        label->name, name);
  if (relation != NULL && !can_take_part (terms, relation, label->name))
    /* Translators: %1$s is the name of a label, %2$s that of a relation. */
    return refuse (
        error, _ ("labels “%1$s” requires the relation “%2$s”, which does not allow it"),
        label->name, name);
  return TRUE;
}

static gboolean
check_requirements (const Terms *terms, const KutipLabelType *label, GError **error)
{
  g_autoptr (GHashTable) own = NULL;

  if (label->requires == NULL || label->requires[0] == NULL)
    return TRUE;
  own = make_set ();
  add_names (own, label->attributes);
  for (guint i = 0; label->requires[i] != NULL; i++)
    if (!check_requirement (terms, label, own, label->requires[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_labels (const Terms *terms, GError **error)
{
  const KutipTagsetFields *fields = terms->fields;
  const char *const *checked = NULL; /* a list that labels share is looked at once */
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) keys = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < fields->n_labels; i++)
    {
      const KutipLabelType *label = &fields->labels[i];

      if (!check_name (names, "labels", i, label->name, error) ||
          !check_key (keys, "labels", label->key, label->name, error) ||
          (label->attributes != checked &&
           !check_attribute_names (terms, "labels", label->name, label->attributes,
                                   error)))
        return FALSE;
      checked = label->attributes;
      if (label->color != NULL && !is_color (label->color))
        /* Translators: %1$s is the name of a label, %2$s what stands where its colour
         * should. */
        return refuse (error, _ ("labels “%1$s”: “%2$s” is no colour such as “#0072b2”"),
                       label->name, label->color);
      if (!check_requirements (terms, label, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_attribute_values (const KutipAttributeType *attribute, GError **error)
{
  gboolean has_values = attribute->values != NULL && attribute->values[0] != NULL;
  const char *twice = find_twice (attribute->values);

  if (attribute->kind == KUTIP_ATTRIBUTE_CHOICE && !has_values)
    /* Translators: %s is the name of an attribute. */
    return refuse (error, _ ("attributes “%s” has no values to choose from"),
                   attribute->name);
  if (attribute->kind != KUTIP_ATTRIBUTE_CHOICE && has_values)
    /* Translators: %s is the name of an attribute. */
    return refuse (error, _ ("attributes “%s” cannot have a list of values"),
                   attribute->name);
  if (attribute->kind == KUTIP_ATTRIBUTE_FLAG && attribute->multiple)
    /* Translators: %s is the name of an attribute. */
    return refuse (error, _ ("attributes “%s” is a flag and cannot have several values"),
                   attribute->name);
  if (contains (attribute->values, ""))
    /* Translators: %s is the name of an attribute. */
    return refuse (error, _ ("attributes “%s” has an empty value"), attribute->name);
  if (twice != NULL)
    /* Translators: %1$s is the name of an attribute, %2$s one of its values. */
    return refuse (error, _ ("attributes “%1$s” has the value “%2$s” twice"),
                   attribute->name, twice);
  return TRUE;
}

static gboolean
check_default (const KutipAttributeType *attribute, GError **error)
{
  const char *value = attribute->default_value;
  gboolean fits = TRUE;

  if (value == NULL)
    return TRUE;
  switch (attribute->kind)
    {
    case KUTIP_ATTRIBUTE_CHOICE:
      fits = contains (attribute->values, value);
      break;
    case KUTIP_ATTRIBUTE_FLAG:
      fits = strcmp (value, "true") == 0;
      break;
    case KUTIP_ATTRIBUTE_DATE:
      fits = kutip_iso_date_describe (value, NULL);
      break;
    case KUTIP_ATTRIBUTE_TEXT:
    default:
      break;
    }
  if (!fits && attribute->kind == KUTIP_ATTRIBUTE_DATE)
    /* Translators: %1$s is the name of an attribute, %2$s its default value. */
    return refuse (
        error,
        _ ("attributes “%1$s”: the default “%2$s” is not one of the dates such "
           "as 2022-08-15"),
        attribute->name, value);
  if (!fits)
    /* Translators: %1$s is the name of an attribute, %2$s its default value. */
    return refuse (error,
                   _ ("attributes “%1$s”: the default “%2$s” is not one of its values"),
                   attribute->name, value);
  return TRUE;
}

static gboolean
check_attributes (const KutipTagsetFields *fields, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < fields->n_attributes; i++)
    if (!check_name (names, "attributes", i, fields->attributes[i].name, error) ||
        !check_attribute_values (&fields->attributes[i], error) ||
        !check_default (&fields->attributes[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_relations (const Terms *terms, GError **error)
{
  const KutipTagsetFields *fields = terms->fields;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) keys = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < fields->n_relations; i++)
    {
      const KutipRelationType *relation = &fields->relations[i];

      if (!check_name (names, "relations", i, relation->name, error) ||
          !check_key (keys, "relations", relation->key, relation->name, error) ||
          !check_label_names (terms, relation, "from", relation->from, error) ||
          !check_label_names (terms, relation, "to", relation->to, error) ||
          !check_attribute_names (terms, "relations", relation->name,
                                  relation->attributes, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kutip_tagset_fields_check (const KutipTagsetFields *fields, GError **error)
{
  g_auto (Terms) terms;

  init_terms (&terms, fields);
  if (fields->name == NULL || *fields->name == '\0')
    return refuse (error, _ ("The tag set has no name"));
  return check_attributes (fields, error) && check_labels (&terms, error) &&
         check_relations (&terms, error) &&
         check_attribute_names (&terms, "article_attributes", fields->name,
                                fields->article_attributes, error);
}
