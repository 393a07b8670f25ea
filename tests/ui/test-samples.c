/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/samples.h"

#include <glib/gstdio.h>

/* A shipped folder; in the test's own home and data folders nothing yet. */
typedef struct
{
  char *path;
  GFile *shipped;
} Fixture;

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_text (GFile *folder, const char *name, const char *expected)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autofree char *text = NULL;

  if (expected == NULL)
    {
      g_assert_false (g_file_query_exists (file, NULL));
      return;
    }
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->path = g_dir_make_tmp ("samples-XXXXXX", NULL);
  fixture->shipped = g_file_new_for_path (fixture->path);
  write_text (fixture->path, "en-a.txt", "A");
  write_text (fixture->path, "en-b.txt", "B");
  write_text (fixture->path, "en-b.txt.annotations.json", "{}");
  write_text (fixture->path, "id-c.txt", "C");
  write_text (fixture->path, "notes.bin", "no article");
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      g_remove (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *home = g_build_filename (g_get_home_dir (), "Kutip Samples", NULL);

  remove_folder (fixture->path);
  remove_folder (home);
  g_remove (home);
  g_object_unref (fixture->shipped);
  g_free (fixture->path);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static GFile *
copy (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GFile *folder;

  kutip_samples_copy_async (fixture->shipped, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  folder = kutip_samples_copy_finish (result, &error);
  g_assert_no_error (error);
  return folder;
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = copy (fixture);
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());

  g_assert_true (g_file_has_prefix (folder, home));
  assert_text (folder, "en-a.txt", "A");
  assert_text (folder, "en-b.txt", "B");
  assert_text (folder, "en-b.txt.annotations.json", "{}");
  assert_text (folder, "id-c.txt", "C");
  assert_text (folder, "notes.bin", NULL);
}

/* What a person has done with the copies stays. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) first = copy (fixture);
  g_autoptr (GFile) second = NULL;
  g_autofree char *article =
      g_build_filename (g_file_peek_path (first), "id-c.txt", NULL);
  g_autofree char *sidecar =
      g_build_filename (g_file_peek_path (first), "en-b.txt.annotations.json", NULL);

  write_text (g_file_peek_path (first), "en-a.txt.annotations.json", "mine");
  g_remove (sidecar);
  g_remove (article);
  second = copy (fixture);
  g_assert_true (g_file_equal (first, second));
  assert_text (second, "en-a.txt.annotations.json", "mine");
  assert_text (second, "en-b.txt", "B");
  assert_text (second, "en-b.txt.annotations.json", NULL);
  assert_text (second, "id-c.txt", "C");
}

/* Where the home folder has something else of that name. */
static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) data_folder = g_file_new_for_path (g_get_user_data_dir ());

  write_text (g_get_home_dir (), "Kutip Samples", "a file");
  folder = copy (fixture);
  g_assert_true (g_file_has_prefix (folder, data_folder));
  assert_text (folder, "en-a.txt", "A");
  remove_folder (g_file_peek_path (folder));
}

/* Neither can be written: the reason, and nothing is opened. */
static void
test_nowhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kutip = g_build_filename (g_get_user_data_dir (), "kutip", NULL);

  write_text (g_get_home_dir (), "Kutip Samples", "a file");
  remove_folder (kutip);
  write_text (g_get_user_data_dir (), "kutip", "another");
  kutip_samples_copy_async (fixture->shipped, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (kutip_samples_copy_finish (result, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, kutip));
  g_remove (kutip);
}

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *languages[4];
    const char *expected;
  } cases[] = {
    { { "id_ID.UTF-8", "id_ID", "id" }, "id-c.txt" },
    { { "en" }, "en-b.txt" }, /* it has annotations */
    { { "pt_BR", "pt", "C" }, "en-b.txt" },
    { { "pt", "id", "C" }, "id-c.txt" },
    { { NULL }, "en-b.txt" },
    { { "e" }, "en-b.txt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file =
          kutip_samples_choose (fixture->shipped, cases[i].languages);
      g_autofree char *name = g_file_get_basename (file);

      g_assert_cmpstr (name, ==, cases[i].expected);
    }
}

static void
test_choose_none (Fixture *fixture, gconstpointer data)
{
  static const char *languages[] = { "id", NULL };
  g_autofree char *a = g_build_filename (fixture->path, "en-a.txt", NULL);
  g_autofree char *b = g_build_filename (fixture->path, "en-b.txt", NULL);
  g_autofree char *c = g_build_filename (fixture->path, "id-c.txt", NULL);

  g_remove (a);
  g_remove (b);
  g_remove (c);
  g_assert_null (kutip_samples_choose (fixture->shipped, languages));
}

static void
move_home (void)
{
  static const char *const places[] = { "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("samples-home-XXXXXX", NULL);

      g_setenv (places[i], folder, TRUE);
    }
}

static void
remove_home (void)
{
  g_autofree char *kutip = g_build_filename (g_get_user_data_dir (), "kutip", NULL);

  g_rmdir (kutip);
  g_rmdir (g_get_home_dir ());
  g_rmdir (g_get_user_config_dir ());
  g_rmdir (g_get_user_data_dir ());
}

int
main (int argc, char *argv[])
{
  int result;

  move_home ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/samples/copy", test_copy);
  ADD ("/samples/again", test_again);
  ADD ("/samples/elsewhere", test_elsewhere);
  ADD ("/samples/nowhere", test_nowhere);
  ADD ("/samples/choose", test_choose);
  ADD ("/samples/choose-none", test_choose_none);
#undef ADD
  result = g_test_run ();
  remove_home ();
  return result;
}
