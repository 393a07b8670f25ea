/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json-tree.h"

#include <string.h>

/* Lists that are left apart: read element by element, they are what the whole tree has,
 * and what is wrong in them is told as it is of the whole tree. */

static KutipJsonChoice
choose (guint n_objects, const char *owner, const char *name)
{
  if (n_objects == 1 && strcmp (name, "list") == 0)
    return KUTIP_JSON_APART;
  return n_objects == 2 && g_strcmp0 (owner, "outer") == 0 && strcmp (name, "inner") == 0
             ? KUTIP_JSON_APART
             : KUTIP_JSON_KEEP;
}

static char *
dup_json (const KutipJsonNode *node)
{
  GString *out = g_string_new (NULL);

  kutip_json_node_append (out, node);
  return g_string_free (out, FALSE);
}

/* With its elements read one after the other. */
static void
append_list (GString *out, KutipJsonTree *tree, const KutipJsonNode *list)
{
  g_auto (KutipJsonElements) elements = { NULL };
  const KutipJsonNode *element;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (KutipJsonPlace));
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);

  kutip_json_elements_init (&elements, tree, list);
  while ((element = kutip_json_elements_next (&elements)) != NULL)
    {
      if (kutip_json_elements_are_apart (&elements))
        {
          KutipJsonPlace place = kutip_json_elements_get_place (&elements, element);

          g_array_append_val (places, place);
          g_ptr_array_add (said, dup_json (element));
        }
      g_string_append_printf (out, "%u@%" G_GUINT64_FORMAT ":", element->offset,
                              kutip_json_tree_get_line (tree, element));
      kutip_json_node_append (out, element);
      g_string_append_c (out, ' ');
    }
  /* Again, from the last to the first. */
  for (guint i = places->len; i > 0; i--)
    {
      KutipJsonPlace place = g_array_index (places, KutipJsonPlace, i - 1);
      g_autofree char *again = NULL;

      element = kutip_json_tree_read_again (tree, place);
      again = dup_json (element);
      g_assert_cmpstr (again, ==, g_ptr_array_index (said, i - 1));
      g_assert_cmpuint (element->offset, ==, place.offset);
    }
}

/* The elements of all lists that may be apart, wherever they are. */
static char *
describe (KutipJsonTree *tree)
{
  const KutipJsonNode *root = kutip_json_tree_get_root (tree);
  const KutipJsonNode *list = kutip_json_node_get (root, "list");
  const KutipJsonNode *outer = kutip_json_node_get (root, "outer");
  GString *out = g_string_new (NULL);

  if (kutip_json_node_is_array (list))
    append_list (out, tree, list);
  if (kutip_json_node_is_array (outer))
    outer = outer->first;
  outer = kutip_json_node_get (outer, "inner");
  if (kutip_json_node_is_array (outer))
    append_list (out, tree, outer);
  return g_string_free (out, FALSE);
}

static void
test_apart (void)
{
  static const struct
  {
    const char *json;
    guint n_apart;
    const char *reason;
  } rows[] = {
    { "{\"list\": [1, \"b\", {\"c\": [null]}]}", 1, "a list of anything" },
    { "{\"list\": []}", 1, "an empty one" },
    { "{\"list\": {\"a\": [1]}}", 0, "no list" },
    { "{\"list\": [{\"list\": [1]}, {\"a\": {\"list\": [2]}}]}", 1, "lists within" },
    { "{\"a\": 1,\n\"list\": [\n1,\n2], \"b\": [3]}", 1, "over several lines" },
    { "\xef\xbb\xbf{\"list\": [\"\xc3\xa4\", 2]}", 1, "behind a byte order mark" },
    { "{\"outer\": [{\"inner\": [1, 2]}, {\"inner\": [3]}]}", 2, "in a list of objects" },
    { "{\"outer\": {\"inner\": [1, 2]}}", 1, "in an object" },
    { "{\"other\": [{\"inner\": [1, 2]}]}", 0, "in another list" },
    { "{\"other\": {\"outer\": {\"inner\": [1]}}}", 0, "too deep" },
    { "{\"other\": [1, {\"list\": []}], \"list\": [\"\\u00e4\"]}", 2, "another list" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize n = strlen (rows[i].json);
      g_autoptr (KutipJsonTree) whole = kutip_json_tree_new (rows[i].json, n, 5, NULL);
      g_autoptr (KutipJsonTree) tree =
          kutip_json_tree_new_with_choice (rows[i].json, n, 5, choose, NULL);
      g_autofree char *expected = describe (whole);
      g_autofree char *described = describe (tree);
      g_autoptr (GString) all = g_string_new (NULL);
      guint n_apart = 0;

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpstr (described, ==, expected);
      /* A list that is apart has no children to show. */
      kutip_json_node_append (all, kutip_json_tree_get_root (tree));
      for (const char *p = all->str; (p = strstr (p, "[]")) != NULL; p++)
        n_apart++;
      g_assert_cmpuint (n_apart, ==, rows[i].n_apart);
    }
}

/* What is no JSON is told at once, and the same way. */
static void
test_apart_errors (void)
{
  static const char *const rows[] = {
    "{\"list\": [1, 2}",
    "{\"list\": [1, 2",
    "{\"list\": [{\"a\": 1, \"a\": 2}]}",
    "{\"list\": [1], \"list\": [2]}",
    "{\"list\": [\"\\ud800\"]}",
    "{\"list\": [\"\xff\"]}",
    "{\"list\": [tru]}",
    "{\"list\": ",
    "{\"other\": [1,], \"list\": []}",
    "{\"list\": [1]} 2",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) expected = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (kutip_json_tree_new (rows[i], strlen (rows[i]), 1, &expected));
      g_assert_null (
          kutip_json_tree_new_with_choice (rows[i], strlen (rows[i]), 1, choose, &error));
      g_assert_error (error, expected->domain, expected->code);
      g_assert_cmpstr (error->message, ==, expected->message);
    }
}

/* A place in a list that is apart is one in the file. */
static void
test_apart_fails (void)
{
  static const char json[] = "{\"list\": [1,\n  {\"\xc3\xa4\": 1, \"b\": 2}]}";
  g_autoptr (KutipJsonTree) tree =
      kutip_json_tree_new_with_choice (json, strlen (json), 7, choose, NULL);
  g_auto (KutipJsonElements) elements = { NULL };
  g_autoptr (GError) error = NULL;
  const KutipJsonNode *list =
      kutip_json_node_get (kutip_json_tree_get_root (tree), "list");

  kutip_json_elements_init (&elements, tree, list);
  kutip_json_elements_next (&elements);
  g_assert_false (kutip_json_tree_fail (
      tree, kutip_json_node_get (kutip_json_elements_next (&elements), "b"), &error, "%s",
      "no"));
  g_assert_cmpstr (error->message, ==, "line 8, column 17: no");
  g_assert_null (kutip_json_elements_next (&elements));
}

/* The document itself may be such a list; and of its elements it can be chosen, too. */
static KutipJsonChoice
choose_of_document (guint n_objects, const char *owner, const char *name)
{
  return n_objects == 0 ? KUTIP_JSON_APART : KUTIP_JSON_KEEP;
}

static KutipJsonChoice
choose_of_element (guint n_objects, const char *owner, const char *name)
{
  return n_objects == 1 && strcmp (name, "no") == 0 ? KUTIP_JSON_PASS : KUTIP_JSON_KEEP;
}

static void
test_apart_document (void)
{
  static const char json[] =
      "\xef\xbb\xbf [{\"no\": [{\"a\": [1]}], \"b\": {\"no\": 2}},\n"
      " [{\"no\": 3}], {\"no\": 4, \"c\": \"\\n\"} ] ";
  static const char *const elements_of_it[] = { "{\"b\": {\"no\": 2}}", "[{}]",
                                                "{\"c\": \"\\n\"}" };
  g_autoptr (KutipJsonTree) tree =
      kutip_json_tree_new_with_choice (json, strlen (json), 1, choose_of_document, NULL);
  const KutipJsonNode *list = kutip_json_tree_get_root (tree);
  g_auto (KutipJsonElements) elements = { NULL };

  g_assert_true (kutip_json_node_is_array (list) && list->first == NULL);
  kutip_json_elements_init_at (&elements, tree,
                               (KutipJsonPlace){ list->offset, list->n_bytes });
  kutip_json_elements_set_choice (&elements, choose_of_element);
  for (guint i = 0; i < G_N_ELEMENTS (elements_of_it); i++)
    {
      const KutipJsonNode *element = kutip_json_elements_next (&elements);
      g_autofree char *said = dup_json (element);

      g_assert_cmpstr (said, ==, elements_of_it[i]);
      g_assert_cmpuint (kutip_json_tree_get_line (tree, element), ==, i == 0 ? 1 : 2);
    }
  g_assert_null (kutip_json_elements_next (&elements));
}

/* Lines are asked for in any order, of files that are long. */
static void
test_lines (void)
{
  static const guint asked[] = { 49999, 0, 25000, 24999, 49999, 1, 25001, 40000 };
  g_autoptr (GString) json = g_string_new ("[");
  g_autoptr (KutipJsonTree) tree = NULL;
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (json, "%s%u", i == 0 ? "" : ",\n", i);
  g_string_append_c (json, ']');
  tree = kutip_json_tree_new (json->str, json->len, 3, NULL);
  for (const KutipJsonNode *node = kutip_json_tree_get_root (tree)->first; node != NULL;
       node = node->next)
    g_ptr_array_add (nodes, (gpointer) node);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    g_assert_cmpuint (
        kutip_json_tree_get_line (tree, g_ptr_array_index (nodes, asked[i])), ==,
        3 + asked[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-tree/apart", test_apart);
  g_test_add_func ("/json-tree/apart-errors", test_apart_errors);
  g_test_add_func ("/json-tree/apart-fails", test_apart_fails);
  g_test_add_func ("/json-tree/apart-document", test_apart_document);
  g_test_add_func ("/json-tree/lines", test_lines);
  return g_test_run ();
}
