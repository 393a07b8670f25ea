/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/rename.h"

#include <string.h>

static const struct
{
  const char *why;
  const char *json;
} bad_maps[] = {
  { "nothing", "" },
  { "another version", "{\"format\": 2}" },
  { "an unknown member", "{\"format\": 1, \"lables\": {}}" },
  { "a name that is no string", "{\"labels\": {\"a\": 1}}" },
  { "a label without a new name", "{\"labels\": {\"a\": \"\"}}" },
  { "a relation without a new name", "{\"relations\": {\"a\": \"\"}}" },
  { "an attribute without a new name", "{\"attributes\": {\"a\": \"\"}}" },
  { "a relation to the trigger without a name",
    "{\"unfold\": [{\"trigger\": \"a\", \"from\": \"b\", \"keep\": \"\"}]}" },
  { "a list of rules with a number", "{\"unfold\": [1]}" },
  { "a rule without a trigger", "{\"unfold\": {\"from\": \"x\"}}" },
  { "a role that goes to no string",
    "{\"fold\": {\"trigger\": \"a\", \"from\": \"b\", \"without\": {\"c\": 1}}}" },
  { "an unknown tag set", "{\"tagset\": \"x\"}" },
};

static void
test_bad_maps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_maps); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad_maps[i].why);
      g_assert_null (kutip_renaming_new_from_json (bad_maps[i].json,
                                                   strlen (bad_maps[i].json), &error));
      g_assert_nonnull (error);
    }
}

static void
test_shipped (void)
{
  const char *const *names = kutip_renaming_list_builtin ();

  g_assert_nonnull (names[0]);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (KutipRenaming) map = kutip_renaming_load_builtin (names[i]);

      g_assert_nonnull (map);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rename/bad-maps", test_bad_maps);
  g_test_add_func ("/rename/shipped", test_shipped);
  return g_test_run ();
}
