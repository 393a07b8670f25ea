/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/cas-json.h"
#include "format/json-tree.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  KutipCas *cas;
  KutipJsonTree *tree;
  guint64 spare; /* for structures without an id */
} Reading;

/* --- types --- */

static const char *
get_range (const KutipJsonNode *feature)
{
  return kutip_json_node_get_member (feature, "%RANGE");
}

static void
declare_type (KutipCas *cas, const KutipJsonNode *type)
{
  const char *super = kutip_json_node_get_member (type, "%SUPER_TYPE");
  const char *name = kutip_json_node_get_member (type, "%NAME");

  name = name != NULL ? name : type->name;
  kutip_cas_declare (cas, name, super == NULL ? KUTIP_CAS_TOP : super);
  for (const KutipJsonNode *child = type->first; child != NULL; child = child->next)
    if (*child->name != '%' && kutip_json_node_is_object (child) &&
        get_range (child) != NULL)
      kutip_cas_declare_feature (cas, name, child->name, KUTIP_CAS_UNKNOWN,
                                 get_range (child));
}

static gboolean
read_types (Reading *self, const KutipJsonNode *types, GError **error)
{
  if (types == NULL)
    return TRUE;
  if (!kutip_json_node_is_object (types))
    return kutip_json_tree_fail (self->tree, types, error, _ ("“%s” must be an object"),
                                 "%TYPES");
  for (const KutipJsonNode *child = types->first; child != NULL; child = child->next)
    if (kutip_json_node_is_object (child))
      declare_type (self->cas, child);
    else
      return kutip_json_tree_fail (self->tree, child, error, _ ("“%s” must be an object"),
                                   child->name);
  return TRUE;
}

/* --- structures --- */

static gboolean
read_number (Reading *self, const KutipJsonNode *node, guint64 *number, GError **error)
{
  guint value;

  if (!kutip_json_node_get_uint (node, &value))
    return kutip_json_tree_fail (self->tree, node, error,
                                 _ ("a whole number was expected here"));
  *number = value;
  return TRUE;
}

/* Of an array: strings, or words as they are written. */
static gboolean
read_elements (Reading *self,
               KutipCasStructure *structure,
               const KutipJsonNode *array,
               GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  gboolean references = strcmp (structure->type, "uima.cas.FSArray") == 0 ||
                        g_str_has_suffix (structure->type, "[]");

  for (const KutipJsonNode *child = array->first; child != NULL; child = child->next)
    {
      guint64 id = 0;

      if (!references)
        {
          const char *word = kutip_json_node_get_word (child);

          g_ptr_array_add (words, (gpointer) (word != NULL                      ? word
                                              : child->type == KUTIP_JSON_TRUE  ? "true"
                                              : child->type == KUTIP_JSON_FALSE ? "false"
                                                                                : ""));
        }
      else if (child->type == KUTIP_JSON_NULL || read_number (self, child, &id, error))
        g_array_append_val (ids, id);
      else
        return FALSE;
    }
  g_ptr_array_add (words, NULL);
  if (references)
    kutip_cas_set_references (self->cas, structure, "elements", KUTIP_CAS_REFERENCES,
                              (const guint64 *) (gpointer) ids->data, ids->len);
  else
    kutip_cas_set_strings (self->cas, structure, "elements",
                           (const char *const *) words->pdata);
  return TRUE;
}

static gboolean
read_reference (Reading *self,
                KutipCasStructure *structure,
                const KutipJsonNode *member,
                GError **error)
{
  guint64 id;

  if (member->type == KUTIP_JSON_NULL)
    return TRUE;
  if (!read_number (self, member, &id, error))
    return FALSE;
  if (strcmp (member->name, "@sofa") == 0)
    structure->sofa = id;
  else
    kutip_cas_set_references (self->cas, structure, member->name + 1, KUTIP_CAS_REFERENCE,
                              &id, 1);
  return TRUE;
}

static void
read_value (Reading *self, KutipCasStructure *structure, const KutipJsonNode *member)
{
  const char *name = *member->name == '#' ? member->name + 1 : member->name;
  const char *word = kutip_json_node_get_word (member);

  if (member->type == KUTIP_JSON_TRUE || member->type == KUTIP_JSON_FALSE)
    kutip_cas_set_string (self->cas, structure, name, KUTIP_CAS_BOOLEAN,
                          member->type == KUTIP_JSON_TRUE ? "true" : "false");
  else if (word != NULL)
    kutip_cas_set_string (
        self->cas, structure, name,
        member->type == KUTIP_JSON_NUMBER ? KUTIP_CAS_NUMBER : KUTIP_CAS_STRING, word);
}

static gboolean
read_member (Reading *self,
             KutipCasStructure *structure,
             const KutipJsonNode *member,
             guint *n_places,
             GError **error)
{
  const char *name = member->name;

  if (strcmp (name, "%ELEMENTS") == 0 && kutip_json_node_is_array (member))
    return read_elements (self, structure, member, error);
  if (*name == '%')
    return TRUE;
  if (*name == '@')
    return read_reference (self, structure, member, error);
  if (strcmp (name, "begin") == 0 || strcmp (name, "^begin") == 0)
    {
      (*n_places)++;
      return read_number (self, member, &structure->begin, error);
    }
  if (strcmp (name, "end") == 0 || strcmp (name, "^end") == 0)
    {
      (*n_places)++;
      return read_number (self, member, &structure->end, error);
    }
  read_value (self, structure, member);
  return TRUE;
}

static gboolean
find_id (Reading *self, const KutipJsonNode *node, guint64 *id, GError **error)
{
  const KutipJsonNode *own = kutip_json_node_get (node, "%ID");

  *id = self->spare--;
  if (own == NULL && (node->name == NULL || !kutip_cas_parse_number (node->name, id)))
    return TRUE;
  if (own != NULL && !read_number (self, own, id, error))
    return FALSE;
  return *id != 0 || kutip_json_tree_fail (self->tree, own != NULL ? own : node, error,
                                           _ ("an id must not be 0"));
}

static gboolean
read_structure (Reading *self, const KutipJsonNode *node, GError **error)
{
  const char *type = kutip_json_node_get_member (node, "%TYPE");
  KutipCasStructure *structure;
  g_autoptr (GError) local = NULL;
  guint n_places = 0;
  guint64 id;

  if (type == NULL)
    return kutip_json_tree_fail (self->tree, node, error,
                                 _ ("a feature structure needs a “%%TYPE”"));
  if (!find_id (self, node, &id, error))
    return FALSE;
  structure = kutip_cas_add (self->cas, id, type, &local);
  if (structure == NULL)
    return kutip_json_tree_fail (self->tree, node, error, "%s", local->message);
  structure->line = (guint) MIN (kutip_json_tree_get_line (self->tree, node), G_MAXUINT);
  for (const KutipJsonNode *child = node->first; child != NULL; child = child->next)
    if (!read_member (self, structure, child, &n_places, error))
      return FALSE;
  structure->placed = n_places == 2;
  return TRUE;
}

static gboolean
read_structures (Reading *self, const KutipJsonNode *list, GError **error)
{
  if (list == NULL)
    return TRUE;
  if (!kutip_json_node_is_array (list) && !kutip_json_node_is_object (list))
    return kutip_json_tree_fail (self->tree, list, error, _ ("“%s” must be a list"),
                                 "%FEATURE_STRUCTURES");
  for (const KutipJsonNode *child = list->first; child != NULL; child = child->next)
    if (!read_structure (self, child, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_views (Reading *self, const KutipJsonNode *views, GError **error)
{
  for (const KutipJsonNode *view = views == NULL ? NULL : views->first; view != NULL;
       view = view->next)
    {
      const KutipJsonNode *members = kutip_json_node_get (view, "%MEMBERS");

      for (const KutipJsonNode *member = members == NULL ? NULL : members->first;
           member != NULL; member = member->next)
        {
          guint64 id = 0;

          if (!read_number (self, member, &id, error))
            return FALSE;
          if (kutip_cas_find (self->cas, id) == NULL)
            return kutip_json_tree_fail (
                self->tree, member, error,
                _ ("a view has %lu as a member, and there is none"), (gulong) id);
        }
    }
  return TRUE;
}

gboolean
kutip_cas_json_read (
    KutipCas *cas, const char *bytes, gsize n_bytes, guint64 first_line, GError **error)
{
  g_autoptr (KutipJsonTree) tree =
      kutip_json_tree_new (bytes, n_bytes, first_line, error);
  Reading self = { cas, tree, G_MAXINT64 };
  const KutipJsonNode *root;

  if (tree == NULL)
    return FALSE;
  root = kutip_json_tree_get_root (tree);
  if (kutip_json_node_get (root, "_context") != NULL ||
      kutip_json_node_get (root, "_views") != NULL)
    return kutip_json_tree_fail (tree, root, error,
                                 _ ("it is in UIMA's old CAS JSON, which is not read: "
                                    "export it as CAS JSON 0.4, or as XMI"));
  if (kutip_json_node_get (root, "%FEATURE_STRUCTURES") == NULL &&
      kutip_json_node_get (root, "%VIEWS") == NULL)
    return kutip_json_tree_fail (tree, root, error, _ ("it is no CAS JSON"));
  return read_types (&self, kutip_json_node_get (root, "%TYPES"), error) &&
         read_structures (&self, kutip_json_node_get (root, "%FEATURE_STRUCTURES"),
                          error) &&
         check_views (&self, kutip_json_node_get (root, "%VIEWS"), error) &&
         kutip_cas_resolve (cas, error);
}
