/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json.h"
#include "format/uima/cas-json.h"
#include "format/uima/cas-rest.h"

#include <glib/gi18n.h>
#include <string.h>

/* A member of a structure, which is gathered before the type and the id are known.
 * Strings are in the gathering's. */
typedef struct
{
  gsize name, word; /* word: a string, or a number as it is written */
  KutipJsonToken token;
  gsize offset;            /* in the file */
  guint first, n_elements; /* of an array */
} Member;

typedef struct
{
  KutipCas *cas;
  KutipJsonReader *reader;
  guint64 spare; /* for structures without an id */
  gboolean any_structures, any_views;
  /* The structure that is read. */
  GString *strings;
  GArray *members, *elements; /* Member */
  /* What views hold and was not there yet: Pending. */
  GArray *pending;
} Reading;

typedef struct
{
  guint64 id;
  gsize offset;
} Pending;

static const char *
get_string (Reading *self, gsize at)
{
  return self->strings->str + at;
}

static gsize
keep_string (Reading *self)
{
  gsize at = self->strings->len;
  gsize n;
  const char *string = kutip_json_reader_get_string (self->reader, &n);

  g_string_append_len (self->strings, string, (gssize) n);
  g_string_append_c (self->strings, '\0');
  return at;
}

/* --- types --- */

/* Skips what has no place; @type and @feature: whose declaration says it, or NULL. */
static void
leave (Reading *self, const char *type, const char *feature, const char *member)
{
  g_autofree char *detail =
      feature == NULL ? g_strdup (member) : g_strconcat (feature, ": ", member, NULL);
  guint line, column;

  kutip_json_reader_get_place (self->reader, &line, &column);
  kutip_cas_leave (self->cas, type, line, detail);
  kutip_json_reader_skip (self->reader);
}

/* The "%RANGE" of the feature whose object was entered; NULL: it has none. */
static char *
read_range (Reading *self, const char *type, const char *feature)
{
  g_autofree char *range = NULL;
  g_autofree char *element = NULL;
  const char *name;

  while ((name = kutip_json_reader_read_member (self->reader)) != NULL)
    {
      char **place = strcmp (name, "%RANGE") == 0          ? &range
                     : strcmp (name, "%ELEMENT_TYPE") == 0 ? &element
                                                           : NULL;

      if (place != NULL && kutip_json_reader_peek (self->reader) == KUTIP_JSON_STRING)
        {
          g_free (*place);
          *place = g_strdup (kutip_json_reader_read_string (self->reader));
        }
      else if (strcmp (name, "%NAME") == 0)
        kutip_json_reader_skip (self->reader);
      else
        leave (self, type, feature, name);
    }
  return kutip_cas_make_range (range, element);
}

/* @features: names and ranges by turns. */
static void
read_type_member (
    Reading *self, const char *member, char **name, char **super, GPtrArray *features)
{
  KutipJsonToken token = kutip_json_reader_peek (self->reader);
  char **place = strcmp (member, "%NAME") == 0         ? name
                 : strcmp (member, "%SUPER_TYPE") == 0 ? super
                                                       : NULL;

  if (place != NULL && token == KUTIP_JSON_STRING)
    {
      g_free (*place);
      *place = g_strdup (kutip_json_reader_read_string (self->reader));
    }
  else if (*member != '%' && token == KUTIP_JSON_OBJECT_START)
    {
      char *feature = g_strdup (member);
      char *range;

      kutip_json_reader_read_object (self->reader);
      range = read_range (self, *name, feature);
      g_ptr_array_add (features, feature);
      g_ptr_array_add (features, range);
    }
  else
    leave (self, *name, NULL, member);
}

static void
read_type (Reading *self, const char *key)
{
  g_autofree char *name = g_strdup (key);
  g_autofree char *super = NULL;
  g_autoptr (GPtrArray) features = g_ptr_array_new_with_free_func (g_free);
  const char *member;

  if (kutip_json_reader_peek (self->reader) != KUTIP_JSON_OBJECT_START)
    {
      kutip_json_reader_next (self->reader);
      kutip_json_reader_fail (self->reader, _ ("“%s” must be an object"), name);
      return;
    }
  kutip_json_reader_read_object (self->reader);
  while ((member = kutip_json_reader_read_member (self->reader)) != NULL)
    {
      g_autofree char *copy = g_strdup (member);

      read_type_member (self, copy, &name, &super, features);
    }
  kutip_cas_declare (self->cas, name, super == NULL ? KUTIP_CAS_TOP : super);
  for (guint i = 0; i + 1 < features->len; i += 2)
    if (g_ptr_array_index (features, i + 1) != NULL)
      kutip_cas_declare_feature (self->cas, name, g_ptr_array_index (features, i),
                                 KUTIP_CAS_UNKNOWN, g_ptr_array_index (features, i + 1));
}

static void
read_types (Reading *self)
{
  const char *name;

  if (kutip_json_reader_peek (self->reader) != KUTIP_JSON_OBJECT_START)
    {
      kutip_json_reader_next (self->reader);
      kutip_json_reader_fail (self->reader, _ ("“%s” must be an object"), "%TYPES");
      return;
    }
  kutip_json_reader_read_object (self->reader);
  while ((name = kutip_json_reader_read_member (self->reader)) != NULL)
    {
      g_autofree char *copy = g_strdup (name);

      read_type (self, copy);
    }
}

/* --- structures: gathering --- */

/* The value that comes, which is no list. */
static void
gather_value (Reading *self, Member *member)
{
  KutipJsonToken token = kutip_json_reader_peek (self->reader);

  if (token == KUTIP_JSON_OBJECT_START || token == KUTIP_JSON_ARRAY_START)
    {
      kutip_json_reader_skip (self->reader);
      member->token = token;
      return;
    }
  member->token = kutip_json_reader_next (self->reader);
  member->offset = kutip_json_reader_get_offset (self->reader);
  if (token == KUTIP_JSON_STRING || token == KUTIP_JSON_NUMBER)
    member->word = keep_string (self);
}

static void
gather_elements (Reading *self, Member *member)
{
  kutip_json_reader_read_array (self->reader);
  member->token = KUTIP_JSON_ARRAY_START;
  member->offset = kutip_json_reader_get_offset (self->reader);
  member->first = self->elements->len;
  while (kutip_json_reader_read_element (self->reader))
    {
      Member element = { 0 };

      gather_value (self, &element);
      g_array_append_val (self->elements, element);
    }
  member->n_elements = self->elements->len - member->first;
}

static void
gather_members (Reading *self)
{
  g_string_truncate (self->strings, 0);
  g_array_set_size (self->members, 0);
  g_array_set_size (self->elements, 0);
  while (kutip_json_reader_enter_member (self->reader))
    {
      Member member = { .name = keep_string (self) };

      if (kutip_json_reader_peek (self->reader) == KUTIP_JSON_ARRAY_START &&
          strcmp (get_string (self, member.name), "%ELEMENTS") == 0)
        gather_elements (self, &member);
      else
        gather_value (self, &member);
      g_array_append_val (self->members, member);
    }
}

static const Member *
find_member (Reading *self, const char *name)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      const Member *member = &g_array_index (self->members, Member, i);

      if (strcmp (get_string (self, member->name), name) == 0)
        return member;
    }
  return NULL;
}

/* --- structures: making --- */

static gboolean
read_number (Reading *self, const Member *member, guint64 *number)
{
  if (member->token == KUTIP_JSON_NUMBER &&
      kutip_cas_parse_number (get_string (self, member->word), number) &&
      *number <= G_MAXUINT)
    return TRUE;
  kutip_json_reader_fail_at (self->reader, member->offset,
                             _ ("a whole number was expected here"));
  return FALSE;
}

static const char *
get_word (Reading *self, const Member *member)
{
  switch ((int) member->token)
    {
    case KUTIP_JSON_STRING:
    case KUTIP_JSON_NUMBER:
      return get_string (self, member->word);
    case KUTIP_JSON_TRUE:
      return "true";
    case KUTIP_JSON_FALSE:
      return "false";
    default:
      return NULL;
    }
}

static void
read_references (Reading *self, KutipCasStructure *structure, const Member *array)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < array->n_elements; i++)
    {
      const Member *element = &g_array_index (self->elements, Member, array->first + i);
      guint64 id = 0;

      if (element->token != KUTIP_JSON_NULL && !read_number (self, element, &id))
        return;
      g_array_append_val (ids, id);
    }
  kutip_cas_set_references (self->cas, structure, "elements", KUTIP_CAS_REFERENCES,
                            (const guint64 *) (gpointer) ids->data, ids->len);
}

/* Of an array: ids, strings, or words as they are written. */
static void
read_elements (Reading *self, KutipCasStructure *structure, const Member *array)
{
  g_autoptr (GPtrArray) words = NULL;

  if (strcmp (structure->type, "uima.cas.FSArray") == 0 ||
      g_str_has_suffix (structure->type, "[]"))
    {
      read_references (self, structure, array);
      return;
    }
  words = g_ptr_array_new ();
  for (guint i = 0; i < array->n_elements; i++)
    {
      const char *word =
          get_word (self, &g_array_index (self->elements, Member, array->first + i));

      g_ptr_array_add (words, (gpointer) (word == NULL ? "" : word));
    }
  g_ptr_array_add (words, NULL);
  kutip_cas_set_strings (self->cas, structure, "elements",
                         (const char *const *) words->pdata);
}

static void
read_reference (Reading *self, KutipCasStructure *structure, const Member *member)
{
  const char *name = get_string (self, member->name);
  guint64 id;

  if (member->token == KUTIP_JSON_NULL || !read_number (self, member, &id))
    return;
  if (strcmp (name, "@sofa") == 0)
    structure->sofa = id;
  else
    kutip_cas_set_references (self->cas, structure, name + 1, KUTIP_CAS_REFERENCE, &id,
                              1);
}

/* A feature of a kind that is none of CAS JSON. */
static void
leave_feature (Reading *self, const KutipCasStructure *structure, const char *name)
{
  g_autofree char *detail = g_strconcat (structure->type, ": ", name, NULL);

  kutip_cas_leave (self->cas, NULL, structure->line, detail);
}

static void
read_value (Reading *self, KutipCasStructure *structure, const Member *member)
{
  const char *name = get_string (self, member->name);
  const char *word = get_word (self, member);

  if (member->token == KUTIP_JSON_OBJECT_START || member->token == KUTIP_JSON_ARRAY_START)
    leave_feature (self, structure, name);
  else if (word != NULL)
    kutip_cas_set_string (self->cas, structure, *name == '#' ? name + 1 : name,
                          member->token == KUTIP_JSON_STRING   ? KUTIP_CAS_STRING
                          : member->token == KUTIP_JSON_NUMBER ? KUTIP_CAS_NUMBER
                                                               : KUTIP_CAS_BOOLEAN,
                          word);
}

static gboolean
is_begin (const char *name)
{
  return strcmp (name, "begin") == 0 || strcmp (name, "^begin") == 0;
}

static gboolean
is_end (const char *name)
{
  return strcmp (name, "end") == 0 || strcmp (name, "^end") == 0;
}

static void
read_members (Reading *self, KutipCasStructure *structure)
{
  guint n_places = 0;

  for (guint i = 0; i < self->members->len; i++)
    {
      const Member *member = &g_array_index (self->members, Member, i);
      const char *name = get_string (self, member->name);

      if (strcmp (name, "%ELEMENTS") == 0 && member->token == KUTIP_JSON_ARRAY_START)
        read_elements (self, structure, member);
      else if (strcmp (name, "%ID") == 0 || strcmp (name, "%TYPE") == 0)
        continue;
      else if (*name == '%')
        leave_feature (self, structure, name);
      else if (*name == '\0' || ((*name == '@' || *name == '#') && name[1] == '\0'))
        kutip_json_reader_fail_at (self->reader, member->offset,
                                   _ ("a feature needs a name"));
      else if (*name == '@')
        read_reference (self, structure, member);
      else if (is_begin (name))
        n_places += read_number (self, member, &structure->begin) ? 1 : 0;
      else if (is_end (name))
        n_places += read_number (self, member, &structure->end) ? 1 : 0;
      else
        read_value (self, structure, member);
    }
  structure->placed = n_places == 2;
}

/* @key: the name of the structure in an object of them, or NULL. */
static gboolean
find_id (Reading *self, const char *key, gsize offset, guint64 *id)
{
  const Member *own = find_member (self, "%ID");

  *id = self->spare--;
  if (own == NULL && (key == NULL || !kutip_cas_parse_number (key, id)))
    return TRUE;
  if (own != NULL && !read_number (self, own, id))
    return FALSE;
  if (*id == 0)
    kutip_json_reader_fail_at (self->reader, own != NULL ? own->offset : offset,
                               _ ("an id must not be 0"));
  return *id != 0;
}

/* An annotation that says nothing but where it is. */
static gboolean
add_segment (Reading *self, guint64 id, const char *type)
{
  KutipCasSegment segment = { .id = id, .type = type };
  guint64 sofa = 0;
  guint n = 0;

  if (self->members->len != 5)
    return FALSE;
  for (guint i = 0; i < 5; i++)
    {
      const Member *member = &g_array_index (self->members, Member, i);
      const char *name = get_string (self, member->name);
      guint64 *place = is_begin (name)               ? &segment.begin
                       : is_end (name)               ? &segment.end
                       : strcmp (name, "@sofa") == 0 ? &sofa
                                                     : NULL;

      if (place == NULL
              ? strcmp (name, "%ID") != 0 && strcmp (name, "%TYPE") != 0
              : member->token != KUTIP_JSON_NUMBER ||
                    !kutip_cas_parse_number (get_string (self, member->word), place))
        return FALSE;
      n += place == NULL ? 0 : 1;
    }
  return n == 3 && kutip_cas_add_segment (self->cas, &segment, sofa);
}

static void
read_structure (Reading *self, const char *key)
{
  const Member *type_member;
  KutipCasStructure *structure;
  g_autoptr (GError) error = NULL;
  const char *type;
  gsize offset;
  guint line, column;
  guint64 id;

  if (!kutip_json_reader_read_object (self->reader))
    return;
  offset = kutip_json_reader_get_offset (self->reader);
  kutip_json_reader_get_place (self->reader, &line, &column);
  gather_members (self);
  type_member = find_member (self, "%TYPE");
  if (kutip_json_reader_failed (self->reader))
    return;
  type = type_member == NULL || type_member->token != KUTIP_JSON_STRING
             ? ""
             : get_string (self, type_member->word);
  if (*type == '\0')
    {
      kutip_json_reader_fail_at (self->reader, offset,
                                 _ ("a feature structure needs a “%%TYPE”"));
      return;
    }
  if (!find_id (self, key, offset, &id) ||
      (kutip_cas_is_segment_type (type) && add_segment (self, id, type)))
    return;
  structure = kutip_cas_add (self->cas, id, type, &error);
  if (structure == NULL)
    {
      kutip_json_reader_fail_at (self->reader, offset, "%s", error->message);
      return;
    }
  structure->line = line;
  read_members (self, structure);
}

static void
read_structures (Reading *self)
{
  KutipJsonToken token = kutip_json_reader_next (self->reader);
  const char *name;

  self->any_structures = TRUE;
  if (token == KUTIP_JSON_ARRAY_START)
    while (kutip_json_reader_read_element (self->reader))
      read_structure (self, NULL);
  else if (token == KUTIP_JSON_OBJECT_START)
    while ((name = kutip_json_reader_read_member (self->reader)) != NULL)
      {
        g_autofree char *key = g_strdup (name);

        read_structure (self, key);
      }
  else
    kutip_json_reader_fail (self->reader, _ ("“%s” must be a list"),
                            "%FEATURE_STRUCTURES");
}

/* --- views --- */

static void
fail_member (Reading *self, const Pending *pending)
{
  kutip_json_reader_fail_at (self->reader, pending->offset,
                             _ ("a view has %lu as a member, and there is none"),
                             (gulong) pending->id);
}

static void
read_view_members (Reading *self)
{
  if (kutip_json_reader_peek (self->reader) != KUTIP_JSON_ARRAY_START)
    {
      kutip_json_reader_skip (self->reader);
      return;
    }
  kutip_json_reader_read_array (self->reader);
  while (kutip_json_reader_read_element (self->reader))
    {
      Pending pending = { 0, 0 };
      guint id = 0;

      if (!kutip_json_reader_read_uint (self->reader, G_MAXUINT, &id))
        return;
      pending = (Pending){ id, kutip_json_reader_get_offset (self->reader) };
      if (kutip_cas_has (self->cas, id))
        continue;
      if (self->any_structures)
        fail_member (self, &pending);
      else
        g_array_append_val (self->pending, pending);
    }
}

static void
read_view (Reading *self)
{
  const char *name;

  if (kutip_json_reader_peek (self->reader) != KUTIP_JSON_OBJECT_START)
    {
      kutip_json_reader_skip (self->reader);
      return;
    }
  kutip_json_reader_read_object (self->reader);
  while ((name = kutip_json_reader_read_member (self->reader)) != NULL)
    if (strcmp (name, "%MEMBERS") == 0)
      read_view_members (self);
    else if (strcmp (name, "%SOFA") == 0)
      kutip_json_reader_skip (self->reader);
    else
      leave (self, NULL, "%VIEWS", name);
}

static void
read_views (Reading *self)
{
  self->any_views = TRUE;
  if (kutip_json_reader_peek (self->reader) != KUTIP_JSON_OBJECT_START)
    {
      kutip_json_reader_skip (self->reader);
      return;
    }
  kutip_json_reader_read_object (self->reader);
  while (kutip_json_reader_enter_member (self->reader))
    read_view (self);
}

static void
check_pending (Reading *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *pending = &g_array_index (self->pending, Pending, i);

      if (!kutip_cas_has (self->cas, pending->id))
        {
          fail_member (self, pending);
          return;
        }
    }
}

/* --- the whole --- */

static void
read_root (Reading *self)
{
  gsize start;
  const char *name;

  if (kutip_json_reader_peek (self->reader) != KUTIP_JSON_OBJECT_START)
    {
      kutip_json_reader_skip (self->reader);
      kutip_json_reader_fail (self->reader, _ ("it is no CAS JSON"));
      return;
    }
  kutip_json_reader_read_object (self->reader);
  start = kutip_json_reader_get_offset (self->reader);
  while ((name = kutip_json_reader_read_member (self->reader)) != NULL)
    if (strcmp (name, "%TYPES") == 0)
      read_types (self);
    else if (strcmp (name, "%FEATURE_STRUCTURES") == 0)
      read_structures (self);
    else if (strcmp (name, "%VIEWS") == 0)
      read_views (self);
    else if (strcmp (name, "_context") == 0 || strcmp (name, "_views") == 0)
      kutip_json_reader_fail_at (self->reader, start,
                                 _ ("it is in UIMA's old CAS JSON, which is not read: "
                                    "export it as CAS JSON 0.4, or as XMI"));
    else
      leave (self, NULL, NULL, name);
  if (!kutip_json_reader_failed (self->reader) && !self->any_structures &&
      !self->any_views)
    kutip_json_reader_fail_at (self->reader, start, _ ("it is no CAS JSON"));
  check_pending (self);
}

gboolean
kutip_cas_json_read (
    KutipCas *cas, const char *bytes, gsize n_bytes, guint64 first_line, GError **error)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);
  g_autoptr (GString) strings = g_string_new (NULL);
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (GArray) elements = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  Reading self = { .cas = cas,
                   .reader = reader,
                   .spare = G_MAXINT64,
                   .strings = strings,
                   .members = members,
                   .elements = elements,
                   .pending = pending };

  kutip_json_reader_set_first_line (reader, first_line);
  read_root (&self);
  return kutip_json_reader_finish (reader, error) && kutip_cas_resolve (cas, error);
}
