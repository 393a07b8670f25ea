/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas-rest.h"
#include "format/uima/xmi.h"
#include "format/xml/xml.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_ELEMENTS 256

/* --- the type system --- */

typedef struct
{
  char *name, *range, *element;
} Feature;

static void
clear_feature (Feature *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->range, g_free);
  g_clear_pointer (&self->element, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Feature, clear_feature)

/* The content of a child, trimmed; into @place unless that is NULL. */
static void
take_content (KutipXmlReader *reader, char **place)
{
  char *content;

  if (place == NULL)
    {
      kutip_xml_reader_skip (reader);
      return;
    }
  content = kutip_xml_reader_read_content (reader);
  g_free (*place);
  *place = g_strstrip (content);
}

/* What has no place in what is kept of a type system, if it says anything; @feature may
 * be NULL. */
static void
leave_content (KutipCas *cas,
               KutipXmlReader *reader,
               const char *type,
               const char *feature)
{
  g_autofree char *name = g_strdup (kutip_xml_reader_get_name (reader));
  guint line = kutip_xml_reader_get_line (reader);
  g_autofree char *content = g_strstrip (kutip_xml_reader_read_content (reader));
  g_autofree char *detail =
      feature == NULL ? g_strdup (name) : g_strconcat (feature, ": ", name, NULL);

  if (*content != '\0')
    kutip_cas_leave (cas, type, line, detail);
}

static void
read_feature (KutipCas *cas, KutipXmlReader *reader, const char *type)
{
  g_auto (Feature) feature = { NULL };
  g_autofree char *range = NULL;
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    {
      const char *name = kutip_xml_reader_get_name (reader);

      char **place = strcmp (name, "name") == 0            ? &feature.name
                     : strcmp (name, "rangeTypeName") == 0 ? &feature.range
                     : strcmp (name, "elementType") == 0   ? &feature.element
                                                           : NULL;

      if (place != NULL)
        take_content (reader, place);
      else
        leave_content (cas, reader, type, feature.name == NULL ? "" : feature.name);
    }
  /* Kinds are found when all types are known. */
  range = kutip_cas_make_range (feature.range, feature.element);
  if (type != NULL && feature.name != NULL && range != NULL)
    kutip_cas_declare_feature (cas, type, feature.name, KUTIP_CAS_UNKNOWN, range);
}

static void
read_features (KutipCas *cas, KutipXmlReader *reader, const char *type)
{
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    if (strcmp (kutip_xml_reader_get_name (reader), "featureDescription") == 0)
      read_feature (cas, reader, type);
    else
      kutip_xml_reader_skip (reader);
}

/* What a type of strings may be. */
static void
leave_values (KutipCas *cas, KutipXmlReader *reader, const char *type)
{
  kutip_cas_leave (cas, type, kutip_xml_reader_get_line (reader), "allowedValues");
  kutip_xml_reader_skip (reader);
}

static void
read_type (KutipCas *cas, KutipXmlReader *reader)
{
  guint depth = kutip_xml_reader_get_depth (reader);
  g_autofree char *type = NULL;
  g_autofree char *super = NULL;

  while (kutip_xml_reader_next_child (reader, depth))
    {
      const char *name = kutip_xml_reader_get_name (reader);

      if (strcmp (name, "name") == 0)
        take_content (reader, &type);
      else if (strcmp (name, "supertypeName") == 0)
        take_content (reader, &super);
      else if (strcmp (name, "allowedValues") == 0)
        leave_values (cas, reader, type);
      else if (strcmp (name, "features") != 0)
        leave_content (cas, reader, type, NULL);
      else if (type == NULL)
        kutip_xml_reader_fail (reader,
                               _ ("a type must have its name before its features"));
      else
        {
          kutip_cas_declare (cas, type, super == NULL ? KUTIP_CAS_TOP : super);
          read_features (cas, reader, type);
        }
    }
  if (type != NULL)
    kutip_cas_declare (cas, type, super == NULL ? KUTIP_CAS_TOP : super);
}

static void
find_kinds (KutipCas *cas)
{
  for (guint i = 0; i < cas->types->len; i++)
    {
      KutipCasType *type = g_ptr_array_index (cas->types, i);

      for (guint j = 0; j < type->features->len; j++)
        {
          KutipCasFeature *feature = &g_array_index (type->features, KutipCasFeature, j);

          if (feature->kind == KUTIP_CAS_UNKNOWN)
            feature->kind = kutip_cas_find_kind (cas, feature->range, NULL);
        }
    }
}

/* Of a type system: a type, or what it says of itself; others are gone into. */
static void
read_part (KutipCas *cas, KutipXmlReader *reader)
{
  static const char *const own[] = { "name", "description", "version", "vendor", NULL };
  const char *name = kutip_xml_reader_get_name (reader);

  if (strcmp (name, "typeDescription") == 0)
    read_type (cas, reader);
  else if (strcmp (name, "import") == 0)
    kutip_cas_leave (cas, NULL, kutip_xml_reader_get_line (reader), name);
  else if (g_strv_contains (own, name))
    leave_content (cas, reader, NULL, NULL);
}

gboolean
kutip_xmi_read_types (KutipCas *cas, GBytes *bytes, GError **error)
{
  g_autoptr (KutipXmlReader) reader = kutip_xml_reader_new (bytes, error);
  KutipXmlToken token;

  if (reader == NULL)
    return FALSE;
  while ((token = kutip_xml_reader_next (reader)) != KUTIP_XML_DONE &&
         token != KUTIP_XML_ERROR)
    if (token == KUTIP_XML_START)
      read_part (cas, reader);
  find_kinds (cas);
  return kutip_xml_reader_finish (reader, error);
}

/* --- feature structures --- */

/* A type by the name of its element, whose strings the reader keeps once each. */
typedef struct
{
  const char *name_space, *name;
  const char *type; /* NULL: it is none of UIMA's */
  gboolean is_segment;
} Element;

typedef struct
{
  KutipCas *cas;
  KutipXmlReader *reader;
  GArray *elements; /* Element, as they came */
  GArray *members;  /* of views, that were not there yet */
  guint64 spare;    /* an id for a structure that has none */
} Reading;

/* "http:///a/b.ecore" and "C" -> "a.b.C"; NULL for a namespace that is none of UIMA's. */
static char *
make_type (const char *name_space, const char *name)
{
  static const char prefix[] = "http:///";
  static const char suffix[] = ".ecore";
  g_autofree char *package = NULL;

  if (!g_str_has_prefix (name_space, prefix) || !g_str_has_suffix (name_space, suffix) ||
      strlen (name_space) < strlen (prefix) + strlen (suffix))
    return NULL;
  package = g_strndup (name_space + strlen (prefix),
                       strlen (name_space) - strlen (prefix) - strlen (suffix));
  if (strcmp (package, "uima/noNamespace") == 0)
    return g_strdup (name);
  g_strdelimit (package, "/", '.');
  return g_strconcat (package, ".", name, NULL);
}

/* A number that must be one. */
static guint64
parse_number (KutipXmlReader *reader, const char *name, const char *value)
{
  guint64 number = 0;

  if (!kutip_cas_parse_number (value, &number))
    kutip_xml_reader_fail (reader, _ ("“%1$s” is “%2$s”, which is no number"), name,
                           value);
  return number;
}

/* The next number of a list, and where the list goes on; FALSE behind the last. */
static gboolean
next_number (KutipXmlReader *reader, const char *name, const char **list, guint64 *number)
{
  const char *p = *list + strspn (*list, " \t\r\n");
  gsize n = strcspn (p, " \t\r\n");
  char digits[24];

  *list = p + n;
  if (n == 0)
    return FALSE;
  /* Longer ones are no numbers either way. */
  n = MIN (n, sizeof digits - 1);
  memcpy (digits, p, n);
  digits[n] = '\0';
  *number = parse_number (reader, name, digits);
  return TRUE;
}

static GArray *
parse_numbers (KutipXmlReader *reader, const char *name, const char *value)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 number;

  while (next_number (reader, name, &value, &number))
    g_array_append_val (numbers, number);
  return numbers;
}

static KutipCasKind
find_kind (KutipCas *cas, const char *type, const char *name)
{
  const KutipCasFeature *feature;

  if (strcmp (type, KUTIP_CAS_SOFA) == 0)
    return KUTIP_CAS_STRING;
  if (strcmp (name, "elements") == 0 && g_str_has_prefix (type, "uima.cas."))
    return strcmp (type, "uima.cas.FSArray") == 0 ? KUTIP_CAS_REFERENCES
                                                  : KUTIP_CAS_STRINGS;
  feature = kutip_cas_find_feature (cas, type, name);
  return feature == NULL ? KUTIP_CAS_UNKNOWN : feature->kind;
}

static void
set_words (KutipCas *cas,
           KutipCasStructure *structure,
           const char *name,
           const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, " ", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      words[n++] = words[i];
    else
      g_free (words[i]);
  words[n] = NULL;
  kutip_cas_set_strings (cas, structure, name, (const char *const *) words);
}

static void
read_value (KutipCas *cas,
            KutipXmlReader *reader,
            KutipCasStructure *structure,
            const char *name,
            const char *value)
{
  KutipCasKind kind = find_kind (cas, structure->type, name);
  g_autoptr (GArray) numbers = NULL;

  switch (kind)
    {
    case KUTIP_CAS_REFERENCE:
    case KUTIP_CAS_REFERENCES:
      numbers = parse_numbers (reader, name, value);
      kutip_cas_set_references (cas, structure, name, kind,
                                (const guint64 *) (gpointer) numbers->data, numbers->len);
      break;
    case KUTIP_CAS_STRINGS:
      set_words (cas, structure, name, value);
      break;
    case KUTIP_CAS_STRING:
    case KUTIP_CAS_BOOLEAN:
    case KUTIP_CAS_NUMBER:
    case KUTIP_CAS_MADE:
    case KUTIP_CAS_UNKNOWN:
    default:
      kutip_cas_set_string (cas, structure, name, kind, value);
      break;
    }
}

static guint64
read_id (KutipXmlReader *reader)
{
  const char *name_space, *name, *value;
  guint64 id = 0;

  while (kutip_xml_reader_next_attribute (reader, &name_space, &name, &value))
    if (strcmp (name_space, KUTIP_XMI_NAMESPACE) == 0 && strcmp (name, "id") == 0)
      {
        id = parse_number (reader, "xmi:id", value);
        if (id == 0)
          kutip_xml_reader_fail (reader, _ ("“xmi:id” must not be 0"));
      }
  return id;
}

/* One that is no feature. */
static void
leave_attribute (KutipCas *cas, const KutipCasStructure *structure, const char *name)
{
  g_autofree char *detail = g_strconcat (structure->type, ": ", name, NULL);

  kutip_cas_leave (cas, NULL, structure->line, detail);
}

static void
read_attributes (KutipCas *cas, KutipXmlReader *reader, KutipCasStructure *structure)
{
  const char *name_space, *name, *value;
  guint n_places = 0;

  while (kutip_xml_reader_next_attribute (reader, &name_space, &name, &value))
    if (*name_space != '\0')
      {
        if (strcmp (name_space, KUTIP_XMI_NAMESPACE) != 0 || strcmp (name, "id") != 0)
          leave_attribute (cas, structure, name);
      }
    else if (strcmp (name, "sofa") == 0)
      structure->sofa = parse_number (reader, name, value);
    else if (strcmp (name, "begin") == 0)
      {
        structure->begin = parse_number (reader, name, value);
        n_places++;
      }
    else if (strcmp (name, "end") == 0)
      {
        structure->end = parse_number (reader, name, value);
        n_places++;
      }
    else
      read_value (cas, reader, structure, name, value);
  structure->placed = n_places == 2;
}

static void
free_list (gpointer data)
{
  g_ptr_array_unref (data);
}

/* Lists of strings are children, one for each. */
static void
read_children (KutipCas *cas, KutipXmlReader *reader, KutipCasStructure *structure)
{
  g_autoptr (GHashTable) lists =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_list);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  guint depth = kutip_xml_reader_get_depth (reader);

  while (kutip_xml_reader_next_child (reader, depth))
    {
      g_autofree char *name = g_strdup (kutip_xml_reader_get_name (reader));
      GPtrArray *list = g_hash_table_lookup (lists, name);

      if (list == NULL)
        {
          list = g_ptr_array_new_with_free_func (g_free);
          g_ptr_array_add (order, name);
          g_hash_table_insert (lists, g_steal_pointer (&name), list);
        }
      g_ptr_array_add (list, kutip_xml_reader_read_content (reader));
    }
  for (guint i = 0; i < order->len; i++)
    {
      const char *name = g_ptr_array_index (order, i);
      GPtrArray *list = g_hash_table_lookup (lists, name);

      g_ptr_array_add (list, NULL);
      kutip_cas_set_strings (cas, structure, name, (const char *const *) list->pdata);
    }
}

static void
read_structure (Reading *self, const char *type)
{
  KutipXmlReader *reader = self->reader;
  guint64 id = read_id (reader);
  g_autoptr (GError) error = NULL;
  KutipCasStructure *structure;

  if (kutip_xml_reader_failed (reader))
    return;
  structure = kutip_cas_add (self->cas, id == 0 ? self->spare : id, type, &error);
  if (structure == NULL)
    {
      kutip_xml_reader_fail (reader, "%s", error->message);
      return;
    }
  structure->line = kutip_xml_reader_get_line (reader);
  read_attributes (self->cas, reader, structure);
  read_children (self->cas, reader, structure);
}

/* An annotation that says nothing but where it is. FALSE, with nothing read, for others.
 */
static gboolean
read_segment (Reading *self, const char *type)
{
  KutipCasSegment segment = { .type = type };
  const char *name_space, *name, *value;
  guint64 sofa = 0;
  guint n = 0;
  gboolean good = TRUE;

  while (kutip_xml_reader_next_attribute (self->reader, &name_space, &name, &value))
    {
      guint64 *place =
          *name_space != '\0'
              ? (strcmp (name_space, KUTIP_XMI_NAMESPACE) == 0 && strcmp (name, "id") == 0
                     ? &segment.id
                     : NULL)
          : strcmp (name, "sofa") == 0  ? &sofa
          : strcmp (name, "begin") == 0 ? &segment.begin
          : strcmp (name, "end") == 0   ? &segment.end
                                        : NULL;

      n++;
      good &= place != NULL && kutip_cas_parse_number (value, place);
    }
  kutip_xml_reader_rewind_attributes (self->reader);
  if (!good || n != 4 || kutip_xml_reader_has_content (self->reader) ||
      !kutip_cas_add_segment (self->cas, &segment, sofa))
    return FALSE;
  kutip_xml_reader_skip (self->reader);
  return TRUE;
}

static void
read_view (Reading *self)
{
  g_autofree char *owned = kutip_xml_reader_dup_attribute (self->reader, "members");
  const char *list = owned == NULL ? "" : owned;
  guint64 id;

  while (!kutip_xml_reader_failed (self->reader) &&
         next_number (self->reader, "members", &list, &id))
    if (!kutip_cas_has (self->cas, id))
      g_array_append_val (self->members, id);
  kutip_xml_reader_skip (self->reader);
}

static const Element *
find_element (Reading *self)
{
  Element element = { .name_space = kutip_xml_reader_get_namespace (self->reader),
                      .name = kutip_xml_reader_get_name (self->reader) };
  g_autofree char *type = NULL;

  for (guint i = 0; i < self->elements->len; i++)
    {
      const Element *known = &g_array_index (self->elements, Element, i);

      if (known->name == element.name && known->name_space == element.name_space)
        return known;
    }
  type = make_type (element.name_space, element.name);
  element.type = type == NULL ? NULL : kutip_cas_intern (self->cas, type);
  element.is_segment = type != NULL && kutip_cas_is_segment_type (type);
  /* A hostile file has no use for more. */
  if (self->elements->len == MAX_ELEMENTS)
    g_array_set_size (self->elements, 0);
  g_array_append_val (self->elements, element);
  return &g_array_index (self->elements, Element, self->elements->len - 1);
}

static void
read_element (Reading *self)
{
  const Element *element = find_element (self);
  const char *type = element->type;

  if (type == NULL)
    kutip_xml_reader_fail (self->reader, _ ("“%s” is no type of UIMA"),
                           kutip_xml_reader_get_name (self->reader));
  else if (strcmp (type, "uima.cas.NULL") == 0)
    kutip_xml_reader_skip (self->reader);
  else if (strcmp (type, "uima.cas.View") == 0)
    read_view (self);
  else if (!element->is_segment || !read_segment (self, type))
    read_structure (self, type);
}

static gboolean
check_members (Reading *self, GError **error)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      guint64 id = g_array_index (self->members, guint64, i);

      if (kutip_cas_has (self->cas, id))
        continue;
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   _ ("a view has %lu as a member, and there is none"), (gulong) id);
      return FALSE;
    }
  return TRUE;
}

gboolean
kutip_xmi_read (KutipCas *cas, KutipXmlReader *reader, GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) elements = g_array_new (FALSE, FALSE, sizeof (Element));
  /* Spare ids lie beyond those that files have. */
  Reading self = { cas, reader, elements, members, G_MAXINT64 };

  if (kutip_xml_reader_next (reader) == KUTIP_XML_START &&
      (strcmp (kutip_xml_reader_get_namespace (reader), KUTIP_XMI_NAMESPACE) != 0 ||
       strcmp (kutip_xml_reader_get_name (reader), "XMI") != 0))
    kutip_xml_reader_fail (reader, _ ("it is no XMI"));
  while (!kutip_xml_reader_failed (reader) && kutip_xml_reader_next_child (reader, 1))
    {
      read_element (&self);
      self.spare--;
    }
  return kutip_xml_reader_finish (reader, error) && check_members (&self, error) &&
         kutip_cas_resolve (cas, error);
}
