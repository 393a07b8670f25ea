/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/attributes.h"

static KutipAttribute
make (const char *name, KutipValueType type, const char *const *values)
{
  return (KutipAttribute){ name, type, values };
}

static const char *const one[] = { "indirect", NULL };
static const char *const other[] = { "direct", NULL };
static const char *const several[] = { "war", "trade", "", NULL };
static const char *const none[] = { NULL };

/* "form=indirect;topics=war,trade,;checked" */
static char *
describe (KutipAttributes *attributes)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      g_autofree char *values = g_strjoinv (",", (char **) attribute.values);

      g_string_append_printf (out, "%s%s%s%s", i > 0 ? ";" : "", attribute.name,
                              attribute.type == KUTIP_VALUE_FLAG ? "" : "=", values);
    }
  return g_string_free (out, FALSE);
}

static void
assert_description (KutipAttributes *attributes, const char *expected)
{
  g_autofree char *description = describe (attributes);

  g_assert_cmpstr (description, ==, expected);
}

static void
test_values (void)
{
  const KutipAttribute given[] = { make ("form", KUTIP_VALUE_STRING, one),
                                   make ("topics", KUTIP_VALUE_LIST, several),
                                   make ("checked", KUTIP_VALUE_FLAG, NULL),
                                   make ("empty", KUTIP_VALUE_LIST, none),
                                   make ("cut", KUTIP_VALUE_STRING, several) };
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_new (given, G_N_ELEMENTS (given));
  KutipAttribute found;

  assert_description (attributes,
                      "form=indirect;topics=war,trade,;checked;empty=;cut=war");
  g_assert_cmpstr (kutip_attributes_get_string (attributes, "form"), ==, "indirect");
  g_assert_cmpstr (kutip_attributes_get_string (attributes, "topics"), ==, "war");
  g_assert_cmpstr (kutip_attributes_get_string (attributes, "checked"), ==, "");
  g_assert_cmpstr (kutip_attributes_get_string (attributes, "empty"), ==, "");
  g_assert_null (kutip_attributes_get_string (attributes, "missing"));
  g_assert_true (kutip_attributes_lookup (attributes, "topics", &found));
  g_assert_cmpint (found.type, ==, KUTIP_VALUE_LIST);
  g_assert_cmpstr (found.values[1], ==, "trade");
  g_assert_true (kutip_attributes_lookup (attributes, "topics", NULL));
  g_assert_false (kutip_attributes_lookup (attributes, "Topics", NULL));
}

static void
test_nothing (void)
{
  g_assert_null (kutip_attributes_new (NULL, 0));
  g_assert_cmpuint (kutip_attributes_get_n (NULL), ==, 0);
  g_assert_null (kutip_attributes_get_string (NULL, "form"));
  g_assert_false (kutip_attributes_lookup (NULL, "form", NULL));
  g_assert_true (kutip_attributes_equal (NULL, NULL));
  g_assert_null (kutip_attributes_ref (NULL));
  g_assert_null (kutip_attributes_without (NULL, "form"));
  kutip_attributes_unref (NULL);
}

/* The values given are copied: what becomes of them later does not matter. */
static void
test_copies (void)
{
  char name[] = "form";
  char value[] = "indirect";
  const char *values[] = { value, NULL };
  KutipAttribute given = make (name, KUTIP_VALUE_STRING, values);
  g_autoptr (KutipAttributes) attributes = kutip_attributes_new (&given, 1);

  name[0] = value[0] = 'X';
  values[0] = NULL;
  assert_description (attributes, "form=indirect");
}

static void
test_doubles (void)
{
  const KutipAttribute given[] = { make ("form", KUTIP_VALUE_STRING, one),
                                   make ("checked", KUTIP_VALUE_FLAG, NULL),
                                   make ("form", KUTIP_VALUE_STRING, other) };
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_new (given, G_N_ELEMENTS (given));

  assert_description (attributes, "form=direct;checked");
}

static void
test_changes (void)
{
  g_autoptr (KutipAttributes) a = kutip_attributes_with_string (NULL, "form", "indirect");
  g_autoptr (KutipAttributes) b =
      kutip_attributes_with (a, make ("checked", KUTIP_VALUE_FLAG, NULL));
  g_autoptr (KutipAttributes) c = kutip_attributes_with_string (b, "form", "direct");
  g_autoptr (KutipAttributes) d = kutip_attributes_without (c, "form");
  g_autoptr (KutipAttributes) e = kutip_attributes_without (d, "checked");
  g_autoptr (KutipAttributes) f = kutip_attributes_without (c, "missing");

  assert_description (a, "form=indirect");
  assert_description (b, "form=indirect;checked");
  assert_description (c, "form=direct;checked");
  assert_description (d, "checked");
  g_assert_null (e);
  g_assert_true (f == c);
}

typedef struct
{
  KutipAttribute a[2];
  KutipAttribute b[2];
  gboolean equal;
  const char *reason;
} EqualCase;

static void
test_equal (void)
{
  const KutipAttribute form = make ("form", KUTIP_VALUE_STRING, one);
  const KutipAttribute form_list = make ("form", KUTIP_VALUE_LIST, one);
  const KutipAttribute form_other = make ("form", KUTIP_VALUE_STRING, other);
  const KutipAttribute mode = make ("mode", KUTIP_VALUE_STRING, one);
  const KutipAttribute topics = make ("topics", KUTIP_VALUE_LIST, several);
  const EqualCase rows[] = {
    { { form, topics }, { form, topics }, TRUE, "the same" },
    { { form, topics }, { topics, form }, FALSE, "the order is that of the file" },
    { { form, topics }, { form_list, topics }, FALSE, "a list of one is no string" },
    { { form, topics }, { form_other, topics }, FALSE, "another value" },
    { { form, topics }, { mode, topics }, FALSE, "another name" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipAttributes) a = kutip_attributes_new (rows[i].a, 2);
      g_autoptr (KutipAttributes) b = kutip_attributes_new (rows[i].b, 2);
      g_autoptr (KutipAttributes) shorter = kutip_attributes_new (rows[i].a, 1);

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (kutip_attributes_equal (a, b), ==, rows[i].equal);
      g_assert_cmpint (kutip_attributes_equal (b, a), ==, rows[i].equal);
      g_assert_false (kutip_attributes_equal (a, shorter));
      g_assert_false (kutip_attributes_equal (NULL, a));
    }
}

/* As many as a hostile file may hold, each name twice: quickly, and still the later wins.
 */
static void
test_many (void)
{
  guint n = 200000;
  g_autofree KutipAttribute *given = g_new (KutipAttribute, n);
  g_autoptr (GStringChunk) names = g_string_chunk_new (1 << 16);
  g_autoptr (KutipAttributes) attributes = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("name %u", i % (n / 2));

      given[i] = make (g_string_chunk_insert (names, name), KUTIP_VALUE_STRING,
                       i < n / 2 ? one : other);
    }
  attributes = kutip_attributes_new (given, n);
  g_assert_cmpuint (kutip_attributes_get_n (attributes), ==, n / 2);
  g_assert_cmpstr (kutip_attributes_get_nth (attributes, 12).name, ==, "name 12");
  g_assert_cmpstr (kutip_attributes_get_string (attributes, "name 12"), ==, "direct");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attributes/values", test_values);
  g_test_add_func ("/attributes/nothing", test_nothing);
  g_test_add_func ("/attributes/copies", test_copies);
  g_test_add_func ("/attributes/doubles", test_doubles);
  g_test_add_func ("/attributes/many", test_many);
  g_test_add_func ("/attributes/changes", test_changes);
  g_test_add_func ("/attributes/equal", test_equal);
  return g_test_run ();
}
