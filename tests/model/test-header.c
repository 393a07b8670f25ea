/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/header.h"

static const gsize strings[] = {
  G_STRUCT_OFFSET (KutipHeaderFields, language),
  G_STRUCT_OFFSET (KutipHeaderFields, title),
  G_STRUCT_OFFSET (KutipHeaderFields, author),
  G_STRUCT_OFFSET (KutipHeaderFields, date),
  G_STRUCT_OFFSET (KutipHeaderFields, publisher),
  G_STRUCT_OFFSET (KutipHeaderFields, url),
  G_STRUCT_OFFSET (KutipHeaderFields, encoding),
  G_STRUCT_OFFSET (KutipHeaderFields, tagset_name),
  G_STRUCT_OFFSET (KutipHeaderFields, tagset_version),
  G_STRUCT_OFFSET (KutipHeaderFields, annotator),
  G_STRUCT_OFFSET (KutipHeaderFields, note),
};

/* Every string is copied to its own field, and each alone makes a difference. */
static void
test_strings (void)
{
  KutipHeaderFields given = { 0 };
  g_autoptr (KutipHeader) header = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      char value[] = "value ?";

      value[6] = (char) ('a' + i);
      G_STRUCT_MEMBER (const char *, &given, strings[i]) = g_intern_string (value);
    }
  header = kutip_header_new (&given);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      const KutipHeaderFields *fields = kutip_header_get_fields (header);
      const char *copy = G_STRUCT_MEMBER (const char *, fields, strings[i]);
      const char *original = G_STRUCT_MEMBER (const char *, &given, strings[i]);
      KutipHeaderFields changed = given;
      g_autoptr (KutipHeader) other = NULL;
      g_autoptr (KutipHeader) without = NULL;

      g_assert_cmpstr (copy, ==, original);
      g_assert_true (copy != original);
      G_STRUCT_MEMBER (const char *, &changed, strings[i]) = "other";
      other = kutip_header_new (&changed);
      g_assert_false (kutip_header_equal (header, other));
      G_STRUCT_MEMBER (const char *, &changed, strings[i]) = NULL;
      without = kutip_header_new (&changed);
      g_assert_false (kutip_header_equal (header, without));
    }
}

static void
test_rest (void)
{
  g_autoptr (KutipAttributes) attributes = kutip_attributes_with_string (NULL, "a", "b");
  g_autoptr (KutipForeign) foreign =
      kutip_foreign_new (&(KutipForeignMember){ "", "x", "1" }, 1);
  const KutipHeaderFields rows[] = {
    { 0 },
    { .status = KUTIP_STATUS_DONE },
    { .attributes = attributes },
    { .last_id = 12 },
    { .foreign = foreign },
    { .article_foreign = foreign },
    { .tagset_foreign = foreign },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
      {
        g_autoptr (KutipHeader) a = kutip_header_new (&rows[i]);
        g_autoptr (KutipHeader) b = kutip_header_new (&rows[j]);

        g_assert_cmpint (kutip_header_equal (a, b), ==, i == j);
      }
}

static void
test_status (void)
{
  static const struct
  {
    const char *word;
    KutipStatus status;
  } rows[] = { { "new", KUTIP_STATUS_NEW },
               { "in-progress", KUTIP_STATUS_IN_PROGRESS },
               { "done", KUTIP_STATUS_DONE } };
  KutipStatus status = KUTIP_STATUS_DONE;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpstr (kutip_status_to_string (rows[i].status), ==, rows[i].word);
      g_assert_true (kutip_status_from_string (rows[i].word, &status));
      g_assert_cmpint (status, ==, rows[i].status);
    }
  g_assert_false (kutip_status_from_string ("Done", &status));
  g_assert_false (kutip_status_from_string ("", &status));
  g_assert_false (kutip_status_from_string (NULL, &status));
  g_assert_cmpint (status, ==, KUTIP_STATUS_DONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/header/strings", test_strings);
  g_test_add_func ("/header/rest", test_rest);
  g_test_add_func ("/header/status", test_status);
  return g_test_run ();
}
